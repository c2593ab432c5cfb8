"""pdfreturn: the PDF of a return with 5,000 cost lines; floor: the same text drawn straight on a canvas, page by page."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from _large_return import large_snapshot
from _measure import main
from fundtracker.paths import resource
from fundtracker.returns.pdf import write_pdf

GOAL = 1.5
Placed = tuple[float, float, float, str]


def _timed(act: Callable[[], None]) -> float:
    begun = perf_counter()
    act()
    return (perf_counter() - begun) * 1000


def ours() -> float:
    snapshot = large_snapshot()
    with TemporaryDirectory() as folder:
        return _timed(lambda: write_pdf(snapshot, Path(folder) / "return.pdf"))


def floor() -> float:
    """Read the words and places of what ours drew, then draw them bare; only the drawing counts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.pdf"
        write_pdf(large_snapshot(), path)
        pages = [_placed(page) for page in PdfReader(path).pages]
        return _timed(lambda: _draw(pages, Path(folder) / "floor.pdf"))


def _placed(page: object) -> tuple[tuple[float, float], list[Placed]]:
    found: list[Placed] = []

    def keep(text: str, _cm: object, at: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.append((at[4], at[5], size or 8, text.strip()))

    page.extract_text(visitor_text=keep)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a page of pypdf
    box = page.mediabox  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - as above
    return (float(box.width), float(box.height)), found  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType] - as above


def _draw(pages: list[tuple[tuple[float, float], list[Placed]]], path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Bare", str(resource("fonts/NotoSans-Regular.ttf"))))  # pyright: ignore[reportUnknownMemberType] - untyped in reportlab
    canvas = Canvas(str(path), invariant=1)
    for size, words in pages:
        canvas.setPageSize(size)
        for x, y, points, text in words:
            canvas.setFont("Bare", points)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
