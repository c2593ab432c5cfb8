"""The only writer: does, undoes, redoes, refuses, tells, and keeps one writer and one moment per reader."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from filing import ACTOR, NOON, clock_at, filed
from fundtracker.application.actions.records import add, duplicate, edit, new_record, remove
from fundtracker.application.actions.returns import begin_return
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain import guards
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid, Expense, Theme
from fundtracker.domain.changes import Change, added, edited, removed
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import Risk
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.guards import GUARDS
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.looking import Guard, Look
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation, Partnership, Priority, PriorityId
from fundtracker.domain.problems import Problem, Refused, StorageTrouble
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, ReturnState
from fundtracker.domain.terms import Term, TermKind, Waiver
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.storage.journal import Stamp, head, history, transaction
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.repository import Conflict
from fundtracker.storage.verify import verify
from one_of_each import FIRST_YEAR, Q3, Q4, SECOND_YEAR

pounds = Money.pounds
Act = Callable[[Workspace], object]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with filed(tmp_path / "one.fundtracker") as opened:
        yield opened


def head_of(workspace: Workspace) -> tuple[int, str]:
    with workspace.database.reader() as conn:
        return head(conn)


def tables(workspace: Workspace) -> dict[str, list[Record]]:
    """Every record, whatever its version: an undo is a further change."""
    return {kind.__name__: [replace(each, version=1) for each in workspace.select(kind)] for kind in RECORDS}


def faults(workspace: Workspace) -> list[str]:
    with workspace.database.reader() as conn:
        return [each.message for each in verify(conn)]


def a_cost(workspace: Workspace, **values: Any) -> Cost:
    """A cost of the draft's quarter, not yet written."""
    usual = {
        "intervention_id": 1,
        "supplier": "Illustrative Ltd",
        "invoice_number": "INV-9",
        "received_on": date(2024, 2, 14),
        "net": pounds("100"),
        "expense": Expense.RESOURCE,
        "category_id": 1,
    }
    return new_record(workspace, Cost, usual | values)


# Do, undo, redo


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
    "reverse a cost": lambda w: add(
        w,
        Cost,
        {
            **{c.name: getattr(w.get(Cost, 2), c.name) for c in columns(Cost)},
            "reference": "",
            "net": pounds("-1200"),
            "reversal_of": 2,
        },
    ),
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
    with pytest.raises(Refused, match="is used by 1 of grants"):
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
    assert (newest.seq, newest.reason, newest.title) == (entry + 1, "A slip", "Change reason of waiver 1")


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
    assert changed.ids == {(Cost, cost.id), (Risk, 1)}
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


# What the guards refuse: which record, which field, and nothing written


def cost(**values: Any) -> Act:
    return lambda w: w.do("Cost", added(a_cost(w, **values)))


def of(kind: type[Record], /, **values: Any) -> Act:
    """Edit the first record of a kind."""
    return lambda w: edit(w, w.get(kind, 1), **values)


def new(kind: type[Any], /, **values: Any) -> Act:
    return lambda w: add(w, kind, values)


def proposed(w: Workspace, *changes: dict[str, Any], **values: Any) -> None:
    """A variation with its changes, approved in one go."""
    usual = {
        "reference": "V9",
        "award_id": 1,
        "number": 9,
        "reason": "x",
        "approved_by": "Commissioner",
        "approved_on": date(2024, 9, 1),
        "effective_on": date(2024, 9, 1),
    }
    variation = new_record(w, Variation, usual | values)
    first = w.new_id(VariationChange)
    rows = [
        replace(new_record(w, VariationChange, {"variation_id": variation.id, **each}), id=first + number)
        for number, each in enumerate(changes)
    ]
    w.do("Vary", added(variation, *rows))


def varied(*changes: dict[str, Any], **values: Any) -> Act:
    return lambda w: proposed(w, *changes, **values)


def moves(of_year: Any, old: str, new_amount: str, kind: ChangeKind = ChangeKind.VIREMENT) -> dict[str, Any]:
    return {
        "kind": kind,
        "year": of_year,
        "expense": Expense.RESOURCE,
        "old_amount": pounds(old),
        "new_amount": pounds(new_amount),
    }


SUPPLY: dict[str, Any] = {
    "reversal_of": CostId(2),
    "grant_id": 1,
    "accepted_on": date(2024, 2, 20),
    "received_on": date(2024, 2, 1),
}
RE_PROFILE: dict[str, Any] = {
    "kind": ChangeKind.RE_PROFILE,
    "intervention_id": 1,
    "quarter": Q3,
    "expense": Expense.RESOURCE,
    "category_id": 1,
    "old_amount": pounds("10000"),
    "new_amount": pounds("5"),
}

GUARDED: list[tuple[Act, str, str, str]] = [
    (new(Priority, code="", name="x"), "Priority", "code", "Code is empty: enter text."),
    (new(Priority, code="P9", name=""), "Priority", "name", "Name is empty: enter text."),
    (cost(net=None), "Cost", "net", "Net is empty: enter pounds and pence, as 1,234.56."),
    (cost(net="12"), "Cost", "net", "Net should be pounds and pence"),
    (cost(net=Money(10**19)), "Cost", "net", "Net should be pounds and pence"),
    (
        cost(description="x" * 30_001),
        "Cost",
        "description",
        "Description has 30,001 characters; at most 30,000 can be kept.",
    ),
    (
        new(Priority, code="P1", name="Again"),
        "Priority",
        "code",
        "Another priority has the same code: give this one its own.",
    ),
    (
        of(Award, ends_on=date(2023, 1, 1)),
        "Award",
        "ends_on",
        "Ends (01/01/2023) is before starts (01/10/2023): correct one of them.",
    ),
    (
        cost(received_on=date(2024, 10, 22)),
        "Cost",
        "received_on",
        "Received is 22/10/2024, after today: leave it empty until the goods or services have come.",
    ),
    (
        cost(received_on=date(2023, 9, 30)),
        "Cost",
        "received_on",
        "SSF5-VAWG pays for what is received from 01/10/2023 to 31/03/2025",
    ),
    (
        cost(**SUPPLY, net=pounds("-1200.01")),
        "Cost",
        "net",
        "The reversals of C-00002 come to £1,200.01, more than the £1,200 it stands for.",
    ),
    (
        cost(**SUPPLY | {"received_on": date(2024, 2, 2)}, net=pounds("-1")),
        "Cost",
        "received_on",
        "A reversal counts where its original counts: received must be as on C-00002 (01/02/2024).",
    ),
    (
        cost(received_on=date(2023, 12, 1)),
        "Cost",
        "adjustment_reason",
        "The return of 2023/24 Q3 is already submitted: write the reason for the late change.",
    ),
    (
        lambda w: remove(w, w.get(Cost, 1)),
        "Cost",
        "reference",
        "C-00001 stands in a submitted return and can't be removed. Reverse it instead",
    ),
    (
        cost(accepted_on=date(2024, 3, 1)),
        "Cost",
        "accepted_on",
        "Only a partner's cost is accepted: name its grant, or leave Accepted on empty.",
    ),
    (
        lambda w: (
            add(w, Grant, {"reference": "G-2", "title": "x", "recipient_id": 1}),
            cost(grant_id=2)(w),
        ),
        "Cost",
        "grant_id",
        "G-2 doesn't pay for this intervention",
    ),
    (
        new(FunderReturn, award_id=1, quarter=Q4.next, reference="x"),
        "FunderReturn",
        "state",
        "SSF5-VAWG 2023-24-Q4 isn't submitted yet: an award has one open return at a time.",
    ),
    (
        of(FunderReturn, state=ReturnState.PAID),
        "FunderReturn",
        "received_on",
        "A return that is paid has the day the money came, and no other has one.",
    ),
    (
        of(FunderReturn, received_on=date(2024, 3, 1)),
        "FunderReturn",
        "received_on",
        "A return that is paid has the day the money came",
    ),
    (
        lambda w: (
            edit(w, w.get(FunderReturn, 1), state=ReturnState.ACCEPTED),
            edit(w, w.get(FunderReturn, 1), state=ReturnState.SUBMITTED),
        ),
        "FunderReturn",
        "state",
        "A return that is accepted can't become submitted.",
    ),
    (
        lambda w: edit(w, w.get(FunderReturn, 2), state=ReturnState.SUBMITTED),
        "FunderReturn",
        "state",
        "A return becomes submitted by submitting it: open it and choose Submit.",
    ),
    (
        lambda w: edit(w, w.get(ReturnLine, 1), reason="x"),
        "ReturnLine",
        "",
        "The lines of a return are written when it is submitted, and never edited.",
    ),
    (
        new(
            Forecast,
            return_id=2,
            intervention_id=1,
            quarter=Q4,
            expense=Expense.RESOURCE,
            category_id=1,
            amount=pounds("1"),
        ),
        "Forecast",
        "quarter",
        "A forecast made in the return of 2023/24 Q4 is for a later quarter; 2023/24 Q4 is not.",
    ),
    (
        varied(award_id=None),
        "Variation",
        "award_id",
        "A variation changes one award or one grant: choose one of the two.",
    ),
    (varied(grant_id=1), "Variation", "award_id", "A variation changes one award or one grant"),
    (
        varied(approved_by=" "),
        "Variation",
        "approved_by",
        "An approved variation says who approved it (a role) and from when it is effective.",
    ),
    (varied(effective_on=None), "Variation", "approved_by", "An approved variation says who approved it"),
    (
        new(Term, reference="T-9", kind=TermKind.CROSS_YEARS, clause="x", effective_from=date(2023, 1, 1)),
        "Term",
        "round_id",
        "A Term belongs to one round, award or grant: choose one of the three.",
    ),
    (
        varied({"kind": ChangeKind.EXTENSION, "new_date": date(2025, 6, 30)}),
        "VariationChange",
        "old_date",
        "Old date is empty: a change of kind extension needs it.",
    ),
    (
        varied(moves(SECOND_YEAR, "10", "20")),
        "Variation",
        "number",
        "The virements of V9 add up to £10: a virement moves money, the total of the award stays.",
    ),
    (
        varied(moves(SECOND_YEAR, "10", "20"), moves(FIRST_YEAR, "10", "0")),
        "Variation",
        "year_end_consent",
        "V9 moves £10 across 31 March. Name the funder's consent",
    ),
    (
        varied(moves(FIRST_YEAR, "50000", "11851.84", ChangeKind.AMOUNT)),
        "Variation",
        "number",
        "V9 would leave £11,851.84 for 2023/24, below the £11,851.85 already claimed.",
    ),
    (
        varied(
            moves(FIRST_YEAR, "50000", "11851.84"),
            {**moves(FIRST_YEAR, "0", "38148.16"), "expense": Expense.CAPITAL},
        ),
        "Variation",
        "number",
        "V9 would leave £11,851.84 of resource for 2023/24, below the £11,851.85 already claimed of it.",
    ),
    (
        varied(RE_PROFILE),
        "Variation",
        "number",
        "V9 would leave SSF5-VAWG-01 £5 in 2023/24, below the £11,851.85 already claimed.",
    ),
    (
        of(Instalment, paid_on=None),
        "Instalment",
        "paid_on",
        "An instalment that is paid has the day it was paid on, and no other has one.",
    ),
    (
        of(Instalment, amount=pounds("5000.01")),
        "Instalment",
        "amount",
        "The instalments would come to £5,000.01, more than the £5,000 granted",
    ),
    (
        lambda w: (
            edit(w, w.get(Instalment, 1), status=InstalmentStatus.HELD, paid_on=None),
            edit(w, w.get(Condition, 1), accepted_on=None),
            edit(w, w.get(Instalment, 1), status=InstalmentStatus.PAID, paid_on=date(2024, 1, 1)),
        ),
        "Instalment",
        "status",
        "The condition “Signed agreement” isn't accepted yet: accept it first, or hold the instalment.",
    ),
    (
        of(Condition, accepted_on=None),
        "Condition",
        "accepted_on",
        "I-00001 is paid on this condition, so it stays accepted: hold or cancel the instalment first.",
    ),
    (
        of(GrantSource, amount=pounds("2499.99")),
        "GrantSource",
        "amount",
        "The grant would come to £2,499.99, below its instalments of £2,500: cancel or lower an instalment first.",
    ),
    (
        lambda w: (
            add(w, Intervention, {"award_id": 1, "reference": "X-2", "title": "Lights", "theme": Theme.VAWG}),
            edit(w, w.get(GrantSource, 1), intervention_id=2),
        ),
        "GrantSource",
        "intervention_id",
        "1 of the partner's costs (C-00002 first) are paid from this source: move them first.",
    ),
    (
        of(Award, starts_on=date(2023, 9, 30)),
        "Award",
        "starts_on",
        "is submitted and rests on 01/10/2023, the award's first day: it can't be changed any more.",
    ),
    (
        of(Condition, received_on=None),
        "Condition",
        "received_on",
        "Accepted, but not received: enter the day it came first.",
    ),
    (of(Risk, impact_after=6), "Risk", "impact_after", "Give a score from 1 (least) to 5 (most)."),
    (of(Risk, likelihood_before=0), "Risk", "likelihood_before", "Give a score from 1 (least) to 5 (most)."),
    (
        lambda w: remove(w, w.get(Award, 1)),
        "Award",
        "",
        "This award is used by 2 of award lines (",
    ),
]


@pytest.mark.parametrize(
    ("act", "kind", "column", "message"), GUARDED, ids=[each[3][:50] for each in GUARDED]
)
def test_a_refusal_names_record_and_field_and_changes_nothing(
    workspace: Workspace, act: Act, kind: str, column: str, message: str
) -> None:
    held: list[Any] = []
    workspace.listen(lambda changed: held.append(changed.entry.seq))
    before = head_of(workspace)[0]
    with pytest.raises(Refused) as refused:
        act(workspace)
    first = refused.value.problems[0]
    assert (first.kind, first.column) == (kind, column)
    assert message in first.message
    assert head_of(workspace)[0] == before + len(held), "the refusal itself wrote nothing"
    assert faults(workspace) == []


def test_every_guard_speaks_in_some_case_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guard added to GUARDS wants a case."""
    spoke: set[str] = set()

    def watched(guard: Guard) -> Guard:
        def asks(change: Change, look: Look) -> Iterator[Problem]:
            for problem in guard(change, look):
                spoke.add(guard.__name__)
                yield problem

        return asks

    monkeypatch.setattr(guards, "GUARDS", tuple(map(watched, GUARDS)))
    monkeypatch.setattr("fundtracker.application.writing.fields_filled", watched(guards.fields_filled))
    for number, (act, *_) in enumerate(GUARDED):
        with filed(tmp_path / f"{number}.fundtracker") as workspace, pytest.raises(Refused):
            act(workspace)
    assert spoke == {each.__name__ for each in GUARDS}


# One writer, many readers


def test_two_threads_write_one_after_the_other(workspace: Workspace) -> None:
    start, failed = threading.Barrier(4), list[BaseException]()

    def writes(number: int) -> None:
        try:
            start.wait()
            for each in range(10):
                workspace.do(
                    "Add",
                    added(Priority(id=PriorityId(100 * number + each), code=f"T{number}-{each}", name="x")),
                )
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test says so
            failed.append(error)

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(workspace.select(Priority)) == 41
    assert faults(workspace) == []


def test_a_reader_sees_one_moment_while_a_writer_commits(workspace: Workspace) -> None:
    """The commit waits for readers that have begun; what they see doesn't move, and who comes after sees what was written."""
    written = threading.Event()

    def writes() -> None:
        edit(workspace, workspace.get(Priority, 1), name="Written meanwhile")
        written.set()

    with workspace.database.reader() as conn:
        first = head(conn)
        thread = threading.Thread(target=writes)
        thread.start()
        assert not written.wait(0.3)
        with workspace.database.reader() as nested:
            assert nested is conn
            assert head(nested) == first
        assert conn.execute("SELECT name FROM priority").fetchall() == [("Safer streets",)]
    thread.join()
    assert written.is_set()
    assert head_of(workspace)[0] == first[0] + 1
    assert workspace.get(Priority, 1).name == "Written meanwhile"


def test_readers_in_several_threads_count_what_is_there(workspace: Workspace) -> None:
    """Each page is of one moment: a count and its rows never differ by a half-written entry of ten."""
    stop, wrong = threading.Event(), list[int]()

    def reads() -> None:
        while not stop.is_set():
            found = workspace.lists.count(ListQuery(kind=Priority))
            if found % 10 != 1:
                wrong.append(found)

    threads = [threading.Thread(target=reads) for _ in range(2)]
    for thread in threads:
        thread.start()
    for batch in range(1, 16):
        first = 10 * batch
        workspace.do(
            "Ten",
            added(*(Priority(id=PriorityId(first + n), code=f"{first + n}", name="x") for n in range(10))),
        )
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert workspace.lists.count(ListQuery(kind=Priority)) == 151


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
