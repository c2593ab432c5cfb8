"""The history of one record and of what belongs to it, in words, newest first."""

import sqlite3
from dataclasses import dataclass

from fundtracker.application.actions.history import lines_of
from fundtracker.application.naming import Names
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record
from fundtracker.storage import journal, touching
from fundtracker.storage.journal import Entry

MOST_ENTRIES = 200
MOST_LINES = 40
"""Of one entry: an import touches thousands."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, and what it changed of the record and what belongs to it."""

    entry: Entry
    lines: tuple[str, ...]


def record_history(workspace: Workspace, kind: type[Record], record_id: int) -> tuple[Told, ...]:
    """The latest entries that touched the record or what belongs to it; each tells only what it changed of these."""
    with workspace.database.reader() as conn:
        touched = touching.family(conn, kind, record_id)
        names = Names(conn)
        return tuple(
            Told(journal.entry_of(conn, seq), _told(conn, names, seq, touched))
            for seq in touching.entries_touching(conn, touched, MOST_ENTRIES)
        )


def _told(conn: sqlite3.Connection, names: Names, seq: int, touched: touching.Touched) -> tuple[str, ...]:
    """The first lines of an entry; what comes after them is counted, and neither read nor named."""
    lines: list[str] = []
    more = 0

    def wanted(kind: type[Record], found: int) -> bool:
        nonlocal more
        is_ours = found in touched.get(kind, ())
        is_left_out = is_ours and len(lines) >= MOST_LINES
        more += is_left_out
        return is_ours and not is_left_out

    for each in journal.each_captured(conn, seq, wanted):
        lines.extend(lines_of(names, each))
    if more:
        lines.append(f"and {more:,} more records.")
    return tuple(lines)
