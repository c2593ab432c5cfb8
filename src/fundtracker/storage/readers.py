"""Readers: the connections a file is read through, and how they make room for a write.

Nobody can commit while anybody reads. Questions that can be asked again give way to a write and wait until it is through; what
can't is waited for, though not by the thread that paints the window.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Condition, get_ident
from time import monotonic

from fundtracker.domain.problems import StorageTrouble
from fundtracker.storage.connection import Connection, connect
from fundtracker.storage.stopping import again

HURRY = 0.1
"""Seconds that the thread which paints the window may wait for others."""
_GIVE_WAY = 5.0
"""Seconds within which a question that gives way has done so: it is between two statements, or the database has told it."""
_LOOK = 0.05
"""Seconds between two looks at whether a wait is still wanted."""
_IDLE = 4
"""Connections kept open for the next reader, each with its cache of pages and statements; more are closed after use."""
_again: ContextVar[bool] = ContextVar("again", default=False)


class GaveWay(Exception):  # noqa: N818 - nothing went wrong
    """A question made room for a write: it has to be asked again."""


@contextmanager
def asked_again() -> Generator[None]:
    """What is read in the block gives way to whoever writes (GaveWay): it must do nothing but read, and be begun again."""
    before = _again.set(True)
    try:
        yield
    finally:
        _again.reset(before)


class Readers:
    """Those who read a file now, and connections for those who will."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._looks = Condition()  # held to look at the four below, never while the file is read
        self._idle: list[Connection] = []
        self._reading: dict[Connection, tuple[int, bool]] = {}
        """Each with its thread, and whether it gives way."""
        self._wanted = False
        self._closed = False

    def take(self, *, hurried: bool) -> Connection:
        """A connection that nobody else reads from, an idle one before a new one; where a write wants room, once it is through.

        Whoever is `hurried` doesn't wait for it: their questions are short.
        """
        with self._looks:
            self._wait(hurried=hurried)
            self.refuse_closed()
            conn = self._idle.pop() if self._idle else None
            if conn is not None:
                return self._begun(conn)
        conn = connect(self._path, read_only=True)
        with self._looks:
            self._wait(hurried=hurried)
            if self._closed:
                conn.close()
            self.refuse_closed()
            return self._begun(conn)

    def _wait(self, *, hurried: bool) -> None:
        while self._wanted and not hurried and not self._closed:
            self._looks.wait()

    def _begun(self, conn: Connection) -> Connection:
        conn.told = False  # it may have been just as it was given back
        self._reading[conn] = (get_ident(), _again.get())
        return conn

    def gave_way(self, conn: Connection) -> bool:
        """Whether a reader was interrupted to make room, not because the file was closed."""
        return conn.told and not self._closed

    def give_back(self, conn: Connection) -> None:
        """End the moment; keep the connection for the next reader, or close it where the file is closed or enough are kept."""
        conn.told = False
        with suppress(sqlite3.Error):  # told in this very moment it is closed
            conn.execute("ROLLBACK")
        with self._looks:
            del self._reading[conn]
            self._looks.notify_all()
            if not self._closed and len(self._idle) < _IDLE and not conn.in_transaction:
                self._idle.append(conn)
                return
        conn.close()

    @contextmanager
    def room(self, *, hurried: bool) -> Generator[None]:
        """Nobody else reads in the block. Waiting for that can be stopped; who is `hurried` doesn't wait for those who can't give way."""
        with self._looks:
            self._wanted = True
            for conn, (_, gives_way) in self._reading.items():
                if gives_way:
                    conn.stop()
        try:
            began = monotonic()
            while others := self._others():
                patience = _GIVE_WAY if all(others) else HURRY
                if hurried and monotonic() - began > patience:
                    raise self.busy()
                again()
            yield
        finally:
            with self._looks:
                self._wanted = False
                self._looks.notify_all()

    def _others(self) -> list[bool]:
        """Of each who reads in another thread, a moment later if anybody does, whether they give way."""
        here = get_ident()
        with self._looks:
            if any(thread != here for thread, _ in self._reading.values()):
                self._looks.wait(_LOOK)
            return [gives_way for thread, gives_way in self._reading.values() if thread != here]

    def busy(self) -> StorageTrouble:
        """What whoever is hurried is told."""
        return StorageTrouble(
            f"Earlier work with {self._path.name} isn't finished yet. Wait until it is, then try again."
        )

    def refuse_closed(self) -> None:
        if self._closed:
            raise StorageTrouble(f"{self._path.name} is closed.")

    def close(self) -> None:
        """Close what is idle; whoever still reads is interrupted, and closes by themselves.

        (The driver may crash where a connection is closed while another thread is inside it.)
        """
        with self._looks:
            self._closed = True
            for conn in self._idle:
                conn.close()
            self._idle.clear()
            for conn in self._reading:
                conn.stop()
            self._looks.notify_all()
