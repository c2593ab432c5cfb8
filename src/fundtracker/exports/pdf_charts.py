"""Charts for a page: drawn calmly, labelled directly, told apart in grey as well as in colour. Money in £k on the axis.

A chart shows figures that also stand in a table beside it; it is drawn with reportlab's shapes in the embedded font.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from fundtracker.domain.money import Money
from fundtracker.exports.pdf_look import (
    DARK_BLUE,
    INK,
    LIGHT_BLUE,
    LINE_GREY,
    MARKER,
    MID_GREY,
    NOTE_GREY,
    WHITE,
)
from fundtracker.exports.pdf_text import BOLD, REGULAR, clean, prepare_fonts, shortened, widths, wrapped

_defaults: dict[str, Any] = STATE_DEFAULTS
_SMALL, _LABEL, _TITLE = 7.0, 7.5, 9.5
_FINE = 9_950_00
"""Pence below which a label gives hundreds too."""
_MOST_BARS = 12
_ROOM_FOR_WORDS = 22.0
"""Beside the last bar, for what its mark is worth."""
_NARROW = 58.0
"""A slot too narrow for words beside the mark."""


class Bar(NamedTuple):
    """One bar: the parts it is stacked from, and the plan it is measured against."""

    label: str
    spent: Money
    forecast: Money
    profile: Money
    awarded: Money | None = None


def thousands(amount: Money) -> str:
    """ "£205k", "£0.9k", "£0" or "-£12k": for a label beside a bar; the exact figure is in the table."""
    pence = abs(amount.pence)
    sign = "-" if amount.pence < 0 else ""
    if not pence:
        return "£0"
    if pence < _FINE:
        return f"{sign}£{(pence + 5_000) // 10_000 / 10:g}k"
    return f"{sign}£{(pence + 50_000) // 100_000:,}k"


def axis_steps(largest: int, smallest: int = 0, most: int = 5) -> list[int]:
    """Round marks in pence for an axis from `smallest` (nought or less) to `largest`, at most `most` steps or so."""
    reach = max(largest, -smallest, 100_00)
    step = 100_00
    while True:
        for times in (1, 2, 5):
            if reach / (step * times) <= most:
                step *= times
                low = -((-smallest + step - 1) // step) * step if smallest < 0 else 0
                high = max((largest + step - 1) // step * step, step)
                return list(range(low, high + step, step))
        step *= 10


def _text(x: float, y: float, text: str, size: float, **more: object) -> String:
    values: dict[str, Any] = {"fontName": REGULAR, "fillColor": HexColor(INK), **more}
    return String(x, y, text, fontSize=size, **values)


def _frame(width: float, height: float, title: str, keys: Sequence[tuple[str, str, str]]) -> Drawing:
    """An empty chart with its title and, at its right, what the colours mean: (words, colour, "box" or "mark")."""
    prepare_fonts()
    _defaults["fontName"] = REGULAR  # every drawing begins with it; reportlab's own is not embedded
    drawing = Drawing(width, height)
    drawing.add(_text(0, height - 11, clean(title), _TITLE, fontName=BOLD, fillColor=HexColor(DARK_BLUE)))
    x = 0.0
    y = height - 25
    for words, colour, shape in keys:
        if shape == "mark":
            drawing.add(Line(x, y + 2.5, x + 9, y + 2.5, strokeColor=HexColor(colour), strokeWidth=1.8))
        else:
            drawing.add(_box(x + 0.5, y - 0.5, 8, 7, colour))
        drawing.add(_text(x + 12, y, words, _SMALL, fillColor=HexColor(NOTE_GREY)))
        x += 12 + widths(REGULAR).of(words) * _SMALL + 14
    return drawing


def _box(x: float, y: float, width: float, height: float, colour: str) -> Rect:
    stroke = HexColor(MID_GREY if colour == WHITE else colour)
    look: dict[str, Any] = {"fillColor": HexColor(colour), "strokeColor": stroke, "strokeWidth": 0.5}
    return Rect(x, y, width, height, **look)


_SPENT = ("Spent to date", DARK_BLUE, "box")
_FORECAST = ("Forecast", LIGHT_BLUE, "box")
_PROFILE = ("Current profile", MARKER, "mark")
_AWARDED = ("Awarded", WHITE, "box")


class _Scale:
    """From pence to a place on the axis."""

    def __init__(self, bars: Sequence[Bar], start: float, room: float) -> None:
        tops = [max(bar.profile.pence, (bar.awarded or bar.profile).pence, _up(bar), 0) for bar in bars]
        lows = [min(_down(bar), 0) for bar in bars]
        self.steps = axis_steps(max(tops, default=0), min(lows, default=0))
        self._start, self._room = start, room
        self._low, self._whole = self.steps[0], self.steps[-1] - self.steps[0]

    def at(self, pence: int) -> float:
        return self._start + (pence - self._low) * self._room / self._whole


def _up(bar: Bar) -> int:
    return max(bar.spent.pence, 0) + max(bar.forecast.pence, 0)


def _down(bar: Bar) -> int:
    return min(bar.spent.pence, 0) + min(bar.forecast.pence, 0)


def _pieces(bar: Bar) -> list[tuple[int, int, str]]:
    """From, to and colour of each part of a bar; what is below nought goes the other way."""
    pieces: list[tuple[int, int, str]] = []
    up = down = 0
    for amount, colour in ((bar.spent.pence, DARK_BLUE), (bar.forecast.pence, LIGHT_BLUE)):
        if amount > 0:
            pieces.append((up, up + amount, colour))
            up += amount
        elif amount < 0:
            pieces.append((down + amount, down, colour))
            down += amount
    return pieces


def columns_chart(title: str, bars: Sequence[Bar], width: float, height: float = 168.0) -> Drawing:
    """Standing bars, one for each quarter or year: spent and forecast stacked, the profile a mark across them.

    Where a bar has an award, an outlined bar for it stands at its left.
    """
    awards = any(bar.awarded is not None for bar in bars)
    keys = [*([_AWARDED] if awards else []), _SPENT, _FORECAST, _PROFILE]
    drawing = _frame(width, height, title, keys)
    left, bottom = 34.0, 18.0
    scale = _Scale(bars, bottom, height - bottom - 46)
    for step in scale.steps:
        y = scale.at(step)
        colour = HexColor(LINE_GREY if step else MID_GREY)
        drawing.add(Line(left, y, width, y, strokeColor=colour, strokeWidth=0.8 if not step else 0.5))
        drawing.add(
            _text(
                left - 4,
                y - 2.5,
                _axis_words(step),
                _SMALL,
                textAnchor="end",
                fillColor=HexColor(NOTE_GREY),
            )
        )
    slot = (width - left - _ROOM_FOR_WORDS) / max(len(bars), 1)
    for n, bar in enumerate(bars):
        _standing(drawing, bar, left + n * slot, slot, scale, awards=awards)
    return drawing


def _axis_words(step: int) -> str:
    return thousands(Money(step))


def _standing(drawing: Drawing, bar: Bar, x: float, slot: float, scale: _Scale, *, awards: bool) -> None:
    middle, thick = x + slot / 2, min(slot * (0.28 if awards else 0.34), 40.0)
    at = middle - thick / 2
    if awards:
        at = middle - 1
        if bar.awarded is not None:
            drawing.add(_upright(middle - thick - 3, thick, 0, bar.awarded.pence, WHITE, scale))
            _over(drawing, middle - thick / 2 - 3, scale.at(bar.awarded.pence), thousands(bar.awarded))
    for low, high, colour in _pieces(bar):
        drawing.add(_upright(at, thick, low, high, colour, scale))
    y = scale.at(bar.profile.pence)
    drawing.add(Line(at - 4, y, at + thick + 4, y, strokeColor=HexColor(MARKER), strokeWidth=1.8))
    if bar.profile and (slot >= _NARROW or not awards):
        words = thousands(bar.profile)
        drawing.add(_text(at + thick + 6, y - 2.5, words, _SMALL, fillColor=HexColor(MARKER)))
    outturn = bar.spent + bar.forecast
    if outturn:
        top = scale.at(_up(bar))
        clear = top + _SMALL + 4 < y or y <= top  # the mark does not cross the words
        _over(drawing, at + thick / 2, top if clear else y, thousands(outturn), strong=True)
    label = shortened(clean(bar.label), slot / _LABEL, widths(REGULAR))
    drawing.add(_text(middle, 5, label, _LABEL, textAnchor="middle"))


def _upright(x: float, width: float, low: int, high: int, colour: str, scale: _Scale) -> Rect:
    y = scale.at(low)
    return _box(x, y, width, scale.at(high) - y, colour)


def _over(drawing: Drawing, x: float, y: float, words: str, *, strong: bool = False) -> None:
    face = BOLD if strong else REGULAR
    drawing.add(_text(x, y + 3, words, _SMALL, textAnchor="middle", fontName=face))


def bars_chart(title: str, bars: Sequence[Bar], width: float) -> Drawing:
    """Lying bars, one for each intervention: spent and forecast stacked, the profile a mark across, both sums at the right.

    More than twelve become the largest eleven and the rest together, so that none is lost from the sum.
    """
    kept = _largest(bars)
    thick, pitch = 11.0, 21.0
    height = 52 + pitch * max(len(kept), 1)
    drawing = _frame(width, height, title, [_SPENT, _FORECAST, _PROFILE])
    left, right = width * 0.36, 92.0
    for place, words in ((width - 46, "Outturn"), (width, "Profile")):
        drawing.add(_text(place, height - 30, words, _SMALL, textAnchor="end", fillColor=HexColor(NOTE_GREY)))
    scale = _Scale(kept, left, width - left - right)
    foot = 16.0
    for step in scale.steps:
        x = scale.at(step)
        colour = HexColor(LINE_GREY if step else MID_GREY)
        drawing.add(Line(x, foot, x, height - 34, strokeColor=colour, strokeWidth=0.8 if not step else 0.5))
        drawing.add(
            _text(x, foot - 10, _axis_words(step), _SMALL, textAnchor="middle", fillColor=HexColor(NOTE_GREY))
        )
    for n, bar in enumerate(kept):
        y = height - 34 - (n + 1) * pitch + (pitch - thick) / 2
        _lying(drawing, bar, y, thick, left, width, scale)
    return drawing


def _largest(bars: Sequence[Bar]) -> list[Bar]:
    if len(bars) <= _MOST_BARS:
        return list(bars)
    by_size = sorted(range(len(bars)), key=lambda n: -max(abs(bars[n].profile.pence), _up(bars[n])))
    chosen = sorted(by_size[: _MOST_BARS - 1])  # by place: two bars may be equal
    rest = [bars[n] for n in by_size[_MOST_BARS - 1 :]]
    together = Bar(
        f"{len(rest)} others together",
        Money(sum(bar.spent.pence for bar in rest)),
        Money(sum(bar.forecast.pence for bar in rest)),
        Money(sum(bar.profile.pence for bar in rest)),
    )
    return [*(bars[n] for n in chosen), together]


def _lying(
    drawing: Drawing, bar: Bar, y: float, thick: float, left: float, width: float, scale: _Scale
) -> None:
    _named(drawing, bar.label, y + thick / 2, left - 8)
    for low, high, colour in _pieces(bar):
        x = scale.at(low)
        drawing.add(_box(x, y, scale.at(high) - x, thick, colour))
    mark = scale.at(bar.profile.pence)
    drawing.add(Line(mark, y - 3, mark, y + thick + 3, strokeColor=HexColor(MARKER), strokeWidth=1.8))
    outturn, middle = thousands(bar.spent + bar.forecast), y + thick / 2 - 2.6
    drawing.add(_text(width - 46, middle, outturn, _LABEL, textAnchor="end", fontName=BOLD))
    profile = thousands(bar.profile)
    drawing.add(_text(width, middle, profile, _LABEL, textAnchor="end", fillColor=HexColor(MARKER)))


def _named(drawing: Drawing, label: str, middle: float, room: float) -> None:
    """A bar's name at its left: in smaller letters, then in two lines, before it is cut."""
    words, measure = clean(label), widths(REGULAR)
    size = _LABEL if measure.of(words) * _LABEL <= room else _SMALL
    first, *rest = wrapped(words, room / size, measure)
    lines = [first, shortened(" ".join(rest), room / size, measure)] if rest else [first]
    y = middle - 2.6 + (len(lines) - 1) * size * 0.6
    for n, line in enumerate(lines):
        drawing.add(_text(0, y - n * size * 1.2, line, size))
