"""The boxes that comments are shown in: a drawing in VML, one shape for each comment, tied to it by row and column alone.

The programs that write this part do not all write sound XML, so it is searched as bytes, shape by shape, and never interpreted.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fundtracker.imports.limits import TooMuch
from fundtracker.imports.xml_stream import NOT_ORDINARY

Cell = tuple[int, int]
EMPTY: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b"</o:shapelayout></xml>"
)
_KIND = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_WIDTH, _LINE, _MARGIN, _CHARACTERS = 260, 12, 12, 52
"""Points, and characters to a line."""
_HIGHEST = 400
_BEGINS = re.compile(rb"<(?:(\w+):)?shape[\s>]")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*</")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,5})\s*</")
_ANCHOR = re.compile(rb"<(?:\w+:)?Anchor>[^<]*</(?:\w+:)?Anchor>")
_SIZE = re.compile(rb"(?<![\w-])(width|height)\s*:[^;'\"]*")
_NUMBER = re.compile(rb"_s(\d{1,9})[\"']")


@dataclass(frozen=True, slots=True)
class _Shape:
    cell: Cell
    start: int
    end: int


def refuse_definitions(data: bytes) -> None:
    if b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"").replace(b"<![if", b"").replace(
        b"<![endif", b""
    ):
        raise TooMuch(NOT_ORDINARY)
    if b"\0" in data[:4]:
        raise TooMuch(NOT_ORDINARY)


def _shapes(data: bytes) -> Iterator[_Shape]:
    """Those of comments."""
    at = 0
    while (begins := _BEGINS.search(data, at)) is not None:
        close = b"</%s>" % (b"%s:shape" % begins[1] if begins[1] else b"shape")
        end = data.find(close, begins.end())
        if end < 0:
            return
        at = end + len(close)
        shape = data[begins.start() : at]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if _NOTE.search(shape) and row and column:
            yield _Shape((int(row[1]) + 1, int(column[1]) + 1), begins.start(), at)


def without(data: bytes, cells: set[Cell]) -> bytes:
    """The drawing without the boxes of those cells."""
    pieces: list[bytes] = []
    at = 0
    for shape in _shapes(data):
        if shape.cell in cells:
            pieces.append(data[at : shape.start])
            at = shape.end
    return b"".join((*pieces, data[at:]))


def with_boxes(data: bytes, texts: Mapping[Cell, str]) -> bytes:
    """The drawing with a box for each text; a box that is there already grows with its text."""
    there = {shape.cell: shape for shape in _shapes(data)}
    pieces: list[bytes] = []
    at = 0
    for cell, shape in sorted(there.items(), key=lambda one: one[1].start):
        if cell in texts:
            pieces += (data[at : shape.start], _grown(data[shape.start : shape.end], texts[cell]))
            at = shape.end
    data = b"".join((*pieces, data[at:]))
    ends = data.rfind(b"</xml>")
    if ends < 0:
        raise ValueError("a drawing without an end")
    number = max((int(each) for each in _NUMBER.findall(data)), default=1024)
    new = [] if b"_x0000_t202" in data else [_KIND]
    for n, (cell, text) in enumerate(sorted(item for item in texts.items() if item[0] not in there), 1):
        new.append(_box(cell, text, number + n))
    return data[:ends] + _in_words_of(data, b"".join(new)) + data[ends:]


def _in_words_of(data: bytes, shapes: bytes) -> bytes:
    """With the prefixes that the drawing gives its three vocabularies."""
    prefixes: dict[bytes, bytes] = {}
    for ours, space in _SPACES.items():
        found = re.search(rb"""xmlns:(\w+)\s*=\s*["']%s["']""" % re.escape(space), data)
        if found is None:
            raise ValueError("a drawing in another vocabulary")
        prefixes[ours] = found[1]
    return re.sub(rb"(?<=[</ ])([vox]):", lambda match: prefixes[match[1]] + b":", shapes)


def _height(text: str) -> int:
    lines = sum(max(1, math.ceil(len(line) / _CHARACTERS)) for line in text.split("\n"))
    return min(_HIGHEST, _LINE * lines + _MARGIN)


def _grown(shape: bytes, text: str) -> bytes:
    """Without an anchor the size in its style counts."""
    sizes = {b"width": _WIDTH, b"height": _height(text)}
    tag, close, rest = shape.partition(b">")
    tag = _SIZE.sub(lambda match: b"%s:%dpt" % (match[1], sizes[match[1]]), tag)
    return tag + close + _ANCHOR.sub(b"", rest)


def _box(cell: Cell, text: str, number: int) -> bytes:
    return (
        b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
        b'width:%dpt;height:%dpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        b'<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        b'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
    ) % (number, _WIDTH, _height(text), number % 1000 + 1, cell[0] - 1, cell[1] - 1)
