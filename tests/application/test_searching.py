"""A list's search box among the demonstration's records: what is in sight in a row finds it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.test_in_and_out import opened
from fundtracker.application.actions.listing import export_list
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.records import RECORDS
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.search import words

LOOKED_AT = 4
"""Words of a column that are looked for: of one row each, from as many different ones."""


@pytest.fixture(scope="module")
def theirs(demonstration: Path) -> Iterator[Workspace]:
    with opened(demonstration) as workspace:
        yield workspace


@pytest.mark.parametrize("kind", RECORDS, ids=table_name)
def test_the_first_word_of_a_cell_finds_its_row(theirs: Workspace, kind: type[Record]) -> None:
    rows = theirs.lists.page(ListQuery(kind), 0, 5_000)
    for place, column in enumerate(columns(kind)):
        of = {texts[place].split()[0]: record_id for record_id, texts in rows if words(texts[place])}
        for word, record_id in list(of.items())[:: max(1, len(of) // LOOKED_AT)]:
            assert not words(word) or record_id in theirs.lists.ids(ListQuery(kind, search=word)), (
                column.name,
                word,
            )


@pytest.mark.parametrize(
    "typed", ["3,746.94", "3746.94", "£3,746.94", "18/10/2021", "Services", "Capital", "capital equip"]
)
def test_costs_are_found_by_what_is_in_sight(theirs: Workspace, typed: str, tmp_path: Path) -> None:
    """Each row that is found shows it, no other row does, and the list is exported so."""
    query = ListQuery(Cost, search=typed)
    rows = theirs.lists.page(ListQuery(Cost), 0, 100_000)
    sought = [word.lstrip("£") if word != "3746.94" else "3,746.94" for word in typed.lower().split()]
    shown = [
        texts[0]
        for _, texts in rows
        if all(
            any(part.startswith(word) for text in texts for part in text.lower().split()) for word in sought
        )
    ]
    assert shown
    assert [texts[0] for _, texts in theirs.lists.page(query, 0, 100_000)] == shown
    assert export_list(theirs, query, tmp_path / "found.csv") == len(shown)
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Reference"] for row in csv.DictReader(file)] == shown


def test_a_quarter_is_found_and_what_is_no_value_finds_nothing(theirs: Workspace) -> None:
    profile, lists = theirs.select(ProfileLine), theirs.lists
    quarter = profile[0].quarter
    for typed, wanted in (
        (str(quarter), quarter),
        (f"resource {quarter}", quarter),
        ("2024/25 Q5", None),
        ("qzx", None),
    ):
        found = set(lists.ids(ListQuery(ProfileLine, search=typed)))
        assert found == {
            each.id
            for each in profile
            if each.quarter == wanted and ("resource" not in typed or each.expense.value == "Resource")
        }, typed
