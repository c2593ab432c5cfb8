"""Rules 1, 2, 3 and 5 of product.md: the year is a wall, returns are frozen and prove themselves, no cost twice."""

from dataclasses import replace
from datetime import date

from fundtracker.domain.checks import readiness, within_award
from fundtracker.domain.checks_costs import no_duplicates
from fundtracker.domain.claims import Claim, ClaimPart, tie_problems
from fundtracker.domain.cubes import Cube
from fundtracker.domain.money import Money, total
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.problems import Severity
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.snapshot_text import canonical, fingerprint, recalled
from programme import CAPITAL, Programme, quarter, year

DRAFT = Provenance(program_version="0", history_sequence=1, history_seal="0" * 64, draft=True)


def two_returned_quarters() -> Programme:
    """£10,000 in 2023/24 Q3 and £8,000 in Q4, both submitted."""
    programme = Programme()
    programme.promises("40000", "2023/24")
    programme.promises("60000", "2024/25")
    op = programme.intervenes()
    programme.spends(op, "10000", date(2023, 11, 15))
    programme.submits(programme.begins_return("2023/24 Q3"))
    programme.spends(op, "8000", date(2024, 2, 15))
    programme.submits(programme.begins_return("2023/24 Q4"))
    return programme


def claim(programme: Programme, of: str) -> Claim:
    return Claim(programme.book(), quarter(of))


def parts(found: Claim) -> list[tuple[str, str, str]]:
    return [(line.part.value, str(line.cell.quarter), line.amount.plain) for line in found.lines]


def test_a_claim_is_what_was_spent_in_the_quarter() -> None:
    programme = two_returned_quarters()
    programme.spends(programme.intervenes("Theatre"), "1234.56", date(2024, 4, 30))
    found = claim(programme, "2024/25 Q1")
    assert parts(found) == [("This quarter", "2024/25 Q1", "1234.56")]
    assert found.claim == Money(123456)
    assert not tie_problems(found)


def test_a_late_cost_of_the_same_year_is_an_adjustment_with_its_reason() -> None:
    programme = Programme()
    programme.promises("40000", "2024/25")
    op = programme.intervenes()
    programme.spends(op, "100", date(2024, 4, 30))
    programme.submits(programme.begins_return("2024/25 Q1"))
    programme.spends(op, "55", date(2024, 5, 2), adjustment_reason="Invoice came late")
    programme.spends(op, "20", date(2024, 7, 2))
    found = claim(programme, "2024/25 Q2")
    assert parts(found) == [("Adjustment", "2024/25 Q1", "55.00"), ("This quarter", "2024/25 Q2", "20.00")]
    assert found.lines[0].reason == "Invoice came late"
    assert (found.claim, found.to_date.total()) == (Money.pounds(75), Money.pounds(175))
    assert not tie_problems(found)


def test_a_changed_cost_stands_as_its_difference_and_both_returns_still_tie() -> None:
    programme = two_returned_quarters()
    op = programme.all(FunderReturn)[0]
    assert op.claim == Money.pounds(10_000)
    cost = programme.book().costs_by_id[2]
    programme.changes(cost, net=Money.pounds(7_500), adjustment_reason="Credit note")
    found = claim(programme, "2024/25 Q1")
    assert parts(found) == [("Earlier year", "2023/24 Q4", "-500.00")]
    assert not tie_problems(found)
    assert total(line.amount for line in programme.all(ReturnLine)) == Money.pounds(18_000)


def test_a_correction_to_an_earlier_year_is_never_charged_to_the_new_years_money() -> None:
    programme = two_returned_quarters()
    op = programme.book().costs_by_id[1].intervention_id
    intervention = next(each for each in programme.book().under(type(programme.intervenes("x")), id=op))
    programme.spends(intervention, "300", date(2024, 3, 20), adjustment_reason="Late invoice of last year")
    programme.spends(intervention, "1000", date(2024, 4, 20))
    found = claim(programme, "2024/25 Q1")
    assert (found.claim, found.earlier_years.total()) == (Money.pounds(1000), Money.pounds(300))
    assert found.to_date.total() == Money.pounds(1000)
    programme.submits(programme.begins_return("2024/25 Q1"))
    programme.spends(intervention, "7", date(2024, 7, 20))
    later = claim(programme, "2024/25 Q2")
    assert (later.claim, later.to_date.total()) == (Money.pounds(7), Money.pounds(1007))
    assert later.closing == later.ledger


def test_a_cost_moved_to_another_line_leaves_one_and_joins_the_other() -> None:
    programme = two_returned_quarters()
    cost = programme.book().costs_by_id[2]
    programme.changes(cost, expense=CAPITAL, adjustment_reason="Is an asset")
    found = claim(programme, "2024/25 Q1")
    assert sorted((line.cell.expense.value, line.amount.plain) for line in found.lines) == [
        ("Capital", "8000.00"),
        ("Resource", "-8000.00"),
    ]
    assert found.earlier_years.total() == Money(0)
    assert not tie_problems(found)


def test_a_cost_removed_from_the_award_is_taken_back() -> None:
    programme = two_returned_quarters()
    moved = programme.rows[type(programme.book().costs_by_id[2])].pop(2)
    programme.elsewhere.append(moved)
    found = claim(programme, "2024/25 Q1")
    assert parts(found) == [("Earlier year", "2023/24 Q4", "-8000.00")]


def test_more_than_the_years_award_is_refused_with_the_way_out() -> None:
    programme = Programme()
    programme.promises("1000", "2024/25")
    programme.promises("500000", "2023/24")
    programme.spends(programme.intervenes(), "1000.01", date(2024, 4, 30))
    draft = programme.begins_return("2024/25 Q1")
    (problem,) = within_award(ReturnCase(claim(programme, "2024/25 Q1"), draft))
    assert problem.severity is Severity.ERROR
    assert "£0.01 more than the award of £1,000" in problem.message
    assert "record the funder's variation" in problem.message


def test_the_same_invoice_twice_refuses_until_somebody_says_why() -> None:
    programme = Programme()
    programme.promises("10000", "2024/25")
    op = programme.intervenes()
    programme.spends(op, "480", date(2024, 4, 30), supplier="Acme", invoice_number="A-17")
    twin = programme.spends(op, "480", date(2024, 5, 30), supplier=" ACME ", invoice_number="a-17")
    draft = programme.begins_return("2024/25 Q1")
    case = ReturnCase(claim(programme, "2024/25 Q1"), draft)
    assert [problem.record_id for problem in no_duplicates(case)] == [twin.id]
    programme.changes(twin, duplicate_reason="Second of two equal stage payments")
    assert not list(no_duplicates(ReturnCase(claim(programme, "2024/25 Q1"), draft)))


def test_a_twin_in_another_award_is_found_too_and_a_reversed_one_is_not() -> None:
    programme = Programme()
    programme.promises("10000", "2024/25")
    op = programme.intervenes()
    cost = programme.spends(op, "480", date(2024, 4, 30), supplier="Acme", invoice_number="A-17")
    programme.elsewhere.append(replace(cost, id=900, reference="C-00900"))  # pyright: ignore[reportArgumentType]
    draft = programme.begins_return("2024/25 Q1")
    assert [
        problem.record_id for problem in no_duplicates(ReturnCase(claim(programme, "2024/25 Q1"), draft))
    ] == [cost.id]
    programme.reverses(cost)
    assert not list(no_duplicates(ReturnCase(claim(programme, "2024/25 Q1"), draft)))


def test_the_snapshot_ties_sheet_by_sheet_and_reads_back_from_its_text() -> None:
    programme = two_returned_quarters()
    op = programme.intervenes("Theatre")
    programme.plans(op, "5000", "2024/25 Q1")
    programme.spends(op, "1234.56", date(2024, 4, 30))
    programme.spends(op, "-200", date(2024, 3, 1), adjustment_reason="Refund")
    draft = programme.begins_return("2024/25 Q1")
    snapshot = prepare(programme.book(), draft, DRAFT)
    assert [row.difference for row in snapshot.controls] == [Money(0)] * len(snapshot.controls)
    assert (snapshot.cash.claim, snapshot.cash.earlier_years) == (Money(123456), Money.pounds(-200))
    assert [(row.reference, row.to_date.plain, row.variance.plain) for row in snapshot.spend] == [
        ("SSF5-VAWG-02", "1234.56", "-3765.44")
    ]
    assert all(
        row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
        for row in snapshot.bridge
    )
    text = canonical(snapshot)
    assert recalled(text) == snapshot
    assert fingerprint(canonical(recalled(text))) == fingerprint(text)


def test_a_planted_difference_is_found_by_the_tie() -> None:
    programme = two_returned_quarters()
    found = claim(programme, "2024/25 Q1")
    op = programme.book().costs_by_id[1]
    wrong = Cube.of([(next(iter(found.closing))[0], Money(1))])
    found.__dict__["ledger"] = found.figures.spent + wrong
    assert [problem.record_id for problem in tie_problems(found)] == [op.intervention_id]


def test_readiness_puts_errors_first_and_names_the_clause() -> None:
    programme = Programme()
    programme.promises("10000", "2024/25")
    op = programme.intervenes()
    programme.spends(op, "480", date(2024, 4, 30))
    draft = programme.begins_return("2024/25 Q1")
    found = readiness(ReturnCase(claim(programme, "2024/25 Q1"), draft))
    severities = [problem.severity for problem in found]
    assert severities == sorted(severities, key=list(Severity).index)
    assert "not planned at all" in found[0].message


def test_earlier_lines_are_in_the_year_they_count_in() -> None:
    programme = two_returned_quarters()
    found = claim(programme, "2024/25 Q1")
    assert found.opening.total(year=year("2023/24")) == Money.pounds(18_000)
    assert found.opening.total(year=year("2024/25")) == Money(0)
    assert not [line for line in found.lines if line.part is ClaimPart.THIS_QUARTER]
