"""XML from outside, element by element, nothing kept: memory stays flat whatever the file holds.

Definitions of any kind (the "billion laughs" and its like) end the reading.
"""

from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from fundtracker.imports.limits import Limits, TooMuch

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_CHUNK = 2**16
NOT_ORDINARY = (
    "It has definitions of its own inside, which no ordinary workbook has: copy its rows into a new workbook, "
    "and import that."
)

Start = Callable[[dict[str, str]], None]
End = Callable[[], None]


_OF_A_CELL, _OF_A_TEXT = 8, 2
"""Elements given back: a cell that holds something is allowed its formula, its value or text, and empty cells beside it."""


class Budget:
    """Counts the elements of all parts together; those of texts and of cells that hold something are counted as such."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.elements
        self._cells, self._texts = limits.cells, limits.texts

    def cell(self) -> None:
        self.left += _OF_A_CELL
        self._cells -= 1
        if self._cells < 0:
            self.refuse()

    def text(self) -> None:
        self.left += _OF_A_TEXT
        self._texts -= 1
        if self._texts < 0:
            self.refuse()

    def refuse(self) -> None:
        raise TooMuch(
            "It has more cells, full or empty, than can be read at once: delete rows and sheets that aren't needed, or split it."
        )


def stream(
    source: IO[bytes],
    budget: Budget,
    starts: Mapping[str, Start],
    ends: Mapping[str, End],
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for the named elements of the spreadsheet's own vocabulary. ExpatError where the XML is broken."""
    on_start = {f"{space} {name}": action for space in _NAMESPACES for name, action in starts.items()}
    on_end = {f"{space} {name}": action for space in _NAMESPACES for name, action in ends.items()}

    def start(name: str, attributes: dict[str, str]) -> None:
        budget.left -= 1
        if budget.left < 0:
            budget.refuse()
        if action := on_start.get(name):
            action(attributes)

    def end(name: str) -> None:
        if action := on_end.get(name):
            action()

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if text is not None:
        parser.CharacterDataHandler = text
    while chunk := source.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_definitions
    parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = _refuse_definitions
    return parser


def _refuse_definitions(*_: object) -> int:
    raise TooMuch(NOT_ORDINARY)
