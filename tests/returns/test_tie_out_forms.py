"""The tie-out sheet never says that everything ties while an accepted form's costs don't come to what it says."""

from typing import Any

from domain.test_form_costs import Reported
from fundtracker.domain.money import Money
from fundtracker.exports.sheets import Cell, Row
from fundtracker.returns.tie_out_sheet import tie_out_sheets

LINE = "G-1 2024-25-Q1: SSF5-VAWG-01 Op Vigilant, resource, Staff"


def page(office: Reported) -> list[list[Any]]:
    """The rows of the page, cells as they are."""
    return [list(row.cells) for row in tie_out_sheets(office.tied())[0].body if isinstance(row, Row)]


def shown(cell: Any) -> str:
    value = cell.value if isinstance(cell, Cell) else cell
    return value.plain if isinstance(value, Money) else str(value or "")


def test_an_altered_form_stands_on_the_page_and_in_its_verdict() -> None:
    office = Reported()
    before = page(office)
    assert "Everything ties: each difference on this page is 0.00." in map(shown, before[2])
    office.changes(office.first, net=Money.pounds("500.40"))
    after = page(office)
    (at,) = [n for n, row in enumerate(after) if row and shown(row[0]) == LINE]
    assert list(map(shown, after[at][8:11])) == ["700.40", "700.50", "-0.10"]
    verdict = after[2][0]
    assert shown(verdict) == "Something doesn't tie: see the differences marked on this page."
    assert f"(ROUND(K{at + 1},2)<>0)" in verdict.formula, "worked out again, it says the same"
    assert not any(row and shown(row[0]) == LINE for row in before)
