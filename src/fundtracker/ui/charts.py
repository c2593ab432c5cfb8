"""BarChart: the one chart component, drawn from a small frozen description in the colours of the palette. It is the bars, which
may have to scroll; the legend above and the sums of the axis beneath, which stay, are `chart_edges`.

Bars only, and lying ones: names and sums are texts, and a text needs room to its side, so no name stands on its head and every
bar has its sum written beside it. We draw them ourselves rather than take a plotting library (pyqtgraph was proposed): a library's
numpy alone would cost every user tens of megabytes and a slower start for five kinds of rectangle, and it knows neither the palette
nor the keyboard nor a screen reader. What a series is, is told by its filling (full, hatched, empty) and by words, never by colour alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fundtracker.domain.money import Money
from fundtracker.ui.chart_data import NOTHING, ChartData, Fill, in_thousands, step_for
from fundtracker.ui.models.cells import fill
from fundtracker.ui.pixels import Pixels
from fundtracker.ui.words import SPACE, plain_tip

GAP = 3
"""Pixels above the first bar and below the last, and between a bar's edge and what is drawn round it."""
FORWARD = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Right})
BACK = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Left})
OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
FAINT, PALE = 70, 60  # alpha of the lines of the axis, and behind a hatching
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Bar(NamedTuple):
    """A bar as it lies: its place among categories and series, and its rectangle."""

    category: int
    series: int
    area: QRect


@dataclass(frozen=True, slots=True)
class Axis:
    """From `least` to `most`, both in pence and multiples of `step`; the plot lies between two pixels."""

    least: int
    most: int
    step: int
    left: int
    right: int

    def at(self, pence: int) -> int:
        """Where a sum lies."""
        return self.left + (self.right - self.left) * (pence - self.least) // (self.most - self.least)

    @property
    def ticks(self) -> range:
        return range(self.least, self.most + 1, self.step)


class BarChart(QWidget):
    """Arrow keys go from bar to bar and the bar is said in words; Enter or a click opens what is behind it."""

    opened = Signal(object)  # the bar's target
    said = Signal(str)  # the words for the bar that the keys or the mouse have come to
    laid_anew = Signal()  # other figures or another width: legend and axis lie elsewhere

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = NOTHING
        self.when_empty = "Adding up..."
        self.current: tuple[int, int] | None = None
        self._bars: tuple[Bar, ...] = ()
        self._axis = Axis(0, 1, 1, 0, 1)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_data(self, data: ChartData) -> None:
        """Show other figures; the bar that was chosen stays so where it is still there."""
        self.data = data
        self.when_empty = "There is nothing to show."
        if self.current not in [(bar.category, bar.series) for bar in self._in_order()]:
            self.current = None
        self.setAccessibleName(data.title)
        self.setAccessibleDescription(
            data.words(self.current[0])
            if self.current
            else "Arrow keys go from bar to bar, Enter opens what is behind one"
        )
        self.updateGeometry()
        self.update()
        self.laid_anew.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.laid_anew.emit()

    # Where things lie

    @property
    def line(self) -> int:
        """The height of a line of text."""
        return self.fontMetrics().height() + 2

    def _in_order(self) -> Iterator[Bar]:
        """Every bar, its area still empty."""
        for number, category in enumerate(self.data.categories):
            for series, value in enumerate(category.values):
                if value is not None:
                    yield Bar(number, series, QRect())

    @property
    def least(self) -> int:
        """Pixels from one bar to the next, at the least: of a sum only a comma goes below the line."""
        return self.fontMetrics().height() - 1

    def _many(self) -> tuple[int, int]:
        """How many bars there are, and how many categories have one."""
        categories = [bar.category for bar in self._in_order()]
        return len(categories), len(set(categories))

    @property
    def _between(self) -> int:
        """Pixels between two categories besides those between any two bars, at the least."""
        return SPACE // 2 if len(self.data.series) > 1 else 2

    def sizeHint(self) -> QSize:
        bars, categories = self._many()
        height = 2 * GAP + bars * (self.line + GAP) + categories * SPACE
        return QSize(60 * self.fontMetrics().averageCharWidth(), height)

    def minimumSizeHint(self) -> QSize:
        bars, categories = self._many()
        height = 2 * GAP + bars * self.least + categories * self._between
        return QSize(40 * self.fontMetrics().averageCharWidth(), height)

    def _spread(self) -> tuple[int, int]:
        """Pixels from one bar to the next, and those between two categories besides: bars use all the height there is, from the
        least at which the sums beside them can be read up to twice a line; what is left over lies between the categories.
        """
        bars, categories = self._many()
        if not bars:
            return self.line, 0
        room = self.height() - 2 * GAP
        parts = 5 * bars + (2 * categories if len(self.data.series) > 1 else 0)
        pitch = min(max(5 * room // parts, self.least), 2 * self.line)
        pitch = min(pitch, max((room - categories * self._between) // bars, self.least))
        return pitch, max((room - bars * pitch) // categories, 0)

    def _lay_out(self) -> None:
        """Names at the left (a third of the width at most), bars, and room at the right for the longest sum."""
        metrics = self.fontMetrics()
        sums = [value.pence for each in self.data.categories for value in each.values if value is not None]
        least, most = min([0, *sums]), max([0, *sums])
        step = step_for(max(most - least, 1))
        least, most = step * (least // step), step * max(-(-most // step), 1 if least == 0 else 0)
        names = max((metrics.horizontalAdvance(each.name) for each in self.data.categories), default=0)
        room = max(
            (metrics.horizontalAdvance(in_thousands(each)) for each in [least, most, *sums]), default=0
        )
        left = (
            min(names + GAP, self.width() // 3) + 2 * SPACE
        )  # a width is rounded, and a name must not be elided for it
        self._axis = Axis(least, most, step, left, max(self.width() - room - 2 * SPACE, left + 1))
        self._bars = tuple(self._placed())

    def laid_out(self) -> tuple[Bar, ...]:
        """Every bar and where it lies."""
        self._lay_out()
        return self._bars

    @property
    def axis(self) -> Axis:
        """As it lies now."""
        self._lay_out()
        return self._axis

    def _placed(self) -> Iterator[Bar]:
        pitch, between = self._spread()
        gap = max(pitch // 5, 2)
        top, category, nought = GAP + between // 2, None, self._axis.at(0)
        for bar in self._in_order():
            if category not in (None, bar.category):
                top += between
            category = bar.category
            end = self._axis.at(self._value(bar).pence)
            across = min(nought, end), max(abs(end - nought), 1)
            yield bar._replace(area=QRect(across[0], top + gap // 2, across[1], pitch - gap))
            top += pitch

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        self._lay_out()
        painter = QPainter(self)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        if self.data.categories:
            self._draw_lines(Pixels(painter), ink)
            self._draw_names(painter, ink)
            for bar in self._bars:
                self._draw_bar(painter, ink, bar)
            if self.hasFocus():
                self._draw_focus(painter, ink)
        else:
            painter.setPen(ink)
            painter.drawText(self.rect(), CENTRE, self.when_empty)
        painter.end()

    def _draw_lines(self, pixels: Pixels, ink: QColor) -> None:
        """The axis's, down to its sums."""
        faint = QColor(ink)
        faint.setAlpha(FAINT)
        for tick in self._axis.ticks:
            pixels.upright(self._axis.at(tick), 0, self.height(), ink if tick == 0 else faint)

    def _draw_names(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(ink)
        metrics, wide = self.fontMetrics(), self._axis.left - 2 * SPACE
        for number, category in enumerate(self.data.categories):
            middle = self._row(number).center().y()
            text = metrics.elidedText(category.name, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(QRect(SPACE // 2, middle - self.line // 2, wide, self.line), LEFT, text)

    def _row(self, category: int) -> QRect:
        """Where a category's bars lie, over the whole width."""
        found = [bar.area for bar in self._bars if bar.category == category]
        if not found:
            return QRect()
        return QRect(0, found[0].top(), self.width(), found[-1].bottom() - found[0].top() + 1)

    def _draw_bar(self, painter: QPainter, ink: QColor, bar: Bar) -> None:
        value = self._value(bar)
        if value:
            draw_filled(Pixels(painter), self.palette(), bar.area, self.data.series[bar.series].fill)
        beside = self._beside(bar)
        fill(painter, beside.adjusted(-2, 1, 0, -1), self.palette().color(self.backgroundRole()))
        painter.setPen(ink)
        painter.drawText(beside, LEFT, in_thousands(value.pence))

    def _draw_focus(self, painter: QPainter, ink: QColor) -> None:
        """Round the chosen bar and its sum, over what lies next to them."""
        for bar in self._bars:
            if (bar.category, bar.series) == self.current:
                around = bar.area.adjusted(-GAP, -2, 0, 2)
                around.setRight(max(around.right(), self._beside(bar).right()))
                pixels = Pixels(painter)
                pixels.frame(pixels.box(around), ink, times=2)

    def _value(self, bar: Bar) -> Money:
        return self.data.categories[bar.category].values[bar.series] or Money(0)

    def _beside(self, bar: Bar) -> QRect:
        """Where a bar's sum stands."""
        wide = self.fontMetrics().horizontalAdvance(in_thousands(self._value(bar).pence))
        left = max(bar.area.right(), self._axis.at(0)) + SPACE
        return QRect(left, bar.area.center().y() - self.line // 2, wide + SPACE, self.line)

    # Keys and mouse

    def go_to(self, category: int, series: int) -> None:
        """Choose a bar, and say it."""
        self.current = (category, series)
        words = self.data.words(category)
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.said.emit(words)
        self.update()

    def open_current(self) -> None:
        """What is behind the chosen bar."""
        if self.current is None:
            return
        category, series = self.current
        targets = self.data.categories[category].targets
        target = targets[series] if series < len(targets) else None
        if target is not None:
            self.opened.emit(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        places = [(bar.category, bar.series) for bar in self._in_order()]
        key = Qt.Key(event.key())
        if not places or key not in FORWARD | BACK | OPENING | {Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
            return
        if key in OPENING:
            self.open_current()
            return
        at = places.index(self.current) if self.current in places else -1
        if key in FORWARD:
            at = min(at + 1, len(places) - 1)
        elif key in BACK:
            at = max(at - 1, 0)
        else:
            at = 0 if key == Qt.Key.Key_Home else len(places) - 1
        self.go_to(*places[at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        first = next(self._in_order(), None)
        if self.current is None and first is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go_to(first.category, first.series)

    def bar_at(self, x: int, y: int) -> Bar | None:
        """The bar in whose line a point lies, its name and sum included."""
        if not 0 <= x < self.width():
            return None
        half = self._spread()[0] // 2
        return next((bar for bar in self.laid_out() if abs(y - bar.area.center().y()) <= half), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        bar = self.bar_at(place.x(), place.y())
        if bar is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(bar.category, bar.series)
            self.open_current()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        bar = self.bar_at(place.x(), place.y())
        leads = bar is not None and any(self.data.categories[bar.category].targets)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """A bar's words as its tool tip: the whole name, and the sums to the penny."""
        if event.type() == QEvent.Type.ToolTip:
            asked = cast("QHelpEvent", event)
            bar = self.bar_at(asked.pos().x(), asked.pos().y())
            words = plain_tip(self.data.words(bar.category)) if bar is not None else ""
            QToolTip.showText(asked.globalPos(), words, self)
            return True
        return super().event(event)


def draw_filled(pixels: Pixels, palette: QPalette, area: QRect, how: Fill) -> None:
    """A framed rectangle of a series. Nothing shows through it: a line of the axis in it would look like a figure."""
    ink, full = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Highlight)
    inner = pixels.frame(pixels.box(area), ink)
    pixels.fill(inner, full if how is Fill.FULL else palette.color(QPalette.ColorRole.Base))
    if how is Fill.HATCHED:
        pale = QColor(full)
        pale.setAlpha(PALE)
        pixels.fill(inner, pale)
        pixels.hatch(inner, ink)
