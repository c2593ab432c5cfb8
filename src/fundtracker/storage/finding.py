"""Finding: what the words typed in a list's search box ask of a row. Each is looked for in every column, as the column is shown.

Words begin a word of a text, of a choice, or of the reference and title of the record referred to; sums, numbers, days, quarters
and years are found whole. Nothing but ids is put together: indexes know most of them, and a table is read only for columns
that no index holds.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from fundtracker.domain.columns import Column, Record, columns, key_of, table_name, title_of
from fundtracker.domain.filters import AnyOf, Between, Filter, shown_value, words_begin, words_of
from fundtracker.domain.kinds import Choice, Kind, LongText, QuarterKind, YesNo
from fundtracker.domain.records import by_name
from fundtracker.storage import filters
from fundtracker.storage.search import question, searchable, words
from fundtracker.storage.sql import MANY_ROWS, collation, known

Condition = tuple[str, list[Any]]
BEGIN = "words_begin"
"""The function that SQL lacks: whether some word of a text begins so, whatever its case and accents."""
_MOST_KNOWN = 500
_FILLED: dict[tuple[str, type[Record]], frozenset[str]] = {}
"""What `_filled` found, by the seal of the newest entry: it is of these contents of a file alone, and changes with every write."""
_QUARTER = re.compile(r"q[1-4]", re.IGNORECASE)


def condition(conn: sqlite3.Connection, kind: type[Record], typed: str) -> Condition:
    """What all the words typed ask of a row. Those that stand in texts alone are looked for together, which is quickest."""
    table = table_name(kind)
    together, found = list[str](), list[Condition]()
    for word in words(typed):
        elsewhere = [each for each in _elsewhere(conn, kind, word) if _is_there(conn, each)]
        if elsewhere or not searchable(kind):
            texts = [_texts(kind, word)] if searchable(kind) else []
            found.append(_any([*texts, *elsewhere]))
        else:
            together.append(word)
    if together:
        found.append(_texts(kind, " ".join(together)))
    asked = " AND ".join(f"{table}.id IN ({each})" for each, _ in found)
    return asked or "1", [value for _, bound in found for value in bound]


def in_texts(kind: type[Record], typed: str) -> Condition:
    """What the words ask of the texts alone that full-text search knows: how people look for a record to refer to."""
    if not searchable(kind):
        return "0", []
    found, bound = _texts(kind, typed)
    return f"{table_name(kind)}.id IN ({found})", bound


def _is_there(conn: sqlite3.Connection, wanted: Condition) -> bool:
    return conn.execute(f"{wanted[0]} LIMIT 1", wanted[1]).fetchone() is not None


def _any(found: list[Condition]) -> Condition:
    """Ids that one of them gives."""
    if not found:
        return "SELECT 0 WHERE 0", []
    return " UNION ALL ".join(each for each, _ in found), [value for _, bound in found for value in bound]


def _texts(kind: type[Record], typed: str) -> Condition:
    table = table_name(kind)
    return f"SELECT rowid FROM search_{table} WHERE search_{table} MATCH ?", [question(typed)]


def _elsewhere(conn: sqlite3.Connection, kind: type[Record], word: str) -> Iterator[Condition]:
    """The ids of rows that hold a word outside of full-text search, from each place where it may stand."""
    table = table_name(kind)
    filled = _filled(conn, kind)
    unindexed = list[Condition]()
    for column in columns(kind):
        if column.refers_to:
            yield _referring(table, column, word)
        elif column.searchable or (_is_text(column) and column.name not in filled):
            continue
        elif asked := _holding(conn, kind, column, word):
            if kind in MANY_ROWS:
                yield f"SELECT id FROM {table} WHERE {asked[0]}", asked[1]
            else:
                unindexed.append(asked)
    if unindexed:  # read once for all of them
        asked = " OR ".join(f"({each})" for each, _ in unindexed)
        yield f"SELECT id FROM {table} WHERE {asked}", [value for _, bound in unindexed for value in bound]


def _referring(table: str, column: Column, word: str) -> Condition:
    """By the words that the record referred to is shown by: its reference and title."""
    target = by_name(column.refers_to or "")
    names = [each.name for each in (key_of(target), title_of(target)) if each and each.searchable]
    search = f"search_{table_name(target)}"
    asked = f"{{{' '.join(names)}}} : ({question(word)})"
    return (
        f"SELECT id FROM {table} WHERE {column.name} IN (SELECT rowid FROM {search} WHERE {search} MATCH ?)",
        [asked],
    )


def _holding(conn: sqlite3.Connection, kind: type[Record], column: Column, word: str) -> Condition | None:
    """What a word asks of a column that holds no reference; None where it can't stand there."""
    place = known(kind, column)
    if _is_text(column):
        _teach(conn)
        return _beginning(place, collation(column), word)
    if isinstance(column.kind, (Choice, YesNo)):
        options = tuple(each for each in _options(column.kind) if words_begin(column.kind.show(each), word))
        return filters.condition(kind, Filter(column.name, AnyOf(options))) if options else None
    if isinstance(column.kind, QuarterKind) and _QUARTER.fullmatch(word):
        return f"substr({place}, 9) = ?", [word.upper()]
    span = shown_value(column.kind, word)
    return filters.condition(kind, Filter(column.name, Between(*span))) if span else None


def _is_text(column: Column) -> bool:
    return type(column.kind) in {Kind, LongText}


def _filled(conn: sqlite3.Connection, kind: type[Record]) -> frozenset[str]:
    """The texts beyond full-text search in which anything stands: many are empty in every row, and needn't be read for each letter."""
    beyond = [each for each in columns(kind) if _is_text(each) and not each.searchable]
    if not beyond:
        return frozenset()
    head = conn.execute("SELECT seal FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    key = (head[0] if head else "", kind)
    found = _FILLED.get(key)
    if found is None:
        if len(_FILLED) >= _MOST_KNOWN:
            _FILLED.clear()
        found = _FILLED[key] = frozenset(_read_filled(conn, kind, beyond))
    return found


def _read_filled(conn: sqlite3.Connection, kind: type[Record], beyond: list[Column]) -> Iterator[str]:
    """An index tells at once; else the table is read, once for all of them."""
    table = table_name(kind)
    anything = [f"{each.name} > ''{collation(each)}" for each in beyond]
    if kind in MANY_ROWS:
        asked = ", ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in anything)
        found = conn.execute(f"SELECT {asked}").fetchone()
    else:
        found = conn.execute(
            f"SELECT {', '.join(f'max({each})' for each in anything)} FROM {table}"
        ).fetchone()
    return (column.name for column, held in zip(beyond, found, strict=True) if held)


def _options(kind: Choice | YesNo) -> tuple[Any, ...]:
    return tuple(kind.options) if isinstance(kind, Choice) else (True, False)


def _beginning(place: str, collated: str, word: str) -> Condition:
    """Texts without the letters are passed over quickly, and empty ones by an index where there is one."""
    letters = max(words_of(word), key=len, default="")
    beyond = f"length({place}) < length(CAST({place} AS BLOB))"
    quickly = f"({place} LIKE ? OR {beyond})" if letters.isascii() else beyond
    bound = [f"%{letters}%"] if letters.isascii() else []
    return f"{place} > ''{collated} AND {quickly} AND {BEGIN}({place}, ?)", [*bound, word]


def _teach(conn: sqlite3.Connection) -> None:
    """Let a connection see where words begin; harmless where it can already."""
    try:
        conn.execute(f"SELECT {BEGIN}('', '')")
    except sqlite3.OperationalError:
        conn.create_function(BEGIN, 2, words_begin, deterministic=True)
