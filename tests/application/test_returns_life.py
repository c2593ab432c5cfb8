"""The life of a return through the actions, on a real file: begun, sent, submitted, queried, accepted, paid."""

from dataclasses import replace
from datetime import date

import pytest

from application.deeds import faults, head_of, pounds
from application.returning import Q1, Q3, Q4, SIGNED, Office, ties
from fundtracker.application.actions.records import add
from fundtracker.application.actions.returns import (
    begin_return,
    correct_payment,
    look_at,
    mark_accepted,
    mark_answered,
    mark_paid,
    mark_queried,
    send_to_cfo,
    submit_return,
    take_back,
)
from fundtracker.application.return_story import return_story
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, ReturnState
from programme import RESOURCE


def test_a_return_lives_from_draft_to_paid(office: Office, quick: None) -> None:
    workspace = office.workspace
    draft = begin_return(workspace, office.award_id)
    assert (draft.quarter, draft.state, draft.due_on) == (Q3, ReturnState.DRAFT, date(2024, 1, 30))
    assert draft.reference == "SSF5-VAWG 2023-24-Q3"
    with_cfo = send_to_cfo(workspace, draft.id)
    assert with_cfo.state is ReturnState.WITH_CFO
    assert take_back(workspace, draft.id).state is ReturnState.DRAFT
    send_to_cfo(workspace, draft.id)
    sent = submit_return(workspace, draft.id, SIGNED)
    assert (sent.state, sent.claim, sent.earlier_years, sent.submitted_on) == (
        ReturnState.SUBMITTED,
        pounds("1234.56"),
        Money(0),
        date(2024, 1, 10),
    )
    assert (sent.prepared_by, sent.checked_by, sent.signed_by, sent.signed_role, sent.signed_on) == (
        "Programme manager",
        "Finance officer",
        "Signatory",
        "Chief Finance Officer",
        date(2024, 1, 10),
    )
    assert [(line.cost_id, line.amount) for line in workspace.select(ReturnLine, return_id=draft.id)] == [
        (1, pounds("1000")),
        (2, pounds("234.56")),
    ]
    assert mark_queried(workspace, sent.id, "Why?").state is ReturnState.QUERIED
    assert mark_accepted(workspace, sent.id).state is ReturnState.ACCEPTED
    office.clock.day = date(2024, 2, 20)
    paid = mark_paid(workspace, sent.id, pounds("1234.56"), date(2024, 2, 19))
    assert (paid.state, paid.received, paid.received_on) == (
        ReturnState.PAID,
        pounds("1234.56"),
        date(2024, 2, 19),
    )
    assert (
        replace(paid, state=sent.state, query="", received=Money(0), received_on=None, version=sent.version)
        == sent
    )
    assert faults(office.workspace) == []


def test_what_was_submitted_is_what_was_shown_and_it_ties(office: Office, quick: None) -> None:
    sent = office.submits_next()
    view = look_at(office.workspace, sent.id)
    assert view.problems == ()
    assert not view.snapshot.header.draft
    assert view.snapshot.cash.claim == sent.claim == pounds("1234.56")
    assert ties(view.snapshot)


def test_the_next_return_begins_with_the_last_ones_forecasts(office: Office, quick: None) -> None:
    first = begin_return(office.workspace, office.award_id)
    for of, amount in ((Q4, "10"), (Q1, "20")):
        add(
            office.workspace,
            Forecast,
            {
                "return_id": first.id,
                "intervention_id": office.intervention_id,
                "quarter": of,
                "expense": RESOURCE,
                "category_id": office.category_id,
                "amount": pounds(amount),
            },
        )
    submit_return(office.workspace, first.id, SIGNED)
    second = begin_return(office.workspace, office.award_id)
    carried = office.workspace.select(Forecast, return_id=second.id)
    assert [(each.quarter, each.amount) for each in carried] == [(Q1, pounds("20"))]


def test_the_history_tells_what_happened_to_a_return_and_when(office: Office, quick: None) -> None:
    workspace = office.workspace
    draft = begin_return(workspace, office.award_id)
    send_to_cfo(workspace, draft.id)
    workspace.undo()  # it had not been read
    office.clock.day = date(2024, 1, 12)
    send_to_cfo(workspace, draft.id)
    submit_return(workspace, draft.id, SIGNED)
    office.clock.day = date(2024, 1, 20)
    mark_queried(workspace, draft.id, "Which officers went?")
    office.clock.day = date(2024, 1, 22)
    answered = mark_answered(workspace, draft.id, "Those of the list sent on 8 January.")
    assert (answered.state, answered.query) == (ReturnState.SUBMITTED, "Which officers went?")
    office.clock.day = date(2024, 2, 1)
    mark_accepted(workspace, draft.id)
    office.clock.day = date(2024, 2, 20)
    mark_paid(workspace, draft.id, pounds("1234.56"), date(2024, 2, 19))
    told = return_story(workspace, draft.id)
    assert [(step.state, step.on.isoformat(), step.words, step.again) for step in told] == [
        (ReturnState.DRAFT, "2024-01-10", "", False),
        (ReturnState.WITH_CFO, "2024-01-12", "", False),
        (ReturnState.SUBMITTED, "2024-01-12", "Claim £1,234.56, signed by Signatory", False),
        (ReturnState.QUERIED, "2024-01-20", "Asked: Which officers went?", False),
        (ReturnState.SUBMITTED, "2024-01-22", "Those of the list sent on 8 January.", True),
        (ReturnState.ACCEPTED, "2024-02-01", "", False),
        (ReturnState.PAID, "2024-02-20", "£1,234.56 came on 19/02/2024", False),
    ]
    assert {step.who for step in told} == {workspace.actor}


def test_what_the_funder_did_is_taken_back_and_made_again_step_by_step(office: Office, quick: None) -> None:
    """It freezes nothing; what the return said stays as it was throughout."""
    workspace = office.workspace
    states = [office.submits_next()]
    return_id = states[0].id
    done = (
        lambda: mark_queried(workspace, return_id, "Why?"),
        lambda: mark_answered(workspace, return_id, "So."),
        lambda: mark_accepted(workspace, return_id),
        lambda: mark_queried(workspace, return_id, "Why again?"),
        lambda: mark_accepted(workspace, return_id),
        lambda: mark_paid(workspace, return_id, pounds("900000"), workspace.today),
        lambda: correct_payment(workspace, return_id, pounds("1234.56"), workspace.today),
    )
    states.extend(step() for step in done)

    def held() -> FunderReturn:
        return replace(workspace.get(FunderReturn, return_id), version=1)

    frozen = look_at(workspace, return_id).snapshot
    for before in reversed(states[:-1]):
        workspace.undo()
        assert held() == replace(before, version=1)
    told = [step.state for step in return_story(workspace, return_id)]
    assert told == [ReturnState.DRAFT, ReturnState.SUBMITTED]
    for after in states[1:]:
        workspace.redo()
        assert held() == replace(after, version=1)
    assert look_at(workspace, return_id).snapshot == frozen
    assert faults(workspace) == []


def test_a_payment_entered_wrongly_is_corrected_and_the_history_says_so(office: Office, quick: None) -> None:
    workspace = office.workspace
    sent = office.submits_next()
    with pytest.raises(Refused, match="is submitted: no payment of it is entered yet"):
        correct_payment(workspace, sent.id, pounds("1234.56"), workspace.today)
    office.clock.day = date(2024, 2, 20)
    mark_paid(workspace, sent.id, pounds("900000"), date(2024, 2, 19))
    office.clock.day = date(2024, 2, 21)
    paid = correct_payment(workspace, sent.id, pounds("1234.56"), date(2024, 2, 18))
    assert (paid.state, paid.received, paid.received_on) == (
        ReturnState.PAID,
        pounds("1234.56"),
        date(2024, 2, 18),
    )
    assert workspace.undo_title == f"The payment of the return was corrected ({sent.reference})"
    head = head_of(workspace)
    assert correct_payment(workspace, sent.id, pounds("1234.56"), date(2024, 2, 18)) == paid
    assert head_of(workspace) == head, "the same again is no change"
    assert [
        (step.state, step.on.isoformat(), step.words, step.again) for step in return_story(workspace, sent.id)
    ][-2:] == [
        (ReturnState.PAID, "2024-02-20", "£900,000.00 came on 19/02/2024", False),
        (ReturnState.PAID, "2024-02-21", "£1,234.56 came on 18/02/2024", True),
    ]
    workspace.undo()
    assert return_story(workspace, sent.id)[-1].words == "£900,000.00 came on 19/02/2024"
    assert faults(workspace) == []


def test_only_a_query_is_answered(office: Office, quick: None) -> None:
    sent = office.submits_next()
    with pytest.raises(Refused, match="is submitted: no query of the funder is open"):
        mark_answered(office.workspace, sent.id, "Nobody asked.")
    mark_accepted(office.workspace, sent.id)
    with pytest.raises(Refused, match="is accepted: no query of the funder is open"):
        mark_answered(office.workspace, sent.id, "Nobody asked.")
