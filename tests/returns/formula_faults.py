"""Wrong formulas, made from right ones: a cell or column beside the right one, a range cut short, another criterion, name or sign."""

# pyright: reportUnknownVariableType=false
# openpyxl's stubs leave what it reads of a reference partly unknown.

import re
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.utils.cell import get_column_letter, range_boundaries

_CELL = r"\$?[A-Z]{1,2}\$?\d+"
_PIECES = re.compile(
    rf'(?P<words>"[^"]*")|(?P<name>[A-Z][a-z]+_[a-z_]+)|(?P<sheet>\'[^\']+\'!)?(?P<area>{_CELL}(?::{_CELL})?)|(?P<sign>[-+*])'
)
_OTHER_NAMES = {
    "Cost_amount": "Cost_accrued", "Cost_accrued": "Cost_amount", "Bridge_opening": "Bridge_closing",
    "Bridge_closing": "Bridge_ledger", "Bridge_ledger": "Bridge_opening",
}  # fmt: skip
_OTHER_WORDS = {
    "Earlier return": "Adjustment", "Adjustment": "This quarter", "This quarter": "Earlier return", "Yes": "No", ">0": ">1",
    "Capital": "Resource", "Resource": "Capital", "2024/25": "2023/24", "Ties": "Doesn't tie", "Doesn't tie": "Ties",
}  # fmt: skip
_OTHER_SIGNS = {"+": "-", "-": "+", "*": "+"}
CUT = "cut short"


class Fault(NamedTuple):
    """A wrong formula, what is wrong with it, and with which of its pieces; -1 for all the names in it."""

    kind: str
    piece: int
    formula: str


def faults(formula: str, names: dict[str, str]) -> Iterator[Fault]:
    """Each single fault of a formula ("=SUM(A1:A3)"); `names` are the areas of the workbook's defined names."""
    for piece, found in enumerate(_PIECES.finditer(formula)):
        for kind, other in _others(found):
            yield Fault(kind, piece, formula[: found.start()] + other + formula[found.end() :])
    short = re.sub(r"[A-Z][a-z]+_[a-z_]+", lambda name: _shorter(names[name[0]]) or name[0], formula)
    if short != formula:
        yield Fault(CUT, -1, short)


def family(formula: str) -> str:
    """What formulas of one make share: all but the places they name and the words they look for."""
    return _PIECES.sub(
        lambda found: (
            (found["sheet"] or "") + "@" if found["area"] else '"…"' if found["words"] else found[0]
        ),
        formula,
    )


def cells_named(formula: str, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Sheet ("" for the formula's own) and area of every place a formula takes."""
    for found in _PIECES.finditer(formula):
        if found["name"]:
            sheet, _, area = names[found["name"]].rpartition("!")
            yield sheet.strip("'"), area.replace("$", "")
        elif found["area"]:
            yield (found["sheet"] or "").strip("'!"), found["area"].replace("$", "")


def _others(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    if found["words"]:
        words = found["words"].strip('"')
        yield "other words", f'"{_OTHER_WORDS.get(words, words + "!")}"'
    elif found["name"] in _OTHER_NAMES:
        yield "another name", _OTHER_NAMES[found["name"]]
    elif found["sign"]:
        yield "another sign", _OTHER_SIGNS[found["sign"]]
    elif found["area"]:
        sheet, area = found["sheet"] or "", found["area"]
        for kind, columns, rows in (
            ("a column to the right", 1, 0),
            ("a column to the left", -1, 0),
            ("a row below", 0, 1),
            ("a row above", 0, -1),
        ):
            moved = _moved(area, columns, rows)
            if moved:
                yield kind, sheet + moved
        if shorter := _shorter(area):
            yield CUT, sheet + shorter


def _moved(area: str, columns: int, rows: int) -> str | None:
    """The area beside; None where that is off the sheet, or a whole column of sums moves by a row: its end is `CUT`'s to test."""
    left, top, right, bottom = bounds(area)
    if (rows and bottom > top) or left + columns < 1:
        return None
    return _area(left + columns, top + rows, right + columns, bottom + rows)


def _shorter(area: str) -> str | None:
    """Without its last row, or the last column of a single row; None of one cell."""
    sheet, mark, cells = area.rpartition("!")
    left, top, right, bottom = bounds(cells)
    if (left, top) == (right, bottom):
        return None
    right, bottom = (right, bottom - 1) if bottom > top else (right - 1, bottom)
    return sheet + mark + _area(left, top, right, bottom)


def bounds(area: str) -> tuple[int, int, int, int]:
    """First column and row, last column and row."""
    left, top, right, bottom = range_boundaries(area)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(f"{area}: whole rows or columns are no area of a return")
    return left, top, right, bottom


def _area(left: int, top: int, right: int, bottom: int) -> str:
    first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
