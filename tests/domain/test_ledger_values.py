"""Amounts, days and texts as finance systems write them: read rightly, or refused with what is wrong."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.ledger_listing import BadCell, Given
from fundtracker.domain.ledger_values import Said, read_amount, read_day, read_text
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable


@pytest.mark.parametrize(
    ("written", "pence", "fixed"),
    [
        ("12.00", 1200, False),
        ("1,234.56", 123456, False),
        ("£1,234.5", 123450, False),
        ("-12.00", -1200, False),
        ("12.00-", -1200, False),
        ("\u221212.00", -1200, False),
        ("(12.00)", -1200, False),
        ("(£12.00)", -1200, False),
        ("-£12.00", -1200, False),
        ("12.00 CR", -1200, True),
        ("12.00cr", -1200, True),
        ("£12.00 DR", 1200, True),
        (".50", 50, False),
        (12, 1200, False),
        (12.1, 1210, False),
        (0.30000000000000004, 30, False),
    ],
)
def test_amounts_in_every_way_of_writing(written: Given, pence: int, fixed: bool) -> None:
    assert read_amount(written) == Said(Money(pence), fixed)


@pytest.mark.parametrize("empty", [None, "", "  ", "-", "–"])
def test_an_empty_cell_is_no_amount(empty: Given) -> None:
    assert read_amount(empty) is None


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("n/a", "holds “n/a”, which is not an amount such as 1,234.56"),
        ("1.234,56", "holds “1.234,56”, which is not an amount such as 1,234.56"),
        ("12,34", "holds “12,34”, which is not an amount such as 1,234.56"),
        ("2k", "holds “2k”, which is not an amount such as 1,234.56"),
        ("(-12.00)", "holds “(-12.00)”, which has more than one sign: write it with one"),
        ("-12.00 CR", "holds “-12.00 CR”, which has more than one sign: write it with one"),
        ("12.345", "“12.345” has part pence: give pounds and pence, two decimals at most."),
        (BadCell("shows #REF!: mend the formula, or type the value"), "shows #REF!: mend the formula, or type the value"),
        (True, "this should be an amount of money."),
        (12.345, "12.345 has part pence: round it to two decimals."),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_and_never_nought(written: Given, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_amount(written)
    assert str(refused.value) == told


@given(st.integers(-(10**9), 10**9), st.sampled_from(["{}", "£{}", "{} "]))
def test_an_amount_as_shown_reads_as_itself(pence: int, form: str) -> None:
    amount = Money(pence)
    assert read_amount(form.format(amount.shown)) == Said(amount)
    below = f"{abs(amount).shown}-" if pence < 0 else amount.shown
    assert read_amount(below) == Said(amount)


@pytest.mark.parametrize(
    "written",
    ["31/03/2024", "31.03.24", "31 March 2024", "31-Mar-24", "2024-03-31", "31/03/2024 00:00:00", "2024-03-31T14:22:05", date(2024, 3, 31),
     datetime(2024, 3, 31, 9)],  # noqa: DTZ001 - a cell's moment has no zone
)  # fmt: skip
def test_days_in_their_uk_forms(written: Given) -> None:
    assert read_day(written) == date(2024, 3, 31)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("03/31/2024", "holds “03/31/2024”, which is not a date: type it as 31/03/2025 or 31 March 2025"),
        ("20240331", "holds “20240331”, which is not a date: type it as 31/03/2025 or 31 March 2025"),
        (45382, "this should be a date: format the cell as a date and type it as 31/03/2025."),
        (BadCell("holds a time (0.5)"), "holds a time (0.5)"),
    ],
)
def test_what_is_no_uk_day_is_refused(written: Given, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_day(written)
    assert str(refused.value) == told


def test_text_is_on_one_line_and_numbers_are_as_typed() -> None:
    cells: list[Given] = ["  Smith \n &  Co ", 100234.0, 100234, date(2024, 3, 31), None]
    assert [read_text(each) for each in cells] == ["Smith & Co", "100234", "100234", "31/03/2024", ""]
