"""Workspace: an open file and the only writer to it. Checks, writes in one transaction, undoes, redoes, tells listeners."""

import getpass
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from fundtracker.domain.book import AwardBook
from fundtracker.domain.changes import Change, ChangeSet
from fundtracker.domain.columns import Record, columns, described, singular
from fundtracker.domain.guards import fields_filled, refusals
from fundtracker.domain.organisations import Office
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.storage import books, queries, repository
from fundtracker.storage.database import Database
from fundtracker.storage.journal import Captured, Entry, Stamp, captured, redoable, transaction, undoable

R = TypeVar("R", bound=Record)
Clock = Callable[[], datetime]


def now() -> datetime:
    """The laptop's clock, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Changed:
    """What a transaction changed: told to every listener after it was committed."""

    entry: Entry
    kinds: frozenset[type[Record]]
    ids: frozenset[tuple[type[Record], int]]


class Lists:
    """Pages of lists, straight from the database; safe to use from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, query: queries.ListQuery) -> int:
        with self._database.reader() as conn:
            return queries.count(conn, query)

    def page(self, query: queries.ListQuery, offset: int, limit: int) -> list[queries.Row]:
        with self._database.reader() as conn:
            return queries.page(conn, query, offset, limit)

    def ids(self, query: queries.ListQuery) -> Any:
        """All ids in order, as an array of 64-bit numbers."""
        with self._database.reader() as conn:
            return queries.ids(conn, query)

    def rows(self, kind: type[Record], ids: Iterable[int]) -> list[queries.Row]:
        with self._database.reader() as conn:
            return queries.rows(conn, kind, list(ids))

    def totals(self, query: queries.ListQuery) -> dict[str, str]:
        with self._database.reader() as conn:
            return queries.totals(conn, query)


class _LookIn:
    """The records inside an open transaction, as the guards see them."""

    def __init__(self, conn: sqlite3.Connection, today: date) -> None:
        self._conn = conn
        self.today = today

    def get(self, kind: type[R], record_id: int | None) -> R | None:
        return None if record_id is None else repository.get(self._conn, kind, record_id)

    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]:
        return repository.select(self._conn, kind, where)


class Workspace:
    """One open file. Reading never blocks on writing; every write is one transaction with a name, an actor and a seal."""

    def __init__(self, database: Database, *, actor: str | None = None, clock: Clock = now) -> None:
        self.database = database
        self.actor = actor or getpass.getuser()
        self.clock = clock
        self.lists = Lists(database)
        self._listeners: list[Callable[[Changed], None]] = []

    @classmethod
    def open(cls, path: Path, *, actor: str | None = None, clock: Clock = now) -> "Workspace":
        """The file at `path`; StorageTrouble or Refused where it can't be opened, in words that say what to do."""
        return cls(Database.open(path), actor=actor, clock=clock)

    @classmethod
    def create(cls, path: Path, *, actor: str | None = None, clock: Clock = now) -> "Workspace":
        """A new, empty file at `path`; refused where one is there already."""
        return cls(Database.create(path), actor=actor, clock=clock)

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Reading

    @property
    def path(self) -> Path:
        return self.database.path

    @property
    def office(self) -> Office | None:
        found = self.select(Office)
        return found[0] if found else None

    @property
    def today(self) -> date:
        """The office's demonstration date where it has one, else the clock's day here."""
        office = self.office
        return office.today if office and office.today else self.clock().astimezone().date()

    def get(self, kind: type[R], record_id: int) -> R:
        """The record with this id; Refused where somebody removed it meanwhile."""
        with self.database.reader() as conn:
            found = repository.get(conn, kind, record_id)
        if found is None:
            raise Refused(f"This {singular(kind).lower()} is no longer there: it was removed.")
        return found

    def find(self, kind: type[R], key: str) -> R | None:
        """The record that people call `key`."""
        with self.database.reader() as conn:
            return repository.find(conn, kind, key)

    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]:
        with self.database.reader() as conn:
            return repository.select(conn, kind, where)

    def book(self, award_id: int) -> AwardBook:
        """Everything of one award, at one moment."""
        today = self.today
        with self.database.reader() as conn:
            return books.load_book(conn, award_id, today=today)

    def new_id(self, kind: type[Record]) -> int:
        """An id for a record about to be added; ids are never given twice."""
        with self.database.reader() as conn:
            return repository.next_id(conn, kind)

    def next_reference(self, kind: type[Record], record_id: int) -> str:
        """ "C-00012": the reference the program gives where people give none."""
        return f"{kind.reference_prefix}-{record_id:05d}" if kind.reference_prefix else ""

    # Writing

    def do(
        self,
        title: str,
        changes: Iterable[Change],
        *,
        reason: str = "",
        kind: str = "do",
        freezing: bool = False,
        also: Callable[[sqlite3.Connection], None] | None = None,
    ) -> Entry:
        """Make the changes, all or none, as one named entry of the history.

        `freezing` is for submitting a return and for imports of submitted ones; `also` writes beside the records, in the
        same transaction. Refused (nothing changed) names record, field and what to do; StorageTrouble says what is wrong with the
        disk or the file.
        """
        changes = tuple(changes)
        if not changes:
            raise Refused("There is nothing to change.")
        if not freezing:
            _refuse_freezing(changes)
        return self._write(title, changes, reason=reason, kind=kind, also=also)

    def _write(
        self,
        title: str,
        changes: ChangeSet,
        *,
        reason: str = "",
        kind: str = "do",
        undoes: int | None = None,
        also: Callable[[sqlite3.Connection], None] | None = None,
    ) -> Entry:
        today = self.today
        stamp = Stamp(actor=self.actor, at=self.clock(), title=title, reason=reason, kind=kind, undoes=undoes)
        with transaction(self.database, stamp) as tx:
            look = _LookIn(tx.connection, today)
            if wrong := [problem for change in changes for problem in fields_filled(change, look)]:
                raise Refused(wrong)
            try:
                _apply(tx.connection, changes)
            except sqlite3.IntegrityError as error:
                if used := _still_used(error, changes, look):
                    raise Refused(used) from error
                raise
            problems = [problem for change in changes for problem in refusals(change, look)]
            if problems:
                raise Refused(dict.fromkeys(problems))
            if also is not None:
                also(tx.connection)
            written = tx.captured()
        self._tell(tx.entry, written)
        return tx.entry

    def undo(self) -> Entry:
        """Take back the last change that isn't taken back yet, as a new entry."""
        return self._reverse("undo", undoable)

    def redo(self) -> Entry:
        """Make again what was last taken back."""
        return self._reverse("redo", redoable)

    @property
    def undo_title(self) -> str | None:
        return self._title(undoable)

    @property
    def redo_title(self) -> str | None:
        return self._title(redoable)

    def _title(self, which: Callable[[sqlite3.Connection], Entry | None]) -> str | None:
        with self.database.reader() as conn:
            entry = which(conn)
        return entry.title if entry else None

    def _reverse(self, kind: str, which: Callable[[sqlite3.Connection], Entry | None]) -> Entry:
        with self.database.reader() as conn:
            entry = which(conn)
            if entry is None:
                raise Refused(f"There is nothing to {kind}.")
            changes = _reversals(conn, captured(conn, entry.seq))
        return self._write(entry.title, changes, kind=kind, undoes=entry.seq)

    # Telling

    def listen(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call back after every commit, in the thread that wrote; returns how to stop."""
        self._listeners.append(callback)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def _tell(self, entry: Entry, written: tuple[Captured, ...]) -> None:
        ids = frozenset((each.kind, each.record_id) for each in written)
        changed = Changed(entry=entry, kinds=frozenset(kind for kind, _ in ids), ids=ids)
        for callback in tuple(self._listeners):
            callback(changed)


def _still_used(error: sqlite3.IntegrityError, changes: ChangeSet, look: _LookIn) -> tuple[Problem, ...]:
    """Where the database won't remove a record that others rest on: what the guards say of it, which ones and what to do."""
    if "FOREIGN KEY" not in str(error):
        return ()
    gone = (problem for each in changes if each.after is None for problem in refusals(each, look))
    return tuple(dict.fromkeys(gone))


def _refuse_freezing(changes: ChangeSet) -> None:
    """A return is frozen by submitting it, never by editing its state; its lines are written by nothing else."""
    for change in changes:
        before, after = change.before, change.after
        if (
            isinstance(after, FunderReturn)
            and after.state.frozen
            and not (isinstance(before, FunderReturn) and before.state.frozen)
        ):
            raise Refused(
                Problem(
                    kind="FunderReturn",
                    record_id=after.id,
                    column="state",
                    message="A return becomes submitted by submitting it: open it and choose Submit.",
                )
            )
        if change.kind is ReturnLine:
            raise Refused(
                Problem(
                    kind="ReturnLine",
                    record_id=change.record_id,
                    message="The lines of a return are written when it is submitted, and never edited.",
                )
            )


def _apply(conn: sqlite3.Connection, changes: ChangeSet) -> None:
    """Write the changes in their order; runs of new records of one kind go in together."""
    batch: list[Record] = []
    for change in changes:
        if change.before is None and change.after is not None:
            if batch and type(batch[0]) is not change.kind:
                repository.insert(conn, batch)
                batch = []
            batch.append(change.after)
            continue
        if batch:
            repository.insert(conn, batch)
            batch = []
        if change.after is None:
            repository.delete(conn, change.record)
        else:
            repository.update(conn, change.after)
    if batch:
        repository.insert(conn, batch)


def _reversals(conn: sqlite3.Connection, made: tuple[Captured, ...]) -> ChangeSet:
    """What takes an entry back, last change first; Refused where one of its records has changed since."""
    now: dict[tuple[type[Record], int], Record | None] = {}
    changes: list[Change] = []
    for each in reversed(made):
        place = each.kind, each.record_id
        current = now[place] if place in now else repository.get(conn, *place)
        change = _reversal(current, each)
        changes.append(change)
        # An entry may change a record more than once: the next change back begins where this one ends.
        after = change.after
        now[place] = replace(after, version=current.version + 1) if after and current else after
    return tuple(changes)


def _reversal(current: Record | None, made: Captured) -> Change:
    """What takes a captured change back, given the record as it now is."""
    if not _same(current, made.after):
        named = described(current or made.before or made.after)  # pyright: ignore[reportArgumentType] - one of the three is there
        raise Refused(
            f"{named} has changed since: this can't be taken back any more. Change it by hand instead."
        )
    if current is None or made.before is None:
        return Change(current, made.before)
    return Change(current, replace(made.before, version=current.version))


def _same(one: Record | None, other: Record | None) -> bool:
    """Equal in all that people see; the version number may differ."""
    if one is None or other is None:
        return one is other
    return all(getattr(one, column.name) == getattr(other, column.name) for column in columns(type(one)))
