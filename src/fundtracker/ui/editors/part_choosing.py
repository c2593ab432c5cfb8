"""PartEditor: the cost or instalment that a part of a ledger line paid, offered with what tells it from its neighbours."""

from PySide6.QtWidgets import QWidget

from fundtracker.application.actions.ledger.choices import Choices, Paid
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import LedgerMatch
from fundtracker.domain.money import ZERO, Money
from fundtracker.ui.editors.choosing import OFFERED, ReferenceEditor


class PartEditor(ReferenceEditor):
    """Found by part of its supplier, reference or sum; the likely ones stand first, and only what has something left to match."""

    def __init__(
        self, kind: Paid, workspace: Workspace, choices: Choices, parent: QWidget | None = None
    ) -> None:
        name = "cost_id" if kind is Cost else "instalment_id"
        super().__init__(column_of(LedgerMatch, name), workspace, parent)
        self._kind, self._choices = kind, choices
        self._left, self._besides = ZERO, frozenset[int]()
        line = self.lineEdit()
        if line is not None:
            who = "supplier" if kind is Cost else "recipient"
            line.setPlaceholderText(f"type part of its {who}, reference or sum")

    def narrow(self, left: Money, besides: frozenset[int]) -> None:
        """What is still to match, and what needn't be offered any more."""
        self._left, self._besides = left, besides

    def _rows(self, typed: str) -> list[tuple[int, str]]:
        return self._choices.offered(self._kind, typed, self._left, besides=self._besides, most=OFFERED)

    def _text_of(self, record_id: int) -> str:
        return self._choices.words(self._kind, record_id) or super()._text_of(record_id)

    def _refusal(self, typed: str) -> str:
        called = plural(self._kind).lower()
        if not self._rows(""):
            return f"“{typed}” can't be chosen: none of the {called} has anything left to match."
        return f"“{typed}” is none of the {called} with something left to match: choose one from the list."
