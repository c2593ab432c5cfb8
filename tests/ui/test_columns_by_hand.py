"""Columns hidden and moved, and a view saved that is there again in a new window: by keys alone and by mouse alone. See `ui.person`."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_columns import ColumnsDialog
from fundtracker.ui.views.list_order import usual_order
from fundtracker.ui.views.list_page import ListPage
from ui.driving import column_number
from ui.person import Keyboard, Mouse, focused, front, in_sight, name_of, settle

LONG = 20_000
LABELS = [columns(Cost)[number].label for number in usual_order(Cost)]
CHOSEN = [LABELS[1], LABELS[0], *LABELS[3:]]
"""The first two the other way round, the third hidden."""
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def headings(page: ListPage) -> list[str]:
    """From left to right, as they stand on the screen."""
    across = page.table.horizontalHeader()
    places = (across.logicalIndex(place) for place in range(across.count()))
    return [
        columns(Cost)[each].label
        for each in places
        if across.sectionSize(each) and not across.isSectionHidden(each)
    ]


def listened_to(window: MainWindow) -> list[str]:
    """What stands in the status bar, one after the other: the next menu takes it away."""
    told: list[str] = []
    window.statusBar().messageChanged.connect(told.append)
    return told


def reopened(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window closed, and the file shown in a new one, as on the next morning."""
    window.close()
    again = MainWindow(window.workspace)
    qtbot.addWidget(again)
    again.resize(1280, 800)
    with qtbot.waitActive(again):
        again.show()
        again.activateWindow()
    settle()
    return again


def test_a_view_is_made_and_comes_back_by_keys_alone(qtbot: QtBot, window: MainWindow) -> None:
    settle()
    keyboard = Keyboard()
    told = listened_to(window)
    keyboard.press("Ctrl+6")
    page = cast("ListPage", window.page)
    assert headings(page) == LABELS

    def choose() -> None:
        assert name_of(focused()) == "Columns"
        keyboard.press("Alt+Down")
        keyboard.press("Down")
        keyboard.press("Space")
        keyboard.press("Return")

    keyboard.answer(choose)
    keyboard.press("Alt+V")
    keyboard.press("C")
    assert headings(page) == CHOSEN
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)  # or its list would be answered next
    assert in_sight(focused())

    def name_the_view() -> None:
        assert isinstance(focused(), QLineEdit)
        keyboard.type("Month end")
        keyboard.press("Return")

    qtbot.waitUntil(lambda: opened_view_menu(keyboard))  # as below
    keyboard.answer(name_the_view)
    keyboard.press("V")
    assert "View saved: Month end" in told
    qtbot.waitUntil(lambda: opened_view_menu(keyboard))  # the dialog before it may still be going
    keyboard.press("S")
    qtbot.waitUntil(lambda: headings(page) == LABELS)

    again = reopened(qtbot, window)
    keyboard.press("Ctrl+6")
    page = cast("ListPage", again.page)
    assert headings(page) == LABELS
    keyboard.press("Alt+V")
    keyboard.press("1")
    assert headings(page) == CHOSEN
    again = reopened(qtbot, again)
    keyboard.press("Ctrl+6")
    assert headings(cast("ListPage", again.page)) == CHOSEN


def opened_view_menu(keyboard: Keyboard) -> bool:
    """Whether the menu stands open; asked for it again where a key came too early."""
    if QApplication.activePopupWidget() is None:
        settle()
        keyboard.press("Alt+V")
    return QApplication.activePopupWidget() is not None


def test_a_view_is_made_and_comes_back_by_the_mouse_alone(qtbot: QtBot, window: MainWindow) -> None:
    settle()
    mouse = Mouse()
    told = listened_to(window)
    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)

    def choose() -> None:
        dialog = cast("ColumnsDialog", front())
        rows = dialog.columns
        mouse.cell(rows, 0, 0)
        mouse.button("Move down")
        line = rows.visualItemRect(rows.item(2))
        mouse.click(rows.viewport(), QPoint(line.left() + line.height() // 2, line.center().y()))
        mouse.button("OK")

    in_view_menu(mouse, page, "Columns", choose)
    assert headings(page) == CHOSEN
    in_view_menu(mouse, page, "Save view as", lambda: name_it(mouse))
    assert "View saved: Month end" in told
    in_view_menu(mouse, page, "Standard view")
    assert headings(page) == LABELS

    again = reopened(qtbot, window)
    mouse.place(again, "Costs")
    page = cast("ListPage", again.page)
    assert headings(page) == LABELS
    in_view_menu(mouse, page, "1 Month end")
    assert headings(page) == CHOSEN
    again = reopened(qtbot, again)
    mouse.place(again, "Costs")
    page = cast("ListPage", again.page)
    assert headings(page) == CHOSEN
    net = column_number(page, "net")
    mouse.right_click(page.table.across, QPoint(page.table.across.sectionViewportPosition(net) + 5, 5))
    mouse.menu("Hide this column")
    assert headings(page) == [each for each in CHOSEN if each != "Net"]


def in_view_menu(mouse: Mouse, page: ListPage, words: str, deed: Callable[[], object] | None = None) -> None:
    """A line of the View menu, and what is done in the dialog it brings up."""
    mouse.click(page.bar.view_button)
    if deed is not None:
        mouse.answer(deed)
    mouse.menu(words)


def name_it(mouse: Mouse) -> None:
    (line,) = front().findChildren(QLineEdit)
    mouse.type_into(line, "Month end")
    mouse.button("OK")
