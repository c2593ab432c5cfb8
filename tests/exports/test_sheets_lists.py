"""A list as a sheet, from the records' own columns."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from fundtracker.domain.columns import Column, Record, columns
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.records import RECORDS
from fundtracker.exports.list_sheets import heading_of, sheet_of_rows
from fundtracker.exports.sheets import Book, Sheet, column_letters
from fundtracker.exports.workbook_writer import save_workbook

EXAMPLES: dict[str, Any] = {
    "text": "=text",
    "long text": "long\ntext",
    "whole number": 1200,
    "number": Decimal("-12.125"),
    "yes or no": True,
    "money": Money(-123456),
    "date": date(2024, 7, 31),
    "financial year": FinancialYear(2024),
    "quarter": Quarter(FinancialYear(2024), 2),
}


def example_of(column: Column) -> Any:
    if column.refers_to:
        return "REF-1 Title"
    return EXAMPLES.get(column.kind.name) or next(iter(column.kind.options))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType] - only a choice has no example


def kept_of(column: Column, value: Any) -> Any:
    return value if column.refers_to else column.kind.keep(value)


def in_cell(kind: Kind, value: Any) -> Any:
    """What openpyxl reads of a kind's cell."""
    cell = value if kind.name == "reference" else kind.cell(value)
    if isinstance(cell, Decimal):
        return float(cell)
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell  # noqa: DTZ001 - a day has no zone


def saved(sheet: Sheet, path: Path, *, results: bool = True) -> Workbook:
    book = Book(title="List", office="o", created=datetime(2024, 10, 1, tzinfo=UTC), sheets=[sheet])
    save_workbook(book, path)
    return load_workbook(path, data_only=results)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_record_makes_a_list(tmp_path: Path, kind: type[Record], kept: bool) -> None:
    described = columns(kind)
    headings = [heading_of(column, kept=kept) for column in described]
    values = [example_of(column) for column in described]
    row = [kept_of(column, value) if kept else value for column, value in zip(described, values, strict=True)]
    empty = [None for _ in described]
    found = saved(sheet_of_rows("Records", headings, iter([row, empty, row])), tmp_path / "l.xlsx")["Records"]
    wanted = [in_cell(column.kind, value) for column, value in zip(described, values, strict=True)]
    assert [c.value for c in found[1]] == [column.label for column in described]
    assert [c.value for c in found[2]] == wanted
    assert [c.value for c in found[3]] == empty
    assert [c.value for c in found[4]] == wanted
    assert [c.comment.text if c.comment else "" for c in found[1]] == [column.help for column in described]
    money = [n for n, column in enumerate(described) if column.kind.name == "money"]
    if money:
        assert [found[5][n].value for n in money] == [-2469.12 for _ in money]


def test_the_sheet_is_set_up_as_a_list(tmp_path: Path) -> None:
    kind = next(each for each in RECORDS if each.__name__ == "Cost")
    headings = [heading_of(column, kept=True) for column in columns(kind)]
    row = [kept_of(column, example_of(column)) for column in columns(kind)]
    sheet = sheet_of_rows("Costs", headings, [row] * 3, preface=("Costs", "Filtered by: CCTV"), draft=True)
    found = saved(sheet, tmp_path / "l.xlsx", results=False)["Costs"]
    last = column_letters(len(headings))
    assert [found["A1"].value, found["A2"].value, found["A3"].value] == [
        "DRAFT: not submitted, and figures may still change", "Costs", "Filtered by: CCTV",
    ]  # fmt: skip
    assert (found.freeze_panes, found.print_title_rows) == ("B5", "$4:$4")
    assert found.auto_filter.ref == f"A4:{last}7"
    assert found["A8"].value == "Total of the rows shown"
    money = [n for n, each in enumerate(headings, 1) if each.totalled]
    letters = [column_letters(n) for n in money]
    assert [found.cell(8, n).value for n in money] == [f"=SUBTOTAL(109,{c}5:{c}7)" for c in letters]
    assert found["A4"].style == "Office filter heading"
    assert found["A8"].style == "Office total"
    assert found.page_setup.orientation == "landscape"
