"""The one CSV writer: UTF-8 with a byte order mark, lines end CR LF, text never taken for a formula."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from fundtracker.domain.money import Money
from fundtracker.domain.periods import short_date

CsvValue: TypeAlias = str | int | Decimal | Money | date | None
FORMULA_SIGNS = frozenset("=+-@\t\r\n")
_NEEDS_QUOTES = frozenset('",;\t\r\n')
_BATCH = 512

Progress: TypeAlias = Callable[[int], None]
"""Told the rows written so far; what it raises stops the writing."""


def field_text(value: CsvValue) -> str:
    """A value as it stands between commas: numbers bare, days dd/mm/yyyy, text that begins like a formula after an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(guarded(value))
    if isinstance(value, Money):
        return value.plain
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_date(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"a CSV field can't hold {value!r}: give text, a number, Money or a day")
    if isinstance(value, Decimal) and not value.is_finite():
        raise TypeError(f"a CSV field can't hold {value}")
    return f"{value:f}" if isinstance(value, Decimal) else f"{value:d}"


def guarded(text: str) -> str:
    """Text with an apostrophe in front where a spreadsheet program might work it out, behind blanks too; no NUL, no lone surrogates."""
    held = text.replace("\0", "").encode("utf-8", "ignore").decode()
    signs = held[:1] in FORMULA_SIGNS or held.lstrip()[:1] in FORMULA_SIGNS
    return f"'{held}" if held and signs else held


def _quoted(text: str) -> str:
    if _NEEDS_QUOTES.isdisjoint(text) and text == text.strip():
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def csv_line(values: Iterable[CsvValue]) -> str:
    """One line with its end."""
    return f"{','.join(map(field_text, values))}\r\n"


def write_csv(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[CsvValue]],
    progress: Progress | None = None,
) -> None:
    """Write headings and rows to `path`, which the caller makes atomic; `progress` hears the rows done and may raise to stop."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(csv_line(headings))
        done = 0
        for done, row in enumerate(rows, 1):
            file.write(csv_line(row))
            if progress and done % _BATCH == 0:
                progress(done)
        if progress and done % _BATCH:
            progress(done)
