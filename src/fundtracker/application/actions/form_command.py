"""One step from a grant and a quarter to its form's file, and from a form's file to what it says in the programme."""

from dataclasses import dataclass
from pathlib import Path

from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    issue_form,
    look_at_form,
    send_back,
    write_marked,
)
from fundtracker.application.actions.partner_forms.looking import as_problems
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.partner_forms.differences import Difference
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Refused


@dataclass(frozen=True)
class TakenForm:
    """What became of a form: accepted, or what has to be mended first. `marked` is the copy that goes back, where one was asked for."""

    form: PartnerForm
    accepted: bool
    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...]
    marked: Path | None = None


def write_form(
    workspace: Workspace, grant_reference: str, quarter: Quarter, folder: Path, *, again: bool = False
) -> tuple[PartnerForm, Path]:
    """Issue the form of the grant that people call so. Refused where there is none."""
    grant = workspace.find(Grant, grant_reference)
    if grant is None:
        known = ", ".join(each.reference for each in workspace.select(Grant)[:_MOST_NAMED])
        raise Refused(
            f"There is no grant “{grant_reference}” in this file{f'; there are {known}' if known else ''}."
        )
    return issue_form(workspace, grant.id, quarter, folder, again=again)


_MOST_NAMED = 12


def take_form(
    workspace: Workspace, path: Path, *, marked_up: Path | None = None, reason: str = ""
) -> TakenForm:
    """Accept a form without errors; one with errors is only told, or marked up and recorded as sent back where a copy is asked for."""
    looked = look_at_form(workspace, path)
    problems = as_problems(looked.problems)
    if not looked.errors:
        done = accept_form(workspace, looked, reason)
        return TakenForm(done, accepted=True, problems=problems, differences=looked.differences)
    if marked_up is None:
        return TakenForm(looked.form, accepted=False, problems=problems, differences=())
    form = _sent_back(workspace, looked, marked_up)
    return TakenForm(
        form, accepted=False, problems=problems, differences=looked.corrected or (), marked=marked_up
    )


def _sent_back(workspace: Workspace, looked: FormLooked, marked_up: Path) -> PartnerForm:
    """A form of something else can be marked, and is nothing that came for this quarter."""
    if looked.another:
        write_marked(workspace, looked, marked_up)
        return looked.form
    return send_back(workspace, looked, marked_up)
