"""Columns that came, went or changed their name in a migration: recorded in the history, so that its replay still fits.

A row of `change` for the table "column:grant": `before` names each column that is gone, with its new name or NULL where it was
dropped; `after` names each that was added, with what the rows already there hold in it. What a dropped column held stays in
the entries that wrote it.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from fundtracker.domain.problems import StorageTrouble
from fundtracker.storage import migrations, rowtext
from fundtracker.storage.derived import recorded_columns
from fundtracker.storage.journal import Stamp, open_entry, seal_entry

Renamed = dict[str, dict[str, str]]
"""By table, old names of columns and their new ones: what a revision says of itself in `renamed`."""
Columns = Mapping[str, frozenset[str]]


def columns_now(conn: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """The columns of every table; what is made anew (search, sums) and SQLite's own left out."""
    tables = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'cost_summary'"
    ).fetchall()
    return {
        name: frozenset(row[1] for row in conn.execute(f"PRAGMA table_info({name})")) for (name,) in tables
    }


def refuse_unclear(revision: str, before: Columns, after: Columns, renamed: Renamed) -> None:
    """Refuse a revision from which the history could not be replayed; the message is for whoever wrote it."""
    for table, names in before.items():
        if table not in after:
            raise StorageTrouble(
                f"Revision {revision} removes or renames the table {table}: the history holds its records, so it stays. Leave it out of RECORDS and keep the table."
            )
        said = renamed.get(table, {})
        if not (said.keys() <= names and set(said.values()) <= after[table]):
            raise StorageTrouble(
                f"Revision {revision} says that columns of {table} were renamed, and they were not: mend its `renamed` or its upgrade."
            )
        gone, added = names - after[table] - said.keys(), after[table] - names - set(said.values())
        if gone and added:
            raise StorageTrouble(
                f"Revision {revision} takes {', '.join(sorted(gone))} from {table} and adds {', '.join(sorted(added))}: the history can't tell a new name from a loss."
                f' For a new name, ALTER TABLE {table} RENAME COLUMN, and say so: renamed = {{"{table}": {{"old": "new"}}}}; else write two revisions.'
            )


def then(earlier: Renamed, later: Renamed) -> Renamed:
    """Two sets of new names, one after the other, as one."""
    both: Renamed = {}
    for table in earlier.keys() | later.keys():
        first, second = earlier.get(table, {}), later.get(table, {})
        both[table] = {
            **{old: new for old, new in second.items() if old not in first.values()},
            **{old: second.get(new, new) for old, new in first.items()},
        }
    return both


def record(conn: sqlite3.Connection, before: Columns, renamed: Renamed) -> None:
    """Write to the history, as one entry, which columns came, went and changed their name since `before`."""
    moved = list(_moved(conn, before, columns_now(conn), renamed))
    if moved:
        stamp = Stamp(
            actor="fundtracker",
            at=datetime.now(UTC),
            title=f"Migrate to version {migrations.HEAD}",
            kind="migration",
        )
        seq = open_entry(conn, stamp)
        conn.executemany(
            "INSERT INTO change (entry_seq, table_name, record_id, before, after) VALUES (?, ?, 0, ?, ?)",
            [
                (seq, f"column:{table}", *(rowtext.write(each) if each else None for each in (gone, added)))
                for table, gone, added in moved
            ],
        )
        seal_entry(conn, seq, stamp)


def _moved(
    conn: sqlite3.Connection, before: Columns, after: Columns, renamed: Renamed
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """By table with a history: what is gone (with its new name, or None), and what was added (with its first value)."""
    for table, recorded in recorded_columns().items():
        if table not in before:
            continue
        held, now = before[table], after[table]
        new = {old: name for old, name in renamed.get(table, {}).items() if old in held and name in now}
        stayed = held - new.keys()
        dropped = {name for name in stayed if name not in now or name in new.values()}
        gone = {**dict.fromkeys(sorted(dropped)), **new}
        came = [name for name in recorded if name not in (stayed - dropped) and name not in new.values()]
        if gone or came:
            yield table, gone, {name: _first_value(conn, table, name) for name in came}


def _first_value(conn: sqlite3.Connection, table: str, name: str) -> Any:
    rows = conn.execute(f"SELECT DISTINCT {name} FROM {table} LIMIT 2").fetchall()
    if len(rows) > 1:
        raise StorageTrouble(
            f"The migration gave {table}.{name} more than one first value: it can't be recorded, and nothing was changed."
        )
    return rows[0][0] if rows else None
