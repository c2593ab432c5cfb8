"""Plan: an award's profile or forecast of one financial year as a sheet of cells, what may be typed into each, and what a change writes.

A profile cell shows the current profile: as first agreed, with re-profiles in force. It is written as first agreed, so a cell that a
variation has moved is moved by variations only, and so is all of it once a return that rests on it is submitted. A forecast sheet shows what was spent up to the open return's quarter and what is
forecast after it: what it adds up to is the outturn.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import Any

from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.changes import Change, ChangeSet
from fundtracker.domain.columns import Record
from fundtracker.domain.cubes import Cell, Cube, Line
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange

Amounts = Mapping[Cell, Money | None]
"""What cells are to hold; None clears one."""
NO_LINES: frozenset[Line] = frozenset()
KEPT = ("now", "figures", "draft", "lines", "_profile_by_line", "_against", "_moved", "_sent")
"""What writing unlocked cells leaves as it is, as far as the sheet asks: awards, a forecast's profile, what the last return said."""


class Planned(Enum):
    PROFILE = "Profile"
    FORECAST = "Forecast"


@dataclass(frozen=True)
class Plan:
    """The sheet of one year; of one intervention where `intervention_id` names it. `extra` are lines begun and still empty."""

    book: AwardBook
    planned: Planned
    year: FinancialYear
    intervention_id: int | None = None
    extra: frozenset[Line] = field(default=NO_LINES)

    @property
    def award(self) -> Award:
        return self.book.award

    @cached_property
    def draft(self) -> FunderReturn | None:
        """The return that is open: forecasts are made in it."""
        return next((each for each in self.book.all(FunderReturn) if not each.state.frozen), None)

    @cached_property
    def now(self) -> Figures:
        return Figures(self.book, self.book.today)

    @cached_property
    def figures(self) -> Figures:
        """As at the end of the open return's quarter for a forecast: what that return will say."""
        if self.planned is Planned.FORECAST and self.draft is not None:
            return Figures(self.book, self.draft.quarter.ends_on)
        return self.now

    @cached_property
    def cells(self) -> Cube:
        """What every cell of the sheet shows, empty ones as nothing."""
        return self.now.current_profile if self.planned is Planned.PROFILE else self.figures.outturn

    @cached_property
    def records(self) -> dict[Cell, ProfileLine | Forecast]:
        """What a cell is written in, where it is written already."""
        if self.planned is Planned.PROFILE:
            held: Iterable[ProfileLine | Forecast] = self.book.all(ProfileLine)
        else:
            held = self.book.under(Forecast, return_id=self.draft.id) if self.draft else ()
        return {Cell(e.intervention_id, e.expense, e.category_id, e.quarter): e for e in held}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line in which anything is planned, spent or forecast in the year, in the order of the return's Spend sheet."""
        cubes = (
            self.now.original_profile,
            self.now.current_profile,
            self.figures.spent,
            self.figures.forecast,
        )
        found = {cell.line for cube in cubes for cell, _ in cube if cell.quarter.year == self.year}
        found |= {cell.line for cell in self.records if cell.quarter.year == self.year} | self.extra
        wanted = (each for each in found if self.intervention_id in {None, each.intervention_id})
        return tuple(sorted(wanted, key=self._order))

    def _order(self, line: Line) -> tuple[str, str, str]:
        intervention, category = self.named(line)
        return intervention.reference, line.expense.value, category.name

    def named(self, line: Line) -> tuple[Intervention, CostCategory]:
        return (
            self.book.get(Intervention, line.intervention_id),
            self.book.get(CostCategory, line.category_id),
        )

    def amount(self, cell: Cell) -> Money | None:
        """What stands in a cell; None where nothing does."""
        found = self.cells[cell]
        return found if found or cell in self.records else None

    # Sums

    @cached_property
    def _by_line(self) -> dict[Line, Money]:
        return self.cells.in_year(self.year).by_line()

    @cached_property
    def _profile_by_line(self) -> dict[Line, Money]:
        return self.now.current_profile.in_year(self.year).by_line()

    def of_line(self, line: Line) -> Money:
        return self._by_line.get(line, ZERO)

    @cached_property
    def _by_expense(self) -> dict[tuple[Expense, Quarter], Money]:
        """The sheet's year by capital and resource."""
        own = self.cells.only(
            lambda cell: (
                cell.quarter.year == self.year and self.intervention_id in {None, cell.intervention_id}
            )
        )
        return own.by(lambda cell: (cell.expense, cell.quarter))

    def of_all(self, expense: Expense | None, quarter: Quarter | None = None) -> Money:
        """The sum of the sheet's lines, of a quarter or the year."""
        return total(
            amount
            for (of, when), amount in self._by_expense.items()
            if expense in {None, of} and quarter in {None, when}
        )

    def worked_out(self) -> "Plan":
        """Itself, with every sum that showing it asks for worked out: for another thread than the window's."""
        for expense in (*Expense, None):
            self.of_all(expense)
            self.against_all(expense)
        for line in self.lines:
            self.of_line(line)
            self.against_line(line)
        self.nothing_to_share  # noqa: B018 - worked out here, off the window's thread
        return self

    @property
    def is_held_against(self) -> bool:
        """Whether there is something to hold it against: an intervention has no award of its own, only its part of the profile."""
        return self.planned is Planned.FORECAST or self.intervention_id is None

    def against_line(self, line: Line) -> Money | None:
        """What a line is held against: a forecast against the current profile; a profile only as a whole."""
        if self.planned is Planned.PROFILE:
            return None
        return self._profile_by_line.get(line, ZERO)

    def against_all(self, expense: Expense | None) -> Money | None:
        """What the whole is held against: a profile against the award's lines, a forecast against the current profile."""
        return self._against[expense]

    @cached_property
    def _against(self) -> dict[Expense | None, Money | None]:
        return {each: self._against_all(each) for each in (*Expense, None)}

    def _against_all(self, expense: Expense | None) -> Money | None:
        if self.planned is Planned.FORECAST:
            return self.now.current_profile.total(
                year=self.year, intervention=self.intervention_id, expense=expense
            )
        return self.now.awarded(self.year, expense) if self.intervention_id is None else None

    # Locks

    def locked(self, cell: Cell) -> str:
        """Why a cell can't be written, and what to do instead; empty where it can."""
        return self._locked_profile(cell) if self.planned is Planned.PROFILE else self._locked_forecast(cell)

    @cached_property
    def closed(self) -> str:
        """Why no cell of the year can be written; empty where some can."""
        if self.planned is Planned.FORECAST:
            return self._closed_forecast(self.year.quarters[-1])
        return self._closed_profile()

    def _locked_forecast(self, cell: Cell) -> str:
        return self._closed_forecast(cell.quarter)

    def _closed_forecast(self, quarter: Quarter) -> str:
        draft = self.draft
        if draft is None:
            return "No return is open, and forecasts are made in one: begin the next return first."
        if quarter <= draft.quarter:
            return f"{quarter} is not after {draft.quarter}, which {draft.reference} reports: what was spent stands here. Costs change it."
        return ""

    def _locked_profile(self, cell: Cell) -> str:
        moved_by = self._moved.get(cell)
        if moved_by is not None:
            return f"{moved_by.reference} is approved and has re-profiled this. Plan it anew by a further variation."
        return self._closed_profile()

    def _closed_profile(self) -> str:
        if self._sent is None:
            return ""
        return f"{self._sent.reference} is submitted and rests on this profile. To plan anew, make a variation that re-profiles."

    @cached_property
    def _sent(self) -> FunderReturn | None:
        """The last return submitted: what was first agreed can't be changed beneath it, in any quarter."""
        sent = (each for each in self.book.all(FunderReturn) if each.state.frozen)
        return max(sent, key=lambda each: each.quarter, default=None)

    @cached_property
    def _moved(self) -> dict[Cell, Variation]:
        """Cells that approved variations have re-profiled, in force yet or not."""
        return {
            Cell(change.intervention_id, change.expense, change.category_id, change.quarter): variation
            for variation in self.book.under(Variation, award_id=self.award.id)
            if variation.approved_on is not None
            for change in self.book.under(VariationChange, variation_id=variation.id)
            if change.kind is ChangeKind.RE_PROFILE
            and change.intervention_id
            and change.expense
            and change.category_id
            and change.quarter
        }

    # What to write for a command

    @cached_property
    def nothing_to_share(self) -> str:
        """Why no line can be shared out over quarters left, and what to do instead; empty where one can."""
        if self.closed:
            return self.closed
        if not self.lines:
            return f"Nothing is planned or spent in {self.year} yet: add a line first."
        if not any(map(self.open_cells, self.lines)):
            return f"No quarter of {self.year} is left to share money over."
        return ""

    def open_cells(self, line: Line) -> tuple[Cell, ...]:
        """The cells of a line that can still be written: in quarters not over by today, within the award."""
        first, last = Quarter.of(self.award.starts_on), Quarter.of(self.now.ends_on)
        ended = self.planned is Planned.PROFILE
        cells = (Cell(*line, quarter) for quarter in self.year.quarters if first <= quarter <= last)
        return tuple(
            cell
            for cell in cells
            if not self.locked(cell) and not (ended and cell.quarter.ends_on < self.book.today)
        )

    def spread(self, lines: Iterable[Line]) -> dict[Cell, Money | None]:
        """What stands in each line's quarters left, shared evenly between them, to the penny."""
        found: dict[Cell, Money | None] = {}
        for line in lines:
            cells = self.open_cells(line)
            whole = total(self.cells[cell] for cell in cells)
            if cells and whole:
                found.update(zip(cells, whole.share([1] * len(cells)), strict=True))
        return found

    def rest_of_profile(self, lines: Iterable[Line]) -> dict[Cell, Money | None]:
        """Each line's current profile of the year less what is spent, shared as the quarters left are profiled; never below nought."""
        profile, found = self.now.current_profile, dict[Cell, Money | None]()
        for line in lines:
            cells = self.open_cells(line)
            if not cells:
                continue
            spent = total(
                self.cells[Cell(*line, q)] for q in self.year.quarters if Cell(*line, q) not in cells
            )
            left = max(self._profile_by_line.get(line, ZERO) - spent, ZERO)
            weights = [max(profile[cell].pence, 0) for cell in cells]
            shares = left.share(weights if sum(weights) else [1] * len(cells))
            found.update(zip(cells, shares, strict=True))
        return found

    # Writing

    def changes(self, amounts: Amounts, first_id: int) -> ChangeSet:
        """What brings the cells to these amounts; nothing for cells that hold them already. New records count from `first_id`.

        The first forecast of an intervention's quarter, capital or resource, takes the place of all that the last return forecast
        there, so its other categories are written along with it. A forecast that is cleared is one of nought, for else the last
        return's would show again.
        """
        wanted = dict(amounts)
        if self.planned is Planned.FORECAST:
            wanted = self._as_forecasts(wanted)
        return tuple(self._written(wanted, first_id))

    def _written(self, wanted: Amounts, first_id: int) -> Iterator[Change]:
        for cell, amount in wanted.items():
            held = self.records.get(cell)
            if amount is None:
                if held is not None:
                    yield Change(held, None)
            elif held is None:
                yield Change(None, self._new(cell, amount, first_id))
                first_id += 1
            elif held.amount != amount:
                yield Change(held, replace(held, amount=amount))

    def _new(self, cell: Cell, amount: Money, record_id: int) -> Record:
        of: dict[str, Any] = {
            "id": record_id,
            "intervention_id": cell.intervention_id,
            "quarter": cell.quarter,
            "expense": cell.expense,
            "category_id": cell.category_id,
            "amount": amount,
        }
        if self.planned is Planned.PROFILE:
            return ProfileLine(**of)
        assert self.draft is not None  # noqa: S101 - every cell is locked without one
        return Forecast(**of, return_id=self.draft.id)

    def _as_forecasts(self, wanted: dict[Cell, Money | None]) -> dict[Cell, Money | None]:
        told = {(cell.intervention_id, cell.quarter, cell.expense) for cell in self.records}
        touched = {
            (c.intervention_id, c.quarter, c.expense)
            for c, amount in wanted.items()
            if amount is not None and amount != self.amount(c)
        }
        beside: dict[Cell, Money | None] = {
            cell: amount
            for cell, amount in self.figures.forecast
            if (key := (cell.intervention_id, cell.quarter, cell.expense)) in touched and key not in told
        }
        cleared = {cell: ZERO for cell, amount in wanted.items() if amount is None and self.amount(cell)}
        kept = {
            cell: amount
            for cell, amount in wanted.items()
            if amount is not None and (amount != self.amount(cell) or cell in self.records)
        }
        return beside | kept | cleared

    def after(self, changes: ChangeSet) -> "Plan":
        """The sheet once these changes are written, before the whole book is read anew: what a change doesn't touch is kept.

        Only cells that aren't locked are written, and those show what is written in them.
        """
        rows = dict(self.book.rows)
        shown: dict[Cell, Money] = {}
        records = dict(self.records)
        for change in changes:
            of: Any = change.record
            cell = Cell(of.intervention_id, of.expense, of.category_id, of.quarter)
            kept = tuple(each for each in rows.get(change.kind, ()) if each.id != change.record_id)
            records.pop(cell, None)
            item: Any = change.after
            if item is not None:
                item = item if change.before is None else replace(item, version=item.version + 1)
                kept = (*kept, item)
                records[cell] = item
            shown[cell] = item.amount if item is not None else ZERO
            rows[change.kind] = kept
        later = replace(self, book=AwardBook(self.book.award, self.book.today, rows, self.book.elsewhere))
        known = {name: self.__dict__[name] for name in KEPT if name in self.__dict__}
        later.__dict__.update(known, records=records, cells=self.cells.holding(shown))
        return later
