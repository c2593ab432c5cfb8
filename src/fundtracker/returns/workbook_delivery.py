"""The Delivery, Outputs and Outcomes sheets (domain 5.7 F, G and H)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from fundtracker.domain.snapshot import IndicatorRow, MilestoneRow, ProgressRow
from fundtracker.exports.sheets import Sheet, Value
from fundtracker.exports.styles import Look, Show
from fundtracker.returns.milestone_states import overdue
from fundtracker.returns.workbook_parts import Field, add_register, begin, present, section
from fundtracker.returns.workbook_places import DELIVERY, OUTCOMES, OUTPUTS, Places

_RAG_LOOKS = {"1": Look.OK, "2": Look.OK, "3": Look.WARNING, "4": Look.BAD, "5": Look.BAD}
_TREND_LOOKS = {"Better": Look.OK, "Worse": Look.BAD}
_HUNDRED = Decimal(100)


def _rag(name: str) -> Callable[[ProgressRow], Look]:
    """The colour of a RAG; its number and name stand in the cell, so that colour alone says nothing."""
    read = attrgetter(name)
    return lambda row: _RAG_LOOKS.get(read(row)[:1], Look.BODY)


def _rag_fields(label: str, name: str) -> tuple[Field, Field]:
    before = f"{name}_before"
    return (
        Field(label=f"{label} RAG", value=attrgetter(name), width=14, defined="rag", look=_rag(name)),
        Field(label="last quarter", value=lambda row: getattr(row, before) or "–", width=14),
    )


def _trend_look(row: ProgressRow) -> Look:
    return _TREND_LOOKS.get(row.trend, Look.BODY)


_PROGRESS = (
    Field(label="Intervention", value=attrgetter("reference"), width=17),
    Field(label="Title", value=attrgetter("title"), width=30, show=Show.WRAPPED),
    Field(label="Status", value=attrgetter("status"), width=14),
    *_rag_fields("Delivery", "delivery"),
    *_rag_fields("Spend", "spend"),
    *_rag_fields("Risk", "risk"),
    Field(label="Trend", value=attrgetter("trend"), width=9, defined="trend", look=_trend_look),
    Field(label="Leading cause of delay", value=attrgetter("delay_cause"), width=17, show=Show.WRAPPED),
    Field(label="Narrative", value=attrgetter("narrative"), width=58, show=Show.WRAPPED),
    Field(
        label="Why a RAG is worse",
        value=attrgetter("worse_reason"),
        width=30,
        show=Show.WRAPPED,
        optional=True,
    ),
)


def _days_late(row: int, _item: MilestoneRow) -> str:
    """Actual, else forecast, else baseline date, less baseline date."""
    return f'IF(F{row}<>"",F{row},IF(E{row}<>"",E{row},D{row}))-D{row}'


def _late_look(item: MilestoneRow) -> Look:
    return Look.BODY if item.days_late <= 0 else Look.WARNING


def _milestone_fields(ends_on: date) -> tuple[Field, ...]:
    def state(item: MilestoneRow) -> Value:
        return "Reached" if item.actual_on else "Overdue" if overdue(item, ends_on) else "To come"

    def state_look(item: MilestoneRow) -> Look:
        return Look.BAD if overdue(item, ends_on) else Look.BODY

    return (
        Field(label="Intervention", value=attrgetter("intervention"), width=17),
        Field(label="Milestone", value=attrgetter("what"), width=30, show=Show.WRAPPED),
        Field(label="State", value=state, width=14, look=state_look),
        Field(label="Baseline date", value=attrgetter("baseline_on"), show=Show.DATE),
        Field(label="Forecast date", value=attrgetter("forecast_on"), show=Show.DATE),
        Field(label="Actual date", value=attrgetter("actual_on"), show=Show.DATE),
        Field(
            label="Days late", value=attrgetter("days_late"), show=Show.COUNT, defined="days_late",
            formula=_days_late, look=_late_look,
        ),
    )  # fmt: skip


def delivery_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    told = f"How each intervention stood at the end of {snapshot.header.quarter}, and its dated steps."
    fields = present(_PROGRESS, snapshot.progress)
    sheet = begin(DELIVERY, "Delivery", told, snapshot.header, [field.width for field in fields])
    sheet.frozen_rows, sheet.frozen_columns = places.head, 2
    sheet.title_rows = (places.head - 2, places.head - 1)
    section(sheet, f"Progress in {snapshot.header.quarter}", len(fields))
    nothing = f"No progress has been reported for {snapshot.header.quarter}."
    add_register(sheet, fields, snapshot.progress, nothing, freeze=False)
    sheet.gap()
    milestones = _milestone_fields(snapshot.header.ends_on)
    section(sheet, "Milestones", len(milestones))
    nothing = "No milestones have been set for this award."
    add_register(sheet, milestones, snapshot.milestones, nothing, freeze=False)
    return sheet


# Outputs and outcomes


def _evidence(row: IndicatorRow) -> Value:
    return "–" if row.evidence_held is None else "Yes" if row.evidence_held else "No"


def _percent(row: IndicatorRow) -> Value:
    return "–" if row.progress_percent is None else row.progress_percent / _HUNDRED


def _or_dash(name: str) -> Callable[[Any], Value]:
    """What was read or set; a dash where nothing was: nought is a reading, a blank is not."""
    read = attrgetter(name)

    def value(row: IndicatorRow) -> Value:
        found: Decimal | date | None = read(row)
        return "–" if found is None else found

    return value


def _indicator_fields(*, outcome: bool) -> tuple[Field, ...]:
    kind = "outcome" if outcome else "output"
    return (
        Field(label="Intervention", value=attrgetter("intervention"), width=16),
        Field(label="Reference", value=attrgetter("reference"), width=16),
        Field(label="Indicator", value=attrgetter("title"), width=38, show=Show.WRAPPED),
        Field(label="Unit", value=attrgetter("unit"), width=13, show=Show.WRAPPED),
        Field(label="Aim", value=attrgetter("direction"), width=10),
        Field(label="Baseline", value=attrgetter("baseline"), width=11, show=Show.NUMBER),
        Field(label="Baseline period", value=attrgetter("baseline_period"), width=14, show=Show.WRAPPED, optional=True),
        Field(label="Target", value=_or_dash("target"), width=11, show=Show.NUMBER),
        Field(
            label="This quarter", value=_or_dash("this_quarter"), width=13, show=Show.NUMBER, defined=f"{kind}_quarter",
        ),
        Field(
            label="Latest" if outcome else "To date", value=_or_dash("to_date"), width=11, show=Show.NUMBER,
            defined=f"{kind}_to_date",
        ),
        Field(label="Progress", value=_percent, width=11, show=Show.PERCENT, defined="progress"),
        Field(
            label="Forecast", value=_or_dash("forecast"), width=11, show=Show.NUMBER,
            defined="indicator_forecast", optional=True,
        ),
        Field(label="Evidence held?", value=_evidence, width=11, show=Show.CENTRED),
        Field(
            label="Evidence reference", value=attrgetter("evidence"), width=22, show=Show.WRAPPED,
            defined="indicator_evidence", optional=True,
        ),
        Field(label="Source", value=attrgetter("source"), width=24, show=Show.WRAPPED, optional=True),
        Field(label="Place", value=attrgetter("place"), width=20, show=Show.WRAPPED, optional=True),
        Field(label="Caveat", value=attrgetter("caveat"), width=30, show=Show.WRAPPED, optional=True),
    )  # fmt: skip


def outputs_sheet(places: Places) -> Sheet:
    header = places.snapshot.header
    fields = _indicator_fields(outcome=False)
    told = f"What was done. A reading is of {header.quarter} alone; nought is a reading, a dash is none."
    fields = present(fields, places.snapshot.outputs)
    sheet = begin(OUTPUTS, "Outputs", told, header, [field.width for field in fields])
    add_register(sheet, fields, places.snapshot.outputs, "No outputs have been set for this award.")
    return sheet


def outcomes_sheet(places: Places) -> Sheet:
    header = places.snapshot.header
    fields = _indicator_fields(outcome=True)
    told = "What changed. A reading is the level measured; recorded crime may rise as reporting improves."
    fields = present(fields, places.snapshot.outcomes)
    sheet = begin(OUTCOMES, "Outcomes", told, header, [field.width for field in fields])
    add_register(sheet, fields, places.snapshot.outcomes, "No outcomes have been set for this award.")
    return sheet
