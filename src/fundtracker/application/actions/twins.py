"""Rows of a workbook that say a second time what can stand only once: two amounts for one award, year and kind of money."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, column_of, key_of, table_name
from fundtracker.domain.problems import Problem
from fundtracker.domain.records import by_name
from fundtracker.storage import repository

Names = Mapping[tuple[str, int], str]
"""The human reference of a record, by kind and id."""


def twins(workspace: Workspace, records: Sequence[Record]) -> Iterator[Problem]:
    """A problem for each record with the natural key of one before it, or of one in the file. Asked once the file refused them."""
    from fundtracker.storage.tables import UNIQUE  # SQLAlchemy comes with it

    by_kind: dict[type[Record], list[Record]] = {}
    called: dict[tuple[str, int], str] = {}
    for each in records:
        kind = type(each)
        if table_name(kind) in UNIQUE:
            by_kind.setdefault(kind, []).append(each)
        if key := key_of(kind):
            called[kind.__name__, each.id] = str(getattr(each, key.name))
    for kind, items in by_kind.items():
        names = UNIQUE[table_name(kind)]
        with workspace.database.reader() as conn:
            held = {_key(each, names) for each in repository.select(conn, kind)}
        here: set[tuple[Any, ...]] = set()
        for each in items:
            key = _key(each, names)
            if key in held or key in here:
                about = ", ".join(
                    _shown(workspace, column_of(kind, name), getattr(each, name), called) for name in names
                )
                where = "in the file" if key in held else "in a row above"
                yield Problem(
                    kind=kind.__name__,
                    record_id=each.id,
                    column=names[0],
                    message=f"{about} stands {where} already, and can stand only once: correct this row, or delete it and change the other one.",
                )
            here.add(key)


def _key(item: Record, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in names)


def _shown(workspace: Workspace, column: Column, value: Any, called: Names) -> str:
    """A value in words; a record by its human reference, whether it is of the workbook or of the file."""
    if column.refers_to is None:
        return column.kind.show(value)
    if (column.refers_to, value) in called:
        return called[column.refers_to, value]
    kind = by_name(column.refers_to)
    key = key_of(kind)
    return str(getattr(workspace.get(kind, value), key.name)) if key else str(value)
