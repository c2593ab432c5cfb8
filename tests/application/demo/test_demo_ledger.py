"""The cost lines: believable, within the awards, and with exactly the oddities the story tells of."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from application.demo.rehearsal import Rehearsal
from fundtracker.application.demo.returns import CALENDAR, Q1, Q2
from fundtracker.domain.awards import Award, AwardStatus
from fundtracker.domain.bids import Expense
from fundtracker.domain.checks_costs import duplicates
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import Asset
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear, Quarter

LAST_RECEIVED, TODAY = date(2024, 9, 30), date(2024, 10, 21)


def costs_of(played: Rehearsal, award: Award) -> list[Cost]:
    own = {each.id for each in played.select(Intervention, award_id=award.id)}
    return [each for each in played.all(Cost) if each.intervention_id in own]


def award_of(played: Rehearsal, cost: Cost) -> Award:
    intervention = played.get(Intervention, cost.intervention_id)
    award = played.get(Award, intervention.award_id if intervention else None)
    assert award
    return award


def entered_late(played: Rehearsal) -> list[Cost]:
    """Costs entered after the return of their quarter was sent."""
    sent = {each.quarter: each.submitted_on for each in CALENDAR if each.submitted_on}
    return [
        cost
        for cost in played.all(Cost)
        if cost.quarter and (day := sent.get(cost.quarter)) and played.entered[cost.id] > day
    ]


def test_about_900_lines(played: Rehearsal) -> None:
    assert 850 <= len(played.all(Cost)) <= 950
    assert [each.reference for each in played.all(Cost)] == [
        f"C-{n:05d}" for n in range(1, len(played.all(Cost)) + 1)
    ]


def test_dates_follow_one_another(played: Rehearsal) -> None:
    for cost in played.all(Cost):
        dates = [d for d in (cost.ordered_on, cost.received_on, cost.invoiced_on, cost.paid_on) if d]
        assert dates == sorted(dates), cost
        if cost.ordered_on and cost.received_on and cost.ordered_on != award_of(played, cost).starts_on:
            assert cost.ordered_on < cost.received_on
        known = [d for d in (*dates, cost.accepted_on) if d]
        assert max(known, default=TODAY) <= TODAY
        if cost.invoiced_on and not cost.adjustment_reason:
            assert cost.invoiced_on <= played.entered[cost.id]


def test_nothing_is_received_after_the_quarter_reported(played: Rehearsal) -> None:
    assert max(each.received_on for each in played.all(Cost) if each.received_on) <= LAST_RECEIVED
    ordered = [each for each in played.all(Cost) if each.received_on is None]
    assert len(ordered) == 12
    assert all(each.ordered_on and not each.invoice_number for each in ordered)


def test_closed_awards_are_spent_or_a_little_under(played: Rehearsal) -> None:
    for award in played.all(Award):
        if award.status is AwardStatus.CLOSED:
            figures = Figures(played.book(award), TODAY)
            for year in figures.years:
                left = figures.left(year)
                assert left >= ZERO
                assert left.pence * 100 <= figures.awarded(year).pence * 3, f"{award.reference} {year} {left}"
            assert not figures.accrued.total()
    figures = Figures(played.book(played.named(Award, "SSF4-ASB")), TODAY)
    assert figures.left(FinancialYear(2022)) == ZERO


def test_no_year_is_spent_above_its_award(played: Rehearsal) -> None:
    for award in played.all(Award):
        figures = Figures(played.book(award), TODAY)
        for year in figures.years:
            for expense in Expense:
                spent = figures.spent.total(year=year, expense=expense)
                assert spent <= figures.awarded(year, expense), f"{award.reference} {year} {expense.value}"


def test_spend_is_natural_against_profile(played: Rehearsal) -> None:
    """Round 5 at half-year: neither nothing nor all of 2024/25, with something left to commit."""
    for reference in ("SSF5-VAWG", "SSF5-ASB", "SSF5-RUR"):
        figures = Figures(played.book(played.named(Award, reference)), TODAY)
        year = FinancialYear(2024)
        share = figures.spent.total(year=year).percent_of(figures.awarded(year))
        assert share
        assert 40 <= share <= 60
        assert figures.left_to_commit(year) > ZERO


def test_vat_is_a_fifth_and_irrecoverable_only_for_charities(played: Rehearsal) -> None:
    for cost in played.all(Cost):
        assert abs(abs(cost.vat.pence) * 5 - abs(cost.net.pence)) <= 3 or not cost.vat
        if not cost.vat_recoverable:
            assert re.search("Trust|Outreach|Medics", cost.supplier)
    assert {each.vat_recoverable for each in played.all(Cost)} == {True, False}


def test_payroll_has_no_vat_and_comes_monthly(played: Rehearsal) -> None:
    payroll = [each for each in played.all(Cost) if "payroll" in each.supplier]
    assert len(payroll) > 100
    assert not any(each.vat for each in payroll)
    monthly = Counter((each.intervention_id, each.invoice_number) for each in payroll)
    assert set(monthly.values()) == {1}


def test_suppliers_are_marked_as_examples(played: Rehearsal) -> None:
    suppliers = {each.supplier for each in played.all(Cost)}
    unmarked = {each for each in suppliers if "(example)" not in each}
    assert unmarked == {
        "Gloucestershire Constabulary payroll",
        "Gloucestershire OPCC payroll",
        "Gloucester City Council payroll",
    }


def test_every_reversal_nets_to_nothing(played: Rehearsal) -> None:
    by_id = {each.id: each for each in played.all(Cost)}
    reversals = [each for each in played.all(Cost) if each.reversal_of]
    assert len(reversals) == 17
    for each in reversals:
        original = by_id[each.reversal_of or CostId(0)]
        assert (each.net, each.vat, each.received_on) == (-original.net, -original.vat, original.received_on)
        assert original.description.startswith("Accrual: ")
        assert played.entered[each.id] > played.entered[original.id]


def test_each_reversed_accrual_has_its_invoice_of_the_same_day(played: Rehearsal) -> None:
    by_id = {each.id: each for each in played.all(Cost)}
    for reversal in (each for each in played.all(Cost) if each.reversal_of):
        accrual = by_id[reversal.reversal_of or CostId(0)]
        words = accrual.description.removeprefix("Accrual: ")
        (invoice,) = [
            each
            for each in played.all(Cost)
            if (each.description, each.received_on, each.intervention_id)
            == (words, accrual.received_on, accrual.intervention_id)
            and played.entered[each.id] == played.entered[reversal.id]
            and each.invoiced_on
        ]
        assert ZERO <= accrual.eligible - invoice.eligible <= Money.pounds(100)


def test_open_accruals_stand_at_the_end(played: Rehearsal) -> None:
    standing = {each.reversal_of for each in played.all(Cost)}
    accruals = [
        each
        for each in played.all(Cost)
        if each.description.startswith("Accrual: ") and each.id not in standing
    ]
    assert len(accruals) == 6
    assert {each.quarter for each in accruals} == {Q2}


def test_exactly_one_duplicate(played: Rehearsal) -> None:
    found = {pair[0].reference for award in played.all(Award) for pair in duplicates(played.book(award))}
    assert len(found) == 1
    twice = played.named(Cost, found.pop())
    assert award_of(played, twice).reference == "SSF5-ASB"
    assert twice.quarter == Q2
    assert not twice.duplicate_reason


def test_the_duplicate_is_reversed_before_submission(resolved: Rehearsal) -> None:
    assert not [pair for award in resolved.all(Award) for pair in duplicates(resolved.book(award))]


def test_exactly_one_late_cost(played: Rehearsal) -> None:
    """Beside reversals, invoices in place of accruals and the credit note: each of them has its reason."""
    late = entered_late(played)
    assert all(each.adjustment_reason for each in late)
    of_accruals = "The invoice came after the return that claimed the accrual."
    (one, *others) = [
        each
        for each in late
        if each.adjustment_reason != of_accruals and each.quarter and each.quarter.year.start == 2024
    ]
    assert not others
    assert (one.supplier, one.net.plain, one.quarter) == ("Whitmoor School (example)", "486.00", Q1)


def test_one_correction_to_the_year_before(played: Rehearsal) -> None:
    old = [each for each in entered_late(played) if each.quarter == Quarter(FinancialYear(2023), 4)]
    assert [(each.net.plain, award_of(played, each).reference) for each in old] == [("-312.50", "SSF5-RUR")]


def test_partners_costs_are_accepted_in_time(played: Rehearsal) -> None:
    partners = [each for each in played.all(Cost) if each.grant_id]
    assert len(partners) > 60
    for each in partners:
        assert each.accepted_on
        assert each.quarter
        days = each.accepted_on - each.quarter.ends_on
        assert timedelta(days=10) <= days <= timedelta(days=20)
        assert each.accepted_on <= played.entered[each.id]


@pytest.mark.parametrize("reference", ["GR-SSF5-FOD"])
def test_one_partner_is_out_of_pocket_and_the_others_are_not(played: Rehearsal, reference: str) -> None:
    unspent: dict[str, Money] = {}
    for award in played.all(Award):
        book = played.book(award)
        for grant in book.all(Grant):
            figures = Figures(book, TODAY).grant(grant)
            unspent[grant.reference] = figures.unspent
            assert figures.spent <= figures.granted
    assert len(unspent) == 8
    assert [name for name, left in unspent.items() if left < ZERO] == [reference]


def test_assets_are_the_large_capital_invoices(played: Rehearsal) -> None:
    assert all(each.cost > Money.pounds(10_000) for each in played.all(Asset))
    for asset in played.all(Asset):
        reference = re.search(r"\((C-\d+)\)", asset.description)
        assert reference
        cost = played.named(Cost, reference[1])
        assert (cost.eligible, cost.received_on) == (asset.cost, asset.bought_on)
        assert total([cost.net]) > Money.pounds(10_000)
