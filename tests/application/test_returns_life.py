"""The life of a return through the actions, on a real file: begun, sent, submitted and frozen, queried, accepted, paid."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from filing import ACTOR, empty_file, stamp, store
from fundtracker.application.actions import returns
from fundtracker.application.actions.reasons import write_reason
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.actions.returns import (
    begin_return,
    look_at,
    mark_accepted,
    mark_paid,
    mark_queried,
    send_to_cfo,
    submit_return,
    take_back,
    write_documents,
)
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain import preparation
from fundtracker.domain.awards import AwardLine
from fundtracker.domain.changes import added
from fundtracker.domain.claims import ClaimPart
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast, FunderReturn, FunderReturnId, ReturnLine, ReturnState
from fundtracker.domain.snapshot import BridgeRow, Snapshot
from fundtracker.domain.snapshot_text import canonical
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.storage import frozen
from fundtracker.storage.database import Database
from fundtracker.storage.journal import head, transaction
from fundtracker.storage.verify import verify
from programme import RESOURCE, Programme, quarter, year

Q3, Q4, Q1 = quarter("2023/24 Q3"), quarter("2023/24 Q4"), quarter("2024/25 Q1")
SIGNED = SignOff("Programme manager", "Finance officer", "Signatory", "Chief Finance Officer")
pounds = Money.pounds


@dataclass
class Clock:
    """A clock that a test sets."""

    day: date

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@dataclass
class Office:
    """A workspace on an award of £50,000 and £80,000, with 1,000.00 + 234.56 spent in its first quarter."""

    workspace: Workspace
    clock: Clock
    award_id: int
    intervention_id: int
    category_id: int

    def spends(self, net: str, on: date, **more: object) -> Cost:
        number = self.workspace.new_id(Cost)
        values = {
            "intervention_id": self.intervention_id,
            "supplier": "Illustrative Ltd",
            "invoice_number": f"INV-{number}",
            "received_on": on,
            "invoiced_on": on,
            "net": pounds(net),
            "expense": RESOURCE,
            "category_id": self.category_id,
            **more,
        }
        return add(self.workspace, Cost, values)

    def submits_next(self) -> FunderReturn:
        draft = begin_return(self.workspace, self.award_id)
        self.clock.day = max(self.clock.day, draft.quarter.next.begins_on)
        self.explains(draft)
        return submit_return(self.workspace, draft.id, SIGNED)

    def explains(self, draft: FunderReturn) -> None:
        line = Line(self.intervention_id, RESOURCE, self.category_id)
        write_reason(self.workspace, draft.id, line, "Phased differently")

    def head(self) -> tuple[int, str]:
        with self.workspace.database.reader() as conn:
            return head(conn)

    def faults(self) -> list[str]:
        with self.workspace.database.reader() as conn:
            return [each.message for each in verify(conn)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    built = Programme()
    built.promises("50000", "2023/24")
    built.promises("80000", "2024/25")
    intervention = built.intervenes()
    built.plans(intervention, "1200", "2023/24 Q3")
    built.spends(intervention, "1000", date(2023, 11, 3), invoiced_on=date(2023, 11, 5))
    built.spends(intervention, "200", date(2023, 12, 20), vat=pounds("34.56"), vat_recoverable=False)
    clock = Clock(date(2024, 1, 10))
    database = Database(empty_file(tmp_path / "office.fundtracker"))
    store(database, [each for rows in built.rows.values() for each in rows.values()])
    with Workspace(database, actor=ACTOR, clock=clock) as workspace:
        yield Office(workspace, clock, built.award.id, intervention.id, built.staff.id)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are only their canonical text: these tests look at the life of a return, not at its looks."""

    def draws(snapshot: Snapshot, path: Path, progress: object = None) -> None:
        path.write_text(f"{path.suffix} {canonical(snapshot)}", encoding="utf-8")

    monkeypatch.setattr(returns, "write_workbook", draws)
    monkeypatch.setattr(returns, "write_pdf", draws)


def ties(snapshot: Snapshot) -> bool:
    return all(row.difference == Money(0) for row in snapshot.controls) and all(
        row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
        for row in snapshot.bridge
    )


def problem_of(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, int | None, str, str]:
    (problem, *_) = refused.value.problems
    return problem.kind, problem.record_id, problem.column, problem.message


def refused_unchanged(office: Office, refused: pytest.ExceptionInfo[Refused], before: tuple[int, str]) -> str:
    assert office.head() == before
    return str(refused.value)


# From beginning to end


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
    assert office.faults() == []


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


# Late changes


def test_a_late_cost_appears_in_the_next_return_with_its_reason_and_both_tie(
    office: Office, quick: None
) -> None:
    first = office.submits_next()
    said = look_at(office.workspace, first.id).snapshot
    before = office.head()
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
    assert office.faults() == []


def test_a_second_late_change_has_a_reason_of_its_own(office: Office, quick: None) -> None:
    """The first one's stands in the return of Q4: it doesn't explain what came after."""
    office.submits_next()
    first = office.workspace.select(Cost)[0]
    office.clock.day = date(2024, 4, 5)
    edit(office.workspace, first, net=pounds("900"), adjustment_reason="Credit note 7")
    edit(office.workspace, office.workspace.get(Cost, first.id), net=pounds("901"))  # in no return yet
    office.submits_next()
    again, before = office.workspace.get(Cost, first.id), office.head()
    with pytest.raises(Refused) as refused:
        edit(office.workspace, again, net=pounds("800"))
    assert "write the reason for this further change" in refused_unchanged(office, refused, before)
    edit(office.workspace, again, net=pounds("800"), adjustment_reason="Credit note 8")


def test_a_claimed_cost_is_not_removed_and_changes_only_with_a_reason(office: Office, quick: None) -> None:
    office.submits_next()
    workspace = office.workspace
    cost = workspace.get(Cost, 1)
    before = office.head()
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
    assert office.head() == before
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


# What is frozen


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE funder_return SET claim = 1",
        "DELETE FROM return_line",
        "UPDATE frozen_file SET content = x'00'",
        "UPDATE award_line SET amount = 0",
        "UPDATE profile_line SET amount = 0",
    ],
)
def test_raw_sql_changes_nothing_of_a_submitted_return(office: Office, quick: None, sql: str) -> None:
    office.submits_next()
    before = office.head()
    with pytest.raises(Refused), transaction(office.workspace.database, stamp()) as tx:
        tx.connection.execute(sql)
    assert office.head() == before


def test_the_window_cannot_edit_what_is_frozen_either(office: Office, quick: None) -> None:
    sent = office.submits_next()
    workspace = office.workspace
    line = workspace.select(AwardLine)[0]
    with pytest.raises(Refused, match="record a variation"):
        edit(workspace, line, amount=pounds("1"))
    with pytest.raises(Refused, match="frozen"):
        edit(workspace, sent, claim=pounds("1"))
    with pytest.raises(Refused, match="frozen"):
        take_back(workspace, sent.id)


def test_a_submitted_return_is_written_again_byte_for_byte(
    office: Office, quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = office.submits_next()
    first = [each.read_bytes() for each in write_documents(office.workspace, sent.id, tmp_path / "first")]
    office.spends("5", date(2023, 12, 1), adjustment_reason="Late")
    office.clock.day = date(2024, 6, 1)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    if hasattr(time, "tzset"):
        time.tzset()
    again = write_documents(office.workspace, sent.id, tmp_path / "again")
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
    assert [each.name for each in again] == [
        "SSF5-VAWG 2023-24-Q3 return.xlsx",
        "SSF5-VAWG 2023-24-Q3 return.pdf",
    ]
    assert [each.read_bytes() for each in again] == first
    with office.workspace.database.reader() as conn:
        assert [each.content for each in frozen.files(conn, sent.id)] == first


def test_the_real_documents_are_kept_and_come_back(office: Office, tmp_path: Path) -> None:
    """With the workbook and the PDF as they are drawn for the funder."""
    told: list[str] = []

    def watches(what: str, _done: int, _of: int) -> None:
        told.append(what)

    draft = begin_return(office.workspace, office.award_id)
    drawn = write_documents(office.workspace, draft.id, tmp_path / "draft", watches)
    assert [each.name for each in drawn] == [
        "SSF5-VAWG 2023-24-Q3 DRAFT return.xlsx",
        "SSF5-VAWG 2023-24-Q3 DRAFT return.pdf",
    ]
    assert {"Writing the workbook", "Writing the PDF"} <= set(told)
    sent = submit_return(office.workspace, draft.id, SIGNED)
    workbook, pdf = write_documents(office.workspace, sent.id, tmp_path / "sent")
    assert (workbook.read_bytes()[:2], pdf.read_bytes()[:5]) == (b"PK", b"%PDF-")
    with office.workspace.database.reader() as conn:
        assert [each.content for each in frozen.files(conn, sent.id)] == [
            workbook.read_bytes(),
            pdf.read_bytes(),
        ]


# What is refused


def test_a_second_open_return_is_refused(office: Office, quick: None) -> None:
    draft = begin_return(office.workspace, office.award_id)
    before = office.head()
    with pytest.raises(Refused) as refused:
        begin_return(office.workspace, office.award_id)
    assert refused_unchanged(office, refused, before).startswith(f"{draft.reference} isn't submitted yet")


def test_a_skipped_quarter_is_refused(office: Office, quick: None) -> None:
    office.submits_next()
    before = office.head()
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
    before = office.head()
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
        (replace(SIGNED, signed_on=date(2024, 1, 11)), "signed_on"),
    ],
)
def test_a_return_is_signed_properly_or_not_submitted(
    office: Office, quick: None, sign_off: SignOff, column: str
) -> None:
    draft = begin_return(office.workspace, office.award_id)
    before = office.head()
    with pytest.raises(Refused) as refused:
        submit_return(office.workspace, draft.id, sign_off)
    assert problem_of(refused)[:3] == ("FunderReturn", draft.id, column)
    assert office.head() == before


@pytest.mark.parametrize(
    ("loses", "words"),
    [
        ("spend_rows", "This quarter: Costs come to £1,234.56 and Spend to £0."),
        ("bridge_rows", "£0 + £0 + £0 is not £1, or the ledger's £0 differs."),
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
    before = office.head()
    with pytest.raises(Refused) as refused:
        submit_return(office.workspace, draft.id, SIGNED)
    assert words in refused_unchanged(office, refused, before)
    assert "a fault of the program: nothing was submitted" in str(refused.value)


def test_a_submitted_return_is_not_submitted_again(office: Office, quick: None) -> None:
    sent = office.submits_next()
    with pytest.raises(Refused, match="SSF5-VAWG 2023-24-Q3 is already submitted"):
        submit_return(office.workspace, sent.id, SIGNED)


def test_money_does_not_come_tomorrow(office: Office, quick: None) -> None:
    sent = office.submits_next()
    with pytest.raises(Refused) as refused:
        mark_paid(office.workspace, sent.id, pounds("1"), date(2024, 1, 11))
    assert problem_of(refused)[:3] == ("FunderReturn", sent.id, "received_on")


def test_a_submission_is_not_undone(office: Office, quick: None) -> None:
    sent = office.submits_next()
    before = office.head()
    with pytest.raises(Refused) as refused:
        office.workspace.undo()
    assert (
        refused_unchanged(office, refused, before)
        == "A submitted return is frozen: a correction goes into the next return."
    )
    assert office.workspace.get(FunderReturn, sent.id) == sent


# Nothing half-written


def everything(workspace: Workspace) -> list[tuple[Record, ...]]:
    return [workspace.select(kind) for kind in RECORDS]


@pytest.mark.parametrize("which", ["write_workbook", "write_pdf"])
def test_when_the_drawing_fails_nothing_is_written(
    office: Office, quick: None, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin_return(office.workspace, office.award_id)
    held, before = everything(office.workspace), office.head()

    class StoppedError(Exception):
        """As a person does who cancels."""

    def fails(_snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        path.write_bytes(b"half")
        raise StoppedError

    monkeypatch.setattr(returns, which, fails)
    with pytest.raises(StoppedError):
        submit_return(office.workspace, draft.id, SIGNED)
    assert office.head() == before
    assert everything(office.workspace) == held
    with office.workspace.database.reader() as conn:
        assert frozen.files(conn, draft.id) == ()
    folder = tmp_path / "documents"
    with pytest.raises(StoppedError):
        write_documents(office.workspace, draft.id, folder)
    whole = ["SSF5-VAWG 2023-24-Q3 DRAFT return.xlsx"] if which == "write_pdf" else []
    assert [each.name for each in folder.iterdir()] == whole


def test_what_is_written_while_the_return_is_drawn_is_drawn_too(
    office: Office, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody enters a cost in the same file while the documents are drawn: they are drawn again, with it."""
    draft = begin_return(office.workspace, office.award_id)
    draws = returns.write_workbook
    drawn: list[Money] = []

    def interrupted(snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        drawn.append(snapshot.cash.claim)
        if len(drawn) == 1:
            office.spends("1.00", date(2023, 12, 31))
        draws(snapshot, path)

    monkeypatch.setattr(returns, "write_workbook", interrupted)
    sent = submit_return(office.workspace, draft.id, SIGNED)
    assert drawn == [pounds("1234.56"), pounds("1235.56")]
    assert sent.claim == look_at(office.workspace, draft.id).snapshot.cash.claim == pounds("1235.56")
    assert len(office.workspace.select(ReturnLine)) == 3


def test_a_file_that_never_rests_refuses_in_the_end(
    office: Office, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin_return(office.workspace, office.award_id)

    def always_interrupted(_snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        path.write_bytes(b"x")
        office.spends("1", date(2023, 12, 31))

    monkeypatch.setattr(returns, "write_workbook", always_interrupted)
    with pytest.raises(Refused, match="The file keeps changing while the return is drawn"):
        submit_return(office.workspace, draft.id, SIGNED)
    assert office.workspace.get(FunderReturn, draft.id) == draft
    assert office.workspace.select(ReturnLine) == ()
