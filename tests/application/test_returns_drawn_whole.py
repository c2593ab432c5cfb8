"""Whatever happens while a return is drawn, the file and the documents hold all of it or nothing."""

from datetime import date
from pathlib import Path

import pytest

from application.deeds import head_of, pounds
from application.returning import SIGNED, Office
from fundtracker.application.actions import returns
from fundtracker.application.actions.returns import begin_return, look_at, submit_return, write_documents
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.snapshot import Snapshot
from fundtracker.storage import frozen


def everything(workspace: Workspace) -> list[tuple[Record, ...]]:
    return [workspace.select(kind) for kind in RECORDS]


@pytest.mark.parametrize("which", ["write_workbook", "write_pdf"])
def test_when_the_drawing_fails_nothing_is_written(
    office: Office, quick: None, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin_return(office.workspace, office.award_id)
    held, before = everything(office.workspace), head_of(office.workspace)

    class StoppedError(Exception):
        """As a person does who cancels."""

    def fails(_snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        path.write_bytes(b"half")
        raise StoppedError

    monkeypatch.setattr(returns, which, fails)
    with pytest.raises(StoppedError):
        submit_return(office.workspace, draft.id, SIGNED)
    assert head_of(office.workspace) == before
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
