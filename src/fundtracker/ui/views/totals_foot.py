"""TotalsFoot: the totals of a table, in sight at its foot while its lines scroll behind them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.figures_table import FiguresTable
from fundtracker.ui.views.tables import Table


class TotalsFoot(Table):
    """A table's last rows once more, over the end of what it shows: scrolled to its end, it shows the very same there.

    What is chosen is the table's, and so is the keyboard.
    """

    def __init__(self, grid: Table, model: FiguresTable, *, last_alone: bool = False) -> None:
        super().__init__(f"{grid.accessibleName()}: totals", model, grid)
        self._grid, self._texts, self._last_alone = grid, model, last_alone
        self._stands: object = None
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
        self._blank = QWidget(grid)
        self._blank.setAutoFillBackground(True)
        self._blank.setBackgroundRole(QPalette.ColorRole.Base)
        self._blank.hide()
        grid.horizontalScrollBar().valueChanged.connect(self.scroll_across)
        grid.verticalScrollBar().valueChanged.connect(self._cover_half_a_row)
        grid.horizontalHeader().sectionResized.connect(self._follow)
        self.hide()

    @property
    def _many(self) -> int:
        """How many rows are totals: those from the first line that is ruled off, where not the last alone is one of them all."""
        rows = self._texts.rows
        if self._last_alone:
            return min(len(rows), 1)
        return len(rows) - next((place for place, row in enumerate(rows) if row.rule), len(rows))

    def _follow(self, column: int, _before: int, wide: int) -> None:
        self.setColumnWidth(column, wide)

    def place(self) -> None:
        """Where the grid scrolls: over the end of it, as wide as its names and cells. Where few rows have room, the last alone."""
        grid, high, many = self._grid, self.verticalHeader().defaultSectionSize(), self._many
        port, names = grid.viewport().geometry(), grid.verticalHeader().width()
        shown = many if port.height() >= 2 * many * high else 1
        self.setVisible(bool(many) and grid.verticalScrollBar().maximum() > 0)
        if self.isHidden():
            self._blank.hide()
            self._stands = None
            return
        widths = [grid.columnWidth(column) for column in range(self.model().columnCount())]
        stands = (port, names, shown, widths, len(self._texts.rows))
        if stands == self._stands:
            return  # a table tells of its geometry many times over while it is laid out
        self._stands = stands
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self.verticalHeader().setFixedWidth(names)
        top = port.bottom() + 1 - shown * high
        self.setGeometry(port.left() - names, top, names + port.width(), shown * high)
        self.raise_()
        self.scrollToBottom()
        self.scroll_across()
        self._cover_half_a_row()

    def _cover_half_a_row(self) -> None:
        """A line of which the totals hide the lower part would look overprinted by them: all of it is hidden."""
        grid, top = self._grid, self.y()
        row = grid.rowAt(top - grid.viewport().y())
        begins = grid.viewport().y() + grid.rowViewportPosition(row) if row >= 0 else top
        self._blank.setGeometry(self.x(), begins, self.width(), top - begins)
        self._blank.setVisible(begins < top and not self.isHidden())
        self._blank.raise_()

    def scroll_across(self) -> None:
        """Begin with the column that the grid begins with, whether it scrolls by pixels or by columns."""
        offset = self._grid.horizontalHeader().offset()
        if self.horizontalHeader().offset() != offset:
            self.horizontalHeader().setOffset(offset)
            self.viewport().update()

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
        """As on the table's own cells."""
        index = self.indexAt(event.pos())
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        where = self._grid.viewport().mapFromGlobal(event.globalPos())
        self._grid.contextMenuEvent(
            QContextMenuEvent(event.reason(), where, event.globalPos(), event.modifiers())
        )
        event.accept()
