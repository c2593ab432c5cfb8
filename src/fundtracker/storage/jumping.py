"""Jumping: records of any kind by part of what people call them. A kind with many is asked by its indexes, so a million costs are no hindrance."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fundtracker.domain.columns import Record, key_of, table_name, title_of
from fundtracker.domain.records import RECORDS
from fundtracker.storage.search import question, searchable

MOST = 40
"""More than anybody reads: another letter typed is quicker."""
EXACT, BEGINS, NAMED, HOLDS, PART = range(5)
"""How well a record answers: it has this very reference; its reference begins so; words of its name begin so; words of its
other texts do; what was typed stands somewhere within its reference or name."""
FEW = 50_000
"""Records of a kind that are read through in some milliseconds. Of more, only the references are: they have an index."""
SHORTEST_PART = 2
"""Letters: nearly everything has any one letter somewhere."""
_LAST = "\U0010ffff"
_NUMBER = re.compile(r"([A-Za-z]*)[-\s]?0*(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Found:
    """A record that answers: what people call it, in two parts (either may be empty), and how well it answers."""

    kind: type[Record]
    id: int
    reference: str
    name: str
    rank: int


def jump(conn: sqlite3.Connection, typed: str, most: int = MOST) -> list[Found]:
    """At most `most` records that `typed` may mean, the likeliest first; among equals, kinds in the order of RECORDS."""
    typed = typed.strip()
    best: dict[tuple[type[Record], int], Found] = {}
    if not question(typed):
        return []
    for look in (_by_reference, _by_name, _by_any_text, _by_part):
        for found in look(conn, typed, most):
            best.setdefault((found.kind, found.id), found)
        if len(best) >= most:
            break
    places = {kind: number for number, kind in enumerate(RECORDS)}
    ordered = sorted(
        best.values(),
        key=lambda each: (
            each.rank,
            places[each.kind],
            each.reference.casefold(),
            each.name.casefold(),
            each.id,
        ),
    )
    return ordered[:most]


def _by_reference(conn: sqlite3.Connection, typed: str, most: int) -> Iterator[Found]:
    """References as typed or in capitals, from the index of references; numbers find those the program gave (12: C-00012)."""
    beginnings = sorted({typed, typed.upper(), typed.capitalize()})
    for kind in RECORDS:
        key = key_of(kind)
        if key is None:
            continue
        exact = {each.casefold() for each in (typed, _numbered(kind, typed)) if each}
        for beginning in (*beginnings, *filter(None, [_numbered(kind, typed)])):
            condition = f"{key.name} >= ? AND {key.name} < ? ORDER BY {key.name} LIMIT ?"
            for row in conn.execute(
                f"{_asked(kind)} WHERE {condition}", (beginning, beginning + _LAST, most)
            ):
                yield _found(kind, row, EXACT if row[1].casefold() in exact else BEGINS)


def _numbered(kind: type[Record], typed: str) -> str:
    """ "C-00012" of a cost and "12", "c12" or "C-12"; "" where that isn't what was typed."""
    match = _NUMBER.fullmatch(typed)
    prefix = kind.reference_prefix
    if match is None or not prefix or match[1].upper() not in {"", prefix}:
        return ""
    return f"{prefix}-{int(match[2]):05d}"


def _by_name(conn: sqlite3.Connection, typed: str, most: int) -> Iterator[Found]:
    for kind in RECORDS:
        names = dict.fromkeys(
            each.name for each in (key_of(kind), title_of(kind)) if each and each.searchable
        )
        if names:
            wanted = f"{{{' '.join(names)}}} : ({question(typed)})"
            yield from _matching(conn, kind, wanted, most, NAMED)


def _by_any_text(conn: sqlite3.Connection, typed: str, most: int) -> Iterator[Found]:
    for kind in RECORDS:
        if searchable(kind):
            yield from _matching(conn, kind, question(typed), most, HOLDS)


def _matching(
    conn: sqlite3.Connection, kind: type[Record], wanted: str, most: int, rank: int
) -> Iterator[Found]:
    search = f"search_{table_name(kind)}"
    condition = f"id IN (SELECT rowid FROM {search} WHERE {search} MATCH ? LIMIT ?)"
    for row in conn.execute(f"{_asked(kind)} WHERE {condition}", (wanted, most)):
        yield _found(kind, row, rank)


def _by_part(conn: sqlite3.Connection, typed: str, most: int) -> Iterator[Found]:
    """Each word typed stands anywhere in the reference or the name."""
    parts = [re.sub(r"([%_^])", r"^\1", part) for part in typed.split()]
    if len(typed) < SHORTEST_PART:
        return
    for kind in RECORDS:
        key, table = key_of(kind), table_name(kind)
        (last,) = conn.execute(f"SELECT max(id) FROM {table}").fetchone()
        if last is None or (last > FEW and key is None):
            continue
        reference = f"coalesce({key.name}, '')" if key else "''"
        text = f"{reference} || ' ' || {_name(kind)}" if last <= FEW else reference
        condition = " AND ".join([f"{text} LIKE ? ESCAPE '^'"] * len(parts))
        within = f"id IN (SELECT id FROM {table} WHERE {condition} LIMIT ?)"
        for row in conn.execute(f"{_asked(kind)} WHERE {within}", (*(f"%{part}%" for part in parts), most)):
            yield _found(kind, row, PART)


def _found(kind: type[Record], row: tuple[int, str, str], rank: int) -> Found:
    record_id, reference, name = row
    return Found(kind, record_id, reference, name, rank)


@cache
def _asked(kind: type[Record]) -> str:
    """A record's id, its reference, and its name: its title, else the texts that search looks in."""
    key = key_of(kind)
    return f"SELECT id, {key.name if key else repr('')}, {_name(kind)} FROM {table_name(kind)}"


@cache
def _name(kind: type[Record]) -> str:
    key, title = key_of(kind), title_of(kind)
    names = [title.name] if title else [name for name in searchable(kind) if key is None or name != key.name]
    parts = " || ".join(f"CASE {name} WHEN '' THEN '' ELSE ' · ' || {name} END" for name in names)
    return f"ltrim({parts}, ' ·')" if parts else "''"
