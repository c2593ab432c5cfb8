"""Rules as data: Terms of rounds, awards and grants, and dated exceptions to them."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.grants import Grant, GrantId
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import FundingRound, FundingRoundId

TermId = NewType("TermId", int)
WaiverId = NewType("WaiverId", int)


class TermKind(Enum):
    """What a Term rules. The number or the amount says how much."""

    BID_CEILING = "Ceiling per bid"  # amount, whole or for a year
    ROUND_CEILING = "Ceiling for the area"  # amount, all awards of a round together
    BIDS_ALLOWED = "Bids allowed"  # number
    MATCH_PERCENT = "Match %"  # number, of the award
    CROSS_YEARS = "Money may cross years"  # number: 0 no, 1 yes
    VIREMENT_TOLERANCE = "Virement tolerance %"  # number, of an intervention's year
    EXPENSE_WALL = "Capital and resource kept apart"  # number: 1 yes
    VARIANCE_REASON = "Variance needing a reason %"  # number
    RETURN_DUE_DAYS = "Return due, days after the quarter"  # number
    YEAR_END_DUE_DAYS = "Q4 return due, days after the quarter"  # number
    ASSET_THRESHOLD = "Asset threshold"  # amount
    RETENTION_YEARS = "Records kept, years"  # number
    INSTALMENT_CONDITION = "Condition of an instalment"  # the clause says which


@record
class Term(Record):
    """One rule of a round, an award or a grant, with the clause it rests on. The nearest to the award wins, then the latest."""

    adds_up_within: ClassVar[str | None] = None

    id: TermId
    reference: str = column("Reference", key=True)
    round_id: FundingRoundId | None = column("Round", default=None, refers_to=FundingRound)
    award_id: AwardId | None = column("Award", default=None, refers_to=Award)
    grant_id: GrantId | None = column("Grant", default=None, refers_to=Grant)
    kind: TermKind = column("Rule", help="What the clause rules; the number or the amount says how much")
    number: Decimal | None = column(
        "Number", default=None, help="Per cent, days, years or how many; of a yes or no, 1 is yes and 0 is no"
    )
    amount: Money | None = column("Amount", default=None)
    year: FinancialYear | None = column(
        "Financial year", default=None, help="Only where the rule differs by year"
    )
    clause: str = column("Clause", long=True, searchable=True, help="Where the rule stands and what it says")
    effective_from: date = column("Effective from", help="Where two terms differ, the later one holds")


@record
class Waiver(Record):
    """A dated, approved, expiring exception to one Term."""

    known_by: ClassVar[tuple[str, ...]] = ("term_id", "approved_on")

    id: WaiverId
    term_id: TermId = column("Term", refers_to=Term)
    reason: str = column("Reason", long=True, searchable=True)
    approved_by: str = column("Approved by", help="A role")
    approved_on: date = column("Approved on")
    expires_on: date = column("Expires", help="The last day it holds")
    decision_reference: str = column("Decision reference", default="", searchable=True, long=True)
