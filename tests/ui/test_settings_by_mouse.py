"""The settings by the mouse alone: one thing changed, kept, in force at once and in the file. See `ui.person`."""

import json
import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.ui import app, looks, settings
from fundtracker.ui.dialogs.settings import SettingsDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.settings import DARK, SYSTEM
from fundtracker.ui.views.list_page import ListPage
from ui.driving import form_of
from ui.person import Mouse, front, said_in, settle

LONG = 20_000
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings of this test are."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setattr(settings, "settings_folder", lambda: folder)
    return folder / settings.NAME


@pytest.fixture
def at_work(qtbot: QtBot, kept: Path, desk: app.Desk, built: Path, tmp_path: Path) -> app.Desk:
    """The program, with a file open."""
    path = tmp_path / "Safer Streets.fundtracker"
    shutil.copyfile(built, path)
    assert kept.parent.is_dir()
    with qtbot.waitSignal(desk.warmed, timeout=LONG):
        desk.begin(path)
    window_of(desk).activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk.window, timeout=LONG)
    settle()
    return desk


def window_of(desk: app.Desk) -> MainWindow:
    return cast("MainWindow", desk.window)


def dialog() -> SettingsDialog:
    found = front()
    assert isinstance(found, SettingsDialog)
    return found


def ask(mouse: Mouse, desk: app.Desk, *deeds: Any) -> str:
    """File, Settings; what is done in the dialog; and what stood there."""
    asked = mouse.answer(*deeds)
    mouse.menu_bar(window_of(desk), "File", "Settings")
    return asked.said


def in_file(kept: Path) -> dict[str, Any]:
    return json.loads(kept.read_text(encoding="utf-8"))


def test_a_name_typed_stands_at_every_change_from_then_on(at_work: app.Desk, kept: Path) -> None:
    mouse = Mouse()
    said = ask(
        mouse,
        at_work,
        lambda: mouse.type_into(dialog().editors["name"], "Co-ordinator"),
        lambda: mouse.button("OK"),
    )
    assert "Stands in History beside your changes." in said
    assert in_file(kept)["name"] == "Co-ordinator"
    window = window_of(at_work)
    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)
    mouse.cell(page.table, 3, 0)
    field = form_of(page).fields["supplier"].widget
    mouse.type_into(field, "!")
    mouse.cell(page.table, 4, 0)
    assert "!" in window.workspace.get(Cost, 4).supplier
    mouse.place(window, "History")
    history: Any = window.page
    assert "Co-ordinator" in " ".join(str(history.table.model().index(0, n).data()) for n in range(4))


def test_larger_text_is_there_at_once_and_after_cancel_nothing_is(
    qtbot: QtBot, at_work: app.Desk, kept: Path
) -> None:
    mouse, before, as_kept = Mouse(), window_of(at_work), in_file(kept)
    height = before.fontMetrics().height()

    def larger() -> None:
        """Two clicks on the little arrow."""
        box = dialog().editors["text_size"]
        for _ in range(2):
            mouse.click(box, QPoint(box.width() - 6, box.height() // 4))

    ask(mouse, at_work, larger, lambda: mouse.button("Cancel"))
    assert (at_work.window, in_file(kept)) == (before, as_kept)
    ask(mouse, at_work, larger, lambda: mouse.button("OK"))
    qtbot.waitUntil(lambda: at_work.window is not before, timeout=LONG)
    settle()
    assert in_file(kept)["text_size"] == 120
    assert window_of(at_work).fontMetrics().height() > height


def test_what_is_typed_is_asked_about_before_the_text_is_larger_and_cancel_changes_nothing(
    qtbot: QtBot, at_work: app.Desk, kept: Path
) -> None:
    mouse, before, as_kept = Mouse(), window_of(at_work), in_file(kept)
    mouse.place(before, "Costs")
    page = cast("ListPage", before.page)
    mouse.cell(page.table, 3, 0)
    mouse.type_into(form_of(page).fields["net"].widget, "a lot")
    mouse.cell(page.table, 3, 0)
    font, said = QApplication.font(), list[str]()

    def larger(answer: str) -> None:
        box = cast("Any", dialog().editors["text_size"])
        box.setValue(150)
        asked = mouse.answer(lambda: said.append(said_in(front())), lambda: mouse.button(answer))
        mouse.button("OK")
        assert asked is not None

    ask(mouse, at_work, lambda: larger("Cancel"))
    settle()
    assert said[0].startswith(
        "The window is drawn anew for the new text size; what was typed and not kept would be lost.\n\n"
    )
    assert (at_work.window, in_file(kept), QApplication.font()) == (before, as_kept, font)
    assert at_work.settings.text_size == 100
    ask(mouse, at_work, lambda: larger("Draw it anew"))
    qtbot.waitUntil(lambda: at_work.window is not before, timeout=LONG)
    settle()
    assert in_file(kept)["text_size"] == 150
    assert len(said) == 2, "asked once"


def test_the_list_of_places_is_as_wide_as_its_letters_ask(qtbot: QtBot, at_work: app.Desk) -> None:
    mouse = Mouse()

    def places() -> int:
        return window_of(at_work).splitter.sizes()[0]

    def set_size(per_cent: int) -> None:
        before = at_work.window
        choose = cast("Any", lambda: cast("Any", dialog().editors["text_size"]).setValue(per_cent))
        ask(mouse, at_work, choose, lambda: mouse.button("OK"))
        qtbot.waitUntil(lambda: at_work.window is not before, timeout=LONG)
        settle()

    usual = places()
    set_size(150)
    assert places() > usual * 1.3
    set_size(100)
    assert places() == pytest.approx(usual, abs=2)


def test_dark_colours_are_chosen_and_given_back(at_work: app.Desk, kept: Path) -> None:
    mouse = Mouse()
    usual = QApplication.palette().color(QPalette.ColorRole.Window).lightness()

    def choose(words: str) -> None:
        mouse.choose(cast("Any", dialog().editors["colours"]), words)

    try:
        ask(mouse, at_work, lambda: choose("Dark"), lambda: mouse.button("OK"))
        assert in_file(kept)["colours"] == DARK
        now = QApplication.palette()
        assert (
            now.color(QPalette.ColorRole.Base).lightness()
            < 80
            < now.color(QPalette.ColorRole.Text).lightness()
        )
    finally:
        looks.set_colours(app.application(), SYSTEM)
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() == usual
    assert settings.load() == at_work.settings
