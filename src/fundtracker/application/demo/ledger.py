"""The whole ledger: every cost entry with its number, in the order they were entered."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from fundtracker.application.demo.costs import CostEntry, ordinary_costs
from fundtracker.application.demo.exceptions import (
    DUPLICATED,
    corrected,
    credit_note,
    duplicate,
    late_cost,
    orders,
)
from fundtracker.application.demo.interventions import PLANS
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.money import Money

_AWARD_ORDER = {plan.reference: n for n, plan in enumerate(PLANS)}


@dataclass(frozen=True, slots=True)
class Correction:
    """A claimed cost that got a new net sum."""

    cost: Cost
    net: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    entries: tuple[CostEntry, ...]
    correction: Correction

    @property
    def duplicate(self) -> Cost:
        return next(each.cost for each in self.entries if each.key == DUPLICATED)


@cache
def ledger() -> Ledger:
    """Costs numbered from 1 in the order of their entry; reversals tied to what they reverse."""
    ordinary = ordinary_costs()
    wrong, net, reason = corrected(ordinary)
    everything = (*ordinary, duplicate(ordinary), late_cost(), credit_note(), *orders())
    in_order = sorted(everything, key=_order)
    numbered = [
        replace(entry, cost=replace(entry.cost, id=CostId(n), reference=f"C-{n:05d}"))
        for n, entry in enumerate(in_order, 1)
    ]
    ids = {entry.key: entry.cost.id for entry in numbered if entry.key}
    tied = tuple(
        replace(entry, cost=replace(entry.cost, reversal_of=ids[entry.reverses])) if entry.reverses else entry
        for entry in numbered
    )
    return Ledger(tied, Correction(tied[in_order.index(wrong)].cost, net, reason))


def _order(entry: CostEntry) -> tuple[date, int, str, date, int, str, bool]:
    cost = entry.cost
    return (
        entry.entered_on,
        _AWARD_ORDER[entry.award],
        entry.batch,
        cost.received_on or date.max,
        cost.intervention_id,
        cost.description.removeprefix("Reversal of accrual: ").removeprefix("Accrual: "),
        not entry.reverses,
    )
