"""Field: an editor of one column in a form, with its help, and beside it what is wrong with what stands in it."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fundtracker.domain.columns import Column
from fundtracker.ui.editors.factory import Editor
from fundtracker.ui.words import CLOSE, plain_label


class Field(QWidget):
    """An editor with its help and, where there is one, its problem below."""

    def __init__(self, column: Column, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.editor = editor
        self.widget: QWidget = editor  # pyright: ignore[reportAttributeAccessIssue] - every editor is a widget
        self._about = self.widget.accessibleDescription() or column.help
        self.wrong = False
        """What stands in the editor was not kept: it waits there to be mended."""
        self._filled = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(CLOSE)
        layout.addWidget(self.widget, 0, Qt.AlignmentFlag.AlignTop)  # level with a name of more lines
        if column.help:
            note = plain_label(column.help, wrapped=True)
            note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            note.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            layout.addWidget(note)

    @cached_property
    def problem(self) -> QLabel:
        """What is wrong; made when there first is something: most fields never have it, and a form has two dozen of them."""
        made = plain_label(wrapped=True)
        made.setVisible(False)
        made.setAccessibleName(f"Problem with {self.column.label}")
        layout = self.layout()
        if layout is not None:
            layout.addWidget(made)
        return made

    def fill(self, value: Any) -> None:
        """Show a value that is kept."""
        self.editor.set_value(value)
        self.leave()

    def leave(self) -> None:
        """What stands here is read: it is no longer being typed."""
        self._filled = self.editor.typed()

    @property
    def being_typed(self) -> bool:
        """Something is typed here that nobody has read yet."""
        return self.editor.typed() != self._filled

    def say(self, message: str) -> None:
        """Show what is wrong, so that what stands here was not kept; or that nothing is."""
        self.wrong = bool(message)
        self.remark(message)

    def remark(self, message: str) -> None:
        """Show what is to be said of what stands here; it is kept."""
        if message or "problem" in self.__dict__:
            self.problem.setText(f"⚠ {message}" if message else "")
            self.problem.setVisible(bool(message))
        self.widget.setAccessibleDescription(f"{message} {self._about}".strip())
