"""What was found in a workbook: sheets of plain rows. Made by the child process, sent as lines of JSON, read by the program.

A cell's value is text, a number, a truth value, a day (with or without a time), nothing, or `Wrong`: what is in the cell can't
be taken as a value, and why.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from openpyxl.utils import get_column_letter

AREA = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6}", re.ASCII)
"""Merged cells, as a file names them."""


class Fault(StrEnum):
    """What can be wrong with a cell, whatever column it stands in."""

    FORMULA = "formula"  # without a stored result
    ERROR = "error"  # #REF! and the like
    NUMBER = "number"  # not a number, infinite, or endless
    DAY = "day"  # formatted as a date, and its number is none
    TIME = "time"  # a time of day or a length of time
    PERCENT = "percent"


_SAID = {
    Fault.FORMULA: "holds a formula whose result was never worked out: open the workbook in your spreadsheet program, save it, and import it again; or type the value",
    Fault.ERROR: "shows {shown}: mend the formula, or type the value",
    Fault.NUMBER: "holds {shown}, which is not a number that can be kept: type it again",
    Fault.DAY: "is formatted as a date, but its number ({shown}) is not one: type it again as 31/03/2025",
    Fault.TIME: "holds a time ({shown}): format the cell as the column needs it and type the value again",
    Fault.PERCENT: "is formatted as a percentage ({shown}): format it as a number and type 10 for 10 per cent",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that holds no value to be trusted; `shown` is what a person sees in it."""

    fault: Fault
    shown: str = ""

    @property
    def message(self) -> str:
        """As it follows the name of the column: "shows #REF!: mend the formula, or type the value"."""
        return _SAID[self.fault].format(shown=self.shown)


Found: TypeAlias = str | int | float | bool | date | Wrong | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that holds something: its number in the sheet, and its cells from column A on."""

    number: int
    cells: tuple[Found, ...]


@dataclass(slots=True)
class FoundSheet:
    """One sheet; rows without anything in them are left out. Areas are as in the file ("A4:B9")."""

    name: str
    hidden: bool = False
    rows: list[FoundRow] = field(default_factory=list[FoundRow])
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def place(self, column: int, row: int) -> str:
        """ "Costs!H12", of a column counted from nought."""
        return f"{self.name}!{get_column_letter(column + 1)}{row}"


@dataclass(frozen=True, slots=True)
class FoundWorkbook:
    """Every sheet of a workbook, in its order; `external_links` says that it names other files, which were not opened.

    `sha256` is that of the very bytes that were read.
    """

    name: str
    sheets: tuple[FoundSheet, ...]
    external_links: bool = False
    sha256: str = ""


def packed(value: Found) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Wrong):
        return ["wrong", value.fault.value, value.shown]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return value


def unpacked(held: Any) -> Found:
    """The value again. ValueError for anything `packed` doesn't make: the child process is not trusted either."""
    match held:
        case None | str() | bool() | int() | float():
            return held
        case ["wrong", str(fault), str(shown)]:
            return Wrong(Fault(fault), shown)
        case ["moment", str(moment)]:
            return datetime.fromisoformat(moment)
        case ["day", str(day)]:
            return date.fromisoformat(day)
        case _:
            raise ValueError("not a value of a cell")
