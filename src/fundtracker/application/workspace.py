"""Workspace: an open file and the only writer to it. Checks, writes in one transaction, undoes, redoes, tells listeners.

The window paints Home on a workspace before anything else is read, so nothing that Home can do without is imported here at
the top: the records, their guards and the history come with the first question that needs them.
"""

import getpass
import sqlite3
from collections.abc import Callable, Generator, Iterable, KeysView, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from fundtracker.domain.problems import Refused
from fundtracker.storage.database import Database, remove
from fundtracker.storage.glance import office_named

if TYPE_CHECKING:
    from fundtracker.domain.book import AwardBook
    from fundtracker.domain.changes import Change, ChangeSet
    from fundtracker.domain.columns import Record
    from fundtracker.domain.organisations import Office
    from fundtracker.storage.evidence import EvidenceStore
    from fundtracker.storage.journal import Captured, Entry
    from fundtracker.storage.queries import ListQuery, Row

R = TypeVar("R", bound="Record")
Clock = Callable[[], datetime]


def now() -> datetime:
    """The laptop's clock, in UTC."""
    return datetime.now(UTC)


def numbered(kind: "type[Record]", number: int) -> str:
    """ "C-00012" of a cost and 12."""
    return f"{kind.reference_prefix}-{number:05d}"


@dataclass(frozen=True)
class Changed:
    """What a transaction changed: told to every listener after it was committed."""

    entry: "Entry"
    ids: "Mapping[type[Record], frozenset[int]]"
    """By kind: undoing an import changes as many as it brought in, and so many pairs would hold the window while they are let go."""

    @property
    def kinds(self) -> "KeysView[type[Record]]":
        """The kinds of which something was changed."""
        return self.ids.keys()

    def concerns(self, kind: "type[Record]", record_id: int | None) -> bool:
        """Whether this record was changed, added or deleted."""
        return record_id in self.ids.get(kind, ())


class Lists:
    """Pages of lists, straight from the database; safe to use from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, query: "ListQuery") -> int:
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.count(conn, query)

    def page(self, query: "ListQuery", offset: int, limit: int, *, walked: bool = True) -> "list[Row]":
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.page(conn, query, offset, limit, walked=walked)

    @contextmanager
    def giving_up(self, when: Callable[[], bool], *, at_once: bool = True) -> Generator[None]:
        """What is asked meanwhile in this thread is broken off (queries.GivenUp) as soon as `when` says so; a worker needn't at once."""
        from fundtracker.storage import queries

        steps = queries.STEPS if at_once else queries.OFF_THE_WINDOW
        with self._database.reader() as conn, queries.giving_up(conn, when, steps):
            yield

    def ids(self, query: "ListQuery") -> Any:
        """All ids in order, as an array of 64-bit numbers."""
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.ids(conn, query)

    def rows(self, kind: "type[Record]", ids: Iterable[int]) -> "list[Row]":
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.rows(conn, kind, list(ids))

    def totals(self, query: "ListQuery") -> dict[str, str]:
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.totals(conn, query)

    def totals_by_year(self, query: "ListQuery") -> dict[str, dict[str, str]]:
        """Of a kind of which only money of one financial year is added; of few years at a time."""
        from fundtracker.storage import queries

        with self._database.reader() as conn:
            return queries.totals_by_year(conn, query)


class Workspace:
    """One open file. Reading never blocks on writing; every write is one transaction with a name, an actor and a seal."""

    def __init__(self, database: Database, *, actor: str | None = None, clock: Clock = now) -> None:
        self.database = database
        self.actor = actor or getpass.getuser()
        self.clock = clock
        self.lists = Lists(database)
        self.left = False
        self._listeners: list[Callable[[Changed], None]] = []

    @classmethod
    def open(cls, path: Path, *, actor: str | None = None, clock: Clock = now) -> "Workspace":
        """The file at `path`; StorageTrouble or Refused where it can't be opened, in words that say what to do."""
        return cls(Database.open(path), actor=actor, clock=clock)

    @classmethod
    def create(cls, path: Path, *, actor: str | None = None, clock: Clock = now) -> "Workspace":
        """A new, empty file at `path`; refused where one is there already."""
        return cls(Database.create(path), actor=actor, clock=clock)

    def leave(self) -> None:
        """Its window goes: what workers still look for, and nobody waits for, can be broken off (`left`)."""
        self.left = True

    def close(self) -> None:
        self.leave()
        self.database.close()

    def discard(self) -> None:
        """Close and take away the file, with its evidence: a new one that could not be filled."""
        from fundtracker.storage import evidence

        self.close()
        with suppress(OSError):
            remove(self.path)
        evidence.remove(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    @property
    def path(self) -> Path:
        return self.database.path

    @property
    def evidence(self) -> "EvidenceStore":
        """The evidence files beside this file."""
        from fundtracker.storage.evidence import EvidenceStore

        return EvidenceStore(self.path)

    @property
    def office(self) -> "Office | None":
        from fundtracker.domain.organisations import Office

        found = self.select(Office)
        return found[0] if found else None

    @property
    def office_named(self) -> tuple[str, date | None]:
        """The office's name ("" where none is entered yet) and its demonstration date, if it has one."""
        with self.database.reader() as conn:
            return office_named(conn)

    @property
    def today(self) -> date:
        """The office's demonstration date where it has one, else the clock's day here."""
        _, shown = self.office_named
        return shown or self.clock().astimezone().date()

    def get(self, kind: type[R], record_id: int) -> R:
        """The record with this id; Refused where somebody removed it meanwhile."""
        from fundtracker.domain.columns import singular
        from fundtracker.storage import repository

        with self.database.reader() as conn:
            found = repository.get(conn, kind, record_id)
        if found is None:
            raise Refused(f"This {singular(kind).lower()} is no longer there: it was removed.")
        return found

    def find(self, kind: type[R], key: str) -> R | None:
        """The record that people call `key`."""
        from fundtracker.storage import repository

        with self.database.reader() as conn:
            return repository.find(conn, kind, key)

    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]:
        """Every record that holds these values, in the order of their ids."""
        from fundtracker.storage import repository

        with self.database.reader() as conn:
            return repository.select(conn, kind, where)

    def book(self, award_id: int) -> "AwardBook":
        """Everything of one award, at one moment."""
        from fundtracker.storage import books

        today = self.today
        with self.database.reader() as conn:
            return books.load_book(conn, award_id, today=today)

    def new_id(self, kind: "type[Record]") -> int:
        """An id for a record about to be added; ids are never given twice."""
        from fundtracker.storage import repository

        with self.database.reader() as conn:
            return repository.next_id(conn, kind)

    def next_reference(self, kind: "type[Record]", record_id: int) -> str:
        """ "C-00012": the reference the program gives where people give none; the next free one where people gave that one.

        People number on from where they begin, so that what is taken lies in runs: the end of the run is looked for in
        steps that double, then halve.
        """
        if not kind.reference_prefix:
            return ""
        taken, step = record_id - 1, 1
        while self.find(kind, numbered(kind, taken + step)) is not None:
            taken, step = taken + step, 2 * step
        free = taken + step
        while free - taken > 1:
            middle = (taken + free) // 2
            if self.find(kind, numbered(kind, middle)) is None:
                free = middle
            else:
                taken = middle
        return numbered(kind, free)

    # Writing

    def do(
        self,
        title: str,
        changes: "Iterable[Change]",
        *,
        reason: str = "",
        kind: str = "do",
        freezing: bool = False,
        also: Callable[[sqlite3.Connection], None] | None = None,
    ) -> "Entry":
        """Make the changes, all or none, as one named entry of the history.

        `freezing` is for submitting a return and for imports of submitted ones; `also` writes beside the records, in the
        same transaction. Refused (nothing changed) names record, field and what to do; StorageTrouble says what is wrong with the
        disk or the file.
        """
        from fundtracker.application import writing

        changes = tuple(changes)
        if not changes:
            raise Refused("There is nothing to change.")
        if not freezing:
            writing.refuse_freezing(changes)
        return self._write(title, changes, reason=reason, kind=kind, also=also)

    def _write(
        self,
        title: str,
        changes: "ChangeSet",
        *,
        reason: str = "",
        kind: str = "do",
        undoes: int | None = None,
        also: Callable[[sqlite3.Connection], None] | None = None,
    ) -> "Entry":
        from fundtracker.application.writing import write_checked
        from fundtracker.storage.journal import Stamp, transaction

        today = self.today
        stamp = Stamp(actor=self.actor, at=self.clock(), title=title, reason=reason, kind=kind, undoes=undoes)
        with transaction(self.database, stamp) as tx:
            write_checked(tx.connection, changes, today, taking_back=undoes is not None)
            if also is not None:
                also(tx.connection)
            written = tx.captured()
        self._tell(tx.entry, written)
        return tx.entry

    def undo(self) -> "Entry":
        """Take back the last change that isn't taken back yet, as a new entry."""
        return self._reverse("undo")

    def redo(self) -> "Entry":
        """Make again what was last taken back."""
        return self._reverse("redo")

    @property
    def undo_title(self) -> str | None:
        """The name of what undo would take back."""
        return self._title("undo")

    @property
    def redo_title(self) -> str | None:
        """The name of what redo would make again."""
        return self._title("redo")

    def reversible(self, kind: str, most: int) -> "tuple[str, int] | None":
        """The name of what undo, or redo, would turn to, and how many of its first `most` changes are of records; None: of nothing."""
        from fundtracker.storage.journal import many_captured

        with self.database.reader() as conn:
            entry = _next(kind, conn)
            return (entry.title, many_captured(conn, entry.seq, most)) if entry else None

    def _title(self, kind: str) -> str | None:
        with self.database.reader() as conn:
            entry = _next(kind, conn)
        return entry.title if entry else None

    def _reverse(self, kind: str) -> "Entry":
        from fundtracker.application.writing import reversals
        from fundtracker.storage.journal import captured

        with self.database.reader() as conn:
            entry = _next(kind, conn)
            if entry is None:
                raise Refused(f"There is nothing to {kind}.")
            changes = reversals(conn, captured(conn, entry.seq))
        return self._write(entry.title, changes, kind=kind, undoes=entry.seq)

    # Telling

    def listen(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call back after every commit, in the thread that wrote; returns how to stop."""
        self._listeners.append(callback)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def _tell(self, entry: "Entry", written: "tuple[Captured, ...]") -> None:
        ids: dict[type[Record], set[int]] = {}
        for each in written:
            ids.setdefault(each.kind, set()).add(each.record_id)
        changed = Changed(entry=entry, ids={kind: frozenset(some) for kind, some in ids.items()})
        for callback in tuple(self._listeners):
            callback(changed)


def _next(kind: str, conn: sqlite3.Connection) -> "Entry | None":
    """The entry that undo, or redo, would turn to."""
    from fundtracker.storage.journal import redoable, undoable

    return (undoable if kind == "undo" else redoable)(conn)
