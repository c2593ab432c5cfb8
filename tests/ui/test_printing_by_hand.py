"""A list printed: its preview opened, its pages turned, printed into a PDF, closed with the focus back; by keys alone and by mouse alone. See `ui.person`."""

from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from fundtracker.ui.dialogs.print_preview import PrintPreview
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.person import Answer, Keyboard, Mouse, focused, front, in_sight, name_of, settle

LONG = 60_000
FILTER, ROWS = "10.00..10.39", 40
"""Of net: the first forty costs."""
FILE_NAME = "filename"
"""What Qt calls the field in its own dialog for printers."""
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture(autouse=True)
def has_a_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer has one; without any, the program says so (see test_print_preview)."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])


def previewed(qtbot: QtBot) -> PrintPreview:
    """In front, its pages drawn."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview), timeout=LONG)
    preview = cast("PrintPreview", QApplication.activeModalWidget())
    qtbot.waitUntil(lambda: preview.view.pages.many > 0 and preview.isActiveWindow(), timeout=LONG)
    settle()
    return preview


def closed(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=LONG)
    settle()
    assert front() is window
    assert in_sight(focused())


def pages_of(path: Path) -> list[Any]:
    return list(PdfReader(path).pages)


def is_the_list(preview: PrintPreview, tmp_path: Path) -> int:
    """The preview holds the rows that the list shows, and no others; how many pages."""
    path = tmp_path / "seen.pdf"
    path.write_bytes(preview.view.data)
    words = "\n".join(each.extract_text() for each in pages_of(path))
    assert words.count("INV-") == ROWS
    assert [f"INV-{number:04d}" in words for number in (0, ROWS - 1, ROWS)] == [True, True, False]
    assert preview.windowTitle() == "Costs: Net from 10.00 to 10.39 - print preview"
    return len(pages_of(path))


def printed(qtbot: QtBot, path: Path, said: list[Answer], many: int) -> None:
    """Said, and there: as many pages, each as it lies in the preview, and something on each."""
    whole = f"{many} of {many} pages were sent to"
    qtbot.waitUntil(lambda: whole in said[0].said, timeout=LONG)
    pages = pages_of(path)
    assert len(pages) == many
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all(len(page.images) for page in pages)
    settle()


def test_a_list_is_looked_at_and_printed_by_keys_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    settle()
    keyboard = Keyboard()
    keyboard.press("Ctrl+6")
    page = cast("ListPage", window.page)
    keyboard.press("Ctrl+L")
    keyboard.fill("Filter by Net", FILTER)
    keyboard.press("Return")
    qtbot.waitUntil(lambda: page.model.rowCount() == ROWS, timeout=LONG)
    keyboard.press("Down")
    keyboard.press("Ctrl+P")
    preview = previewed(qtbot)
    many = is_the_list(preview, tmp_path)
    assert preview.view.place.text().startswith(f"Page 1 of {many}")
    assert focused() is preview.view.pages
    keyboard.press("Ctrl+End")
    assert preview.view.place.text().startswith(f"Page {many} of {many}")

    target = tmp_path / "printed.pdf"

    said: list[Answer] = []

    def into_a_file() -> None:
        """Down Qt's own dialog to the name of the file, and Enter."""
        while focused().objectName() != FILE_NAME:
            keyboard.press("Tab")
        keyboard.press("Ctrl+A")
        keyboard.type(str(target))
        said.append(keyboard.answer("Return", to=QMessageBox))
        keyboard.press("Return")

    keyboard.answer(into_a_file, to=QPrintDialog)
    keyboard.press("Ctrl+P")
    printed(qtbot, target, said, many)
    assert focused() is preview.view.pages
    keyboard.press("Escape")
    closed(qtbot, window)
    assert name_of(focused()) == "Costs"
    assert page.model.rowCount() == ROWS


def test_a_list_is_looked_at_and_printed_by_the_mouse_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    settle()
    mouse = Mouse()
    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)
    mouse.button("Filter", page)
    field = next(each for each in page.filters.fields if each.column.name == "net")
    page.table.bring_into_view(page.model.columns.index(field.column))  # as the wheel does
    mouse.type_into(field, FILTER)
    qtbot.waitUntil(lambda: page.model.rowCount() == ROWS, timeout=LONG)
    mouse.cell(page.table, 2, 0)
    mouse.click(page.bar.export_button)
    mouse.menu("Print")
    preview = previewed(qtbot)
    many = is_the_list(preview, tmp_path)
    was = preview.view.place.text()
    mouse.button("Zoom in")
    assert preview.view.place.text() != was
    mouse.button("Fit width")
    assert (
        preview.view.place.text()
        == was
        == f"Page 1 of {many}  ·  {preview.view.pages.per_cent}%, fits the window"
    )

    target = tmp_path / "printed.pdf"
    said: list[Answer] = []

    def into_a_file() -> None:
        (line,) = (each for each in front().findChildren(QLineEdit) if each.objectName() == FILE_NAME)
        mouse.mark(line)
        QTest.keyClicks(line, str(target))
        said.append(mouse.answer(lambda: mouse.button("OK"), to=QMessageBox))
        mouse.button("Print")

    mouse.answer(into_a_file, to=QPrintDialog)
    mouse.button("Print...")
    printed(qtbot, target, said, many)
    mouse.button("Close")
    closed(qtbot, window)
    assert page.table.chosen_rows() == [2]
