"""A file a hundred times today's size: 1,000 awards, 50,000 interventions, 1,000,000 costs. Made once, in .benchmark-data."""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from _measure import DATA, MILLION
from fundtracker.domain.awards import Award, AwardId, AwardLine, AwardLineId
from fundtracker.domain.bids import Bid, BidId, BidStatus, Expense, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId, Office, OfficeId
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.storage import repository
from fundtracker.storage.database import Database
from fundtracker.storage.journal import Stamp, transaction

AWARDS, INTERVENTIONS, COSTS = 1_000, 50_000, 1_000_000
BATCH = 50_000
START, TODAY = date(2023, 4, 1), date(2024, 10, 21)
WORDS = (
    "camera",
    "lighting",
    "gates",
    "training",
    "marshals",
    "patrol",
    "fencing",
    "signs",
    "outreach",
    "sessions",
    "drone",
    "alarm",
)
TOWNS = (
    "Cheltenham",
    "Cirencester",
    "Coleford",
    "Gloucester",
    "Stroud",
    "Tewkesbury",
    "Lydney",
    "Dursley",
    "Moreton",
    "Cinderford",
)


def million() -> Path:
    """The path of the file; made now if it isn't there."""
    if not MILLION.exists():
        DATA.mkdir(exist_ok=True)
        making = MILLION.with_suffix(".making")
        making.unlink(missing_ok=True)
        sys.stderr.write("Making the file of 1,000,000 costs (once)...\n")
        database = Database.create(making)
        _fill(database)
        database.close()
        making.rename(MILLION)
    return MILLION


def _fill(database: Database) -> None:
    _keep(database, "The office and its fund", _first())
    _keep(database, "Awards", _awards())
    _keep(database, "Interventions", _interventions())
    costs = _costs()
    for number in range(0, COSTS, BATCH):
        _keep(database, f"Costs from {number + 1:,}", [next(costs) for _ in range(BATCH)])


def _keep(database: Database, title: str, records: list[Record]) -> None:
    with transaction(
        database, Stamp(actor="Benchmark", at=datetime(2024, 10, 21, tzinfo=UTC), title=title)
    ) as tx:
        kinds = dict.fromkeys(type(each) for each in records)
        for kind in kinds:
            repository.insert(tx.connection, [each for each in records if type(each) is kind])


def _first() -> list[Record]:
    return [
        Office(id=OfficeId(1), name="Benchmark office", today=TODAY),
        *(
            CostCategory(id=CostCategoryId(n), name=name)
            for n, name in enumerate(("Staff", "Equipment", "Services", "Training"), 1)
        ),
        Fund(
            id=FundId(1),
            code="SSF",
            name="Safer Streets Fund",
            funder="Home Office",
            source=FundSource.RECEIVED,
        ),
        FundingRound(
            id=FundingRoundId(1),
            fund_id=FundId(1),
            code="SSF5",
            name="Round 5",
            delivery_from=START,
            delivery_to=date(2025, 3, 31),
        ),
    ]


def _awards() -> list[Record]:
    found: list[Record] = []
    for n in range(1, AWARDS + 1):
        found += [
            Bid(
                id=BidId(n),
                round_id=FundingRoundId(1),
                reference=f"B-{n:04d}",
                title=f"Bid {n}",
                theme=Theme.ASB,
                status=BidStatus.SUCCESSFUL,
            ),
            Award(
                id=AwardId(n),
                bid_id=BidId(n),
                reference=f"A-{n:04d}",
                starts_on=START,
                ends_on=date(2025, 3, 31),
            ),
            *(
                AwardLine(
                    id=AwardLineId(2 * n + k),
                    award_id=AwardId(n),
                    year=FinancialYear(2023 + k),
                    expense=Expense.RESOURCE,
                    amount=Money(90_000_000_00),
                )
                for k in range(2)
            ),
        ]
    return found


def _interventions() -> list[Record]:
    dice = random.Random(5)  # noqa: S311 - data, not secrets
    return [
        Intervention(
            id=InterventionId(n),
            award_id=AwardId(n % AWARDS + 1),
            reference=f"IV-{n:05d}",
            title=f"{dice.choice(WORDS).capitalize()} in {dice.choice(TOWNS)}, phase {n % 7}",
            theme=dice.choice(list(Theme)),
            district=dice.choice(TOWNS),
        )
        for n in range(1, INTERVENTIONS + 1)
    ]


def _costs() -> Iterator[Record]:
    dice = random.Random(7)  # noqa: S311 - data, not secrets
    for n in range(1, COSTS + 1):
        received = START + timedelta(days=dice.randrange((TODAY - START).days))
        net = Money(dice.randrange(100, 900_000))
        yield Cost(
            id=CostId(n),
            reference=f"C-{n:07d}",
            intervention_id=InterventionId(n % INTERVENTIONS + 1),
            supplier=f"Supplier {dice.randrange(800)}",
            invoice_number=f"INV{n}",
            description=f"{dice.choice(WORDS).capitalize()} for {dice.choice(TOWNS)}",
            ordered_on=received - timedelta(days=20),
            received_on=received,
            invoiced_on=received + timedelta(days=9),
            paid_on=received + timedelta(days=30),
            net=net,
            vat=Money(net.pence // 5),
            vat_recoverable=n % 3 > 0,
            expense=Expense.RESOURCE if n % 4 else Expense.CAPITAL,
            category_id=CostCategoryId(n % 4 + 1),
            ledger_code=f"S5-{n % 90:02d}",
        )


if __name__ == "__main__":
    print(million())
