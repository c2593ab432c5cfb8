"""RecordTableModel: a list of any kind, windowed from the database. It never holds more than a few blocks of rows."""

from array import array
from collections import OrderedDict
from time import sleep
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
)

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Column, Record, columns
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import ReturnLine
from fundtracker.storage.queries import ListQuery, Row
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.models.cells import LEFT, RIGHT, Index

BLOCK = 256
"""Rows asked for at a time."""
KEPT_BLOCKS = 16
PAUSE = 0.1
"""Seconds a worker lets pass before it asks for all ids and totals: the window paints first, and another key may follow."""
ID_ROLE = Qt.ItemDataRole.UserRole
TEXT_ROLES = frozenset(
    {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.EditRole}
)
USUAL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITABLE = USUAL | Qt.ItemFlag.ItemIsEditable
NO_INDEX = QModelIndex()


class RecordTableModel(QAbstractTableModel):
    """Rows come in blocks of ready texts; the ids of all rows, in order, come from a worker and make far jumps cheap."""

    counted = Signal(int)
    totalled = Signal(dict)  # money columns by name, shown
    ordered = Signal()  # the ids of all rows are at hand
    refused = Signal(object)  # Refused, by an edit in place

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        within: tuple[tuple[str, int], ...] = (),
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
        self._count = 0
        self._ids: array[int] | None = None
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()
        self._asked = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._catch_up)

    # What the list shows

    def show(self, *, search: str | None = None, sort: tuple[tuple[str, bool], ...] | None = None) -> None:
        """Search for other words, or in another order."""
        query = ListQuery(
            self.kind,
            self.query.search if search is None else search,
            self.query.sort if sort is None else sort,
            self.query.within,
        )
        if query != self.query:
            counted = query.search == self.query.search and not self._soon.isActive()
            self.query = query
            self.refresh(self._count if counted else None)

    def refresh(self, count: int | None = None) -> None:
        """Ask the database anew: the count (where another order of the same rows hasn't kept it) and the first block at once,
        ids and totals in a worker.
        """
        self._soon.stop()
        self.beginResetModel()
        self._read_first(self.workspace.lists.count(self.query) if count is None else count)
        self.endResetModel()
        self._ask_for_the_rest()

    def _read_first(self, count: int) -> None:
        self._blocks.clear()
        self._ids = None
        self._count = count
        self._blocks[0] = self.workspace.lists.page(self.query, 0, BLOCK)

    def _ask_for_the_rest(self) -> None:
        self.counted.emit(self._count)
        self._asked += 1
        asked, query, lists, count = self._asked, self.query, self.workspace.lists, self._count

        def work(_progress: Progress) -> tuple[int, Any, dict[str, str]]:
            sleep(PAUSE)
            if asked != self._asked:
                return asked, None, {}
            ids = lists.ids(query) if count > BLOCK else None
            return asked, ids, lists.totals(query)

        Job(self, work, self._take_the_rest).start()

    def _take_the_rest(self, found: tuple[int, Any, dict[str, str]]) -> None:
        asked, ids, totals = found
        if asked != self._asked:
            return
        if ids is not None and len(ids) == self._count:
            self._ids = ids
        self.totalled.emit(totals)
        self.ordered.emit()

    def heard(self, changed: Changed) -> None:
        """Redraw, in a moment, only where what changed is shown here: never under an editor that is still committing."""
        if changed.kinds & self.shown_kinds:
            self._soon.start()

    def _catch_up(self) -> None:
        """What changed may have moved rows (a search, an order, a row more or less); else only texts changed."""
        count = self.workspace.lists.count(self.query)
        if count != self._count or self.query.sort or self.query.search.strip() or not count:
            self.refresh()
            return
        self._read_first(count)
        self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self.columns) - 1))
        self._ask_for_the_rest()

    # Rows

    def row(self, number: int) -> Row | None:
        """The row at a place, None where it is gone."""
        first = number - number % BLOCK
        block = self._blocks.get(first)
        if block is None:
            block = self._blocks[first] = self._read(first)
            if len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(first)
        place = number - first
        return block[place] if place < len(block) else None

    def _read(self, first: int) -> list[Row]:
        if self._ids is not None:
            return self.workspace.lists.rows(self.kind, self._ids[first : first + BLOCK])
        return self.workspace.lists.page(self.query, first, BLOCK)

    def id_at(self, number: int) -> int | None:
        found = self.row(number)
        return found[0] if found else None

    def row_of(self, record_id: int) -> int | None:
        """The place of a record: in the blocks at hand, else among all ids."""
        for first, block in self._blocks.items():
            for place, (found, _) in enumerate(block):
                if found == record_id:
                    return first + place
        if self._ids is not None:
            try:
                return self._ids.index(record_id)
            except ValueError:
                return None
        return None

    def text(self, number: int, column: int) -> str:
        """What a cell shows: the first line."""
        found = self.row(number)
        return found[1][column].split("\n", 1)[0] if found else ""

    def cell(self, row: int, column: int) -> tuple[str, int, None]:
        """For the delegate."""
        return self.text(row, column), self.alignments[column], None

    # Qt's questions

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in TEXT_ROLES:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self.row(index.row())
            return found[1][index.column()] if found else None
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
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.help or None
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
