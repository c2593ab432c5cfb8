"""Outputs that partners share: what each did in a quarter, and what is left as the office's and the police's own."""

from decimal import Decimal

from fundtracker.application.demo.form_days import QUARTERS, REPORTING
from fundtracker.application.demo.grants import GrantPlan
from fundtracker.application.demo.interventions import INDICATORS, READINGS, intervention_id
from fundtracker.domain.delivery import Indicator, IndicatorId, Measures
from fundtracker.domain.periods import Quarter


def outputs_of(grant: GrantPlan, quarter: Quarter) -> dict[IndicatorId, Decimal]:
    """What the grant's partner did, by indicator: of each output of the interventions that pay it that year."""
    own = {intervention_id(each) for each in paid_by(grant, quarter)}
    return {
        each.id: _shares(each, quarter).get(grant.reference, Decimal(0))
        for each in INDICATORS
        if each.measures is Measures.OUTPUT and each.intervention_id in own
    }


def by_others(indicator: Indicator, quarter: Quarter) -> Decimal:
    """What partners' forms of the quarter say of an indicator, all together; nought where none reports it."""
    return sum(_shares(indicator, quarter).values(), Decimal(0))


def paid_by(grant: GrantPlan, quarter: Quarter) -> tuple[str, ...]:
    """The interventions whose money of the quarter's year the grant has."""
    return tuple(
        dict.fromkeys(reference for reference, _, _ in grant.sources if grant.amount(reference, quarter.year))
    )


def _shares(indicator: Indicator, quarter: Quarter) -> dict[str, Decimal]:
    """A reading split evenly among its partners and the office's own work, whole numbers only; the first get what is over."""
    partners = [
        each.reference
        for each in REPORTING.values()
        if indicator.intervention_id in {intervention_id(one) for one in paid_by(each, quarter)}
    ]
    if indicator.measures is not Measures.OUTPUT or quarter not in QUARTERS or not partners:
        return {}
    whole = int(_readings().get((indicator.id, quarter), 0))
    least, over = divmod(whole, len(partners) + 1)
    return {each: Decimal(least + (n < over)) for n, each in enumerate(partners)}


def _readings() -> dict[tuple[IndicatorId, Quarter], Decimal]:
    return {(each.indicator_id, each.quarter): each.value for each in READINGS}
