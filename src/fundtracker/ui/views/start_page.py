"""StartPage: where there is no file yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.ui.words import SPACE, heading, plain_label, push_button

WIDTH = 420


class StartPage(QWidget):
    """Three ways to begin, and the files used before."""

    new = Signal()
    open = Signal()
    demonstration = Signal()
    recent = Signal(str)

    def __init__(self, recent: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.setSpacing(SPACE)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(SPACE)
        column.addWidget(heading("fundtracker"))
        column.addWidget(
            plain_label(
                "Keeps an office's Safer Streets money in one file on this computer, and writes the Home Office's quarterly returns from it.",
                wrapped=True,
            )
        )
        column.addSpacing(SPACE * 2)
        for words, about, signal in (
            ("&New programme...", "An empty file, to fill by hand or from a workbook", self.new),
            ("&Open...", "A programme you or a colleague made before", self.open),
            ("Open the &demonstration...", "Gloucestershire's public figures, with three returns due now: a way to look round", self.demonstration),
        ):  # fmt: skip
            button = push_button(words, about, signal.emit)
            button.setMinimumHeight(36)
            column.addWidget(button)
            column.addWidget(plain_label(about, wrapped=True))
            column.addSpacing(SPACE)
        if recent:
            column.addWidget(heading("Used before", size=1))
        for path in recent:
            words = path if len(path) < 60 else f"...{path[-57:]}"
            button = push_button(words.replace("&", "&&"), path, lambda path=path: self.recent.emit(path))
            button.setFlat(True)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(inside)
