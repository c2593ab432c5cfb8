"""Filters: read as people type them, said in words, and shown as a text that reads back to the same."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.awards import AwardLine
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Column, columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Indicator
from fundtracker.domain.filters import (
    AnyOf,
    Between,
    Contains,
    Empty,
    Exactly,
    Filter,
    hint,
    in_words,
    plainly,
    read_filter,
)
from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    MoneyKind,
    Number,
    QuarterKind,
    WholeNumber,
    YearKind,
    YesNo,
)
from fundtracker.domain.money import LARGEST_PENCE, Money
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast, FunderReturn

EVERY_COLUMN = [(kind, column) for kind in RECORDS for column in columns(kind)]
COLUMN_NAMES = [f"{kind.__name__}.{column.name}" for kind, column in EVERY_COLUMN]


def column(kind: Any, name: str) -> Column:
    return next(each for each in columns(kind) if each.name == name)


SUPPLIER, NET, RECEIVED = (column(Cost, name) for name in ("supplier", "net", "received_on"))
GRANT, RECOVERABLE, EXPENSE = (column(Cost, name) for name in ("grant_id", "vat_recoverable", "expense"))
TARGET, YEAR, QUARTER = column(Indicator, "target"), column(AwardLine, "year"), column(Forecast, "quarter")
KIND = column(Organisation, "kind")
Q2 = Quarter(FinancialYear(2024), 2)


@pytest.mark.parametrize(
    ("of", "typed", "wanted", "shown", "words"),
    [
        (SUPPLIER, " north ", Contains("north"), "north", "Supplier contains “north”"),
        (SUPPLIER, "= North Ltd", Exactly("North Ltd"), "=North Ltd", "Supplier is “North Ltd”"),
        (SUPPLIER, "-", Empty(), "empty", "Supplier is empty"),
        (SUPPLIER, "Empty", Empty(), "empty", "Supplier is empty"),
        (SUPPLIER, "not empty", Empty(filled=True), "not empty", "Supplier is not empty"),
        (SUPPLIER, "=", Empty(), "empty", "Supplier is empty"),
        (GRANT, "G-1", Contains("G-1"), "G-1", "Grant contains “G-1”"),
        (NET, ">100", Between(low=Money(100_00), above=True), ">100.00", "Net over 100.00"),
        (NET, "<= £2.5k", Between(high=Money(2_500_00)), "<=2,500.00", "Net at most 2,500.00"),
        (NET, "< (5.00)", Between(high=Money(-5_00), below=True), "<-5.00", "Net under -5.00"),
        (NET, ">=1m", Between(low=Money(1_000_000_00)), ">=1,000,000.00", "Net at least 1,000,000.00"),
        (NET, "100", Between(Money(100_00), Money(100_00)), "100.00", "Net is 100.00"),
        (NET, "=100", Between(Money(100_00), Money(100_00)), "100.00", "Net is 100.00"),
        (NET, "200..100", Between(Money(100_00), Money(200_00)), "100.00..200.00", "Net from 100.00 to 200.00"),
        (NET, "..200", Between(high=Money(200_00)), "<=200.00", "Net at most 200.00"),
        (NET, "-20 .. -10", Between(Money(-20_00), Money(-10_00)), "-20.00..-10.00", "Net from -20.00 to -10.00"),
        (TARGET, "2.5k", Between(Decimal(2500), Decimal(2500)), "2,500", "Target is 2,500"),
        (RECEIVED, "2024", Between(date(2024, 1, 1), date(2024, 12, 31)), "2024", "Received in 2024"),
        (RECEIVED, "10/2024", Between(date(2024, 10, 1), date(2024, 10, 31)), "10/2024", "Received in 10/2024"),
        (RECEIVED, "Feb 2024", Between(date(2024, 2, 1), date(2024, 2, 29)), "02/2024", "Received in 02/2024"),
        (RECEIVED, "2024/25", Between(date(2024, 4, 1), date(2025, 3, 31)), "2024/25", "Received in 2024/25"),
        (RECEIVED, "2024/25 q2", Between(date(2024, 7, 1), date(2024, 9, 30)), "2024/25 Q2", "Received in 2024/25 Q2"),
        (RECEIVED, ">1/4/2024", Between(low=date(2024, 4, 1), above=True), ">01/04/2024", "Received after 01/04/2024"),
        (RECEIVED, ">2024/25", Between(low=date(2025, 3, 31), above=True), ">31/03/2025", "Received after 31/03/2025"),
        (RECEIVED, "<2024/25", Between(high=date(2024, 4, 1), below=True), "<01/04/2024", "Received before 01/04/2024"),
        (RECEIVED, "1/4/2024", Between(date(2024, 4, 1), date(2024, 4, 1)), "01/04/2024", "Received on 01/04/2024"),
        (RECEIVED, "1/4/2024..30/6/2024", Between(date(2024, 4, 1), date(2024, 6, 30)), "2024/25 Q1", "Received in 2024/25 Q1"),
        (RECEIVED, "2 Apr 2024..30/6/2024", Between(date(2024, 4, 2), date(2024, 6, 30)), "02/04/2024..30/06/2024", "Received from 02/04/2024 to 30/06/2024"),
        (YEAR, ">=2024/25", Between(low=FinancialYear(2024)), ">=2024/25", "Financial year from 2024/25"),
        (QUARTER, "2024/25", Between(Q2.year.quarters[0], Q2.year.quarters[3]), "2024/25", "Quarter in 2024/25"),
        (QUARTER, "<2024/25 Q2", Between(high=Q2, below=True), "<2024/25 Q2", "Quarter before 2024/25 Q2"),
        (EXPENSE, "cap", AnyOf((Expense.CAPITAL,)), "Capital", "Capital or resource is Capital"),
        (EXPENSE, "resource; capital", AnyOf((Expense.CAPITAL, Expense.RESOURCE)), "Capital, Resource", "Capital or resource is Capital or Resource"),
        (RECOVERABLE, "n", AnyOf((False,)), "No", "VAT recoverable? is No"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_shown_and_said(
    of: Column, typed: str, wanted: Any, shown: str, words: str
) -> None:
    found = read_filter(of, typed)
    assert found == Filter(of.name, wanted)
    assert found is not None
    assert str(found) == shown
    assert in_words(of, found) == words


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_nothing_typed_is_no_filter(typed: str) -> None:
    assert read_filter(SUPPLIER, typed) is read_filter(NET, typed) is None


@pytest.mark.parametrize(
    ("of", "typed", "message"),
    [
        (NET, "lots", "“lots” can't be looked for in Net: type 100, >100, <=2.5k or 100..200; or - for empty."),
        (NET, ">", "“>” can't be looked for in Net: type 100, >100, <=2.5k or 100..200; or - for empty."),
        (NET, "1..2..3", "“1..2..3” can't be looked for in Net: type 100, >100, <=2.5k or 100..200; or - for empty."),
        (YEAR, "2024", "“2024” can't be looked for in Financial year: type 2024/25, >=2024/25 or 2023/24..2025/26; or - for empty."),
        (RECOVERABLE, "perhaps", "“perhaps” is not one of: Yes, No."),
        (EXPENSE, ";", "“;” names nothing to look for: type some of its words."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_type(of: Column, typed: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_filter(of, typed)
    assert str(caught.value) == message


def test_a_day_that_is_none_says_what_to_type() -> None:
    for typed in ("31/2/2024", "13/2024", "1/4", "2024/26", "..", "1/1/1066"):
        with pytest.raises(Unreadable, match="can't be looked for in Received: type 2024, 10/2024"):
            read_filter(RECEIVED, typed)


@pytest.mark.parametrize(("kind", "of"), EVERY_COLUMN, ids=COLUMN_NAMES)
def test_every_column_has_its_hint_and_every_example_in_it_can_be_read(kind: Any, of: Column) -> None:
    examples = hint(of).removesuffix("; or - for empty")
    if isinstance(of.kind, (MoneyKind, Number, WholeNumber, DateKind, YearKind, QuarterKind)):
        for example in examples.replace(" or ", ", ").split(", "):
            assert read_filter(of, example) is not None, f"{kind.__name__}: {example}"
    elif isinstance(of.kind, (Choice, YesNo)):
        assert read_filter(of, examples.removeprefix("one or more of: ")) is not None
    else:
        assert examples == "a part of the text, =the whole of it, or - for empty"


def test_words_with_commas_stay_whole() -> None:
    options: Any = KIND.kind
    school = options.by_word["school, college or university"]
    council = options.by_word["council"]
    assert read_filter(KIND, "School, college or university") == Filter("kind", AnyOf((school,)))
    both = Filter("kind", AnyOf((council, school)))
    assert str(both) == "Council; School, college or university"
    assert read_filter(KIND, str(both)) == both
    assert read_filter(column(FunderReturn, "state"), "-") == Filter("state", Empty())


_days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
_years = st.integers(1990, 2097).map(FinancialYear)
_quarters = st.builds(Quarter, _years, st.integers(1, 4))
_values: dict[str, st.SearchStrategy[Any]] = {
    "money": st.integers(-LARGEST_PENCE, LARGEST_PENCE).map(Money),
    "number": st.integers(-(10**14), 10**14).map(lambda n: Decimal(n) / 1000),
    "whole number": st.integers(-(2**53), 2**53),
    "date": _days,
    "financial year": _years,
    "quarter": _quarters,
}


@st.composite
def _typed(draw: st.DrawFn) -> tuple[Column, str]:
    """A column of any kind, and something that can be typed for it."""
    _, of = draw(st.sampled_from(EVERY_COLUMN))
    if isinstance(of.kind, (Choice, YesNo)):
        words = of.kind.words if isinstance(of.kind, Choice) else ("Yes", "No")
        return of, "; ".join(draw(st.lists(st.sampled_from([*words, "empty"]), min_size=1, unique=True)))
    if of.kind.name not in _values:
        return of, draw(
            st.text(max_size=20) | st.sampled_from(["=a", "==", "=-", "not empty", "= é ", "=\n", "-", ">1"])
        )
    shown = [of.kind.show(draw(_values[of.kind.name])) for _ in range(2)]
    periods = [
        str(draw(_quarters)),
        str(draw(_years)),
        f"{draw(st.integers(1, 12))}/{draw(st.integers(1991, 2098))}",
    ]
    one = draw(st.sampled_from([*shown, *periods] if of.kind.name == "date" else shown))
    way = draw(
        st.sampled_from(["{0}", "={0}", ">{0}", ">= {0}", "<{0}", "≤{0}", "{0}..{1}", "{0}..", "..{0}", "-"])
    )
    return of, way.format(one, shown[1])


@given(_typed())
def test_the_text_of_a_filter_reads_back_to_the_same(drawn: tuple[Column, str]) -> None:
    of, typed = drawn
    found = read_filter(of, typed)
    if found is not None:
        assert read_filter(of, str(found)) == found
        assert in_words(of, found).startswith(of.label)


@given(_typed(), st.text(max_size=15))
def test_whatever_is_typed_it_is_read_or_refused_in_words(drawn: tuple[Column, str], typed: str) -> None:
    of, _ = drawn
    try:
        found = read_filter(of, typed)
    except Unreadable as trouble:
        found = str(trouble)
    assert found is None or (
        found.endswith(".") if isinstance(found, str) else read_filter(of, str(found)) == found
    )


def test_accents_and_case_do_not_matter_to_what_is_contained() -> None:
    assert plainly("Llŷn") == plainly("LLYN") == plainly("Lly\u0302n") == "llyn"
    assert plainly("Straße") == "strasse"
