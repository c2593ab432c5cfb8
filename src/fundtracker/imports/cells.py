"""The cells of a workbook, streamed in one pass. Runs in the child process only.

openpyxl opens the package in its read-only mode (sheets, their states, the date system) and knows number formats and dates; the cells
themselves are read here, because openpyxl would need two passes to tell a formula without a result, keeps an element for
every row it has read, bounds neither rows nor columns, and leaves _x000D_ and its like in the text.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's reader keeps what it found in partly untyped attributes.

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

from openpyxl.packaging.relationship import get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS, STYLES_TYPE, XLSX, XLTX

from fundtracker.domain.text import clean_text
from fundtracker.imports.found import AREA, Fault, Found, FoundSheet, Wrong
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.xml_stream import Budget, stream

_LARGEST_HEAD_PART = 4 * 2**20
"""Bytes of the parts that openpyxl reads whole."""
_LONGEST_KEPT = 40_000
"""Characters of a text that are handed on: more than any column takes, so that the column refuses it by its length."""
_LONGEST_NUMBER = 40
_LONGEST_SHEET_NAME = 100
"""Characters; spreadsheet programs allow 31."""
_SPREADSHEET_ROWS, _SPREADSHEET_COLUMNS = 1_048_576, 16_384
_MOST_MERGED = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\\.')

Emit = Callable[[int, list[Found]], None]
"""Told each row that holds something: its number and its cells."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    hidden: bool
    part: str


class Package:
    """A workbook, opened: its sheets, and what their cells need to be understood."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self.budget = Budget(limits)
        reader = ExcelReader(path, read_only=True, data_only=True, keep_links=False)
        self._archive: ZipFile = reader.archive
        reader.read_manifest()
        self._check_head(reader)
        reader.read_workbook()
        self.epoch: datetime = reader.wb.epoch
        self.sheets = tuple(self._sheets(reader))
        if len(self.sheets) > limits.sheets:
            raise TooMuch(
                f"It has {len(self.sheets):,} sheets; at most {limits.sheets:,} can be read: delete those that aren't needed."
            )
        self.strings = self._texts(reader)
        self.shows = self._formats(reader)

    def _check_head(self, reader: ExcelReader) -> None:
        head = reader.package.find(XLSX) or reader.package.find(XLTX)
        if head is None:
            raise ValueError("no workbook in the package")
        name = head.PartName.lstrip("/")
        for part in (name, get_rels_path(name)):
            if self._archive.getinfo(part).file_size > _LARGEST_HEAD_PART:
                raise TooMuch(
                    "It has an endless list of sheets or names: copy its rows into a new workbook, and import that."
                )

    def _sheets(self, reader: ExcelReader) -> Iterator[SheetPart]:
        parts = set(self._archive.namelist())
        for sheet, relation in reader.parser.find_sheets():
            if str(relation.Type).endswith("/worksheet") and relation.target in parts:
                name = clean_text(str(sheet.name)[: 2 * _LONGEST_SHEET_NAME])[:_LONGEST_SHEET_NAME]
                yield SheetPart(name, sheet.state != "visible", str(relation.target))

    def _texts(self, reader: ExcelReader) -> list[str]:
        """The shared texts, each cut to what can be of use; phonetic readings left out."""
        part = reader.package.find(SHARED_STRINGS)
        if part is None:
            return []
        collected = _Text()
        texts: list[str] = []

        def end() -> None:
            self.budget.text()
            texts.append(collected.taken())

        with self._archive.open(part.PartName.lstrip("/")) as source:
            stream(
                source,
                self.budget,
                {"si": collected.begin, **collected.starts},
                {"si": end, **collected.ends},
                collected.add,
            )
        return texts

    def _formats(self, reader: ExcelReader) -> list[Fault | None]:
        """For each style of a cell, what its number stands for: DAY, TIME, PERCENT, or None for a plain number."""
        part = reader.package.find(STYLES_TYPE)
        if part is None:
            return []
        codes: dict[int, str] = dict(BUILTIN_FORMATS)
        used: list[int] = []
        inside: list[bool] = []

        def code(attributes: dict[str, str]) -> None:
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]

        def style(attributes: dict[str, str]) -> None:
            if inside:
                used.append(int(attributes.get("numFmtId", 0)))

        with self._archive.open(part.PartName.lstrip("/")) as source:
            stream(
                source,
                self.budget,
                {"numFmt": code, "xf": style, "cellXfs": lambda _: inside.append(True)},
                {"cellXfs": inside.clear},
            )
        return [_stands_for(codes.get(number, "General")) for number in used]

    def read(self, sheet: SheetPart, emit: Emit) -> FoundSheet:
        """Stream a sheet's rows to `emit`; what else is to be known of the sheet is the answer."""
        cells = _Cells(sheet.name, self, emit)
        with self._archive.open(sheet.part) as source:
            stream(source, self.budget, cells.starts, cells.ends, cells.text.add)
        return FoundSheet(
            name=sheet.name,
            hidden=sheet.hidden,
            merged=tuple(cells.merged),
            hidden_rows=tuple(cells.hidden_rows),
            hidden_columns=tuple(sorted(cells.hidden_columns)),
        )


def _stands_for(code: str) -> Fault | None:
    if is_timedelta_format(code):
        return Fault.TIME
    if is_date_format(code):
        return Fault.DAY
    return Fault.PERCENT if "%" in _LITERAL.sub("", code) else None


class _Text:
    """The text of one string: runs joined, phonetic readings (rPh) left out, and the format's own escapes undone."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open = False
        self._phonetic = False
        self.starts = {"t": self._open_run, "rPh": self._begin_phonetic}
        self.ends = {"t": self.close, "rPh": self._end_phonetic}

    def begin(self, _: dict[str, str] | None = None) -> None:
        self._pieces, self._length, self._open, self._phonetic = [], 0, False, False

    def open(self, _: dict[str, str] | None = None) -> None:
        self._open = True

    def _open_run(self, _: dict[str, str]) -> None:
        self._open = not self._phonetic

    def close(self) -> None:
        self._open = False

    def _begin_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def add(self, text: str) -> None:
        if self._open and self._length < _LONGEST_KEPT:
            self._pieces.append(text)
            self._length += len(text)

    def taken(self) -> str:
        text = "".join(self._pieces)[:_LONGEST_KEPT]
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Cells:
    """The cells of one sheet, as their elements come by."""

    def __init__(self, name: str, package: Package, emit: Emit) -> None:
        self._name, self._emit = name, emit
        self._limits, self._budget = package.limits, package.budget
        self._strings, self._shows, self._epoch = package.strings, package.shows, package.epoch
        self.text = _Text()
        self.merged: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()
        self._row, self._hidden, self._column = 0, False, 0
        self._cells: list[Found] = []
        self._type, self._style = "n", 0
        self._formula = self._stored = self._inside = False
        self._letters: dict[str, int] = {}
        self._readers: dict[str, Callable[[str], Found]] = {
            "n": self._number,
            "s": lambda text: self._strings[int(text)],
            "str": str,
            "inlineStr": str,
            "b": lambda text: bool(int(text)),
            "e": lambda text: Wrong(Fault.ERROR, _shown(text)),
            "d": lambda text: _day(from_ISO8601(text), text),
        }
        self.starts = {
            "dimension": self._dimension,
            "col": self._sheet_column,
            "row": self._begin_row,
            "c": self._begin_cell,
            "f": self._begin_formula,
            "v": self._begin_value,
            "mergeCell": self._merge,
            **self.text.starts,
        }
        self.ends = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self.text.close,
            **self.text.ends,
        }

    def _dimension(self, attributes: dict[str, str]) -> None:
        """Only what no spreadsheet can have is refused by what the sheet says of itself: formatted emptiness is common."""
        last = attributes.get("ref", "A1").rpartition(":")[2]
        letters = last.rstrip("0123456789")
        rows, columns = int(last[len(letters) :] or 1), self._number_of(letters or "A")
        if rows > _SPREADSHEET_ROWS or columns > _SPREADSHEET_COLUMNS:
            raise TooMuch(
                f"The sheet “{self._name}” says that it has {rows:,} rows and {columns:,} columns, which no spreadsheet can have: "
                "copy its rows into a new workbook, and import that."
            )

    def _number_of(self, letters: str) -> int:
        known = self._letters.get(letters)
        if known is None:
            if len(letters) > 3:  # noqa: PLR2004 - XFD is the last
                raise TooMuch(
                    f"The sheet “{self._name}” has a column {letters[:9]}, which no spreadsheet can have."
                )
            known = self._letters[letters] = column_index_from_string(letters)
        return known

    def _sheet_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = max(1, int(attributes["min"])), min(int(attributes["max"]), self._limits.columns)
            self.hidden_columns.update(range(first, last + 1))

    def _merge(self, attributes: dict[str, str]) -> None:
        area = attributes.get("ref", "")
        if len(self.merged) < _MOST_MERGED and AREA.fullmatch(area):  # no program heeds what is no area
            self.merged.append(area)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._row + 1))
        if number <= self._row:
            raise ValueError("rows out of order")
        self._row, self._column = number, 0
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._cells = []

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._row > self._limits.rows:
            raise TooMuch(
                f"The sheet “{self._name}” has entries below row {self._limits.rows:,}, the last that is read: split it into several workbooks."
            )
        if self._hidden:
            self.hidden_rows.append(self._row)
        self._emit(self._row, self._cells)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        column = self._number_of(place.rstrip("0123456789")) if place else self._column + 1
        if column <= self._column:
            raise ValueError("cells out of order")
        self._column = column
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._formula, self._stored, self._inside = False, False, True
        self.text.begin()

    def _begin_formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def _begin_value(self, _: dict[str, str]) -> None:
        if self._inside:
            self._stored = True
            self.text.open()

    def _end_cell(self) -> None:
        self._inside = False
        value = self._value(self.text.taken())
        if value is None or value == "":
            return
        self._budget.cell()
        if self._column > self._limits.columns:
            raise TooMuch(
                f"The sheet “{self._name}” has entries beyond column {get_column_letter(self._limits.columns)} (the {self._limits.columns:,}th), "
                "the last that is read: is it the right workbook? Delete the columns that aren't needed."
            )
        # Empty cells between two that hold something stand in the row too.
        self._cells.extend([None] * (self._column - 1 - len(self._cells)))
        self._cells.append(value)

    def _value(self, text: str) -> Found:
        if not text:
            # A formula that gives "" has an empty text stored; one that was never worked out has nothing.
            unknown = self._formula and not (self._stored and self._type == "str")
            return Wrong(Fault.FORMULA) if unknown else None
        return self._readers[self._type](text)

    def _number(self, text: str) -> Found:
        shown = _shown(text)
        try:
            number = _plain_number(text)
        except ValueError:
            return Wrong(Fault.NUMBER, shown)
        stands_for = self._shows[self._style] if self._style < len(self._shows) else None
        if stands_for is None:
            return number
        if stands_for is Fault.PERCENT:
            return Wrong(Fault.PERCENT, f"{number * 100:.10g}%")
        if stands_for is Fault.TIME:
            return Wrong(Fault.TIME, shown)
        try:
            return _day(from_excel(number, self._epoch), shown)
        except (ValueError, OverflowError):
            return Wrong(Fault.DAY, shown)


def _shown(text: str) -> str:
    """As a message can name it."""
    return clean_text(text[: 2 * _LONGEST_NUMBER])[:_LONGEST_NUMBER]


def _plain_number(text: str) -> int | float:
    """At 15 digits, as the spreadsheet program shows it: a worked-out 0.30000000000000004 is 0.3. ValueError for no number."""
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(text)
    if text.lstrip("-").isdecimal() and text.isascii():
        return int(text)
    number = float(f"{float(text):.15g}")
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _day(found: object, shown: str) -> Found:
    """A day; with its time where it has one; a time by itself is no day."""
    if isinstance(found, datetime):
        return found if found.time() != datetime.min.time() else found.date()
    return found if isinstance(found, date) else Wrong(Fault.TIME, shown)
