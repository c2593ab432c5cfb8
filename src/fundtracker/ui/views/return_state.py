"""The two small questions that follow a submitted return: what the funder asked, and what it paid."""

from datetime import date

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QInputDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from fundtracker.domain.columns import column_of
from fundtracker.domain.money import Money
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.words import plain_label


def ask_for_query(parent: QWidget) -> str:
    """What the funder asked; empty where the user thought better of it."""
    text, given = QInputDialog.getMultiLineText(parent, "Mark queried", "What did the funder ask?")
    return text.strip() if given else ""


class PaymentDialog(QDialog):
    """How much the funder paid, and when."""

    def __init__(self, parent: QWidget | None, claim: Money, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mark paid")
        self.amount = QLineEdit(claim.shown)
        self.amount.setAccessibleName("Amount received")
        self.day = QLineEdit(short_date(today))
        self.day.setAccessibleName("Received on")
        self.problem = plain_label(wrapped=True)
        form = QFormLayout()
        form.addRow("&Amount received", self.amount)
        form.addRow("&Received on", self.day)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def paid(self) -> tuple[Money, date]:
        """What was typed; Unreadable says what to type instead."""
        return Money.read(self.amount.text()), column_of(FunderReturn, "received_on").kind.read(
            self.day.text()
        )

    def _accept(self) -> None:
        try:
            self.paid()
        except Unreadable as unread:
            self.problem.setText(f"⚠ {unread}")
        else:
            self.accept()


def ask_for_payment(parent: QWidget, claim: Money, today: date) -> tuple[Money, date] | None:
    """The amount and the day; None where the user thought better of it."""
    dialog = PaymentDialog(parent, claim, today)
    return dialog.paid() if dialog.exec() else None
