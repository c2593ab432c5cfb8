"""Database: one .fundtracker file, its connections and its transactions.

Uses the standard driver alone. Every connection has the pragmas below, set and read back; nobody but `transaction` writes.
Simulated power cuts chose them: DELETE/FULL and WAL/NORMAL lost acknowledged commits, TRUNCATE/EXTRA lost none.
"""

import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage.errors import in_plain_words
from fundtracker.storage.migrations import HEAD

APPLICATION_ID = 0x46554E44
"""The letters FUND: what a .fundtracker file says it is."""
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
}
_MAGIC = b"SQLite format 3\x00"


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with every pragma set and read back; refuses to work without one of them."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageTrouble(
            f"This computer's SQLite is {sqlite3.sqlite_version}; fundtracker needs 3.37 or later. Install a newer Python."
        )
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        for name, value in PRAGMAS.items():
            _set(conn, name, value)
        if read_only:
            conn.execute("PRAGMA query_only = 1")
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


class Database:
    """An open file. Readers see one moment each, in any thread; one writer at a time (see `journal.transaction`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writing = threading.RLock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._closed = False

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new file with empty tables; refused where something is there already, and nothing is left behind on failure."""
        from fundtracker.storage.migrate import make

        if path.exists():
            raise Refused(f"{path.name} exists already: choose another name, or open it.")
        with in_plain_words(path):
            try:
                make(path)
            except BaseException:
                for left in (path, path.with_name(f"{path.name}-journal")):
                    left.unlink(missing_ok=True)
                raise
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing file, migrated first where it is older than the program; a newer one is refused untouched."""
        with in_plain_words(path):
            version = _version(path)
            if version > HEAD:
                raise StorageTrouble(
                    f"{path.name} was last written by a newer version of fundtracker. Install that version to open it; the file was not changed."
                )
            if version < HEAD:
                from fundtracker.storage.migrate import migrate

                migrate(path)
        database = cls(path)
        try:
            with database.reader() as conn:
                conn.execute("SELECT 1 FROM entry LIMIT 1")  # a file that another program holds says so now
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reader(self) -> Generator[sqlite3.Connection]:
        """One moment of the file, read only. Nested uses in a thread share the moment."""
        held: sqlite3.Connection | None = getattr(self._local, "open", None)
        if held is not None:
            yield held
            return
        with in_plain_words(self.path):
            conn = self._reader()
            conn.execute("BEGIN")
        self._local.open = conn
        try:
            with in_plain_words(self.path):
                yield conn
        finally:
            self._local.open = None
            with suppress(sqlite3.ProgrammingError):
                conn.execute("ROLLBACK")

    def _reader(self) -> sqlite3.Connection:
        if self._closed:
            raise StorageTrouble(f"{self.path.name} is closed.")
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            conn = self._local.conn = connect(self.path, read_only=True)
            self._readers.append(conn)
        return conn

    def writer(self) -> sqlite3.Connection:
        """The one connection that writes; only under `writing`."""
        if self._closed:
            raise StorageTrouble(f"{self.path.name} is closed.")
        if self._writer is None:
            self._writer = connect(self.path)
        return self._writer

    def close(self) -> None:
        """Close every connection, of every thread."""
        self._closed = True
        for conn in (*self._readers, *([self._writer] if self._writer else [])):
            conn.close()
        self._readers.clear()
        self._writer = None


def _version(path: Path) -> int:
    """The schema version of a file, read from its first bytes so that a refused one is not changed; StorageTrouble where it is no file of ours."""
    if not path.is_file():
        raise StorageTrouble(f"There is no file {path}. Check the name and the folder.")
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_MAGIC):
        raise StorageTrouble(f"{path.name} is not a fundtracker file.")
    application, version = (int.from_bytes(head[at : at + 4], "big") for at in (68, 60))
    if application != APPLICATION_ID:
        raise StorageTrouble(f"{path.name} is a database of another program.")
    journal = path.with_name(f"{path.name}-journal")
    if journal.is_file() and journal.stat().st_size:
        # A killed program left a transaction half done, and perhaps its version in the first bytes: the database takes
        # it back before it answers.
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            (version,) = conn.execute("PRAGMA user_version").fetchone()
    return int(version)
