"""What the head of a partner form's page says: where it stands, its days, and the spend it reported."""

from fundtracker.application.record_facts import Facts, MoneyFacts, joined
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.periods import short_date


def form_head(workspace: Workspace, form: PartnerForm) -> MoneyFacts:
    """The spend it reported, once it is accepted; `of` is where it stands today."""
    today = workspace.today
    state = form.state(today)
    sums = (("spend reported", form.reported),) if form.accepted_on else ()
    return MoneyFacts(sums, of=state)


def form_state(workspace: Workspace, form: PartnerForm, _: MoneyFacts) -> str:
    """ "Late by 12 days  ·  due 14/10/2024  ·  issued 01/10/2024"."""
    today = workspace.today
    state = form.state(today)
    words = state.value
    if state is FormState.LATE:
        late = form.days_late(today)
        words = f"Late by {late} day{'' if late == 1 else 's'}"
    elif state is FormState.WITH_PROBLEMS:
        words = f"Sent back with {form.problems} problem{'' if form.problems == 1 else 's'}"
    days = (
        ("issued", form.issued_on),
        ("due", form.due_on),
        ("chased", form.chased_on),
        ("received", form.received_on),
        ("accepted", form.accepted_on),
    )
    return joined(words, *(f"{name} {short_date(day)}" for name, day in days if day))


def form_title(facts: Facts) -> str:
    """ "GR-SSF5-COT 2024-25-Q2"."""
    return facts.item.reference if isinstance(facts.item, PartnerForm) else ""
