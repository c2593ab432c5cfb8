"""The forms of 2024/25 Q2: issued, filled in by the partners, four accepted, one sent back, one late; and what comes of those two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fundtracker.application.demo.acts import NO_TIME, Rank, Scene, edit
from fundtracker.application.demo.days import LAST_DAY
from fundtracker.application.demo.form_days import (
    CHASED_ON,
    LATE,
    REPORTING,
    SENT_BACK,
    SENT_BACK_ON,
    accepted_on,
    grants_reporting,
    is_awaited,
    issued_on,
    received_on,
)
from fundtracker.application.demo.form_records import evidence_of, expected, expense_of, received
from fundtracker.application.demo.form_words import DECLARED_AS, finance_officer, words_of
from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.outputs import outputs_of, paid_by
from fundtracker.application.demo.people import CO_ORDINATOR, PARTNER, category_id
from fundtracker.application.demo.returns import Q2
from fundtracker.application.demo.steps import FormAnswers, IssueForms, SendBackForm, TakeForm
from fundtracker.domain.cubes import Line
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.case import form_reference
from fundtracker.domain.partner_forms.layout import cost_key, spend_key
from fundtracker.domain.partner_forms.said import Unread
from fundtracker.domain.periods import Quarter

_EXPECTS = {("GR-SSF5-TEW", "SSF5-RUR-05"): 80}
"""Per cent of what is left of a grant's year that the partner still means to spend, where not all of it."""
_REASONS = {
    (
        "GR-SSF5-TEW",
        "SSF5-RUR-05",
    ): "One parish has withdrawn; the one that takes its place has a camera already, which costs less to link.",
}


def forms_now() -> Iterator[Scene]:
    yield Scene(
        issued_on(Q2),
        Rank.FORMS,
        IssueForms(at=NO_TIME, actor=CO_ORDINATOR, title=f"Forms of {Q2} issued", quarter=Q2),
    )
    yield from received(Q2)
    wrong = SendBackForm(
        at=NO_TIME,
        actor=CO_ORDINATOR,
        title=f"{form_reference(SENT_BACK, Q2)} sent back",
        grant=SENT_BACK,
        quarter=Q2,
        says=_with_slips(),
    )
    yield Scene(SENT_BACK_ON, Rank.FORMS, wrong)
    for reference in grants_reporting():
        if not is_awaited(reference, Q2):
            yield _taken(reference)
    late = form_reference(LATE, Q2)
    chased = (PartnerForm, late, {"chased_on": CHASED_ON})
    yield edit(CHASED_ON, Rank.CATCH_UP, f"{late} asked for again", (chased,), actor=CO_ORDINATOR)


def forms_awaited() -> Iterator[Scene]:
    """What the two partners send after the story's end."""
    for reference in grants_reporting():
        if is_awaited(reference, Q2):
            yield _taken(reference)


def _taken(reference: str) -> Scene:
    step = TakeForm(
        at=NO_TIME,
        actor=CO_ORDINATOR,
        title=f"{form_reference(reference, Q2)} accepted",
        grant=reference,
        quarter=Q2,
        says=answers_of(reference),
    )
    return Scene(accepted_on(reference, Q2), Rank.FORMS, step)


def answers_of(reference: str) -> FormAnswers:
    """What a partner types into its form of 2024/25 Q2, when nothing in it is wrong."""
    grant = next(each for each in REPORTING.values() if each.reference == reference)
    forecasts: dict[tuple[int, Quarter], Money] = {}
    reasons: dict[int, str] = {}
    for each in paid_by(grant, Q2):
        percent = _EXPECTS.get((reference, each), 100)
        for quarter, amount in expected(grant, each, Q2, percent):
            forecasts[intervention_id(each), quarter] = amount
        if (reference, each) in _REASONS:
            reasons[intervention_id(each)] = _REASONS[reference, each]
    return FormAnswers(
        costs=ledger().of_form(reference, Q2),
        forecasts=forecasts,
        outputs=outputs_of(grant, Q2),
        evidence=evidence_of(grant),
        words=words_of(reference, Q2),
        declared_by=finance_officer(grant.partnership),
        declared_as=DECLARED_AS,
        declared_on=received_on(reference, Q2) or LAST_DAY,
        reasons=reasons,
    )


def _with_slips() -> FormAnswers:
    """Stroud's first form: two figures swapped, a cost of October, a word where VAT stands, an output left out, no date."""
    says = answers_of(SENT_BACK)
    (first, *_) = says.costs
    line = spend_key(Line(first.intervention_id, expense_of("SSF5-ASB-02"), category_id(PARTNER)))
    whole = sum((each.eligible.pence for each in says.costs), 0)
    output = min(says.outputs)
    return replace(
        says,
        slips=(
            ("spend", line, "spent", Money(whole + 36_00)),
            ("costs", cost_key(2), "received_on", date(2024, 10, 2)),
            ("costs", cost_key(2), "invoiced_on", date(2024, 10, 3)),
            ("costs", cost_key(2), "paid_on", date(2024, 10, 9)),
            ("costs", cost_key(3), "vat", Unread("reclaimed", "")),
            ("outputs", f"OUT-{output}", "value", None),
            ("declaration", "DECLARATION", "declared_on", None),
        ),
    )
