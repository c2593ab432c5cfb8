"""The sealed history: every transaction is an entry, whose seal covers its changes and the entry before it.

The changes are captured by the database's own triggers, so nothing written escapes them; the seal is worked out just before
COMMIT, and an unsealed COMMIT fails. What this proves, and no more: a change to history at or below a fingerprint somebody
holds is detected.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fundtracker import __version__
from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.storage import rowtext, search
from fundtracker.storage.database import Database
from fundtracker.storage.derived import EMPTY_SEAL
from fundtracker.storage.errors import in_plain_words
from fundtracker.storage.stopping import stoppable

Head = tuple[int, str]
"""A sequence number and the seal of its entry: the fingerprint that stands on every return."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, when, what it is called and why. `kind`: do, undo, redo, import or migration; `undoes`: the entry it takes back."""

    actor: str
    at: datetime
    title: str
    reason: str = ""
    kind: str = "do"
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed entry of the history."""

    seq: int
    actor: str
    at: datetime
    title: str
    reason: str
    kind: str
    undoes: int | None
    seal: str


@dataclass(frozen=True, slots=True)
class Captured:
    """One record's change as the triggers saw it."""

    kind: type[Record]
    record_id: int
    before: Record | None
    after: Record | None


class Transaction:
    """An open transaction: write through `connection`, then leave the block."""

    def __init__(self, connection: sqlite3.Connection, seq: int) -> None:
        self.connection = connection
        self.seq = seq
        self.entry: Entry

    def captured(self) -> tuple[Captured, ...]:
        """What has been changed so far, in order."""
        return captured(self.connection, self.seq)


@contextmanager
def transaction(database: Database, stamp: Stamp) -> Generator[Transaction]:
    """BEGIN IMMEDIATE, whatever the block writes, the seal, COMMIT. Any exception rolls everything back, the one that stops it as well."""
    with in_plain_words(database.path), database.writing() as conn:
        conn.execute("BEGIN IMMEDIATE")
        try:
            with stoppable(conn):
                tx = Transaction(conn, open_entry(conn, stamp))
                yield tx
                tx.entry = seal_entry(conn, tx.seq, stamp)
            database.commit()
        except BaseException:
            with suppress(sqlite3.Error):
                conn.execute("ROLLBACK")
            raise


def open_entry(conn: sqlite3.Connection, stamp: Stamp) -> int:
    """Begin an entry inside an open transaction; its number. Without it every write is refused."""
    seq = head(conn)[0] + 1
    conn.execute("INSERT INTO open_entry (id, seq, actor) VALUES (1, ?, ?)", (seq, stamp.actor))
    return seq


def seal_entry(conn: sqlite3.Connection, seq: int, stamp: Stamp) -> Entry:
    """Write the entry with its seal and close it."""
    search.refresh(conn, seq)
    _, previous = head(conn)
    at = stamp.at.astimezone(UTC).isoformat(timespec="microseconds")
    rows = change_rows(conn, seq)
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(length_prefixed(row))
        count += 1
    if not count:
        raise Refused("There is nothing to change.")
    fields = (
        seq,
        stamp.actor,
        at,
        __version__,
        stamp.kind,
        stamp.title,
        stamp.reason,
        stamp.undoes,
        count,
        previous,
    )
    seal = seal_of(fields, digest.hexdigest())
    conn.execute(
        "INSERT INTO entry (seq, actor, at, program, kind, title, reason, undoes, changes, previous, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*fields, seal),
    )
    conn.execute("DELETE FROM open_entry")
    return Entry(
        seq, stamp.actor, stamp.at.astimezone(UTC), stamp.title, stamp.reason, stamp.kind, stamp.undoes, seal
    )


def change_rows(conn: sqlite3.Connection, seq: int) -> Iterator[tuple[Any, ...]]:
    yield from conn.execute(
        "SELECT id, entry_seq, table_name, record_id, before, after FROM change WHERE entry_seq = ? ORDER BY id",
        (seq,),
    )


def length_prefixed(fields: tuple[Any, ...]) -> bytes:
    """Each field as its length in bytes, a colon and its text ("-" for nothing), so that no two rows of fields look alike."""
    parts: list[bytes] = []
    for each in fields:
        text = b"" if each is None else str(each).encode()
        parts.append(b"-;" if each is None else b"%d:%b;" % (len(text), text))
    return b"".join(parts)


def seal_of(fields: tuple[Any, ...], changes_digest: str) -> str:
    return hashlib.sha256(length_prefixed((*fields, changes_digest))).hexdigest()


def head(conn: sqlite3.Connection) -> Head:
    """The last entry's number and seal; (0, noughts) for a file nothing was written to."""
    return conn.execute("SELECT seq, seal FROM entry ORDER BY seq DESC LIMIT 1").fetchone() or (0, EMPTY_SEAL)


# Reading


@cache
def _kinds() -> dict[str, type[Record]]:
    return {table_name(kind): kind for kind in RECORDS}


def captured(
    conn: sqlite3.Connection, seq: int, wanted: Callable[[type[Record], int], bool] | None = None
) -> tuple[Captured, ...]:
    """What an entry changed, record by record, in order; frozen documents are not records and are left out.

    `wanted` says of a kind and an id whether that record is asked for; all are where it isn't given.
    """
    return tuple(each_captured(conn, seq, wanted))


def each_captured(
    conn: sqlite3.Connection, seq: int, wanted: Callable[[type[Record], int], bool] | None = None
) -> Iterator[Captured]:
    """As `captured`, one after the other: whoever needs only the first of an entry with thousands reads no more."""
    later = _later_moves(conn, seq)
    for _, _, table, record_id, before, after in change_rows(conn, seq):
        kind = _kinds().get(table)
        if kind is not None and (wanted is None or wanted(kind, record_id)):
            since = later.get(table, [])
            yield Captured(kind, record_id, _record(kind, before, since), _record(kind, after, since))


def many_captured(conn: sqlite3.Connection, seq: int, most: int = -1) -> int:
    """How many records' changes an entry holds; of its first `most` changes only, where whoever asks needs no more (below nought: all)."""
    counts = conn.execute(
        "SELECT table_name, count(*) FROM (SELECT table_name FROM change WHERE entry_seq = ? LIMIT ?) GROUP BY table_name",
        (seq, most),
    )
    return sum(many for table, many in counts if table in _kinds())


def _later_moves(conn: sqlite3.Connection, seq: int) -> dict[str, list[tuple[str | None, str | None]]]:
    """By table, the columns that migrations after an entry took and added, in order (see `moves`)."""
    found: dict[str, list[tuple[str | None, str | None]]] = {}
    for table, gone, added in conn.execute(
        "SELECT table_name, before, after FROM change WHERE entry_seq IN (SELECT seq FROM entry WHERE kind = 'migration' AND seq > ?)"
        " AND table_name LIKE 'column:%' ORDER BY id",
        (seq,),
    ):
        found.setdefault(table.removeprefix("column:"), []).append((gone, added))
    return found


def _record(
    kind: type[Record], text: str | None, since: Sequence[tuple[str | None, str | None]]
) -> Record | None:
    if text is None:
        return None
    kept: dict[str, Any] = rowtext.read(text)
    for gone, added in since:
        kept = rowtext.moved(kept, gone, added)
    values = {
        column.name: _recalled(column.kind, kept[column.name])
        for column in columns(kind)
        if column.name in kept
    }
    return kind(id=kept["id"], version=kept["version"], **values)


def _recalled(kind: Any, kept: Any) -> Any:
    return None if kept is None else kind.recall(kept)


_ENTRY = "SELECT seq, actor, at, title, reason, kind, undoes, seal FROM entry"


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, actor, at, *rest = row
    return Entry(seq, actor, datetime.fromisoformat(at), *rest)


def history(conn: sqlite3.Connection, limit: int = 200, offset: int = 0) -> tuple[Entry, ...]:
    """Entries, newest first."""
    return tuple(
        _entry(row) for row in conn.execute(f"{_ENTRY} ORDER BY seq DESC LIMIT ? OFFSET ?", (limit, offset))
    )


def entry_of(conn: sqlite3.Connection, seq: int) -> Entry:
    """The entry of this number."""
    return _entry(conn.execute(f"{_ENTRY} WHERE seq = ?", (seq,)).fetchone())


def undoable(conn: sqlite3.Connection) -> Entry | None:
    """The last entry that stands and can be taken back: something done or redone, and not taken back since.

    Migrations are passed over: what was done before one can still be taken back.
    """
    return next((entry for entry in _standing(conn) if entry.kind not in {"undo", "migration"}), None)


def redoable(conn: sqlite3.Connection) -> Entry | None:
    """The undo that redo would take back: the last one that stands, with nothing new done since."""
    for entry in _standing(conn):
        if entry.kind == "undo":
            return entry
        if entry.kind not in {"redo", "migration"}:
            return None
    return None


def _standing(conn: sqlite3.Connection) -> Iterator[Entry]:
    """Entries that no later undo or redo has reversed, newest first."""
    reversed_since: set[int] = set()
    for row in conn.execute(f"{_ENTRY} ORDER BY seq DESC"):
        entry = _entry(row)
        if entry.seq in reversed_since:
            continue
        if entry.undoes is not None:
            reversed_since.add(entry.undoes)
        yield entry
