"""The parts of a page as tabs: a bar marks the one looked at, and where not all of them fit, "More" lists every one."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QTabBar, QTabWidget, QWidget

from fundtracker.ui.words import MARK, SPACE, mark

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PartsBar(QTabBar):
    """A row of tabs. Fusion's chosen tab differs from the others by a shade that few can see: a bar along its top tells it."""

    laid_out = Signal()  # tabs came, went or changed their width, or the bar did

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        chosen = self.tabRect(self.currentIndex())
        if chosen.isValid():
            mark(self, QRect(chosen.left(), chosen.top(), chosen.width(), MARK))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to every part, also to those that have no room in the row."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        place = self.currentIndex() + step
        while 0 <= place < self.count() and not self.isTabEnabled(place):
            place += step
        if 0 <= place < self.count():
            self.setCurrentIndex(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laid_out.emit()

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        self.laid_out.emit()


class MoreParts(QPushButton):
    """A menu of all the tabs of a bar, in sight where the bar, which ends at its parent's right, has no room for all of them.

    The bar then shows whole tabs only: the first ones, and always the one looked at.
    """

    def __init__(self, bar: PartsBar, parent: QWidget) -> None:
        super().__init__("More", parent)
        self._bar = bar
        self._holder = parent
        self._looking = False
        self.setFlat(True)
        self.setAutoDefault(False)  # in a dialog, Enter is another button's
        self.setAccessibleName("More parts")
        self.setToolTip("Every part, also those that have no room in the row")
        self.setAccessibleDescription(self.toolTip())
        menu = QMenu(self)
        menu.setAccessibleName("More parts")
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.hide()
        bar.laid_out.connect(self.look)
        bar.currentChanged.connect(self.look)

    def sizeHint(self) -> QSize:
        """No wider than its word and arrow, and as high as the tabs it stands beside."""
        letters = self.fontMetrics()
        across = letters.horizontalAdvance(self.text()) + letters.height() + 2 * SPACE
        return QSize(across, self._bar.sizeHint().height())

    def look(self) -> None:
        """Come or go, as the room is; that of both, for what the bar has of it depends on whether this is here."""
        if self._looking:
            return
        self._looking = True
        bar = self._bar
        widths = [bar.tabSizeHint(place).width() for place in range(bar.count())]
        room = self._holder.width() - bar.x()
        full = sum(widths) > room
        shown = whole_tabs(
            widths, bar.currentIndex(), room - self.sizeHint().width() - SPACE if full else room
        )
        for place in sorted(
            range(bar.count()), key=lambda place: place not in shown
        ):  # what comes, before what goes
            if bar.isTabVisible(place) != (place in shown):
                bar.setTabVisible(place, place in shown)
        self.setHidden(not full)
        self._looking = False

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


def whole_tabs(widths: Sequence[int], chosen: int, room: int) -> set[int]:
    """The places of the tabs to show: the chosen one, and of the others the first that fit beside it without a gap."""
    shown = {chosen} if 0 <= chosen < len(widths) else set[int]()
    taken = sum(widths[place] for place in shown)
    for place, width in enumerate(widths):
        if place in shown:
            continue
        if taken + width > room:
            break
        shown.add(place)
        taken += width
    return shown


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
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Of the tab that is looked at: the others don't make it higher."""
        usual = super().minimumSizeHint()
        if self.count() == 0:
            return usual
        shown = self.currentWidget()
        stack = shown.parentWidget()
        others = 0 if stack is None else stack.minimumSizeHint().height() - shown.minimumSizeHint().height()
        return QSize(usual.width(), usual.height() - others)

    def hasHeightForWidth(self) -> bool:
        """Each tab lays out its own text; asked all together, they would be laid out whenever one changes."""
        return False
