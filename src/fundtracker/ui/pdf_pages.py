"""PdfPages: the pages of a PDF under each other, drawn off the window's thread as they come into sight."""

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from fundtracker.domain.problems import Unreadable
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.pdf_file import POINTS, Drawn, draw_page
from fundtracker.ui.words import SPACE

GAP = 2 * SPACE
"""Pixels between two pages, and beside them."""
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
HELD = 12
"""Drawn pages that are kept at most, while no more than these are in sight."""
HELD_PIXELS = 32_000_000
"""Of all drawn pages together, 4 bytes each: pages out of sight go first."""
MOST_PIXELS = 8_000_000
"""Of one page: one zoomed in further is drawn so fine and stretched."""


@dataclass(frozen=True, slots=True)
class Held:
    """A drawn page, and which document and width it was drawn for."""

    drawn: Drawn
    document: int
    across: int

    @property
    def pixels(self) -> int:
        return self.drawn.image.width() * self.drawn.image.height()


class PdfPages(QAbstractScrollArea):
    """Fits the width until zoomed. A page not yet drawn is white; of a new document, what the old one showed stands there."""

    moved = Signal()  # the page in sight, or the zoom, is another
    drawn = Signal()  # everything in sight is drawn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom: float | None = None
        """1 for the true size; None where the width is fitted."""
        self.held: OrderedDict[int, Held] = OrderedDict()
        """Drawn pages, the one seen longest ago first."""
        self._data = b""
        self._document = 0
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._areas: list[QRect] = []
        self._tops: list[int] = []
        self._job: Job | None = None
        self._laying = False
        self.setAccessibleName("Pages of the PDF")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width would flicker
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # The document

    def show_document(self, data: bytes, sizes: tuple[tuple[float, float], ...]) -> None:
        """Another document, or the same one drawn again, at the place of the last."""
        place = self._place()
        self._data, self._sizes = data, sizes
        self._document += 1
        for number in [each for each in self.held if each >= len(sizes)]:
            del self.held[number]
        self._lay_out(place)

    @property
    def many(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def current(self) -> int:
        """The number, from nought, of the page that takes the middle of what is in sight."""
        return self._page_at(self.verticalScrollBar().value() + self.viewport().height() // 2)

    @property
    def scale(self) -> float:
        """Pixels of the window to a point of the page that takes the middle."""
        return self._scale_of(self.current if self._areas else 0)

    def _scale_of(self, number: int) -> float:
        """Where the width is fitted, a page on its side makes no upright one small: that fills the width too, up to its true size."""
        true = self.logicalDpiX() / POINTS
        if self.zoom is not None or not self._sizes:
            return (self.zoom or 1.0) * true
        room = max(1, self.viewport().width() - 2 * GAP)
        widest = max(wide for wide, _ in self._sizes)
        return min(room / self._sizes[number][0], max(room / widest, true))

    @property
    def per_cent(self) -> int:
        """The zoom as it is now; 100 is the true size."""
        return round(100 * self.scale * POINTS / self.logicalDpiX())

    # Zooming and moving

    def set_zoom(self, zoom: float | None) -> None:
        """1 for the true size, None to fit the width; what is in sight stays there."""
        place = self._place()
        self.zoom = zoom
        self._lay_out(place)

    def zoom_in(self) -> None:
        self.set_zoom(next((each for each in ZOOMS if each > self._zoom_now + 0.005), ZOOMS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((each for each in reversed(ZOOMS) if each < self._zoom_now - 0.005), ZOOMS[0]))

    @property
    def _zoom_now(self) -> float:
        return self.scale * POINTS / self.logicalDpiX()

    def go_to_page(self, number: int) -> None:
        """To the top of a page."""
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[max(0, min(number, self.many - 1))] - GAP // 2)

    def _place(self) -> tuple[int, float]:
        """Where the upper edge stands: a page, and how far down it as a part of its height."""
        if not self._areas:
            return 0, 0.0
        top = self.verticalScrollBar().value()
        number = self._page_at(top)
        area = self._areas[number]
        return number, (top - area.top()) / max(1, area.height())

    def _page_at(self, down: int) -> int:
        return max(0, bisect_right(self._tops, down) - 1)

    # Laying out

    def _lay_out(self, place: tuple[int, float]) -> None:
        across = self.viewport().width()
        self._areas, self._tops = [], []
        down, wide = GAP // 2, 0
        for number, (width, height) in enumerate(self._sizes):
            scale = self._scale_of(number)
            size = round(width * scale), round(height * scale)
            self._areas.append(QRect(max(GAP, (across - size[0]) // 2), down, *size))
            self._tops.append(down)
            down += size[1] + GAP
            wide = max(wide, size[0] + 2 * GAP)
        bar, sideways = self.verticalScrollBar(), self.horizontalScrollBar()
        self._laying = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.fontMetrics().height() * 3)
        bar.setRange(0, max(0, down - self.viewport().height()))
        sideways.setPageStep(across)
        sideways.setSingleStep(self.fontMetrics().height() * 3)
        sideways.setRange(0, max(0, wide - across) if self.zoom is not None else 0)
        if self._areas:
            area = self._areas[min(place[0], self.many - 1)]
            bar.setValue(round(area.top() + place[1] * area.height()))
        self._laying = False
        self._scrolled()

    def _scrolled(self) -> None:
        if self._laying:
            return
        self.viewport().update()
        self._describe()
        self.moved.emit()
        self._draw_next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self._place())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_next()

    # Drawing

    def in_sight(self) -> range:
        """The numbers of the pages that are at least partly in sight."""
        if not self._areas:
            return range(0)
        top = self.verticalScrollBar().value()
        return range(self._page_at(top), self._page_at(top + self.viewport().height()) + 1)

    def _across(self, number: int) -> int:
        """The width a page is drawn in, in pixels of the screen."""
        area, ratio = self._areas[number], self.devicePixelRatioF()
        pixels = area.width() * area.height() * ratio * ratio
        finer = min(1.0, (MOST_PIXELS / max(1.0, pixels)) ** 0.5)
        return max(1, round(area.width() * ratio * finer))

    def _draw_next(self) -> None:
        """Begin to draw the first page in sight, or the one after them, that isn't drawn as it should be."""
        if self._job is not None or not self.isVisible():
            return
        seen = self.in_sight()
        for number in range(seen.start, min(seen.stop + 1, self.many)):
            across, held = self._across(number), self.held.get(number)
            if held is None or (held.document, held.across) != (self._document, across):
                self._draw(number, across)
                return
        self.drawn.emit()

    def _draw(self, number: int, across: int) -> None:
        data, document = self._data, self._document

        def work(_progress: Progress) -> Drawn:
            return draw_page(data, number, across)

        def done(drawn: Drawn) -> None:
            self._job = None
            if document == self._document:
                self._keep(number, Held(drawn, document, across))
            self._draw_next()

        def failed(trouble: BaseException) -> None:
            if not isinstance(trouble, Unreadable):
                self._job = None
                raise trouble
            from PySide6.QtGui import QImage

            blank = QImage(1, 1, QImage.Format.Format_RGB32)
            blank.fill(Qt.GlobalColor.white)
            done(Drawn(blank, str(trouble)))

        self._job = Job(self, work, done, failed)
        self._job.start()

    def _keep(self, number: int, held: Held) -> None:
        self.held[number] = held
        seen = self.in_sight()
        for each in seen:
            if each in self.held:
                self.held.move_to_end(each)
        for each in list(self.held):
            pixels = sum(kept.pixels for kept in self.held.values())
            if len(self.held) <= HELD and pixels <= HELD_PIXELS:
                break
            if each not in seen and each != number:
                del self.held[each]
        self.viewport().update()
        if number == self.current:
            self._describe()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shift = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for number in self.in_sight():
            area = self._areas[number].translated(shift)
            if not area.intersects(event.rect()):
                continue
            held = self.held.get(number)
            if held is None:
                painter.fillRect(area, QColor(Qt.GlobalColor.white))  # paper is white in a dark window too
            else:
                painter.drawImage(area, held.drawn.image)
            painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(self.palette().color(QPalette.ColorRole.Highlight))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _describe(self) -> None:
        """What the page in sight says, for a screen reader."""
        held = self.held.get(self.current)
        text = held.drawn.text if held is not None and held.document == self._document else ""
        words = f"Page {self.current + 1} of {self.many}. {text}".strip() if self.many else ""
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # Keys and wheel

    def event(self, event: QEvent) -> bool:
        """Ctrl+0 fits the width while the pages have the focus, whatever it does elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and _zooming(cast("QKeyEvent", event)):
            event.accept()
            return True
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.viewport().update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, zooming = self.verticalScrollBar(), _zooming(event)
        if zooming == "+":
            self.zoom_in()
        elif zooming == "-":
            self.zoom_out()
        elif zooming == "0":
            self.set_zoom(None)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if event.angleDelta().y() > 0:
            self.zoom_in()
        elif event.angleDelta().y() < 0:
            self.zoom_out()
        event.accept()


def _zooming(event: QKeyEvent) -> str:
    """ "+", "-" or "0" where a key press means to zoom; else empty."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return ""
    return {Qt.Key.Key_Plus: "+", Qt.Key.Key_Equal: "+", Qt.Key.Key_Minus: "-", Qt.Key.Key_0: "0"}.get(
        Qt.Key(event.key()), ""
    )
