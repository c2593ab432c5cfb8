"""What every sheet of the return is put together from: its head, its headings with definitions, its cells, its registers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fundtracker.domain.money import Money
from fundtracker.domain.snapshot import Header
from fundtracker.exports.list_sheets import add_draft_banner
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheets import Cell, Sheet, Value, cell_at, on_sheet
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.definitions import note
from fundtracker.returns.workbook_places import COVER

CONTENTS = "#" + on_sheet(COVER, "A1")


def place(sheet: str, area: str) -> str:
    """A link to a place in the workbook."""
    return "#" + on_sheet(sheet, area)


def money(
    value: Value, formula: str = "", *, look: Look = Look.BODY, show: Show = Show.MONEY_DASH, link: str = ""
) -> Cell:
    """A sum; its formula's own result."""
    return Cell(value, Style(look, show), formula=formula, link=link)


def words(text: Value, *, look: Look = Look.BODY, show: Show = Show.WRAPPED, link: str = "") -> Cell:
    """Text that takes as many lines as it needs."""
    return Cell(text, Style(look, show), link=link)


def filled(cells: Sequence[Cell | Value], columns: int) -> list[Cell | Value]:
    """A row as wide as its sheet, so that its fill and lines run through."""
    return [*cells, *([None] * (columns - len(cells)))]


def height_of(
    *texts: tuple[str, float], size: float = 10.0, bold: bool = False, least: float = 15.4
) -> float:
    """Points that the tallest of the texts needs, each given with the width it has: merged cells aren't fitted by a program."""
    lines = max((lines_of(text, width, size, bold=bold) for text, width in texts), default=1)
    return max(least, height_of_lines(lines, size))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a register: its heading and note, and what it shows of a row.

    `formula` is the cell's, from the row's number and the record; `look` a look of its own for a value.
    """

    label: str
    value: Callable[[Any], Value]
    width: float = 14
    show: Show = Show.TEXT
    defined: str = ""
    formula: Callable[[int, Any], str] | None = None
    look: Callable[[Any], Look] | None = None
    link: Callable[[Any], str] | None = None
    totalled: Callable[[Any], Money] | None = None
    optional: bool = False  # left out where no row has anything in it

    def cell(self, item: Any, row: int) -> Cell:
        value = self.value(item)
        link = self.link(item) if self.link else ""
        plain = Look.LINK if link else Look.BODY
        return Cell(
            value,
            Style(self.look(item) if self.look else plain, _show_of(value, self.show)),
            formula=self.formula(row, item) if self.formula else "",
            link=link,
        )


def _show_of(value: Value, show: Show) -> Show:
    """As the column is shown, unless this value can't be: words among sums; a whole number needs no decimal point."""
    if isinstance(value, str) and show is Show.MONEY:
        return Show.WRAPPED
    if isinstance(value, Decimal) and show is Show.NUMBER and value == value.to_integral_value():
        return Show.COUNT
    return show


def begin(name: str, title: str, told: str, header: Header, widths: Sequence[float]) -> Sheet:
    """A sheet with its head: the banner of a draft, title, whose return it is, and what the sheet tells."""
    sheet = Sheet(name=name, widths=widths)
    if header.draft:
        add_draft_banner(sheet, len(widths))
    sheet.add(title, look=Look.TITLE, height=26)
    whose = f"{header.award} {header.title} · {header.quarter}, {header.months}"
    _head_line(
        sheet, (), f"{whose} · {header.demonstration}" if header.demonstration else whose, Look.SUBTITLE, 11
    )
    contents = Cell("Contents", Style(Look.LINK, Show.TEXT), link=CONTENTS)
    _head_line(sheet, (contents,), told, Look.NOTE, 9)
    return sheet


def _head_line(sheet: Sheet, before: Sequence[Cell], text: str, look: Look, size: float) -> None:
    """A text across the sheet; on more than one line where the sheet is narrow, or its print area would cut it."""
    lines = lines_of(text, sum(sheet.widths[len(before) :]), size)
    if lines == 1:
        sheet.add(*before, text, look=look, height=17)
        return
    row = sheet.add(
        *before, Cell(text, Style(look, Show.WRAPPED)), look=look, height=height_of_lines(lines, size)
    )
    sheet.merge(row, len(before) + 1, len(sheet.widths))


def heading(label: str, show: Show = Show.TEXT, defined: str = "", *, look: Look = Look.HEADING) -> Cell:
    """A column's heading, set as its values are, with the definition of its figure as a note."""
    return Cell(label, Style(look, show), note=note(defined))


def heading_height(labels: Iterable[tuple[str, float]], spare: float = 1.0) -> float:
    """Points for headings of given widths, `spare` of them left for indents and filter buttons."""
    lines = max(lines_of(label, width - spare, bold=True) for label, width in labels)
    return max(20.0, height_of_lines(lines) + 5)


def add_headings(sheet: Sheet, fields: Sequence[Field], *, freeze: bool = True) -> int:
    """The headings of a register; frozen, and repeated on every printed page, where it is the sheet's only one."""
    row = sheet.add(
        *(heading(each.label, each.show, each.defined) for each in fields),
        look=Look.HEADING,
        height=heading_height((each.label, each.width) for each in fields),
    )
    if freeze:
        sheet.frozen_rows = row
        sheet.title_rows = (row, row)
    return row


def add_register(
    sheet: Sheet, fields: Sequence[Field], items: Sequence[Any], nothing: str, *, freeze: bool = True
) -> tuple[int, int]:
    """A register under its headings, or one line of words where it is empty; its first and last row."""
    if not items:
        row = say(sheet, nothing)
        return row, row
    add_headings(sheet, fields, freeze=freeze)
    first = sheet.next_row
    for row, item in enumerate(items, first):
        cells = [field.cell(item, row) for field in fields]
        texts = [
            (cell.value, field.width)
            for cell, field in zip(cells, fields, strict=True)
            if cell.style and cell.style.show is Show.WRAPPED and isinstance(cell.value, str)
        ]
        sheet.add(*cells, height=height_of(*texts))
    return first, sheet.next_row - 1


def present(fields: Sequence[Field], items: Sequence[Any]) -> tuple[Field, ...]:
    """The fields, without the optional ones that say nothing, or put a dash, for all of the items."""
    return tuple(
        field
        for field in fields
        if not (field.optional and items and all(field.value(item) in {None, "", "–"} for item in items))
    )


def add_totals(sheet: Sheet, fields: Sequence[Field], items: Sequence[Any], first: int, last: int) -> int:
    """The row that adds a register's sums."""
    cells: list[Cell] = []
    for at, field in enumerate(fields, 1):
        if field.totalled is None:
            cells.append(Cell("Total" if at == 1 else None, Style(Look.TOTAL, Show.TEXT)))
            continue
        whole = Money(sum(field.totalled(item).pence for item in items))
        cells.append(money(whole, sum_of(at, first, last), look=Look.TOTAL))
    return sheet.add(*cells, look=Look.TOTAL, height=19)


def sum_of(column: int, first: int, last: int) -> str:
    """The sum of a column, to the penny: adding binary fractions may leave a hair."""
    return f"ROUND(SUM({cell_at(first, column)}:{cell_at(last, column)}),2)"


def say(sheet: Sheet, text: str) -> int:
    """What stands where a part of the return is empty."""
    return sheet.add(text, look=Look.PLAIN, height=18)


def section(sheet: Sheet, title: str, columns: int, told: str = "") -> int:
    """The heading of a part of a sheet, ruled over its width, with a sentence beside it in small."""
    row = sheet.add(*filled([title], columns), look=Look.SECTION, height=21)
    if told:
        sheet.add(told, look=Look.NOTE, height=15)
    return row


def money_width(sums: Iterable[Money], least: float = 10.5) -> float:
    """As wide as the longest of the sums, in bold."""
    pence = [each.pence for each in sums] or [0]
    longest = max(len(Money(each).shown) for each in (max(pence), min(pence)))
    return max(least, longest * 1.08 + 2.2)


def paragraph(sheet: Sheet, text: str, columns: int, width: float, *, look: Look = Look.PLAIN) -> int:
    """A text over several columns, as tall as it needs to be."""
    row = sheet.add(Cell(text, Style(look, Show.WRAPPED)), look=Look.PLAIN, height=height_of((text, width)))
    sheet.merge(row, 1, columns)
    return row
