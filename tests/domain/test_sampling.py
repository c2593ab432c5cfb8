"""A sample by value: the same seed draws the same lines, every penny has its chance, large lines are always drawn."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.sampling import Sample, SampleLine, draw, interval_for, start_of


def line(number: int, pence: int) -> SampleLine:
    return SampleLine(f"C-{number:05d}", number, Money(pence))


def drawn(sample: Sample) -> list[str]:
    return [each.line.reference for each in sample.drawn]


LINES = [line(n, pence) for n, pence in enumerate([10_000, 2_500, 40_000, -500, 0, 7_500, 100], start=1)]


def test_a_sample_worked_out_by_hand() -> None:
    sample = draw(LINES, seed="SSF5-VAWG 2024-25-Q2", interval=Money(15_000))
    start = int(hashlib.sha256(b"SSF5-VAWG 2024-25-Q2").hexdigest(), 16) % 15_000 + 1
    assert (sample.start, sample.value) == (start, Money(60_100))
    # The lines end at pennies 10,000, 12,500, 52,500, 60,000 and 60,100.
    ends = {10_000: "C-00001", 12_500: "C-00002", 52_500: "C-00003", 60_000: "C-00006", 60_100: "C-00007"}
    wanted = [
        next(name for end, name in ends.items() if penny <= end) for penny in range(start, 60_101, 15_000)
    ]
    assert [name for each in sample.drawn for name in [each.line.reference] * len(each.hits)] == wanted
    assert [penny for each in sample.drawn for penny in each.hits] == list(range(start, 60_101, 15_000))
    assert [each.reference for each in sample.apart] == ["C-00004", "C-00005"]


def test_the_same_seed_draws_the_same_lines_in_whatever_order_they_come() -> None:
    first = draw(LINES, seed="one", size=3)
    assert draw(reversed(LINES), seed="one", size=3) == first
    assert any(draw(LINES, seed=f"another {n}", size=3).start != first.start for n in range(3))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(Refused, match="at least a penny"):
        draw(LINES, seed="x", interval=Money(0))
    with pytest.raises(Refused, match="at least one line"):
        interval_for(Money(100), 0)


def test_nothing_is_drawn_of_nothing() -> None:
    sample = draw([line(1, -500)], seed="x")
    assert (sample.drawn, sample.value, drawn(sample)) == ((), Money(0), [])


@given(st.lists(st.integers(-5_000, 500_000), max_size=40), st.text(max_size=10), st.integers(1, 300_000))
def test_every_interval_is_drawn_once_and_large_lines_always(
    amounts: list[int], seed: str, step: int
) -> None:
    lines = [line(n, pence) for n, pence in enumerate(amounts, start=1)]
    sample = draw(lines, seed=seed, interval=Money(step))
    hits = [penny for each in sample.drawn for penny in each.hits]
    assert hits == list(range(start_of(seed, Money(step)), sample.value.pence + 1, step))
    large = {each.reference for each in lines if each.amount.pence >= step}
    assert large <= set(drawn(sample))
    assert {*sample.population, *sample.apart} == set(lines)
    for each in sample.drawn:
        assert each.first_penny <= each.hits[0] <= each.hits[-1] < each.first_penny + each.line.amount.pence


@given(st.lists(st.integers(1, 500_000), min_size=1, max_size=40), st.integers(1, 30), st.text(max_size=5))
def test_at_most_so_many_lines_are_drawn(amounts: list[int], size: int, seed: str) -> None:
    sample = draw([line(n, pence) for n, pence in enumerate(amounts, start=1)], seed=seed, size=size)
    assert len(sample.drawn) <= size
    assert sum(len(each.hits) for each in sample.drawn) <= size
