"""A return that may not be begun, signed, submitted or paid is refused with the way out, and nothing is written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from application.deeds import head_of, pounds
from application.returning import Q1, SIGNED, Office, problem_of, refused_unchanged
from fundtracker.application.actions.records import add, edit
from fundtracker.application.actions.returns import (
    begin_return,
    correct_payment,
    mark_paid,
    send_to_cfo,
    submit_return,
)
from fundtracker.application.sign_off import SignOff
from fundtracker.domain import preparation
from fundtracker.domain.changes import added, edited
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnState
from fundtracker.domain.snapshot import BridgeRow
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from programme import RESOURCE, year


def test_a_second_open_return_is_refused(office: Office, quick: None) -> None:
    draft = begin_return(office.workspace, office.award_id)
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        begin_return(office.workspace, office.award_id)
    assert refused_unchanged(office, refused, before).startswith(f"{draft.reference} isn't submitted yet")


def test_a_skipped_quarter_is_refused(office: Office, quick: None) -> None:
    office.submits_next()
    before = head_of(office.workspace)
    skipping = FunderReturn(
        id=FunderReturnId(office.workspace.new_id(FunderReturn)),
        award_id=office.workspace.get(FunderReturn, 1).award_id,
        quarter=Q1,
        reference="Too early",
    )
    with pytest.raises(Refused) as refused:
        office.workspace.do("Skip", added(skipping))
    assert "The next return of SSF5-VAWG is for 2023/24 Q4" in refused_unchanged(office, refused, before)


def test_a_claim_above_the_years_award_is_refused_with_the_way_out(office: Office, quick: None) -> None:
    office.spends("49000", date(2023, 12, 1))
    draft = begin_return(office.workspace, office.award_id)
    before = head_of(office.workspace)
    for attempt in (
        lambda: send_to_cfo(office.workspace, draft.id),
        lambda: submit_return(office.workspace, draft.id, SIGNED),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        words = refused_unchanged(office, refused, before)
        assert (
            "2023/24: this return would bring the claims to £50,234.56, £234.56 more than the award of £50,000."
            in words
        )
        assert "record the funder's variation of the award first" in words
    variation = add(
        office.workspace,
        Variation,
        {
            "reference": "V1",
            "award_id": office.award_id,
            "number": 1,
            "reason": "More",
            "approved_by": "Commissioner",
            "approved_on": date(2024, 1, 9),
            "effective_on": date(2024, 1, 9),
        },
    )
    add(
        office.workspace,
        VariationChange,
        {
            "variation_id": variation.id,
            "kind": ChangeKind.AMOUNT,
            "year": year("2023/24"),
            "expense": RESOURCE,
            "old_amount": pounds("50000"),
            "new_amount": pounds("51000"),
        },
    )
    office.explains(draft)
    assert submit_return(office.workspace, draft.id, SIGNED).claim == pounds("50234.56")


@pytest.mark.parametrize(
    ("sign_off", "column"),
    [
        (replace(SIGNED, prepared_by=" "), "prepared_by"),
        (replace(SIGNED, checked_by=""), "checked_by"),
        (replace(SIGNED, signed_by=""), "signed_by"),
        (replace(SIGNED, signed_role=""), "signed_role"),
        (replace(SIGNED, signed_by="programme MANAGER"), "signed_by"),
        (replace(SIGNED, checked_by="programme MANAGER"), "checked_by"),
        (replace(SIGNED, signed_role="Gardener"), "signed_role"),
        (replace(SIGNED, signed_by="Programme   manager"), "signed_by"),
        (replace(SIGNED, checked_by="Programme\u00a0 Manager"), "checked_by"),
        (replace(SIGNED, signed_on=date(2024, 1, 11)), "signed_on"),
        (replace(SIGNED, signed_on=date(2023, 12, 31)), "signed_on"),
        (replace(SIGNED, checked_on=date(2024, 1, 11)), "checked_on"),
        (replace(SIGNED, checked_on=date(2024, 1, 4)), "checked_on"),
        (replace(SIGNED, signed_on=date(2024, 1, 4)), "signed_on"),
    ],
)
def test_a_return_is_signed_properly_or_not_submitted(
    office: Office, quick: None, sign_off: SignOff, column: str
) -> None:
    draft = begin_return(office.workspace, office.award_id)
    edit(office.workspace, draft, prepared_on=date(2024, 1, 5))
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        submit_return(office.workspace, draft.id, sign_off)
    assert problem_of(refused)[:3] == ("FunderReturn", draft.id, column)
    assert head_of(office.workspace) == before


@pytest.mark.parametrize(
    ("loses", "words"),
    [
        ("spend_rows", "This quarter: Costs come to £1,234.56 and Spend to £0."),
        ("bridge_rows", "£0 + £0 + £0 is not £1, or the cost records' £0 differs."),
    ],
)
def test_a_return_whose_sheets_would_not_tie_is_not_submitted(
    office: Office, quick: None, monkeypatch: pytest.MonkeyPatch, loses: str, words: str
) -> None:
    """A fault of the program between the claim and the sheets: the claim itself ties."""
    wrong = BridgeRow("2023/24", "X", "Resource", "Staff", *(Money(p) for p in (0, 0, 0, 100, 0)))

    def loses_it(*_: object) -> tuple[BridgeRow, ...]:
        return () if loses == "spend_rows" else (wrong,)

    monkeypatch.setattr(preparation, loses, loses_it)
    draft = begin_return(office.workspace, office.award_id)
    office.explains(draft)
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        submit_return(office.workspace, draft.id, SIGNED)
    assert words in refused_unchanged(office, refused, before)
    assert "a fault of the program: nothing was submitted" in str(refused.value)


def test_money_does_not_come_tomorrow(office: Office, quick: None) -> None:
    sent = office.submits_next()
    with pytest.raises(Refused) as refused:
        mark_paid(office.workspace, sent.id, pounds("1"), date(2024, 1, 11))
    assert problem_of(refused)[:3] == ("FunderReturn", sent.id, "received_on")


def test_money_does_not_come_before_it_was_asked_for(office: Office, quick: None) -> None:
    sent = office.submits_next()
    early = sent.submitted_on - timedelta(days=1) if sent.submitted_on else date.min
    before = head_of(office.workspace)
    for act in (
        lambda: mark_paid(office.workspace, sent.id, pounds("1"), early),
        lambda: office.workspace.do(
            "By another way",
            edited(sent, replace(sent, state=ReturnState.PAID, received_on=early)),
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "before the return was submitted (10/01/2024)" in refused_unchanged(office, refused, before)
        assert problem_of(refused)[:3] == ("FunderReturn", sent.id, "received_on")
    mark_paid(office.workspace, sent.id, pounds("1"), office.workspace.today)
    with pytest.raises(Refused, match="before the return was submitted"):
        correct_payment(office.workspace, sent.id, pounds("1"), early)
