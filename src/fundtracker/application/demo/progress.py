"""Progress reports of round 5: the words of the plans, and a spend RAG worked out from the money."""

from collections.abc import Iterator
from dataclasses import replace

from fundtracker.application.demo.interventions import INTERVENTIONS, ROUND_5, intervention_id
from fundtracker.application.demo.plan import InterventionPlan, YearPlan, rag
from fundtracker.application.demo.variation import CUT_ON
from fundtracker.domain.interventions import InterventionStatus, Progress, ProgressId, Rag
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.periods import Quarter

_BANDS = ((5, 1), (15, 2), (30, 3), (50, 4))
"""Per cent from profile, up to which a spend RAG holds (domain facts 5.4)."""


def _planned(year: YearPlan, until: Quarter) -> Money:
    """The profile of the year to the end of a quarter, as it was at that quarter's end."""
    profile = year.current_profile() if until.ends_on >= CUT_ON else dict(year.profile())
    return Money(sum(amount.pence for quarter, amount in profile.items() if quarter <= until))


def _spent(year: YearPlan, until: Quarter) -> Money:
    return Money(sum(amount.pence for quarter, amount in year.spend() if quarter <= until))


def spend_rag(plan: InterventionPlan, quarter: Quarter) -> Rag:
    """How far the year's spend to date is from its profile."""
    years = [year for line in plan.lines for year in line.years if year.year == quarter.year]
    planned = sum((_planned(year, quarter) for year in years), ZERO)
    spent = sum((_spent(year, quarter) for year in years), ZERO)
    percent = (spent - planned).percent_of(planned)
    if percent is None:
        return rag(1)
    return rag(next((score for limit, score in _BANDS if abs(percent) <= limit), 5))


def _reports() -> Iterator[Progress]:
    for award_plan in ROUND_5:
        for plan in award_plan.interventions:
            before: Progress | None = None
            for each in plan.reports:
                now = Progress(
                    id=ProgressId(0),
                    intervention_id=intervention_id(plan.reference),
                    quarter=each.quarter,
                    status=_status(plan, each.quarter),
                    delivery=each.delivery,
                    spend=spend_rag(plan, each.quarter),
                    risk=each.risk,
                    delay_cause=each.cause,
                    narrative=each.narrative,
                    worse_reason=each.worse,
                )
                yield _explained(now, before)
                before = now


def _status(plan: InterventionPlan, quarter: Quarter) -> InterventionStatus:
    """Not yet started while its first day lies past the quarter."""
    begins = next(each.starts_on for each in INTERVENTIONS if each.reference == plan.reference)
    return InterventionStatus.PLANNED if begins and begins > quarter.ends_on else plan.status


def _explained(now: Progress, before: Progress | None) -> Progress:
    """With a reason where only the spend RAG is worse; delivery and risk have theirs in the plan."""
    if before is None or now.worse_reason or now.spend.score <= before.spend.score:
        return now
    return replace(
        now,
        worse_reason="Spend to date stands further from its profile than a quarter ago; the rest of the year is forecast.",
    )


PROGRESS = tuple(
    replace(each, id=ProgressId(n))
    for n, each in enumerate(sorted(_reports(), key=lambda each: (each.quarter, each.intervention_id)), 1)
)
