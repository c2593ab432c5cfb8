"""What a return claims: the ledger as it now is, less what earlier submitted returns said, cost by cost.

Every difference is a line: a new cost of the quarter, an adjustment to an earlier quarter of the same financial year, or
a correction to an earlier financial year, which is shown apart and never charged to this year's money. So the lines of
all returns always add up to the ledger.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import described
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.figures import Figures, cell_of
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn, ReturnLine


class ClaimPart(Enum):
    """Which part of a return a line belongs to."""

    THIS_QUARTER = "This quarter"
    ADJUSTMENT = "Adjustment"
    EARLIER_YEAR = "Earlier year"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One cost's part of a return: its eligible sum where new, the difference where an earlier return said something else."""

    cost_id: int
    cell: Cell
    amount: Money
    part: ClaimPart
    reason: str


def earlier_returns(book: AwardBook, quarter: Quarter) -> tuple[FunderReturn, ...]:
    """The award's submitted returns of quarters before this one, oldest first."""
    sent = (r for r in book.all(FunderReturn) if r.state.frozen and r.quarter < quarter)
    return tuple(sorted(sent, key=lambda r: r.quarter))


def said_before(book: AwardBook, quarter: Quarter) -> dict[tuple[int, Cell], Money]:
    """What the earlier returns said, their adjustments included, by cost and cell."""
    ids = {r.id for r in earlier_returns(book, quarter)}
    sums: dict[tuple[int, Cell], Money] = {}
    for line in book.all(ReturnLine):
        if line.return_id in ids:
            key = (line.cost_id, Cell(line.intervention_id, line.expense, line.category_id, line.quarter))
            sums[key] = sums.get(key, Money(0)) + line.amount
    return sums


def claim_lines(book: AwardBook, quarter: Quarter) -> tuple[ClaimLine, ...]:
    """The lines of the return of `quarter`, in the order of the costs; costs received after the quarter wait for theirs."""
    now: dict[tuple[int, Cell], Money] = {
        (cost.id, cell): cost.eligible
        for cost in book.all(Cost)
        if (cell := cell_of(cost)) and cell.quarter <= quarter
    }
    said = said_before(book, quarter)
    lines: list[ClaimLine] = []
    for key in sorted(
        now.keys() | said.keys(),
        key=lambda key: (
            key[0],
            key[1].quarter,
            key[1].intervention_id,
            key[1].expense.value,
            key[1].category_id,
        ),
    ):
        amount = now.get(key, Money(0)) - said.get(key, Money(0))
        cost_id, cell = key
        in_this_quarter = cell.quarter == quarter
        if amount or (in_this_quarter and key in now and key not in said):
            lines.append(
                ClaimLine(
                    cost_id,
                    cell,
                    amount,
                    _part(cell.quarter, quarter),
                    "" if in_this_quarter else _reason(book, cost_id),
                )
            )
    return tuple(lines)


def _part(counted_in: Quarter, quarter: Quarter) -> ClaimPart:
    if counted_in == quarter:
        return ClaimPart.THIS_QUARTER
    return ClaimPart.ADJUSTMENT if counted_in.year == quarter.year else ClaimPart.EARLIER_YEAR


def _reason(book: AwardBook, cost_id: int) -> str:
    cost = book.costs_by_id.get(cost_id)
    if cost is None:
        return ""
    if cost.reversal_of is not None and not cost.adjustment_reason:
        original = book.costs_by_id.get(cost.reversal_of)
        return f"Reversal of {original.reference}" if original else "Reversal"
    return cost.adjustment_reason


@dataclass(frozen=True)
class Claim:
    """The money of one return of an award, draft or submitted, from the book it was made from."""

    book: AwardBook
    quarter: Quarter

    @cached_property
    def lines(self) -> tuple[ClaimLine, ...]:
        return claim_lines(self.book, self.quarter)

    @property
    def year(self) -> FinancialYear:
        return self.quarter.year

    @cached_property
    def figures(self) -> Figures:
        """The award's figures as at the quarter's last day."""
        return Figures(self.book, self.quarter.ends_on)

    def _cube(self, part: ClaimPart) -> Cube:
        return Cube.of((line.cell, line.amount) for line in self.lines if line.part is part)

    @cached_property
    def this_quarter(self) -> Cube:
        return self._cube(ClaimPart.THIS_QUARTER)

    @cached_property
    def adjustments(self) -> Cube:
        """Differences about earlier quarters of this financial year."""
        return self._cube(ClaimPart.ADJUSTMENT)

    @cached_property
    def earlier_years(self) -> Cube:
        """Corrections to earlier financial years: shown apart, not in the claim."""
        return self._cube(ClaimPart.EARLIER_YEAR)

    @cached_property
    def opening(self) -> Cube:
        """What earlier returns said, of every year, as the last of them closed."""
        return Cube.of((cell, amount) for (_, cell), amount in said_before(self.book, self.quarter).items())

    @cached_property
    def closing(self) -> Cube:
        """Opening + this quarter + adjustments + corrections to earlier years."""
        return self.opening + self.this_quarter + self.adjustments + self.earlier_years

    @cached_property
    def ledger(self) -> Cube:
        """What the costs themselves say, up to the quarter's end."""
        return self.figures.spent

    @cached_property
    def claim(self) -> Money:
        """Spent in the quarter plus its adjustments: what is asked of this year's money."""
        return self.this_quarter.total() + self.adjustments.total()

    @cached_property
    def to_date(self) -> Cube:
        """Claims of this financial year's returns, this one included."""
        return self.closing.in_year(self.year)

    @property
    def left_before(self) -> Money:
        """What the year's award had left before this claim."""
        return self.figures_now.awarded(self.year) - self.opening.total(year=self.year)

    @cached_property
    def figures_now(self) -> Figures:
        """Figures as at the day the book was read: a variation of an earlier date approved since the quarter's end counts."""
        return Figures(self.book, max(self.book.today, self.quarter.ends_on))


def tie_problems(claim: Claim) -> tuple[Problem, ...]:
    """Whether the return proves itself: cost lines = totals = claim, closing = ledger, cell by cell (product rule 3).

    Closing comes from earlier returns and this one's lines, the ledger from the costs alone: two roads to one figure.
    """
    problems: list[Problem] = []
    by_line = total(line.amount for line in claim.lines if line.part is not ClaimPart.EARLIER_YEAR)
    if by_line != claim.claim:
        problems.append(
            Problem(
                kind="FunderReturn",
                message=f"The cost lines add up to {by_line}, the claim is {claim.claim}.",
            )
        )
    problems.extend(
        Problem(
            kind="Intervention",
            record_id=cell.intervention_id,
            message=f"{_name(claim.book, cell)}, {cell.quarter}: the returns say {claim.closing[cell]}, the cost records {claim.ledger[cell]}.",
        )
        for cell, _ in claim.closing - claim.ledger
    )
    return tuple(problems)


def _name(book: AwardBook, cell: Cell) -> str:
    intervention = book.find(Intervention, cell.intervention_id)
    return (
        described(intervention)
        if intervention
        else f"an intervention of another award ({cell.intervention_id})"
    )
