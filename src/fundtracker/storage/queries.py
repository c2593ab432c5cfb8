"""Lists by the page: sort, search and totals, all asked of the database. Rows come back as ready texts."""

import sqlite3
from array import array
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from fundtracker.domain.columns import Record, column_of, columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import Filter
from fundtracker.domain.kinds import MoneyKind, QuarterKind
from fundtracker.domain.money import Money
from fundtracker.storage import filters, finding
from fundtracker.storage.conditions import COUNTS, ELIGIBLE, year_of
from fundtracker.storage.search import question
from fundtracker.storage.sql import known, ordered, path_condition, shown

Row = tuple[int, tuple[str, ...]]
"""A record's id, and one text for each of its columns."""
STEPS, OFF_THE_WINDOW = 2_000, 200_000
"""Steps of SQLite's machine (some tens of microseconds, and some milliseconds) between two looks at whether to give a question up.
A worker looks seldom: each look waits for its turn with the window's thread, and holds both up.
"""
SPENT = "spent"
"""Among the totals of costs: what of them counts, irrecoverable VAT included, as every figure of spend has it."""
YEARS = 3
"""So many totals of financial years, which are never added, stand side by side."""
MANY = 50_000
"""Rows that are sooner added up by reading the whole table once than by fetching each through an index."""


class GivenUp(Exception):  # noqa: N818 - a wish of who asked, not an error
    """A question that took too long, or that nobody waits for any more."""


@contextmanager
def giving_up(conn: sqlite3.Connection, when: Callable[[], bool], steps: int = STEPS) -> Generator[None]:
    """Break off what is asked meanwhile as soon as `when` says so: GivenUp."""
    given_up = False

    def look() -> bool:
        nonlocal given_up
        given_up = given_up or when()
        return given_up

    conn.set_progress_handler(look, steps)
    try:
        yield
    except sqlite3.OperationalError as error:
        if given_up:  # else the file was closed meanwhile
            raise GivenUp from error
        raise
    finally:
        conn.set_progress_handler(None, 0)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: a kind, the words searched for, the order (column, descending), whose records, and what columns hold.

    `within` narrows to what belongs to a record: ("intervention_id.award_id", 3) for the costs of award 3. `called` is part of
    what people call a record: looked for in its texts alone, not in sums, days or the names of others.
    """

    kind: type[Record]
    search: str = ""
    sort: tuple[tuple[str, bool], ...] = ()
    within: tuple[tuple[str, Any], ...] = ()
    filters: tuple[Filter, ...] = ()
    called: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is the whole list, unsearched and unfiltered."""
        return not (self.within or self.filters or question(self.search) or question(self.called))


def _where(conn: sqlite3.Connection, query: ListQuery, *, walked: bool = False) -> tuple[str, list[Any]]:
    conditions, bound = list[str](), list[Any]()
    for path, value in query.within:
        condition, parameters = path_condition(query.kind, path, value)
        conditions.append(condition)
        bound.extend(parameters)
    for condition, parameters in _searched(conn, query):
        conditions.append(condition)
        bound.extend(parameters)
    if query.filters:
        filters.teach(conn)
    for each in query.filters:
        condition, parameters = filters.condition(query.kind, each, walked=walked)
        conditions.append(condition)
        bound.extend(parameters)
    return " AND ".join(conditions) or "1", bound


def _searched(conn: sqlite3.Connection, query: ListQuery) -> Iterator[finding.Condition]:
    if question(query.search):
        yield finding.condition(conn, query.kind, query.search)
    if question(query.called):
        yield finding.in_texts(query.kind, query.called)


def _order(query: ListQuery, *, walked: bool = True) -> str:
    """`walked`: the database may go through the rows in this order; else it finds them first, and then sorts (the + says so)."""
    parts = [ordered(query.kind, name, descending=descending) for name, descending in query.sort]
    last_descending = bool(query.sort) and query.sort[-1][1]
    parts.append(f"{table_name(query.kind)}.id{' DESC' if last_descending else ''}")
    return ", ".join(parts if walked else [f"+{part}" for part in parts])


@cache
def _texts(kind: type[Record]) -> str:
    table = table_name(kind)
    return f"SELECT {', '.join([f'{table}.id', *(shown(kind, each) for each in columns(kind))])} FROM {table}"


def count(conn: sqlite3.Connection, query: ListQuery) -> int:
    if query.kind is Cost and query.whole:
        return conn.execute("SELECT coalesce(sum(lines), 0) FROM cost_summary").fetchone()[0]
    where, bound = _where(conn, query)
    return conn.execute(f"SELECT count(*) FROM {table_name(query.kind)} WHERE {where}", bound).fetchone()[0]


def page(
    conn: sqlite3.Connection, query: ListQuery, offset: int, limit: int, *, walked: bool = True
) -> list[Row]:
    """Rows `offset` to `offset + limit`, in order. Walked, common rows are soon found; else, rare ones that an index knows."""
    where, bound = _where(conn, query, walked=walked)
    table = table_name(query.kind)
    wanted = f"SELECT {table}.id FROM {table} WHERE {where} ORDER BY {_order(query, walked=walked)} LIMIT ? OFFSET ?"
    found = [row[0] for row in conn.execute(wanted, (*bound, limit, offset))]
    return rows(conn, query.kind, found)


def ids(conn: sqlite3.Connection, query: ListQuery) -> "array[int]":
    """Every id of the list, in order: eight bytes a row."""
    where, bound = _where(conn, query)
    table, order = table_name(query.kind), _order(query, walked=not query.filters)
    wanted = f"SELECT {table}.id FROM {table} WHERE {where} ORDER BY {order}"
    return array("q", chain.from_iterable(conn.execute(wanted, bound)))


def rows(conn: sqlite3.Connection, kind: type[Record], wanted: Sequence[int]) -> list[Row]:
    """The rows with these ids, in this order; ones removed meanwhile are left out."""
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        places = ", ".join("?" * len(some))
        for row in conn.execute(f"{_texts(kind)} WHERE {table_name(kind)}.id IN ({places})", tuple(some)):
            found[row[0]] = (row[0], row[1:])
    return [found[each] for each in wanted if each in found]


def _adds_up(query: ListQuery) -> bool:
    """Whether no money stands in the list twice."""
    under = query.kind.adds_up_within
    if not under:
        return under is not None
    return any(path == under or path.startswith(f"{under}.") for path, _ in query.within)


def _year(kind: type[Record]) -> str:
    """SQL: the financial year of a row, of a kind that adds up within one; else nothing."""
    under = kind.adds_up_within
    if not under or column_of(kind, under).refers_to:
        return ""
    place = f"{table_name(kind)}.{under}"
    return year_of(place) if isinstance(column_of(kind, under).kind, QuarterKind) else place


def _money(kind: type[Record]) -> list[str]:
    return [each.name for each in columns(kind) if isinstance(each.kind, MoneyKind)]


def totals_by_year(conn: sqlite3.Connection, query: ListQuery) -> dict[str, dict[str, str]]:
    """Of a kind that adds up within a financial year: each money column's sum of each year, as shown; none where there are more than
    YEARS of them.
    """
    names, year = _money(query.kind), _year(query.kind)
    if not names or not year:
        return {}
    where, bound = _where(conn, query)
    parts = (known(query.kind, column_of(query.kind, name)) for name in names)
    summed = ", ".join(f"coalesce(sum({part}), 0)" for part in parts)
    found = conn.execute(
        f"SELECT {year}, {summed} FROM {table_name(query.kind)} WHERE {where} GROUP BY 1 ORDER BY 1 LIMIT {YEARS + 1}",
        bound,
    ).fetchall()
    if len(found) > YEARS:
        return {}
    return {name: {row[0]: Money(row[n + 1]).shown for row in found} for n, name in enumerate(names)}


def totals(conn: sqlite3.Connection, query: ListQuery) -> dict[str, str]:
    """The sum of each money column over every row of the list, as shown; of costs also what is SPENT. Of a kind whose sums mean
    nothing side by side (`adds_up_within`) none, and where they do within a financial year only where all rows are of one.
    """
    names = _money(query.kind)
    if names and _year(query.kind):
        by_year = totals_by_year(conn, query)
        none = Money(0).shown
        return {name: next(iter(sums.values()), none) for name, sums in by_year.items() if len(sums) <= 1}
    if not names or not _adds_up(query):
        return {}
    kept = query.kind is Cost and query.whole and set(names) <= {"net", "vat"}
    where, bound = ("1", list[Any]()) if kept else _where(conn, query)
    parts = names[:] if kept else [known(query.kind, column_of(query.kind, each)) for each in names]
    if query.kind is Cost:
        names.append(SPENT)
        parts.append("(quarter <> '') * eligible" if kept else f"({COUNTS}) * ({ELIGIBLE})")
    summed = ", ".join(f"coalesce(sum({part}), 0)" for part in parts)
    table = "cost_summary" if kept else table_name(query.kind)
    if query.filters and count(conn, query) > MANY:
        table = f"{table} NOT INDEXED"
    sums = conn.execute(f"SELECT {summed} FROM {table} WHERE {where}", bound).fetchone()
    return {name: Money(pence).shown for name, pence in zip(names, sums, strict=True)}
