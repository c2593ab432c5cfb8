"""A bar in a cell: how much of a sum is spent, forecast and left. The figures stand beside it in words."""

from typing import Any, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from fundtracker.ui.models.cells import CellDelegate, Index, fill
from fundtracker.ui.models.figures_table import FiguresTable

EDGE = 5  # pixels round a bar


def draw_bar(painter: QPainter, area: QRect, palette: QPalette, sums: tuple[int, int, int]) -> None:
    """Awarded, spent, forecast, in pence: spent full, forecast hatched, the rest empty."""
    awarded, spent, forecast = sums
    whole = max(awarded, spent + forecast, 1)
    ink = palette.color(QPalette.ColorRole.Text)
    full = palette.color(QPalette.ColorRole.Highlight)
    at_spent = _slice(area, 0, max(spent, 0), whole)
    at_forecast = _slice(area, max(spent, 0), max(forecast, 0), whole)
    painter.save()
    fill(painter, area, palette.color(QPalette.ColorRole.Base))
    fill(painter, at_spent, full)
    lighter = QColor(full)
    lighter.setAlpha(90)
    fill(painter, at_forecast, lighter)
    painter.setPen(full)
    for x in range(at_forecast.left(), at_forecast.right(), 5):
        painter.drawLine(x, at_forecast.bottom(), min(x + 5, at_forecast.right()), at_forecast.top())
    painter.setPen(ink)
    painter.drawRect(area)
    if awarded < whole:  # more is spent and forecast than awarded: a mark where the award ends
        end = area.left() + area.width() * awarded // whole
        painter.drawLine(end, area.top() - 3, end, area.bottom() + 3)
    painter.restore()


def _slice(area: QRect, begins: int, many: int, whole: int) -> QRect:
    left = area.left() + area.width() * begins // whole
    return QRect(left, area.top(), area.width() * many // whole, area.height())


class BarDelegate(CellDelegate):
    """Paints the row's key (awarded, spent, forecast, in pence): spent full, forecast hatched, the rest empty."""

    def __init__(self, model: FiguresTable, table: QAbstractItemView) -> None:
        super().__init__(model, table)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        sums: tuple[int, int, int] | None = self._model.rows[index.row()].key
        if not sums or max(sums) <= 0:
            return
        parts = cast("Any", option)
        draw_bar(painter, parts.rect.adjusted(EDGE, EDGE, -EDGE - 1, -EDGE - 1), parts.palette, sums)
