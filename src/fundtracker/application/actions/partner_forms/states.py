"""Where the forms of a quarter stand, grant by grant."""

from dataclasses import dataclass
from datetime import date

from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import Grant, GrantSource, GrantStatus
from fundtracker.domain.periods import Quarter

_LIVE = frozenset({GrantStatus.AGREED, GrantStatus.CLOSED})


@dataclass(frozen=True)
class FormStanding:
    """A grant's form of a quarter: the last one, None where none was issued. `days_late` is nought once it has come."""

    grant: Grant
    form: PartnerForm | None
    state: FormState
    days_late: int


def form_states(workspace: Workspace, quarter: Quarter) -> tuple[FormStanding, ...]:
    """Every agreed or closed grant with money in the quarter's year that runs in the quarter, and any with a form for it."""
    today = workspace.today
    with workspace.database.reader():
        forms: dict[int, list[PartnerForm]] = {}
        for each in workspace.select(PartnerForm, quarter=quarter):
            forms.setdefault(each.grant_id, []).append(each)
        paid = {each.grant_id for each in workspace.select(GrantSource, year=quarter.year)}
        grants = workspace.select(Grant)
    standings: list[FormStanding] = []
    for grant in sorted(grants, key=lambda each: each.reference):
        of = forms.get(grant.id, [])
        if of or (grant.status in _LIVE and grant.id in paid and _runs(grant, quarter)):
            standings.append(_standing(grant, last_form(of), today))
    return tuple(standings)


def last_form(forms: list[PartnerForm]) -> PartnerForm | None:
    """The open form, else the accepted one that none replaces."""
    replaced = {each.replaces_id for each in forms}
    return max((each for each in forms if each.id not in replaced), key=lambda each: each.id, default=None)


def _standing(grant: Grant, form: PartnerForm | None, today: date) -> FormStanding:
    if form is None:
        return FormStanding(grant, None, FormState.NOT_ISSUED, 0)
    return FormStanding(grant, form, form.state(today), form.days_late(today))


def _runs(grant: Grant, quarter: Quarter) -> bool:
    """Whether the grant's dates touch the quarter; one without dates runs always."""
    return not (grant.starts_on and grant.starts_on > quarter.ends_on) and not (
        grant.ends_on and grant.ends_on < quarter.begins_on
    )
