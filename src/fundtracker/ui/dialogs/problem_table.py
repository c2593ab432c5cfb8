"""Problems of a workbook as a table: the same fault in many cells is one line that names them all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fundtracker.domain.problems import Problem, Severity
from fundtracker.ui.models.figures_table import Heading, TableRow
from fundtracker.ui.words import SIGNS

HEADINGS = (
    Heading("Kind", 9, help="What must be mended before anything is imported, and what is only odd"),
    Heading("Sheet", 16),
    Heading("Cells", 18),
    Heading("What is wrong, and what to do", 60),
)
NOTED = (*HEADINGS[:3], Heading("What was noticed", 60))
"""Where nothing is wrong."""
_QUOTED = re.compile(r"“[^”]*”")
_CELL = re.compile(r"([A-Z]{1,3})?([0-9]+)")
_MOST_CELLS = 60
"""Places that a line names; the rest are counted."""


@dataclass(slots=True)
class Fault:
    """One fault and every cell that has it."""

    severity: Severity
    sheet: str
    message: str
    cells: list[str] = field(default_factory=list[str])
    others: int = 0
    """Cells in which something else of the same sort was found."""

    @property
    def places(self) -> str:
        return cells_in_words(self.cells)

    @property
    def what(self) -> str:
        return f"{self.message} (And {self.others:,} like it.)" if self.others else self.message


def faults(problems: Iterable[Problem]) -> list[Fault]:
    """Errors first, else in the order of the workbook."""
    grouped: dict[tuple[object, ...], Fault] = {}
    for each in problems:
        sheet, cell, name = _place(each.where)
        message = f"{name}: {each.message}" if name else each.message
        alike = each.severity, sheet, each.column, _QUOTED.sub("“”", message)
        fault = grouped.setdefault(alike, Fault(each.severity, sheet, message))
        if cell:
            fault.cells.append(cell)
        if message != fault.message:
            fault.others += 1
    order = list(Severity)
    return sorted(grouped.values(), key=lambda fault: order.index(fault.severity))


def _place(where: str) -> tuple[str, str, str]:
    """ "Costs!H12 (C-00012)": the sheet, the cell, and the name of its record."""
    place, _, name = where.partition(" (")
    sheet, mark, cell = place.rpartition("!")
    if not mark or not _CELL.fullmatch(cell):
        return "", "", where
    return sheet, cell, name.removesuffix(")")


def cells_in_words(cells: Sequence[str]) -> str:
    """ "H12, H14 to H20": cells of one column one below the other are named by the first and the last."""
    runs: list[list[tuple[str, int]]] = []
    for each in dict.fromkeys(cells):
        match = _CELL.fullmatch(each)
        column, row = (match[1] or "", int(match[2])) if match else (each, 0)
        if runs and match and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    said = [_run(run) for run in runs[:_MOST_CELLS]]
    more = sum(map(len, runs[_MOST_CELLS:]))
    return ", ".join(said) + (f" and {more:,} more" if more else "")


def _run(run: list[tuple[str, int]]) -> str:
    (column, first), (_, last) = run[0], run[-1]
    if not first:
        return column
    begin, end = f"{column}{first}", f"{column}{last}"
    if not column:
        begin, end = f"row {first}" if first == last else f"rows {first}", str(last)
    return begin if first == last else f"{begin} to {end}"


def headings(found: Iterable[Fault]) -> tuple[Heading, ...]:
    """Of a table of these."""
    return NOTED if all(each.severity is Severity.NOTE for each in found) else HEADINGS


def rows(found: Iterable[Fault]) -> list[TableRow]:
    """For a FiguresTable with HEADINGS."""
    return [
        TableRow((SIGNS[each.severity], each.sheet, each.places, each.what), key=number)
        for number, each in enumerate(found)
    ]


def as_text(found: Iterable[Fault]) -> str:
    """Tab-separated, with headings: for a message, or a sheet of its own."""
    lines = [("What", "Sheet", "Cells", "What is wrong, and what to do")]
    lines += [(SIGNS[each.severity], each.sheet, each.places, each.what) for each in found]
    return "\n".join("\t".join(text.replace("\t", " ").replace("\n", " ") for text in line) for line in lines)
