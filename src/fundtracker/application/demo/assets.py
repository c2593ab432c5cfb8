"""The asset register: every capital invoice above £10,000, as it was entered. Serial numbers are illustrative."""

from datetime import date

from fundtracker.application.demo.interventions import INTERVENTIONS
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.people import EQUIPMENT, category_id
from fundtracker.domain.bids import Expense
from fundtracker.domain.delivery import Asset, AssetId
from fundtracker.domain.money import Money

THRESHOLD = Money.pounds(10_000)


def assets() -> tuple[tuple[date, str, Asset], ...]:
    """Day entered, award, asset: equipment whose eligible cost is above the threshold."""
    districts = {each.id: each.district for each in INTERVENTIONS}
    bought = [
        each
        for each in ledger().entries
        if each.cost.expense is Expense.CAPITAL
        and each.cost.category_id == category_id(EQUIPMENT)
        and each.cost.eligible > THRESHOLD
        and each.cost.received_on
        and each.cost.grant_id is None
    ]
    return tuple(
        (
            entry.entered_on,
            entry.award,
            Asset(
                id=AssetId(n),
                intervention_id=entry.cost.intervention_id,
                description=f"{entry.cost.description} ({entry.cost.reference})",
                bought_on=received_on,
                cost=entry.cost.eligible,
                location=districts[entry.cost.intervention_id] or "Gloucestershire",
                serial_number=f"EX-{7000 + 13 * n} (illustrative)",
                title_deeds="None: equipment",
                depreciation="Straight line over five years",
            ),
        )
        for n, entry in enumerate(bought, 1)
        if (received_on := entry.cost.received_on)
    )
