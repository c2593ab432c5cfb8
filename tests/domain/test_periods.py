"""Financial years run April to March; the calendar belongs to exactly one quarter each day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.periods import (
    FinancialYear,
    Quarter,
    long_date,
    nearest_day,
    quarters_between,
    read_date,
    short_date,
)
from fundtracker.domain.problems import Unreadable

days = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(days)
def test_each_day_lies_in_its_own_quarter_and_year_only(day: date) -> None:
    quarter = Quarter.of(day)
    assert day in quarter
    assert day not in quarter.next
    assert day not in quarter.previous
    assert quarter.next.previous == quarter
    assert quarter.year == FinancialYear.of(day)
    assert quarter.year.begins_on <= day <= quarter.year.ends_on
    assert quarter in quarter.year.quarters


@given(days)
def test_periods_and_dates_read_back_as_shown(day: date) -> None:
    quarter = Quarter.of(day)
    assert Quarter.read(str(quarter)) == Quarter.read(quarter.code) == quarter
    assert FinancialYear.read(str(quarter.year)) == quarter.year
    assert read_date(short_date(day)) == read_date(long_date(day)) == read_date(day.isoformat()) == day


def test_the_quarters_are_the_public_sectors() -> None:
    assert [(str(q), q.months, q.begins_on, q.ends_on) for q in FinancialYear(2023).quarters] == [
        ("2023/24 Q1", "April to June 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023/24 Q2", "July to September 2023", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023/24 Q3", "October to December 2023", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023/24 Q4", "January to March 2024", date(2024, 1, 1), date(2024, 3, 31)),
    ]


def test_quarters_between_includes_both_ends() -> None:
    found = quarters_between(Quarter.read("2023/24 Q3"), Quarter.read("2024/25 Q1"))
    assert [each.code for each in found] == ["2023-24-Q3", "2023-24-Q4", "2024-25-Q1"]
    assert not list(quarters_between(Quarter.read("2024/25 Q1"), Quarter.read("2023/24 Q3")))


@pytest.mark.parametrize(
    "typed",
    [
        "1/4/26",
        "01.04.2026",
        "1-4-2026",
        "1 April 2026",
        "1apr26",
        "1-Apr-26",
        "1st April 2026",
        "2026-04-01",
        "1 4 2026",
    ],
)
def test_a_date_is_read_many_ways(typed: str) -> None:
    assert read_date(typed) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "4/2026", "April", "2026", "1 Aprix 2026", "2024-13-01", "03/31/2025", "00/01/2025", "45000"],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="type it as 31/03/2025"):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/09/2024", "“31/09/2024” is not a day: September has 30."),
        ("31 sept 24", "“31 sept 24” is not a day: September has 30."),
        ("2023-02-29", "“2023-02-29” is not a day: February 2023 has 28."),
        ("30.2.2024", "“30.2.2024” is not a day: February 2024 has 29."),
        ("32/12/2024", "“32/12/2024” is not a day: December has 31."),
    ],
)
def test_of_a_day_that_its_month_has_not_it_is_said_how_many_there_are(typed: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_date(typed)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("31/8", date(2026, 11, 22), date(2026, 8, 31)),
        ("31 Aug", date(2026, 11, 22), date(2026, 8, 31)),
        ("31-aug", date(2026, 11, 22), date(2026, 8, 31)),
        ("31august", date(2026, 11, 22), date(2026, 8, 31)),
        ("28.12", date(2027, 1, 9), date(2026, 12, 28)),
        ("3-1", date(2026, 12, 20), date(2027, 1, 3)),
        ("29/2", date(2023, 3, 1), date(2024, 2, 29)),
        ("Today", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_a_day_without_its_year_is_the_one_nearest_to_today(typed: str, today: date, meant: date) -> None:
    assert nearest_day(typed, today) == meant


@given(days, st.integers(-181, 181))
def test_whatever_the_day_it_is_found_again_without_its_year(day: date, away: int) -> None:
    today = day + timedelta(days=away)
    assert nearest_day(f"{day.day}/{day.month}", today) == day


def test_what_has_a_year_or_is_no_day_is_left_to_others() -> None:
    today = date(2026, 11, 22)
    assert [nearest_day(each, today) for each in ("", "1/4/26", "4", "1 4", "April", "1 April 26")] == [
        None
    ] * 6
    for typed in ("31/9", "12 Foo", "0/4", "29/2"):
        with pytest.raises(Unreadable):
            nearest_day(typed, today)


def test_sorting_by_code_is_sorting_by_time() -> None:
    quarters = [Quarter.of(date(2020, 1, 1) + timedelta(days=80 * n)) for n in range(40)]
    assert sorted(quarters) == sorted(quarters, key=lambda each: each.code)
