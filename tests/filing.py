"""Put records into a real file, as the program keeps them: for tests that need one with something in it."""

import shutil
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from fundtracker.application.workspace import Clock, Workspace
from fundtracker.domain.columns import Record
from fundtracker.domain.money import Money
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage import frozen, repository
from fundtracker.storage.database import Database
from fundtracker.storage.evidence import EvidenceStore
from fundtracker.storage.journal import Stamp, head, transaction
from one_of_each import one_of_each

NOON = datetime(2024, 10, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
ACTOR = "Programme manager"


def clock_at(day: date) -> Clock:
    """A clock that always says noon of a day."""
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def stamp(title: str = "Something", kind: str = "do") -> Stamp:
    return Stamp(actor=ACTOR, at=NOON, title=title, kind=kind)


@cache
def _empty() -> Path:
    path = Path(mkdtemp(prefix="fundtracker-test-")) / "empty.fundtracker"
    Database.create(path).close()
    return path


def empty_file(path: Path) -> Path:
    """A new file of the newest version; copied, which is quicker than making it."""
    shutil.copyfile(_empty(), path)
    return path


def store(database: Database, records: Iterable[Record]) -> None:
    """Keep records of any kinds in one entry, as they came to be: a submitted return was a draft while its lines were written."""
    by_kind: dict[type[Record], list[Record]] = {}
    for each in records:
        by_kind.setdefault(type(each), []).append(each)
    sent = [
        each for each in by_kind.get(FunderReturn, []) if isinstance(each, FunderReturn) and each.state.frozen
    ]
    with transaction(database, stamp("Store")) as tx:
        for kind in RECORDS:
            rows = [_unsent(each) for each in by_kind.get(kind, [])]
            if rows:
                repository.insert(tx.connection, rows)
        for each in sent:
            repository.update(tx.connection, each)


def _unsent(item: Record) -> Record:
    if isinstance(item, FunderReturn) and item.state.frozen:
        return replace(
            item,
            state=ReturnState.DRAFT,
            claim=Money(0),
            earlier_years=Money(0),
            submitted_on=None,
            received=Money(0),
            received_on=None,
        )
    return item


@contextmanager
def kept_in_a_file(records: Iterable[Record]) -> Generator[Database]:
    """A new file that holds these records, and is gone afterwards: for each example of a property."""
    with (
        TemporaryDirectory() as folder,
        closing(Database(empty_file(Path(folder) / "x.fundtracker"))) as made,
    ):
        store(made, records)
        yield made


def copied(file: Path, folder: Path) -> Path:
    """A copy of a file and its evidence in another folder."""
    copy = folder / file.name
    shutil.copyfile(file, copy)
    shutil.copytree(EvidenceStore(file).folder, EvidenceStore(copy).folder)
    return copy


def filed(path: Path, records: Iterable[Record] | None = None, *, today: date = TODAY) -> Workspace:
    """A workspace on a new file that holds these records (one of each kind where none are given)."""
    workspace = Workspace(Database(empty_file(path)), actor=ACTOR, clock=clock_at(today))
    store(workspace.database, one_of_each() if records is None else records)
    if records is None:
        keep_documents(workspace.database, 1)
    return workspace


def keep_documents(database: Database, return_id: int) -> None:
    """A small snapshot and file for a submitted return that was stored without."""
    with transaction(database, stamp("Keep documents")) as tx:
        conn = tx.connection
        row = repository.get(conn, FunderReturn, return_id)
        assert row is not None
        repository.update(conn, replace(row, query="Kept"))
        content = frozen.FrozenFile.of("return.xlsx", b"PK\x03\x04 a workbook")
        frozen.keep(
            conn,
            return_id=return_id,
            form_version="1",
            text='{"a":1}',
            sha256=content.of("", b'{"a":1}').sha256,
            head=head(conn),
            files=[content],
        )
