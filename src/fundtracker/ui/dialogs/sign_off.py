"""SignOffDialog: who prepared, checked and signed a return."""

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from fundtracker.application.sign_off import SignOff
from fundtracker.domain.columns import column_of
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.words import plain_label

FIELDS = (
    ("prepared_by", "&Prepared by (name or role)"),
    ("checked_by", "&Checked by (name or role)"),
    ("signed_by", "&Signed by"),
    ("signed_role", "Signed &as"),
)


class SignOffDialog(QDialog):
    """Filled with what the return already says."""

    def __init__(self, item: FunderReturn, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Sign off {item.reference}")
        self.setMinimumWidth(460)
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout()
        for name, words in FIELDS:
            line = QLineEdit(
                getattr(item, name) or ("Chief Finance Officer" if name == "signed_role" else "")
            )
            line.setAccessibleName(words.replace("&", ""))
            self.lines[name] = line
            form.addRow(words, line)
        self.day = QLineEdit(short_date(item.signed_on or today))
        self.day.setAccessibleName("Signed on")
        form.addRow("Signed &on", self.day)
        self.problem = plain_label(wrapped=True)
        self.problem.setAccessibleName("Problem")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Go on")
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(
            plain_label(
                "The Chief Finance Officer signs that the figures are true. The signed PDF is kept with the return.",
                wrapped=True,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)

    def _accept(self) -> None:
        empty = [
            words.replace("&", "").lower() for name, words in FIELDS if not self.lines[name].text().strip()
        ]
        if empty:
            self.problem.setText(f"⚠ Still to fill in: {', '.join(empty)}.")
            return
        try:
            self._signed_on()
        except Unreadable as unread:
            self.problem.setText(f"⚠ {unread}")
            return
        self.accept()

    def _signed_on(self) -> date:
        return column_of(FunderReturn, "signed_on").kind.read(self.day.text())

    def sign_off(self) -> SignOff:
        """What was typed, as the action takes it."""
        typed = {name: line.text().strip() for name, line in self.lines.items()}
        return SignOff(
            typed["prepared_by"],
            typed["checked_by"],
            typed["signed_by"],
            typed["signed_role"],
            signed_on=self._signed_on(),
        )
