"""AwardPage: an award's money by quarter and year, and everything that belongs to it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Match, Risk
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.models.award_grid import AwardGrid, money_line, year_to_show
from fundtracker.ui.models.figures_table import FiguresTable
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.record_pane import Child, RecordPane
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

PARTS = (
    Child(Intervention, "award_id", "Interventions"),
    Child(Cost, "intervention_id.award_id", "Costs"),
    Child(FunderReturn, "award_id", "Returns"),
    Child(AwardLine, "award_id", "Lines"),
    Child(ProfileLine, "intervention_id.award_id", "Profile"),
    Child(Variation, "award_id", "Variations"),
    Child(Match, "award_id", "Match"),
    Child(Risk, "award_id", "Risks"),
    Child(Term, "award_id", "Terms"),
    Child(Document, "award_id", "Evidence"),
)
EXPENSES: tuple[tuple[str, Expense | None], ...] = (
    ("Capital and resource", None),
    ("Capital", Expense.CAPITAL),
    ("Resource", Expense.RESOURCE),
)


class AwardPage(Page):
    """Header, figures, and the lists of what belongs to the award."""

    wants_new = Signal(object, dict)
    shown = Signal()  # its figures are worked out and drawn

    kinds = frozenset(
        {Award, AwardLine, Bid, Intervention, ProfileLine, Variation, VariationChange, Cost, FunderReturn,
         ReturnLine, Forecast, Grant, GrantSource}
    )  # fmt: skip

    def __init__(self, workspace: Workspace, award_id: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.award_id = award_id
        self.book: AwardBook | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        top = QHBoxLayout()
        self.title = heading()
        self.title.setWordWrap(True)
        self.begin_button = push_button(
            "&Begin the next return",
            "Make the draft of this award's next quarterly return",
            self.begin_return,
        )
        top.addWidget(self.title, 1)
        top.addWidget(self.begin_button)
        self.state = plain_label(wrapped=True)
        self.state.setAccessibleName("State and dates")
        self.money = plain_label(wrapped=True)
        self.money.setAccessibleName("Money of the year")
        layout.addLayout(top)
        layout.addWidget(self.state)
        layout.addWidget(self.money)
        self.grid = FiguresTable((), self)
        self.pane = RecordPane(
            workspace,
            Award,
            ListPage,
            first=(("Figures", self._figures_tab()),),
            children=PARTS,
            compact=False,
        )
        self.pane.opened.connect(self.opened)
        self.pane.wants_new.connect(self.wants_new)
        self.pane.said.connect(self.said)
        layout.addWidget(self.pane, 1)
        self.pane.show_record(workspace.get(Award, award_id))
        self.refresh()

    def _figures_tab(self) -> QWidget:
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(0, SPACE, 0, 0)
        bar = QHBoxLayout()
        label = plain_label("Sho&w")
        self.expense = QComboBox()
        self.expense.setAccessibleName("Show capital, resource or both")
        for words, expense in EXPENSES:
            self.expense.addItem(words, expense)
        self.expense.currentIndexChanged.connect(self._draw)
        label.setBuddy(self.expense)
        bar.addWidget(label)
        bar.addWidget(self.expense)
        bar.addStretch(1)
        bar.addWidget(plain_label("Pounds. Years are never added together."))
        layout.addLayout(bar)
        self.table = figures_table("Figures by quarter and year", self.grid, by_cell=True, row_names=20)
        layout.addWidget(self.table, 1)
        return tab

    def refresh(self) -> None:
        """Read the award's book off the window's thread, then draw."""
        award_id, workspace = self.award_id, self.workspace

        def work(_progress: Progress) -> AwardBook:
            return workspace.book(award_id)

        Job(self, work, self._take, self._failed).start()

    def _take(self, book: AwardBook) -> None:
        self.book = book
        award = book.award
        figures = Figures(book, book.today)
        self.title.setText(f"{award.reference}  {book.bid.title}")
        ends = figures.ends_on
        extended = f" (first agreed: {short_date(award.ends_on)})" if ends != award.ends_on else ""
        self.state.setText(
            f"{award.status.value}  ·  {book.round.code} {book.round.name}  ·  "
            f"{short_date(award.starts_on)} to {short_date(ends)}{extended}"
        )
        year = year_to_show(figures)
        self.money.setText(
            money_line(figures, year) if year else "No money is recorded yet: add its award lines."
        )
        self._draw()
        self.shown.emit()

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Refused):
            raise trouble
        self.state.setText(str(trouble))

    def _draw(self) -> None:
        if self.book is None:
            return
        expense: Expense | None = self.expense.currentData()
        grid = AwardGrid(Figures(self.book, self.book.today), expense)
        self.grid.set_rows(grid.rows, grid.headings)

    def heard(self, changed: Changed) -> None:
        if (Award, self.award_id) in changed.ids and not self.workspace.select(Award, id=self.award_id):
            self.state.setText("This award was removed. Ctrl+Z brings it back.")
            self.pane.clear()
            return
        super().heard(changed)
        self.pane.heard(changed)

    def look_for(self) -> None:
        page: Any = self.pane.currentWidget()
        if isinstance(page, ListPage):
            page.look_for()

    def begin_return(self) -> None:
        """The draft of the next quarter, opened."""
        from fundtracker.application.actions.returns import begin_return

        try:
            draft: Record = begin_return(self.workspace, self.award_id)
        except Refused as refused:
            say_trouble(self, "No return was begun", str(refused))
            return
        self.opened.emit(FunderReturn, draft.id)
