"""The empty import workbook: a sheet for each kind of record, made from the same descriptions as everything else."""

import inspect
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.columns import Column, Record, columns, key_of
from fundtracker.domain.kinds import Choice, DateKind, Kind, LongText, MoneyKind, Number, WholeNumber, YesNo
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.imports.sheet_rows import GUIDANCE
from fundtracker.imports.workbook import LISTS, READ_ME, sheet_name

_HEADINGS, _GUIDANCE, _FIRST = 1, 2, 3
"""Rows of a sheet."""
_LAST_ROW = 1_048_576
_LAST_OFFERED = 5_002
"""References below this row are not in the drop-downs of other sheets; they may still be typed."""
_A4 = 9
_LINE = 12.5  # points
_MOST_LINES = 9

_FONT = "Calibri"
_DARK, _MID, _PALE, _GREY = "1F3864", "2F5496", "F3F5F9", "6B7280"
_HEADING_FONT = Font(name=_FONT, bold=True, color="FFFFFF")
_GUIDANCE_FONT = Font(name=_FONT, size=9, italic=True, color=_GREY)
_PLAIN = Font(name=_FONT)
_LINK = Font(name=_FONT, color=_MID, underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LINE_BELOW = Border(bottom=Side(style="thin", color="C3C9D4"))

_STEPS = (
    "What this is",
    "A workbook to bring a programme into fundtracker: each sheet holds one kind of record, each row below the grey line one record.",
    "Import it with “fundtracker import FILE WORKBOOK”. Either everything is taken, or nothing and a list of what to mend, each with its sheet and cell.",
    "How to fill it in",
    "Go through the sheets from left to right: a record is entered after those it refers to. Sheets that aren't needed stay empty.",
    "Headings on dark blue must be filled in, those on lighter blue may be left empty; the grey line below them says what to enter. It may stay or be deleted.",
    "Columns may stand in any order, and those that aren't needed may be deleted. Headings and names of sheets stay as they are.",
    "References",
    "Every record is known by its reference (or its name, where it has none): each is used once.",
    "Other sheets name the record by it, and the list in the cell offers what is there already.",
    "A reference may also be one that is in the file already. Capitals don't matter, everything else does.",
    "Costs and instalments may be left without a reference: the next number is given.",
    "Dates, money and formulas",
    "Dates: 31/03/2025 or 31 March 2025. Money: pounds and pence, 1234.56. Financial years: 2024/25. Quarters: 2024/25 Q2, where Q1 is April to June.",
    "Formulas are read as the results they show. A formula that shows an error, or was never worked out, is refused; so are merged cells.",
    "Earlier returns",
    "Returns that were sent before go into Returns, and what they said, cost by cost, into Return lines. Once imported as submitted, they are frozen.",
)
_HEADS = frozenset(
    {
        "What this is",
        "How to fill it in",
        "References",
        "Dates, money and formulas",
        "Earlier returns",
    }
)


def write_template(path: Path) -> None:
    """Write the empty workbook to `path`, which the caller makes atomic."""
    workbook = Workbook()
    first = workbook.worksheets[0]
    first.title = READ_ME
    _write_read_me(first)
    lists = _Lists(workbook.create_sheet(LISTS))
    for kind in RECORDS:
        _write_sheet(workbook.create_sheet(sheet_name(kind)), kind, lists)
    workbook.move_sheet(LISTS, len(RECORDS))
    about = workbook.properties
    about.title, about.creator = "Import workbook", "fundtracker"
    workbook.save(path)


class _Lists:
    """The hidden sheet that holds the words of choices: a drop-down can't hold long ones, or words with commas, itself."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        sheet.sheet_state = "hidden"
        self._areas: dict[tuple[str, ...], str] = {}

    def area(self, words: tuple[str, ...], heading: str) -> str:
        """Where these words stand; each list once."""
        if words not in self._areas:
            column = len(self._areas) + 1
            for row, word in enumerate((heading, *words), 1):
                self._sheet.cell(row, column, word)
            letter = get_column_letter(column)
            self._areas[words] = f"'{LISTS}'!${letter}$2:${letter}${len(words) + 1}"
        return self._areas[words]


def guidance(kind: type[Record], column: Column) -> str:
    """What to enter in a column, as it stands below its heading."""
    parts = [_need(kind, column), _hint(column)]
    if column.help:
        parts.append(column.help)
    return GUIDANCE + " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _need(kind: type[Record], column: Column) -> str:
    if column.key and kind.reference_prefix:
        given = "Left empty: the next number is given"
        return "" if column.help.startswith(given) else given
    if column.required:
        return "Required"
    if column.default in {None, ""}:
        return "Optional"
    return f"Left empty: {column.kind.show(column.default)}"


def _hint(column: Column) -> str:
    if column.refers_to:
        target = by_name(column.refers_to)
        key = key_of(target)
        label = key.label.lower() if key else "reference"
        return f"The {label} of a row in {sheet_name(target)}"
    if isinstance(column.kind, Choice):
        return "Choose from the list"
    if column.key:
        return "Used once"
    hint = column.kind.hint
    return "" if type(column.kind) in {Kind, LongText} else hint[0].upper() + hint[1:]


def _write_sheet(sheet: Worksheet, kind: type[Record], lists: _Lists) -> None:
    lines = 1
    for n, column in enumerate(columns(kind), 1):
        letter, width = get_column_letter(n), _width(column)
        heading = sheet.cell(_HEADINGS, n, column.label)
        heading.font, heading.alignment = _HEADING_FONT, Alignment(wrap_text=True, vertical="center")
        needed = column.required and not kind.reference_prefix if column.key else column.required
        heading.fill = PatternFill("solid", fgColor=_DARK if needed else _MID)
        text = guidance(kind, column)
        told = sheet.cell(_GUIDANCE, n, text)
        told.font, told.alignment, told.border = _GUIDANCE_FONT, _WRAPPED, _LINE_BELOW
        told.fill = PatternFill("solid", fgColor=_PALE)
        lines = max(lines, ceil(len(text) / (1.15 * width)))  # in nine points
        _format(sheet, letter, column, width)
        _offer(sheet, letter, column, lists)
    sheet.row_dimensions[_HEADINGS].height = 32
    sheet.row_dimensions[_GUIDANCE].height = _LINE * min(lines, _MOST_LINES) + 4
    sheet.freeze_panes = f"B{_FIRST}"
    _print_setup(sheet)


def _width(column: Column) -> int:
    return max(18, min(36, column.kind.width + 4), min(30, len(column.label) + 3))


def _format(sheet: Worksheet, letter: str, column: Column, width: int) -> None:
    """The whole column, so that 1/4 typed as a reference stays 1/4 and a date looks like one."""
    each = sheet.column_dimensions[letter]
    each.width = width
    each.number_format = column.kind.number_format  # pyright: ignore[reportAttributeAccessIssue] - the stubs leave a column's style out
    each.font = _PLAIN  # pyright: ignore[reportAttributeAccessIssue] - likewise
    if isinstance(column.kind, LongText):
        each.alignment = _WRAPPED  # pyright: ignore[reportAttributeAccessIssue] - likewise


def _offer(sheet: Worksheet, letter: str, column: Column, lists: _Lists) -> None:
    """A drop-down: of words that must be chosen from, or of references that may also be others (in the file already)."""
    rule: DataValidation | None = None
    if isinstance(column.kind, Choice):
        rule = _chosen_from(lists.area(column.kind.words, column.label))
    elif isinstance(column.kind, YesNo):
        rule = _chosen_from('"Yes,No"')
    elif column.refers_to:
        target = by_name(column.refers_to)
        key = key_of(target)
        if key is not None:
            at = get_column_letter(columns(target).index(key) + 1)
            area = f"'{sheet_name(target)}'!${at}${_FIRST}:${at}${_LAST_OFFERED}"
            rule = DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=False)
    elif isinstance(column.kind, (DateKind, MoneyKind, Number, WholeNumber)):
        return  # typed in more than one way, and read with an explanation where it is wrong
    if rule is not None:
        rule.add(f"{letter}{_FIRST}:{letter}{_LAST_ROW}")  # pyright: ignore[reportUnknownMemberType] - the stubs leave its argument out
        sheet.add_data_validation(rule)


def _chosen_from(source: str) -> DataValidation:
    return DataValidation(
        type="list",
        formula1=source,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not in the list",
        error="Choose one of the words in the list.",
    )


def _print_setup(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess] - a new sheet has it
    sheet.print_title_rows = f"{_HEADINGS}:{_GUIDANCE}"


def _write_read_me(sheet: Worksheet) -> None:
    """What the workbook is and how to fill it in, then a table of its sheets."""
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABC", (24, 80, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    title = sheet.cell(1, 1, "Import workbook")
    title.font = Font(name=_FONT, size=18, bold=True, color=_DARK)
    sheet.row_dimensions[1].height = 30
    row = 2
    for text in _STEPS:
        row += 1
        cell = sheet.cell(row, 1, text)
        if text in _HEADS:
            cell.font = Font(name=_FONT, size=12, bold=True, color=_MID)
            sheet.row_dimensions[row].height = 24
            cell.alignment = Alignment(vertical="bottom")
        else:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
            cell.font, cell.alignment = _PLAIN, _WRAPPED
            sheet.row_dimensions[row].height = 15.5 * ceil(len(text) / 165)
    _write_contents(sheet, row + 2)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess] - a new sheet has it


def _write_contents(sheet: Worksheet, first: int) -> None:
    for column, text in enumerate(("Sheet", "What a row of it is", "Enter these sheets first"), 1):
        cell = sheet.cell(first, column, text)
        cell.font, cell.fill = _HEADING_FONT, PatternFill("solid", fgColor=_DARK)
        cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[first].height = 22
    for row, kind in enumerate(RECORDS, first + 1):
        name = sheet_name(kind)
        meant = (inspect.getdoc(kind) or "").partition("\n")[0]
        needed = dict.fromkeys(
            sheet_name(by_name(each.refers_to)) for each in columns(kind) if each.refers_to and each.required
        )
        texts = (name, meant, ", ".join(needed))
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column, text)
            cell.font, cell.alignment, cell.border = _PLAIN, _WRAPPED, _LINE_BELOW
        link = sheet.cell(row, 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")  # pyright: ignore[reportAttributeAccessIssue] - the stubs know only addresses
        link.font = _LINK
        sheet.row_dimensions[row].height = 15.5 * max(ceil(len(meant) / 94), ceil(len(texts[2]) / 50)) + 2
