"""ReturnPage: the place where a quarter's return is chosen, got ready, looked at, submitted and followed up."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fundtracker.application.behind_spend import SpendFigure, costs_behind
from fundtracker.application.return_story import StateStep, return_story
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Line
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import long_date
from fundtracker.domain.problems import Problem, Refused, Severity, StorageTrouble
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.domain.snapshot import SpendRow
from fundtracker.domain.terms import Waiver
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.return_choices import ReturnChoices, return_choices
from fundtracker.ui.views.later_tabs import LaterTabs
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.message import Message
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.return_chooser import Chooser
from fundtracker.ui.views.return_page_parts import (
    BRIDGE,
    CHECKS,
    FIGURES,
    FORECAST,
    PARTS,
    PREVIEW,
    READINESS,
    SIGN_OFF,
    TIE_OUT,
    Found,
    Part,
    found_of,
)
from fundtracker.ui.views.return_steps import ReturnSteps
from fundtracker.ui.views.return_tabs import SIGN_OFF_FIELDS
from fundtracker.ui.words import SPACE, heading, in_days, plain_label, push_button

if TYPE_CHECKING:
    from fundtracker.application.actions.returns import ReturnView

Around = tuple[ReturnChoices, tuple[FunderReturn, ...], tuple[StateStep, ...]]
"""What else can be chosen, the return as it is, and what happened to it: an old file has a long history."""


class ReturnPage(Page):
    """Award and quarter, state in words, the steps it allows; tabs for the parts."""

    wants_new = Signal(object, dict)
    mend = Signal(object)  # a Problem whose record is elsewhere
    rows_wanted = Signal(object, tuple)  # a kind, and the path conditions of the rows behind a figure
    shown = Signal()  # its figures are worked out and drawn

    kinds = frozenset(RECORDS)
    readiness, figures, bridge, checks = READINESS, FIGURES, BRIDGE, CHECKS
    tie_out, forecast, sign_off, preview = TIE_OUT, FORECAST, SIGN_OFF, PREVIEW

    def __init__(self, workspace: Workspace, return_id: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.return_id = return_id
        self.found: Found | None = None
        self.story: tuple[StateStep, ...] = ()
        self.asked = 0
        held = workspace.get(FunderReturn, return_id)
        self.chooser = Chooser(workspace, held)
        self.title = heading()
        self.title.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.title, 1)
        top.addWidget(
            push_button("&Look at the award", "Go up to the award of this return", self.open_award),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self.state = plain_label(wrapped=True)
        self.state.setAccessibleName("State")
        self.steps = ReturnSteps(workspace, return_id)
        self.message = Message(self)
        self.tabs = self._make_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(top)
        for part in (self.chooser, self.state, self.steps, self.message):
            layout.addWidget(part)
        layout.addWidget(self.tabs, 1)
        self._connect()
        self._show_state(held)
        self.refresh()

    def _make_tabs(self) -> LaterTabs:
        tabs = LaterTabs("Parts of the return", "Parts of the return", self._draw)
        for part in PARTS:
            tabs.add_later(part.title, lambda part=part: part.make(self))
        tabs.currentChanged.connect(tabs.part)
        return tabs

    def _connect(self) -> None:
        self.chooser.chosen.connect(self.go_to_return)
        self.steps.refused.connect(self._refused)
        self.steps.told.connect(self.say)
        self.steps.said.connect(self.said)

    # Showing

    @property
    def view(self) -> "ReturnView | None":
        """The return as it was last worked out."""
        return None if self.found is None else self.found.view

    def refresh(self) -> None:
        """Work the return out off the window's thread, then draw."""
        tie_out = TIE_OUT.made(self)
        if tie_out is not None:
            tie_out.draw()
        self.asked += 1
        asked, workspace, return_id = self.asked, self.workspace, self.return_id

        def work(_progress: Progress) -> Found:
            from fundtracker.application.actions.returns import look_at
            from fundtracker.domain.spend import spend_lines

            view = look_at(workspace, return_id)
            frozen = view.case.funder_return.state.frozen
            lines = () if frozen else tuple(each.line for each in spend_lines(view.case.claim))
            return found_of(asked, view, lines)

        Question(self, work, self._take, self._failed).start()
        self._refresh_choices()

    def _refresh_choices(self) -> None:
        held, workspace, return_id = self.chooser.held, self.workspace, self.return_id

        def work(_progress: Progress) -> Around:
            return (
                return_choices(workspace, held.award_id),
                workspace.select(FunderReturn, id=return_id),
                return_story(workspace, return_id),
            )

        def done(around: Around) -> None:
            choices, now, self.story = around
            self.chooser.show_choices(choices, now[0] if now else held)
            readiness = READINESS.made(self)
            if readiness is not None:
                readiness.show_story(self.story)
            if now:
                self._show_state(now[0])

        Question(self, work, done, self._failed).start()

    def _take(self, found: Found) -> None:
        if found.asked != self.asked:
            return
        self.found = found
        self.steps.view = found.view
        self._show_state(found.held)
        self.tabs.outdate()
        self.tabs.part(self.tabs.currentIndex())
        self.shown.emit()

    def _draw(self, place: int) -> None:
        if self.found is not None:
            part: Part[Any] = PARTS[place]
            part.draw(self, self.tabs.made[place], self.found)

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Refused):
            raise trouble
        self.say(str(trouble))
        self.shown.emit()

    def _show_state(self, held: FunderReturn) -> None:
        parts = [return_tables.state_words(held, self.story)]
        if held.due_on and not held.state.frozen:
            parts.append(f"due {long_date(held.due_on)} ({in_days(held.due_on, self.workspace.today)})")
        if held.submitted_on:
            parts.append(f"submitted {long_date(held.submitted_on)}, signed by {held.signed_by}")
        if self.view is not None:
            cash = self.view.snapshot.cash
            parts.append(f"claim {cash.claim.in_full}")
            then = " (as submitted)" if held.state.frozen else ""
            parts.append(f"left of {self.view.snapshot.header.year} after it{then} {cash.left.in_full}")
        if held.state is ReturnState.QUERIED and held.query:
            parts.append(f"asked: {held.query}")
        if held.state is ReturnState.SUBMITTED and self.story and self.story[-1].again:
            parts.append(f"query answered {long_date(self.story[-1].on)}: {self.story[-1].words}")
        if held.state is ReturnState.PAID and held.received_on:
            parts.append(f"received {held.received.in_full} on {long_date(held.received_on)}")
        self.title.setText(f"Return {held.reference}: {held.quarter.months}")
        self.state.setText("  ·  ".join(parts))
        self.steps.show_state(held)

    def begins_at(self) -> QWidget:
        return self.tabs.tabBar()

    def say(self, text: str) -> None:
        """A line under the buttons; nothing takes it away."""
        self.message.say(text)

    def heard(self, changed: Changed) -> None:
        if changed.concerns(FunderReturn, self.return_id) and not self.workspace.select(
            FunderReturn, id=self.return_id
        ):
            self.say("This return was removed. Ctrl+Z brings it back.")
            return
        sign_off, forecast = SIGN_OFF.made(self), FORECAST.made(self)
        if sign_off is not None:
            sign_off.form.heard(changed)
        if forecast is not None:
            forecast.heard(changed)
        super().heard(changed)

    def go_to_problem(self, problem: Problem) -> None:
        """Where a problem is mended: here, or on the page of its record."""
        own = problem.kind == FunderReturn.__name__ and problem.record_id in {None, self.return_id}
        if problem.kind == "VarianceReason" and problem.record_id is not None:
            self.tab(FIGURES.title)
            self.figures.write_for(problem.record_id)
        elif own:
            self.go_to(problem.column)
        else:
            self.mend.emit(problem)

    def go_to(self, column: str) -> None:
        """To the tab where a column of the return is written ("reason", "forecast", a field of the sign-off), else to the checks."""
        if column in SIGN_OFF_FIELDS:
            self.tab(SIGN_OFF.title)
            self.sign_off.form.go_to(column)
        else:
            self.tab({"reason": FIGURES, "forecast": FORECAST}.get(column, CHECKS).title)

    def tab(self, title: str) -> Any:
        """The tab of this title, looked at; None where there is none."""
        place = self.tabs.place_of(title)
        if place is None:
            return None
        self.tabs.setCurrentIndex(place)
        return self.tabs.part(place)

    def unkept(self) -> str:
        """Also a reason that was typed and refused."""
        figures = FIGURES.made(self)
        lost = "The reason of a variance was typed and not kept." if figures and figures.unkept else ""
        return "\n".join(filter(None, (super().unkept(), lost)))

    # Doing

    def show_print(self) -> None:
        """The return's own PDF, in its preview (Ctrl+P)."""
        if self.list_in_sight is not None:
            super().show_print()
            return
        self.tab(PREVIEW.title)
        self.preview.print_when_drawn()

    def open_award(self) -> None:
        self.opened.emit(Award, self.workspace.get(FunderReturn, self.return_id).award_id)

    def show_costs(self, row: SpendRow, figure: SpendFigure) -> None:
        """To the costs behind a figure of a line."""
        spent_on = self.workspace.find(Intervention, row.reference)
        named = [each for each in self.workspace.select(CostCategory) if each.name == row.category]
        view = self.view
        if view is None or spent_on is None or len(named) != 1:
            self.say(
                "The intervention or category of this line no longer has that name: look for it in Costs."
            )
            return
        window, line = self.window(), Line(spent_on.id, Expense(row.expense), named[0].id)
        self.rows_wanted.emit(*costs_behind(view.case, view.snapshot, line, figure))
        page = getattr(window, "page", None)
        if isinstance(page, ListPage):
            page.choose_first()

    def begin_waiver(self, term_id: int) -> None:
        """To an empty form of an exception to a rule: its reason, who approved it, until when."""
        self.wants_new.emit(Waiver, {"term_id": term_id})

    def go_to_return(self, return_id: int) -> None:
        """To another return, with the list it was chosen from in focus."""
        window, by_award = self.window(), self.chooser.awards.hasFocus()
        self.opened.emit(FunderReturn, return_id)
        page = getattr(window, "page", None)
        if isinstance(page, ReturnPage) and page is not self:
            (page.chooser.awards if by_award else page.chooser.quarters).setFocus()

    def write_reason(self, line: Line, text: str) -> bool:
        """Keep the reason of a line's variance; False where it was refused, which is said."""
        from fundtracker.application.actions.reasons import write_reason

        try:
            write_reason(self.workspace, self.return_id, line, text)
        except (Refused, StorageTrouble) as trouble:
            self.say(f"{trouble}\nNot kept: {text}")
            return False
        self.say("")
        return True

    def _refused(self, refused: Refused) -> None:
        """What stands in the way, in words; the first problem's field is shown."""
        self.message.refuse(refused.problems)
        named = next((each.column for each in refused.problems if each.column in SIGN_OFF_FIELDS), "")
        if named:
            self.go_to(named)
        elif self.view is not None and any(each.severity is Severity.ERROR for each in self.view.problems):
            self.tab(READINESS.title)
