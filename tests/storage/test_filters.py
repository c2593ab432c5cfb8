"""Filters in SQL: the rows, their order, count and totals are those that Python finds among the same records."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filing import filed
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record, column_of, columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import AnyOf, Between, Contains, Empty, Exactly, Filter, plainly, read_filter
from fundtracker.domain.problems import StorageTrouble
from fundtracker.domain.records import RECORDS
from fundtracker.storage import queries
from fundtracker.storage.queries import GivenUp, ListQuery
from storage.test_queries import (
    WORDS,
    costs,
    kept_costs,
    known,
    of_kind,
    shown,
    sorts,
    without_case,
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Only read here."""
    with filed(tmp_path_factory.mktemp("filters") / "one.fundtracker") as opened:
        yield opened


COMPARED = {"money", "number", "whole number", "date", "financial year", "quarter"}


def holds(records: Sequence[Record], item: Record, wanted: Filter) -> bool:
    """What a filter means, worked out from a record."""
    column = column_of(type(item), wanted.column)
    value = known(item, wanted.column)
    match wanted.want:
        case Empty(filled):
            return (value is not None and value != "") is filled
        case Contains(text):
            return plainly(text) in plainly(shown(records, item, column))
        case Exactly(text):
            return without_case(text) == without_case(shown(records, item, column))
        case AnyOf(options):
            return value in options
        case Between(low, high, above, below):
            if value is None:
                return False
            over = low is None or (value > low if above else value >= low)
            return over and (high is None or (value < high if below else value <= high))


_EXAMPLES: dict[str, Sequence[str]] = {
    "text": [*filter(None, WORDS), "a", "ALARM", "=alarm", "=Llŷn", "llyn", "É", "%", "_", "\\", "-", "not empty", "[a-z]"],
    "reference": ["asb", "=ssf5-asb-01 A SMALLER THING", "small", "-", "not empty", "op vig"],
    "money": [">0", "<0", ">=-5", "0..1m", "-", "not empty", "-0.05..0.99", "<=5"],
    "date": ["2024", "10/2024", "2024/25", "2024/25 Q2", ">1/4/2024", "<=2023/24", "-", "not empty", "..1/1/2025"],
    "yes or no": ["yes", "no", "-", "yes; no"],
    "choice": ["capital", "Capital, Resource", "-", "r"],
}  # fmt: skip


@st.composite
def _filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    """One to three filters of costs, as they are typed."""
    found: list[Filter] = []
    for column in draw(st.lists(st.sampled_from(columns(Cost)), min_size=1, max_size=3, unique=True)):
        wanted = read_filter(column, draw(st.sampled_from(_EXAMPLES[column.kind.name])))
        assert wanted is not None
        found.append(wanted)
    return tuple(found)


@settings(max_examples=80)
@given(
    st.lists(costs, max_size=25),
    st.lists(st.tuples(_filters(), sorts), min_size=1, max_size=8),
    st.sampled_from([(), (("intervention_id", 2),)]),
)
def test_filtered_and_sorted_lists_are_those_of_the_records(
    drawn: list[dict[str, Any]], asked: list[tuple[tuple[Filter, ...], Any]], narrow: Any
) -> None:
    with kept_costs(drawn) as kept:
        for filters, sort in asked:
            query = ListQuery(kind=Cost, sort=sort, within=narrow, filters=filters)
            found = [each for each in kept.rows if all(holds(kept.records, each, one) for one in filters)]
            found = [each for each in found if not narrow or each.intervention_id == 2]
            wanted = kept.asks(query, found)
            for walked in (True, False):
                assert queries.page(kept.conn, query, 1, 9, walked=walked) == kept.texts(wanted[1:10])


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_every_column_of_every_kind_finds_its_own_values(workspace: Workspace, kind: type[Record]) -> None:
    """Each value of each record, typed as it is shown, or as empty where there is none."""
    records = [each for every in RECORDS for each in workspace.select(every)]
    found = of_kind(records, kind)
    for item in found:
        for column in columns(kind):
            text = shown(records, item, column).split("\n")[0]
            for typed in filter(
                None,
                (
                    text or "empty",
                    f"={text}"
                    if "text" in column.kind.name and "\n" not in shown(records, item, column)
                    else "",
                ),
            ):
                wanted = read_filter(column, typed)
                assert wanted is not None
                ids = list(workspace.lists.ids(ListQuery(kind, filters=(wanted,))))
                assert item.id in ids, (column.name, typed)
                assert ids == [each.id for each in found if holds(records, each, wanted)], (
                    column.name,
                    typed,
                )


@pytest.mark.parametrize("typed", ["llyn", "Llŷn", "LLYN", "lly\u0302n"])
def test_a_part_of_a_text_is_found_without_its_accents(workspace: Workspace, typed: str) -> None:
    (bid,) = workspace.select(Bid)
    assert "Llŷn" in bid.title
    wanted = read_filter(column_of(Bid, "title"), typed)
    assert wanted is not None
    assert list(workspace.lists.ids(ListQuery(Bid, filters=(wanted,)))) == [1]


def test_filters_go_with_words_searched_for(workspace: Workspace) -> None:
    wanted = read_filter(column_of(Cost, "net"), ">0")
    assert wanted is not None
    assert list(workspace.lists.ids(ListQuery(Cost, search="illustrative", filters=(wanted,)))) == [1]


def test_a_question_nobody_waits_for_is_given_up_and_the_next_is_answered(workspace: Workspace) -> None:
    lists, many = (
        workspace.lists,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000000) SELECT count(*) FROM n",
    )
    looked: list[int] = []

    def tired() -> bool:
        looked.append(1)
        return len(looked) == 5

    with workspace.database.reader() as conn:
        with pytest.raises(GivenUp), lists.giving_up(tired):
            conn.execute(many).fetchone()
        assert len(looked) == 5
        assert lists.count(ListQuery(Cost)) == 2


def test_what_is_wrong_with_the_file_is_not_taken_for_giving_up(workspace: Workspace) -> None:
    def never() -> bool:
        return False

    with (
        pytest.raises(StorageTrouble, match="was closed while"),
        workspace.database.reader() as conn,
        queries.giving_up(conn, never),
    ):
        conn.set_progress_handler(lambda: True, 10)
        conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 99999) SELECT count(*) FROM n"
        ).fetchone()


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_a_limit_holds_its_own_value_or_leaves_it_out(workspace: Workspace, kind: type[Record]) -> None:
    """Each value of each record, as the limit of a comparison."""
    records = [each for every in RECORDS for each in workspace.select(every)]
    found = of_kind(records, kind)
    for item in found:
        for column in columns(kind):
            value = known(item, column.name)
            if value is None or column.kind.name not in COMPARED:
                continue
            for sign, holds_it in ((">", False), (">=", True), ("<", False), ("<=", True), ("", True)):
                wanted = read_filter(column, f"{sign}{column.kind.show(value)}")
                assert wanted is not None
                ids = list(workspace.lists.ids(ListQuery(kind, filters=(wanted,))))
                assert (item.id in ids) is holds_it, (column.name, str(wanted))
