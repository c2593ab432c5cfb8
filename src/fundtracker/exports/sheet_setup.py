"""A sheet's own settings, put on openpyxl's worksheet: widths, panes, print set-up, drop-downs, highlights, charts."""

# pyright: reportOptionalMemberAccess=false, reportUnknownMemberType=false
# openpyxl's stubs leave optional what a new worksheet always has, and some of its methods' arguments unknown.

from textwrap import shorten
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.formatting.rule import Rule
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table as PackedTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.exports.sheet_rows import SheetRows
from fundtracker.exports.sheet_xml import clean, number_text
from fundtracker.exports.sheets import (
    Block,
    Book,
    DropDown,
    PlacedChart,
    Sheet,
    Table,
    Validation,
    cell_at,
    column_letters,
)
from fundtracker.exports.styles import FONT, RED, highlight_of

CLEAR = 0.3
"""Centimetres between a chart and the cells at its left."""
_EMU = 360_000
"""The file's unit of length: so many to a centimetre."""
_A3, _A4 = 8, 9
_SMALL, _LEAST = 8, 6
"""Points: small print, and how small a long name of an office gets before it is cut."""
_LINE = 70
"""Characters of small print that stand at one side of an upright page's header."""
_LONGEST_WORD_LIST = 255
_LONGEST_MESSAGE, _LONGEST_PROMPT = 225, 255


def before_rows(target: Worksheet, sheet: Sheet, book: Book) -> None:
    """All that doesn't depend on how many rows there are."""
    target.sheet_state = "veryHidden" if sheet.very_hidden else "hidden" if sheet.hidden else "visible"
    if sheet.protected:
        _protect(target)
    if sheet.tab_colour:
        target.sheet_properties.tabColor = sheet.tab_colour
    target.sheet_view.showGridLines = sheet.gridlines
    if sheet.frozen_rows or sheet.frozen_columns:
        target.freeze_panes = cell_at(sheet.frozen_rows + 1, sheet.frozen_columns + 1)
    for column, width in enumerate(sheet.widths, 1):
        target.column_dimensions[column_letters(column)].width = width
    for column in sheet.hidden_columns:
        target.column_dimensions[column_letters(column)].hidden = True
    for drop_down in sheet.drop_downs:
        target.add_data_validation(_validation(drop_down))
    for checked in sheet.validations:
        target.add_data_validation(_checked(checked))
    for each in sheet.highlights:
        rule = Rule(type="expression", dxf=highlight_of(each.look), formula=[each.formula.removeprefix("=")])
        target.conditional_formatting.add(each.cells, rule)
    for placed in sheet.charts:
        chart: Any = placed.chart  # the stubs know no anchor but a cell's name
        chart.anchor = _clear_of(placed)
        target.add_chart(chart)
    _print_setup(target, sheet)
    _header_and_footer(target, sheet, book)


def after_rows(target: Worksheet, sheet: Sheet, rows: SheetRows) -> None:
    """What names the rows just written."""
    if sheet.filter:
        target.auto_filter.ref = _area_of(rows, sheet.filter)
    for table in sheet.tables:
        target.add_table(_packed(table, rows))


def _area_of(rows: SheetRows, area: str | Block) -> str:
    """The area as given, or a block with the row of headings above it."""
    if isinstance(area, str):
        return area
    place = rows.place_of(area)
    return f"{cell_at(place.first - 1, 1)}:{cell_at(place.last, place.width)}"


def _packed(table: Table, rows: SheetRows) -> PackedTable:
    area = _area_of(rows, table.area)
    headings = [clean(heading) for heading in table.headings]
    if len({heading.lower() for heading in headings}) < len(headings) or "" in headings:
        raise ValueError(f"table {table.name}: every heading must be there, and no two may be the same")
    columns = [TableColumn(id=n, name=heading) for n, heading in enumerate(headings, 1)]
    packed = PackedTable(displayName=table.name, ref=area, tableColumns=columns)
    packed.autoFilter = AutoFilter(ref=area)
    packed.tableStyleInfo = TableStyleInfo(
        name="TableStyleLight1" if table.banded else "TableStyleLight15", showRowStripes=table.banded
    )
    return packed


def _validation(drop_down: DropDown) -> DataValidation:
    words = ",".join(drop_down.words)
    if drop_down.words and (len(words) > _LONGEST_WORD_LIST or any("," in word for word in drop_down.words)):
        raise ValueError(
            "the words of a drop-down are too long, or hold a comma: put them in cells and name those as its source"
        )
    quoted = words.replace('"', '""')
    validation = DataValidation(
        type="list",
        formula1=drop_down.source.removeprefix("=") or f'"{quoted}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not in the list",
        error=drop_down.message[:_LONGEST_MESSAGE],
    )
    _prompt(validation, drop_down.prompt)
    validation.add(drop_down.cells)
    return validation


def _checked(wanted: Validation) -> DataValidation:
    validation = DataValidation(
        type=wanted.takes.value,
        operator="between",
        formula1=number_text(wanted.least),
        formula2=number_text(wanted.most),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not possible here",
        error=wanted.message[:_LONGEST_MESSAGE],
    )
    _prompt(validation, wanted.prompt)
    validation.add(wanted.cells)
    return validation


def _prompt(validation: DataValidation, text: str) -> None:
    if text:
        validation.showInputMessage, validation.prompt = True, shorten(text, _LONGEST_PROMPT, placeholder="…")


def _protect(target: Worksheet) -> None:
    """Locked cells can be looked at and copied; rows and columns sized, filtered and sorted."""
    protection = target.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)


def _clear_of(placed: PlacedChart) -> OneCellAnchor:
    """On its cell, a little clear of the cells at its left."""
    row, column = coordinate_to_tuple(placed.at)
    chart = placed.chart
    corner = AnchorMarker(col=column - 1, row=row - 1, colOff=int(CLEAR * _EMU))
    size = XDRPositiveSize2D(int(chart.width * _EMU), int(chart.height * _EMU))
    return OneCellAnchor(_from=corner, ext=size)


def _print_setup(target: Worksheet, sheet: Sheet) -> None:
    target.page_setup.paperSize = _A3 if sheet.large else _A4
    target.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    if sheet.fit_width:
        target.sheet_properties.pageSetUpPr.fitToPage = True
        target.page_setup.fitToWidth = 1
        target.page_setup.fitToHeight = int(sheet.one_page)
    margins = target.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.85, 0.75
    margins.header = margins.footer = 0.35
    target.print_options.horizontalCentered = True
    title_rows = sheet.title_rows or ((1, sheet.frozen_rows) if sheet.frozen_rows else None)
    if title_rows:
        target.print_title_rows = f"{title_rows[0]}:{title_rows[1]}"
    if sheet.print_area:
        target.print_area = sheet.print_area
    for row in sheet.breaks_after:
        target.row_breaks.append(Break(id=row))


def _header_and_footer(target: Worksheet, sheet: Sheet, book: Book) -> None:
    """All parts of a header, and of a footer, share 255 characters: no more than 93, 30 and 50 of text, and their fonts."""
    head, foot = target.oddHeader, target.oddFooter
    head.left.text = _printed(book.office, _LINE * _SMALL // _LEAST)
    head.center.text = "DRAFT" if book.draft else _printed(book.marking, 30)
    if book.draft:
        head.center.font, head.center.size, head.center.color = f"{FONT},Bold", 16, RED
    head.right.text = _printed(book.title, 50)
    foot.left.text = _printed(sheet.footer or book.fingerprint, 80)
    foot.center.text = _printed(book.marking, 40)
    foot.right.text = "&A · page &P of &N"
    for part in (head.left, head.right, foot.left, foot.center, foot.right):
        part.size = _SMALL
    head.left.size = max(_LEAST, min(_SMALL, _SMALL * _LINE // max(1, len(head.left.text or ""))))


def _printed(text: str, longest: int) -> str:
    """Text for a header or footer, where & begins a command; where it must be cut, between words."""
    return shorten(clean(text), longest, placeholder="…").replace("&", "&&")
