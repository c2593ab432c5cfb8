"""Places: where every row of the workbook stands, worked out once from the snapshot, so that sheets can point at each other.

The money trail is one number, the Spend line: it heads a line of Spend and stands beside each of its cost lines, and
Spend's formulas add by it. A number can't be taken for a pattern, a date or another spelling, as a text could.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import BridgeRow, CostRow, Snapshot, SpendRow
from fundtracker.exports.sheets import cell_at, on_sheet

COVER, SUMMARY, SPEND, COSTS, MATCH = "Cover", "Summary", "Spend", "Costs", "Match"
DELIVERY, OUTPUTS, OUTCOMES, RISKS = "Delivery", "Outputs", "Outcomes", "Risks"
CHANGES, GRANTS, ASSETS = "Changes", "Onward grants", "Assets"
UNDERSPEND, CHECKS = "Underspend", "Checks"

EARLIER, ADJUSTMENT, THIS_QUARTER, EARLIER_YEAR = (
    "Earlier return",
    "Adjustment",
    "This quarter",
    "Earlier year",
)
_PARTS = {EARLIER: 0, ADJUSTMENT: 1, THIS_QUARTER: 2}
COSTS_COLUMNS = 26
SPEND_LINE, SPEND_EXPENSE = 1, 4
ORIGINAL, CURRENT, BEFORE, QUARTER, ACCRUED, ADJUSTED, TO_DATE, FIRST_FORECAST = 5, 6, 7, 8, 9, 10, 11, 12
"""Columns of Spend."""
COST_LINE, COST_PART, COST_COUNTS_IN, COST_AMOUNT, COST_ACCRUED = 1, 3, 5, 20, 21
"""Columns of Costs, and of its block of corrections."""
BRIDGE_YEAR, BRIDGE_OPENING, BRIDGE_CLOSING, BRIDGE_LEDGER = 2, 6, 9, 10
"""Columns of the bridge on Checks."""

_Line = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of Spend with its number and its row."""

    number: int
    row: int
    line: SpendRow


@dataclass(frozen=True, slots=True)
class Group:
    """An intervention on Spend: the row that bears its name and subtotals, and the lines under it."""

    row: int
    reference: str
    title: str
    lines: tuple[Placed, ...]

    def sum(self, of: Callable[[SpendRow], Money]) -> Money:
        return total(of(each.line) for each in self.lines)


@dataclass(frozen=True)
class Places:
    """The rows of one snapshot's workbook."""

    snapshot: Snapshot

    @property
    def head(self) -> int:
        """Rows at the head of each sheet but the Cover: title, subtitle, note, and the banner of a draft."""
        return 4 if self.snapshot.header.draft else 3

    # Spend

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        found: list[Group] = []
        row, number = self.spend_first, 0
        for reference, lines in groupby(self.snapshot.spend, key=lambda each: each.reference):
            placed: list[Placed] = []
            for line in lines:
                number += 1
                placed.append(Placed(number, row + 1 + len(placed), line))
            found.append(Group(row, reference, placed[0].line.title, tuple(placed)))
            row += 1 + len(placed)
        return tuple(found)

    @cached_property
    def lines(self) -> tuple[Placed, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @cached_property
    def line_of(self) -> dict[_Line, Placed]:
        return {(p.line.reference, p.line.expense, p.line.category): p for p in self.lines}

    @property
    def spend_first(self) -> int:
        return self.head + 3

    @property
    def spend_last(self) -> int:
        return self.lines[-1].row if self.lines else self.spend_first

    @property
    def spend_total(self) -> int:
        return self.spend_last + 1

    @property
    def outturn(self) -> int:
        """Column of Spend; variance, per cent and reason stand to its right, then what is ordered, then the reason."""
        return FIRST_FORECAST + len(self.snapshot.forecast_quarters)

    @cached_property
    def ordered(self) -> int | None:
        """Column of Spend with what is ordered and not received; None where nothing is, and it is left out."""
        return self.outturn + 3 if any(row.ordered for row in self.snapshot.spend) else None

    @property
    def spend_columns(self) -> int:
        """How many columns Spend has; the reason stands in the last."""
        return self.outturn + (4 if self.ordered else 3)

    def spend_at(self, row: int, column: int) -> str:
        """A cell of Spend, as another sheet's formula names it."""
        return on_sheet(SPEND, cell_at(row, column))

    # Costs

    @cached_property
    def costs(self) -> tuple[CostRow, ...]:
        """Lines of the year's Spend, by Spend line and part; those that leave nothing in Spend last."""
        lines, past = self.line_of, len(self.lines) + 1

        def order(row: CostRow) -> tuple[int, int, str]:
            placed = lines.get((row.intervention, row.expense, row.category))
            return (placed.number if placed else past), _PARTS[row.part], row.stands_in

        return tuple(sorted((row for row in self.snapshot.costs if row.part != EARLIER_YEAR), key=order))

    @cached_property
    def corrections(self) -> tuple[CostRow, ...]:
        """Lines about earlier financial years: never part of the claim."""
        return tuple(row for row in self.snapshot.costs if row.part == EARLIER_YEAR)

    @property
    def costs_first(self) -> int:
        return self.head + 3

    @property
    def costs_last(self) -> int:
        return self.costs_first + max(1, len(self.costs)) - 1

    @cached_property
    def cost_rows(self) -> dict[int, tuple[int, int]]:
        """First and last row of the costs of each Spend line that has any."""
        found: dict[int, tuple[int, int]] = {}
        for row, cost in enumerate(self.costs, self.costs_first):
            placed = self.line_of.get((cost.intervention, cost.expense, cost.category))
            if placed is not None:
                first, _ = found.get(placed.number, (row, row))
                found[placed.number] = (first, row)
        return found

    @property
    def parts_first(self) -> int:
        """The first of five rows under the costs that add them up: earlier, adjustments, this quarter, claim, to date."""
        return self.costs_last + 3

    @property
    def corrections_section(self) -> int:
        return self.parts_first + 6

    @property
    def corrections_first(self) -> int:
        return self.corrections_section + 2

    @property
    def corrections_last(self) -> int:
        return self.corrections_first + max(1, len(self.corrections)) - 1

    @property
    def orders_section(self) -> int:
        """The row that heads the orders, below the corrections and their total, or the words that there are none."""
        return (self.corrections_last if self.corrections else self.corrections_section) + 3

    @property
    def orders_first(self) -> int:
        return self.orders_section + 2

    @property
    def orders_last(self) -> int:
        return self.orders_first + len(self.snapshot.orders) - 1

    @cached_property
    def order_rows(self) -> dict[int, tuple[int, int]]:
        """First and last row of the orders of each Spend line that has any."""
        found: dict[int, tuple[int, int]] = {}
        for row, (number, _) in enumerate(self.orders, self.orders_first):
            first, _ = found.get(number, (row, row))
            found[number] = (first, row)
        return found

    @cached_property
    def orders(self) -> tuple[tuple[int, CostRow], ...]:
        """Each order behind the number of its Spend line, in their order."""
        lines = self.line_of
        numbered = (
            (lines[each.intervention, each.expense, each.category].number, each)
            for each in self.snapshot.orders
        )
        return tuple(sorted(numbered, key=lambda pair: (pair[0], pair[1].cost)))

    # Checks

    @property
    def controls_first(self) -> int:
        return self.head + 3

    @property
    def verdict(self) -> int:
        """The row of Checks that says in one sentence whether everything ties."""
        return self.controls_first + len(self.snapshot.controls)

    @property
    def bridge_first(self) -> int:
        return self.verdict + 4

    @property
    def bridge_last(self) -> int:
        return self.bridge_first + max(1, len(self.snapshot.bridge)) - 1

    @cached_property
    def bridge_row_of(self) -> dict[tuple[str, _Line], int]:
        return {
            (each.year, _line_of_bridge(each)): row
            for row, each in enumerate(self.snapshot.bridge, self.bridge_first)
        }

    def bridge_row_of_correction(self, cost: CostRow) -> int | None:
        year = cost.counts_in.rpartition(" ")[0]
        return self.bridge_row_of.get((year, (cost.intervention, cost.expense, cost.category)))

    def spend_row_of(self, bridge: BridgeRow) -> Placed | None:
        """The line of Spend a bridge line of this year leads to."""
        if bridge.year != self.snapshot.header.year:
            return None
        return self.line_of.get(_line_of_bridge(bridge))

    @cached_property
    def names(self) -> dict[str, str]:
        """The columns that formulas add, as defined names of the workbook."""

        def column(sheet: str, at: int, first: int, last: int) -> str:
            area = f"{cell_at(first, at, fixed=True)}:{cell_at(last, at, fixed=True)}"
            return on_sheet(sheet, area)

        costs = {
            "Cost_line": COST_LINE,
            "Cost_part": COST_PART,
            "Cost_counts_in": COST_COUNTS_IN,
            "Cost_amount": COST_AMOUNT,
            "Cost_accrued": COST_ACCRUED,
        }
        bridge = {
            "Bridge_year": BRIDGE_YEAR,
            "Bridge_opening": BRIDGE_OPENING,
            "Bridge_closing": BRIDGE_CLOSING,
            "Bridge_ledger": BRIDGE_LEDGER,
        }
        corrections = {"Correction_line": COST_LINE, "Correction_amount": COST_AMOUNT}
        found = {name: column(COSTS, at, self.costs_first, self.costs_last) for name, at in costs.items()} | {
            name: column(CHECKS, at, self.bridge_first, self.bridge_last) for name, at in bridge.items()
        }
        if self.corrections:
            found |= {
                name: column(COSTS, at, self.corrections_first, self.corrections_last)
                for name, at in corrections.items()
            }
        if self.orders:
            orders = {"Order_line": COST_LINE, "Order_amount": COST_AMOUNT}
            found |= {
                name: column(COSTS, at, self.orders_first, self.orders_last) for name, at in orders.items()
            }
        return found


def _line_of_bridge(bridge: BridgeRow) -> _Line:
    return bridge.reference, bridge.expense, bridge.category
