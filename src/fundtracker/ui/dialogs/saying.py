"""Messages and questions, always as plain text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.words import SPACE, TO_READ, TOLD, first_of, plain_label, push_button, size_in_letters

READABLE = 72
"""Characters in a line of a question."""
MOST_OF_SCREEN = 60
"""Per cent of its height that a question takes at most."""
ANSWER = 5
"""Lines that a long answer has room for at least."""
LEAST_LINES = 3
"""What is seen of a question at least, however small the screen."""


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
    """Say what went wrong and what to do; of many problems the first few, and the others when they are asked for."""
    told, blank, then = text.partition("\n\n")
    lines = told.split("\n")
    box = _box(parent, QMessageBox.Icon.Warning, title, f"{first_of(lines)}{blank}{then}")
    every = box.addButton("Show all...", QMessageBox.ButtonRole.ActionRole) if len(lines) > TOLD else None
    leave = box.addButton(QMessageBox.StandardButton.Ok)
    box.setDefaultButton(leave)
    box.setEscapeButton(leave)
    box.exec()
    if every is not None and box.clickedButton() is every:
        show_lines(parent, title, lines)


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


class TextQuestion(QDialog):
    """A question of any length, wrapped where it is easy to read and scrolled where the screen is small for it; an answer below."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, begins: str = "", *, long: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.words = plain_label(text, wrapped=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.editor: QPlainTextEdit | QLineEdit = QPlainTextEdit(begins) if long else QLineEdit(begins)
        self.editor.setAccessibleName(title)
        self.editor.setAccessibleDescription(text)
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setTabChangesFocus(True)  # else the keyboard could not reach the buttons
            self.editor.setMinimumHeight(ANSWER * self.fontMetrics().lineSpacing())
        else:
            self.editor.selectAll()
        self.room = QScrollArea()
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setWidgetResizable(True)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setWidget(self.words)
        self.room.setAccessibleName("Question")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.room)
        layout.addWidget(self.editor, 1 if long else 0)
        layout.addStretch(0 if long else 1)
        layout.addWidget(buttons)
        self._fit()
        self.editor.setFocus()

    @property
    def answer(self) -> str:
        """What stands in the answer."""
        editor = self.editor
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def _fit(self) -> None:
        """The question has the room it needs, as long as the dialog stays within its part of the screen."""
        layout, screen = self.layout(), self.screen().availableSize()
        margins = self.contentsMargins() if layout is None else layout.contentsMargins()
        around = margins.left() + margins.right()
        width = min(self.fontMetrics().averageCharWidth() * READABLE + around, screen.width())
        needed = self.words.heightForWidth(width - around)
        self.room.setFixedHeight(needed)
        most = screen.height() * MOST_OF_SCREEN // 100
        over = self.minimumSizeHint().height() - most
        if over > 0:
            line = self.fontMetrics().lineSpacing()
            self.room.setFixedHeight(max(LEAST_LINES, (needed - over) // line) * line)
        scrolls = self.room.height() < needed
        self.room.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(width)
        self.resize(width, min(most, self.sizeHint().height()))


def ask_text(parent: QWidget, title: str, text: str, begins: str = "", *, long: bool = False) -> str | None:
    """What the user types; None where the question is cancelled."""
    dialog = TextQuestion(parent, title, text, begins, long=long)
    return dialog.answer if dialog.exec() == QDialog.DialogCode.Accepted else None


class LinesDialog(QDialog):
    """Many lines, to be read or copied."""

    def __init__(self, parent: QWidget | None, title: str, lines: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.lines = QPlainTextEdit("\n".join(lines))
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.lines.setAccessibleName(title)
        self.lines.setAccessibleDescription(TO_READ)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        copy = push_button("&Copy all", "Copy every line", self.copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.lines, 1)
        layout.addWidget(buttons)
        size_in_letters(self, 110, 26)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.toPlainText())


def show_lines(parent: QWidget | None, title: str, lines: Sequence[str]) -> None:
    """Many lines in a window of their own."""
    LinesDialog(parent, title, lines).exec()
