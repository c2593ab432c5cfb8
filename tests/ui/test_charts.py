"""The chart: what it says of each bar, by keys and by mouse, and that no bar or sum lies outside it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from fundtracker.domain.money import Money
from fundtracker.ui.chart_data import Category, ChartData, Fill, Series, in_thousands, on_axis, step_for
from fundtracker.ui.chart_part import ChartPart
from fundtracker.ui.charts import BarChart
from ui.driving import click, press

SERIES = (Series("Spent"), Series("Forecast", Fill.HATCHED), Series("Profile", Fill.EMPTY))
LONG = (
    "Rhwydwaith Gwirfoddolwyr Cymunedol Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch a'r Cylch"
)
pounds = Money.pounds
QUARTERS = ChartData(
    "Spend against profile, 2024/25",
    "Quarter",
    SERIES,
    (
        Category("2024/25 Q1", (pounds("213905.14"), None, pounds(220_000)), ("spent 1", None, "profile 1")),
        Category(
            "2024/25 Q2", (pounds("-40250.50"), pounds("9876543.21"), None), ("spent 2", "ahead 2", None)
        ),
        Category(LONG, (Money(0), None, Money(1)), ("spent 3", None, None)),
    ),
)


@pytest.fixture
def chart(qtbot: QtBot) -> BarChart:
    shown = BarChart("Spend")
    qtbot.addWidget(shown)
    shown.show_data(QUARTERS)
    shown.resize(700, 300)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.setFocus()
    return shown


def test_arrow_keys_walk_the_bars_and_say_them(qtbot: QtBot, chart: BarChart) -> None:
    heard: list[str] = []
    chart.said.connect(heard.append)
    assert chart.current == (0, 0)  # it has the focus
    walk = [Qt.Key.Key_Down] * 5 + [
        Qt.Key.Key_Up,
        Qt.Key.Key_Home,
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
    ]
    places: list[tuple[int, int] | None] = []
    for key in walk:
        press(chart, key)
        places.append(chart.current)
    assert places == [
        (0, 2), (1, 0), (1, 1), (2, 0), (2, 2), (2, 0), (0, 0), (0, 2), (0, 0), (2, 2)
    ]  # fmt: skip
    assert heard[0] == "2024/25 Q1: spent £213,905.14, profile £220,000.00"
    assert heard[1] == "2024/25 Q2: spent -£40,250.50, forecast £9,876,543.21"
    assert chart.accessibleDescription() == f"{LONG}: spent £0.00, profile £0.01"
    assert chart.accessibleName() == QUARTERS.title


def test_enter_and_a_click_open_what_is_behind_a_bar(qtbot: QtBot, chart: BarChart) -> None:
    opened: list[object] = []
    chart.opened.connect(opened.append)
    press(chart, Qt.Key.Key_Return)
    press(chart, Qt.Key.Key_End)
    press(chart, Qt.Key.Key_Return)  # leads nowhere
    for bar in chart.laid_out():
        click(chart, QPoint(2, bar.area.center().y()))  # its line, at the name
    click(chart, QPoint(300, chart.height() - 2))  # the axis
    assert opened == ["spent 1", "spent 1", "profile 1", "spent 2", "ahead 2", "spent 3"]


def test_a_chosen_bar_stays_chosen_while_it_is_there(chart: BarChart) -> None:
    chart.go_to(1, 1)
    chart.show_data(QUARTERS)
    assert chart.current == (1, 1)
    chart.show_data(ChartData("Another", "Theme", SERIES[:1], (Category("ASB", (Money(5),)),)))
    assert chart.current is None


@pytest.mark.parametrize("width", [320, 700, 1400])
@pytest.mark.parametrize("points", [9, 14, 20])
def test_no_bar_or_sum_is_cut_off(qtbot: QtBot, width: int, points: int) -> None:
    shown = BarChart("Spend")
    qtbot.addWidget(shown)
    font = shown.font()
    font.setPointSize(points)
    shown.setFont(font)
    shown.show_data(QUARTERS)
    shown.resize(max(width, shown.minimumSizeHint().width()), shown.sizeHint().height())
    metrics = shown.fontMetrics()
    bottom = metrics.height()  # the legend's
    for bar in shown.laid_out():
        value = QUARTERS.categories[bar.category].values[bar.series]
        assert value is not None
        beside = bar.area.right() + 2 * 8 + metrics.horizontalAdvance(in_thousands(value.pence))
        assert bar.area.left() > 0
        assert beside <= shown.width()
        assert bar.area.top() >= bottom  # below the one before
        bottom = bar.area.bottom()
    assert bottom + metrics.height() <= shown.height()  # and the axis fits beneath


def test_bars_are_as_long_as_their_sums(chart: BarChart) -> None:
    long = {(bar.category, bar.series): bar.area.width() for bar in chart.laid_out()}
    assert long[1, 1] == pytest.approx(long[0, 2] * 9876543.21 / 220000, rel=0.1)
    bars = {(bar.category, bar.series): bar.area for bar in chart.laid_out()}
    assert bars[1, 0].right() <= bars[0, 0].left() + 1  # negative: to the left of nought


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_the_tool_tip_has_the_whole_name(chart: BarChart) -> None:
    bar = chart.laid_out()[-1]
    place = QPoint(4, bar.area.center().y())
    QApplication.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert LONG.replace("'", "&#x27;") in QToolTip.text() or LONG in QToolTip.text()


@pytest.mark.parametrize("ground", ["white", "#202020", "black"])
def test_fillings_tell_the_series_apart_without_colour(qtbot: QtBot, ground: str) -> None:
    """In one colour only: full, hatched and empty bars still differ."""
    shown = BarChart("Spend")
    qtbot.addWidget(shown)
    palette, ink = QPalette(QColor(ground)), QColor("black" if ground == "white" else "white")
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(ground))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.Highlight):
        palette.setColor(role, ink)
    shown.setPalette(palette)
    same = tuple(pounds(1_000) for _ in SERIES)
    shown.show_data(ChartData("Spend", "Theme", SERIES, (Category("ASB", same),)))
    shown.resize(600, 200)
    picture = shown.grab().toImage()
    covered = [share_of(picture, bar.area.adjusted(3, 3, -3, -3), ink) for bar in shown.laid_out()]
    full, hatched, empty = covered
    assert (full, empty) == (1.0, 0.0)
    assert 0.05 < hatched < 0.7


def share_of(picture: QImage, area: object, ink: QColor) -> float:
    """How much of an area is in the ink's colour."""
    from PySide6.QtCore import QRect

    assert isinstance(area, QRect)
    points = [(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())]
    return sum(picture.pixelColor(x, y) == ink for x, y in points) / len(points)


def test_sums_in_thousands() -> None:
    shown = {in_thousands(pence) for pence in (0, 1, -4_999, 5_000, 21_390_514, -4_025_050, 987_654_321)}
    assert shown == {"£0", "£0.0k", "-£0.0k", "£0.1k", "£213.9k", "-£40.3k", "£9,876.5k"}
    assert [on_axis(pence) for pence in (0, 5_000_000, -250_000, 100_000_000)] == [
        "£0",
        "£50k",
        "-£2.5k",
        "£1,000k",
    ]
    assert [step_for(pence) for pence in (1, 60_001, 11_561_000, 987_654_321)] == [
        10_000, 20_000, 2_000_000, 200_000_000,
    ]  # fmt: skip


@pytest.fixture
def part(qtbot: QtBot) -> Callable[[int], ChartPart]:
    def make(width: int) -> ChartPart:
        made = ChartPart("Spend")
        qtbot.addWidget(made)
        made.show_data(QUARTERS)
        made.resize(width, 400)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return make


def test_chart_and_table_have_the_same_figures_and_lead_to_the_same(part: Callable[[int], ChartPart]) -> None:
    wide = part(1500)
    assert (wide.chart.isVisible(), wide.table.isVisible(), wide.switch.isVisible()) == (True, True, False)
    assert [each.label for each in wide.figures.headings] == ["Quarter", "Spent", "Forecast", "Profile"]
    assert [each.cells for each in wide.figures.rows] == [
        ("2024/25 Q1", "213,905.14", "", "220,000.00"),
        ("2024/25 Q2", "-40,250.50", "9,876,543.21", ""),
        (LONG, "0.00", "", "0.01"),
    ]
    opened: list[object] = []
    wide.opened.connect(opened.append)
    wide.table.setFocus()
    wide.table.selectRow(1)
    press(wide.table, Qt.Key.Key_Return)
    wide.chart.setFocus()
    press(wide.chart, Qt.Key.Key_Home)
    assert wide.words.text() == "2024/25 Q1: spent £213,905.14, profile £220,000.00"
    press(wide.chart, Qt.Key.Key_Return)
    assert opened == ["spent 2", "spent 1"]


def test_where_it_is_narrow_one_is_chosen(part: Callable[[int], ChartPart]) -> None:
    narrow = part(600)
    assert (narrow.chart.isVisible(), narrow.table.isVisible()) == (True, False)
    click(narrow.as_table)
    assert (narrow.chart.isVisible(), narrow.table.isVisible()) == (False, True)
    click(narrow.as_chart)
    assert (narrow.chart.isVisible(), narrow.table.isVisible()) == (True, False)
    narrow.resize(1500, 400)
    assert (narrow.chart.isVisible(), narrow.table.isVisible(), narrow.switch.isVisible()) == (
        True,
        True,
        False,
    )
