"""JumpKeys: the window's key for jumping works in fields, too, where Linux would take it to delete the rest of the line."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from fundtracker.ui.menus import JUMP_KEYS

if TYPE_CHECKING:
    from fundtracker.ui.main_window import MainWindow


class JumpKeys(QObject):
    """Keeps the key from whatever has the focus in the window, before that takes it for its own; then it is a shortcut as elsewhere.

    Only the control with the focus is listened to: to hear every event of the program would slow all of them.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._keys = QKeySequence(JUMP_KEYS)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            pressed = QKeySequence(cast("QKeyEvent", event).keyCombination())
            if pressed.matches(self._keys) is QKeySequence.SequenceMatch.ExactMatch:
                event.ignore()
                return True
        return super().eventFilter(watched, event)
