"""What a pack is about, from the words somebody typed: a return, or a grant."""

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.grants import Grant
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused, Unreadable
from fundtracker.domain.returns import FunderReturn


def subject_called(workspace: Workspace, words: str) -> FunderReturn | Grant:
    """A return by its reference, or by its award and quarter; a grant by its reference. Refused, with what to type, where there is none."""
    wanted = " ".join(words.split())
    found = (
        workspace.find(FunderReturn, wanted)
        or workspace.find(Grant, wanted)
        or _of_quarter(workspace, wanted)
    )
    if found is None:
        raise Refused(
            f"There is no return or grant called “{wanted}”: type a return's reference, such as SSF5-VAWG 2024-25-Q2, or a grant's."
        )
    return found


def _of_quarter(workspace: Workspace, wanted: str) -> FunderReturn | None:
    reference, _, typed = wanted.partition(" ")
    award = workspace.find(Award, reference)
    if award is None or not typed:
        return None
    try:
        quarter = Quarter.read(typed)
    except Unreadable:
        return None
    held = workspace.select(FunderReturn, award_id=award.id)
    found = next((each for each in held if each.quarter == quarter), None)
    if found is None:
        raise Refused(
            f"{award.reference} has no return for {quarter} yet: begin it first (fundtracker return FILE {award.reference} {quarter.code} --out DIR)."
        )
    return found
