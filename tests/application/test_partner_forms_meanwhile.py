"""What happens between the issue of a form and its return, or after its acceptance: nobody is blamed, nothing is counted twice or lost."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from application.deeds import head_of, refused
from filing import filed
from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    issue_form,
    issue_forms,
    look_at_form,
)
from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Indicator, Risk
from fundtracker.domain.interventions import Milestone
from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Severity
from partner import Partner, records, sound
from partnering import COST_1, Q1, Q2, pounds

TODAY = date(2024, 10, 10)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with filed(tmp_path / "office.fundtracker", records(without=[3, 4]), today=TODAY) as opened:
        yield opened


def filled(workspace: Workspace, folder: Path) -> Path:
    """The form of Q2, issued and filled in."""
    _, path = issue_form(workspace, 1, Q2, folder)
    partner = Partner(path)
    partner.fills(look_at_form(workspace, path).case, sound())
    return partner.saves(folder / "Returned form.xlsx")


def second(workspace: Workspace, folder: Path, changed: dict[str, Any] | None = None) -> Path:
    """A second form of Q2, declared anew, with these cells of its first cost typed."""
    _, path = issue_form(workspace, 1, Q2, folder / "second", again=True)
    partner = Partner(path)
    answers = {"declaration": sound()["declaration"]}
    partner.fills(look_at_form(workspace, path).case, answers)
    for heading, value in (changed or {}).items():
        partner.types("COST-001", heading, value)
    return partner.saves(folder / "second" / "Returned.xlsx")


def counted(workspace: Workspace) -> Money:
    """What the grant's costs of Q2 come to."""
    return total(each.eligible for each in workspace.select(Cost, grant_id=1) if each.quarter == Q2)


def first_cost(workspace: Workspace) -> Cost:
    return next(
        each
        for each in workspace.select(Cost, form_row="COST-001")
        if each.quarter == Q2 and each.reversal_of is None
    )


def takes_back(workspace: Workspace, net: str) -> Cost:
    """The office takes back a part of the partner's first cost, by hand."""
    cost = first_cost(workspace)
    same = ("intervention_id", "grant_id", "supplier", "received_on", "vat_recoverable", "expense", "category_id", "accepted_on")  # fmt: skip
    values = {name: getattr(cost, name) for name in same}
    return add(workspace, Cost, values | {"net": pounds(net), "reversal_of": cost.id})


def names(looked: FormLooked, severity: Severity) -> list[str]:
    return [each.check for each in looked.problems if each.severity is severity]


# What the office added since


def test_what_was_added_since_the_form_was_issued_is_not_held_against_the_partner(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A risk that another partner's form brought in stands on every form of the intervention."""
    path = filled(workspace, tmp_path)
    risk, indicator = workspace.select(Risk)[0], workspace.select(Indicator)[0]
    add(workspace, Risk, {column: getattr(risk, column) for column in ("award_id", "intervention_id", "category", "impact_before", "likelihood_before", "impact_after", "likelihood_after", "owner", "proximity", "raised_on")} | {"title": "Another partner's"})  # fmt: skip
    add(workspace, Milestone, {"intervention_id": 1, "what": "A later one", "baseline_on": date(2025, 1, 1)})
    add(workspace, Indicator, {column: getattr(indicator, column) for column in ("intervention_id", "measures", "unit", "source", "target")} | {"title": "A new one", "reference": "O-9"})  # fmt: skip
    looked = look_at_form(workspace, path)
    assert names(looked, Severity.ERROR) == []
    told = [each.message for each in looked.problems if each.check == "missing_rows"]
    assert len(told) == 3
    assert "Another partner's" in "".join(told)
    assert accept_form(workspace, looked).reported == counted(workspace)


def test_a_copy_sent_out_before_the_form_was_issued_anew_is_still_the_offices_own(
    workspace: Workspace, tmp_path: Path
) -> None:
    path, indicator = filled(workspace, tmp_path), workspace.select(Indicator)[0]
    edit(workspace, indicator, target=Decimal("76.5"))
    _, anew = issue_form(workspace, 1, Q2, tmp_path / "anew")
    looked = look_at_form(workspace, path)
    assert names(looked, Severity.ERROR) == []
    assert "locked" in names(looked, Severity.NOTE)
    assert len(looked.form.seals) == 2
    assert issue_form(workspace, 1, Q2, tmp_path / "anew") == (looked.form, anew)
    partner = Partner(path)
    partner.types("OUT-1", "Target, all partners", 1)
    touched = look_at_form(workspace, partner.saves(tmp_path / "touched.xlsx"))
    assert names(touched, Severity.ERROR) == ["locked"]


# Parts that the office took back


def test_a_cost_of_which_the_office_took_back_a_part_stands_on_the_second_form(
    workspace: Workspace, tmp_path: Path
) -> None:
    accept_form(workspace, look_at_form(workspace, filled(workspace, tmp_path)))
    before = counted(workspace)
    takes_back(workspace, "-400")
    looked = look_at_form(workspace, second(workspace, tmp_path))
    assert names(looked, Severity.ERROR) == []
    assert "held_beside" in names(looked, Severity.WARNING)
    assert looked.differences == ()
    accept_form(workspace, looked, "Signed anew")
    assert counted(workspace) == before - pounds("400")
    assert len(workspace.select(Cost, form_row="COST-001")) == 2  # of Q1 and of Q2: none was added


def test_what_is_left_of_it_goes_where_the_second_form_leaves_it_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    accept_form(workspace, look_at_form(workspace, filled(workspace, tmp_path)))
    before, cost = counted(workspace), first_cost(workspace)
    takes_back(workspace, "-400")
    blank = {"Intervention": None, "Capital or resource": None, "Cost category": None, "Supplier": None, "Invoice no.": None, "Description": None, "Ordered": None, "Received": None, "Invoiced": None, "Paid": None, "Net": None, "VAT": None, "VAT recoverable?": None}  # fmt: skip
    path = second(workspace, tmp_path, blank)
    partner = Partner(path)
    partner.types("SPEND-1-R-1", "Spent this quarter", 0)
    partner.types("BUDGET-1", "Reason for over- or underspend", "It was another grant's")
    looked = look_at_form(workspace, partner.saves())
    assert names(looked, Severity.ERROR) == []
    accept_form(workspace, looked, "It was another grant's")
    assert counted(workspace) == before - cost.eligible
    assert [each.net for each in workspace.select(Cost, reversal_of=cost.id)] == [
        pounds("-400"),
        pounds("400") - cost.net,
    ]


# The grant's money of the year


def test_a_second_form_of_an_earlier_quarter_leaves_the_later_ones_their_money(
    workspace: Workspace, tmp_path: Path
) -> None:
    accept_form(workspace, look_at_form(workspace, filled(workspace, tmp_path)))
    _, path = issue_form(workspace, 1, Q1, tmp_path / "first", again=True)
    partner = Partner(path)
    case = look_at_form(workspace, path).case
    for key in case.rows["spend"]:
        for quarter in case.ahead:
            partner.types(key, f"Forecast {quarter}", 0)
    more = COST_1 | {"received_on": date(2024, 6, 3), "ordered_on": None, "invoiced_on": None, "paid_on": None, "vat": Money(0)}  # fmt: skip
    partner.fills(
        case, {"costs": {"COST-001": more | {"net": pounds("4500")}}, "spend": {"SPEND-1-R-1": {"spent": pounds("4500")}}}
    )  # fmt: skip
    found = look_at_form(workspace, partner.saves(tmp_path / "first" / "back.xlsx")).problems
    (wrong,) = [each for each in found if each.check == "above_grant"]
    assert wrong.severity is Severity.ERROR
    assert "£1,000.10 accepted already and £4,500.00 now, of £5,500.00" in wrong.message


# Files


def test_a_form_that_a_partner_filled_in_is_never_written_over(workspace: Workspace, tmp_path: Path) -> None:
    _, path = issue_form(workspace, 1, Q2, tmp_path)
    partner = Partner(path)
    partner.fills(look_at_form(workspace, path).case, sound())
    partner.saves()
    held, head = path.read_bytes(), head_of(workspace)
    said = refused(lambda: issue_forms(workspace, Q2, tmp_path))
    assert said == (
        "“G-1 2024-25-Q2.xlsx” is in the folder already, and not as it would be written now: a partner may have filled it in. "
        "Move it, or choose another folder. Nothing was written."
    )
    assert (path.read_bytes(), head_of(workspace)) == (held, head)


def test_the_very_form_may_be_written_again(workspace: Workspace, tmp_path: Path) -> None:
    issued = issue_form(workspace, 1, Q2, tmp_path)
    assert issue_form(workspace, 1, Q2, tmp_path) == issued
