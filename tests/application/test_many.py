"""One value for many records: one entry, one undo, and whoever stands in the way is named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.deeds import head_of, pounds, refused
from filing import filed
from fundtracker.application.actions.many import Held, change_many, changeable, fill_down, held_by
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from programme import Programme


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    built = Programme()
    intervention = built.intervenes()
    for day in range(1, 13):
        built.spends(intervention, "100", date(2023, 11, day))
    with filed(tmp_path / "file.fundtracker", built.records) as opened:
        yield opened


def ids_of(workspace: Workspace) -> list[int]:
    return [each.id for each in workspace.select(Cost)]


def test_twelve_costs_get_one_supplier_and_one_undo(workspace: Workspace) -> None:
    before = workspace.select(Cost)
    assert change_many(workspace, Cost, ids_of(workspace), {"supplier": "Acme", "ledger_code": "4100"}) == 12
    assert {(each.supplier, each.ledger_code) for each in workspace.select(Cost)} == {("Acme", "4100")}
    assert workspace.undo_title == "Change supplier and ledger code of 12 costs"
    workspace.undo()
    assert [each.supplier for each in workspace.select(Cost)] == [each.supplier for each in before]


def test_what_says_so_already_is_not_written(workspace: Workspace) -> None:
    ids = ids_of(workspace)
    assert change_many(workspace, Cost, ids[:1], {"supplier": "Acme"}) == 1
    assert workspace.undo_title == f"Change supplier of {workspace.get(Cost, ids[0]).reference}"
    sealed = head_of(workspace)
    assert change_many(workspace, Cost, ids[:1], {"supplier": "Acme"}) == 0
    assert head_of(workspace) == sealed


def test_filling_down_gives_the_first_ones_value_to_the_others(workspace: Workspace) -> None:
    ids = ids_of(workspace)
    change_many(workspace, Cost, ids[3:4], {"net": pounds("7")})
    assert fill_down(workspace, Cost, [ids[3], ids[0], ids[1]], "net") == 2
    assert [workspace.get(Cost, each).net for each in ids[:4]] == [
        pounds("7"),
        pounds("7"),
        pounds("100"),
        pounds("7"),
    ]


def test_a_refusal_names_the_record_and_nothing_is_written(workspace: Workspace) -> None:
    ids = ids_of(workspace)
    sealed = head_of(workspace)
    words = refused(lambda: change_many(workspace, Cost, ids, {"accepted_on": date(2024, 1, 1)}))
    assert words.split("\n")[0] == (
        "C-00001: Only a partner's cost is accepted: name its grant, or leave Accepted on empty."
    )
    assert head_of(workspace) == sealed
    assert refused(lambda: change_many(workspace, Cost, ids, {"reference": "X"})) == (
        "Reference is each record's own: change it on the record itself."
    )
    assert "removed meanwhile" in refused(
        lambda: change_many(workspace, Cost, [*ids, 999], {"supplier": "A"})
    )


def test_what_they_hold_now_is_told(workspace: Workspace) -> None:
    ids = ids_of(workspace)
    held = held_by(workspace, Cost, ids)
    assert held["net"] == Held(1, ("100.00",))
    assert held["received_on"] == Held(12, ("01/11/2023", "02/11/2023", "03/11/2023"))
    assert "reference" not in {each.name for each in changeable(Cost)}
