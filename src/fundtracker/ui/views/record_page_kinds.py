"""page_of(kind): what is a kind's own on its page. Rounds, bids and grants here, awards and interventions in award_page."""

from typing import Any

from fundtracker.application.record_facts import (
    Facts,
    bid_money,
    bid_state,
    grant_money,
    grant_state,
    round_money,
    round_state,
)
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.ui.models.record_grids import bid_grid, grant_grid, round_grid
from fundtracker.ui.views.award_page import AWARD, INTERVENTION
from fundtracker.ui.views.form_record import FORM
from fundtracker.ui.views.forms_tab import forms_tab
from fundtracker.ui.views.record_page import ActionOf, PageOf, RecordPage, TabOf
from fundtracker.ui.views.record_page_tabs import (
    Drawn,
    FiguresTab,
    as_at,
    details,
    history,
    lists,
    plain_tabs,
)
from fundtracker.ui.views.record_pane import Child


def _round_figures(facts: Facts, _: Any) -> Drawn:
    return round_grid(facts.money.of)


def _bid_lines(facts: Facts, _: Any) -> Drawn:
    return bid_grid(facts.money.of)


def _grant_figures(facts: Facts, _: Any) -> Drawn:
    return grant_grid(facts.money.of)


def _receive_bid(page: RecordPage) -> None:
    page.wants_new.emit(Bid, {"round_id": page.record_id})


def _make_award(page: RecordPage) -> None:
    page.wants_new.emit(Award, {"bid_id": page.record_id})


def _schedule(page: RecordPage) -> None:
    page.wants_new.emit(Instalment, {"grant_id": page.record_id})


ROUND = PageOf(
    FundingRound,
    (
        TabOf("Figures", lambda page: FiguresTab(page, "Awards by year", _round_figures, note=as_at, names_of="Award", empty="No award has been made in this round yet: receive a bid, and make the award on its page.")),
        lists("Bids", Child(Bid, "round_id", "Bids")),
        lists("Awards", Child(Award, "bid_id.round_id", "Awards")),
        lists("Interventions", Child(Intervention, "award_id.bid_id.round_id", "Interventions")),
        lists("Returns", Child(FunderReturn, "award_id.bid_id.round_id", "Returns")),
        lists("Terms", Child(Term, "round_id", "Terms")),
        details(),
        history(),
    ),
    money=round_money,
    state=round_state,
    actions=(ActionOf("Receive a &bid...", "An empty bid in this round, to fill in", _receive_bid),),
    hears=frozenset(
        {Bid, BidAmount, Award, AwardLine, Variation, VariationChange, Cost, ProfileLine, Forecast, FunderReturn}
    ),
    no_money="No bid is entered yet.",
)  # fmt: skip
BID = PageOf(
    Bid,
    (
        TabOf(
            "Figures",
            lambda page: FiguresTab(
                page,
                "Requested and awarded",
                _bid_lines,
                note="In pounds.",
                empty="Nothing is asked for yet: enter it under Bid amounts.",
            ),
        ),
        lists("Bid amounts", Child(BidAmount, "bid_id", "Bid amounts"), about="What was asked for, by year"),
        lists("Awards", Child(Award, "bid_id", "Awards")),
        lists("Interventions", Child(Intervention, "award_id.bid_id", "Interventions")),
        details(),
        history(),
    ),
    money=bid_money,
    state=bid_state,
    actions=(ActionOf("&Make an award...", "An empty award of this bid, to fill in", _make_award),),
    hears=frozenset({BidAmount, Award, AwardLine, Variation, VariationChange}),
)
GRANT = PageOf(
    Grant,
    (
        TabOf("Figures", lambda page: FiguresTab(page, "Figures of the grant", _grant_figures, note=as_at, empty="No money is granted yet: name what pays for it under Grant sources.")),
        lists("Instalments", Child(Instalment, "grant_id", "Instalments")),
        lists("Conditions", Child(Condition, "grant_id", "Conditions")),
        lists("Partner's costs", Child(Cost, "grant_id", "Partner's costs")),
        forms_tab(),
        lists("Grant sources", Child(GrantSource, "grant_id", "Grant sources"), about="What pays for the grant"),
        lists(
            "Agreement",
            Child(Variation, "grant_id", "Variations"),
            Child(VariationChange, "variation_id.grant_id", "Variation changes"),
            Child(Term, "grant_id", "Terms"),
            Child(Document, "grant_id", "Documents"),
            about="How it was varied, its terms, and the papers behind it",
        ),
        details(),
        history(),
    ),
    money=grant_money,
    state=grant_state,
    actions=(ActionOf("Schedule an &instalment...", "An empty instalment of this grant, to fill in", _schedule),),
    hears=frozenset({GrantSource, Instalment, Cost, Variation, VariationChange, Intervention}),
    no_money="No money is granted yet: name what pays for it under Grant sources.",
)  # fmt: skip
PAGES = {each.kind: each for each in (ROUND, BID, AWARD, INTERVENTION, GRANT, FORM)}


def page_of(kind: type[Record]) -> PageOf:
    """A kind's page; a plain one where nothing is said of it."""
    return PAGES.get(kind) or PageOf(kind, plain_tabs(kind))
