"""A job ends in the window's own thread, whichever thread worked for it."""

import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.ui.bridge import Job, Progress, wait_for_jobs
from fundtracker.ui.dialogs import working

MANY = 4_000


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("qtbot", "restless")
def test_no_worker_is_the_last_to_hold_a_job(qtbot: QtBot) -> None:
    owner, done, ended = QObject(), list[int](), list[bool]()

    def note() -> None:
        ended.append(threading.current_thread() is threading.main_thread())

    for number in range(MANY):
        job = Job(owner, lambda _, number=number: number, done.append)
        weakref.finalize(job, note)
        job.start()
        del job
        if number % 7 == 0:
            wait_for_jobs()
    wait_for_jobs()
    assert sorted(done) == list(range(MANY))
    assert ended == [True] * MANY


@pytest.mark.parametrize("slow", [False, True], ids=["before it was shown", "after"])
def test_what_is_asked_after_long_work_stands_alone_in_front(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, slow: bool
) -> None:
    """The progress dialog's own clock still ran while a question was in front, and put the work that had ended before it."""
    monkeypatch.setattr(working, "SHOWN_AFTER", 50)
    parent, seen, go_on = QWidget(), list[list[str]](), threading.Event()
    qtbot.addWidget(parent)
    parent.show()

    def work(_: Progress) -> None:
        if slow:
            go_on.wait(10)

    def ask(_: None) -> None:
        question = QDialog(parent)
        question.setWindowTitle("Question")
        QTimer.singleShot(400, question, lambda: (seen.append(in_front()), question.close()))
        question.exec()
        question.deleteLater()

    def in_front() -> list[str]:
        dialogs = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
        return [each.windowTitle() for each in dialogs if each.isVisible()]

    working.run_with_progress(parent, "Reading", work, ask)
    if slow:
        qtbot.waitUntil(lambda: in_front() == ["Reading"])
        go_on.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [["Question"]]
    wait_for_jobs()


def test_long_work_shows_after_a_second_how_far_it_is_and_can_be_stopped(qtbot: QtBot) -> None:
    parent, go_on, stopped = QWidget(), threading.Event(), list[bool]()
    qtbot.addWidget(parent)
    parent.show()

    def work(progress: Progress) -> None:
        while not go_on.wait(0.01):
            progress("Reading lines", 1_200, 34_000)  # raises once it is stopped

    def ended() -> None:
        stopped.append(True)

    working.run_with_progress(parent, "Reading", work, lambda _: None, stopped=ended)
    dialog = parent.findChild(QProgressDialog)
    assert isinstance(dialog, QProgressDialog)
    try:
        assert dialog.minimumDuration() == 1_000
        assert not dialog.isVisible()
        qtbot.waitUntil(dialog.isVisible)
        qtbot.waitUntil(lambda: dialog.labelText() == "Reading lines: 1,200 of 34,000")
        (cancel,) = dialog.findChildren(QPushButton)
        assert cancel.text() == "Cancel"
        cancel.click()
        qtbot.waitUntil(lambda: stopped == [True])
    finally:
        go_on.set()
    wait_for_jobs()


def test_work_that_tells_of_two_things_in_turn_tells_the_window_once_and_the_latest(qtbot: QtBot) -> None:
    owner, told, done = QObject(), list[tuple[str, int, int]](), list[None]()

    def work(progress: Progress) -> None:
        for n in range(1, 1_001):
            progress("Trying the rules", n, 1_000)
            progress("Writing", n, 1_000)

    job = Job(owner, work, done.append)
    job.progressed.connect(lambda *step: told.append(step))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - a step
    job.start().wait()  # the window is busy meanwhile
    assert (told, done) == ([], [])
    wait_for_jobs()
    assert (told, done) == ([("Writing", 1_000, 1_000)], [None])
