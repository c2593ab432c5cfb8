"""The whole round of a quarter's forms, as people live it: six go out, are filled in, saved by another program, and come back.

One comes with twelve faults of different kinds; each is found at its very cell and marked there, corrected in the marked copy, and
accepted. The three returns then hold what the partners spent, tie, and are submitted.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.deeds import faults
from conftest import office
from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    form_states,
    look_at_form,
    send_back,
)
from fundtracker.application.actions.returns import look_at, submit_return
from fundtracker.application.actions.tie_out import tie_out_of
from fundtracker.application.demo.form_days import REPORTING
from fundtracker.application.demo.form_filling import filled_in
from fundtracker.application.demo.forms_now import answers_of
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.people import PARTNER, category_id
from fundtracker.application.demo.play import play
from fundtracker.application.demo.play_papers import FORMS
from fundtracker.application.demo.returns import Q1, Q2
from fundtracker.application.demo.steps import Add, Edit, SendBackForm, Step, TakeForm
from fundtracker.application.demo.story import awaited_forms, resolve_before_submission, story
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.claims import tie_problems
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Reading
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.money import Money, total
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.returns import FunderReturn
from imports.marking_forms import RED, comments, fills, lines
from partner import Partner

pytestmark = pytest.mark.office
FAULTY = "GR-SSF5-FOD"
CSPS = sorted(each.reference for each in REPORTING.values())
SIGNED = SignOff(
    prepared_by="Safer Streets co-ordinator",
    checked_by="Commissioning manager",
    signed_by="Chief Finance Officer",
    signed_role="Chief Finance Officer",
)


@dataclass(frozen=True)
class Planted:
    """A fault: what is typed into the cell of a row under a heading, the check that must find it, and words of its message."""

    key: str
    heading: str
    typed: Any
    check: str
    said: str


def planted() -> tuple[Planted, ...]:
    claimed = ledger().of_form(FAULTY, Q1)[0]
    return (
        Planted("SPEND-36-R-7", "Spent this quarter", "about 900", "unread", "“about 900” is not an amount"),
        Planted("SPEND-31-R-7", "Spent this quarter", 1521.0, "totals", "£1,521.00 in Spend, £1,485.00 in Costs"),
        Planted("BUDGET-31", "Budget of the year", 9999, "locked", "“9,999.00” instead of “5,500.00”"),
        Planted("COST-001", "Received", date(2024, 10, 2), "dates", "isn't in 2024/25 Q2 (02/10/2024, 2024/25 Q3)"),
        Planted("COST-002", "Paid", "31.9.2024", "unread", "31.9.2024"),
        Planted("COST-003", "Invoice no.", claimed.invoice_number, "claimed_before", f"{claimed.reference} in {FAULTY}"),
        Planted("COST-004", "Cost category", "Catering", "choices", "“Catering”, which isn't in its list"),
        Planted("COST-005", "Supplier", None, "cost_incomplete", "“Supplier” of “Your costs of the quarter"),
        Planted("COST-006", "Ordered", date(2024, 12, 24), "dates", "“Ordered” is after today (24/12/2024)"),
        Planted("OUT-INDICATOR", "This quarter", None, "outputs_blank", "is empty: enter a number"),
        Planted("N-challenges", "Your answer", "again and " * 80, "word_limits", "more than 150 words (160)"),
        Planted("DECLARATION", "Agreed?", "No", "declaration", "The declaration says No"),
    )  # fmt: skip


def before_they_came_back() -> Iterator[Step]:
    """The story to its end, with the forms of 2024/25 Q2 issued and none of them back."""
    theirs = {cost.id for each in CSPS for cost in ledger().of_form(each, Q2)}
    for step in story():
        if isinstance(step, TakeForm | SendBackForm):
            continue
        if isinstance(step, Edit) and all(kind is PartnerForm for kind, *_ in step.changes):
            if not any("2024-25-Q2" in str(name) for _, name, _ in step.changes):
                yield step
            continue
        if isinstance(step, Add):
            kept = tuple(e for e in step.records if not (isinstance(e, Document) and e.cost_id in theirs))
            if kept:
                yield replace(step, records=kept)
            continue
        yield step


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "demo.fundtracker", actor="Co-ordinator") as opened:
        play(opened, before_they_came_back(), folder=tmp_path)
        yield opened


def resaved(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Opened and saved by LibreOffice, all in one go."""
    paths, out = list(paths), folder / "theirs"
    command = [str(office()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return [out / each.name for each in paths]


def answers(grant: str, case: FormCase) -> dict[str, dict[str, dict[str, Any]]]:
    """What a partner types, in the form's own terms."""
    said = filled_in(case, answers_of(grant), category_id(PARTNER))
    return {table: {key: dict(row.values) for key, row in rows.items()} for table, rows in said.rows.items()}


def plant(partner: Partner, output: str) -> dict[str, Planted]:
    """Type every fault; each by the cell it stands in."""
    found: dict[str, Planted] = {}
    for each in planted():
        if each.check == "claimed_before":
            _the_same_invoice(partner, each.key)
        key = output if each.key == "OUT-INDICATOR" else each.key
        found[partner.types(key, each.heading, each.typed)] = replace(each, key=key)
    return found


def _the_same_invoice(partner: Partner, key: str) -> None:
    """The sums and supplier of a cost of the quarter before; COST-002 gives way, so that the line's sum stays."""
    claimed, here = ledger().of_form(FAULTY, Q1)[0], ledger().of_form(FAULTY, Q2)
    partner.types(key, "Supplier", claimed.supplier)
    partner.types(key, "Net", claimed.net)
    partner.types(key, "VAT", claimed.vat)
    moved = here[2].net - claimed.net
    partner.types("COST-002", "Net", here[1].net + moved)


def test_the_quarters_forms_go_out_come_back_and_stand_in_the_returns(
    workspace: Workspace, tmp_path: Path
) -> None:
    issued = {path.stem.split()[0]: path for path in sorted((tmp_path / FORMS).iterdir())}
    assert list(issued) == CSPS
    assert [(each.grant.reference, each.state, each.days_late) for each in form_states(workspace, Q2)] == [
        (each, FormState.LATE, 7) for each in CSPS
    ]
    cases = {grant: look_at_form(workspace, path).case for grant, path in issued.items()}

    faults_at: dict[str, Planted] = {}
    for grant, path in issued.items():
        partner = Partner(path)
        partner.fills(cases[grant], answers(grant, cases[grant]))
        if grant == FAULTY:
            output = next(key for key in cases[grant].rows["outputs"])
            faults_at = plant(partner, output)
        partner.saves()
    theirs = resaved(issued.values(), tmp_path)

    for path in theirs:
        looked = look_at_form(workspace, path)
        if looked.case.grant == FAULTY:
            sent = went_back(workspace, looked, faults_at, tmp_path / "marked up.xlsx")
            corrected = correct(sent, faults_at, cases[FAULTY], tmp_path)
            again = look_at_form(workspace, corrected)
            assert [str(each) for each in again.errors] == []
            changed_since = {each.place for each in again.corrected or ()}
            assert changed_since
            accept_form(workspace, again)
        else:
            assert [str(each) for each in looked.errors] == []
            accept_form(workspace, looked)
    assert {each.state for each in form_states(workspace, Q2)} == {FormState.ACCEPTED}
    what_the_story_says_stands_in_the_file(workspace)
    the_returns_tie_and_go(workspace)
    assert faults(workspace) == []


def went_back(workspace: Workspace, looked: FormLooked, faults_at: dict[str, Planted], marked: Path) -> Path:
    """Twelve errors, each at its cell and no other; the copy has colour, comment and a line in the list at each."""
    found = {place: each for each in looked.errors for place in each.places}
    assert set(found) == set(faults_at)
    for place, fault in faults_at.items():
        assert (found[place].check, fault.said in found[place].message) == (fault.check, True), found[place]
    form = send_back(workspace, looked, marked)
    assert (form.state(workspace.today), form.problems) == (FormState.WITH_PROBLEMS, len(looked.errors))

    said, colours = comments(marked), fills(marked)
    listed = {f"{sheet}!{area}" for kind, sheet, area, *_ in lines(marked) if kind in {"Error", None}}
    for place in faults_at:
        sheet, _, cell = place.partition("!")
        assert colours[sheet][cell][:5] == RED, place
        assert found[place].message.split(" (")[0][:60] in " ".join(said[place].split()), place
        assert place in listed
    return marked


def correct(marked: Path, faults_at: dict[str, Planted], case: FormCase, folder: Path) -> Path:
    """In the very copy that came back, every marked cell is put right; another program saves it."""
    partner = Partner(marked)
    right = answers(FAULTY, case)
    headings = {
        (table.name, column.heading): column.name for table in case.tables for column in table.columns
    }
    for fault in faults_at.values():
        table = next(name for name, rows in case.rows.items() if fault.key in rows)
        column = headings[table, fault.heading]
        value = right.get(table, {}).get(fault.key, {}).get(column, case.rows[table][fault.key].get(column))
        partner.types(fault.key, fault.heading, value)
    for key in ("COST-002", "COST-003"):
        for heading in ("Supplier", "Net", "VAT"):
            partner.types(key, heading, right["costs"][key][headings["costs", heading]])
    (path,) = resaved([partner.saves(folder / "GR-SSF5-FOD corrected.xlsx")], folder)
    return path


def what_the_story_says_stands_in_the_file(workspace: Workspace) -> None:
    """The partners' costs are those of the story, row by row, and the readings the plan's."""
    for grant in CSPS:
        (form,) = workspace.select(PartnerForm, reference=f"{grant} {Q2.code}")
        held = workspace.select(Cost, form_id=form.id)
        told = ledger().of_form(grant, Q2)
        assert [(e.form_row, e.invoice_number, e.net, e.vat, e.received_on, e.paid_on) for e in held] == [
            (e.form_row, e.invoice_number, e.net, e.vat, e.received_on, e.paid_on) for e in told
        ]
        assert form.reported == total(each.eligible for each in told)
    values = {each.reference: str(each.value) for each in workspace.select(Reading, quarter=Q2)}
    assert {name: values[name] for name in ("RD-00187", "RD-00188", "RD-00194", "RD-00195", "RD-00203")} == {
        "RD-00187": "5", "RD-00188": "4", "RD-00194": "14", "RD-00195": "11", "RD-00203": "8",
    }  # fmt: skip


def the_returns_tie_and_go(workspace: Workspace) -> None:
    """Partner spend stands in each return, line by line; mended and submitted, they claim what they always did."""
    partners = {"SSF5-VAWG": "10400.00", "SSF5-ASB": "5400.00", "SSF5-RUR": "1760.00"}
    drafts = [each for each in workspace.select(FunderReturn) if not each.state.frozen]
    for draft in drafts:
        award = workspace.get(Award, draft.award_id)
        view = look_at(workspace, draft.id)
        assert tie_problems(view.case.claim) == ()
        tied = tie_out_of(workspace, award.id, Q2)
        assert total(row.partners for row in tied.rows).plain == partners[award.reference]
        assert [row.difference for row in tied.rows if row.difference] == []
    play(workspace, resolve_before_submission()[len(awaited_forms()) :])
    claims = {each.reference: submit_return(workspace, each.id, SIGNED).claim for each in drafts}
    assert claims == {
        "SSF5-VAWG 2024-25-Q2": Money.pounds("49725.92"),
        "SSF5-ASB 2024-25-Q2": Money.pounds("25139.46"),
        "SSF5-RUR 2024-25-Q2": Money.pounds("35361.00"),
    }
