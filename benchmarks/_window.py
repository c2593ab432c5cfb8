"""The program's own window on the file of 1,000,000 costs, as `run` begins it, with settings of its own."""

import os
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from _measure import MILLION

if TYPE_CHECKING:
    from fundtracker.ui.app import Desk
    from fundtracker.ui.main_window import MainWindow

PATIENCE = 60
"""Seconds to wait for anything before the benchmark gives up."""


@contextmanager
def window() -> "Generator[tuple[Desk, MainWindow]]":
    """The desk and its window, painted and warmed up: what could wait until after the first paint is there."""
    desk = begin()
    warmed: list[bool] = []
    desk.warmed.connect(lambda: warmed.append(True))
    until(lambda: bool(warmed))
    found = desk.window
    assert_window(found)
    try:
        yield desk, found  # pyright: ignore[reportReturnType] - it is the window of an open file: looked at above
        settle()
    finally:
        desk.close()


def begin() -> "Desk":
    """The desk with its window opened and not yet painted; a file that is held elsewhere ends the benchmark, not a dialog nobody sees."""
    os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = tempfile.mkdtemp()
    from fundtracker.ui import app, crash

    def stop(_window: object, title: str, text: str) -> None:
        raise SystemExit(f"{title}: {text}")

    crash.say_trouble = stop
    app.application()
    desk = app.Desk()
    desk.begin(MILLION)
    assert_window(desk.window)
    return desk


def assert_window(found: object) -> None:
    from fundtracker.ui.main_window import MainWindow

    if not isinstance(found, MainWindow):
        raise SystemExit(f"{MILLION.name} was not opened")


def until(met: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    from PySide6.QtWidgets import QApplication

    end = monotonic() + PATIENCE
    while not met():
        QApplication.processEvents()
        if monotonic() > end:
            raise SystemExit("what was waited for did not come")


def settle() -> None:
    """Let background answers arrive, and what they paint be painted."""
    from PySide6.QtWidgets import QApplication

    from fundtracker.ui.bridge import wait_for_jobs

    for _ in range(3):
        QApplication.processEvents()
        wait_for_jobs()


def shown() -> None:
    """Paint whatever waits to be painted."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
