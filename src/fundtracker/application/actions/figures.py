"""The figures of every round, award and grant as at a day: for the command, for Home, and for whoever reads the JSON."""

from datetime import date
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.problems import Refused
from fundtracker.domain.rounds import FundingRound
from fundtracker.storage import portfolio, repository
from fundtracker.storage.portfolio import AwardFigures, GrantSums, YearFigures

YEAR_FIGURES = (
    "awarded",
    "profile",
    "spent",
    "accrued",
    "forecast",
    "outturn",
    "claimed",
    "received",
    "left",
)
"""The figures of an award's financial year, in the order people read them (product.md section 3)."""


def figures(workspace: Workspace, *, award: str | None = None, as_at: date | None = None) -> dict[str, Any]:
    """Figures as at a day (today where none is given), of one award (and the grants it funds) or all; money as Money, periods as text.

    `{"as_at", "rounds": [...], "total": {...}, "awards": [...], "grants": [...]}`. Refused where no award has that reference.
    """
    day = as_at or workspace.today
    with workspace.database.reader() as conn:
        rounds = sorted(
            repository.select(conn, FundingRound), key=lambda each: (each.delivery_from, each.code)
        )
        bids = {each.id: each for each in repository.select(conn, Bid)}
        awards = repository.select(conn, Award)
        grants = repository.select(conn, Grant)
        organisations = {each.id: each.name for each in repository.select(conn, Organisation)}
        by_award, by_grant = portfolio.awards(conn, day), portfolio.grants(conn, day)
    wanted = {each.id for each in awards}
    if award is not None:
        one = award_called(workspace, award)
        wanted = {one.id}
        funded = _funded_by(workspace, one)
        grants = tuple(each for each in grants if each.id in funded)
    round_of = {each.id: bids[each.bid_id].round_id for each in awards}
    code = {each.id: each.code for each in rounds}
    awarded = {each.id: _awarded(by_award.get(each.id)) for each in awards}
    by_round = [
        {
            "code": each.code,
            "bids": sum(bid.round_id == each.id for bid in bids.values()),
            "awards": sum(found == each.id for found in round_of.values()),
            "awarded": total(awarded[award_id] for award_id, found in round_of.items() if found == each.id),
        }
        for each in rounds
    ]
    nothing = GrantSums(Money(0), Money(0), Money(0), Money(0))
    return {
        "as_at": day.isoformat(),
        "rounds": by_round,
        "total": {"bids": len(bids), "awarded": total(awarded.values())},
        "awards": [
            _award(
                each,
                code[round_of[each.id]],
                bids[each.bid_id],
                by_award.get(each.id, AwardFigures()),
                awarded[each.id],
            )
            for each in sorted(awards, key=lambda each: each.reference)
            if each.id in wanted
        ],
        "grants": [
            _grant(each, organisations[each.recipient_id], by_grant.get(each.id, nothing))
            for each in sorted(grants, key=lambda each: each.reference)
        ],
    }


def award_called(workspace: Workspace, reference: str) -> Award:
    """The award people call so, whatever its capitals; Refused with those there are."""
    found = workspace.find(Award, reference.strip())
    if found is None:
        known = ", ".join(sorted(each.reference for each in workspace.select(Award))) or "none yet"
        raise Refused(f"No award is called “{reference.strip()}”. The awards are: {known}.")
    return found


def _funded_by(workspace: Workspace, award: Award) -> set[int]:
    """The grants with a source in one of the award's interventions."""
    sources = workspace.select(GrantSource, **{"intervention_id.award_id": award.id})
    return {each.grant_id for each in sources}


def _awarded(found: AwardFigures | None) -> Money:
    return total(each.awarded for each in found.years.values()) if found else Money(0)


def _award(award: Award, round_code: str, bid: Bid, found: AwardFigures, awarded: Money) -> dict[str, Any]:
    return {
        "reference": award.reference,
        "round": round_code,
        "title": bid.title,
        "theme": bid.theme.value,
        "awarded": awarded,
        "years": {year: _year(found.years[year]) for year in sorted(found.years)},
        "quarters": {
            quarter: {
                "spent": found.quarters[quarter].spent,
                "adjustments": found.quarters[quarter].adjustments,
            }
            for quarter in sorted(found.quarters)
        },
    }


def _year(found: YearFigures) -> dict[str, Money]:
    return {name: getattr(found, name) for name in YEAR_FIGURES}


def _grant(grant: Grant, recipient: str, found: GrantSums) -> dict[str, Any]:
    return {
        "reference": grant.reference,
        "recipient": recipient,
        "awarded": found.granted,
        "paid": found.paid,
        "scheduled": found.scheduled,
        "spent": found.spent,
        "unspent": found.unspent,
    }


def plain(value: Any) -> Any:
    """The same with money as text of two decimals: what JSON can hold."""
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType] - a tree of our own making
    if isinstance(value, list):
        return [plain(each) for each in value]  # pyright: ignore[reportUnknownVariableType] - as above
    return value
