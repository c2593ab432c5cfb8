"""Interventions: what the money does, when it is planned to be spent, and how it goes."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Expense, Theme
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    InterventionType,
    InterventionTypeId,
    Organisation,
    OrganisationId,
)
from fundtracker.domain.periods import Quarter

InterventionId = NewType("InterventionId", int)
ProfileLineId = NewType("ProfileLineId", int)
MilestoneId = NewType("MilestoneId", int)
ProgressId = NewType("ProgressId", int)


class InterventionStatus(Enum):
    PLANNED = "Not yet started"
    UNDER_WAY = "Under way"
    COMPLETE = "Complete"
    STOPPED = "Stopped"


class Rag(Enum):
    """Five steps, as in the funder's own returns (domain 5.4); a higher number is worse."""

    GREEN = "1 Green"
    AMBER_GREEN = "2 Amber/Green"
    AMBER = "3 Amber"
    AMBER_RED = "4 Amber/Red"
    RED = "5 Red"

    @property
    def score(self) -> int:
        return int(self.value[0])


class DelayCause(Enum):
    NONE = "No delay"
    PROCUREMENT = "Procurement"
    RECRUITMENT = "Recruitment"
    SUPPLY = "Supply of goods"
    CONSENT = "Planning or other consent"
    PARTNER = "Partner"
    FUNDER = "Late decision by the funder"
    OTHER = "Other"


@record
class Intervention(Record):
    """A funded measure: cameras, training, an officer."""

    id: InterventionId
    award_id: AwardId = column("Award", refers_to=Award)
    reference: str = column("Reference", key=True, help="The office's own, such as SSF5-VAWG-01")
    title: str = column("Title", searchable=True)
    type_id: InterventionTypeId | None = column("Type", default=None, refers_to=InterventionType)
    theme: Theme = column("Theme")
    priorities: str = column(
        "Plan priorities",
        default="",
        searchable=True,
        help="Codes of plan priorities, separated by semicolons",
    )
    lead_id: OrganisationId | None = column("Lead organisation", default=None, refers_to=Organisation)
    district: str = column("District", default="", searchable=True, help="Left empty: the whole county")
    status: InterventionStatus = column("Status", default=InterventionStatus.PLANNED)
    starts_on: date | None = column("Starts", default=None)
    ends_on: date | None = column("Ends", default=None)
    note: str = column("Note", default="", long=True)
    site_detail: str = column(
        "Site detail",
        default="",
        long=True,
        help="Camera positions and the like: not for publication, never exported to the public",
    )


@record
class ProfileLine(Record):
    """Planned spend of an intervention in a quarter, as first agreed. An approved variation adds to it, never edits it."""

    known_by: ClassVar[tuple[str, ...]] = ("intervention_id", "quarter", "expense", "category_id")
    adds_up_within: ClassVar[str | None] = "quarter"

    id: ProfileLineId
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    quarter: Quarter = column("Quarter")
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    amount: Money = column("Amount")


@record
class Milestone(Record):
    """A dated step of an intervention."""

    known_by: ClassVar[tuple[str, ...]] = ("intervention_id", "what")

    id: MilestoneId
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    what: str = column("Milestone", searchable=True)
    baseline_on: date = column("Baseline date", help="As first agreed: it stays when the forecast moves")
    forecast_on: date | None = column(
        "Forecast date", default=None, help="When it is now expected; left empty: the baseline date"
    )
    actual_on: date | None = column("Actual date", default=None, help="The day it was reached")


@record
class Progress(Record):
    """How an intervention stood at the end of a quarter, in numbers and words."""

    plural: ClassVar[str] = "Progress reports"
    singular: ClassVar[str] = "Progress report"
    known_by: ClassVar[tuple[str, ...]] = ("intervention_id", "quarter")

    id: ProgressId
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    quarter: Quarter = column("Quarter")
    status: InterventionStatus = column("Status", default=InterventionStatus.UNDER_WAY)
    delivery: Rag = column(
        "Delivery RAG",
        help="1: on schedule; 2: small delay; 3: under 3 months late; 4: 3 to 6 months late; 5: over 6 months late",
    )
    spend: Rag = column(
        "Spend RAG",
        help="Variance from profile: 1: up to 5%; 2: up to 15%; 3: up to 30%; 4: up to 50%; 5: over 50%",
    )
    risk: Rag = column("Risk RAG")
    delay_cause: DelayCause = column("Cause of delay", default=DelayCause.NONE)
    narrative: str = column("Narrative", default="", long=True, searchable=True)
    worse_reason: str = column(
        "Why it is worse", default="", long=True, help="Needed where a RAG is worse than last quarter's"
    )
