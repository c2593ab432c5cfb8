"""What the workspace tells: who came second, what was changed, what is there, and that the file is closed."""

from datetime import date
from pathlib import Path

import pytest

from application.deeds import a_cost, head_of, pounds
from filing import ACTOR, NOON
from fundtracker.application.actions.records import add, duplicate, edit, remove
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.changes import added, removed
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Risk
from fundtracker.domain.organisations import Priority, PriorityId
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage.repository import Conflict

# Two people


def test_who_comes_second_is_shown_both_values(workspace: Workspace) -> None:
    mine, before = workspace.get(Award, 1), head_of(workspace)
    theirs = edit(workspace, mine, note="Theirs", agreed_on=date(2023, 9, 1))
    assert theirs.version == mine.version + 1
    with pytest.raises(Conflict) as refused:
        edit(workspace, mine, note="Mine")
    assert [(each.kind, each.record_id, each.column, each.message) for each in refused.value.problems] == [
        (
            "Award",
            1,
            "agreed_on",
            "SSF5-VAWG was changed meanwhile: agreed is now “01/09/2023”, yours is empty.",
        ),
        ("Award", 1, "note", "SSF5-VAWG was changed meanwhile: note is now “Theirs”, yours is “Mine”."),
    ]
    assert workspace.get(Award, 1) == theirs
    assert head_of(workspace)[0] == before[0] + 1


def test_who_removes_what_another_changed_or_removed_is_told(workspace: Workspace) -> None:
    risk = workspace.select(Risk)[0]
    edit(workspace, risk, owner="Chief Executive")
    with pytest.raises(Conflict, match="owner is now “Chief Executive”, yours is empty"):
        remove(workspace, risk)
    remove(workspace, workspace.get(Risk, 1))
    for act in (lambda: edit(workspace, risk, owner="x"), lambda: remove(workspace, risk)):
        with pytest.raises(Conflict, match="was removed meanwhile"):
            act()
    with pytest.raises(Refused, match="This risk is no longer there: it was removed"):
        workspace.get(Risk, 1)


# Telling


def test_listeners_are_told_once_per_commit_of_kinds_and_ids(workspace: Workspace) -> None:
    told: list[Changed] = []
    stop = workspace.listen(told.append)
    cost = a_cost(workspace)
    entry = workspace.do("Both", (*added(cost), *removed(workspace.get(Risk, 1))))
    (changed,) = told
    assert changed.entry == entry
    assert changed.kinds == {Cost, Risk}
    assert changed.ids == {Cost: {cost.id}, Risk: {1}}
    workspace.undo()
    workspace.redo()
    assert [each.entry.kind for each in told] == ["do", "undo", "redo"]
    assert all(each.ids == changed.ids for each in told)
    with pytest.raises(Refused):
        remove(workspace, workspace.get(Award, 1))
    stop()
    stop()
    remove(workspace, workspace.get(Cost, cost.id))
    assert len(told) == 3


def test_listeners_are_told_after_the_commit(workspace: Workspace) -> None:
    """What they then read, from any thread, is what was written."""
    seen: list[str] = []
    workspace.listen(lambda changed: seen.append(Workspace(workspace.database).get(Priority, 1).name))
    edit(workspace, workspace.get(Priority, 1), name="New")
    assert seen == ["New"]


# Small things


def test_nothing_to_change_is_refused_and_an_edit_that_changes_nothing_is_none(workspace: Workspace) -> None:
    before = head_of(workspace)
    with pytest.raises(Refused, match="There is nothing to change"):
        workspace.do("Nothing", [])
    award = workspace.get(Award, 1)
    assert edit(workspace, award, note=award.note) is award
    assert head_of(workspace) == before


def test_a_duplicate_has_its_own_reference(workspace: Workspace) -> None:
    copy = duplicate(workspace, workspace.get(Cost, 1))
    assert (copy.id, copy.reference, copy.net) == (3, "C-00003", pounds("9876.54"))


def test_find_is_whatever_the_capitals(workspace: Workspace) -> None:
    assert workspace.find(Award, "ssf5-vawg") == workspace.get(Award, 1)
    assert workspace.find(Award, "nobody") is None


def test_today_is_the_clocks_day_or_the_demonstrations(workspace: Workspace) -> None:
    assert workspace.today == NOON.date()
    office = workspace.office
    assert office is not None
    edit(workspace, office, today=date(2023, 5, 5))
    assert workspace.today == date(2023, 5, 5)


def test_a_closed_file_says_so(workspace: Workspace) -> None:
    workspace.close()
    for act in (
        lambda: workspace.get(Priority, 1),
        lambda: workspace.do("x", removed(Priority(id=PriorityId(1), code="P1", name="x"))),
    ):
        with pytest.raises(StorageTrouble, match=r"one\.fundtracker is closed"):
            act()


def test_create_and_open(tmp_path: Path) -> None:
    path = tmp_path / "new.fundtracker"
    with Workspace.create(path, actor=ACTOR) as made:
        assert made.office is None
        add(made, Priority, {"code": "P1", "name": "x"})
    with Workspace.open(path) as again:
        assert [each.code for each in again.select(Priority)] == ["P1"]
        assert again.actor
    with pytest.raises(Refused, match=r"new\.fundtracker exists already: choose another name, or open it"):
        Workspace.create(path)
