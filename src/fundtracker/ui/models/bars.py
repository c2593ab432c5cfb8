"""A bar in a cell: how much of a sum is spent, forecast and left. The figures stand beside it in words."""

from typing import Any, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from fundtracker.ui.models.cells import CellDelegate, Index
from fundtracker.ui.models.figures_table import FiguresTable
from fundtracker.ui.pixels import Box, Pixels

EDGE = 5  # pixels round a bar


def draw_bar(painter: QPainter, area: QRect, palette: QPalette, sums: tuple[int, int, int]) -> None:
    """Awarded, spent, forecast, in pence: spent full, forecast hatched, the rest empty."""
    awarded, spent, forecast = sums
    whole = max(awarded, spent + forecast, 1)
    ink = palette.color(QPalette.ColorRole.Text)
    full = palette.color(QPalette.ColorRole.Highlight)
    lighter = QColor(full)
    lighter.setAlpha(90)
    painter.save()
    pixels = Pixels(painter)
    box = pixels.box(area)
    inner = pixels.frame(box, ink)
    at_spent = _slice(inner, 0, max(spent, 0), whole)
    at_forecast = _slice(inner, max(spent, 0), max(forecast, 0), whole)
    pixels.fill(inner, palette.color(QPalette.ColorRole.Base))
    pixels.fill(at_spent, full)
    pixels.fill(at_forecast, lighter)
    pixels.hatch(at_forecast, full)
    if awarded < whole:  # more is spent and forecast than awarded: a mark where the award ends
        end = _slice(inner, 0, max(awarded, 0), whole).right
        beyond = 3 * pixels.thin
        pixels.fill(Box(end, box.top - beyond, end + pixels.thin, box.bottom + beyond), ink)
    painter.restore()


def _slice(box: Box, begins: int, many: int, whole: int) -> Box:
    """What so many pence of the whole take of a box's width, after those before them."""
    wide = box.right - box.left
    return box._replace(
        left=box.left + wide * begins // whole, right=box.left + wide * (begins + many) // whole
    )


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
        draw_bar(painter, parts.rect.adjusted(EDGE, EDGE, -EDGE, -EDGE), parts.palette, sums)
