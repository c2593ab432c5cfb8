"""A finance system's listing as plain rows, whatever file it came in, and which of its rows holds the headings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from fundtracker.domain.kinds import clean_text
from fundtracker.domain.periods import short_date


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell with nothing to be trusted in it; `message` follows its place ("shows #REF!: mend the formula...")."""

    message: str


Given: TypeAlias = str | int | float | bool | date | BadCell | None
"""What stands in a cell."""


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A row that holds something: its number in the file, from 1, and its cells from the first column on."""

    number: int
    cells: tuple[Given, ...]

    def cell(self, column: int | None) -> Given:
        """None beyond the row's end, and where there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class ListingSheet:
    """A sheet of a workbook, or the whole of a text file, whose name is then empty. `hidden_rows` are numbers of rows."""

    name: str
    rows: tuple[ListingRow, ...]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()

    def place(self, row: int, column: int | None = None) -> str:
        """ "Transactions!H12", or "H12" of a text file; without a column the row alone."""
        at = f"row {row}" if column is None else f"{column_letters(column)}{row}"
        return (
            f"{self.name}!{at}"
            if self.name and column is not None
            else ", ".join(filter(None, (self.name, at)))
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing as it was found: the file's name and its sheets."""

    name: str
    sheets: tuple[ListingSheet, ...]


def column_letters(column: int) -> str:
    """ "A" for 0, "AA" for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(found: Given) -> str:
    """A cell's value in words; "" where it holds none, and where what it holds can't be trusted."""
    if found is None or isinstance(found, BadCell):
        return ""
    if isinstance(found, bool):
        return "TRUE" if found else "FALSE"
    if isinstance(found, date):
        return short_date(found)
    if isinstance(found, float):
        return str(int(found)) if found.is_integer() else repr(found)
    return clean_text(found) if isinstance(found, str) else str(found)


def folded(heading: str) -> str:
    """A heading as it is compared: letters and figures only, whatever their capitals."""
    return "".join(each for each in heading.casefold() if each.isalnum())


def headings_of(row: ListingRow, width: int = 0) -> tuple[str, ...]:
    """What each column is called: its heading, "Amount (2)" for the second of a name, "Column F" where it has none."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for column in range(max(width, len(row.cells))):
        text = " ".join(shown(row.cell(column)).split()) or f"Column {column_letters(column)}"
        seen[folded(text)] += 1
        many = seen[folded(text)]
        found.append(text if many == 1 else f"{text} ({many})")
    return tuple(found)


def width_of(rows: Sequence[ListingRow]) -> int:
    """The number of columns in which anything stands."""
    return max((len(each.cells) for each in rows), default=0)
