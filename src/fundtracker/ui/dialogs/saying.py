"""Messages and questions, always as plain text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QPlainTextEdit, QWidget


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(text)
    box.setAccessibleName(title)
    box.setAccessibleDescription(text)
    return box


def say_trouble(parent: QWidget | None, title: str, text: str) -> None:
    """Say what went wrong and what to do."""
    box = _box(parent, QMessageBox.Icon.Warning, title, text)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.exec()


def say(parent: QWidget | None, title: str, text: str) -> None:
    """Say something worth reading."""
    box = _box(parent, QMessageBox.Icon.Information, title, text)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.exec()


def ask(parent: QWidget | None, title: str, text: str, yes: str) -> bool:
    """Whether the user says yes; the button says what it does, and Cancel is what Enter chooses."""
    box = _box(parent, QMessageBox.Icon.Question, title, text)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is accept


def ask_text(parent: QWidget, title: str, text: str, begins: str = "", *, long: bool = False) -> str | None:
    """What the user types; None where the question is cancelled."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, long)
    dialog.setLabelText(text)
    dialog.setTextValue(begins)
    dialog.minimumSizeHint()  # makes its editor
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    for editor in dialog.findChildren(QPlainTextEdit):
        editor.setTabChangesFocus(True)  # else the keyboard could not reach the buttons
    return dialog.textValue() if dialog.exec() == QInputDialog.DialogCode.Accepted else None
