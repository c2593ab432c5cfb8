"""A table over as many pages as it takes: repeated headings, totals, cells that wrap and, where they must, break.

A flowable that writes its rows as one piece of text (speed.md: a paragraph per cell takes ten times as long).
"""

from bisect import bisect_right
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fundtracker.exports.pdf_cells import Across, AnyRow, Column, Kind
from fundtracker.exports.pdf_ink import Ink, Pen, pen
from fundtracker.exports.pdf_layout import LEADING, PAD_ACROSS, PAD_DOWN, SIZES, Laid, Layout, lay_out
from fundtracker.exports.pdf_look import (
    DARK_BLUE,
    LINE_GREY,
    MID_BLUE,
    PALE_BLUE,
    TONE_COLOURS,
    TOTAL_BLUE,
    WHITE,
    Tone,
    rgb,
)
from fundtracker.exports.pdf_piece import Piece
from fundtracker.exports.pdf_text import BOLD, REGULAR, Widths, widths

_BREAKABLE = 220.0
"""A row higher than so many points, about half a lying page, may break across pages; a lower one moves whole."""
_FEWEST = 3
"""Lines of a broken row that stay together."""
_FILLS = {Kind.GROUP: PALE_BLUE, Kind.TOTAL: TOTAL_BLUE}
_COLOURS = {tone: f"{rgb(colour)} rg" for tone, colour in TONE_COLOURS.items()}
_HEADING_COLOUR = f"{rgb(WHITE)} rg"
_GROUP_COLOUR = f"{rgb(DARK_BLUE)} rg"


class TableFlow(Piece):
    """A table, or the part of it that stands on one page."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[AnyRow],
        *,
        largest: float = SIZES[0],
        space_after: float = 10.0,
    ) -> None:
        super().__init__()
        self.columns, self.rows, self.largest = columns, rows, largest
        self.spaceAfter = space_after
        self.weight = len(rows)
        """How much work it is, for progress."""
        self._layout: Layout | None = None
        self._start, self._stop = 0, len(rows)
        self._above: Laid | None = None  # the end of a row that began on the page before
        self._below: Laid | None = None  # the beginning of a row that ends on the page after

    def high(self, width: float) -> float:
        return self._height(self._laid_out(width))

    def _laid_out(self, width: float) -> Layout:
        if self._layout is None or abs(self._layout.lefts[-1] - width) > 1:
            self._layout = lay_out(self.columns, self.rows, width, self.largest)
        return self._layout

    def _height(self, layout: Layout) -> float:
        return (
            self._head_height(layout)
            + layout.tops[self._stop]
            - layout.tops[self._start]
            + (layout.height_of(self._below.lines, layout.size) if self._below else 0.0)
        )

    def _head_height(self, layout: Layout) -> float:
        """The headings, the group's heading again, and the end of a broken row."""
        height = layout.heading_height
        if self._continued(layout) is not None:
            height += layout.height_of(1, layout.size)
        if self._above:
            height += layout.height_of(self._above.lines, layout.size)
        return height

    def _continued(self, layout: Layout) -> Laid | None:
        """The group that runs on from the page before."""
        if not self._start and not self._above:
            return None
        row = self._start - 1 if self._above else self._start
        number = layout.groups[row] if row < len(layout.groups) else -1
        if number < 0:
            return None
        ((text, *_), tone), *_ = layout.rows[number].cells
        return Laid(Kind.GROUP, (((f"{text} (continued)",), tone),), 1)

    def parted(self, width: float, room: float) -> list[Flowable]:
        layout = self._laid_out(width)
        whole, room = room, room - self._head_height(layout)
        if room < 0:
            return self._split_above(layout, whole)
        stop = bisect_right(layout.tops, layout.tops[self._start] + room + 0.001) - 1
        stop = min(stop, self._stop)
        if stop < self._stop and layout.height_of(layout.rows[stop].lines, layout.size) > _BREAKABLE:
            left = room - (layout.tops[stop] - layout.tops[self._start]) - 2 * PAD_DOWN
            taken = min(int(left / layout.line), layout.rows[stop].lines - _FEWEST)
            if taken >= _FEWEST:
                return self._broken(layout, stop, taken)
        stop = self._kept_together(layout, stop)
        if stop <= self._start and not self._above:
            return []
        return [self._part(self._start, stop, self._above, None), self._part(stop, self._stop, None, None)]

    def _kept_together(self, layout: Layout, stop: int) -> int:
        """Move the break up, so that no heading ends a page, and no total or last row begins one alone."""
        earliest = max(self._start + 1, stop - 4)
        kept = stop - 1 if stop == self._stop - 1 and stop > self._start + 2 else stop  # no row goes on alone
        while kept > earliest and (
            layout.rows[kept - 1].kind is Kind.GROUP
            or (kept < self._stop and layout.rows[kept].kind in {Kind.SUBTOTAL, Kind.TOTAL})
        ):
            kept -= 1
        if layout.rows[kept - 1].kind is Kind.GROUP and kept - 1 == self._start and not self._above:
            return self._start
        return kept

    def _broken(self, layout: Layout, row: int, taken: int) -> list[Flowable]:
        """Break a high row after so many lines."""
        first, rest = _cut(layout.rows[row], taken)
        return [
            self._part(self._start, row, self._above, first),
            self._part(row + 1, self._stop, rest, None),
        ]

    def _split_above(self, layout: Layout, height: float) -> list[Flowable]:
        """The end of a broken row may itself be higher than a page."""
        if not self._above:
            return []
        room = height - self._head_height(layout) + layout.height_of(self._above.lines, layout.size)
        taken = int((room - 2 * PAD_DOWN) / layout.line)
        if taken < _FEWEST:
            return []
        first, rest = _cut(self._above, min(taken, self._above.lines - 1))
        return [
            self._part(self._start, self._start, first, None),
            self._part(self._start, self._stop, rest, None),
        ]

    def _part(self, start: int, stop: int, above: Laid | None, below: Laid | None) -> "TableFlow":
        part = TableFlow(self.columns, self.rows, largest=self.largest, space_after=self.spaceAfter)
        part._layout = self._layout
        part._start, part._stop, part._above, part._below = start, stop, above, below
        part.weight = stop - start + (below is not None)
        return part

    def draw(self) -> None:
        layout = self._laid_out(self.width)
        drawing = _Drawing(layout, pen(self.page, REGULAR), pen(self.page, BOLD))
        y = drawing.headings(self._height(layout))
        continued = self._continued(layout)
        for row in (continued, self._above):
            if row:
                y = drawing.row(row, y)
        for row in layout.rows[self._start : self._stop]:
            y = drawing.row(row, y)
        if self._below:
            drawing.row(self._below, y)
        drawing.put(self.page)


def _cut(row: Laid, after: int) -> tuple[Laid, Laid]:
    """A row's first lines and the rest; short cells stand in the first part."""
    first = [(lines[:after], tone) for lines, tone in row.cells]
    rest = [(lines[after:], tone) for lines, tone in row.cells]
    return Laid(row.kind, first, after), Laid(row.kind, rest, row.lines - after)


class _Drawing:
    """The rows of one part of a table, drawn from the top."""

    def __init__(self, layout: Layout, regular: Pen, bold: Pen) -> None:
        self._layout, self._ink = layout, Ink()
        self._regular, self._bold = regular, bold
        self._face = ""
        self._colour = ""
        self._hair: list[tuple[float, float, float]] = []
        self._strong: list[tuple[float, float, float]] = []
        self._rights = [each is Across.RIGHT for each in (column.across for column in layout.columns)]
        self._centres = [column.across is Across.CENTRE for column in layout.columns]

    def headings(self, top: float) -> float:
        """The row of headings, at the foot of its box; where the rows begin."""
        layout, size = self._layout, self._layout.size
        bottom = top - layout.heading_height
        self._ink.box(0, bottom, layout.lefts[-1], layout.heading_height, DARK_BLUE)
        self._take(self._bold)
        self._ink_in(_HEADING_COLOUR)
        for n, lines in enumerate(layout.headings):
            baseline = bottom + PAD_DOWN + 1 + (len(lines) - 1) * layout.line + size * 0.26
            self._cell(n, lines, baseline, self._bold, widths(BOLD))
        return bottom

    def row(self, row: Laid, top: float) -> float:
        """A row; where the next begins."""
        layout = self._layout
        bottom = top - layout.height_of(row.lines, layout.size)
        baseline = top - PAD_DOWN - layout.size * (LEADING - 0.26)
        if row.kind is Kind.BODY:
            writer, measure = self._regular, widths(REGULAR)
            self._hair.append((0, layout.lefts[-1], bottom))
        else:
            writer, measure = self._bold, widths(BOLD)
            if row.kind in _FILLS:
                self._ink.box(0, bottom, layout.lefts[-1], top - bottom, _FILLS[row.kind])
            if row.kind in {Kind.SUBTOTAL, Kind.TOTAL}:
                self._strong.append((0, layout.lefts[-1], top))
            if row.kind is Kind.TOTAL:
                self._strong.extend(((0, layout.lefts[-1], bottom), (0, layout.lefts[-1], bottom - 1.5)))
        self._take(writer)
        grouped = row.kind is Kind.GROUP
        for n, (lines, tone) in enumerate(row.cells):
            if lines and (lines[0] or len(lines) > 1):
                self._ink_in(_GROUP_COLOUR if grouped and tone is Tone.PLAIN else _COLOURS[tone])
                self._cell(n, lines, baseline, writer, measure)
        return bottom

    def _take(self, writer: Pen) -> None:
        """Take up a face where it changes."""
        face = writer.use(self._layout.size)
        if face != self._face:
            self._ink.text.append(face)
            self._face = face

    def _ink_in(self, colour: str) -> None:
        """Take up a colour where it changes."""
        if colour != self._colour:
            self._ink.text.append(colour)
            self._colour = colour

    def _cell(self, n: int, lines: Sequence[str], baseline: float, writer: Pen, measure: Widths) -> None:
        size, text = self._layout.size, self._ink.text
        left, right = self._layout.lefts[n] + PAD_ACROSS, self._layout.lefts[n + 1] - PAD_ACROSS
        to_right, to_centre = self._rights[n], self._centres[n]
        for line in lines:
            x = left
            if to_right:
                x = right - measure.of(line) * size
            elif to_centre:
                x = (left + right - measure.of(line) * size) / 2
            text.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm {writer.show(line, size)}")
            baseline -= self._layout.line

    def put(self, canvas: Canvas) -> None:
        self._ink.lines(self._hair, LINE_GREY, 0.4)
        self._ink.lines(self._strong, MID_BLUE, 0.6)
        self._ink.put(canvas)
