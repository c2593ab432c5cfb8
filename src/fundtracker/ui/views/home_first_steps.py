"""What an empty file begins with: its own first records, a workbook, or a look at the demonstration."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from fundtracker.ui.words import SPACE, heading, plain_label, push_button

if TYPE_CHECKING:
    from fundtracker.ui.views.home import HomePage

NEW = (
    ("Name the &office", "The office this file belongs to: it stands on every cover", "Office"),
    ("Add a f&und", "Where money comes from", "Fund"),
    ("Add a &round", "A round of a fund, for which bids are made", "FundingRound"),
)
"""Words, what they mean, and the kind of record that is begun."""


def fill_first_steps(part: QWidget, home: "HomePage") -> None:
    """Buttons with what each does beside it, in the order in which they are needed."""
    layout = QGridLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(2 * SPACE)
    layout.setVerticalSpacing(SPACE)

    def begins(name: str) -> Callable[[], Any]:
        return lambda: home.begin(name)

    lines: list[tuple[str, str, Callable[[], Any]]] = [(words, tip, begins(name)) for words, tip, name in NEW]
    others = [
        ("&Import a workbook...", "Records kept in Excel until now, a sheet for each kind", home.import_asked.emit),
        ("Open the de&monstration...", "A programme made up to try things out, in a file of its own", home.demonstration_asked.emit),
    ]  # fmt: skip
    for title, steps in (("A new programme", lines), ("Or begin with what there is", others)):
        layout.addWidget(heading(title, size=1), layout.rowCount(), 0, 1, 2)
        for words, tip, act in steps:
            row = layout.rowCount()
            layout.addWidget(push_button(words, tip, act), row, 0)
            layout.addWidget(plain_label(tip), row, 1)
    layout.setColumnStretch(1, 1)
