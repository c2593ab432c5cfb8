"""Snapshot: everything a return says, frozen. The workbook and the PDF are drawn from it and from nothing else.

Plain frozen dataclasses of texts, whole numbers, dates, decimals and Money; `snapshot_text` writes them as one canonical
text whose SHA-256 is the return's fingerprint. Fields follow the recommended quarterly return (domain 5.7), letter by letter.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fundtracker.domain.money import Money

FORM_VERSION = "1.0"
"""Rises whenever what a return says, or how it is drawn, changes."""


@dataclass(frozen=True, slots=True)
class Header:
    """A. Who, what, when."""

    office: str
    office_short: str
    marking: str
    demonstration: str  # empty, or the banner of a demonstration file
    fund: str
    funder: str
    round_code: str
    round_name: str
    award: str
    title: str
    theme: str
    agreement: str
    agreement_version: str  # "Original", or the variations in force
    project_number: str
    lead: str
    return_reference: str
    return_number: int  # 1 for the award's first return
    quarter: str  # "2024/25 Q2"
    quarter_code: str  # "2024-25-Q2"
    months: str  # "July to September 2024"
    year: str  # "2024/25"
    begins_on: date
    ends_on: date
    due_on: date | None
    draft: bool
    made_on: date
    form_version: str
    program_version: str
    history_sequence: int
    history_seal: str


@dataclass(frozen=True, slots=True)
class Cash:
    """B. Award and cash, of the return's financial year."""

    original: Money
    revised: Money
    revised_capital: Money
    revised_resource: Money
    claimed_before: Money
    this_quarter: Money
    accrued: Money
    adjustments: Money
    claim: Money
    claimed_to_date: Money
    received: Money
    unpaid: Money
    left: Money
    ordered: Money
    granted_unspent: Money
    committed: Money
    left_to_commit: Money
    earlier_years: Money


@dataclass(frozen=True, slots=True)
class YearRow:
    """The award in one financial year; never added over years."""

    year: str
    original: Money
    awarded: Money
    profile: Money
    spent: Money
    forecast: Money
    outturn: Money
    variance: Money
    left: Money


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """The award in one quarter of the return's financial year."""

    quarter: str
    original: Money
    current: Money
    spent: Money  # nought after the quarter reported
    forecast: Money  # nought up to the quarter reported


@dataclass(frozen=True, slots=True)
class SpendRow:
    """C. One intervention, capital or resource, and cost category, in the return's financial year."""

    reference: str
    title: str
    expense: str
    category: str
    original: Money
    current: Money
    claimed_before: Money
    this_quarter: Money
    accrued: Money
    adjustments: Money
    to_date: Money
    forecasts: tuple[Money, ...]  # one for each of Snapshot.forecast_quarters
    outturn: Money
    variance: Money
    variance_percent: Decimal | None
    reason: str
    reason_needed: bool
    ordered: Money  # by the office itself, and not yet received


@dataclass(frozen=True, slots=True)
class CostRow:
    """D. One line behind Spend: what one return (this or an earlier one of the year) said about one cost."""

    cost: str
    part: str  # "Earlier return", "This quarter", "Adjustment" or "Earlier year"; "Ordered" of an order
    stands_in: str  # the return's quarter, "2024/25 Q1"
    counts_in: str  # the quarter the cost was received in; empty of an order
    intervention: str
    expense: str
    category: str
    supplier: str
    invoice_number: str
    description: str
    grant: str
    ordered_on: date | None
    received_on: date | None
    invoiced_on: date | None
    paid_on: date | None
    net: Money
    vat: Money
    vat_recoverable: bool
    eligible: Money  # the cost as the ledger has it now
    amount: Money  # what this line adds to the return it stands in
    accrued: Money  # the part of a this-quarter amount with no invoice at the quarter's end
    ledger_code: str
    reversal_of: str
    evidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatchRow:
    """E. Match from one source."""

    source: str
    kind: str
    secured: bool
    basis: str
    this_quarter: Money
    to_date: Money  # of the financial year


@dataclass(frozen=True, slots=True)
class MatchNeed:
    """What match the Terms ask for, of the year's award; None where they ask for none."""

    percent: Decimal | None
    required: Money
    to_date: Money
    gap: Money
    clause: str


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """F. An intervention's quarter in RAGs and words."""

    reference: str
    title: str
    status: str
    delivery: str
    delivery_before: str
    spend: str
    spend_before: str
    risk: str
    risk_before: str
    trend: str  # "Better", "Same", "Worse" or "New"
    delay_cause: str
    narrative: str
    worse_reason: str


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """F. A milestone."""

    intervention: str
    what: str
    baseline_on: date
    forecast_on: date | None
    actual_on: date | None
    days_late: int  # of the actual, else the forecast date against the baseline; negative is early


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """G and H. An output or an outcome. `to_date` is the sum of an output's readings, an outcome's latest level."""

    intervention: str
    reference: str
    title: str
    unit: str
    direction: str
    baseline: Decimal
    baseline_period: str
    target: Decimal | None
    this_quarter: Decimal | None
    to_date: Decimal | None
    progress_percent: Decimal | None  # (actual - baseline) / (target - baseline)
    forecast: Decimal | None  # the latest, comparable with the target
    evidence_held: bool | None
    evidence: str
    source: str
    place: str
    caveat: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """I. A risk; closed ones stay."""

    intervention: str
    category: str
    title: str
    impact_before: int
    likelihood_before: int
    score_before: int
    mitigation: str
    impact_after: int
    likelihood_after: int
    score_after: int
    owner: str
    proximity: str
    raised_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """J. One change of a variation."""

    variation: str
    number: int
    kind: str
    what: str
    old: str
    new: str
    difference: Money | None
    reason: str
    decision_reference: str
    approved_by: str
    approved_on: date | None
    effective_on: date | None


@dataclass(frozen=True, slots=True)
class GrantRow:
    """K. An onward grant."""

    reference: str
    recipient: str
    partnership: str
    granted: Money
    from_award: Money
    paid: Money
    scheduled: Money
    spent: Money
    unspent: Money
    cfo_statement: str  # "Accepted 12/05/2024", "Received", "Outstanding" or "Not asked for"
    retention: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """L. The ten particulars of an asset."""

    intervention: str
    bought_on: date
    description: str
    cost: Money
    location: str
    serial_number: str
    title_deeds: str
    disposed_on: date | None
    depreciation: str
    proceeds: Money | None
    transferee: str


@dataclass(frozen=True, slots=True)
class Underspend:
    """M. What will not be spent this year."""

    forecast: Money  # awarded less outturn, never below nought
    cause: str
    request: str
    surrendered: Money


@dataclass(frozen=True, slots=True)
class SignOff:
    """N. The declaration."""

    text: str
    prepared_by: str
    prepared_on: date | None
    checked_by: str
    checked_on: date | None
    signed_by: str
    signed_role: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class ControlRow:
    """O. Two roads to one figure."""

    what: str
    one_side: str
    one: Money
    other_side: str
    other: Money

    @property
    def difference(self) -> Money:
        return self.one - self.other


@dataclass(frozen=True, slots=True)
class BridgeRow:
    """O. A Spend line from the last return to this one: opening + this quarter + adjustments = closing = ledger."""

    year: str
    reference: str
    expense: str
    category: str
    opening: Money
    this_quarter: Money
    adjustments: Money  # in a row of an earlier year: the correction, not part of the claim
    closing: Money
    ledger: Money


@dataclass(frozen=True, slots=True)
class CheckRow:
    """O. A rule and how the return stands to it."""

    check: str
    result: str  # "Passed", "To mend", "Warning", "Note" or "Waived"
    message: str
    clause: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole return."""

    header: Header
    cash: Cash
    years: tuple[YearRow, ...]
    quarters: tuple[QuarterRow, ...]
    forecast_quarters: tuple[str, ...]
    spend: tuple[SpendRow, ...]
    costs: tuple[CostRow, ...]
    orders: tuple[CostRow, ...]  # behind what Spend shows as ordered and not received; no part of any claim
    match: tuple[MatchRow, ...]
    match_need: MatchNeed
    progress: tuple[ProgressRow, ...]
    milestones: tuple[MilestoneRow, ...]
    outputs: tuple[IndicatorRow, ...]
    outcomes: tuple[IndicatorRow, ...]
    risks: tuple[RiskRow, ...]
    changes: tuple[ChangeRow, ...]
    grants: tuple[GrantRow, ...]
    assets: tuple[AssetRow, ...]
    asset_threshold: Money
    underspend: Underspend
    sign_off: SignOff
    controls: tuple[ControlRow, ...]
    bridge: tuple[BridgeRow, ...]
    checks: tuple[CheckRow, ...]
