"""A part of a workbook as bytes: where its elements stand, and a copy in which some places are changed and the rest is as it was.

Nothing is read into a tree and written out again: what is not changed keeps its bytes, its order, its prefixes and whatever this program
doesn't know. Definitions of any kind (the "billion laughs" and its like) end the reading.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from fundtracker.domain.kinds import clean_text
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.xml_stream import NOT_ORDINARY, Budget

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED_ID = f"{RELATED} id"
"""The attribute r:id, whatever its prefix."""
SAVE_AGAIN = "open it in Excel, choose Save As, pick “Excel Workbook (*.xlsx)”, and mark that file"

_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=>]+)\s*=\s*("[^"]*"|'[^']*')""")
_PREFIX = re.compile(rb"<([^\s/>:]+:)?")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ASCII_LIKE = frozenset({None, "utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(slots=True)
class Element:
    """One element of a part. `name` is plain in the part's own vocabulary, else after its namespace ("uri name").

    Its start tag begins at `start`, what is in it ends at `inner_end`, and it ends before `end`.
    """

    name: str
    attributes: dict[str, str]
    start: int
    depth: int
    inner_end: int = -1
    end: int = -1
    empty: bool = False
    """ "<a/>": to put something into it, its tag has to be opened."""


@dataclass(slots=True)
class Visit:
    """What to do as elements come by; `text` is told the text between tags."""

    start: Callable[[Element], None] = lambda _: None
    end: Callable[[Element], None] = lambda _: None
    text: Callable[[str], None] | None = None


def walk(data: bytes, visit: Visit, limits: Limits, home: str = MAIN) -> Element:
    """Go through a part; the answer is its root. ExpatError where the XML is broken, TooMuch where it is not ordinary."""
    budget = Budget(limits)
    stack: list[Element] = []
    roots: list[Element] = []
    inside = f"{home} "

    def start(name: str, attributes: dict[str, str]) -> None:
        budget.left -= 1
        if budget.left < 0:
            budget.refuse()
        plain = name.removeprefix(inside)
        if plain == "c":
            budget.cell()
        element = Element(plain, attributes, parser.CurrentByteIndex, len(stack))
        if not stack:
            roots.append(element)
        stack.append(element)
        visit.start(element)

    def end(_: str) -> None:
        element = stack.pop()
        at = parser.CurrentByteIndex
        # Expat stands behind "<a/>", but before "</a>".
        element.empty = data[at - 2 : at] == b"/>" and element.start + len(tag_at(data, element.start)) == at
        element.inner_end = at
        element.end = at if element.empty else data.index(b">", at) + 1
        visit.end(element)

    parser = _parser(data)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if visit.text is not None:
        parser.CharacterDataHandler = visit.text
    parser.Parse(data, True)
    return roots[0]


def _parser(data: bytes) -> expat.XMLParserType:
    if b"\0" in data[:4]:
        raise TooMuch(f"It is written in an unusual way: {SAVE_AGAIN}.")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_definitions
    parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = _refuse_definitions
    parser.XmlDeclHandler = _refuse_other_encodings
    return parser


def _refuse_definitions(*_: object) -> int:
    raise TooMuch(NOT_ORDINARY)


def _refuse_other_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    """What is put in is UTF-8."""
    if (encoding.lower() if encoding else None) not in _ASCII_LIKE:
        raise TooMuch(f"It is written in an unusual way ({encoding}): {SAVE_AGAIN}.")


def tag_at(data: bytes, start: int) -> bytes:
    """The start tag that begins there."""
    found = _TAG.match(data, start)
    if found is None:
        raise TooMuch(NOT_ORDINARY)
    return found[0]


def prefix_of(data: bytes, element: Element) -> str:
    """ "x:" where the element is written <x:sheet>, else ""."""
    found = _PREFIX.match(data, element.start)
    return found[1].decode() if found and found[1] else ""


def changed_tag(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes (without prefix) set, or left out where None."""
    left = {name.encode(): value for name, value in changes.items()}

    def one(match: re.Match[bytes]) -> bytes:
        if match[1] not in left:
            return match[0]
        value = left.pop(match[1])
        return b"" if value is None else _attribute(match[1], value)

    changed = _ATTRIBUTE.sub(one, tag)
    more = b"".join(_attribute(name, value) for name, value in left.items() if value is not None)
    close = b"/>" if changed.endswith(b"/>") else b">"
    return changed[: -len(close)].rstrip() + more + close


def _attribute(name: bytes, value: str) -> bytes:
    return b' %s="%s"' % (name, quoted(value).encode())


@dataclass(slots=True)
class Edits:
    """Changes to a part, by the places they had before any of them."""

    data: bytes
    _made: list[tuple[int, int, bytes]] = field(default_factory=list[tuple[int, int, bytes]])

    def replace(self, start: int, end: int, new: bytes) -> None:
        self._made.append((start, end, new))

    def insert(self, at: int, new: str | bytes) -> None:
        """Several at one place stand in the order in which they came."""
        self.replace(at, at, new.encode() if isinstance(new, str) else new)

    def remove(self, element: Element) -> None:
        self.replace(element.start, element.end, b"")

    def set(self, element: Element, changes: Mapping[str, str | None]) -> None:
        """Attributes of an element into which nothing is put by `append`."""
        tag = tag_at(self.data, element.start)
        self.replace(element.start, element.start + len(tag), changed_tag(tag, changes))

    def append(
        self, element: Element, new: str | bytes, changes: Mapping[str, str | None] | None = None
    ) -> None:
        """Put something into an element, behind all that is in it, and set attributes of it."""
        inside = new.encode() if isinstance(new, str) else new
        tag = tag_at(self.data, element.start)
        changed = changed_tag(tag, changes or {})
        if element.empty and inside:
            name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
            changed = changed[:-2] + b">" + inside + b"</" + name + b">"
        elif inside:
            self.insert(element.inner_end, inside)
        self.replace(element.start, element.start + len(tag), changed)

    def result(self) -> bytes:
        if not self._made:
            return self.data
        pieces: list[bytes] = []
        at = 0
        for start, end, new in sorted(self._made, key=lambda made: made[:2]):
            pieces += (self.data[at:start], new)
            at = end
        return b"".join((*pieces, self.data[at:]))


def held(text: str) -> str:
    """A text as a part can hold it: no control or bidirectional characters, and nothing that reads as an escape of the format."""
    return _LOOKS_ESCAPED.sub("_x005F_", clean_text(text))


def escaped(text: str) -> str:
    """Between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Between quotation marks."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;")
