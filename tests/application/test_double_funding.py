"""One cost claimed twice, here or in another award, is found however it was entered; two costs alike by chance can be answered."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.actions.records import edit
from fundtracker.application.double_funding import Alike, Suspicion, suspicions
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentId, DocumentKind
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Severity
from fundtracker.storage.database import Database
from programme import Programme

DAY, PAID = date(2024, 5, 1), date(2024, 6, 3)
pounds = Money.pounds


class Office:
    """Two awards with costs of one's choosing, on a file."""

    def __init__(self, path: Path) -> None:
        self.built = Programme()
        self.built.promises("90000", "2024/25")
        self.here = self.built.intervenes()
        self.built.another_award("SSF4-ASB")
        self.there = self.built.intervenes("Op Elsewhere")
        self.path = path
        self.papers: list[Document] = []

    def spends(
        self, supplier: str, amount: str, day: date = DAY, *, there: bool = False, **more: Any
    ) -> Cost:
        cost = self.built.spends(self.there if there else self.here, amount, day)
        return self.built.changes(cost, supplier=supplier, **more)

    def evidences(self, cost: Cost, name: str, letters: str) -> None:
        self.papers.append(
            Document(
                id=DocumentId(len(self.papers) + 1),
                name=name,
                sha256=letters * 32,
                kind=DocumentKind.INVOICE,
                cost_id=cost.id,
            )
        )

    def opened(self) -> Workspace:
        database = Database(empty_file(self.path))
        store(database, [*self.built.records, *self.papers])
        return Workspace(database, actor=ACTOR, clock=clock_at(date(2024, 10, 21)))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office.fundtracker")


def found(office: Office) -> list[tuple[Alike, str, str]]:
    with office.opened() as workspace:
        return [(each.alike, each.first.supplier, each.second.supplier) for each in suspicions(workspace)]


def test_one_invoice_in_two_awards(office: Office) -> None:
    office.spends("Marlbrook Electrical Ltd", "1200", invoice_number="ME-77")
    office.spends("MARLBROOK ELECTRICAL LIMITED", "1200", PAID, there=True, invoice_number="me-77 ")
    office.spends("Marlbrook Electrical Ltd", "1200", PAID, invoice_number="ME-78")  # an invoice of its own
    office.spends("Harbour Medics", "1200", PAID, invoice_number="ME-77")  # somebody else's of that number
    office.spends("Marlbrook Electrical Ltd", "1200.01", invoice_number="ME-77")  # another sum
    assert found(office) == [(Alike.INVOICE, "Marlbrook Electrical Ltd", "MARLBROOK ELECTRICAL LIMITED")]


def test_one_invoice_typed_in_two_ways(office: Office) -> None:
    office.spends("Harbour Medics", "350", invoice_number="INV-00/12")
    office.spends("Harbour Medics", "350", PAID, there=True, invoice_number="Inv 0012.")
    office.spends("Harbour Medics", "350", PAID, there=True, invoice_number="INV-0013")
    assert found(office) == [(Alike.INVOICE, "Harbour Medics", "Harbour Medics")]


def test_one_invoice_claimed_gross_by_one_and_net_by_the_other(office: Office) -> None:
    first = office.spends("Marlbrook Electrical Ltd", "1000", invoice_number="ME-77", vat=pounds("200"))
    second = office.spends("Marlbrook Electrical", "1200", PAID, there=True, invoice_number="me 77")
    office.spends("Marlbrook Electrical Ltd", "1200", PAID, invoice_number="ME-78")  # an invoice of its own
    office.spends("Harbour Medics", "1200", PAID, invoice_number="ME-77")  # somebody else's of that number
    office.spends("Marlbrook Electrical Ltd", "1199.99", invoice_number="ME-77")  # another sum
    office.evidences(first, "invoice.pdf", "ab")
    office.evidences(second, "invoice.pdf", "ab")
    with office.opened() as workspace:
        (only,) = suspicions(workspace)
    assert (only.alike, only.first.id, only.second.id) == (Alike.GROSS, first.id, second.id)
    assert only.why == "Marlbrook Electrical, invoice me 77, £1,200 with VAT"


def test_nearly_the_same_supplier_on_one_day_where_an_invoice_number_is_missing(office: Office) -> None:
    office.spends("Tallow Lane Mediation", "350", invoice_number="T1")
    office.spends("Tallow Lane Mediatoin", "350", there=True, invoice_number="")
    office.spends("Tallow Lane Mediation", "350", date(2024, 5, 2), there=True, invoice_number="")
    assert found(office) == [(Alike.NEAR, "Tallow Lane Mediation", "Tallow Lane Mediatoin")]


def test_two_invoices_with_numbers_of_their_own_are_two(office: Office) -> None:
    office.spends("Harbour Medics", "350", invoice_number="H1")
    office.spends("Harbour Medics", "350", invoice_number="H2")
    assert found(office) == []


def test_one_file_behind_two_costs_whatever_they_say(office: Office) -> None:
    first = office.spends("Harbour Medics", "350", invoice_number="H1")
    second = office.spends("Oakhanger Cameras", "900", PAID, there=True, invoice_number="O9")
    office.evidences(first, "invoice.pdf", "ab")
    office.evidences(second, "scan 12.pdf", "ab")
    office.evidences(second, "other.pdf", "cd")
    with office.opened() as workspace:
        (only,) = suspicions(workspace)
    assert (only.alike, only.why) == (Alike.FILE, "both rest on the same evidence, scan 12.pdf")


def test_a_cost_taken_back_whole_and_its_reversal_do_not_count(office: Office) -> None:
    wrong = office.spends("Harbour Medics", "350", invoice_number="H1")
    office.spends("Harbour Medics", "350", invoice_number="H1")
    office.built.reverses(wrong)
    assert found(office) == []


def test_an_answer_is_kept_and_ends_the_warning(office: Office) -> None:
    office.spends("Harbour Medics", "350", invoice_number="H1")
    office.spends("Harbour Medics", "350", there=True, invoice_number="H1")
    with office.opened() as workspace:
        (before,) = suspicions(workspace)
        assert before.problem.severity is Severity.WARNING
        assert before.problem.message == (
            f"{before.first.reference} and {before.second.reference} may be one cost: Harbour Medics, invoice H1, £350 net."
            f" Remove or reverse one, or write on {before.second.reference} why it isn't a duplicate."
        )
        edit(workspace, before.second, duplicate_reason="One invoice for two sites, split by agreement")
        (after,) = suspicions(workspace)
    assert after == replace(before, second=after.second)
    assert isinstance(after, Suspicion)
    assert after.answer == "One invoice for two sites, split by agreement"
    assert after.problem.severity is Severity.NOTE
