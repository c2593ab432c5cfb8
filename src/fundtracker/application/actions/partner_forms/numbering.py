"""Ids and references of many records that are about to be added together."""

from typing import Any, TypeVar

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns

R = TypeVar("R", bound=Record)


class Numbering:
    """Gives each new record the id after the last, and the program's own reference after the last."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ids: dict[type[Record], int] = {}
        self._references: dict[type[Record], int] = {}

    def new(self, kind: type[R], /, **values: Any) -> R:
        """A record; fields that aren't given take their defaults."""
        following = self._ids.get(kind) or self._workspace.new_id(kind)
        self._ids[kind] = following + 1
        filled = {each.name: values.get(each.name, each.default) for each in columns(kind)}
        return kind(id=following, **filled)

    def reference(self, kind: type[Record]) -> str:
        """The reference of the record that `new` makes next; none is given twice."""
        following = self._ids.get(kind) or self._workspace.new_id(kind)
        wanted = max(following, self._references.get(kind, 0) + 1)
        found = self._workspace.next_reference(kind, wanted)
        self._references[kind] = int(found.rpartition("-")[2])
        return found
