"""The text of a clipboard: whatever a spreadsheet writes for its cells reads back, and its ways of showing a value are understood."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.kinds import DateKind, Kind, MoneyKind, Number, QuarterKind, WholeNumber
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable
from fundtracker.imports.block_text import as_typed, cells_of, fields_named

CELLS = st.text(st.sampled_from('ab£"\t\n,; é\u00a0'), max_size=8)
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(BLOCKS, st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_reads_back(block: list[list[str]], line_end: str) -> None:
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator=line_end).writerows(block)
    assert cells_of(written.getvalue()) == block
    if block[-1] != [""]:
        assert cells_of(written.getvalue().removesuffix(line_end)) == block


@given(st.lists(st.lists(st.text(st.sampled_from('ab"x, '), max_size=6), min_size=2, max_size=3), min_size=1))
def test_no_cell_is_lost_where_quotation_marks_stand_bare(block: list[list[str]]) -> None:
    """Excel leaves a cell with quotation marks as it is, unless it holds a line end: at worst cells run together, none goes."""
    text = "\r\n".join("\t".join(row) for row in block) + "\r\n"
    letters = [c for row in cells_of(text) for cell in row for c in cell if c not in '"\t\n\r']
    assert letters == [c for c in text if c not in '"\t\n\r']


def test_a_name_in_quotation_marks_keeps_them() -> None:
    assert cells_of('"The Hub"\t1\r\nSo-called "hub"\t2\r\n"half\t3\r\n') == [
        ['"The Hub"', "1"],
        ['So-called "hub"', "2"],
        ['"half', "3"],
    ]


@pytest.mark.parametrize(
    ("kind", "shown", "value"),
    [
        (MoneyKind(), "\u00a0£1,234.56\u00a0", Money(123456)),
        (MoneyKind(), "1\u00a0234.50", Money(123450)),
        (MoneyKind(), " £ -   ", Money(0)),
        (MoneyKind(), "-£12.00", Money(-1200)),
        (MoneyKind(), "(£12.00)", Money(-1200)),
        (MoneyKind(), "12.00-", Money(-1200)),
        (DateKind(), "15-Nov-23", date(2023, 11, 15)),
        (DateKind(), "Wednesday, 15 November 2023", date(2023, 11, 15)),
        (DateKind(), "Wed 15/11/2023", date(2023, 11, 15)),
        (DateKind(), "15/11/2023 00:00:00", date(2023, 11, 15)),
        (DateKind(), "2023-11-15T09:30", date(2023, 11, 15)),
        (DateKind(), "November 15, 2023", date(2023, 11, 15)),
        (WholeNumber(), "1,200.00", 1200),
        (WholeNumber(), "80%", 80),
        (QuarterKind(), "Q3 2023/24", "2023/24 Q3"),
        (Kind(), "\u00a0Council ", "Council"),
    ],
)
def test_values_are_read_as_spreadsheets_show_them(kind: Kind, shown: str, value: Any) -> None:
    found = kind.read(as_typed(kind, shown))
    assert str(found) == value if isinstance(kind, QuarterKind) else found == value


def test_a_percentage_is_its_number() -> None:
    assert str(Number().read(as_typed(Number(), "12.5%"))) == "12.5"


@pytest.mark.parametrize("shown", ["#REF!", "#N/A", "#######", " #DIV/0! "])
def test_what_stands_instead_of_a_value_is_refused(shown: str) -> None:
    with pytest.raises(Unreadable, match="the spreadsheet shows"):
        as_typed(MoneyKind(), shown)


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        (["net", "SUPPLIER", "Invoice no."], ("net", "supplier", "invoice_number")),
        (["Net (£)", "Suppl", "Budget holder", "Net"], ("net", "supplier", None, None)),
        (["Supplier name", "Net", "VAT recov", ""], ("supplier", "net", "vat_recoverable", None)),
        (["Supplier", "Re"], ("supplier", None)),
        (["Supplier", "Category", "Code"], ("supplier", "category_id", "ledger_code")),
        (["Supplier", "Cat"], ("supplier", None)),
        (
            ["Supplier", "Invoice number", "Date received", "Invoice date", "Amount (£)", "Capital/resource"],
            ("supplier", "invoice_number", "received_on", "invoiced_on", "net", "expense"),
        ),
        (["Acme Ltd", "12.00", "Paid"], None),
        (["Acme Ltd", "12.00"], None),
        (["Sup", "Inv"], None),
    ],
)
def test_headings_are_found_by_name(cells: list[str], fields: tuple[str | None, ...] | None) -> None:
    assert fields_named(cells, columns(Cost)) == fields
