"""The parts of a return's page: of each its title, how it is made when it is first looked at, and what it shows of a return worked out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Self, TypeVar, cast, overload

from PySide6.QtWidgets import QWidget

from fundtracker.application.sign_off import sign_off_problems
from fundtracker.domain.claims import earlier_returns
from fundtracker.domain.cubes import Line
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.figures_table import TableRow
from fundtracker.ui.views.return_figures import FiguresTab
from fundtracker.ui.views.return_preview import PreviewTab
from fundtracker.ui.views.return_tabs import BridgeTab, ChecksTab, ForecastTab, ReadinessTab, SignOffTab

if TYPE_CHECKING:
    from fundtracker.application.actions.returns import ReturnView
    from fundtracker.ui.views.return_page import ReturnPage
    from fundtracker.ui.views.tie_out_view import TieOutView

T = TypeVar("T", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Found:
    """A return worked out, and the rows its tables show: a worker writes them, for 600 lines take a tenth of a second."""

    asked: int
    view: "ReturnView"
    signing: tuple[Problem, ...]
    problems: tuple[TableRow, ...]
    spend: tuple[TableRow, ...]
    bridge: tuple[TableRow, ...]
    controls: tuple[TableRow, ...]
    checks: tuple[TableRow, ...]

    @property
    def held(self) -> FunderReturn:
        return self.view.case.funder_return

    @property
    def is_first(self) -> bool:
        """Whether the award had submitted none before it."""
        return not earlier_returns(self.view.case.book, self.held.quarter)


def found_of(asked: int, view: "ReturnView", lines: tuple[Line, ...]) -> Found:
    """The rows of a return worked out; `lines` are those that spent, where it is a draft."""
    signing = sign_off_problems(view.case.funder_return, view.case.book.today)
    return Found(
        asked,
        view,
        signing,
        return_tables.problem_rows(view.problems, signing, view.case.book),
        return_tables.spend_rows(view.snapshot, lines),
        return_tables.bridge_rows(view.snapshot),
        return_tables.control_rows(view.snapshot),
        return_tables.check_rows(view.snapshot),
    )


@dataclass(frozen=True)
class Part(Generic[T]):
    """A tab of a ReturnPage, and that page's attribute for it: who asks for it has it made, and up to date."""

    title: str
    make: "Callable[[ReturnPage], T]"
    draw: "Callable[[ReturnPage, T, Found], object]"

    @overload
    def __get__(self, page: None, owner: type) -> Self: ...
    @overload
    def __get__(self, page: "ReturnPage", owner: type) -> T: ...
    def __get__(self, page: "ReturnPage | None", owner: type) -> Self | T:
        return self if page is None else cast("T", page.tabs.part(PARTS.index(self)))

    def made(self, page: "ReturnPage") -> T | None:
        """The tab, if it was looked at."""
        return page.tabs.made.get(PARTS.index(self))


def _readiness(page: "ReturnPage") -> ReadinessTab:
    tab = ReadinessTab()
    tab.go_to.connect(page.go_to_problem)
    return tab


def _draw_readiness(page: "ReturnPage", tab: ReadinessTab, found: Found) -> None:
    tab.show_problems(found.view.problems, found.signing, found.problems, found.held)
    tab.show_story(page.story)


def _figures(page: "ReturnPage") -> FiguresTab:
    tab = FiguresTab(page.write_reason)
    tab.costs_wanted.connect(page.show_costs)
    return tab


def _checks(page: "ReturnPage") -> ChecksTab:
    tab = ChecksTab()
    tab.waive.connect(page.begin_waiver)
    return tab


def _draw_checks(_page: "ReturnPage", tab: ChecksTab, found: Found) -> None:
    tab.show_checks(found.view.snapshot, found.view.case.book, found.controls, found.checks)


def _tie_out(page: "ReturnPage") -> "TieOutView":
    """Of the return's own quarter: it works itself out when it is looked at."""
    from fundtracker.ui.views.tie_out_view import TieOutView

    held = page.chooser.held
    view = TieOutView(page.workspace, held.award_id, held.quarter)
    view.opened.connect(page.opened)
    view.rows_wanted.connect(page.rows_wanted)
    view.said.connect(page.said)
    return view


def _sign_off(page: "ReturnPage") -> SignOffTab:
    tab = SignOffTab(page.workspace)
    tab.form.said.connect(page.said)
    return tab


READINESS = Part("Readiness", _readiness, _draw_readiness)
FIGURES = Part(
    "Figures", _figures, lambda _page, tab, found: tab.show_figures(found.view.snapshot, found.spend)
)
BRIDGE = Part("Bridge", lambda _page: BridgeTab(), lambda _page, tab, found: tab.show_bridge(found.bridge))
CHECKS = Part("Checks", _checks, _draw_checks)
TIE_OUT = Part("Tie-out", _tie_out, lambda _page, _tab, _found: None)  # the page tells it of changes at once
FORECAST = Part(
    "Forecast",
    lambda page: ForecastTab(page.workspace, page.return_id),
    lambda _page, tab, found: tab.show_return(found.held, first=found.is_first),
)
SIGN_OFF = Part(
    "Sign-off",
    _sign_off,
    lambda _page, tab, found: tab.show_return(found.held, found.view.snapshot.sign_off.text, found.signing),
)
PREVIEW = Part(
    "Preview",
    lambda page: PreviewTab(page.workspace, page.return_id),
    lambda _page, tab, found: tab.show_snapshot(found.view.snapshot),
)
PARTS = (READINESS, FIGURES, BRIDGE, CHECKS, TIE_OUT, FORECAST, SIGN_OFF, PREVIEW)
"""In their order."""
