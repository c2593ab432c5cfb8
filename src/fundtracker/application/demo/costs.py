"""The cost lines: payroll by the month, suppliers' invoices, partners' spending, accruals with their reversals.

Suppliers are invented and say "(example)"; payrolls are of the bodies named. Sums follow the plans to the penny.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fundtracker.application.demo.bids import award
from fundtracker.application.demo.days import (
    LAST_DAY,
    LOADED_ON,
    after,
    ledger_day,
    month_words,
    months,
    working_day,
)
from fundtracker.application.demo.form_days import accepted_on, reports
from fundtracker.application.demo.grants import GRANT_IDS, GRANT_PLANS, GrantPlan
from fundtracker.application.demo.interventions import EARLIER, PLANS, intervention_id
from fundtracker.application.demo.people import CATEGORIES, PARTNER, STAFF, category_id
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, Vat, YearPlan
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.periods import Quarter, long_date

_EARLIER = {plan.reference for plan in EARLIER}
_LEDGER = {each.name: 4000 + 100 * n for n, each in enumerate(CATEGORIES, 1)}
_LOWER = (0, 4_000, 0, 8_500)
"""Pence by which the invoice in place of an accrual comes lower, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEntry:
    """A cost as it finally stood, the day it was entered, and with what. `key` and `reverses` tie a reversal to its accrual."""

    entered_on: date
    award: str
    batch: str
    cost: Cost
    key: str = ""
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of an intervention in a quarter: what its costs have in common."""

    plan: AwardPlan
    intervention: InterventionPlan
    line: LinePlan
    quarter: Quarter

    @property
    def dice(self) -> random.Random:
        """Chance that always falls the same way for this place."""
        seed = f"{self.intervention.reference} {self.line.category} {self.line.expense.value} {self.quarter}"
        return random.Random(seed)  # noqa: S311 - illustrative figures, nothing secret

    @property
    def months(self) -> tuple[date, ...]:
        return months(self.quarter, award(self.plan.reference).starts_on)

    @property
    def earlier(self) -> bool:
        return self.plan.reference in _EARLIER

    def entered(self, day: date) -> date:
        return LOADED_ON if self.earlier else day

    def batch(self, words: str) -> str:
        return "costs, from the workbook kept before" if self.earlier else words

    def cost(self, eligible: Money, vat: Vat, *, taxed: bool = True) -> Cost:
        """The frame of a cost of this place whose eligible sum is `eligible` (a penny less where VAT can't give it)."""
        net, tax = _net_and_vat(eligible, vat) if taxed else (eligible, ZERO)
        return Cost(
            id=CostId(0),
            reference="",
            intervention_id=intervention_id(self.intervention.reference),
            supplier=self.line.supplier,
            net=net,
            vat=tax,
            vat_recoverable=vat is Vat.RECOVERABLE,
            expense=self.line.expense,
            category_id=category_id(self.line.category),
            ledger_code=f"{self.plan.ledger}-{self.intervention.reference[-2:]}-{_LEDGER[self.line.category]}",
        )


def _net_and_vat(eligible: Money, vat: Vat) -> tuple[Money, Money]:
    """Net and VAT at 20%, rounded to the penny, whose eligible part is the sum given.

    No irrecoverable invoice adds up to six pence and three over (net 5n+2 or 5n+3 both miss it): it is a penny less.
    """
    if vat is Vat.RECOVERABLE:
        return eligible, Money((eligible.pence * 2 + 5) // 10)
    pence = eligible.pence - (eligible.pence % 6 == 3)  # noqa: PLR2004 - see above
    net = (pence * 5 + 3) // 6
    return Money(net), Money(pence - net)


def _payroll(place: _Place, amount: Money) -> Iterator[CostEntry]:
    """Pay of each month, by a journal a few days before its end; no VAT. Allowances make round 5's months uneven."""
    dice = place.dice
    parts = [
        part if place.earlier else part - Money(dice.randint(150, 3_900))
        for part in amount.share([1] * len(place.months))
    ]
    for month, part in zip(place.months, parts, strict=True):
        received = working_day(month.replace(day=23))
        journal = working_day(received + timedelta(days=1))
        yield CostEntry(
            entered_on=place.entered(ledger_day(month)),
            award=place.plan.reference,
            batch=place.batch(f"{month_words(month)} costs from the ledger"),
            cost=replace(
                place.cost(part, place.line.vat, taxed=False),
                invoice_number=f"PAY-{month:%Y%m}-{place.intervention.reference}",
                description=f"{place.line.goods[0]}, pay of {month_words(month)}",
                received_on=received,
                invoiced_on=journal,
                paid_on=working_day(journal + timedelta(days=1)),
            ),
        )


def _purchases(place: _Place, amount: Money) -> Iterator[CostEntry]:
    """Suppliers' invoices; the last of the quarter is accrued where the line says so."""
    dice = place.dice
    parts = _uneven(place, amount, dice)
    accrues = place.line.accrues and not place.earlier
    for n, part in enumerate(parts):
        last = accrues and n == len(parts) - 1
        month = place.months[-1] if last else place.months[n * len(place.months) // len(parts)]
        received = working_day(month.replace(day=dice.randint(20, 25) if last else dice.randint(4, 24)))
        goods = place.line.goods[(n + place.quarter.number) % len(place.line.goods)]
        bought = replace(
            place.cost(part, place.line.vat),
            description=goods,
            ordered_on=_ordered(place, received, dice.randint(10, 32)),
            received_on=received,
        )
        if last:
            yield from _accrual(place, bought)
            continue
        invoiced = working_day(received + timedelta(days=dice.randint(2, 12)))
        yield CostEntry(
            entered_on=place.entered(ledger_day(month)),
            award=place.plan.reference,
            batch=place.batch(f"{month_words(month)} costs from the ledger"),
            cost=_invoiced(bought, min(invoiced, ledger_day(month)), dice.randint(14, 28)),
        )


def _uneven(place: _Place, amount: Money, dice: random.Random) -> tuple[Money, ...]:
    """The sum split as invoices fall; round 5's come to some pence less than the round sums of the plan."""
    parts = amount.share([dice.randint(6, 14) for _ in range(place.line.invoices)])
    return parts if place.earlier else tuple(part - Money(dice.randint(3, 97)) for part in parts)


def _ordered(place: _Place, received: date, days: int) -> date:
    """Before the goods came, and never before the award began: earlier liabilities aren't eligible."""
    return max(working_day(received - timedelta(days=days)), award(place.plan.reference).starts_on)


def _invoiced(cost: Cost, invoiced_on: date, days: int) -> Cost:
    return replace(cost, invoiced_on=invoiced_on, paid_on=working_day(invoiced_on + timedelta(days=days)))


def _accrual(place: _Place, bought: Cost) -> Iterator[CostEntry]:
    """What has come by the quarter's end without an invoice; then its reversal and the invoice, of the same day received.

    The fourth quarter's invoices come before its return is sent; the others after, as adjustments of the next return.
    """
    end, reference = place.quarter.ends_on, place.plan.reference
    key = f"{place.intervention.reference} {place.line.category} {place.quarter}"
    accrued = replace(bought, description=f"Accrual: {bought.description}")
    yield CostEntry(
        entered_on=after(place.quarter, 4),
        award=reference,
        batch=f"accruals at {long_date(end)}",
        cost=accrued,
        key=key,
    )
    at_year_end = place.quarter.number == 4  # noqa: PLR2004 - the fourth
    invoiced = after(place.quarter, 9 if at_year_end else 27)
    entered = ledger_day(end if at_year_end else end + timedelta(days=5))
    if entered > LAST_DAY:
        return
    late = "" if at_year_end else "The invoice came after the return that claimed the accrual."
    batch = f"invoices in place of accruals at {long_date(end)}"
    yield CostEntry(
        entered_on=entered,
        award=reference,
        batch=batch,
        cost=replace(
            accrued,
            description=f"Reversal of accrual: {bought.description}",
            net=-accrued.net,
            vat=-accrued.vat,
            adjustment_reason=late,
        ),
        reverses=key,
    )
    lower = Money(_LOWER[(place.quarter.number + len(key)) % len(_LOWER)])
    final = bought if at_year_end else replace(bought, **_lowered(bought, lower), adjustment_reason=late)
    yield CostEntry(entered_on=entered, award=reference, batch=batch, cost=_invoiced(final, invoiced, 20))


def _lowered(cost: Cost, by: Money) -> dict[str, Money]:
    net = cost.net - by if cost.net > by * 5 else cost.net
    return {"net": net, "vat": Money((net.pence * 2 + 5) // 10)}


def _partner(place: _Place, grant: GrantPlan, amount: Money) -> Iterator[CostEntry]:
    """What a partner spent out of its grant, as accepted two weeks after the quarter; of round 5 with its form."""
    dice = place.dice
    dice.seed(f"{grant.reference} {dice.random()}")
    accepted = after(place.quarter, dice.randint(10, 15))
    entered, grant_id = after(place.quarter, 17), GRANT_IDS[grant.reference]
    if reports(grant_id, place.quarter):
        entered = accepted = accepted_on(grant.reference, place.quarter)
    supplier, goods = grant.buys(place.intervention.reference)
    parts = amount.share([dice.randint(6, 14) for _ in range(place.line.invoices)])
    for n, part in enumerate(parts):
        month = place.months[n * len(place.months) // len(parts)]
        received = working_day(month.replace(day=dice.randint(4, 24)))
        yield CostEntry(
            entered_on=place.entered(entered),
            award=place.plan.reference,
            batch=place.batch(f"partners' spending of {place.quarter}, accepted"),
            cost=_invoiced(
                replace(
                    place.cost(part, grant.vat),
                    grant_id=grant_id,
                    supplier=supplier,
                    description=goods[(n + place.quarter.number) % len(goods)],
                    ordered_on=_ordered(place, received, dice.randint(5, 20)),
                    received_on=received,
                    accepted_on=accepted,
                ),
                working_day(received + timedelta(days=3)),
                6,
            ),
        )


def _of_line(
    plan: AwardPlan, intervention: InterventionPlan, line: LinePlan, year: YearPlan
) -> Iterator[CostEntry]:
    if line.category == PARTNER:
        for grant in GRANT_PLANS:
            for quarter, amount in year.spend(grant.amount(intervention.reference, year.year)):
                if amount:
                    yield from _partner(_Place(plan, intervention, line, quarter), grant, amount)
        return
    made = _payroll if line.category == STAFF else _purchases
    for quarter, amount in year.spend():
        if amount:
            yield from made(_Place(plan, intervention, line, quarter), amount)


def ordinary_costs() -> tuple[CostEntry, ...]:
    """Every cost that follows the plans, invoices numbered in the order their supplier wrote them."""
    found = [
        entry
        for plan in PLANS
        for intervention, line, year in plan.lines()
        for entry in _of_line(plan, intervention, line, year)
    ]
    return tuple(_with_invoice_numbers(found))


def _with_invoice_numbers(entries: list[CostEntry]) -> Iterator[CostEntry]:
    dice = random.Random("invoice numbers")  # noqa: S311 - illustrative figures, nothing secret
    last: dict[str, int] = {}
    in_order = sorted(entries, key=lambda each: each.cost.invoiced_on or date.max)
    for each in in_order:
        cost = each.cost
        if cost.invoiced_on is None or cost.invoice_number:
            yield each
            continue
        letters = "".join(word[0] for word in cost.supplier.split("(")[0].split())
        number = last.get(cost.supplier, dice.randint(1000, 4000)) + dice.randint(2, 11)
        last[cost.supplier] = number
        yield replace(each, cost=replace(cost, invoice_number=f"{letters}{number}"))
