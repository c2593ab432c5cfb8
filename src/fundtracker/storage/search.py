"""Search: a full-text table beside each kind of record that has words to look for.

Kept up to date from the captured changes just before a transaction is sealed: triggers can't do it, since a file opened
with trusted_schema off lets no trigger touch a virtual table.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from typing import Any

from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.filters import is_figure
from fundtracker.domain.records import RECORDS
from fundtracker.storage import rowtext

LONGEST_QUESTION = 500
"""Characters of what is typed that count; nobody types more, and a pasted page would be hundreds of words to look for."""


def searchable(kind: type[Record]) -> tuple[str, ...]:
    """The names of the columns that search looks in."""
    return tuple(each.name for each in columns(kind) if each.searchable)


def statements() -> Iterator[str]:
    """The search tables; they hold an index and no text of their own."""
    for kind in RECORDS:
        if names := searchable(kind):
            table = table_name(kind)
            yield (
                f"CREATE VIRTUAL TABLE search_{table} USING fts5({', '.join(names)}, content='{table}', content_rowid='id',"
                " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
            )


def refresh(conn: sqlite3.Connection, seq: int) -> None:
    """Bring the index up to the changes of an open entry; a record whose words stayed is left alone."""
    touched = {
        row[0] for row in conn.execute("SELECT DISTINCT table_name FROM change WHERE entry_seq = ?", (seq,))
    }
    for kind in RECORDS:
        table, names = table_name(kind), searchable(kind)
        if table not in touched or not names:
            continue
        listed, marks = ", ".join(names), ", ".join("?" * len(names))
        gone, come = _other_words(conn, seq, table, names)
        conn.executemany(
            f"INSERT INTO search_{table} (search_{table}, rowid, {listed}) VALUES ('delete', ?, {marks})",
            gone,
        )
        conn.executemany(f"INSERT INTO search_{table} (rowid, {listed}) VALUES (?, {marks})", come)
        conn.execute(
            f"""INSERT INTO search_{table} (rowid, {listed}) SELECT id, {listed} FROM {table}
            WHERE id IN (SELECT record_id FROM change WHERE before IS NULL AND id IN ({_FIRST_CHANGES}))""",
            (seq, table),
        )


_FIRST_CHANGES = "SELECT min(id) FROM change WHERE entry_seq = ? AND table_name = ? GROUP BY record_id"
_Words = list[tuple[Any, ...]]


def _other_words(
    conn: sqlite3.Connection, seq: int, table: str, names: tuple[str, ...]
) -> tuple[_Words, _Words]:
    """Of the records that were there before an open entry changed their words: what the index holds of each, and what it should."""
    gone, come = _Words(), _Words()
    found = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"
    rows = conn.execute(
        f"SELECT record_id, before FROM change WHERE before IS NOT NULL AND id IN ({_FIRST_CHANGES})",
        (seq, table),
    ).fetchall()
    for record_id, before in rows:
        read = rowtext.read(before)
        old, now = tuple(read[name] for name in names), conn.execute(found, (record_id,)).fetchone()
        if now != old:
            gone.append((record_id, *old))
            if now is not None:
                come.append((record_id, *now))
    return gone, come


def rebuild(conn: sqlite3.Connection) -> None:
    """Index every record anew."""
    for kind in RECORDS:
        if searchable(kind):
            table = table_name(kind)
            conn.execute(f"INSERT INTO search_{table} (search_{table}) VALUES ('rebuild')")


def question(typed: str) -> str:
    """Typed words as a full-text question: each is the beginning of a word, and all must be there. Never a syntax error.

    The parts of a word may stand apart ("SSF5-01"), but not those of a figure: "10.01" is not a 10 here and an 01 there.
    """
    return " ".join(part for word in words(typed) for part in _asked(word))


def words(typed: str) -> tuple[str, ...]:
    """What is typed, word by word as people see them ("3,746.94", "o'neill"), each once; marks alone are none."""
    composed = unicodedata.normalize("NFC", typed[:LONGEST_QUESTION]).replace("_", " ")
    return tuple({word.lower(): word for word in composed.split() if re.search(r"\w", word)}.values())


def _asked(word: str) -> list[str]:
    parts = re.findall(r"\w+", word)
    return [f'"{part}"*' for part in ([" ".join(parts)] if is_figure(word) else parts)]
