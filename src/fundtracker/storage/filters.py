"""Filters of a list as conditions in SQL; values are always bound."""

import re
import sqlite3
from typing import Any

from fundtracker.domain.columns import Column, Record, column_of, table_name
from fundtracker.domain.filters import AnyOf, Between, Contains, Empty, Exactly, Filter, plainly
from fundtracker.domain.kinds import Kind, LongText
from fundtracker.domain.records import by_name
from fundtracker.storage.sql import collation, known, words

Condition = tuple[str, list[Any]]
PLAINLY = "plainly"
"""The function that SQL lacks: a text without its accents, for the few texts that have any."""


def teach(conn: sqlite3.Connection) -> None:
    """Let a connection take accents off; harmless where it can already."""
    try:
        conn.execute(f"SELECT {PLAINLY}('')")
    except sqlite3.OperationalError:
        conn.create_function(PLAINLY, 1, _plainly, deterministic=True)


def _plainly(text: str | None) -> str:
    return plainly(text or "")


def condition(kind: type[Record], wanted: Filter, *, walked: bool = False) -> Condition:
    """What a filter asks of a row. `walked`: of rows that are met in the order of the list, so no index is used (the + says so)."""
    column = column_of(kind, wanted.column)
    place = f"{'+' if walked else ''}{known(kind, column)}"
    if column.refers_to and isinstance(wanted.want, (Contains, Exactly)):
        target = by_name(column.refers_to)
        inner, bound = _text(f"({words(target, 'target')})", wanted.want)
        return f"{place} IN (SELECT target.id FROM {table_name(target)} AS target WHERE {inner})", bound
    match wanted.want:
        case Empty(filled):
            return _empty(column, place, filled=filled), []
        case Contains() | Exactly() as text:
            return _text(place, text)
        case Between() as between:
            return _between(column.kind, place, between)
        case AnyOf(options):
            return _any_of(column.kind, place, options)


def _empty(column: Column, place: str, *, filled: bool) -> str:
    nothing = f"{place} IS NULL"
    if type(column.kind) in {Kind, LongText}:
        nothing = f"({nothing} OR {place} = ''{collation(column)})"
    return f"NOT {nothing}" if filled else nothing


def _text(place: str, want: Contains | Exactly) -> Condition:
    """Only a text with letters beyond ASCII is taken through Python: its bytes outnumber its letters."""
    if isinstance(want, Exactly):
        return f"{place} = ? COLLATE NOCASE", [want.text]
    looked_for = plainly(want.text)
    beyond = f"(length({place}) < length(CAST({place} AS BLOB)) AND instr({PLAINLY}({place}), ?))"
    if not looked_for.isascii():
        return beyond, [looked_for]
    escaped = re.sub(r"([\\%_])", r"\\\1", looked_for)
    return f"({place} LIKE ? ESCAPE '\\' OR {beyond})", [f"%{escaped}%", looked_for]


def _between(kind: Kind, place: str, between: Between) -> Condition:
    conditions, bound = list[str](), list[Any]()
    if between.low is not None:
        conditions.append(f"{place} {'>' if between.above else '>='} ?")
        bound.append(kind.keep(between.low))
    if between.high is not None:
        conditions.append(f"{place} {'<' if between.below else '<='} ?")
        bound.append(kind.keep(between.high))
    return " AND ".join(conditions), bound


def _any_of(kind: Kind, place: str, options: tuple[Any, ...]) -> Condition:
    kept = [kind.keep(each) for each in options if each is not None]
    inside = f"{place} IN ({', '.join('?' * len(kept))})"
    return (f"({inside} OR {place} IS NULL)" if None in options else inside), kept
