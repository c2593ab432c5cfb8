"""ChosenRows: several rows chosen in a list stay chosen when it is drawn anew, wherever they now are."""

from array import array
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from fundtracker.ui.views.list_table import ListTable

Ranges = list[tuple[int, int]]
"""First and last rows."""
MOST = 500
"""Rows that are found again by their ids, in one look through those of the list. More are chosen again only where no row moved."""
Flag = QItemSelectionModel.SelectionFlag


class ChosenRows:
    """Of a long list the first rows come back at once, the others with the ids of all. Whatever is chosen meanwhile has its way."""

    def __init__(self, table: ListTable) -> None:
        self.table, self.model = table, table.records
        self._ids: frozenset[int] = frozenset()
        self._ranges: Ranges = []
        self._order: array[int] | None = None
        """The ids of the whole list, where `_ranges` are of it."""
        self._returning = False
        table.selectionModel().selectionChanged.connect(self._changed)

    def remember(self) -> None:
        """Before the list is drawn anew. Those that have not all come back since the last time are remembered already."""
        if self._ids or self._ranges:
            return
        ranges = self._chosen_ranges()
        many = sum(last - first + 1 for first, last in ranges)
        if many > MOST:
            self._ranges, self._order = ranges, self.model.order
        elif many > 1:
            rows = self.table.chosen_rows()
            found = self.model.known_ids_at(rows)
            self._ids = frozenset(found if len(found) == len(rows) > 1 else ())

    def forget(self) -> None:
        """All that is known of the list is known: what has not come back is gone."""
        self._ids, self._ranges, self._order = frozenset(), [], None

    @contextmanager
    def returning(self) -> Generator[None]:
        """While rows are chosen again, by the program."""
        self._returning = True
        try:
            yield
        finally:
            self._returning = False

    def choose_again(self) -> None:
        """Those that are known of by now."""
        if self._ranges:
            same = self._order is not None and self._order == self.model.order
            self._choose(self._ranges if same else [])
        elif self._ids:
            self._choose(_in_ranges(self.model.rows_of(self._ids)))

    def _choose(self, ranges: Ranges) -> None:
        chosen, last_column = QItemSelection(), self.model.columnCount() - 1
        for first, last in ranges:
            chosen.select(self.model.index(first, 0), self.model.index(last, last_column))
        if ranges:
            with self.returning():
                self.table.selectionModel().select(chosen, Flag.ClearAndSelect)

    def _chosen_ranges(self) -> Ranges:
        ranges: Any = self.table.selectionModel().selection()
        return [(each.top(), each.bottom()) for each in ranges]

    def _changed(self) -> None:
        if not self._returning:
            self.forget()


def _in_ranges(rows: Iterable[int]) -> Ranges:
    found: Ranges = []
    for row in sorted(rows):
        if found and found[-1][1] == row - 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
