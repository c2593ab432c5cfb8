"""Matching: what is proposed and why, nothing silently, and what the guards refuse."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.ledger_office import LedgerOffice, open_office, read_anew
from filing import store
from finance_listing import payments_of, write_xlsx
from fundtracker.application.actions.ledger.matching import (
    Part,
    accept,
    accept_many,
    bring_back,
    cost_from,
    left_of,
    make_cost,
    set_aside,
    split,
    unmatch,
)
from fundtracker.application.actions.ledger.suggesting import candidates, suggestions
from fundtracker.application.actions.ledger.taking import propose_listing, take_listing
from fundtracker.application.actions.records import edit, remove
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment, InstalmentStatus
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.storage.journal import history


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        yield found


def told(each: Suggestion) -> tuple[str, str, str, int, str]:
    paid = each.cost or each.instalment
    assert paid is not None
    return each.line.reference, paid.reference, each.amount.plain, each.confidence, each.reason


def test_each_line_is_proposed_what_it_paid_with_the_reason(office: LedgerOffice) -> None:
    office.line(1)
    office.line(
        2,
        supplier="TRAINING TRUST",
        invoice_number="",
        amount=Money.pounds("50"),
        posted_on=date(2024, 1, 28),
    )
    office.line(
        3, supplier="CDC EXCHEQUER", invoice_number="", amount=Money.pounds("60"), posted_on=date(2024, 2, 10)
    )
    office.line(4, supplier="SOMEBODY ELSE", invoice_number="XX1", amount=Money.pounds("77"))
    office.line(
        5, supplier="SOMEBODY ELSE", invoice_number="", amount=Money.pounds("30"), posted_on=date(2024, 2, 20)
    )
    assert list(map(told, suggestions(office.workspace))) == [
        ("L-00001", "C-00001", "120.00", 99,
         "The invoice no. INV-1 agrees; £120.00 is its sum with VAT; the supplier is the same; posted on the day it was paid."),
        ("L-00003", "I-00001", "60.00", 88,
         "£60.00 is its amount; the supplier is another name of Cotswold District Council; posted on the day it was paid."),
        ("L-00002", "C-00002", "50.00", 88,
         "£50.00 is its amount; the supplier is the same; posted 3 days after it was paid."),
    ]  # fmt: skip
    assert office.workspace.select(LedgerMatch) == ()


def test_net_parts_and_more_than_the_cost(office: LedgerOffice) -> None:
    net = office.line(1, amount=Money.pounds("100"))
    (one,) = candidates(office.workspace, net)
    assert (one.confidence, "£100.00 is its eligible sum" in one.reason) == (99, True)
    part = office.line(2, amount=Money.pounds("70"))
    (two,) = candidates(office.workspace, part)
    assert (two.amount, two.confidence, "£70.00 of its £120.00" in two.reason) == (
        Money.pounds("70"),
        74,
        True,
    )
    more = office.line(3, amount=Money.pounds("200"))
    (three,) = candidates(office.workspace, more)
    assert (three.amount, "all of its £120.00, which is less than the line's £200.00" in three.reason) == (
        Money.pounds("120"),
        True,
    )
    accept(office.workspace, one)
    assert candidates(office.workspace, more) == ()  # it is settled net: only its VAT can be paid apart
    vat = office.line(4, amount=Money.pounds("20"))
    (four,) = candidates(office.workspace, vat)
    assert (four.confidence, "£20.00 is its VAT" in four.reason) == (99, True)


def test_what_was_agreed_before_teaches_a_supplier_s_other_name(office: LedgerOffice) -> None:
    first = office.line(1, supplier="TT HOLDINGS", invoice_number="", amount=Money.pounds("50"))
    assert suggestions(office.workspace) == ()
    split(office.workspace, first, [Part(office.training, Money.pounds("50"))])
    more = replace(
        office.training,
        id=office.training.id + 50,
        reference="C-00099",
        invoice_number="",
        net=Money.pounds("51"),
    )
    store(office.workspace.database, [more])
    office.line(2, supplier="TT HOLDINGS", invoice_number="", amount=Money.pounds("51"))
    assert list(map(told, suggestions(office.workspace))) == [
        ("L-00002", "C-00099", "51.00", 88, "£51.00 is its amount; the supplier was matched to Training Trust before; posted on the day it was paid."),
    ]  # fmt: skip


def test_equal_costs_make_nothing_sure_and_no_cost_is_paid_twice(office: LedgerOffice) -> None:
    twin = replace(office.training, id=office.training.id + 50, reference="C-00099", invoice_number="")
    store(office.workspace.database, [replace(twin, id=twin.id + 1, reference="C-00098"), twin])
    for number in (1, 2, 3, 4):
        office.line(number, supplier="TRAINING TRUST", invoice_number="", amount=Money.pounds("50"))
    found = suggestions(office.workspace)
    assert [(each.line.reference, each.confidence, each.reason.endswith("3 fit as well.")) for each in found] == [
        ("L-00001", 63, True), ("L-00002", 63, True), ("L-00003", 63, True),
    ]  # fmt: skip
    assert len({each.cost.id for each in found if each.cost}) == 3


def test_accepting_many_is_one_listed_entry_that_one_undo_takes_back(
    office: LedgerOffice, tmp_path: Path
) -> None:
    workspace = office.workspace
    take_listing(
        workspace, propose_listing(workspace, write_xlsx(tmp_path / "a.xlsx", payments_of(workspace)))
    )
    office.line(90, supplier="TRAINING TRUST", invoice_number="", amount=Money.pounds("12"))
    found = suggestions(workspace)
    matches = accept_many(workspace, found, least=80)
    assert sorted((each.line_id, each.cost_id, each.instalment_id, each.amount.plain) for each in matches) == [
        (1, 1, None, "120.00"), (2, 2, None, "50.00"), (3, None, 1, "60.00"),
    ]  # fmt: skip
    with workspace.database.reader() as conn:
        entry = history(conn)[0]
    assert (entry.title, len(entry.reason.splitlines())) == ("Match 3 ledger lines", 3)
    assert "L-00001 = C-00001, £120.00 (99%): The invoice no. INV-1 agrees" in entry.reason
    with pytest.raises(Refused):
        accept_many(workspace, found, least=80)
    workspace.undo()
    assert workspace.select(LedgerMatch) == ()
    with pytest.raises(Refused) as refused:
        accept_many(workspace, found, least=100)
    assert (
        str(refused.value)
        == "None of the suggestions is 100% sure or more: lower the bound, or look at them one by one."
    )


def test_a_line_is_split_over_costs_and_instalments(office: LedgerOffice) -> None:
    line = office.line(1, amount=Money.pounds("250"))
    parts = [
        Part(office.cameras, Money.pounds("120")),
        Part(office.training, Money.pounds("50")),
        Part(office.instalment, Money.pounds("60")),
    ]
    matches = split(office.workspace, line, parts)
    assert left_of(office.workspace, line) == Money.pounds("20")
    unmatch(office.workspace, matches[0])
    assert left_of(office.workspace, line) == Money.pounds("140")


def test_a_cost_is_made_of_a_line_prefilled_from_its_code(office: LedgerOffice) -> None:
    workspace = office.workspace
    line = office.line(
        1,
        supplier="NEW FENCING",
        invoice_number="F1",
        description="Fence",
        code="7401",
        amount=Money.pounds("240"),
    )
    values = cost_from(workspace, line)
    assert values == {
        "supplier": "NEW FENCING", "invoice_number": "F1", "description": "Fence", "received_on": line.posted_on, "invoiced_on": line.posted_on,
        "paid_on": line.posted_on, "net": Money.pounds("240"), "ledger_code": "7401", "intervention_id": 1, "expense": office.cameras.expense,
        "category_id": office.programme.equipment.id,
    }  # fmt: skip
    cost = make_cost(workspace, line, values | {"net": Money.pounds("200"), "vat": Money.pounds("40")})
    (match,) = workspace.select(LedgerMatch)
    assert (match.cost_id, match.amount, match.confidence, cost.reference) == (
        cost.id,
        Money.pounds("240"),
        100,
        "C-00004",
    )
    again = office.line(
        2, supplier="NEW FENCING", invoice_number="F2", code="OTHER", amount=Money.pounds("12")
    )
    assert (cost_from(workspace, again)["category_id"], cost_from(workspace, again)["supplier"]) == (
        cost.category_id,
        "NEW FENCING",
    )
    workspace.undo()  # the second line
    workspace.undo()
    assert workspace.find(Cost, "C-00004") is None
    assert workspace.select(LedgerMatch) == ()


def test_lines_that_are_not_ours_say_why(office: LedgerOffice) -> None:
    workspace = office.workspace
    line = office.line(1)
    with pytest.raises(Refused) as refused:
        set_aside(workspace, [line], "  ")
    assert str(refused.value) == "Write why the lines aren't ours: an auditor will ask."
    set_aside(workspace, [line], "The other programme's")
    assert suggestions(workspace) == ()
    bring_back(workspace, [workspace.get(LedgerLine, 1)])
    assert len(suggestions(workspace)) == 1


def matched(office: LedgerOffice, **values: Any) -> LedgerMatch:
    (match,) = split(
        office.workspace,
        office.line(1, **values),
        [Part(office.cameras, values.get("amount", Money.pounds("120")))],
    )
    return match


def _over_the_line(office: LedgerOffice) -> None:
    split(
        office.workspace,
        office.line(1),
        [Part(office.cameras, Money.pounds("100")), Part(office.training, Money.pounds("30"))],
    )


def _other_way(office: LedgerOffice) -> None:
    split(office.workspace, office.line(1), [Part(office.cameras, Money.pounds("-5"))])


def _nought(office: LedgerOffice) -> None:
    split(office.workspace, office.line(1), [Part(office.cameras, Money(0))])


def _over_the_cost(office: LedgerOffice) -> None:
    split(office.workspace, office.line(1), [Part(office.training, Money.pounds("60"))])


def _over_the_instalment(office: LedgerOffice) -> None:
    split(office.workspace, office.line(1), [Part(office.instalment, Money.pounds("61"))])


def _partners(office: LedgerOffice) -> None:
    split(office.workspace, office.line(1), [Part(office.partners, Money.pounds("30"))])


def _both(office: LedgerOffice) -> None:
    edit(office.workspace, matched(office), instalment_id=office.instalment.id)


def _none(office: LedgerOffice) -> None:
    edit(office.workspace, matched(office), cost_id=None)


def _aside(office: LedgerOffice) -> None:
    matched(office)
    set_aside(office.workspace, [office.workspace.get(LedgerLine, 1)], "Not ours")


def _line_lowered(office: LedgerOffice) -> None:
    matched(office)
    read_anew(office.workspace, 1, amount=Money.pounds("119.99"))


def _cost_lowered(office: LedgerOffice) -> None:
    matched(office)
    edit(office.workspace, office.workspace.get(Cost, office.cameras.id), net=Money.pounds("99"))


def _cost_removed(office: LedgerOffice) -> None:
    matched(office)
    remove(office.workspace, office.workspace.get(Cost, office.cameras.id))


def _line_removed(office: LedgerOffice) -> None:
    matched(office)
    remove(office.workspace, office.workspace.get(LedgerLine, 1))


def _cancelled(office: LedgerOffice) -> None:
    edit(
        office.workspace, office.workspace.get(Instalment, 1), status=InstalmentStatus.CANCELLED, paid_on=None
    )
    split(office.workspace, office.line(1), [Part(office.instalment, Money.pounds("60"))])


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (_over_the_line, "The matches of L-00001 would come to £130.00, more than its £120.00: lower one, or take one off."),
        (_other_way, "A match goes the way its line goes, and is never nought; L-00001 is £120.00."),
        (_nought, "A match goes the way its line goes, and is never nought; L-00001 is £120.00."),
        (_over_the_cost, "The ledger lines matched to C-00002 would come to £60.00, more than its £50.00: lower a match, or take one off."),
        (_over_the_instalment, "The ledger lines matched to I-00001 would come to £61.00, more than its £60.00: lower a match, or take one off."),
        (_partners, "C-00003 was spent by a partner, out of its grant: match the line to the grant's instalment."),
        (_both, "A match names a cost or an instalment, one of the two: choose what the line paid."),
        (_none, "A match names a cost or an instalment, one of the two: choose what the line paid."),
        (_aside, "L-00001 is matched: take its matches off before you set it aside."),
        (_line_lowered, "The matches of L-00001 would come to £120.00, more than its £119.99: lower one, or take one off."),
        (_cost_lowered, "The ledger lines matched to C-00001 would come to £120.00, more than its £119.00: lower a match, or take one off."),
        (_cost_removed, "This cost is used by 1 ledger match (ledger match of L-00001, C-00001): remove or move it first."),
        (_line_removed, "This ledger line is used by 1 ledger match (ledger match of L-00001, C-00001): remove or move it first."),
        (_cancelled, "I-00001 is cancelled: schedule it again, or choose another one."),
    ],
)  # fmt: skip
def test_what_would_make_the_ledger_wrong_is_refused(
    office: LedgerOffice, act: Callable[[LedgerOffice], None], why: str
) -> None:
    with pytest.raises(Refused) as refused:
        act(office)
    assert why in list(map(str, refused.value.problems))
