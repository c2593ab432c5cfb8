"""StartPage: where there is no file yet."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fundtracker.ui.dropping import PROGRAMME, files_of
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

WIDTH = 56  # characters
SHOWN_NAME = 60


class StartPage(QWidget):
    """Three ways to begin, and the files used before. A programme can be dropped on it."""

    help_page = "starting"
    new = Signal()
    open = Signal()
    demonstration = Signal()
    recent = Signal(str)

    def __init__(self, recent: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self.help)
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.setSpacing(SPACE)
        inside = QWidget()
        inside.setFixedWidth(self.fontMetrics().averageCharWidth() * WIDTH)
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
            button.setMinimumHeight(self.fontMetrics().height() * 2)
            column.addWidget(button)
            column.addWidget(plain_label(about, wrapped=True))
            column.addSpacing(SPACE)
        if recent:
            column.addWidget(heading("Used before", size=1))
        for path in recent:
            words = path if len(path) < SHOWN_NAME else f"…{path[1 - SHOWN_NAME :]}"
            button = push_button(words.replace("&", "&&"), path, lambda path=path: self.recent.emit(path))
            button.setFlat(True)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(inside)

    def help(self) -> None:
        """F1: there is no menu yet that would have it."""
        from fundtracker.ui.help import show_help

        show_help(self.window(), self.help_page)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(bool(files_of(event.mimeData())))

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        files = files_of(event.mimeData())
        QTimer.singleShot(0, self, lambda: self._take(files))

    def _take(self, files: list[Path]) -> None:
        if len(files) == 1 and files[0].suffix.lower() == PROGRAMME:
            self.recent.emit(str(files[0]))
            return
        from fundtracker.ui.dialogs.saying import say_trouble

        say_trouble(
            self,
            "No programme is open",
            f"Only a {PROGRAMME} file can be dropped here. Open a programme or make a new one first, then drop workbooks and evidence on its window.",
        )
