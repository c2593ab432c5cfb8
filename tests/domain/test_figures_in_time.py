"""The figures as at a day: what had been received, approved, invoiced, submitted, forecast and paid by then, year by year."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import (
    GrantSource,
    GrantSourceId,
    GrantStatus,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.interventions import InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.returns import Forecast, ForecastId, FunderReturn, ReturnState
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
)
from programme import CAPITAL, RESOURCE, Programme, quarter, year

Y23, Y24 = year("2023/24"), year("2024/25")
pounds = Money.pounds


class Kept(Programme):
    """A programme to which any record can be put."""

    def keeps(self, item: Record) -> None:
        self.rows.setdefault(type(item), {})[item.id] = item

    def moves(self, variation: Variation, kind: ChangeKind, **values: Any) -> None:
        number = VariationChangeId(len(self.all(VariationChange)) + 1)
        self.keeps(VariationChange(id=number, variation_id=variation.id, kind=kind, **values))

    def forecasts(self, made_in: FunderReturn, of: str, amount: str, **more: Any) -> None:
        values: dict[str, Any] = {"intervention_id": 1, "expense": RESOURCE, "category_id": 1, **more}
        number = ForecastId(len(self.all(Forecast)) + 1)
        self.keeps(
            Forecast(id=number, return_id=made_in.id, quarter=quarter(of), amount=pounds(amount), **values)
        )

    def pays(self, grant_id: Any, amount: str, status: InstalmentStatus, on: date | None = None) -> None:
        number = len(self.all(Instalment)) + 1
        self.keeps(
            Instalment(
                id=InstalmentId(number),
                grant_id=grant_id,
                reference=f"I-{number}",
                amount=pounds(amount),
                due_on=date(2024, 5, 1),
                status=status,
                paid_on=on,
            )
        )

    def at(self, day: date) -> Figures:
        return Figures(self.book(), day)


# Awarded


def test_a_variation_counts_from_the_later_of_its_two_days_and_not_at_all_while_proposed() -> None:
    programme = Kept()
    programme.promises("100", "2024/25")
    variation = programme.varies(("2024/25", RESOURCE, "100", "60"), on=date(2024, 8, 6))

    def awarded(*days: date) -> list[str]:
        return [programme.at(day).awarded(Y24).plain for day in days]

    programme.changes(variation, approved_on=date(2024, 9, 1))
    assert awarded(date(2024, 8, 31), date(2024, 9, 1)) == ["100.00", "60.00"]
    programme.changes(variation, approved_on=date(2024, 7, 1))
    assert awarded(date(2024, 8, 5), date(2024, 8, 6)) == ["100.00", "60.00"]
    programme.changes(variation, approved_on=None)
    assert awarded(date(2025, 3, 31)) == ["100.00"]
    programme.changes(variation, effective_on=None)
    assert awarded(date(2025, 3, 31)) == ["100.00"]


def test_a_virement_moves_between_capital_and_resource_and_a_re_profile_moves_no_award() -> None:
    programme = Kept()
    programme.promises("100", "2024/25")
    programme.promises("50", "2024/25", CAPITAL)
    programme.varies(
        ("2024/25", RESOURCE, "100", "80"),
        ("2024/25", CAPITAL, "50", "70"),
        on=date(2024, 8, 6),
        kind=ChangeKind.VIREMENT,
    )
    op = programme.intervenes()
    variation = programme.varies(on=date(2024, 8, 6))
    programme.moves(
        variation,
        ChangeKind.RE_PROFILE,
        year=Y24,
        intervention_id=op.id,
        quarter=quarter("2024/25 Q3"),
        expense=RESOURCE,
        category_id=programme.staff.id,
        old_amount=pounds("10"),
        new_amount=pounds("5"),
    )
    figures = programme.at(date(2024, 8, 6))
    assert (figures.awarded(Y24), figures.awarded(Y24, RESOURCE), figures.awarded(Y24, CAPITAL)) == (
        pounds("150"),
        pounds("80"),
        pounds("70"),
    )


def test_a_variation_of_a_grant_changes_the_grant_and_not_the_award() -> None:
    programme = Kept()
    programme.promises("100", "2024/25")
    op = programme.intervenes()
    grant = programme.grants(op, "40", "2024/25")
    variation = programme.varies(("2024/25", RESOURCE, "40", "30"), on=date(2024, 8, 6))
    programme.changes(variation, award_id=None, grant_id=grant.id)
    (change,) = programme.all(VariationChange)
    programme.changes(change, intervention_id=op.id)
    before, after = programme.at(date(2024, 8, 5)), programme.at(date(2024, 8, 6))
    assert (before.awarded(Y24), after.awarded(Y24)) == (pounds("100"), pounds("100"))
    assert [(each.granted, each.from_award) for each in (before.grant(grant), after.grant(grant))] == [
        (pounds("40"), pounds("40")),
        (pounds("30"), pounds("30")),
    ]
    assert (before.committed(Y24), after.committed(Y24)) == (pounds("40"), pounds("30"))


@pytest.mark.parametrize("kind", [ChangeKind.EXTENSION, ChangeKind.TERMINATION])
def test_the_award_ends_when_the_last_change_in_force_says(kind: ChangeKind) -> None:
    programme = Kept()
    for of, ends in ((date(2024, 5, 1), date(2025, 6, 30)), (date(2024, 8, 1), date(2025, 4, 30))):
        programme.moves(programme.varies(on=of), kind, old_date=date(2025, 3, 31), new_date=ends)
    assert [programme.at(day).ends_on for day in (date(2024, 4, 30), date(2024, 5, 1), date(2024, 8, 1))] == [
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2025, 4, 30),
    ]
    assert str(programme.at(date(2024, 8, 1)).quarters[-1]) == "2025/26 Q1"


# Spent, accrued


def test_a_cost_counts_from_the_day_it_was_received_whenever_it_is_invoiced_or_paid() -> None:
    programme = Kept()
    op = programme.intervenes()
    programme.spends(op, "10", date(2024, 3, 31), invoiced_on=date(2024, 4, 2), paid_on=date(2024, 7, 1))
    day_before, day = programme.at(date(2024, 3, 30)), programme.at(date(2024, 3, 31))
    assert (day_before.spent.total(), day_before.accrued.total()) == (Money(0), Money(0))
    assert (day.spent.total(year=Y23), day.spent.total(year=Y24)) == (pounds("10"), Money(0))
    later = programme.at(date(2024, 7, 1)).spent
    assert (later.total(quarter=quarter("2023/24 Q4")), later.total()) == (pounds("10"), pounds("10"))


def test_a_cost_is_accrued_until_the_day_of_its_invoice_paid_or_not() -> None:
    programme = Kept()
    programme.spends(
        programme.intervenes(),
        "10",
        date(2024, 3, 31),
        invoiced_on=date(2024, 4, 2),
        paid_on=date(2024, 7, 1),
    )
    assert [programme.at(date(2024, 4, day)).accrued.total() for day in (1, 2)] == [pounds("10"), Money(0)]


def test_a_sum_by_quarters_takes_in_until_and_leaves_out_after() -> None:
    programme = Kept()
    op = programme.intervenes()
    for month, net in ((2, "1"), (5, "20"), (8, "300"), (11, "4000")):
        programme.spends(op, net, date(2024, month, 1))
    spent, q2 = programme.at(date(2025, 3, 31)).spent, quarter("2024/25 Q2")
    assert (spent.total(until=q2), spent.total(after=q2), spent.total(quarter=q2)) == (
        pounds("321"),
        pounds("4000"),
        pounds("300"),
    )
    assert (spent.total(year=Y23), spent.total(year=Y24)) == (pounds("1"), pounds("4320"))


# Claimed, received, adjustments


def returned() -> Kept:
    """2023/24 Q4 and 2024/25 Q1 submitted, the second with an adjustment; a draft of Q2."""
    programme = Kept()
    op = programme.intervenes()
    programme.spends(op, "100", date(2024, 5, 1))
    programme.submits(programme.begins_return("2024/25 Q1"), on=date(2024, 7, 20))
    programme.spends(op, "7", date(2024, 6, 1), adjustment_reason="Late")
    programme.spends(op, "50", date(2024, 8, 1))
    programme.submits(programme.begins_return("2024/25 Q2"), on=date(2024, 10, 20))
    return programme


def test_claimed_is_what_submitted_returns_said_from_the_day_they_were_sent() -> None:
    programme = returned()
    claimed = [
        programme.at(day).claimed
        for day in (date(2024, 7, 19), date(2024, 7, 20), date(2024, 10, 19), date(2024, 10, 20))
    ]
    assert [each.total() for each in claimed] == [Money(0), pounds("100"), pounds("100"), pounds("157")]
    assert claimed[-1].total(quarter=quarter("2024/25 Q1")) == pounds("107")
    programme.changes(programme.all(FunderReturn)[1], state=ReturnState.WITH_CFO)
    assert programme.at(date(2024, 10, 20)).claimed.total() == pounds("100")


def test_adjustments_of_a_return_are_what_it_said_of_earlier_quarters() -> None:
    programme = returned()
    q1, q2 = quarter("2024/25 Q1"), quarter("2024/25 Q2")
    assert [programme.at(day).adjustments(q2) for day in (date(2024, 10, 19), date(2024, 10, 20))] == [
        Money(0),
        pounds("7"),
    ]
    assert programme.at(date(2024, 10, 20)).adjustments(q1) == Money(0)


def test_received_is_the_money_of_a_years_returns_that_had_come() -> None:
    programme = Kept()
    for of, amount, on in (
        ("2023/24 Q4", "30", date(2024, 5, 1)),
        ("2024/25 Q1", "12", date(2024, 8, 1)),
    ):
        draft = programme.begins_return(of)
        programme.changes(draft, state=ReturnState.PAID, received=pounds(amount), received_on=on)
    assert [programme.at(day).received(Y24) for day in (date(2024, 7, 31), date(2024, 8, 1))] == [
        Money(0),
        pounds("12"),
    ]
    assert programme.at(date(2024, 8, 1)).received(Y23) == pounds("30")


# Forecast, outturn, variance


def test_a_forecast_of_several_lines_holds_whole_and_each_intervention_has_its_own() -> None:
    programme = Kept()
    programme.intervenes()
    other = programme.intervenes("Lights")
    q1, q2 = programme.begins_return("2024/25 Q1"), programme.begins_return("2024/25 Q2")
    programme.forecasts(q1, "2024/25 Q3", "100")
    programme.forecasts(q1, "2024/25 Q3", "40", intervention_id=other.id)
    programme.forecasts(q2, "2024/25 Q3", "25")
    programme.forecasts(q2, "2024/25 Q3", "5", category_id=programme.equipment.id)
    programme.forecasts(q2, "2024/25 Q2", "9999")  # of its own quarter: no forecast
    forecast = programme.at(date(2024, 9, 30)).forecast
    assert (forecast.total(intervention=1), forecast.total(intervention=other.id)) == (
        pounds("30"),
        pounds("40"),
    )
    assert programme.at(date(2024, 9, 29)).forecast.total(quarter=quarter("2024/25 Q3")) == pounds("140")


def test_outturn_is_spent_to_the_last_quarter_ended_and_the_forecast_of_the_others() -> None:
    """What has come in the quarter that runs is in its forecast: it isn't counted twice."""
    programme = Kept()
    op = programme.intervenes()
    programme.plans(op, "500", "2024/25 Q3")
    programme.plans(op, "300", "2024/25 Q1")
    programme.re_profiles(op, "2024/25 Q3", "500", "450", on=date(2024, 8, 6))
    programme.forecasts(programme.begins_return("2024/25 Q2"), "2024/25 Q3", "200")
    programme.spends(op, "310", date(2024, 5, 1))
    programme.spends(op, "77", date(2024, 10, 10))
    figures = programme.at(date(2024, 10, 21))
    assert (figures.spent.total(), figures.outturn.total()) == (pounds("387"), pounds("510"))
    assert (figures.variance(Y24), figures.variance(Y23)) == (pounds("-240"), Money(0))


# Committed, left


def test_an_order_falls_in_the_year_that_runs_but_not_after_the_awards_last() -> None:
    programme = Kept(ends=date(2024, 3, 31))
    programme.spends(programme.intervenes(), "10", None, ordered_on=date(2024, 3, 1))
    for day in (date(2024, 3, 31), date(2024, 9, 30)):
        figures = programme.at(day)
        assert (figures.committed(Y23), figures.committed(Y24)) == (pounds("10"), Money(0))
    assert programme.at(date(2024, 2, 29)).committed(Y23) == Money(0), "not ordered yet"


def test_what_a_partner_ordered_is_committed_once_in_its_grant() -> None:
    programme = Kept()
    op = programme.intervenes()
    grant = programme.grants(op, "100", "2024/25")
    programme.spends(op, "30", None, grant_id=grant.id, ordered_on=date(2024, 5, 1))
    assert programme.at(date(2024, 9, 30)).committed(Y24) == pounds("100")


def test_granted_and_not_spent_is_of_each_year_and_a_grant_overspent_lends_nothing_to_another() -> None:
    programme = Kept()
    op = programme.intervenes()
    first = programme.grants(op, "100", "2023/24")
    second = programme.grants(op, "40", "2024/25")
    programme.spends(op, "90", date(2024, 2, 1), grant_id=first.id, accepted_on=date(2024, 5, 1))
    programme.spends(op, "55", date(2024, 5, 1), grant_id=second.id, accepted_on=date(2024, 7, 1))
    programme.grants(op, "7", "2024/25")
    figures = programme.at(date(2024, 9, 30))
    assert (figures.committed(Y23), figures.committed(Y24)) == (pounds("10"), pounds("7"))


def test_what_a_partner_spent_in_one_year_uses_nothing_of_the_next() -> None:
    programme = Kept()
    op = programme.intervenes()
    grant = programme.grants(op, "100", "2023/24")
    (source,) = programme.all(GrantSource)
    programme.keeps(replace(source, id=GrantSourceId(2), year=Y24, amount=pounds("50")))
    for net, received in (("90", date(2024, 2, 1)), ("20", date(2024, 5, 1))):
        programme.spends(op, net, received, grant_id=grant.id, accepted_on=received)
    figures = programme.at(date(2024, 9, 30))
    assert (figures.committed(Y23), figures.committed(Y24)) == (pounds("10"), pounds("30"))


@pytest.mark.parametrize("status", [GrantStatus.OFFERED, GrantStatus.CLOSED, GrantStatus.WITHDRAWN])
def test_only_a_live_grant_is_committed(status: GrantStatus) -> None:
    programme = Kept()
    programme.changes(programme.grants(programme.intervenes(), "100", "2024/25"), status=status)
    assert programme.at(date(2024, 9, 30)).committed(Y24) == Money(0)


def test_what_a_grant_takes_from_other_awards_is_no_commitment_of_this_one() -> None:
    programme = Kept()
    grant = programme.grants(programme.intervenes(), "100", "2024/25")
    (own,) = programme.all(GrantSource)
    far = replace(own, id=GrantSourceId(2), intervention_id=InterventionId(99), amount=pounds("60"))
    programme.keeps(far)
    figures = programme.at(date(2024, 9, 30))
    assert figures.committed(Y24) == pounds("100")
    assert (figures.grant(grant).granted, figures.grant(grant).from_award) == (pounds("160"), pounds("100"))


def test_left_is_of_one_year_and_left_to_commit_is_less_what_is_committed() -> None:
    programme = Kept()
    programme.promises("1000", "2023/24")
    programme.promises("500", "2024/25")
    op = programme.intervenes()
    programme.spends(op, "400", date(2024, 2, 1))
    programme.spends(op, "120", date(2024, 5, 1))
    programme.spends(op, "30", None, ordered_on=date(2024, 9, 1))
    figures = programme.at(date(2024, 9, 30))
    assert [(figures.left(each), figures.left_to_commit(each)) for each in (Y23, Y24)] == [
        (pounds("600"), pounds("600")),
        (pounds("380"), pounds("350")),
    ]


# Grants: paying a partner is not the partner spending


def test_an_instalment_is_scheduled_until_the_day_it_is_paid() -> None:
    programme = Kept()
    grant = programme.grants(programme.intervenes(), "100", "2024/25")
    programme.pays(grant.id, "30", InstalmentStatus.PAID, date(2024, 6, 1))
    programme.pays(grant.id, "20", InstalmentStatus.APPROVED)
    programme.pays(grant.id, "10", InstalmentStatus.CANCELLED)
    found = [programme.at(day).grant(grant) for day in (date(2024, 5, 31), date(2024, 6, 1))]
    assert [(each.paid, each.scheduled, each.unscheduled, each.unspent) for each in found] == [
        (Money(0), pounds("50"), pounds("50"), Money(0)),
        (pounds("30"), pounds("20"), pounds("50"), pounds("30")),
    ]


def test_a_grant_of_two_awards_counts_what_was_accepted_in_either() -> None:
    programme = Kept()
    op = programme.intervenes()
    grant = programme.grants(op, "100", "2024/25")
    own = programme.spends(op, "30", date(2024, 5, 1), grant_id=grant.id, accepted_on=date(2024, 6, 1))
    far: list[Cost] = []
    for number, accepted in ((900, date(2024, 6, 1)), (901, None)):
        moved = programme.changes(own, id=number, intervention_id=99, net=pounds("5"), accepted_on=accepted)
        del programme.rows[Cost][number]
        far.append(moved)
    programme.elsewhere.extend(far)
    figures = programme.at(date(2024, 9, 30))
    assert figures.grant(grant).spent == pounds("35")
    assert figures.spent.total() == pounds("30")
