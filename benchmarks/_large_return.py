"""A return with 5,000 cost lines, as a snapshot: 12 interventions, two quarters already returned, adjustments, accruals, VAT of both kinds."""

import random
from datetime import date, timedelta

from fundtracker.domain.awards import Award, AwardId, AwardLine, AwardLineId
from fundtracker.domain.bids import Bid, BidId, BidStatus, Expense, Theme
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.interventions import (
    Intervention,
    InterventionId,
    InterventionStatus,
    ProfileLine,
    ProfileLineId,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId, Office, OfficeId
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnLine, ReturnLineId, ReturnState
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.domain.snapshot import Snapshot

COSTS, INTERVENTIONS = 5_000, 12
STARTS, ENDS, TODAY = date(2024, 4, 1), date(2025, 3, 31), date(2024, 10, 21)
Q1, Q2 = Quarter(FinancialYear(2024), 1), Quarter(FinancialYear(2024), 2)


def large_snapshot() -> Snapshot:
    """The draft of 2024/25 Q2; the same every time."""
    rows = _records()
    rows[FunderReturn] = (_return(1, Q1),)
    first = Claim(AwardBook(_award(), TODAY, rows), Q1)
    rows[ReturnLine] = tuple(
        ReturnLine(
            id=ReturnLineId(number),
            return_id=FunderReturnId(1),
            cost_id=CostId(line.cost_id),
            intervention_id=InterventionId(line.cell.intervention_id),
            quarter=line.cell.quarter,
            expense=line.cell.expense,
            category_id=CostCategoryId(line.cell.category_id),
            amount=line.amount,
        )
        for number, line in enumerate(first.lines, 1)
    )
    draft = _return(2, Q2)
    rows[FunderReturn] = (_sent(first), draft)
    made = Provenance(program_version="0", history_sequence=1, history_seal="0" * 64, draft=True)
    return prepare(AwardBook(_award(), TODAY, rows), draft, made)


def _return(number: int, quarter: Quarter) -> FunderReturn:
    return FunderReturn(
        id=FunderReturnId(number), award_id=AwardId(1), quarter=quarter, reference=f"SSF5-ASB {quarter.code}"
    )


def _sent(first: Claim) -> FunderReturn:
    return FunderReturn(
        id=FunderReturnId(1),
        award_id=AwardId(1),
        quarter=Q1,
        reference=f"SSF5-ASB {Q1.code}",
        state=ReturnState.SUBMITTED,
        submitted_on=date(2024, 7, 22),
        claim=first.claim,
    )


def _award() -> Award:
    return Award(id=AwardId(1), bid_id=BidId(1), reference="SSF5-ASB", starts_on=STARTS, ends_on=ENDS)


def _records() -> dict[type[Record], tuple[Record, ...]]:
    dice = random.Random(11)  # noqa: S311 - data, not secrets
    categories = tuple(
        CostCategory(id=CostCategoryId(n), name=name)
        for n, name in enumerate(("Staff", "Equipment", "Services"), 1)
    )
    interventions = tuple(
        Intervention(
            id=InterventionId(n),
            award_id=AwardId(1),
            reference=f"SSF5-ASB-{n:02d}",
            title=f"Intervention {n}",
            theme=Theme.ASB,
            status=InterventionStatus.UNDER_WAY,
        )
        for n in range(1, INTERVENTIONS + 1)
    )
    profiles = tuple(
        ProfileLine(
            id=ProfileLineId(n),
            intervention_id=InterventionId(n % INTERVENTIONS + 1),
            quarter=Q1,
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            amount=Money(5_000_000),
        )
        for n in range(1, INTERVENTIONS + 1)
    )
    return {
        Office: (Office(id=OfficeId(1), name="Benchmark office"),),
        CostCategory: categories,
        Fund: (
            Fund(
                id=FundId(1),
                code="SSF",
                name="Safer Streets Fund",
                funder="Home Office",
                source=FundSource.RECEIVED,
            ),
        ),
        FundingRound: (
            FundingRound(
                id=FundingRoundId(1),
                fund_id=FundId(1),
                code="SSF5",
                name="Round 5",
                delivery_from=STARTS,
                delivery_to=ENDS,
            ),
        ),
        Bid: (
            Bid(
                id=BidId(1),
                round_id=FundingRoundId(1),
                reference="B-1",
                title="Anti-social behaviour",
                theme=Theme.ASB,
                status=BidStatus.SUCCESSFUL,
            ),
        ),
        AwardLine: (
            AwardLine(
                id=AwardLineId(1),
                award_id=AwardId(1),
                year=FinancialYear(2024),
                expense=Expense.RESOURCE,
                amount=Money(90_000_000_00),
            ),
        ),
        Intervention: interventions,
        ProfileLine: profiles,
        Cost: tuple(_cost(n, dice) for n in range(1, COSTS + 1)),
    }


def _cost(number: int, dice: random.Random) -> Cost:
    received = STARTS + timedelta(days=dice.randrange((Q2.ends_on - STARTS).days))
    return Cost(
        id=CostId(number),
        reference=f"C-{number:05d}",
        intervention_id=InterventionId(number % INTERVENTIONS + 1),
        supplier=f"Supplier {dice.randrange(80)}",
        invoice_number=f"INV{number}",
        description="Equipment and services delivered on site",
        ordered_on=received - timedelta(days=20),
        received_on=received,
        invoiced_on=received + timedelta(days=9) if number % 7 else None,
        paid_on=received + timedelta(days=30) if number % 7 else None,
        net=Money(dice.randrange(100, 900_000)),
        vat=Money(dice.randrange(0, 90_000)),
        vat_recoverable=number % 3 > 0,
        expense=Expense.CAPITAL if number % 4 == 0 else Expense.RESOURCE,
        category_id=CostCategoryId(number % 3 + 1),
        ledger_code=f"S5-{number % 90:02d}",
    )
