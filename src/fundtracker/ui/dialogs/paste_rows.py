"""PasteRows: the rows of a pasted block, chosen by their cells; those that aren't wanted are left out, by keys and by mouse."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.ui.models.paste_table import PasteDelegate, PasteTable
from fundtracker.ui.views.list_menus import add_to, menu_place, new_menu, pop_up
from fundtracker.ui.views.tables import EDITS, SAMPLE, Table
from fundtracker.ui.words import SPACE

LEFT_OUT = "Left out"
"""Stands above a column that goes to no field."""
WIDEST = 26
"""Characters of the widest column."""
CLOSEST = 18
"""Characters it has at least where every column is brought into sight by that."""


class PasteRows(Table):
    """The block as it will be kept: a cell is corrected in place, and its row left out with Delete."""

    unwanted = Signal()  # the chosen rows
    filled_down = Signal()

    def __init__(self, model: PasteTable, workspace: Workspace, parent: QWidget) -> None:
        super().__init__("What will be kept", model, parent)
        self.block = model
        self._measured: list[tuple[int, int]] = []
        """Of each column what its box needs, and its widest text."""
        self._given: list[int] = []
        """The widths of the columns, where nobody drew them otherwise."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.verticalHeader().setVisible(True)
        self.setItemDelegate(PasteDelegate(model, workspace, self))
        self.setEditTriggers(EDITS | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.on_key(QKeySequence("Ctrl+D"), self.filled_down.emit)
        self.on_key(QKeySequence("Del"), self.unwanted.emit)

    def size_columns(self) -> None:
        """As wide as the first rows need, and the field that stands above."""
        metrics, model = self.fontMetrics(), self.block
        last = max((each.number for each in model.rows), default=1)
        self.verticalHeader().setFixedWidth(metrics.horizontalAdvance(f"{last:,}") + 2 * SPACE)
        sample = range(min(model.rowCount(), SAMPLE))
        self._measured = []
        for column in range(model.columnCount()):
            texts = [model.cell(row, column)[0] for row in sample]
            field = model.columns[column - 1] if column else None
            box = metrics.horizontalAdvance(field.label if field else LEFT_OUT) + 5 * SPACE if column else 0
            widest = max(map(metrics.horizontalAdvance, [model.heading(column), *texts]))
            self._measured.append((box, widest + 2 * SPACE))
        self._share()

    def _share(self) -> None:
        """Long texts give way where every column then has room; where they have none even so, the table scrolls."""
        letter, room = self.fontMetrics().averageCharWidth(), self.viewport().width()
        tried = [
            [max(box, min(text, most * letter + 2 * SPACE)) for box, text in self._measured]
            for most in range(WIDEST, CLOSEST - 1, -1)
        ]
        self._given = next((each for each in tried if sum(each) <= room), tried[0])
        for column, width in enumerate(self._given):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._given and self._given == [self.columnWidth(n) for n in range(self.block.columnCount())]:
            self._share()

    def showEvent(self, event: QShowEvent) -> None:
        """It begins at its left, unless the cell that the keys are in would be out of sight."""
        super().showEvent(event)
        if not event.spontaneous():
            self.horizontalScrollBar().setValue(0)
            self.scrollTo(self.currentIndex())

    def chosen_numbers(self) -> frozenset[int]:
        """Of the rows in which a cell is chosen."""
        return frozenset(self.block.rows[row].number for row in self.chosen_rows())

    def number_here(self) -> int:
        """Of the row that the cursor is in, 0 where it is in none."""
        row = self.currentIndex().row()
        return self.block.rows[row].number if row >= 0 else 0

    def come_back(self, number: int, column: int) -> None:
        """The cursor to a row, or where that was left out to the next one that is there."""
        rows = self.block.rows
        if not rows or self.currentIndex().isValid():
            return
        row = next((n for n, each in enumerate(rows) if each.number >= number), len(rows) - 1)
        self._go(row, min(max(0, column), self.block.columnCount() - 1))

    def _go(self, row: int, column: int) -> None:
        place = self.block.index(row, column)
        self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the rows chosen, where the mouse is on one of them, else of the row it is on."""
        under = self.indexAt(event.pos())
        by_mouse = event.reason() is not QContextMenuEvent.Reason.Keyboard
        if by_mouse and under.isValid() and not self.selectionModel().isSelected(under):
            self._go(under.row(), under.column())
        pop_up(self._menu(), menu_place(self, event))
        event.accept()

    def _menu(self) -> QMenu:
        menu, some = new_menu("Rows", self), bool(self.chosen_rows())
        add_to(menu, "&Copy\tCtrl+C", self.copy, sign="copy", enabled=some)
        add_to(menu, "Fill &down\tCtrl+D", self.filled_down.emit, enabled=self.currentIndex().column() > 0)
        menu.addSeparator()
        add_to(menu, "&Leave out\tDel", self.unwanted.emit, sign="delete", enabled=some)
        return menu
