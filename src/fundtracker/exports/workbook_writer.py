"""Writes a Book as an .xlsx file: openpyxl's head and tail of each sheet, our own rows between them.

The same book gives the same bytes, whatever the clock, time zone or language: every time in the file is the book's own or
1 January 1980, and every order is given. Formula cells carry their results, and a spreadsheet program is asked to work
them out again when it opens the file.
"""

# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl is made to be extended at its writers, but keeps what they share in private, partly untyped attributes.
# ruff: noqa: SLF001 - as above

import math
from collections.abc import Callable, Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.text import Text
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.merge import MergeCell, MergeCells
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
    REL_NS,
)
from openpyxl.xml.functions import Element, SubElement, tostring

from fundtracker.exports.sheet_rows import SheetRows
from fundtracker.exports.sheet_setup import after_rows, before_rows
from fundtracker.exports.sheet_xml import clean
from fundtracker.exports.sheets import LONGEST_SHEET_NAME, Book, Sheet
from fundtracker.exports.styles import StyleBook

_COMPRESSION = 3
"""Of 9: above it a list takes twice as long for a few per cent of its size."""
_SAME_SYSTEM = 3
"""The system an entry of the zip says it came from, whichever it was."""
_ROWS = b"<sheetData />"
_NOTE_WIDTH, _NOTE_LINE, _NOTE_MARGIN = 300, 17, 14  # pixels
_NOTE_CHARACTERS = 46
_LONGEST_NOTE = 2_000

Progress = Callable[[int], None]
"""Told the rows written so far; what it raises stops the writing."""


def save_workbook(book: Book, path: Path, progress: Progress | None = None) -> None:
    """Write the book to `path`, which the caller makes atomic. Refused where a sheet would have too many rows."""
    _check_names(book)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _properties(workbook, book)
    styles = StyleBook(workbook)
    parts: dict[str, tuple[Sheet, SheetRows]] = {}
    for sheet in book.sheets:
        before_rows(workbook.create_sheet(sheet.name), sheet, book)
        parts[sheet.name] = (sheet, SheetRows(sheet, styles))
    for name, area in book.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=area.removeprefix("="))
    with _TimelessZip(path, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        _BookWriter(workbook, archive, book, parts, progress).write_data()


def _check_names(book: Book) -> None:
    taken: set[str] = set()
    for sheet in book.sheets:
        name = sheet.name
        if not 0 < len(name) <= LONGEST_SHEET_NAME or name.lower() in taken:
            raise ValueError(f"sheet name {name!r}: at least 1 character, at most 31, and no two the same")
        taken.add(name.lower())
    tables = [table.name.lower() for sheet in book.sheets for table in sheet.tables]
    names = tables + [name.lower() for name in book.names]
    if len(set(names)) < len(names):
        raise ValueError(
            "tables and defined names share one list of names in a workbook: no two may be the same"
        )


def _properties(workbook: Workbook, book: Book) -> None:
    about = workbook.properties
    moment = book.created.astimezone(UTC) if book.created.tzinfo else book.created
    about.title, about.subject = clean(book.title), clean(book.subject)
    about.creator = about.lastModifiedBy = clean(book.office)
    about.category = about.keywords = clean(book.marking)
    about.contentStatus = "Draft" if book.draft else "Final"
    about.created = about.modified = moment.replace(tzinfo=None, microsecond=0)
    workbook.calculation.fullCalcOnLoad = True


class _TimelessZip(ZipFile):
    """A zip whose entries carry no time (1 January 1980) and no system."""

    def writestr(  # pyright: ignore[reportIncompatibleMethodOverride] # one way of writing is all that is needed
        self, zinfo_or_arcname: str, data: bytes | str
    ) -> None:
        with self.open(zinfo_or_arcname, "w") as part:
            part.write(data.encode() if isinstance(data, str) else data)

    def close(self) -> None:
        for entry in self.filelist:
            entry.create_system = _SAME_SYSTEM
        super().close()


class _Part(WorksheetWriter):
    """Head or tail of one sheet, as openpyxl writes it, with an empty place for the rows."""

    def __init__(self, target: Worksheet) -> None:
        self.buffer = BytesIO()
        super().__init__(target, self.buffer)
        self.links: list[tuple[str, str]] = []
        self.file_links: list[tuple[str, str]] = []

    def head(self) -> bytes:
        """All before the rows. No dimension: how many rows come is not known yet."""
        self.write_properties()
        self.write_views()
        self.write_format()
        self.write_cols()
        return self._split()[0] + b"<sheetData>"

    def tail(self, rows: SheetRows, author: str) -> bytes:
        """All behind the rows."""
        self.links, self.file_links = rows.links, rows.file_links
        self.ws._comments = [_note(address, text, author) for address, text in rows.notes]
        self._mark_rows()
        self.write_tail()
        return b"</sheetData>" + self._split(marked=True)[1]

    def _mark_rows(self) -> None:
        self.xf.send(Element("sheetData"))

    def _split(self, *, marked: bool = False) -> tuple[bytes, bytes]:
        if not marked:
            self._mark_rows()
        self.close()
        before, mark, after = self.buffer.getvalue().partition(_ROWS)
        if not mark:
            raise RuntimeError("openpyxl no longer writes an empty <sheetData /> as it did")
        return before, after

    def write_hyperlinks(self) -> None:
        """Places in the workbook, and files beside it; plain elements, since a list may have thousands."""
        if not self.links and not self.file_links:
            return
        links = Element("hyperlinks")
        for address, place in self.links:
            SubElement(links, "hyperlink", {"ref": address, "location": clean(place)})
        known: dict[str, str] = {}
        for address, target in self.file_links:
            if target not in known:
                known[target] = self._related(target)
            SubElement(links, "hyperlink", {"ref": address, f"{{{REL_NS}}}id": known[target]})
        self.xf.send(links)

    def _related(self, target: str) -> str:
        """The number under which the sheet knows a file outside the workbook."""
        number = f"rId{len(self._rels) + 1}"  # as openpyxl counts them
        self._rels.append(Relationship(number, type="hyperlink", Target=target, TargetMode="External"))
        return number

    def write_merged_cells(self) -> None:
        """In order of place: openpyxl takes them from a set."""
        merged = self.ws.merged_cells.sorted()
        if merged:
            self.xf.send(MergeCells(mergeCell=[MergeCell(str(area)) for area in merged]).to_tree())


def _note(address: str, text: str, author: str) -> CommentRecord:
    """A note in a box that its text fills."""
    held = clean(text)[:_LONGEST_NOTE].strip()
    lines = sum(max(1, math.ceil(len(line) / _NOTE_CHARACTERS)) for line in held.split("\n"))
    height = _NOTE_LINE * lines + _NOTE_MARGIN
    return CommentRecord(ref=address, author=author, text=Text(t=held), height=height, width=_NOTE_WIDTH)


class _Drawing(SpreadsheetDrawing):
    """The charts of a sheet, each with the words a screen reader reads out."""

    __elements__ = (
        SpreadsheetDrawing.__elements__
    )  # openpyxl gathers them anew for each class, from that class alone

    def __init__(self, told: Sequence[str]) -> None:
        super().__init__()
        self._told = told

    def _chart_frame(self, idx: int) -> Any:
        frame = super()._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = clean(self._told[idx - 1]) or None
        return frame


class _BookWriter(ExcelWriter):
    """openpyxl's writer, with our rows streamed into the zip and nothing in the file that varies."""

    _archive: ZipFile

    def __init__(
        self,
        workbook: Workbook,
        archive: ZipFile,
        book: Book,
        parts: dict[str, tuple[Sheet, SheetRows]],
        progress: Progress | None,
    ) -> None:
        super().__init__(workbook, archive)
        self._book = book
        self._parts = parts
        self._progress = progress
        self._done = 0

    def write_data(self) -> None:
        """The parts of the file in openpyxl's order, with our own properties."""
        archive, workbook = self._archive, self.workbook
        archive.writestr(ARC_APP, tostring(self._application()))
        archive.writestr(ARC_CORE, tostring(workbook.properties.to_tree()))
        archive.writestr(ARC_THEME, theme_xml)
        self._write_worksheets()
        self._write_charts()
        archive.writestr(ARC_STYLE, tostring(write_stylesheet(workbook)))
        writer = WorkbookWriter(workbook)
        archive.writestr(ARC_ROOT_RELS, writer.write_root_rels())
        archive.writestr(ARC_WORKBOOK, writer.write())
        archive.writestr(ARC_WORKBOOK_RELS, writer.write_rels())
        self.manifest._write(archive, workbook)

    def _application(self) -> Any:
        about = ExtendedProperties()
        # The version is left out: Excel takes only its own form of one.
        about.Application, about.AppVersion = "fundtracker", None
        tree = about.to_tree()
        SubElement(tree, "Company").text = clean(self._book.office)  # openpyxl holds it, and doesn't write it
        return tree

    def write_worksheet(self, ws: Worksheet) -> None:
        sheet, rows = self._parts[ws.title]
        drawing = _Drawing([placed.told for placed in sheet.charts])
        drawing.charts = ws._charts
        ws._drawing = drawing
        with self._archive.open(ws.path[1:], "w") as file:
            file.write(_Part(ws).head())
            self._write_body(file, rows)
            if rows.file_links and not self._book.in_pack:
                raise ValueError(f"{sheet.name} leads to files, and its workbook lies in no pack")
            after_rows(ws, sheet, rows)
            for area in sheet.merged:
                ws.merged_cells.add(area)
            end = _Part(ws)
            file.write(end.tail(rows, self._book.office))
        ws._rels = end._rels
        self.manifest.append(ws)

    def _write_body(self, file: IO[bytes], rows: SheetRows) -> None:
        for count, piece in rows.pieces():
            file.write(piece.encode())
            self._done += count
            if self._progress:
                self._progress(self._done)
