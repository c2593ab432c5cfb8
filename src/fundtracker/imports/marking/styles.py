"""styles.xml: a cell's own style with another fill, and what a colour of ours covered put back.

Cells are coloured by giving them a copy of their style that differs in its fill alone, so formats, lines, fonts and protection stay.
Each covered fill has a shade of its own (they differ by a step or two, which no eye sees), and the workbook remembers in hidden
names what each shade covers. So the colours can be taken away again, even after another program has saved the file and
given every style another number.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from fundtracker.domain.problems import Severity
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.marking.xml_edits import (
    SAVE_AGAIN,
    Edits,
    Element,
    Visit,
    changed_tag,
    prefix_of,
    tag_at,
    walk,
)

COLOURS: Final = {Severity.ERROR: (0xFA, 0xC6, 0xC0), Severity.WARNING: (0xFF, 0xE0, 0x8A)}
"""Red and amber, light enough to read black on. Colour is never alone: each cell has a comment that begins with the word."""
_SHADES = 8
"""Steps of green and of blue: 64 fills that can be told apart. A workbook with more gets plain cells back for the rest."""
_NONE = "none;;"
_SOLID_COLOUR = re.compile(r"(?:(?:rgb|theme|tint|indexed|auto)=[\w.+-]{1,30}(?:,(?=\w)|(?=;|$)))*")
_COVERED = re.compile(rf"([A-Za-z0-9]{{1,20}});({_SOLID_COLOUR.pattern});({_SOLID_COLOUR.pattern})", re.ASCII)
_LISTS = ("fonts", "fills", "borders", "cellXfs")


@dataclass(slots=True)
class _Fill:
    """A fill as it is described in a name: "solid;rgb=FFFFFBE6;indexed=64"."""

    element: Element
    pattern: str = "none"
    fg: dict[str, str] = field(default_factory=dict[str, str])
    bg: dict[str, str] = field(default_factory=dict[str, str])
    plain: bool = True

    @property
    def described(self) -> str:
        text = f"{self.pattern};{_joined(self.fg)};{_joined(self.bg)}"
        return text if self.plain and _COVERED.fullmatch(text) else _NONE

    @property
    def shade(self) -> str:
        return self.fg.get("rgb", "")[-6:].upper() if self.pattern == "solid" else ""


def _joined(colour: dict[str, str]) -> str:
    return ",".join(f"{name}={value}" for name, value in colour.items())


def _attributes(described: str) -> str:
    """The other way round."""
    pairs = (each.partition("=") for each in described.split(","))
    return "".join(f' {name}="{value}"' for name, _, value in pairs)


class Styles:
    """The part as it was, and what is added to it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._lists: dict[str, Element] = {}
        self._fonts: list[bytes] = []
        self._borders: list[bytes] = []
        self._fills: list[_Fill] = []
        self._xfs: list[bytes] = []
        self._root = self._survey(limits)
        if any(name not in self._lists for name in _LISTS) or not self._xfs:
            raise TooMuch(f"Its styles are not as an ordinary workbook has them: {SAVE_AGAIN}.")
        self._prefix = prefix_of(data, self._root)
        self._edits = Edits(data)
        self._described = [fill.described for fill in self._fills]
        self._new: dict[str, list[bytes]] = {name: [] for name in _LISTS}
        self._shades: dict[tuple[Severity, str], tuple[str, int]] = {}
        self._marked: dict[tuple[Severity, int], int] = {}
        self._known: dict[tuple[str, bytes], int] = {
            **{("fonts", raw): n for n, raw in enumerate(self._fonts)},
            **{("borders", raw): n for n, raw in enumerate(self._borders)},
            **{("cellXfs", raw): n for n, raw in enumerate(self._xfs)},
        }

    def _survey(self, limits: Limits) -> Element:
        path: list[str] = []

        def start(element: Element) -> None:
            path.append(element.name)
            if element.name == "fill" and path[1:] == ["fills", "fill"]:
                self._fills.append(_Fill(element))
            elif path[1:3] == ["fills", "fill"]:
                self._colour(element)

        def end(element: Element) -> None:
            raw = self._data[element.start : element.end]
            match path[1:]:
                case [("fonts" | "fills" | "borders" | "cellXfs") as name]:
                    self._lists[name] = element
                case ["fonts", "font"]:
                    self._fonts.append(raw)
                case ["borders", "border"]:
                    self._borders.append(raw)
                case ["cellXfs", "xf"]:
                    self._xfs.append(raw)
                case _:
                    pass
            path.pop()

        return walk(self._data, Visit(start, end), limits)

    def _colour(self, element: Element) -> None:
        fill = self._fills[-1]
        match element.name:
            case "patternFill":
                fill.pattern = element.attributes.get("patternType", "none")
            case "fgColor":
                fill.fg = element.attributes
            case "bgColor":
                fill.bg = element.attributes
            case _:
                fill.plain = False  # a gradient

    def unmark(self, covered: dict[str, str]) -> None:
        """Every fill of an earlier marking becomes again what it covered; the styles that use it need not change."""
        for n, fill in enumerate(self._fills):
            if fill.shade in covered:
                self._described[n] = covered[fill.shade] if _COVERED.fullmatch(covered[fill.shade]) else _NONE
                self._edits.replace(fill.element.start, fill.element.end, self._fill(self._described[n]))

    def _fill(self, described: str) -> bytes:
        match = _COVERED.fullmatch(described)
        pattern, fg, bg = match.groups() if match else ("none", "", "")
        p = self._prefix
        inside = "".join(
            f"<{p}{name}{_attributes(colour)}/>"
            for name, colour in (("fgColor", fg), ("bgColor", bg))
            if colour
        )
        return (
            f'<{p}fill><{p}patternFill patternType="{pattern}">{inside}</{p}patternFill></{p}fill>'.encode()
        )

    def marked(self, style: int, severity: Severity) -> int:
        """The number of a style like `style`, but coloured."""
        known = self._marked.get((severity, style))
        if known is not None:
            return known
        raw = self._xf(style)
        tag = tag_at(raw, 0)
        number = re.search(rb'\sfillId\s*=\s*["\'](\d+)', tag)
        fill = int(number[1]) if number else 0
        covers = self._described[fill] if fill < len(self._described) else _NONE
        changed = changed_tag(tag, {"fillId": str(self._shade(severity, covers)), "applyFill": "1"})
        self._marked[severity, style] = new = self._add("cellXfs", changed + raw[len(tag) :])
        return new

    def _xf(self, style: int) -> bytes:
        return self._xfs[style] if style < len(self._xfs) else self._xfs[0]

    def _shade(self, severity: Severity, covers: str) -> int:
        known = self._shades.get((severity, covers))
        if known is not None:
            return known[1]
        red, green, blue = COLOURS[severity]
        used = {fill.shade for fill in self._fills} | {shade for shade, _ in self._shades.values()}
        shades = (f"{red:02X}{green + n // _SHADES:02X}{blue + n % _SHADES:02X}" for n in range(_SHADES**2))
        shade = next((each for each in shades if each not in used), None)
        if shade is None:
            return self._shade(severity, _NONE)
        number = len(self._fills) + len(self._new["fills"])
        self._new["fills"].append(self._fill(f"solid;rgb=FF{shade};indexed=64"))
        self._shades[severity, covers] = (shade, number)
        return number

    def covered(self) -> dict[str, str]:
        """What each colour that is now in use covers."""
        return {shade: covers for (_, covers), (shade, _) in self._shades.items()}

    def style(
        self, font: str, fill: str = "", border: str = "", alignment: str = "", *, quoted: bool = False
    ) -> int:
        """A style of our own, of plain elements (without prefix); `fill` is a colour, `quoted` keeps text from becoming a formula."""
        p = self._prefix
        font_id = self._add("fonts", _prefixed(f"<font>{font}</font>", p))
        border_id = self._add("borders", _prefixed(f"<border>{border or _NO_BORDER}</border>", p))
        fill_id = 0
        if fill:
            raw = self._fill(f"solid;rgb=FF{fill};indexed=64")
            if raw not in self._new["fills"]:
                self._new["fills"].append(raw)
            fill_id = len(self._fills) + self._new["fills"].index(raw)
        mark = ' quotePrefix="1"' if quoted else ""
        xf = (
            f'<xf numFmtId="0" fontId="{font_id}" fillId="{fill_id}" borderId="{border_id}" xfId="0"{mark} applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center"{alignment}/></xf>'
        )
        return self._add("cellXfs", _prefixed(xf, p))

    def _add(self, name: str, raw: bytes) -> int:
        """Number of an element, which is added where no other has the same bytes."""
        known = self._known.get((name, raw))
        if known is None:
            held = {"fonts": self._fonts, "borders": self._borders, "cellXfs": self._xfs}[name]
            known = self._known[name, raw] = len(held)
            held.append(raw)
            self._new[name].append(raw)
        return known

    def result(self) -> bytes:
        totals = {"fonts": len(self._fonts), "borders": len(self._borders), "cellXfs": len(self._xfs)}
        totals["fills"] = len(self._fills) + len(self._new["fills"])
        for name, new in self._new.items():
            if new:
                self._edits.append(self._lists[name], b"".join(new), {"count": str(totals[name])})
        return self._edits.result()


_NO_BORDER = "<left/><right/><top/><bottom/><diagonal/>"


def _prefixed(xml: str, prefix: str) -> bytes:
    return re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", xml).encode()
