"""Many records at once: one value for all that are chosen, as one change that one undo takes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from fundtracker.application.actions.records import refuse_written_by_steps, remove
from fundtracker.application.naming import called
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import Change, edited
from fundtracker.domain.columns import Column, Record, columns, described, plural
from fundtracker.domain.problems import Refused
from fundtracker.storage import repository
from fundtracker.storage.stopping import Progress, tell

R = TypeVar("R", bound=Record)
_CHUNK = 500
_TOLD = 3
"""Different values that are told one by one."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the chosen records hold in one field: how many different values, and the first of them as shown."""

    different: int
    some: tuple[str, ...]


def changeable(kind: type[Record]) -> tuple[Column, ...]:
    """The fields that several records can share: not their references, nor what a step of the program writes."""
    return tuple(each for each in columns(kind) if not each.key and not each.step)


def held_by(
    workspace: Workspace, kind: type[Record], ids: Sequence[int], progress: Progress | None = None
) -> dict[str, Held]:
    """For each field what the records hold in it now."""
    found: list[dict[str, None]] = [{} for _ in columns(kind)]
    for start in range(0, len(ids), _CHUNK):
        if progress is not None:
            progress("Looking at the records", start, len(ids))
        for _, texts in workspace.lists.rows(kind, ids[start : start + _CHUNK]):
            for values, text in zip(found, texts, strict=True):
                values[text] = None
    return {
        column.name: Held(len(values), tuple(values)[:_TOLD])
        for column, values in zip(columns(kind), found, strict=True)
    }


def change_many(
    workspace: Workspace,
    kind: type[R],
    ids: Sequence[int],
    values: Mapping[str, Any],
    progress: Progress | None = None,
) -> int:
    """Give every record these values, all or none; how many differed. Refused names the record that stands in the way."""
    described_by = {each.name: each for each in columns(kind)}
    keys = [described_by[name].label for name in values if described_by[name].key]
    if keys:
        raise Refused(f"{keys[0]} is each record's own: change it on the record itself.")
    refuse_written_by_steps(kind, values)
    changes: list[Change] = []
    for item in _records(workspace, kind, ids, progress):
        after = replace(item, **values)
        if after != item:
            changes.extend(edited(item, after))
    if not changes:
        return 0
    labels = " and ".join(described_by[name].label.lower() for name in values)
    one = len(changes) == 1
    whose = called(workspace, changes[0].record) if one else f"{len(changes):,} {plural(kind).lower()}"
    try:
        workspace.do(f"Change {labels} of {whose}", changes)
    except Refused as refused:
        raise _named(refused, changes) from refused
    return len(changes)


def fill_down(
    workspace: Workspace,
    kind: type[R],
    ids: Sequence[int],
    column_name: str,
    progress: Progress | None = None,
) -> int:
    """Give the first record's value of a field to the others, all or none; how many differed."""
    if not ids:
        return 0
    first = workspace.get(kind, ids[0])
    return change_many(workspace, kind, ids[1:], {column_name: getattr(first, column_name)}, progress)


def remove_many(workspace: Workspace, kind: type[R], ids: Sequence[int]) -> None:
    """Delete records, all or none; Refused where others rest on one, or one was removed meanwhile."""
    remove(workspace, *_records(workspace, kind, ids, tell))


def _records(workspace: Workspace, kind: type[R], ids: Sequence[int], progress: Progress | None) -> list[R]:
    """The records as they now are, in this order; Refused where one was removed meanwhile."""
    found: dict[int, R] = {}
    with workspace.database.reader() as conn:
        for start in range(0, len(ids), _CHUNK):
            if progress is not None:
                progress("Reading the records", start, len(ids))
            some = tuple(ids[start : start + _CHUNK])
            condition = f"id IN ({', '.join('?' * len(some))})"
            found.update((each.id, each) for each in repository.select_where(conn, kind, condition, some))
    gone = sum(each not in found for each in ids)
    if gone:
        raise Refused(
            f"{gone:,} of the {len(ids):,} {plural(kind).lower()} were removed meanwhile: choose again."
        )
    return [found[each] for each in ids]


def _named(refused: Refused, changes: Sequence[Change]) -> Refused:
    """Each problem with the record it is about, where its words don't say it."""
    names = {(type(each.record).__name__, each.record_id): described(each.record) for each in changes}
    named = (
        replace(each, where=name)
        if (name := names.get((each.kind, each.record_id or 0), "")) and name not in each.message
        else each
        for each in refused.problems
    )
    return Refused(named)
