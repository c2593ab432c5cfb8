"""What a workbook is made of, described and not yet written: Book, Sheet, Row, Cell, and Block for many rows of one shape.

Values are plain: text, whole numbers, Decimal, Money, days, or None for an empty cell. A formula cell carries the
program's own figure as its value; the file then shows it even where nothing recalculates.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from openpyxl.chart._chart import ChartBase
from openpyxl.utils import get_column_letter

from fundtracker.domain.money import Money
from fundtracker.exports.styles import Look, Show, Style

Value: TypeAlias = str | int | Decimal | Money | date | None
"""What a cell may hold; never a float, a time or a truth value."""

_BODY_TEXT = Style(Look.BODY, Show.TEXT)
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
LONGEST_SHEET_NAME = 31
FILE_LINK = "file:"
"""Begins a link to a file that lies beside the workbook, or in a folder beside it."""
_NOT_IN_SHEET_NAMES = frozenset("[]:*?/\\")


def column_letters(column: int) -> str:
    """ "A" for 1, "AA" for 27."""
    return get_column_letter(column)


def cell_at(row: int, column: int, *, fixed: bool = False) -> str:
    """ "C5", or "$C$5" where it is fixed."""
    letters = column_letters(column)
    return f"${letters}${row}" if fixed else f"{letters}{row}"


def on_sheet(sheet_name: str, area: str) -> str:
    """ "'Onward grants'!C5:C9": an area as another sheet's formula, a defined name or a chart names it."""
    quoted = sheet_name.replace("'", "''")
    return f"'{quoted}'!{area}"


def sheet_name_of(title: str) -> str:
    """A title as a spreadsheet program takes it for a sheet's name: 31 characters, no brackets, slashes or any of :*?."""
    kept = "".join(" " if c in _NOT_IN_SHEET_NAMES else c for c in title if c.isprintable())
    name = " ".join(kept.split())[:LONGEST_SHEET_NAME].strip("' ")
    return name if name and name.lower() != "history" else f"{name} list".strip()


class Cell(NamedTuple):
    """One cell. Without a style it takes its row's look, and its show from the value.

    `formula` is what the cell works out ("SUM(C5:C9)") and `value` its result; `link` leads to a place in the same
    workbook ("#'Costs'!A12"), to a defined name ("#SpendTotal"), or, where the book lies in a pack, to a file beside it
    ("file:Evidence/C-00012 Invoice.pdf"); `note` opens beside the cell.
    """

    value: Value = None
    style: Style | None = None
    formula: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, from column A on; height in points, None to fit what it holds."""

    cells: Sequence[Cell | Value]
    look: Look = Look.BODY
    height: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a block: every value in it is written the same way.

    `pence`: the values are whole pence, as the database keeps them. `read` turns what is in a row into the value of
    the cell (asked once for each distinct value). `formula` is the cell's, with {row} for its row; the values are then its results.
    `link` gives the place a row's cell leads to, or "".
    """

    style: Style = _BODY_TEXT
    pence: bool = False
    read: Callable[[Any], Value] | None = None
    formula: str = ""
    link: Callable[[Sequence[Any]], str] | None = None
    totalled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Many rows of one shape, written fast and, if they are an iterator, never all held. No rows leave one blank row."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Subtotals:
    """The row under a block: SUBTOTAL(109) of each totalled column, so that it follows the filter."""

    block: Block
    label: str = "Total"
    look: Look = Look.TOTAL


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table with filters: `name` is unique in the book; `headings` are the texts in its first row.

    `area` is "A4:N200" with the headings, or the block right under the headings.
    """

    name: str
    headings: Sequence[str]
    area: str | Block
    banded: bool = True


@dataclass(frozen=True, slots=True)
class DropDown:
    """The words a cell may hold: given here, or in the cells `source` names ("'Lists'!$A$1:$A$9")."""

    cells: str
    words: Sequence[str] = ()
    source: str = ""
    message: str = "Choose one of the words in the list."
    prompt: str = ""


class Takes(StrEnum):
    """What a checked cell takes; the values are the file format's own words."""

    DECIMAL = "decimal"
    WHOLE = "whole"
    DATE = "date"
    TEXT_LENGTH = "textLength"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """Cells that a spreadsheet program lets only so much be typed into, both ends included; `message` says so when it is not.

    `prompt` opens beside a cell that is chosen. What is pasted isn't checked by any program.
    """

    cells: str
    takes: Takes
    least: int | date
    most: int | date
    message: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """Cells that take a look while a formula, written for the first of them, is true."""

    cells: str
    formula: str
    look: Look


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart with its top left corner on a cell ("B12"); `told` says what it shows to who can't see it."""

    chart: ChartBase
    at: str
    told: str = ""


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A sheet, filled from the top: `add`, `add_block` and `gap` say which rows they took.

    Widths are in characters, from column A on. `title_rows` repeat on each printed page; by default the frozen rows do.
    The page is A4, or A3 where the sheet is `large`, and as wide as the sheet where `fit_width`; `one_page` makes it as long too.
    A `protected` sheet takes typing only in cells of an open style, has no password, and lets rows and columns be sized.
    A `very_hidden` one isn't in a spreadsheet program's list of hidden sheets.
    """

    name: str
    widths: Sequence[float] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    title_rows: tuple[int, int] | None = None
    landscape: bool = True
    fit_width: bool = True
    one_page: bool = False
    large: bool = False
    footer: str = ""
    tab_colour: str = ""
    hidden: bool = False
    very_hidden: bool = False
    protected: bool = False
    hidden_columns: Sequence[int] = ()
    gridlines: bool = False
    print_area: str = ""
    filter: str | Block = ""
    body: list[Row | Block | Subtotals] = field(default_factory=list[Row | Block | Subtotals])
    merged: list[str] = field(default_factory=list[str])
    tables: list[Table] = field(default_factory=list[Table])
    drop_downs: list[DropDown] = field(default_factory=list[DropDown])
    validations: list[Validation] = field(default_factory=list[Validation])
    highlights: list[Highlight] = field(default_factory=list[Highlight])
    charts: list[PlacedChart] = field(default_factory=list[PlacedChart])
    breaks_after: list[int] = field(default_factory=list[int])

    @property
    def next_row(self) -> int:
        """The row that is added next; ValueError after a block whose length is not known until it is written."""
        taken = 0
        for item in self.body:
            if not isinstance(item, Block):
                taken += 1
            elif isinstance(item.rows, Sized):
                taken += max(1, len(item.rows))
            else:
                raise ValueError(f"sheet {self.name}: a streamed block has no known length")  # noqa: TRY004 - as promised
        return taken + 1

    @property
    def used_area(self) -> str:
        """ "A1:N40": from the corner to the last row and the last column with a width or a cell; no streamed block."""
        rows = (
            item.columns if isinstance(item, Block) else item.cells
            for item in self.body
            if not isinstance(item, Subtotals)
        )
        columns = max([len(self.widths), *(len(row) for row in rows)], default=0)
        return f"A1:{cell_at(max(1, self.next_row - 1), max(1, columns))}"

    def add(self, *cells: Cell | Value, look: Look = Look.BODY, height: float | None = None) -> int:
        """Add a row and say which it is."""
        row = self.next_row
        self.body.append(Row(cells, look, height))
        return row

    def gap(self, rows: int = 1, height: float | None = None) -> None:
        """Leave rows empty."""
        self.body.extend(Row((), Look.PLAIN, height) for _ in range(rows))

    def add_block(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> tuple[int, int]:
        """Add rows of one shape; the first and the last row they take."""
        first = self.next_row
        self.body.append(Block(columns, rows))
        return first, first + max(1, len(rows)) - 1

    def merge(self, row: int, first: int, last: int, *, rows: int = 1) -> None:
        """One wide cell from column `first` to `last`, `rows` deep."""
        self.merged.append(f"{cell_at(row, first)}:{cell_at(row + rows - 1, last)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook. `created` is its only time, so that the same book gives the same file; `names` are its defined names.

    `fingerprint` stands in every footer. A draft says DRAFT at the head of every printed page. Only a book that lies `in_pack`
    may lead to files beside it: any other one is sent about alone.
    """

    title: str
    office: str
    created: datetime
    sheets: Sequence[Sheet]
    subject: str = ""
    marking: str = "OFFICIAL"
    draft: bool = False
    fingerprint: str = ""
    in_pack: bool = False
    names: Mapping[str, str] = field(default_factory=dict[str, str])
