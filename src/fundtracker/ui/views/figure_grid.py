"""FigureGrid: a small table of figures that reads like a workbook: rows of money under headings, read only, copied as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from fundtracker.domain.money import Money

Shown = Money | str | None


@dataclass(frozen=True)
class GridRow:
    """One row; `strong` for totals. `editable` names the columns that may be typed in, `key` is whatever it stands for."""

    cells: Sequence[Shown]
    strong: bool = False
    editable: frozenset[int] = frozenset()
    key: object = field(default=None, compare=False)


class FigureGrid(QTableWidget):
    """Money right-aligned, negative with its minus sign; the first column is the row's name."""

    typed = Signal(object, int, str)  # the row's key, the column, what was typed

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setHighlightSections(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        copy = QAction(self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self._rows: Sequence[GridRow] = ()
        self.cellChanged.connect(self._cell_changed)

    def show_rows(self, headings: Sequence[str], rows: Sequence[GridRow], widths: Sequence[int] = ()) -> None:
        """Replace what is shown; widths in characters, none for as wide as needed."""
        self.blockSignals(True)
        self._rows = rows
        place = (self.currentRow(), self.currentColumn())
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(headings))
        for number, row in enumerate(rows):
            for column, value in enumerate(row.cells):
                self.setItem(number, column, _item(value, row, column))
        for column in range(len(headings)):
            money = any(isinstance(row.cells[column], Money) for row in rows if column < len(row.cells))
            side = Qt.AlignmentFlag.AlignRight if money else Qt.AlignmentFlag.AlignLeft
            header = self.horizontalHeaderItem(column)
            if header is not None:
                header.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._set_widths(widths)
        self.setCurrentCell(*place)
        self.blockSignals(False)

    def _set_widths(self, widths: Sequence[int]) -> None:
        across = self.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width * letter + 16)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.resizeRowsToContents()

    def _cell_changed(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is not None and column in self._rows[row].editable:
            self.typed.emit(self._rows[row].key, column, item.text())

    def text_at(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item else ""

    def copy(self) -> None:
        """The chosen cells as tab-separated text."""
        lines: list[str] = []
        for area in self.selectedRanges():
            for row in range(area.topRow(), area.bottomRow() + 1):
                cells = (
                    self.text_at(row, column) for column in range(area.leftColumn(), area.rightColumn() + 1)
                )
                lines.append("\t".join(cells))
        QGuiApplication.clipboard().setText("\n".join(lines))


def _item(value: Shown, row: GridRow, column: int) -> QTableWidgetItem:
    money = isinstance(value, Money)
    item = QTableWidgetItem(value.shown if isinstance(value, Money) else value or "")
    side = Qt.AlignmentFlag.AlignRight if money else Qt.AlignmentFlag.AlignLeft
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if column in row.editable else flags)
    if row.strong:
        font = QFont(item.font())
        font.setBold(True)
        item.setFont(font)
    return item
