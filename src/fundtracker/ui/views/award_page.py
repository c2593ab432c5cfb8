"""The page of an award and of an intervention: their money by quarter and year, their plans, and everything that belongs to them."""

from typing import Any

from PySide6.QtWidgets import QWidget

from fundtracker.application.record_facts import (
    Facts,
    award_money,
    award_state,
    intervention_money,
    intervention_state,
)
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, Expense
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Document, Indicator, Match, Measures, Reading, Risk
from fundtracker.domain.figures import Figures
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention, Milestone, ProfileLine, Progress
from fundtracker.domain.ledger import AgreedBalance, LedgerCode, LedgerLine, LedgerMatch
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.planning import Planned
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.models.award_grid import AwardGrid
from fundtracker.ui.models.record_grids import grants_of_award, readings_grid
from fundtracker.ui.views.grids_plan import PlanTab
from fundtracker.ui.views.record_page import ActionOf, PageOf, RecordPage, TabOf
from fundtracker.ui.views.record_page_tabs import (
    Drawn,
    FiguresTab,
    Part,
    as_at,
    details,
    history,
    lists,
    parted,
)
from fundtracker.ui.views.record_pane import Child

EXPENSES: tuple[tuple[str, Expense | None], ...] = (
    ("Capital and resource", None),
    ("Capital", Expense.CAPITAL),
    ("Resource", Expense.RESOURCE),
)
MONEY_KINDS: frozenset[type[Record]] = frozenset(
    {Award, AwardLine, Bid, FundingRound, Intervention, ProfileLine, Variation, VariationChange, Cost, FunderReturn,
     ReturnLine, Forecast, Grant, GrantSource, Instalment, Indicator, Reading, CostCategory}
)  # fmt: skip


LEDGER_KINDS: frozenset[type[Record]] = frozenset(
    {LedgerLine, LedgerMatch, LedgerCode, AgreedBalance, PartnerForm}
)
"""What the tie-out of an award shows beside its money."""


def _one(facts: Facts) -> int | None:
    """The intervention whose page it is; None on an award's."""
    return facts.item.id if isinstance(facts.item, Intervention) else None


def _figures(facts: Facts, expense: Any) -> Drawn:
    grid = AwardGrid(facts.money.of, expense, _one(facts))
    return grid.rows, grid.headings


def _grants(facts: Facts, _: Any) -> Drawn:
    return grants_of_award(facts.money.of.book, _one(facts))


def _outputs(facts: Facts, _: Any) -> Drawn:
    return readings_grid(facts.money.of.book, Measures.OUTPUT, _one(facts))


def _outcomes(facts: Facts, _: Any) -> Drawn:
    return readings_grid(facts.money.of.book, Measures.OUTCOME, _one(facts))


def figures_tab() -> TabOf:
    return TabOf(
        "Figures",
        lambda page: FiguresTab(page, "Figures by quarter and year", _figures, EXPENSES, as_at),
        "The money by quarter and year",
    )


def _plan_tab() -> TabOf:
    def part(planned: Planned) -> Part:
        return planned.value, lambda page: PlanTab(page, planned)

    about = "Planned and expected spend by quarter, typed in as in a spreadsheet"
    return parted("Plan", part(Planned.PROFILE), part(Planned.FORECAST), about=about)


def _grants_tab(path: str) -> TabOf:
    def grants(page: RecordPage) -> FiguresTab:
        return FiguresTab(
            page,
            "Grants",
            _grants,
            row_names=18,
            names_of="Grant",
            empty="No grant is paid from here yet: enter one, and what pays for it under Grant sources.",
        )

    sources = Child(GrantSource, path, "Grant sources")
    return parted("Grants", ("Grants", grants), sources, about="Money passed on to partners")


def _delivery(to_here: str, risks: str) -> TabOf:
    """`to_here` leads from what an intervention has to the record of the page; `risks` from a risk."""

    def outputs(page: RecordPage) -> FiguresTab:
        return FiguresTab(page, "Outputs by quarter", _outputs, row_names=38, names_of="Output", empty="No output is measured yet: add it under Indicators.")  # fmt: skip

    def outcomes(page: RecordPage) -> FiguresTab:
        return FiguresTab(page, "Outcomes by quarter", _outcomes, row_names=38, names_of="Outcome", empty="No outcome is measured yet: add it under Indicators.")  # fmt: skip

    return parted(
        "Delivery",
        Child(Milestone, to_here, "Milestones"),
        Child(Progress, to_here, "Progress reports"),
        ("Outputs", outputs),
        ("Outcomes", outcomes),
        Child(Indicator, to_here, "Indicators"),
        Child(Reading, f"indicator_id.{to_here}", "Readings"),
        Child(Risk, risks, "Risks"),
        Child(Asset, to_here, "Assets"),
        about="Milestones, progress reports, outputs and outcomes by quarter, risks and assets",
    )


def _begin_return(page: RecordPage) -> None:
    """The draft of the next quarter, opened."""
    from fundtracker.application.actions.returns import begin_return

    try:
        draft: Record = begin_return(page.workspace, page.record_id)
    except Refused as refused:
        say_trouble(page, "No return was begun", str(refused))
        return
    page.opened.emit(FunderReturn, draft.id)


def _record_cost(page: RecordPage) -> None:
    page.wants_new.emit(Cost, {"intervention_id": page.record_id})


def _award_title(facts: Facts) -> str:
    figures: Figures = facts.money.of
    book = figures.book
    return f"{book.award.reference} {book.bid.title}"


def _tie_out(page: RecordPage) -> QWidget:
    from fundtracker.ui.views.tie_out_view import TieOutView

    view = TieOutView(page.workspace, page.record_id)
    view.opened.connect(page.opened)
    view.rows_wanted.connect(page.rows_wanted)
    view.said.connect(page.said)
    return view


VIA = "intervention_id.award_id"
AWARD = PageOf(
    Award,
    (
        figures_tab(),
        _plan_tab(),
        lists("Interventions", Child(Intervention, "award_id", "Interventions")),
        lists("Costs", Child(Cost, VIA, "Costs"), Child(Match, "award_id", "Match funding"), about="Costs, and match funding"),
        _grants_tab(VIA),
        lists("Returns", Child(FunderReturn, "award_id", "Returns")),
        TabOf("Tie-out", _tie_out, "How a quarter's return, its payments and the finance ledger agree"),
        _delivery(VIA, "award_id"),
        lists(
            "Agreement",
            Child(AwardLine, "award_id", "Award lines"),
            Child(Variation, "award_id", "Variations"),
            Child(VariationChange, "variation_id.award_id", "Variation changes"),
            Child(Term, "award_id", "Terms"),
            Child(Document, "award_id", "Documents"),
            about="What was agreed and how it was varied: award lines, variations, terms, and the papers behind them",
        ),
        details(),
        history(),
    ),
    money=award_money,
    state=award_state,
    title=_award_title,
    actions=(
        ActionOf("&Begin the next return", "Make the draft of this award's next quarterly return", _begin_return),
    ),
    hears=MONEY_KINDS | LEDGER_KINDS,
    no_money="No money is recorded yet: add its award lines.",
)  # fmt: skip
INTERVENTION = PageOf(
    Intervention,
    (
        figures_tab(),
        _plan_tab(),
        lists("Costs", Child(Cost, "intervention_id", "Costs")),
        _grants_tab("intervention_id"),
        _delivery("intervention_id", "intervention_id"),
        lists(
            "Documents",
            Child(Document, "cost_id.intervention_id", "Documents"),
            about="The papers behind its costs",
        ),
        lists(
            "Variation changes",
            Child(VariationChange, "intervention_id", "Variation changes"),
            about="What variations of the award moved to or from it",
        ),
        details(),
        history(),
    ),
    money=intervention_money,
    state=intervention_state,
    actions=(ActionOf("Record a &cost...", "An empty cost of this intervention, to fill in", _record_cost),),
    hears=MONEY_KINDS,
    no_money="No money is recorded yet: plan its spending under Plan.",
)
