"""Connections: how SQLite is opened, and left again. Every connection has the pragmas below, set and read back.

Simulated power cuts chose them: DELETE/FULL and WAL/NORMAL lost acknowledged commits, TRUNCATE/EXTRA lost none.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from fundtracker.domain.problems import StorageTrouble

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with 3.37."""
PRAGMAS: dict[str, int | str] = {
    "busy_timeout": 5000,  # milliseconds; first, for the others wait too
    "journal_mode": "truncate",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE deletes without firing a trigger
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "secure_delete": 1,
    "cache_spill": 0,  # else a long write shuts readers out as soon as its pages outgrow the cache, and not only as it ends
}


class Connection(sqlite3.Connection):
    """One that can be told to stop: "interrupted", in the midst of a statement and before the next one too."""

    told = False

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if self.told:
            raise sqlite3.OperationalError("interrupted")
        return super().execute(sql, parameters)

    def stop(self) -> None:
        """From any thread, as long as the connection is open."""
        self.told = True
        self.interrupt()


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection with every pragma set and read back; refuses to work without one of them."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageTrouble(
            f"This computer's SQLite is {sqlite3.sqlite_version}; fundtracker needs 3.37 or later. Install a newer Python."
        )
    conn = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=256, factory=Connection
    )
    try:
        for name, value in PRAGMAS.items():
            _set(conn, name, value)
        if read_only:
            _set(conn, "query_only", 1)
    except BaseException:
        conn.close()
        raise
    return conn


def _set(conn: sqlite3.Connection, name: str, value: int | str) -> None:
    conn.execute(f"PRAGMA {name} = {value}")
    row = conn.execute(f"PRAGMA {name}").fetchone()
    if row is None and name == "mmap_size":
        return  # this SQLite was built without memory mapping, which is what is wanted
    if row is None or row[0] != value:
        raise StorageTrouble(
            f"The file can't be opened safely: {name} is {row[0] if row else 'not known'}, not {value}."
            " Copy it to this computer's own disk and open it there."
        )


def end(conn: sqlite3.Connection) -> None:
    """Close a connection that may have written, and have SQLite take away its empty journal, if nobody else is writing."""
    with suppress(sqlite3.Error):
        conn.execute("PRAGMA busy_timeout = 0")
        conn.execute("PRAGMA journal_mode = delete")
    conn.close()
