"""The forms of one grant, quarter by quarter; the quarters that forms can be of; who fills them in."""

from collections.abc import Iterable

from fundtracker.application.actions.partner_forms.states import FormStanding, form_states, last_form
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.periods import Quarter, reported_quarter


def quarters_with_forms(workspace: Workspace) -> tuple[Quarter, ...]:
    """Those begun by today of the years that grants have money of, and any a form was issued for; the newest first."""
    current = Quarter.of(workspace.today)
    years = {each.year for each in workspace.select(GrantSource)}
    begun = {quarter for year in years for quarter in year.quarters if quarter <= current}
    return tuple(sorted(begun | {each.quarter for each in workspace.select(PartnerForm)}, reverse=True))


def quarter_at_hand(workspace: Workspace, among: Iterable[Quarter]) -> Quarter | None:
    """The quarter last ended where it is among them, else the latest of them."""
    found = tuple(among)
    last = reported_quarter(workspace.today)
    return last if last in found else max(found, default=None)


def grant_forms(workspace: Workspace, grant_id: int) -> tuple[tuple[Quarter, FormStanding], ...]:
    """Each quarter of a grant begun by today, with its form: the newest first."""
    grant = workspace.get(Grant, grant_id)
    forms = workspace.select(PartnerForm, grant_id=grant_id)
    years = {each.year for each in workspace.select(GrantSource, grant_id=grant_id)}
    current = Quarter.of(workspace.today)
    begun = {
        quarter
        for year in years
        for quarter in year.quarters
        if quarter <= current
        and not (grant.starts_on and grant.starts_on > quarter.ends_on)
        and not (grant.ends_on and grant.ends_on < quarter.begins_on)
    }
    wanted = sorted(begun | {each.quarter for each in forms}, reverse=True)
    return tuple((quarter, _standing(workspace, grant, quarter, forms)) for quarter in wanted)


def _standing(
    workspace: Workspace, grant: Grant, quarter: Quarter, forms: Iterable[PartnerForm]
) -> FormStanding:
    form = last_form([each for each in forms if each.quarter == quarter])
    if form is None:
        return FormStanding(grant, None, FormState.NOT_ISSUED, 0)
    today = workspace.today
    return FormStanding(grant, form, form.state(today), form.days_late(today))


def partners(workspace: Workspace) -> dict[int, str]:
    """By grant: the partnership that benefits, else the body that holds it."""
    partnerships = {each.id: each.name for each in workspace.select(Partnership)}
    organisations = {each.id: each.name for each in workspace.select(Organisation)}
    return {
        each.id: partnerships[each.partnership_id]
        if each.partnership_id
        else organisations.get(each.recipient_id, "")
        for each in workspace.select(Grant)
    }


def quarter_forms(
    workspace: Workspace, quarter: Quarter | None = None
) -> tuple[tuple[Quarter, ...], Quarter | None, tuple[FormStanding, ...], dict[int, str]]:
    """All that the place of forms shows: the quarters there are, the one shown, its grants, and their partners."""
    with workspace.database.reader():
        quarters = quarters_with_forms(workspace)
        shown = quarter if quarter in quarters else quarter_at_hand(workspace, quarters)
        standings = form_states(workspace, shown) if shown is not None else ()
        return quarters, shown, standings, partners(workspace) if standings else {}
