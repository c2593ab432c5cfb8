"""Whatever is pressed, nothing fails that isn't said in words, Qt has nothing to warn of, and memory stays as it is."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from types import TracebackType

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.checking import verify
from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui import crash
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from ui.monkey import Monkey, resident

MANY, MANY_DEEP = 800, 20_000
GROWTH = 60_000_000
"""Bytes the second half of 20,000 events may add: Qt keeps fonts, pages and pictures for later, but not without end."""

pytestmark = [
    pytest.mark.qt_no_exception_capture,
    pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True),
]


@pytest.fixture
def uncaught(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What reached the one handler and was no refusal; refusals are said as they always are."""
    found: list[BaseException] = []

    def hook(kind: type[BaseException], trouble: BaseException, traceback: TracebackType | None) -> None:
        if isinstance(trouble, (Refused, StorageTrouble, Unreadable)):
            crash.handle(kind, trouble, traceback)
        else:
            found.append(trouble.with_traceback(traceback))

    monkeypatch.setattr(sys, "excepthook", hook)
    yield found
    for trouble in found:
        raise trouble


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are asked for and named by the system's own windows: the monkey sometimes names one, in a folder of its own."""
    names = iter(range(1_000_000))

    def save(*_: object, **__: object) -> tuple[str, str]:
        number = next(names)
        return (str(tmp_path / f"saved {number}") if number % 2 else "", "")

    def nothing(*_: object, **__: object) -> tuple[str, str]:
        return "", ""

    def folder(*_: object, **__: object) -> str:
        return str(tmp_path) if next(names) % 2 else ""

    def opened(_: QUrl) -> bool:
        return True

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", nothing)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)


def _play(qtbot: QtBot, window: MainWindow, seed: int, many: int) -> list[int]:
    """The memory held at the half and at the end."""
    held: list[int] = []

    def each(left: int) -> None:
        if left in {many // 2, 0} and (found := resident()):
            held.append(found)

    monkey = Monkey(window, seed, many, each)
    monkey.begin()
    qtbot.waitUntil(lambda: monkey.over, timeout=many * 500)
    wait_for_jobs()
    monkey.deleteLater()
    assert monkey.done.total() == many
    assert verify(window.workspace) == ()
    return held


@pytest.mark.usefixtures("uncaught", "nowhere")
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_random_breaks_it(qtbot: QtBot, window: MainWindow, seed: int) -> None:
    _play(qtbot, window, seed, MANY)


@pytest.mark.deep
@pytest.mark.usefixtures("uncaught", "nowhere")
@pytest.mark.parametrize("seed", [20_000, 41])
def test_twenty_thousand_random_events(qtbot: QtBot, window: MainWindow, seed: int) -> None:
    began, before = monotonic(), resident()
    held = _play(qtbot, window, seed, MANY_DEEP)
    if before and held:
        half, end = held
        sizes = ", ".join(f"{each / 1e6:.0f}" for each in (before, half, end))
        sys.stdout.write(
            f"\n{MANY_DEEP} events in {monotonic() - began:.0f} s; MB before, at the half, at the end: {sizes}\n"
        )
        assert end - half < GROWTH, f"{(end - half) / 1e6:.0f} MB more at the end than at the half"
