"""Every place by the mouse alone: clicks on what is in sight, and letters into a field that was clicked. See `ui.person`."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import MAIN_PLACES
from fundtracker.ui.places import place_of
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import MANY_COSTS
from ui.driving import column_number, form_of, shown_texts
from ui.person import Mouse, front, in_sight, settle

LONG = 20_000
SHIFT = Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def mouse(window: MainWindow) -> Mouse:
    settle()
    return Mouse()


@pytest.fixture
def costs(mouse: Mouse, window: MainWindow) -> ListPage:
    mouse.place(window, "Costs")
    return cast("ListPage", window.page)


def focus_in_sight() -> bool:
    found = QApplication.focusWidget()
    return found is not None and in_sight(found)


@pytest.mark.parametrize("place", MAIN_PLACES)
def test_a_click_on_a_place_goes_there(mouse: Mouse, window: MainWindow, place: str) -> None:
    mouse.place(window, place)
    assert window.spots[-1] == (place, 0)
    assert focus_in_sight()


def test_headings_sort_and_shift_adds_a_second(mouse: Mouse, costs: ListPage) -> None:
    mouse.heading(costs.table, column_number(costs, "supplier"))
    assert shown_texts(costs, "supplier", 1) == ["Penhallow Training"]
    mouse.heading(costs.table, column_number(costs, "net"), keys=SHIFT)
    mouse.heading(costs.table, column_number(costs, "net"), keys=SHIFT)
    assert costs.model.query.sort == (("supplier", False), ("net", True))


def test_the_filter_row_narrows_and_is_cleared(qtbot: QtBot, mouse: Mouse, costs: ListPage) -> None:
    mouse.button("Filter", costs)
    field = next(each for each in costs.filters.fields if each.column.name == "supplier")
    mouse.type_into(field, "Penhallow")
    qtbot.waitUntil(lambda: costs.model.rowCount() == 1, timeout=LONG)
    assert "1 of 602 costs" in costs.foot.words.text()
    mouse.button("Clear filters", costs)
    qtbot.waitUntil(lambda: costs.model.rowCount() == MANY_COSTS + 2, timeout=LONG)
    assert focus_in_sight()


def test_the_search_finds(qtbot: QtBot, mouse: Mouse, costs: ListPage) -> None:
    mouse.type_into(costs.search, "INV-0077")
    qtbot.waitUntil(lambda: costs.model.rowCount() == 1, timeout=LONG)
    assert shown_texts(costs, "invoice_number") == ["INV-0077"]


def test_a_cell_is_edited_rows_deleted_and_both_taken_back(
    mouse: Mouse, window: MainWindow, costs: ListPage
) -> None:
    place = column_number(costs, "supplier")
    mouse.cell(costs.table, 2, place, twice=True)
    editor = cast("QWidget", QApplication.focusWidget())
    QApplication.sendEvent(editor, _letter("Z"))
    mouse.cell(costs.table, 5, 0)
    assert window.workspace.get(Cost, 3).supplier == "Z"
    mouse.cell(costs.table, 7, 0, keys=SHIFT)
    mouse.button("Delete", costs)
    assert costs.model.rowCount() == MANY_COSTS + 2 - 3
    assert form_of(costs).title.text() == costs.model.text(5, 0) == "C-00009"
    assert focus_in_sight()
    mouse.menu_bar(window, "Edit", window.undo_action.text().replace("&", ""))
    mouse.menu_bar(window, "Edit", window.undo_action.text().replace("&", ""))
    assert costs.model.rowCount() == MANY_COSTS + 2
    assert window.workspace.get(Cost, 3).supplier == "Supplier 2"


def _letter(text: str) -> Any:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, text)


def test_a_column_is_hidden_and_a_standard_view_brings_it_back(mouse: Mouse, costs: ListPage) -> None:
    across = costs.table.across
    number = column_number(costs, "supplier")
    across.customContextMenuRequested.emit(QPoint(across.sectionViewportPosition(number) + 5, 5))
    settle()
    mouse.menu("Hide this column")
    assert costs.table.isColumnHidden(number)
    mouse.click(costs.bar.view_button)
    mouse.menu("Standard view")
    assert not costs.table.isColumnHidden(number)


def test_a_block_is_pasted_from_the_menu_of_the_rows(
    qtbot: QtBot, mouse: Mouse, window: MainWindow, costs: ListPage
) -> None:
    QGuiApplication.clipboard().setText(
        "Intervention\tSupplier\tNet\tCapital or resource\tCost category\nTraining\tSheet\t£75\tResource\tStaff"
    )
    mouse.cell(costs.table, 0, 0)
    costs.table.menu_asked.emit(costs.table.mapToGlobal(QPoint(40, 60)))
    settle()
    mouse.menu("Paste")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=LONG)
    settle()
    mouse.button("Add 1 cost")
    qtbot.waitUntil(lambda: costs.model.rowCount() == MANY_COSTS + 3, timeout=LONG)
    assert window.workspace.select(Cost)[-1].net.plain == "75.00"
    assert focus_in_sight()


@pytest.mark.parametrize("kind", [Award, Intervention, FunderReturn], ids=lambda kind: kind.__name__)
def test_every_tab_of_a_page_is_clicked(mouse: Mouse, window: MainWindow, kind: type) -> None:
    mouse.place(window, place_of(kind))
    page = cast("ListPage", window.page)
    mouse.cell(page.table, 0, 0)
    mouse.button("Open", page)
    assert window.spots[-1] == (kind, 1)
    tabs = cast("Any", window.page).tabs
    for place in range(tabs.count()):
        mouse.tab(tabs.tabBar(), tabs.tabText(place).replace("&", ""))
        assert tabs.currentIndex() == place
        assert focus_in_sight()


def test_the_menus_lead_to_help_and_palette(mouse: Mouse, window: MainWindow) -> None:
    mouse.menu_bar(window, "Go", "Jump to a record or command")
    palette: Any = front()
    row = next(n for n, each in enumerate(palette.model.rows) if each.cells[:2] == ("Costs", "Place"))
    mouse.cell(palette.table, row, 0)
    assert window.spots[-1] == ("Costs", 0)
    mouse.menu_bar(window, "Help", "Help on this place")
    assert front() is not window
    front().close()


def test_an_entry_of_the_history_is_clicked(mouse: Mouse, window: MainWindow) -> None:
    mouse.place(window, "History")
    page: Any = window.page
    mouse.cell(page.table, 1, 0)
    assert page.details.toPlainText().startswith(page.model.entries[1].title)
