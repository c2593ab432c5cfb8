"""Stopping: what long work tells of itself on its way, and how whoever began it breaks it off: anywhere, with nothing written.

Work is begun with a `Progress`; what it calls needn't hand that on. A transaction looks at it between statements and within them.
"""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much is done, and of how much (0: nobody knows). It raises to stop the work."""
STEPS = 10_000
"""Steps of a statement, about a millisecond, between two looks."""


class _Telling:
    """A Progress, and what it was told last."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = ("Writing", 0, 0)

    def __call__(self, what: str, done: int, of: int) -> None:
        self._last = what, done, of
        self._progress(what, done, of)

    def again(self) -> None:
        self._progress(*self._last)


_telling = ContextVar[_Telling | None]("telling", default=None)


@contextmanager
def telling(progress: Progress) -> Generator[None]:
    """What this thread does in the block tells `progress`, and is stopped by it."""
    before = _telling.set(_Telling(progress))
    try:
        yield
    finally:
        _telling.reset(before)


def tell(what: str, done: int, of: int) -> None:
    """Tell whoever began the work, if anybody listens; raises what stops it."""
    to = _telling.get()
    if to is not None:
        to(what, done, of)


def again() -> None:
    """Tell the same once more, in the midst of something long; raises what stops the work."""
    to = _telling.get()
    if to is not None:
        to.again()


@contextmanager
def stoppable(conn: sqlite3.Connection) -> Generator[None]:
    """A statement under way is broken off as well: the block then raises what the Progress raised."""
    to = _telling.get()
    if to is None:
        yield
        return
    raised: list[BaseException] = []

    def look() -> bool:
        try:
            to.again()
        except BaseException as stop:  # noqa: BLE001 - raised again below: SQLite would swallow it here
            raised.append(stop)
        return bool(raised)

    conn.set_progress_handler(look, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if raised:
            raise raised[0] from error
        raise
    finally:
        conn.set_progress_handler(None, 0)
    if raised:  # the block took it for a fault of the file
        raise raised[0]
