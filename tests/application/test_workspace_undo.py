"""What is done is undone and redone, whole, as further entries of the history."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from application.deeds import Act, a_cost, faults, head_of, reverses
from filing import ACTOR, NOON, clock_at
from fundtracker.application.actions.records import add, edit, new_record, remove
from fundtracker.application.actions.returns import begin_return
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.changes import Change, added, edited, removed
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Risk
from fundtracker.domain.grants import Grant
from fundtracker.domain.organisations import Organisation, Partnership, Priority, PriorityId
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.terms import Waiver
from fundtracker.domain.variations import Variation
from fundtracker.storage.journal import Stamp, history, transaction


def tables(workspace: Workspace) -> dict[str, list[Record]]:
    """Every record, whatever its version: an undo is a further change."""
    return {kind.__name__: [replace(each, version=1) for each in workspace.select(kind)] for kind in RECORDS}


def twice_in_one(workspace: Workspace) -> None:
    """A record added, changed and changed again in one entry, with another that refers to it."""
    first = new_record(
        workspace, Organisation, {"name": "New body", "kind": workspace.get(Organisation, 1).kind}
    )
    second = replace(first, district="Stroud")
    grant = new_record(workspace, Grant, {"reference": "G-9", "title": "x", "recipient_id": first.id})
    moved = replace(workspace.get(Grant, 1), recipient_id=first.id)
    workspace.do(
        "Several",
        [
            Change(None, first),
            Change(None, grant),
            Change(first, second),
            Change(second, replace(second, version=2, note="Note")),
            Change(workspace.get(Grant, 1), moved),
        ],
    )


ACTS: dict[str, Act] = {
    "add": lambda w: add(w, Priority, {"code": "P2", "name": "Second"}),
    "edit": lambda w: edit(w, w.get(Award, 1), note="Changed\ntwice", agreed_on=date(2023, 9, 1)),
    "empty a field": lambda w: edit(w, w.get(Partnership, 1), accountable_body_id=None),
    "remove": lambda w: remove(w, w.select(Risk)[0]),
    "many at once": lambda w: w.do(
        "Many", added(*(Priority(id=PriorityId(n), code=f"X{n}", name=f"Name {n}") for n in range(2, 500)))
    ),
    "several kinds": lambda w: w.do(
        "Several",
        (
            *added(a_cost(w)),
            *removed(w.select(Risk)[0]),
            *edited(w.get(Bid, 1), replace(w.get(Bid, 1), title="New")),
        ),
    ),
    "reverse a cost": lambda w: reverses(w, w.get(Cost, 2)),
    "begin a return": lambda w: (remove(w, w.get(FunderReturn, 2)), begin_return(w, 1)),
    "approve a variation": lambda w: (
        add(w, Variation, {"reference": "V2", "award_id": 1, "number": 2, "reason": "More"}),
        edit(
            w,
            w.select(Variation)[1],
            approved_by="Commissioner",
            approved_on=date(2024, 9, 1),
            effective_on=date(2024, 9, 1),
        ),
    ),
    "one record twice": twice_in_one,
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_undo_gives_the_earlier_tables_back_and_redo_the_later(workspace: Workspace, act: Act) -> None:
    """And both survive closing the file."""
    path, before, first = workspace.path, tables(workspace), head_of(workspace)[0]
    act(workspace)
    after, steps = tables(workspace), head_of(workspace)[0] - first
    assert after != before
    workspace.close()
    with Workspace.open(path, actor=ACTOR, clock=clock_at(NOON.date())) as again:
        for _ in range(2):
            for _ in range(steps):
                again.undo()
            assert tables(again) == before
            for _ in range(steps):
                again.redo()
            assert tables(again) == after
        assert again.redo_title is None
        assert faults(again) == []


def test_undo_and_redo_are_entries_of_the_history_with_their_titles(workspace: Workspace) -> None:
    add(workspace, Priority, {"code": "P2", "name": "Second"})
    assert (workspace.undo_title, workspace.redo_title) == ("Add P2 Second", None)
    done = head_of(workspace)[0]
    undone = workspace.undo()
    assert (undone.kind, undone.title, undone.undoes) == ("undo", "Add P2 Second", done)
    assert workspace.redo_title == "Add P2 Second"
    assert workspace.redo().undoes == undone.seq
    with workspace.database.reader() as conn:
        newest = history(conn, 3)
    assert [each.kind for each in newest] == ["redo", "undo", "do"]
    assert {each.actor for each in newest} == {ACTOR}


def test_something_new_done_ends_the_redoing(workspace: Workspace) -> None:
    add(workspace, Priority, {"code": "P2", "name": "Second"})
    workspace.undo()
    edit(workspace, workspace.get(Priority, 1), name="Other")
    assert workspace.redo_title is None
    with pytest.raises(Refused, match="There is nothing to redo"):
        workspace.redo()


def test_many_steps_back_and_forth_follow_a_simple_stack(workspace: Workspace) -> None:
    """Against the plainest model there is: a list of states and a place in it."""
    source = random.Random(11)  # noqa: S311 - reproducible on purpose
    first = head_of(workspace)[0]
    states, place, count = [tables(workspace)], 0, 0
    for _ in range(120):
        act = source.choice(("do", "do", "undo", "undo", "redo"))
        if act == "do":
            count += 1
            add(workspace, Priority, {"code": f"R{count}", "name": "x"})
            states = [*states[: place + 1], tables(workspace)]
            place += 1
        elif act == "undo" and place:
            workspace.undo()
            place -= 1
        elif act == "redo" and place < len(states) - 1:
            workspace.redo()
            place += 1
        elif act == "redo":
            assert workspace.redo_title is None
        assert tables(workspace) == states[place]
    assert head_of(workspace)[0] > first + 60
    assert faults(workspace) == []


def test_what_has_changed_since_is_not_taken_back(workspace: Workspace) -> None:
    """Raw SQL changes a record in an entry that is then taken back by hand; undo of the first would lose the second."""
    edit(workspace, workspace.get(Priority, 1), name="First")
    stamp = Stamp(actor=ACTOR, at=NOON, title="By hand", kind="undo", undoes=0)
    with transaction(workspace.database, stamp) as tx:
        tx.connection.execute("UPDATE priority SET name = 'Second'")
    before = head_of(workspace)
    with pytest.raises(Refused, match="P1 Second has changed since: this can't be taken back any more"):
        workspace.undo()
    assert head_of(workspace) == before


def test_an_addition_that_others_rest_on_is_not_undone_over_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = add(workspace, Organisation, {"name": "New body", "kind": workspace.get(Organisation, 1).kind})
    edit(workspace, workspace.get(Grant, 1), recipient_id=first.id)
    with pytest.raises(Refused, match="is used by 1 grant "):
        workspace.do("Remove", removed(workspace.get(Organisation, first.id)))
    workspace.undo()
    workspace.undo()
    assert [each.id for each in workspace.select(Organisation)] == [1]


def test_ids_are_never_given_twice(workspace: Workspace) -> None:
    first = add(workspace, Priority, {"code": "P2", "name": "Second"})
    workspace.undo()
    assert workspace.new_id(Priority) == first.id + 1


def test_a_field_called_reason_is_changed_like_any_other(workspace: Workspace) -> None:
    """And isn't taken for the reason of the entry."""
    entry = head_of(workspace)[0]
    changed = edit(workspace, workspace.get(Waiver, 1), reason="Other", because="A slip")
    assert (changed.reason, workspace.get(Waiver, 1).reason) == ("Other", "Other")
    with workspace.database.reader() as conn:
        (newest,) = history(conn, 1)
    assert (newest.seq, newest.reason, newest.title) == (
        entry + 1,
        "A slip",
        "Change reason of waiver of T-1, 01/12/2023",
    )
