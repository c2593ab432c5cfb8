"""How changes are written inside an open transaction: what refuses them, in which order they go in, and what takes them back."""

import sqlite3
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from fundtracker.domain.changes import Change, ChangeSet
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.guards import fields_filled, refusals
from fundtracker.domain.naming import Namer
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.storage import repository
from fundtracker.storage.journal import Captured
from fundtracker.storage.stopping import tell

R = TypeVar("R", bound=Record)
_MOST_REMEMBERED = 2_000


@dataclass(slots=True)
class LookIn:
    """The records inside an open transaction, as the guards see them."""

    conn: sqlite3.Connection
    today: date
    taking_back: bool = False
    _found: dict[Any, Any] = field(default_factory=dict[Any, Any])
    """What was asked already: nothing is written while the guards look, and thousands of new costs ask the same of their award."""

    def get(self, kind: type[R], record_id: int | None) -> R | None:
        return None if record_id is None else next(iter(self.select(kind, id=record_id)), None)

    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]:
        asked = (kind, tuple(where.items()))
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[asked] = repository.select(self.conn, kind, where)
        return found


def write_checked(
    conn: sqlite3.Connection, changes: ChangeSet, today: date, *, taking_back: bool = False
) -> None:
    """Make the changes, then let the guards look at what came of them; Refused (the transaction must then be rolled back)."""
    look = LookIn(conn, today, taking_back)
    if wrong := [problem for change in changes for problem in fields_filled(change, look)]:
        raise Refused(wrong)
    try:
        _apply(conn, changes)
    except sqlite3.IntegrityError as error:
        if used := _still_used(error, changes, LookIn(conn, today, taking_back)):
            raise Refused(used) from error
        raise
    after = LookIn(conn, today, taking_back)
    problems: list[Problem] = []
    for done, change in enumerate(changes):
        tell("Trying the rules", done, len(changes))
        problems.extend(refusals(change, after))
    if problems:
        raise Refused(dict.fromkeys(problems))


def _still_used(error: sqlite3.IntegrityError, changes: ChangeSet, look: LookIn) -> tuple[Problem, ...]:
    """Where the database won't remove a record that others rest on: what the guards say of it, which ones and what to do."""
    if "FOREIGN KEY" not in str(error):
        return ()
    gone = (problem for each in changes if each.after is None for problem in refusals(each, look))
    return tuple(dict.fromkeys(gone))


def refuse_freezing(changes: ChangeSet) -> None:
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
    for done, change in enumerate(changes):
        tell("Writing", done, len(changes))
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


def reversals(conn: sqlite3.Connection, made: tuple[Captured, ...]) -> ChangeSet:
    """What takes an entry back, last change first; Refused where one of its records has changed since."""
    now: dict[tuple[type[Record], int], Record | None] = {}
    changes: list[Change] = []
    for done, each in enumerate(reversed(made)):
        tell("Looking at what was changed", done, len(made))
        place = each.kind, each.record_id
        current = now[place] if place in now else repository.get(conn, *place)
        change = _reversal(conn, current, each)
        changes.append(change)
        # An entry may change a record more than once: the next change back begins where this one ends.
        after = change.after
        now[place] = replace(after, version=current.version + 1) if after and current else after
    return tuple(changes)


def _reversal(conn: sqlite3.Connection, current: Record | None, made: Captured) -> Change:
    """What takes a captured change back, given the record as it now is."""
    if not _same(current, made.after):
        names = Namer(lambda kind, record_id: repository.get(conn, kind, record_id))
        named = names.of(current or made.before or made.after)  # pyright: ignore[reportArgumentType] - one of the three is there
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
