"""What stays in sight while a chart's bars scroll: its legend above them, and the sums of its axis beneath."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from fundtracker.ui.chart_data import on_axis
from fundtracker.ui.charts import CENTRE, GAP, LEFT, BarChart, draw_filled
from fundtracker.ui.pixels import Pixels
from fundtracker.ui.words import SPACE


class _Edge(QWidget):
    """A line of text as wide as the chart, whose pixels across are the chart's."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__()
        self.chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        chart.laid_anew.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.chart.minimumSizeHint().width(), self.chart.line)


class Legend(_Edge):
    """Each series: its filling, and its name beside it."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__(chart)
        self.setAccessibleName("Legend")
        chart.laid_anew.connect(self._say)

    def _say(self) -> None:
        self.setAccessibleDescription(
            ", ".join(f"{each.name}: {each.fill.value}" for each in self.chart.data.series)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if not self.chart.data.categories:
            return
        painter, metrics, high = QPainter(self), self.fontMetrics(), self.height()
        swatch, words = 2 * high, [metrics.horizontalAdvance(each.name) for each in self.chart.data.series]
        needed = sum(swatch + wide + 4 * SPACE for wide in words) - 3 * SPACE
        left = max(min(self.chart.axis.left, self.width() - needed), SPACE // 2)
        for series, wide in zip(self.chart.data.series, words, strict=True):
            area = QRect(left, GAP, swatch, high - 2 * GAP)
            draw_filled(Pixels(painter), self.palette(), area, series.fill)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QRect(left + swatch + SPACE, 0, wide + SPACE, high), LEFT, series.name)
            left += swatch + wide + 4 * SPACE
        painter.end()


class AxisSums(_Edge):
    """The sum of each line of the axis beneath it; sums that would run into each other are left out."""

    def __init__(self, chart: BarChart) -> None:
        super().__init__(chart)
        self.setAccessibleName("Sums of the axis")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self.chart.data.categories:
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            for area, text in self.sums():
                painter.drawText(area, CENTRE, text)
            painter.end()

    def sums(self) -> list[tuple[QRect, str]]:
        """Those that are shown, each with where it stands."""
        axis, free = self.chart.axis, -1
        shown: list[tuple[QRect, str]] = []
        for tick in axis.ticks:
            x, text = axis.at(tick), on_axis(tick)
            wide = self.fontMetrics().horizontalAdvance(text) + 2
            if x - wide // 2 > free:
                shown.append((QRect(x - wide // 2, 0, wide, self.height()), text))
                free = x + wide // 2 + SPACE
        return shown
