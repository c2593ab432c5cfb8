"""What changes after a return was submitted goes into the next one, with its reason, and both tie."""

from datetime import date

import pytest

from application.deeds import faults, head_of, pounds
from application.returning import Q1, Q3, Q4, Office, problem_of, refused_unchanged, ties
from fundtracker.application.actions.records import edit, remove
from fundtracker.application.actions.returns import look_at
from fundtracker.domain.claims import ClaimPart
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import ReturnLine


def test_a_late_cost_appears_in_the_next_return_with_its_reason_and_both_tie(
    office: Office, quick: None
) -> None:
    first = office.submits_next()
    said = look_at(office.workspace, first.id).snapshot
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        office.spends("99.99", date(2023, 12, 1))
    assert problem_of(refused)[2] == "adjustment_reason"
    assert "The return of 2023/24 Q3 is already submitted" in refused_unchanged(office, refused, before)
    late = office.spends("99.99", date(2023, 12, 1), adjustment_reason="Invoice found in March")
    office.clock.day = date(2024, 4, 5)
    office.spends("10.00", date(2024, 2, 1))
    second = office.submits_next()
    view = look_at(office.workspace, second.id)
    lines = office.workspace.select(ReturnLine, return_id=second.id)
    assert [(line.cost_id, line.quarter, line.amount, line.reason) for line in lines] == [
        (late.id, Q3, pounds("99.99"), "Invoice found in March"),
        (late.id + 1, Q4, pounds("10.00"), ""),
    ]
    adjustments = [row for row in view.snapshot.costs if row.part == ClaimPart.ADJUSTMENT.value]
    assert [(row.cost, row.amount, row.reason) for row in adjustments] == [
        (late.reference, pounds("99.99"), "Invoice found in March")
    ]
    assert second.claim == pounds("109.99")
    assert ties(view.snapshot)
    assert look_at(office.workspace, first.id).snapshot == said
    assert ties(said)
    assert faults(office.workspace) == []


def test_a_second_late_change_has_a_reason_of_its_own(office: Office, quick: None) -> None:
    """The first one's stands in the return of Q4: it doesn't explain what came after."""
    office.submits_next()
    first = office.workspace.select(Cost)[0]
    office.clock.day = date(2024, 4, 5)
    edit(office.workspace, first, net=pounds("900"), adjustment_reason="Credit note 7")
    edit(office.workspace, office.workspace.get(Cost, first.id), net=pounds("901"))  # in no return yet
    office.submits_next()
    again, before = office.workspace.get(Cost, first.id), head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        edit(office.workspace, again, net=pounds("800"))
    assert "write the reason for this further change" in refused_unchanged(office, refused, before)
    edit(office.workspace, again, net=pounds("800"), adjustment_reason="Credit note 8")


def test_a_claimed_cost_is_not_removed_and_changes_only_with_a_reason(office: Office, quick: None) -> None:
    office.submits_next()
    workspace = office.workspace
    cost = workspace.get(Cost, 1)
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        remove(workspace, cost)
    assert "C-00001 stands in a submitted return and can't be removed. Reverse it instead" in str(
        refused.value
    )
    with pytest.raises(Refused) as refused:
        edit(workspace, cost, net=pounds("900"))
    assert problem_of(refused)[:3] == ("Cost", 1, "adjustment_reason")
    with pytest.raises(Refused):
        edit(workspace, cost, received_on=date(2024, 1, 5))
    assert head_of(office.workspace) == before
    edit(workspace, cost, ledger_code="9000")  # not money: no reason needed
    edit(workspace, workspace.get(Cost, 1), net=pounds("900"), adjustment_reason="Credit note")
    second = office.submits_next()
    assert second.claim == pounds("-100")
    assert look_at(workspace, second.id).snapshot.cash.claim == pounds("-100")


def test_a_correction_of_an_earlier_year_is_not_charged_to_this_one(office: Office, quick: None) -> None:
    office.submits_next()
    office.submits_next()
    edit(office.workspace, office.workspace.get(Cost, 1), net=pounds("900"), adjustment_reason="Credit note")
    third = office.submits_next()
    assert (third.quarter, third.claim, third.earlier_years) == (Q1, Money(0), pounds("-100"))
