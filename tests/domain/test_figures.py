"""The figures of an award, each as product.md section 3 defines it."""

from datetime import date
from decimal import Decimal

from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Instalment, InstalmentId, InstalmentStatus
from fundtracker.domain.money import Money
from fundtracker.domain.periods import reported_quarter
from fundtracker.domain.returns import Forecast, ForecastId
from programme import CAPITAL, RESOURCE, Programme, quarter, year

Y23, Y24 = year("2023/24"), year("2024/25")


def test_awarded_follows_variations_from_the_day_they_are_in_force() -> None:
    programme = Programme()
    programme.promises("200000", "2023/24")
    programme.promises("242950", "2024/25")
    programme.varies(("2024/25", RESOURCE, "242950", "163219"), on=date(2024, 8, 6))
    before, after = Figures(programme.book(), date(2024, 8, 5)), Figures(programme.book(), date(2024, 8, 6))
    assert (before.awarded(Y23), before.awarded(Y24)) == (Money.pounds(200_000), Money.pounds(242_950))
    assert (after.awarded(Y23), after.awarded(Y24)) == (Money.pounds(200_000), Money.pounds(163_219))
    assert after.awarded(Y24, CAPITAL) == Money(0)


def test_spent_counts_in_the_quarter_received_net_of_recoverable_vat_and_gross_of_irrecoverable() -> None:
    programme = Programme()
    op = programme.intervenes()
    programme.spends(
        op, "100.00", date(2024, 6, 30), vat=Money(2000), vat_recoverable=True, paid_on=date(2024, 8, 1)
    )
    programme.spends(op, "100.00", date(2024, 7, 1), vat=Money(2000), vat_recoverable=False)
    programme.spends(op, "999.00", None, ordered_on=date(2024, 6, 1))
    spent = Figures(programme.book(), date(2024, 9, 30)).spent
    assert spent.total(quarter=quarter("2024/25 Q1")) == Money(10000)
    assert spent.total(quarter=quarter("2024/25 Q2")) == Money(12000)


def test_a_reversed_accrual_nets_to_nothing_and_the_invoice_stands_in_its_place() -> None:
    programme = Programme()
    op = programme.intervenes()
    accrual = programme.spends(op, "5000.00", date(2024, 6, 28), invoice_number="")
    figures = Figures(programme.book(), date(2024, 6, 30))
    assert (figures.spent.total(), figures.accrued.total()) == (Money.pounds(5000), Money.pounds(5000))
    programme.reverses(accrual)
    programme.spends(op, "4800.00", date(2024, 6, 28), invoiced_on=date(2024, 7, 12))
    figures = Figures(programme.book(), date(2024, 7, 31))
    assert (figures.spent.total(), figures.accrued.total()) == (Money.pounds(4800), Money(0))


def test_a_partners_cost_counts_once_accepted() -> None:
    programme = Programme()
    op = programme.intervenes()
    grant = programme.grants(op, "50000", "2024/25")
    cost = programme.spends(op, "1200.00", date(2024, 5, 1), grant_id=grant.id)
    assert Figures(programme.book(), date(2024, 9, 30)).spent.total() == Money(0)
    programme.changes(cost, accepted_on=date(2024, 7, 12))
    assert Figures(programme.book(), date(2024, 9, 30)).spent.total(
        quarter=quarter("2024/25 Q1")
    ) == Money.pounds(1200)


def test_granted_paid_spent_and_unspent_are_four_figures() -> None:
    programme = Programme()
    op = programme.intervenes()
    grant = programme.grants(op, "50000", "2024/25")
    for number, (amount, status, paid) in enumerate(
        [
            ("20000", InstalmentStatus.PAID, date(2024, 5, 1)),
            ("15000", InstalmentStatus.HELD, None),
            ("5000", InstalmentStatus.CANCELLED, None),
        ],
        1,
    ):
        programme.rows.setdefault(Instalment, {})[number] = Instalment(
            id=InstalmentId(number),
            grant_id=grant.id,
            reference=f"I-{number}",
            amount=Money.pounds(amount),
            due_on=date(2024, 5, 1),
            status=status,
            paid_on=paid,
        )
    programme.spends(op, "23000.00", date(2024, 6, 1), grant_id=grant.id, accepted_on=date(2024, 7, 1))
    figures = Figures(programme.book(), date(2024, 9, 30)).grant(grant)
    assert (
        figures.granted,
        figures.paid,
        figures.scheduled,
        figures.unscheduled,
        figures.spent,
        figures.unspent,
    ) == (
        Money.pounds(50_000),
        Money.pounds(20_000),
        Money.pounds(15_000),
        Money.pounds(15_000),
        Money.pounds(23_000),
        Money.pounds(-3_000),
    )


def test_committed_is_ordered_and_not_received_plus_granted_and_not_spent() -> None:
    programme = Programme()
    programme.promises("100000", "2024/25")
    op = programme.intervenes()
    grant = programme.grants(op, "50000", "2024/25")
    programme.spends(op, "23000.00", date(2024, 6, 1), grant_id=grant.id, accepted_on=date(2024, 7, 1))
    programme.spends(op, "8000.00", None, ordered_on=date(2024, 9, 1))
    programme.spends(op, "1000.00", date(2024, 9, 1), ordered_on=date(2024, 8, 1))
    figures = Figures(programme.book(), date(2024, 9, 30))
    assert figures.committed(Y24) == Money.pounds(8000 + 27000)
    assert figures.committed(Y23) == Money(0)
    assert figures.left(Y24) == Money.pounds(100_000 - 24_000)
    assert figures.left_to_commit(Y24) == Money.pounds(100_000 - 24_000 - 35_000)


def test_forecast_is_the_latest_and_outturn_adds_it_to_spent() -> None:
    programme = Programme()
    op = programme.intervenes()
    q1, q2 = programme.begins_return("2024/25 Q1"), programme.begins_return("2024/25 Q2")
    rows = [(q1, "Q2", "100"), (q1, "Q3", "200"), (q1, "Q4", "300"), (q2, "Q3", "250")]
    for number, (made_in, of, amount) in enumerate(rows, 1):
        programme.rows.setdefault(Forecast, {})[number] = Forecast(
            id=ForecastId(number),
            return_id=made_in.id,
            intervention_id=op.id,
            quarter=quarter(f"2024/25 {of}"),
            expense=RESOURCE,
            category_id=programme.staff.id,
            amount=Money.pounds(amount),
        )
    programme.spends(op, "75.00", date(2024, 5, 1))
    at_q1, at_q2 = Figures(programme.book(), date(2024, 6, 30)), Figures(programme.book(), date(2024, 10, 21))
    assert (at_q1.forecast.total(), at_q1.outturn.total()) == (Money.pounds(600), Money.pounds(675))
    assert (at_q2.forecast.total(), at_q2.outturn.total()) == (Money.pounds(550), Money.pounds(625))


def test_profile_keeps_its_original_beside_the_current() -> None:
    programme = Programme()
    op = programme.intervenes()
    programme.plans(op, "1000", "2024/25 Q3")
    programme.re_profiles(op, "2024/25 Q3", "1000", "640", on=date(2024, 8, 6))
    figures = Figures(programme.book(), date(2024, 10, 21))
    assert (figures.original_profile.total(), figures.current_profile.total()) == (
        Money.pounds(1000),
        Money.pounds(640),
    )
    assert Figures(programme.book(), date(2024, 8, 5)).current_profile.total() == Money.pounds(1000)


def test_the_reported_quarter_is_the_last_one_ended() -> None:
    assert [
        str(reported_quarter(day)) for day in (date(2024, 9, 29), date(2024, 9, 30), date(2024, 10, 21))
    ] == [
        "2024/25 Q1",
        "2024/25 Q2",
        "2024/25 Q2",
    ]


def test_a_variance_of_nothing_planned_has_no_percentage() -> None:
    assert Money(5).percent_of(Money(0)) is None
    assert Money(5).percent_of(Money(40)) == Decimal("12.5")
