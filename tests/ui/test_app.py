"""Opening and making files, the settings, and the one handler of what goes wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused
from fundtracker.ui import app, crash, settings
from fundtracker.ui.bridge import Job, wait_for_jobs
from fundtracker.ui.help import HelpWindow
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.settings import Settings
from fundtracker.ui.views.start_page import StartPage
from ui.conftest import Answer, Said
from ui.driving import press


def _chooses(path: Path) -> Callable[..., tuple[str, str]]:
    """A file dialog in which the user chooses `path`."""

    def choose(*_: object, **__: object) -> tuple[str, str]:
        return str(path), ""

    return choose


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of this test's own."""
    kept = tmp_path / "settings"
    kept.mkdir()
    monkeypatch.setattr(settings, "settings_folder", lambda: kept)
    return kept


def test_settings_are_kept_and_a_broken_file_is_no_trouble(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.fundtracker"
    file.touch()
    wanted = Settings(width=1100).used(file)
    settings.keep(wanted)
    assert settings.load() == wanted
    assert settings.load().last == file.resolve()
    file.unlink()
    assert settings.load().last is None
    (folder / settings.NAME).write_text("{not json", encoding="utf-8")
    assert settings.load() == Settings()


def test_recent_files_are_few_and_newest_first(tmp_path: Path) -> None:
    found = Settings()
    for number in range(12):
        found = found.used(tmp_path / f"{number}.fundtracker")
    found = found.used(tmp_path / "9.fundtracker")
    assert [Path(each).stem for each in found.recent] == ["9", "11", "10", "8", "7", "6", "5", "4"]


def test_without_a_file_the_start_page_offers_three_ways(desk: app.Desk, qtbot: QtBot) -> None:
    desk.begin(None)
    assert desk.window is not None
    assert isinstance(desk.window.centralWidget(), StartPage)
    words = [each.text().replace("&", "") for each in desk.window.findChildren(QPushButton)]
    assert words == ["New programme...", "Open...", "Open the demonstration..."]


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_f1_helps_on_the_start_page_too(desk: app.Desk, qtbot: QtBot) -> None:
    desk.begin(None)
    window = desk.window
    assert window is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    press(window, Qt.Key.Key_F1)
    found = window.findChild(HelpWindow)
    assert found is not None
    assert (found.isVisible(), found.page) == (True, "starting")


def test_a_new_programme_is_made_and_opened(
    desk: app.Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.begin(None)
    target = tmp_path / "Ours"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", _chooses(target))
    assert desk.window is not None
    desk.window.findChildren(QPushButton)[0].click()
    assert isinstance(desk.window, MainWindow)
    assert desk.window.windowTitle() == "Ours.fundtracker - fundtracker"
    assert (tmp_path / "Ours.fundtracker").is_file()
    kept = (tmp_path / "Ours.fundtracker").resolve()
    qtbot.waitUntil(lambda: settings.load().last == kept)  # a worker keeps it, after the first paint
    wait_for_jobs()


def test_the_file_used_last_is_opened_again(desk: app.Desk, qtbot: QtBot, built: Path) -> None:
    desk.settings = Settings().used(built)
    desk.begin(None)
    assert isinstance(desk.window, MainWindow)
    assert desk.window.workspace.path == built.resolve()
    wait_for_jobs()


def test_a_file_of_another_kind_is_refused_in_words(
    desk: app.Desk, qtbot: QtBot, tmp_path: Path, answer: Callable[[str], Answer]
) -> None:
    other = tmp_path / "letter.fundtracker"
    other.write_text("Dear Sir", encoding="utf-8")
    said = answer("OK")
    desk.begin(other)
    assert said.said == "letter.fundtracker is not a fundtracker file."
    assert desk.window is not None
    assert isinstance(desk.window.centralWidget(), StartPage)


def test_a_refusal_nobody_caught_is_said_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said()
    monkeypatch.setattr(crash, "say_trouble", said)
    crash.handle(Refused, Refused("Fill in the year."), None)
    assert (said.titles, said.texts) == (["This could not be done"], ["Fill in the year."])


@pytest.mark.usefixtures("qtbot")
def test_our_own_fault_is_logged_and_owned_up_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown: list[tuple[str, str, Path | None]] = []

    def show(_parent: object, text: str, details: str, folder: Path | None) -> None:
        shown.append((text, details, folder))
        crash.handle(ValueError, ValueError("behind it"), None)  # while one is shown, the next is only logged

    monkeypatch.setattr("fundtracker.ui.dialogs.crashed.show_crash", show)
    monkeypatch.setattr("fundtracker.paths.log_folder", lambda: tmp_path)
    crash.handle(ZeroDivisionError, ZeroDivisionError("oh"), None)
    ((text, details, folder),) = shown
    assert text.startswith("ZeroDivisionError: oh\n\nWhat you were doing was not finished")
    assert str(tmp_path / "fundtracker.log") in text
    assert details.endswith("ZeroDivisionError: oh")
    assert folder == tmp_path
    log = (tmp_path / "fundtracker.log").read_text(encoding="utf-8")
    assert details in log
    assert "ValueError: behind it" in log


def test_a_job_reports_only_to_an_owner_that_is_still_there(qtbot: QtBot, workspace: Workspace) -> None:
    from shiboken6 import delete

    heard: list[object] = []
    owner, gone = QObject(), QObject()
    Job(owner, lambda _progress: 1, heard.append).start()
    Job(gone, lambda _progress: 2, heard.append).start()
    delete(gone)
    wait_for_jobs()
    assert heard == [1]


def test_a_jobs_progress_is_told_in_the_windows_thread(qtbot: QtBot) -> None:
    import threading

    where: list[int] = []
    owner = QObject()

    def work(progress: Callable[[str, int, int], None]) -> int:
        progress("Counting", 1, 2)
        return threading.get_ident()

    done: list[int] = []
    job = Job(owner, work, done.append)

    def told(_what: str, _done: int, _of: int) -> None:
        where.append(threading.get_ident())

    job.progressed.connect(told)
    job.start()
    wait_for_jobs()
    assert where == [threading.get_ident()]
    assert done != [threading.get_ident()]
