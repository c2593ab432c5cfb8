"""The finance system's listing of the Safer Streets cost centre: what was paid, in that system's own ways, and what doesn't agree."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from fundtracker.application.demo.days import working_day
from fundtracker.application.demo.grants import GRANT_IDS, GRANT_PLANS, INSTALMENTS
from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EVALUATION,
    SERVICES,
    TRAINING,
    category_id,
)
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import InstalmentStatus
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import long_date

HEADINGS = ("Trans No", "Posting Date", "Supplier Name", "Invoice No", "Description", "GL Code", "Amount")
_SUPPLIER_LETTERS = 24
_DESCRIPTION_LETTERS = 36
_FIRST_NUMBER = 410_217
_POSTED_WITHIN = 4
"""Days from the payment to its posting, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A line of the listing; below nought it is a credit. Recoverable VAT is posted to an account of its own, not here."""

    number: str = ""
    posted_on: date
    supplier: str
    invoice: str = ""
    description: str
    code: str
    amount: Money


def write_listing(path: Path, until: date) -> None:
    """Everything posted to a day, both included, as an Excel report with its total; the same bytes each time."""
    from fundtracker.exports.sheets import Book, Sheet
    from fundtracker.exports.styles import Look
    from fundtracker.exports.workbook_writer import save_workbook

    lines = postings(until)
    sheet = Sheet(name="Transactions", widths=(12, 13, 27, 22, 38, 14, 13), frozen_rows=4)
    sheet.add("General ledger transactions, cost centre Safer Streets", look=Look.TITLE)
    sheet.add(f"Posted to {long_date(until)}. Illustrative: made for the demonstration.")
    sheet.gap()
    sheet.add(*HEADINGS, look=Look.HEADING)
    for each in lines:
        sheet.add(
            each.number,
            each.posted_on,
            each.supplier,
            each.invoice or None,
            each.description,
            each.code,
            each.amount,
        )
    sheet.add("Total", None, None, None, None, None, total(each.amount for each in lines), look=Look.TOTAL)
    book = Book(
        title="General ledger transactions",
        office="Finance system (illustrative)",
        created=datetime.combine(until, time(), UTC),
        sheets=[sheet],
    )
    save_workbook(book, path)


def postings(until: date) -> tuple[Posting, ...]:
    """Lines posted to a day, as they are numbered: a later listing begins with the same lines."""
    return tuple(each for each in _all() if each.posted_on <= until)


@cache
def _all() -> tuple[Posting, ...]:
    dice = random.Random("finance listing")  # noqa: S311 - illustrative figures, nothing secret
    found = [*_of_costs(dice), *_of_instalments(dice), *_OTHERS]
    found.sort(key=lambda each: (each.posted_on, each.supplier, each.invoice, each.amount))
    number, numbered = _FIRST_NUMBER, list[Posting]()
    for each in found:
        number += dice.randint(1, 9)
        numbered.append(replace(each, number=f"PV{number}", **_in_capitals(each)))
    return tuple(numbered)


def _in_capitals(each: Posting) -> dict[str, str]:
    return {
        "supplier": each.supplier.upper()[:_SUPPLIER_LETTERS].rstrip(),
        "description": each.description[:_DESCRIPTION_LETTERS].rstrip(),
    }


def _own_costs() -> list[Cost]:
    """Round 5's own costs that were paid, a corrected one as it was really paid."""
    wrong = ledger().correction
    return [
        replace(each.cost, net=wrong.net) if each.cost.id == wrong.cost.id else each.cost
        for each in ledger().by_hand
        if each.award.startswith("SSF5") and each.cost.grant_id is None and each.cost.paid_on
    ]


def _of_costs(dice: random.Random) -> Iterator[Posting]:
    costs = _own_costs()
    together, other, twice, renamed, unnumbered = _odd_ones(costs)
    for cost in costs:
        line = _posting(cost, dice)
        if cost in together:
            if cost == together[0]:
                both = replace(line, invoice="", description="Two invoices, paid together")
                yield replace(both, amount=total(each.eligible for each in together))
        elif cost == other:
            yield replace(line, amount=line.amount - Money.pounds("5.00"))
        elif cost == renamed:
            fees = "Professional fees, survey"
            yield replace(line, supplier="BRK Consulting Group", invoice="", description=fees)
        elif cost == unnumbered:
            yield replace(line, invoice="")
        else:
            yield line
        if cost == twice:
            again = working_day(line.posted_on + timedelta(days=1))
            yield replace(line, posted_on=again)
            back = working_day(again + timedelta(days=2))
            why = f"Posted twice: {cost.invoice_number} taken back"
            yield replace(line, posted_on=back, invoice="", description=why, amount=-line.amount)


def _posting(cost: Cost, dice: random.Random) -> Posting:
    paid = cost.paid_on or date.max
    return Posting(
        posted_on=working_day(paid + timedelta(days=dice.randint(0, _POSTED_WITHIN))),
        supplier=cost.supplier,
        invoice=cost.invoice_number,
        description=cost.description,
        code=cost.ledger_code,
        amount=cost.eligible,
    )


def _odd_ones(costs: list[Cost]) -> tuple[tuple[Cost, Cost], Cost, Cost, Cost, Cost]:
    """Two invoices of a supplier paid together; one paid with another sum; one posted twice, under another name, without its number."""
    since = date(2024, 8, 1)
    first, second, *_ = _paid(costs, "SSF5-VAWG-04", SERVICES, since)
    return (
        (first, second),
        _paid(costs, "SSF5-VAWG-02", COMMUNICATIONS, since)[0],
        _paid(costs, "SSF5-RUR-06", TRAINING, since)[0],
        _paid(costs, "SSF5-VAWG-04", EVALUATION, since)[0],
        _paid(costs, "SSF5-RUR-05", SERVICES, since)[0],
    )


def _paid(costs: list[Cost], intervention: str, category: str, since: date) -> list[Cost]:
    """Costs of an intervention's category paid from a day on, the first first."""
    found = [
        each
        for each in costs
        if each.intervention_id == intervention_id(intervention)
        and each.category_id == category_id(category)
        and each.paid_on
        and each.paid_on >= since
    ]
    return sorted(found, key=lambda each: (each.paid_on or date.max, each.id))


def _of_instalments(dice: random.Random) -> Iterator[Posting]:
    plans = {GRANT_IDS[each.reference]: each for each in GRANT_PLANS if "SSF5" in each.reference}
    for each in INSTALMENTS:
        plan = plans.get(each.grant_id)
        if plan and each.status is InstalmentStatus.PAID and each.paid_on:
            first = plan.sources[0][0]
            line = Posting(
                posted_on=working_day(each.paid_on + timedelta(days=dice.randint(0, 2))),
                supplier=plan.recipient,
                description=f"Grant {plan.reference}",
                code=code_of_partners(first),
                amount=each.amount,
            )
            vague = (plan.reference, each.due_on) == _VAGUE
            yield (
                replace(line, supplier="Cotswolds CSP", description="Community safety grant")
                if vague
                else line
            )


def code_of_partners(intervention: str) -> str:
    """The code that payments to partners of an intervention are posted to."""
    found = next(
        each.cost.ledger_code
        for each in ledger().entries
        if each.cost.intervention_id == intervention_id(intervention) and each.cost.ledger_code
    )
    return f"{found[:-4]}{_PARTNERS_CODE}"


_PARTNERS_CODE = 4700
_VAGUE = ("GR-SSF5-COT", date(2024, 6, 21))
"""A grant's instalment that was paid under its partnership's other name, without the grant's number."""
_OTHERS = (
    Posting(posted_on=date(2024, 3, 29), supplier="Severn Vale Bank (example)", description="Bank charges, victims' services", code="VIC-00-4900", amount=Money.pounds("14.60")),
    Posting(posted_on=date(2024, 6, 28), supplier="Severn Vale Bank (example)", description="Bank charges, victims' services", code="VIC-00-4900", amount=Money.pounds("16.15")),
    Posting(posted_on=date(2024, 9, 12), supplier="Ashgrove Print (example)", invoice="AP9931", description="Annual report of the commissioner", code="OFF-01-4600", amount=Money.pounds("1240.00")),
    Posting(posted_on=date(2024, 9, 27), supplier="Wyedean Couriers (example)", invoice="WC20774", description="Delivery of programmes to schools", code="S5V-02-4500", amount=Money.pounds("38.40")),
    Posting(posted_on=date(2024, 10, 8), supplier="Tallow Lane Mediation (example)", invoice="TLM-OCT-1", description="Interpreter, case conference", code="S5A-02-4500", amount=Money.pounds("165.00")),
)  # fmt: skip
"""Of other programmes, and of ours without a cost yet."""
