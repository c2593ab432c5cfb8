"""What makes a ledger real: a duplicate, a late cost, a corrected one, a credit note of last year, and orders on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fundtracker.application.demo.costs import CostEntry
from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    SERVICES,
    TRAINING,
    WORKS,
    category_id,
)
from fundtracker.application.demo.plan import quarter
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter

_C, _R = Expense.CAPITAL, Expense.RESOURCE
DUPLICATED = "duplicate"
"""The key of the duplicate, for whoever reverses it."""
_NOW, _BEFORE = quarter("2024/25 Q2"), quarter("2024/25 Q1")


def first_invoice(entries: Sequence[CostEntry], intervention: str, category: str, when: Quarter) -> CostEntry:
    """The earliest ordinary invoice of an intervention's category in a quarter."""
    return min(
        (
            each
            for each in entries
            if each.cost.intervention_id == intervention_id(intervention)
            and each.cost.category_id == category_id(category)
            and each.cost.quarter == when
            and each.cost.invoiced_on
        ),
        key=lambda each: (each.cost.received_on or date.max, each.cost.invoice_number),
    )


def duplicate(entries: Sequence[CostEntry]) -> CostEntry:
    """An invoice that came twice, by post and by e-mail, and was entered twice."""
    twin = first_invoice(entries, "SSF5-ASB-01", COMMUNICATIONS, _NOW)
    return replace(
        twin,
        entered_on=date(2024, 10, 16),
        batch="an invoice that came by e-mail",
        cost=replace(twin.cost, paid_on=None),
        key=DUPLICATED,
    )


def _cost(
    intervention: str, expense: Expense, category: str, supplier: str, description: str, net: str, ledger: str
) -> Cost:
    amount = Money.pounds(net)
    return Cost(
        id=CostId(0),
        reference="",
        intervention_id=intervention_id(intervention),
        supplier=supplier,
        description=description,
        net=amount,
        vat=Money(amount.pence // 5),
        vat_recoverable=True,
        expense=expense,
        category_id=category_id(category),
        ledger_code=ledger,
    )


def late_cost() -> CostEntry:
    """Received in June 2024, entered in August: after the return of its quarter was sent."""
    return CostEntry(
        entered_on=date(2024, 8, 14),
        award="SSF5-VAWG",
        batch="an invoice of June 2024 that came late",
        cost=replace(
            _cost(
                "SSF5-VAWG-02",
                _R,
                SERVICES,
                "Whitmoor School (example)",
                "Hall hire and caretaker, evening performance",
                "486.00",
                "S5V-02-4500",
            ),
            invoice_number="WS118",
            ordered_on=date(2024, 5, 20),
            received_on=date(2024, 6, 19),
            invoiced_on=date(2024, 8, 6),
            paid_on=date(2024, 9, 3),
            adjustment_reason="The school's invoice came in August, after the return of 2024/25 Q1 was sent.",
        ),
    )


def credit_note() -> CostEntry:
    """A correction to 2023/24, entered in 2024/25: shown apart, never charged to the new year's money."""
    return CostEntry(
        entered_on=date(2024, 9, 11),
        award="SSF5-RUR",
        batch="a credit note for works of March 2024",
        cost=replace(
            _cost(
                "SSF5-RUR-02",
                _C,
                WORKS,
                "Haresfold Civil Works (example)",
                "Credit note: traffic management charged for a day too many",
                "-312.50",
                "S5R-02-4300",
            ),
            invoice_number="HCW-CN27",
            received_on=date(2024, 3, 14),
            invoiced_on=date(2024, 9, 4),
            paid_on=date(2024, 9, 18),
            adjustment_reason="The contractor charged a day of traffic management too many in March 2024; credit note of 4 September 2024.",
        ),
    )


def corrected(entries: Sequence[CostEntry]) -> tuple[CostEntry, Money, str]:
    """An invoice of 2024/25 Q1 that the supplier issued again, lower, after it was claimed: entry, new net, reason."""
    entry = first_invoice(entries, "SSF5-RUR-06", EQUIPMENT, _BEFORE)
    reason = "The supplier issued the invoice again without ten uniforms that were sent back: £150 less."
    return entry, entry.cost.net - Money.pounds(150), reason


_ORDERS = (
    ("SSF5-VAWG", "SSF5-VAWG-03", _C, EQUIPMENT, "Oakhanger Cameras (example)", "Low-light cameras, set of four", "6240.00", "S5V-03-4200", date(2024, 8, 23)),
    ("SSF5-VAWG", "SSF5-VAWG-03", _C, WORKS, "Marlbrook Electrical (example)", "Lighting columns, second phase", "1580.00", "S5V-03-4300", date(2024, 8, 23)),
    ("SSF5-VAWG", "SSF5-VAWG-02", _R, SERVICES, "Larkfield Theatre Company (example)", "Autumn tour, eleven performances", "6900.00", "S5V-02-4500", date(2024, 9, 20)),
    ("SSF5-VAWG", "SSF5-VAWG-02", _R, COMMUNICATIONS, "Ashgrove Print (example)", "Programmes for the autumn tour", "540.00", "S5V-02-4600", date(2024, 9, 27)),
    ("SSF5-ASB", "SSF5-ASB-02", _C, EQUIPMENT, "Fernhurst Software (example)", "Noise-monitoring kit, third set", "1490.00", "S5A-02-4200", date(2024, 9, 18)),
    ("SSF5-ASB", "SSF5-ASB-02", _R, SERVICES, "Tallow Lane Mediation (example)", "Mediation, call-off for the autumn", "980.00", "S5A-02-4500", date(2024, 9, 25)),
    ("SSF5-ASB", "SSF5-ASB-01", _R, TRAINING, "Penhallow Training (example)", "Case review chairs' refresher", "620.00", "S5A-01-4400", date(2024, 10, 2)),
    ("SSF5-RUR", "SSF5-RUR-01", _C, EQUIPMENT, "Thornwick Drones (example)", "Compact drone with thermal camera", "4150.00", "S5R-01-4200", date(2024, 9, 12)),
    ("SSF5-RUR", "SSF5-RUR-02", _C, EQUIPMENT, "Oakhanger Cameras (example)", "ANPR cameras, set of four, second phase", "7300.00", "S5R-02-4200", date(2024, 9, 6)),
    ("SSF5-RUR", "SSF5-RUR-02", _C, WORKS, "Haresfold Civil Works (example)", "Foundations and power, second phase", "1950.00", "S5R-02-4300", date(2024, 9, 16)),
    ("SSF5-RUR", "SSF5-RUR-03", _C, EQUIPMENT, "Westering Security Supplies (example)", "Redeployable CCTV units, two", "5200.00", "S5R-03-4200", date(2024, 9, 30)),
    ("SSF5-RUR", "SSF5-RUR-05", _R, SERVICES, "Fernhurst Software (example)", "Footage store, licence to March 2025", "2300.00", "S5R-05-4500", date(2024, 10, 1)),
)  # fmt: skip


def orders() -> tuple[CostEntry, ...]:
    """Ordered, not yet received: committed, and in no return."""
    return tuple(
        CostEntry(
            entered_on=date(2024, 10, 9),
            award=award,
            batch="orders on the way, from the purchasing system",
            cost=replace(
                _cost(intervention, expense, category, supplier, description, net, ledger),
                ordered_on=ordered_on,
            ),
        )
        for award, intervention, expense, category, supplier, description, net, ledger, ordered_on in _ORDERS
    )
