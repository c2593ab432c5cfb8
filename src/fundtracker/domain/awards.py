"""Awards: the money promised to a bid, by financial year."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.bids import Bid, BidId, Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear

AwardId = NewType("AwardId", int)
AwardLineId = NewType("AwardLineId", int)


class AwardStatus(Enum):
    OFFERED = "Offered"
    AGREED = "Agreed"
    CLOSED = "Closed"
    TERMINATED = "Terminated"


@record
class Award(Record):
    """Money promised to one bid, under one agreement."""

    id: AwardId
    bid_id: BidId = column("Bid", refers_to=Bid)
    reference: str = column("Reference", key=True, help="The office's own, such as SSF5-VAWG")
    agreement: str = column(
        "Agreement reference",
        default="",
        searchable=True,
        help="The funder's reference of the grant agreement",
    )
    project_number: str = column(
        "Project number", default="", searchable=True, help="The funder's number of the project"
    )
    starts_on: date = column("Starts", help="Costs received before this day can't be claimed")
    ends_on: date = column(
        "Ends", help="Costs received after this day can't be claimed; an extension is a variation"
    )
    status: AwardStatus = column(
        "Status", default=AwardStatus.AGREED, help="Costs and returns need an agreed award"
    )
    agreed_on: date | None = column("Agreed", default=None, help="The day the grant agreement was signed")
    note: str = column("Note", default="", long=True)


@record
class AwardLine(Record):
    """What the agreement first promised for one financial year. A later change is a variation, never an edit."""

    known_by: ClassVar[tuple[str, ...]] = ("award_id", "year", "expense")
    adds_up_within: ClassVar[str | None] = "year"

    id: AwardLineId
    award_id: AwardId = column("Award", refers_to=Award)
    year: FinancialYear = column("Financial year")
    expense: Expense = column(
        "Capital or resource", help="Capital: things that last. Resource: running costs"
    )
    amount: Money = column("Amount", help="As first agreed; a variation changes it")
