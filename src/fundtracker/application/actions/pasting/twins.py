"""Rows of a pasted block that look as if they were entered already: the same in every field the block holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, column_of, described, key_of, singular, table_name
from fundtracker.domain.kinds import LongText
from fundtracker.storage import repository

_MOST_LISTED = 500
"""Different values of a field that the database is asked for one by one."""


def alike(
    workspace: Workspace,
    kind: type[Record],
    records: Sequence[Record],
    compared: Sequence[str],
    known: Mapping[str, Any],
) -> Iterator[tuple[int, str]]:
    """The number of each row that says what a row above it, or a record of the file, says; and the words for it.

    `records` have the negatives of their rows' numbers as ids. Only where the block holds two fields or more: a list of names
    with two the same is for the file to refuse.
    """
    names = [*compared, *(name for name in known if name not in compared)]
    if len(compared) < 2 or not records:  # noqa: PLR2004 - as said
        return
    first: dict[tuple[Any, ...], int] = {}
    for each in records:
        first.setdefault(_values(each, names), -each.id)
    held = _held(workspace, kind, records, names, first)
    for each in records:
        values, number = _values(each, names), -each.id
        if first[values] != number:
            yield (
                number,
                f"This row says the same as row {first[values]}: leave one out if it was entered twice.",
            )
        elif values in held:
            called = described(held[values]) if key_of(kind) else f"a {singular(kind).lower()} in the file"
            yield number, f"This says the same as {called}: leave the row out if it was entered already."


def _values(item: Record, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in names)


def _held(
    workspace: Workspace,
    kind: type[Record],
    records: Sequence[Record],
    names: Sequence[str],
    wanted: Mapping[tuple[Any, ...], int],
) -> dict[tuple[Any, ...], Record]:
    """Records of the file that say the same as one of the block."""
    conditions, bound = list[str](), list[Any]()
    for name in names:
        condition, values = _among(kind, column_of(kind, name), {getattr(each, name) for each in records})
        if condition:
            conditions.append(condition)
            bound.extend(values)
    with workspace.database.reader() as conn:
        found = repository.select_where(conn, kind, " AND ".join(conditions) or "1", bound)
    return {values: each for each in found if (values := _values(each, names)) in wanted}


def _among(kind: type[Record], column: Column, values: set[Any]) -> tuple[str, list[Any]]:
    """A condition that leaves few records to compare; none for a record of the block itself, or for long text."""
    if isinstance(column.kind, LongText):
        return "", []
    kept = [column.kind.keep(each) for each in values if each is not None]
    place = f"{table_name(kind)}.{column.name}"
    empty = f" OR {place} IS NULL" if None in values else ""
    if len(kept) > _MOST_LISTED:
        return f"({place} BETWEEN ? AND ?{empty})", [min(kept), max(kept)]  # pyright: ignore[reportArgumentType] - one column's values are of one type
    if not kept:
        return (f"({place} IS NULL)", []) if empty else ("", [])
    return f"({place} IN ({', '.join('?' * len(kept))}){empty})", kept
