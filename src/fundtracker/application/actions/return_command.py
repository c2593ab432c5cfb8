"""One step from an award and a quarter to its return's files: begin the draft where there is none, and submit it if asked."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from fundtracker.application.actions.figures import award_called
from fundtracker.application.actions.returns import (
    begin_return,
    look_at,
    next_quarter,
    submit_return,
    write_documents,
)
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn


@dataclass(frozen=True)
class WrittenReturn:
    """A return's files, what they claim, and what still stands against a draft."""

    award: str
    quarter: Quarter
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
    award = award_called(workspace, award_reference)
    found = _held(workspace, award, quarter)
    _must_take_files(folder)
    found = found or begin_return(workspace, award.id)
    if submit:
        found = submit_return(
            workspace, found.id, SignOff(prepared_by, checked_by or prepared_by, signed_by, role)
        )
    try:
        files = write_documents(workspace, found.id, folder)
    except (StorageTrouble, KeyboardInterrupt) as trouble:
        if not submit:
            raise
        raise StorageTrouble(
            f"{found.reference} is submitted and frozen, but its files were not all written. {trouble}".rstrip()
            + " Run the command again without --submit to write them."
        ) from trouble
    view = look_at(workspace, found.id)
    return WrittenReturn(
        award.reference, quarter, found.state.value, view.snapshot.cash.claim, files, view.problems
    )


def _must_take_files(folder: Path) -> None:
    """Made where it isn't there, before anything is begun or submitted; StorageTrouble where files can't be written to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageTrouble(
            f"{folder} is not a folder, and can't be made one: choose a folder for the return's files. Nothing was changed."
        ) from error
    except OSError as error:
        raise StorageTrouble(
            f"Files can't be written to the folder {folder} ({error.strerror}): choose another one. Nothing was changed."
        ) from error


def _held(workspace: Workspace, award: Award, quarter: Quarter) -> FunderReturn | None:
    """The quarter's return; None where it may be begun, Refused where another quarter comes before it."""
    held = workspace.select(FunderReturn, award_id=award.id)
    found = next((each for each in held if each.quarter == quarter), None)
    if found is None and all(each.state.frozen for each in held):
        following = next_quarter(workspace.book(award.id))
        if following != quarter:
            raise Refused(
                f"The next return of {award.reference} is for {following}: returns leave no quarter out."
            )
    return found
