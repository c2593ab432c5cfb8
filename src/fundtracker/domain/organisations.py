"""Who the office deals with, and the short lists it keeps of its own words."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.periods import long_date

OfficeId = NewType("OfficeId", int)
OrganisationId = NewType("OrganisationId", int)
PartnershipId = NewType("PartnershipId", int)
PriorityId = NewType("PriorityId", int)
InterventionTypeId = NewType("InterventionTypeId", int)
CostCategoryId = NewType("CostCategoryId", int)


@record
class Office(Record):
    """The office this file belongs to: one row, printed on every cover."""

    plural: ClassVar[str] = "Office"

    id: OfficeId
    name: str = column("Name", key=True)
    short_name: str = column("Short name", default="")
    marking: str = column(
        "Marking", default="OFFICIAL", help="Security marking on every page printed or exported"
    )
    today: date | None = column(
        "Demonstration date", default=None, help="Only in a demonstration: the day the file takes for today"
    )

    @property
    def demonstration(self) -> str:
        """The warning on every paper of a demonstration; empty in a file of the office's own."""
        return f"Demonstration: illustrative data, today is {long_date(self.today)}" if self.today else ""


class OrganisationKind(Enum):
    COUNCIL = "Council"
    POLICE = "Police"
    GOVERNMENT = "Government department"
    CHARITY = "Charity"
    COMPANY = "Company"
    EDUCATION = "School, college or university"
    OTHER = "Other"


@record
class Organisation(Record):
    """A legal body: one that gives, receives or spends money, leads a bid or an intervention."""

    id: OrganisationId
    name: str = column("Name", key=True)
    kind: OrganisationKind = column("Kind")
    aliases: str = column(
        "Also known as",
        default="",
        searchable=True,
        help="Other spellings found in papers, separated by semicolons",
    )
    district: str = column("District", default="", searchable=True)
    identifier: str = column(
        "Identifier",
        default="",
        searchable=True,
        help="Company or charity number, or another public identifier",
    )
    note: str = column("Note", default="", long=True)


@record
class Partnership(Record):
    """A Community Safety Partnership: it benefits from a grant, its accountable body signs and holds the money."""

    id: PartnershipId
    code: str = column("Code", key=True, help="A short code that never changes, such as COT")
    name: str = column("Name", searchable=True)
    aliases: str = column(
        "Also known as",
        default="",
        searchable=True,
        help="Other spellings found in papers, separated by semicolons",
    )
    district: str = column("District", default="", searchable=True)
    accountable_body_id: OrganisationId | None = column(
        "Accountable body",
        default=None,
        refers_to=Organisation,
        help="The legal body that holds the partnership's money, usually its council",
    )
    note: str = column("Note", default="", long=True)


@record
class Priority(Record):
    """A priority of the Police and Crime Plan."""

    plural: ClassVar[str] = "Priorities"

    id: PriorityId
    code: str = column("Code", key=True)
    name: str = column("Name", searchable=True)


@record
class InterventionType(Record):
    """The office's own list of what can be done (CCTV, alley gates, training...)."""

    id: InterventionTypeId
    name: str = column("Name", key=True)
    note: str = column("Note", default="", long=True)


@record
class CostCategory(Record):
    """A heading of spend that the funder's return asks for (equipment, staff, training...)."""

    plural: ClassVar[str] = "Cost categories"

    id: CostCategoryId
    name: str = column("Name", key=True)
    note: str = column("Note", default="", long=True)
