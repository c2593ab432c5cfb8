"""What was submitted stays: in the file, in the window, byte for byte in its documents."""

import time
from datetime import date
from pathlib import Path

import pytest

from application.deeds import head_of, moves, pounds
from application.returning import SIGNED, Office, refused_unchanged
from filing import stamp
from fundtracker.application.actions.records import edit
from fundtracker.application.actions.returns import begin_return, submit_return, take_back, write_documents
from fundtracker.domain.awards import AwardLine
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import frozen
from fundtracker.storage.journal import transaction


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
    before = head_of(office.workspace)
    with pytest.raises(Refused), transaction(office.workspace.database, stamp()) as tx:
        tx.connection.execute(sql)
    assert head_of(office.workspace) == before


def test_the_window_cannot_edit_what_is_frozen_either(office: Office, quick: None) -> None:
    sent = office.submits_next()
    workspace = office.workspace
    line = workspace.select(AwardLine)[0]
    with pytest.raises(Refused, match="record a variation"):
        edit(workspace, line, amount=pounds("1"))
    with pytest.raises(Refused, match="frozen"):
        moves(workspace, sent, claim=pounds("1"))
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


def test_a_submitted_return_is_not_submitted_again(office: Office, quick: None) -> None:
    sent = office.submits_next()
    with pytest.raises(Refused, match="SSF5-VAWG 2023-24-Q3 is already submitted"):
        submit_return(office.workspace, sent.id, SIGNED)


def test_a_submission_is_not_undone(office: Office, quick: None) -> None:
    sent = office.submits_next()
    before = head_of(office.workspace)
    with pytest.raises(Refused) as refused:
        office.workspace.undo()
    assert (
        refused_unchanged(office, refused, before)
        == "A submitted return is frozen: a correction goes into the next return."
    )
    assert office.workspace.get(FunderReturn, sent.id) == sent
