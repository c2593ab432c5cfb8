"""Costs that a line of a partner's form may repeat, wherever in the file they are claimed."""

import sqlite3
from collections.abc import Sequence

from fundtracker.domain.costs import Cost
from fundtracker.storage.repository import select_where

_AT_ONCE = 500


def costs_with_invoices(conn: sqlite3.Connection, numbers: Sequence[str]) -> tuple[Cost, ...]:
    """Every cost with one of these invoice numbers, whatever its capitals."""
    found: dict[int, Cost] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for cost in select_where(conn, Cost, f"invoice_number COLLATE NOCASE IN ({marks})", some):
            found[cost.id] = cost
    return tuple(found[key] for key in sorted(found))
