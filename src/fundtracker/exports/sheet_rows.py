"""The rows of one sheet as pieces of its file, in order; the writer of the workbook puts them between head and tail.

A block's rows are filled into one template, made once from its columns: that is what makes long lists quick.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import call
from typing import Any, cast
from urllib.parse import quote

from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheet_xml import (
    LARGEST_EXACT,
    Fragment,
    Remembered,
    formula_of,
    is_simple,
    pence_text,
    put,
    put_formula,
    stored,
)
from fundtracker.exports.sheets import (
    FILE_LINK,
    LAST_COLUMN,
    LAST_ROW,
    Block,
    Cell,
    Column,
    Row,
    Sheet,
    Subtotals,
    Value,
    cell_at,
    column_letters,
)
from fundtracker.exports.styles import Look, Show, Style, StyleBook

_call = cast("Callable[[Callable[[Any], Fragment], Any], Fragment]", call)
"""The stubs give operator.call parameters that map can't fill."""
BATCH = 512
"""Rows put together at a time, and between two questions whether to go on."""
_STANDARD_WIDTH = 8.43
_SUM_OF_SHOWN = 109
_NEVER_IN_NAMES = frozenset('\\:*?"<>|')
"""No file's name has them on Windows; a drive, a server or an address would."""
_ROW_MARK = "\0"
"""Stands for the row number in a template; no text that gets into a sheet can hold it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a block came to stand (both rows included), and the sums of its totalled columns."""

    first: int
    last: int
    width: int
    sums: tuple[Value, ...]


class SheetRows:
    """Writes the body of a sheet once, and gathers what the rest of the file must know of it."""

    def __init__(self, sheet: Sheet, styles: StyleBook) -> None:
        self._sheet = sheet
        self._styles = styles
        self._row = 0
        self._placed: dict[int, Placed] = {}
        self.links: list[tuple[str, str]] = []
        self.file_links: list[tuple[str, str]] = []
        self.notes: list[tuple[str, str]] = []

    def pieces(self) -> Iterator[tuple[int, str]]:
        """Pieces of the file, each with the number of rows it holds."""
        batch: list[str] = []
        for item in self._sheet.body:
            if isinstance(item, Block):
                if batch:
                    yield len(batch), "".join(batch)
                    batch = []
                yield from self._block(item)
                continue
            row = item if isinstance(item, Row) else self._subtotals(item)
            batch.append(self._one(row))
            if len(batch) == BATCH:
                yield len(batch), "".join(batch)
                batch = []
        if batch:
            yield len(batch), "".join(batch)

    def place_of(self, block: Block) -> Placed:
        return self._placed[id(block)]

    def _advance(self, rows: int) -> int:
        """The first of the next rows; Refused past the last row a sheet has."""
        first = self._row + 1
        self._row += rows
        if self._row > LAST_ROW:
            raise Refused(
                f"The sheet “{self._sheet.name}” would have more than {LAST_ROW:,} rows, the most an Excel sheet "
                "holds. Narrow the list, or export it as CSV."
            )
        return first

    # One row at a time

    def _one(self, row: Row) -> str:
        n = self._advance(1)
        if len(row.cells) > LAST_COLUMN:
            raise ValueError(f"row {n} of {self._sheet.name} has more than {LAST_COLUMN:,} cells")
        high = f' ht="{row.height:g}" customHeight="1"' if row.height else self._fitted(row)
        cells = [
            self._cell(cell if isinstance(cell, Cell) else Cell(cell), row.look, f"{column_letters(c)}{n}")
            for c, cell in enumerate(row.cells, 1)
            if cell is not None or row.look is not Look.PLAIN
        ]
        return f'<row r="{n}"{high}>{"".join(cells)}</row>'

    def _fitted(self, row: Row) -> str:
        """The height that wrapped text needs: spreadsheet programs don't all work it out when they open a file."""
        wrapped = (
            (c, cell.value)
            for c, cell in enumerate(row.cells)
            if isinstance(cell, Cell) and cell.style and cell.style.show in _WRAPPED
        )
        return height_for((text, self._width(c)) for c, text in wrapped if isinstance(text, str))

    def _width(self, column: int) -> float:
        """The width of a column, counted from nought."""
        widths = self._sheet.widths
        return widths[column] if column < len(widths) else _STANDARD_WIDTH

    def _cell(self, cell: Cell, look: Look, address: str) -> str:
        value, style, formula, link, note = cell
        if style is None:
            look = Look.LINK if link and look is Look.BODY else look
            style = Style(look, show_of(value, formula=bool(formula)))
        if link:
            self._link(address, link)
        if note:
            self.notes.append((address, note))
        plain = self._styles.number(style)
        if formula:
            return f'<c r="{address}"{put_formula(formula, value, plain)}'
        quoted = self._styles.number(style, quoted=True) if isinstance(value, str) else plain
        return f'<c r="{address}"{put(value, plain, quoted)}'

    def _link(self, address: str, link: str) -> None:
        if link.startswith(FILE_LINK):
            self.file_links.append((address, _target_of(link.removeprefix(FILE_LINK))))
            return
        if not link.startswith("#"):
            raise ValueError(
                f"a link leads to a place in the workbook (#…) or a file beside it, and not to {link}"
            )
        self.links.append((address, link[1:]))

    def _subtotals(self, item: Subtotals) -> Row:
        place = self.place_of(item.block)
        cells: list[Cell | Value] = []
        for c, (column, whole) in enumerate(zip(item.block.columns, place.sums, strict=True), 1):
            style = Style(item.look, column.style.show)
            if column.totalled:
                area = f"{cell_at(place.first, c)}:{cell_at(place.last, c)}"
                cells.append(Cell(whole, style, formula=f"SUBTOTAL({_SUM_OF_SHOWN},{area})"))
            else:
                cells.append(Cell(item.label if c == 1 else None, style))
        return Row(cells, item.look, height=18)

    # Rows of one shape

    def _block(self, block: Block) -> Iterator[tuple[int, str]]:
        template, fillers = self._template(block.columns)
        width = len(block.columns)
        sums = [_Sum(column, c) for c, column in enumerate(block.columns) if column.totalled]
        wrapped = [(c, self._width(c)) for c, each in enumerate(block.columns) if each.style.show in _WRAPPED]
        start, rows = self._row + 1, iter(block.rows)
        links = [(c, each.link) for c, each in enumerate(block.columns, 1) if each.link]
        while batch := list(islice(rows, BATCH)):
            n = self._advance(len(batch))
            pieces: list[str] = []
            for number, row in enumerate(batch, n):
                if len(row) != width:
                    raise ValueError(
                        f"row {number} of {self._sheet.name} has {len(row)} values for {width} columns"
                    )
                high = height_for([(row[c], width) for c, width in wrapped]) if wrapped else ""
                filled = template.replace(_ROW_MARK, str(number))
                pieces.append(filled % (high, *map(_call, fillers, row)))
            for each in sums:
                each.take(batch)
            for c, target in links:
                self._link_rows(batch, n, c, target)
            yield len(batch), "".join(pieces)
        if self._row < start:
            n = self._advance(1)
            yield 1, self._blank(block.columns, n)
        by_column = {each.column: each.whole for each in sums}
        self._placed[id(block)] = Placed(
            start, self._row, width, tuple(by_column.get(c) for c in range(width))
        )

    def _link_rows(
        self, batch: Iterable[Sequence[Any]], first: int, column: int, target: Callable[[Sequence[Any]], str]
    ) -> None:
        for number, row in enumerate(batch, first):
            if place := target(row):
                self._link(cell_at(number, column), place)

    def _blank(self, columns: Sequence[Column], n: int) -> str:
        cells = [
            f'<c r="{cell_at(n, c)}" s="{self._styles.number(each.style)}"/>'
            for c, each in enumerate(columns, 1)
        ]
        return f'<row r="{n}">{"".join(cells)}</row>'

    def _template(self, columns: Sequence[Column]) -> tuple[str, list[Callable[[Any], Fragment]]]:
        parts = [f'<row r="{_ROW_MARK}"%s>']
        fillers: list[Callable[[Any], Fragment]] = []
        for c, column in enumerate(columns, 1):
            parts.append(f'<c r="{column_letters(c)}{_ROW_MARK}"')
            plain = self._styles.number(column.style)
            if column.formula:
                kind = ' t="str"' if column.style.show in _TEXTS else ""
                formula = formula_of(column.formula).replace("{row}", _ROW_MARK).replace("%", "%%")
                parts.append(f' s="{plain}"{kind}><f>{formula}</f>')
                fillers.append(_result_filler(column))
            else:
                fillers.append(_filler(column, plain, self._styles.number(column.style, quoted=True)))
            parts.append("%s")
        parts.append("</row>")
        return "".join(parts), fillers


def _target_of(path: str) -> str:
    """A file beside the workbook as a link of the file format names it; ValueError for one that lies anywhere else."""
    parts = path.split("/")
    if not all(parts) or not {".", ".."}.isdisjoint(parts) or not _NEVER_IN_NAMES.isdisjoint(path):
        raise ValueError(f"a link leads to a file beside the workbook or below it, and not to {path}")
    return quote(path, safe="/")


def height_for(wrapped: Iterable[tuple[Any, float]]) -> str:
    """The attribute of a row that holds texts of several lines, each with the width of its column.

    It isn't marked as set by hand, so that a program fits the row again when somebody edits it.
    """
    lines = max((lines_of(text, width) for text, width in wrapped if isinstance(text, str)), default=1)
    return f' ht="{height_of_lines(lines):g}"' if lines > 1 else ""


_TEXTS = frozenset({Show.TEXT, Show.WRAPPED, Show.KEPT_TEXT, Show.CENTRED, Show.GENERAL})
_WRAPPED = frozenset({Show.WRAPPED, Show.KEPT_TEXT})


def show_of(value: Value, *, formula: bool = False) -> Show:
    """How a value is shown where nothing else is said."""
    if isinstance(value, str) or value is None:
        return Show.GENERAL if formula else Show.TEXT
    if isinstance(value, Money):
        return Show.MONEY
    if isinstance(value, Decimal):
        return Show.COUNT if value == value.to_integral_value() else Show.NUMBER
    return Show.DATE if isinstance(value, date) else Show.COUNT


def _filler(column: Column, plain: int, quoted: int) -> Callable[[Any], Fragment]:
    """What writes the values of one column. Called for every cell of a list: fewer calls inside count more than looks."""
    empty, start = f' s="{plain}"/>', f' s="{plain}"><v>'
    text_start = f' s="{plain}" t="inlineStr"><is><t>'
    read = column.read

    def of_pence(pence: int | None) -> Fragment:
        if pence is None:
            return empty
        if -LARGEST_EXACT < pence < LARGEST_EXACT:
            return f"{start}{pence / 100:.2f}</v></c>"
        return f"{start}{pence_text(pence)}</v></c>"

    def of_any(value: Any) -> Fragment:
        if type(value) is str and is_simple(value):
            return f"{text_start}{value}</t></is></c>"
        return put(value, plain, quoted)

    if column.pence:
        return of_pence
    if read is not None:
        return Remembered(lambda found: empty if found is None else of_any(read(found))).__getitem__
    if column.style.show is Show.COUNT:
        return lambda value: f"{start}{value}</v></c>" if type(value) is int else put(value, plain, quoted)
    if column.style.show in {Show.MONEY, Show.MONEY_DASH, Show.NUMBER}:
        return lambda value: put(value, plain, quoted)
    return Remembered(of_any).__getitem__


def _result_filler(column: Column) -> Callable[[Any], Fragment]:
    read = column.read
    if column.pence:
        return lambda pence: "</c>" if pence is None else f"<v>{pence_text(pence)}</v></c>"
    if read is not None:
        return lambda found: "</c>" if found is None else stored(read(found))
    return stored


class _Sum:
    """The running sum of a totalled column, of the type of its values."""

    def __init__(self, column: Column, at: int) -> None:
        self.column = at
        self._read = column.read
        self._pence = column.pence
        self._total: int | Decimal = 0

    def take(self, batch: Iterable[Sequence[Any]]) -> None:
        at, read = self.column, self._read
        found: list[Any] = [value for row in batch if (value := row[at]) is not None]
        if read is not None:
            found = [value for each in found if (value := read(each)) is not None]
        if found and isinstance(found[0], Money):
            self._pence = True
            self._total += sum(each.pence for each in found)
        else:
            self._total += sum(found)

    @property
    def whole(self) -> Value:
        return Money(int(self._total)) if self._pence else self._total
