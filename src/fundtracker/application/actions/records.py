"""Add, edit, remove: what can be done to a record of any kind, and when nothing can."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from fundtracker.application.naming import called
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import added, edited, removed
from fundtracker.domain.columns import Record, column_of, columns, key_of, plural
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, VarianceReason

R = TypeVar("R", bound=Record)
FROZEN = "{} is submitted and frozen: nothing here can be changed. A correction goes into the next return, with its reason."


def new_record(workspace: Workspace, kind: type[R], values: dict[str, Any]) -> R:
    """A record with an id and, where the program gives it, a reference; not yet written. Missing fields take their defaults.

    A required field that is missing holds None until the guards refuse it by name.
    """
    record_id = workspace.new_id(kind)
    filled = {column.name: values.get(column.name, column.default) for column in columns(kind)}
    key = key_of(kind)
    if key and not filled[key.name]:
        filled[key.name] = workspace.next_reference(kind, record_id)
    return kind(id=record_id, **filled)


def add(workspace: Workspace, kind: type[R], values: dict[str, Any], *, reason: str = "") -> R:
    """Add a record; Refused says which field to fill or mend."""
    item = new_record(workspace, kind, values)
    workspace.do(f"Add {called(workspace, item)}", added(item), reason=reason)
    return item


def edit(workspace: Workspace, item: R, /, *, because: str = "", **values: Any) -> R:
    """Change fields of a record as it was read; Refused where somebody else changed it since.

    `because` is the reason kept in the history; it isn't called `reason`, which is a field of some records.
    """
    after = replace(item, **values)
    if after == item:
        return item
    refuse_written_by_steps(type(item), values, item.id)
    names = [column.label.lower() for column in columns(type(item)) if column.name in values]
    workspace.do(
        f"Change {' and '.join(names)} of {called(workspace, item)}", edited(item, after), reason=because
    )
    return workspace.get(type(item), item.id)


def duplicate(workspace: Workspace, item: R) -> R:
    """A copy to work on, not yet written; its reference is left for people (or the program) to give."""
    values = {column.name: getattr(item, column.name) for column in columns(type(item)) if not column.key}
    return new_record(workspace, type(item), values)


def remove(workspace: Workspace, *items: Record, reason: str = "") -> None:
    """Delete records, all or none; Refused where others rest on one."""
    title = (
        called(workspace, items[0]) if len(items) == 1 else f"{len(items):,} {plural(type(items[0])).lower()}"
    )
    workspace.do(f"Delete {title}", removed(*items), reason=reason)


def refuse_written_by_steps(kind: type[Record], names: Iterable[str], record_id: int | None = None) -> None:
    """What a step of the program writes is not typed: Refused says which step does."""
    wrong = [
        Problem(kind=kind.__name__, record_id=record_id, column=name, message=why)
        for name in names
        if (why := column_of(kind, name).why_locked)
    ]
    if wrong:
        raise Refused(wrong)


def why_locked(workspace: Workspace, item: Record) -> str:
    """Why nothing of a record can be edited, in words: a submitted return is frozen, and so is what it said. Empty: it can."""
    if isinstance(item, FunderReturn):
        held = item
    elif isinstance(item, (ReturnLine, Forecast, VarianceReason)):
        held = workspace.get(FunderReturn, item.return_id)
    else:
        return ""
    return FROZEN.format(held.reference) if held.state.frozen else ""
