"""What an award's book holds of other awards: costs and evidence that may be the same as its own, and nothing else of theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from filing import filed
from fundtracker.application.actions.records import add, new_record
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense, Theme
from fundtracker.domain.changes import added
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money

OTHER = 2
"""The id of the other award, and of its intervention."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The file of one of each, and a second award with an intervention."""
    with filed(tmp_path / "two.fundtracker") as opened:
        own = opened.get(Award, 1)
        again = new_record(opened, Award, {"bid_id": own.bid_id, "reference": "SSF5-ASB", "starts_on": own.starts_on, "ends_on": own.ends_on})  # fmt: skip
        opened.do("Add", added(replace(again, id=OTHER)))
        add(opened, Intervention, {"award_id": OTHER, "reference": "SSF5-ASB-01", "title": "Lights", "theme": Theme.ASB})  # fmt: skip
        yield opened


def spends(workspace: Workspace, **values: Any) -> Cost:
    usual: dict[str, Any] = {
        "intervention_id": 2,
        "supplier": "Elsewhere Ltd",
        "invoice_number": "E-1",
        "received_on": date(2024, 2, 14),
        "net": Money.pounds("1"),
        "expense": Expense.RESOURCE,
        "category_id": 1,
    }
    return add(workspace, Cost, usual | values)


def evidences(workspace: Workspace, cost: Cost, sha256: str) -> Document:
    values = {"name": "scan.pdf", "sha256": sha256, "kind": DocumentKind.INVOICE, "cost_id": cost.id}
    return add(workspace, Document, values)


def elsewhere(workspace: Workspace) -> tuple[Record, ...]:
    return workspace.book(1).elsewhere


def test_costs_of_another_award_are_not_in_the_book(workspace: Workspace) -> None:
    other = spends(workspace)
    book = workspace.book(1)
    assert other not in book.all(Cost)
    assert book.elsewhere == ()


def test_the_same_invoice_in_another_award_is_and_so_is_what_reverses_it(workspace: Workspace) -> None:
    own = workspace.get(Cost, 1)
    same = {"supplier": own.supplier, "net": own.net, "vat": own.vat, "vat_recoverable": own.vat_recoverable}
    twin = spends(workspace, invoice_number=own.invoice_number.lower(), **same)
    assert elsewhere(workspace) == (twin,)
    same |= {"net": -own.net, "vat": -own.vat}
    reversal = spends(workspace, invoice_number=own.invoice_number, reversal_of=twin.id, **same)
    assert elsewhere(workspace) == (twin, reversal)


def test_the_same_evidence_behind_a_cost_of_another_award_is(workspace: Workspace) -> None:
    mine, other, third = workspace.get(Cost, 1), spends(workspace), spends(workspace, invoice_number="E-2")
    evidences(workspace, mine, "a" * 64)
    same, different = evidences(workspace, other, "a" * 64), evidences(workspace, third, "b" * 64)
    book = workspace.book(1)
    assert book.elsewhere == (other,)
    assert same in book.all(Document)
    assert different not in book.all(Document)
