"""A partner who fills in a form: with a spreadsheet program (openpyxl), by heading and by row, as a person would; or in memory."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid, BidId, BidStatus, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.case import FormCase, form_case
from fundtracker.domain.partner_forms.examined import Examined, FormHeld
from fundtracker.domain.partner_forms.said import FormSaid, SaidRow
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from partnering import Q2, answers, book

Answers = dict[str, dict[str, dict[str, Any]]]
TODAY = date(2024, 10, 10)


def issued(case: FormCase, **more: Any) -> PartnerForm:
    """The record of a form of Q2, as issued."""
    values: dict[str, Any] = {
        "id": 7,
        "grant_id": 1,
        "quarter": Q2,
        "reference": case.reference,
        "issued_on": date(2024, 10, 1),
        "due_on": date(2024, 10, 14),
        "seal": case.seal,
        **more,
    }
    return PartnerForm(**values)


def place(table_sheet: str, key: str, column: str) -> str:
    """Where a cell of a form in memory stands: "Spend!SPEND-1-R-1.spent"."""
    return f"{table_sheet}!{key}.{column}"


def returned(case: FormCase, values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> FormSaid:
    """A form that came back whole: what the office filled in and what the partner typed; the answers may overtype either."""
    rows = {
        table.name: {
            key: SaidRow(
                key,
                {column.name: None for column in table.columns} | dict(held) | dict(values.get(table.name, {}).get(key, {})),
                {column.name: place(table.sheet, key, column.name) for column in table.columns},
            )
            for key, held in case.rows[table.name].items()
        }
        for table in case.tables
    }  # fmt: skip
    return FormSaid(name="form.xlsx", about=case.about, rows=rows)


def examined(values: Answers | None = None, *records: Record, **held: Any) -> Examined:
    """A form of Q2 under examination: a sound one, or with these answers; `held` replaces what it is checked against."""
    grant = book(*records)
    case = form_case(grant, Q2)
    form = issued(case)
    awards = {
        each.id: (grant.get(Award, each.award_id), date(2025, 3, 31)) for each in grant.all(Intervention)
    }
    usual: dict[str, Any] = {
        "today": TODAY,
        "form": form,
        "seals": form.seals,
        "references": frozenset({form.reference}),
        "awards": awards,
        **held,
    }
    return Examined(case, returned(case, answers(case) if values is None else values), FormHeld(**usual))


def sound(*records: Record) -> Answers:
    """Answers that nothing is wrong with, to change one of."""
    return {
        table: {key: dict(row) for key, row in rows.items()}
        for table, rows in answers(form_case(book(*records), Q2)).items()
    }


def records(*more: Record, without: Iterable[int] = ()) -> list[Record]:
    """The same grant with all that a file needs around it; `without` are ids of costs left out."""
    held = book(*more)
    above: tuple[Record, ...] = (
        Fund(id=FundId(1), code="SSF", name="Safer Streets Fund", funder="Home Office", source=FundSource.RECEIVED),
        FundingRound(id=FundingRoundId(1), fund_id=FundId(1), code="SSF5", name="Round 5", delivery_from=date(2023, 10, 1), delivery_to=date(2025, 3, 31)),
        Bid(
            id=BidId(1),
            round_id=FundingRoundId(1),
            reference="SSF5-B1",
            title="ASB",
            theme=Theme.ASB,
            status=BidStatus.SUCCESSFUL,
        ),
    )  # fmt: skip
    gone = set(without)
    kept = [
        each
        for rows in held.rows.values()
        for each in rows
        if type(each).__name__ != "Cost" or each.id not in gone
    ]
    return [*above, *kept]


class Partner:
    """Somebody with a form open in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)

    def __getitem__(self, sheet: str) -> Worksheet:
        found = self.book[sheet]
        assert isinstance(found, Worksheet)
        return found

    def cell(self, key: str, heading: str) -> Cell:
        """The cell in the row with this key, under this heading."""
        sheet, row = self.row(key)
        for above in range(row - 1, 0, -1):
            for cell in sheet[above]:
                if cell.value == heading:
                    found = sheet.cell(row, cell.column or 0)
                    assert isinstance(found, Cell)
                    return found
        raise LookupError(f"{heading} over {key}")

    def row(self, key: str) -> tuple[Worksheet, int]:
        for name in self.book.sheetnames:
            for (cell,) in self[name].iter_rows(max_col=1):
                if cell.value == key:
                    return self[name], cell.row or 0
        raise LookupError(key)

    def types(self, key: str, heading: str, value: Any) -> str:
        """Type into a cell; where it stands."""
        cell = self.cell(key, heading)
        cell.value = typed(value)
        _as_text(cell)
        return f"{cell.parent.title}!{cell.coordinate}"

    def fills(self, case: FormCase, values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Type all the answers."""
        for name, rows in values.items():
            table = case.table(name)
            for key, row in rows.items():
                for column, value in row.items():
                    self.types(key, table.column(column).heading, value)

    def sorts(self, sheet: str, first: int, last: int, by: int) -> None:
        """Sort whole rows, the hidden column too, by what a column shows; formulas speak of their own row wherever it goes."""
        of = self[sheet]
        rows = [[(cell.value, copy(cell.number_format)) for cell in of[n]] for n in range(first, last + 1)]
        rows.sort(key=lambda row: str(row[by - 1][0] or ""), reverse=True)
        for number, row in enumerate(rows, first):
            for column, (value, number_format) in enumerate(row, 1):
                cell = of.cell(number, column)
                assert isinstance(cell, Cell)
                if cell.data_type != "f":
                    cell.value, cell.number_format = value, number_format
                    _as_text(cell)

    def saves(self, path: Path | None = None) -> Path:
        self.path = path or self.path
        self.book.save(self.path)
        return self.path


def _as_text(cell: Cell) -> None:
    """ "=Payroll" is typed with an apostrophe before it, so that it stays text."""
    if (
        isinstance(cell.value, str)
        and cell.value.startswith("=")
        and not cell.value.endswith(")")
        and "+" not in cell.value
    ):
        cell.data_type = "s"


def typed(value: Any) -> Any:
    """What a person types for a value."""
    if isinstance(value, Money):
        return float(value.in_pounds)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Enum):
        return value.value
    return float(value) if isinstance(value, Decimal) else value
