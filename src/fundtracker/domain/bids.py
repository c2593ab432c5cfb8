"""Bids: what was asked for."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation, OrganisationId
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import FundingRound, FundingRoundId

BidId = NewType("BidId", int)
BidAmountId = NewType("BidAmountId", int)


class Theme(Enum):
    """What a bid or an intervention is about; the Safer Streets themes and one for everything else."""

    ASB = "ASB"
    NEIGHBOURHOOD_CRIME = "Neighbourhood crime"
    VAWG = "VAWG"
    ACQUISITIVE_CRIME = "Acquisitive crime"
    FEELINGS_OF_SAFETY = "Feelings of safety"
    DOMESTIC_ABUSE = "Domestic abuse"
    SERIOUS_VIOLENCE = "Serious violence"
    OTHER = "Other"


class BidStatus(Enum):
    DRAFT = "Draft"
    SUBMITTED = "Submitted"
    SUCCESSFUL = "Successful"
    UNSUCCESSFUL = "Unsuccessful"
    WITHDRAWN = "Withdrawn"


class Expense(Enum):
    """Treasury control totals: assets, or running costs."""

    CAPITAL = "Capital"
    RESOURCE = "Resource"


@record
class Bid(Record):
    """A request for money in a round, for a theme."""

    id: BidId
    round_id: FundingRoundId = column("Round", refers_to=FundingRound)
    reference: str = column("Reference", key=True, help="The office's own, such as SSF5-BID-1")
    title: str = column("Title", searchable=True)
    theme: Theme = column("Theme")
    priority: int | None = column("Order of priority", default=None, help="1 for the bid that matters most")
    lead_id: OrganisationId | None = column(
        "Lead", default=None, refers_to=Organisation, help="Who would deliver it"
    )
    status: BidStatus = column("Status", default=BidStatus.DRAFT)
    match_offered: Money = column(
        "Match offered", default=Money(0), help="What others would add beside the funder's money"
    )
    submitted_on: date | None = column("Submitted", default=None)
    decided_on: date | None = column("Decided", default=None)
    score: Decimal | None = column("Score", default=None)
    feedback: str = column("Feedback", default="", long=True)


@record
class BidAmount(Record):
    """What a bid asks for in one financial year."""

    known_by: ClassVar[tuple[str, ...]] = ("bid_id", "year", "expense")
    adds_up_within: ClassVar[str | None] = "year"

    id: BidAmountId
    bid_id: BidId = column("Bid", refers_to=Bid)
    year: FinancialYear = column("Financial year")
    expense: Expense = column(
        "Capital or resource", help="Capital: things that last. Resource: running costs"
    )
    asked: Money = column("Asked")
