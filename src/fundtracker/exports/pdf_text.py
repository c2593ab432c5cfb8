"""Text on a PDF page: the embedded fonts, what of a text may be printed, how wide it is, and `para()` for running text.

The built-in fonts of a PDF print Welsh letters as boxes, so Noto Sans is embedded (resources/fonts). Everything a person
typed goes through `clean`, and into a paragraph through `para` alone: unescaped text would read local images and drop `<a@b.c>`.
"""

import unicodedata
from functools import cache, lru_cache
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from fundtracker.exports.pdf_look import DARK_BLUE, INK, NOTE_GREY, RED
from fundtracker.paths import resource

REGULAR, BOLD, ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic"
_FILES = {
    REGULAR: "fonts/NotoSans-Regular.ttf",
    BOLD: "fonts/NotoSans-Bold.ttf",
    ITALIC: "fonts/NotoSans-Italic.ttf",
}
MISSING = "\ufffd"
"""Stands, visibly, for a character that the font does not have."""

_MOST_KNOWN = 20_000
"""Texts whose width is remembered: measuring a table and drawing it ask for the same ones."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_LINE_ENDS = frozenset("\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


_metrics: Any = pdfmetrics  # untyped in reportlab's stubs, as are its fonts


@cache
def font(name: str) -> Any:
    """One of the three faces, registered with reportlab at its first use; each face is read once."""
    found = TTFont(name, str(resource(_FILES[name])), shapable=False)
    _metrics.registerFont(found)
    return found


@cache
def prepare_fonts() -> None:
    """Register all faces, as one family: reportlab looks the family up for every paragraph."""
    for name in _FILES:
        font(name)
    _metrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """What is printed of a text: no control, invisible or direction-changing characters; missing letters made visible.

    Line ends stay as line feeds, other blanks become spaces; letters are composed (w + circumflex is one letter, ŵ).
    """
    if text.isascii() and (text.isprintable() or text.replace("\n", "").isprintable()):
        return text
    letters = font(REGULAR).face.charToGlyph
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_printed(each, letters) for each in composed)


def _printed(letter: str, letters: dict[int, int]) -> str:
    if letter in _LINE_ENDS:
        return "\n"
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    if kind in _UNSEEN:
        return MISSING if kind in {"Co", "Cn"} else ""
    return letter if ord(letter) in letters else MISSING


class Widths(dict[str, float]):
    """The width of each letter of a face, of a size of one point; letters and texts are measured once."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._face = font(name).face
        self._known: dict[str, float] = {}

    def __missing__(self, letter: str) -> float:
        width: float = self._face.getCharWidth(ord(letter)) / 1000
        self[letter] = width
        return width

    def of(self, text: str) -> float:
        """The width of a clean text without line ends, of a size of one point."""
        found = self._known.get(text)
        if found is None:
            found = sum(map(self.__getitem__, text))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = found
        return found


@cache
def widths(name: str) -> Widths:
    return Widths(name)


def wrapped(text: str, room: float, measure: Widths) -> tuple[str, ...]:
    """The lines of a clean text in a column `room` wide (of a size of one point); a word too long for a line is cut."""
    lines: list[str] = []
    for line in text.split("\n"):
        if measure.of(line) <= room:
            lines.append(line)
        else:
            lines.extend(_wrapped_line(line, room, measure))
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _wrapped_line(line: str, room: float, measure: Widths) -> list[str]:
    lines: list[str] = []
    current, used, blank = "", 0.0, measure[" "]
    for word in line.split(" "):
        rest, width = word, measure.of(word)
        if current and used + blank + width <= room:
            current, used = f"{current} {rest}", used + blank + width
            continue
        if current:
            lines.append(current)
        while width > room and len(rest) > 1:
            kept = _fitting(rest, room, measure)
            lines.append(rest[:kept])
            rest = rest[kept:]
            width = measure.of(rest)
        current, used = rest, width
    lines.append(current)
    return lines


def _fitting(word: str, room: float, measure: Widths) -> int:
    """How many letters of a word fit; at least one. Cut after a hyphen, slash or the like where one is near."""
    used, count = 0.0, 0
    for letter in word:
        used += measure[letter]
        if used > room:
            break
        count += 1
    count = max(count, 1)
    after = max(word.rfind(mark, 0, count) + 1 for mark in "-/_.,;@")
    return after if after > count // 2 else count


def shortened(text: str, room: float, measure: Widths) -> str:
    """A clean text in one line, cut with an ellipsis where it is too wide."""
    line = text.replace("\n", " ")
    if measure.of(line) <= room:
        return line
    room -= measure["…"]
    while line and measure.of(line) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _style(name: str, size: float, **more: object) -> ParagraphStyle:
    values: dict[str, Any] = {
        "fontName": REGULAR,
        "fontSize": size,
        "leading": round(size * 1.36, 2),
        "textColor": HexColor(INK),
        "alignment": TA_LEFT,
        "splitLongWords": 1,
        **more,
    }
    return ParagraphStyle(name, **values)


BODY = _style("body", 9.5, spaceAfter=4)
SMALL = _style("small", 8)
NOTE = _style("note", 8, textColor=HexColor(NOTE_GREY), spaceAfter=4)
BOLD_BODY = _style("bold body", 9.5, fontName=BOLD)
LABEL = _style("label", 8, textColor=HexColor(NOTE_GREY))
COVER_OFFICE = _style("cover office", 12, textColor=HexColor(NOTE_GREY), spaceAfter=2)
COVER_TITLE = _style("cover title", 22, fontName=BOLD, leading=28, textColor=HexColor(DARK_BLUE))
COVER_SUBTITLE = _style("cover subtitle", 12.5, leading=17, textColor=HexColor(DARK_BLUE), spaceAfter=2)
FIGURE_LABEL = _style("figure label", 8, textColor=HexColor(NOTE_GREY), alignment=TA_LEFT)
RIGHT = _style("right", 9.5, alignment=TA_RIGHT)
CENTRED = _style("centred", 9.5, alignment=TA_CENTER)
ALERT = _style("alert", 9.5, fontName=BOLD, textColor=HexColor(RED))


def para(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph that prints what was typed, letter for letter: nothing in it is taken for markup."""
    prepare_fonts()
    return Paragraph(escape(clean(text), quote=False).replace("\n", "<br/>"), style)
