"""What happened to a return and when: each state it came to, as the history has it."""

from dataclasses import dataclass
from datetime import date

from fundtracker.application.workspace import Workspace
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage import journal, touching

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class StateStep:
    """A state the return came to: the day, who said so, and what was asked or answered then."""

    state: ReturnState
    on: date
    who: str
    words: str = ""
    again: bool = False
    """Whether it had been in this state before: a query was answered, a draft was taken back."""


def return_story(workspace: Workspace, return_id: int) -> tuple[StateStep, ...]:
    """The states in order; one that was taken back (Ctrl+Z) is left out, and so is one that came with an import: its day isn't known."""
    steps: list[StateStep] = []
    with workspace.database.reader() as conn:
        entries = touching.entries_touching(conn, {FunderReturn: {return_id}}, MOST_ENTRIES)
        for seq in reversed(entries):
            entry = journal.entry_of(conn, seq)
            for each in journal.captured(conn, seq, lambda kind, i: kind is FunderReturn and i == return_id):
                before, after = each.before, each.after
                came_from = before.state if isinstance(before, FunderReturn) else None
                if not isinstance(after, FunderReturn) or after.state is came_from:
                    continue
                if entry.kind == "undo":
                    del steps[-1:]
                elif came_from is not None or not after.state.frozen:
                    words = after.query if after.state is ReturnState.QUERIED else entry.reason
                    again = any(step.state is after.state for step in steps)
                    steps.append(
                        StateStep(after.state, entry.at.astimezone().date(), entry.actor, words, again)
                    )
    return tuple(steps)
