"""The e-mail that a form goes back with."""

from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.periods import long_date


def returning_text(workspace: Workspace, form: PartnerForm, attached: str) -> str:
    """What to write with the marked-up copy: its subject in the first line."""
    grant = workspace.get(Grant, form.grant_id)
    recipient = workspace.get(Organisation, grant.recipient_id)
    partnership = workspace.get(Partnership, grant.partnership_id) if grant.partnership_id else None
    office = workspace.office
    late = workspace.today > form.due_on
    due = (
        "It is past its day: we need the corrected form as soon as you can."
        if late
        else f"We need the corrected form by {long_date(form.due_on)}."
    )
    return (
        f"Subject: {form.reference} monitoring form: {form.problems} thing{'s' if form.problems > 1 else ''} to mend\n\n"
        f"To the finance officer of {recipient.name}{f', for {partnership.name}' if partnership else ''}\n\n"
        f"Thank you for the monitoring form of {grant.reference} {grant.title} for {form.quarter} ({form.quarter.months}). "
        f"{form.problems} thing{'s have' if form.problems > 1 else ' has'} to be mended before we can accept it.\n\n"
        f"They are marked in {attached}: the sheet Issues lists them, each with a link to its cell. Mend them in that workbook "
        f"and send it back. {due}\n\n"
        f"{office.name if office else ''}"
    )
