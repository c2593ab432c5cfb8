"""Charts in the house's colours, over cells of the workbook, so that they follow its figures."""

# pyright: reportUnknownMemberType=false, reportOptionalMemberAccess=false, reportAttributeAccessIssue=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's charts are built of descriptors that its stubs describe only in part.

from collections.abc import Sequence

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from fundtracker.exports.styles import AMBER, DARK_BLUE, LINE_GREY

COLOURS = (DARK_BLUE, "8FAADC", "C55A11", "7F7F7F", "548235", AMBER)
"""In order of the series; told apart in grey print as well."""
_LINE_WIDTH = 28_575  # EMU: 2.25 points


def bar_chart(
    title: str,
    labels: str,
    series: Sequence[tuple[str, str]],
    *,
    across: bool = False,
    stacked: bool = False,
    number_format: str = "#,##0",
    size: tuple[float, float] = (16.0, 7.5),
) -> BarChart:
    """Bars over `labels` ("'Spend'!$A$4:$A$9"), a set for each (name, cells) of `series`; size in centimetres.

    `across`: bars lie, for long labels, and the first label is at the top.
    """
    chart = BarChart()
    chart.type = "bar" if across else "col"
    chart.gapWidth, chart.overlap = 60, 100 if stacked else 0
    chart.grouping = "stacked" if stacked else "clustered"
    if across:
        chart.x_axis.scaling.orientation = "maxMin"
    _fill(chart, title, labels, series, number_format, size)
    for colour, each in zip(COLOURS, chart.series, strict=False):
        each.graphicalProperties = GraphicalProperties(solidFill=colour)
    return chart


def line_chart(
    title: str,
    labels: str,
    series: Sequence[tuple[str, str]],
    *,
    number_format: str = "#,##0",
    size: tuple[float, float] = (16.0, 7.5),
) -> LineChart:
    """Lines over `labels`, one for each (name, cells) of `series`; size in centimetres."""
    chart = LineChart()
    _fill(chart, title, labels, series, number_format, size)
    for colour, each in zip(COLOURS, chart.series, strict=False):
        each.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=_LINE_WIDTH))
        each.smooth = False
    return chart


def _fill(
    chart: BarChart | LineChart,
    title: str,
    labels: str,
    series: Sequence[tuple[str, str]],
    number_format: str,
    size: tuple[float, float],
) -> None:
    if len(series) > len(COLOURS):
        raise ValueError(f"a chart shows at most {len(COLOURS)} series apart, and not {len(series)}")
    chart.title = title
    chart.width, chart.height = size
    chart.legend.position = "b"
    for name, cells in series:
        chart.series.append(Series(Reference(range_string=cells), title=name))
    chart.set_categories(Reference(range_string=labels))
    # Left unsaid, newer versions of Excel take both axes for deleted.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = number_format
    chart.y_axis.numFmt.sourceLinked = False
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE_GREY))
