"""Words to copy into an e-mail: with the form, and when it hasn't come."""

from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.periods import long_date


def covering_text(workspace: Workspace, form: PartnerForm, case: FormCase) -> str:
    """The e-mail that a form goes out with: its subject in the first line."""
    second = (
        f"It takes the place of {case.replaces}, which we accepted: change only what was wrong.\n\n"
        if case.replaces
        else ""
    )
    return (
        f"Subject: {case.subject}\n\n"
        f"To the finance officer of {case.recipient}{f', for {case.partnership}' if case.partnership else ''}\n\n"
        f"The monitoring form of {case.grant} “{case.grant_title}” for {case.quarter} ({case.quarter.months}) is attached. "
        f"Please send it back by {long_date(form.due_on)}.\n\n"
        f"{second}"
        "Please fill in the cream cells, sheet by sheet; each sheet's first line says what is still to do. Grey and blue cells are locked. "
        "Don't delete rows, sheets or the hidden first column. Send the invoices named on the sheet Costs along with the form.\n\nWith thanks\n"
        f"{_office(workspace)}"
    )


def chasing_text(workspace: Workspace, form: PartnerForm) -> str:
    """The e-mail that asks for a form that hasn't come, or for its correction."""
    grant = workspace.get(Grant, form.grant_id)
    recipient = workspace.get(Organisation, grant.recipient_id)
    partnership = workspace.get(Partnership, grant.partnership_id) if grant.partnership_id else None
    days = (workspace.today - form.due_on).days
    if form.received_on is not None and form.problems:
        asked = (
            f"The form came on {long_date(form.received_on)} and went back with {form.problems} "
            f"problem{'s' if form.problems > 1 else ''} to mend. We have not had the corrected one yet."
        )
    elif days > 0:
        asked = f"It was due on {long_date(form.due_on)}, {days} day{'s' if days > 1 else ''} ago, and has not reached us."
    else:
        asked = f"It is due on {long_date(form.due_on)}."
    late = " A late form holds up our own return, and may hold up your next payment." if days > 0 else ""
    return (
        f"Subject: {form.reference} monitoring form{' is overdue' if days > 0 else ''}\n\n"
        f"To the finance officer of {recipient.name}{f', for {partnership.name}' if partnership else ''}\n\n"
        f"We are waiting for the monitoring form of {grant.reference} “{grant.title}” for {form.quarter} ({form.quarter.months}). {asked}{late}\n\n"
        "Please send it as soon as you can. If something stands in the way, tell us what it is and when we can expect the form.\n\n"
        "With thanks\n"
        f"{_office(workspace)}"
    )


def _office(workspace: Workspace) -> str:
    office = workspace.office
    return office.name if office else ""
