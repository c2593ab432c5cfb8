"""Typist: writes to a file at random, by every road that SQL offers."""

import random
import sqlite3
from contextlib import suppress
from dataclasses import replace
from typing import Any

from filing import stamp
from fundtracker.domain.columns import columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.kinds import Choice, DateKind, LongText, QuarterKind, YearKind, YesNo
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.storage import repository
from fundtracker.storage.database import Database
from fundtracker.storage.journal import Transaction, transaction

AWKWARD = (
    "O'Neill",
    "''",
    "a=1,b='2'",
    "Llŷn “quoted”",
    "two\nlines",
    "=1+1",
    "NULL",
    "",
    "ends in '",
    "🚓, tab\t",
)


class _ThinksBetterOfIt(Exception):  # noqa: N818 - no error: the block is left to see it rolled back
    """The typist rolls back."""


class Typist:
    """Writes at random, by every road that SQL offers; what the database refuses, it refuses."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.random = random.Random(seed)  # noqa: S311 - reproducible on purpose
        self.written = 0
        self.refused = 0
        self.fresh = 1_000

    def types(self, statements: int) -> None:
        done = 0
        while done < statements:
            size = self.random.randint(1, 40)
            with suppress(Refused, _ThinksBetterOfIt), transaction(self.database, stamp()) as tx:
                for _ in range(size):
                    self._one(tx)
                if self.random.random() < 0.05:
                    raise _ThinksBetterOfIt
            done += size

    def _one(self, tx: Transaction) -> None:
        act = self.random.choice(
            (
                self._adds,
                self._changes_one,
                self._changes_one,
                self._changes_many,
                self._replaces,
                self._deletes,
            )
        )
        try:
            act(tx.connection)
        except sqlite3.IntegrityError:
            self.refused += 1
        else:
            self.written += 1

    def _ids(self, conn: sqlite3.Connection, table: str) -> list[int]:
        return [row[0] for row in conn.execute(f"SELECT id FROM {table}")]

    def _adds(self, conn: sqlite3.Connection) -> None:
        """New costs, one or a bulk of them, copied from any."""
        how_many = self.random.choice((1, 1, 5, 30))
        like = self.random.choice(self._ids(conn, "cost") or [0])
        item = repository.get(conn, Cost, like)
        if item is None:
            return
        rows: list[Cost] = []
        for _ in range(how_many):
            self.fresh += 1
            rows.append(
                replace(
                    item,
                    id=self.fresh,
                    version=1,
                    reference=f"R-{self.fresh}",
                    supplier=self.random.choice(AWKWARD),
                )
            )
        repository.insert(conn, rows)

    def _value(self, conn: sqlite3.Connection, kind: Any, name: str) -> Any:
        column = next(each for each in columns(kind) if each.name == name)
        if column.nullable and self.random.random() < 0.2:
            return None
        if column.refers_to:
            target = table_name(next(k for k in RECORDS if k.__name__ == column.refers_to))
            return self.random.choice(self._ids(conn, target) or [1])
        match column.kind:
            case YesNo():
                return self.random.randint(0, 1)
            case Choice():
                return self.random.choice(column.kind.words)
            case DateKind():
                return f"20{self.random.randint(22, 25)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
            case QuarterKind():
                return self.random.choice(("2023-24-Q3", "2023-24-Q4", "2024-25-Q1"))
            case YearKind():
                return self.random.choice(("2023/24", "2024/25"))
            case LongText():
                return self.random.choice(AWKWARD) * self.random.randint(1, 50)
            case _ if column.kind.database_type == "INTEGER":
                return self.random.randint(-(10**12), 10**12)
            case _:
                return self.random.choice(AWKWARD) + str(self.random.randint(0, 10**6))

    def _place(self) -> tuple[Any, str, str]:
        kind = self.random.choice((*RECORDS, Cost, Cost))
        return kind, table_name(kind), self.random.choice(columns(kind)).name

    def _changes_one(self, conn: sqlite3.Connection) -> None:
        kind, table, name = self._place()
        some = self.random.choice(self._ids(conn, table) or [0])
        conn.execute(
            f"UPDATE {table} SET {name} = ?, version = version + 1 WHERE id = ?",
            (self._value(conn, kind, name), some),
        )

    def _changes_many(self, conn: sqlite3.Connection) -> None:
        kind, table, name = self._place()
        way = self.random.choice(("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"))
        conn.execute(
            f"{way} {table} SET {name} = ? WHERE id % 7 = ?",
            (self._value(conn, kind, name), self.random.randint(0, 6)),
        )

    def _replaces(self, conn: sqlite3.Connection) -> None:
        """INSERT OR REPLACE of a row's own copy, by its id or by its unique key."""
        kind = self.random.choice(RECORDS)
        table = table_name(kind)
        names = [each.name for each in columns(kind)]
        some = self.random.choice(self._ids(conn, table) or [0])
        self.fresh += 1
        taken = str(some) if self.random.random() < 0.5 else str(self.fresh)
        conn.execute(
            f"INSERT OR REPLACE INTO {table} (id, version, {', '.join(names)}) SELECT {taken}, 1, {', '.join(names)} FROM {table} WHERE id = ?",
            (some,),
        )

    def _deletes(self, conn: sqlite3.Connection) -> None:
        kind = self.random.choice((*RECORDS, *(Cost,) * 8))
        table = table_name(kind)
        ids = self._ids(conn, table)
        if len(ids) > 3:
            conn.execute(f"DELETE FROM {table} WHERE id IN (?, ?)", self.random.sample(ids, 2))
