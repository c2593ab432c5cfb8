"""An award's book, read in one moment: every record of the award, and what its figures and checks need beside it."""

import sqlite3
from datetime import date
from typing import Any, TypeVar

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Document, Indicator, Match, Reading, Risk
from fundtracker.domain.form_rows import FormLine
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention, Milestone, ProfileLine, Progress
from fundtracker.domain.ledger import AgreedBalance
from fundtracker.domain.organisations import (
    CostCategory,
    InterventionType,
    Office,
    Organisation,
    Partnership,
    Priority,
)
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, VarianceReason
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.storage.repository import get, select, select_in, select_where

R = TypeVar("R", bound=Record)

SHORT_LISTS: tuple[type[Record], ...] = (
    Office,
    Organisation,
    Partnership,
    Priority,
    InterventionType,
    CostCategory,
)
OF_AWARD: tuple[tuple[type[Record], str], ...] = (
    (AwardLine, "award_id"),
    (Intervention, "award_id"),
    (ProfileLine, "intervention_id.award_id"),
    (Milestone, "intervention_id.award_id"),
    (Progress, "intervention_id.award_id"),
    (Cost, "intervention_id.award_id"),
    (FunderReturn, "award_id"),
    (ReturnLine, "return_id.award_id"),
    (VarianceReason, "return_id.award_id"),
    (Forecast, "return_id.award_id"),
    (Match, "award_id"),
    (Indicator, "intervention_id.award_id"),
    (Reading, "indicator_id.intervention_id.award_id"),
    (Risk, "award_id"),
    (Asset, "intervention_id.award_id"),
    (FormLine, "intervention_id.award_id"),
    (AgreedBalance, "award_id"),
)
"""How each kind of an award's own records is reached."""

_OWN_INTERVENTIONS = "SELECT id FROM intervention WHERE award_id = ?1"
_PAID_FOR = (
    f"SELECT grant_id FROM grant_source WHERE intervention_id IN ({_OWN_INTERVENTIONS})"
    f" UNION SELECT grant_id FROM cost WHERE grant_id IS NOT NULL AND intervention_id IN ({_OWN_INTERVENTIONS})"
    " UNION SELECT variation.grant_id FROM variation JOIN variation_change ON variation_change.variation_id = variation.id"
    f" WHERE variation.grant_id IS NOT NULL AND variation_change.intervention_id IN ({_OWN_INTERVENTIONS})"
    " UNION SELECT partner_form.grant_id FROM form_line JOIN partner_form ON partner_form.id = form_line.form_id"
    f" WHERE form_line.intervention_id IN ({_OWN_INTERVENTIONS})"
)
_GRANTS = f"id IN ({_PAID_FOR})"
_ELSEWHERE = (
    f"intervention_id NOT IN ({_OWN_INTERVENTIONS}) AND (id IN (SELECT cost_id FROM return_line WHERE return_id IN"
    f" (SELECT id FROM funder_return WHERE award_id = ?1)) OR grant_id IN ({_PAID_FOR}))"
)
_TWINS = f"""id IN (SELECT twin.id FROM cost AS own CROSS JOIN cost AS twin ON twin.invoice_number = own.invoice_number COLLATE NOCASE
    AND +twin.net = own.net AND +twin.vat = own.vat WHERE own.intervention_id IN ({_OWN_INTERVENTIONS}) AND own.invoice_number <> ''
    AND +twin.intervention_id NOT IN ({_OWN_INTERVENTIONS}))"""
"""Found by their invoice numbers: left to itself SQLite takes the index of VAT, and thousands of costs have none (the pluses bar that)."""

_OWN_DOCUMENTS = (
    "SELECT {column} FROM document WHERE award_id = ?1 OR cost_id IN (SELECT id FROM cost WHERE intervention_id IN"
    f" ({_OWN_INTERVENTIONS}))"
)
_DOCUMENTS = (
    f"id IN ({_OWN_DOCUMENTS.format(column='id')}) OR"
    f" (cost_id IS NOT NULL AND sha256 IN ({_OWN_DOCUMENTS.format(column='sha256')}))"
)
"""The award's own evidence, and the same files where they stand behind costs elsewhere."""


def load_book(conn: sqlite3.Connection, award_id: int, *, today: date) -> AwardBook:
    """The book of one award, as the connection's moment has it. Refused where the award is gone."""
    award = get(conn, Award, award_id)
    if award is None:
        raise Refused("This award is no longer there: it was removed.")
    rows: dict[type[Record], tuple[Any, ...]] = {kind: select(conn, kind) for kind in SHORT_LISTS}
    rows |= {kind: select(conn, kind, {path: award_id}) for kind, path in OF_AWARD}
    rows |= _above(conn, award)
    rows |= _grants(conn, award_id)
    rows |= _rules_and_variations(conn, award_id, rows)
    rows[Document] = select_where(conn, Document, _DOCUMENTS, (award_id,))
    twins = (
        *select_where(conn, Cost, _TWINS, (award_id,)),
        *select_in(conn, Cost, "id", tuple({each.cost_id for each in rows[Document] if each.cost_id})),
    )
    own = {each.id for each in rows[Intervention]}
    twins = tuple(each for each in twins if each.intervention_id not in own)
    found = {each.id: each for each in (*select_where(conn, Cost, _ELSEWHERE, (award_id,)), *twins)}
    reversals = select_in(conn, Cost, "reversal_of", tuple(each.id for each in twins))
    found |= {each.id: each for each in reversals if each.intervention_id not in own}
    return AwardBook(
        award=award, today=today, rows=rows, elsewhere=tuple(found[key] for key in sorted(found))
    )


def _above(conn: sqlite3.Connection, award: Award) -> dict[type[Record], tuple[Any, ...]]:
    """The bid, round and fund the award came from."""
    bids = select_in(conn, Bid, "id", (award.bid_id,))
    rounds = select_in(conn, FundingRound, "id", tuple(each.round_id for each in bids))
    funds = select_in(conn, Fund, "id", tuple(each.fund_id for each in rounds))
    return {
        Bid: bids,
        FundingRound: rounds,
        Fund: funds,
        BidAmount: select(conn, BidAmount, {"bid_id": award.bid_id}),
    }


def _grants(conn: sqlite3.Connection, award_id: int) -> dict[type[Record], tuple[Any, ...]]:
    """Every grant the award helps to pay, whole: its other sources too."""
    grants = select_where(conn, Grant, _GRANTS, (award_id,))
    ids = tuple(each.id for each in grants)
    return {
        Grant: grants,
        GrantSource: select_in(conn, GrantSource, "grant_id", ids),
        Instalment: select_in(conn, Instalment, "grant_id", ids),
        Condition: select_in(conn, Condition, "grant_id", ids),
        PartnerForm: select_in(conn, PartnerForm, "grant_id", ids),
    }


def _rules_and_variations(
    conn: sqlite3.Connection, award_id: int, rows: dict[type[Record], tuple[Any, ...]]
) -> dict[type[Record], tuple[Any, ...]]:
    grants = tuple(each.id for each in rows[Grant])
    rounds = tuple(each.id for each in rows[FundingRound])
    terms = {
        each.id: each
        for each in (
            *select(conn, Term, {"award_id": award_id}),
            *select_in(conn, Term, "round_id", rounds),
            *select_in(conn, Term, "grant_id", grants),
        )
    }
    variations = {
        each.id: each
        for each in (
            *select(conn, Variation, {"award_id": award_id}),
            *select_in(conn, Variation, "grant_id", grants),
        )
    }
    return {
        Term: tuple(terms[key] for key in sorted(terms)),
        Waiver: select_in(conn, Waiver, "term_id", tuple(terms)),
        Variation: tuple(variations[key] for key in sorted(variations)),
        VariationChange: select_in(conn, VariationChange, "variation_id", tuple(variations)),
    }
