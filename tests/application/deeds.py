"""What people do to an award's records, in few words, and what the file then says: for the tests of what the workspace does and refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fundtracker.application.actions.records import add, new_record
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.changes import added, edited
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.storage.journal import Entry, head
from fundtracker.storage.verify import verify

pounds = Money.pounds
Values = dict[str, Any]
Act = Callable[[Workspace], object]

USUAL_COST: Values = {
    "intervention_id": 1,
    "supplier": "Illustrative Ltd",
    "invoice_number": "INV-9",
    "received_on": date(2024, 2, 14),
    "net": pounds("100"),
    "expense": Expense.RESOURCE,
    "category_id": 1,
}


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        act()
    return str(found.value)


def moves(workspace: Workspace, item: Record, **values: Any) -> Entry:
    """As a step of the program does: no field of it is typed."""
    return workspace.do("Move", edited(item, replace(item, **values)))


def head_of(workspace: Workspace) -> tuple[int, str]:
    """The newest entry of the history, and its seal: the same where nothing was written."""
    with workspace.database.reader() as conn:
        return head(conn)


def faults(workspace: Workspace) -> list[str]:
    """What a check of the whole file finds wrong."""
    with workspace.database.reader() as conn:
        return [each.message for each in verify(conn)]


def a_cost(workspace: Workspace, **values: Any) -> Cost:
    """A cost of the draft's quarter, not yet written."""
    return new_record(workspace, Cost, USUAL_COST | values)


def spends(workspace: Workspace, **values: Any) -> Cost:
    return add(workspace, Cost, USUAL_COST | values)


def reverses(workspace: Workspace, cost: Cost, **values: Any) -> Cost:
    """A reversal as the program proposes it, with what a person changed in it."""
    mirrored = {each.name: getattr(cost, each.name) for each in columns(Cost)}
    usual: Values = {"reference": "", "net": -cost.net, "vat": -cost.vat, "reversal_of": cost.id}
    return add(workspace, Cost, mirrored | usual | values)


def varies(workspace: Workspace, *changes: Values, **values: Any) -> Variation:
    """A variation with its changes, approved in one go unless said otherwise."""
    number = workspace.new_id(Variation)
    usual: Values = {
        "reference": f"V{number}",
        "award_id": 1,
        "number": number,
        "reason": "Why",
        "approved_by": "Commissioner",
        "approved_on": date(2024, 9, 1),
        "effective_on": date(2024, 9, 1),
    }
    variation = new_record(workspace, Variation, usual | values)
    first = workspace.new_id(VariationChange)
    rows = (
        replace(new_record(workspace, VariationChange, {"variation_id": variation.id, **each}), id=first + n)
        for n, each in enumerate(changes)
    )
    workspace.do("Vary", added(variation, *rows))
    return workspace.get(Variation, variation.id)


def amount(year: Any, old: str, new: str, **more: Any) -> Values:
    return {
        "kind": ChangeKind.AMOUNT,
        "year": year,
        "expense": Expense.RESOURCE,
        "old_amount": pounds(old),
        "new_amount": pounds(new),
        **more,
    }


def moved(year: Any, old: str, new: str, **more: Any) -> Values:
    return amount(year, old, new, kind=ChangeKind.VIREMENT, **more)


def planned(quarter: Any, old: str, new: str) -> Values:
    return amount(
        None, old, new, kind=ChangeKind.RE_PROFILE, quarter=quarter, intervention_id=1, category_id=1
    )
