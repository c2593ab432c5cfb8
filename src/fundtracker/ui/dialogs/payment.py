"""What the funder paid for a return, and when."""

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.editors.typed import DateEditor, TypedEditor
from fundtracker.ui.words import plain_label


class PaymentDialog(QDialog):
    """Two fields; OK is refused, in words, while either can't be read."""

    def __init__(self, parent: QWidget | None, claim: Money, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("The funder paid")
        self.setAccessibleName("The funder paid")
        self.received = TypedEditor(column_of(FunderReturn, "received"))
        self.received_on = DateEditor(column_of(FunderReturn, "received_on"))
        self.received.set_value(claim)
        self.received_on.set_value(today)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        layout = QFormLayout(self)
        for words, editor in (("&Received", self.received), ("Received &on", self.received_on)):
            label = plain_label(words)
            label.setBuddy(editor)
            editor.setAccessibleName(editor.column.label)
            layout.addRow(label, editor)
        layout.addRow(self.message)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)
        self.found: tuple[Money, date] | None = None

    def _take(self) -> None:
        try:
            received, received_on = self.received.value(), self.received_on.value()
        except Unreadable as unread:
            self.message.setText(f"⚠ {unread}")
            return
        if received is None or received_on is None:
            self.message.setText("⚠ Enter the sum and the day it came.")
            return
        self.found = (received, received_on)
        self.accept()


def ask_payment(parent: QWidget, workspace: Workspace, claim: Money) -> tuple[Money, date] | None:
    """What was paid and when; None where the question is cancelled."""
    dialog = PaymentDialog(parent, claim, workspace.today)
    dialog.exec()
    return dialog.found
