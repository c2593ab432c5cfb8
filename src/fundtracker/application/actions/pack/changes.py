"""The change log of a pack in plain words: every entry of the history that touched what the pack is about, the oldest first."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC

from fundtracker.application.actions.history import lines_of
from fundtracker.application.naming import Names
from fundtracker.domain.columns import Record
from fundtracker.exports.styles import Show
from fundtracker.returns.pack.contents import Heading, Register
from fundtracker.storage import journal, touching
from fundtracker.storage.journal import Captured, Entry
from fundtracker.storage.stopping import Progress

_ALL = 10**9
_LONGEST = 4_000
"""Letters of one change in one cell; the rest is said to be more."""

Shown = Callable[[Captured], Captured | None]
"""What a public pack shows of a change; None where nothing of it may be shown."""
HEADINGS = (
    Heading("Entry", 8, Show.COUNT), Heading("When (UTC)", 17), Heading("Who", 22, Show.WRAPPED),
    Heading("What was done", 42, Show.WRAPPED), Heading("What it changed", 90, Show.WRAPPED),
    Heading("Why", 34, Show.WRAPPED), Heading("Before or after signing", 16, Show.WRAPPED),
)  # fmt: skip


def changes_register(
    conn: sqlite3.Connection,
    about: Iterable[tuple[type[Record], int]],
    *,
    since: int,
    told: str,
    signed_at: int | None,
    shown: Shown,
    who: Callable[[Entry], str],
    progress: Progress,
) -> Register:
    """Entries after number `since`; `signed_at` is the entry that submitted the return, where it is submitted."""
    touched: touching.Touched = {}
    for kind, record_id in about:
        for each, ids in touching.family(conn, kind, record_id).items():
            touched.setdefault(each, set()).update(ids)
    numbers = [seq for seq in touching.entries_touching(conn, touched, _ALL) if seq > since][::-1]
    names, rows = Names(conn), list[tuple[str | int, ...]]()
    for done, seq in enumerate(numbers):
        progress("Telling the changes", done, len(numbers))
        entry = journal.entry_of(conn, seq)
        moment = entry.at.astimezone(UTC).strftime("%d/%m/%Y %H:%M")
        mine = journal.captured(conn, seq, lambda kind, found: found in touched.get(kind, ()))
        for number, change in enumerate(filter(None, map(shown, mine))):
            said = "; ".join(line.strip() for line in lines_of(names, change))
            if not said:
                continue
            rows.append(
                (
                    seq, moment, who(entry), _title(entry) if not number else "", _cut(said), entry.reason if not number else "",
                    _when(seq, signed_at),
                )
            )  # fmt: skip
    return Register(
        name="Changes",
        title="Change log",
        told=told,
        headings=HEADINGS if signed_at is not None else HEADINGS[:-1],
        rows=tuple(row if signed_at is not None else row[:-1] for row in rows),
        nothing="Nothing was changed.",
    )


def _title(entry: Entry) -> str:
    if entry.kind in {"undo", "redo"}:
        done = "Taken back" if entry.kind == "undo" else "Made again"
        return f"{done}: {entry.title}"
    return entry.title


def _cut(text: str) -> str:
    return (
        text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … and {len(text) - _LONGEST:,} more characters"
    )


def _when(seq: int, signed_at: int | None) -> str:
    if signed_at is None:
        return ""
    return "Before" if seq < signed_at else "Submitted here" if seq == signed_at else "After"
