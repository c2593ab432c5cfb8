"""For whoever hears the window or works it by keys: every control is named, every table tells its headings, Tab reaches everything."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.ui.main_window import MainWindow
from ui.driving import form_of, go_to, type_into
from ui.test_window import nameless
from ui.tour import dialogs, in_front, stops

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
MOST_TABS = 400
"""Times Tab is pressed at most before it must have come round."""
QT_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def own_controls(shown: QWidget) -> Iterator[QWidget]:
    """What a keyboard can reach in sight, but for parts Qt keeps within its own widgets."""
    for each in shown.findChildren(QWidget):
        if (
            each.isVisible()
            and each.isEnabled()
            and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
            and not each.objectName().startswith(QT_OWN)
        ):
            yield each


def words_of(widget: QWidget) -> str:
    """How a fault names it."""
    return f"{type(widget).__name__} {widget.accessibleName()!r} in {type(widget.parent()).__name__}"


def guessing(shown: QWidget) -> list[str]:
    """Labels that might take a text for HTML."""
    return [
        each.text()
        for each in shown.findChildren(QLabel)
        if each.textFormat() is Qt.TextFormat.AutoText
        and each.text()
        and not each.objectName().startswith("qt_")
    ]


def undescribed(shown: QWidget) -> list[str]:
    """What a screen reader can say of a control's name alone: that is enough of buttons with words on them, and of tabs."""
    found: list[str] = []
    for each in own_controls(shown):
        if isinstance(each, QTabBar) or (isinstance(each, QAbstractButton) and each.text().strip()):
            continue
        interface: Any = QAccessible.queryAccessibleInterface(each)
        if not interface.text(QAccessible.Text.Description).strip():
            found.append(f"{words_of(each)} has no description")
    return found


def without_headings(shown: QWidget) -> list[str]:
    """Tables, seen as a screen reader sees them, that don't tell what their columns are."""
    wrong: list[str] = []
    for table in shown.findChildren(QTableView):
        model = table.model()
        if not table.isVisible() or not model.columnCount():
            continue
        titles = [
            model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
            or model.headerData(column, Qt.Orientation.Horizontal)
            for column in range(model.columnCount())
            if not table.isColumnHidden(column)
        ]
        interface: Any = QAccessible.queryAccessibleInterface(table)
        if not all(titles):
            wrong.append(f"{words_of(table)} has a column without a heading: {titles}")
        if interface.role() is not QAccessible.Role.Table:
            wrong.append(f"{words_of(table)} is no table to a screen reader")
        if model.rowCount() and not interface.childCount():
            wrong.append(f"{words_of(table)} tells nothing of its cells")
    return wrong


class Visited(QObject):
    """Every widget the focus came to."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.widgets.append(watched)
        return False


def unreached(shown: QWidget) -> list[str]:
    """Press Tab until it comes round: what it never came to, and what took the focus and can't be seen."""
    wanted = list(own_controls(shown))
    if not wanted:
        return []
    reached: dict[QWidget, None] = {}
    came_round = False
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is None or (came_round and focused is wanted[0]):
            break
        reached[focused] = None
        _press_tab(focused)
        came_round = QApplication.focusWidget() is not focused
    proxies = {each.focusProxy() for each in reached}
    hidden = [f"{words_of(each)} takes the focus unseen" for each in reached if not _in_sight(each)]
    missed = [
        f"{words_of(each)} is not reached"
        for each in wanted
        if each not in reached
        and each not in proxies
        and not any(each.isAncestorOf(other) for other in reached)
        and not _grouped(each)
    ]
    return hidden + missed


def _press_tab(focused: QWidget) -> None:
    QTest.keyClick(focused, Qt.Key.Key_Tab)


def _grouped(widget: QWidget) -> bool:
    """Of radio buttons of one group Tab reaches the chosen one; arrows the rest."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


def _in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.width() > 0 and widget.height() > 0


def faults(shown: QWidget) -> list[str]:
    return nameless(shown) + guessing(shown) + undescribed(shown) + without_headings(shown)


def test_every_place_can_be_heard(window: MainWindow) -> None:
    wrong = {stop: found for stop in stops(window) if (found := faults(window))}
    assert wrong == {}


def test_tab_reaches_everything_in_every_place(window: MainWindow) -> None:
    wrong = {stop: found for stop in stops(window) if (found := unreached(window))}
    assert wrong == {}


@pytest.mark.qt_no_exception_capture
def test_every_dialog_can_be_heard_and_reached(window: MainWindow) -> None:
    wrong: dict[str, list[str]] = {}
    absent: list[str] = []
    for name, ask in dialogs(window).items():
        found: list[str] = []

        def look(dialog: QWidget, found: list[str] = found) -> None:
            if not (dialog.accessibleName() or dialog.windowTitle()):
                found.append("it has no name")
            found.extend(faults(dialog) + unreached(dialog))

        if not in_front(ask, look):
            absent.append(name)
        if found:
            wrong[name] = found
    assert (wrong, absent) == ({}, [])


def test_what_is_wrong_is_told_where_it_is(window: MainWindow) -> None:
    """The field's description begins with what is wrong with it, and a named label shows it; both go when it is mended."""
    page = go_to(window, Cost)
    page.choose(1)
    form = form_of(page)
    field = form.fields["net"]
    type_into(form, "net", "lots")
    message = QAccessible.queryAccessibleInterface(field.widget).text(QAccessible.Text.Description)
    assert field.problem.isVisible()
    assert field.problem.accessibleName() == "Problem with Net"
    assert message.startswith(field.problem.text().removeprefix("⚠ "))
    type_into(form, "net", "12.00")
    assert not field.problem.isVisible()
    assert not field.widget.accessibleDescription().startswith("“lots”")


def test_faults_would_be_found(qtbot: QtBot) -> None:
    """Planted: a nameless field, a picture that says nothing, a field Tab leaves out, one that takes the focus unseen."""
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    first, trap, second = QLineEdit(), _Trap(), QLineEdit()
    picture = QToolButton()
    picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for each in (first, trap, picture, second):
        layout.addWidget(each)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    assert len(nameless(holder)) == 4
    assert len(undescribed(holder)) == 4
    assert any("is not reached" in each for each in unreached(holder))


class _Trap(QLineEdit):
    """Keeps Tab for itself."""

    def focusNextPrevChild(self, _: bool) -> bool:
        return True
