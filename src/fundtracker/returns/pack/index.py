"""Index.xlsx of a pack: from each figure to its cost lines, from each line to its evidence, and every register an auditor asks for."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from fundtracker.exports.sheets import Block, Book, Cell, Row, Sheet, Subtotals, Value
from fundtracker.exports.styles import AMBER, DARK_BLUE, GREEN, MID_BLUE
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.returns.pack.contents import Contents
from fundtracker.returns.pack.index_places import IndexPlaces
from fundtracker.returns.pack.sheet_parts import (
    COSTS,
    EVIDENCE,
    FIGURES,
    MISSING,
    SAMPLE,
    START,
    register_sheet,
)
from fundtracker.returns.pack.sheets_money import costs_sheet, figures_sheet, sample_sheet
from fundtracker.returns.pack.sheets_papers import evidence_sheet, missing_sheet, start_sheet

Progress = Callable[[int, int], None]
_TABS = {
    START: DARK_BLUE,
    FIGURES: DARK_BLUE,
    COSTS: MID_BLUE,
    SAMPLE: MID_BLUE,
    EVIDENCE: GREEN,
    MISSING: AMBER,
}


def write_index(
    contents: Contents, tie_out: Sequence[Sheet], path: Path, clean: Callable[[str], str], progress: Progress
) -> None:
    """Write the index to `path`. `tie_out` are the award's own sheets of that; each text goes through `clean`."""
    book = index_book(contents, tie_out, clean)
    rows = sum(sheet.next_row - 1 for sheet in book.sheets)
    save_workbook(book, path, lambda done: progress(done, rows))


def index_book(contents: Contents, tie_out: Sequence[Sheet], clean: Callable[[str], str]) -> Book:
    """The workbook, described and not yet written."""
    cover, places = contents.cover, IndexPlaces(contents)
    registers = {each.name: register_sheet(each, cover) for each in contents.registers}
    sheets = [
        start_sheet(contents, tuple(each.name for each in tie_out)),
        figures_sheet(contents, places),
        costs_sheet(contents, places),
        sample_sheet(contents, places),
        evidence_sheet(contents),
        missing_sheet(contents, places),
        *registers.values(),
        *tie_out,
    ]
    if cover.draft:
        for sheet in tie_out:
            _marked_draft(sheet)
    for sheet in sheets:
        sheet.tab_colour = _TABS.get(sheet.name, sheet.tab_colour)
        sheet.print_area = sheet.print_area or sheet.used_area
        _cleaned(sheet, clean)
    return Book(
        title=clean(cover.name),
        subject=clean(f"Auditor's pack: {cover.subject}"),
        office=cover.office,
        created=datetime.combine(cover.made_on, time(), UTC),
        marking=cover.marking,
        draft=cover.draft,
        fingerprint=f"Fingerprint {cover.sequence}:{cover.seal[:16]}",
        in_pack=True,
        sheets=sheets,
    )


def _marked_draft(sheet: Sheet) -> None:
    """In its title: a banner above it would move what its formulas name."""
    first = sheet.body[0]
    if isinstance(first, Row) and isinstance(title := first.cells[0], str):
        sheet.body[0] = Row([f"DRAFT: {title}", *first.cells[1:]], first.look, first.height)


def _cleaned(sheet: Sheet, clean: Callable[[str], str]) -> None:
    """Each text of a sheet as it may be shown; what sheets hold is rows, since what is read as it is written can't be looked at before."""
    for n, item in enumerate(sheet.body):
        if isinstance(item, Block | Subtotals):
            raise TypeError(f"{sheet.name} is written as it is read: its texts can't be looked through")
        sheet.body[n] = Row([_cell(each, clean) for each in item.cells], item.look, item.height)


def _cell(cell: Cell | Value, clean: Callable[[str], str]) -> Cell | Value:
    if not isinstance(cell, Cell):
        return clean(cell) if isinstance(cell, str) else cell
    note = clean(cell.note) if cell.note else ""
    if isinstance(cell.value, str) and not cell.formula:
        return cell._replace(value=clean(cell.value), note=note)
    return cell._replace(note=note)
