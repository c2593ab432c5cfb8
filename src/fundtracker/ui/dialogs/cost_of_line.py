"""CostDialog: the cost that a ledger line paid, with what is known of it filled in. Its button makes the cost and matches it."""

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from fundtracker.application.actions.ledger.matching import cost_from, make_cost
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import LedgerLine
from fundtracker.ui.models.ledger_rows import line_in_words
from fundtracker.ui.views.record_form import RecordForm
from fundtracker.ui.words import SPACE, plain_label, push_button, size_in_letters

PARTNERS = frozenset({"grant_id", "accepted_on", "form_id", "form_row", "reversal_of"})
"""What a cost of the office's own, paid by a line, never has."""
LETTERS = frozenset("M")


class CostDialog(QDialog):
    """`made` is the cost, once it is made."""

    help_page = "ledger"

    def __init__(self, parent: QWidget | None, workspace: Workspace, line: LedgerLine) -> None:
        super().__init__(parent)
        self.made: Cost | None = None
        self._workspace, self._line = workspace, line
        self.setWindowTitle(f"Make a cost of {line.reference}")
        self.setAccessibleName(self.windowTitle())
        note = plain_label(
            f"{line_in_words(line)}, {line.amount.in_full}. Received, Invoiced and Paid are filled in with the day it was posted: change Received to the day the goods came, which decides the quarter.",
            wrapped=True,
        )
        only = tuple(each.name for each in columns(Cost) if each.name not in PARTNERS)
        self.form = RecordForm(workspace, Cost, only=only, titled=False, taken=LETTERS, adds=self._add)
        box = QDialogButtonBox(parent=self)
        self.make_button = push_button(
            "&Make the cost", "Add the cost and match the line to it, as one change", self._make
        )
        self.make_button.setDefault(True)
        box.addButton(self.make_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(note)
        layout.addWidget(self.form, 1)
        layout.addWidget(box)
        size_in_letters(self, 96, 40)
        self.form.show_new(cost_from(workspace, line))

    def _add(self, values: dict[str, Any]) -> Cost:
        return make_cost(self._workspace, self._line, values)

    def _make(self) -> None:
        made = self.form.make()
        if isinstance(made, Cost):
            self.made = made
            self.accept()
