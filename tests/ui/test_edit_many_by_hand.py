"""One value given to several rows of a list: chosen, looked at, kept and taken back, by keys alone and by mouse alone. See `ui.person`."""

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.ui.dialogs.edit_many import EditManyDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.driving import column_number, shown_texts
from ui.person import Keyboard, Mouse, focused, front, in_sight, name_of, said_in, settle

LONG = 20_000
SHIFT = Qt.KeyboardModifier.ShiftModifier
NEW = "Cotswold Cameras"
WERE = ["Supplier 1", "Supplier 2", "Supplier 3"]
NOW = "Now: 3 different values (“Supplier 1”, “Supplier 2”, “Supplier 3”)."
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def opened(qtbot: QtBot) -> EditManyDialog:
    """The dialog, once it has looked what the rows hold."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), EditManyDialog), timeout=LONG)
    settle()
    return cast("EditManyDialog", front())


def suppliers(window: MainWindow) -> list[str]:
    """As the file has them, of the first five costs."""
    return [each.supplier for each in window.workspace.select(Cost)[:5]]


def stands_changed(qtbot: QtBot, window: MainWindow, page: ListPage) -> None:
    """On the screen and in the file, in three rows and no other; said in words; and the focus is back in the list."""
    qtbot.waitUntil(lambda: shown_texts(page, "supplier")[3] == NEW, timeout=LONG)
    expected = ["Supplier 0", NEW, NEW, NEW, "Supplier 4"]
    assert shown_texts(page, "supplier") == suppliers(window) == expected
    assert window.statusBar().currentMessage() == "Supplier of 3 costs changed. Ctrl+Z takes it back."
    assert window.workspace.undo_title == "Change supplier of 3 costs"
    assert page.table.chosen_rows() == [1, 2, 3]


def stands_as_before(qtbot: QtBot, window: MainWindow, page: ListPage) -> None:
    expected = ["Supplier 0", *WERE, "Supplier 4"]
    qtbot.waitUntil(lambda: shown_texts(page, "supplier") == expected, timeout=LONG)
    assert suppliers(window) == expected


def test_several_costs_get_one_supplier_by_keys_alone(qtbot: QtBot, window: MainWindow) -> None:
    settle()
    keyboard = Keyboard()
    keyboard.press("Ctrl+6")
    page = cast("ListPage", window.page)
    keyboard.press("Down")
    keyboard.press("Shift+Down", 2)
    keyboard.rows_menu("E")
    dialog = opened(qtbot)
    assert "Change 3 costs" in said_in(dialog)
    assert name_of(focused()) == "Field 1"
    keyboard.press("Return")  # too early: nothing is chosen yet
    assert dialog.isVisible()
    assert dialog.apply.accessibleDescription() == "Choose a field first"
    keyboard.fill("Field 1", "Supplier")
    assert NOW in said_in(dialog)
    keyboard.press("Tab")
    assert name_of(focused()) == "New value of Supplier"
    assert suppliers(window)[1:4] == WERE
    keyboard.type(NEW)
    keyboard.press("Return")
    stands_changed(qtbot, window, page)
    assert name_of(focused()) == "Costs"
    assert in_sight(focused())
    keyboard.press("Ctrl+Z")
    stands_as_before(qtbot, window, page)
    keyboard.rows_menu("E")
    opened(qtbot)
    keyboard.press("Escape")
    assert name_of(focused()) == "Costs"
    stands_as_before(qtbot, window, page)


def test_several_costs_get_one_supplier_by_the_mouse_alone(qtbot: QtBot, window: MainWindow) -> None:
    settle()
    mouse = Mouse()
    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)
    place = column_number(page, "supplier")
    mouse.cell(page.table, 1, place)
    mouse.cell(page.table, 3, place, keys=SHIFT)
    mouse.right_click_cell(page.table, 2, place)
    mouse.menu("Edit chosen")
    dialog = opened(qtbot)
    mouse.choose(dialog.fields[0].choice, "Supplier")
    assert NOW in said_in(dialog)
    assert suppliers(window)[1:4] == WERE
    mouse.type_into(cast("Any", dialog.fields[0].widget), NEW)
    mouse.button("Change 3 costs")
    stands_changed(qtbot, window, page)
    mouse.menu_bar(window, "Edit", window.undo_action.text().replace("&", ""))
    stands_as_before(qtbot, window, page)
