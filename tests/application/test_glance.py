"""Home shows the year that runs, and its sums are those of the award's own book (rule 1 of product.md: the year is a wall)."""

from datetime import date
from pathlib import Path

import pytest

from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.glance import AwardGlance, glance
from fundtracker.application.workspace import Workspace
from fundtracker.domain.figures import Figures
from fundtracker.domain.money import Money
from fundtracker.storage.database import Database
from programme import CAPITAL, Programme, year

DAYS = tuple(
    date(of, month, day)
    for of, month, day in (
        (2024, 3, 31),
        (2024, 4, 1),
        (2024, 4, 30),
        (2024, 6, 30),
        (2024, 7, 1),
        (2024, 9, 30),
        (2024, 10, 1),
        (2024, 12, 31),
        (2025, 1, 1),
        (2025, 3, 31),
        (2025, 4, 1),
    )
)


@pytest.mark.parametrize("of", ["2023/24", "2024/25", "2025/26"])
def test_home_tells_the_year_that_runs_apart_from_the_others_to_the_day(tmp_path: Path, of: str) -> None:
    built = Programme(ends=date(2026, 3, 31))
    for number, each in enumerate(("2023/24", "2024/25", "2025/26"), 1):
        built.promises(str(number * 1_000_000), each)
    op = built.intervenes()
    grant = built.grants(op, "5000", "2024/25")
    for power, day in enumerate(DAYS):
        built.spends(op, Money(2**power), day, expense=CAPITAL)
    built.spends(op, "77", date(2024, 5, 1), grant_id=grant.id)  # not accepted: not spent
    built.spends(op, "5", date(2024, 5, 1), vat=Money(100), vat_recoverable=False)
    today = year(of).ends_on
    database = Database(empty_file(tmp_path / "office.fundtracker"))
    store(database, built.records)
    with Workspace(database, actor=ACTOR, clock=clock_at(today)) as workspace:
        (row,) = glance(workspace)
        figures = Figures(workspace.book(built.award.id), date(2026, 3, 31))
    assert (str(row.year), row.awarded, row.spent) == (
        of,
        figures.awarded(year(of)),
        figures.spent.total(year=year(of)),
    )
    assert row.spent == {"2023/24": Money(1), "2024/25": Money(2**10 - 2 + 600), "2025/26": Money(2**10)}[of]


@pytest.mark.parametrize(
    ("spent", "awarded", "told"),
    [("54", "100", "54.0"), ("50.50", "100", "50.5"), ("0", "100", "0.0"), ("5", "0", "")],
)
def test_what_is_spent_has_one_decimal_in_every_row(spent: str, awarded: str, told: str) -> None:
    """ "54" among "50.5" and "52.6" would look like tenths. Of nothing awarded there is no percentage."""
    row = AwardGlance(
        award_id=1,
        reference="SSF5",
        title="Round 5",
        year=year("2024/25"),
        awarded=Money.pounds(awarded),
        spent=Money.pounds(spent),
        forecast=Money(0),
        outturn=Money(0),
    )
    assert row.spent_percent == told
