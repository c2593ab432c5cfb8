"""Pixels: frames, lines and hatchings that are even at every scale of the screen.

At 150 % a line of one of Qt's pixels is one and a half of the screen's, and is drawn as one here and as two there, as it falls.
So rectangles are rounded to the screen's own pixels first, and all that is thin is so many whole ones thick.
"""

from typing import NamedTuple

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

HATCH = 5
"""Qt's pixels from one line of a hatching to the next."""


class Box(NamedTuple):
    """A rectangle in the screen's pixels; `right` and `bottom` lie just outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def within(self, by: int) -> "Box":
        """Smaller by so many pixels at each side."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


class Pixels:
    """Draws with a painter that may be moved and scaled, never turned."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        turned = painter.deviceTransform()
        self._across, self._down = turned.m11(), turned.m22()
        self._x, self._y = turned.dx(), turned.dy()
        self.thin = max(int(self._across), 1)
        """The screen's pixels of a thin line: one at 150 %, two at 200 %."""

    def box(self, area: QRect) -> Box:
        """The screen's pixels nearest to an area."""
        return Box(
            round(area.left() * self._across + self._x),
            round(area.top() * self._down + self._y),
            round((area.left() + area.width()) * self._across + self._x),
            round((area.top() + area.height()) * self._down + self._y),
        )

    def fill(self, box: Box, colour: QColor) -> None:
        """As Qt's fillRect, which Home must not use: see `models.cells.fill`."""
        left, top = self._to_qt(box.left, box.top)
        right, bottom = self._to_qt(box.right, box.bottom)
        if right <= left or bottom <= top:
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRect(QRectF(left, top, right - left, bottom - top))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    def frame(self, box: Box, colour: QColor, *, times: int = 1) -> Box:
        """A thin line, or one `times` as thick, along the inner edge; what lies within it."""
        thick = self.thin * times
        inner = box.within(thick)
        self.fill(box._replace(bottom=inner.top), colour)
        self.fill(box._replace(top=inner.bottom), colour)
        self.fill(Box(box.left, inner.top, inner.left, inner.bottom), colour)
        self.fill(Box(inner.right, inner.top, box.right, inner.bottom), colour)
        return inner

    def rule(self, box: Box, colour: QColor) -> None:
        """A line along the upper edge that stands out among thin ones: at 150 % two of the screen's pixels."""
        self.fill(box._replace(bottom=box.top + max(round(self._down), 1)), colour)

    def upright(self, x: int, top: int, bottom: int, colour: QColor) -> None:
        """A thin upright line from `top` down to `bottom`, where Qt's pixels begin."""
        box = self.box(QRect(x, top, 1, bottom - top))
        self.fill(box._replace(right=box.left + self.thin), colour)

    def hatch(self, box: Box, colour: QColor) -> None:
        """Thin slanting lines; the ground between them stays."""
        high, last = box.bottom - box.top - 1, box.right - 1
        if high < 1:
            return
        pen = QPen(colour)
        pen.setWidth(self.thin)
        pen.setCosmetic(True)  # in the screen's pixels
        self._painter.setPen(pen)
        for foot in range(box.left - high, box.right, round(HATCH * self._across)):
            begins, ends = max(foot, box.left), min(foot + high, last)
            if ends > begins:
                self._painter.drawLine(
                    QLineF(
                        *self._to_qt(begins + 0.5, box.bottom - 0.5 - (begins - foot)),
                        *self._to_qt(ends + 0.5, box.bottom - 0.5 - (ends - foot)),
                    )
                )

    def _to_qt(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._x) / self._across, (y - self._y) / self._down
