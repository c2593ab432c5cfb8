"""Keys and commands for a list reach the one in sight, on whatever page it stands; where there is none, they say so."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fundtracker.domain.awards import Award
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.driving import press

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

NO_SEARCH = "There is no list to search here: Ctrl+K looks for any record."


def tab_bar(window: MainWindow, kind: type[Award | FunderReturn], tab: str) -> Any:
    """A tab of the first record of a kind, with the keyboard on the bar of its tabs."""
    window.open_record(kind, 1)
    wait_for_jobs()
    page: Any = window.page
    page.tab(tab)
    wait_for_jobs()
    bar = page.tabs.tabBar()
    bar.setFocus()
    return bar


def list_in_sight(window: MainWindow) -> ListPage:
    return next(each for each in window.findChildren(ListPage) if each.isVisible())


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def test_the_list_in_a_tab_is_filtered(window: MainWindow) -> None:
    places: tuple[tuple[type[Award | FunderReturn], str], ...] = (
        (Award, "Costs"),
        (FunderReturn, "Forecast"),
    )
    for kind, tab in places:
        press(tab_bar(window, kind, tab), Qt.Key.Key_L, CONTROL | SHIFT)
        found = list_in_sight(window)
        assert found.filters.isVisible(), tab
        assert found.isAncestorOf(QApplication.focusWidget() or window), tab
        assert said(window) == ""


def test_where_no_list_is_in_sight_nothing_is_filtered(window: MainWindow) -> None:
    press(tab_bar(window, Award, "Details"), Qt.Key.Key_L, CONTROL | SHIFT)
    assert said(window) == "There is nothing to filter here: go to a list first."


def test_the_search_of_the_list_in_a_tab_is_gone_to(window: MainWindow) -> None:
    for kind, tab in ((Award, "Costs"), (FunderReturn, "Forecast")):
        press(tab_bar(window, kind, tab), Qt.Key.Key_F, CONTROL)
        assert list_in_sight(window).search.hasFocus(), tab
        assert said(window) == ""


def test_where_there_is_no_search_it_is_said_where_to_look(window: MainWindow) -> None:
    for place in ("Home", "Partner forms", "Missing evidence", "Double funding"):
        window.go(place)
        wait_for_jobs()
        window.statusBar().clearMessage()
        press(window, Qt.Key.Key_F, CONTROL)
        assert said(window) == NO_SEARCH, place
    for kind, tab in ((Award, "Figures"), (Award, "Details"), (FunderReturn, "Readiness")):
        bar = tab_bar(window, kind, tab)
        window.statusBar().clearMessage()
        press(bar, Qt.Key.Key_F, CONTROL)
        assert said(window) == NO_SEARCH, tab
