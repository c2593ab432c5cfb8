"""What a return must keep before it may be submitted: each check speaks where its rule is broken, and nowhere else.

Every case asks the readiness list, so that a check left out of CHECKS is missed.
"""

from datetime import date
from typing import Any

import pytest

from domain.telling import CLAUSE, ERROR, NOTE, WARNING, Told, pounds
from fundtracker.domain.checks import readiness
from fundtracker.domain.claims import Claim
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.delivery import Asset, AssetId, Document, DocumentId, DocumentKind
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Severity
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.terms import TermKind
from fundtracker.domain.variations import ChangeKind, VariationChange, VariationChangeId
from programme import CAPITAL, RESOURCE, quarter, year

# The year's award, and its two sums


@pytest.mark.parametrize(("spent", "refused"), [("10000.00", False), ("10000.01", True)])
def test_a_year_may_be_claimed_to_its_last_penny(spent: str, refused: bool) -> None:
    office = Told()
    office.spends(office.op, spent, date(2024, 5, 1))
    assert office.says("more than the award of £10,000") == ([(ERROR, "")] if refused else [])


def test_a_correction_may_not_bring_an_earlier_year_above_its_award() -> None:
    """Though nothing of it is charged to this year."""
    office = Told()
    office.promises("1000", "2023/24")
    office.spends(office.op, "1000.01", date(2024, 3, 31), adjustment_reason="Late invoice")
    (problem,) = (each for each in office.told() if "the award of" in each.message)
    assert problem.severity is ERROR
    assert problem.message.startswith("2023/24: this return would bring the claims to £1,000.01")


def test_the_award_is_that_of_the_day_the_return_is_made() -> None:
    """A cut (or a rise) after the quarter's end, in force before the return is sent, counts."""
    office = Told(today=date(2024, 8, 6))
    office.spends(office.op, "9000", date(2024, 5, 1))
    assert not office.says("more than the award")
    office.varies(("2024/25", RESOURCE, "10000", "8000"), on=date(2024, 8, 6))
    assert office.says("£1,000 more than the award of £8,000") == [(ERROR, "")]
    office.varies(("2024/25", RESOURCE, "8000", "9000"), on=date(2024, 8, 7))
    assert office.says("£1,000 more than the award of £8,000") == [(ERROR, "")], "not in force yet"


def above_the_wall() -> Told:
    office = Told()
    office.promises("500", "2024/25", CAPITAL)
    office.spends(office.op, "500.01", date(2024, 5, 1), expense=CAPITAL)
    return office


WALL = "Capital claimed in 2024/25 would be £500.01, above the £500 awarded as capital."


@pytest.mark.parametrize(
    ("number", "found"), [(None, [(WARNING, "")]), ("0", [(WARNING, CLAUSE)]), ("1", [(ERROR, CLAUSE)])]
)
def test_capital_and_resource_are_kept_apart_where_a_term_says_so(
    number: str | None, found: list[tuple[Severity, str]]
) -> None:
    office = above_the_wall()
    if number is not None:
        office.agrees(TermKind.EXPENSE_WALL, number)
    assert office.says(WALL) == found
    office.changes(office.all(Cost)[0], net=pounds("500"))
    assert not office.says("awarded as capital")


@pytest.mark.parametrize(("until", "found"), [(date(2024, 10, 21), NOTE), (date(2024, 10, 20), ERROR)])
def test_a_waiver_makes_a_note_of_it_until_it_expires(until: date, found: Severity) -> None:
    office = above_the_wall()
    office.waives(office.agrees(TermKind.EXPENSE_WALL, "1"), until)
    assert office.says(WALL) == [(found, CLAUSE)]
    assert bool(office.says("Waived until 21/10/2024: Agreed by letter")) is (found is NOTE)


def test_a_waiver_of_one_term_is_none_of_another() -> None:
    office = above_the_wall()
    office.agrees(TermKind.EXPENSE_WALL, "1")
    office.waives(office.agrees(TermKind.MATCH_PERCENT, "50"), date(2025, 3, 31))
    assert office.says(WALL) == [(ERROR, CLAUSE)]


def test_what_refuses_stands_first_whatever_was_looked_at_first() -> None:
    """The wall, looked at early, only warns here; the reason for the variance is missing."""
    found = above_the_wall().told()
    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), key=list(Severity).index
    )
    assert (found[0].severity, found[0].column) == (ERROR, "reason")
    assert WALL in [each.message[: len(WALL)] for each in found[1:]]


# The return proves itself


def test_a_return_that_does_not_tie_is_not_ready() -> None:
    """Even where what is wrong in one line makes up for what is wrong in another."""
    office = Told()
    office.spends(office.op, "100", date(2024, 5, 1))
    claim = Claim(office.book(), office.of)
    (cell, _), *_ = claim.ledger
    other = Cell(cell.intervention_id, CAPITAL, cell.category_id, cell.quarter)
    claim.__dict__["ledger"] = claim.ledger + Cube.of([(cell, Money(-1)), (other, Money(1))])
    found = readiness(ReturnCase(claim, office.draft))
    assert [each.message for each in found if "the cost records" in each.message] == [
        "SSF5-VAWG-01 Op Vigilant, 2024/25 Q1: the returns say 100.00, the cost records 99.99.",
        "SSF5-VAWG-01 Op Vigilant, 2024/25 Q1: the returns say 0.00, the cost records 0.01.",
    ]
    assert all(each.severity is ERROR for each in found if "the cost records" in each.message)


def test_a_return_whose_claim_is_not_its_lines_is_not_ready() -> None:
    office = Told()
    office.spends(office.op, "100", date(2024, 5, 1))
    claim = Claim(office.book(), office.of)
    claim.__dict__["claim"] = pounds("99")
    found = readiness(ReturnCase(claim, office.draft))
    assert found[0].message == "The cost lines add up to 100.00, the claim is 99.00."


@pytest.mark.parametrize(
    ("of", "received"), [("2024/25 Q2", date(2024, 5, 1)), ("2024/25 Q1", date(2024, 2, 1))]
)
def test_an_adjustment_and_a_correction_of_an_earlier_year_each_want_a_reason(
    of: str, received: date
) -> None:
    office = Told(of)
    office.promises("10000", "2023/24")
    late = office.spends(office.op, "100", received)
    (problem,) = (each for each in office.told() if each.column == "adjustment_reason")
    assert (problem.severity, problem.record_id) == (ERROR, late.id)
    office.changes(late, adjustment_reason="Invoice found")
    assert not [each for each in office.told() if each.column == "adjustment_reason"]


def test_the_reversal_of_a_returned_cost_is_its_own_reason() -> None:
    office = Told()
    cost = office.spends(office.op, "100", date(2024, 5, 1))
    office.submits(office.draft)
    office.of = quarter("2024/25 Q2")
    office.draft = office.begins_return(office.of)
    office.reverses(cost)
    (line,) = Claim(office.book(), office.of).lines
    assert (line.amount, line.reason) == (pounds("-100"), "Reversal of C-00001")
    assert not [each for each in office.told() if each.column == "adjustment_reason"]


# Variances


@pytest.mark.parametrize(
    ("spent", "told"),
    [
        ("1100.00", ""),
        ("1101.00", "£101 above profile (10.1%)"),
        ("900.00", ""),
        ("899.00", "£101 below profile (10.1%)"),
        ("1000.00", ""),
    ],
)
def test_a_variance_above_ten_per_cent_either_way_wants_a_reason(spent: str, told: str) -> None:
    office = Told("2024/25 Q4")
    office.plans(office.op, "1000", "2024/25 Q1")
    office.spends(office.op, spent, date(2024, 5, 1), adjustment_reason="Late")
    assert office.says(f"outturn is {told}") == ([(ERROR, "")] if told else [])
    office.explains()
    assert not office.says("outturn is ")


def test_spend_that_nobody_planned_wants_a_reason_and_that_of_another_line_is_none() -> None:
    office = Told()
    office.spends(office.op, "1", date(2024, 5, 1))
    office.explains(CAPITAL)
    assert office.says(
        "SSF5-VAWG-01 Op Vigilant, resource, Staff: outturn is £1 above profile (not planned at all)"
    ) == [(ERROR, "")]


def test_the_agreement_may_ask_for_reasons_sooner() -> None:
    office = Told("2024/25 Q4")
    office.plans(office.op, "1000", "2024/25 Q1")
    office.spends(office.op, "950", date(2024, 5, 1), adjustment_reason="Late")
    assert not office.says("outturn is ")
    office.agrees(TermKind.VARIANCE_REASON, "2")
    assert office.says("outturn is £50 below profile (5%)") == [(ERROR, CLAUSE)]


# No cost twice


def twice(*, net: str = "480", received: date | None = date(2024, 5, 1), **differs: Any) -> Told:
    """A cost, and another that differs in what is given."""
    office = Told()
    office.spends(office.op, "480", date(2024, 5, 1), supplier="Acme", invoice_number="A-17")
    office.spends(office.op, net, received, **{"supplier": "Acme", "invoice_number": "A-17", **differs})
    return office


def test_the_same_supplier_invoice_and_sum_is_a_duplicate() -> None:
    assert twice().says("C-00002 and C-00001 are the same: Acme, invoice A-17, £480.") == [(ERROR, "")]


@pytest.mark.parametrize(
    "differs",
    [
        {"supplier": "Apex"},
        {"invoice_number": "A-18"},
        {"invoice_number": ""},
        {"net": "480.01"},
        {"vat": Money(1)},
        {"received": date(2024, 7, 1)},
        {"received": None},
    ],
)
def test_what_is_not_the_same_is_no_duplicate(differs: dict[str, Any]) -> None:
    assert not twice(**differs).says("are the same")


def test_payments_without_an_invoice_number_are_no_duplicates() -> None:
    office = twice(invoice_number="")
    office.changes(office.all(Cost)[0], invoice_number="")
    assert not office.says("are the same")


def test_a_duplicate_that_comes_late_is_flagged_and_one_returned_long_ago_is_not_asked_about_again() -> None:
    office = Told()
    office.spends(office.op, "480", date(2024, 5, 1), supplier="Acme", invoice_number="A-17")
    office.submits(office.draft)
    office.of = quarter("2024/25 Q2")
    office.draft = office.begins_return(office.of)
    office.spends(
        office.op,
        "480",
        date(2024, 6, 1),
        supplier="Acme",
        invoice_number="A-17",
        adjustment_reason="Found",
    )
    assert office.says("C-00002 and C-00001 are the same") == [(ERROR, "")]
    office.submits(office.draft)
    office.of = quarter("2024/25 Q3")
    office.draft = office.begins_return(office.of)
    assert not office.says("are the same")


def test_a_twin_that_was_entered_first_and_came_later_is_flagged_when_it_comes() -> None:
    """Ordered, then the invoice entered again and claimed; then the order comes."""
    office = Told()
    ordered = office.spends(office.op, "480", None, supplier="Acme", invoice_number="A-17")
    office.spends(office.op, "480", date(2024, 5, 1), supplier="Acme", invoice_number="A-17")
    assert not office.says("are the same")
    office.submits(office.draft)
    office.of = quarter("2024/25 Q2")
    office.draft = office.begins_return(office.of)
    office.changes(ordered, received_on=date(2024, 7, 1))
    assert office.says("C-00001 and C-00002 are the same: Acme, invoice A-17, £480.") == [(ERROR, "")]
    office.changes(office.all(Cost)[0], duplicate_reason="Two deliveries on one invoice")
    assert not office.says("are the same")


@pytest.mark.parametrize(("net", "flagged"), [("480", False), ("479.99", True), ("0.01", True)])
def test_only_a_reversal_of_the_whole_leaves_no_duplicate(net: str, flagged: bool) -> None:
    office = twice()
    reversal = office.reverses(office.all(Cost)[1])
    office.changes(reversal, net=-pounds(net))
    assert bool(office.says("are the same")) is flagged


def evidenced(*hashes: str) -> Told:
    """Costs of different invoices, each with a file of this fingerprint behind it."""
    office = Told()
    for number, sha256 in enumerate(hashes, start=1):
        cost = office.spends(office.op, f"{number}0.00", date(2024, 5, 1), invoice_number=f"A-{number}")
        office.keeps(
            Document(
                id=DocumentId(number),
                name=f"scan {number}.pdf",
                sha256=sha256,
                kind=DocumentKind.INVOICE,
                cost_id=cost.id,
            )
        )
    return office


SAME = "C-00002 and C-00001 rest on the same evidence, scan 2.pdf."


def test_one_file_behind_two_costs_is_flagged() -> None:
    assert not evidenced("a" * 64, "b" * 64).says("the same evidence")
    office = evidenced("a" * 64, "a" * 64)
    assert office.says(SAME) == [(WARNING, "")]
    office.changes(office.all(Cost)[1], duplicate_reason="One invoice, two interventions")
    assert not office.says("the same evidence")


def test_one_file_behind_a_cost_and_its_reversal_is_not() -> None:
    office = evidenced("a" * 64, "a" * 64)
    office.reverses(office.all(Cost)[0])
    assert not office.says("the same evidence")


def test_one_file_behind_costs_returned_long_ago_is_not_asked_about_again() -> None:
    office = evidenced("a" * 64, "a" * 64)
    office.submits(office.draft)
    office.of = quarter("2024/25 Q2")
    office.draft = office.begins_return(office.of)
    assert not office.says("the same evidence")


# The quarter


@pytest.mark.parametrize(("today", "early"), [(date(2024, 6, 30), True), (date(2024, 7, 1), False)])
def test_a_return_is_submitted_once_its_quarter_is_over(today: date, early: bool) -> None:
    found = Told(today=today).says("2024/25 Q1 runs to 30/06/2024: its return is submitted after that day.")
    assert found == ([(ERROR, "")] if early else [])


# The award's dates


@pytest.mark.parametrize(
    ("received", "outside"),
    [
        (date(2023, 9, 30), True),
        (date(2023, 10, 1), False),
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
    ],
)
def test_costs_fall_within_the_awards_dates(received: date, outside: bool) -> None:
    office = Told("2024/25 Q2", ends=date(2024, 6, 30))
    office.promises("10000", "2023/24")
    office.spends(office.op, "10", received, adjustment_reason="Late")
    assert bool(office.says("outside the award's dates (01/10/2023 to 30/06/2024)")) is outside


def test_an_extension_in_force_moves_the_last_day() -> None:
    office = Told("2024/25 Q2", ends=date(2024, 6, 30))
    office.spends(office.op, "10", date(2024, 7, 1))
    variation = office.varies(on=date(2024, 6, 1))
    office.keeps(
        VariationChange(
            id=VariationChangeId(1),
            variation_id=variation.id,
            kind=ChangeKind.EXTENSION,
            old_date=date(2024, 6, 30),
            new_date=date(2024, 9, 30),
        )
    )
    assert not office.says("outside the award's dates")
    office.changes(variation, approved_on=date(2024, 10, 22))
    assert office.says("outside the award's dates") == [(ERROR, "")], "not approved by the day"


# Match, assets, underspend, time


@pytest.mark.parametrize(
    ("of", "said", "severity"),
    [
        ("2024/25 Q3", "Match of 2024/25 is £4,999 so far; £5,000 is asked for by 31/03/2025.", NOTE),
        ("2024/25 Q4", "Match of 2024/25 is £4,999; £5,000 is asked for. Record the rest", WARNING),
    ],
)
def test_match_of_the_year_is_told_till_its_last_quarter_and_asked_for_then(
    of: str, said: str, severity: Severity
) -> None:
    office = Told(of)
    office.agrees(TermKind.MATCH_PERCENT, "50")
    office.matches("4999", "2024/25 Q1")
    office.matches("1000", "2023/24 Q4")
    assert office.says(said) == [(severity, CLAUSE)]
    office.matches("1", of)
    assert not office.says("is asked for")


@pytest.mark.parametrize(
    ("net", "expense", "found"),
    [
        ("500.00", CAPITAL, []),
        ("500.01", CAPITAL, [(WARNING, CLAUSE)]),
        ("500.01", RESOURCE, []),
    ],
)
def test_capital_above_the_threshold_is_registered(
    net: str, expense: Any, found: list[tuple[Severity, str]]
) -> None:
    office = Told()
    office.agrees(TermKind.ASSET_THRESHOLD, amount=pounds("500"))
    office.spends(office.op, net, date(2024, 5, 1), expense=expense)
    assert office.says("no asset on the register") == found
    office.keeps(
        Asset(
            id=AssetId(1),
            intervention_id=office.op.id,
            description="Camera",
            bought_on=date(2024, 5, 1),
            cost=pounds(net),
        )
    )
    assert not office.says("no asset on the register")


def test_an_underspend_of_this_year_wants_its_cause() -> None:
    office = Told()
    office.promises("5000", "2023/24")
    office.spends(office.op, "4000", date(2024, 2, 1), adjustment_reason="Late")
    office.spends(office.op, "9000", date(2024, 5, 1))
    assert office.says("£1,000 of 2024/25 is forecast to stay unspent") == [(WARNING, "")]
    office.forecasts(office.op, "400")
    assert office.says("£600 of 2024/25 is forecast to stay unspent") == [(WARNING, "")]
    office.changes(office.draft, underspend_cause="Late start")
    assert not office.says("forecast to stay unspent")
    office.changes(office.draft, underspend_cause="")
    office.forecasts(office.op, "600")
    assert not office.says("forecast to stay unspent"), "the year is spent to the penny"


@pytest.mark.parametrize(("today", "late"), [(date(2024, 7, 30), False), (date(2024, 7, 31), True)])
def test_a_late_return_is_said_to_be_late(today: date, late: bool) -> None:
    office = Told(today=today)
    office.changes(office.draft, due_on=date(2024, 7, 30))
    found = office.says("This return was due on 30/07/2024.")
    assert found == ([(WARNING, "")] if late else [])


def test_the_year_of_the_cases_is_the_year_of_the_award() -> None:
    """Or every case above would hold of nothing at all."""
    claim = Claim(Told().book(), quarter("2024/25 Q1"))
    assert (claim.year, claim.figures_now.awarded(claim.year)) == (year("2024/25"), pounds("10000"))
