"""Make and migrate a file: a verified backup first, then everything in one transaction, or nothing.

Alembic revisions are run one by one on our own transaction; triggers and search tables are dropped and made again from the
records, since rebuilding a table loses them.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from fundtracker.domain.problems import StorageTrouble
from fundtracker.storage import migrations, rowtext, search
from fundtracker.storage.database import APPLICATION_ID, connect
from fundtracker.storage.derived import rebuild_summary, recorded_columns, statements
from fundtracker.storage.journal import Stamp, open_entry, seal_entry

SCRIPTS = Path(migrations.__file__).parent


def scripts() -> ScriptDirectory:
    """The revisions that this program knows."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


def on_engine(conn: sqlite3.Connection) -> Connection:
    """The same connection for SQLAlchemy, whose begin, commit and rollback do nothing: the transaction is ours."""
    engine = create_engine("sqlite://", creator=lambda: conn, poolclass=StaticPool)

    def nothing(*_: object) -> None:
        """The transaction is ours."""

    for name in ("do_begin", "do_commit", "do_rollback", "do_close", "do_terminate"):
        setattr(engine.dialect, name, nothing)
    return engine.connect()


def make(path: Path) -> None:
    """A new file at the newest version."""
    with closing(connect(path)) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(conn, 0)


def migrate(path: Path) -> Path:
    """Bring an older file to the newest version; the backup made before. Any failure leaves the file as it was."""
    with closing(connect(path)) as conn:
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        backup = back_up(conn, path, f"before version {migrations.HEAD}")
        _upgrade(conn, int(version))
    return backup


def back_up(conn: sqlite3.Connection, path: Path, why: str) -> Path:
    """A copy made by the database itself in the folder `backups` beside the file, opened and checked before it counts."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
    target = folder / f"{path.stem} {stamp} {why}{path.suffix}"
    try:
        with closing(sqlite3.connect(target)) as copy:
            conn.backup(copy)
            (result,) = copy.execute("PRAGMA quick_check").fetchone()
        if result != "ok":
            raise StorageTrouble(  # noqa: TRY301 - the half-made copy goes either way
                f"{path.name} can't be backed up ({result}), so it was not changed. Restore an earlier backup."
            )
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def _upgrade(conn: sqlite3.Connection, version: int, after_step: Callable[[str], None] | None = None) -> None:
    """Run every revision after `version`, in one transaction."""
    done = after_step or _nobody_asks
    conn.execute("PRAGMA foreign_keys = 0")
    conn.execute("BEGIN IMMEDIATE")
    try:
        counts = _row_counts(conn) if version else {}
        columns_before = _columns(conn) if version else {}
        _drop_derived(conn)
        done("derived parts dropped")
        run_revisions(conn, version)
        done("revisions run")
        for sql in statements():
            conn.execute(sql)
        _rebuild(conn)
        if version:
            _record_added_columns(conn, columns_before)
        done("derived parts made")
        _check(conn, counts)
        conn.execute(f"PRAGMA user_version = {migrations.HEAD}")
        done("checked")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.execute("PRAGMA foreign_keys = 1")


def _nobody_asks(_step: str) -> None:
    """Where no test watches the steps."""


def run_revisions(conn: sqlite3.Connection, version: int) -> None:
    """Run every revision after `version` on an open transaction."""
    directory = scripts()
    base = f"{version:04d}" if version else "base"
    with on_engine(conn) as connection:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": False})
        with Operations.context(context):
            for revision in reversed(list(directory.iterate_revisions("head", base))):
                module: Any = revision.module
                module.upgrade()


def _drop_derived(conn: sqlite3.Connection) -> None:
    found = list(
        conn.execute(
            "SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL TABLE%' OR name LIKE 'sort\\_%' ESCAPE '\\'"
        )
    )
    for kind, name in found:
        conn.execute(f"DROP {kind} {name}")


def _rebuild(conn: sqlite3.Connection) -> None:
    """The search tables and sums, from the records as they are."""
    search.rebuild(conn)
    for sql in rebuild_summary():
        conn.execute(sql)


def _tables(conn: sqlite3.Connection) -> set[str]:
    return {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} & {
        *recorded_columns(),
        "entry",
        "change",
    }


def _row_counts(conn: sqlite3.Connection) -> dict[str, int]:
    return {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _tables(conn)}


def _columns(conn: sqlite3.Connection) -> dict[str, set[str]]:
    return {table: {row[1] for row in conn.execute(f"PRAGMA table_info({table})")} for table in _tables(conn)}


def _record_added_columns(conn: sqlite3.Connection, before: dict[str, set[str]]) -> None:
    """Write to the history which columns were added and what the rows already there hold in them, so that its replay still fits."""
    added = list(_added_columns(conn, before))
    if added:
        stamp = Stamp(
            actor="fundtracker",
            at=datetime.now(UTC),
            title=f"Migrate to version {migrations.HEAD}",
            kind="migration",
        )
        seq = open_entry(conn, stamp)
        conn.executemany(
            "INSERT INTO change (entry_seq, table_name, record_id, before, after) VALUES (?, ?, 0, NULL, ?)",
            [(seq, f"column:{table}", rowtext.write({name: first})) for table, name, first in added],
        )
        seal_entry(conn, seq, stamp)


def _added_columns(conn: sqlite3.Connection, before: dict[str, set[str]]) -> Iterator[tuple[str, str, Any]]:
    for table, names in recorded_columns().items():
        for name in names:
            if table in before and name not in before[table]:
                rows = conn.execute(f"SELECT DISTINCT {name} FROM {table} LIMIT 2").fetchall()
                if len(rows) > 1:
                    raise StorageTrouble(
                        f"The migration gave {table}.{name} more than one first value: it can't be recorded, and nothing was changed."
                    )
                yield table, name, rows[0][0] if rows else None


def _check(conn: sqlite3.Connection, counts: dict[str, int]) -> None:
    broken = conn.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise StorageTrouble(f"The migration would break a reference of {broken[0]}: nothing was changed.")
    after = _row_counts(conn)
    lost = [
        table
        for table, count in counts.items()
        if table not in {"entry", "change"} and after.get(table) != count
    ]
    if lost:
        raise StorageTrouble(
            f"The migration would lose rows of {', '.join(sorted(lost))}: nothing was changed."
        )
