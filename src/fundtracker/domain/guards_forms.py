"""Guards of partner forms: one open form for a grant and quarter, and an accepted one keeps what it said."""

from collections.abc import Iterator

from fundtracker.domain.changes import Change
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.form_chains import standing_for
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.looking import Look, problem_on
from fundtracker.domain.money import total
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem

_STILL_OPEN = frozenset({"chased_on", "problems", "reason"})
"""Fields of an accepted form that say nothing of what the partner reported. The reason is asked for again where it is emptied."""


def one_open_form(change: Change, look: Look) -> Iterator[Problem]:
    """A grant's quarter has one form open, and one accepted form that no other replaces."""
    item = change.after
    if not isinstance(item, PartnerForm):
        return
    forms = [
        each
        for each in look.select(PartnerForm, grant_id=item.grant_id)
        if each.quarter == item.quarter and each.id != item.id
    ]
    if item.accepted_on is None:
        other = next((each for each in forms if each.accepted_on is None), None)
        if other:
            yield problem_on(
                item,
                "quarter",
                f"{other.reference} is still open: accept it, or take it back, before another form for {item.quarter} is issued.",
            )
        return
    replaced = {each.replaces_id for each in (*forms, item) if each.accepted_on is not None}
    standing = next(
        (each for each in forms if each.accepted_on is not None and each.id not in replaced), None
    )
    if standing and item.id not in replaced:
        yield problem_on(
            item,
            "replaces_id",
            f"{standing.reference} is accepted for {item.quarter} already: a form that takes its place names it, and says why.",
        )


def form_replaces_in_order(change: Change, look: Look) -> Iterator[Problem]:
    """What is replaced is an accepted form of the same grant and quarter, replaced once, for a reason."""
    item = change.after
    if not isinstance(item, PartnerForm) or item.replaces_id is None:
        return
    other = look.get(PartnerForm, item.replaces_id)
    if other is None:
        return
    if other.id == item.id or (other.grant_id, other.quarter) != (item.grant_id, item.quarter):
        yield problem_on(
            item,
            "replaces_id",
            f"{other.reference} isn't a form of the same grant and quarter: name one that is.",
        )
    elif other.accepted_on is None:
        yield problem_on(
            item,
            "replaces_id",
            f"{other.reference} isn't accepted, so that there is nothing to replace: accept it, or send it back.",
        )
    if any(each.id != item.id for each in look.select(PartnerForm, replaces_id=other.id)):
        yield problem_on(
            item, "replaces_id", f"{other.reference} is replaced by another form already: name that one."
        )
    if item.accepted_on is not None and not item.reason.strip():
        yield problem_on(
            item, "reason", f"Write why this form takes the place of {other.reference}, which was accepted."
        )


def form_accepted_once_received(change: Change, _look: Look) -> Iterator[Problem]:
    """Received is not accepted: a form is accepted only once it has come."""
    item = change.after
    if isinstance(item, PartnerForm) and item.accepted_on is not None and item.received_on is None:
        yield problem_on(item, "received_on", "Accepted, but not received: enter the day it came first.")


def accepted_form_stays(change: Change, look: Look) -> Iterator[Problem]:
    """What an accepted form said is changed by undoing its acceptance, or by a form that replaces it, and by nothing else."""
    before, item = change.before, change.after
    if not isinstance(before, PartnerForm) or before.accepted_on is None:
        return
    if isinstance(item, PartnerForm) and item.accepted_on is not None:
        for column in columns(PartnerForm):
            if column.name not in _STILL_OPEN and getattr(before, column.name) != getattr(item, column.name):
                yield problem_on(item, column.name, _stays(before, column.label))
    elif isinstance(item, PartnerForm) and _counts(item, look):
        yield problem_on(
            item,
            "accepted_on",
            f"{before.reference} was accepted on {short_date(before.accepted_on)}, and what it said counts: undo its acceptance, or accept a form that replaces it.",
        )


def _counts(form: PartnerForm, look: Look) -> bool:
    """Whether anything still stands that its acceptance brought in."""
    costs = look.select(Cost, form_id=form.id)
    return any(each.accepted_on is not None for each in costs) or bool(look.select(FormLine, form_id=form.id))


def _stays(form: PartnerForm, label: str) -> str:
    return (
        f"{form.reference} is accepted: {label[:1].lower()}{label[1:]} stays as the partner said it. "
        "Undo its acceptance, or accept a form that replaces it."
    )


def accepted_rows_stay(change: Change, look: Look) -> Iterator[Problem]:
    """The rows of an accepted form stay; one that is added or taken away no longer agrees with what the form reported."""
    rows = (FormLine, FormForecast, FormReading, FormReason)
    before, item = change.before, change.after
    if isinstance(before, rows):
        form = look.get(PartnerForm, before.form_id)
        if form and form.accepted_on is not None:
            label = "what it says of its rows"
            yield problem_on(before, "form_id", _stays(form, label))
    elif isinstance(item, FormLine):
        form = look.get(PartnerForm, item.form_id)
        said = total(each.spent for each in look.select(FormLine, form_id=item.form_id))
        if form and form.accepted_on is not None and said != form.reported:
            yield problem_on(
                item,
                "spent",
                f"The lines of {form.reference} come to {said.in_prose}, and it reported {form.reported.in_prose}: an accepted form's lines stay as they are.",
            )


def cost_of_its_grants_form(change: Change, look: Look) -> Iterator[Problem]:
    """A cost names a form of its own grant."""
    item = change.after
    if isinstance(item, Cost) and item.form_id is not None:
        form = look.get(PartnerForm, item.form_id)
        if form and form.grant_id != item.grant_id:
            yield problem_on(
                item,
                "form_id",
                f"{form.reference} is a form of another grant: choose one of the cost's own grant, or leave it empty.",
            )


def _beside(cost: Cost, look: Look) -> PartnerForm | None:
    """The accepted form of its grant's quarter that a cost stands beside, counted with it though no form said it.

    One accepted before the form was is not meant: accepting the form told of it.
    """
    if cost.grant_id is None or cost.form_id is not None or cost.reversal_of is not None:
        return None
    if cost.duplicate_reason.strip() or cost.accepted_on is None or cost.quarter is None:
        return None
    forms = look.select(PartnerForm, grant_id=cost.grant_id)
    standing = standing_for(each for each in forms if each.quarter == cost.quarter)
    first = min(
        (each.accepted_on for each in forms if each.id in standing and each.accepted_on), default=None
    )
    if first is None or cost.accepted_on < first:
        return None
    return next(iter(standing.values()))


def cost_beside_form(change: Change, look: Look) -> Iterator[Problem]:
    """A partner's spend of a quarter is what its accepted form says: a cost entered beside it by hand says why."""
    before, cost = change.before, change.after
    if not isinstance(cost, Cost):
        return
    form = _beside(cost, look)
    if form is None or (isinstance(before, Cost) and _beside(before, look) == form):
        return
    yield problem_on(
        cost,
        "duplicate_reason",
        f"{form.reference} is accepted for {form.quarter} and says what the partner spent: ask for a second form, or write on the cost why it stands beside it.",
    )


FORM_GUARDS = (
    one_open_form,
    form_replaces_in_order,
    form_accepted_once_received,
    accepted_form_stays,
    accepted_rows_stay,
    cost_of_its_grants_form,
    cost_beside_form,
)
