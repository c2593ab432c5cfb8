"""Database: one .fundtracker file, its connections and its transactions.

Uses the standard driver alone. Every connection has the pragmas below, set and read back; nobody but `transaction` writes.
Simulated power cuts chose them: DELETE/FULL and WAL/NORMAL lost acknowledged commits, TRUNCATE/EXTRA lost none.
"""

import re
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
_IDLE_READERS = 4
"""Connections kept open for the next reader, each with its cache of pages and statements; more are closed after use."""
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


class Database:
    """An open file. Readers see one moment each, in any thread; one writer at a time (see `journal.transaction`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writing = threading.RLock()
        self._here = threading.local()  # the reader open in this thread
        self._pool = threading.Lock()  # held to look at the three below, never while the file is read
        self._idle: list[sqlite3.Connection] = []
        self._reading: set[sqlite3.Connection] = set()
        self._closed = False
        self._writer: sqlite3.Connection | None = None

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
                remove(path)
                raise
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing file, migrated first where it is older than the program; a newer one is refused untouched."""
        with in_plain_words(path):
            version = _version(path)
            refuse_newer(path, version)
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
        held: sqlite3.Connection | None = getattr(self._here, "conn", None)
        if held is not None:
            yield held
            return
        with in_plain_words(self.path):
            conn = self._take()
            try:
                conn.execute("BEGIN")
                self._here.conn = conn
                yield conn
            finally:
                self._here.conn = None
                self._give_back(conn)

    def _take(self) -> sqlite3.Connection:
        """A connection that nobody else reads from, an idle one before a new one."""
        with self._pool:
            self._refuse_closed()
            if self._idle:
                conn = self._idle.pop()
                self._reading.add(conn)
                return conn
        conn = connect(self.path, read_only=True)
        with self._pool:
            if self._closed:  # meanwhile
                conn.close()
            self._refuse_closed()
            self._reading.add(conn)
        return conn

    def _give_back(self, conn: sqlite3.Connection) -> None:
        """End the moment; keep the connection for the next reader, or close it where the file is closed or enough are kept."""
        with suppress(sqlite3.Error):
            conn.execute("ROLLBACK")
        with self._pool:
            self._reading.discard(conn)
            if not self._closed and len(self._idle) < _IDLE_READERS and not conn.in_transaction:
                self._idle.append(conn)
                return
        conn.close()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StorageTrouble(f"{self.path.name} is closed.")

    def writer(self) -> sqlite3.Connection:
        """The one connection that writes; only under `writing`."""
        self._refuse_closed()
        if self._writer is None:
            self._writer = connect(self.path)
        return self._writer

    def close(self) -> None:
        """Close every connection. A write is waited for; whoever still reads is interrupted, and their connection closed by themselves.

        (The driver may crash where a connection is closed while another thread is inside it.)
        """
        with self._pool:
            self._closed = True
            for conn in self._idle:
                conn.close()
            self._idle.clear()
            for conn in self._reading:
                conn.interrupt()
        with self.writing:
            if self._writer is not None:
                end(self._writer)
            self._writer = None


def end(conn: sqlite3.Connection) -> None:
    """Close a connection that may have written, and have SQLite take away its empty journal, if nobody else is writing."""
    with suppress(sqlite3.Error):
        conn.execute("PRAGMA busy_timeout = 0")
        conn.execute("PRAGMA journal_mode = delete")
    conn.close()


def remove(path: Path) -> None:
    """Take away a closed file, and the journal that SQLite leaves beside it."""
    for left in (path, path.with_name(f"{path.name}-journal")):
        left.unlink(missing_ok=True)


def refuse_newer(path: Path, version: int) -> None:
    """StorageTrouble where a file's version is one that this program doesn't know."""
    if version > HEAD:
        raise StorageTrouble(
            f"{path.name} was last written by a newer version of fundtracker. Install that version to open it; the file was not changed."
        )


def _version(path: Path) -> int:
    """The schema version of a file, read from its first bytes so that a refused one is not changed; StorageTrouble where it is no file of ours."""
    if "://" in str(path) or re.match(r"postgres(ql)?:/", str(path)):
        raise StorageTrouble(
            "That is the address of a database server. fundtracker keeps a programme in a file so far: name a .fundtracker file."
        )
    if path.is_dir():
        raise StorageTrouble(f"{path} is a folder: name the file in it.")
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
