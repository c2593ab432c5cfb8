"""The awards and quarters that a return can be chosen from, and the next one that can be begun."""

from dataclasses import dataclass

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.figures import Figures
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import FunderReturn


@dataclass(frozen=True)
class ReturnChoices:
    """Awards by their reference; an award's returns, the latest first; the quarter a return can be begun of, if any."""

    awards: tuple[tuple[int, str], ...]
    returns: tuple[FunderReturn, ...]
    begins: Quarter | None


def return_choices(workspace: Workspace, award_id: int) -> ReturnChoices:
    """For a job: it asks the database."""
    titles = {bid.id: bid.title for bid in workspace.select(Bid)}
    awards = sorted(workspace.select(Award), key=lambda award: award.reference)
    return ReturnChoices(
        tuple((award.id, f"{award.reference} {titles.get(award.bid_id, '')}") for award in awards),
        returns_of(workspace, award_id),
        quarter_to_begin(workspace, award_id),
    )


def returns_of(workspace: Workspace, award_id: int) -> tuple[FunderReturn, ...]:
    """An award's returns, the latest first."""
    found = workspace.select(FunderReturn, award_id=award_id)
    return tuple(sorted(found, key=lambda each: each.quarter, reverse=True))


def quarter_to_begin(workspace: Workspace, award_id: int) -> Quarter | None:
    """The award's next quarter; None while one of its returns is open, before the quarter or the award begins, and after the award's end."""
    from fundtracker.application.actions.returns import next_quarter

    if any(not each.state.frozen for each in workspace.select(FunderReturn, award_id=award_id)):
        return None
    book = workspace.book(award_id)
    quarter = next_quarter(book)
    last = min(workspace.today, Figures(book, workspace.today).ends_on)
    return quarter if max(quarter.begins_on, book.award.starts_on) <= last else None


def words(held: FunderReturn) -> str:
    """ "2024/25 Q2: Draft"; its months stand in the title."""
    return f"{held.quarter}: {held.state.value}"
