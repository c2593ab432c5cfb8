"""Forms of the quarters before 2024/25 Q2, as records: issued, received, what they say, accepted."""

from collections.abc import Iterator
from itertools import count, groupby

from fundtracker.application.demo.acts import Rank, Scene, add, edit
from fundtracker.application.demo.days import after
from fundtracker.application.demo.form_days import (
    EARLIER,
    QUARTERS,
    REPORTING,
    accepted_on,
    due_on,
    form_id,
    grants_reporting,
    issued_on,
    received_on,
)
from fundtracker.application.demo.form_words import DECLARED_AS, finance_officer, words_of
from fundtracker.application.demo.grants import GRANT_IDS, GrantPlan
from fundtracker.application.demo.interventions import ROUND_5, intervention_id
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.outputs import outputs_of, paid_by
from fundtracker.application.demo.people import CO_ORDINATOR, PARTNER, category_id
from fundtracker.application.demo.returns import Q1
from fundtracker.domain.bids import Expense
from fundtracker.domain.form_rows import (
    FormForecast,
    FormForecastId,
    FormLine,
    FormLineId,
    FormReading,
    FormReadingId,
)
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.money import Money, total
from fundtracker.domain.partner_forms.case import form_reference
from fundtracker.domain.partner_forms.layout import TEMPLATE_VERSION
from fundtracker.domain.periods import FinancialYear, Quarter

_PLANS = {each.reference: each for each in REPORTING.values()}
_EXPENSE = {
    intervention.reference: line.expense
    for plan in ROUND_5
    for intervention, line, _ in plan.lines()
    if line.category == PARTNER
}


def earlier_forms() -> Iterator[Scene]:
    """Each quarter's forms: six issued on one day, received one by one, taken in and accepted before the return is sent."""
    rows = list(_rows())
    for quarter in EARLIER:
        forms = [each for each in FORMS if each.quarter == quarter]
        yield add(issued_on(quarter), Rank.FORMS, f"Forms of {quarter} issued", forms, actor=CO_ORDINATOR)
        yield from received(quarter)
        day, own = after(quarter, 17), {each.id for each in forms}
        said = [each for each in rows if each.form_id in own]
        yield add(day, Rank.FORMS, f"What the forms of {quarter} say", said, actor=CO_ORDINATOR)
        changes = [(PartnerForm, each.reference, accepted(each)) for each in forms]
        yield edit(day, Rank.FORMS, f"Forms of {quarter} accepted", changes, actor=CO_ORDINATOR)


def _issued(reference: str, quarter: Quarter) -> PartnerForm:
    return PartnerForm(
        id=form_id(reference, quarter),
        grant_id=GRANT_IDS[reference],
        quarter=quarter,
        reference=form_reference(reference, quarter),
        issued_on=issued_on(quarter),
        due_on=due_on(quarter),
        template=TEMPLATE_VERSION,
    )


FORMS = tuple(_issued(reference, quarter) for quarter in EARLIER for reference in grants_reporting())
"""As they were issued."""


def received(quarter: Quarter) -> Iterator[Scene]:
    """The forms of a quarter that have come, by the day."""
    days = {each: received_on(each, quarter) for each in grants_reporting()}
    in_order = sorted((day, form_reference(each, quarter)) for each, day in days.items() if day)
    for day, group in groupby(in_order, key=lambda each: each[0]):
        names = [name for _, name in group]
        changes = [(PartnerForm, name, {"received_on": day}) for name in names]
        title = f"Form{'s' if len(names) > 1 else ''} received: {', '.join(names)}"
        yield edit(day, Rank.CATCH_UP, title, changes, actor=CO_ORDINATOR)


def _grant(form: PartnerForm) -> GrantPlan:
    return REPORTING[form.grant_id]


def accepted(form: PartnerForm) -> dict[str, object]:
    """What a form's record holds from its acceptance on, by field."""
    grant, quarter = _grant(form), form.quarter
    done, challenges, coming = words_of(grant.reference, quarter)
    return {
        "accepted_on": accepted_on(grant.reference, quarter),
        "reported": total(each.eligible for each in ledger().of_form(grant.reference, quarter)),
        "done": done,
        "challenges": challenges,
        "coming": coming,
        "declared_by": finance_officer(grant.partnership),
        "declared_role": DECLARED_AS,
        "declared_on": received_on(grant.reference, quarter),
    }


def _rows() -> Iterator[FormLine | FormForecast | FormReading]:
    """What every form says, numbered kind by kind over all of them."""
    lines, forecasts, readings = count(1), count(1), count(1)
    for quarter in EARLIER:
        for reference in grants_reporting():
            grant, form = _PLANS[reference], form_id(reference, quarter)
            for each in paid_by(grant, quarter):
                yield FormLine(
                    id=FormLineId(next(lines)),
                    form_id=form,
                    intervention_id=intervention_id(each),
                    expense=_EXPENSE[each],
                    category_id=category_id(PARTNER),
                    spent=spent(reference, each, quarter),
                )
                for ahead, amount in expected(grant, each, quarter):
                    yield FormForecast(
                        id=FormForecastId(next(forecasts)),
                        form_id=form,
                        intervention_id=intervention_id(each),
                        expense=_EXPENSE[each],
                        category_id=category_id(PARTNER),
                        quarter=ahead,
                        amount=amount,
                    )
            for indicator, value in outputs_of(grant, quarter).items():
                yield FormReading(
                    id=FormReadingId(next(readings)),
                    form_id=form,
                    indicator_id=indicator,
                    value=value,
                    evidence_held=True,
                    evidence=evidence_of(grant),
                )


def evidence_of(grant: GrantPlan) -> str:
    """Where a partner keeps the evidence of its outputs."""
    return f"{grant.partnership} monitoring log (illustrative)"


def expense_of(intervention: str) -> Expense:
    """Whether partners' spend on an intervention is capital or resource."""
    return _EXPENSE[intervention]


def spent(reference: str, intervention: str, quarter: Quarter) -> Money:
    """What a form says was spent on an intervention."""
    of = intervention_id(intervention)
    costs = ledger().of_form(reference, quarter)
    return total(each.eligible for each in costs if each.intervention_id == of)


def expected(
    grant: GrantPlan, intervention: str, quarter: Quarter, percent: int = 100
) -> Iterator[tuple[Quarter, Money]]:
    """What is left of the grant's year (or a percentage of it), evenly over the quarters still to come, in whole pounds."""
    ahead = tuple(each for each in quarter.year.quarters if each > quarter)
    if not ahead:
        return
    so_far = total(
        spent(grant.reference, intervention, each)
        for each in QUARTERS
        if each.year == quarter.year and each <= quarter
    )
    left = (_budget(grant, intervention, quarter) - so_far).pence * percent // 10_000
    for each, part in zip(ahead, Money(left).share([1] * len(ahead)), strict=True):
        yield each, part * 100


def _budget(grant: GrantPlan, intervention: str, quarter: Quarter) -> Money:
    """The grant's money for an intervention's year, as it stood at the quarter's end: the cut came in August 2024."""
    if quarter > Q1:
        return grant.amount(intervention, quarter.year)
    return total(
        Money.pounds(amount)
        for reference, of, amount in grant.sources
        if reference == intervention and FinancialYear.read(of) == quarter.year
    )
