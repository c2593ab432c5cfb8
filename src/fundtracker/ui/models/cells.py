"""How the cells of every table are painted: straight from the model's texts, without Qt asking for a dozen roles a cell."""

from collections.abc import Callable
from typing import Any, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from fundtracker.ui.pixels import Pixels

Index = QModelIndex | QPersistentModelIndex
MARGIN = 6  # pixels between a cell's sides and its text
LEADING = 4  # pixels above and below the lines of a text that is wrapped
ACTIVE, INACTIVE, INK = QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorRole.Text
LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
TOP_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop).value
TOP_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop).value
WRAPPED = Qt.TextFlag.TextWordWrap.value


def fill(painter: QPainter, area: QRect, colour: QColor) -> None:
    """As Qt's fillRect, for which Python would first learn the names of 182 gradients."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)


class Texts(Protocol):
    """What a table's model tells its delegate."""

    def cell(self, row: int, column: int) -> tuple[str, int, QFont | None]:
        """A cell's text, its alignment (Qt's flags as a number) and its font where that isn't the table's."""
        ...


class CellDelegate(QStyledItemDelegate):
    """Every other row is tinted; a text too long for its cell ends in an ellipsis, or is wrapped where `wraps`.

    What is chosen is asked of the table: the option's own state would make Python learn the names of all of Qt's styles, for
    which Home would wait.
    """

    def __init__(self, texts: Texts, table: QAbstractItemView, *, wraps: bool = False) -> None:
        super().__init__(table)
        self.texts = texts
        self._table = table
        self._wraps = wraps
        self._ruled: Callable[[int], bool] | None = getattr(texts, "ruled", None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        parts = cast("Any", option)
        palette: QPalette = parts.palette
        area: QRect = parts.rect
        row, table = index.row(), self._table
        group = ACTIVE if table.isActiveWindow() else INACTIVE
        chosen = table.selectionModel().isSelected(index)
        if chosen:
            fill(painter, area, palette.color(group, QPalette.ColorRole.Highlight))
            ink = palette.color(group, QPalette.ColorRole.HighlightedText)
        else:
            if row % 2:
                fill(painter, area, palette.color(group, QPalette.ColorRole.AlternateBase))
            ink = palette.color(group, INK)
        text, alignment, font = self.texts.cell(row, index.column())
        painter.setPen(ink)
        if text:
            self._draw(painter, area, text, alignment, font or parts.font)
        if self._ruled is not None and self._ruled(row):
            pixels = Pixels(painter)
            pixels.rule(pixels.box(area), ink)
        if table.hasFocus() and table.currentIndex() == index:
            pixels = Pixels(painter)
            # in the highlight: a black box would look like an alarm
            highlight = palette.color(group, QPalette.ColorRole.Highlight)
            pixels.frame(pixels.box(area), ink if chosen else highlight)

    def _draw(self, painter: QPainter, area: QRect, text: str, alignment: int, font: QFont) -> None:
        painter.setFont(font)
        if self._wraps:
            inner = area.adjusted(MARGIN, LEADING, -MARGIN, -LEADING)
            painter.drawText(inner, alignment | WRAPPED, text)
            return
        inner = area.adjusted(MARGIN, 0, -MARGIN, 0)
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, alignment, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The room a cell's text takes, wrapped to the width at hand where this delegate wraps."""
        text, _, font = self.texts.cell(index.row(), index.column())
        parts = cast("Any", option)
        metrics = QFontMetrics(font) if font is not None else parts.fontMetrics
        wide: int = parts.rect.width()
        if not self._wraps or wide <= 2 * MARGIN:
            return QSize(metrics.horizontalAdvance(text) + 2 * MARGIN, metrics.height() + 2 * LEADING)
        inner = QRect(0, 0, wide - 2 * MARGIN, 1 << 20)
        size = metrics.boundingRect(inner, TOP_LEFT | WRAPPED, text or " ").size()
        return QSize(size.width() + 2 * MARGIN, size.height() + 2 * LEADING)
