"""Money is exact, is read as people type it, and loses no penny when it is shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Unreadable

amounts = st.integers(-(10**12), 10**12).map(Money)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1,234.56", 123456),
        ("£1,234.56", 123456),
        ("£ 75", 7500),
        ("2.5k", 250_000),
        ("1.2M", 120_000_000),
        ("(12.00)", -1200),
        ("-12", -1200),
        ("\u221212.5", -1250),
        (".5", 50),
        ("0", 0),
        ("749124", 74_912_400),
    ],
)
def test_is_read_as_people_type_it(typed: str, pence: int) -> None:
    assert Money.read(typed) == Money(pence)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,23", "1.234", "1e5", "£", "--1", "12.345k5", "99999999999999", "NaN", "1 000"]
)
def test_anything_else_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(Unreadable, match=r"type an amount|part pence|larger"):
        Money.read(typed)


@given(amounts)
def test_what_is_shown_reads_back(amount: Money) -> None:
    assert Money.read(amount.shown) == Money.read(amount.plain) == Money.read(amount.in_prose) == amount
    assert Money.pounds(amount.plain) == amount


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_shares_add_up_to_the_whole_and_stay_within_a_penny(amount: Money, weights: list[int]) -> None:
    parts = amount.share(weights)
    assert total(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.pence * sum(weights) - amount.pence * weight) <= sum(weights)


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        (10, [1, 2], [3, 7]),
        (-10, [1, 2], [-3, -7]),
        (100, [1, 1, 1], [34, 33, 33]),
        (8, [5, 3, 2], [4, 2, 2]),
    ],
)
def test_the_pennies_of_rounding_go_to_the_largest_remainders(
    whole: int, weights: list[int], parts: list[int]
) -> None:
    """Equal remainders: to the earlier part."""
    assert [each.pence for each in Money(whole).share(weights)] == parts


def test_percentages_round_half_away_from_nought() -> None:
    assert str(Money(125).percent_of(Money(1000))) == "12.5"
    assert str(Money(-2).percent_of(Money(3))) == "-66.7"
    assert Money(1).percent_of(Money(0)) is None


def test_in_prose_whole_pounds_have_no_pence() -> None:
    assert [Money(pence).in_prose for pence in (7500, 7550, -123_456_700)] == ["£75", "£75.50", "-£1,234,567"]


def test_part_pence_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="part pence"):
        Money.pounds("0.005")
