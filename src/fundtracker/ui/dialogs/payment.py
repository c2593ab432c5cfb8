"""What the funder paid for a return, and when."""

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.editors.levels import level
from fundtracker.ui.editors.typed import DateEditor, TypedEditor
from fundtracker.ui.words import SPACE, plain_label


class PaymentDialog(QDialog):
    """Which return, two fields, and what OK does; it is refused, in words, while either field can't be read."""

    def __init__(self, parent: QWidget | None, reference: str, claim: Money, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("The funder paid")
        self.setAccessibleName("The funder paid")
        self.received = TypedEditor(column_of(FunderReturn, "received"))
        self.received_on = DateEditor(column_of(FunderReturn, "received_on"))
        self.received.set_value(claim)
        self.received_on.set_value(today)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout = QFormLayout(self)
        layout.setSpacing(SPACE)
        self.about = plain_label(
            f"{reference} claims {claim.in_prose}. Enter what came, and when: the return is then Paid.",
            wrapped=True,
        )
        layout.addRow(self.about)
        for words, editor in (("&Received", self.received), ("Received &on", self.received_on)):
            label = plain_label(words)
            label.setBuddy(editor)
            editor.setAccessibleName(editor.column.label)
            level(label)
            layout.addRow(label, editor)
        layout.addRow(self.message)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout.addRow(buttons)
        self.found: tuple[Money, date] | None = None
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self.received.setFocus()

    def _take(self) -> None:
        try:
            received, received_on = self.received.value(), self.received_on.value()
        except Unreadable as unread:
            self._say(f"⚠ {unread}")
            return
        if received is None or received_on is None:
            self._say("⚠ Enter the sum and the day it came.")
            return
        self.found = (received, received_on)
        self.accept()

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()


def ask_payment(parent: QWidget, workspace: Workspace, held: FunderReturn) -> tuple[Money, date] | None:
    """What was paid for a return and when; None where the question is cancelled."""
    dialog = PaymentDialog(parent, held.reference, held.claim, workspace.today)
    dialog.exec()
    return dialog.found
