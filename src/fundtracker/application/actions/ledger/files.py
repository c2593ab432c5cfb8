"""Which way a workbook goes that is dropped on the ledger: a listing, or something else that the program knows."""

from pathlib import Path

from fundtracker.application.actions.ledger.taking import open_listing
from fundtracker.domain.columns import columns, plural
from fundtracker.domain.ledger_listing import Listing, ListingSheet, folded, shown
from fundtracker.domain.records import RECORDS

_LOOKED_AT = 10
"""Rows from a sheet's top among which the headings of a kind of record are looked for."""
_ENOUGH = 3


def listing_in(path: Path) -> Listing | None:
    """The listing in a file; None of a workbook that is a partner form or holds records. Refused where it can't be read."""
    if path.suffix.lower() != ".xlsx":
        return open_listing(path)
    from fundtracker.imports.form_peek import looks_like_form

    if looks_like_form(path):
        return None
    found = open_listing(path)
    return None if any(map(_holds_records, found.sheets)) else found


def _holds_records(sheet: ListingSheet) -> bool:
    """Whether it is called as the list of a kind, and has its headings."""
    kind = next((each for each in RECORDS if folded(plural(each)) == folded(sheet.name)), None)
    if kind is None:
        return False
    labels = {folded(each.label) for each in columns(kind)}
    enough = min(_ENOUGH, len(labels))
    return any(
        len({folded(shown(cell)).rstrip("*") for cell in row.cells} & labels) >= enough
        for row in sheet.rows[:_LOOKED_AT]
    )
