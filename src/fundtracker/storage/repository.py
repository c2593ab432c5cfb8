"""Records in and out of an open connection. One query, one kind; the columns say how each value is kept."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from fundtracker.domain.columns import Record, columns, key_of, singular, table_name
from fundtracker.domain.kinds import Kind
from fundtracker.domain.problems import Problem, Refused
from fundtracker.storage.sql import path_condition

R = TypeVar("R", bound=Record)


class Conflict(Refused):
    """Somebody else changed the record since it was read: both versions are in the message."""


@cache
def _select(kind: type[Record]) -> str:
    names = ", ".join(("id", "version", *(each.name for each in columns(kind))))
    return f"SELECT {names} FROM {table_name(kind)}"


@cache
def _kinds(kind: type[Record]) -> tuple[tuple[str, Kind], ...]:
    return tuple((each.name, each.kind) for each in columns(kind))


def _recalled(kind: type[R], row: Sequence[Any]) -> R:
    values = {
        name: None if kept is None else of.recall(kept)
        for (name, of), kept in zip(_kinds(kind), row[2:], strict=True)
    }
    return kind(id=row[0], version=row[1], **values)


def kept(item: Record) -> tuple[Any, ...]:
    """A record as the database keeps it: id, version, then its columns."""
    values = (
        None if (value := getattr(item, name)) is None else of.keep(value) for name, of in _kinds(type(item))
    )
    return (item.id, item.version, *values)


def get(conn: sqlite3.Connection, kind: type[R], record_id: int) -> R | None:
    row = conn.execute(f"{_select(kind)} WHERE id = ?", (record_id,)).fetchone()
    return _recalled(kind, row) if row else None


def find(conn: sqlite3.Connection, kind: type[R], key: str) -> R | None:
    """The record with this human reference, whatever its capitals."""
    column = key_of(kind)
    if column is None:
        return None
    row = conn.execute(
        f"{_select(kind)} WHERE {column.name} = ? COLLATE NOCASE ORDER BY {column.name} = ? DESC LIMIT 1",
        (key, key),
    ).fetchone()
    return _recalled(kind, row) if row else None


def select(conn: sqlite3.Connection, kind: type[R], where: Mapping[str, Any] | None = None) -> tuple[R, ...]:
    """Records in id order; `where` maps columns, or dotted paths through references ("intervention_id.award_id"), to values."""
    conditions, bound = list[str](), list[Any]()
    for path, value in (where or {}).items():
        condition, parameter = path_condition(kind, path, value)
        conditions.append(condition)
        bound.extend(parameter)
    return select_where(conn, kind, " AND ".join(conditions) or "1", bound)


def select_where(
    conn: sqlite3.Connection, kind: type[R], condition: str, bound: Sequence[Any] = ()
) -> tuple[R, ...]:
    """Records in id order that meet a condition in SQL of our own making."""
    return tuple(
        _recalled(kind, row) for row in conn.execute(f"{_select(kind)} WHERE {condition} ORDER BY id", bound)
    )


def select_in(conn: sqlite3.Connection, kind: type[R], column: str, ids: Sequence[int]) -> tuple[R, ...]:
    """Records whose column holds one of the ids, in id order; asked in slices, for SQL takes only so many values."""
    found: list[R] = []
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        found.extend(select_where(conn, kind, f"{column} IN ({', '.join('?' * len(some))})", some))
    return tuple(sorted(found, key=lambda each: each.id))


def keys(conn: sqlite3.Connection, kind: type[Record]) -> dict[int, str]:
    """The human reference of every record of a kind, by id."""
    column = key_of(kind)
    return dict(conn.execute(f"SELECT id, {column.name} FROM {table_name(kind)}")) if column else {}


def insert(conn: sqlite3.Connection, items: Sequence[Record]) -> None:
    """Add records of one kind."""
    kind = type(items[0])
    names = ("id", "version", *(each.name for each in columns(kind)))
    sql = f"INSERT INTO {table_name(kind)} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    conn.executemany(sql, map(kept, items))


def update(conn: sqlite3.Connection, item: Record) -> None:
    """Write a record read at `item.version`; its version rises by one. Conflict where it is no longer that version.

    Only what differs is written: SQLite writes every index anew whose column is named, though its value stays, and a save that
    touches thirty pages takes ten times as long to commit as one that touches six.
    """
    kind = type(item)
    now = conn.execute(f"{_select(kind)} WHERE id = ? AND version = ?", (item.id, item.version)).fetchone()
    if now is None:
        raise _conflict(conn, item)
    wanted = zip(_kinds(kind), kept(item)[2:], now[2:], strict=True)
    changed = {name: new for (name, _), new, old in wanted if new != old}
    sets = ", ".join(("version = version + 1", *(f"{name} = ?" for name in changed)))
    conn.execute(f"UPDATE {table_name(kind)} SET {sets} WHERE id = ?", (*changed.values(), item.id))


def delete(conn: sqlite3.Connection, item: Record) -> None:
    """Remove a record read at `item.version`."""
    if (
        conn.execute(
            f"DELETE FROM {table_name(type(item))} WHERE id = ? AND version = ?", (item.id, item.version)
        ).rowcount
        != 1
    ):
        raise _conflict(conn, item)


def _conflict(conn: sqlite3.Connection, item: Record) -> Conflict:
    """Both versions, field by field, so that whoever comes second can decide."""
    from fundtracker.domain.naming import (
        Namer,  # brings every record, which a window that opens can't wait for
    )

    kind, now = type(item), get(conn, type(item), item.id)
    named = Namer(lambda kind, record_id: get(conn, kind, record_id)).of(now or item)
    if now is None:
        return Conflict(
            Problem(
                kind=kind.__name__,
                record_id=item.id,
                message=f"This {singular(kind).lower()} ({named}) was removed meanwhile.",
            )
        )
    differences = [
        Problem(
            kind=kind.__name__,
            record_id=item.id,
            column=each.name,
            message=f"{named} was changed meanwhile: {each.label.lower()} is now {_shown(each.kind, getattr(now, each.name))}, yours is {_shown(each.kind, getattr(item, each.name))}.",
        )
        for each in columns(kind)
        if getattr(now, each.name) != getattr(item, each.name)
    ]
    return Conflict(
        differences
        or Problem(
            kind=kind.__name__,
            record_id=item.id,
            message=f"{named} was changed meanwhile: look at it again.",
        )
    )


def _shown(kind: Kind, value: Any) -> str:
    return "empty" if value is None or value == "" else f"“{kind.show(value)}”"


def next_id(conn: sqlite3.Connection, kind: type[Record]) -> int:
    """An id that no record of the kind has, or ever had."""
    row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table_name(kind),)).fetchone()
    return (row[0] if row else 0) + 1
