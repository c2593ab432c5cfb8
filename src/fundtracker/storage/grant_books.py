"""A grant's book, read in one moment: every record of the grant, and what a partner's form of it needs beside it."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Indicator, Reading, Risk
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention, Milestone, ProfileLine
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.storage.books import SHORT_LISTS
from fundtracker.storage.repository import get, select, select_in, select_where

OF_GRANT: tuple[tuple[type[Record], str], ...] = (
    (GrantSource, "grant_id"),
    (Instalment, "grant_id"),
    (Condition, "grant_id"),
    (Cost, "grant_id"),
    (PartnerForm, "grant_id"),
    (FormLine, "form_id.grant_id"),
    (FormForecast, "form_id.grant_id"),
    (FormReading, "form_id.grant_id"),
    (FormReason, "form_id.grant_id"),
)
"""How each kind of a grant's own records is reached."""

_VARIATIONS = (
    "grant_id = ?1 OR id IN (SELECT variation_id FROM variation_change WHERE intervention_id IN"
    " (SELECT intervention_id FROM grant_source WHERE grant_id = ?1"
    " UNION SELECT intervention_id FROM cost WHERE grant_id = ?1))"
)
"""The grant's own, and those that move the profile of an intervention it pays for."""
_DOCUMENTS = (
    "grant_id = ?1 OR cost_id IN (SELECT id FROM cost WHERE grant_id = ?1)"
    " OR form_id IN (SELECT id FROM partner_form WHERE grant_id = ?1)"
)


def load_grant_book(conn: sqlite3.Connection, grant_id: int, *, today: date) -> GrantBook:
    """The book of one grant, as the connection's moment has it. Refused where the grant is gone."""
    grant = get(conn, Grant, grant_id)
    if grant is None:
        raise Refused("This grant is no longer there: it was removed.")
    rows: dict[type[Record], tuple[Any, ...]] = {kind: select(conn, kind) for kind in SHORT_LISTS}
    rows[Grant] = (grant,)
    rows |= {kind: select(conn, kind, {path: grant_id}) for kind, path in OF_GRANT}
    rows[Document] = select_where(conn, Document, _DOCUMENTS, (grant_id,))
    rows[Variation] = select_where(conn, Variation, _VARIATIONS, (grant_id,))
    rows[VariationChange] = select_in(conn, VariationChange, "variation_id", _ids(rows[Variation]))
    rows |= _paid_from(conn, grant_id, rows)
    return GrantBook(grant=grant, today=today, rows=rows)


def _paid_from(
    conn: sqlite3.Connection, grant_id: int, rows: dict[type[Record], tuple[Any, ...]]
) -> dict[type[Record], tuple[Any, ...]]:
    """The interventions and awards that pay the grant, with what a form shows of them and the rules they stand under."""
    own = {each.id for each in rows[Variation] if each.grant_id == grant_id}
    changes = (each for each in rows[VariationChange] if each.variation_id in own and each.intervention_id)
    wanted = {each.intervention_id for each in (*rows[GrantSource], *rows[Cost], *changes)}
    interventions = select_in(conn, Intervention, "id", sorted(wanted))
    of = _ids(interventions)
    awards = select_in(conn, Award, "id", sorted({each.award_id for each in interventions}))
    indicators = select_in(conn, Indicator, "intervention_id", of)
    bids = select_in(conn, Bid, "id", sorted({each.bid_id for each in awards}))
    rounds = select_in(conn, FundingRound, "id", sorted({each.round_id for each in bids}))
    terms = {
        each.id: each
        for column, ids in (("grant_id", (grant_id,)), ("award_id", _ids(awards)), ("round_id", _ids(rounds)))
        for each in select_in(conn, Term, column, ids)
    }
    return {
        Intervention: interventions,
        Award: awards,
        Bid: bids,
        FundingRound: rounds,
        Fund: select_in(conn, Fund, "id", sorted({each.fund_id for each in rounds})),
        ProfileLine: select_in(conn, ProfileLine, "intervention_id", of),
        Milestone: select_in(conn, Milestone, "intervention_id", of),
        Indicator: indicators,
        Reading: select_in(conn, Reading, "indicator_id", _ids(indicators)),
        Risk: select_in(conn, Risk, "award_id", _ids(awards)),
        FunderReturn: select_in(conn, FunderReturn, "award_id", _ids(awards)),
        ReturnLine: select_in(conn, ReturnLine, "cost_id", _ids(rows[Cost])),
        Term: tuple(terms[key] for key in sorted(terms)),
        Waiver: select_in(conn, Waiver, "term_id", sorted(terms)),
    }


def _ids(records: Iterable[Record]) -> tuple[int, ...]:
    return tuple(each.id for each in records)
