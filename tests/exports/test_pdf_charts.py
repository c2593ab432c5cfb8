"""Charts: bars as long as their sums, sums said in words, and colours that a grey print keeps apart."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Line, Rect, String

from fundtracker.domain.money import Money, total
from fundtracker.exports.pdf_charts import Bar, axis_steps, bars_chart, columns_chart, thousands
from fundtracker.exports.pdf_look import DARK_BLUE, LIGHT_BLUE, MARKER, WHITE
from fundtracker.exports.pdf_pages import Paper, Section, write_document
from fundtracker.exports.pdf_text import REGULAR, widths

SUMS = st.integers(-10_000_000_00, 100_000_000_00)
YEARS = (
    Bar("2023/24", Money(123_456_00), Money(0), Money(150_000_00), Money(160_000_00)),
    Bar("2024/25", Money(305_000_00), Money(210_000_00), Money(550_000_00), Money(660_000_00)),
)


def boxes(drawing: Drawing, colour: str) -> list[Rect]:
    """The bars of a colour, without the box of it in the legend."""
    found = [each for each in drawing.contents if isinstance(each, Rect) and _hex(each.fillColor) == colour]
    return found[1:]


def _hex(colour: object) -> str:
    value = getattr(colour, "hexval", str)()
    return f"#{value[2:].upper()}"


def words_of(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.contents if isinstance(each, String)]


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (0, "£0"),
        (1, "£0k"),
        (900_00, "£0.9k"),
        (1_550_00, "£1.6k"),
        (9_949_99, "£9.9k"),
        (9_950_00, "£10k"),
        (205_499_99, "£205k"),
        (205_500_00, "£206k"),
        (1_234_567_89, "£1,235k"),
        (-12_000_00, "-£12k"),
        (-900_00, "-£0.9k"),
    ],
)
def test_a_label_is_in_thousands(pence: int, shown: str) -> None:
    assert thousands(Money(pence)) == shown


@given(SUMS, SUMS)
def test_an_axis_has_few_round_even_marks_that_hold_every_sum(one: int, other: int) -> None:
    low, high = min(one, other, 0), max(one, other, 0)
    steps = axis_steps(high, low)
    gaps = {later - earlier for earlier, later in pairwise(steps)}
    assert len(gaps) == 1
    assert str(gaps.pop()).rstrip("0") in {"1", "2", "5"}
    assert steps[0] <= low
    assert steps[-1] >= high
    assert 0 in steps
    assert 2 <= len(steps) <= 12


def test_bars_by_year_are_as_high_as_their_sums() -> None:
    chart = columns_chart("By year", YEARS, 523)
    spent, forecast, awarded = (boxes(chart, colour) for colour in (DARK_BLUE, LIGHT_BLUE, WHITE))
    scale = spent[0].height / 123_456
    assert [each.height for each in spent] == pytest.approx([123_456 * scale, 305_000 * scale])
    assert [each.height for each in forecast] == pytest.approx([210_000 * scale])
    assert [each.height for each in awarded] == pytest.approx([160_000 * scale, 660_000 * scale])
    assert forecast[0].y == pytest.approx(spent[1].y + spent[1].height)
    assert len({round(each.y, 6) for each in (*spent, *awarded)}) == 1
    marks = [each for each in chart.contents if isinstance(each, Line) and _hex(each.strokeColor) == MARKER]
    assert [mark.y1 - spent[0].y for mark in marks[1:]] == pytest.approx([150_000 * scale, 550_000 * scale])


def test_each_bar_by_year_says_its_sums_and_the_legend_its_colours() -> None:
    words = words_of(columns_chart("By year", YEARS, 523))
    for word in ("By year", "2023/24", "2024/25", "£123k", "£515k", "£160k", "£660k", "£0", "£200k"):
        assert word in words
    assert [
        word for word in words if word in {"Awarded", "Spent to date", "Forecast", "Current profile"}
    ] == [
        "Awarded",
        "Spent to date",
        "Forecast",
        "Current profile",
    ]


def test_a_quarter_below_nought_hangs_from_the_line() -> None:
    bars = [
        Bar("2024/25 Q1", Money(-5_000_00), Money(0), Money(13_000_00)),
        Bar("2024/25 Q2", Money(20_000_00), Money(0), Money(26_000_00)),
    ]
    chart = columns_chart("Quarters", bars, 523)
    below, above = boxes(chart, DARK_BLUE)
    assert below.y + below.height == pytest.approx(above.y)
    assert below.height * 4 == pytest.approx(above.height)
    assert {"-£5k", "£20k"} < set(words_of(chart))


def test_interventions_lie_in_their_order_with_their_sums() -> None:
    bars = [
        Bar("CCTV", Money(60_000_00), Money(0), Money(50_000_00)),
        Bar("Ieuenctid", Money(0), Money(20_500_00), Money(25_000_00)),
    ]
    chart = bars_chart("By intervention", bars, 523)
    (spent,), (forecast,) = boxes(chart, DARK_BLUE), boxes(chart, LIGHT_BLUE)
    assert spent.width / 60_000 == pytest.approx(forecast.width / 20_500)
    assert spent.x == pytest.approx(forecast.x)
    assert spent.y > forecast.y
    assert {"CCTV", "Ieuenctid", "£60k", "£21k"} < set(words_of(chart))


@pytest.mark.parametrize("count", [1, 12, 13, 40])
def test_many_interventions_become_twelve_and_lose_no_penny(count: int) -> None:
    bars = [
        Bar(f"INT-{n}", Money(n * 1_234_56), Money(n * 78_90), Money(n * 2_000_00))
        for n in range(1, count + 1)
    ]
    chart = bars_chart("By intervention", bars, 523)
    spent = boxes(chart, DARK_BLUE)
    assert len(spent) == min(count, 12)
    largest = max(spent, key=lambda box: box.width)
    by_width = sum(box.width for box in spent) / largest.width
    others = [bar.spent for bar in bars[: max(0, count - 11)]] if count > 12 else []
    tallest = max(bars[-1].spent, total(others))
    assert by_width == pytest.approx(total(bar.spent for bar in bars).pence / tallest.pence)
    assert (f"{count - 11} others together" in words_of(chart)) is (count > 12)


@pytest.mark.parametrize("bars", [(), (Bar("Nothing yet", Money(0), Money(0), Money(0)),)])
def test_a_chart_of_nothing_is_still_a_chart(tmp_path: Path, bars: tuple[Bar, ...]) -> None:
    path = tmp_path / "c.pdf"
    body = [columns_chart("Columns", bars, 523), bars_chart("Bars", bars, 523)]
    write_document(path, Paper(title="T", subject="", author=""), [Section(title="Charts", body=body)])
    text = PdfReader(path).pages[0].extract_text()
    assert ("Columns" in text, "Bars" in text, text.count("Nothing yet")) == (True, True, 2 * len(bars))


@pytest.mark.parametrize(
    ("name", "lines", "cut"),
    [
        ("ANPR on rural arterial routes", 1, False),
        ("Night vision, trackers and redeployable CCTV for rural crime", 2, False),
        (
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch: goleuadau, camerâu a chynllun",
            2,
            False,
        ),
        (
            "A name that goes on and on, over one line, over another line, and then over a third one " * 2,
            2,
            True,
        ),
    ],
)
def test_long_names_take_two_lines_before_they_are_cut_and_stay_left_of_the_bars(
    name: str, lines: int, *, cut: bool
) -> None:
    chart = bars_chart("Bars", [Bar(name, Money(1_00), Money(0), Money(1_00))], 523)
    (box,) = boxes(chart, DARK_BLUE)
    beside = [each for each in chart.contents if isinstance(each, String) and not each.x]
    beside = [each for each in beside if box.y - 4 <= each.y <= box.y + box.height]
    assert len(beside) == lines
    whole = "".join(each.text for each in beside).replace(" ", "")
    assert whole.endswith("…") is cut
    assert name.replace(" ", "").startswith(whole.rstrip("…"))
    assert cut or len(whole) == len(name.replace(" ", ""))
    assert all(widths(REGULAR).of(each.text) * each.fontSize < box.x for each in beside)


def test_colours_are_told_apart_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255

    greys = sorted(lightness(colour) for colour in (DARK_BLUE, LIGHT_BLUE, WHITE))
    assert [later - earlier > 0.25 for earlier, later in pairwise(greys)] == [True, True]
    assert abs(lightness(MARKER) - lightness(LIGHT_BLUE)) > 0.25


def test_interventions_that_look_the_same_are_each_counted_once() -> None:
    bars = [Bar("Same", Money(100_00), Money(0), Money(1_000_00))] * 20
    boxes_found = boxes(bars_chart("Bars", bars, 523), DARK_BLUE)
    assert sum(box.width for box in boxes_found) / min(box.width for box in boxes_found) == pytest.approx(20)
