"""The tables follow from the records, and no migration was forgotten."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from filing import ACTOR, NOON, clock_at
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record
from fundtracker.domain.delivery import Reading
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant
from fundtracker.domain.ledger import AgreedBalance, LedgerCode, LedgerLayout, LedgerLine, LedgerMatch
from fundtracker.domain.records import RECORDS
from fundtracker.storage import migrate, migrations, tables
from fundtracker.storage.revise import revise
from fundtracker.storage.verify import verify
from one_of_each import one_of_each

KEPT = Path(__file__).parent / "kept"


def test_the_migrations_make_the_tables_that_the_records_describe() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrate.run_revisions(conn, 0)
        with migrate.on_engine(conn) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, tables.metadata()) == []


def test_a_comparison_would_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alembic compares no CHECKs and no STRICT: those are looked at below."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrate.run_revisions(conn, 0)
        conn.execute("ALTER TABLE cost DROP COLUMN ledger_code")
        with migrate.on_engine(conn) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert [each[0] for each in _flat(compare_metadata(context, tables.metadata()))] == ["add_column"]


def _flat(found: Any) -> list[Any]:
    """Alembic puts what it finds of one column in a list of its own."""
    return [part for each in found for part in (each if isinstance(each, list) else [each])]  # pyright: ignore[reportUnknownVariableType] - Alembic says nothing of its types


def _made(sql: list[str]) -> set[str]:
    """Statements without regard to blanks, quotation marks and the order of a table's parts.

    Nor to what a column added later brings in its own line: its first value, and its reference without a name (whose
    columns Alembic compares).
    """
    first_value, name = r"DEFAULT ('(?:[^']|'')*'|-?\d+)", r"CONSTRAINT \w+ FOREIGN KEY\s*\(\w+\)"
    plain = (re.sub(f'{first_value}|{name}|[",()]', " ", each) for each in sql)
    return {" ".join(sorted(each.split())) for each in plain}


def test_checks_and_strictness_are_those_of_the_metadata_too() -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = create_engine("sqlite://").dialect
    described = [
        str(made.compile(dialect=dialect))
        for table in tables.metadata().sorted_tables
        for made in (CreateTable(table), *(CreateIndex(index) for index in table.indexes))
    ]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrate.run_revisions(conn, 0)
        held = [
            sql
            for (sql,) in conn.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
            )
        ]
    assert _made(held) == _made(described)


def test_head_is_the_newest_revision() -> None:
    assert f"{migrations.HEAD:04d}" == migrate.scripts().get_current_head()


def test_there_is_nothing_to_revise() -> None:
    with pytest.raises(ValueError, match="there is nothing to write"):
        revise("Nothing")


SINCE: dict[type[Record], int] = dict.fromkeys(
    (
        PartnerForm,
        FormLine,
        FormForecast,
        FormReading,
        FormReason,
        LedgerLayout,
        LedgerCode,
        LedgerLine,
        LedgerMatch,
        AgreedBalance,
    ),
    3,
)
"""The version of the file that first had records of a kind, where it wasn't the first."""


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.fundtracker")), ids=lambda each: each.stem)
def test_every_kept_file_opens_verifies_and_gives_back_its_records(kept: Path, tmp_path: Path) -> None:
    path = Path(shutil.copyfile(kept, tmp_path / kept.name))
    with Workspace.open(path, actor=ACTOR, clock=clock_at(NOON.date())) as workspace:
        with workspace.database.reader() as conn:
            assert verify(conn) == ()
        held = [replace(each, version=1) for kind in RECORDS for each in workspace.select(kind)]
        version = int(kept.stem.removeprefix("version-"))
        known = [each for each in one_of_each() if SINCE.get(type(each), 1) <= version]
        assert held == in_kind_order([_as_kept(each, version) for each in known])
        assert workspace.undo_title == "Change title of G-1 Target hardening"
        workspace.undo()
        assert workspace.get(Grant, 1).title == "Target hardening"


def _as_kept(item: Record, version: int) -> Record:
    """As the file's own version wrote it, with the first values of columns that came later."""
    if isinstance(item, Condition | Reading) and version < 3:
        return replace(item, reference=None)
    if isinstance(item, Grant):
        return replace(item, title="Target hardening in the Cotswolds")
    return replace(item, query="Kept") if item == _sent(item) else item


def _sent(item: Record) -> Record | None:
    from fundtracker.domain.returns import FunderReturn

    return item if isinstance(item, FunderReturn) and item.state.frozen else None


def in_kind_order(records: list[Record]) -> list[Record]:
    return [each for kind in RECORDS for each in records if type(each) is kind]


def test_there_is_a_kept_file_of_this_version() -> None:
    assert (KEPT / f"version-{migrations.HEAD}.fundtracker").is_file()
