"""Message: what a place says below its rows. A refusal with many problems is told in a few lines; the rest is a button away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from fundtracker.domain.problems import Problem
from fundtracker.ui.words import SPACE, in_brief, plain_label, push_button, whole

SHARE = 3
"""It has at most one part in so many of its page's height: what it speaks of stays in sight."""
FEWEST_LINES = 3


class Message(QWidget):
    """No higher than its words, nor than its share of the page; what has no room is scrolled to."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._problems: Sequence[Problem] = ()
        self.label = plain_label(wrapped=True)
        self.label.setAccessibleName("Message")
        self.room = QScrollArea()
        self.room.setAccessibleName("Message")
        self.room.setFrameShape(QScrollArea.Shape.NoFrame)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setWidgetResizable(True)
        self.room.setWidget(self.label)
        self.all_button = push_button(
            "Show all...", "Everything that stands in the way, to be read or copied", self.show_all
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.room)
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        page.installEventFilter(self)
        self.say("")

    def say(self, text: str) -> None:
        """Say something, or take back what was said."""
        self._problems = ()
        self._show(text)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say what stands in the way."""
        self._problems = problems
        self._show(in_brief(problems))

    def text(self) -> str:
        return self.label.text()

    def show_all(self) -> None:
        """The whole of what stands in the way."""
        from fundtracker.ui.dialogs.saying import show_lines

        show_lines(self, "What stands in the way", whole(self._problems))

    def _show(self, text: str) -> None:
        self.label.setText(f"⚠ {text}" if text else "")
        self.all_button.setVisible(text != "\n".join(whole(self._problems)) and bool(self._problems))
        self.room.verticalScrollBar().setValue(0)
        self._fit()
        self.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if not self.label.text():
            return
        wanted = self.label.heightForWidth(self.width())
        most = max(self._page.height() // SHARE, FEWEST_LINES * self.fontMetrics().lineSpacing())
        if not self.all_button.isHidden():
            most -= self.all_button.sizeHint().height() + SPACE // 2
        self.room.setFixedHeight(min(wanted, most))
        scrolled = Qt.FocusPolicy.StrongFocus if wanted > most else Qt.FocusPolicy.NoFocus
        self.room.setFocusPolicy(scrolled)
