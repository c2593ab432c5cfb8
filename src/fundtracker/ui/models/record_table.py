"""RecordTableModel: a list of any kind, windowed from the database. It never holds more than a few blocks of rows."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from time import sleep
from typing import Any, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)

from fundtracker.application.workspace import Changed, Lists, Workspace
from fundtracker.domain.columns import Column, Record, columns
from fundtracker.domain.filters import Filter
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import ReturnLine
from fundtracker.storage.queries import GivenUp, ListQuery, Row
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.cells import LEFT, RIGHT, Index
from fundtracker.ui.models.record_rows import BLOCK, FirstAnswer, Rows, first_answer

T = TypeVar("T")
Totals = Mapping[str, str | Mapping[str, str]]
"""Of each money column its sum as shown, or the sum of each financial year."""
PAUSE = 0.1
"""Seconds a worker lets pass before it asks for all ids and totals: the window paints first, and another key may follow."""
ID_ROLE = Qt.ItemDataRole.UserRole
TEXT_ROLES = frozenset(
    {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.EditRole}
)
USUAL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITABLE = USUAL | Qt.ItemFlag.ItemIsEditable
NO_INDEX = QModelIndex()


def _unless(stale: Callable[[], bool], lists: Lists, ask: Callable[[], T]) -> T | None:
    """The answer for a worker; None as soon as nobody waits for it."""
    if stale():
        return None
    try:
        with lists.giving_up(stale, at_once=False):
            return ask()
    except GivenUp:
        return None


class RecordTableModel(QAbstractTableModel):
    """Rows come in blocks of ready texts; the ids of all rows, in order, come from a worker and make far jumps cheap.

    A question that takes long (a part of a text among a million rows) is answered by the worker too: until then the rows of the last
    one stay, or only the first block is there and the rest grows below it.
    """

    counted = Signal(int)  # how many rows there are, or are known so far (see `counting`)
    looking = Signal()  # a question was put to the worker; the rows shown are still those of the last
    totalled = Signal(dict)  # Totals
    ordered = Signal()  # the ids of all rows are at hand
    refused = Signal(object)  # Refused, by an edit in place
    leaving = Signal()  # other rows are asked for while a cell is typed into: it is to be left first

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        within: tuple[tuple[str, Any], ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.kind = kind
        self.columns: tuple[Column, ...] = columns(kind)
        self.alignments = tuple(RIGHT if column.kind.right_aligned else LEFT for column in self.columns)
        self.query = ListQuery(kind, within=within)
        self.editable = kind is not ReturnLine
        self.shown_kinds = frozenset(
            {kind, *(by_name(each.refers_to) for each in self.columns if each.refers_to)}
        )
        self.counting = False
        """Whether there are more rows than are counted so far."""
        self._rows = Rows(workspace.lists, self.query, [], 0)
        self._asked = 0
        self._cells_open = 0
        self._waits = False
        """Whether it is to be asked anew once no cell is open."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._catch_up)

    # What the list shows

    def show(
        self,
        *,
        search: str | None = None,
        sort: tuple[tuple[str, bool], ...] | None = None,
        filters: tuple[Filter, ...] | None = None,
        within: tuple[tuple[str, Any], ...] | None = None,
    ) -> None:
        """Search for other words, in another order, for what other columns hold, or within other conditions."""
        asked = {"search": search, "sort": sort, "filters": filters, "within": within}
        query = replace(self.query, **{name: value for name, value in asked.items() if value is not None})
        if query == self.query:
            return
        if self._cells_open:
            self.leaving.emit()
        same_rows = replace(query, sort=()) == replace(self._rows.query, sort=())
        self.query = query
        self.refresh(self._rows.count if same_rows and not (self.counting or self._soon.isActive()) else None)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def refresh(self, count: int | None = None) -> None:
        """Ask the database anew: the first block and the count at once, where they are soon found (`count`, where another order of
        the same rows has kept it); ids and totals in a worker.
        """
        self._soon.stop()
        if self._cells_open:
            self._wait()
            return
        answer = first_answer(self.workspace.lists, self.query, count)
        self._asked += 1
        if answer is None:
            self.looking.emit()
            self._ask_for_the_first()
        else:
            self._show_anew(answer)
            self._ask_for_the_rest(answer)

    # A cell that is typed into

    def hold(self) -> None:
        """A cell was opened: its row stays where it is until `let_go`, and so does what is typed."""
        self._cells_open += 1

    def let_go(self) -> None:
        """A cell was closed."""
        self._cells_open -= 1
        if self._waits and not self._cells_open:
            self._waits = False
            self._soon.start()

    def _wait(self) -> None:
        """No row comes, goes or moves under an open cell; the texts beside it are as they now are."""
        self._waits = True
        self._rows.read_again()
        if self._rows.count:
            last = self.index(self._rows.count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Answers

    def _show_anew(self, answer: FirstAnswer) -> None:
        self.beginResetModel()
        self._take_first(answer)
        self.endResetModel()
        self.counted.emit(self._rows.count)

    def _take_first(self, answer: FirstAnswer) -> None:
        self.counting = answer.count is None
        count = len(answer.rows) if answer.count is None else answer.count
        self._rows = Rows(self.workspace.lists, self.query, answer.rows, count)

    def _stale(self) -> Callable[[], bool]:
        """Whether another question was put meanwhile: then nobody waits for the answer any more."""
        asked = self._asked
        return lambda: asked != self._asked

    def _ask_for_the_first(self) -> None:
        """The first block from a worker; until it comes, what was shown stays."""
        query, lists, stale = self.query, self.workspace.lists, self._stale()

        def find(_progress: Progress) -> list[Row] | None:
            return _unless(stale, lists, lambda: lists.page(query, 0, BLOCK, walked=False))

        def take(rows: list[Row] | None) -> None:
            if rows is not None and not stale() and self._cells_open:
                self._waits = True
            elif rows is not None and not stale():
                answer = FirstAnswer(rows, len(rows) if len(rows) < BLOCK else None)
                self._show_anew(answer)
                self._ask_for_the_rest(answer)

        Question(self, find, take).start()

    def _ask_for_the_rest(self, answer: FirstAnswer) -> None:
        """Ids first, which a list that isn't counted waits for; then totals, which read every row that is shown."""
        query, lists, stale = self.query, self.workspace.lists, self._stale()
        needs_ids = answer.count is None or answer.count > BLOCK

        def order(_progress: Progress) -> Any:
            sleep(PAUSE)
            return _unless(stale, lists, lambda: lists.ids(query)) if needs_ids else None

        def add_up(_progress: Progress) -> Totals:
            return _unless(stale, lists, lambda: lists.totals(query) or lists.totals_by_year(query)) or {}

        def take_order(ids: Any) -> None:
            if not stale():
                self._take_ids(ids)
                Question(self, add_up, take_totals).start()

        def take_totals(found: Totals) -> None:
            if not stale():
                self.totalled.emit(found)

        Question(self, order, take_order).start()

    def _take_ids(self, ids: Any) -> None:
        """Rows that were counted only now grow below those that are there: what is looked at stays where it is."""
        if ids is not None and self.counting and len(ids) >= self._rows.count:
            if len(ids) > self._rows.count:
                self.beginInsertRows(NO_INDEX, self._rows.count, len(ids) - 1)
                self._rows.count = len(ids)
                self.endInsertRows()
            self.counting = False
            self.counted.emit(self._rows.count)
        if ids is not None and len(ids) == self._rows.count:
            self._rows.ids = ids
        self.ordered.emit()

    def heard(self, changed: Changed) -> None:
        """Redraw, in a moment, only where what changed is shown here: never under an editor that is still committing."""
        if changed.kinds & self.shown_kinds:
            self._soon.start()

    def _catch_up(self) -> None:
        """What changed may have moved rows (a search, a filter, an order, a row more or less); else only texts changed."""
        query = self.query
        if self._cells_open:
            self._wait()
            return
        if query.sort or query.filters or query.search.strip() or self._rows.query != query:
            self.refresh()
            return
        answer = first_answer(self.workspace.lists, query)
        if answer is None or not answer.count or answer.count != self._rows.count:
            self.refresh()
            return
        self._asked += 1
        self._take_first(answer)
        self.dataChanged.emit(self.index(0, 0), self.index(answer.count - 1, len(self.columns) - 1))
        self.counted.emit(answer.count)
        self._ask_for_the_rest(answer)

    # Rows

    def row(self, number: int) -> Row | None:
        """The row at a place, None where it is gone."""
        return self._rows.row(number)

    def id_at(self, number: int) -> int | None:
        found = self._rows.row(number)
        return found[0] if found else None

    def ids_at(self, numbers: Sequence[int]) -> list[int]:
        """The ids of several rows."""
        return self._rows.ids_at(numbers)

    def known_ids_at(self, numbers: Sequence[int]) -> list[int]:
        """The ids of those of several rows that are at hand."""
        return self._rows.known_ids_at(numbers)

    @property
    def order(self) -> "array[int] | None":
        """The ids of all rows, None until they are at hand."""
        return self._rows.ids

    @property
    def knows_all(self) -> bool:
        """Whether `row_of` knows of every row."""
        return self._rows.knows_all

    def row_of(self, record_id: int) -> int | None:
        """The place of a record, None where it isn't known (yet)."""
        return self._rows.place_of(record_id)

    def rows_of(self, ids: frozenset[int]) -> list[int]:
        """The places of several records, as far as they are known (yet)."""
        return self._rows.places_of(ids)

    def text(self, number: int, column: int) -> str:
        """What a cell shows: the first line."""
        found = self._rows.row(number)
        return found[1][column].split("\n", 1)[0] if found else ""

    def cell(self, row: int, column: int) -> tuple[str, int, None]:
        """For the delegate."""
        return self.text(row, column), self.alignments[column], None

    # Qt's questions

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._rows.count

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in TEXT_ROLES:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self.row(index.row())
            why = self.columns[index.column()].why_locked
            return "\n".join(filter(None, (found[1][index.column()], why))) if found else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag(self.alignments[index.column()])
        if role == ID_ROLE:
            return self.id_at(index.row())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.label}{self.order_in_words(section)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (column.help, column.why_locked))) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag(self.alignments[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return EDITABLE if self.editable else USUAL

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            self.show(sort=((self.columns[column].name, order is Qt.SortOrder.DescendingOrder),))

    def sort_place(self, section: int) -> tuple[int, bool] | None:
        """Where a column stands in the order of the list (1 for the first), and whether it is descending; None: it doesn't."""
        name = self.columns[section].name
        found = ((place, down) for place, (each, down) in enumerate(self.query.sort, start=1) if each == name)
        return next(found, None)

    def order_in_words(self, section: int) -> str:
        """ ", sorted descending, second of 2": for those who hear a heading."""
        place = self.sort_place(section)
        if place is None:
            return ""
        many = f", {place[0]} of {len(self.query.sort)}" if len(self.query.sort) > 1 else ""
        return f", sorted {'descending' if place[1] else 'ascending'}{many}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write one value through the action; Refused and Unreadable are the caller's to show."""
        from fundtracker.application.actions.records import edit

        item = self.record(index)
        if role != Qt.ItemDataRole.EditRole or item is None:
            return False
        edit(self.workspace, item, **{self.columns[index.column()].name: value})
        return True

    def record(self, index: Index) -> Record | None:
        """The whole record behind a row, as it now is."""
        record_id = self.id_at(index.row())
        found = self.workspace.select(self.kind, id=record_id) if record_id is not None else ()
        return found[0] if found else None
