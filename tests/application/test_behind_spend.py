"""Behind every figure of a return's Spend is a list that adds up to it, to the penny: for drafts as the costs stand, for sent ones as frozen."""

from datetime import date
from pathlib import Path

import pytest

from application.deeds import pounds
from application.returning import SIGNED, Office
from fundtracker.application.actions.records import edit
from fundtracker.application.actions.returns import ReturnView, begin_return, look_at, submit_return
from fundtracker.application.behind import words_behind
from fundtracker.application.behind_spend import Rows, SpendFigure, costs_behind
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.snapshot import SpendRow
from fundtracker.storage.queries import SPENT, ListQuery

THIS_QUARTER, ACCRUED, ADJUSTMENTS, CLAIMED_BEFORE, TO_DATE = SpendFigure


def figures(row: SpendRow) -> dict[SpendFigure, Money]:
    return {
        THIS_QUARTER: row.this_quarter,
        ACCRUED: row.accrued,
        ADJUSTMENTS: row.adjustments,
        CLAIMED_BEFORE: row.claimed_before,
        TO_DATE: row.to_date,
    }


def behind(workspace: Workspace, view: ReturnView, row: SpendRow, figure: SpendFigure) -> Rows:
    spent_on = workspace.find(Intervention, row.reference)
    assert spent_on is not None
    (category,) = workspace.select(CostCategory, name=row.category)
    return costs_behind(
        view.case, view.snapshot, Line(spent_on.id, Expense(row.expense), category.id), figure
    )


def come_to(workspace: Workspace, rows: Rows) -> Money:
    """The total below the list."""
    kind, within = rows
    totals = workspace.lists.totals(ListQuery(kind, within=within))
    return Money.read(totals[SPENT if kind is Cost else "amount"])


def shown(workspace: Workspace, return_id: int) -> dict[SpendFigure, tuple[str, str]]:
    """Of the one line of a return: each figure's list in words, and what it comes to."""
    view = look_at(workspace, return_id)
    (row,) = view.snapshot.spend
    lists = {figure: behind(workspace, view, row, figure) for figure in SpendFigure}
    return {
        figure: (words_behind(workspace, *rows), come_to(workspace, rows).shown)
        for figure, rows in lists.items()
    }


@pytest.fixture
def third(office: Office, quick: None) -> FunderReturn:
    """The second return of 2024/25, with a cost of its own accrued, one that came late, and one that was lowered."""
    office.submits_next()
    office.submits_next()
    office.clock.day = date(2024, 7, 1)
    lowered = office.spends("500.00", date(2024, 5, 2))
    office.submits_next()
    office.clock.day = date(2024, 10, 1)
    office.spends("60.00", date(2024, 8, 1))
    office.spends("7.50", date(2024, 9, 1), invoiced_on=None)
    office.spends("20.01", date(2024, 6, 30), adjustment_reason="Invoice found in August")
    edit(office.workspace, office.workspace.get(Cost, lowered.id), net=pounds("450"), adjustment_reason="Credit note")  # fmt: skip
    return begin_return(office.workspace, office.award_id)


def test_the_lists_behind_a_drafts_figures_say_what_they_are_and_add_up(
    office: Office, third: FunderReturn
) -> None:
    assert str(third.quarter) == "2024/25 Q2"
    award, line = office.workspace.book(office.award_id).award.reference, _line(office)
    counted = "counted as spent. A partner's cost counts once it is accepted."
    found = shown(office.workspace, third.id)
    assert found == {
        THIS_QUARTER: (f"Only those of: {line}, received in 2024/25 Q2, {counted}", "67.50"),
        ACCRUED: (
            f"Only those of: {line}, received in 2024/25 Q2, not invoiced by 30/09/2024, {counted}",
            "7.50",
        ),
        ADJUSTMENTS: (
            f"Only those of: adjusted in {third.reference}: they came to £470.01 here, and earlier returns had said £500.00, which makes -£29.99.",
            "470.01",
        ),
        CLAIMED_BEFORE: (
            f"Only what was said of costs: {award}, said in returns of 2024/25 Q1, {line}, of 2024/25 Q1 to Q2.",
            "500.00",
        ),
        TO_DATE: (f"Only those of: {line}, received in 2024/25 Q1 to Q2, {counted}", "537.51"),
    }


def test_the_lists_behind_a_submitted_returns_figures_stay_what_it_said(
    office: Office, third: FunderReturn
) -> None:
    office.clock.day = date(2024, 10, 2)
    office.explains(third)
    sent = submit_return(office.workspace, third.id, SIGNED)
    for cost in office.workspace.select(Cost):
        edit(office.workspace, cost, net=cost.net + pounds("1"), invoiced_on=date(2024, 10, 1), adjustment_reason="Since")  # fmt: skip
    award, line = office.workspace.book(office.award_id).award.reference, _line(office)
    said = f"Only what was said of costs: {sent.reference}, {line}"
    assert shown(office.workspace, sent.id) == {
        THIS_QUARTER: (f"{said}, 2024/25 Q2.", "67.50"),
        ACCRUED: (f"{said}, 2024/25 Q2, with no invoice at 30/09/2024.", "7.50"),
        ADJUSTMENTS: (f"{said}, of 2024/25 Q1.", "-29.99"),
        CLAIMED_BEFORE: (
            f"Only what was said of costs: {award}, said in returns of 2024/25 Q1, {line}, of 2024/25 Q1 to Q2.",
            "500.00",
        ),
        TO_DATE: (
            f"Only what was said of costs: {award}, said in returns of 2024/25 Q1 to Q2, {line}, of 2024/25 Q1 to Q2.",
            "537.51",
        ),
    }


def _line(office: Office) -> str:
    intervention = office.workspace.get(Intervention, office.intervention_id)
    return f"{intervention.reference}, Resource, Staff"


def test_late_costs_that_are_new_are_the_adjustments_themselves(office: Office, quick: None) -> None:
    office.submits_next()
    office.clock.day = date(2024, 4, 5)
    office.spends("99.99", date(2023, 12, 1), adjustment_reason="Invoice found in March")
    draft = begin_return(office.workspace, office.award_id)
    assert shown(office.workspace, draft.id)[ADJUSTMENTS] == (
        f"Only those of: adjusted in {draft.reference}.",
        "99.99",
    )


def test_behind_every_figure_of_the_demonstrations_returns_is_a_list_that_adds_up_to_it(
    demonstration: Path,
) -> None:
    looked = 0
    with Workspace.open(demonstration) as workspace:
        for each in workspace.select(FunderReturn):
            view = look_at(workspace, each.id)
            for row in view.snapshot.spend:
                for figure, amount in figures(row).items():
                    rows = behind(workspace, view, row, figure)
                    kind, within = rows
                    found = come_to(workspace, rows)
                    words = words_behind(workspace, *rows)
                    assert found == amount or f"which makes {amount.in_full}." in words, (each.reference, row.reference, figure, words)  # fmt: skip
                    assert kind is (ReturnLine if each.state.frozen or figure is CLAIMED_BEFORE else Cost)
                    assert within
                    looked += bool(amount)
    assert looked > 100
