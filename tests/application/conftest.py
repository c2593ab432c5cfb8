"""Files that several tests of the actions start from, and returns drawn quickly."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.deeds import pounds
from application.returning import Clock, Office
from filing import ACTOR, empty_file, filed, store
from fundtracker.application.actions import returns
from fundtracker.application.demo.play import write_demonstration
from fundtracker.application.workspace import Workspace
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import canonical
from fundtracker.storage.database import Database
from programme import Programme


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A file with one record of each kind."""
    with filed(tmp_path / "one.fundtracker") as opened:
        yield opened


@pytest.fixture
def one_cost(tmp_path: Path) -> Iterator[Workspace]:
    """A programme with one cost and nothing submitted."""
    built = Programme()
    intervention = built.intervenes()
    built.promises("50000", "2023/24")
    built.spends(intervention, "1000", date(2023, 11, 3))
    with filed(tmp_path / "file.fundtracker", built.records) as opened:
        yield opened


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's file with its evidence beside it, written once: copy what you change."""
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.fundtracker"
    write_demonstration(path)
    return path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Its first quarter has just ended; no return has begun."""
    built = Programme()
    built.promises("50000", "2023/24")
    built.promises("80000", "2024/25")
    intervention = built.intervenes()
    built.plans(intervention, "1200", "2023/24 Q3")
    built.spends(intervention, "1000", date(2023, 11, 3), invoiced_on=date(2023, 11, 5))
    built.spends(intervention, "200", date(2023, 12, 20), vat=pounds("34.56"), vat_recoverable=False)
    clock = Clock(date(2024, 1, 10))
    database = Database(empty_file(tmp_path / "office.fundtracker"))
    store(database, built.records)
    with Workspace(database, actor=ACTOR, clock=clock) as workspace:
        yield Office(workspace, clock, built.award.id, intervention.id, built.staff.id)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are only their canonical text: these tests look at the life of a return, not at its looks."""

    def draws(snapshot: Snapshot, path: Path, progress: object = None) -> None:
        path.write_text(f"{path.suffix} {canonical(snapshot)}", encoding="utf-8")

    monkeypatch.setattr(returns, "write_workbook", draws)
    monkeypatch.setattr(returns, "write_pdf", draws)
