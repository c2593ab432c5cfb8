"""Accepting a form: everything it says, in one transaction that one undo takes back; and sending back one with problems."""

from dataclasses import replace
from pathlib import Path

from fundtracker.application.actions.partner_forms.intake import Intake
from fundtracker.application.actions.partner_forms.looking import FormLooked, as_problems, look_again
from fundtracker.application.actions.partner_forms.numbering import Numbering
from fundtracker.application.workspace import Workspace
from fundtracker.atomic import CannotWrite
from fundtracker.domain.changes import Change
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.imports.marking import mark_up
from fundtracker.storage.evidence import EvidenceStore


def accept_form(workspace: Workspace, looked: FormLooked, reason: str = "") -> PartnerForm:
    """Take in what the form says. Refused, nothing written, while it has errors, or where a reason is wanted and none is given.

    The reason is wanted where it takes the place of an accepted form, or changes what a submitted return said.
    """
    now = look_again(workspace, looked.path, looked.said, looked.form, looked.examined.held.files)
    if now.errors:
        raise Refused(as_problems(now.errors))
    if now.replaces is not None and not reason.strip():
        raise Refused(
            f"{now.replaces.reference} is accepted for {now.case.quarter} already: give the reason why this form takes its place."
        )
    intake = Intake(workspace, now, reason.strip(), sha256="")
    intake.changes()  # what refuses is said before the file is kept
    changes = replace(intake, sha256=kept(workspace, now)).changes()
    workspace.do(f"Accept the form {now.form.reference}", changes, reason=reason.strip())
    return workspace.get(PartnerForm, now.form.id)


def kept(workspace: Workspace, looked: FormLooked) -> str:
    """The file in the evidence store. Refused where it is no longer the one that was looked at."""
    sha256 = EvidenceStore(workspace.path).take(looked.path).sha256
    if sha256 != looked.said.sha256:
        raise Refused(f"“{looked.path.name}” was changed after it was looked at: look at it again.")
    return sha256


def send_back(workspace: Workspace, looked: FormLooked, marked_path: Path | None = None) -> PartnerForm:
    """Record that the form came and goes back with its problems; the marked-up copy, if wanted, is written to `marked_path` first.

    The file is kept, so that the corrected form can be shown as what changed since. Refused for a form without errors, and for
    one of another grant or quarter.
    """
    if not looked.errors:
        raise Refused("Nothing in this form has to be mended: accept it.")
    if looked.another:
        raise Refused(as_problems(looked.errors))
    sha256 = kept(workspace, looked)  # and with it, that the file is still the one that was looked at
    if marked_path is not None:
        write_marked(workspace, looked, marked_path)
    today, count = workspace.today, len(looked.errors)
    form = replace(looked.form, received_on=looked.form.received_on or today, problems=count)
    changes = [Change(None if looked.fresh else looked.form, form)]
    if not any(each.sha256 == sha256 for each in workspace.select(Document, form_id=form.id)):
        document = Numbering(workspace).new(
            Document,
            name=looked.path.name,
            sha256=sha256,
            kind=DocumentKind.REPORT,
            form_id=form.id,
            note=f"Sent back on {short_date(today)} with {count} problem{'s' if count > 1 else ''}",
        )
        changes.append(Change(None, document))
    workspace.do(f"Send back the form {form.reference}", changes)
    return workspace.get(PartnerForm, form.id)


def write_marked(workspace: Workspace, looked: FormLooked, path: Path) -> None:
    """The workbook as it came, with the problems that the partner can mend marked in it: what goes back. Nothing is recorded."""
    office = workspace.office
    try:
        mark_up(
            looked.path,
            tuple(each for each in looked.problems if not each.for_office),
            path,
            title=looked.form.reference,
            office=office.name if office else "",
        )
    except CannotWrite as trouble:
        raise StorageTrouble(str(trouble)) from trouble
