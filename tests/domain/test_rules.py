"""Rule 6 of product.md, rules are data: which Term holds for an award on a day, and whether it is waived."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fundtracker.domain.grants import GrantId
from fundtracker.domain.money import Money
from fundtracker.domain.rounds import FundingRoundId
from fundtracker.domain.rules import asset_threshold, due_on, rule, variance_percent, waiver
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId
from programme import Programme, quarter, year

SINCE, DAY = date(2023, 10, 1), date(2024, 6, 30)
Q1 = quarter("2024/25 Q1")
DAYS = TermKind.RETURN_DUE_DAYS


def agreed(programme: Programme, kind: TermKind, number: int | None = None, **values: Any) -> Term:
    """A Term of the award, or of whatever else is named."""
    place = len(programme.all(Term)) + 1
    owner = {} if {"round_id", "grant_id"} & values.keys() else {"award_id": programme.award.id}
    filled: dict[str, Any] = {"effective_from": SINCE, **owner, **values}
    term = Term(
        id=TermId(place),
        reference=f"T-{place}",
        kind=kind,
        number=None if number is None else Decimal(number),
        clause=f"Clause {place}",
        **filled,
    )
    programme.rows.setdefault(Term, {})[place] = term
    return term


def held(programme: Programme, on: date = DAY, of: str | None = None) -> int | None:
    """The number of the Term about due days that holds."""
    term = rule(programme.book(), DAYS, on, year(of) if of else None)
    return int(term.number) if term and term.number is not None else None


def test_no_term_holds_where_none_was_agreed() -> None:
    programme = Programme()
    agreed(programme, TermKind.VARIANCE_REASON, 5)
    assert held(programme) is None


def test_the_awards_own_term_holds_before_the_rounds_however_late_that_came() -> None:
    programme = Programme()
    agreed(programme, DAYS, 21)
    agreed(programme, DAYS, 14, round_id=FundingRoundId(1), effective_from=date(2024, 6, 1))
    assert held(programme) == 21


def test_a_years_own_term_holds_before_the_general_one_and_in_no_other_year() -> None:
    programme = Programme()
    agreed(programme, DAYS, 21, year=year("2024/25"))
    agreed(programme, DAYS, 30)
    assert (held(programme, of="2024/25"), held(programme, of="2023/24"), held(programme)) == (21, 30, 30)


def test_the_latest_term_holds_from_its_own_day_on() -> None:
    programme = Programme()
    agreed(programme, DAYS, 14, effective_from=date(2024, 6, 1))
    agreed(programme, DAYS, 30)
    assert [held(programme, on) for on in (date(2023, 9, 30), date(2024, 5, 31), date(2024, 6, 1))] == [
        None,
        30,
        14,
    ]


def test_a_grants_own_term_is_no_rule_of_the_award() -> None:
    programme = Programme()
    agreed(programme, DAYS, 7, grant_id=GrantId(1))
    assert held(programme) is None


def test_a_waiver_holds_from_its_approval_to_its_last_day_and_for_its_own_term_only() -> None:
    programme = Programme()
    waived, other = agreed(programme, DAYS, 14), agreed(programme, TermKind.VARIANCE_REASON, 5)
    exception = Waiver(
        id=WaiverId(1),
        term_id=waived.id,
        reason="Late decision by the funder",
        approved_by="Chief Finance Officer",
        approved_on=date(2024, 6, 10),
        expires_on=date(2024, 6, 20),
    )
    programme.rows[Waiver] = {1: exception}
    book = programme.book()
    assert [waiver(book, waived, date(2024, 6, day)) for day in (9, 10, 20, 21)] == [
        None,
        exception,
        exception,
        None,
    ]
    assert waiver(book, other, date(2024, 6, 15)) is None
    assert waiver(book, None, date(2024, 6, 15)) is None


@pytest.mark.parametrize(
    ("of", "general", "year_end", "due"),
    [
        ("2024/25 Q1", None, None, date(2024, 7, 30)),
        ("2024/25 Q1", 21, None, date(2024, 7, 21)),
        ("2024/25 Q1", 21, 10, date(2024, 7, 21)),
        ("2024/25 Q4", 21, None, date(2025, 4, 21)),
        ("2024/25 Q4", 21, 10, date(2025, 4, 10)),
    ],
)
def test_a_return_is_due_so_many_days_after_its_quarter(
    of: str, general: int | None, year_end: int | None, due: date
) -> None:
    programme = Programme()
    for kind, number in ((DAYS, general), (TermKind.YEAR_END_DUE_DAYS, year_end)):
        if number is not None:
            agreed(programme, kind, number)
    assert due_on(programme.book(), quarter(of)) == due


def test_thresholds_are_the_terms_or_the_default() -> None:
    programme = Programme()
    book = programme.book()
    assert (variance_percent(book, Q1), asset_threshold(book, Q1)) == (Decimal(10), Money.pounds(10_000))
    agreed(programme, TermKind.VARIANCE_REASON, 2)
    agreed(programme, TermKind.ASSET_THRESHOLD, amount=Money.pounds(500))
    book = programme.book()
    assert (variance_percent(book, Q1), asset_threshold(book, Q1)) == (Decimal(2), Money.pounds(500))


def test_a_years_own_term_sets_that_years_thresholds_and_due_days() -> None:
    programme = Programme()
    this_year = year("2024/25")
    agreed(programme, TermKind.VARIANCE_REASON, 2, year=this_year)
    agreed(programme, TermKind.ASSET_THRESHOLD, amount=Money.pounds(500), year=this_year)
    agreed(programme, DAYS, 21, year=this_year)
    book, before = programme.book(), quarter("2023/24 Q4")
    assert (variance_percent(book, Q1), asset_threshold(book, Q1)) == (Decimal(2), Money.pounds(500))
    assert (variance_percent(book, before), asset_threshold(book, before)) == (
        Decimal(10),
        Money.pounds(10_000),
    )
    assert (due_on(book, Q1), due_on(book, before)) == (date(2024, 7, 21), date(2024, 4, 30))
