"""Onward grants: money passed to a partner, in instalments, under conditions."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation, OrganisationId, Partnership, PartnershipId
from fundtracker.domain.periods import FinancialYear

GrantId = NewType("GrantId", int)
GrantSourceId = NewType("GrantSourceId", int)
InstalmentId = NewType("InstalmentId", int)
ConditionId = NewType("ConditionId", int)


class GrantStatus(Enum):
    OFFERED = "Offered"
    AGREED = "Agreed"
    CLOSED = "Closed"
    WITHDRAWN = "Withdrawn"


class InstalmentStatus(Enum):
    SCHEDULED = "Scheduled"
    HELD = "Held"
    APPROVED = "Approved"
    PAID = "Paid"
    CANCELLED = "Cancelled"


class ConditionKind(Enum):
    BEFORE_PAYMENT = "Before payment"
    CFO_STATEMENT = "Partner CFO's annual statement"
    RETENTION = "Undertaking to keep records"
    REPORT = "Report"
    OTHER = "Other"


@record
class Grant(Record):
    """Money passed on: the recipient signs and holds it, the partnership benefits from it."""

    id: GrantId
    reference: str = column("Reference", key=True)
    title: str = column("Title", searchable=True)
    recipient_id: OrganisationId = column(
        "Recipient", refers_to=Organisation, help="The accountable body: a council or charity"
    )
    partnership_id: PartnershipId | None = column(
        "Partnership", default=None, refers_to=Partnership, help="The CSP that benefits"
    )
    purpose: str = column("Purpose", default="", long=True, searchable=True)
    status: GrantStatus = column("Status", default=GrantStatus.AGREED)
    agreed_on: date | None = column("Agreed", default=None)
    starts_on: date | None = column("Starts", default=None)
    ends_on: date | None = column("Ends", default=None)
    publication: str = column(
        "Publication text",
        default="",
        long=True,
        help="Conditions, purpose and reasons, as published each month",
    )


@record
class GrantSource(Record):
    """How much of a grant comes from an intervention's money of a financial year."""

    known_by: ClassVar[tuple[str, ...]] = ("grant_id", "intervention_id", "year")
    adds_up_within: ClassVar[str | None] = "year"

    id: GrantSourceId
    grant_id: GrantId = column("Grant", refers_to=Grant)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    year: FinancialYear = column("Financial year")
    amount: Money = column("Amount")


@record
class Instalment(Record):
    """A part payment of a grant."""

    reference_prefix: ClassVar[str] = "I"

    id: InstalmentId
    grant_id: GrantId = column("Grant", refers_to=Grant)
    reference: str = column("Reference", key=True, help="Left empty: the next number is given")
    amount: Money = column("Amount")
    due_on: date = column("Due")
    status: InstalmentStatus = column("Status", default=InstalmentStatus.SCHEDULED)
    paid_on: date | None = column("Paid on", default=None)


@record
class Condition(Record):
    """What a partner must do; received is not accepted. One that names an instalment holds that instalment back."""

    known_by: ClassVar[tuple[str, ...]] = ("grant_id", "kind", "what")

    reference_prefix: ClassVar[str] = "CN"

    id: ConditionId
    grant_id: GrantId = column("Grant", refers_to=Grant)
    reference: str | None = column(
        "Reference", default=None, key=True, help="Left empty: the next number is given"
    )
    instalment_id: InstalmentId | None = column(
        "Holds back",
        default=None,
        refers_to=Instalment,
        help="The instalment that may not be paid before this is accepted",
    )
    kind: ConditionKind = column("Kind")
    what: str = column("Condition", searchable=True, long=True)
    due_on: date | None = column("Due", default=None)
    received_on: date | None = column("Received", default=None)
    accepted_on: date | None = column("Accepted", default=None)
