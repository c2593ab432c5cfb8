"""What was delivered and what stands beside the money: match, indicators, risks, assets, documents."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Condition, ConditionId, Grant, GrantId, Instalment, InstalmentId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import FunderReturn, FunderReturnId
from fundtracker.domain.variations import Variation, VariationId

MatchId = NewType("MatchId", int)
IndicatorId = NewType("IndicatorId", int)
ReadingId = NewType("ReadingId", int)
RiskId = NewType("RiskId", int)
AssetId = NewType("AssetId", int)
DocumentId = NewType("DocumentId", int)


class MatchKind(Enum):
    CASH = "Cash"
    IN_KIND = "In kind"


@record
class Match(Record):
    """Money or effort of others beside the award; a ledger of its own, never part of a claim."""

    plural: ClassVar[str] = "Match funding"
    known_by: ClassVar[tuple[str, ...]] = ("award_id", "source", "kind", "quarter")
    adds_up_within: ClassVar[str | None] = "quarter"

    id: MatchId
    award_id: AwardId = column("Award", refers_to=Award)
    source: str = column("Source", searchable=True)
    kind: MatchKind = column("Cash or in kind")
    secured: bool = column("Secured?", default=False, help="Confirmed in writing")
    basis: str = column("Basis of valuation", default="", searchable=True)
    quarter: Quarter = column("Quarter")
    amount: Money = column("Amount")


class Measures(Enum):
    OUTPUT = "Output"
    OUTCOME = "Outcome"


class Direction(Enum):
    INCREASE = "Increase"
    REDUCE = "Reduce"


@record
class Indicator(Record):
    """Something counted: an output (what we did) or an outcome (what changed)."""

    id: IndicatorId
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    reference: str = column("Reference", key=True)
    title: str = column("Indicator", searchable=True)
    measures: Measures = column("Output or outcome")
    unit: str = column("Unit")
    direction: Direction = column("Direction", default=Direction.INCREASE, help="Which way is better")
    baseline: Decimal = column("Baseline", default=Decimal(0), help="The value before the intervention began")
    baseline_period: str = column("Baseline period", default="")
    target: Decimal | None = column("Target", default=None)
    source: str = column("Source", default="", searchable=True)
    place: str = column("Place", default="", searchable=True, help="District, ward or LSOA")


@record
class Reading(Record):
    """A quarter's value: for an output what was done in the quarter (not to date; nought is a reading), for an outcome its level."""

    known_by: ClassVar[tuple[str, ...]] = ("indicator_id", "quarter")

    reference_prefix: ClassVar[str] = "RD"

    id: ReadingId
    indicator_id: IndicatorId = column("Indicator", refers_to=Indicator)
    reference: str | None = column(
        "Reference", default=None, key=True, help="Left empty: the next number is given"
    )
    quarter: Quarter = column("Quarter")
    value: Decimal = column("Value")
    forecast: Decimal | None = column(
        "Forecast",
        default=None,
        help="What the indicator is now expected to come to by its end, to compare with its target",
    )
    evidence_held: bool = column("Evidence held?", default=False)
    evidence: str = column("Evidence reference", default="", help="Where the evidence is found")
    caveat: str = column("Caveat", default="", long=True)


class RiskCategory(Enum):
    DELIVERY = "Delivery"
    FINANCE = "Finance"
    PARTNERS = "Partners"
    PEOPLE = "People"
    LEGAL = "Legal"
    REPUTATION = "Reputation"


class Proximity(Enum):
    NOW = "1 Now"
    QUARTER = "2 Within 3 months"
    HALF_YEAR = "3 Within 6 months"
    YEAR = "4 Within a year"
    LATER = "5 Later"


@record
class Risk(Record):
    """Something that may happen. Impact and likelihood run from 1 to 5; a closed risk stays on the register."""

    id: RiskId
    award_id: AwardId = column("Award", refers_to=Award)
    intervention_id: InterventionId | None = column("Intervention", default=None, refers_to=Intervention)
    category: RiskCategory = column("Category")
    title: str = column("Risk", searchable=True, long=True)
    impact_before: int = column("Impact before", help="1 to 5")
    likelihood_before: int = column("Likelihood before", help="1 to 5")
    mitigation: str = column("Mitigation", default="", long=True, searchable=True)
    impact_after: int = column("Impact after", help="1 to 5")
    likelihood_after: int = column("Likelihood after", help="1 to 5")
    owner: str = column("Owner", default="", help="A role")
    proximity: Proximity = column("Proximity", default=Proximity.LATER, help="How soon it may happen")
    raised_on: date = column("Raised")
    closed_on: date | None = column("Closed", default=None)


@record
class Asset(Record):
    """Something bought for more than the agreement's threshold: the ten particulars of the register."""

    known_by: ClassVar[tuple[str, ...]] = ("intervention_id", "description")

    id: AssetId
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    description: str = column("Description", searchable=True)
    bought_on: date = column("Date")
    cost: Money = column("Cost", help="Net of recoverable VAT")
    location: str = column("Location", default="", searchable=True)
    serial_number: str = column("Serial no.", default="", searchable=True)
    title_deeds: str = column("Title deeds", default="", help="Where they are kept")
    disposed_on: date | None = column("Disposed", default=None)
    depreciation: str = column("Depreciation policy", default="")
    proceeds: Money | None = column("Proceeds", default=None, help="Net of VAT")
    transferee: str = column("Transferred to", default="")


class DocumentKind(Enum):
    INVOICE = "Invoice"
    AGREEMENT = "Agreement"
    DECISION = "Decision"
    CORRESPONDENCE = "Correspondence"
    REPORT = "Report"
    PHOTOGRAPH = "Photograph"
    OTHER = "Other"


@record
class Document(Record):
    """Evidence: a file known by its SHA-256, and what it evidences."""

    id: DocumentId
    name: str = column("Name", searchable=True)
    sha256: str = column("SHA-256", help="The fingerprint of the file's bytes, 64 letters and digits")
    kind: DocumentKind = column("Kind")
    award_id: AwardId | None = column("Award", default=None, refers_to=Award)
    cost_id: CostId | None = column("Cost", default=None, refers_to=Cost)
    grant_id: GrantId | None = column("Grant", default=None, refers_to=Grant)
    variation_id: VariationId | None = column("Variation", default=None, refers_to=Variation)
    return_id: FunderReturnId | None = column("Return", default=None, refers_to=FunderReturn)
    instalment_id: InstalmentId | None = column("Instalment", default=None, refers_to=Instalment)
    condition_id: ConditionId | None = column("Condition", default=None, refers_to=Condition)
    reading_id: ReadingId | None = column("Reading", default=None, refers_to=Reading)
    form_id: PartnerFormId | None = column("Partner form", default=None, refers_to=PartnerForm)
    restricted: bool = column(
        "Not for publication?",
        default=False,
        help="Left out of anything public: positions of cameras, vulnerable premises, personal details",
    )
    note: str = column("Note", default="", long=True)
