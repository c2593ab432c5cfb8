"""The history in plain words: who did what, when, and what it changed."""

from collections.abc import Iterator

from fundtracker.application.naming import Names
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns, singular
from fundtracker.storage import journal
from fundtracker.storage.journal import Captured, Entry

MOST_LINES = 500


def entries(workspace: Workspace, limit: int, offset: int = 0) -> tuple[Entry, ...]:
    """Entries, newest first."""
    with workspace.database.reader() as conn:
        return journal.history(conn, limit, offset)


def in_words(workspace: Workspace, entry: Entry) -> tuple[str, ...]:
    """Each change of an entry as a line; the first 500 of a large one."""
    with workspace.database.reader() as conn:
        names, lines = Names(conn), list[str]()
        for each in journal.each_captured(conn, entry.seq):
            lines.extend(lines_of(names, each))
            if len(lines) > MOST_LINES:
                return (
                    *lines[:MOST_LINES],
                    f"and more: {journal.many_captured(conn, entry.seq):,} records in all.",
                )
    return tuple(lines)


def lines_of(names: Names, change: Captured) -> Iterator[str]:
    """One record's change: each field that differs, or all of a record that came or went."""
    item = change.after or change.before
    if item is None:
        return
    name = _named(names, item)
    if change.before is None or change.after is None:
        yield f"{name}: {'added' if change.before is None else 'removed'}"
        for column in columns(change.kind):
            value = getattr(item, column.name)
            if value not in {None, ""}:
                yield f"    {column.label.rstrip('?')}: {names.shown(column, value)}"
        return
    for column in columns(change.kind):
        before, after = getattr(change.before, column.name), getattr(change.after, column.name)
        if before != after:
            yield f"{name}: {column.label.lower()} from {names.shown(column, before)} to {names.shown(column, after)}"


def _named(names: Names, item: Record) -> str:
    """ "Cost C-00003", its kind said once: "Forecast of …", and "Office of the Commissioner", no "Office Office of …"."""
    kind, words = singular(type(item)), names.of(item)
    says_its_kind = f"{words} ".lower().startswith(f"{kind} ".lower())
    return words[:1].upper() + words[1:] if says_its_kind else f"{kind} {words}"
