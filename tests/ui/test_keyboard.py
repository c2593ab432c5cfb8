"""The keyboard reaches everything: Tab goes through every control of a place, in the order in which it is read."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from ui.driving import form_of, go_to, press

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
MOST = 120
"""Tab presses: more than any place has controls."""


def reached_by_tab(window: MainWindow) -> list[QWidget]:
    """What Tab comes by, once round."""
    window.navigation.setFocus()
    found: list[QWidget] = []
    for _ in range(MOST):
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.append(focused)
        press(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
    return found


def controls_of(page: QWidget) -> list[QWidget]:
    """Everything in sight that takes the focus by Tab, without the parts Qt's own widgets are made of."""
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not isinstance(each.parent(), QComboBox)
        and not (isinstance(each, QTabBar) and each.count() < 1)
    ]


def left_out(window: MainWindow) -> list[str]:
    page = window.page
    assert page is not None
    reached = reached_by_tab(window)
    return [
        f"{type(each).__name__} {each.accessibleName()}" for each in controls_of(page) if each not in reached
    ]


@pytest.mark.parametrize("kind", [Cost, Grant], ids=lambda kind: kind.__name__)
def test_tab_comes_by_everything_on_a_list_and_its_form(
    qtbot: QtBot, window: MainWindow, kind: type[Record]
) -> None:
    go_to(window, kind)
    QApplication.processEvents()
    assert left_out(window) == []


@pytest.mark.parametrize("kind", [Award, FunderReturn], ids=lambda kind: kind.__name__)
def test_tab_comes_by_everything_on_every_tab_of_a_page(
    qtbot: QtBot, window: MainWindow, kind: type[Record]
) -> None:
    window.open_record(kind, 1)
    wait_for_jobs()
    page = window.page
    assert page is not None
    tabs = page.findChildren(QTabWidget)[0]
    missed: dict[str, list[str]] = {}
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        wait_for_jobs()
        QApplication.processEvents()
        if found := left_out(window):
            missed[tabs.tabText(number)] = found
    assert missed == {}


def test_the_fields_of_a_form_follow_in_the_order_they_are_read(window: MainWindow) -> None:
    form = form_of(go_to(window, Cost))
    QApplication.processEvents()
    reached = reached_by_tab(window)
    places: list[int] = []
    for field in form.fields.values():
        widget: Any = field.widget
        places.append(reached.index(widget))
    assert places == sorted(places)
    names = [each.accessibleName() for each in reached]
    assert names.index("Search costs") < names.index("Add") < names.index("Costs") < names.index("Reference")


def test_alt_keys_of_a_form_put_the_cursor_in_its_field(window: MainWindow) -> None:
    form = form_of(go_to(window, Cost))
    QApplication.processEvents()
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)  # "&Supplier *"
    assert form.fields["supplier"].widget.hasFocus()


def test_from_one_record_to_another_the_keyboard_goes_along(window: MainWindow) -> None:
    """The page of the record before is let go; its focus went to the list of places, and the next keys with it."""
    window.go("Home")
    for number in (1, 2, 1):
        window.open_record(Intervention, number)
        wait_for_jobs()
        page, focused = window.page, QApplication.focusWidget()
        assert page is not None
        assert focused is not None
        assert page.isAncestorOf(focused)


def test_a_record_opened_from_the_list_of_places_leaves_the_keyboard_there(window: MainWindow) -> None:
    window.navigation.setFocus()
    window.open_record(Award, 1)
    assert QApplication.focusWidget() is window.navigation
