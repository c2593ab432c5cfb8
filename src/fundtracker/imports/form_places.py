"""Where a form's tables now stand: the row of headings, the column of row keys and the keyed rows, on whichever sheet they are.

A row's key tells its table, its headings tell its columns. So rows may be sorted, sheets renamed, and rows and columns put in or
moved, and each value is still known for what it is.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fundtracker.domain.kinds import clean_text
from fundtracker.domain.partner_forms.layout import FormTable
from fundtracker.imports.found import Found, FoundRow, FoundSheet

_KEYS = {
    "budget": r"BUDGET-\d+",
    "spend": r"SPEND-\d+-[CR]-\d+",
    "costs": r"COST-\d+",
    "outputs": r"OUT-\d+",
    "milestones": r"MS-\d+",
    "risks": r"RISK-\d+",
    "new_risks": r"RISK-NEW-\d+",
    "narrative": r"N-[a-z]+",
    "declaration": r"DECLARATION",
}
"""What the keys of a table look like; they never change meaning (`layout`)."""
_LONGEST_NAME = 200
"""Characters: no key and no heading has as many, and long texts aren't gone through for one."""
_KEY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _KEYS.items()))


@dataclass(frozen=True, slots=True)
class KeyedRow:
    key: str
    number: int
    cells: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A row of headings: where each text stands in it, columns counted from nought."""

    number: int
    places: Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class FormSheet:
    """A sheet with what of the form was found on it."""

    found: FoundSheet
    key_column: int | None
    headings: list[Heading] = field(default_factory=list[Heading])


@dataclass(slots=True)
class Laid:
    """Keyed rows of one table under one row of headings; `heading` None where no headings stand on their sheet."""

    table: FormTable
    sheet: FormSheet
    heading: Heading | None
    keyed: list[KeyedRow] = field(default_factory=list[KeyedRow])
    places: dict[str, int] = field(init=False)
    """Where each column stands; a heading that stands twice is no place (and is reported)."""

    def __post_init__(self) -> None:
        found: Mapping[str, tuple[int, ...]] = self.heading.places if self.heading else {}
        at = {column.name: found.get(folded(column.heading), ()) for column in self.table.columns}
        self.places = {name: where[0] for name, where in at.items() if len(where) == 1}


def lay_out(sheets: Sequence[FoundSheet], wanted: Sequence[FormTable]) -> tuple[Laid, ...]:
    """Every table's rows, by sheet and heading row; in the order of the tables. A table with headings and no rows has a Laid too."""
    laid: dict[tuple[str, str, int], Laid] = {}
    for found in sheets:
        sheet = FormSheet(found, _key_column(found))
        by_table = {table.name: _headings(found, table) for table in wanted}
        sheet.headings = sorted(
            {each.number: each for some in by_table.values() for each in some}.values(),
            key=lambda heading: heading.number,
        )
        for table in wanted:
            for row in found.rows:
                key = _key(sheet, row)
                if key and key_of_table(key) == table.name:
                    heading = _nearest(by_table[table.name], row.number)
                    place = (table.name, found.name, heading.number if heading else 0)
                    one = laid.setdefault(place, Laid(table, sheet, heading))
                    one.keyed.append(KeyedRow(key, row.number, row.cells))
    order = {table.name: n for n, table in enumerate(wanted)}
    return tuple(sorted(laid.values(), key=lambda each: order[each.table.name]))


def key_of_table(key: str) -> str | None:
    """The name of the table that a row key belongs to; None where it is no key."""
    match = _KEY.fullmatch(key)
    return match.lastgroup if match else None


def _key(sheet: FormSheet, row: FoundRow) -> str:
    """What stands in the sheet's column of keys."""
    place = sheet.key_column
    cell = row.cells[place] if place is not None and place < len(row.cells) else None
    return clean_text(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_NAME else ""


def key_cell(sheet: FormSheet, row: FoundRow) -> str:
    return _key(sheet, row)


def _key_column(found: FoundSheet) -> int | None:
    """The column in which most row keys stand; the leftmost of two alike."""
    counted: Counter[int] = Counter()
    for row in found.rows:
        for place, cell in enumerate(row.cells):
            if isinstance(cell, str) and len(cell) <= _LONGEST_NAME and key_of_table(clean_text(cell)):
                counted[place] += 1
    return min(counted, key=lambda place: (-counted[place], place), default=None)


def _headings(found: FoundSheet, table: FormTable) -> list[Heading]:
    """Rows that hold at least half of the table's headings (and two)."""
    wanted = {folded(column.heading) for column in table.columns}
    enough = max(2, (len(wanted) + 1) // 2)
    made: list[Heading] = []
    for row in found.rows:
        places: dict[str, tuple[int, ...]] = {}
        for place, cell in enumerate(row.cells):
            if isinstance(cell, str) and 0 < len(cell) <= _LONGEST_NAME:
                text = folded(cell)
                places[text] = (*places.get(text, ()), place)
        if len(wanted & places.keys()) >= enough:
            made.append(Heading(row.number, places))
    return made


def _nearest(headings: Sequence[Heading], row: int) -> Heading | None:
    """The last one above the row; below all of it where none is above (the headings were sorted along)."""
    above = [each for each in headings if each.number < row]
    return above[-1] if above else next(iter(headings), None)


def folded(text: str) -> str:
    """As headings and names are compared: without regard to case or spacing."""
    return " ".join(clean_text(text).split()).casefold()


def is_empty(found: Found) -> bool:
    """Nothing, or nothing that can be seen."""
    if not isinstance(found, str):
        return found is None
    return not found[:1].isalnum() and not clean_text(found)
