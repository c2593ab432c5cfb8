"""Pasted: a block copied from a spreadsheet, read: what each row would become, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fundtracker.domain.columns import Column, Record, plural, singular
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Refused, Severity

Fields = tuple[str | None, ...]
"""For each column of a block the field it goes to, None where it is left out."""


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A row that holds something: its number in what was pasted (headings and empty rows counted), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockProblem:
    """One thing that is wrong or odd: row 0 is the block as a whole, place -1 (counted from nought) the row as a whole."""

    row: int
    place: int
    label: str
    found: str
    message: str
    severity: Severity = Severity.ERROR
    repeats: bool = False
    """Whether it is that the row says what another row, or a record of the file, says already."""

    @property
    def where(self) -> str:
        """ "Row 4, Net"."""
        return ", ".join(part for part in (f"Row {self.row}" if self.row else "", self.label) if part)

    @property
    def problem(self) -> Problem:
        return Problem(message=self.message, severity=self.severity, where=self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedRow:
    """What a row would become. `values` by field, as far as they could be read; `shown` is a text for each column of the block."""

    number: int
    values: Mapping[str, Any]
    shown: tuple[str, ...]
    old: tuple[str | None, ...]
    """What each cell shows now, where the row changes a record's field; else None."""
    before: Record | None = None
    after: Record | None = None
    """None where something is wrong with the row. A new record has the negative of its row's number as its id."""

    @property
    def changes(self) -> bool:
        return self.before is not None and self.after is not None and self.before != self.after

    @property
    def is_new(self) -> bool:
        return self.before is None and self.after is not None


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """A block, read. Nothing is written."""

    kind: type[Record]
    block: tuple[BlockRow, ...]
    headings: bool
    """Whether the block's first row names its fields."""
    fields: Fields
    known: Mapping[str, Any]
    shown: tuple[Column, ...]
    at: int | None
    rows: tuple[PastedRow, ...]
    problems: tuple[BlockProblem, ...]
    sums: Mapping[str, Money]
    """Of each money field in the block, over all rows that could be read."""
    unread: Mapping[str, int]
    """For each of these the rows left out of its sum."""

    @cached_property
    def errors(self) -> tuple[BlockProblem, ...]:
        """What stands in the way."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    @cached_property
    def wrong_rows(self) -> frozenset[int]:
        return frozenset(each.row for each in self.errors if each.row)

    @cached_property
    def repeated_rows(self) -> frozenset[int]:
        """Rows that say what the file, or a row above, says already."""
        return frozenset(each.row for each in self.problems if each.repeats)

    @cached_property
    def proposed(self) -> tuple[int, int]:
        """How many rows are meant to be new records, and how many to change one, sound or not."""
        return (
            sum(each.before is None for each in self.rows),
            sum(each.before is not None and (each.after is None or each.changes) for each in self.rows),
        )

    @cached_property
    def new(self) -> int:
        return sum(each.is_new for each in self.rows)

    @cached_property
    def changed(self) -> int:
        return sum(each.changes for each in self.rows)

    def counted(self) -> "Pasted":
        """Itself, with all of these worked out: whoever reads a long block in a thread spares the window the time."""
        for name in ("wrong_rows", "repeated_rows", "proposed", "new", "changed"):
            getattr(self, name)
        return self


class RowsRefused(Refused):
    """A block that could not be kept; `rows` says it by row and column."""

    def __init__(self, rows: Iterable[BlockProblem]) -> None:
        self.rows = tuple(rows)
        super().__init__(each.problem for each in self.rows)


def many(kind: type[Record], count: int) -> str:
    """ "1 cost", "40 costs"."""
    return f"{count:,} {(singular(kind) if count == 1 else plural(kind)).lower()}"
