"""Progress of an indicator from its baseline to its target, its forecast and evidence; the agreement's version."""

from datetime import date
from decimal import Decimal

import pytest

from domain.telling import Told
from fundtracker.domain.delivery import Measures, Reading, ReadingId
from fundtracker.domain.delivery_rows import agreement_version, indicator_rows, progress_percent
from fundtracker.domain.variations import Variation
from programme import RESOURCE, Programme, quarter


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


def test_a_forecast_holds_until_another_is_made_and_evidence_is_the_quarters_own() -> None:
    office = Told("2024/25 Q3")
    office.counts(Measures.OUTPUT, "5")
    (q3,) = office.all(Reading)

    def reads(number: int, of: str, forecast: str | None, evidence: str) -> None:
        office.changes(
            q3, id=ReadingId(number), quarter=quarter(of), forecast=Decimal(forecast) if forecast else None, evidence=evidence
        )  # fmt: skip

    def shown(of: str) -> tuple[Decimal | None, str]:
        (row,) = indicator_rows(office.book(), quarter(of), Measures.OUTPUT)
        return row.forecast, row.evidence

    assert shown("2024/25 Q3") == (None, "")
    reads(2, "2024/25 Q1", "120", "SP/1")
    assert shown("2024/25 Q1") == (Decimal(120), "SP/1")
    assert shown("2024/25 Q2") == (Decimal(120), ""), "no reading, so no evidence of one"
    assert shown("2024/25 Q3") == (Decimal(120), ""), "its own reading makes no new forecast"
    reads(1, "2024/25 Q3", "97.5", "SP/3")
    assert shown("2024/25 Q3") == (Decimal("97.5"), "SP/3")
    assert shown("2024/25 Q1") == (Decimal(120), "SP/1"), "what was foreseen then"


def test_the_agreements_version_is_what_is_in_force_on_the_day() -> None:
    programme = Programme()
    programme.promises("100", "2024/25")
    programme.varies(("2024/25", RESOURCE, "100", "90"), on=date(2024, 8, 6))
    programme.varies(("2024/25", RESOURCE, "90", "80"), on=date(2024, 12, 1))
    third = programme.varies(("2024/25", RESOURCE, "80", "70"), on=date(2025, 1, 2))
    programme.changes(third, approved_on=None)

    def on(day: date) -> str:
        return agreement_version(programme.book(), day)

    first = "As varied by V1 (effective 6 August 2024)"
    assert on(date(2024, 8, 5)) == "Original"
    assert on(date(2024, 8, 6)) == first
    assert on(date(2025, 3, 31)) == f"{first} and V2 (effective 1 December 2024)"
    late = next(each for each in programme.all(Variation) if each.number == 2)
    programme.changes(late, approved_on=date(2025, 2, 1))
    assert on(date(2025, 1, 31)) == first, "approved after it was to take effect"
