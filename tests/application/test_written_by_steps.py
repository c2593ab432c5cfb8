"""What the steps of a return write is not typed, whichever way it is tried."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.deeds import Values, head_of, pounds, refused
from filing import ACTOR, NOON, filed
from fundtracker.application.actions.many import change_many, changeable, fill_down
from fundtracker.application.actions.records import edit, remove
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of, columns
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage.journal import Stamp, transaction
from fundtracker.storage.queries import ListQuery
from one_of_each import one_of_each

TYPED: Values = {
    "state": ReturnState.WITH_CFO,
    "claim": pounds("5"),
    "earlier_years": pounds("5"),
    "submitted_on": date(2024, 4, 20),
    "query": "Why?",
    "received": pounds("5"),
    "received_on": date(2024, 4, 20),
}
DRAFT = 2


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with filed(tmp_path / "file.fundtracker", one_of_each()) as opened:
        yield opened


def test_every_one_of_them_is_locked() -> None:
    locked = {kind.__name__: [each.name for each in columns(kind) if each.step] for kind in RECORDS}
    assert {kind: names for kind, names in locked.items() if names} == {
        "FunderReturn": list(TYPED),
        "LedgerLine": [
            each.name for each in columns(LedgerLine) if each.name not in {"reference", "set_aside"}
        ],
    }
    assert [each.name for each in changeable(FunderReturn) if each.step] == []


@pytest.mark.parametrize("name", TYPED)
def test_it_is_refused_with_the_step_that_writes_it(workspace: Workspace, name: str) -> None:
    before, why = head_of(workspace), column_of(FunderReturn, name).why_locked
    assert why.startswith(f"{column_of(FunderReturn, name).label} isn't typed: ")
    draft, value = workspace.get(FunderReturn, DRAFT), TYPED[name]
    for act in (
        lambda: edit(workspace, draft, **{name: value}),
        lambda: change_many(workspace, FunderReturn, [1, DRAFT], {name: value}),
        lambda: fill_down(workspace, FunderReturn, [1, DRAFT], name),
    ):
        assert refused(act) == why
    assert head_of(workspace) == before


def test_what_the_finance_system_said_is_not_typed(workspace: Workspace) -> None:
    line = workspace.select(LedgerLine)[0]
    assert refused(lambda: edit(workspace, line, amount=pounds("5"))) == (
        "Amount isn't typed: reading the finance system's listing writes it; a wrong one is put right there, and read again."
    )
    remove(workspace, *workspace.select(LedgerMatch))
    assert edit(workspace, line, set_aside="Another programme's").set_aside == "Another programme's"


def test_a_draft_adds_nothing_to_the_claims(workspace: Workspace) -> None:
    """Also where an older version let a claim be typed."""
    sent = workspace.get(FunderReturn, 1)
    with transaction(workspace.database, Stamp(actor=ACTOR, at=NOON, title="Typed")) as tx:
        tx.connection.execute("UPDATE funder_return SET claim = 500 WHERE id = ?", (DRAFT,))
    assert workspace.lists.totals(ListQuery(FunderReturn))["claim"] == sent.claim.shown
    assert sent.claim != Money(0)
