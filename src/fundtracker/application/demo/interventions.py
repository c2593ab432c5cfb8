"""Interventions, profiles, milestones, indicators, readings and progress: records made from the awards' plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fundtracker.application.demo.bids import award, theme_of
from fundtracker.application.demo.people import category_id, organisation_id, type_id
from fundtracker.application.demo.plan import AwardPlan, IndicatorPlan, InterventionPlan
from fundtracker.application.demo.ssf3 import PLACES, PREVENTION
from fundtracker.application.demo.ssf4_asb import ASB as ASB_4
from fundtracker.application.demo.ssf4_nc import NEIGHBOURHOOD_CRIME
from fundtracker.application.demo.ssf4_vawg import VAWG as VAWG_4
from fundtracker.application.demo.ssf5_asb import ASB as ASB_5
from fundtracker.application.demo.ssf5_rural import RURAL
from fundtracker.application.demo.ssf5_vawg import VAWG as VAWG_5
from fundtracker.domain.delivery import Indicator, IndicatorId, Measures, Reading, ReadingId
from fundtracker.domain.interventions import (
    Intervention,
    InterventionId,
    Milestone,
    MilestoneId,
    ProfileLine,
    ProfileLineId,
)
from fundtracker.domain.periods import Quarter, quarters_between

EARLIER = (PREVENTION, PLACES, ASB_4, NEIGHBOURHOOD_CRIME, VAWG_4)
"""Awards of rounds 3 and 4, closed."""
ROUND_5 = (VAWG_5, ASB_5, RURAL)
PLANS = (*EARLIER, *ROUND_5)
_IN_ORDER = tuple((plan, each) for plan in PLANS for each in plan.interventions)
_IDS = {each.reference: InterventionId(n) for n, (_, each) in enumerate(_IN_ORDER, 1)}
_STARTS_LATER = {"SSF5-RUR-05": date(2024, 1, 8)}
"""Interventions that begin after their award does."""


def intervention_id(reference: str) -> InterventionId:
    return _IDS[reference]


def _intervention(plan: AwardPlan, each: InterventionPlan) -> Intervention:
    agreement = award(plan.reference)
    return Intervention(
        id=_IDS[each.reference],
        award_id=agreement.id,
        reference=each.reference,
        title=each.title,
        type_id=type_id(each.kind),
        theme=theme_of(plan.reference),
        priorities=each.priorities,
        lead_id=organisation_id(each.lead),
        district=each.district,
        status=each.status,
        starts_on=_STARTS_LATER.get(each.reference, agreement.starts_on),
        ends_on=agreement.ends_on,
        note=each.note,
        site_detail=each.site_detail,
    )


INTERVENTIONS = tuple(_intervention(plan, each) for plan, each in _IN_ORDER)


def _profile() -> Iterator[ProfileLine]:
    number = 0
    for plan in PLANS:
        for intervention, line, year in plan.lines():
            for quarter, amount in year.profile():
                number += 1
                yield ProfileLine(
                    id=ProfileLineId(number),
                    intervention_id=_IDS[intervention.reference],
                    quarter=quarter,
                    expense=line.expense,
                    category_id=category_id(line.category),
                    amount=amount,
                )


PROFILE_LINES = tuple(_profile())
MILESTONES = tuple(
    Milestone(
        id=MilestoneId(n),
        intervention_id=_IDS[reference],
        what=each.what,
        baseline_on=each.baseline_on,
        forecast_on=each.forecast_on,
        actual_on=each.actual_on,
    )
    for n, (reference, each) in enumerate(
        ((plan.reference, each) for _, plan in _IN_ORDER for each in plan.milestones), 1
    )
)


@dataclass(frozen=True, slots=True)
class _Numbered:
    id: IndicatorId
    reference: str
    award: AwardPlan
    intervention: InterventionPlan
    plan: IndicatorPlan


def _numbered() -> Iterator[_Numbered]:
    number = 0
    for award_plan, intervention in _IN_ORDER:
        for n, each in enumerate(intervention.indicators, 1):
            number += 1
            yield _Numbered(
                IndicatorId(number), f"{intervention.reference}-I{n}", award_plan, intervention, each
            )


_INDICATORS = tuple(_numbered())
INDICATORS = tuple(
    Indicator(
        id=each.id,
        intervention_id=_IDS[each.intervention.reference],
        reference=each.reference,
        title=each.plan.title,
        measures=Measures.OUTCOME if each.plan.outcome else Measures.OUTPUT,
        unit=each.plan.unit,
        direction=each.plan.direction,
        baseline=each.plan.baseline,
        baseline_period=each.plan.baseline_period,
        target=each.plan.target,
        source=each.plan.source,
        place=each.plan.place or each.intervention.district or "Gloucestershire",
    )
    for each in _INDICATORS
)


def _expected(each: _Numbered, of: Quarter) -> Decimal | None:
    """What an output of round 5 may come to by its award's end (illustrative): its mean quarter for each still to come.

    Never above the target unless that is passed already; None for outcomes, and for rounds that were over when they were loaded.
    """
    if each.plan.outcome or each.award not in ROUND_5:
        return None
    done = [value for quarter, value in each.plan.readings if quarter <= of]
    so_far = sum(done, each.plan.baseline)
    ahead = len(tuple(quarters_between(of.next, Quarter.of(award(each.award.reference).ends_on))))
    mean = sum(done, Decimal(0)) / len(done)
    likely = so_far + (mean * ahead).quantize(Decimal(1), ROUND_HALF_UP)
    return likely if each.plan.target is None else max(so_far, min(likely, each.plan.target))


READINGS = tuple(
    Reading(
        id=ReadingId(n),
        reference=f"RD-{n:05d}",
        indicator_id=each.id,
        quarter=quarter,
        value=value,
        forecast=_expected(each, quarter),
        evidence_held=True,
        evidence=f"MON-{n:04d} (illustrative)",
        caveat=each.plan.caveat,
    )
    for n, (quarter, value, each) in enumerate(
        sorted(
            ((quarter, value, each) for each in _INDICATORS for quarter, value in each.plan.readings),
            key=lambda item: (item[0], item[2].id),
        ),
        1,
    )
)
