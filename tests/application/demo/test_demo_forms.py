"""Partner forms in the story: each grant's, quarter by quarter, with the costs that came in them."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from application.demo.rehearsal import Rehearsal
from fundtracker.application.demo.form_days import EARLIER, LATE, REPORTING, SENT_BACK
from fundtracker.application.demo.returns import CALENDAR, Q2, Q3
from fundtracker.application.demo.steps import IssueForms, SendBackForm, TakeForm
from fundtracker.application.demo.story import awaited_forms, story
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Indicator, Measures, Reading
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.money import Money, total
from fundtracker.domain.partner_forms.layout import words_in
from fundtracker.domain.periods import Quarter

TODAY = date(2024, 10, 21)
CSPS = sorted(each.reference for each in REPORTING.values())


def forms(played: Rehearsal, quarter: Quarter) -> dict[str, PartnerForm]:
    """By the reference of their grant."""
    names = {each.id: each.reference for each in played.all(Grant)}
    return {names[each.grant_id]: each for each in played.all(PartnerForm) if each.quarter == quarter}


@pytest.mark.parametrize("quarter", EARLIER)
def test_every_grant_has_an_accepted_form_of_each_earlier_quarter(
    played: Rehearsal, quarter: Quarter
) -> None:
    found = forms(played, quarter)
    assert sorted(found) == CSPS
    sent = next(each.submitted_on for each in CALENDAR if each.quarter == quarter)
    for form in found.values():
        assert form.received_on
        assert form.accepted_on
        assert sent
        assert quarter.ends_on < form.issued_on < form.received_on <= form.accepted_on < sent
        assert form.due_on == quarter.ends_on + timedelta(days=14)
        assert form.declared_on == form.received_on
        for text, most in ((form.done, 250), (form.challenges, 150), (form.coming, 150)):
            assert 2 < words_in(text) <= most


def test_two_forms_came_late(played: Rehearsal) -> None:
    late = {
        each.reference: (each.received_on - each.due_on).days
        for each in played.all(PartnerForm)
        if each.received_on and each.received_on > each.due_on
    }
    assert late == {"GR-SSF5-STR 2023-24-Q4": 2, "GR-SSF5-FOD 2024-25-Q1": 2}


def test_a_forms_costs_add_up_to_its_lines_and_to_what_it_reports(played: Rehearsal) -> None:
    for form in played.all(PartnerForm):
        if form.accepted_on is None:
            continue
        costs = played.select(Cost, form_id=form.id)
        assert {(each.grant_id, each.quarter) for each in costs} == {(form.grant_id, form.quarter)}
        assert [each.form_row for each in costs] == [f"COST-{n:03d}" for n in range(1, len(costs) + 1)]
        assert total(each.eligible for each in costs) == form.reported
        if form.quarter == Q2:  # its lines are what the program reads: the file has them
            continue
        spent: Counter[tuple[object, ...]] = Counter()
        for each in costs:
            spent[each.intervention_id, each.expense, each.category_id] += each.eligible.pence
        said = {
            (each.intervention_id, each.expense, each.category_id): each.spent.pence
            for each in played.select(FormLine, form_id=form.id)
        }
        assert {place: pence for place, pence in said.items() if pence} == dict(spent)
        assert said


def test_every_partner_cost_of_round_5_came_in_a_form(played: Rehearsal) -> None:
    grants = {each.id for each in played.all(Grant) if each.reference in CSPS}
    costs = [each for each in played.all(Cost) if each.grant_id in grants]
    assert len(costs) > 80
    assert [each.reference for each in costs if each.form_id is None or not each.form_row] == []
    assert {each.ledger_code for each in costs} == {""}


def test_forecasts_stay_within_what_is_left(played: Rehearsal) -> None:
    """A form's forecasts come to the whole pounds that are left of its grant's year."""
    (che,) = [each for name, each in forms(played, Q3).items() if name == "GR-SSF5-CHE"]
    (forecast,) = played.select(FormForecast, form_id=che.id)
    assert (str(forecast.quarter), forecast.amount) == ("2023/24 Q4", Money.pounds(18_000 - 5_760))


@pytest.mark.parametrize("quarter", EARLIER)
def test_what_partners_did_is_part_of_the_reading(played: Rehearsal, quarter: Quarter) -> None:
    own = {each.id for each in forms(played, quarter).values()}
    readings = {each.indicator_id: each.value for each in played.all(Reading) if each.quarter == quarter}
    parts: Counter[int] = Counter()
    for each in played.all(FormReading):
        if each.form_id in own:
            parts[each.indicator_id] += int(each.value)
    shared = {
        each.id
        for each in played.all(Indicator)
        if each.reference.startswith(("SSF5-VAWG-03", "SSF5-ASB-02", "SSF5-RUR-05"))
        and each.measures is Measures.OUTPUT
    }
    assert set(parts) <= shared
    assert all(part <= readings[indicator] for indicator, part in parts.items())  # pyright: ignore[reportArgumentType] - ids are plain numbers


def test_four_forms_of_the_open_quarter_are_accepted_and_two_are_waited_for(
    played: Rehearsal, resolved: Rehearsal
) -> None:
    states = {name: form.state(TODAY) for name, form in forms(played, Q2).items()}
    accepted = dict.fromkeys(CSPS, FormState.ACCEPTED)
    assert states == accepted | {LATE: FormState.LATE, SENT_BACK: FormState.RECEIVED}
    assert forms(played, Q2)[LATE].days_late(TODAY) == 7
    assert forms(played, Q2)[LATE].chased_on == date(2024, 10, 18)
    assert {name: form.state(TODAY) for name, form in forms(resolved, Q2).items()} == accepted
    grants = {each.id: each.reference for each in played.all(Grant)}
    q2 = {
        grants[each.grant_id]: each.form_id
        for each in played.all(Cost)
        if each.grant_id and each.quarter == Q2
    }
    assert sorted(q2) == [each for each in CSPS if each not in {LATE, SENT_BACK}]


def test_the_steps_of_the_open_quarter() -> None:
    (issue,) = [each for each in story() if isinstance(each, IssueForms)]
    (back,) = [each for each in story() if isinstance(each, SendBackForm)]
    taken = [each.grant for each in story() if isinstance(each, TakeForm)]
    assert (issue.at.date(), back.grant, back.at.date()) == (date(2024, 10, 2), SENT_BACK, date(2024, 10, 16))
    assert sorted(taken) == [each for each in CSPS if each not in {LATE, SENT_BACK}]
    assert [each.grant for each in awaited_forms() if isinstance(each, TakeForm)] == [LATE, SENT_BACK]
    assert len({slip[:3] for slip in back.says.slips}) == len(back.says.slips) == 7


def test_readings_come_to_the_plan_once_every_form_is_in(played: Rehearsal, resolved: Rehearsal) -> None:
    """Fourteen cases: three each by four districts, two by the police; without the Forest and Stroud, eight."""

    def cases(of: Rehearsal) -> Decimal:
        indicator = of.named(Indicator, "SSF5-ASB-02-I1")
        (reading,) = of.select(Reading, indicator_id=indicator.id, quarter=Q2)
        return reading.value

    assert (cases(played), cases(resolved)) == (Decimal(8), Decimal(14))


def test_forms_of_earlier_quarters_are_kept_as_papers(played: Rehearsal) -> None:
    earlier = {each.id for each in played.all(PartnerForm) if each.quarter in EARLIER}
    assert {each.form_id for each in played.all(Document) if each.form_id} == earlier
