"""Figures are real numbers and days, exact to the penny, and formulas carry their results."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.money import LARGEST_PENCE, Money
from fundtracker.exports.sheet_xml import pence_text, put
from fundtracker.exports.sheets import Block, Book, Cell, Column, Sheet, Subtotals
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.exports.workbook_writer import save_workbook

WHEN = datetime(2024, 10, 1, tzinfo=UTC)
MONEY, COUNT, DAY = (Style(Look.BODY, show) for show in (Show.MONEY, Show.COUNT, Show.DATE))


def saved(sheet: Sheet, path: Path, *, results: bool) -> Worksheet:
    save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet]), path)
    return load_workbook(path, data_only=results)[sheet.name]


@given(st.integers(-LARGEST_PENCE * 1000, LARGEST_PENCE * 1000))
@example(10**15 - 1)
@example(10**15)
@example(10**17 + 1)
@example(-1)
@example(0)
def test_money_is_written_to_the_penny(pence: int) -> None:
    assert pence_text(pence) == Money(pence).plain
    assert Decimal(pence_text(pence)) * 100 == pence


@given(st.integers(-LARGEST_PENCE, LARGEST_PENCE))
def test_a_reader_with_binary_numbers_gets_the_same_pennies(pence: int) -> None:
    assert round(float(pence_text(pence)) * 100) == pence


def test_every_kind_of_value_is_what_it_should_be(tmp_path: Path) -> None:
    sheet = Sheet(name="Values")
    values = (
        Money(-123456),
        12,
        Decimal("1E+3"),
        Decimal("0.125"),
        date(2024, 2, 29),
        date(1850, 1, 1),
        "text",
        None,
    )
    sheet.add(*values)
    found = saved(sheet, tmp_path / "v.xlsx", results=True)
    assert [cell.value for cell in found[1]] == [
        -1234.56, 12, 1000, 0.125, datetime(2024, 2, 29), "01/01/1850", "text", None,  # noqa: DTZ001 - a day in a cell has no zone
    ]  # fmt: skip
    assert [cell.number_format for cell in found[1]] == [
        "#,##0.00_-_-;[Red]-#,##0.00_-_-;0.00_-_-;@_-_-", "#,##0_-_-;-#,##0_-_-;0_-_-;@_-_-",
        "#,##0_-_-;-#,##0_-_-;0_-_-;@_-_-", "#,##0.0##_-_-;-#,##0.0##_-_-;0_-_-;@_-_-",
        "dd/mm/yyyy", "dd/mm/yyyy", "@", "@",
    ]  # fmt: skip


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_days_are_counted_as_spreadsheets_count_them(day: date) -> None:
    assert put(day, 1, 1) == f' s="1"><v>{(day - date(1899, 12, 30)).days}</v></c>'


def formulas(path: Path) -> Sheet:
    sheet = Sheet(name="Spend")
    sheet.add_block(
        [
            Column(style=MONEY, pence=True),
            Column(style=MONEY),
            Column(style=MONEY, formula="B{row}-A{row}"),
            Column(style=Style(Look.BODY, Show.GENERAL), formula='IF(C{row}>0,"over & above","100%")'),
        ],
        [
            (10000, Money(12050), Money(2050), "over & above"),
            (500, Money(1), Money(-499), "100%"),
            (None, None, None, None),
        ],
    )
    sheet.add(
        Cell(Money(10500), formula="=SUM(A1:A3)"),
        Cell(Decimal("0.25"), Style(Look.TOTAL, Show.PERCENT), formula="ROUND(1/4,3)"),
        Cell(date(2024, 3, 31), formula="DATE(2024,3,31)"),
        Cell(" as text <b> ", formula='" as text <b> "'),
        Cell(None, formula='IF(TRUE,"","x")'),
        look=Look.TOTAL,
    )
    save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet]), path)
    return sheet


def test_a_formula_and_its_result_are_both_there(tmp_path: Path) -> None:
    formulas(tmp_path / "f.xlsx")
    asked = load_workbook(tmp_path / "f.xlsx")["Spend"]
    answered = load_workbook(tmp_path / "f.xlsx", data_only=True)["Spend"]
    assert [[c.value for c in row] for row in asked.iter_rows(min_col=3, max_col=4, max_row=3)] == [
        [f"=B{n}-A{n}", f'=IF(C{n}>0,"over & above","100%")'] for n in (1, 2, 3)
    ]
    assert [[c.value for c in row] for row in answered.iter_rows(max_col=4, max_row=3)] == [
        [100, 120.5, 20.5, "over & above"], [5, 0.01, -4.99, "100%"], [None, None, None, None],
    ]  # fmt: skip
    assert [c.value for c in asked[4]] == [
        "=SUM(A1:A3)", "=ROUND(1/4,3)", "=DATE(2024,3,31)", '=" as text <b> "', '=IF(TRUE,"","x")',
    ]  # fmt: skip
    assert [c.value for c in answered[4]] == [105, 0.25, datetime(2024, 3, 31), " as text <b> ", None]  # noqa: DTZ001 - as above


def test_the_total_under_a_streamed_block_knows_its_rows(tmp_path: Path) -> None:
    columns = [
        Column(),
        Column(style=MONEY, pence=True, totalled=True),
        Column(style=MONEY, totalled=True),
        Column(style=COUNT, totalled=True),
        Column(style=Style(Look.BODY, Show.NUMBER), totalled=True, read=lambda found: Decimal(found) / 1000),
    ]
    block = Block(columns, ((f"C-{n}", n, Money(-n) if n % 2 else None, n, 1500) for n in range(1300)))
    sheet = Sheet(name="Costs", body=[block, Subtotals(block, "All of it")])
    found = saved(sheet, tmp_path / "t.xlsx", results=True)
    odd = sum(range(1, 1300, 2))
    assert [c.value for c in found[1301]] == ["All of it", 8443.5, -odd / 100, 844350, 1950]
    asked = load_workbook(tmp_path / "t.xlsx")["Costs"]
    assert [c.value for c in asked[1301]] == ["All of it", *(f"=SUBTOTAL(109,{c}1:{c}1300)" for c in "BCDE")]
    assert asked["A1"].value == "C-0"
    assert asked["A1300"].value == "C-1299"


def test_a_block_of_no_rows_leaves_one_blank_row(tmp_path: Path) -> None:
    sheet = Sheet(name="None")
    assert sheet.add_block([Column(style=MONEY, totalled=True)], []) == (1, 1)
    block = sheet.body[0]
    assert isinstance(block, Block)
    sheet.body.append(Subtotals(block))
    found = saved(sheet, tmp_path / "n.xlsx", results=True)
    assert [found["A1"].value, found["A2"].value, sheet.next_row] == [None, 0, 3]


def test_a_row_of_the_wrong_width_is_refused(tmp_path: Path) -> None:
    sheet = Sheet(name="Wrong", body=[Block([Column(), Column()], iter([("a", "b"), ("a", "b", "c")]))])
    with pytest.raises(ValueError, match="row 2 of Wrong has 3 values for 2 columns"):
        saved(sheet, tmp_path / "w.xlsx", results=False)
