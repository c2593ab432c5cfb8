"""PlanTab: the profile or the forecast of an award, or of one of its interventions, typed like a spreadsheet."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fundtracker.application.record_facts import Facts, year_to_show
from fundtracker.domain.awards import AwardLine
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import described
from fundtracker.domain.cubes import Line
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.planning import NO_LINES, Plan, Planned
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.models.plan_table import PlanTable
from fundtracker.ui.views.grids import GridTable
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.tables import at_left, fit
from fundtracker.ui.words import SPACE, choice_box, offer, plain_label, push_button

KEYS = "Enter goes down, Tab to the right, Del clears; Ctrl+C and Ctrl+V as in Excel, Ctrl+D fills down, Ctrl+R to the right."


class PlanTab(QWidget):
    """The year above, the grid, and beside it in words what can't be kept."""

    def __init__(self, page: RecordPage, planned: Planned) -> None:
        super().__init__()
        self.planned = planned
        self._extra: dict[FinancialYear, frozenset[Line]] = {}
        """Lines that stay while this page does, though they may be empty: those begun, and those written."""
        self._of_one = page.kind is Intervention
        self._record_id = page.record_id
        self._book: AwardBook | None = None
        self._asked = 0
        self._later: Plan | None = None
        """A sheet of other rows, which came while a cell was open or a block was written."""
        self.model = PlanTable(page.workspace, self)
        name = f"{planned.value} by quarter"
        self.table = GridTable(name, self.model, 22 if self._of_one else 33)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        self.year = choice_box("Financial year")
        self.year.currentIndexChanged.connect(self._show)
        layout.addLayout(self._bar())
        layout.addWidget(self._new_line())
        self.note = plain_label(wrapped=True)
        layout.addWidget(self.note)
        self.trouble = plain_label(wrapped=True)
        self.trouble.setAccessibleName("What can't be kept")
        self.trouble.hide()
        layout.addWidget(self.trouble)
        fit(self.table, width=True)
        layout.addLayout(at_left(self.table), 1)
        layout.addStretch(0)
        self.table.setAccessibleDescription(KEYS)
        self.model.troubled.connect(self._say)
        self.model.written.connect(self._written)
        self.model.rested.connect(self._take_later)
        self.table.cell_left.connect(self._take_later)
        self.table.locked.connect(self._say_lock)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.stand_in(self.width())

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        label = plain_label("&Year")
        label.setBuddy(self.year)
        self.spread_button = push_button(
            "&Spread evenly",
            "Share what stands in the chosen rows evenly over their quarters left, to the penny",
            self.spread,
        )
        self.rest_button = push_button(
            "&Take the rest of the profile",
            "Forecast, in the chosen rows, what is left of the year's profile after what is spent",
            self.take_rest,
        )
        self.line_button = push_button(
            "Add a &line...", "Begin a line: an intervention, capital or resource, and a cost category", self.ask_line
        )  # fmt: skip
        for each in (label, self.year, self.spread_button, self.rest_button, self.line_button):
            bar.addWidget(each)
        if self.planned is Planned.PROFILE:
            self.rest_button.hide()
        bar.addStretch(1)
        return bar

    def _new_line(self) -> QWidget:
        """Shown when a line is asked for."""
        self.line_box = QWidget()
        row = QHBoxLayout(self.line_box)
        row.setContentsMargins(0, 0, 0, 0)
        self.intervention, self.expense, self.category = QComboBox(), QComboBox(), QComboBox()
        for combo, name in (
            (self.intervention, "Intervention"),
            (self.expense, "Capital or resource"),
            (self.category, "Cost category"),
        ):
            combo.setAccessibleName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(14)
            row.addWidget(combo, 2 if combo is self.intervention else 1)
        for each in Expense:
            self.expense.addItem(each.value, each)
        self.begin_button = QPushButton("Begin the line")
        self.begin_button.setAccessibleName("Begin the line")
        self.begin_button.clicked.connect(self.begin_line)
        row.addWidget(self.begin_button)
        self.line_box.hide()
        return self.line_box

    # Drawing

    def draw(self, facts: Facts) -> None:
        figures: Figures = facts.money.of
        book = figures.book
        self._fill_years(figures, first=self._book is None)
        self._book = book
        interventions = sorted(book.all(Intervention), key=lambda each: each.reference)
        _refill(
            self.intervention,
            [(described(e), e.id) for e in interventions if not self._of_one or e.id == self._record_id],
        )
        self.intervention.setVisible(not self._of_one)
        _refill(self.category, [(e.name, e.id) for e in book.all(CostCategory)])
        self._show()

    def _fill_years(self, figures: Figures, *, first: bool) -> None:
        """The award's years; at first the one that runs, or the one a forecast looks ahead to."""
        begins, ends = figures.book.award.starts_on, figures.ends_on
        run = range(FinancialYear.of(begins).start, FinancialYear.of(ends).start + 1)
        years = {FinancialYear(number) for number in run} | set(figures.years) or {FinancialYear.of(begins)}
        shown = self.year.currentData() if not first else None
        if shown is None:
            draft = Plan(figures.book, self.planned, min(years)).draft
            ahead = draft.quarter.next.year if self.planned is Planned.FORECAST and draft else None
            shown = ahead if ahead in years else year_to_show(figures) or min(years)
        _refill(self.year, [(str(each), each) for each in sorted(years)], shown)

    def _show(self) -> None:
        """Work the sheet out off the window's thread; what is typed meanwhile counts, not the older sheet."""
        year: FinancialYear | None = self.year.currentData()
        if self._book is None or year is None:
            return
        extra = self._extra_in(year, self._book)
        plan = Plan(self._book, self.planned, year, self._record_id if self._of_one else None, extra)
        self._asked += 1
        asked = self._asked

        def work(_progress: Progress) -> Plan:
            return plan.worked_out()

        def take(made: Plan) -> None:
            if asked == self._asked:
                self._later = made
                self._take_later()

        Job(self, work, take).start()

    def _extra_in(self, year: FinancialYear, book: AwardBook) -> frozenset[Line]:
        """Of those that stay, the ones of which intervention and category are still there."""
        return frozenset(
            each
            for each in self._extra.get(year, NO_LINES)
            if book.find(Intervention, each.intervention_id) and book.find(CostCategory, each.category_id)
        )

    def _keep_lines(self, year: FinancialYear, lines: Iterable[Line]) -> None:
        self._extra[year] = self._extra.get(year, NO_LINES).union(lines)

    def _take_later(self) -> None:
        """Draw the sheet that came, unless its other rows would close the cell that is typed into, or a newer one is being written."""
        plan = self._later
        if plan is None or self.model.writes:
            return
        if self.table.is_typed_into and not self.model.has_rows_of(plan):
            return
        self._later = None
        self._take(plan)

    def _take(self, plan: Plan) -> None:
        self.model.show_plan(plan)
        self.note.setText(self._explain(plan) if plan.closed else f"{self._explain(plan)} {KEYS}")
        offer(self.spread_button, plan.nothing_to_share)
        offer(self.rest_button, plan.nothing_to_share)
        offer(self.line_button, plan.closed)

    def _explain(self, plan: Plan) -> str:
        if not plan.lines:
            return f"Nothing is planned or spent in this year yet{f'. {plan.closed}' if plan.closed else ': add a line to begin.'}"
        if self.planned is Planned.PROFILE:
            words = "The current profile in pounds: as first agreed, with re-profiles in force"
            return (
                f"{words}. All of it is locked: {plan.closed}"
                if plan.closed
                else f"{words} (italics: locked)."
            )
        if plan.closed:
            return f"Spent and forecast, in pounds, all of it locked. {plan.closed}"
        assert plan.draft is not None  # noqa: S101 - without one it is closed
        return f"In pounds: up to {plan.draft.quarter} what was spent (italics: locked), after it the forecast in {plan.draft.reference}."

    def _written(self, lines: set[Line]) -> None:
        """The sheet as it now stands, until the whole book is read anew."""
        if self.model.plan is not None:
            self._keep_lines(self.model.plan.year, lines)
            self._book = self.model.plan.book
            self._asked += 1
            self._later = None

    def _say(self, text: str) -> None:
        self.trouble.setText(f"⚠ {text}" if text else "")
        self.trouble.setVisible(bool(text))

    def _say_lock(self, why: str) -> None:
        self.model.notify(f"This cell is locked. {why}")

    @property
    def unkept(self) -> str:
        """What was typed and not kept, once all that waits is written."""
        self.finish()
        return self.model.unkept

    def finish(self) -> None:
        """Write all that waits."""
        self.model.finish()

    # Commands

    def spread(self) -> None:
        """What stands in the chosen rows, evenly over their quarters left."""
        self.finish()
        plan = self.model.plan
        if plan is None:
            return
        amounts = plan.spread(self.table.chosen_lines())
        if not amounts:
            self.model.notify(
                "Nothing was spread: choose rows with money in quarters that can still be changed."
            )
            return
        self.model.write(amounts, f"{self.planned.value} of {plan.award.reference}: spread evenly")

    def take_rest(self) -> None:
        """What is left of the profile of the chosen rows."""
        self.finish()
        plan = self.model.plan
        if plan is None:
            return
        amounts = plan.rest_of_profile(self.table.chosen_lines())
        if not amounts:
            self.model.notify("Nothing was forecast: choose rows with quarters that can still be changed.")
            return
        self.model.write(amounts, f"Forecast of {plan.award.reference}: what is left of the profile")

    def ask_line(self) -> None:
        self.line_box.setVisible(not self.line_box.isVisible())
        if self.line_box.isVisible():
            self._offer_promised()
            (self.expense if self._of_one else self.intervention).setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_promised(self) -> None:
        """Capital or resource: of which the award has money in the year, where it has of only one."""
        lines = self._book.all(AwardLine) if self._book is not None else ()
        promised = {each.expense for each in lines if each.year == self.year.currentData() and each.amount}
        if len(promised) == 1:
            (only,) = promised
            self.expense.setCurrentText(only.value)

    def begin_line(self) -> None:
        """The line chosen, empty, with the cursor in its first open quarter."""
        if self._book is None or self.intervention.currentData() is None or self.category.currentData() is None:  # fmt: skip
            self.model.notify(
                "A line needs an intervention and a cost category: add them first, under Interventions and All lists, Cost categories."
            )
            return
        line = Line(self.intervention.currentData(), self.expense.currentData(), self.category.currentData())
        self.line_box.hide()
        plan = self.model.plan
        if plan is not None:
            self._keep_lines(plan.year, {line})
            self._asked += 1
            self._later = None
            self._take(replace(plan, extra=self._extra_in(plan.year, plan.book)))
        self.table.go_to_line(line)


def _refill(combo: QComboBox, items: list[tuple[str, object]], chosen: object = None) -> None:
    """Other items, the same one chosen (or the one named), and nobody told."""
    wanted = combo.currentData() if chosen is None else chosen
    combo.blockSignals(True)
    combo.clear()
    for words, value in items:
        combo.addItem(words, value)
    place = next((n for n, (_, value) in enumerate(items) if value == wanted), 0)
    combo.setCurrentIndex(place if items else -1)
    combo.blockSignals(False)
