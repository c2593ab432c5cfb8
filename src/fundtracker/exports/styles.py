"""Every style a workbook of ours may use: a Look (what the cell is) and a Show (how its value is written).

A cell names its style by that pair; `StyleBook` turns a pair into the number a workbook knows it by, once each. The looks
are also named styles of the workbook ("Office total"), so a reader of the file can use them too.
"""

from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, NamedTuple

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, BUILTIN_FORMATS_REVERSE
from openpyxl.workbook import Workbook

FONT = "Calibri"
"""Carlito stands in for it, width for width, where Calibri is not installed."""

DARK_BLUE = "1F3864"
MID_BLUE = "2F5496"
PALE_BLUE = "EAF0F8"
TOTAL_BLUE = "D6E0F0"
BAND_BLUE = "F5F8FC"
INPUT_CREAM = "FFFBE6"
LINE_GREY = "D0D5DD"
NOTE_GREY = "595959"
GREEN, PALE_GREEN = "1E6B34", "E6F4EA"
AMBER, PALE_AMBER = "7A4F00", "FFF1D6"
RED, PALE_RED = "9C1C1C", "FDE7E7"


class Show(StrEnum):
    """How a value is written in its cell."""

    TEXT = "text"  # one line; stays text if typed over
    WRAPPED = "wrapped text"
    KEPT_TEXT = "wrapped text that stays text"  # to type in: no number, date or formula comes of it
    CENTRED = "centred text"
    MONEY = "money"  # nought is 0.00
    MONEY_DASH = "money, nought a dash"
    COUNT = "count"
    NUMBER = "number"  # not whole: one to three decimals
    QUANTITY = "quantity"  # to type in: with the decimals that are typed
    PERCENT = "percent"  # of a ratio: 0.123 is 12.3%
    DATE = "date"
    GENERAL = "general"  # a formula that gives text


class Look(StrEnum):
    """What a cell is to its reader."""

    PLAIN = "plain"  # no line round it
    BODY = "body"
    BAND = "band"  # a body row on a light band
    INPUT = "input"  # put in by hand
    COMPUTED = "computed"  # worked out by a formula
    LINK = "link"
    HEADING = "heading"
    FILTER_HEADING = "filter heading"  # leaves room for the filter's button
    GROUP_HEADING = "group heading"  # above several headings
    SECTION = "section"  # begins a part of a sheet
    LABEL = "label"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    DRAFT = "draft"  # the banner of a draft
    TITLE = "title"  # of a sheet
    SUBTITLE = "subtitle"
    COVER_TITLE = "cover title"
    COVER_SUBTITLE = "cover subtitle"
    MARKING = "marking"
    SIGNATURE = "signature"  # a box to sign in
    HELD = "held"  # of a form to fill in: put in by the office, locked
    WORKED = "worked"  # of a form to fill in: works itself out, locked


class Style(NamedTuple):
    """The key of a style."""

    look: Look
    show: Show
    open: bool = False  # may be typed in where the sheet is protected


def _padded(above: str, below: str, nought: str) -> str:
    """A figure's format, a little clear of its cell's edge: programs differ in how they indent what stands at the right."""
    return ";".join(f"{part}_-_-" for part in (above, below, nought, "@"))


FORMATS: dict[Show, str] = {
    Show.TEXT: "@",
    Show.WRAPPED: "General",
    Show.KEPT_TEXT: "@",
    Show.CENTRED: "General",
    Show.MONEY: _padded("#,##0.00", "[Red]-#,##0.00", "0.00"),
    Show.MONEY_DASH: _padded("#,##0.00", "[Red]-#,##0.00", '"–"'),
    Show.COUNT: _padded("#,##0", "-#,##0", "0"),
    Show.NUMBER: _padded("#,##0.0##", "-#,##0.0##", "0"),
    Show.QUANTITY: "General",
    Show.PERCENT: _padded("0.0%", "[Red]-0.0%", "0.0%"),
    Show.DATE: "dd/mm/yyyy",
    Show.GENERAL: "General",
}
_RIGHT = frozenset({Show.MONEY, Show.MONEY_DASH, Show.COUNT, Show.NUMBER, Show.QUANTITY, Show.PERCENT})
_CENTRE = frozenset({Show.CENTRED, Show.DATE})

_LineStyle = Literal["thin", "hair", "double", "medium"]


@dataclass(frozen=True, slots=True)
class _Dress:
    """The font, fill, lines and set of one look; sizes in points."""

    size: int = 10
    colour: str = "000000"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    fill: str = ""
    top: tuple[_LineStyle, str] | None = None
    bottom: tuple[_LineStyle, str] | None = None
    boxed: tuple[_LineStyle, str] | None = None
    wrapped: bool = False
    centred: bool = False
    indent: int = 1  # steps of three spaces from the left edge
    from_right: int = 0  # steps from the right edge; a figure's own format keeps it clear of it


_ROW_LINE: tuple[_LineStyle, str] = ("thin", LINE_GREY)
_HEADING = _Dress(
    bold=True, colour="FFFFFF", fill=DARK_BLUE, boxed=("thin", "FFFFFF"), wrapped=True, from_right=1
)
_DRESSES: dict[Look, _Dress] = {
    Look.PLAIN: _Dress(indent=0),
    Look.BODY: _Dress(bottom=_ROW_LINE),
    Look.BAND: _Dress(bottom=_ROW_LINE, fill=BAND_BLUE),
    Look.INPUT: _Dress(boxed=_ROW_LINE, fill=INPUT_CREAM, colour=MID_BLUE),
    Look.COMPUTED: _Dress(bottom=_ROW_LINE, fill="F4F5F7"),
    Look.LINK: _Dress(bottom=_ROW_LINE, colour="0B5394", underlined=True),
    Look.HEADING: _HEADING,
    Look.FILTER_HEADING: replace(_HEADING, from_right=2),
    Look.GROUP_HEADING: _Dress(
        bold=True, colour="FFFFFF", fill=MID_BLUE, boxed=("thin", "FFFFFF"), centred=True
    ),
    Look.SECTION: _Dress(size=12, bold=True, colour=DARK_BLUE, bottom=("medium", DARK_BLUE), indent=0),
    Look.LABEL: _Dress(bold=True, colour=DARK_BLUE, bottom=_ROW_LINE),
    Look.SUBTOTAL: _Dress(bold=True, fill=PALE_BLUE, top=("thin", MID_BLUE)),
    Look.TOTAL: _Dress(
        bold=True,
        fill=TOTAL_BLUE,
        top=("thin", DARK_BLUE),
        bottom=("double", DARK_BLUE),
    ),
    Look.NOTE: _Dress(size=9, italic=True, colour=NOTE_GREY, indent=0),
    Look.OK: _Dress(bold=True, colour=GREEN, fill=PALE_GREEN, bottom=_ROW_LINE),
    Look.WARNING: _Dress(bold=True, colour=AMBER, fill=PALE_AMBER, bottom=_ROW_LINE),
    Look.BAD: _Dress(bold=True, colour=RED, fill=PALE_RED, bottom=_ROW_LINE),
    Look.DRAFT: _Dress(size=12, bold=True, colour="FFFFFF", fill=RED),
    Look.TITLE: _Dress(size=16, bold=True, colour=DARK_BLUE, indent=0),
    Look.SUBTITLE: _Dress(size=11, colour=NOTE_GREY, indent=0),
    Look.COVER_TITLE: _Dress(size=24, bold=True, colour=DARK_BLUE, indent=0),
    Look.COVER_SUBTITLE: _Dress(size=14, colour=MID_BLUE, indent=0),
    Look.MARKING: _Dress(size=11, bold=True, indent=0),
    Look.SIGNATURE: _Dress(boxed=("thin", "7F7F7F"), wrapped=True),
    Look.HELD: _Dress(boxed=_ROW_LINE, fill="E9EBEF"),
    Look.WORKED: _Dress(boxed=_ROW_LINE, fill="E1EAF6", colour=DARK_BLUE),
}
_OF_FORMS = frozenset({Look.HELD, Look.WORKED})
"""Named only in a workbook that uses them, so that what other workbooks hold stays as it was."""
_NO_SIDE = Side()


def _side(line: tuple[_LineStyle, str] | None) -> Side:
    return Side(style=line[0], color=line[1]) if line else _NO_SIDE


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour) if colour else PatternFill()


def _font(dress: _Dress) -> Font:
    return Font(
        name=FONT,
        sz=dress.size,
        b=dress.bold,
        i=dress.italic,
        u="single" if dress.underlined else None,
        color=dress.colour,
    )


def _border(dress: _Dress) -> Border:
    around = _side(dress.boxed)
    top = _side(dress.top) if dress.top else around
    bottom = _side(dress.bottom) if dress.bottom else around
    return Border(left=around, right=around, top=top, bottom=bottom)


def _alignment(dress: _Dress, show: Show) -> Alignment:
    across = "center" if dress.centred or show in _CENTRE else "right" if show in _RIGHT else "left"
    wrapped = dress.wrapped or show in {Show.WRAPPED, Show.KEPT_TEXT}
    from_right = max(dress.from_right, show is Show.QUANTITY)  # whose format keeps it clear of nothing
    indent = {"center": 0, "right": from_right}.get(across, dress.indent)
    upright = "top" if show is Show.KEPT_TEXT else "center"
    return Alignment(horizontal=across, vertical=upright, wrap_text=wrapped or None, indent=indent)


class StyleBook:
    """The styles of one workbook: each pair is put in once, in the order in which it is first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._numbers: dict[tuple[Style, bool], int] = {}
        self._named: dict[Look, NamedStyle] = {}
        for look in _DRESSES:
            if look not in _OF_FORMS:
                self._name(look)

    def _name(self, look: Look) -> None:
        """Put the look in as a named style."""
        dress = _DRESSES[look]
        named = NamedStyle(
            name=f"Office {look.value}", font=_font(dress), fill=_fill(dress.fill), border=_border(dress)
        )
        named.alignment = _alignment(dress, Show.GENERAL)
        self._workbook.add_named_style(named)
        self._named[look] = named

    def number(self, style: Style, *, quoted: bool = False) -> int:
        """The number of a style in the file; `quoted` marks text that begins like a formula, so that it stays text."""
        key = (style, quoted)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = self._add(style, quoted=quoted)
        return found

    def _add(self, style: Style, *, quoted: bool) -> int:
        book = self._workbook
        if style.look not in self._named:
            self._name(style.look)
        array = copy(self._named[style.look].as_tuple())
        array.numFmtId = self._format_number(FORMATS[style.show])
        array.alignmentId = book._alignments.add(_alignment(_DRESSES[style.look], style.show))  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] # noqa: SLF001 - openpyxl offers no way to number a style without a cell
        array.quotePrefix = int(quoted)
        if style.open:
            array.protectionId = book._protections.add(Protection(locked=False))  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] # noqa: SLF001 - as above
        return book._cell_styles.add(array)  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] # noqa: SLF001 - as above

    def _format_number(self, code: str) -> int:
        if code in BUILTIN_FORMATS_REVERSE:
            return BUILTIN_FORMATS_REVERSE[code]
        return self._workbook._number_formats.add(code) + BUILTIN_FORMATS_MAX_SIZE  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] # noqa: SLF001 - as above


def highlight_of(look: Look) -> DifferentialStyle:
    """The font and fill of a look, for a conditional format."""
    dress = _DRESSES[look]
    font = Font(b=dress.bold or None, color=dress.colour)
    return DifferentialStyle(font=font, fill=PatternFill(bgColor=dress.fill or "FFFFFF"))
