"""pdfreturn: the PDF of a return with 5,000 cost lines; floor: the same words, lines and charts drawn straight on a canvas, one text a page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from _drawing import floor_timed, ours_timed
from _measure import main
from fundtracker.paths import resource
from fundtracker.returns.pdf import write_pdf

GOAL = 1.5
Words = tuple[float, float, float, bool, str]
"""Where, how large, whether bold, and what."""
Shape = tuple[str, float, float, float, float]
"""A box ("re") or a line ("l"), and its two corners or ends."""


@dataclass
class _Page:
    """What stands on one page of ours."""

    size: tuple[float, float]
    words: list[Words] = field(default_factory=list[Words])
    shapes: list[Shape] = field(default_factory=list[Shape])


def ours() -> float:
    return ours_timed(write_pdf, "return.pdf")


def floor() -> float:
    """Read the words, boxes and lines of what ours drew, charts and all, then draw them bare; only the drawing counts."""
    return floor_timed(
        write_pdf, "return.pdf", lambda path: [_read(page) for page in PdfReader(path).pages], _draw
    )


def _read(page: Any) -> _Page:
    found = _Page((float(page.mediabox.width), float(page.mediabox.height)))
    fonts = {name: str(font["/BaseFont"]) for name, font in page["/Resources"]["/Font"].items()}
    at, bold, size = (0.0, 0.0), False, 8.0

    def take(operator: bytes, given: list[Any], cm: list[float], tm: list[float]) -> None:
        nonlocal at, bold, size
        if operator == b"Tf":
            bold, size = "Bold" in fonts[given[0]], float(given[1])
        elif operator == b"Tj":
            # The first letters of an embedded face keep their codes: near enough for drawing as much again.
            text = given[0].original_bytes.decode("latin-1")
            found.words.append((cm[4] + tm[4], cm[5] + tm[5], size, bold, text))
        elif operator == b"re":
            x, y, width, height = map(float, given)
            found.shapes.append(("re", cm[4] + x, cm[5] + y, width, height))
        elif operator in {b"m", b"l"}:
            to = cm[4] + float(given[0]), cm[5] + float(given[1])
            if operator == b"l":
                found.shapes.append(("l", *at, *to))
            at = to

    page.extract_text(visitor_operand_before=take)
    return found


def _draw(pages: list[_Page], path: Path) -> None:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/NotoSans-{name}.ttf"))))  # pyright: ignore[reportUnknownMemberType] - untyped in reportlab
    canvas: Any = Canvas(str(path), invariant=1, pageCompression=1)
    for page in pages:
        canvas.setPageSize(page.size)
        for kind, x, y, across, up in page.shapes:
            if kind == "re":
                canvas.setFillColorRGB(0.9, 0.9, 0.9)
                canvas.rect(x, y, across, up, stroke=0, fill=1)
            else:
                canvas.line(x, y, across, up)
        canvas.setFillColorRGB(0, 0, 0)
        words, last = canvas.beginText(), (False, 0.0)
        for x, y, points, bold, text in page.words:
            if (bold, points) != last:
                words.setFont("Bold" if bold else "Regular", points)
                last = (bold, points)
            words.setTextOrigin(x, y)
            words.textOut(text)
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
