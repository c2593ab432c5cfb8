"""FiguresTable: a table of ready texts worked out by the program (figures, a bridge, problems, tasks), read by rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QFont

from fundtracker.domain.money import Money
from fundtracker.ui.models.cells import LEFT, RIGHT, TOP_LEFT, TOP_RIGHT, Index

NO_INDEX = QModelIndex()
KEY_ROLE = Qt.ItemDataRole.UserRole
READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITED = READ | Qt.ItemFlag.ItemIsEditable
Target = tuple[str, int]
"""The record a row leads to: the name of its kind, and its id."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name (of two lines, where that saves room), its width in characters (0: as wide as its texts, as sums always
    are at least), whether it holds sums, and what it means.
    """

    label: str
    width: int = 14
    right: bool = False
    help: str = ""
    editable: bool = False
    bold: bool = False  # a year's total among its quarters

    @property
    def words(self) -> str:
        """Its name on one line."""
        return in_one_line(self.label)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of texts; `target` is where it leads, `key` whatever its page knows it by, `name` its heading at the left."""

    cells: tuple[str, ...]
    target: Target | None = None
    key: Any = None
    bold: bool = False
    rule: bool = False  # a line above it: what stands over it is added up
    name: str = ""
    help: str = ""
    locked: bool = False  # its editable columns can't be edited
    typed: str | None = None  # what an editor begins with, where it isn't what the cell shows


def in_one_line(label: str) -> str:
    """A heading of two lines as one; a word that was divided is whole again."""
    return label.replace("-\n", "").replace("\n", " ")


def money(amount: Money | None) -> str:
    """As it stands in a column; nothing for None."""
    return "" if amount is None else amount.shown


class FiguresTable(QAbstractTableModel):
    """Holds its rows; they are few. `write(key, text)` is called when an editable cell is changed."""

    def __init__(
        self,
        headings: Sequence[Heading],
        parent: QObject | None = None,
        write: Callable[[Any, str], None] | None = None,
        *,
        top: bool = False,
    ) -> None:
        """`top` puts texts at the top of their cells, for tables whose rows have several lines."""
        super().__init__(parent)
        self._sides = (TOP_LEFT, TOP_RIGHT) if top else (LEFT, RIGHT)
        self.headings = tuple(headings)
        self.rows: tuple[TableRow, ...] = ()
        self._write = write
        self._bold = QFont()
        self._bold.setBold(True)

    def set_rows(self, rows: Sequence[TableRow], headings: Sequence[Heading] | None = None) -> None:
        """Show other rows (and columns); where only texts changed, the selection stays."""
        new = tuple(rows)
        same = headings is None or tuple(headings) == self.headings
        if same and len(new) == len(self.rows) and [r.key for r in new] == [r.key for r in self.rows]:
            self.rows = new
            if new:
                self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(self.headings) - 1))
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(new) - 1)
            return
        self.beginResetModel()
        self.rows = new
        if headings is not None:
            self.headings = tuple(headings)
        self.endResetModel()

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Other words or another side for the same columns."""
        self.headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.headings) - 1)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.headings) - 1))

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def cell(self, row: int, column: int) -> tuple[str, int, QFont | None]:
        """For the delegate."""
        shown, heading = self.rows[row], self.headings[column]
        return (
            shown.cells[column],
            self._sides[heading.right],
            self._bold if shown.bold or heading.bold else None,
        )

    def ruled(self, row: int) -> bool:
        """For the delegate: whether a line stands above the row."""
        return self.rows[row].rule

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, text = self.rows[index.row()], self.rows[index.row()].cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                found: Any = text
            case Qt.ItemDataRole.EditRole:
                found = text if row.typed is None else row.typed
            case Qt.ItemDataRole.ToolTipRole:
                found = text or row.help or None
            case Qt.ItemDataRole.TextAlignmentRole:
                found = Qt.AlignmentFlag(self._sides[self.headings[index.column()].right])
            case Qt.ItemDataRole.FontRole:
                found = self._bold if row.bold or self.headings[index.column()].bold else None
            case _:
                found = row.key if role == KEY_ROLE else None
        return found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._row_heading(section, role)
        if not 0 <= section < len(self.headings):
            return None
        found = self.headings[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                told: Any = found.label
            case Qt.ItemDataRole.AccessibleTextRole:
                told = found.words
            case Qt.ItemDataRole.ToolTipRole:
                told = found.help or None
            case Qt.ItemDataRole.FontRole:
                told = self._bold if found.bold else None
            case Qt.ItemDataRole.TextAlignmentRole:
                told = Qt.AlignmentFlag(RIGHT if found.right else LEFT)
            case _:
                told = None
        return told

    def _row_heading(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self.rows):
            return None
        row = self.rows[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.name or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.help or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag(LEFT)
        return self._bold if role == Qt.ItemDataRole.FontRole and row.bold else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = (
            self._write is not None
            and self.headings[index.column()].editable
            and not self.rows[index.row()].locked
        )
        return EDITED if editable else READ

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self._write is None or not index.isValid():
            return False
        self._write(self.rows[index.row()].key, str(value))
        return True
