"""Measuring a table: how wide its columns are, how its cells wrap, how high its rows stand. Widths in points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from fundtracker.exports.pdf_cells import AnyRow, Column, Kind, Row, shown
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_text import BOLD, REGULAR, Widths, clean, prepare_fonts, widths, wrapped

PAD_ACROSS = 3.0
PAD_DOWN = 2.2
LEADING = 1.28
"""Height of a line, of the size of its letters."""
SIZES = (7.5, 7.0, 6.5, 6.0, 5.5)
"""Tried in turn until every column has room."""
_GENEROUS = 12.0
_HEAD_SHARE = 0.3
"""A column of text keeps at least so much of its share, however short its texts."""
_SLACK = 0.01
"""Forgives what is lost in adding widths up."""
_LEAST_WORDS = 7.0
"""A column of text is at least so many times its letters' size wide."""
_LONG_WORD = 12.0
"""A column of text has room for its longest word, up to so many times its letters' size."""
_MOST_LINES = 40
"""Past so many lines in a cell no width is sought for it."""
_EASY = 6.5
"""Letters get as small as this before words are broken."""


_BREAKS = re.compile(r"\s+|(?<=[-/_.,;@])")
"""Where a text goes on in the next line: see `wrapped`."""


class Laid(NamedTuple):
    """A row, measured: the lines and the meaning of each cell."""

    kind: Kind
    cells: Sequence[tuple[Sequence[str], Tone]]
    lines: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A table measured for one width."""

    size: float
    columns: Sequence[Column]
    lefts: Sequence[float]  # the left edge of each column, and at last the table's right edge
    headings: Sequence[Sequence[str]]
    rows: Sequence[Laid]
    tops: Sequence[float]  # the height of all rows before each, and at last of all
    groups: Sequence[int]  # the number of the group heading over each row; -1 for none

    @property
    def line(self) -> float:
        return self.size * LEADING

    @property
    def heading_height(self) -> float:
        return self.height_of(max(map(len, self.headings)), self.size) + 2.0

    @staticmethod
    def height_of(lines: int, size: float) -> float:
        """The height of a row of so many lines."""
        return lines * size * LEADING + 2 * PAD_DOWN


_Cells = list[list[tuple[str, Tone]]]


def crowded(columns: Sequence[Column], rows: Sequence[AnyRow], width: float) -> bool:
    """Whether even in the smallest letters words would have to be broken."""
    prepare_fonts()
    kinds = [row.kind if isinstance(row, Row) else Kind.BODY for row in rows]
    cells = _texts(columns, rows, kinds)
    least = sum(_least(n, column, cells, kinds) for n, column in enumerate(columns))
    return least * SIZES[-1] > width - 2 * PAD_ACROSS * len(columns)


def lay_out(
    columns: Sequence[Column], rows: Sequence[AnyRow], width: float, largest: float = SIZES[0]
) -> Layout:
    """Measure a table; its letters are as large as its columns allow, at most `largest`."""
    prepare_fonts()
    kinds = [row.kind if isinstance(row, Row) else Kind.BODY for row in rows]
    cells = _texts(columns, rows, kinds)
    least = [_least(n, column, cells, kinds) for n, column in enumerate(columns)]
    whole = [
        max(needed, each) for needed, each in zip(least, _longest_words(columns, cells, kinds), strict=True)
    ]
    low = [max(needed, _in_two_lines(column)) for needed, column in zip(whole, columns, strict=True)]
    room = width - 2 * PAD_ACROSS * len(columns)
    if sum(low) * largest <= room:
        least = low  # a third line of headings on every page costs more than a little width
    elif sum(whole) * min(largest, _EASY) <= room:
        least = whole
    size, column_widths = _sized(columns, least, width, largest)
    column_widths = _evened(columns, column_widths, least, _longest(columns, cells, kinds), size)
    measured = _rows(column_widths, cells, kinds, size)
    bold = widths(BOLD)
    headings = [
        wrapped(clean(column.heading), (room - 2 * PAD_ACROSS) / size + _SLACK, bold)
        for column, room in zip(columns, column_widths, strict=True)
    ]
    heights = (Layout.height_of(row.lines, size) for row in measured)
    return Layout(
        size=size,
        columns=columns,
        lefts=tuple(accumulate(column_widths, initial=0.0)),
        headings=headings,
        rows=measured,
        tops=tuple(accumulate(heights, initial=0.0)),
        groups=_groups(kinds),
    )


def _texts(columns: Sequence[Column], rows: Sequence[AnyRow], kinds: Sequence[Kind]) -> _Cells:
    dashes = [column.dash for column in columns]
    return [
        [
            shown(value, dash=dash and kind is Kind.BODY)
            for value, dash in zip(
                row.cells if isinstance(row, Row) else row, dashes, strict=kind is not Kind.GROUP
            )
        ]
        for row, kind in zip(rows, kinds, strict=True)
    ]


def _least(n: int, column: Column, cells: _Cells, kinds: Sequence[Kind]) -> float:
    """What a column needs, in letters' sizes: the longest word of its heading and, if it fits, its widest value."""
    bold = widths(BOLD)
    widest = max(map(bold.of, clean(column.heading).split()), default=0.0)
    if not column.fits:
        empty = not any(row[n][0] for row, kind in zip(cells, kinds, strict=True) if kind is Kind.BODY)
        return widest if empty else max(widest, _LEAST_WORDS)
    body: set[str] = set()
    heavy: set[str] = set()
    for row, kind in zip(cells, kinds, strict=True):
        if len(row) > n and kind is not Kind.GROUP:
            (body if kind is Kind.BODY else heavy).update(row[n][0].split("\n"))
    if column.across.value != "right":
        heavy.clear()  # a label of a total runs over the columns beside it
    regular = widths(REGULAR)
    return max([widest, *map(regular.of, body), *map(bold.of, heavy)])


def _longest_words(columns: Sequence[Column], cells: _Cells, kinds: Sequence[Kind]) -> list[float]:
    """The longest word in each column of text, in letters' sizes; one past _LONG_WORD is broken and counts no more than that."""
    regular = widths(REGULAR)
    found = [0.0] * len(columns)
    for n, column in enumerate(columns):
        if not column.fits:
            texts = {row[n][0] for row, kind in zip(cells, kinds, strict=True) if kind is Kind.BODY}
            parts = {part for text in texts for part in _BREAKS.split(text)}
            found[n] = min(max(map(regular.of, parts), default=0.0), _LONG_WORD)
    return found


def _in_two_lines(column: Column) -> float:
    """What a column's heading needs to stand in two lines, in letters' sizes."""
    measure, parts = widths(BOLD), clean(column.heading).split()
    breaks = range(1, max(len(parts), 2))
    return min(max(measure.of(" ".join(parts[:n])), measure.of(" ".join(parts[n:]))) for n in breaks)


def _sized(
    columns: Sequence[Column], needed: Sequence[float], width: float, largest: float
) -> tuple[float, list[float]]:
    """The letters' size and the columns' widths."""
    pads = 2 * PAD_ACROSS * len(columns)
    room = width - pads
    sizes = (largest, *(each for each in SIZES if each < largest))
    size = next((each for each in sizes if sum(needed) * each <= room), sizes[-1])
    if sum(needed) * size > room:
        shrink = room / sum(needed)
        return size, [each * shrink + 2 * PAD_ACROSS for each in needed]
    weights = [0.0 if column.fits else column.weight for column in columns]
    if not any(weights):
        weights = [1.0] * len(columns)
    least = [each * size + 2 * PAD_ACROSS for each in needed]
    return size, _shared(least, weights, room - sum(needed) * size)


def _longest(columns: Sequence[Column], cells: _Cells, kinds: Sequence[Kind]) -> list[float]:
    """How wide each column of text would like to be, in letters' sizes: its longest line."""
    regular = widths(REGULAR)
    found = [0.0] * len(columns)
    for n, column in enumerate(columns):
        if not column.fits:
            texts = {row[n][0] for row, kind in zip(cells, kinds, strict=True) if kind is Kind.BODY}
            found[n] = max((regular.of(line) for text in texts for line in text.split("\n")), default=0.0)
    return found


def _evened(
    columns: Sequence[Column],
    column_widths: Sequence[float],
    least: Sequence[float],
    longest: Sequence[float],
    size: float,
) -> list[float]:
    """Room that a column of text has no use for goes to those that have, until none has more lines than it must; then to all:
    figures do not crowd at one edge. A column without a text keeps what its heading needs.
    """
    result = list(column_widths)
    over = 0.0
    wants = [
        max(longest[n] * size + _GENEROUS, least[n] * size) + 2 * PAD_ACROSS for n in range(len(columns))
    ]
    texts = [n for n, column in enumerate(columns) if not column.fits]
    for n in texts:
        kept = max(wants[n], _HEAD_SHARE * column_widths[n]) if longest[n] else wants[n] - _GENEROUS
        spare = result[n] - kept
        if spare > 0:
            over += spare
            result[n] -= spare
    wanting = {n: wants[n] - result[n] for n in texts if wants[n] > result[n]}
    for lines in range(1, _MOST_LINES):
        taken = {
            n: max(0.0, min(want, longest[n] * size / lines + 2 * PAD_ACROSS + _GENEROUS - result[n]))
            for n, want in wanting.items()
        }
        if sum(taken.values()) <= over:
            over -= sum(taken.values())
            for n, room in taken.items():
                result[n] += room
            break
    return [width + over / len(columns) for width in result]


def _shared(least: Sequence[float], weights: Sequence[float], spare: float) -> list[float]:
    """Share room by weight: none below its least, and what they have together by their weights."""
    free: list[int] = [n for n, weight in enumerate(weights) if weight]
    room = spare + sum(least[n] for n in free)
    result: list[float] = list(least)
    while free:
        whole = sum(weights[n] for n in free)
        tight = [n for n in free if weights[n] / whole * room < least[n]]
        if not tight:
            for n in free:
                result[n] = weights[n] / whole * room
            break
        room -= sum(least[n] for n in tight)
        free = [n for n in free if n not in tight]
    return result


def _rows(
    column_widths: Sequence[float],
    cells: _Cells,
    kinds: Sequence[Kind],
    size: float,
) -> list[Laid]:
    rooms = [(width - 2 * PAD_ACROSS) / size + _SLACK for width in column_widths]
    across = sum(column_widths) / size - 2 * PAD_ACROSS / size
    regular, bold = widths(REGULAR), widths(BOLD)
    return [
        _body_row(row, rooms, regular)
        if kind is Kind.BODY
        else _heavy_row(kind, row, across if kind is Kind.GROUP else None, rooms, bold)
        for row, kind in zip(cells, kinds, strict=True)
    ]


def _body_row(row: Sequence[tuple[str, Tone]], rooms: Sequence[float], measure: Widths) -> Laid:
    most = 1
    cells: list[tuple[Sequence[str], Tone]] = []
    for (text, tone), room in zip(row, rooms, strict=False):
        lines: Sequence[str]
        if "\n" not in text and measure.of(text) <= room:
            lines = (text,)
        else:
            lines = wrapped(text, room, measure)
            most = max(most, len(lines))
        cells.append((lines, tone))
    return Laid(Kind.BODY, cells, most)


def _heavy_row(
    kind: Kind,
    row: Sequence[tuple[str, Tone]],
    across: float | None,
    rooms: Sequence[float],
    measure: Widths,
) -> Laid:
    """A heading or a total. A text runs on over the empty cells to its right."""
    cells: list[tuple[Sequence[str], Tone]] = []
    for n, (text, tone) in enumerate(row):
        if across is not None:
            room = across
        else:
            empty = n + 1
            while empty < len(row) and not row[empty][0]:
                empty += 1
            room = sum(rooms[n:empty]) + (empty - n - 1) * 2 * PAD_ACROSS / SIZES[0]
        cells.append((wrapped(text, room, measure), tone))
    return Laid(kind, cells, max((len(lines) for lines, _ in cells), default=1))


def _groups(kinds: Sequence[Kind]) -> list[int]:
    """For each row the number of the group heading it stands under."""
    found: list[int] = []
    current = -1
    for n, kind in enumerate(kinds):
        if kind is Kind.GROUP:
            current = n
        elif kind is Kind.TOTAL:
            current = -1
        found.append(-1 if kind is Kind.GROUP else current)
    return found
