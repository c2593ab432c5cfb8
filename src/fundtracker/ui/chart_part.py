"""ChartPart: a chart and the table of the same figures; side by side where there is room, else one or the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.chart_data import ChartData
from fundtracker.ui.chart_edges import AxisSums, Legend
from fundtracker.ui.charts import BarChart
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow, money
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import SPACE, plain_label, switch_button

ROOMY = 130
"""Letters of width from which chart and table stand side by side."""


class ChartPart(QWidget):
    """One set of figures, drawn and tabled. A bar or a row leads to what is behind it."""

    opened = Signal(object)  # the target of a bar or row

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = BarChart(name)
        self.chart.opened.connect(self.opened)
        self.figures = FiguresTable((), self)
        self.table = figures_table(f"{name}: the figures", self.figures)
        self.table.leads_on_double_click()
        self.table.asked.connect(self._open_row)
        self.scroller = QScrollArea()
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(self.chart)
        self.legend, self.sums = Legend(self.chart), AxisSums(self.chart)
        self.words = plain_label(wrapped=True)
        self.words.setAccessibleName("The bar chosen")
        self.chart.said.connect(self._say)
        self.words.hide()  # while there are none the bars have the room
        self.drawn = QWidget()
        above = QVBoxLayout(self.drawn)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.legend)
        above.addWidget(self.scroller, 1)
        above.addWidget(self.sums)
        above.addWidget(self.words)
        beside = self.scroller.verticalScrollBar().sizeHint().width()
        self.drawn.setMinimumWidth(self.chart.minimumSizeHint().width() + beside)
        self._divided = False
        self.switch = self._make_switch()
        both = self.both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.drawn)
        both.addWidget(self.table)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE // 2, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.switch)
        layout.addWidget(both, 1)
        self._arrange()

    def _make_switch(self) -> QWidget:
        """ "Chart | Table", where there is room for one of them."""
        part = QWidget()
        layout = QHBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        self.as_chart = switch_button("&Chart", "Show the figures as bars", self._arrange)
        self.as_table = switch_button("Ta&ble", "Show the figures as a table", self._arrange)
        group = QButtonGroup(self)
        for button in (self.as_chart, self.as_table):
            group.addButton(button)
            layout.addWidget(button)
        self.as_chart.setChecked(True)
        layout.addStretch(1)
        return part

    @property
    def roomy(self) -> bool:
        """Whether chart and table both have room."""
        return self.width() >= ROOMY * self.fontMetrics().averageCharWidth()

    def _arrange(self) -> None:
        self.switch.setVisible(not self.roomy)
        self.drawn.setVisible(self.roomy or self.as_chart.isChecked())
        self.table.setVisible(self.roomy or self.as_table.isChecked())
        if self.roomy and not self._divided:
            self._divided = True  # from now on the border is the user's
            self.both.setSizes([self.width() * 3 // 5, self.width() * 2 // 5])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_data(self, data: ChartData) -> None:
        """Show these figures in both."""
        self.chart.show_data(data)
        self.table.setAccessibleName(f"{data.title}: the figures")
        self._put(data.words(self.chart.current[0]) if self.chart.current else "")
        headings = (Heading(data.what, 24), *(Heading(each.name, 12, right=True) for each in data.series))
        rows = [
            TableRow(
                (each.name, *(money(value) for value in each.values)),
                key=(each.name, next((target for target in each.targets if target is not None), None)),
            )
            for each in data.categories
        ]
        self.figures.set_rows(rows, headings)
        across = self.table.horizontalHeader()
        if across.count():
            across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            across.setMinimumSectionSize(12 * self.fontMetrics().averageCharWidth())

    def _put(self, words: str) -> None:
        """The bars make room at once: where they lie is asked next."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        beneath = self.drawn.layout()
        if beneath is not None:
            beneath.activate()

    def _say(self, words: str) -> None:
        """Beneath the chart, and its bar comes into sight."""
        self._put(words)
        area = next(
            (bar.area for bar in self.chart.laid_out() if (bar.category, bar.series) == self.chart.current),
            None,
        )
        if area is not None:
            self.scroller.ensureVisible(0, area.center().y(), 0, area.height() * 2)

    def _open_row(self, row: int) -> None:
        _, target = self.figures.rows[row].key
        if target is not None:
            self.opened.emit(target)
