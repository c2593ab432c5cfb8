"""The whole programme out to one workbook, which read into a new file gives the same records."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fundtracker.application.actions.written import book_of, must_end, write_to
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import (
    Column,
    Record,
    columns,
    table_name,
)
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.storage import repository
from fundtracker.storage.queries import ListQuery

_CHUNK = 500


def export_programme(
    workspace: Workspace, path: Path, progress: Callable[[int, int], None] | None = None
) -> int:
    """Every record as an import workbook: read into a new file, it gives the same records. How many there are."""
    from fundtracker.exports.workbook_writer import save_workbook

    must_end(path, (".xlsx",))
    with workspace.database.reader() as conn:
        counts = {kind: workspace.lists.count(ListQuery(kind)) for kind in RECORDS}
        if not any(counts.values()):
            raise Refused(f"There is nothing in {workspace.path.name} to export yet.")
        sheets = [_programme_sheet(conn, kind) for kind, count in counts.items() if count]
        book = book_of(workspace, "Programme", sheets)
        many = sum(counts.values())

        def row(number: int) -> None:
            if progress is not None:
                progress(number, many)

        write_to(path, lambda place: save_workbook(book, place, row))
    return many


def too_large_to_import(path: Path) -> str:
    """Why a workbook that was just written can't be imported again; "" where it can."""
    from fundtracker.imports.guard import examine

    try:
        examine(path)
    except Refused as refused:
        return str(refused)
    return ""


def _programme_sheet(conn: sqlite3.Connection, kind: type[Record]) -> Any:
    from fundtracker.exports.list_sheets import heading_of, sheet_of_rows
    from fundtracker.imports.workbook import sheet_name

    headings = [replace(heading_of(each, totalled=False), read=None) for each in columns(kind)]
    return sheet_of_rows(sheet_name(kind), headings, _programme_rows(conn, kind))


def _programme_rows(conn: sqlite3.Connection, kind: type[Record]) -> Iterator[list[Any]]:
    keys = {
        each.refers_to: repository.keys(conn, by_name(each.refers_to))
        for each in columns(kind)
        if each.refers_to
    }
    last = repository.next_id(conn, kind)
    for first in range(1, last, _CHUNK):
        condition, bound = f"{table_name(kind)}.id BETWEEN ? AND ?", (first, first + _CHUNK - 1)
        for item in repository.select_where(conn, kind, condition, bound):
            yield [_cell(each, getattr(item, each.name), keys) for each in columns(kind)]


def _cell(column: Column, value: Any, keys: Mapping[str, Mapping[int, str]]) -> Any:
    if value is None:
        return None
    return keys[column.refers_to][value] if column.refers_to else column.kind.cell(value)
