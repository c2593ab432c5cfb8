"""The two charts of the Summary: the year by quarter and by intervention, spent and forecast in bars against the profile."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# openpyxl's charts are built of descriptors that its stubs describe only in part.

from openpyxl.chart import BarChart
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from fundtracker.exports.sheet_charts import COLOURS, bar_chart, line_chart
from fundtracker.exports.sheets import Sheet, cell_at, on_sheet
from fundtracker.exports.styles import DARK_BLUE

_PLAN = COLOURS[2]
_LINE_WIDTH = 28_575  # EMU: 2.25 points
_TITLE_SIZE, _MARK_SIZE = 1200, 12  # hundredths of a point; points

Rows = tuple[int, int]
"""First and last."""


def against_profile(
    sheet: Sheet,
    title: str,
    rows: Rows,
    columns: tuple[int, int, int],
    size: tuple[float, float],
    *,
    joined: bool,
) -> BarChart:
    """Stacked bars of spent and forecast, and the profile as a line, or a mark for each bar where they aren't in an order.

    `columns` are those of spent, forecast and profile; the labels stand in the first.
    """
    spent, ahead, plan = columns

    def cells(column: int) -> str:
        first, last = (cell_at(row, column, fixed=True) for row in rows)
        return on_sheet(sheet.name, f"{first}:{last}")

    chart = bar_chart(
        title, cells(1), [("To date", cells(spent)), ("Forecast", cells(ahead))], stacked=True, size=size
    )
    profile = line_chart("", cells(1), [("Current profile", cells(plan))])
    series = profile.series[0]
    line = LineProperties(solidFill=_PLAN, w=_LINE_WIDTH) if joined else LineProperties(noFill=True)
    series.graphicalProperties = GraphicalProperties(ln=line)
    series.marker = Marker(
        symbol="circle" if joined else "dash",
        size=_MARK_SIZE // 2 if joined else _MARK_SIZE,
        spPr=GraphicalProperties(solidFill=_PLAN, ln=LineProperties(solidFill=_PLAN)),
    )
    chart += profile
    chart.title = _calm(title)
    return chart


def _calm(title: str) -> Title:
    """A title no larger than the sheet's own sections."""
    look = CharacterProperties(sz=_TITLE_SIZE, b=True, solidFill=DARK_BLUE)
    run = RegularTextRun(rPr=look, t=title)
    rich = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])
    return Title(tx=Text(rich=rich), overlay=False)
