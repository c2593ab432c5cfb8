"""Lists by the page: what SQL gives is what Python works out from the same records, for every kind and column."""

import random
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cmp_to_key
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filing import empty_file, filed, kept_in_a_file, stamp, store
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import AwardLine
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Column, Record, column_of, columns, described, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Indicator, Reading
from fundtracker.domain.filters import read_filter
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.kinds import MoneyKind
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import Priority
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.terms import Term
from fundtracker.storage import queries
from fundtracker.storage.database import Database
from fundtracker.storage.journal import transaction
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.search import question, searchable
from fundtracker.storage.sql import path_condition
from one_of_each import one_of_each
from programme import Programme

EVERYTHING = one_of_each()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Only read here."""
    with filed(tmp_path_factory.mktemp("queries") / "one.fundtracker") as opened:
        yield opened


def of_kind(records: Iterable[Record], kind: type[Record]) -> list[Any]:
    return [each for each in records if type(each) is kind]


def known(item: Record, column: str) -> Any:
    """A value as it is known: a draft return's claim is worked out until it is submitted, so that what its row keeps is no figure."""
    drafted = (
        isinstance(item, FunderReturn) and not item.state.frozen and column in {"claim", "earlier_years"}
    )
    return None if drafted else getattr(item, column)


def shown(records: Sequence[Record], item: Record, column: Column) -> str:
    """A value as people see it, worked out from the records: a reference by its words, nothing for None."""
    value = known(item, column.name)
    if value is None:
        return ""
    if column.refers_to:
        target = by_name(column.refers_to)
        return described(next(each for each in of_kind(records, target) if each.id == value))
    return column.kind.show(value)


def texts(records: Sequence[Record], item: Record) -> queries.Row:
    return item.id, tuple(shown(records, item, column) for column in columns(type(item)))


# Shown


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_every_column_of_every_kind_is_shown_as_its_kind_shows_it(
    workspace: Workspace, kind: type[Record]
) -> None:
    records = [each for every in RECORDS for each in workspace.select(every)]
    found = of_kind(records, kind)
    assert workspace.lists.rows(kind, [each.id for each in found]) == [texts(records, each) for each in found]
    assert workspace.lists.page(ListQuery(kind=kind), 0, 50) == [texts(records, each) for each in found]
    assert workspace.lists.count(ListQuery(kind=kind)) == len(found)
    assert list(workspace.lists.ids(ListQuery(kind=kind))) == [each.id for each in found]


pence = st.integers(-(10**13), 10**13)
amounts = st.sampled_from([None, 0, 1, -1, -5, 99, -99, 100, -100, 12_345_67, -99_999]) | pence
thousandths = st.sampled_from([0, 1, -1, 10, 100, 1000, -1500, 12_500, 1_000_000, 1_234_567]) | st.integers(
    -(10**11), 10**11
)


@settings(max_examples=40)
@given(st.lists(st.tuples(amounts, thousandths, st.none() | thousandths), min_size=1, max_size=25))
def test_money_and_numbers_are_shown_alike_whatever_their_size_or_sign(
    drawn: list[tuple[int | None, int, int | None]],
) -> None:
    (term,), (asset,), (indicator,), (reading,) = (
        of_kind(EVERYTHING, kind) for kind in (Term, Asset, Indicator, Reading)
    )
    added: list[Record] = []
    for number, (sum_of_money, first, second) in enumerate(drawn, start=2):
        amount = None if sum_of_money is None else Money(sum_of_money)
        target = None if second is None else Decimal(second) / 1000
        added += [
            replace(term, id=number, reference=f"T-{number}", amount=amount, number=target),
            replace(asset, id=number, proceeds=amount, cost=amount or Money(0)),
            replace(
                indicator, id=number, reference=f"I-{number}", target=target, baseline=Decimal(first) / 1000
            ),
            replace(reading, id=number, reference=None, indicator_id=number, value=Decimal(first) / 1000),
        ]
    records = [*EVERYTHING, *added]
    with kept_in_a_file(records) as database, database.reader() as conn:
        for kind in (Term, Asset, Indicator, Reading):
            found = of_kind(records, kind)
            assert queries.page(conn, ListQuery(kind=kind), 0, 99) == [texts(records, each) for each in found]


# Sorted, searched, narrowed, totalled

WORDS = (
    "Alarm",
    "alarm",
    "Zebra crossing",
    "Évian",
    "evian",
    "O'Neill & Sons",
    "Llŷn",
    "100%",
    "a_b",
    "",
    "CCTV-2",
)
costs: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "intervention_id": st.sampled_from([1, 2]),
        "grant_id": st.sampled_from([None, 1]),
        "supplier": st.sampled_from(WORDS[:-2]),
        "description": st.sampled_from(WORDS),
        "invoice_number": st.sampled_from(WORDS),
        "ordered_on": st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31)),
        "received_on": st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31)),
        "net": pence.map(Money),
        "vat": st.integers(-500, 500).map(Money),
        "vat_recoverable": st.booleans(),
        "expense": st.sampled_from(Expense),
    }
)


@dataclass(frozen=True)
class KeptCosts:
    """Costs in a file, and the same in the tests' hands."""

    records: list[Record]
    rows: list[Cost]
    conn: sqlite3.Connection

    def asks(self, query: ListQuery, found: list[Cost]) -> list[int]:
        """The list counts, orders and adds up those found; their ids in that order."""
        wanted = in_order(self.records, found, query.sort)
        assert list(queries.ids(self.conn, query)) == wanted
        assert queries.count(self.conn, query) == len(found)
        assert queries.totals(self.conn, query) == {
            "net": total(each.net for each in found).shown,
            "vat": total(each.vat for each in found).shown,
            "spent": total(each.eligible for each in found if each.counts).shown,
        }
        return wanted

    def texts(self, ids: list[int]) -> list[Any]:
        by_id: dict[int, Cost] = {each.id: each for each in self.rows}
        return [texts(self.records, by_id[each]) for each in ids]


@contextmanager
def kept_costs(drawn: list[dict[str, Any]]) -> Generator[KeptCosts]:
    """The programme with only the drawn costs, in a file."""
    records = ledger(drawn)
    with kept_in_a_file(records) as database, database.reader() as conn:
        yield KeptCosts(records, of_kind(records, Cost), conn)


def ledger(drawn: list[dict[str, Any]]) -> list[Record]:
    """The programme with a second award and intervention, and only the drawn costs."""
    from fundtracker.domain.awards import Award
    from fundtracker.domain.interventions import Intervention

    left_out = {"Cost", "ReturnLine", "Document", "FunderReturn", "VarianceReason", "Forecast", "LedgerMatch"}
    records = [each for each in EVERYTHING if type(each).__name__ not in left_out]
    (award,), (intervention,) = of_kind(records, Award), of_kind(records, Intervention)
    other = replace(award, id=2, reference="ASB")
    return [
        *records,
        other,
        replace(intervention, id=2, award_id=2, reference="ssf5-asb-01", title="a smaller thing"),
        *(_cost(number, values) for number, values in enumerate(drawn, start=1)),
    ]


def _cost(number: int, values: dict[str, Any]) -> Any:
    """Ids are drawn as plain numbers."""
    kind: Any = Cost
    return kind(id=number, reference=f"{'cC'[number % 2]}-{(number * 7) % 31}", category_id=1, **values)


def without_case(text: str) -> str:
    """As SQLite's NOCASE: only the letters A to Z."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def in_order(records: Sequence[Record], found: list[Any], sort: tuple[tuple[str, bool], ...]) -> list[int]:
    """Empty first; text and references as shown, without regard to case; the rest as it is kept; then by id."""

    def key(item: Record, name: str) -> Any:
        column = next(each for each in columns(type(item)) if each.name == name)
        value = getattr(item, name)
        if value is None:
            return (0, "")
        if column.refers_to:
            return (1, without_case(shown(records, item, column)))
        kept = column.kind.keep(value)
        return (1, without_case(kept) if isinstance(kept, str) and "text" in column.kind.name else kept)

    def compare(one: Any, other: Any) -> int:
        for name, descending in sort:
            first, second = key(one, name), key(other, name)
            if first != second:
                return (1 if first > second else -1) * (-1 if descending else 1)
        return (one.id - other.id) * (-1 if sort and sort[-1][1] else 1)

    return [each.id for each in sorted(found, key=cmp_to_key(compare))]


sorts = st.lists(
    st.tuples(st.sampled_from([each.name for each in columns(Cost)]), st.booleans()),
    max_size=3,
    unique_by=lambda each: each[0],
).map(tuple)
narrowed = st.sampled_from(
    [
        (),
        (("intervention_id", 2),),
        (("intervention_id.award_id", 1),),
        (("grant_id", 1), ("intervention_id.award_id.bid_id.round_id", 1)),
        (("intervention_id.award_id", 99),),
        (("id", 3),),
    ]
)


def within(records: Sequence[Record], item: Record, path: str, value: int) -> bool:
    name, _, rest = path.partition(".")
    if not rest:
        return getattr(item, name) == value
    column = next(each for each in columns(type(item)) if each.name == name)
    target = by_name(column.refers_to or "")
    reached = [each for each in of_kind(records, target) if each.id == getattr(item, name)]
    return any(within(records, each, rest, value) for each in reached)


@settings(max_examples=60)
@given(st.lists(costs, max_size=25), st.lists(st.tuples(sorts, narrowed), min_size=1, max_size=6), st.data())
def test_pages_counts_ids_and_totals_are_those_of_the_records(
    drawn: list[dict[str, Any]], asked: list[tuple[Any, Any]], data: st.DataObject
) -> None:
    with kept_costs(drawn) as kept:
        for sort, narrow in asked:
            query = ListQuery(kind=Cost, sort=sort, within=narrow)
            found = [each for each in kept.rows if all(within(kept.records, each, *part) for part in narrow)]
            wanted = kept.asks(query, found)
            offset, limit = data.draw(st.integers(0, 30)), data.draw(st.integers(0, 30))
            assert queries.page(kept.conn, query, offset, limit) == kept.texts(
                wanted[offset : offset + limit]
            )


def test_costs_sort_by_every_column_as_the_records_do() -> None:
    """Forty costs of all sorts, by each column, both ways."""
    source = random.Random(3)  # noqa: S311 - reproducible on purpose
    days = [None, *(date(2024, month, 28) for month in range(1, 13))]
    drawn = [
        {
            "intervention_id": source.choice((1, 2)),
            "grant_id": source.choice((None, 1)),
            "supplier": source.choice(WORDS[:-2]),
            "description": source.choice(WORDS),
            "invoice_number": source.choice(WORDS),
            "ordered_on": source.choice(days),
            "received_on": source.choice(days),
            "net": Money(source.randint(-9999, 99999)),
            "vat": Money(source.randint(-9, 9)),
            "vat_recoverable": source.choice((True, False)),
            "expense": source.choice(tuple(Expense)),
        }
        for _ in range(40)
    ]
    with kept_costs(drawn) as kept:
        for column in columns(Cost):
            for descending in (False, True):
                kept.asks(ListQuery(kind=Cost, sort=((column.name, descending),)), kept.rows)


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_of_every_kind_sorts(workspace: Workspace, kind: type[Record], descending: bool) -> None:
    records = [each for every in RECORDS for each in workspace.select(every)]
    for column in columns(kind):
        query = ListQuery(kind=kind, sort=((column.name, descending),))
        assert list(workspace.lists.ids(query)) == in_order(records, of_kind(records, kind), query.sort)


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_totals_of_every_kind_are_those_of_its_money(workspace: Workspace, kind: type[Record]) -> None:
    money = [each.name for each in columns(kind) if isinstance(each.kind, MoneyKind)]
    found = workspace.select(kind)
    wanted = {name: total(getattr(each, name) or Money(0) for each in found).shown for name in money}
    if kind is Cost:
        wanted["spent"] = total(each.eligible for each in workspace.select(Cost) if each.counts).shown
    query = ListQuery(kind=kind)
    if kind.adds_up_within in {"year", "quarter"}:  # one year at a time
        years = sorted({str(year_of(each)) for each in found})
        by_year = {
            name: {
                year: total(getattr(e, name) for e in found if str(year_of(e)) == year).shown
                for year in years
            }
            for name in money
        }
        assert workspace.lists.totals_by_year(query) == by_year
        wanted = wanted if len(years) == 1 else {}
    elif kind.adds_up_within != "":  # the same money would be counted twice
        wanted = {}
    assert workspace.lists.totals(query) == wanted


def year_of(item: Any) -> FinancialYear:
    return item.year if hasattr(item, "year") else item.quarter.year


def test_more_than_three_years_have_no_totals_and_none_is_added_to_another(tmp_path: Path) -> None:
    """Nor where a filter or a condition leaves fewer: then those have theirs."""
    built = Programme(starts=date(2021, 4, 1), ends=date(2025, 3, 31))
    for first, amount in enumerate(("10", "20.50", "30", "40")):
        built.promises(amount, str(FinancialYear(2021 + first)))
        built.plans(built.intervenes(), amount, f"{FinancialYear(2021 + first)} Q1")
    with closing(Database(empty_file(tmp_path / "x.fundtracker"))) as database:
        store(database, built.records)
        with database.reader() as conn:
            for kind, column, later, one in ((AwardLine, "year", ">=2022/23", "2024/25"), (ProfileLine, "quarter", ">=2022/23 Q1", "2024/25 Q1")):  # fmt: skip
                assert (queries.totals(conn, ListQuery(kind)), queries.totals_by_year(conn, ListQuery(kind))) == ({}, {})  # fmt: skip
                three, last = (
                    ListQuery(
                        kind, filters=tuple(filter(None, (read_filter(column_of(kind, column), text),)))
                    )
                    for text in (later, one)
                )
                assert queries.totals(conn, three) == {}
                assert queries.totals_by_year(conn, three) == {
                    "amount": {"2022/23": "20.50", "2023/24": "30.00", "2024/25": "40.00"}
                }
                assert queries.totals(conn, last) == {"amount": "40.00"}


def test_rows_come_in_the_order_asked_and_leave_out_what_is_gone(workspace: Workspace) -> None:
    assert [row[0] for row in workspace.lists.rows(Cost, [2, 99, 1])] == [2, 1]
    assert workspace.lists.rows(Cost, []) == []


# Search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("illustrative", {1}),
        ("ILLUS", {1}),
        ("illustrative ltd", {1}),
        ("ltd illustrative", {1}),
        ("lustrative", set[int]()),
        ("illustrative partner", set[int]()),
        ("partner's", {2}),
        ("C-00002", {2}),
        ("c 2", set[int]()),
        ("inv-1", {1}),
        ("", {1, 2}),
        ("  ,;- ", {1, 2}),
    ],
)
def test_search_finds_the_beginnings_of_all_typed_words(
    workspace: Workspace, typed: str, found: set[int]
) -> None:
    query = ListQuery(kind=Cost, search=typed)
    assert set(workspace.lists.ids(query)) == found
    assert workspace.lists.count(query) == len(found)


@pytest.mark.parametrize("typed", ["llyn", "Llŷn", "LLYN", "Lly\u0302n", "women", "o'neill", "wome"])
def test_search_finds_words_with_accents_however_they_are_typed(workspace: Workspace, typed: str) -> None:
    from fundtracker.domain.bids import Bid

    assert list(workspace.lists.ids(ListQuery(kind=Bid, search=typed))) == [1]


def _deletes_and_fails(workspace: Workspace) -> None:
    with transaction(workspace.database, stamp()) as tx:
        tx.connection.execute("DELETE FROM priority")
        raise KeyError


def test_search_keeps_up_with_what_is_written(tmp_path: Path) -> None:
    with filed(tmp_path / "search.fundtracker") as workspace:
        query = ListQuery(kind=Priority, search="harbour")

        def found() -> list[int]:
            return list(workspace.lists.ids(query))

        for sql, wanted in (
            ("UPDATE priority SET name = 'Safer harbours'", [1]),
            ("INSERT INTO priority VALUES (2, 1, 'P2', 'Harbour walls'), (3, 1, 'P3', 'Walls')", [1, 2]),
            ("INSERT OR REPLACE INTO priority VALUES (2, 1, 'P2', 'Town walls')", [1]),
            ("UPDATE priority SET name = 'Harbour ' || code", [1, 2, 3]),
            ("DELETE FROM priority WHERE id = 2", [1, 3]),
        ):
            with transaction(workspace.database, stamp()) as tx:
                tx.connection.execute(sql)
            assert found() == wanted
        with pytest.raises(KeyError):
            _deletes_and_fails(workspace)
        assert found() == [1, 3]


@given(st.text(max_size=60) | st.text("\"'*()^:+-{}[]\\ ANDORNOT\x00abc_é\u0301", max_size=40))
def test_whatever_is_typed_a_search_gives_an_answer(workspace: Workspace, typed: str) -> None:
    for kind in (Cost, Priority, Reading):
        query = ListQuery(kind=kind, search=typed)
        assert workspace.lists.count(query) == len(workspace.lists.ids(query))


def test_a_very_long_search_gives_an_answer(workspace: Workspace) -> None:
    assert workspace.lists.count(ListQuery(kind=Cost, search="illustrative " * 5_000)) in {0, 1}
    assert workspace.lists.count(ListQuery(kind=Cost, search="x" * 100_000)) == 0


def test_a_question_is_the_beginnings_of_words(workspace: Workspace) -> None:
    assert searchable(ProfileLine) == ()
    assert workspace.lists.count(ListQuery(kind=ProfileLine, called="31")) == 0
    assert question("a_b c") == '"a"* "b"* "c"*'
    assert question("10.01 a-1") == '"10 01"* "a"* "1"*'
    assert question("cafe\u0301s") == '"cafés"*'


def test_an_unknown_path_is_a_fault_of_ours(workspace: Workspace) -> None:
    with pytest.raises(StopIteration):
        path_condition(Cost, "nowhere", 1)
    with pytest.raises(Refused, match="no longer there"):
        workspace.get(Cost, 99)
