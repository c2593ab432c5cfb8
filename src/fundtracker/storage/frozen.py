"""What submitted returns said: each one's canonical snapshot and its files, byte for byte as they were rendered."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from fundtracker.storage.journal import Head


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A rendered file, its name and its SHA-256."""

    name: str
    sha256: str
    content: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        return cls(name, hashlib.sha256(content).hexdigest(), content)


def keep(
    conn: sqlite3.Connection,
    *,
    return_id: int,
    form_version: str,
    text: str,
    sha256: str,
    head: Head,
    files: Sequence[FrozenFile],
) -> None:
    """Keep a return's snapshot and files, in an open transaction; they can never be changed."""
    conn.execute(
        "INSERT INTO frozen_return (id, form_version, snapshot, sha256, head_seq, head_seal) VALUES (?, ?, ?, ?, ?, ?)",
        (return_id, form_version, text, sha256, *head),
    )
    conn.executemany(
        "INSERT INTO frozen_file (return_id, name, sha256, content) VALUES (?, ?, ?, ?)",
        [(return_id, each.name, each.sha256, each.content) for each in files],
    )


def snapshot_text(conn: sqlite3.Connection, return_id: int) -> str | None:
    """A submitted return's canonical snapshot; None for a draft, or a return sent before the file was begun."""
    row = conn.execute("SELECT snapshot FROM frozen_return WHERE id = ?", (return_id,)).fetchone()
    return row[0] if row else None


def head_before(conn: sqlite3.Connection, return_id: int) -> Head | None:
    """The head of the history that a submitted return was drawn from: its submission is the entry after it."""
    row = conn.execute("SELECT head_seq, head_seal FROM frozen_return WHERE id = ?", (return_id,)).fetchone()
    return (row[0], row[1]) if row else None


def files(conn: sqlite3.Connection, return_id: int) -> tuple[FrozenFile, ...]:
    """A submitted return's files, as they were rendered."""
    return tuple(
        FrozenFile(*row)
        for row in conn.execute(
            "SELECT name, sha256, content FROM frozen_file WHERE return_id = ? ORDER BY id", (return_id,)
        )
    )
