"""Make and migrate a file: a verified backup first, then everything in one transaction, or nothing.

Alembic revisions are run one by one on our own transaction; triggers and search tables are dropped and made again from the
records, since rebuilding a table loses them.
"""

import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
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
from fundtracker.storage import migrations, moves, search
from fundtracker.storage.connection import connect, end
from fundtracker.storage.database import APPLICATION_ID, refuse_newer
from fundtracker.storage.derived import rebuild_summary, recorded_columns, statements

SCRIPTS = Path(migrations.__file__).parent
_RUNNING = threading.Lock()
"""Held while revisions run: Alembic's `op` is one for all threads."""


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
    reflected = engine.dialect.get_foreign_keys

    def with_on_delete(connection: Connection, table_name: str, **rest: Any) -> list[Any]:
        """SQLAlchemy sees what a reference does on delete in a table's own clause, and not beside a column added later."""
        found = list[Any](reflected(connection, table_name, **rest))
        on_delete = {row[3]: row[6] for row in conn.execute(f'PRAGMA foreign_key_list("{table_name}")')}
        for each in found:
            if (does := on_delete[each["constrained_columns"][0]]) != "NO ACTION":
                each["options"]["ondelete"] = does
        return found

    setattr(engine.dialect, "get_foreign_keys", with_on_delete)  # noqa: B010 - a method replaced
    return engine.connect()


@contextmanager
def _written(path: Path) -> Generator[sqlite3.Connection]:
    """A connection to write by."""
    conn = connect(path)
    try:
        yield conn
    finally:
        end(conn)


def make(path: Path) -> None:
    """A new file at the newest version."""
    with _written(path) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with alone(conn):
            upgrade(conn, 0)


def migrate(path: Path) -> Path | None:
    """Bring an older file to the newest version; the backup made before. Any failure leaves the file as it was.

    None where another program brought it there meanwhile: the version counts that stands once nobody else can write.
    """
    with _written(path) as conn, alone(conn):
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        refuse_newer(path, version)
        if version == migrations.HEAD:
            return None
        backup = back_up(path, f"before version {migrations.HEAD}")
        upgrade(conn, version)
    return backup


def back_up(path: Path, why: str) -> Path:
    """A copy made by the database itself in the folder `backups` beside the file, opened and checked before it counts.

    It never takes the place of another. What is copied is what was last committed, also while a transaction is open.
    """
    target = _free_name(path, why)
    try:
        with closing(connect(path, read_only=True)) as conn, closing(sqlite3.connect(target)) as copy:
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


def _free_name(path: Path, why: str) -> Path:
    """An empty file for a backup, told from another of the same second by a number."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
    number, again = 1, ""
    while True:
        target = folder / f"{path.stem} {stamp} {why}{again}{path.suffix}"
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            number += 1
            again = f" ({number})"
        else:
            return target


@contextmanager
def alone(conn: sqlite3.Connection) -> Generator[None]:
    """A transaction in which nobody else writes and references are not looked at; any exception rolls everything back."""
    conn.execute("PRAGMA foreign_keys = 0")
    try:
        conn.execute("BEGIN IMMEDIATE")
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.execute("PRAGMA foreign_keys = 1")


def upgrade(conn: sqlite3.Connection, version: int, after_step: Callable[[str], None] | None = None) -> None:
    """Run every revision after `version`, in an open transaction (see `alone`)."""
    done = after_step or _nobody_asks
    counts = _row_counts(conn) if version else {}
    columns_before = moves.columns_now(conn)
    _drop_derived(conn)
    done("derived parts dropped")
    renamed = run_revisions(conn, version)
    done("revisions run")
    for sql in statements():
        conn.execute(sql)
    _rebuild(conn)
    if version:
        moves.record(conn, columns_before, renamed)
    done("derived parts made")
    _check(conn, counts)
    conn.execute(f"PRAGMA user_version = {migrations.HEAD}")
    done("checked")


def _nobody_asks(_step: str) -> None:
    """Where no test watches the steps."""


def run_revisions(conn: sqlite3.Connection, version: int) -> moves.Renamed:
    """Run every revision after `version` on an open transaction; the columns they renamed."""
    directory = scripts()
    base = f"{version:04d}" if version else "base"
    renamed: moves.Renamed = {}
    with _RUNNING, on_engine(conn) as connection:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": False})
        with Operations.context(context):
            for revision in reversed(list(directory.iterate_revisions("head", base))):
                module: Any = revision.module
                before = moves.columns_now(conn)
                module.upgrade()
                said = getattr(module, "renamed", {})
                moves.refuse_unclear(revision.revision, before, moves.columns_now(conn), said)
                renamed = moves.then(renamed, said)
    return renamed


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
