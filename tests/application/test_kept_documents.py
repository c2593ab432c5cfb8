"""Rule 2 of product.md: what comes out of the file is what was submitted, whatever the program or the disk has done since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from application.returning import SIGNED
from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.actions import returns
from fundtracker.application.actions.returns import begin_return, look_at, submit_return, write_documents
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import StorageTrouble
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import canonical
from fundtracker.storage import frozen
from fundtracker.storage.database import Database
from programme import Programme


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    built = Programme()
    built.promises("50000", "2023/24")
    built.spends(built.intervenes(), "0", date(2023, 11, 3))
    database = Database(empty_file(tmp_path / "office.fundtracker"))
    store(database, built.records)
    with Workspace(database, actor=ACTOR, clock=clock_at(date(2024, 1, 10))) as opened:
        yield opened


def draws_as(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some version of the program draws."""

    def draws(snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        path.write_text(f"{version}{path.suffix} {canonical(snapshot)}", encoding="utf-8")

    for name in ("write_workbook", "write_pdf"):
        monkeypatch.setattr(returns, name, draws)


def test_a_later_version_of_the_program_draws_a_submitted_return_no_more(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws_as("first", monkeypatch)
    draft = begin_return(workspace, 1)
    submit_return(workspace, draft.id, SIGNED)
    draws_as("second", monkeypatch)
    written = write_documents(workspace, draft.id, tmp_path / "again")
    said = canonical(look_at(workspace, draft.id).snapshot)
    assert [each.read_text(encoding="utf-8") for each in written] == [
        f"first.xlsx {said}",
        f"first.pdf {said}",
    ]


def test_a_document_that_no_longer_fits_its_fingerprint_is_not_handed_out(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws_as("first", monkeypatch)
    draft = begin_return(workspace, 1)
    submit_return(workspace, draft.id, SIGNED)
    with workspace.database.reader() as conn:
        kept = frozen.files(conn, draft.id)

    def spoilt(*_: object) -> tuple[frozen.FrozenFile, ...]:
        return tuple(replace(each, content=each.content + b"x") for each in kept)

    monkeypatch.setattr(frozen, "files", spoilt)
    folder = tmp_path / "again"
    with pytest.raises(StorageTrouble, match="no longer matches its fingerprint"):
        write_documents(workspace, draft.id, folder)
    assert list(folder.iterdir()) == []
