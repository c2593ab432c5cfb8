"""How records are called in a sentence. One without a reference of its own goes by what it hangs on: "Forecast 387" tells nobody anything."""

from collections.abc import Callable
from typing import Any

from fundtracker.domain.columns import Column, Record, column_of, described, key_of, singular, title_of
from fundtracker.domain.records import by_name

MOST_LETTERS = 40
"""Of a text that is part of a name."""


class Namer:
    """Asks each record that is referred to once, however many names it is part of."""

    def __init__(self, find: Callable[[type[Record], int], Record | None]) -> None:
        self._look_up = find
        self._held: dict[tuple[type[Record], int], Record | None] = {}

    def of(self, item: Record) -> str:
        """ "C-00012", or "forecast of SSF5-VAWG-01, 2024/25 Q3, Resource, Staff"."""
        if has_name(item):
            return described(item)
        parts = [self.part(column_of(type(item), name), getattr(item, name)) for name in item.known_by]
        known = ", ".join(filter(None, parts))
        return f"{singular(type(item)).lower()} of {known}" if known else described(item)

    def part(self, column: Column, value: Any) -> str:
        """A value as part of a name: what is referred to by its reference alone; empty for nothing."""
        if value is None or value == "":
            return ""
        if not column.refers_to:
            line = column.kind.show(value).split("\n", 1)[0]
            return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS].rstrip()}…"
        found = self.find(column.refers_to, value)
        if found is None:
            return f"no. {value}"
        short = key_of(type(found)) or title_of(type(found))
        return str(getattr(found, short.name) or self.of(found)) if short else self.of(found)

    def find(self, kind: str, record_id: int) -> Record | None:
        place = by_name(kind), record_id
        if place not in self._held:
            self._held[place] = self._look_up(*place)
        return self._held[place]


def has_name(item: Record) -> bool:
    """Whether a reference or a title says which one it is."""
    return any(getattr(item, each.name) for each in (key_of(type(item)), title_of(type(item))) if each)
