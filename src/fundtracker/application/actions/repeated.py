"""Rows from outside, pasted or of a workbook, that look as if they were entered already: the same in every field, or the same cost."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fundtracker.application.workspace import Workspace
from fundtracker.domain.checks_costs import same_cost, wholly_reversed
from fundtracker.domain.columns import Column, Record, column_of, described, key_of, singular, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.kinds import LongText
from fundtracker.storage import repository

R = TypeVar("R", bound=Record)
Key = tuple[Any, ...]
_INVOICE = (
    "(lower(trim(invoice_number)) IN (SELECT value FROM json_each(?)) OR invoice_number GLOB '*[^ -~]*')"
)
"""SQL: one of these invoice numbers, or one with letters of which SQLite doesn't know the small ones."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A record from outside, and what says the same: the first of those before it, one of the file, or both."""

    item: Record
    above: Record | None
    held: Record | None

    @property
    def held_name(self) -> str:
        """What the file's record is called."""
        kind = type(self.item)
        if self.held is None or key_of(kind) is None:
            return f"a {singular(kind).lower()} in the file"
        return described(self.held)


def alike(
    workspace: Workspace, kind: type[Record], records: Sequence[Record], names: Sequence[str]
) -> Iterator[Repeat]:
    """Each record that says in these fields what one before it, or one of the file, says."""
    keys = {each.id: tuple(getattr(each, name) for name in names) for each in records}
    columns = [column_of(kind, name) for name in names]
    found = _held(workspace, kind, columns, records)
    held: dict[Key, Record] = {}
    for each in found:
        held.setdefault(tuple(getattr(each, name) for name in names), each)
    yield from _repeats(records, keys, held)


def same_costs(workspace: Workspace, records: Sequence[Cost]) -> Iterator[Repeat]:
    """Each cost that the rules will call the same as one before it, or as one of the file; not where it says why it isn't."""
    keys: dict[int, Key] = {each.id: key for each in records if (key := same_cost(each)) is not None}
    told = [each for each in records if each.id in keys]
    wanted = set(keys.values())
    invoices = json.dumps([invoice for _, invoice, _, _ in wanted])
    found = _held(workspace, Cost, [column_of(Cost, each) for each in ("net", "vat")], told, (_INVOICE, invoices))  # fmt: skip
    standing = [each for each in found if same_cost(each) in wanted]
    with workspace.database.reader() as conn:
        taken = repository.select_in(conn, Cost, "reversal_of", [each.id for each in standing])
    gone = wholly_reversed((*standing, *taken, *records))
    held: dict[Key, Record] = {}
    for each in standing:
        key = same_cost(each)
        if key is not None and each.id not in gone:
            held.setdefault(key, each)
    told = [each for each in told if each.id not in gone]
    silent = {each.id for each in told if each.duplicate_reason.strip()}
    yield from (each for each in _repeats(told, keys, held) if each.item.id not in silent)


def _repeats(
    records: Sequence[Record], keys: Mapping[int, Key], held: Mapping[Key, Record]
) -> Iterator[Repeat]:
    first: dict[Key, Record] = {}
    for each in records:
        key = keys[each.id]
        above = first.setdefault(key, each)
        if above is not each or key in held:
            yield Repeat(each, None if above is each else above, held.get(key))


def _held(
    workspace: Workspace,
    kind: type[R],
    columns: Sequence[Column],
    records: Sequence[R],
    further: tuple[str, str] | None = None,
) -> tuple[R, ...]:
    """Records of the file that hold in each of the columns what one of the records holds there (and meet a further condition on a
    value): few are left to compare.
    """
    conditions = [further[0]] if further else []
    bound: list[Any] = [further[1]] if further else []
    for column in columns:
        if isinstance(column.kind, LongText):
            continue
        values = {getattr(each, column.name) for each in records}
        place = f"{table_name(kind)}.{column.name}"
        empty = f" OR {place} IS NULL" if None in values else ""
        conditions.append(f"({place} IN (SELECT value FROM json_each(?)){empty})")
        bound.append(json.dumps([column.kind.keep(each) for each in values if each is not None]))
    if not records or not conditions:
        return ()
    with workspace.database.reader() as conn:
        return repository.select_where(conn, kind, " AND ".join(conditions), bound)
