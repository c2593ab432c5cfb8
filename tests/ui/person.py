"""A person at the window: presses keys into whatever has the focus, or clicks what is in sight, and reads what stands there."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow

NO_KEYS = Qt.KeyboardModifier.NoModifier
Kind = type[QWidget]  # a person's `type` is a deed
MOST = 150
"""Tab presses: more than any place has controls."""


def settle() -> None:
    """What was begun is done and drawn; of what waits for a pause in the typing, the timers are the caller's to wait on."""
    QApplication.processEvents()
    while (
        QApplication.activePopupWidget() is None and _pressed()
    ):  # an Alt key holds its button down a moment
        QTest.qWait(5)
    wait_for_jobs()
    if (
        QApplication.activeWindow() is None
    ):  # without a screen no window manager does this when a dialog has closed
        before = QApplication.activeModalWidget()
        for window in [before] if before else QApplication.topLevelWidgets():
            if window is before or (isinstance(window, MainWindow) and window.isVisible()):
                window.activateWindow()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _pressed() -> bool:
    window = QApplication.activeModalWidget() or QApplication.activeWindow()
    return window is not None and any(each.isDown() for each in window.findChildren(QPushButton))


def front() -> QWidget:
    """The window in front: a menu, a question, or the program's own."""
    found = (
        QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    )
    assert found is not None, "no window is in front"
    return found


def focused() -> QWidget:
    """What the next key goes to. It must be in sight: a person looks there."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    assert found.isVisible(), f"the focus is out of sight: {named(found)}"
    assert found.focusPolicy() != Qt.FocusPolicy.NoFocus, (
        f"the focus is on what shows no focus: {named(found)}"
    )
    return found


def named(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


def in_sight(widget: QWidget) -> bool:
    """Shown, and not scrolled or pushed out of its window."""
    seen, above = widget.rect(), widget
    while not above.isWindow():
        seen, above = seen.translated(above.pos()), cast("QWidget", above.parentWidget())
        seen = seen.intersected(above.rect())
    return widget.isVisible() and not seen.isEmpty()


def said_in(window: QWidget) -> str:
    """All the words that stand in a window."""
    labels = (each.text() for each in window.findChildren(QLabel) if each.isVisible())
    return "\n".join(filter(None, [str(window.property("text") or ""), *labels]))


class Keyboard:
    """Only keys, and only to what has the focus. Nothing is ever focused, set or clicked for the person."""

    def press(self, keys: str, times: int = 1) -> None:
        """ "Ctrl+K", "Tab", "Alt+S": as it stands in a menu."""
        sequence: Any = QKeySequence(keys)
        combination: QKeyCombination = sequence[0]
        for _ in range(times):
            QTest.keyClick(focused(), combination.key(), combination.keyboardModifiers())
            settle()

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(focused(), letter)
        settle()

    def tab_to(self, name: str, keys: str = "Tab") -> QWidget:
        """Tab until the control of this accessible name has the focus."""
        passed: list[str] = []
        for _ in range(MOST):
            found = focused()
            if name_of(found) == name:
                return found
            passed.append(name_of(found))
            self.press(keys)
        message = f"{keys} never comes by {name!r}, only by {sorted(set(passed))}"
        raise AssertionError(message)

    def fill(self, name: str, text: str) -> None:
        """Tab to a field, type over what it holds; the first offer is taken where a list of them opens. Tab leaves it later."""
        found = self.tab_to(name)
        if not isinstance(found, QComboBox) or found.isEditable():
            self.press("Ctrl+A")
        self.type(text)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self.press("Down")
            self.press("Return")

    def rows_menu(self, *keys: str) -> None:
        """The Menu key, and then keys in the menu. Without a screen nobody turns that key into a wish for a menu, so the wish is sent."""
        found = focused()
        asked = QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard,
            found.rect().center(),
            found.mapToGlobal(found.rect().center()),
        )
        QApplication.sendEvent(found, asked)
        settle()
        assert isinstance(QApplication.activePopupWidget(), QMenu), "no menu came up"
        for each in keys:
            self.press(each)

    def answer(self, *keys: str | Callable[[], object], to: Kind = QWidget) -> "Answer":
        """Before the key that brings a question up: the keys to press in it."""
        return Answer(
            [lambda each=each: self.press(each) if isinstance(each, str) else each() for each in keys], to
        )


class Mouse:
    """Only the mouse, on what is in sight; and letters into a field that was clicked."""

    def click(self, widget: QWidget, place: QPoint | None = None, *, twice: bool = False) -> None:
        """In its middle, unless told."""
        assert in_sight(widget), f"{named(widget)} is not in sight"
        assert widget.isEnabled(), f"{named(widget)} is grey"
        where = widget.rect().center() if place is None else place
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, where)
        if twice:
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, where)
        settle()

    def button(self, words: str, within: QWidget | None = None) -> None:
        """The button that bears the words."""
        popup = QApplication.activePopupWidget()
        if popup is not None and not isinstance(
            popup, QMenu
        ):  # what is offered: the first click beside it puts it away
            QTest.mouseClick(popup, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(-9, -9))
            settle()
        whole = within or front()
        found = [
            each
            for each in whole.findChildren(QAbstractButton)
            if each.text().replace("&", "") == words and in_sight(each)
        ]
        assert found, f"no button says {words!r}"
        self.click(found[0])

    def place(self, window: MainWindow, name: str) -> None:
        """A line of the list at the left."""
        places = window.navigation
        items: list[Any] = places.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        self.click(places.viewport(), places.visualItemRect(items[0]).center())

    def tab(self, bar: QTabBar, title: str) -> None:
        number = next(n for n in range(bar.count()) if bar.tabText(n).replace("&", "") == title)
        self.click(bar, bar.tabRect(number).center())

    def cell(
        self, table: QAbstractItemView, row: int, column: int, *, twice: bool = False, keys: Any = NO_KEYS
    ) -> None:
        """A cell; a person turns the wheel until it is in sight."""
        index = table.model().index(row, column)
        table.scrollTo(index)
        QApplication.processEvents()
        where = table.visualRect(index).center()
        view = table.viewport()
        assert view.rect().contains(where), f"row {row}, column {column} of {named(table)} is not in sight"
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, keys, where)
        if twice:
            QTest.mouseDClick(view, Qt.MouseButton.LeftButton, keys, where)
        settle()

    def right_click(self, area: QAbstractScrollArea, place: QPoint) -> None:
        """A wish for the menu of what lies there."""
        view = area.viewport()
        assert in_sight(view), f"{named(area)} is not in sight"
        assert view.rect().contains(place), f"{place} of {named(area)} is not in sight"
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
        QApplication.sendEvent(view, asked)
        settle()

    def right_click_cell(self, table: QAbstractItemView, row: int, column: int) -> None:
        index = table.model().index(row, column)
        table.scrollTo(index)
        QApplication.processEvents()
        self.right_click(table, table.visualRect(index).center())

    def menu(self, words: str) -> None:
        """An action of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        action = action_of(menu.actions(), words)
        assert action.isEnabled(), f"{words!r} is grey"
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NO_KEYS, menu.actionGeometry(action).center())
        settle()

    def menu_bar(self, window: MainWindow, title: str, words: str) -> None:
        bar = window.menuBar()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, NO_KEYS, bar.actionGeometry(action_of(bar.actions(), title)).center())  # fmt: skip
        QApplication.processEvents()
        self.menu(words)

    def heading(self, table: QTableView, column: int, keys: Any = NO_KEYS) -> None:
        """A click on the heading of a column."""
        across = table.horizontalHeader()
        table.scrollTo(table.model().index(0, column))
        label = across.fontMetrics().height() // 2 + 4
        where = QPoint(across.sectionViewportPosition(column) + across.sectionSize(column) // 2, label)
        QTest.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, keys, where)
        settle()

    def choose(self, combo: QComboBox, words: str) -> None:
        """Open a list of words and click one."""
        area = _scrolled(combo)
        if area is not None:
            area.ensureWidgetVisible(combo)
            QApplication.processEvents()
        usual = QApplication.doubleClickInterval()
        QApplication.setDoubleClickInterval(
            0
        )  # a person looks at the list for longer than a double click takes
        self.click(combo, QPoint(combo.width() - 10, combo.height() // 2))
        QApplication.setDoubleClickInterval(usual)
        number = next(n for n in range(combo.count()) if words in combo.itemText(n))
        self.cell(combo.view(), number, combo.modelColumn())

    def type_into(self, field: QWidget, text: str) -> None:
        """Click in a field, scrolled into sight where it isn't, and type."""
        area = _scrolled(field)
        if area is not None:
            area.ensureWidgetVisible(field)
            QApplication.processEvents()
        line = field.lineEdit() if isinstance(field, QComboBox) else None
        inside = field.viewport() if isinstance(field, QAbstractScrollArea) else line or field
        self.click(inside)
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or field, letter)
        settle()

    def mark(self, line: QLineEdit) -> None:
        """Three clicks, which mark all of a line."""
        self.click(line, twice=True)
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, NO_KEYS, line.rect().center())

    def offer(self, words: str) -> None:
        """A line of the list that a field offers."""
        popup = cast("QAbstractItemView", QApplication.activePopupWidget())
        assert popup is not None, "nothing is offered"
        model = popup.model()
        row = next(n for n in range(model.rowCount()) if words in str(model.index(n, 0).data()))
        self.cell(popup, row, 0)

    def answer(self, *deeds: Callable[[], object], to: Kind = QWidget) -> "Answer":
        return Answer(list(deeds), to)


class Answer:
    """Waits for the next question (of a kind, where others may come before), keeps what it says, then does what a person would."""

    def __init__(self, deeds: Iterable[Callable[[], object]], to: Kind = QWidget) -> None:
        self._to = to
        self.said = ""
        self._patience = MOST
        self._deeds = list(deeds)
        self._again = QTimer(QApplication.instance(), interval=10)  # Qt's own: nobody else may hold on to it
        self._again.timeout.connect(lambda: self._look())  # noqa: PLW0108 - a bound method alone would not keep it alive
        self._again.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not isinstance(dialog, self._to) or not dialog.isVisible():
            return
        if not dialog.isActiveWindow() and self._patience:  # on a busy machine its keys would go elsewhere
            self._patience -= 1
            return
        self._again.stop()
        QApplication.processEvents()
        self.said = said_in(dialog)
        try:
            for deed in self._deeds:
                deed()
        except BaseException:
            dialog.close()  # else the test would wait for its answer for ever
            raise


def _scrolled(widget: QWidget) -> QScrollArea | None:
    """What a widget scrolls in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def action_of(actions: Iterable[QAction], words: str) -> QAction:
    """The action that says this, its key left out."""
    return next(
        each for each in actions if each.text().split("\t")[0].replace("&", "").removesuffix("...") == words
    )


def name_of(widget: QWidget) -> str:
    """What a screen reader would call it."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    parent = widget.parentWidget()
    return parent.accessibleName() if isinstance(parent, QComboBox) else ""
