"""A PDF document from its sections: pages with header and footer, bookmarks, properties, a watermark on a draft.

The same sections give the same bytes wherever and whenever they are written: no time, zone or locale goes into the file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fundtracker.exports.pdf_look import (
    AMBER,
    DARK_BLUE,
    FOOT_ROOM,
    HEAD_ROOM,
    LINE_GREY,
    MARGIN,
    NOTE_GREY,
    RED,
    WATERMARK_GREY,
)
from fundtracker.exports.pdf_piece import Piece
from fundtracker.exports.pdf_text import (
    BOLD,
    ITALIC,
    REGULAR,
    clean,
    prepare_fonts,
    shortened,
    widths,
    wrapped,
)

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what is done and what there is to do; may raise, and the document is then not written."""

LYING = landscape(A4)[0] - 2 * MARGIN
"""Points: how much stands from side to side on A4 that lies."""
_SMALL, _LEAST = 7.0, 5.5
_FINGERPRINT = 6.2
_SHORT = 0.45
"""Of a page: a part that takes no more of it is not cut."""
_HEADING_LINE = 1.3
"""Height of a heading's line, of the size of its letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on every page, and in the file's properties. `banner` is a line of warning under the header."""

    title: str
    subject: str
    author: str
    marking: str = "OFFICIAL"
    footer: str = ""
    draft: bool = False
    banner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with a bookmark. It begins a page unless it may follow on in the same direction of paper. `large` is A3, else A4."""

    title: str
    body: Sequence[Flowable]
    landscape: bool = False
    large: bool = False
    new_page: bool = True
    headed: bool = True
    """Whether its title is printed above it."""


class Heading(Piece):
    """A section's or a part's title, with its bookmark; it never stands alone at the foot of a page."""

    def __init__(
        self, text: str, key: str, level: int, *, printed: bool = True, needs: float = 120.0
    ) -> None:
        super().__init__()
        self.text, self.key, self.level, self.printed = clean(text), key, level, printed
        self.weight = 0
        self.needs = needs
        """Room that must be left for it and what follows."""
        self._size = 15.0 if level == 0 else 10.5
        self._lines: Sequence[str] = ()
        self.spaceBefore = 14.0 if level == 0 else 8.0
        self.spaceAfter = (7.0 if level == 0 else 4.0) if printed else 0.0

    def high(self, width: float) -> float:
        self._lines = wrapped(self.text, width / self._size, widths(BOLD)) if self.printed else ()
        return len(self._lines) * self._size * _HEADING_LINE

    def draw(self) -> None:
        canvas = self.page
        canvas.bookmarkHorizontal(self.key, 0, self.height + 6)
        canvas.addOutlineEntry(self.text, self.key, self.level, closed=False)
        if self.printed:
            canvas.setFillColor(HexColor(DARK_BLUE))
            canvas.setFont(BOLD, self._size)
            for n, line in enumerate(self._lines, start=1):
                canvas.drawString(0, self.height - self._size * (n * _HEADING_LINE - 0.3), line)


def part_heading(text: str, key: str, *, needs: float = 120.0) -> Heading:
    """The title of a part of a section, bookmarked under it; a page begins where less room than it `needs` is left."""
    return Heading(text, key, 1, needs=needs)


def write_document(
    path: Path, paper: Paper, sections: Iterable[Section], progress: Progress | None = None
) -> None:
    """Write the document to `path`, which the caller makes atomic. `progress` counts rows and pieces, page by page."""
    prepare_fonts()
    rl_config.useA85 = 0  # plain bytes: a fifth smaller and several times faster than their printable form
    made: Any = Canvas  # the stub wants a number for the name of the first font
    canvas: Any = made(
        str(path), pagesize=A4, invariant=1, pageCompression=1, lang="en-GB", initialFontName=REGULAR
    )
    canvas.setTitle(clean(paper.title))
    canvas.setSubject(clean(paper.subject))
    canvas.setAuthor(clean(paper.author))
    canvas.setCreator("fundtracker")
    canvas.setProducer("fundtracker")
    canvas.setKeywords(clean(paper.marking))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    writer = _Writer(canvas, paper, sections, progress)
    writer.write()
    canvas.save()


def _size_of(section: Section) -> tuple[float, float]:
    size = A3 if section.large else A4
    return landscape(size) if section.landscape else size


class _Writer:
    """Fills one page after another. Footers are put in at the end, when the number of pages is known."""

    def __init__(
        self, canvas: Canvas, paper: Paper, sections: Iterable[Section], progress: Progress | None
    ) -> None:
        self._canvas, self._paper, self._progress = canvas, paper, progress
        self._sections = list(sections)
        self._pages: list[Any] = []
        self._sizes: list[tuple[float, float]] = []
        self._size = A4
        self._room = self._y = self._space = 0.0
        self._open = False
        self._done = 0
        self._whole = sum(_weight(each) for section in self._sections for each in section.body)

    def write(self) -> None:
        for number, section in enumerate(self._sections):
            size = _size_of(section)
            if section.new_page or size != self._size:
                self._end_page()
            self._size = size
            pieces = [Heading(section.title, f"section-{number}", 0, printed=section.headed), *section.body]
            for n, piece in enumerate(pieces):
                if isinstance(piece, Heading) and piece.printed:
                    self._keep_whole(pieces[n:])
                self._place(piece)
        self._end_page()
        self._finish()

    def _keep_whole(self, pieces: Sequence[Flowable]) -> None:
        """Begin a page where a short part, its heading and all under it, would be cut by the end of this one."""
        if not self._open:
            return
        width, page = self._size[0] - 2 * MARGIN, self._top - self._bottom
        height, space = 0.0, self._space
        for n, piece in enumerate(pieces):
            if isinstance(piece, Heading) and n and not isinstance(pieces[n - 1], Heading):
                break  # the next part
            gap = max(piece.getSpaceBefore(), space) if n else max(piece.getSpaceBefore() - space, 0.0)
            height += gap + piece.wrapOn(self._canvas, width, page)[1]
            if height > page * _SHORT:
                return
            space = piece.getSpaceAfter()
        if height > self._y - self._bottom:
            self._end_page()

    def _place(self, flowable: Flowable) -> None:
        """Draw a flowable, over as many pages as it takes."""
        rest: Flowable | None = flowable
        while rest is not None:
            if not self._open:
                self._begin_page()
            rest = self._place_once(rest)

    def _place_once(self, flowable: Flowable) -> Flowable | None:
        """Draw what has room on this page; what is left."""
        at_top = self._y >= self._top
        before = 0.0 if at_top else max(flowable.getSpaceBefore() - self._space, 0.0)
        width, room = self._size[0] - 2 * MARGIN, self._y - self._bottom - before
        needs = flowable.needs if isinstance(flowable, Heading) and flowable.printed else 0.0
        _, height = flowable.wrapOn(self._canvas, width, room)
        if height <= room and needs <= room:
            self._draw(flowable, height, before)
            return None
        parts = flowable.splitOn(self._canvas, width, room) if room > 0 and not needs else []
        if not parts:
            if at_top:
                raise ValueError(
                    f"{type(flowable).__name__} is {height:.0f} points high and a page {room:.0f}"
                )
            self._end_page()
            return flowable
        first, rest = parts[0], parts[1:]
        _, height = first.wrapOn(self._canvas, width, room)
        self._draw(first, height, before)
        self._end_page()
        for each in rest[:-1]:
            self._place(each)
        return rest[-1] if rest else None

    def _draw(self, flowable: Flowable, height: float, before: float) -> None:
        self._y -= height + before
        flowable.drawOn(self._canvas, MARGIN, self._y)
        self._space = flowable.getSpaceAfter()
        self._y -= self._space
        self._done += _weight(flowable)

    @property
    def _top(self) -> float:
        return self._size[1] - MARGIN - HEAD_ROOM + (0 if self._paper.banner else 10)

    @property
    def _bottom(self) -> float:
        return MARGIN + FOOT_ROOM

    def _begin_page(self) -> None:
        self._canvas.setPageSize(self._size)
        self._open, self._y, self._space = True, self._top, 0.0
        if self._paper.draft:
            self._watermark()
        self._header()

    def _watermark(self) -> None:
        canvas, (width, height) = self._canvas, self._size
        canvas.saveState()
        canvas.setFillColor(HexColor(WATERMARK_GREY))
        canvas.setFont(BOLD, 150)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(40 if width < height else 28)
        canvas.drawCentredString(0, -52, "DRAFT")
        canvas.restoreState()

    def _header(self) -> None:
        canvas, paper, (width, height) = self._canvas, self._paper, self._size
        y = height - MARGIN - 4
        marking = clean(paper.marking)
        canvas.setFillColor(HexColor(NOTE_GREY))
        side = (width - 2 * MARGIN - widths(BOLD).of(marking) * 9) / 2 - 12
        title = clean(paper.title)
        size = min(
            _SMALL, max(_LEAST, side / max(widths(REGULAR).of(title), 1.0))
        )  # smaller, before it is cut
        canvas.setFont(REGULAR, size)
        canvas.drawString(MARGIN, y, shortened(title, side / size, widths(REGULAR)))
        canvas.setFillColor(HexColor(DARK_BLUE))
        canvas.setFont(BOLD, 9)
        canvas.drawCentredString(width / 2, y, marking)
        if paper.draft:
            canvas.setFillColor(HexColor(RED))
            canvas.drawRightString(width - MARGIN, y, "DRAFT")
        canvas.setStrokeColor(HexColor(LINE_GREY))
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, y - 6, width - MARGIN, y - 6)
        if paper.banner:
            canvas.setFillColor(HexColor(AMBER))
            canvas.setFont(ITALIC, _SMALL)
            banner = shortened(clean(paper.banner), (width - 2 * MARGIN) / _SMALL, widths(ITALIC))
            canvas.drawCentredString(width / 2, y - 15, banner)

    def _end_page(self) -> None:
        if not self._open:
            return
        self._open = False
        self._canvas.showPage()
        self._sizes.append(self._size)
        if self._progress:
            self._progress(min(self._done, self._whole), self._whole)

    def _finish(self) -> None:
        """Put "Page 2 of 9" and the fingerprint at the foot of every page."""
        document: Any = vars(self._canvas)["_doc"]  # where the pages wait until they are saved
        pages: list[Any] = document.Pages.pages
        for number, (page, size) in enumerate(zip(pages, self._sizes, strict=True), start=1):
            page.stream = f"{page.stream}{self._footer(number, len(pages), size)}\n"

    def _footer(self, number: int, count: int, size: tuple[float, float]) -> str:
        canvas, y = self._canvas, MARGIN - 8
        counted = f"Page {number} of {count}"
        text: Any = canvas.beginText()
        text.setFillColor(HexColor(NOTE_GREY))
        if self._paper.footer:
            footer = clean(self._paper.footer)
            room = size[0] - 2 * MARGIN - 80
            text.setTextOrigin(MARGIN, y)
            text.setFont(REGULAR, min(_FINGERPRINT, room / widths(REGULAR).of(footer)))  # never cut
            text.textOut(footer)
        text.setTextOrigin(size[0] - MARGIN - widths(REGULAR).of(counted) * _SMALL, y)
        text.setFont(REGULAR, _SMALL)
        text.textOut(counted)
        return str(text.getCode())


def _weight(flowable: Flowable) -> int:
    return int(getattr(flowable, "weight", 1))
