"""The Risks, Changes, Onward grants and Assets sheets (domain 5.7 I to L)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from fundtracker.domain.money import Money
from fundtracker.domain.snapshot import AssetRow, ChangeRow, GrantRow, RiskRow
from fundtracker.exports.sheets import Sheet, Value
from fundtracker.exports.styles import Look, Show
from fundtracker.returns.change_sums import old_and_new
from fundtracker.returns.workbook_parts import Field, add_register, add_totals, begin, money_width
from fundtracker.returns.workbook_places import ASSETS, CHANGES, GRANTS, RISKS, Places

_HIGH, _MIDDLING = 15, 8
"""Scores of impact times likelihood from which a risk is red, and amber."""


def _score_look(score: int) -> Look:
    return Look.BAD if score >= _HIGH else Look.WARNING if score >= _MIDDLING else Look.OK


def _before_look(row: RiskRow) -> Look:
    return _score_look(row.score_before)


def _after_look(row: RiskRow) -> Look:
    return _score_look(row.score_after)


def _closed(row: RiskRow) -> Value:
    return row.closed_on or "Open"


_RISKS = (
    Field(label="Intervention", value=attrgetter("intervention"), width=17),
    Field(label="Category", value=attrgetter("category"), width=13),
    Field(label="Risk", value=attrgetter("title"), width=42, show=Show.WRAPPED),
    Field(label="Impact before", value=attrgetter("impact_before"), width=10, show=Show.COUNT),
    Field(label="Likelihood before", value=attrgetter("likelihood_before"), width=11, show=Show.COUNT),
    Field(
        label="Score before", value=attrgetter("score_before"), width=9, show=Show.COUNT, defined="score",
        formula=lambda row, _item: f"D{row}*E{row}", look=_before_look,
    ),
    Field(label="Mitigation", value=attrgetter("mitigation"), width=48, show=Show.WRAPPED),
    Field(label="Impact after", value=attrgetter("impact_after"), width=10, show=Show.COUNT),
    Field(label="Likelihood after", value=attrgetter("likelihood_after"), width=11, show=Show.COUNT),
    Field(
        label="Score after", value=attrgetter("score_after"), width=9, show=Show.COUNT, defined="score",
        formula=lambda row, _item: f"H{row}*I{row}", look=_after_look,
    ),
    Field(label="Owner", value=attrgetter("owner"), width=22, show=Show.WRAPPED),
    Field(label="Proximity", value=attrgetter("proximity"), width=18, defined="proximity"),
    Field(label="Raised", value=attrgetter("raised_on"), width=12, show=Show.DATE),
    Field(label="Closed", value=_closed, width=12, show=Show.DATE),
)  # fmt: skip


def risks_sheet(places: Places) -> Sheet:
    told = "The worst after mitigation first; closed risks stay on the register, at its end."
    sheet = begin(RISKS, "Risks and issues", told, places.snapshot.header, [field.width for field in _RISKS])
    add_register(sheet, _RISKS, places.snapshot.risks, "No risks are on the register.")
    return sheet


# Changes


@dataclass(frozen=True, slots=True)
class _Change:
    """A change, and whether it is the first of its variation: only that row tells what all of them share."""

    row: ChangeRow
    first: bool


def _changes(rows: Sequence[ChangeRow]) -> list[_Change]:
    before = [None, *(row.variation for row in rows)]
    return [_Change(row, row.variation != last) for row, last in zip(rows, before, strict=False)]


def _of(name: str) -> Callable[[_Change], Value]:
    read = attrgetter(name)
    return lambda change: read(change.row)


def _old(change: _Change) -> Value:
    return old_and_new(change.row)[0]


def _new(change: _Change) -> Value:
    return old_and_new(change.row)[1]


def _shared(name: str) -> Callable[[_Change], Value]:
    read = attrgetter(name)
    return lambda change: read(change.row) if change.first else None


def _approval(change: _Change) -> Value:
    if not change.first:
        return None
    return change.row.approved_by if change.row.approved_on else "Proposed, not approved"


def _approval_look(change: _Change) -> Look:
    return Look.BODY if change.row.approved_on else Look.WARNING


_CHANGES = (
    Field(label="No.", value=_of("number"), width=9, show=Show.CENTRED),
    Field(label="Variation", value=_of("variation"), width=15),
    Field(label="Kind", value=_of("kind"), width=12),
    Field(label="What changes", value=_of("what"), width=48, show=Show.WRAPPED),
    Field(label="From", value=_old, width=18, show=Show.MONEY),
    Field(label="To", value=_new, width=18, show=Show.MONEY),
    Field(
        label="Difference £",
        value=_of("difference"),
        width=14,
        show=Show.MONEY,
        defined="difference",
        formula=lambda row, change: "" if change.row.difference is None else f"ROUND(F{row}-E{row},2)",
    ),
    Field(label="Reason", value=_shared("reason"), width=42, show=Show.WRAPPED),
    Field(label="Decision reference", value=_shared("decision_reference"), width=24, show=Show.WRAPPED),
    Field(label="Approved by", value=_approval, width=22, show=Show.WRAPPED, look=_approval_look),
    Field(label="Approved on", value=_shared("approved_on"), width=13, show=Show.DATE),
    Field(label="In force from", value=_shared("effective_on"), width=13, show=Show.DATE),
)


def changes_sheet(places: Places) -> Sheet:
    told = "Every variation, virement and re-profile of this award. A change counts once approved, from the day it is in force."
    sheet = begin(
        CHANGES,
        "Changes to the award and its profile",
        told,
        places.snapshot.header,
        [field.width for field in _CHANGES],
    )
    add_register(sheet, _CHANGES, _changes(places.snapshot.changes), "No variations of this award.")
    return sheet


# Onward grants


def _statement_look(row: GrantRow) -> Look:
    return _condition_look(row.cfo_statement)


def _retention_look(row: GrantRow) -> Look:
    return _condition_look(row.retention)


def _condition_look(state: str) -> Look:
    """Received is not accepted."""
    if state.startswith("Accepted"):
        return Look.OK
    return Look.BODY if state == "Not asked for" else Look.WARNING


def _sum_field(label: str, name: str, defined: str, width: float) -> Field:
    read = attrgetter(name)
    return Field(label=label, value=read, width=width, show=Show.MONEY_DASH, defined=defined, totalled=read)


def _grant_fields(rows: tuple[GrantRow, ...]) -> tuple[Field, ...]:
    wide = money_width([Money(sum(row.granted.pence for row in rows))], least=13)
    unspent = attrgetter("unspent")
    return (
        Field(label="Grant", value=attrgetter("reference"), width=16),
        Field(label="Recipient", value=attrgetter("recipient"), width=34, show=Show.WRAPPED),
        Field(label="Partnership", value=attrgetter("partnership"), width=32, show=Show.WRAPPED),
        _sum_field("Granted", "granted", "granted", wide),
        _sum_field("From this award", "from_award", "from_award", wide),
        _sum_field("Paid", "paid", "paid", wide),
        _sum_field("Scheduled", "scheduled", "scheduled", wide),
        _sum_field("Spent and accepted", "spent", "partner_spent", wide),
        Field(
            label="Unspent", value=unspent, width=wide, show=Show.MONEY_DASH, defined="unspent", totalled=unspent,
            formula=lambda row, _item: f"ROUND(F{row}-H{row},2)",
        ),
        Field(
            label="Partner CFO's statement", value=attrgetter("cfo_statement"), width=24, show=Show.WRAPPED,
            defined="cfo_statement", look=_statement_look,
        ),
        Field(
            label="Undertaking to keep records", value=attrgetter("retention"), width=24, show=Show.WRAPPED,
            defined="retention", look=_retention_look,
        ),
    )  # fmt: skip


def grants_sheet(places: Places) -> Sheet:
    rows = places.snapshot.grants
    fields = _grant_fields(rows)
    told = "Whole grants, over all their years, at the quarter's last day. Paying a partner is not the partner spending."
    sheet = begin(GRANTS, "Onward grants", told, places.snapshot.header, [field.width for field in fields])
    first, last = add_register(sheet, fields, rows, "This award pays for no onward grants.")
    if rows:
        add_totals(sheet, fields, rows, first, last)
    return sheet


# Assets


def _disposed(row: AssetRow) -> Value:
    return row.disposed_on or "In use"


_ASSETS = (
    Field(label="Intervention", value=attrgetter("intervention"), width=17),
    Field(label="Bought", value=attrgetter("bought_on"), width=12, show=Show.DATE),
    Field(label="Description", value=attrgetter("description"), width=40, show=Show.WRAPPED),
    Field(
        label="Cost", value=attrgetter("cost"), width=15, show=Show.MONEY, defined="asset_cost",
        totalled=attrgetter("cost"),
    ),
    Field(label="Location", value=attrgetter("location"), width=30, show=Show.WRAPPED),
    Field(label="Serial no.", value=attrgetter("serial_number"), width=21, show=Show.WRAPPED),
    Field(label="Title deeds", value=attrgetter("title_deeds"), width=20, show=Show.WRAPPED),
    Field(label="Disposed", value=_disposed, width=12, show=Show.DATE),
    Field(label="Depreciation policy", value=attrgetter("depreciation"), width=26, show=Show.WRAPPED),
    Field(label="Proceeds", value=attrgetter("proceeds"), width=14, show=Show.MONEY, defined="proceeds"),
    Field(label="Transferred to", value=attrgetter("transferee"), width=24, show=Show.WRAPPED),
)  # fmt: skip


def assets_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    told = f"Things bought for more than {snapshot.asset_threshold.in_prose}: the ten particulars of the agreement."
    sheet = begin(ASSETS, "Asset register", told, snapshot.header, [field.width for field in _ASSETS])
    nothing = f"No asset above {snapshot.asset_threshold.in_prose} has been registered."
    first, last = add_register(sheet, _ASSETS, snapshot.assets, nothing)
    if snapshot.assets:
        add_totals(sheet, _ASSETS, snapshot.assets, first, last)
    return sheet
