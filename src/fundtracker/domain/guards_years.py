"""Guards of financial years: money stands in a year in which its award, its bid's delivery or its grant runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Record
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.looking import Look, problem_on
from fundtracker.domain.periods import FinancialYear, short_date
from fundtracker.domain.problems import Problem
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange

_OWNED = {AwardLine: "award_id", BidAmount: "bid_id", GrantSource: "grant_id"}
_EXTEND = "Correct the year, or record the extension as a variation first"


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something runs, who it is, and what to do about a year outside it."""

    who: str
    begins: date
    ends: date
    to_do: str

    def problem(self, item: Record, year: FinancialYear) -> Iterator[Problem]:
        first, last = FinancialYear.of(self.begins), FinancialYear.of(self.ends)
        if first <= year <= last:
            return
        years = f"its only year is {first}" if first == last else f"its years are {first} to {last}"
        yield problem_on(
            item,
            "year",
            f"{year} is not a year of {self.who}, which runs from {short_date(self.begins)} to {short_date(self.ends)}: {years}. {self.to_do}.",
        )


def year_within_its_award(change: Change, look: Look) -> Iterator[Problem]:
    """An award line, a bid's amount or a grant's source: looked at where it is new, or its year or owner changes."""
    before, item = change.before, change.after
    if not isinstance(item, AwardLine | BidAmount | GrantSource):
        return
    owner = _OWNED[type(item)]
    if before is not None and all(_same(before, item, name) for name in ("year", owner)):
        return
    span = _span(item, look)
    if span is not None:
        yield from span.problem(item, item.year)


def _same(before: Any, after: Any, name: str) -> bool:
    return getattr(before, name) == getattr(after, name)


def _span(item: AwardLine | BidAmount | GrantSource, look: Look) -> Span | None:
    if isinstance(item, AwardLine):
        return _of_award(look.get(Award, item.award_id), look)
    if isinstance(item, BidAmount):
        return _of_bid(look.get(Bid, item.bid_id), look)
    return _of_grant(look.get(Grant, item.grant_id), look.get(Intervention, item.intervention_id), look)


def _of_award(award: Award | None, look: Look) -> Span | None:
    if award is None:
        return None
    ends = _latest(award.ends_on, look, award_id=award.id)
    return Span(award.reference, award.starts_on, ends, _EXTEND)


def _of_bid(bid: Bid | None, look: Look) -> Span | None:
    """As its round delivers."""
    opened = look.get(FundingRound, bid.round_id) if bid is not None else None
    if opened is None:
        return None
    to_do = "Correct the year, or the round's days of delivery first"
    return Span(f"the delivery of {opened.code}", opened.delivery_from, opened.delivery_to, to_do)


def _of_grant(grant: Grant | None, paid_for: Intervention | None, look: Look) -> Span | None:
    """Its own days; where it has none, those of the award that pays."""
    award = _of_award(look.get(Award, paid_for.award_id), look) if paid_for is not None else None
    if grant is None or award is None:
        return None
    if grant.starts_on is None and grant.ends_on is None:
        return award
    begins = grant.starts_on or award.begins
    ends = _latest(grant.ends_on, look, grant_id=grant.id) if grant.ends_on else award.ends
    return Span(grant.reference, begins, ends, _EXTEND)


def _latest(ends: date, look: Look, **owner: int) -> date:
    """The last day agreed, or the latest that an approved extension moves it to; one cut short keeps what it was promised."""
    moved = (
        each.new_date
        for variation in look.select(Variation, **owner)
        if variation.approved_on is not None
        for each in look.select(VariationChange, variation_id=variation.id)
        if each.kind is ChangeKind.EXTENSION and each.new_date is not None
    )
    return max((ends, *moved))
