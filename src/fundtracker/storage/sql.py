"""SQL made from the records' descriptions; values are always bound."""

from dataclasses import dataclass
from typing import Any

from fundtracker.domain.columns import Column, Record, column_of, columns, key_of, table_name, title_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.kinds import (
    DateKind,
    Kind,
    LongText,
    MoneyKind,
    Number,
    QuarterKind,
    WholeNumber,
    YesNo,
)
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage.conditions import COUNTS, MATCHING
from fundtracker.storage.undone import CODES

COUNTED = "received_on.counted"
"""The path, of a cost alone, for what counts as spent: received, and accepted where a partner spent it."""
MATCHED = "amount.matched"
"""The path, of a ledger line alone, for what was said of it: a key of MATCHING."""
AMONG, RUN, NOT_BY = "among", "run", "not_by"
"""What a path may ask of an id (one of Chosen), of a quarter (within a QuarterRun), and of a day (empty, or after it)."""
CODED = "code.award_id"
"""The path, of a ledger line alone, for the award that its code is one of."""
TO_DO = "id.to_do"
"""The path, of any kind, for rows that wait for something: its value is an Undone."""
MANY_ROWS = (Cost,)
"""Kinds that grow to a million rows: every column people sort by has an index."""
DAYS_OF = frozenset({"quarter", "year"})
"""What a path may ask of a day; both know on which day they begin and end."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Records by their ids, and what is said of them."""

    ids: tuple[int, ...]
    words: str

    def __str__(self) -> str:
        return self.words


def path_condition(kind: type[Record], path: str, value: Any) -> tuple[str, tuple[Any, ...]]:
    """A condition on a column, or on one reached through references: "intervention_id.award_id" is 3.

    Of a day, "received_on.quarter" and "received_on.year" are the quarter (or a run of them) and financial year that it falls in.
    """
    name, _, rest = path.partition(".")
    special = _special(kind, path, value)
    if special is not None:
        return special
    if name == "id":
        return f"{table_name(kind)}.id = ?", (value,)
    column = column_of(kind, name)
    place = f"{table_name(kind)}.{name}"
    if rest:
        return _further(column, place, rest, value)
    if value is None:
        return f"{place} IS NULL", ()
    return f"{place} = ?", (column.kind.keep(value),)


def _further(column: Column, place: str, rest: str, value: Any) -> tuple[str, tuple[Any, ...]]:
    """What a path asks of a column beyond its value: of a day or a quarter, else of the record it refers to."""
    if rest == RUN:
        return f"{place} BETWEEN ? AND ?", (value.first.code, value.last.code)
    if rest == NOT_BY:
        return f"({place} IS NULL OR {place} > ?)", (value.isoformat(),)
    if rest in DAYS_OF and isinstance(column.kind, DateKind):
        return f"{place} BETWEEN ? AND ?", (value.begins_on.isoformat(), value.ends_on.isoformat())
    target = by_name(column.refers_to or "")
    inner, bound = path_condition(target, rest, value)
    return f"{place} IN (SELECT id FROM {table_name(target)} WHERE {inner})", bound


def _special(kind: type[Record], path: str, value: Any) -> tuple[str, tuple[Any, ...]] | None:
    """Conditions that aren't of a column's value."""
    if path == f"id.{AMONG}":
        return f"{table_name(kind)}.id IN ({', '.join(map(str, value.ids))})", ()
    if path == TO_DO:
        condition, bound = value.condition()
        return f"({condition})", bound
    if (kind, path) == (Cost, COUNTED):
        return f"({COUNTS})", ()
    if (kind, path) == (LedgerLine, MATCHED):
        return f"({MATCHING[value]})", ()
    if (kind, path) == (LedgerLine, CODED):
        codes = f"SELECT ledger_code.code FROM {CODES} WHERE award.id = ?"
        return f"ledger_line.code COLLATE NOCASE IN ({codes})", (value,)
    return None


def words(kind: type[Record], row: str) -> str:
    """The words for a record: its reference and its title ("SSF5-VAWG-01 Op Vigilant")."""
    parts = [f"{row}.{each.name}" for each in (key_of(kind), title_of(kind)) if each]
    return " || ' ' || ".join(parts)


def shown(kind: type[Record], column: Column) -> str:
    """A column's value as people see it, never NULL: the same text as the column's Kind shows."""
    return f"coalesce({_shown(column, known(kind, column))}, '')"


def known(kind: type[Record], column: Column) -> str:
    """A column's value in its table; NULL where that is not yet kept: a draft return's claim is worked out, and nobody reads its nought."""
    table = table_name(kind)
    place = f"{table}.{column.name}"
    if kind is FunderReturn and column.name in FunderReturn.kept_when_frozen:
        return f"CASE WHEN {table}.state NOT IN ({_DRAFTS}) THEN {place} END"
    return place


def _shown(column: Column, place: str) -> str:
    if column.refers_to:
        target = by_name(column.refers_to)
        return f"(SELECT {words(target, 'target')} FROM {table_name(target)} AS target WHERE target.id = {place})"
    pattern = next((pattern for kind, pattern in _PATTERNS.items() if isinstance(column.kind, kind)), "{0}")
    return pattern.format(place)


_DRAFTS = ", ".join(f"'{each.value}'" for each in ReturnState if not each.frozen)
_SIGN = "CASE WHEN {0} < 0 THEN '-' WHEN {0} >= 0 THEN '' END"
"""Nothing for nothing, which then makes the whole text nothing: printf would show it as nought."""
_PATTERNS: dict[type[Kind], str] = {
    MoneyKind: _SIGN + " || printf('%,d.%02d', abs({0}) / 100, abs({0}) % 100)",
    Number: _SIGN + " || rtrim(rtrim(printf('%,d.%03d', abs({0}) / 1000, abs({0}) % 1000), '0'), '.')",
    WholeNumber: "CASE WHEN {0} IS NOT NULL THEN printf('%,d', {0}) END",
    YesNo: "CASE {0} WHEN 1 THEN 'Yes' WHEN 0 THEN 'No' END",
    DateKind: "substr({0}, 9, 2) || '/' || substr({0}, 6, 2) || '/' || substr({0}, 1, 4)",
    QuarterKind: "substr({0}, 1, 4) || '/' || substr({0}, 6, 2) || ' ' || substr({0}, 9, 2)",
}
"""How SQL shows each kind of value; what is not here is shown as it is kept."""


def ordered(kind: type[Record], name: str, *, descending: bool) -> str:
    """How a list is sorted by a column: text without regard to case, references by what people read."""
    column = column_of(kind, name)
    place = f"{table_name(kind)}.{name}"
    direction = " DESC" if descending else ""
    if column.refers_to:
        target = by_name(column.refers_to)
        return f"(SELECT {words(target, 'target')} FROM {table_name(target)} AS target WHERE target.id = {place}) COLLATE NOCASE{direction}"
    return f"{place}{collation(column)}{direction}"


def collation(column: Column) -> str:
    """Text is sorted without regard to case; an index to sort by must say the same."""
    return " COLLATE NOCASE" if type(column.kind) in {Kind, LongText} else ""


def title_place(kind: type[Record], texts: tuple[str, ...]) -> str:
    """The words for a record out of its row of texts: reference and title."""
    places = [number for number, each in enumerate(columns(kind)) if each in {key_of(kind), title_of(kind)}]
    return " ".join(texts[number] for number in places) or texts[0]
