"""Jumping: records of any kind by part of what people call them. Only indexes are asked, so a million costs are no hindrance."""

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
EXACT, BEGINS, NAMED, HOLDS = range(4)
"""How well a record answers: it has this very reference; its reference begins so; words of its name begin so; words of its
other texts do."""
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
    for look in (_by_reference, _by_name, _by_any_text):
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


def _found(kind: type[Record], row: tuple[int, str, str], rank: int) -> Found:
    record_id, reference, name = row
    return Found(kind, record_id, reference, name, rank)


@cache
def _asked(kind: type[Record]) -> str:
    """A record's id, its reference, and its name: its title, else the texts that search looks in."""
    key, title = key_of(kind), title_of(kind)
    names = [title.name] if title else [name for name in searchable(kind) if key is None or name != key.name]
    parts = " || ".join(f"CASE {name} WHEN '' THEN '' ELSE ' · ' || {name} END" for name in names)
    name = f"ltrim({parts}, ' ·')" if parts else "''"
    return f"SELECT id, {key.name if key else repr('')}, {name} FROM {table_name(kind)}"
