"""Does the history hold? Its chain of seals, its replay against the tables, the schema, and what submitted returns said."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from fundtracker.domain.problems import Problem
from fundtracker.storage import rowtext, schema
from fundtracker.storage.connection import PRAGMAS
from fundtracker.storage.derived import EMPTY_SEAL, SUMMARY, recorded_columns, summary_of_costs
from fundtracker.storage.journal import change_rows, length_prefixed, seal_of
from fundtracker.storage.stopping import tell

_TOLD_EVERY = 1_000
"""Changes."""
_FINGERPRINT = re.compile(r"(\d+):([0-9a-f]{64})", re.ASCII)


def verify(conn: sqlite3.Connection, *, fingerprint: str | None = None) -> tuple[Problem, ...]:
    """Everything that is not as it should be; nothing where the history is whole. `fingerprint` is "SEQ:HASH" as printed."""
    found = list(_schema_problems(conn))
    sound = not found
    for check in (_file_problems, _chain_problems, _replay_problems, _summary_problems, _frozen_problems):
        try:
            found.extend(check(conn))
        except sqlite3.OperationalError as error:
            if sound:
                raise
            found.append(Problem(message=f"Part of the file can't be checked ({error}). Restore a backup."))
    if fingerprint is not None:
        found.extend(_fingerprint_problems(conn, fingerprint))
    return tuple(found)


def _file_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    tell("Reading the file", 0, 0)
    for (text,) in conn.execute("PRAGMA quick_check(20)"):
        if text != "ok":
            yield Problem(message=f"The file is damaged ({text}). Restore a backup.")
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Problem(message=f"{table} {rowid} refers to a {parent} that isn't there.")
    for name in ("foreign_keys", "recursive_triggers"):
        if conn.execute(f"PRAGMA {name}").fetchone()[0] != PRAGMAS[name]:
            yield Problem(message=f"{name} is off: the history can't be trusted on this connection.")


def _schema_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    """Tables, indexes and guards are the ones that a new file has: none missing, none changed, none added."""
    wanted, held = schema.of_a_new_file(), schema.of(conn)
    for name in sorted(wanted.keys() | held.keys()):
        new, here = wanted.get(name), held.get(name)
        part = here or new
        if part is None or (new and here and here.same_as(new)):
            continue
        what = "removed" if here is None else "changed" if new else "added"
        escaped = ": changes may have escaped the history" if part.guards else ""
        yield Problem(message=f"The {part.called} {name} was {what} outside the program{escaped}.")


def _chain_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    """Every seal is what its entry, its changes and the seal before it give."""
    previous, expected = EMPTY_SEAL, 0
    (entries,) = conn.execute("SELECT count(*) FROM entry").fetchone()
    names = "seq, actor, at, program, kind, title, reason, undoes, changes, previous"
    for *fields, seal in conn.execute(f"SELECT {names}, seal FROM entry ORDER BY seq"):
        expected += 1
        tell("Reading the history", expected, entries)
        if fields[0] != expected or fields[-1] != previous:
            yield Problem(
                message=f"History entry {fields[0]} doesn't follow the one before it: entries were removed, added or put in another order."
            )
        digest, count = hashlib.sha256(), 0
        for row in change_rows(conn, fields[0]):
            digest.update(length_prefixed(row))
            count += 1
        if count != fields[8] or seal_of(tuple(fields), digest.hexdigest()) != seal:
            yield Problem(
                message=f"History entry {fields[0]} (“{fields[5]}”) was changed after it was sealed."
            )
        previous, expected = seal, fields[0]
    (orphans,) = conn.execute(
        "SELECT count(*) FROM change WHERE entry_seq NOT IN (SELECT seq FROM entry)"
    ).fetchone()
    if orphans:
        yield Problem(message=f"{orphans} changes belong to no entry of the history.")
    if conn.execute("SELECT 1 FROM open_entry WHERE seq IN (SELECT seq FROM entry)").fetchone():
        yield Problem(
            message="An entry of the history was left open: something was written outside the program."
        )


def _replay_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    """Played from its beginning, the history gives the tables as they are."""
    replayed: dict[str, dict[int, dict[str, Any]]] = {table: {} for table in recorded_columns()}
    (changes,) = conn.execute("SELECT count(*) FROM change").fetchone()
    for played, (change_id, table, record_id, before, after) in enumerate(
        conn.execute("SELECT id, table_name, record_id, before, after FROM change ORDER BY id")
    ):
        if played % _TOLD_EVERY == 0:
            tell("Playing the history through", played, changes)
        try:
            _play(replayed, table, record_id, before, after)
        except (ValueError, KeyError):
            yield Problem(
                message=f"Change {change_id} of the history can't be read: it is not as it was written."
            )
    for table, names in recorded_columns().items():
        held = {
            row[0]: dict(zip(names, row, strict=True))
            for row in conn.execute(f"SELECT {', '.join(names)} FROM {table}")
        }
        for record_id in sorted(held.keys() | replayed[table].keys()):
            if held.get(record_id) != replayed[table].get(record_id):
                yield Problem(
                    message=f"{table} {record_id} is not what the history says: it was changed outside the program."
                )


def _play(
    replayed: dict[str, dict[int, dict[str, Any]]],
    table: str,
    record_id: int,
    before: str | None,
    after: str | None,
) -> None:
    """One change of the history, made again: of a record, or of a table's columns by a migration (see `moves`)."""
    if table.startswith("column:"):
        rows = replayed[table.removeprefix("column:")]
        rowtext.moved({}, before, after)  # can it be read? Also where there is no row yet
        rows.update({each: rowtext.moved(row, before, after) for each, row in rows.items()})
    elif after is None:
        replayed[table].pop(record_id, None)
    else:
        replayed[table][record_id] = rowtext.read(after)


def _summary_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    """The kept sums, which lists and Home show, are those of the costs."""
    kept = set(
        conn.execute(
            f"SELECT {SUMMARY} FROM cost_summary WHERE lines <> 0 OR net <> 0 OR vat <> 0 OR eligible <> 0"
        )
    )
    if kept != set(conn.execute(summary_of_costs())):
        yield Problem(
            message="The kept sums of costs are not those of the costs: they were changed outside the program."
        )


def _frozen_problems(conn: sqlite3.Connection) -> Iterator[Problem]:
    for return_id, text, sha256 in conn.execute("SELECT id, snapshot, sha256 FROM frozen_return"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Problem(
                kind="FunderReturn",
                record_id=return_id,
                message=f"The snapshot of return {return_id} is not what was frozen.",
            )
    for return_id, name, sha256, content in conn.execute(
        "SELECT return_id, name, sha256, content FROM frozen_file"
    ):
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Problem(kind="FunderReturn", record_id=return_id, message=f"{name} is not what was frozen.")


def _fingerprint_problems(conn: sqlite3.Connection, fingerprint: str) -> Iterator[Problem]:
    match = _FINGERPRINT.fullmatch(fingerprint.strip().lower())
    if match is None:
        yield Problem(
            message=f"“{fingerprint}” is not a fingerprint: type it as printed, the number, a colon and 64 letters and digits."
        )
        return
    row = conn.execute(
        "SELECT seal FROM entry WHERE CAST(seq AS TEXT) = ?", (match[1].lstrip("0"),)
    ).fetchone()
    if row is None:
        yield Problem(
            message=f"This file's history has no entry {match[1]}: it was cut short, or the fingerprint is of another file."
        )
    elif row[0] != match[2]:
        yield Problem(
            message=f"History up to entry {match[1]} is not what it was when the fingerprint was printed."
        )
