"""MoneyPart: money at a glance for a financial year: each award's bar, and charts that are drawn when they are first looked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from fundtracker.application.glance import AwardGlance, glance
from fundtracker.application.workspace import Workspace
from fundtracker.domain.periods import FinancialYear
from fundtracker.ui.models.bars import BarDelegate
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow, money
from fundtracker.ui.views.parts import PartsTabs
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import SPACE, choice_box, heading, plain_label

if TYPE_CHECKING:
    from fundtracker.ui.chart_part import ChartPart

MONEY = (
    Heading("Award", 10),
    Heading("Title", 18),
    Heading("Awarded", 8, right=True),
    Heading("Spent", 8, right=True),
    Heading("Forecast", 8, right=True),
    Heading("Left", 8, right=True, help="Awarded less spent, of this year"),
    Heading("Spent %", 7, right=True),
    Heading("Spent, forecast, rest", 12, help="Full: spent. Hatched: forecast. Empty: the rest of the award"),
)
BAR = len(MONEY) - 1
NAME = "Money at a glance"
HEIGHT = 42 * SPACE


@dataclass(frozen=True)
class Chart:
    """A tab with a chart: its words, what a worker asks for it, and which part of the answer it shows."""

    tab: str
    what: str


CHARTS = (
    Chart("By &quarter", "quarter"),
    Chart("By &theme", "theme"),
    Chart("By t&ype", "type"),
    Chart("By &district", "district"),
)


class MoneyPart(QWidget):
    """The year is chosen once, for all of it."""

    award_wanted = Signal(int)
    rows_wanted = Signal(str, tuple)  # a kind's name, and the path conditions of its rows

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.charts: dict[int, ChartPart] = {}
        self._drawn: dict[int, tuple[FinancialYear, int]] = {}
        self._asked = 0
        self.model = FiguresTable(MONEY, self)
        self.table = figures_table(NAME, self.model)
        self.table.leads_on_double_click()
        self.table.asked.connect(self._ask)
        self.table.setItemDelegateForColumn(BAR, BarDelegate(self.model, self.table))
        across = self.table.horizontalHeader()
        for column in (1, BAR):
            across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(40)
        self.years = choice_box("Financial year")
        self.tabs = PartsTabs(NAME, "Views of the money")
        self.tabs.addTab(self.table, "&Awards")
        self._kept = [QWidget() for _ in CHARTS]
        for page, each in zip(self._kept, CHARTS, strict=True):
            self.tabs.addTab(page, each.tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(self._top())
        layout.addWidget(self.tabs, 1)
        self._name_years([FinancialYear.of(workspace.today)])
        self.years.currentIndexChanged.connect(self._another_year)
        self.tabs.currentChanged.connect(self._look)

    def sizeHint(self) -> QSize:
        """High enough for the bars of four quarters; what room there is besides is for what needs doing."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        label = plain_label("Fi&nancial year")
        label.setBuddy(self.years)
        top.addWidget(heading(NAME, size=1), 1)
        top.addWidget(label)
        top.addWidget(self.years)
        return top

    @property
    def year(self) -> FinancialYear:
        """The one chosen."""
        return FinancialYear(int(self.years.currentText()[:4]))

    def show_years(self, years: tuple[FinancialYear, ...]) -> None:
        """These can be chosen; what is chosen stays."""
        if [str(each) for each in years] == [self.years.itemText(n) for n in range(self.years.count())]:
            return
        chosen = self.years.currentText()
        self.years.blockSignals(True)
        self._name_years(years)
        self.years.setCurrentText(chosen)
        self.years.blockSignals(False)

    def _name_years(self, years: "tuple[FinancialYear, ...] | list[FinancialYear]") -> None:
        self.years.clear()
        self.years.addItems([str(each) for each in years])

    def _another_year(self) -> None:
        self.show_awards()
        self._look()

    def refresh(self) -> None:
        """Something was changed: the awards at once, the charts when they are next looked at."""
        self._asked += 1
        self.show_awards()
        if self.isVisible():
            self._look()

    def show_awards(self) -> None:
        self.model.set_rows([_award(each) for each in glance(self.workspace, self.year)])

    def _ask(self, row: int) -> None:
        target = self.model.rows[row].target
        if target is not None:
            self.award_wanted.emit(target[1])

    # Charts

    def _look(self) -> None:
        """Draw the chart in sight, unless it shows these figures already."""
        tab = self.tabs.currentIndex()
        wanted = (self.year, self._asked)
        if tab == 0 or self._drawn.get(tab) == wanted:
            return
        self._drawn[tab] = wanted
        chart = CHARTS[tab - 1]
        part = self.charts.get(tab) or self._make(tab, chart)
        from fundtracker.ui.bridge import Question
        from fundtracker.ui.views.home_charts import chart_data

        year = self.year

        def show(data: Any) -> None:
            if self._drawn.get(tab) == wanted:
                part.show_data(data)

        Question(self, lambda _: chart_data(self.workspace, chart.what, year), show).start()

    def _make(self, tab: int, chart: Chart) -> "ChartPart":
        """In the place that was kept for it."""
        from fundtracker.ui.chart_part import ChartPart

        part = self.charts[tab] = ChartPart(chart.tab.replace("&", ""))
        part.opened.connect(self._open)
        layout = QVBoxLayout(self._kept[tab - 1])
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(part)
        return part

    def _open(self, target: tuple[str, Any]) -> None:
        kind, within = target
        self.rows_wanted.emit(kind, within)


def _award(each: AwardGlance) -> TableRow:
    return TableRow(
        (
            each.reference,
            each.title,
            money(each.awarded),
            money(each.spent),
            money(each.forecast),
            money(each.left),
            each.spent_percent,
            "",
        ),
        target=("Award", each.award_id),
        key=(each.awarded.pence, each.spent.pence, each.forecast.pence),
        help=f"Awarded {each.awarded.in_full}, spent {each.spent.in_full}, forecast {each.forecast.in_full}",
    )
