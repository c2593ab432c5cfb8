"""What nothing names any more but itself ends in the window's thread, however much a worker makes meanwhile."""

import gc
import sys
import weakref
from threading import Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.ui import garbage
from fundtracker.ui.bridge import Job, Jobs, Progress
from fundtracker.ui.garbage import Garbage


class Left(QObject):
    """A page just left: it names itself, and its clock still runs."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.clock = QTimer(self)
        self.clock.start(1)


@pytest.fixture(autouse=True)
def however_much_other_tests_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "MOST", sys.maxsize)


def test_a_worker_never_ends_what_the_window_left(qtbot: QtBot, qapp: QApplication) -> None:
    gc.enable()
    Jobs(qapp)  # as at the start of the program
    ended_in: list[Thread] = []
    owner = QObject()
    done: list[int] = []

    def work(_progress: Progress) -> int:
        kept = [[n] for n in range(200_000)]  # many times as many as make Python look
        return len(kept)

    for _ in range(20):
        weakref.finalize(Left(), lambda: ended_in.append(current_thread()))
    Job(owner, work, done.append).start()
    qtbot.waitUntil(lambda: bool(done))
    made: list[list[int]] = []

    def looked_through() -> bool:
        made.extend([] for _ in range(1_000))  # the window goes on
        return len(ended_in) == 20

    qtbot.waitUntil(looked_through)
    assert set(ended_in) == {main_thread()}


def outlived() -> tuple[list[Left], list[weakref.ref[Left]]]:
    """What stood for many looks."""
    left = [Left() for _ in range(20)]
    for _ in range(3):
        gc.collect(1)
    return left, [weakref.ref(each) for each in left]


def go_on(looks: Garbage) -> None:
    for _ in range(400):
        made = [[n] for n in range(1_000)]
        looks.look()
        del made


def test_garbage_that_outlived_a_look_is_found_by_a_longer_one(qtbot: QtBot) -> None:
    """As in the program, where what is shown outlives many looks, and is garbage after."""
    looks = Garbage(QObject())
    left, found = outlived()
    assert not gc.isenabled()
    left.clear()
    go_on(looks)
    assert [each() for each in found] == [None] * 20


def test_a_look_that_would_hold_the_window_waits_until_it_is_not_in_use(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_front = [Qt.ApplicationState.ApplicationActive]
    monkeypatch.setattr(garbage, "MOST", 1)
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: in_front[0])
    looks = Garbage(QObject())
    left, found = outlived()
    left.clear()
    go_on(looks)
    assert None not in [each() for each in found]
    in_front[0] = Qt.ApplicationState.ApplicationInactive
    go_on(looks)
    assert [each() for each in found] == [None] * 20


def test_where_little_is_new_nothing_is_looked_through(qtbot: QtBot) -> None:
    looks = Garbage(QObject())
    looked: list[int] = []

    def tell(_phase: str, about: dict[str, int]) -> None:
        looked.append(about["generation"])

    gc.collect()
    gc.callbacks.append(tell)
    try:
        looks.look()
    finally:
        gc.callbacks.remove(tell)
    assert looked == []
