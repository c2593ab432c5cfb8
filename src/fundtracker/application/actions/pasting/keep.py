"""Keeping a pasted block: all of its rows in one entry of the history, or none; and trying whether it could be kept."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from fundtracker.application.actions.pasting.block import (
    BlockProblem,
    Pasted,
    PastedRow,
    RowsRefused,
    many,
)
from fundtracker.application.workspace import Workspace, numbered
from fundtracker.domain.changes import Change, added, edited
from fundtracker.domain.columns import Record, columns, key_of
from fundtracker.domain.problems import Problem, Refused

MOST_TRIED = 1_000
"""Rows that are tried before they are kept: a second's work."""


def try_block(workspace: Workspace, pasted: Pasted) -> tuple[BlockProblem, ...] | None:
    """What the rules would refuse: every row is written, looked at, and taken back before anybody can see it. None where that can't
    be said: some rows can't be read yet, or there are too many to try at every correction.
    """
    if pasted.errors or len(pasted.rows) > MOST_TRIED:
        return None
    if not pasted.new and not pasted.changed:
        return ()

    def take_back(_conn: sqlite3.Connection) -> None:
        raise _TriedError

    try:
        keep_block(workspace, pasted, take_back)
    except _TriedError:
        return ()
    except RowsRefused as refused:
        return refused.rows
    raise RuntimeError("the trial of a pasted block was not taken back")


class _TriedError(Exception):
    """Every row was written as it would be."""


def keep_block(
    workspace: Workspace, pasted: Pasted, at_the_end: Callable[[sqlite3.Connection], None] | None = None
) -> tuple[int, ...]:
    """Write every row, all or none, as one entry that one undo takes back; the ids, in the order of the rows.

    RowsRefused names row and column of what stands in the way. `at_the_end` is called just before it counts; what it raises takes everything back.
    """
    if pasted.errors:
        raise RowsRefused(pasted.errors)
    kept = [each for each in pasted.rows if each.is_new or each.changes]
    if not kept:
        raise Refused("There is nothing to keep: every row says what the file says already.")
    first = workspace.new_id(pasted.kind)
    new = [each for each in kept if each.is_new]
    ids = {-each.number: first + place for place, each in enumerate(new)}
    numbers = {each.number: ids[-each.number] for each in new}
    numbers |= {each.number: each.before.id for each in kept if each.before is not None}
    names = _next_names(workspace, pasted.kind, new, ids)
    own = [each.name for each in columns(pasted.kind) if each.refers_to == pasted.kind.__name__]
    changes: list[Change] = []
    records = [_renumbered(each.after, ids, names, own) for each in new if each.after is not None]
    changes.extend(added(*_in_order(records, own)))
    for each in kept:
        if each.before is not None and each.after is not None:
            changes.extend(edited(each.before, _renumbered(each.after, ids, names, own)))
    try:
        workspace.do(_title(pasted.kind, pasted.new, pasted.changed), changes, also=at_the_end)
    except Refused as refused:
        rows = {record_id: number for number, record_id in numbers.items()}
        raise RowsRefused(_by_row(pasted, refused.problems, rows)) from refused
    return tuple(numbers[each.number] for each in kept)


def _title(kind: type[Record], new: int, changed: int) -> str:
    if not new:
        return f"Paste changes of {many(kind, changed)}"
    return f"Paste {many(kind, new)}" + (f", change {changed:,}" if changed else "")


def _next_names(
    workspace: Workspace, kind: type[Record], new: list[PastedRow], ids: Mapping[int, int]
) -> dict[int, str]:
    """The reference the program gives to each new record that has none: the next ones free in file and block."""
    key = key_of(kind)
    if key is None or not kind.reference_prefix:
        return {}
    taken = {str(name).casefold() for each in new if (name := getattr(each.after, key.name))}
    found: dict[int, str] = {}
    last = 0
    for each in new:
        if getattr(each.after, key.name):
            continue
        last = max(last + 1, ids[-each.number])
        while (name := numbered(kind, last)).casefold() in taken or workspace.find(kind, name) is not None:
            last += 1
        found[ids[-each.number]] = name
    return found


def _renumbered(item: Record, ids: Mapping[int, int], names: Mapping[int, str], own: list[str]) -> Record:
    """With the id it is written under; likewise the records of the block that it refers to."""
    record_id = ids.get(item.id, item.id)
    values: dict[str, Any] = {name: ids.get(getattr(item, name), getattr(item, name)) for name in own}
    key = key_of(type(item))
    if key is not None and record_id in names:
        values[key.name] = names[record_id]
    return replace(item, id=record_id, **values)


def _in_order(records: list[Record], own: list[str]) -> Iterator[Record]:
    """Each after those of the block it refers to; a circle is left to the database, which refuses it."""
    if not own:
        yield from records
        return
    waiting = {each.id: each for each in records}
    while waiting:
        ready = [
            each for each in waiting.values() if not any(getattr(each, name) in waiting for name in own)
        ] or list(waiting.values())
        for each in ready:
            del waiting[each.id]
        yield from ready


def _by_row(pasted: Pasted, problems: Iterable[Problem], rows: Mapping[int, int]) -> Iterator[BlockProblem]:
    """A rule's refusal names the record; whoever pastes has rows before them."""
    shown = {each.number: each.shown for each in pasted.rows}
    for each in problems:
        own = each.kind in {"", pasted.kind.__name__}
        number = rows.get(each.record_id or 0, 0) if own else 0
        place = pasted.fields.index(each.column) if own and each.column in pasted.fields else -1
        labels = {column.name: column.label for column in columns(pasted.kind)} if own else {}
        yield BlockProblem(
            row=number,
            place=place,
            label=labels.get(each.column, ""),
            found=shown[number][place] if number and place >= 0 else "",
            message=each.message,
        )
