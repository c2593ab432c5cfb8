"""What the tie-out's tables say: never that everything ties while a cost was changed by hand since its form was accepted."""

from domain.test_form_costs import Reported
from fundtracker.domain.money import Money
from fundtracker.ui.models.tie_out_tables import CHANGED_SINCE, tables_of


def test_a_cost_changed_since_its_form_was_accepted_is_a_gap_by_name() -> None:
    office = Reported()
    before = tables_of(office.tied())
    assert not any(CHANGED_SINCE in row.cells[1] for row in before.gaps)
    office.changes(office.first, net=Money.pounds("500.40"))
    after = tables_of(office.tied())
    assert after.verdict.startswith("⚠ Not everything ties: ")
    assert [row.cells for row in after.gaps][-2:] == [
        ("", f"{CHANGED_SINCE}: 1 item", "-0.10"),
        (
            "G-1 2024-25-Q1",
            "SSF5-VAWG-01 Op Vigilant, resource, Staff: the form says £700.50, its costs now £700.40",
            "-0.10",
        ),
    ]
