"""What is shown when the program itself is at fault."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.words import SPACE, TO_READ, heading, plain_label, push_button, size_in_letters

TITLE = "Something went wrong inside the program"


class CrashDialog(QDialog):
    """What happened and what it means; the details can be read, copied, or found in their folder."""

    help_page = "starting"

    def __init__(self, parent: QWidget | None, text: str, details: str, folder: Path | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("fundtracker")
        self.setAccessibleName(TITLE)
        self.setAccessibleDescription(text)
        self._details, self._folder = details, folder
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        top = QHBoxLayout()
        top.setSpacing(SPACE * 2)
        picture = QLabel()
        side = self.fontMetrics().height() * 2
        picture.setPixmap(
            self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxCritical).pixmap(side, side)
        )
        top.addWidget(picture)
        top.addWidget(heading(TITLE, size=2), 1)
        layout.addLayout(top)
        layout.addWidget(plain_label(text, wrapped=True))
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setAccessibleName("Details")
        self.details.setAccessibleDescription(TO_READ)
        layout.addWidget(self.details, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        self.copy_button = push_button("&Copy details", "Copy the details, to put into a message", self.copy)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        if folder is not None:
            show = push_button("&Open the folder", "Show the folder that holds the log", self.open_folder)
            buttons.addButton(show, QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(buttons)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        size_in_letters(self, 100, 26)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    def open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def show_crash(parent: QWidget | None, text: str, details: str, folder: Path | None) -> None:
    """Until it is closed."""
    CrashDialog(parent, text, details, folder).exec()
