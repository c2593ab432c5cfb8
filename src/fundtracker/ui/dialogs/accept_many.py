"""AcceptManyDialog: every suggestion that is at least so sure, to be read before all of them are agreed to at once."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.ledger_scoring import LEAST, Suggestion
from fundtracker.domain.money import total
from fundtracker.ui.models.ledger_rows import OF_MANY, SURE, rows_of_many
from fundtracker.ui.views.return_parts import SharedWidth, wrapping_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button, size_in_letters


class AcceptManyDialog(QDialog):
    """Accepted: `chosen` are the suggestions that the user agrees to. Nothing is written here."""

    help_page = "ledger"

    def __init__(
        self, parent: QWidget | None, found: Sequence[Suggestion], words: Sequence[str], least: int = SURE
    ) -> None:
        """`words` say what each suggestion proposes."""
        super().__init__(parent)
        self.setWindowTitle("Accept many matches")
        self.setAccessibleName(self.windowTitle())
        self._rows = rows_of_many(found, words)
        self._left_out = set[int]()
        """Ids of lines that the user doesn't agree to."""
        self.chosen: tuple[Suggestion, ...] = ()
        self.title = heading(size=2)
        self.note = plain_label(
            "Read them before you agree: all of it is one change, which Undo takes back.", wrapped=True
        )
        self.least = QSpinBox()
        self.least.setRange(LEAST, 100)
        self.least.setSuffix("%")
        self.least.setValue(least)
        self.least.setAccessibleName("How sure at least")
        self.least.setAccessibleDescription("Per cent: suggestions less sure than this are left open")
        self.least.valueChanged.connect(self._show)
        label = plain_label("Ho&w sure at least")
        label.setBuddy(self.least)
        self.model, self.table = wrapping_table("Suggestions", OF_MANY)
        SharedWidth(self.model, self.table, {1: 3, 3: 4, 4: 5})
        self.out_button = push_button(
            "&Leave out the selected", "The chosen rows are not accepted, and stay open", self._leave_out
        )
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for part in (label, self.least):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.out_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for part in (self.title, self.note):
            layout.addWidget(part)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._make_buttons())
        self._show()
        size_in_letters(self, 160, 38)
        self.table.setFocus()

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        self.take_button = push_button("", "Match each line to what is suggested for it", self.accept)
        self.take_button.setDefault(True)
        box.addButton(self.take_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.rejected.connect(self.reject)
        return box

    def _show(self) -> None:
        least = self.least.value()
        rows = [
            each
            for each in self._rows
            if each.key.confidence >= least and each.key.line.id not in self._left_out
        ]
        self.chosen = tuple(each.key for each in rows)
        self.model.set_rows(rows)
        if rows:
            self.table.selectRow(0)
        many = len(rows)
        words = f"{many:,} {'match' if many == 1 else 'matches'}"
        whole = total(each.amount for each in self.chosen)
        self.title.setText(
            f"{words}, {whole.in_full}" if many else "No suggestion is so sure: lower the bound"
        )
        self.take_button.setText(f"&Accept {words}")
        self.take_button.setAccessibleName(f"Accept {words}")
        self.take_button.setEnabled(bool(many))
        self.out_button.setEnabled(bool(many))

    def _leave_out(self) -> None:
        rows = self.table.chosen_rows()
        self._left_out |= {self.model.rows[row].key.line.id for row in rows}
        self._show()
        if rows and self.model.rows:
            self.table.selectRow(min(rows[0], len(self.model.rows) - 1))
