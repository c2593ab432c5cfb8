"""What the tie-out's tables say: never that everything ties while a cost was changed by hand since its form was accepted."""

from dataclasses import replace

from domain.test_form_costs import Reported
from fundtracker.domain.money import Money
from fundtracker.ui.models.tie_out_tables import CHANGED_SINCE, lines_off, payments_off, tables_of


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
