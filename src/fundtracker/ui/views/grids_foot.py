"""TotalsFoot: the totals of a grid, in sight at its foot while its lines scroll behind them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame

from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.figures_table import FiguresTable
from fundtracker.ui.views.list_menus import pop_up
from fundtracker.ui.views.tables import Table

if TYPE_CHECKING:
    from fundtracker.ui.views.grids import GridTable


class TotalsFoot(Table):
    """The grid's last rows once more, over the end of what the grid shows: scrolled to its end, it shows the very same there.

    What is chosen is the grid's, and so is the keyboard.
    """

    def __init__(self, grid: "GridTable", model: FiguresTable, many: int) -> None:
        super().__init__(f"{grid.accessibleName()}: totals", model, grid)
        self._grid, self._many = grid, many
        self.setSelectionModel(grid.selectionModel())
        self.setAutoScroll(False)  # it doesn't follow the cursor
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(CellDelegate(model, grid))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().show()
        self.pressed.connect(lambda: grid.setFocus(Qt.FocusReason.MouseFocusReason))
        across = grid.horizontalScrollBar()
        across.valueChanged.connect(self.horizontalScrollBar().setValue)
        grid.horizontalHeader().sectionResized.connect(self._follow)
        self.hide()

    def _follow(self, column: int, _before: int, wide: int) -> None:
        self.setColumnWidth(column, wide)

    def place(self) -> None:
        """Where the grid scrolls: over the end of it, as wide as its names and cells. Where few rows have room, the last alone."""
        grid, high = self._grid, self.verticalHeader().defaultSectionSize()
        port, names = grid.viewport().geometry(), grid.verticalHeader().width()
        shown = self._many if port.height() >= 2 * self._many * high else 1
        self.setVisible(grid.verticalScrollBar().maximum() > 0)
        if self.isHidden():
            return
        for column in range(self.model().columnCount()):
            self.setColumnWidth(column, grid.columnWidth(column))
        self.verticalHeader().setFixedWidth(names)
        top = port.bottom() + 1 - shown * high
        self.setGeometry(port.left() - names, top, names + port.width(), shown * high)
        self.raise_()
        self.scrollToBottom()
        self.horizontalScrollBar().setValue(grid.horizontalScrollBar().value())

    def shows(self, row: int) -> bool:
        """Whether a row of the grid stands here."""
        return not self.isHidden() and row >= self.model().rowCount() - self.rows_shown

    @property
    def rows_shown(self) -> int:
        """All totals, or the last alone."""
        return self.height() // self.verticalHeader().defaultSectionSize()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The grid's lines scroll."""
        self._grid.wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """As on the grid's own cells."""
        from fundtracker.ui.views.grids import block_menu

        index = self.indexAt(event.pos())
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        pop_up(block_menu(self._grid), event.globalPos())
        event.accept()
