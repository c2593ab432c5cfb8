"""The demonstration's file as the program itself wrote it: forms really read, a ledger really matched, evidence really kept."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from application.deeds import faults
from fundtracker.application.actions.evidence import missing
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.ledger.taking import propose_listing
from fundtracker.application.actions.partner_forms import form_states
from fundtracker.application.actions.tie_out import balances_broken, tie_out_of
from fundtracker.application.demo.finance import LISTINGS
from fundtracker.application.demo.form_days import LATE, REPORTING, SENT_BACK
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.listing import postings, write_listing
from fundtracker.application.demo.play import take_awaited_forms
from fundtracker.application.demo.returns import Q1, Q2
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReason
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.ledger import AgreedBalance, AgreedFigure, LedgerLayout, LedgerLine, LedgerMatch
from fundtracker.domain.money import Money, total

CSPS = sorted(each.reference for each in REPORTING.values())


@pytest.fixture
def workspace(demonstration: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy, with its evidence."""
    for each in demonstration.parent.iterdir():
        copy = shutil.copytree if each.is_dir() else shutil.copyfile
        copy(each, tmp_path / each.name)
    with Workspace.open(tmp_path / demonstration.name, actor="Co-ordinator") as opened:
        yield opened


def test_costs_are_the_storys_those_of_forms_too(workspace: Workspace) -> None:
    """What accepting a form makes of it is what the story said that it would: ids, references, rows and pence."""
    held = {each.id: replace(each, version=1) for each in workspace.select(Cost)}
    told = {entry.cost.id: entry.cost for entry in ledger().held}
    wrong = ledger().correction
    told[wrong.cost.id] = held[wrong.cost.id]
    paid_later = {number: replace(cost, paid_on=held[number].paid_on) for number, cost in told.items()}
    assert held == paid_later
    assert held[wrong.cost.id].net == wrong.net


def test_forms_of_the_open_quarter_stand_as_told_until_the_last_two_come(workspace: Workspace) -> None:
    def states() -> dict[str, FormState]:
        return {each.grant.reference: each.state for each in form_states(workspace, Q2)}

    accepted = dict.fromkeys(CSPS, FormState.ACCEPTED)
    assert states() == accepted | {LATE: FormState.LATE, SENT_BACK: FormState.WITH_PROBLEMS}
    (back,) = workspace.select(PartnerForm, reference=f"{SENT_BACK} {Q2.code}")
    assert (back.problems, str(back.received_on)) == (5, "2024-10-14")
    take_awaited_forms(workspace)
    assert states() == accepted
    reported = {each.reference: each.reported.plain for each in workspace.select(PartnerForm, quarter=Q2)}
    assert reported == {
        "GR-SSF5-CHE 2024-25-Q2": "5720.00",
        "GR-SSF5-COT 2024-25-Q2": "1485.00",
        "GR-SSF5-FOD 2024-25-Q2": "2365.00",
        "GR-SSF5-GLO 2024-25-Q2": "4680.00",
        "GR-SSF5-STR 2024-25-Q2": "1215.00",
        "GR-SSF5-TEW 2024-25-Q2": "2095.00",
    }
    assert faults(workspace) == []


def test_what_an_accepted_form_said_is_kept_row_by_row_with_its_workbook(workspace: Workspace) -> None:
    """Tewkesbury expects 80 per cent of what is left of its link-up, and says why."""
    (form,) = workspace.select(PartnerForm, reference=f"GR-SSF5-TEW {Q2.code}")
    lines = workspace.select(FormLine, form_id=form.id)
    assert total(each.spent for each in lines) == form.reported == Money.pounds(2095)
    expects = [each.amount for each in workspace.select(FormForecast, form_id=form.id) if each.amount]
    assert total(expects) == Money.pounds(
        2205 + 1728
    )  # of 4,500 - 1,080 - 1,215, and 80% of 4,000 - 960 - 880
    (reason,) = workspace.select(FormReason, form_id=form.id)
    assert reason.reason.startswith("One parish has withdrawn")
    (paper,) = workspace.select(Document, form_id=form.id)
    assert paper.name == "GR-SSF5-TEW 2024-25-Q2.xlsx"
    assert workspace.evidence.open(paper.sha256).path.suffix == ".xlsx"
    assert list(missing(workspace)) == []


def test_most_of_the_ledger_is_matched_and_a_dozen_lines_want_a_person(workspace: Workspace) -> None:
    _, until = LISTINGS[-1]
    lines = {each.id: each for each in workspace.select(LedgerLine)}
    assert [
        (each.transaction_number, each.posted_on, each.amount)
        for each in sorted(lines.values(), key=lambda each: each.transaction_number)
    ] == [(each.number, each.posted_on, each.amount) for each in postings(until)]
    matches = workspace.select(LedgerMatch)
    assert min(each.confidence for each in matches) >= 90
    matched = {each.line_id for each in matches}
    left = sorted((lines[number] for number in lines.keys() - matched), key=lambda each: each.posted_on)
    assert [(each.supplier, each.amount.plain) for each in left] == [
        ("SEVERN VALE BANK (EXAMPL", "14.60"),  # of another programme
        ("COTSWOLDS CSP", "2750.00"),  # a grant's instalment, under the partnership's other name
        ("SEVERN VALE BANK (EXAMPL", "16.15"),
        ("PENHALLOW TRAINING (EXAM", "539.52"),  # posted twice,
        ("PENHALLOW TRAINING (EXAM", "-539.52"),  # and taken back
        ("COLDHARBOUR YOUTH TRUST", "1041.30"),  # two invoices in one payment
        ("ASHGROVE PRINT (EXAMPLE)", "212.80"),  # £5 less than its invoice
        ("FERNHURST SOFTWARE (EXAM", "653.61"),  # without its number
        ("ASHGROVE PRINT (EXAMPLE)", "1240.00"),  # of another programme
        ("BRK CONSULTING GROUP", "879.63"),  # a supplier's other name
        ("WYEDEAN COURIERS (EXAMPL", "38.40"),  # no cost was entered for it
        ("TALLOW LANE MEDIATION (E", "165.00"),
    ]
    proposed = {each.line.supplier: each.confidence for each in suggestions(workspace)}
    assert 80 <= proposed["COTSWOLDS CSP"] < 90
    assert 80 <= proposed["FERNHURST SOFTWARE (EXAM"] < 90


def test_the_same_listing_again_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    _, until = LISTINGS[-1]
    write_listing(tmp_path / "again.xlsx", until)
    (layout,) = workspace.select(LedgerLayout)
    found = propose_listing(workspace, tmp_path / "again.xlsx", layout)
    assert found.counts == {"new": 0, "same": len(postings(until)), "changed": 0, "gone": 0}
    assert [each.message for each in found.problems] == [
        f"“Total” was left out; its £{total(each.amount for each in postings(until)).shown} agrees with the lines above it."
    ]


def test_what_was_agreed_in_july_still_holds(workspace: Workspace) -> None:
    (agreed,) = workspace.select(AgreedBalance)
    assert (agreed.figure, agreed.quarter, str(agreed.agreed_on)) == (AgreedFigure.LEDGER, Q1, "2024-07-19")
    begins, ends = Q1.year.begins_on, Q1.ends_on
    vawg = [
        each.amount for each in postings(ends) if begins <= each.posted_on and each.code.startswith("S5V")
    ]
    assert agreed.amount == total(vawg)
    assert balances_broken(workspace) == ()
    take_awaited_forms(workspace)
    assert balances_broken(workspace) == ()


@pytest.mark.parametrize(
    ("award", "costs"),
    [("SSF5-VAWG", 4), ("SSF5-ASB", 0), ("SSF5-RUR", 1)],
)
def test_each_award_ties_out_but_for_payments_not_yet_matched(
    workspace: Workspace, award: str, costs: int
) -> None:
    found = workspace.find(Award, award)
    assert found
    tied = tie_out_of(workspace, found.id, Q2)
    assert [row.difference for row in tied.rows if row.difference] == []
    assert len(tied.mismatches) == costs
    assert not tied.posted.difference
