"""PageStack: pages of which one is in sight, and alone is asked how much room it needs. Room: where it is scrolled, if there is less."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Qt's own stack asks every page, also those out of sight, each time that one of them is laid out anew.

    With the fifty places of a long day, each with text that wraps, that was 70 of the 120 ms that going from place to place took.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint()

    def heightForWidth(self, width: int) -> int:  # noqa: ARG002 - Qt's signature
        """A place around it that scrolls asks even so: no more than it must have, or tables that could be lower would be scrolled to."""
        return self.minimumSizeHint().height()


class Room(QScrollArea):
    """All the room there is for the pages of a stack. A page that needs more, at a large text, is scrolled as a whole."""

    def __init__(self, stack: PageStack) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(stack)
        self._stack = stack

    def sizeHint(self) -> QSize:
        return self._stack.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the page, and for the bar beside it where it is scrolled."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        return QSize(self._stack.minimumSizeHint().width() + beside, super().minimumSizeHint().height())
