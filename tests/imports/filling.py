"""Records put into a workbook as people do (the template, filled in) and as an export does (a list on each sheet)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fundtracker.domain.columns import Record, columns, key_of
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.exports.list_sheets import heading_of, sheet_of_rows
from fundtracker.exports.sheets import Book
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.imports.template import write_template
from fundtracker.imports.workbook import Proposal, read_records, sheet_name


def as_typed(records: Sequence[Record], of: Callable[[Any, Any], Any]) -> dict[type[Record], list[list[Any]]]:
    """Rows by kind, references by human reference, other values as `of` (kind of value, value) gives them."""
    names: dict[tuple[str, int], Any] = {}
    for item in records:
        key = key_of(type(item))
        if key is not None:
            names[type(item).__name__, item.id] = getattr(item, key.name)
    rows: dict[type[Record], list[list[Any]]] = {}
    for item in records:
        row: list[Any] = []
        for column in columns(type(item)):
            value = getattr(item, column.name)
            if value is None:
                row.append(None)
            elif column.refers_to:
                row.append(names[by_name(column.refers_to).__name__, value])
            else:
                row.append(of(column.kind, value))
        rows.setdefault(type(item), []).append(row)
    return rows


def fill_template(records: Sequence[Record], path: Path) -> None:
    """Below the guidance of each sheet, text as text whatever it begins with."""
    write_template(path)
    workbook = load_workbook(path)
    for kind, rows in as_typed(records, lambda kind, value: kind.cell(value)).items():
        sheet = workbook[sheet_name(kind)]
        for number, row in enumerate(rows, 3):
            for place, value in enumerate(row, 1):
                if value not in {None, ""}:
                    cell = sheet.cell(number, place, value)
                    if isinstance(value, str):
                        cell.data_type = "s"
    workbook.save(path)


def export(records: Sequence[Record], path: Path) -> None:
    """A sheet for each kind, as a list is exported, without a total."""
    rows = as_typed(records, lambda _, value: value)
    sheets = [
        sheet_of_rows(
            sheet_name(kind), [heading_of(column, totalled=False) for column in columns(kind)], rows[kind]
        )
        for kind in RECORDS
        if kind in rows
    ]
    book = Book(title="Programme", office="Office", created=datetime(2024, 10, 1, tzinfo=UTC), sheets=sheets)
    save_workbook(book, path)


def proposed(
    path: Path, *, there: Iterable[tuple[type[Record], str, int]] = (), first_id: int = 1
) -> Proposal:
    """What the workbook proposes to a file that holds only what is `there`; ids of each kind count from `first_id`."""
    held = {(kind, key.lower()): record_id for kind, key, record_id in there}
    counters = {kind: count(first_id) for kind in RECORDS}
    return read_records(
        path,
        lambda kind, key: held.get((kind, key.lower())),
        new_id=lambda kind: next(counters[kind]),
        next_reference=lambda kind, number: f"{kind.reference_prefix}-{number:05d}",
        keys_in_file=lambda kind: [key for each, key in held if each is kind],
    )
