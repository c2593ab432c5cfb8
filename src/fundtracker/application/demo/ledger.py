"""The whole ledger: every cost entry with its number, in the order they were entered."""

from collections import Counter
from collections.abc import Iterable, Iterator
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
from fundtracker.application.demo.form_days import REPORTING, form_id, is_awaited, reports
from fundtracker.application.demo.interventions import PLANS
from fundtracker.application.demo.returns import Q2
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.layout import cost_key
from fundtracker.domain.periods import Quarter

_AWARD_ORDER = {plan.reference: n for n, plan in enumerate(PLANS)}


@dataclass(frozen=True, slots=True)
class Correction:
    """A claimed cost that got a new net sum."""

    cost: Cost
    net: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every cost, those of partner forms included; what a form of 2024/25 Q2 brings in isn't entered by the office."""

    entries: tuple[CostEntry, ...]
    correction: Correction

    @property
    def by_hand(self) -> tuple[CostEntry, ...]:
        """What the office enters itself."""
        return tuple(each for each in self.entries if not _of_form(each.cost))

    @property
    def held(self) -> tuple[CostEntry, ...]:
        """What is in the file when the story ends."""
        return tuple(
            each
            for each in self.entries
            if not (_of_form(each.cost) and is_awaited(_reference(each.cost), Q2))
        )

    def of_form(self, reference: str, quarter: Quarter) -> tuple[Cost, ...]:
        """The costs of a grant's form, row by row."""
        return tuple(each.cost for each in self.entries if each.cost.form_id == form_id(reference, quarter))

    @property
    def duplicate(self) -> Cost:
        return next(each.cost for each in self.entries if each.key == DUPLICATED)


@cache
def ledger() -> Ledger:
    """Costs numbered from 1 in the order of their entry; reversals tied to what they reverse, partners' costs to their forms."""
    ordinary = ordinary_costs()
    wrong, net, reason = corrected(ordinary)
    everything = (*ordinary, duplicate(ordinary), late_cost(), credit_note(), *orders())
    in_order = sorted(everything, key=_order)
    numbered = [
        replace(entry, cost=replace(entry.cost, id=CostId(n), reference=f"C-{n:05d}"))
        for n, entry in enumerate(in_order, 1)
    ]
    ids = {entry.key: entry.cost.id for entry in numbered if entry.key}
    tied = [
        replace(entry, cost=replace(entry.cost, reversal_of=ids[entry.reverses])) if entry.reverses else entry
        for entry in numbered
    ]
    of_forms = tuple(_on_forms(tied))
    return Ledger(of_forms, Correction(tied[in_order.index(wrong)].cost, net, reason))


def _on_forms(entries: Iterable[CostEntry]) -> Iterator[CostEntry]:
    """With the form and the row that each cost of round 5's partners came in. A partner knows no ledger code of the office."""
    rows: Counter[int] = Counter()
    for each in entries:
        cost = each.cost
        if cost.quarter is None or not reports(cost.grant_id, cost.quarter):
            yield each
            continue
        form = form_id(_reference(cost), cost.quarter)
        rows[form] += 1
        yield replace(each, cost=replace(cost, form_id=form, form_row=cost_key(rows[form]), ledger_code=""))


def _of_form(cost: Cost) -> bool:
    """Whether it comes in by a form that is really drawn and read."""
    return cost.quarter == Q2 and reports(cost.grant_id, Q2)


def _reference(cost: Cost) -> str:
    """The grant's; costs without one are never asked for it."""
    plan = REPORTING.get(cost.grant_id) if cost.grant_id else None
    return plan.reference if plan else ""


def _order(entry: CostEntry) -> tuple[date, str, int, str, date, int, str, bool]:
    """As they are entered within a day: by hand first, then form by form."""
    cost = entry.cost
    return (
        entry.entered_on,
        _reference(cost) if _of_form(cost) else "",
        _AWARD_ORDER[entry.award],
        entry.batch,
        cost.received_on or date.max,
        cost.intervention_id,
        cost.description.removeprefix("Reversal of accrual: ").removeprefix("Accrual: "),
        not entry.reverses,
    )
