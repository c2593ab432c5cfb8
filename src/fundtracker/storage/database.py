"""Database: one .fundtracker file, who reads it and who writes. Uses the standard driver alone; nobody but `transaction` writes."""

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock, get_ident, local
from typing import Self

from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage.connection import PRAGMAS, Connection, connect, end
from fundtracker.storage.errors import in_plain_words
from fundtracker.storage.migrations import HEAD
from fundtracker.storage.readers import HURRY, GaveWay, Readers
from fundtracker.storage.stopping import again

APPLICATION_ID = 0x46554E44
"""The letters FUND: what a .fundtracker file says it is."""
_MAGIC = b"SQLite format 3\x00"


class Database:
    """An open file. Readers see one moment each, in any thread; one writer at a time (see `journal.transaction`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hurried: int | None = None
        """The thread that paints a window on the file: it waits for nobody longer than HURRY."""
        self._here = local()  # the reader open in this thread
        self._readers = Readers(path)
        self._writes = RLock()
        self._writer: Connection | None = None

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
        """One moment of the file, read only. Nested uses in a thread share the moment. GaveWay where it was told to (`asked_again`)."""
        held: sqlite3.Connection | None = getattr(self._here, "conn", None)
        if held is not None:
            yield held
            return
        with in_plain_words(self.path):
            conn = self._readers.take(hurried=self._hurried)
            try:
                conn.execute("BEGIN")
                self._here.conn = conn
                yield conn
            except sqlite3.OperationalError as error:
                if self._readers.gave_way(conn):
                    raise GaveWay from error
                raise
            finally:
                self._here.conn = None
                self._readers.give_back(conn)

    @property
    def _hurried(self) -> bool:
        return self.hurried == get_ident()

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """The one connection that writes, for one thread at a time. Whoever waits for it can be stopped; who is hurried is told soon."""
        while not self._writes.acquire(timeout=HURRY):
            if self._hurried:
                raise self._readers.busy()
            again()
        try:
            conn = self.writer()
            patience = int(1000 * HURRY) if self._hurried else PRAGMAS["busy_timeout"]
            conn.execute(f"PRAGMA busy_timeout = {patience}")  # with other programs
            yield conn
        finally:
            self._writes.release()

    def writer(self) -> sqlite3.Connection:
        """What `writing` gives; only there."""
        self._readers.refuse_closed()
        if self._writer is None:
            self._writer = connect(self.path)
        return self._writer

    def commit(self) -> None:
        """COMMIT what is being written, once nobody reads."""
        with self.writing() as conn, self._readers.room(hurried=self._hurried):
            conn.execute("COMMIT")

    def close(self) -> None:
        """Close every connection. A write is waited for; whoever still reads is interrupted, and closes by themselves."""
        self._readers.close()
        with self._writes:
            if self._writer is not None:
                end(self._writer)
            self._writer = None


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
