"""An award's figures as a grid: a row for each figure, a column for each quarter and one for each financial year's total.

Nothing is added over years: money unspent on 31 March is lost, so there is no column for all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Cube
from fundtracker.domain.figures import Figures
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.ui.models.figures_table import Heading, TableRow, money

SUM_WIDTH = 0
"""As wide as the figures: two years of quarters stand side by side in the smallest window."""


@dataclass(frozen=True)
class AwardGrid:
    """The columns and rows of the grid, for capital, resource or both (None), of the whole award or of one intervention."""

    figures: Figures
    expense: Expense | None = None
    intervention: int | None = None

    @property
    def periods(self) -> tuple[Quarter | FinancialYear, ...]:
        """The quarters of each year that have anything to show, then the year."""
        found: list[Quarter | FinancialYear] = []
        for year in self.figures.years:
            found.extend(quarter for quarter in self.figures.quarters if quarter.year == year)
            found.append(year)
        return tuple(found)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(
            Heading(f"{each}\ntotal", SUM_WIDTH, right=True, bold=True)
            if isinstance(each, FinancialYear)
            else Heading(f"{each.year}\nQ{each.number}", SUM_WIDTH, right=True, help=each.months)
            for each in self.periods
        )

    @property
    def rows(self) -> tuple[TableRow, ...]:
        f = self.figures
        whole = self.intervention is None
        rows = [
            self._of("Original profile", f.original_profile, "Planned spend as first agreed"),
            self._of("Current profile", f.current_profile, "The original plus approved revisions"),
            self._of("Spent", f.spent, "Eligible cost by the quarter it was received in", bold=True),
            self._of("  of which accrued", f.accrued, "Received, and not invoiced yet"),
            self._of("Claimed", f.claimed, "What submitted returns said, by the quarter the cost counts in"),
            self._of("Forecast", f.forecast, "The latest forecast of the quarters to come"),
            self._of("Outturn", f.outturn, "Spent to the last quarter's end, plus the forecast of the rest"),
            self._of("Variance", f.outturn - f.current_profile, "Outturn less current profile; negative is an underspend"),
            replace(self._row("Left", self._left, "Awarded less spent, of the year" if whole else "Current profile less spent, of the year", bold=True), rule=True),
        ]  # fmt: skip
        if whole:
            rows.insert(0, self._row("Awarded", lambda y: f.awarded(y, self.expense), "The agreement and its variations in force", bold=True))  # fmt: skip
        if whole and self.expense is None:
            rows += [
                self._row(
                    "Committed",
                    f.committed,
                    "Ordered and not received today, plus granted and not yet spent; a return says how it stood at its quarter's end",
                ),
                self._row("Left to commit", f.left_to_commit, "Left less committed"),
                self._row("Received", f.received, "What the funder has paid for the year's returns"),
            ]
        return tuple(rows)

    def _left(self, year: FinancialYear) -> Money:
        f, of = self.figures, {"year": year, "expense": self.expense, "intervention": self.intervention}
        whole = f.awarded(year, self.expense) if self.intervention is None else f.current_profile.total(**of)  # pyright: ignore[reportArgumentType] - each as its name says
        return whole - f.spent.total(**of)  # pyright: ignore[reportArgumentType] - as above

    def _of(self, name: str, cube: Cube, about: str, *, bold: bool = False) -> TableRow:
        own = cube.only(
            lambda cell: (
                self.expense in {None, cell.expense} and self.intervention in {None, cell.intervention_id}
            )
        )
        sums = own.by(lambda cell: cell.quarter)

        def cells() -> Iterator[str]:
            for each in self.periods:
                yield money(
                    total(amount for quarter, amount in sums.items() if each in {quarter, quarter.year})
                )

        return TableRow(tuple(cells()), key=name, name=name, help=about, bold=bold)

    def _row(
        self, name: str, figure: Callable[[FinancialYear], Money], about: str, *, bold: bool = False
    ) -> TableRow:
        """A figure that only a year has."""
        cells = (money(figure(each)) if isinstance(each, FinancialYear) else "" for each in self.periods)
        return TableRow(tuple(cells), key=name, name=name, help=about, bold=bold)
