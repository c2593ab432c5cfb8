"""The return as a workbook (form version: snapshot.FORM_VERSION): fourteen sheets drawn from one snapshot.

The same snapshot gives the same bytes. Totals are live formulas over the book's own rows, and each formula carries the
program's own figure as its stored result.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

from fundtracker.domain.snapshot import Header, Snapshot
from fundtracker.exports.sheets import Book
from fundtracker.exports.styles import DARK_BLUE, GREEN, MID_BLUE
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.returns.workbook_checks import checks_sheet
from fundtracker.returns.workbook_costs import costs_sheet
from fundtracker.returns.workbook_cover import cover_sheet
from fundtracker.returns.workbook_delivery import delivery_sheet, outcomes_sheet, outputs_sheet
from fundtracker.returns.workbook_match import match_sheet, underspend_sheet
from fundtracker.returns.workbook_places import CHECKS, COSTS, COVER, SPEND, SUMMARY, Places
from fundtracker.returns.workbook_registers import assets_sheet, changes_sheet, grants_sheet, risks_sheet
from fundtracker.returns.workbook_spend import spend_sheet
from fundtracker.returns.workbook_summary import summary_sheet

Progress = Callable[[int, int], None]
"""Told how many rows are written, and of how many; what it raises stops the writing."""

_SHEETS = (
    cover_sheet,
    summary_sheet,
    spend_sheet,
    costs_sheet,
    match_sheet,
    delivery_sheet,
    outputs_sheet,
    outcomes_sheet,
    risks_sheet,
    changes_sheet,
    grants_sheet,
    assets_sheet,
    underspend_sheet,
    checks_sheet,
)
_TABS = {COVER: DARK_BLUE, SUMMARY: DARK_BLUE, SPEND: MID_BLUE, COSTS: MID_BLUE, CHECKS: GREEN}


def write_workbook(snapshot: Snapshot, path: Path, progress: Progress | None = None) -> None:
    """Write the return to `path`, which the caller makes atomic."""
    book = workbook_of(snapshot)
    if progress is None:
        save_workbook(book, path)
        return
    rows = sum(sheet.next_row - 1 for sheet in book.sheets)
    progress(0, rows)
    save_workbook(book, path, lambda done: progress(done, rows))


def workbook_of(snapshot: Snapshot) -> Book:
    """The workbook, described and not yet written."""
    places = Places(snapshot)
    sheets = [make(places) for make in _SHEETS]
    for sheet in sheets:
        sheet.tab_colour = _TABS.get(sheet.name, "")
        sheet.print_area = sheet.used_area
    header = snapshot.header
    return Book(
        title=f"{header.award} return {header.quarter}",
        subject=f"{header.fund}, {header.round_name}: quarterly return to the {header.funder}, {header.months}",
        office=header.office,
        created=datetime.combine(header.made_on, time(), UTC),
        marking=header.marking,
        draft=header.draft,
        fingerprint=footer(header),
        sheets=sheets,
        names=places.names,
    )


def footer(header: Header) -> str:
    """The fingerprint, short enough for the foot of a page; in full on the cover."""
    return f"Fingerprint {header.history_sequence}:{header.history_seal[:16]} · form {header.form_version}"
