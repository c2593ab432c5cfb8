"""Narrowed: the line above a list that shows only the rows behind a figure: which these are, and the way to all of them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fundtracker.ui.words import SPACE, plain_label, push_button


class Narrowed(QWidget):
    """Hidden until there is something to say. What it says is asked again after each change: sums may stand in it."""

    def __init__(self, all_of_them: str, show_all: Callable[[], Any], parent: QWidget | None = None) -> None:
        """`all_of_them` as the button names them ("all costs")."""
        super().__init__(parent)
        self._ask: Callable[[], str] = str
        self.all_of_them = all_of_them
        self.label = plain_label(wrapped=True)
        self.label.setAccessibleName("Narrowed to")
        self.button = push_button(f"Sho&w {all_of_them}", "Go to the whole list", show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, ask: Callable[[], str]) -> None:
        """Say, now and after each change, what `ask` answers."""
        self._ask = ask
        self.again()
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.again()

    def again(self) -> None:
        self.label.setText(self._ask())

    @property
    def empty(self) -> str:
        """What an empty list says; nothing where it isn't narrowed."""
        if not self.text():
            return ""
        return f"Nothing stands here. {self.text()} Choose “Show {self.all_of_them}” to see the others."

    def text(self) -> str:
        return self.label.text()
