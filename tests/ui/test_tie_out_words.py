"""What the tie-out's tables say: never that everything ties while a cost was changed by hand since its form was accepted."""

from dataclasses import replace

import pytest

from domain.test_form_costs import Reported
from domain.test_tie_out import Q3, Q4, office
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.tie_out import tie_out
from fundtracker.ui.models.tie_out_tables import (
    AFTER,
    CHANGED_SINCE,
    LINES,
    lines_off,
    payments_off,
    tables_of,
)


def test_a_cost_changed_since_its_form_was_accepted_is_a_gap_by_name() -> None:
    office = Reported()
    before = tables_of(office.tied())
    assert not any(CHANGED_SINCE in row.cells[1] for row in before.gaps)
    office.changes(office.first, net=Money.pounds("500.40"))
    after = tables_of(office.tied())
    assert after.verdict.startswith("⚠ Not everything ties: 1 difference in the partners' forms. ")
    assert (lines_off(after.tied), payments_off(after.tied)) == (0, 0)
    assert [row.cells for row in after.gaps][-2:] == [
        ("", f"{CHANGED_SINCE}: 1 item", "-0.10"),
        (
            "G-1 2024-25-Q1",
            "SSF5-VAWG-01 Op Vigilant, resource, Staff: the form says £700.50, its costs now £700.40",
            "-0.10",
        ),
    ]


def test_differences_are_counted_where_they_are() -> None:
    tied = Reported().tied()
    row = replace(tied.rows[0], returned=tied.rows[0].returned + Money(1))
    posted = replace(tied.posted, lines=tied.posted.lines + Money(1))
    odd = replace(tied, rows=(row, *tied.rows[1:]), posted=posted)
    assert (lines_off(tied), payments_off(tied)) == (0, 0)
    assert payments_off(odd) == 1
    said = f"⚠ Not everything ties: {lines_off(odd)} differences in the return lines, 1 difference in the payments. "
    assert lines_off(odd) == 2  # the line's, and the claim's
    assert tables_of(odd).verdict.startswith(said)


def test_a_row_at_odds_is_told_by_its_name_which_stays_in_sight() -> None:
    built, ledger = office()
    tied = tie_out(built.book(), Q4, ledger.of_award())
    second = replace(tied.rows[1], returned=tied.rows[1].returned + Money(1))
    paid = replace(tied.payments[0], ledger=tied.payments[0].ledger - Money(250))
    odd = tables_of(replace(tied, rows=(tied.rows[0], second), payments=(paid, *tied.payments[1:])))
    assert [(row.name, row.bold, row.cells[-1]) for row in odd.lines] == [
        ("SSF5-VAWG-01", False, "0.00"), ("SSF5-VAWG-01 ⚠", True, "⚠ -0.01"), ("Total ⚠", True, "⚠ -0.01"),
        ("The claim ⚠", True, "⚠ 0.01"),
    ]  # fmt: skip
    assert odd.lines[1].help.endswith(": it differs by £0.01")
    assert [(row.name, row.bold) for row in odd.payments][:3] == [
        ("SSF5-VAWG-01 ⚠", True), ("G-1", False), ("Total ⚠", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("net", "taken_back", "words"), [("990", "10.00", " + £10.00"), ("1025.5", "-25.50", " - £25.50")]
)
def test_the_columns_of_a_submitted_return_add_up_across(net: str, taken_back: str, words: str) -> None:
    """What came later is taken back with the sign it is added with, in the table and in the sentence above it."""
    built, ledger = office()
    first = built.rows[Cost][1]
    built.changes(first, net=Money.pounds(net), adjustment_reason="The invoice was another")
    found = tables_of(tie_out(built.book(), Q3, ledger.of_award()))
    heads = [each.words for each in LINES]
    worked_out = heads.index("Worked out")
    assert heads[AFTER] == "Changes taken back"
    for row in found.lines[:-1]:  # without the claim, which has no parts
        parts = (Money.read(text) for text in row.cells[2:worked_out])
        assert sum(each.pence for each in parts) == Money.read(row.cells[worked_out]).pence
        assert row.cells[AFTER] == taken_back
    assert f"{words} of later changes taken back = £1,000.00" in found.verdict
