"""Ctrl+K from within a field. On Linux fields would take it to delete the rest of the line; one that takes every key stands for them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.palette import Palette
from ui.driving import press

CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


class Greedy(QLineEdit):
    """Takes every key before it can be a shortcut, and deletes to the line's end with Ctrl+K."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_K:
            self.end(True)
            self.del_()
        else:
            super().keyPressEvent(event)


@pytest.fixture
def field(qtbot: QtBot, window: MainWindow) -> Iterator[Greedy]:
    made = _greedy(window)
    qtbot.waitUntil(made.hasFocus)
    yield made
    wait_for_jobs()


def _greedy(parent: QWidget) -> Greedy:
    made = Greedy(parent)
    made.setText("Cameras in Stroud")
    made.setCursorPosition(7)
    made.show()
    made.setFocus()
    return made


def test_it_opens_the_palette_and_the_text_stays(window: MainWindow, field: Greedy) -> None:
    press(field, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    assert palette is not None
    assert palette.isVisible()
    assert field.text() == "Cameras in Stroud"
    palette.close()


def test_other_keys_are_the_fields_own(window: MainWindow, field: Greedy) -> None:
    press(field, Qt.Key.Key_F, CTRL)
    press(field, Qt.Key.Key_0, CTRL)
    press(field, Qt.Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.findChild(Palette) is None
    assert field.text() == "Cameras"
    assert field.hasFocus()


def test_a_dialogs_field_keeps_it(qtbot: QtBot, window: MainWindow) -> None:
    dialog = QDialog(window)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    field = _greedy(dialog)
    press(field, Qt.Key.Key_K, CTRL)
    assert field.text() == "Cameras"
    assert window.findChild(Palette) is None
    dialog.close()


def test_once_the_focus_is_elsewhere_nothing_is_kept_from_it(
    qtbot: QtBot, window: MainWindow, field: Greedy
) -> None:
    other = _greedy(window)
    qtbot.waitUntil(other.hasFocus)
    other.deleteLater()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    press(field, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    assert palette is not None
    assert field.text() == "Cameras in Stroud"
    palette.close()
