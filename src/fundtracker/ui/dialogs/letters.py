"""LettersDialog: texts to copy into e-mails, one at a time. It sends nothing: the office writes from its own mail program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.words import SPACE, TO_READ, plain_label, push_button, row_height, size_in_letters


@dataclass(frozen=True, slots=True)
class Letter:
    """What it is about, its words (the subject in the first line), and whatever its maker knows it by."""

    title: str
    text: str
    key: Any = None


class LettersDialog(QDialog):
    """`copied(letter)` is called once for each letter that is copied."""

    help_page = "partner_forms"

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        note: str,
        letters: Sequence[Letter],
        copied: Callable[[Letter], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.letters = tuple(letters)
        self._copied, self._told = copied, set[int]()
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(plain_label(note, wrapped=True))
        self.names = QListWidget()
        self.names.setAccessibleName("E-mails")
        self.names.setAccessibleDescription("Up and Down choose an e-mail")
        for each in self.letters:
            item = QListWidgetItem(each.title, self.names)
            item.setSizeHint(QSize(0, row_height(self.names)))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Text of the e-mail")
        self.text.setAccessibleDescription(TO_READ)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.names)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(
            [self.fontMetrics().averageCharWidth() * 30, self.fontMetrics().averageCharWidth() * 80]
        )
        self.names.setHidden(len(self.letters) == 1)
        layout.addWidget(splitter, 1)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout.addWidget(self.message)
        box = QDialogButtonBox(parent=self)
        self.copy_button = push_button(
            "&Copy the e-mail", "Copy this text, to paste into an e-mail", self.copy
        )
        box.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setDefault(True)
        box.addButton(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        layout.addWidget(box)
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)
        self.copy_button.setFocus()
        size_in_letters(self, 120, 30)

    def _show(self, row: int) -> None:
        self.text.setPlainText(self.letters[row].text)
        self.message.clear()
        self.message.hide()

    def copy(self) -> None:
        """The text that is shown; who made the letters is told."""
        row = max(self.names.currentRow(), 0)
        QGuiApplication.clipboard().setText(self.letters[row].text)
        if row not in self._told and self._copied is not None:
            self._told.add(row)
            self._copied(self.letters[row])
        self.message.setText(f"✓ Copied: {self.letters[row].title}")
        self.message.show()
