"""A workbook imported by the mouse alone: dropped with a fault in it, mended, chosen in the File menu, agreed to, and taken back. See `ui.person`."""

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from application.filling import fill
from fundtracker.domain.costs import Cost
from fundtracker.ui.dialogs.import_preview import ImportPreview
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import MANY_COSTS
from ui.driving import shown_texts
from ui.person import Answer, Mouse, front, settle

LONG = 60_000
COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def costs(*nets: object) -> list[dict[str, Any]]:
    """As somebody fills the template in."""
    usual = {"Intervention": "SSF5-VAWG-02", "Supplier": "Sheet and Son", "Capital or resource": "Resource", "Cost category": "Staff", "Received": "05/08/2024"}  # fmt: skip
    return [{**usual, "Invoice no.": f"S-{number}", "Net": net} for number, net in enumerate(nets, 1)]


def drop(window: MainWindow, path: Path) -> str:
    """Dragged over the window and let go; what the window said meanwhile it would do."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = window.rect().center()
    QApplication.sendEvent(window, QDragEnterEvent(where, COPY, data, LEFT, NO_KEYS))
    told = window.dropping.target.words.text()
    QApplication.sendEvent(window, QDropEvent(QPointF(where), COPY, data, LEFT, NO_KEYS))
    return told


def look(mouse: Mouse, seen: list[str]) -> None:
    """At what the preview says of a workbook with a fault: where it stands; and that there is nothing to agree to."""
    dialog = front()
    assert isinstance(dialog, ImportPreview)
    buttons = {each.text().replace("&", "") for each in dialog.findChildren(QPushButton) if each.isVisible()}
    assert buttons == {"Copy the problems", "Read it again", "Close"}
    (table,) = (each for each in dialog.findChildren(QTableView) if each.accessibleName() == "Problems")
    mouse.cell(table, 0, 0)
    seen.append(dialog.whole.toPlainText())
    mouse.button("Copy the problems")
    mouse.button("Close")


def choose_file(mouse: Mouse, path: Path) -> None:
    (line,) = (each for each in front().findChildren(QLineEdit) if each.isVisible() and not each.isReadOnly())
    mouse.mark(line)
    QTest.keyClicks(line, str(path))


def test_a_faulty_workbook_changes_nothing_and_the_mended_one_comes_in_whole(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    settle()
    mouse = Mouse()
    wrong = fill(tmp_path / "invoices.xlsx", {"Costs": costs(12.5, "a dozen", 30)})
    seen: list[str] = []
    asked = mouse.answer(lambda: look(mouse, seen), to=ImportPreview)
    assert drop(window, wrong) == "Drop to look at invoices.xlsx before anything of it is taken in"
    qtbot.waitUntil(lambda: bool(seen), timeout=LONG)
    settle()
    assert asked.said.startswith("1 cell needs mending first\nNothing was changed. Mend the workbook")
    assert "“a dozen” is not an amount" in seen[0]
    assert "a dozen" in QGuiApplication.clipboard().text()
    assert len(window.workspace.select(Cost)) == MANY_COSTS + 2

    mended = fill(tmp_path / "mended.xlsx", {"Costs": costs(12.5, 12, 30)})
    agreed: list[Answer] = []

    def choose() -> None:
        choose_file(mouse, mended)
        agreed.append(mouse.answer(lambda: mouse.button("Import 3 records"), to=ImportPreview))
        mouse.button("Open")

    mouse.answer(choose, to=QFileDialog)
    mouse.menu_bar(window, "File", "Import workbook")
    qtbot.waitUntil(lambda: len(window.workspace.select(Cost)) == MANY_COSTS + 5, timeout=LONG)
    settle()
    (preview,) = agreed
    assert preview.said.startswith(
        "3 records can be imported\nEvery rule was tried and none stands in the way."
    )
    assert window.statusBar().currentMessage() == "Imported mended.xlsx: 3 costs. Undo takes it all back."

    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)
    mouse.type_into(page.search, "Sheet")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=LONG)
    assert shown_texts(page, "invoice_number") == ["S-1", "S-2", "S-3"]
    assert shown_texts(page, "net") == ["12.50", "12.00", "30.00"]
    qtbot.waitUntil(lambda: "Net £54.50" in page.foot.words.text(), timeout=LONG)
    mouse.menu_bar(window, "Edit", "Undo Import mended.xlsx")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=LONG)
    assert len(window.workspace.select(Cost)) == MANY_COSTS + 2


def test_a_workbook_that_was_mended_meanwhile_is_read_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    settle()
    mouse = Mouse()
    path = fill(tmp_path / "invoices.xlsx", {"Costs": costs(12.5, "a dozen")})

    def again() -> None:
        fill(path, {"Costs": costs(12.5, 12)})
        mouse.answer(lambda: mouse.button("Import 2 records"), to=ImportPreview)
        mouse.button("Read it again")

    mouse.answer(again, to=ImportPreview)
    drop(window, path)
    qtbot.waitUntil(lambda: len(window.workspace.select(Cost)) == MANY_COSTS + 4, timeout=LONG)
    settle()
