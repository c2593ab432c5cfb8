"""The auditor's pack from the window: of what is shown, with which sample, where to; written, told, or stopped with nothing left."""

from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.pack.gathered import Asked
from fundtracker.application.actions.records import add
from fundtracker.domain.grants import Grant
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.dialogs import pack_written
from fundtracker.ui.dialogs.pack import PackDialog
from fundtracker.ui.dialogs.pack_written import PackWritten
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.pack_commands import PackCommands
from ui.driving import go_to
from ui.person import Keyboard, Mouse, front, settle

LONG = 60_000
RETURN = "SSF5-VAWG 2024-25-Q2"
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def folder(window: MainWindow, tmp_path: Path) -> Path:
    """Where the window proposes to write."""
    there = tmp_path / "out"
    there.mkdir()
    window.export_folder = lambda: there
    return there


def test_by_the_mouse_a_return_is_packed_and_its_folder_shown(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(pack_written.QDesktopServices, "openUrl", open_url)
    window.show_return(RETURN)
    settle()
    mouse = Mouse()
    told: list[Any] = []

    def choose() -> None:
        dialog = cast("PackDialog", front())
        told.append(dialog.where.text())
        mouse.type_into(dialog.seed, "an auditor's own")
        told.append(mouse.answer(look, to=PackWritten))
        mouse.button("Make the pack")

    def look() -> None:
        dialog = cast("PackWritten", front())
        told.append({row.cells[0]: row.cells[1:] for row in dialog.model.rows})
        mouse.button("Show in folder")
        mouse.button("Close")

    asked = mouse.answer(choose, to=PackDialog)
    mouse.menu_bar(window, "File", "Auditor's pack")
    qtbot.waitUntil(lambda: len(told) == 3, timeout=LONG)
    settle()
    path = folder / f"{RETURN} audit pack.zip"
    assert told[0] == str(path)
    assert asked.said.startswith(f"Return {RETURN}\nOne zip file that opens without fundtracker. In it:")
    assert "This return isn't submitted yet" in asked.said
    assert opened == [str(folder)]
    figures = told[2]
    assert figures["Claim so far"] == ("£13,000.00", "2024/25 Q2")
    assert figures["How it was drawn"][1].startswith(
        "Seed “an auditor's own”, interval £520.00, first penny drawn "
    )
    assert figures["How it was drawn"][1].endswith(
        "). Whoever draws with the same seed and interval draws the same lines."
    )
    assert figures["Missing"][1].endswith(" about cost lines; sheet “Missing”")
    parts = [int(cells[0]) for name, cells in figures.items() if name.startswith("    ")]
    assert sum(parts) == int(figures["Missing"][0]) > len(parts) > 1
    with ZipFile(path) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"Start here.pdf", "Index.xlsx"} <= names
    assert window.statusBar().currentMessage() == f"Wrote {path.name} in {folder}."


def test_by_keys_what_is_asked_reaches_the_pack(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interval in place of a number, and for the public; a mistake is told in place."""
    written: list[tuple[str, Path, Asked]] = []

    def write(_: PackCommands, subject: Any, path: Path, asked: Asked) -> None:
        written.append((subject.reference, path, asked))

    monkeypatch.setattr(PackCommands, "write", write)
    window.show_return(RETURN)
    settle()
    keyboard = Keyboard()
    said: list[str] = []

    def choose() -> None:
        dialog = cast("PackDialog", front())
        keyboard.press("Alt+U")
        keyboard.press("Alt+K")
        said.append(dialog.message.text())
        keyboard.fill("Interval in pounds", "2.5k")
        keyboard.press("Alt+P")
        keyboard.press("Alt+T")
        keyboard.press("Ctrl+A")
        keyboard.type(str(folder / "nowhere" / "x.zip"))
        keyboard.press("Alt+K")
        said.append(dialog.message.text())
        keyboard.press("Alt+T")
        keyboard.press("Ctrl+A")
        keyboard.type(str(folder / "mine"))
        keyboard.press("Alt+K")

    keyboard.answer(choose, to=PackDialog)
    window.files.ask_pack()
    assert said[0].startswith("⚠ The interval: ")
    assert said[1] == f"⚠ There is no folder {folder / 'nowhere'}: choose one that is there."
    assert written == [(RETURN, folder / "mine.zip", Asked(interval=Money.pounds("2500"), public=True))]


def test_a_pack_that_is_stopped_leaves_nothing(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.ui.dialogs import working

    monkeypatch.setattr(working, "SHOWN_AFTER", 0)
    (held,) = window.workspace.select(FunderReturn)
    path = folder / "stopped.zip"
    path.write_bytes(b"what was there before")
    PackCommands(window).write(held, path, Asked())
    (dialog,) = (
        each for each in window.findChildren(QProgressDialog) if each.windowTitle() == "Writing stopped.zip"
    )
    (cancel,) = dialog.findChildren(QPushButton)
    cancel.click()
    settle()
    assert path.read_bytes() == b"what was there before"
    assert list(folder.iterdir()) == [path]
    assert not window.statusBar().currentMessage().startswith("Wrote")


def test_it_is_of_the_return_or_grant_chosen_in_a_list_and_of_nothing_else(window: MainWindow) -> None:
    add(window.workspace, Grant, {"reference": "GR-1", "title": "Village hall", "recipient_id": 1})
    page = go_to(window, Grant)
    page.choose(1)
    settle()
    found = PackCommands(window).subject()
    assert found is not None
    assert found.reference == "GR-1"
    window.open_record(Grant, 1)
    settle()
    assert PackCommands(window).subject() == found
    window.go("Home")
    assert PackCommands(window).subject() is None
    mouse = Mouse()
    said = mouse.answer(lambda: mouse.button("OK"))
    window.files.ask_pack()
    assert (
        said.said.split("\n")[0]
        == "Open a return or a grant, or choose one in its list; then choose File, Auditor's pack again."
    )


def test_without_a_program_for_folders_the_place_is_said(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.application.actions.pack.writing import write_pack

    def refuses(_: QUrl) -> bool:
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuses)
    done = write_pack(window.workspace, RETURN, tmp_path / "x.zip")
    dialog = PackWritten(window, done)
    qtbot.addWidget(dialog)
    mouse = Mouse()
    said = mouse.answer(lambda: mouse.button("OK"))
    dialog.show_button.click()
    assert said.said.split("\n")[0] == f"The pack is {tmp_path / 'x.zip'}."
