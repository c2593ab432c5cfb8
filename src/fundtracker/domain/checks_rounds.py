"""Checks of a round: its bids and awards against the Terms it was opened with (product rule 6). They warn and quote the clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount, BidStatus
from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import quoted
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.rules import waived
from fundtracker.domain.terms import Term, TermKind, Waiver
from fundtracker.domain.variations import AWARD_CHANGES, Variation, VariationChange


@dataclass(frozen=True)
class RoundCase:
    """A round with its Terms, and what was bid and won in it."""

    round: FundingRound
    today: date
    terms: tuple[Term, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    bids: tuple[Bid, ...] = ()
    amounts: tuple[BidAmount, ...] = ()
    awards: tuple[Award, ...] = ()
    lines: tuple[AwardLine, ...] = ()
    variations: tuple[Variation, ...] = ()
    changes: tuple[VariationChange, ...] = ()

    @property
    def standing_bids(self) -> tuple[Bid, ...]:
        return tuple(each for each in self.bids if each.status is not BidStatus.WITHDRAWN)


def round_problems(case: RoundCase) -> tuple[Problem, ...]:
    """What the round's Terms say against its bids and awards."""
    checks = {
        TermKind.BID_CEILING: _bids_above,
        TermKind.BIDS_ALLOWED: _too_many_bids,
        TermKind.ROUND_CEILING: _round_above,
    }
    return tuple(
        quoted(term, waived((w for w in case.waivers if w.term_id == term.id), case.today), problem)
        for term in case.terms
        if term.kind in checks and term.effective_from <= case.today
        for problem in checks[term.kind](case, term)
    )


def _bids_above(case: RoundCase, term: Term) -> Iterator[Problem]:
    """A bid that asks for more than the ceiling, of the whole or of the Term's year."""
    ceiling = term.amount
    for bid in case.standing_bids if ceiling else ():
        asked = total(e.asked for e in case.amounts if e.bid_id == bid.id and term.year in {None, e.year})
        if ceiling and asked > ceiling:
            yield Problem(
                severity=Severity.WARNING,
                kind="Bid",
                record_id=bid.id,
                message=f"{bid.reference} asks for {asked.in_prose}{_of(term)}, above the {ceiling.in_prose} a bid may ask for.",
            )


def _too_many_bids(case: RoundCase, term: Term) -> Iterator[Problem]:
    if term.number is not None and len(case.standing_bids) > term.number:
        yield Problem(
            severity=Severity.WARNING,
            kind="FundingRound",
            record_id=case.round.id,
            message=f"{case.round.code} has {len(case.standing_bids)} bids; {term.number.normalize():f} are allowed. Withdraw one.",
        )


def _round_above(case: RoundCase, term: Term) -> Iterator[Problem]:
    awarded = _awarded(case, term)
    if term.amount is not None and awarded > term.amount:
        yield Problem(
            severity=Severity.WARNING,
            kind="FundingRound",
            record_id=case.round.id,
            message=f"The awards of {case.round.code} come to {awarded.in_prose}{_of(term)}, above the {term.amount.in_prose} for the area.",
        )


def _awarded(case: RoundCase, term: Term) -> Money:
    """The awards' lines and their variations in force, of the Term's year or of all."""
    in_force = {each.id for each in case.variations if each.in_force(case.today)}
    return total(each.amount for each in case.lines if term.year in {None, each.year}) + total(
        each.difference
        for each in case.changes
        if each.variation_id in in_force and each.kind in AWARD_CHANGES and term.year in {None, each.year}
    )


def _of(term: Term) -> str:
    return f" in {term.year}" if term.year else ""
