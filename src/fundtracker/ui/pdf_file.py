"""A PDF's pages as pictures and as text, by pdfium, which is imported when the first one is shown."""

import math
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from PySide6.QtGui import QImage

from fundtracker.domain.problems import Unreadable

POINTS = 72.0
"""To the inch: a PDF's own unit of length."""
ANNOTATIONS = 0x01
"""FPDF_ANNOT: links and notes are drawn with the page."""
BGRX = 3
"""FPDFBitmap_BGRx: a word to the pixel, as QImage's RGB32."""
WHITE = (255, 255, 255, 255)
DAMAGED = (
    "This PDF can't be shown: it is damaged, or not a PDF. Save it and try another program, or make it again."
)

_TURN = Lock()
"""pdfium is not safe in two threads at once, whatever their documents: each waits its turn."""


@contextmanager
def _opened(data: bytes) -> Generator[Any, None, None]:
    """The document, open while the turn lasts: nothing of pdfium's outlives it, to be freed at a wrong moment."""
    with _TURN:
        import pypdfium2

        pdfium: Any = pypdfium2
        try:
            document = pdfium.PdfDocument(data)
            try:
                yield document
            finally:
                document.close()
        except pdfium.PdfiumError as trouble:
            raise Unreadable(DAMAGED) from trouble


@contextmanager
def _page(data: bytes, number: int) -> Generator[Any, None, None]:
    with _opened(data) as document:
        page = document[number]
        try:
            yield page
        finally:
            page.close()


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page, in points."""
    with _opened(data) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture of so many pixels across, and what it says."""

    image: QImage
    text: str


def draw_page(data: bytes, number: int, across: int) -> Drawn:
    """A page as a picture `across` pixels wide, with its text."""
    with _page(data, number) as page:
        whole = _height(page, across)
        image = _draw(page, across, whole, 0, whole)
        words = page.get_textpage()
        try:
            text: str = words.get_text_bounded()
        finally:
            words.close()
    return Drawn(image, text.replace("\r\n", "\n"))


def draw_bands(data: bytes, number: int, across: int, most: int) -> Iterator[tuple[int, QImage]]:
    """A page from top to bottom in bands of `most` pixels or fewer: each with how far down it begins."""
    with _page(data, number) as page:
        whole = _height(page, across)
    high = max(1, most // across)
    for top in range(0, whole, high):
        with _page(data, number) as page:
            band = _draw(page, across, whole, top, min(high, whole - top))
        yield top, band


def _height(page: Any, across: int) -> int:
    return max(1, math.ceil(across * page.get_height() / page.get_width()))


def _draw(page: Any, across: int, whole: int, top: int, high: int) -> QImage:
    """The part of a page, drawn `across` by `whole` pixels, that begins at `top` and is `high`."""
    import pypdfium2

    pdfium: Any = pypdfium2
    bitmap = pdfium.PdfBitmap.new_native(across, high, BGRX)
    try:
        bitmap.fill_rect(WHITE, 0, 0, across, high)
        pdfium.raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, across, whole, 0, ANNOTATIONS)
        held = QImage(bitmap.buffer, across, high, bitmap.stride, QImage.Format.Format_RGB32)
        return held.copy()  # its own memory: the bitmap's goes with it
    finally:
        bitmap.close()
