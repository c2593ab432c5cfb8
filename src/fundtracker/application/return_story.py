"""What happened to a return and when: each state it came to, and each correction of its payment, as the history has it."""

from dataclasses import dataclass
from datetime import date

from fundtracker.application.workspace import Workspace
from fundtracker.domain.periods import short_date
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage import journal, touching
from fundtracker.storage.journal import Captured, Entry

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class StateStep:
    """A state the return came to: the day, who said so, and what was asked or answered then."""

    state: ReturnState
    on: date
    who: str
    words: str = ""
    again: bool = False
    """Whether it had been in this state before: a query was answered, a draft was taken back, a payment was corrected."""


def return_story(workspace: Workspace, return_id: int) -> tuple[StateStep, ...]:
    """The states in order; one that was taken back (Ctrl+Z) is left out, and so is one that came with an import: its day isn't known."""
    steps: list[StateStep] = []
    today = workspace.today
    with workspace.database.reader() as conn:
        entries = touching.entries_touching(conn, {FunderReturn: {return_id}}, MOST_ENTRIES)
        for seq in reversed(entries):
            entry = journal.entry_of(conn, seq)
            for each in journal.captured(conn, seq, lambda kind, i: kind is FunderReturn and i == return_id):
                _take(steps, entry, each, today)
    return tuple(steps)


def _take(steps: list[StateStep], entry: Entry, change: Captured, today: date) -> None:
    """One more change of the return; a demonstration's day stands still, and nothing happened after it."""
    before, after = change.before, change.after
    came_from = before.state if isinstance(before, FunderReturn) else None
    if not isinstance(after, FunderReturn):
        return
    if after.state is came_from and not (isinstance(before, FunderReturn) and _corrected(before, after)):
        return
    if entry.kind == "undo":
        del steps[-1:]
    elif came_from is not None or not after.state.frozen:
        again = any(step.state is after.state for step in steps)
        day = min(entry.at.astimezone().date(), today)
        words = entry.reason or _words(after, again=again)
        steps.append(StateStep(after.state, day, entry.actor, words, again))


def _corrected(before: FunderReturn, after: FunderReturn) -> bool:
    """Whether what came for a paid return, or when, was entered anew."""
    paid = (after.received, after.received_on)
    return after.state is ReturnState.PAID and paid != (before.received, before.received_on)


def _words(held: FunderReturn, *, again: bool) -> str:
    """What the return itself says of the state it came to."""
    if held.state is ReturnState.QUERIED:
        return f"Asked: {held.query}"
    if held.state is ReturnState.SUBMITTED and not again:
        return f"Claim {held.claim.in_full}, signed by {held.signed_by}"
    if held.state is ReturnState.PAID and held.received_on:
        return f"{held.received.in_full} came on {short_date(held.received_on)}"
    return ""
