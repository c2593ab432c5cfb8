"""Which entries of the history touched a record or what belongs to it, also what has been removed since."""

import sqlite3
from collections.abc import Iterator

from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.storage import rowtext

Touched = dict[type[Record], set[int]]


def family(conn: sqlite3.Connection, kind: type[Record], record_id: int) -> Touched:
    """The record, what belongs to it, and what belongs to that, by kind.

    A kind comes after what it refers to in RECORDS, so that one walk down finds all. What was removed is known by how it last was.
    """
    found: Touched = {kind: {record_id}}
    for each in RECORDS:
        for column in columns(each):
            if each is kind or not column.refers_to or column.refers_to == each.__name__:
                continue
            parents = found.get(by_name(column.refers_to))
            if parents:
                found.setdefault(each, set()).update(_present(conn, each, column.name, parents))
                found[each].update(_removed(conn, each, column.name, parents))
    return {each: ids for each, ids in found.items() if ids}


def _present(conn: sqlite3.Connection, kind: type[Record], name: str, parents: set[int]) -> Iterator[int]:
    for some in _slices(parents):
        sql = f"SELECT id FROM {table_name(kind)} WHERE {name} IN ({', '.join('?' * len(some))})"
        yield from (row[0] for row in conn.execute(sql, some))


def _removed(conn: sqlite3.Connection, kind: type[Record], name: str, parents: set[int]) -> Iterator[int]:
    sql = "SELECT record_id, before FROM change WHERE table_name = ? AND after IS NULL"
    for record_id, before in conn.execute(sql, (table_name(kind),)):
        if rowtext.read(before).get(name) in parents:
            yield record_id


def _slices(ids: set[int], most: int = 500) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def entries_touching(conn: sqlite3.Connection, touched: Touched, limit: int) -> tuple[int, ...]:
    """The numbers of entries that touched any of these records, newest first, `limit` at most."""
    kinds = {table_name(kind): ids for kind, ids in touched.items()}
    sql = (
        f"SELECT entry_seq, table_name, record_id FROM change WHERE table_name IN ({', '.join('?' * len(kinds))})"
        " ORDER BY id DESC"
    )
    found: dict[int, None] = {}
    for seq, table, record_id in conn.execute(sql, tuple(kinds)):
        if record_id in kinds[table]:
            found[seq] = None
            if len(found) == limit:
                break
    return tuple(found)
