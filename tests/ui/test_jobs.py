"""A job ends in the window's own thread, whichever thread worked for it."""

import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.domain.costs import Cost
from fundtracker.ui.bridge import Cancelled, Job, Progress, Question, wait_for_jobs
from fundtracker.ui.dialogs import working
from fundtracker.ui.main_window import MainWindow
from ui.driving import cell_editor, click_cell, form_of, go_to, press, type_into, type_text

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


# Reading, and somebody writes


def test_what_is_typed_is_kept_while_a_question_is_asked_which_is_then_asked_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    """Before, the window stood still for five seconds, and said that another program was writing."""
    workspace, reading, asked, answers = window.workspace, threading.Event(), list[str](), list[str]()

    def work(_: Progress) -> str:
        with workspace.database.reader() as conn:
            asked.append(workspace.get(Cost, 3).supplier)
            while asked[-1] == "Supplier 2":
                reading.set()
                conn.execute("SELECT count(*) FROM cost").fetchone()
        return asked[-1]

    window.open_record(Cost, 3)
    form = form_of(go_to(window, Cost))
    wait_for_jobs()
    question = Question(window, work, answers.append).start()
    assert reading.wait(30)
    type_into(form, "supplier", "Typed meanwhile")
    assert form.fields["supplier"].problem.text() == ""
    assert workspace.get(Cost, 3).supplier == "Typed meanwhile"
    qtbot.waitUntil(lambda: bool(answers))
    assert (asked, answers) == (["Supplier 2", "Typed meanwhile"], ["Typed meanwhile"])
    question.finish()


def test_a_question_that_is_cancelled_is_not_asked_again(qtbot: QtBot, window: MainWindow) -> None:
    workspace, reading, asked, failed = (
        window.workspace,
        threading.Event(),
        list[int](),
        list[BaseException](),
    )

    def work(_: Progress) -> None:
        with workspace.database.reader() as conn:
            asked.append(1)
            while True:
                reading.set()
                conn.execute("SELECT count(*) FROM cost").fetchone()

    question = Question(window, work, asked.append, failed.append).start()
    assert reading.wait(30)
    question.cancel()
    edit(workspace, workspace.get(Cost, 3), supplier="Typed meanwhile")
    qtbot.waitUntil(lambda: bool(failed))
    assert asked == [1]
    assert [type(each) for each in failed] == [Cancelled]


def test_what_is_typed_while_long_work_reads_stays_until_it_can_be_kept(
    qtbot: QtBot, window: MainWindow
) -> None:
    workspace, reading, ended, done = window.workspace, threading.Event(), threading.Event(), list[str]()

    def work(_: Progress) -> str:
        with workspace.database.reader():
            reading.set()
            assert ended.wait(30)
            return workspace.get(Cost, 3).supplier

    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    press(page.table, Qt.Key.Key_F2)
    editor = cell_editor(page)
    editor.selectAll()
    wait_for_jobs()
    working.run_with_progress(window, "Export", work, done.append)
    assert reading.wait(30)
    type_text(editor, "Typed meanwhile")
    press(editor, Qt.Key.Key_Return)
    assert page.message.text() == (
        "⚠ Earlier work with Safer Streets.fundtracker isn't finished yet. Wait until it is, then try again."
    )
    assert cell_editor(page) is editor
    ended.set()
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["Supplier 2"]
    press(editor, Qt.Key.Key_Return)
    assert workspace.get(Cost, 3).supplier == "Typed meanwhile"
    assert page.message.text() == ""
