"""The returns of round 5: their calendar, forecasts, reasons for variances, and what the funder said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    SERVICES,
    STAFF,
    TRAINING,
    WORKS,
    category_id,
)
from fundtracker.application.demo.plan import AwardPlan, LinePlan, YearPlan, quarter
from fundtracker.application.demo.variation import CUT_ON
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import Forecast, ForecastId, FunderReturnId, ReturnState

Q3, Q4, Q1, Q2 = (quarter(code) for code in ("2023/24 Q3", "2023/24 Q4", "2024/25 Q1", "2024/25 Q2"))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a quarter's return; `submitted_on` None while it is in draft."""

    quarter: Quarter
    begun_on: date
    rows_on: date
    submitted_on: date | None


CALENDAR = (
    Calendar(Q3, date(2024, 1, 10), date(2024, 1, 18), date(2024, 1, 22)),
    Calendar(Q4, date(2024, 4, 9), date(2024, 4, 18), date(2024, 4, 19)),
    Calendar(Q1, date(2024, 7, 10), date(2024, 7, 18), date(2024, 7, 22)),
    Calendar(Q2, date(2024, 10, 10), date(2024, 10, 18), None),
)
QUERY = "Please say why two of the lighting sites differ from those in the bid, and confirm that both councils agree."
"""What the Home Office asked about one return of 2024/25 Q1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the funder did with a return, and when; PAID pays the claim in full."""

    award: str
    quarter: Quarter
    state: ReturnState
    on: date
    query: str = ""


def _paid(award: str, when: Quarter, accepted_on: date, paid_on: date) -> tuple[Answer, Answer]:
    return Answer(award, when, ReturnState.ACCEPTED, accepted_on), Answer(
        award, when, ReturnState.PAID, paid_on
    )


ANSWERS = (
    *(answer for award in ("SSF5-VAWG", "SSF5-ASB", "SSF5-RUR") for answer in _paid(award, Q3, date(2024, 2, 12), date(2024, 3, 15))),
    *(answer for award in ("SSF5-VAWG", "SSF5-ASB", "SSF5-RUR") for answer in _paid(award, Q4, date(2024, 5, 20), date(2024, 6, 14))),
    Answer("SSF5-VAWG", Q1, ReturnState.QUERIED, date(2024, 9, 2), QUERY),
    *_paid("SSF5-ASB", Q1, date(2024, 8, 27), date(2024, 10, 4)),
    Answer("SSF5-RUR", Q1, ReturnState.ACCEPTED, date(2024, 8, 27)),
)  # fmt: skip

_FORECAST_PERCENT: dict[tuple[Quarter, str, str], int] = {
    (Q3, "SSF5-RUR-02", WORKS): 80,
    (Q3, "SSF5-ASB-01", COMMUNICATIONS): 96,
    (Q1, "SSF5-VAWG-03", WORKS): 86,
    (Q1, "SSF5-ASB-02", SERVICES): 115,
    (Q1, "SSF5-ASB-02", STAFF): 95,
    (Q1, "SSF5-RUR-01", TRAINING): 85,
    (Q2, "SSF5-VAWG-02", COMMUNICATIONS): 72,
    (Q2, "SSF5-VAWG-03", WORKS): 76,
    (Q2, "SSF5-VAWG-04", SERVICES): 92,
    (Q2, "SSF5-ASB-01", COMMUNICATIONS): 82,
    (Q2, "SSF5-ASB-02", SERVICES): 136,
    (Q2, "SSF5-ASB-02", STAFF): 90,
    (Q2, "SSF5-RUR-01", EQUIPMENT): 74,
    (Q2, "SSF5-RUR-05", SERVICES): 74,
}
"""Per cent of what is left of a line's year that a return forecasts, where not all of it."""


def forecasts(plan: AwardPlan, when: Quarter) -> tuple[Forecast, ...]:
    """What the return of a quarter expects of every later quarter of the award; ids and return are the player's."""
    return tuple(_forecasts(plan, when))


def _forecasts(plan: AwardPlan, when: Quarter) -> Iterator[Forecast]:
    for intervention, line, year in plan.lines():
        for ahead, amount in _ahead(intervention.reference, line, year, when):
            yield Forecast(
                id=ForecastId(0),
                return_id=FunderReturnId(0),
                intervention_id=intervention_id(intervention.reference),
                quarter=ahead,
                expense=line.expense,
                category_id=category_id(line.category),
                amount=amount,
            )


def _ahead(reference: str, line: LinePlan, year: YearPlan, when: Quarter) -> Iterator[tuple[Quarter, Money]]:
    """What is left of the line's year, spread as its profile is; a later year is forecast as profiled. Whole pounds."""
    profile = year.current_profile() if when.ends_on >= CUT_ON else dict(year.profile())
    later = {quarter: amount for quarter, amount in profile.items() if quarter > when}
    if not later or not sum(amount.pence for amount in later.values()):
        return
    whole = Money(sum(amount.pence for amount in profile.values()))
    spent = Money(sum(amount.pence for quarter, amount in year.spend() if quarter <= when))
    percent = _FORECAST_PERCENT.get((when, reference, line.category), 100) if year.year == when.year else 100
    left = Money(max(0, (whole - spent).pence) * percent // 10_000 * 100)
    yield from zip(later, _in_pounds(left, [amount.pence for amount in later.values()]), strict=True)


def _in_pounds(amount: Money, weights: list[int]) -> tuple[Money, ...]:
    """A whole-pound sum split into whole pounds."""
    return tuple(part * 100 for part in Money(amount.pence // 100).share(weights))


_REASONS: dict[tuple[str, Quarter], str] = {
    ("SSF5-RUR-02", Q3): "The highway permit came late: part of the ground works can't be done by 31 March.",
    ("SSF5-RUR-02", Q4): "Ground works cost less than tendered, and one column went up on an existing base.",
    ("SSF5-VAWG-01", Q4): "A course for door supervisors was held by the constabulary's own trainer.",
    ("SSF5-RUR-07", Q4): "The rural crime lead came into post two weeks late, on 16 October.",
    ("SSF5-ASB-01", Q4): "The administrator started two weeks late, so two weeks' pay were not needed.",
    ("SSF5-VAWG-03", Q1): "The second phase waits for its permit; one site is likely to fall away.",
    ("SSF5-ASB-02", Q1): "Mediation closes cases sooner and is used more than planned.",
    ("SSF5-RUR-01", Q1): "Two pilots already held the licence.",
    ("SSF5-VAWG-02", Q2): "The parents' leaflet is now sent by e-mail: print costs less than profiled.",
    (
        "SSF5-VAWG-03",
        Q2,
    ): "The second phase is smaller after the cut, and its works were tendered below the profile.",
    (
        "SSF5-ASB-02",
        Q2,
    ): "Mediation is used more than planned; the pay of the case officer leaves room for it within the award.",
    ("SSF5-RUR-01", Q2): "The compact third drone costs less than the size first planned.",
    ("SSF5-RUR-05", Q2): "The footage store's licence to March 2025 was had at a lower price.",
}
_ANY_REASON = "Timing of invoices within the year; the forecast has been looked at line by line."


def reason_for(reference: str, when: Quarter) -> str:
    """Why an intervention's line differs from its profile in the return of a quarter (illustrative)."""
    return _REASONS.get((reference, when), _ANY_REASON)


LEFT_UNEXPLAINED = ("SSF5-VAWG-02",)
"""Interventions whose variance still lacks its reason in the draft of 2024/25 Q2."""


def return_fields(when: Quarter) -> dict[str, Any]:
    """Cause of, and request for, a forecast underspend."""
    causes = {
        Q3: "Two posts began two weeks late, and permits for ground works are awaited.",
        Q4: "Late starts of two posts; ground works and training below their tendered price.",
        Q1: "Permits for the second phase; one course not needed.",
        Q2: "Smaller second phases after the cut of August 2024, at lower prices than profiled.",
    }
    asks = {
        Q3: "None yet: the rest of the year is expected to take it up.",
        Q4: "Not asked to be carried over: the agreement doesn't allow it. Not claimed.",
        Q1: "None yet.",
        Q2: "None: the award is looked at again after 2024/25 Q3.",
    }
    return {"underspend_cause": f"{causes[when]} (Illustrative.)", "underspend_request": asks[when]}


MISSING_READING = ("SSF5-RUR-04-I1", Q2, Decimal(39))
"""The reading that the draft of 2024/25 Q2 still lacks: indicator, quarter, and the value that comes in later."""
