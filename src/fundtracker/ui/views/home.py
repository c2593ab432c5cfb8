"""Home: what needs doing, by date, and the money of each live award at a glance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.glance import AwardGlance, Task, glance, tasks
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.periods import long_date, short_date
from fundtracker.ui.models.bars import BarDelegate
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow, money
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, in_days, plain_label, push_button

TASKS = (Heading("Due", 12), Heading("When", 14), Heading("What", 80))
MONEY = (
    Heading("Award", 10),
    Heading("Title", 18),
    Heading("Year", 8),
    Heading("Awarded", 8, right=True),
    Heading("Spent", 8, right=True),
    Heading("Forecast", 8, right=True),
    Heading("Left", 8, right=True, help="Awarded less spent, of this year"),
    Heading("Spent %", 7, right=True),
    Heading("At a glance", 12, help="Full: spent. Hatched: forecast. Empty: left"),
)
BAR = len(MONEY) - 1
FIRST_STEPS = (
    ("Name the &office", "The office this file belongs to: it stands on every cover", "Office"),
    ("Add a f&und", "Where money comes from", "Fund"),
    ("Add a &round", "A round of a fund, for which bids are made", "FundingRound"),
)
"""Words, what they mean, and the kind of record that is begun."""
SHOWN = frozenset(
    {"Office", "Award", "AwardLine", "Bid", "Intervention", "Cost", "FunderReturn", "Forecast", "Variation",
     "VariationChange", "Grant", "Instalment", "Condition"}
)  # fmt: skip
"""The kinds whose changes Home must show."""


class HomePage(Page):
    """Each line leads to the place where it is done. Painted before the records are read, so their kinds go by name here."""

    wants_new = Signal(object, dict)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.title = heading()
        self.note = plain_label(wrapped=True)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        self.first_steps = self._first_steps()
        layout.addWidget(self.first_steps)
        splitter = self.tables = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        self.to_do = FiguresTable(TASKS, self)
        self.money = FiguresTable(MONEY, self)
        self.tasks = self._part(splitter, "What needs doing", self.to_do, stretched=2)
        self.awards = self._part(splitter, "Money at a glance", self.money, stretched=BAR)
        self.awards.setItemDelegateForColumn(BAR, BarDelegate(self.money, self.awards))
        layout.addWidget(splitter, 1)
        layout.addStretch(0)
        self.refresh()

    def _first_steps(self) -> QWidget:
        """What an empty file begins with."""
        part = QWidget()
        layout = QHBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        for words, tip, name in FIRST_STEPS:
            layout.addWidget(push_button(words, tip, lambda name=name: self._begin(name)))
        layout.addStretch(1)
        return part

    def _begin(self, name: str) -> None:
        from fundtracker.domain.records import by_name

        self.wants_new.emit(by_name(name), {})

    def _part(self, splitter: QSplitter, name: str, model: FiguresTable, *, stretched: int) -> Table:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading(name, size=1))
        table = figures_table(name, model)
        table.leads_on_double_click()

        def open_row(row: int) -> None:
            target = model.rows[row].target
            if target is not None:
                from fundtracker.domain.records import by_name

                name, record_id = target
                self.opened.emit(by_name(name), record_id)

        table.asked.connect(open_row)
        across = table.horizontalHeader()
        across.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(40)
        layout.addWidget(table, 1)
        splitter.addWidget(part)
        return table

    def shows(self, changed: Changed) -> bool:
        return any(kind.__name__ in SHOWN for kind in changed.kinds)

    def unkept(self) -> str:
        return ""

    def refresh(self) -> None:
        office, _ = self.workspace.office_named
        today = self.workspace.today
        self.title.setText(office or "Home")
        to_do, awards = tasks(self.workspace), glance(self.workspace)
        many = (
            "Nothing is due soon" if not to_do else f"{len(to_do)} thing{'s' if len(to_do) > 1 else ''} to do"
        )
        words = f"{long_date(today)}. {many}. Enter or a double click opens a line."
        empty = not awards and not to_do
        if empty:
            words = f"{long_date(today)}. Nothing is due, and no award has money in this financial year. A programme begins with its office, a fund and a round; then come the bids, and their awards with their lines by financial year."
        self.note.setText(words)
        self.first_steps.setVisible(empty)
        self.tables.setVisible(not empty)
        self.to_do.set_rows(
            [_task(each, in_days(each.due_on, today) if each.due_on else "") for each in to_do]
        )
        self.money.set_rows([_award(each) for each in awards])


def _task(task: Task, when: str) -> TableRow:
    due = short_date(task.due_on) if task.due_on else ""
    target = (task.kind, task.record_id)
    words = task.words.removesuffix(f": {when}").removesuffix(": due today")
    return TableRow((due, when, words), target=target, key=target, bold="late" in when)


def _award(each: AwardGlance) -> TableRow:
    return TableRow(
        (
            each.reference,
            each.title,
            str(each.year),
            money(each.awarded),
            money(each.spent),
            money(each.forecast),
            money(each.left),
            each.spent_percent,
            "",
        ),
        target=("Award", each.award_id),
        key=(each.awarded.pence, each.spent.pence, each.forecast.pence),
        help=f"Awarded £{each.awarded.shown}, spent £{each.spent.shown}, forecast £{each.forecast.shown}",
    )
