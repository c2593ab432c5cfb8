"""The pieces of a page that are not tables: figures in tiles, lists of particulars, callouts, a block to sign in."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from fundtracker.exports.pdf_look import (
    AMBER,
    DARK_BLUE,
    GREEN,
    INK,
    LINE_GREY,
    MID_BLUE,
    MID_GREY,
    NOTE_GREY,
    PALE_AMBER,
    PALE_BLUE,
    PALE_GREEN,
    PALE_RED,
    RED,
    TONE_COLOURS,
    WHITE,
    Tone,
)
from fundtracker.exports.pdf_piece import Piece
from fundtracker.exports.pdf_text import (
    BODY,
    BOLD,
    BOLD_BODY,
    LABEL,
    REGULAR,
    SMALL,
    clean,
    para,
    prepare_fonts,
    shortened,
    widths,
    wrapped,
)

_ANY = 10_000.0
"""Room enough: asked how high they are, paragraphs want to know how much there is."""
_WHOLE = 300.0
"""Up to this height a piece is not broken across pages."""


class Tile(NamedTuple):
    """A figure with its name over it and, if need be, a word under it."""

    label: str
    figure: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    strong: bool = False  # the one figure the page is about


class Tiles(Piece):
    """Figures side by side; figures shrink together so that all fit."""

    def __init__(
        self, tiles: Sequence[Tile], *, height: float = 58.0, figure_size: float = 15.0, gap: float = 8.0
    ) -> None:
        super().__init__()
        prepare_fonts()
        self._tiles = [
            each._replace(label=clean(each.label), figure=clean(each.figure), note=clean(each.note))
            for each in tiles
        ]
        self._high, self._figure_size, self._gap = height, figure_size, gap
        self._noted = any(tile.note for tile in self._tiles)
        self.spaceAfter = 8.0

    def high(self, width: float) -> float:  # noqa: ARG002 - as high at any width
        return self._high if self._tiles else 0.0

    def draw(self) -> None:
        if not self._tiles:
            return
        count = len(self._tiles)
        each = (self.width - self._gap * (count - 1)) / count
        widest = max(widths(BOLD).of(tile.figure) for tile in self._tiles)
        size = min(self._figure_size, (each - 20) / max(widest, 1.0))
        for n, tile in enumerate(self._tiles):
            self._tile(tile, n * (each + self._gap), each, size)

    def _tile(self, tile: Tile, x: float, width: float, size: float) -> None:
        canvas = self.page
        canvas.setFillColor(HexColor(DARK_BLUE if tile.strong else PALE_BLUE))
        canvas.rect(x, 0, width, self.height, stroke=0, fill=1)
        canvas.setFillColor(HexColor(WHITE if tile.strong else NOTE_GREY))
        canvas.setFont(REGULAR, 8)
        top = self.height - 15
        canvas.drawString(x + 10, top, shortened(tile.label, (width - 18) / 8, widths(REGULAR)))
        if tile.note:
            canvas.setFont(REGULAR, 7)
            canvas.drawString(x + 10, 8, shortened(tile.note, (width - 18) / 7, widths(REGULAR)))
        colour = WHITE if tile.strong else DARK_BLUE if tile.tone is Tone.PLAIN else TONE_COLOURS[tile.tone]
        canvas.setFillColor(HexColor(colour))
        canvas.setFont(BOLD, size)
        middle = (top - 4 + (18 if self._noted else 4)) / 2  # one line for all figures
        canvas.drawString(x + 10, middle - size * 0.36, tile.figure)


class Particulars(Piece):
    """Names and what they stand for, in one or two columns; what is not known says so."""

    def __init__(
        self, items: Sequence[tuple[str, str]], *, columns: int = 2, label_width: float = 92.0
    ) -> None:
        super().__init__()
        self._given = items
        self._items = [(para(name, LABEL), para(text or "Not recorded", SMALL)) for name, text in items]
        self._columns, self._label = columns, label_width
        self._heights: list[float] = []
        self.spaceAfter = 8.0

    def high(self, width: float) -> float:
        room = (width - 16 * (self._columns - 1)) / self._columns
        highs = [
            max(name.wrap(self._label - 6, _ANY)[1], text.wrap(room - self._label, _ANY)[1]) + 5
            for name, text in self._items
        ]
        self._heights = [
            max(highs[at : at + self._columns]) for at in range(0, len(self._items), self._columns)
        ]
        return sum(self._heights)

    def parted(self, width: float, room: float) -> list[Flowable]:
        """Between two lines; a first line higher than its room goes on as plain paragraphs, which may break."""
        self.high(width)
        lines = bisect_right(list(accumulate(self._heights)), room)
        taken = max(lines, 1) * self._columns
        if not lines and self._heights[0] < _WHOLE:
            return []
        rest = self._given[taken:]
        after: list[Flowable] = (
            [Particulars(rest, columns=self._columns, label_width=self._label)] if rest else []
        )
        if lines:
            return [Particulars(self._given[:taken], columns=self._columns, label_width=self._label), *after]
        return [*(part for item in self._items[:taken] for part in item), *after]

    def draw(self) -> None:
        canvas = self.page
        room = (self.width - 16 * (self._columns - 1)) / self._columns
        y = self.height
        canvas.setStrokeColor(HexColor(LINE_GREY))
        canvas.setLineWidth(0.4)
        for line, high in enumerate(self._heights):
            for n, (name, text) in enumerate(self._items[line * self._columns : (line + 1) * self._columns]):
                x = n * (room + 16)
                name.drawOn(canvas, x, y - 2 - name.height)
                text.drawOn(canvas, x + self._label, y - 2 - text.height)
                canvas.line(x, y - high, x + room, y - high)
            y -= high


_CALLOUTS = {
    Tone.PLAIN: (PALE_BLUE, MID_BLUE),
    Tone.MUTED: (PALE_BLUE, NOTE_GREY),
    Tone.GOOD: (PALE_GREEN, GREEN),
    Tone.WARNING: (PALE_AMBER, AMBER),
    Tone.NEGATIVE: (PALE_RED, RED),
    Tone.BAD: (PALE_RED, RED),
}


class Callout(Piece):
    """A box with a word at its head ("Draft", "Demonstration") that says what its colour means."""

    def __init__(self, word: str, text: str, tone: Tone = Tone.PLAIN) -> None:
        super().__init__()
        self._fill, self._line = _CALLOUTS[tone]
        heading = ParagraphStyle(f"callout {tone}", BOLD_BODY, textColor=HexColor(self._line))
        self._parts: list[Paragraph] = [para(word, heading), para(text, BODY)]
        self.spaceAfter = 8.0
        self.spaceBefore = 4.0

    def high(self, width: float) -> float:
        return sum(part.wrap(width - 24, _ANY)[1] for part in self._parts) + 14

    def parted(self, width: float, room: float) -> list[Flowable]:  # noqa: ARG002 - whatever is left
        """A text of more than half a page goes on as plain paragraphs: a box is for what is seen at a glance."""
        return [*self._parts] if self.high(width) > _WHOLE else []

    def draw(self) -> None:
        canvas = self.page
        canvas.setFillColor(HexColor(self._fill))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillColor(HexColor(self._line))
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        y = self.height - 6
        for part in self._parts:
            y -= part.height
            part.drawOn(canvas, 12, y)


@dataclass(frozen=True, slots=True)
class Signature:
    """One line to sign: what was done ("Prepared"), by whom, in what role, on what day ("" where not yet)."""

    what: str
    who: str
    role: str
    on: str


class SignatureBlock(Piece):
    """A box per signature, with room for a hand-written one."""

    _LINE = 52.0
    _HEAD = 15.0
    _EDGES = (0.0, 0.14, 0.46, 0.82, 1.0)

    def __init__(self, signatures: Sequence[Signature]) -> None:
        super().__init__()
        prepare_fonts()
        self._signatures = [
            replace(each, who=clean(each.who), role=clean(each.role), on=clean(each.on))
            for each in signatures
        ]
        self._words: list[list[tuple[str, float]]] = []
        self._highs: list[float] = []
        self.spaceAfter = 8.0

    def high(self, width: float) -> float:
        room = width * (self._EDGES[2] - self._EDGES[1]) - 12
        self._words = [self._named(each, room) for each in self._signatures]
        self._highs = [max(self._LINE, 14 + sum(size * 1.2 for _, size in words)) for words in self._words]
        return self._HEAD + sum(self._highs)

    @staticmethod
    def _named(each: Signature, room: float) -> list[tuple[str, float]]:
        """The lines of the name and the role, with the size of their letters."""
        pairs = ((each.who, 9.0), (each.role if each.role != each.who else "", 8.0))
        return [
            (line, size)
            for text, size in pairs
            if text
            for line in wrapped(text, room / size, widths(REGULAR))
        ]

    def draw(self) -> None:
        canvas = self.page
        lefts = [edge * self.width for edge in self._EDGES]
        canvas.setFont(REGULAR, 7.5)
        canvas.setFillColor(HexColor(NOTE_GREY))
        for left, head in zip(lefts, ("", "Name and role", "Signature", "Date"), strict=False):
            canvas.drawString(left + 6, self.height - 10, head)
        canvas.setStrokeColor(HexColor(MID_GREY))
        canvas.setLineWidth(0.6)
        top = self.height - self._HEAD
        for each, words, high in zip(self._signatures, self._words, self._highs, strict=True):
            canvas.rect(0, top - high, self.width, high, stroke=1, fill=0)
            for left in lefts[1:-1]:
                canvas.line(left, top, left, top - high)
            self._write(each, words, lefts, top)
            top -= high

    def _write(
        self, each: Signature, words: Sequence[tuple[str, float]], lefts: Sequence[float], top: float
    ) -> None:
        canvas = self.page
        canvas.setFillColor(HexColor(DARK_BLUE))
        canvas.setFont(BOLD, 9)
        canvas.drawString(lefts[0] + 6, top - 18, each.what)
        canvas.setFillColor(HexColor(INK))
        y = top - 14
        for line, size in words:
            canvas.setFont(REGULAR, size)
            canvas.drawString(lefts[1] + 6, y, line)
            y -= size * 1.2
        canvas.setFont(REGULAR, 9)
        canvas.drawString(lefts[3] + 6, top - 14, each.on)


class Beside(Piece):
    """Pieces side by side, each as wide as the others, their tops level."""

    def __init__(self, pieces: Sequence[Flowable], *, gap: float = 16.0) -> None:
        super().__init__()
        self._pieces, self._gap = pieces, gap
        self._heights: list[float] = []
        self._each = 0.0
        self.spaceAfter = 8.0

    def high(self, width: float) -> float:
        count = len(self._pieces)
        self._each = (width - self._gap * (count - 1)) / count
        self._heights = [piece.wrap(self._each, _ANY)[1] for piece in self._pieces]
        return max(self._heights)

    def draw(self) -> None:
        for n, (piece, high) in enumerate(zip(self._pieces, self._heights, strict=True)):
            piece.drawOn(self.canv, n * (self._each + self._gap), self.height - high)
