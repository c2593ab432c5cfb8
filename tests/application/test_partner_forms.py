"""A form's life: issued, sent back, accepted whole or not at all, taken back in one step, and replaced by a second one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from application.deeds import faults, head_of, refused
from filing import filed, keep_documents, store
from fundtracker.application.actions.form_command import take_form, write_form
from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    chasing_text,
    form_states,
    issue_form,
    issue_forms,
    look_at_form,
    send_back,
)
from fundtracker.application.actions.partner_forms.issuing import LEAST_NOTICE
from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import AwardId
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Reading, Risk
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.interventions import Milestone
from fundtracker.domain.money import total
from fundtracker.domain.partner_forms.layout import FormTable
from fundtracker.domain.partner_forms.layout import tables as layout_tables
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnLine, ReturnLineId, ReturnState
from fundtracker.storage.evidence import EvidenceStore
from partner import Answers, Partner, records, sound
from partnering import CASEWORK, COST_1, FORM, Q1, Q2, Q3, RESOURCE, SOLACE, pounds

TODAY = date(2024, 10, 10)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The grant of `partnering`, its Q1 accepted, on the tenth of October."""
    with filed(tmp_path / "office.fundtracker", records(without=[3, 4]), today=TODAY) as opened:
        yield opened


def tables(workspace: Workspace) -> dict[type[Record], tuple[Record, ...]]:
    """Everything in the file, but for the version numbers, which only rise."""
    return {kind: tuple(replace(each, version=1) for each in workspace.select(kind)) for kind in RECORDS}


def filled(workspace: Workspace, folder: Path, values: Answers | None = None) -> Path:
    """The form of Q2, issued and filled in."""
    _, path = issue_form(workspace, 1, Q2, folder)
    looked = look_at_form(workspace, path)
    partner = Partner(path)
    partner.fills(looked.case, values or sound())
    return partner.saves(folder / "Returned form.xlsx")


def accepted(workspace: Workspace, folder: Path) -> PartnerForm:
    return accept_form(workspace, look_at_form(workspace, filled(workspace, folder)))


def test_issuing_records_the_form_with_its_seal(workspace: Workspace, tmp_path: Path) -> None:
    form, path = issue_form(workspace, 1, Q2, tmp_path / "forms")
    assert path == tmp_path / "forms" / "G-1 2024-25-Q2.xlsx"
    assert path.is_file()
    assert form == PartnerForm(
        id=form.id,
        version=1,
        grant_id=1,  # pyright: ignore[reportArgumentType] - an id
        quarter=Q2,
        reference="G-1 2024-25-Q2",
        issued_on=TODAY,
        due_on=TODAY + LEAST_NOTICE,  # a little after the 14th, for it is issued late
        template="1",
        seal=look_at_form(workspace, path).case.seal,
    )
    assert workspace.undo_title == "Issue the form G-1 2024-25-Q2"


def test_issuing_again_writes_the_file_anew_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    form, path = issue_form(workspace, 1, Q2, tmp_path)
    head, content = head_of(workspace), path.read_bytes()
    path.unlink()
    assert issue_form(workspace, 1, Q2, tmp_path) == (form, path)
    assert (head_of(workspace), path.read_bytes()) == (head, content)


def test_what_is_not_the_grants_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    assert refused(lambda: issue_form(workspace, 1, Q1, tmp_path)) == (
        "G-1 2024-25-Q1 was accepted on 15 July 2024: ask for a second form only where something in it was wrong."
    )
    assert "There is no grant “G-9” in this file; there are G-1." in refused(
        lambda: write_form(workspace, "G-9", Q2, tmp_path)
    )
    assert list(tmp_path.glob("*.xlsx")) == []


def test_all_forms_of_a_quarter_with_a_letter_each(workspace: Workspace, tmp_path: Path) -> None:
    assert [(each.grant.reference, each.form, each.state, each.days_late) for each in form_states(workspace, Q2)] == [
        ("G-1", None, FormState.NOT_ISSUED, 0)
    ]  # fmt: skip
    (issued,) = issue_forms(workspace, Q2, tmp_path)
    assert issued.text.splitlines()[0] == "Subject: G-1 2024-25-Q2 monitoring form"
    assert "Please send it back by 17 October 2024." in issued.text
    assert [each.state for each in form_states(workspace, Q2)] == [FormState.ISSUED]
    workspace.undo()
    assert [each.state for each in form_states(workspace, Q2)] == [FormState.NOT_ISSUED]


def test_looking_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = filled(workspace, tmp_path)
    before, head = tables(workspace), head_of(workspace)
    looked = look_at_form(workspace, path)
    assert looked.errors == ()
    assert [each.check for each in looked.problems] == ["evidence", "outputs"]
    assert len(looked.differences) == 19
    assert (tables(workspace), head_of(workspace)) == (before, head)
    assert not EvidenceStore(workspace.path).folder.exists()


def test_accepting_takes_in_everything_the_form_says(workspace: Workspace, tmp_path: Path) -> None:
    values = sound()
    values["risks"] = {"RISK-1": {"impact": 4, "mitigation": "A second worker is trained"}}
    values["new_risks"] = {"RISK-NEW-1": {"title": "Columns late", "category": "Partners", "impact": 3, "likelihood": 4, "proximity": "1 Now"}}  # fmt: skip
    path = filled(workspace, tmp_path, values)
    form = accept_form(workspace, look_at_form(workspace, path))
    assert (form.received_on, form.accepted_on, form.problems, form.reported) == (TODAY, TODAY, 0, pounds("1240.16"))  # fmt: skip
    assert (form.done, form.challenges, form.coming) == (
        "We met  residents.\nThey came.",
        "- Nothing",
        "More",
    )
    assert (form.declared_by, form.declared_role, form.declared_on) == ("Finance officer", "Treasurer", date(2024, 10, 9))  # fmt: skip
    costs = workspace.select(Cost, form_id=form.id)
    assert [(c.reference, c.form_row, c.supplier, c.invoice_number, c.net, c.vat, c.eligible, c.received_on, c.accepted_on, c.grant_id, c.intervention_id, c.category_id) for c in costs] == [
        ("C-00003", "COST-001", "=Payroll", "0012", pounds("1000.10"), pounds("0"), pounds("1000.10"), date(2024, 7, 31), TODAY, 1, 1, 1),
        ("C-00004", "COST-007", "=Payroll", "0012", pounds("200.05"), pounds("40.01"), pounds("240.06"), date(2024, 7, 31), TODAY, 1, 2, 2),
    ]  # fmt: skip
    assert [(e.intervention_id, e.spent) for e in workspace.select(FormLine, form_id=form.id)] == [(1, pounds("1000.10")), (2, pounds("240.06"))]  # fmt: skip
    assert [(e.quarter, e.amount) for e in workspace.select(FormForecast, form_id=form.id)] == [
        (Q3, pounds("1500")), (Q3.next, pounds("1500")), (Q3, pounds("0")), (Q3.next, pounds("0")),
    ]  # fmt: skip
    assert [e.reason for e in workspace.select(FormReason, form_id=form.id)] == [
        "One column instead of four."
    ]
    assert [(e.indicator_id, e.value) for e in workspace.select(FormReading, form_id=form.id)] == [(1, Decimal("3.5"))]  # fmt: skip
    (reading,) = workspace.select(Reading)
    assert (reading.reference, reading.quarter, reading.value, reading.evidence_held) == ("RD-00001", Q2, Decimal("3.5"), True)  # fmt: skip
    assert workspace.get(Milestone, 2).actual_on == date(2024, 9, 20)
    assert workspace.get(Milestone, 1).forecast_on is None  # still the baseline's day: nothing was said of it
    risk = workspace.get(Risk, 1)
    assert (risk.impact_after, risk.likelihood_after, risk.mitigation) == (4, 2, "Speak to another partner; A second worker is trained")  # fmt: skip
    (new,) = workspace.select(Risk, title="Columns late")
    assert (new.intervention_id, new.impact_before, new.likelihood_after, new.owner, new.raised_on) == (1, 3, 4, "Cotswold CSP", TODAY)  # fmt: skip
    (kept,) = workspace.select(Document, form_id=form.id)
    assert kept.name == "Returned form.xlsx"
    assert EvidenceStore(workspace.path).read(kept.sha256) == path.read_bytes()
    assert faults(workspace) == []


def test_one_undo_takes_an_acceptance_back_whole_and_redo_makes_it_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = filled(workspace, tmp_path)
    before = tables(workspace)
    accept_form(workspace, look_at_form(workspace, path))
    after = tables(workspace)
    assert workspace.undo_title == "Accept the form G-1 2024-25-Q2"
    workspace.undo()
    assert tables(workspace) == before
    workspace.redo()
    assert tables(workspace) == after
    assert faults(workspace) == []


def test_a_form_with_an_error_is_refused_whole(workspace: Workspace, tmp_path: Path) -> None:
    values = sound()
    values["spend"]["SPEND-1-R-1"]["spent"] = pounds("1000.11")
    looked = look_at_form(workspace, filled(workspace, tmp_path, values))
    before = tables(workspace)
    assert refused(lambda: accept_form(workspace, looked)) == (
        "Spend!F8: “Spent this quarter” and the cost lines don't agree (£1,000.11 in Spend, £1,000.10 in Costs): correct the one that is wrong, or add the cost that is missing."
    )
    assert tables(workspace) == before
    assert not EvidenceStore(workspace.path).folder.exists()


def test_what_was_looked_at_is_what_is_accepted(workspace: Workspace, tmp_path: Path) -> None:
    """Neither a file changed meanwhile nor a programme changed meanwhile slips through."""
    path = filled(workspace, tmp_path)
    looked = look_at_form(workspace, path)
    twin = {"intervention_id": 1, "supplier": "=payroll", "invoice_number": "0012", "net": pounds("1000.10"), "received_on": date(2024, 5, 1), "expense": RESOURCE, "category_id": 1}  # fmt: skip
    add(workspace, Cost, twin)
    assert "This invoice is claimed already (=Payroll, 0012, £1,000.10: C-00003 in SSF5-ASB)" in refused(
        lambda: accept_form(workspace, looked)
    )
    workspace.undo()
    Partner(path).saves()
    assert refused(lambda: accept_form(workspace, looked)) == (
        "“Returned form.xlsx” was changed after it was looked at: look at it again."
    )


def test_a_faulty_form_changed_meanwhile_is_neither_marked_nor_sent_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = filled(workspace, tmp_path)
    partner = Partner(path)
    partner.types("OUT-1", "This quarter", None)
    looked = look_at_form(workspace, partner.saves(path))
    assert len(looked.errors) == 1
    partner.types("OUT-1", "This quarter", 5)
    partner.saves(path)
    assert "was changed after it was looked at" in refused(
        lambda: send_back(workspace, looked, tmp_path / "marked.xlsx")
    )
    assert not (tmp_path / "marked.xlsx").exists()


def test_sent_back_marked_and_corrected(workspace: Workspace, tmp_path: Path) -> None:
    values = sound()
    values["spend"]["SPEND-1-R-1"]["spent"] = pounds("1000.11")
    path = filled(workspace, tmp_path, values)
    looked = look_at_form(workspace, path)
    form = send_back(workspace, looked, tmp_path / "marked.xlsx")
    assert (form.received_on, form.problems, form.state(TODAY)) == (TODAY, 1, FormState.WITH_PROBLEMS)
    assert "Issues" in Partner(tmp_path / "marked.xlsx").book.sheetnames
    assert "went back with 1 problem to mend" in chasing_text(workspace, form)
    partner = Partner(path)
    partner.types("SPEND-1-R-1", "Spent this quarter", 1000.10)
    corrected = look_at_form(workspace, partner.saves(tmp_path / "Corrected.xlsx"))
    assert corrected.errors == ()
    assert corrected.corrected is not None
    assert [(each.column, each.held, each.said) for each in corrected.corrected] == [
        ("Spent this quarter", "1,000.11", "1,000.10")
    ]
    done = accept_form(workspace, corrected)
    assert (done.problems, done.state(TODAY)) == (0, FormState.ACCEPTED)
    assert [each.note for each in workspace.select(Document, form_id=form.id)] == [
        "Sent back on 10/10/2024 with 1 problem",
        "Accepted on 10/10/2024",
    ]


def test_a_form_without_errors_is_not_sent_back(workspace: Workspace, tmp_path: Path) -> None:
    looked = look_at_form(workspace, filled(workspace, tmp_path))
    assert (
        refused(lambda: send_back(workspace, looked)) == "Nothing in this form has to be mended: accept it."
    )


def table_of(name: str) -> FormTable:
    return next(each for each in layout_tables((Q3, Q3.next)) if each.name == name)


def second(workspace: Workspace, folder: Path) -> tuple[PartnerForm, FormLooked]:
    """A corrected copy of the accepted form: one cost dearer, one gone, one new."""
    first = accepted(workspace, folder)
    partner = Partner(folder / "Returned form.xlsx")
    partner.types("COST-001", "Net", 1100.10)
    for column in "BCDEFGHIJKLMN":
        partner["Costs"][f"{column}14"] = None
    costs = table_of("costs")
    for name, value in (COST_1 | {"invoice_number": "0013", "net": pounds("50")}).items():
        partner.types("COST-002", costs.column(name).heading, value)
    partner.types("SPEND-1-R-1", "Spent this quarter", 1150.10)
    partner.types("SPEND-2-C-2", "Spent this quarter", 0)
    partner.types("OUT-1", "This quarter", 5)
    return first, look_at_form(workspace, partner.saves(folder / "Second.xlsx"))


def test_a_second_form_shows_and_changes_only_the_difference(workspace: Workspace, tmp_path: Path) -> None:
    first, looked = second(workspace, tmp_path)
    assert looked.errors == ()
    assert (looked.fresh, looked.replaces) == (True, first)
    assert [(each.what, each.column, each.held, each.said) for each in looked.differences] == [
        (f"{SOLACE}, Resource, {CASEWORK}", "Spent this quarter", "1,000.10", "1,150.10"),
        ("ASB-02 =Lights * night?, Capital, Kit ~ 1", "Spent this quarter", "240.06", "0.00"),
        ("=Payroll, 0012", "Net", "1,000.10", "1,100.10"),
        ("=Payroll, 0013", "", "", f"{SOLACE}, Resource, {CASEWORK}, =Payroll, 0013, Caseworker, July, 31/07/2024, 50.00, 0.00, Yes"),
        ("=Payroll, 0012", "", "ASB-02 =Lights * night?, Capital, Kit ~ 1, =Payroll, 0012, Column, 31/07/2024, 200.05, 40.01, No", ""),
        ("I-1 Cases", "This quarter", "3.5", "5"),
    ]  # fmt: skip
    before = tables(workspace)
    assert refused(lambda: accept_form(workspace, looked)) == (
        "G-1 2024-25-Q2 is accepted for 2024/25 Q2 already: give the reason why this form takes its place."
    )
    form = accept_form(workspace, looked, "An invoice was typed wrongly")
    assert (form.reference, form.replaces_id, form.reason, form.reported) == (
        "G-1 2024-25-Q2 (2)", first.id, "An invoice was typed wrongly", pounds("1150.10"),
    )  # fmt: skip
    assert workspace.get(PartnerForm, first.id) == first
    held = workspace.select(Cost, form_id=form.id)
    assert [(each.reference, each.form_row, each.net) for each in held] == [
        ("C-00003", "COST-001", pounds("1100.10")),
        ("C-00005", "COST-002", pounds("50")),
    ]
    assert workspace.select(Cost, form_id=first.id) == ()
    assert [each.value for each in workspace.select(Reading)] == [Decimal(5)]
    assert [each.form for each in form_states(workspace, Q2)] == [form]
    workspace.undo()
    assert tables(workspace) == before


def test_a_second_form_asked_for_starts_with_what_the_first_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = accepted(workspace, tmp_path)
    asked, path = issue_form(workspace, 1, Q2, tmp_path / "again", again=True)
    assert (asked.reference, asked.replaces_id, asked.accepted_on) == ("G-1 2024-25-Q2 (2)", first.id, None)
    looked = look_at_form(workspace, path)
    assert (looked.form, looked.fresh) == (asked, False)
    assert looked.differences == ()
    assert [each.check for each in looked.errors] == ["declaration_blank"] * 4


def test_the_very_file_that_was_accepted_says_nothing_new(workspace: Workspace, tmp_path: Path) -> None:
    accepted(workspace, tmp_path)
    assert refused(lambda: look_at_form(workspace, tmp_path / "Returned form.xlsx")) == (
        "“Returned form.xlsx” is the very file that was accepted as G-1 2024-25-Q2 on 10 October 2024: there is nothing new in it."
    )


def test_a_form_for_a_returned_quarter_wants_its_reason(workspace: Workspace, tmp_path: Path) -> None:
    """What comes late is an adjustment, and an output of a frozen quarter is counted in the open one."""
    path = filled(workspace, tmp_path)
    sent = returned_quarter(workspace)
    looked = look_at_form(workspace, path)
    assert refused(lambda: accept_form(workspace, looked)) == (
        "The return of SSF5-ASB for 2024/25 Q2 is submitted already: give the reason why this form comes late. It will stand in the next return beside the adjustments."
    )
    form = accept_form(workspace, looked, "The form came after our return")
    assert {each.adjustment_reason for each in workspace.select(Cost, form_id=form.id)} == {"The form came after our return"}  # fmt: skip
    (reading,) = workspace.select(Reading)
    assert (reading.quarter, reading.value, reading.caveat) == (
        Q3, Decimal("3.5"), "+3.5 belongs to 2024/25 Q2, whose return was submitted already",
    )  # fmt: skip
    assert workspace.get(FunderReturn, sent.id).state.frozen


def returned_quarter(workspace: Workspace, *costs: Cost) -> FunderReturn:
    """The award's return of Q2, submitted with these costs in it."""
    sent = FunderReturn(
        id=FunderReturnId(1),
        award_id=AwardId(1),
        quarter=Q2,
        reference="SSF5-ASB 2024-25-Q2",
        state=ReturnState.SUBMITTED,
        submitted_on=date(2024, 10, 9),
        claim=total(each.eligible for each in costs),
    )
    lines = [
        ReturnLine(
            id=ReturnLineId(n),
            return_id=sent.id,
            cost_id=each.id,
            intervention_id=each.intervention_id,
            quarter=Q2,
            expense=each.expense,
            category_id=each.category_id,
            amount=each.eligible,
        )
        for n, each in enumerate(costs, 1)
    ]
    store(workspace.database, [sent, *lines])
    keep_documents(workspace.database, 1)
    return sent


def test_a_second_form_after_the_return_reverses_what_was_claimed(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = accepted(workspace, tmp_path)
    returned_quarter(workspace, *workspace.select(Cost, form_id=first.id))
    partner = Partner(tmp_path / "Returned form.xlsx")
    partner.types("COST-001", "Net", 1100.10)
    partner.types("SPEND-1-R-1", "Spent this quarter", 1100.10)
    for column in "BCDEFGHIJKLMN":
        partner["Costs"][f"{column}14"] = None
    partner.types("SPEND-2-C-2", "Spent this quarter", 0)
    looked = look_at_form(workspace, partner.saves(tmp_path / "Second.xlsx"))
    form = accept_form(workspace, looked, "Column never came")
    assert [
        (each.reference, each.form_id, each.net, each.vat, each.reversal_of, each.adjustment_reason)
        for each in workspace.select(Cost, grant_id=1)[2:]
    ] == [
        ("C-00003", form.id, pounds("1100.10"), pounds("0"), None, "Column never came"),
        ("C-00004", first.id, pounds("200.05"), pounds("40.01"), None, ""),
        ("C-00005", form.id, pounds("-200.05"), pounds("-40.01"), 4, "Column never came"),
    ]
    assert faults(workspace) == []
    third = Partner(tmp_path / "Second.xlsx")
    third.types("N-coming", "Your answer", "Nothing more")
    again = look_at_form(workspace, third.saves(tmp_path / "Third.xlsx"))
    assert again.errors == ()  # its own invoices are not claimed twice
    assert [(each.column, each.said) for each in again.differences] == [("Your answer", "Nothing more")]


# Guards


def test_one_form_is_open_at_a_time(workspace: Workspace, tmp_path: Path) -> None:
    form, _ = issue_form(workspace, 1, Q2, tmp_path)
    values = {"grant_id": 1, "quarter": Q2, "reference": "G-1 X", "issued_on": TODAY, "due_on": TODAY}
    assert refused(lambda: add(workspace, PartnerForm, values)) == (
        "G-1 2024-25-Q2 is still open: accept it, or take it back, before another form for 2024/25 Q2 is issued."
    )
    assert "Accepted, but not received" in refused(lambda: edit(workspace, form, accepted_on=TODAY))


def test_an_accepted_form_keeps_what_it_said(workspace: Workspace, tmp_path: Path) -> None:
    form = accepted(workspace, tmp_path)
    stays = "Undo its acceptance, or accept a form that replaces it."
    assert refused(lambda: edit(workspace, form, reported=pounds("1"))) == (
        f"G-1 2024-25-Q2 is accepted: spend reported stays as the partner said it. {stays}"
    )
    assert "what it said counts" in refused(lambda: edit(workspace, form, accepted_on=None))
    line = workspace.select(FormLine, form_id=form.id)[0]
    assert stays in refused(lambda: edit(workspace, line, spent=pounds("1")))
    other = {
        "form_id": form.id,
        "intervention_id": 1,
        "expense": RESOURCE,
        "category_id": 3,
        "spent": pounds("5"),
    }
    assert "The lines of G-1 2024-25-Q2 come to £1,245.16, and it reported £1,240.16" in refused(
        lambda: add(workspace, FormLine, other)
    )
    assert edit(workspace, form, chased_on=TODAY).chased_on == TODAY


def test_a_form_takes_an_accepted_ones_place_by_name_and_reason(workspace: Workspace) -> None:
    values = {"grant_id": 1, "quarter": Q1, "reference": "G-1 X", "issued_on": TODAY, "due_on": TODAY, "received_on": TODAY, "accepted_on": TODAY}  # fmt: skip
    assert "G-1 2024-25-Q1 is accepted for 2024/25 Q1 already" in refused(
        lambda: add(workspace, PartnerForm, values)
    )
    named = values | {"replaces_id": FORM.id}
    assert "Write why this form takes the place of G-1 2024-25-Q1" in refused(
        lambda: add(workspace, PartnerForm, named)
    )
    add(workspace, PartnerForm, named | {"reason": "A slip"})
    again = named | {"reference": "G-1 Y", "reason": "Another slip"}
    assert "G-1 2024-25-Q1 is replaced by another form already" in refused(
        lambda: add(workspace, PartnerForm, again)
    )


def test_a_costs_form_is_one_of_its_grant(workspace: Workspace) -> None:
    cost = workspace.get(Cost, 1)
    assert "is a form of another grant" in refused(
        lambda: edit(workspace, cost, grant_id=None, accepted_on=None)
    )


def test_a_form_of_another_file_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = filled(workspace, tmp_path)
    partner = Partner(path)
    partner["About"]["B3"] = "G-9"
    with pytest.raises(Refused, match="is a form of the grant G-9, and this file has no grant of that name"):
        look_at_form(workspace, partner.saves())
    workspace.undo()
    partner["About"]["B3"] = "G-1"
    with pytest.raises(Refused, match="No form of G-1 for 2024/25 Q2 was issued from this file"):
        look_at_form(workspace, partner.saves())


def test_handed_in_for_another_quarter_it_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = filled(workspace, tmp_path)
    other, _ = issue_form(workspace, 1, Q3, tmp_path)
    looked = look_at_form(workspace, path, other)
    assert [each.check for each in looked.problems] == ["period", "issued"]
    assert looked.another
    assert "The form is for 2024/25 Q2; 2024/25 Q3 is wanted." in refused(
        lambda: send_back(workspace, looked)
    )


def test_the_command_tells_marks_and_accepts(workspace: Workspace, tmp_path: Path) -> None:
    values = sound()
    values["outputs"]["OUT-1"]["evidence_held"] = False
    del values["narrative"]["N-coming"]
    path = filled(workspace, tmp_path, values)
    head = head_of(workspace)
    told = take_form(workspace, path)
    assert (told.accepted, told.marked, head_of(workspace)) == (False, None, head)
    assert str(told.problems[0]) == "Narrative!D10: “Your answer” of “In your own words” is empty: fill it in."  # fmt: skip
    marked = take_form(workspace, path, marked_up=tmp_path / "marked.xlsx")
    assert (marked.accepted, marked.form.problems) == (False, 1)
    assert (tmp_path / "marked.xlsx").is_file()
    partner = Partner(path)
    partner.types("N-coming", "Your answer", "More")
    done = take_form(workspace, partner.saves())
    assert (done.accepted, done.form.state(TODAY)) == (True, FormState.ACCEPTED)
