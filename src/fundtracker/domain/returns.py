"""The quarterly return to the funder, what it claimed, and what goes with it."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.periods import Quarter

FunderReturnId = NewType("FunderReturnId", int)
ReturnLineId = NewType("ReturnLineId", int)
VarianceReasonId = NewType("VarianceReasonId", int)
ForecastId = NewType("ForecastId", int)
SUBMITTING = "submitting the return writes it"
PAYING = "Mark paid writes it, on the return's page"


class ReturnState(Enum):
    DRAFT = "Draft"
    WITH_CFO = "With CFO"
    SUBMITTED = "Submitted"
    QUERIED = "Queried"
    ACCEPTED = "Accepted"
    PAID = "Paid"

    @property
    def frozen(self) -> bool:
        """Submitted or beyond: what it says never changes again."""
        return self not in {ReturnState.DRAFT, ReturnState.WITH_CFO}


@record
class FunderReturn(Record):
    """A quarter's return for an award. Its figures are frozen when it is submitted; then only what the funder does moves.

    `claim` and `earlier_years` are nought until then: a draft's figures are always worked out anew.
    """

    plural: ClassVar[str] = "Returns"
    singular: ClassVar[str] = "Return"
    adds_up_within: ClassVar[str | None] = "quarter"
    kept_when_frozen: ClassVar[tuple[str, ...]] = ("claim", "earlier_years")
    """Written down when it is submitted: a list shows nothing of them until then, for nought would be taken for the claim."""

    id: FunderReturnId
    award_id: AwardId = column("Award", refers_to=Award)
    quarter: Quarter = column("Quarter")
    reference: str = column("Reference", key=True)
    state: ReturnState = column(
        "State",
        default=ReturnState.DRAFT,
        step="the steps on the return's page change it (Send to CFO, Submit, Mark accepted and so on)",
    )
    due_on: date | None = column("Due", default=None)
    claim: Money = column(
        "Claim", default=Money(0), help="Spent in the quarter plus its adjustments", step=SUBMITTING
    )
    earlier_years: Money = column(
        "Earlier years",
        default=Money(0),
        help="Corrections to earlier financial years: shown apart, never charged to this year's money",
        step=SUBMITTING,
    )
    prepared_by: str = column("Prepared by", default="", help="Name and role")
    prepared_on: date | None = column("Prepared on", default=None)
    checked_by: str = column(
        "Checked by", default="", help="Name and role of somebody other than the preparer"
    )
    checked_on: date | None = column("Checked on", default=None)
    signed_by: str = column("Signed by", default="", help="The Chief Finance Officer's name")
    signed_role: str = column(
        "Signed as", default="", help="Chief Finance Officer, Section 151 Officer or treasurer"
    )
    signed_on: date | None = column("Signed on", default=None)
    submitted_on: date | None = column("Submitted on", default=None, step=SUBMITTING)
    query: str = column(
        "Funder's query",
        default="",
        long=True,
        help="What the funder asked, and what was answered",
        step="Mark queried writes it, on the return's page",
    )
    received: Money = column(
        "Received", default=Money(0), help="What the funder paid for this return", step=PAYING
    )
    received_on: date | None = column("Received on", default=None, step=PAYING)
    underspend_cause: str = column("Cause of underspend", default="", long=True)
    underspend_request: str = column(
        "Request for the underspend", default="", long=True, help="To re-profile or to surrender, and why"
    )
    surrendered: Money = column(
        "Surrendered", default=Money(0), help="Money of the year that the office gives back"
    )


@record
class ReturnLine(Record):
    """What a submitted return said about one cost: its sum where it is new, the difference where it had changed.

    All lines of all submitted returns add up to what was ever claimed; the quarter is the one the cost counts in.
    """

    known_by: ClassVar[tuple[str, ...]] = ("return_id", "cost_id")
    adds_up_within: ClassVar[str | None] = "quarter"

    id: ReturnLineId
    return_id: FunderReturnId = column("Return", refers_to=FunderReturn)
    cost_id: CostId = column("Cost", refers_to=Cost)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    quarter: Quarter = column("Quarter")
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    amount: Money = column("Amount")
    reason: str = column("Reason", default="")


@record
class VarianceReason(Record):
    """Why a line of a return's Spend differs from its profile."""

    known_by: ClassVar[tuple[str, ...]] = ("return_id", "intervention_id", "expense", "category_id")

    id: VarianceReasonId
    return_id: FunderReturnId = column("Return", refers_to=FunderReturn)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    reason: str = column("Reason", long=True, searchable=True)


@record
class Forecast(Record):
    """Expected spend of a later quarter, as estimated in a return. The next return's estimate is a new one."""

    known_by: ClassVar[tuple[str, ...]] = (
        "intervention_id",
        "quarter",
        "expense",
        "category_id",
        "return_id",
    )
    adds_up_within: ClassVar[str | None] = "return_id"

    id: ForecastId
    return_id: FunderReturnId = column("Return", refers_to=FunderReturn)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    quarter: Quarter = column("Quarter")
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    amount: Money = column("Amount")
