"""Writing a page's text and lines straight into its stream: many times faster than one call per piece of text.

reportlab offers no public way to do this for an embedded font; this module alone knows its insides.
"""

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from fundtracker.exports.pdf_look import rgb
from fundtracker.exports.pdf_text import font

_ELSEWHERE = "\ue000"
"""Marks a letter outside a font's first 256; `clean` lets no such character through."""


def _escaped(code: int) -> str:
    """A byte of a PDF text, in ASCII."""
    letter = chr(code)
    if letter in "()\\":
        return f"\\{letter}"
    return letter if " " <= letter <= "~" else f"\\{code:03o}"


class Pen(dict[int, str]):
    """One face in one document: clean text in, what the page's stream calls it out. A table for `str.translate`."""

    def __init__(self, canvas: Canvas, name: str) -> None:
        super().__init__()
        self._font: Any = font(name)
        self._document: Any = vars(canvas)["_doc"]
        self._first = self._named(0)

    def __missing__(self, letter: int) -> str:
        ((subset, codes),) = self._font.splitString(chr(letter), self._document)
        self[letter] = _ELSEWHERE if subset else _escaped(codes[0])
        return self[letter]

    def _named(self, subset: int) -> str:
        self._font.splitString(" ", self._document)
        return str(self._font.getSubsetInternalName(subset, self._document))

    def use(self, size: float) -> str:
        """The operator that takes this face up."""
        return f"{self._first} {size:g} Tf"

    def show(self, text: str, size: float) -> str:
        """The operator that writes a clean text; the face must have been taken up with `use`."""
        shown = text.translate(self)
        return f"({shown}) Tj" if _ELSEWHERE not in shown else self._show_in_parts(text, size)

    def _show_in_parts(self, text: str, size: float) -> str:
        parts: list[str] = []
        for subset, codes in self._font.splitString(text, self._document):
            parts.append(f"{self._named(subset)} {size:g} Tf ({''.join(map(_escaped, codes))}) Tj")
        return f"{' '.join(parts)} {self.use(size)}"


def pen(canvas: Canvas, name: str) -> Pen:
    """The pen of a face in a canvas's document, made once."""
    pens: dict[str, Pen] = vars(canvas).setdefault("pens_by_face", {})
    found = pens.get(name)
    if found is None:
        found = pens[name] = Pen(canvas, name)
    return found


class Ink:
    """Lines, boxes and text of a part of a page, put on it all at once."""

    def __init__(self) -> None:
        self.under: list[str] = []
        self.text: list[str] = []
        self._colour = ""

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled box; x and y are its lower left corner."""
        self.under.append(f"{rgb(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def lines(self, across: list[tuple[float, float, float]], colour: str, thickness: float) -> None:
        """Level lines, each from x to x at y."""
        if across:
            paths = " ".join(f"{x:.2f} {y:.2f} m {to:.2f} {y:.2f} l" for x, to, y in across)
            self.under.append(f"{rgb(colour)} RG {thickness:g} w {paths} S")

    def put(self, canvas: Canvas) -> None:
        """Write everything into the page's stream."""
        code: list[str] = vars(canvas)["_code"]
        code.append("\n".join(("q", *self.under, "BT", *self.text, "ET", "Q")))
