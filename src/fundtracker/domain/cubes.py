"""Cube: sums of money by intervention, quarter, capital or resource, and cost category."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fundtracker.domain.bids import Expense
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter


class Line(NamedTuple):
    """A line of the return's Spend sheet: what its rows are made of."""

    intervention_id: int
    expense: Expense
    category_id: int


class Cell(NamedTuple):
    """A line in one quarter: the finest grain at which planned, spent and claimed money is compared."""

    intervention_id: int
    expense: Expense
    category_id: int
    quarter: Quarter

    @property
    def line(self) -> Line:
        return Line(self.intervention_id, self.expense, self.category_id)


class Cube:
    """Sums by Cell. Two cubes can be added and subtracted; a total is asked for by any mix of the cell's parts."""

    def __init__(self, sums: Mapping[Cell, int] | None = None) -> None:
        self._sums: dict[Cell, int] = dict(sums or {})

    @classmethod
    def of(cls, entries: Iterable[tuple[Cell, Money]]) -> "Cube":
        cube = cls()
        for cell, amount in entries:
            cube._sums[cell] = cube._sums.get(cell, 0) + amount.pence
        return cube

    def total(
        self,
        *,
        intervention: int | None = None,
        expense: Expense | None = None,
        category: int | None = None,
        year: FinancialYear | None = None,
        quarter: Quarter | None = None,
        until: Quarter | None = None,
        after: Quarter | None = None,
        line: Line | None = None,
    ) -> Money:
        """The sum of the cells that match everything given; `until` includes its quarter, `after` does not."""
        return Money(
            sum(
                pence
                for cell, pence in self._sums.items()
                if (intervention is None or cell.intervention_id == intervention)
                and (expense is None or cell.expense is expense)
                and (category is None or cell.category_id == category)
                and (year is None or cell.quarter.year == year)
                and (quarter is None or cell.quarter == quarter)
                and (until is None or cell.quarter <= until)
                and (after is None or cell.quarter > after)
                and (line is None or cell[:3] == line)
            )
        )

    def holding(self, amounts: Mapping[Cell, Money]) -> "Cube":
        """The same with these cells holding these sums."""
        return Cube({**self._sums, **{cell: amount.pence for cell, amount in amounts.items()}})

    def only(self, wanted: Callable[[Cell], bool]) -> "Cube":
        return Cube({cell: pence for cell, pence in self._sums.items() if wanted(cell)})

    def in_year(self, year: FinancialYear) -> "Cube":
        return self.only(lambda cell: cell.quarter.year == year)

    def by(self, part: Callable[[Cell], Any]) -> dict[Any, Money]:
        """Sums by what `part` says of a cell: `by(lambda cell: cell.line)`."""
        sums: dict[Any, int] = {}
        for cell, pence in self._sums.items():
            key = part(cell)
            sums[key] = sums.get(key, 0) + pence
        return {key: Money(pence) for key, pence in sums.items()}

    def by_line(self) -> dict[Line, Money]:
        return self.by(lambda cell: cell.line)

    @property
    def years(self) -> set[FinancialYear]:
        return {cell.quarter.year for cell, pence in self._sums.items() if pence}

    @property
    def quarters(self) -> set[Quarter]:
        return {cell.quarter for cell, pence in self._sums.items() if pence}

    def __iter__(self) -> Iterator[tuple[Cell, Money]]:
        return ((cell, Money(pence)) for cell, pence in self._sums.items() if pence)

    def __getitem__(self, cell: Cell) -> Money:
        return Money(self._sums.get(cell, 0))

    def __add__(self, other: "Cube") -> "Cube":
        return Cube.of((*self, *other))

    def __sub__(self, other: "Cube") -> "Cube":
        return Cube.of((*self, *((cell, -amount) for cell, amount in other)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cube) and dict(self) == dict(other)

    __hash__ = None  # pyright: ignore[reportAssignmentType] - a sum to compare, not a key

    def __repr__(self) -> str:
        return f"Cube({dict(self)})"
