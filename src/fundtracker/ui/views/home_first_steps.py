"""What an empty file begins with: its own first records, a workbook, or a look at the demonstration."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from fundtracker.ui.words import SPACE, heading, plain_label, push_button

if TYPE_CHECKING:
    from fundtracker.ui.views.home import HomePage

NEW = (
    ("Name the &office", "The office this file belongs to: it stands on every cover", "Office", ""),
    ("Add cost &categories", "What money is spent on, such as staff or equipment: every plan and cost names one", "CostCategory", ""),
    ("Add a f&und", "Where money comes from", "Fund", ""),
    ("Add a &round", "A round of a fund, for which bids are made", "FundingRound", "Fund"),
    ("Add a &bid", "What was asked for in a round", "Bid", "FundingRound"),
    ("Add an a&ward", "The money promised to a bid; Home then says what comes next", "Award", "Bid"),
)  # fmt: skip
"""Words, what they mean, the kind of record that is begun, and the kind that must be there before it."""
ENTERED = "✓ Entered. "


class FirstSteps:
    """Fills a part of Home: buttons with what each does beside it, in the order in which they are needed."""

    def __init__(self, part: QWidget, home: "HomePage") -> None:
        self._steps: dict[str, tuple[QPushButton, QLabel]] = {}
        layout = self._layout = QGridLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(2 * SPACE)
        layout.setVerticalSpacing(SPACE)
        layout.setColumnStretch(1, 1)
        self._head("A new programme")
        for words, tip, name, _ in NEW:
            self._steps[name] = self._step(words, tip, lambda name=name: home.begin(name))
        self._head("Or begin with what there is")
        self._step("&Import a workbook...", "Records kept in Excel until now, a sheet for each kind", home.import_asked.emit)  # fmt: skip
        self._step("Open the de&monstration...", "A programme made up to try things out, in a file of its own", home.demonstration_asked.emit)  # fmt: skip

    def _head(self, title: str) -> None:
        self._layout.addWidget(heading(title, size=1), self._layout.rowCount(), 0, 1, 2)

    def _step(self, words: str, tip: str, act: Callable[[], Any]) -> tuple[QPushButton, QLabel]:
        row, button, label = self._layout.rowCount(), push_button(words, tip, act), plain_label(tip)
        self._layout.addWidget(button, row, 0)
        self._layout.addWidget(label, row, 1)
        return button, label

    def show_entered(self, entered: Mapping[str, int]) -> None:
        """Mark what is there; what needs something else first waits for it."""
        for _, tip, name, before in NEW:
            button, label = self._steps[name]
            button.setEnabled(not before or before in entered)
            label.setText(f"{ENTERED}{tip}" if name in entered else tip)
