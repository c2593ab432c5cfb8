"""What is to be marked, and where: plain values that the child process is handed, and the places they name."""

import re
from dataclasses import dataclass
from typing import Final

from fundtracker.domain.problems import Severity

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_CELLS_OF_A_PLACE: Final = 500
"""Cells of one area that are coloured; the rest of a larger one is only named."""
_LETTERS = 26
_PLACE = re.compile(r"\$?([A-Z]{1,3})?\$?([1-9][0-9]{0,6})?(?::\$?([A-Z]{1,3})?\$?([1-9][0-9]{0,6})?)?")


@dataclass(frozen=True, slots=True)
class Told:
    """One problem, as it is told to the partner."""

    severity: Severity
    message: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    title: str
    office: str
    problems: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: a sheet and an area of it ("H12", "12:12", "H12:J12"); a whole sheet has no area."""

    sheet: str
    area: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    """Row and column of each cell to mark, from 1."""
    row: int = 0
    """A whole row: its first cell that can be seen is marked."""


def place_of(text: str) -> Place:
    """ "Costs!H12", "'Onward grants'!A1:B2", "Costs!12" (a row), "Costs" (a sheet)."""
    sheet, mark, area = text.rpartition("!")
    if not mark:
        return Place(_plain(text))
    sheet = _plain(sheet)
    found = _PLACE.fullmatch(area.strip().upper())
    if found is None or not area.strip():
        return Place(sheet)
    first_column, first_row, last_column, last_row = found.groups()
    left, top = column_of(first_column or ""), int(first_row or 0)
    right, bottom = column_of(last_column or "") or left, int(last_row or 0) or top
    if max(top, bottom) > LAST_ROW or max(left, right) > LAST_COLUMN or not (left or top):
        return Place(sheet)
    left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
    if not left:
        return Place(sheet, f"{top}:{bottom}", row=top)
    if not top:
        return Place(sheet, f"{letters(left)}:{letters(right)}")
    area = (
        address(top, left)
        if (left, top) == (right, bottom)
        else f"{address(top, left)}:{address(bottom, right)}"
    )
    cells = [
        (row, column) for row in range(top, min(bottom, top + MOST_CELLS_OF_A_PLACE) + 1) for column in range(left, right + 1)
    ]  # fmt: skip
    return Place(sheet, area, tuple(cells[:MOST_CELLS_OF_A_PLACE]))


def _plain(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == "'":
        return name[1:-1].replace("''", "'")
    return name


def column_of(column: str) -> int:
    """1 for "A", 27 for "AA", 0 for none."""
    number = 0
    for letter in column:
        number = number * _LETTERS + ord(letter) - 64
    return number


def letters(column: int) -> str:
    found = ""
    while column > 0:
        column, left = divmod(column - 1, _LETTERS)
        found = chr(65 + left) + found
    return found


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def cell_of(reference: str) -> tuple[int, int]:
    """Row and column of "H12" (of the first cell of an area). ValueError for anything else."""
    found = _PLACE.fullmatch(reference.partition(":")[0].upper())
    if found is None or not (found[1] and found[2]):
        raise ValueError(reference)
    return int(found[2]), column_of(found[1])
