"""The parts of a return beside its money: match, delivery, outputs, outcomes, risks, changes, grants, assets."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim
from fundtracker.domain.columns import described
from fundtracker.domain.delivery import Asset, Indicator, Match, Measures, Reading, Risk
from fundtracker.domain.grants import Condition, ConditionKind, Grant, GrantStatus
from fundtracker.domain.interventions import Intervention, Milestone, Progress
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.periods import Quarter, long_date, short_date
from fundtracker.domain.rules import rule
from fundtracker.domain.snapshot import (
    AssetRow,
    ChangeRow,
    GrantRow,
    IndicatorRow,
    MatchNeed,
    MatchRow,
    MilestoneRow,
    ProgressRow,
    RiskRow,
)
from fundtracker.domain.spend import category_name, intervention_reference
from fundtracker.domain.terms import TermKind
from fundtracker.domain.variations import Variation, VariationChange


def match_rows(claim: Claim) -> tuple[MatchRow, ...]:
    """E. Match of the financial year up to the quarter, by source."""
    sums: dict[tuple[str, str, bool, str], list[Money]] = {}
    for each in claim.book.all(Match):
        if each.quarter.year == claim.year and each.quarter <= claim.quarter:
            row = sums.setdefault((each.source, each.kind.value, each.secured, each.basis), [ZERO, ZERO])
            row[1] += each.amount
            if each.quarter == claim.quarter:
                row[0] += each.amount
    return tuple(MatchRow(*key, this_quarter=row[0], to_date=row[1]) for key, row in sorted(sums.items()))


def match_need(claim: Claim) -> MatchNeed:
    """E. What the Terms ask for: a percentage of the year's award; the gap is never below nought."""
    term = rule(claim.book, TermKind.MATCH_PERCENT, claim.quarter.ends_on, claim.year)
    percent = term.number if term else None
    awarded = claim.figures_now.awarded(claim.year)
    required = Money(int(awarded.pence * percent / 100)) if percent is not None else ZERO
    to_date = total(row.to_date for row in match_rows(claim))
    return MatchNeed(
        percent=percent,
        required=required,
        to_date=to_date,
        gap=max(required - to_date, ZERO),
        clause=f"{term.reference}: {term.clause}" if term else "",
    )


def progress_rows(claim: Claim) -> tuple[ProgressRow, ...]:
    """F. The quarter's progress, beside last quarter's RAGs."""
    book, rows = claim.book, list[ProgressRow]()
    for intervention in sorted(book.all(Intervention), key=lambda each: each.reference):
        reports = {each.quarter: each for each in book.under(Progress, intervention_id=intervention.id)}
        now, last = reports.get(claim.quarter), reports.get(claim.quarter.previous)
        if now is not None:
            rows.append(
                ProgressRow(
                    reference=intervention.reference,
                    title=intervention.title,
                    status=now.status.value,
                    delivery=now.delivery.value,
                    delivery_before=last.delivery.value if last else "",
                    spend=now.spend.value,
                    spend_before=last.spend.value if last else "",
                    risk=now.risk.value,
                    risk_before=last.risk.value if last else "",
                    trend=_trend(now, last),
                    delay_cause=now.delay_cause.value,
                    narrative=now.narrative,
                    worse_reason=now.worse_reason,
                )
            )
    return tuple(rows)


def _trend(now: Progress, last: Progress | None) -> str:
    if last is None:
        return "New"
    change = sum(
        getattr(now, name).score - getattr(last, name).score for name in ("delivery", "spend", "risk")
    )
    return "Worse" if change > 0 else "Better" if change < 0 else "Same"


def milestone_rows(book: AwardBook) -> tuple[MilestoneRow, ...]:
    """F. Milestones by intervention, then date."""
    rows = [
        MilestoneRow(
            intervention=intervention_reference(book, each.intervention_id),
            what=each.what,
            baseline_on=each.baseline_on,
            forecast_on=each.forecast_on,
            actual_on=each.actual_on,
            days_late=((each.actual_on or each.forecast_on or each.baseline_on) - each.baseline_on).days,
        )
        for each in book.all(Milestone)
    ]
    return tuple(sorted(rows, key=lambda row: (row.intervention, row.baseline_on, row.what)))


def indicator_rows(book: AwardBook, quarter: Quarter, measures: Measures) -> tuple[IndicatorRow, ...]:
    """G and H. Indicators with the quarter's reading and the figure to date.

    An output's readings are what was done in each quarter, so its figure to date is baseline plus their sum; an outcome's is
    its latest level. Progress = (actual - baseline) / (target - baseline). A forecast holds until a later reading brings another.
    """
    rows: list[IndicatorRow] = []
    for each in sorted(book.all(Indicator), key=lambda each: each.reference):
        if each.measures is not measures:
            continue
        readings = sorted(
            (r for r in book.under(Reading, indicator_id=each.id) if r.quarter <= quarter),
            key=lambda r: r.quarter,
        )
        now = next((r for r in readings if r.quarter == quarter), None)
        done = sum((r.value for r in readings), Decimal(0))
        to_date = (done if measures is Measures.OUTPUT else readings[-1].value) if readings else None
        actual = None if to_date is None else to_date + (each.baseline if measures is Measures.OUTPUT else 0)
        rows.append(
            IndicatorRow(
                intervention=intervention_reference(book, each.intervention_id),
                reference=each.reference,
                title=each.title,
                unit=each.unit,
                direction=each.direction.value,
                baseline=each.baseline,
                baseline_period=each.baseline_period,
                target=each.target,
                this_quarter=now.value if now else None,
                to_date=to_date,
                progress_percent=progress_percent(actual, each.baseline, each.target),
                forecast=next((r.forecast for r in reversed(readings) if r.forecast is not None), None),
                evidence_held=now.evidence_held if now else None,
                evidence=now.evidence if now else "",
                source=each.source,
                place=each.place,
                caveat=now.caveat if now else "",
            )
        )
    return tuple(rows)


def progress_percent(actual: Decimal | None, baseline: Decimal, target: Decimal | None) -> Decimal | None:
    """The way gone from baseline to target, to a tenth of a per cent, half away from nought; None where there is no way."""
    if actual is None or target is None or target == baseline:
        return None
    exact = (actual - baseline) * 100 / (target - baseline)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def risk_rows(book: AwardBook) -> tuple[RiskRow, ...]:
    """I. The register, worst first after mitigation; closed ones at the end."""
    risks = sorted(
        book.all(Risk), key=lambda r: (r.closed_on is not None, -r.impact_after * r.likelihood_after, r.id)
    )
    return tuple(
        RiskRow(
            intervention=intervention_reference(book, each.intervention_id)
            if each.intervention_id
            else "Whole award",
            category=each.category.value,
            title=each.title,
            impact_before=each.impact_before,
            likelihood_before=each.likelihood_before,
            score_before=each.impact_before * each.likelihood_before,
            mitigation=each.mitigation,
            impact_after=each.impact_after,
            likelihood_after=each.likelihood_after,
            score_after=each.impact_after * each.likelihood_after,
            owner=each.owner,
            proximity=each.proximity.value,
            raised_on=each.raised_on,
            closed_on=each.closed_on,
        )
        for each in risks
    )


def change_rows(book: AwardBook) -> tuple[ChangeRow, ...]:
    """J. Every change of every variation of the award, proposed ones included (no approval date)."""
    return tuple(
        ChangeRow(
            variation=variation.reference,
            number=variation.number,
            kind=change.kind.value,
            what=change_words(book, change),
            old=_old_or_new(change, old=True),
            new=_old_or_new(change, old=False),
            difference=change.difference if change.new_amount is not None else None,
            reason=variation.reason,
            decision_reference=variation.decision_reference,
            approved_by=variation.approved_by,
            approved_on=variation.approved_on,
            effective_on=variation.effective_on,
        )
        for variation in sorted(book.under(Variation, award_id=book.award.id), key=lambda each: each.number)
        for change in book.under(VariationChange, variation_id=variation.id)
    )


def change_words(book: AwardBook, change: VariationChange) -> str:
    """What a change is about: "2024/25, resource" or "SSF5-VAWG-01, 2024/25 Q3, resource, Staff"."""
    parts = [
        intervention_reference(book, change.intervention_id) if change.intervention_id else "",
        str(change.quarter or change.year or ""),
        change.expense.value.lower() if change.expense else "",
        category_name(book, change.category_id) if change.category_id else "",
    ]
    return ", ".join(part for part in parts if part) or "The agreement"


def _old_or_new(change: VariationChange, *, old: bool) -> str:
    amount, day, text = (
        (change.old_amount, change.old_date, change.old_text)
        if old
        else (change.new_amount, change.new_date, change.new_text)
    )
    if amount is not None:
        return amount.in_prose
    return long_date(day) if day else text


def grant_rows(claim: Claim) -> tuple[GrantRow, ...]:
    """K. Onward grants that the award helps to pay, as at the quarter's end."""
    book = claim.book
    rows: list[GrantRow] = []
    for grant in sorted(book.all(Grant), key=lambda each: each.reference):
        if grant.status is GrantStatus.WITHDRAWN:
            continue
        figures = claim.figures.grant(grant)
        partnership = book.find(Partnership, grant.partnership_id)
        rows.append(
            GrantRow(
                reference=grant.reference,
                recipient=book.get(Organisation, grant.recipient_id).name,
                partnership=partnership.name if partnership else "",
                granted=figures.granted,
                from_award=figures.from_award,
                paid=figures.paid,
                scheduled=figures.scheduled,
                spent=figures.spent,
                unspent=figures.unspent,
                cfo_statement=_condition_state(book, grant, ConditionKind.CFO_STATEMENT),
                retention=_condition_state(book, grant, ConditionKind.RETENTION),
            )
        )
    return tuple(rows)


def _condition_state(book: AwardBook, grant: Grant, kind: ConditionKind) -> str:
    """The latest condition of a kind in words; received is not accepted."""
    found = [each for each in book.under(Condition, grant_id=grant.id) if each.kind is kind]
    if not found:
        return "Not asked for"
    latest = max(found, key=lambda each: (each.due_on is not None, each.due_on or book.today, each.id))
    if latest.accepted_on:
        return f"Accepted {short_date(latest.accepted_on)}"
    if latest.received_on:
        return f"Received {short_date(latest.received_on)}, not yet accepted"
    return f"Outstanding, due {short_date(latest.due_on)}" if latest.due_on else "Outstanding"


def asset_rows(book: AwardBook) -> tuple[AssetRow, ...]:
    """L. The register."""
    return tuple(
        AssetRow(
            intervention=intervention_reference(book, each.intervention_id),
            bought_on=each.bought_on,
            description=each.description,
            cost=each.cost,
            location=each.location,
            serial_number=each.serial_number,
            title_deeds=each.title_deeds,
            disposed_on=each.disposed_on,
            depreciation=each.depreciation,
            proceeds=each.proceeds,
            transferee=each.transferee,
        )
        for each in sorted(book.all(Asset), key=lambda each: (each.bought_on, each.id))
    )


def agreement_version(book: AwardBook, day: date) -> str:
    """A. "Original", or the variations in force on a day: "As varied by SSF5-VAWG-V1 (effective 6 August 2024)"."""
    in_force = sorted(
        (each for each in book.under(Variation, award_id=book.award.id) if each.in_force(day)),
        key=lambda each: each.number,
    )
    named = [
        f"{each.reference} (effective {long_date(each.effective_on)})"
        for each in in_force
        if each.effective_on is not None
    ]
    if not named:
        return "Original"
    *others, last = named
    return f"As varied by {', '.join(others)} and {last}" if others else f"As varied by {last}"


def lead_name(book: AwardBook) -> str:
    """Who leads the bid; the office itself where nobody else is named."""
    lead = book.find(Organisation, book.bid.lead_id)
    return lead.name if lead else (book.office.name if book.office else "")


def award_words(book: AwardBook) -> str:
    """ "SSF5-VAWG Violence against women and girls"."""
    return f"{described(book.award)} {book.bid.title}"
