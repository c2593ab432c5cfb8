"""A monkey at the window: random clicks and keys from a seed, also while a menu or a question stands in front."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from fundtracker.ui.main_window import MainWindow

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PLAIN_KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_F2,
    Qt.Key.Key_F5, Qt.Key.Key_F1, Qt.Key.Key_Menu,
)  # fmt: skip
CTRL_KEYS = "ACVXZYFNKLDRP0123456789"
TEXTS = (
    "1",
    "12.50",
    "2.5k",
    "1/4/2024",
    "30/09/2024",
    "2024/25 Q2",
    "£",
    "north",
    "Ŵyddgrug",
    "=1+1",
    "x" * 40,
    "-3",
    "<b>",
    "\t",
)
WINDOWS = 6
"""Questions in front of questions the monkey may open before it must press Esc."""


class Monkey(QObject):
    """Does `many` random things to a window, then closes what stands in front of it, and it. What it did is counted."""

    def __init__(
        self, window: MainWindow, seed: int, many: int, each: Callable[[int], None] | None = None
    ) -> None:
        super().__init__(window)
        self.window = window
        self.dice = random.Random(seed)  # noqa: S311 - a monkey
        self.left = many
        self.done = Counter[str]()
        self.depth = 0
        self._each = each
        self._held: QWidget = window
        QApplication.instance().installEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess] - qtbot made it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window stays until the end, whoever asks it to close."""
        if watched is self.window and event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def begin(self) -> None:
        QTimer.singleShot(0, self._step)

    @property
    def front(self) -> QWidget:
        """What a user would now be pressing on."""
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if found is None:
            others = [
                each
                for each in QApplication.topLevelWidgets()
                if each.isVisible() and each is not self.window
            ]
            if others and self.dice.random() < 0.3:
                found = self.dice.choice(others)
        self._held = found or self.window  # without its window Python would forget what is in it
        return self._held

    @property
    def over(self) -> bool:
        return self.left <= 0 and not self._in_front() and not self.window.isVisible()

    @staticmethod
    def _in_front() -> QWidget | None:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    def _step(self) -> None:
        """The next step is arranged before this one is done: it may open a question that waits for it."""
        if self.over:
            return
        QTimer.singleShot(0, self._step)
        self.depth += 1
        try:
            if self.left <= 0 or self.depth > WINDOWS:
                self._leave()
            else:
                self.left -= 1
                if self._each is not None:
                    self._each(self.left)
                self._act()
        finally:
            self.depth -= 1

    def _leave(self) -> None:
        """Last of all the window: deleted open, after its file was closed, it would fail at what it still has to ask."""
        front = self._in_front()
        if front is None and self.left <= 0:
            QApplication.instance().removeEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess] - qtbot made it
            self.window.close()
        if front is not None:
            QTest.keyClick(front, Qt.Key.Key_Escape)
            if front.isVisible() and self.left <= 0:
                front.close()

    def _act(self) -> None:
        acts = (self._key, self._key, self._chord, self._type, self._click, self._click, self._click, self._double,
                self._right, self._wheel, self._resize)  # fmt: skip
        act = self.dice.choice(acts)
        self.done[act.__name__] += 1
        act()

    def _focused(self) -> QWidget:
        front = self.front
        return front.focusWidget() or front

    def _key(self) -> None:
        held = self.dice.choice((NO_KEYS, NO_KEYS, NO_KEYS, SHIFT, ALT))
        key = self.dice.choice(PLAIN_KEYS)
        focused = self._focused()
        if isValid(focused):
            QTest.keyClick(focused, key, held)

    def _chord(self) -> None:
        letter = Qt.Key(ord(self.dice.choice(CTRL_KEYS)))
        held = CTRL | SHIFT if self.dice.random() < 0.2 else CTRL
        focused = self._focused()
        if isValid(focused):
            QTest.keyClick(focused, letter, held)

    def _type(self) -> None:
        if isinstance(self.front, QMenu):
            return
        for letter in self.dice.choice(TEXTS):
            for event in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._focused(), QKeyEvent(event, 0, NO_KEYS, letter))

    def _target(self) -> tuple[QWidget, QPoint] | None:
        front = self.front
        place = QPoint(
            self.dice.randrange(max(front.width(), 1)), self.dice.randrange(max(front.height(), 1))
        )
        found = front.childAt(place) or front
        if not isValid(found) or not found.isEnabled() or not found.isVisible():
            return None
        return found, found.mapFrom(front, place) if found is not front else place

    def _click(self) -> None:
        if found := self._target():
            held = self.dice.choice((NO_KEYS, NO_KEYS, NO_KEYS, SHIFT, CTRL))
            QTest.mouseClick(found[0], Qt.MouseButton.LeftButton, held, found[1])

    def _double(self) -> None:
        if found := self._target():
            QTest.mouseDClick(found[0], Qt.MouseButton.LeftButton, NO_KEYS, found[1])

    def _right(self) -> None:
        if found := self._target():
            QTest.mouseClick(found[0], Qt.MouseButton.RightButton, NO_KEYS, found[1])

    def _wheel(self) -> None:
        if found := self._target():
            turn = QPoint(0, self.dice.choice((-240, -120, 120, 240)))
            event = QWheelEvent(
                QPointF(found[1]), QPointF(found[0].mapToGlobal(found[1])), QPoint(), turn,
                Qt.MouseButton.NoButton, NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(found[0], event)

    def _resize(self) -> None:
        self.window.resize(self.dice.choice((1024, 1280, 1440)), self.dice.choice((768, 800, 900)))


def resident() -> int | None:
    """Bytes this process holds in memory; None where the system doesn't say so in a file."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
    except OSError:
        return None
