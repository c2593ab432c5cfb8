"""The one window of the program: settings, recent files, its own size, and who else has the file."""

import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from fundtracker.application import to_do
from fundtracker.application.actions.importing import Proposed
from fundtracker.application.glance import Task
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.rounds import Fund
from fundtracker.ui import app, crash, looks, settings
from fundtracker.ui.dialogs.about import AboutDialog
from fundtracker.ui.dialogs.crashed import CrashDialog
from fundtracker.ui.dialogs.import_preview import ImportPreview
from fundtracker.ui.dialogs.settings import SettingsDialog
from fundtracker.ui.help import HelpWindow
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.palette import Palette
from fundtracker.ui.settings import DARK, Settings
from ui.conftest import Answer, Said
from ui.driving import click, press, type_text
from ui.test_window import nameless

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "settings"
    kept.mkdir()
    monkeypatch.setattr(settings, "settings_folder", lambda: kept)
    return kept


@pytest.fixture
def file(built: Path, tmp_path: Path) -> Path:
    path = tmp_path / "Ours.fundtracker"
    path.write_bytes(built.read_bytes())
    return path


def main_window(desk: app.Desk) -> MainWindow:
    assert isinstance(desk.window, MainWindow)
    return desk.window


# Settings


def test_the_dialog_has_an_editor_for_every_described_field_and_gives_what_was_chosen(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(recent=("a",), width=900))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert list(dialog.editors) == [each.name for each in fields(Settings) if each.metadata]
    name, size = dialog.editors["name"], dialog.editors["text_size"]
    colours, last = dialog.editors["colours"], dialog.editors["open_last"]
    assert isinstance(name, QLineEdit)
    assert isinstance(size, QSpinBox)
    assert isinstance(colours, QComboBox)
    assert isinstance(last, QCheckBox)
    type_text(name, " Co-ordinator ")
    press(size, Qt.Key.Key_Up)
    type_text(colours, "Dark")
    press(last, Qt.Key.Key_Space)
    assert dialog.settings == Settings(recent=("a",), width=900)  # nothing before OK
    press(name, Qt.Key.Key_Return)
    assert dialog.settings == Settings(
        recent=("a",), width=900, name="Co-ordinator", text_size=110, colours=DARK, open_last=False
    )


def test_what_was_edited_by_hand_and_makes_no_sense_is_left_out(folder: Path) -> None:
    held = {
        "text_size": 900,
        "colours": "pink",
        "name": 7,
        "width": True,
        "recent": ["a", 3],
        "open_last": False,
        "left": 5,
    }
    (folder / settings.NAME).write_text(json.dumps(held), encoding="utf-8")
    assert settings.load() == Settings(recent=("a",), open_last=False, left=5)
    (folder / settings.NAME).write_text("[1]", encoding="utf-8")
    assert settings.load() == Settings()


def chooses(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    def choose(_parent: object, before: Settings) -> Settings:
        return replace(before, **values)  # type: ignore[arg-type]

    monkeypatch.setattr("fundtracker.ui.dialogs.settings.ask_settings", choose)


def test_a_name_stands_in_the_history_from_then_on(
    desk: app.Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.application.actions.records import edit

    desk.begin(file)
    workspace = main_window(desk).workspace
    chooses(monkeypatch, name="The co-ordinator")
    main_window(desk).settings_asked.emit()
    fund = workspace.select(Fund)[0]
    edit(workspace, fund, name="Safer Streets")
    with workspace.database.reader() as conn:
        (actor,) = conn.execute("SELECT actor FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert actor == "The co-ordinator"
    assert settings.load().name == "The co-ordinator"


def test_larger_text_holds_at_once_and_the_place_stays(
    desk: app.Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.begin(file)
    before = main_window(desk)
    before.go("Costs")
    row = before.navigation.fontMetrics().height()
    chooses(monkeypatch, text_size=200)
    before.settings_asked.emit()
    after = main_window(desk)
    assert after is not before
    assert after.spots[-1] == ("Costs", 0)
    assert after.navigation.fontMetrics().height() > row * 1.7
    assert after.menuBar().fontMetrics().height() > row * 1.7
    chooses(monkeypatch, text_size=100)
    after.settings_asked.emit()
    assert main_window(desk).navigation.fontMetrics().height() == row


def test_dark_colours_can_be_read(desk: app.Desk, qtbot: QtBot) -> None:
    for wanted in (settings.DARK, settings.LIGHT):
        made = looks.palette(wanted)
        pairs = (("Window", "WindowText"), ("Base", "Text"), ("AlternateBase", "Text"), ("Button", "ButtonText"),
                 ("ToolTipBase", "ToolTipText"), ("Highlight", "HighlightedText"), ("Base", "Link"), ("Base", "PlaceholderText"))  # fmt: skip
        for under, text in pairs:
            colours = made.color(QPalette.ColorRole[under]), made.color(QPalette.ColorRole[text])
            assert contrast(*colours) >= 4.5, (wanted, under, text)


def contrast(one: QColor, other: QColor) -> float:
    """Of WCAG 2.1: 1 to 21."""

    def light(colour: QColor) -> float:
        parts = [
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
            for each in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


# Files


def test_without_the_setting_the_last_file_is_not_opened(desk: app.Desk, file: Path) -> None:
    desk.settings = replace(Settings().used(file), open_last=False)
    desk.begin(None)
    assert not isinstance(desk.window, MainWindow)


def test_recent_files_stand_in_the_menu_and_are_cleared(desk: app.Desk, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other.fundtracker"
    other.write_bytes(file.read_bytes())
    desk.begin(file)
    desk.open(other)
    menus = main_window(desk).menus
    menus.fill_recent()
    first = menus.recent.actions()[0]
    assert first.toolTip() == str(file.resolve())
    first.trigger()
    assert main_window(desk).workspace.path == file
    menus = main_window(desk).menus
    menus.fill_recent()
    menus.recent.actions()[-1].trigger()
    menus.fill_recent()
    assert [each.text() for each in menus.recent.actions()] == ["No other file yet"]
    assert settings.load().recent == (str(file.resolve()),)


def test_the_same_file_again_brings_its_window_to_the_front(
    desk: app.Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said()
    monkeypatch.setattr(crash, "say_trouble", said)
    desk.begin(file)
    before = desk.window
    assert desk.open(file.parent / "settings" / ".." / file.name)
    assert desk.window is before
    assert said.titles == []


OTHER = """
    import sys
    from pathlib import Path
    from fundtracker.ui.holding import Hold
    held = Hold.take(Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.readline()
    {end}
"""


def other_program(file: Path, end: str) -> subprocess.Popen[str]:
    """Another program that has the file open, until it is sent a line."""
    script = textwrap.dedent(OTHER.format(end=end))
    made = subprocess.Popen(
        [sys.executable, "-c", script, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert made.stdout is not None
    assert made.stdout.readline() == "held\n"
    return made


def test_a_file_that_another_program_has_open_says_who_and_what_to_do(
    desk: app.Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said()
    monkeypatch.setattr(crash, "say_trouble", said)
    with other_program(file, "held.end()") as other:
        desk.begin(file)
        assert not isinstance(desk.window, MainWindow)
        assert said.titles == ["Ours.fundtracker was not opened"]
        assert said.texts[0].startswith(
            "Ours.fundtracker is open already, in another window on this computer, since "
        )
        assert "Close it there, then open it again." in said.texts[0]
        other.communicate("\n", timeout=20)
    assert desk.open(file)
    assert file.with_name("Ours.fundtracker.lock").exists()


def test_a_program_that_was_killed_is_no_hindrance(desk: app.Desk, file: Path) -> None:
    with other_program(file, "import os; os._exit(9)") as other:
        other.communicate("\n", timeout=20)
    assert file.with_name("Ours.fundtracker.lock").exists()
    assert desk.open(file)


def test_closing_lets_the_file_go(desk: app.Desk, file: Path) -> None:
    desk.begin(file)
    assert file.with_name("Ours.fundtracker.lock").exists()
    main_window(desk).close()
    desk.close()
    assert not file.with_name("Ours.fundtracker.lock").exists()


@pytest.mark.skipif(os.name == "nt", reason="a folder's rights are another thing on Windows")
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="the administrator may write everywhere")
def test_closing_does_not_wait_for_what_home_still_looks_for(
    desk: app.Desk, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def endless(workspace: Workspace) -> tuple[Task, ...]:
        begun.set()
        try:
            with workspace.database.reader() as conn:
                conn.execute(
                    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
                ).fetchone()
        finally:
            ended.set()
        return ()

    monkeypatch.setattr(to_do, "further_tasks", endless)
    assert desk.open(file)
    qtbot.waitUntil(begun.is_set)
    assert not ended.is_set()
    desk.close()
    assert ended.is_set()


def test_where_no_lock_can_be_written_the_file_is_opened(desk: app.Desk, file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        assert desk.open(file)
    finally:
        file.parent.chmod(0o700)


def test_size_place_and_parts_are_remembered(desk: app.Desk, file: Path, qtbot: QtBot) -> None:
    desk.begin(file)
    window = main_window(desk)
    window.setGeometry(QRect(30, 40, 700, 500))
    window.splitter.setSizes([222, 478])
    width = window.splitter.sizes()[0]
    desk.remember(window)
    kept = desk.settings
    assert (kept.width, kept.height, kept.places) == (window.width(), window.height(), width)
    desk.open(_copy(file))
    again = main_window(desk)
    assert (again.width(), again.height(), again.splitter.sizes()[0]) == (kept.width, kept.height, width)
    assert again.frameGeometry().topLeft() == window.frameGeometry().topLeft()


def _copy(file: Path) -> Path:
    path = file.with_name("Copy.fundtracker")
    path.write_bytes(file.read_bytes())
    return path


# About and faults


def test_about_names_every_part_and_can_be_copied(qtbot: QtBot) -> None:
    dialog = AboutDialog(None)
    qtbot.addWidget(dialog)
    names = {each.name.casefold() for each in dialog.parts}
    assert {
        "python",
        "pyside6_essentials",
        "sqlalchemy",
        "openpyxl",
        "reportlab",
        "qtawesome",
        "pypdfium2",
    } <= names
    assert [each.name for each in dialog.parts if not each.licence] == []
    dialog.copy()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("fundtracker ")
    assert "Noto Sans, in reports\t\tSIL Open Font License 1.1" in text


def test_the_crash_dialog_copies_its_details(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog(None, "It failed.", "Traceback: x", tmp_path)
    qtbot.addWidget(dialog)
    buttons = {each.text().replace("&", ""): each for each in dialog.findChildren(type(dialog.copy_button))}
    click(buttons["Copy details"])
    assert QGuiApplication.clipboard().text() == "Traceback: x"
    assert "Open the folder" in buttons


def test_the_dialogs_fit_the_smallest_screen_at_the_largest_text(
    qtbot: QtBot, answer: Callable[[str], Answer]
) -> None:
    usual = QApplication.font()
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    looks.set_text_size(made, usual, 150)
    try:
        for dialog in (
            AboutDialog(None),
            SettingsDialog(Settings()),
            CrashDialog(None, "x " * 200, "y", None),
        ):
            qtbot.addWidget(dialog)
            least = dialog.minimumSizeHint()
            assert (least.width() <= 1024, least.height() <= 740) == (True, True), type(dialog).__name__
    finally:
        made.setFont(usual)


def test_faults_below_python_are_written_to_the_log_folder(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        import fundtracker.paths as paths
        paths.log_folder = lambda: Path(sys.argv[1])
        from fundtracker.ui import crash
        crash.watch_faults()
        os.abort()
    """)
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, capture_output=True)
    assert done.returncode != 0
    text = (tmp_path / crash.FAULTS).read_text(encoding="utf-8")
    assert "Fatal Python error: Aborted" in text


def test_every_control_of_the_dialogs_has_a_name(qtbot: QtBot, file: Path, desk: app.Desk) -> None:
    desk.begin(file)
    window = main_window(desk)
    proposed = Proposed("ours.xlsx", (), {Fund: 2}, (), lambda _: "")
    preview = ImportPreview(None, proposed, (Problem(message="odd", severity=Severity.WARNING),))
    others = (
        AboutDialog(None),
        SettingsDialog(Settings()),
        CrashDialog(None, "x", "y", file),
        HelpWindow(None),
        preview,
    )
    for dialog in (Palette(window), *others):
        qtbot.addWidget(dialog)
        assert nameless(dialog) == [], type(dialog).__name__
