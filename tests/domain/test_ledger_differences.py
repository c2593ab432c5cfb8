"""What a listing changes: nothing where it is the same in any order, the difference where it is longer, and changes where it says otherwise."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.ledger import LedgerLayout, LedgerLayoutId, LedgerLine, LedgerLineId
from fundtracker.domain.ledger_differences import LedgerDifferences, compare
from fundtracker.domain.ledger_reading import LedgerReading, ReadLine, fingerprint, said_by
from fundtracker.domain.money import Money

LAYOUT = LedgerLayout(
    id=LedgerLayoutId(1),
    name="L",
    transaction_heading="No",
    date_heading="Date",
    code_heading="Code",
    amount_heading="Amount",
)
DAY = date(2024, 5, 1)


def line(number: str, pence: int, *, code: str = "A", day: int = 0, text: str = "", row: int = 1) -> ReadLine:
    return ReadLine(row, number, DAY + timedelta(day), code, "Acme", "", text, Money(pence))


def reading(*lines: ReadLine) -> LedgerReading:
    numbered = tuple(replace(each, row=n) for n, each in enumerate(lines, 2))
    return LedgerReading("new.xlsx", LAYOUT, "T", numbered, ())


def taken(found: LedgerDifferences, held: Sequence[LedgerLine]) -> list[LedgerLine]:
    """The lines that are held once the differences were written."""
    kept = {each.id: each for each in held} | {each.after.id: each.after for each in found.changed}
    first = max(kept, default=0) + 1
    for n, new in enumerate(found.new, first):
        said = new.said
        kept[LedgerLineId(n)] = LedgerLine(
            id=LedgerLineId(n), reference=f"L-{n}", layout_id=LAYOUT.id, transaction_number=said.transaction, line=new.line,
            posted_on=said.posted_on, code=said.code, supplier=said.supplier, invoice_number=said.invoice_number,
            description=said.description, amount=said.amount, listing="new.xlsx",
        )  # fmt: skip
    return list(kept.values())


def summary(found: LedgerDifferences) -> tuple[int, int, int, int]:
    return len(found.new), found.same, len(found.changed), len(found.gone)


said_lines = st.builds(
    line,
    st.sampled_from(["T1", "T2", "T3", "T4"]),
    st.integers(-3, 5),
    code=st.sampled_from("AB"),
    day=st.integers(0, 3),
    text=st.sampled_from(["", "x"]),
)
listings = st.lists(said_lines, max_size=12)


@given(listings, st.randoms(use_true_random=False))
def test_the_same_listing_again_changes_nothing_in_any_order(
    lines: list[ReadLine], source: random.Random
) -> None:
    held = taken(compare(reading(*lines), []), [])
    assert sorted(map(said_by, held)) == sorted(each.said for each in lines)
    assert len({(each.transaction_number, each.line) for each in held}) == len(held)
    source.shuffle(lines)
    assert summary(compare(reading(*lines), held)) == (0, len(lines), 0, 0)


@given(listings, listings)
def test_a_longer_listing_adds_the_difference(first: list[ReadLine], more: list[ReadLine]) -> None:
    held = taken(compare(reading(*first), []), [])
    found = compare(reading(*more, *first), held)
    assert summary(found) == (len(more), len(first), 0, 0)
    assert sorted(each.said.said for each in found.new) == sorted(each.said for each in more)


@given(listings, listings)
def test_after_taking_any_listing_its_lines_are_held_as_it_says_them(
    first: list[ReadLine], second: list[ReadLine]
) -> None:
    held = taken(compare(reading(*first), []), [])
    found = compare(reading(*second), held)
    now = taken(found, held)
    assert summary(compare(reading(*second), now))[:3] == (0, len(second), 0)
    assert len({(each.transaction_number, each.line) for each in now}) == len(now)
    assert len(now) == len(held) + len(found.new)


def test_a_line_that_says_otherwise_is_changed_and_not_new() -> None:
    held = taken(compare(reading(line("T1", 10), line("T1", 20), line("T2", 5)), []), [])
    found = compare(reading(line("T1", 25), line("T1", 10), line("T2", 5, text="x")), held)
    assert [
        (each.before.amount, each.after.amount, each.after.description, each.row) for each in found.changed
    ] == [
        (Money(20), Money(25), "", 2),
        (Money(5), Money(5), "x", 4),
    ]
    assert summary(found) == (0, 1, 2, 0)


def test_a_listing_of_one_code_says_nothing_of_the_others() -> None:
    held = taken(compare(reading(line("T1", 10, code="A"), line("T2", 20, code="B")), []), [])
    found = compare(reading(line("T1", 30, code="B"), line("T3", 1, code="B")), held)
    assert [(each.said.transaction, each.line) for each in found.new] == [("T1", 2), ("T3", 1)]
    assert [each.transaction_number for each in found.gone] == ["T2"]
    assert found.changed == ()


def test_gone_is_what_lies_within_the_days_of_the_listing() -> None:
    held = taken(compare(reading(line("T1", 1), line("T2", 1, day=5), line("T3", 1, day=9)), []), [])
    found = compare(reading(line("T0", 1, day=-2), line("T9", 1, day=6)), held)
    assert [each.transaction_number for each in found.gone] == ["T1", "T2"]


def test_without_numbers_equal_lines_are_counted() -> None:
    said = (DAY, "A", "Acme", "", "", Money(10))
    number = fingerprint(said)
    rows = [ReadLine(1, number, *said)] * 3
    held = taken(compare(reading(*rows[:2]), []), [])
    assert [each.line for each in held] == [1, 2]
    found = compare(reading(*rows), held)
    assert [(each.said.transaction, each.line) for each in found.new] == [(number, 3)]
