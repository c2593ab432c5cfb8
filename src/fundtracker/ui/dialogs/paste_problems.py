"""PasteProblems: what is wrong with a pasted block, in a list that leads to its cells."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from fundtracker.application.actions.pasting import BlockProblem
from fundtracker.domain.problems import Severity
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import CLOSE, SIGNS, plain_label

LISTED = 1_000
"""Problems listed; mending these comes first."""
HEADINGS = (
    Heading("Row", 5, right=True),
    Heading("Kind", 10),
    Heading("Field", 17),
    Heading("Found", 12),
    Heading("What to do", 30),
)


class PasteProblems(QWidget):
    """Enter on a problem, or a click on it, asks for its cell. Out of sight where nothing is wrong."""

    asked = Signal(int)  # the problem's place in the list

    def __init__(self) -> None:
        super().__init__()
        self._listed = FiguresTable(HEADINGS, self)
        self.table = figures_table("Problems", self._listed)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.asked.connect(self.asked)
        self.table.clicked.connect(self._clicked)
        self.table.doubleClicked.connect(self._clicked)  # its second press took the keys back here
        self.title = plain_label("&Problems")
        self.title.setBuddy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(CLOSE)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)

    def show_problems(self, problems: Sequence[BlockProblem]) -> None:
        """The first of them, and how many there are."""
        self._listed.set_rows([_row(number, each) for number, each in enumerate(problems[:LISTED])])
        listed = f" (the first {LISTED:,} are listed)" if len(problems) > LISTED else ""
        wrong = sum(each.severity is Severity.ERROR for each in problems)
        odd = len(problems) - wrong
        counts = ", ".join(f"{n:,} to {what}" for n, what in ((wrong, "mend"), (odd, "look at")) if n)
        self.title.setText(f"&Problems: {counts}{listed}. Enter goes to the cell.")
        self.setVisible(bool(problems))

    def _clicked(self, index: QModelIndex) -> None:
        self.asked.emit(index.row())


def _row(number: int, problem: BlockProblem) -> TableRow:
    cells = (
        f"{problem.row:,}" if problem.row else "",
        f"⚠ {SIGNS[problem.severity]}",
        problem.label,
        problem.found.replace("\n", " "),
        problem.message,
    )
    return TableRow(cells, key=number)
