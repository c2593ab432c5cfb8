"""Whoever changes a file outside the program is found out, even with the triggers taken off and put back."""

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from filing import filed
from fundtracker.storage.database import Database
from fundtracker.storage.derived import recorded_columns
from fundtracker.storage.journal import change_rows, length_prefixed, seal_of
from fundtracker.storage.verify import verify
from typist import Typist

FEW, MANY = 200, 1_000


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a history of some length, in every table."""
    path = tmp_path_factory.mktemp("tampering") / "original.fundtracker"
    with filed(path) as workspace:
        Typist(workspace.database, seed=5).types(250)
    return path


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(original, tmp_path / "copy.fundtracker"))


def faults(path: Path, fingerprint: str | None = None) -> list[str]:
    database = Database(path)
    try:
        with database.reader() as conn:
            return [problem.message for problem in verify(conn, fingerprint=fingerprint)]
    finally:
        database.close()


class Attacker:
    """Opens the file with a tool of his own, takes the guards off, changes something, and puts the guards back."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.random = random.Random(seed)  # noqa: S311 - reproducible on purpose

    def strikes(self) -> str:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as conn:
            conn.execute("PRAGMA synchronous = 0")
            conn.execute("PRAGMA foreign_keys = 0")
            conn.execute("BEGIN")
            done = [self._one(conn) for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
            conn.execute("COMMIT")
        return "; ".join(done)

    def _one(self, conn: sqlite3.Connection) -> str:
        tables = [*recorded_columns(), *["change", "entry"] * 8, "cost_summary", "cost_summary"]
        while True:
            table = self.random.choice(tables)
            if not conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
                continue
            guards = conn.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
            ).fetchall()
            for name, _ in guards:
                conn.execute(f"DROP TRIGGER {name}")
            try:
                return self.random.choice(
                    (self._edits, self._edits, self._edits, self._deletes, self._copies)
                )(conn, table)
            except sqlite3.IntegrityError:
                continue  # a CHECK or a unique key stood in the way: try something else
            finally:
                for _, sql in guards:
                    conn.execute(sql)

    def _row(self, conn: sqlite3.Connection, table: str) -> dict[str, Any]:
        cursor = conn.execute(f"SELECT * FROM {table}")
        names = [each[0] for each in cursor.description]
        return dict(zip(names, self.random.choice(cursor.fetchall()), strict=True))

    def _where(self, conn: sqlite3.Connection, table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
        keys = [each[1] for each in conn.execute(f"PRAGMA table_info({table})") if each[5]]
        return " AND ".join(f"{name} = ?" for name in keys), [row[name] for name in keys]

    def _edits(self, conn: sqlite3.Connection, table: str) -> str:
        row = self._row(conn, table)
        types = {
            each[1]: (each[2], each[3] or each[5]) for each in conn.execute(f"PRAGMA table_info({table})")
        }
        name = self.random.choice(list(types))
        where, bound = self._where(conn, table, row)
        value = self._other(row[name], *types[name])
        conn.execute(f"UPDATE {table} SET {name} = ? WHERE {where}", (value, *bound))
        return f"{table}.{name} of {bound}: {str(row[name])[:60]!r} to {str(value)[:60]!r}"

    def _other(self, value: Any, kind: str, needed: bool) -> Any:
        if value is None:
            return 1 if kind == "INTEGER" else "x"
        if not needed and self.random.random() < 0.2:
            return None
        if kind == "INTEGER":
            return value + self.random.choice((1, -1, 100, 10**9))
        if kind == "BLOB":
            place = self.random.randrange(len(value))
            return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        if not value:
            return "x"
        place = self.random.randrange(len(value))
        letter = "9" if value[place] != "9" else "8"
        return self.random.choice(
            (value + " ", value[:place] + letter + value[place + 1 :], value[:place] + value[place + 1 :])
        )

    def _deletes(self, conn: sqlite3.Connection, table: str) -> str:
        where, bound = self._where(conn, table, self._row(conn, table))
        conn.execute(f"DELETE FROM {table} WHERE {where}", bound)
        return f"{table} {bound} removed"

    def _copies(self, conn: sqlite3.Connection, table: str) -> str:
        row = self._row(conn, table)
        key = {"entry": "seq", "cost_summary": "award_id"}.get(table, "id")
        row[key] = conn.execute(f"SELECT max({key}) + 1 FROM {table}").fetchone()[0]
        if table == "cost_summary":
            row["lines"], row["net"] = 1, 5
        unique = {"seal", "code", "name", "reference", "quarter"} & row.keys()
        for name in unique:
            row[name] = f"{row[name]}-"
        conn.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", list(row.values()))
        return f"{table} {row[key]} added"


def every_one_is_caught(original: Path, folder: Path, seeds: range) -> None:
    assert faults(original) == []
    path = folder / "tampered.fundtracker"
    missed: list[str] = []
    for seed in seeds:
        shutil.copyfile(original, path)
        done = Attacker(path, seed).strikes()
        if not faults(path):
            missed.append(done)
    assert missed == []


def test_random_tampering_is_always_caught(original: Path, tmp_path: Path) -> None:
    every_one_is_caught(original, tmp_path, range(FEW))


@pytest.mark.deep
def test_very_much_random_tampering_is_always_caught(original: Path, tmp_path: Path) -> None:
    every_one_is_caught(original, tmp_path, range(FEW, FEW + MANY))


def rewritten(name: str, old: str, new: str) -> str:
    """Change the statement that a table or index was made by, as SQLite lets whoever asks."""
    return f"PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = replace(replace(sql, char(10) || ' STRICT', ' STRICT'), '{old}', '{new}') WHERE name = '{name}'"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TRIGGER history_cost_update", "The guard history_cost_update was removed"),
        ("DROP TRIGGER frozen_return_line_update", "The guard frozen_return_line_update was removed"),
        ("DROP TABLE search_cost", "The guard search_cost was removed"),
        (
            "CREATE TRIGGER sly AFTER INSERT ON cost BEGIN UPDATE cost SET net = 1 WHERE id = NEW.id; END",
            "The guard sly was added",
        ),
        (
            "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = replace(sql, 'never changed', 'rarely changed') WHERE name = 'guard_entry_update'",
            "The guard guard_entry_update was changed",
        ),
        # the schema, beside the guards
        ("DROP INDEX ix_cost_grant_id", "The index ix_cost_grant_id was removed outside the program."),
        ("DROP INDEX sort_cost_net", "The index sort_cost_net was removed outside the program."),
        ("CREATE INDEX mine ON cost (net)", "The index mine was added outside the program."),
        ("CREATE TABLE mine (id INTEGER)", "The table mine was added outside the program."),
        ("CREATE VIEW mine AS SELECT net FROM cost", "The view mine was added outside the program."),
        ("DROP TABLE cost_summary", "The table cost_summary was removed outside the program."),
        ("ALTER TABLE cost ADD COLUMN mine TEXT", "The table cost was changed outside the program."),
        ("ALTER TABLE cost RENAME COLUMN net TO gross", "The table cost was changed outside the program."),
        (
            "ALTER TABLE cost RENAME COLUMN net TO gross",
            "Part of the file can't be checked (no such column: net)",
        ),
        (rewritten("cost", ") STRICT", ")"), "The table cost was changed outside the program."),
        (rewritten("cost", "net INTEGER", "net TEXT"), "The table cost was changed outside the program."),
        (rewritten("cost", "net INTEGER NOT NULL", "net INTEGER"), "The table cost was changed outside"),
        (rewritten("cost", "IN (0, 1)", "IN (0, 2)"), "The table cost was changed outside the program."),
        (rewritten("cost", "ON DELETE RESTRICT", "ON DELETE CASCADE"), "The table cost was changed outside"),
        (rewritten("change", "DEFERRABLE INITIALLY DEFERRED", ""), "The table change was changed outside"),
        (rewritten("cost", "AUTOINCREMENT", ""), "The table cost was changed outside the program."),
        (
            rewritten("ix_cost_grant_id", "(grant_id", "(net"),
            "The index ix_cost_grant_id was changed outside",
        ),
        (
            "UPDATE cost SET net = net + 1",
            "cost 1 is not what the history says: it was changed outside the program.",
        ),
        ("UPDATE change SET after = 'id=' WHERE id = 1", "was changed after it was sealed"),
        (
            "UPDATE change SET table_name = 'column:nowhere' WHERE id = 1",
            "was changed after it was sealed",
        ),
        ("UPDATE change SET table_name = 'column:cost', after = NULL WHERE id = 1", "can't be read"),
        ("INSERT INTO open_entry VALUES (1, 1, 'Somebody')", "left open"),
        ("UPDATE cost_summary SET net = net + 1", "sums of costs"),
        ("UPDATE frozen_file SET content = x'00'", "return.xlsx is not what was frozen"),
        ("UPDATE frozen_return SET snapshot = '{}'", "The snapshot of return 1 is not what was frozen"),
        ("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)", "belong to no entry"),
        ("DELETE FROM entry WHERE seq = 2", "doesn't follow the one before it"),
    ],
)
def test_each_kind_of_tampering_is_named(copy: Path, sql: str, message: str) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        guards = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        if sql[:6] == "UPDATE" or sql[:6] in {"DELETE", "INSERT"}:
            for name, _ in guards:
                conn.execute(f"DROP TRIGGER {name}")
            conn.execute(sql)
            for _, made in guards:
                conn.execute(made)
        else:
            conn.executescript(sql)
    assert any(message in each for each in faults(copy)), faults(copy)


def test_a_history_rewritten_from_end_to_end_is_caught_by_a_fingerprint_held(copy: Path) -> None:
    """What we say and no more: a change at or below a fingerprint somebody holds is detected."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        held = conn.execute("SELECT seq, seal FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        _rewrite(conn, "UPDATE entry SET actor = 'Somebody else' WHERE seq = 1")
    assert faults(copy) == []
    (message,) = faults(copy, f"{held[0]}:{held[1]}")
    assert "is not what it was when the fingerprint was printed" in message


def test_a_rewritten_entry_in_the_middle_is_caught_without_one(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        _rewrite(conn, "UPDATE entry SET actor = 'Somebody else' WHERE seq = 1", last=1)
    assert any("entry 2 doesn't follow" in each for each in faults(copy))


def _rewrite(conn: sqlite3.Connection, sql: str, last: int = 10**9) -> None:
    """Change the history and work out every seal anew, as one who knows the program could."""
    guards = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'"
    ).fetchall()
    for name, _ in guards:
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute(sql)
    previous = "0" * 64
    for fields in list(_entries(conn)):
        if fields[0] > last:
            break
        digest = hashlib.sha256(b"".join(length_prefixed(row) for row in change_rows(conn, fields[0])))
        sealed = (*fields[:-1], previous)
        previous = seal_of(sealed, digest.hexdigest())
        conn.execute(
            "UPDATE entry SET previous = ?, seal = ? WHERE seq = ?", (sealed[-1], previous, fields[0])
        )
    for _, made in guards:
        conn.execute(made)


def _entries(conn: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    yield from conn.execute(
        "SELECT seq, actor, at, program, kind, title, reason, undoes, changes, previous FROM entry ORDER BY seq"
    )
