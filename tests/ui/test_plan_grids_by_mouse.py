"""The profile and forecast grids by the mouse alone: clicks on cells and buttons, and figures typed into a cell that was clicked. See `ui.person`."""

from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from fundtracker.domain.awards import Award
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import Forecast
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.grids_plan import PlanTab
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.record_page_tabs import ListsTab
from ui.person import Mouse, front, in_sight, settle

CAMERAS, TRAINING = "SSF5-VAWG-01 · Capital · Equipment", "SSF5-VAWG-02 · Resource · Staff"
Q1, Q2, Q3, Q4 = range(4)
SHIFT = Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def mouse(window: MainWindow) -> Mouse:
    """At the page of the one award."""
    settle()
    mouse = Mouse()
    mouse.place(window, "Awards")
    page = cast("ListPage", window.page)
    mouse.cell(page.table, 0, 0)
    mouse.button("Open", page)
    assert window.spots[-1] == (Award, 1)
    return mouse


def grid(mouse: Mouse, window: MainWindow, title: str) -> PlanTab:
    page = cast("RecordPage", window.page)
    mouse.tab(page.tabs.tabBar(), "Plan")
    plan = cast("ListsTab", page.made[page.tabs.currentIndex()])
    mouse.tab(plan.choice, title)
    found = plan.made[plan.choice.currentIndex()]
    assert isinstance(found, PlanTab)
    assert in_sight(found.table)
    return found


def type_over(mouse: Mouse, tab: PlanTab, row: int, column: int, text: str) -> None:
    """A double click opens the cell with all it holds marked, and a click elsewhere keeps what was typed."""
    mouse.cell(tab.table, row, column, twice=True)
    editor = cast("QLineEdit", QApplication.focusWidget())
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == editor.text()
    QTest.keyClicks(editor, text)
    mouse.cell(tab.table, 0 if row else 1, Q1)


def cells(tab: PlanTab, row: int) -> tuple[str, ...]:
    """A row as it stands on the screen: its name, its quarters, and its total."""
    texts = (str(tab.model.index(row, column).data()) for column in range(5))
    return (tab.model.rows[row].name, *texts)


def planned(window: MainWindow, kind: Any) -> dict[tuple[int, str], str]:
    """What the file holds: intervention and quarter, and the amount."""
    lines = window.workspace.select(kind)
    return {(each.intervention_id, str(each.quarter)[-2:]): each.amount.plain for each in lines}


def undo(mouse: Mouse, window: MainWindow) -> str:
    """Edit, Undo: what it said it would take back."""
    window.name_undo()
    words = window.undo_action.text().replace("&", "")
    mouse.menu_bar(window, "Edit", words)
    return words


def test_a_profile_is_typed_filled_emptied_and_taken_back(mouse: Mouse, window: MainWindow) -> None:
    tab = grid(mouse, window, "Profile")
    was = planned(window, ProfileLine)
    assert was == {(1, "Q2"): "10000.00", (1, "Q3"): "10000.00", (2, "Q2"): "5000.00"}
    assert cells(tab, 0) == (CAMERAS, "", "10,000.00", "10,000.00", "", "20,000.00")

    type_over(mouse, tab, 0, Q4, "2.5k")
    assert cells(tab, 0) == (CAMERAS, "", "10,000.00", "10,000.00", "2,500.00", "22,500.00")
    assert planned(window, ProfileLine) == {**was, (1, "Q4"): "2500.00"}
    assert tab.model.rows[-1].cells[4] == "27,500.00", "the total of all lines went along"

    type_over(mouse, tab, 1, Q3, "12x")
    assert cells(tab, 1)[3] == "⚠ 12x"
    assert "“12x” is not an amount: type an amount such as 1,234.56 or 2.5k." in tab.trouble.text()
    type_over(mouse, tab, 1, Q3, "1000.01")
    assert not tab.trouble.isVisible()
    assert planned(window, ProfileLine)[2, "Q3"] == "1000.01"

    mouse.cell(tab.table, 1, Q1)
    mouse.button("Spread evenly")
    assert cells(tab, 1) == (TRAINING, "", "5,000.00", "500.01", "500.00", "6,000.01")
    assert undo(mouse, window) == "Undo Profile of SSF5-VAWG: spread evenly"
    for _ in range(2):
        undo(mouse, window)
    assert planned(window, ProfileLine) == was
    assert cells(tab, 0) == (CAMERAS, "", "10,000.00", "10,000.00", "", "20,000.00")
    assert in_sight(front())


def test_a_forecast_is_typed_and_filled_from_the_profile(mouse: Mouse, window: MainWindow) -> None:
    tab = grid(mouse, window, "Forecast")
    assert cells(tab, 1) == (TRAINING, "", "3,000.00", "0.00", "", "3,000.00")
    type_over(mouse, tab, 1, Q4, "750")
    assert cells(tab, 1) == (TRAINING, "", "3,000.00", "0.00", "750.00", "3,750.00")
    assert planned(window, Forecast) == {(1, "Q3"): "10000.00", (2, "Q3"): "0.00", (2, "Q4"): "750.00"}
    mouse.cell(tab.table, 1, Q2, twice=True)
    assert "what was spent stands here. Costs change it." in tab.trouble.text()
    mouse.cell(tab.table, 1, Q3)
    mouse.button("Take the rest of the profile")
    assert cells(tab, 1) == (TRAINING, "", "3,000.00", "1,000.00", "1,000.00", "5,000.00")
    assert planned(window, Forecast)[2, "Q4"] == "1000.00"
    assert undo(mouse, window) == "Undo Forecast of SSF5-VAWG: what is left of the profile"
    assert cells(tab, 1) == (TRAINING, "", "3,000.00", "0.00", "750.00", "3,750.00")


def test_a_line_is_begun_and_its_first_figure_typed(mouse: Mouse, window: MainWindow) -> None:
    tab = grid(mouse, window, "Profile")
    mouse.button("Add a line...")
    mouse.choose(tab.intervention, "Training")
    mouse.choose(tab.expense, "Capital")
    mouse.choose(tab.category, "Equipment")
    mouse.button("Begin the line")
    row = [each.name for each in tab.model.rows].index("SSF5-VAWG-02 · Capital · Equipment")
    type_over(mouse, tab, row, Q3, "99.99")
    assert cells(tab, row)[1:] == ("", "", "99.99", "", "99.99")
    made = window.workspace.select(ProfileLine)[-1]
    assert (made.intervention_id, made.expense.value, made.quarter, made.amount.plain) == (
        2,
        "Capital",
        Quarter.read("2024/25 Q3"),
        "99.99",
    )


def test_the_menu_of_the_cells_does_what_the_keys_do(mouse: Mouse, window: MainWindow) -> None:
    tab = grid(mouse, window, "Profile")

    def do(row: int, column: int, words: str) -> None:
        """A right click on a cell, and a command of the menu that comes up."""
        mouse.right_click_cell(tab.table, row, column)
        mouse.menu(words)

    do(0, Q2, "Copy")
    assert QApplication.clipboard().text() == "10,000.00"
    do(1, Q4, "Paste")
    assert cells(tab, 1) == (TRAINING, "", "5,000.00", "", "10,000.00", "15,000.00")
    do(0, Q3, "Clear")
    assert cells(tab, 0) == (CAMERAS, "", "10,000.00", "", "", "10,000.00")
    mouse.cell(tab.table, 0, Q2)
    mouse.cell(tab.table, 0, Q4, keys=SHIFT)
    do(0, Q3, "Fill right")  # among the cells chosen: they stay chosen
    assert cells(tab, 0) == (CAMERAS, "", "10,000.00", "10,000.00", "10,000.00", "30,000.00")
    mouse.cell(tab.table, 0, Q3)
    mouse.cell(tab.table, 1, Q3, keys=SHIFT)
    do(1, Q3, "Fill down")
    assert cells(tab, 1) == (TRAINING, "", "5,000.00", "10,000.00", "10,000.00", "25,000.00")
    assert planned(window, ProfileLine) == {
        (1, "Q2"): "10000.00",
        (1, "Q3"): "10000.00",
        (1, "Q4"): "10000.00",
        (2, "Q2"): "5000.00",
        (2, "Q3"): "10000.00",
        (2, "Q4"): "10000.00",
    }


def test_the_menu_of_the_cells_offers_only_what_can_be_done(mouse: Mouse, window: MainWindow) -> None:
    tab = grid(mouse, window, "Profile")

    def offered(row: int, column: int) -> list[str]:
        mouse.right_click_cell(tab.table, row, column)
        menu = cast("QMenu", QApplication.activePopupWidget())
        found = [each.text().split("\t")[0].replace("&", "") for each in menu.actions() if each.isEnabled()]
        menu.close()
        settle()
        return [each for each in found if each]

    assert offered(0, Q2) == ["Copy", "Paste", "Clear"]
    assert offered(0, 4) == ["Copy"], "a total is worked out"
    mouse.cell(tab.table, 0, Q2)
    mouse.cell(tab.table, 1, Q3, keys=SHIFT)
    assert offered(0, Q3) == ["Copy", "Paste", "Fill down", "Fill right", "Clear"]
