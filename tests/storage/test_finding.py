"""The search box of a list: a word that stands in any cell, as it is shown, finds its row, whatever kind of column it is in."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filing import filed
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import BidAmount
from fundtracker.domain.columns import Record, column_of, columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import shown_value, words_of
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.kinds import Choice, Kind, LongText, Reference, YesNo
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import queries
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.search import words
from storage.test_queries import WORDS, costs, kept_costs, known, of_kind, shown, sorts


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Only read here."""
    with filed(tmp_path_factory.mktemp("finding") / "one.fundtracker") as opened:
        yield opened


def found_by(workspace: Workspace, kind: type[Record], typed: str) -> list[int]:
    query = ListQuery(kind, search=typed)
    ids = list(workspace.lists.ids(query))
    assert workspace.lists.count(query) == len(ids)
    return ids


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_the_first_and_the_last_word_of_every_cell_find_its_row(
    workspace: Workspace, kind: type[Record]
) -> None:
    records = [each for every in RECORDS for each in workspace.select(every)]
    for item in of_kind(records, kind):
        for column in columns(kind):
            for word in {
                word for part in (0, -1) for word in shown(records, item, column).split()[part:][:1]
            }:
                assert not words(word) or item.id in found_by(workspace, kind, word), (column.name, word)


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_all_words_of_a_row_find_it_and_one_more_finds_nothing(
    workspace: Workspace, kind: type[Record]
) -> None:
    """From two columns at a time, whichever they are."""
    records = [each for every in RECORDS for each in workspace.select(every)]
    for item in of_kind(records, kind):
        cells = [text for column in columns(kind) if (text := shown(records, item, column))]
        firsts = [text.split()[0] for text in cells]
        for one, other in zip(firsts, [*firsts[1:], firsts[0]], strict=True):
            assert item.id in found_by(workspace, kind, f"{other} {one}"), (one, other)
        assert found_by(workspace, kind, f"{firsts[0]} qzxqzx") == []
        assert found_by(workspace, kind, f"qzxqzx {firsts[-1]}") == []


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        (Cost, "resource", [1, 2]),
        (Cost, "no", [1]),
        (ProfileLine, "resource", [1]),
        (ProfileLine, "reso vigilant", [1]),
        (ProfileLine, "capital", []),
        (BidAmount, "2023/24", [1]),
        (BidAmount, "2023-24", [1]),
        (BidAmount, "2024/25", []),
        (FunderReturn, "2023/24 q3", [1]),
        (FunderReturn, "2023-24-Q4", [2]),
        (FunderReturn, "2023/24", [1, 2]),
        (FunderReturn, "Q2", []),
    ],
)
def test_what_is_in_sight_is_found(
    workspace: Workspace, kind: type[Record], typed: str, found: list[int]
) -> None:
    assert found_by(workspace, kind, typed) == found


def test_a_sum_or_a_day_is_found_however_it_is_typed_and_only_whole(workspace: Workspace) -> None:
    records = [each for every in RECORDS for each in workspace.select(every)]
    first = of_kind(records, Cost)[0]
    shown_net, day = first.net.shown, first.received_on
    for typed in (shown_net, f"£{shown_net}", first.net.plain, f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"):
        assert first.id in found_by(workspace, Cost, typed), typed
    assert found_by(workspace, Cost, f"{first.net.plain}1") == []
    assert found_by(workspace, Cost, f"{day:%m/%Y}") == []


def test_what_a_draft_return_only_works_out_is_not_found_by_the_nought_it_keeps(workspace: Workspace) -> None:
    draft = next(each for each in workspace.select(FunderReturn) if not each.state.frozen)
    alone = (("id", draft.id),)
    other = {each.name for each in columns(FunderReturn) if getattr(draft, each.name) == draft.claim}
    assert other >= {"claim", "earlier_years"}
    if other == {"claim", "earlier_years"}:
        query = ListQuery(FunderReturn, search=draft.claim.shown, within=alone)
        assert workspace.lists.count(query) == 0


@pytest.mark.parametrize(("kind", "column"), [(Intervention, "note"), (Cost, "duplicate_reason")])
def test_texts_that_no_index_of_words_holds_are_found_once_written_and_no_more_once_undone(
    tmp_path: Path, kind: type[Record], column: str
) -> None:
    with filed(tmp_path / "written.fundtracker") as workspace:
        item = workspace.select(kind)[0]
        for word in ("llyn", "zebras"):
            assert found_by(workspace, kind, word) == []
        done = edit(workspace, item, **{column: "By the Llŷn_harbour: ÉVIAN o'Zebra's\n100% crossed"})
        for typed in (
            "llyn",
            "LLŶN",
            "lly\u0302n",
            "evi",
            "harbour zeb",
            "o'zebra",
            "zebra's",
            "100%",
            "cross l",
        ):
            assert found_by(workspace, kind, typed) == [item.id], typed
        for typed in ("lyn", "arbour", "ebra", "llyn qzx", "%", "100%qzx"):
            assert item.id not in found_by(workspace, kind, typed) or not words(typed), typed
        workspace.undo()
        assert done is not None
        assert found_by(workspace, kind, "llyn") == []


def test_who_looks_for_a_record_to_refer_to_finds_it_by_its_own_words_alone(workspace: Workspace) -> None:
    (one,) = workspace.select(Intervention)
    for typed, wanted in ((one.title.split()[0], 1), (one.status.value, 0), ("", 1)):
        assert workspace.lists.count(ListQuery(Intervention, called=typed)) == wanted, typed
    assert workspace.lists.count(ListQuery(ProfileLine, called=one.title)) == 0


# The same among many costs, found by going through the records


def holds(records: Sequence[Record], item: Record, word: str) -> bool:
    """Whether a word stands in a row: its parts begin words of one cell, or (no figure) of its texts taken together, or it is a cell's value."""
    parts = words_of(word)
    figure = not any(letter.isalpha() for letter in word)
    apart = [column for column in columns(type(item)) if column.searchable]
    together = words_of(" ".join(shown(records, item, column) for column in apart))
    return (not figure and _begin(together, parts)) or any(
        _holds(records, item, column.name, word) for column in columns(type(item))
    )


def _begin(held: Sequence[str], parts: Sequence[str]) -> bool:
    return all(any(each.startswith(part) for each in held) for part in parts)


def _holds(records: Sequence[Record], item: Record, name: str, word: str) -> bool:
    column = column_of(type(item), name)
    text = shown(records, item, column)
    if type(column.kind) in {Kind, LongText, Choice, YesNo, Reference}:
        if not any(letter.isalpha() for letter in word):
            return f" {' '.join(words_of(word))}" in f" {' '.join(words_of(text))}"
        return _begin(words_of(text), words_of(word))
    span = shown_value(column.kind, word)
    value = known(item, name)
    return span is not None and value is not None and span[0] <= value <= span[1]


_LOOKED_FOR = [
    *filter(None, WORDS), "al", "ALARM zeb", "smaller", "asb-01", "SSF5-ASB-01 alarm", "no", "yes cap", "Capital", "c", "re",
    "0", "0.00", "£0.01", "-0.05", "-1", "1,000.00", "01/02/2024", "2024-02-01", "1", "C-5", "evian res 0.00", "…", "qzx", "00-1", "1-00", "100%", "5/01",
]  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(costs, max_size=25),
    st.lists(st.tuples(st.sampled_from(_LOOKED_FOR), sorts), min_size=1, max_size=8),
    st.data(),
)
def test_what_is_found_among_costs_is_what_their_cells_hold(
    drawn: list[dict[str, Any]], asked: list[tuple[str, Any]], data: st.DataObject
) -> None:
    with kept_costs(drawn) as kept:
        for typed, sort in asked:
            if kept.rows and data.draw(st.booleans()):  # beside it, a cell of some row
                item = data.draw(st.sampled_from(kept.rows))
                column = data.draw(st.sampled_from(columns(Cost)))
                typed = f"{typed} {shown(kept.records, item, column)}"  # noqa: PLW2901 - what is typed grows
            query = ListQuery(kind=Cost, sort=sort, search=typed)
            found = [
                each for each in kept.rows if all(holds(kept.records, each, word) for word in words(typed))
            ]
            wanted = kept.asks(query, found)
            for walked in (True, False):
                assert queries.page(kept.conn, query, 1, 9, walked=walked) == kept.texts(wanted[1:10])
