"""Partner forms: what a partner reports of its grant each quarter, from issuing the form to accepting it."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.grants import Grant, GrantId
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter

PartnerFormId = NewType("PartnerFormId", int)


class FormState(Enum):
    """Where a grant's form of a quarter stands."""

    NOT_ISSUED = "Not issued"
    ISSUED = "Issued"
    LATE = "Late"
    RECEIVED = "Received"
    WITH_PROBLEMS = "Sent back with problems"
    ACCEPTED = "Accepted"


@record
class PartnerForm(Record):
    """One monitoring form: a grant's quarter. A second one for the same quarter replaces the first, and says why."""

    plural: ClassVar[str] = "Partner forms"

    id: PartnerFormId
    grant_id: GrantId = column("Grant", refers_to=Grant)
    quarter: Quarter = column("Quarter")
    reference: str = column("Reference", key=True, help="The grant's reference and the quarter")
    issued_on: date = column("Issued", help="The day it was sent to the partner")
    due_on: date = column("Due")
    chased_on: date | None = column("Last chased", default=None)
    received_on: date | None = column("Received", default=None)
    problems: int = column(
        "Problems", default=0, help="Errors found when it was last read, and sent back to the partner"
    )
    accepted_on: date | None = column(
        "Accepted",
        default=None,
        help="Its spend counts from the day it is accepted, not from the day it came",
    )
    reported: Money = column(
        "Spend reported", default=Money(0), help="Eligible spend of the quarter, as the form says"
    )
    template: str = column("Template version", default="")
    seal: str = column(
        "Seal",
        default="",
        help="Fingerprint of what the office filled in when the form was issued; tells whether a locked cell was changed. Where the form was issued more than once, the latest comes first",
    )
    replaces_id: PartnerFormId | None = column(
        "Replaces", default=None, refers_to="PartnerForm", help="The form of the same quarter accepted before"
    )
    reason: str = column("Reason for replacing", default="", long=True, searchable=True)
    done: str = column("What was done", default="", long=True, searchable=True)
    challenges: str = column("What stands in the way", default="", long=True, searchable=True)
    coming: str = column("What comes next", default="", long=True, searchable=True)
    declared_by: str = column("Declared by", default="", help="The partner's finance officer")
    declared_role: str = column("Declared as", default="")
    declared_on: date | None = column("Declared on", default=None)

    @property
    def seals(self) -> tuple[str, ...]:
        """One for each time it was issued with other figures, the latest first."""
        return tuple(self.seal.split())

    def state(self, today: date) -> FormState:
        """Where it stands at the end of `today`."""
        if self.accepted_on is not None:
            return FormState.ACCEPTED
        if self.received_on is not None:
            return FormState.WITH_PROBLEMS if self.problems else FormState.RECEIVED
        return FormState.LATE if today > self.due_on else FormState.ISSUED

    def days_late(self, today: date) -> int:
        """Days since it was due, while it hasn't come; nought where it isn't late."""
        return max(0, (today - self.due_on).days) if self.received_on is None else 0
