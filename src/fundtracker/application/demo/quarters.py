"""Each quarter's reports and returns: begun, filled in, signed and sent; what the funder answered; and the open draft."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fundtracker.application.demo.acts import NO_TIME, Rank, Scene, add
from fundtracker.application.demo.days import LAST_DAY, after
from fundtracker.application.demo.interventions import INDICATORS, READINGS, ROUND_5
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.match import match_rows
from fundtracker.application.demo.opening import by_day
from fundtracker.application.demo.outputs import by_others
from fundtracker.application.demo.people import (
    CFO,
    CO_ORDINATOR,
    FINANCE,
    MANAGER,
    OFFICER,
    PARTNER,
    category_id,
)
from fundtracker.application.demo.plan import AwardPlan
from fundtracker.application.demo.progress import PROGRESS
from fundtracker.application.demo.returns import (
    ANSWERS,
    CALENDAR,
    LEFT_UNEXPLAINED,
    MISSING_READING,
    Q2,
    Answer,
    Calendar,
    forecasts,
    return_fields,
)
from fundtracker.application.demo.steps import (
    BeginReturn,
    ExplainVariances,
    FunderAnswers,
    ReturnRows,
    Submit,
)
from fundtracker.domain.costs import CostId
from fundtracker.domain.delivery import Reading
from fundtracker.domain.periods import long_date
from fundtracker.domain.returns import ReturnState

_SENT = {
    ReturnState.QUERIED: "queried by the Home Office",
    ReturnState.ACCEPTED: "accepted",
    ReturnState.PAID: "paid",
}


def returns_and_reports() -> Iterator[Scene]:
    for calendar in CALENDAR:
        yield from _reports(calendar)
        for plan in ROUND_5:
            yield from _return(plan, calendar)
    for day, rows in by_day((day, row) for day, row in match_rows() if row.quarter >= CALENDAR[0].quarter):
        yield add(day, Rank.REPORTS, f"Match funding, entered {long_date(day)}", rows, actor=FINANCE)
    for answer in ANSWERS:
        yield _answer(answer)


def _reports(calendar: Calendar) -> Iterator[Scene]:
    """Progress and readings of a quarter, two weeks after its end."""
    day, quarter = after(calendar.quarter, 15), calendar.quarter
    reports = [each for each in PROGRESS if each.quarter == quarter]
    yield add(day, Rank.REPORTS, f"Progress reports of {quarter}", reports, actor=CO_ORDINATOR)
    readings = [each for each in READINGS if each.quarter == quarter and each != missing_reading()]
    if quarter == Q2:  # the forms bring in what partners did
        readings = [_without_partners(each) for each in readings]
    yield add(day, Rank.REPORTS, f"Readings of {quarter}", readings)


def _without_partners(reading: Reading) -> Reading:
    indicator = next(each for each in INDICATORS if each.id == reading.indicator_id)
    return replace(reading, value=reading.value - by_others(indicator, reading.quarter))


def missing_reading() -> Reading:
    """The one reading that the draft still lacks."""
    reference, quarter, value = MISSING_READING
    indicator = next(each.id for each in INDICATORS if each.reference == reference)
    return next(
        each
        for each in READINGS
        if (each.indicator_id, each.quarter, each.value) == (indicator, quarter, value)
    )


def _return(plan: AwardPlan, calendar: Calendar) -> Iterator[Scene]:
    award, quarter = plan.reference, calendar.quarter
    yield Scene(
        calendar.begun_on,
        Rank.BEGIN,
        BeginReturn(
            at=NO_TIME,
            actor=CO_ORDINATOR,
            title=f"{award}: return of {quarter} begun",
            award=award,
            quarter=quarter,
        ),
    )
    yield Scene(
        calendar.rows_on,
        Rank.ROWS,
        ReturnRows(
            at=NO_TIME,
            actor=CO_ORDINATOR,
            title=f"{award}: forecasts in the return of {quarter}",
            award=award,
            quarter=quarter,
            forecasts=forecasts(plan, quarter),
            fields=return_fields(quarter)
            | ({"prepared_on": calendar.rows_on} if calendar.submitted_on else {}),
        ),
    )
    yield Scene(
        calendar.rows_on,
        Rank.REASONS,
        ExplainVariances(
            at=NO_TIME,
            actor=CO_ORDINATOR,
            title=f"{award}: reasons for variances in the return of {quarter}",
            award=award,
            quarter=quarter,
            leave_out=LEFT_UNEXPLAINED if quarter == Q2 else (),
            without=(category_id(PARTNER),) if quarter == Q2 else (),
        ),
    )
    if calendar.submitted_on:
        yield Scene(calendar.submitted_on, Rank.SUBMIT, _submission(award, calendar, calendar.submitted_on))


def _submission(award: str, calendar: Calendar, day: date) -> Submit:
    return Submit(
        at=NO_TIME,
        actor=CO_ORDINATOR,
        title=f"{award}: return of {calendar.quarter} submitted",
        award=award,
        quarter=calendar.quarter,
        prepared_by=CO_ORDINATOR,
        prepared_on=calendar.rows_on,
        checked_by=MANAGER,
        checked_on=day,
        signed_by=CFO,
        signed_role=CFO,
        signed_on=day,
    )


def _answer(answer: Answer) -> Scene:
    paid = answer.state is ReturnState.PAID
    step = FunderAnswers(
        at=NO_TIME,
        actor=FINANCE if paid else CO_ORDINATOR,
        title=f"{answer.award}: return of {answer.quarter} {_SENT[answer.state]}",
        award=answer.award,
        quarter=answer.quarter,
        state=answer.state,
        query=answer.query,
        received_on=answer.on if paid else None,
    )
    return Scene(answer.on, Rank.ANSWER, step)


def resolution() -> Iterator[Scene]:
    """The duplicate reversed, the reading and the reason supplied."""
    twice = ledger().duplicate
    number = len(ledger().entries) + 1
    reason = "Entered twice: the same invoice came by post and by e-mail."
    reversal = replace(
        twice,
        id=CostId(number),
        reference=f"C-{number:05d}",
        description=f"Reversal of duplicate: {twice.description}",
        net=-twice.net,
        vat=-twice.vat,
        paid_on=None,
        reversal_of=twice.id,
    )
    yield add(
        LAST_DAY,
        Rank.COSTS,
        f"{twice.reference} reversed: a duplicate",
        (reversal,),
        actor=FINANCE,
        reason=reason,
    )
    yield add(LAST_DAY, Rank.REPORTS, "The last reading of 2024/25 Q2", (missing_reading(),), actor=OFFICER)
    for plan in ROUND_5:
        if any(each.reference in LEFT_UNEXPLAINED for each in plan.interventions):
            step = ExplainVariances(
                at=NO_TIME,
                actor=CO_ORDINATOR,
                title=f"{plan.reference}: the last reasons for variances in the return of {Q2}",
                award=plan.reference,
                quarter=Q2,
            )
            yield Scene(LAST_DAY, Rank.REASONS, step)
