"""What the three awards of round 4 share: five quarters, from July 2022 to September 2023."""

from decimal import Decimal

from fundtracker.application.demo.plan import IndicatorPlan, YearPlan, in_year, quarter
from fundtracker.domain.periods import quarters_between

_QUARTERS = tuple(quarters_between(quarter("2022/23 Q2"), quarter("2023/24 Q2")))


def posts(first: str, second: str) -> tuple[YearPlan, ...]:
    """Pay of people in post from August 2022 on, spent in full."""
    return (
        in_year("2022/23", first, (0, 25, 37, 38), (0, 25, 37, 38)),
        in_year("2023/24", second, (50, 50, 0, 0), (50, 50, 0, 0)),
    )


def years(first: str, second: str, *, last: int = 53) -> tuple[YearPlan, ...]:
    """Money of 2022/23 and 2023/24; spent in full, but for `last` below 53 (per cent of 2023/24 spent in its Q2)."""
    found = (
        in_year("2022/23", first, (0, 20, 38, 42), (0, 17, 39, 44)) if first != "0" else None,
        in_year("2023/24", second, (50, 50, 0, 0), (47, min(last, 53), 0, 0)) if second != "0" else None,
    )
    return tuple(each for each in found if each)


def counted(
    title: str, unit: str, readings: tuple[int, int, int, int, int], target: int
) -> tuple[IndicatorPlan]:
    """An output with a reading for each of the five quarters."""
    values = tuple((each, Decimal(value)) for each, value in zip(_QUARTERS, readings, strict=True))
    return (IndicatorPlan(title=title, unit=unit, readings=values, target=Decimal(target)),)
