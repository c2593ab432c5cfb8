"""Progress of an indicator from its baseline to its target."""

from decimal import Decimal

import pytest

from fundtracker.domain.delivery_rows import progress_percent


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "percent"),
    [
        ("1", "0", "800", "0.1"),  # 0.125
        ("25", "0", "10000", "0.3"),  # 0.25, half away from nought
        ("35", "0", "10000", "0.4"),  # 0.35
        ("-25", "0", "10000", "-0.3"),
        ("214", "241", "190", "52.9"),
        ("300", "0", "300", "100.0"),
    ],
)
def test_progress_is_rounded_half_away_from_nought(
    actual: str, baseline: str, target: str, percent: str
) -> None:
    found = progress_percent(Decimal(actual), Decimal(baseline), Decimal(target))
    assert str(found) == percent


def test_there_is_no_progress_without_a_reading_a_target_or_a_way_to_go() -> None:
    one = Decimal(1)
    assert [progress_percent(*each) for each in ((None, one, one), (one, one, None), (one, one, one))] == [
        None
    ] * 3
