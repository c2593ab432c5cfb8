"""The chart: what it says of each bar, by keys and by mouse, and that no bar or sum lies outside it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from fundtracker.domain.money import Money
from fundtracker.ui.chart_data import (
    NOTHING,
    Category,
    ChartData,
    Fill,
    Series,
    in_thousands,
    on_axis,
    step_for,
)
from fundtracker.ui.chart_part import ChartPart
from fundtracker.ui.charts import BarChart, draw_filled
from fundtracker.ui.models.bars import draw_bar
from fundtracker.ui.pixels import Pixels
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
    click(chart, QPoint(300, chart.height() - 2))  # below the last bar
    assert opened == ["spent 1", "spent 1", "profile 1", "spent 2", "ahead 2", "spent 3"]


def test_a_chosen_bar_stays_chosen_while_it_is_there(chart: BarChart) -> None:
    chart.go_to(1, 1)
    chart.show_data(QUARTERS)
    assert chart.current == (1, 1)
    chart.show_data(ChartData("Another", "Theme", SERIES[:1], (Category("ASB", (Money(5),)),)))
    assert chart.current is None


@pytest.mark.parametrize("width", [320, 700, 1400])
@pytest.mark.parametrize("points", [9, 14, 20])
@pytest.mark.parametrize("high", ["least", "usual", "much"])
def test_no_bar_or_sum_is_cut_off(qtbot: QtBot, width: int, points: int, high: str) -> None:
    shown = BarChart("Spend")
    qtbot.addWidget(shown)
    font = shown.font()
    font.setPointSize(points)
    shown.setFont(font)
    shown.show_data(QUARTERS)
    least, usual = shown.minimumSizeHint().height(), shown.sizeHint().height()
    assert least < usual
    height = {"least": least, "usual": usual, "much": 3 * usual}[high]
    shown.resize(max(width, shown.minimumSizeHint().width()), height)
    metrics, before = shown.fontMetrics(), QRect(0, -99, 1, 1)
    for bar in shown.laid_out():
        value = QUARTERS.categories[bar.category].values[bar.series]
        assert value is not None
        beside = bar.area.right() + 2 * 8 + metrics.horizontalAdvance(in_thousands(value.pence))
        assert bar.area.left() > 0
        assert beside <= shown.width()
        assert bar.area.top() > before.bottom() + 1
        assert bar.area.center().y() - before.center().y() >= metrics.ascent()  # nor its sum on another
        before = bar.area
    first = shown.laid_out()[0].area
    assert first.top() >= 0
    assert before.bottom() <= shown.height() - 3
    assert before.bottom() + first.top() >= shown.height() - 3 * metrics.height()  # all the height is used


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
    assert isinstance(area, QRect)
    points = [(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())]
    return sum(picture.pixelColor(x, y) == ink for x, y in points) / len(points)


def test_the_frame_round_the_chosen_bar_lies_over_its_neighbours(chart: BarChart) -> None:
    chart.resize(700, chart.minimumSizeHint().height())
    chart.go_to(1, 0)
    ink, picture = chart.palette().color(QPalette.ColorRole.WindowText), chart.grab().toImage()
    area = next(bar.area for bar in chart.laid_out() if (bar.category, bar.series) == (1, 0))
    for top in (area.top() - 2, area.bottom() + 1):
        assert share_of(picture, QRect(area.left() - 3, top, area.width() + 20, 3), ink) == 1


def test_no_line_of_the_axis_shows_through_a_bar(qtbot: QtBot) -> None:
    shown = BarChart("Spend")
    qtbot.addWidget(shown)
    same = tuple(pounds(1_000) for _ in SERIES)
    shown.show_data(ChartData("Spend", "Theme", SERIES, (Category("ASB", same),)))
    shown.resize(600, 200)
    picture, ticks = shown.grab().toImage(), [shown.axis.at(each) for each in shown.axis.ticks][1:-1]
    assert len(ticks) >= 3
    for bar in shown.laid_out():
        inner = bar.area.adjusted(1, 1, -1, -1)
        seen = {picture.pixel(x, y) for x in ticks for y in range(inner.top(), inner.bottom())}
        beside = {picture.pixel(x + 9, y) for x in ticks for y in range(inner.top(), inner.bottom())}
        assert seen == beside, bar


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 1.75, 2])
def test_frames_and_lines_are_even_at_every_scale(scale: float) -> None:
    """Wherever they lie, they are as many of the screen's pixels thick at each side."""
    palette, ink = QPalette(QColor("white")), QColor("black")
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, ink)
    palette.setColor(QPalette.ColorRole.Highlight, QColor("blue"))

    def runs(line: list[bool]) -> list[int]:
        """How long each run of ink is."""
        found, before = [0], False
        for each in line:
            if each:
                found = [*found, 1] if not before else [*found[:-1], found[-1] + 1]
            before = each
        return found[1:]

    for at in range(12):
        area = QRect(at + 3, at + 5, 61 + at, 15)
        for drawn in ("award", "series", "line"):
            picture = QImage(200, 120, QImage.Format.Format_RGB32)
            picture.setDevicePixelRatio(scale)
            picture.fill(QColor("white"))
            painter = QPainter(picture)
            if drawn == "award":
                draw_bar(painter, area, palette, (1000, 400, 0))
            elif drawn == "series":
                draw_filled(Pixels(painter), palette, area, Fill.EMPTY)
            else:
                Pixels(painter).upright(at + 3, 0, 40, ink)
            painter.end()
            x, y = round((at + 40) * scale), round((at + 12) * scale)
            across = runs([picture.pixelColor(each, y) == ink for each in range(200)])
            down = runs([picture.pixelColor(x, each) == ink for each in range(120)])
            assert across == [int(scale)] * (1 if drawn == "line" else 2), (drawn, at)
            assert down == ([] if drawn == "line" else [int(scale)] * 2), (drawn, at)


@pytest.mark.parametrize(("scale", "thick"), [(1, 1), (1.25, 1), (1.5, 2), (1.75, 2), (2, 2)])
def test_the_rule_above_a_total_is_as_thick_wherever_it_lies(scale: float, thick: int) -> None:
    for at in range(12):
        picture = QImage(200, 120, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        pixels = Pixels(painter)
        pixels.rule(pixels.box(QRect(3, at + 5, 61, 15)), QColor("black"))
        painter.end()
        drawn = [picture.pixelColor(round(40 * scale), y) == QColor("black") for y in range(120)]
        assert sum(drawn) == thick, at


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


def test_bars_shrink_before_they_scroll_and_legend_and_axis_stay(part: Callable[[int], ChartPart]) -> None:
    shown = part(1500)
    shown.table.setFocus()
    shown.show_data(NOTHING)  # no bar is chosen any more
    shown.show_data(QUARTERS)
    bar, usual = shown.scroller.verticalScrollBar(), shown.chart.sizeHint().height()
    least = shown.chart.minimumSizeHint().height()
    edges = shown.height() - shown.scroller.viewport().height()

    def beneath_each_other() -> bool:
        """The legend, what scrolls, and the sums of the axis, which end where the table does."""
        parts = (shown.legend, shown.scroller, shown.sums)
        tops = [each.mapTo(shown, QPoint(0, 0)).y() for each in parts]
        ends = [top + each.height() for top, each in zip(tops, parts, strict=True)]
        foot = shown.table.mapTo(shown, QPoint(0, 0)).y() + shown.table.height()
        return tops[1:] == ends[:-1] and ends[-1] == foot

    for room, scrolls in ((2 * usual, False), (usual, False), (least, False), (least - 20, True)):
        shown.resize(1500, edges + room)
        assert shown.scroller.viewport().height() == room
        assert (bar.maximum() > 0) is scrolls
        assert shown.chart.height() == max(room, least)
        assert beneath_each_other()
    press(shown.chart, Qt.Key.Key_End)  # the last bar comes into sight, with the words for it below the axis
    assert shown.words.isVisible()
    last = shown.chart.laid_out()[-1].area.translated(0, -bar.value())
    assert last.top() >= 0
    assert last.bottom() <= shown.scroller.viewport().height()


def test_the_sums_of_the_axis_stand_below_its_lines(part: Callable[[int], ChartPart]) -> None:
    shown = part(1500)
    axis = shown.chart.axis
    places = {text: area.center().x() for area, text in shown.sums.sums()}
    assert places == {
        text: pytest.approx(axis.at(tick), abs=1) for tick in axis.ticks if (text := on_axis(tick)) in places
    }
    assert "£0" in places
    assert shown.sums.mapTo(shown, QPoint(0, 0)).x() == shown.chart.mapTo(shown, QPoint(0, 0)).x()


def test_the_legend_names_every_series_and_a_single_one_too(part: Callable[[int], ChartPart]) -> None:
    shown = part(1500)
    assert shown.legend.accessibleDescription() == "Spent: full, Forecast: hatched, Profile: empty"
    shown.show_data(ChartData("Another", "Theme", SERIES[:1], (Category("ASB", (pounds(5),)),)))
    assert shown.legend.accessibleDescription() == "Spent: full"
    picture = shown.legend.grab().toImage()
    swatch = QRect(shown.chart.axis.left + 2, 5, 20, shown.legend.height() - 10)
    assert share_of(picture, swatch, shown.palette().color(QPalette.ColorRole.Highlight)) == 1
    words = QRect(swatch.left() + 2 * shown.legend.height() + 8, 0, 60, shown.legend.height())
    ground = shown.palette().color(QPalette.ColorRole.Window)
    assert 0.3 < share_of(picture, words, ground) < 1
