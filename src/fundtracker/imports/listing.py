"""A finance system's listing from a workbook or a text file: plain rows, bounded and never trusted.

A workbook is read like any other from outside (`reader`). A text file is UTF-8, with or without its mark, or UTF-16 with it, else
Windows-1252; its fields are parted by commas, semicolons or tabs, whichever makes columns of it.
"""

import csv
import io
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from fundtracker.domain.ledger_listing import BadCell, Given, Listing, ListingRow, ListingSheet
from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from fundtracker.imports.found import Found, FoundSheet, Wrong
from fundtracker.imports.limits import Limits
from fundtracker.imports.reader import read_workbook

ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")
_LIMITS = Limits()
_SEPARATORS = (",", ";", "\t")
_SAMPLE = 64 * 1024
_SAMPLED_ROWS = 60
_LONGEST_FIELD = 40_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_listing_file(path: Path) -> Listing:
    """The rows of every sheet. Refused, in plain words, where the file can't or may not be read."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return Listing(path.name, tuple(map(_plain, read_workbook(path).sheets)))
    if ending not in ENDINGS:
        raise Refused(
            f"“{path.name or path}” is neither an Excel workbook (.xlsx) nor a text file (.csv): save the listing as one of them."
        )
    return Listing(path.name, (ListingSheet("", tuple(_text_rows(path))),))


def _plain(sheet: FoundSheet) -> ListingSheet:
    rows = tuple(ListingRow(each.number, tuple(map(_given, each.cells))) for each in sheet.rows)
    return ListingSheet(sheet.name, rows, sheet.hidden, sheet.hidden_rows)


def _given(found: Found) -> Given:
    if isinstance(found, Wrong):
        return BadCell(found.message)
    return found.date() if isinstance(found, datetime) else found


def _text_rows(path: Path) -> Iterator[ListingRow]:
    text = _decoded(path)
    left = _LIMITS.cells
    held = csv.field_size_limit(_LONGEST_FIELD)
    try:
        parted = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
        for number, fields in enumerate(parted, 1):
            if number > _LIMITS.rows:
                raise Refused(
                    f"“{path.name}” has more than {_LIMITS.rows:,} rows: split it by date into several listings."
                )
            if len(fields) > _LIMITS.columns:
                raise Refused(
                    f"Row {number} of “{path.name}” has {len(fields):,} fields; at most {_LIMITS.columns:,} are read: is it the right file?"
                )
            left -= len(fields)
            if left < 0:
                raise Refused(
                    f"“{path.name}” has more than {_LIMITS.cells:,} fields, empty ones too: split it by date into several listings."
                )
            cells = tuple(map(_field, fields))
            if any(each is not None for each in cells):
                yield ListingRow(number, cells)
    except csv.Error:
        raise Refused(
            f"“{path.name}” has a quotation mark that is never closed, or in the wrong place: export the listing again, as .xlsx if you can."
        ) from None
    finally:
        csv.field_size_limit(held)


def _decoded(path: Path) -> str:
    content = _content(path)
    encoding = next((each for mark, each in _MARKS if content.startswith(mark)), "")
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = content.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(
        f"“{path.name}” is not a text file that can be read: export the listing as .csv (UTF-8) or .xlsx."
    )


def _content(path: Path) -> bytes:
    """All of the file, where it is one and not too large."""
    name = path.name or str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Refused(f"“{name}” is not a file: choose the finance system's listing.")
        with path.open("rb") as source:
            content = source.read(guard.LARGEST_FILE + 1)
    except FileNotFoundError:
        raise Refused(f"There is no file {path}: check its name and folder.") from None
    except (OSError, ValueError):
        raise guard.unreadable(name) from None
    if len(content) > guard.LARGEST_FILE:
        raise guard.too_large(name)
    if not content.strip():
        raise Refused(f"“{name}” is empty: export the listing again.")
    return content


def _separator(text: str) -> str:
    """The one that parts most of the first rows into the same number of fields, two at least."""

    def fit(separator: str) -> int:
        sample = io.StringIO(text[:_SAMPLE], newline="")
        widths: Counter[int] = Counter()
        try:
            for n, fields in enumerate(csv.reader(sample, delimiter=separator)):
                if n == _SAMPLED_ROWS:
                    break
                widths[len(fields)] += len(fields) > 1
        except csv.Error:
            return 0
        return max((many * width for width, many in widths.items()), default=0)

    return max(_SEPARATORS, key=fit)


def _field(text: str) -> Given:
    """A field's text; ="00123" is how an export keeps a spreadsheet program from taking a number for one."""
    stripped = text.strip()
    if stripped.startswith('="') and stripped.endswith('"'):
        stripped = stripped[2:-1].strip()
    return stripped or None
