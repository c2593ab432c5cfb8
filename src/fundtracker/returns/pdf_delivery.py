"""Delivery, Outputs, Outcomes and Risks of a return on paper."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportlab.platypus import Flowable

from fundtracker.domain.snapshot import IndicatorRow, MilestoneRow, ProgressRow, RiskRow, Snapshot
from fundtracker.exports.pdf_cells import Mark, Value, figure, short, words
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Section, part_heading
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import NOTE, para
from fundtracker.returns.milestone_states import overdue

_HIGH, _MIDDLING = 15, 8
"""Risk scores (impact times likelihood, at most 25) from which a risk is high or middling (domain 5.1)."""


def delivery(snapshot: Snapshot) -> Section:
    """F. How each intervention stands, beside last quarter's RAGs, and the milestones."""
    quarter = snapshot.header.quarter
    body: list[Flowable] = [part_heading("Progress", "delivery-progress")]
    if snapshot.progress:
        columns = (
            words("Intervention", 1.6),
            short("Status"),
            short("Delivery"),
            short("Spend"),
            short("Risk"),
            short("Trend"),
            words("Cause of delay", 0.8),
            words("Narrative", 4),
        )
        body += [
            para(
                "RAGs run from 1 Green to 5 Red, in this quarter's colour; last quarter's stand below.", NOTE
            ),
            TableFlow(columns, [_progress(row) for row in snapshot.progress]),
        ]
    else:
        body.append(para(f"No progress is reported for {quarter}."))
    body.append(part_heading("Milestones", "delivery-milestones"))
    if snapshot.milestones:
        columns = (
            short("Intervention"),
            words("Milestone", 3),
            short("Baseline"),
            short("Forecast"),
            short("Actual"),
            words("How it stands", 1),
        )
        body.append(
            TableFlow(columns, [_milestone(row, snapshot.header.ends_on) for row in snapshot.milestones])
        )
    else:
        body.append(para("No milestones are recorded."))
    return Section(title="Delivery", landscape=True, body=body)


def _progress(row: ProgressRow) -> tuple[Value, ...]:
    narrative = row.narrative
    if row.worse_reason:
        narrative = f"{narrative}\nWhy worse: {row.worse_reason}".strip()
    trend_tone = {"Worse": Tone.BAD, "Better": Tone.GOOD}.get(row.trend, Tone.PLAIN)
    return (
        f"{row.reference}\n{row.title}",
        row.status,
        _rag(row.delivery, row.delivery_before),
        _rag(row.spend, row.spend_before),
        _rag(row.risk, row.risk_before),
        Mark(row.trend, trend_tone),
        row.delay_cause,
        narrative,
    )


def _rag(now: str, before: str) -> Mark:
    tone = {"1": Tone.GOOD, "2": Tone.GOOD, "3": Tone.WARNING}.get(now[:1], Tone.BAD)
    return Mark(f"{now}\nwas {before}" if before else now, tone)


def _milestone(row: MilestoneRow, ends_on: date) -> tuple[Value, ...]:
    return (
        row.intervention,
        row.what,
        row.baseline_on,
        row.forecast_on,
        row.actual_on,
        _milestone_state(row, ends_on),
    )


def _milestone_state(row: MilestoneRow, ends_on: date) -> Mark:
    days = abs(row.days_late)
    counted = f"{days} day{'' if days == 1 else 's'}"
    if row.actual_on:
        if row.days_late > 0:
            return Mark(f"Done, {counted} late", Tone.WARNING)
        return Mark(f"Done, {counted} early" if row.days_late else "Done on time", Tone.GOOD)
    if overdue(row, ends_on):
        return Mark("Overdue" if row.forecast_on else "Overdue, no forecast", Tone.BAD)
    if row.days_late > 0:
        return Mark(f"Expected {counted} late", Tone.BAD)
    return Mark(f"Expected {counted} early" if row.days_late else "Expected on time", Tone.PLAIN)


def outputs(snapshot: Snapshot) -> Section:
    """G. What was done."""
    return _indicators(
        "Outputs", "What was done. To date is the sum of the quarters' readings.", snapshot.outputs
    )


def outcomes(snapshot: Snapshot) -> Section:
    """H. What changed."""
    return _indicators("Outcomes", "What changed. To date is the latest level.", snapshot.outcomes)


def _indicators(title: str, what: str, rows: Sequence[IndicatorRow]) -> Section:
    if not rows:
        return Section(
            title=title, landscape=True, new_page=False, body=[para(f"No {title.lower()} are recorded.")]
        )
    columns = [
        short("Intervention"),
        short("Ref"),
        words("Indicator", 2.4),
        words("Source, place", 1.6),
        short("Aim"),
        figure("Baseline"),
        words("Baseline period", 0.8),
        figure("Target"),
        figure("This quarter"),
        figure("To date"),
        figure("Progress"),
        figure("Forecast"),
        words("Evidence", 1.1),
        words("Caveat", 1.6),
    ]
    cells = [_indicator(row) for row in rows]
    told = [
        n
        for n, column in enumerate(columns)
        if (column.heading not in _OPTIONAL or any(row[n] for row in cells))
        and (column.heading != "Forecast" or any(row.forecast is not None for row in rows))
    ]
    table = TableFlow([columns[n] for n in told], [tuple(row[n] for n in told) for row in cells], largest=7.0)
    return Section(title=title, landscape=True, new_page=False, body=[para(what, NOTE), table])


_OPTIONAL = frozenset({"Baseline period", "Caveat"})
"""Columns left out where no indicator has anything to say there."""


def _indicator(row: IndicatorRow) -> tuple[Value, ...]:
    return (
        row.intervention,
        row.reference,
        f"{row.title} ({row.unit})" if row.unit else row.title,
        "\n".join(text for text in (row.source, row.place) if text),
        row.direction,
        _number(row.baseline),
        row.baseline_period,
        _number(row.target),
        _number(row.this_quarter),
        _number(row.to_date),
        f"{row.progress_percent:.1f}%" if row.progress_percent is not None else _number(None),
        _number(row.forecast),
        _evidence(row),
        row.caveat,
    )


def _evidence(row: IndicatorRow) -> Value:
    """Whether it is held, and where."""
    if row.evidence_held is None:
        return "Not reported"
    told = "\n".join(text for text in ("Held" if row.evidence_held else "Not held", row.evidence) if text)
    return told if row.evidence_held else Mark(told, Tone.WARNING)


def _number(value: Decimal | None) -> Value:
    return Mark("–", Tone.MUTED) if value is None else value


def risks(snapshot: Snapshot) -> Section:
    """I. The register, worst first; closed ones stay."""
    if not snapshot.risks:
        return Section(
            title="Risks",
            landscape=True,
            new_page=False,
            body=[para("No risks are recorded for this award.")],
        )
    columns = (
        short("Intervention"),
        words("Category", 0.9),
        words("Risk", 2.6),
        short("Before"),
        words("Mitigation", 3),
        short("After"),
        words("Owner", 1),
        words("Proximity", 0.9),
        short("Raised"),
        short("Closed"),
    )
    note = para("Scores are impact × likelihood, each from 1 to 5: before and after mitigation.", NOTE)
    return Section(
        title="Risks",
        landscape=True,
        new_page=False,
        body=[note, TableFlow(columns, [_risk(row) for row in snapshot.risks])],
    )


def _risk(row: RiskRow) -> tuple[Value, ...]:
    return (
        row.intervention,
        row.category,
        row.title,
        _score(row.impact_before, row.likelihood_before, row.score_before),
        row.mitigation,
        _score(row.impact_after, row.likelihood_after, row.score_after),
        row.owner,
        row.proximity,
        row.raised_on,
        row.closed_on or "Open",
    )


def _score(impact: int, likelihood: int, score: int) -> Mark:
    level, tone = ("Low", Tone.GOOD)
    if score >= _HIGH:
        level, tone = "High", Tone.BAD
    elif score >= _MIDDLING:
        level, tone = "Medium", Tone.WARNING
    return Mark(f"{impact} × {likelihood} = {score}\n{level}", tone)
