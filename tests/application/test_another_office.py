"""A programme of another office, entered only through template and import, gives returns that tie, to the penny."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from application.filling import Rows, fill
from fundtracker.application.actions.importing import import_workbook
from fundtracker.application.actions.returns import begin_return, look_at, submit_return, write_documents
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.claims import tie_problems
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused, errors
from fundtracker.domain.returns import FunderReturn, ReturnState

SIGNED = SignOff(
    "Programme officer", "Finance business partner", "Director of resources", "Chief Finance Officer"
)


def cost(reference: str | None, intervention: str, received: date, net: float, **more: Any) -> dict[str, Any]:
    return {
        "Reference": reference,
        "Intervention": intervention,
        "Supplier": "Illustrative Ltd",
        "Invoice no.": f"INV {net}",
        "Received": received,
        "Invoiced": received,
        "Net": net,
        "Capital or resource": "Resource",
        "Cost category": "Staff",
        **more,
    }


def programme() -> dict[str, list[dict[str, Any]]]:
    """The office of a county that is on no map: one award, one return already paid, the next one in draft."""
    vat = {"VAT": 500.11, "VAT recoverable?": "No"}
    return {
        "Office": [{"Name": "Office of the Commissioner for Northmoor", "Short name": "Northmoor OPCC"}],
        "Organisations": [{"Name": "Northmoor Borough Council", "Kind": "Council"}],
        "Cost categories": [{"Name": "Staff"}, {"Name": "Equipment"}],
        "Funds": [{"Code": "SSF", "Name": "Safer Streets Fund", "Funder": "Home Office", "Received or own": "Received"}],
        "Funding rounds": [
            {"Fund": "ssf", "Code": "SSF5", "Name": "Round 5", "Delivery from": "1 April 2024", "Delivery to": date(2025, 3, 31)}
        ],
        "Bids": [{"Round": "SSF5", "Reference": "NM-BID", "Title": "Safer evenings", "Theme": "VAWG", "Status": "Successful"}],
        "Awards": [{"Bid": "NM-BID", "Reference": "NM-SSF5", "Starts": date(2024, 4, 1), "Ends": date(2025, 3, 31)}],
        "Award lines": [
            {"Award": "NM-SSF5", "Financial year": "2024/25", "Capital or resource": "Capital", "Amount": 20000},
            {"Award": "NM-SSF5", "Financial year": "2024-25", "Capital or resource": "resource", "Amount": "£30,000.33"},
        ],
        "Interventions": [
            {"Award": "NM-SSF5", "Reference": "NM-01", "Title": "Night wardens", "Theme": "VAWG", "Status": "Under way"},
            {"Award": "NM-SSF5", "Reference": "NM-02", "Title": "Cameras", "Theme": "VAWG", "Status": "Under way"},
        ],
        "Profile lines": [
            {"Intervention": "NM-01", "Quarter": "2024/25 Q1", "Capital or resource": "Resource", "Cost category": "Staff", "Amount": 1000.10},
            {"Intervention": "NM-01", "Quarter": "2024/25 Q2", "Capital or resource": "Resource", "Cost category": "Staff", "Amount": 2450},
            {"Intervention": "NM-02", "Quarter": "2024/25 Q2", "Capital or resource": "Capital", "Cost category": "Equipment", "Amount": "8k"},
            {"Intervention": "NM-02", "Quarter": "2024-25-Q2", "Capital or resource": "Resource", "Cost category": "Staff", "Amount": 450},
        ],
        "Progress reports": [
            {"Intervention": each, "Quarter": "2024/25 Q2", "Delivery RAG": "1 Green", "Spend RAG": "1 Green", "Risk RAG": "1 Green",
             "Narrative": "On schedule."}
            for each in ("NM-01", "NM-02")
        ],
        "Grants": [{"Reference": "NG-1", "Title": "Wardens' training", "Recipient": "northmoor borough council"}],
        "Grant sources": [{"Grant": "NG-1", "Intervention": "NM-02", "Financial year": "2024/25", "Amount": 500}],
        "Costs": [
            cost("N-1", "NM-01", date(2024, 5, 10), 1000.10, VAT=200.02),
            cost("N-4", "NM-01", date(2024, 8, 5), -2500.55, **{"VAT": -500.11, "VAT recoverable?": "no", "Reversal of": "n-2"}),
            cost("N-2", "NM-01", date(2024, 8, 5), 2500.55, **vat),
            cost("N-3", "NM-02", date(2024, 9, 2), 7999.99, **{"VAT": 1600, "Capital or resource": "Capital", "Cost category": "Equipment"}),
            cost("N-5", "NM-01", date(2024, 8, 6), 2400.50),
            cost("N-6", "NM-01", date(2024, 6, 20), 33.33, **{"Reason for late change": "Invoice found in September"}),
            cost(None, "NM-02", date(2024, 9, 12), 450.25, **{"Grant": "NG-1", "Accepted on": date(2024, 9, 30)}),
        ],
        "Returns": [
            {"Award": "NM-SSF5", "Quarter": "2024/25 Q1", "Reference": "NM Q1", "State": "Paid", "Claim": 1000.10, "Prepared by": "Programme officer",
             "Checked by": "Finance business partner", "Signed by": "Director of resources", "Signed as": "Chief Finance Officer",
             "Submitted on": date(2024, 7, 20), "Received": 1000.10, "Received on": date(2024, 9, 1)},
            {"Award": "NM-SSF5", "Quarter": "2024/25 Q2", "Reference": "NM Q2", "Due": date(2024, 10, 31)},
        ],
        "Return lines": [
            {"Return": "NM Q1", "Cost": "N-1", "Intervention": "NM-01", "Quarter": "2024/25 Q1", "Capital or resource": "Resource",
             "Cost category": "Staff", "Amount": 1000.10}
        ],
        "Forecasts": [
            {"Return": "NM Q2", "Intervention": "NM-01", "Quarter": "2024/25 Q3", "Capital or resource": "Resource", "Cost category": "Staff",
             "Amount": 15.33}
        ],
    }  # fmt: skip


def imported(tmp_path: Path, sheets: Rows) -> Workspace:
    workspace = Workspace.create(
        tmp_path / "northmoor.fundtracker",
        actor="officer",
        clock=lambda: datetime(2024, 10, 21, 9, tzinfo=UTC),
    )
    try:
        import_workbook(workspace, fill(tmp_path / "northmoor.xlsx", sheets))
    except BaseException:
        workspace.close()
        raise
    return workspace


def test_another_offices_return_ties_and_can_be_submitted(tmp_path: Path) -> None:
    with imported(tmp_path, programme()) as workspace:
        draft = workspace.find(FunderReturn, "NM Q2")
        assert draft is not None
        view = look_at(workspace, draft.id)
        assert errors(view.problems) == ()
        assert tie_problems(view.case.claim) == ()
        assert [(each.what, each.difference) for each in view.snapshot.controls if each.difference] == []
        assert len(view.snapshot.controls) == 8
        cash = view.snapshot.cash
        assert (cash.this_quarter, cash.adjustments, cash.claim) == (
            Money.pounds("10850.74"),
            Money.pounds("33.33"),
            Money.pounds("10884.07"),
        )
        assert (cash.claimed_before, cash.claimed_to_date, cash.received) == (
            Money.pounds("1000.10"),
            Money.pounds("11884.17"),
            Money.pounds("1000.10"),
        )
        assert cash.left == Money.pounds("50000.33") - Money.pounds("11884.17")

        sent = submit_return(workspace, draft.id, SIGNED)
        assert (sent.state, sent.claim) == (ReturnState.SUBMITTED, Money.pounds("10884.07"))
        workbook, pdf = write_documents(workspace, sent.id, tmp_path / "out")
        assert (workbook.name, pdf.name) == (
            "NM-SSF5 2024-25-Q2 return.xlsx",
            "NM-SSF5 2024-25-Q2 return.pdf",
        )

        award = workspace.find(Award, "NM-SSF5")
        assert award is not None
        following = look_at(workspace, begin_return(workspace, award.id).id)
        assert following.snapshot.cash.claim == Money(0)
        assert following.snapshot.cash.claimed_before == Money.pounds("11884.17")
        assert tie_problems(following.case.claim) == ()


def test_what_the_program_gives_is_given(tmp_path: Path) -> None:
    with imported(tmp_path, programme()) as workspace:
        costs = {each.reference: each for each in workspace.select(Cost)}
        assert sorted(costs) == ["C-00007", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6"]
        assert costs["N-4"].reversal_of == costs["N-2"].id
        assert costs["C-00007"].eligible == Money.pounds("450.25")
        assert workspace.undo_title == "Import northmoor.xlsx"


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "said"),
    [
        ("Returns", 0, "Claim", 1000.11,
         "Returns!F3 (NM Q1): Claim is £1,000.11, and its return lines come to £1,000.10: correct one of them. A return adds up to the penny."),
        ("Returns", 0, "Submitted on", None, "Returns!O3 (NM Q1): Submitted on is empty: enter the day the return was sent."),
        ("Returns", 1, "Claim", Decimal(5),
         "Returns!D4 (NM Q2): State is Draft, and a return that isn't submitted has no lines, claim or day of submission: correct the state, or leave those out."),
        ("Return lines", 0, "Quarter", "2024/25 Q2", "Returns!B3 (NM Q1): 1 of its lines are of a quarter after 2024/25 Q1: correct them."),
        ("Costs", 4, "Received", date(2025, 1, 6),
         "Costs!H7 (N-5): Received is 06/01/2025, after today: leave it empty until the goods or services have come."),
        ("Forecasts", 0, "Quarter", "2024/25 Q1",
         "Forecasts!C3: A forecast made in the return of 2024/25 Q2 is for a later quarter; 2024/25 Q1 is not."),
        ("Costs", 5, "Reason for late change", None,
         "Costs!U8 (N-6): The return of 2024/25 Q1 is already submitted: write the reason for the late change. It will stand in the next return as an adjustment."),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_kept_names_the_cell(
    tmp_path: Path, sheet: str, row: int, heading: str, value: object, said: str
) -> None:
    sheets = programme()
    sheets[sheet][row][heading] = value
    with pytest.raises(Refused) as refused:
        imported(tmp_path, sheets).close()
    assert [str(each) for each in refused.value.problems] == [said]
    with Workspace.open(tmp_path / "northmoor.fundtracker") as workspace:
        assert workspace.undo_title is None
        assert workspace.office is None
