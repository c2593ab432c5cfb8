"""One step from an award and a quarter to its return's files: begin the draft where there is none, and submit it if asked."""

from dataclasses import dataclass
from pathlib import Path

from fundtracker.application.actions.returns import (
    begin_return,
    look_at,
    submit_return,
    write_documents,
)
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.returns import FunderReturn


@dataclass(frozen=True)
class WrittenReturn:
    """A return's files, what they claim, and what still stands against a draft."""

    state: str
    claim: Money
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def write_return(
    workspace: Workspace,
    award_reference: str,
    quarter: Quarter,
    folder: Path,
    *,
    submit: bool = False,
    prepared_by: str = "",
    checked_by: str = "",
    signed_by: str = "",
    role: str = "",
) -> WrittenReturn:
    """Write the files; a submitted return gives the bytes that were frozen. Refused where the quarter can't be returned yet."""
    award = workspace.find(Award, award_reference)
    if award is None:
        known = ", ".join(each.reference for each in workspace.select(Award)) or "none yet"
        raise Refused(f"No award is called {award_reference}. The awards are: {known}.")
    found = _return_of(workspace, award, quarter)
    if submit:
        found = submit_return(
            workspace, found.id, SignOff(prepared_by, checked_by or prepared_by, signed_by, role)
        )
    files = write_documents(workspace, found.id, folder)
    view = look_at(workspace, found.id)
    return WrittenReturn(found.state.value, view.snapshot.cash.claim, files, view.problems)


def _return_of(workspace: Workspace, award: Award, quarter: Quarter) -> FunderReturn:
    held = next(
        (each for each in workspace.select(FunderReturn, award_id=award.id) if each.quarter == quarter), None
    )
    if held is not None:
        return held
    draft = begin_return(workspace, award.id)
    if draft.quarter != quarter:
        workspace.undo()
        raise Refused(
            f"The next return of {award.reference} is for {draft.quarter}: returns leave no quarter out."
        )
    return draft
