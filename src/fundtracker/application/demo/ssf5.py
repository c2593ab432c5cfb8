"""What the three awards of round 5 share: four quarters reported so far, from October 2023 to September 2024."""

from decimal import Decimal

from fundtracker.application.demo.plan import Four, IndicatorPlan, ReportPlan, YearPlan, in_year, quarter, rag
from fundtracker.domain.delivery import Direction
from fundtracker.domain.interventions import DelayCause
from fundtracker.domain.periods import quarters_between

QUARTERS = tuple(quarters_between(quarter("2023/24 Q3"), quarter("2024/25 Q2")))
_Report = tuple[int, int, str] | tuple[int, int, str, DelayCause] | tuple[int, int, str, DelayCause, str]


def years(
    first: str,
    first_spent: tuple[int, int],
    second: str,
    second_spent: tuple[int, int],
    *,
    cut: str = "0",
    first_plan: tuple[int, int] = (40, 60),
    second_plan: Four = (25, 25, 25, 25),
) -> tuple[YearPlan, ...]:
    """Money of 2023/24 (its last two quarters) and of 2024/25 (its first two are spent, per cent of what the cut left)."""
    return (
        in_year("2023/24", first, (0, 0, *first_plan), (0, 0, *first_spent)),
        in_year("2024/25", second, second_plan, (*second_spent, 0, 0), cut),
    )


def output(
    title: str,
    unit: str,
    readings: tuple[int, ...],
    target: int,
    *,
    place: str = "",
    source: str = "Illustrative",
) -> IndicatorPlan:
    """An output with a reading for each quarter reported; fewer readings than quarters: the first ones had none."""
    values = tuple(
        (each, Decimal(value)) for each, value in zip(QUARTERS[-len(readings) :], readings, strict=True)
    )
    return IndicatorPlan(
        title=title, unit=unit, readings=values, target=Decimal(target), place=place, source=source
    )


def outcome(
    title: str,
    unit: str,
    levels: tuple[str, str, str, str],
    target: str,
    *,
    baseline: str,
    baseline_period: str,
    direction: Direction = Direction.REDUCE,
    source: str,
    place: str = "",
) -> IndicatorPlan:
    """An outcome with its level in each quarter."""
    return IndicatorPlan(
        title=title,
        unit=unit,
        readings=tuple((each, Decimal(level)) for each, level in zip(QUARTERS, levels, strict=True)),
        target=Decimal(target),
        outcome=True,
        direction=direction,
        baseline=Decimal(baseline),
        baseline_period=baseline_period,
        source=f"{source} (illustrative)",
        place=place,
    )


def reports(*each: _Report) -> tuple[ReportPlan, ...]:
    """(delivery, risk, narrative[, cause of delay[, why it is worse]]) for the last quarters reported, in order."""
    return tuple(
        ReportPlan(
            quarter=when,
            delivery=rag(said[0]),
            risk=rag(said[1]),
            narrative=said[2],
            cause=said[3] if len(said) > 3 else DelayCause.NONE,  # noqa: PLR2004 - the fourth, where it is there
            worse=said[4] if len(said) > 4 else "",  # noqa: PLR2004 - likewise the fifth
        )
        for when, said in zip(QUARTERS[-len(each) :], each, strict=True)
    )
