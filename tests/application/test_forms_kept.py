"""What an accepted form said is kept to: its costs changed by hand are told, and none is slipped in beside it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from application.deeds import refused
from application.test_partner_forms import accepted, filled, second
from filing import filed, store
from fundtracker.application.actions.checking import check
from fundtracker.application.actions.partner_forms import accept_form, look_at_form, write_marked
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.actions.returns import look_at
from fundtracker.application.actions.tie_out import tie_out_of
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import AwardId
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Reading
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.problems import Severity
from fundtracker.domain.returns import FunderReturn, FunderReturnId
from partner import Partner, records
from partnering import Q2, RESOURCE, pounds

TODAY = date(2024, 10, 10)
SAID = "the accepted form says"
BESIDE = (
    "{form} is accepted for 2024/25 Q2 and says what the partner spent: "
    "ask for a second form, or write on the cost why it stands beside it."
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The grant of `partnering`, its Q1 accepted."""
    with filed(tmp_path / "office.fundtracker", records(without=[3, 4]), today=TODAY) as opened:
        yield opened


@pytest.fixture
def form(workspace: Workspace, tmp_path: Path) -> PartnerForm:
    """The form of Q2, accepted: 1,000.10 and 240.06."""
    return accepted(workspace, tmp_path)


def told(workspace: Workspace) -> list[str]:
    return [each.message for each in check(workspace) if SAID in each.message]


def by_hand(workspace: Workspace, **more: Any) -> Cost:
    values: dict[str, Any] = {
        "intervention_id": 1, "grant_id": 1, "supplier": "By hand", "net": pounds("10"), "received_on": date(2024, 8, 1),
        "accepted_on": TODAY, "expense": RESOURCE, "category_id": 1,
    }  # fmt: skip
    return add(workspace, Cost, values | more)


def test_a_cost_of_an_accepted_form_changed_by_hand_is_told_everywhere(
    workspace: Workspace, form: PartnerForm
) -> None:
    assert told(workspace) == []
    first, other = workspace.select(Cost, form_id=form.id)
    edit(workspace, first, net=pounds("900.10"))
    (message,) = told(workspace)
    assert message.startswith(f"{form.reference}, ")
    assert f"{SAID} £1,000.10, and the costs that stand for it come to £900.10." in message
    tied = tie_out_of(workspace, 1, Q2)
    assert not tied.ties
    assert [each.difference for each in tied.form_gaps] == [pounds("-100")]
    remove(workspace, other)
    assert len(told(workspace)) == 2
    workspace.undo()
    workspace.undo()
    assert (told(workspace), tie_out_of(workspace, 1, Q2).ties) == ([], True)


def test_the_return_says_it_once_and_as_a_warning(workspace: Workspace, form: PartnerForm) -> None:
    draft = FunderReturn(
        id=FunderReturnId(1), award_id=AwardId(1), quarter=Q2, reference="SSF5-ASB 2024-25-Q2"
    )
    store(workspace.database, [draft])
    (first, _) = workspace.select(Cost, form_id=form.id)
    edit(workspace, first, net=pounds("900.10"))
    found = [each for each in look_at(workspace, draft.id).problems if SAID in each.message]
    assert [(each.severity, each.kind, each.record_id) for each in found] == [
        (Severity.WARNING, "PartnerForm", form.id)
    ]
    assert told(workspace) == [found[0].message]


def test_what_a_second_form_changes_agrees_with_it(workspace: Workspace, tmp_path: Path) -> None:
    _, looked = second(workspace, tmp_path)
    accept_form(workspace, looked, "An invoice was typed wrongly")
    assert (told(workspace), tie_out_of(workspace, 1, Q2).ties) == ([], True)


def test_a_cost_beside_an_accepted_form_says_why(workspace: Workspace, form: PartnerForm) -> None:
    said = BESIDE.format(form=form.reference)
    assert refused(lambda: by_hand(workspace)) == said
    (first, _) = workspace.select(Cost, form_id=form.id)
    assert refused(lambda: edit(workspace, first, form_id=None)) == said
    noted = by_hand(workspace, accepted_on=None)  # counts for nothing yet
    assert refused(lambda: edit(workspace, noted, accepted_on=TODAY)) == said
    later = by_hand(workspace, received_on=date(2024, 10, 3))
    assert refused(lambda: edit(workspace, later, received_on=date(2024, 9, 30))) == said
    beside = by_hand(workspace, duplicate_reason="A late invoice; the partner agreed by letter")
    beside = edit(workspace, beside, net=pounds("11"))
    assert refused(lambda: edit(workspace, beside, duplicate_reason=" ")) == said


def test_one_that_was_there_before_the_form_stays(workspace: Workspace, tmp_path: Path) -> None:
    """Accepting the form told of it; it is corrected and reversed as ever, and so is a cost of the form."""
    held = by_hand(workspace, accepted_on=date(2024, 10, 9))
    form = accepted(workspace, tmp_path)
    edit(workspace, workspace.get(Cost, held.id), net=pounds("12"))
    first = workspace.select(Cost, form_id=form.id)[0]
    by_hand(workspace, net=-first.net, received_on=first.received_on, reversal_of=first.id, accepted_on=TODAY)
    assert by_hand(workspace, grant_id=None, accepted_on=None).id


def doubled(workspace: Workspace, path: Path) -> list[str]:
    return [
        each.message for each in look_at_form(workspace, path).problems if each.check == "outputs_counted"
    ]


def test_a_reading_entered_by_hand_is_told_before_a_form_is_added_to_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = filled(workspace, tmp_path)
    assert doubled(workspace, path) == []
    reading = add(workspace, Reading, {"indicator_id": 1, "quarter": Q2, "value": Decimal(2)})
    (message,) = doubled(workspace, path)
    assert "(I-1 Cases: 2 held, 3.5 said here)" in message
    remove(workspace, reading)
    accept_form(workspace, look_at_form(workspace, path))
    partner = Partner(path)
    partner.types("OUT-1", "This quarter", 5)
    second_path = partner.saves(tmp_path / "Second.xlsx")
    assert doubled(workspace, second_path) == [], (
        "the reading holds what the first form said, and nothing else"
    )
    (held,) = workspace.select(Reading)
    edit(workspace, held, value=Decimal(4))
    (message,) = doubled(workspace, second_path)
    assert "(I-1 Cases: 0.5 held, 5 said here)" in message


def test_what_only_the_office_can_mend_is_not_told_to_the_partner(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = filled(workspace, tmp_path)
    add(workspace, Reading, {"indicator_id": 1, "quarter": Q2, "value": Decimal(2)})
    (said,) = doubled(workspace, path)
    write_marked(workspace, look_at_form(workspace, path), tmp_path / "marked.xlsx")
    cells = [
        str(cell)
        for row in Partner(tmp_path / "marked.xlsx").book["Issues"].iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    assert said not in cells
    assert "Warnings" in cells
