"""The words looked for above a list: the keys there, and what they leave out is said."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_search import FOUND_PAUSE
from ui.driving import (
    cell_editor,
    click,
    click_cell,
    form_of,
    go_to,
    press,
    shown_texts,
    type_into,
    type_text,
)

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
LEFT_OUT = "⚠ C-00003 is kept, but not shown: the search above leaves it out."


def look_for(qtbot: QtBot, page: ListPage, text: str) -> None:
    press(page.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(page.search, text)
    wait_for_jobs()
    qtbot.wait(2 * FOUND_PAUSE)


def test_enter_goes_to_what_was_found_and_esc_back_to_every_row(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    many = page.model.rowCount()
    look_for(qtbot, page, "supplier 2")
    found = page.model.rowCount()
    assert 0 < found < many
    press(page.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.table
    assert page.chosen_ids() == [page.model.id_at(0)]
    page.look_for()
    press(page.search, Qt.Key.Key_Escape)
    wait_for_jobs()
    assert (page.search.text(), page.model.rowCount()) == ("", many)
    assert page.search.hasFocus()
    press(page.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.table


def test_enter_stays_where_nothing_was_found(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    look_for(qtbot, page, "nobody at all")
    press(page.search, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.search
    assert page.message.text() == ""


def test_a_record_that_no_longer_answers_is_said_to_be_kept(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    look_for(qtbot, page, "supplier 2")
    row = page.model.row_of(3)
    assert row is not None
    click_cell(page, row, "supplier")
    press(page.table, Qt.Key.Key_F2)
    cell_editor(page).selectAll()
    type_text(cell_editor(page), "Renamed")
    press(cell_editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.message.text() == LEFT_OUT)
    assert page.model.row_of(3) is None
    page.search.clear()
    qtbot.waitUntil(lambda: page.message.text() == "")
    assert page.chosen_id == 3


def test_a_record_that_was_added_and_does_not_answer_is_said_to_be_kept(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = go_to(window, Cost)
    look_for(qtbot, page, "supplier 2")
    page.filter_by("supplier", "2")
    wait_for_jobs()
    qtbot.wait(2 * FOUND_PAUSE)
    click_cell(page, 0, "supplier")
    click(page.duplicate_button)
    form = form_of(page)
    last = max(each.id for each in window.workspace.select(Cost))
    type_into(form, "supplier", "Elsewhere")
    qtbot.waitUntil(lambda: len(window.workspace.select(Cost, id=last + 1)) == 1)
    said = f"⚠ C-{last + 1:05d} is kept, but not shown: the search and the filters above leave it out."
    qtbot.waitUntil(lambda: page.message.text() == said)
    assert "Elsewhere" not in shown_texts(page, "supplier", page.model.rowCount())
