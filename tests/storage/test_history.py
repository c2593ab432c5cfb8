"""No write avoids the history, and the history replays to the tables, whatever was written and however."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from filing import empty_file, filed, stamp
from fundtracker.domain.columns import table_name
from fundtracker.domain.organisations import Priority, PriorityId
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.records import RECORDS
from fundtracker.storage import repository, search
from fundtracker.storage.database import Database
from fundtracker.storage.derived import rebuild_summary, recorded_columns
from fundtracker.storage.journal import Transaction, change_rows, head, transaction
from fundtracker.storage.verify import verify
from typist import Typist

FEW, MANY = 4_000, 20_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with filed(tmp_path / "one.fundtracker") as workspace:
        yield workspace.database


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    opened = Database(empty_file(tmp_path / "empty.fundtracker"))
    yield opened
    opened.close()


def changes(database: Database, seq: int) -> list[tuple[str, int, bool, bool]]:
    """What an entry holds: table, record, had a before, has an after."""
    with database.reader() as conn:
        return [(row[2], row[3], row[4] is not None, row[5] is not None) for row in change_rows(conn, seq)]


def faults(database: Database) -> list[str]:
    with database.reader() as conn:
        return [problem.message for problem in verify(conn)]


def add_priorities(conn: sqlite3.Connection, *numbers: int) -> None:
    repository.insert(conn, [Priority(id=PriorityId(n), code=f"P{n}", name=f"Priority {n}") for n in numbers])


# Every way of writing is captured


def test_a_bulk_insert_is_captured_row_by_row(empty: Database) -> None:
    with transaction(empty, stamp()) as tx:
        tx.connection.executemany(
            "INSERT INTO priority (version, code, name) VALUES (1, ?, ?)",
            [(f"P{n}", "x") for n in range(1, 51)],
        )
    assert changes(empty, tx.entry.seq) == [("priority", n, False, True) for n in range(1, 51)]


def test_an_update_of_many_rows_is_captured_row_by_row(empty: Database) -> None:
    with transaction(empty, stamp()) as tx:
        add_priorities(tx.connection, 1, 2, 3)
    with transaction(empty, stamp()) as tx:
        tx.connection.execute("UPDATE priority SET name = name || '!' WHERE id > 1")
    assert changes(empty, tx.entry.seq) == [("priority", 2, True, True), ("priority", 3, True, True)]
    with empty.reader() as conn:
        befores = [row[4] for row in change_rows(conn, tx.entry.seq)]
    assert befores == [f"id={n},version=1,code='P{n}',name='Priority {n}'" for n in (2, 3)]


def test_replacing_a_row_by_its_id_or_by_its_key_captures_what_it_removed(empty: Database) -> None:
    with transaction(empty, stamp()) as tx:
        add_priorities(tx.connection, 1, 2)
    with transaction(empty, stamp()) as tx:
        tx.connection.execute("INSERT OR REPLACE INTO priority VALUES (1, 1, 'P1', 'Replaced')")
        tx.connection.execute("INSERT OR REPLACE INTO priority VALUES (7, 1, 'P2', 'Took its code')")
        tx.connection.execute("UPDATE OR REPLACE priority SET code = 'P1' WHERE id = 7")
    found = changes(empty, tx.entry.seq)
    assert ("priority", 2, True, False) in found
    assert found.count(("priority", 1, True, False)) == 2
    assert faults(empty) == []


def test_an_upsert_and_a_delete_are_captured(empty: Database) -> None:
    with transaction(empty, stamp()) as tx:
        add_priorities(tx.connection, 1)
        tx.connection.execute(
            "INSERT INTO priority VALUES (2, 1, 'P1', 'x') ON CONFLICT (code) DO UPDATE SET name = 'Upserted'"
        )
        tx.connection.execute("DELETE FROM priority")
    assert changes(empty, tx.entry.seq) == [
        ("priority", 1, False, True),
        ("priority", 1, True, True),
        ("priority", 1, True, False),
    ]


def test_every_table_is_captured(database: Database) -> None:
    """A table whose trigger were missing would let its rows in unseen."""
    with database.reader() as conn:
        held = {name for (name,) in conn.execute("SELECT DISTINCT table_name FROM change")}
        tables = {
            name
            for (name,) in conn.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'"
            )
        }
    assert held == set(recorded_columns())
    assert tables == held | {"entry", "change", "open_entry", "cost_summary"}


# What is refused


@pytest.mark.parametrize("table", [table_name(kind) for kind in RECORDS])
def test_a_write_without_an_open_entry_is_refused(database: Database, table: str) -> None:
    conn = database.writer()
    for sql in (f"UPDATE {table} SET version = version + 1", f"DELETE FROM {table}"):
        conn.execute("PRAGMA foreign_keys = 0")
        with pytest.raises(
            sqlite3.IntegrityError, match=r"every change has an actor|frozen|submitted return"
        ):
            conn.execute(sql)
    assert faults(database) == []


def test_a_first_row_without_an_open_entry_is_refused(empty: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="every change has an actor"):
        add_priorities(empty.writer(), 1)


def test_a_commit_without_a_seal_fails(empty: Database) -> None:
    conn = empty.writer()
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("INSERT INTO open_entry (id, seq, actor) VALUES (1, 1, 'Somebody')")
    add_priorities(conn, 1)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        conn.execute("COMMIT")
    conn.execute("DELETE FROM open_entry")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        conn.execute("COMMIT")
    conn.execute("ROLLBACK")
    with empty.reader() as reader:
        assert head(reader) == (0, "0" * 64)
        assert reader.execute("SELECT count(*) FROM priority").fetchone() == (0,)


def test_an_entry_without_an_actor_is_refused(empty: Database) -> None:
    with pytest.raises(Refused), transaction(empty, replace(stamp(), actor="  ")):
        pass


def test_an_entry_that_changes_nothing_is_refused(empty: Database) -> None:
    with pytest.raises(Refused, match="nothing to change"), transaction(empty, stamp()):
        pass
    with empty.reader() as conn:
        assert head(conn)[0] == 0


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE entry SET title = 'Other' WHERE seq = 1", "never changed"),
        ("DELETE FROM entry WHERE seq = 2", "never changed"),
        ("UPDATE change SET after = NULL WHERE id = 1", "never changed"),
        ("DELETE FROM change WHERE id = 1", "never changed"),
        ("INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1", "in order"),
        ("INSERT OR REPLACE INTO change SELECT * FROM change WHERE id = 1", "in order"),
        (
            "INSERT INTO change (entry_seq, table_name, record_id, after) VALUES (1, 'priority', 9, 'id=9')",
            "in order",
        ),
        (
            "INSERT INTO entry SELECT 99, actor, at, program, kind, title, reason, undoes, changes, seal, 'x' FROM entry WHERE seq = 2",
            "in order",
        ),
        (
            "INSERT INTO entry SELECT 3, actor, at, program, kind, title, reason, undoes, changes, previous, 'x' FROM entry WHERE seq = 1",
            "in order",
        ),
        ("INSERT INTO open_entry VALUES (1, 1, 'Somebody')", "in order"),
        ("INSERT INTO open_entry VALUES (1, 9, 'Somebody')", "in order"),
    ],
)
def test_the_history_is_never_changed_and_only_grows_at_its_end(
    database: Database, sql: str, message: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=message):
        database.writer().execute(sql)
    assert faults(database) == []


def test_inside_an_open_entry_no_change_is_written_before_another(database: Database) -> None:
    sql = "INSERT INTO change (id, entry_seq, table_name, record_id, before, after) VALUES (?, ?, 'priority', 1, NULL, NULL)"
    for number in (-1, 0):
        with pytest.raises(Refused, match="in order"), transaction(database, stamp()) as tx:
            tx.connection.execute(sql, (number, tx.seq))


def test_a_record_keeps_its_id(database: Database) -> None:
    with pytest.raises(Refused, match="keeps its id"), transaction(database, stamp()) as tx:
        tx.connection.execute("UPDATE priority SET id = 5")


def _writes_and_fails(database: Database, sql: str) -> None:
    with transaction(database, stamp()) as tx:
        tx.connection.execute(sql)
        raise KeyError


def test_a_failing_block_leaves_nothing_behind(database: Database) -> None:
    with database.reader() as conn:
        before = head(conn)
    with pytest.raises(KeyError):
        _writes_and_fails(database, "UPDATE cost SET net = 1")
    with database.reader() as conn:
        assert head(conn) == before
        assert conn.execute("SELECT count(*) FROM cost WHERE net = 1").fetchone() == (0,)
    assert faults(database) == []


# Thousands of random statements


def sums(conn: sqlite3.Connection) -> list[Any]:
    return sorted(conn.execute("SELECT * FROM cost_summary WHERE lines <> 0").fetchall())


def replay_holds(database: Database, statements: int, seed: int) -> None:
    typist = Typist(database, seed)
    typist.types(statements)
    assert typist.written > statements * 0.4, "most statements are refused: the test looks at too little"
    assert typist.refused > statements * 0.01
    assert faults(database) == []
    conn = database.writer()
    kept = sums(conn)
    conn.execute("BEGIN IMMEDIATE")
    for sql in rebuild_summary():
        conn.execute(sql)
    assert sums(conn) == kept
    conn.execute("ROLLBACK")
    for kind in RECORDS:
        if search.searchable(kind):
            name = f"search_{table_name(kind)}"
            conn.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")


def test_the_history_replays_to_the_tables_after_random_statements(database: Database) -> None:
    replay_holds(database, FEW, seed=20241021)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(3))
def test_the_history_replays_to_the_tables_after_very_many_statements(database: Database, seed: int) -> None:
    replay_holds(database, MANY, seed)


# The fingerprint


def test_a_fingerprint_as_printed_holds(database: Database) -> None:
    with database.reader() as conn:
        for seq, seal in conn.execute("SELECT seq, seal FROM entry").fetchall():
            assert verify(conn, fingerprint=f"{seq}:{seal}") == ()
            assert verify(conn, fingerprint=f"  {seq}:{seal.upper()}\n") == ()


@pytest.mark.parametrize(
    ("fingerprint", "message"),
    [
        ("1:" + "a" * 64, "History up to entry 1 is not what it was when the fingerprint was printed"),
        ("99:" + "a" * 64, "has no entry 99: it was cut short, or the fingerprint is of another file"),
        ("not one", "is not a fingerprint: type it as printed"),
        ("1:abc", "is not a fingerprint"),
        ("9" * 30 + ":" + "a" * 64, "has no entry"),
    ],
)
def test_a_wrong_fingerprint_is_told(database: Database, fingerprint: str, message: str) -> None:
    with database.reader() as conn:
        (problem,) = verify(conn, fingerprint=fingerprint)
    assert message in problem.message


@dataclass(frozen=True)
class Trouble:
    """A disk that fails at the seal: what a caller sees."""

    error: sqlite3.Error
    words: str


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(sqlite3.OperationalError("disk I/O error"), "can't be read or written: nothing was changed"),
        Trouble(
            sqlite3.OperationalError("database or disk is full"), "The disk is full: nothing was changed"
        ),
    ],
)
def test_trouble_at_the_seal_rolls_back_in_plain_words(
    database: Database, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise trouble.error

    def write(tx: Transaction) -> None:
        tx.connection.execute("UPDATE priority SET name = 'New'")

    with monkeypatch.context() as patch:
        patch.setattr("fundtracker.storage.journal.seal_entry", fails)
        with pytest.raises(StorageTrouble, match=trouble.words), transaction(database, stamp()) as tx:
            write(tx)
    with transaction(database, stamp()) as tx:
        write(tx)
    assert faults(database) == []
