"""The parts of a page as tabs: a bar marks the one looked at, and where not all of them fit, "More" lists every one."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QTabBar, QTabWidget, QToolButton, QWidget

from fundtracker.ui.words import MARK, mark


class PartsBar(QTabBar):
    """A row of tabs. Fusion's chosen tab differs from the others by a shade that few can see: a bar along its top tells it."""

    laid_out = Signal()  # tabs came, went or changed their width, or the bar did

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        chosen = self.tabRect(self.currentIndex())
        if chosen.isValid():
            mark(self, QRect(chosen.left(), chosen.top(), chosen.width(), MARK))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laid_out.emit()

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        self.laid_out.emit()


class MoreParts(QToolButton):
    """A menu of all the tabs of a bar, in sight where the bar, which ends at its parent's right, has no room for all of them."""

    def __init__(self, bar: PartsBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = bar
        self._holder = parent
        self.setText("More")
        self.setAutoRaise(True)
        self.setAccessibleName("More parts")
        self.setToolTip("Every part, also those that have no room in the row")
        self.setAccessibleDescription(self.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setAccessibleName("More parts")
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.hide()
        bar.laid_out.connect(self.look)

    def look(self) -> None:
        """Come or go, as the room is; that of both, for what the bar has of it depends on whether this is here."""
        room = self._holder.width() - self._bar.x()
        self.setHidden(self._bar.sizeHint().width() <= room)

    def _fill(self) -> None:
        menu, bar = self.menu(), self._bar
        menu.clear()
        for place in range(bar.count()):
            row = menu.addAction(bar.tabText(place))
            row.setCheckable(True)
            row.setChecked(place == bar.currentIndex())
            row.setEnabled(bar.isTabEnabled(place))
            row.triggered.connect(lambda _=False, place=place: self._go(place))

    def _go(self, place: int) -> None:
        self._bar.setCurrentIndex(place)
        self._bar.setFocus(Qt.FocusReason.OtherFocusReason)


class PartsTabs(QTabWidget):
    """Tabs, named for those who can't see them, with "More" in the corner."""

    def __init__(self, name: str, of_bar: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bar = PartsBar()
        self.setTabBar(bar)
        self.setDocumentMode(True)
        self.setAccessibleName(name)
        bar.setAccessibleName(of_bar)
        self.more = MoreParts(bar, self)
        self.setCornerWidget(self.more)
