"""A job ends in the window's own thread, whichever thread worked for it."""

import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fundtracker.ui.bridge import Job, wait_for_jobs

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
