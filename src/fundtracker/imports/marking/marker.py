"""Marks a workbook: finds each problem's cells, colours them, puts comments on them, and lists everything on the first sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fundtracker.domain.problems import Severity
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.marking import boxes, notes
from fundtracker.imports.marking.book import Book, BookSheet
from fundtracker.imports.marking.issues_sheet import Line, issues_sheet
from fundtracker.imports.marking.job import Job, Place, Told, address, place_of
from fundtracker.imports.marking.package import Package
from fundtracker.imports.marking.sheets import Cell, Survey, coloured, survey, unselected, with_drawing
from fundtracker.imports.marking.styles import COLOURS, Styles
from fundtracker.imports.marking.xml_edits import SAVE_AGAIN

FURTHER: Final = 10
"""Lines for the places of a problem after its first; all of them are marked in the sheets."""
MOST_CELLS: Final = 3_000
"""Cells that are marked in a workbook: each has a box of its own, and a program that has to draw many more of them crawls."""
MOST_LINES: Final = 10_000
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOXES = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def mark(workbook: Path, out: Path, job: Job, limits: Limits) -> None:
    """Write a marked copy of `workbook` to `out`. TooMuch where it can't be marked; anything else it raises is damage."""
    package = Package(workbook, limits)
    book = Book(package, limits)
    marker = _Marker(package, book, limits)
    lines = list(marker.lines(job))[:MOST_LINES]
    styles_part = book.part_of_styles
    styles = Styles(package.read(styles_part), limits)
    styles.unmark(book.covered())
    for sheet in book.sheets:
        if sheet != book.issues:
            marker.apply(sheet, styles, job.office)
    book.put_issues_first(issues_sheet(job, lines, styles), styles.covered())
    package.change(styles_part, styles.result())
    package.save(out)


class _Marker:
    """Which cells of which sheet have which problems."""

    def __init__(self, package: Package, book: Book, limits: Limits) -> None:
        self._package, self._limits = package, limits
        sheets = [sheet for sheet in book.sheets if sheet != book.issues]
        self._by_name = {_folded(sheet.name): sheet for sheet in sheets} | {
            sheet.name: sheet for sheet in sheets
        }
        self._surveys: dict[str, Survey] = {}
        self._told: dict[str, dict[Cell, list[Told]]] = {}
        self._cells = 0

    def lines(self, job: Job) -> Iterator[Line]:
        """The lines of the list, errors first; what they name is remembered to be marked."""
        for severity in Severity:
            for told in job.problems:
                if told.severity is severity:
                    yield from self._lines(told)

    def _lines(self, told: Told) -> Iterator[Line]:
        if not told.places:
            yield Line(severity=told.severity, message=told.message)
        for n, text in enumerate(told.places):
            place = place_of(text)
            sheet = self._by_name.get(place.sheet) or self._by_name.get(_folded(place.sheet))
            cells = self._mark(sheet, place, told)
            if n > FURTHER:
                continue
            area = address(*cells[0]) if len(cells) == 1 and not place.row else place.area
            link = ""
            if sheet is not None and not sheet.hidden:
                name = sheet.name.replace("'", "''")
                link = f"'{name}'!{area or 'A1'}"
            hidden = " (hidden)" if sheet is not None and sheet.hidden else ""
            yield Line(
                severity=told.severity,
                sheet=f"{sheet.name if sheet else place.sheet}{hidden}",
                area=area or ("A1" if link else ""),
                link=link,
                message="the same" if n else told.message,
                further=n > 0,
            )
        if len(told.places) > FURTHER + 1:
            more = len(told.places) - FURTHER - 1
            yield Line(severity=told.severity, message=f"and {more:,} more of the same", further=True)

    def _mark(self, sheet: BookSheet | None, place: Place, told: Told) -> list[Cell]:
        """The cells of a place, merged ones by their first; they are marked unless the problem is only worth knowing."""
        if sheet is None or sheet.kind != "worksheet":
            return []
        found = self._survey(sheet)
        cells = [(place.row, found.first_visible())] if place.row else list(place.cells)
        cells = list(dict.fromkeys(map(found.anchor, cells)))
        if told.severity in COLOURS:
            marked = self._told.setdefault(sheet.part, {})
            for cell in cells:
                if cell not in marked and self._cells >= MOST_CELLS:
                    continue
                self._cells += cell not in marked
                here = marked.setdefault(cell, [])
                if told not in here:
                    here.append(told)
        return cells

    def _survey(self, sheet: BookSheet) -> Survey:
        found = self._surveys.get(sheet.part)
        if found is None:
            found = self._surveys[sheet.part] = survey(self._package.read(sheet.part), self._limits)
        return found

    def apply(self, sheet: BookSheet, styles: Styles, author: str) -> None:
        """Bring one sheet's own parts to what they should be."""
        if sheet.kind not in {"worksheet", "chartsheet"}:
            return
        data = self._package.read(sheet.part)
        if b"tabSelected" in data:
            data = unselected(data, survey(data, self._limits).views)
        told = self._told.get(sheet.part, {})
        data = self._comment(sheet, data, told, author)
        if told:
            worst = {
                cell: Severity.ERROR
                if any(one.severity is Severity.ERROR for one in here)
                else Severity.WARNING
                for cell, here in told.items()
            }
            data = coloured(data, survey(data, self._limits), worst, styles.marked, self._limits)
        self._package.change(sheet.part, data)

    def _comment(self, sheet: BookSheet, data: bytes, told: dict[Cell, list[Told]], author: str) -> bytes:
        """Our comments of an earlier marking taken away, new ones put in; the answer is the sheet, which names their boxes."""
        package = self._package
        relations = package.relations(sheet.part)
        part = next((one.part for one in relations if one.kind == "comments" and one.part in package), "")
        if not (part or told):
            return data
        found = survey(data, self._limits)
        drawing = next((one.part for one in relations if one.id == found.drawing and one.part in package), "")
        if found.drawing and not drawing:
            raise TooMuch(f"Its comments are not where a workbook has them: {SAVE_AGAIN}.")
        drawn = package.read(drawing) if drawing else boxes.EMPTY
        boxes.refuse_definitions(drawn)
        comments = notes.read(package.read(part) if part else notes.EMPTY, self._limits)
        written, gone = notes.without_ours(comments)
        drawn = boxes.without(drawn, set(gone))
        comments = notes.read(written, self._limits)
        ours = {
            cell: notes.parts_of(here)
            for cell, here in told.items()
            if not (cell in comments.all and comments.all[cell].is_conversation)
        }
        if ours:
            written = notes.with_ours(comments, ours, author)
            drawn = boxes.with_boxes(
                drawn, {cell: _whole(comments, cell, parts) for cell, parts in ours.items()}
            )
            if not part:
                part = self._new_part(sheet, "xl/comments{}.xml", "comments", _COMMENTS)[0]
            if not drawing:
                drawing, relation = self._new_part(
                    sheet, "xl/drawings/vmlDrawing{}.vml", "vmlDrawing", _BOXES
                )
                data = with_drawing(data, found, relation)
        if part:
            package.change(part, written)
        if drawing:
            package.change(drawing, drawn)
        return data

    def _new_part(self, sheet: BookSheet, pattern: str, kind: str, content_type: str) -> tuple[str, str]:
        """The name of a new part of a sheet, and the id by which the sheet knows it."""
        name = self._package.free_name(pattern)
        self._package.declare(name, content_type)
        relation = self._package.relate(sheet.part, kind, name)
        self._package.change(name, b"")
        return name, relation


def _whole(comments: notes.Comments, cell: Cell, parts: list[tuple[str, str]]) -> str:
    """All that a box has to show."""
    there = comments.all.get(cell)
    return "".join([f"{there.text}\n\n" if there else "", *(bold + plain for bold, plain in parts)])


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
