"""The cut of August 2024: £1,000,000 to £820,000, all of it from 2024/25, by one variation for each award.

Public: the day and the two ceilings. How the £180,000 falls on awards and interventions is illustrative.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from fundtracker.application.demo.bids import award
from fundtracker.application.demo.grants import GRANT_IDS, GRANT_PLANS
from fundtracker.application.demo.interventions import ROUND_5, intervention_id
from fundtracker.application.demo.people import MANAGER, category_id
from fundtracker.application.demo.plan import AwardPlan
from fundtracker.domain.bids import Expense
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
    VariationId,
)

CUT_ON = date(2024, 8, 6)
DECISION = "Home Office notice of 6 August 2024; decision D24-2024 (illustrative)"
_YEAR = FinancialYear(2024)
_SCOPE = {
    "SSF5-VAWG": (
        "SSF5-VAWG-03",
        "Second phase at four sites; patrols every weekend until March 2025.",
        "Second phase at two sites; patrols every other weekend from January 2025.",
    ),
    "SSF5-ASB": (
        "SSF5-ASB-02",
        "A second wave of grants to rural districts in September 2024.",
        "No second wave of grants.",
    ),
    "SSF5-RUR": (
        "SSF5-RUR-02",
        "Ten ANPR cameras in the second phase; a full-size third drone.",
        "Six ANPR cameras in the second phase; a compact third drone.",
    ),
}

VARIATIONS = tuple(
    Variation(
        id=VariationId(n),
        reference=f"{plan.reference}-V1",
        award_id=award(plan.reference).id,
        number=1,
        reason="The Home Office lowered every area's round 5 ceiling from £1,000,000 to £820,000; the cut falls on 2024/25 alone.",
        decision_reference=DECISION,
        approved_by="Home Office; accepted by the Chief Executive",
        approved_on=CUT_ON,
        effective_on=CUT_ON,
    )
    for n, plan in enumerate(ROUND_5, 1)
)
_CUT_GRANTS = tuple(plan for plan in GRANT_PLANS if plan.cut)
GRANT_VARIATIONS = tuple(
    Variation(
        id=VariationId(n),
        reference=f"{plan.reference}-V1",
        grant_id=GRANT_IDS[plan.reference],
        number=1,
        reason="Follows the cut of the award: the last phase of works is smaller.",
        decision_reference=DECISION,
        approved_by=MANAGER,
        approved_on=CUT_ON,
        effective_on=CUT_ON,
    )
    for n, plan in enumerate(_CUT_GRANTS, len(VARIATIONS) + 1)
)


def _award_changes(variation: Variation, plan: AwardPlan) -> Iterator[VariationChange]:
    """Amounts of the year, then the profile line by line, then what is no longer done."""
    for expense in Expense:
        own = [year for _, line, year in plan.lines() if line.expense is expense and year.year == _YEAR]
        yield VariationChange(
            id=VariationChangeId(0),
            variation_id=variation.id,
            kind=ChangeKind.AMOUNT,
            year=_YEAR,
            expense=expense,
            old_amount=total(year.amount for year in own),
            new_amount=total(year.current for year in own),
        )
    for intervention, line, year in plan.lines():
        for quarter, old, new in year.cut_profile():
            yield VariationChange(
                id=VariationChangeId(0),
                variation_id=variation.id,
                kind=ChangeKind.RE_PROFILE,
                year=_YEAR,
                expense=line.expense,
                intervention_id=intervention_id(intervention.reference),
                quarter=quarter,
                category_id=category_id(line.category),
                old_amount=old,
                new_amount=new,
            )
    reference, before, after = _SCOPE[plan.reference]
    yield VariationChange(
        id=VariationChangeId(0),
        variation_id=variation.id,
        kind=ChangeKind.SCOPE,
        intervention_id=intervention_id(reference),
        old_text=before,
        new_text=after,
    )


def _grant_changes() -> Iterator[VariationChange]:
    for variation, plan in zip(GRANT_VARIATIONS, _CUT_GRANTS, strict=True):
        if plan.cut:
            intervention, year, amount = plan.cut
            before = next(m for ref, y, m in plan.sources if (ref, y) == (intervention, year))
            yield VariationChange(
                id=VariationChangeId(0),
                variation_id=variation.id,
                kind=ChangeKind.AMOUNT,
                year=FinancialYear.read(year),
                intervention_id=intervention_id(intervention),
                old_amount=Money.pounds(before),
                new_amount=Money.pounds(amount),
            )


def changes() -> dict[VariationId, tuple[VariationChange, ...]]:
    """The changes of each variation, numbered through."""
    found = [
        change
        for variation, plan in zip(VARIATIONS, ROUND_5, strict=True)
        for change in _award_changes(variation, plan)
    ]
    by_variation: dict[VariationId, list[VariationChange]] = {}
    for n, change in enumerate((*found, *_grant_changes()), 1):
        by_variation.setdefault(change.variation_id, []).append(replace(change, id=VariationChangeId(n)))
    return {variation: tuple(own) for variation, own in by_variation.items()}
