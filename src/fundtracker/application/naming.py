"""How records are called, and what a list is narrowed to, as the file has it."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Column, Record, column_of, described
from fundtracker.domain.naming import Namer, has_name
from fundtracker.domain.periods import short_date
from fundtracker.domain.records import by_name
from fundtracker.storage import repository
from fundtracker.storage.sql import AMONG, CODED, COUNTED, MATCHED, NOT_BY, RUN, TO_DO


class Names(Namer):
    """How records are called, as a connection sees them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        super().__init__(lambda kind, record_id: repository.get(conn, kind, record_id))

    def shown(self, column: Column, value: Any) -> str:
        """A value in words: what is referred to by its reference and title."""
        if value is None or value == "":
            return "empty"
        if not column.refers_to:
            return column.kind.show(value)
        found = self.find(column.refers_to, value)
        return self.of(found) if found else f"no. {value}"

    def condition(self, kind: type[Record], path: str, value: Any) -> str:
        """A path condition of a list (`storage.sql.path_condition`) in words."""
        name, _, rest = path.partition(".")
        if path in {TO_DO, CODED, COUNTED, MATCHED, f"id.{AMONG}", f"return_id.quarter.{RUN}"}:
            return self._special(path, value)
        column = column_of(kind, name)
        if rest:
            return self._further(column, rest, value)
        return self.part(column, value) or f"{column.label.lower()} empty"

    def _further(self, column: Column, rest: str, value: Any) -> str:
        """What a path asks of a column beyond its value."""
        if rest == NOT_BY:
            return f"not {column.label.lower()} by {short_date(value)}"
        if rest == RUN:
            return f"of {value}"
        if column.refers_to:
            return self.condition(by_name(column.refers_to), rest, value)
        return f"{column.label.lower()} in {value}"

    def _special(self, path: str, value: Any) -> str:
        """Conditions that aren't of a column's value."""
        if path == CODED:
            award = self.find(Award.__name__, value)
            return f"posted to {award.reference if isinstance(award, Award) else f'no. {value}'}"
        if path == TO_DO:
            return value.words
        if path == COUNTED:
            return "counted as spent"
        return f"said in returns of {value}" if path.endswith(RUN) else str(value)


def narrowed(workspace: Workspace, kind: type[Record], within: Sequence[tuple[str, Any]]) -> str:
    """What path conditions leave of a list: "SSF5-VAWG-02, Services, Resource", "SSF5-ASB, received in 2024/25 Q2, invoiced empty"."""
    with workspace.database.reader() as conn:
        names = Names(conn)
        return ", ".join(names.condition(kind, path, value) for path, value in within)


def called(workspace: Workspace, item: Record) -> str:
    """How one record is called, as the file now stands."""
    if has_name(item) or not item.known_by:
        return described(item)
    with workspace.database.reader() as conn:
        return Names(conn).of(item)
