"""The history of one record and of what belongs to it, in words, newest first."""

from dataclasses import dataclass

from fundtracker.application.actions.history import lines_of
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
        found: list[Told] = []
        for seq in touching.entries_touching(conn, touched, MOST_ENTRIES):
            mine = journal.captured(conn, seq, lambda kind, found: found in touched.get(kind, ()))
            lines: list[str] = []
            for number, each in enumerate(mine):
                if len(lines) >= MOST_LINES:
                    lines.append(f"and {len(mine) - number:,} more records.")
                    break
                lines.extend(lines_of(conn, each))
            found.append(Told(journal.entry_of(conn, seq), tuple(lines)))
    return tuple(found)
