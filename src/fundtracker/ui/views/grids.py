"""GridTable: a table typed into like a spreadsheet. Enter goes down, Tab to the right; blocks are copied, pasted, filled and cleared."""

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from fundtracker.domain.cubes import Line
from fundtracker.ui.models.cells import CellDelegate, Index
from fundtracker.ui.models.plan_table import QUARTERS, PlanTable
from fundtracker.ui.views.list_menus import add_to, menu_place, new_menu, pop_up
from fundtracker.ui.views.tables import ROOM, Table, size_columns

Place = tuple[int, int]
Hint = QAbstractItemDelegate.EndEditHint
Trigger = QAbstractItemView.EditTrigger
MOVES = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)  # fmt: skip
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
A_FEW = 5  # characters
TYPING = Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked


class CellEditor(QLineEdit):
    """What a cell is typed in."""

    began_with: str | None = None
    """What the cell held when it was opened."""


class GridDelegate(CellDelegate):
    """Its editor says which cell it edits, and holds what is typed whatever becomes of the sheet meanwhile."""

    def __init__(self, model: PlanTable, table: QAbstractItemView) -> None:
        super().__init__(model, table)
        self._plan = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's signature
        editor = CellEditor(parent)
        editor.setFrame(False)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        model = index.model()
        row = model.headerData(index.row(), Qt.Orientation.Vertical)
        column = model.headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(f"{row}, {column}")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: Qt would fill it anew whenever the sheet is drawn, over what is being typed."""
        if isinstance(editor, CellEditor) and editor.began_with is None:
            super().setEditorData(editor, index)
            editor.began_with = editor.text()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was typed, or once more what was not kept; a cell only looked into is left as it may have become meanwhile."""
        if isinstance(editor, CellEditor):
            typed = editor.isModified() or editor.text() != editor.began_with
            if typed or self._plan.is_wrong(index.row(), index.column()):
                super().setModelData(editor, model, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter closes a cell at once. Qt would do so a turn later, and keys that waited behind it would come to this cell still."""
        enter = event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() in ENTER
        if not enter or not isinstance(watched, CellEditor):
            return super().eventFilter(watched, event)
        self.commitData.emit(watched)
        self.closeEditor.emit(watched, Hint.SubmitModelCache)
        return True


class GridTable(Table):
    """A PlanTable's cells under keys and clipboard."""

    locked = Signal(str)  # somebody typed into a locked cell: why it is
    cell_left = Signal()

    def __init__(self, name: str, model: PlanTable, names: int, parent: QWidget | None = None) -> None:
        """`names` characters, and a few more where that shows one whole, for the names of the rows, which stay at the left; more still
        where the figures leave room.
        """
        super().__init__(name, model, parent)
        self._texts = model
        self._names, self._across = names, 0
        self._began: int | None = None  # the column that Tab went on from: Enter goes back to it
        self._stood: tuple[object, int] = (None, 0)  # the current cell's row key and column, before a reset
        self.setShowGrid(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(TYPING)
        self.setItemDelegate(GridDelegate(model, self))
        self.verticalHeader().setVisible(True)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)  # the tool tip has it all
        self.keep_totals()
        self._size_names()
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._sized)
        self.on_key(QKeySequence.StandardKey.Paste, self.paste)
        self.on_key(QKeySequence(Qt.Key.Key_Delete), self.clear_chosen)

    def _note_place(self) -> None:
        at = self.currentIndex()
        if at.isValid():
            self._stood = self._texts.rows[at.row()].key, at.column()

    def _sized(self) -> None:
        """As wide as the texts ask, and the same cell chosen, or the first: a key then goes somewhere."""
        size_columns(self)
        self._size_names()
        if not self._texts.rows or self.currentIndex().isValid():
            return
        key, column = self._stood
        row = next((n for n, each in enumerate(self._texts.rows) if each.key == key), None)
        if row is not None and column < len(self._texts.headings):
            self._go(row, column)
        else:
            self._go(0, self._first_open())

    def stand_in(self, across: int) -> None:
        """How wide its place is, in pixels: what the figures leave of it, long names may take."""
        self._across = across
        self._size_names()

    def _size_names(self) -> None:
        letters = self.fontMetrics()
        usual, room = self._names * letters.averageCharWidth(), A_FEW * letters.averageCharWidth()
        widest = max((letters.horizontalAdvance(row.name) for row in self._texts.rows), default=0)
        beside = 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()
        free = self._across - self.horizontalHeader().length() - beside - ROOM
        self.verticalHeader().setFixedWidth(min(max(usual, widest), max(usual + room, free)) + ROOM)

    def _first_open(self) -> int:
        return next((column for column in range(QUARTERS) if not self._texts.lock(0, column)), 0)

    # Moving

    def _go(self, row: int, column: int) -> None:
        index = self._texts.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def go_to_line(self, line: Line) -> None:
        """To the first cell of a line that can be typed into."""
        row = next((n for n, each in enumerate(self._texts.rows) if each.key == line), None)
        if row is not None:
            self._go(row, next((c for c in range(QUARTERS) if not self._texts.lock(row, c)), 0))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, down: int, right: int) -> bool:
        """To the cell beside; False at the edge."""
        at = self.currentIndex()
        row, column = at.row() + down, at.column() + right
        if down and self._began is not None:
            column = self._began
        self._began = (at.column() if self._began is None else self._began) if right else None
        if not (0 <= row < len(self._texts.rows) and 0 <= column < len(self._texts.headings)):
            return False
        self._go(row, column)
        return True

    def _ask(self) -> None:
        """Enter leads nowhere here: it goes down."""
        self.step(1, 0)

    def event(self, event: QEvent) -> bool:
        """Ctrl+D and Ctrl+R are the grid's while it has the focus, whatever a menu does with them."""
        if event.type() == QEvent.Type.ShortcutOverride and _fills(cast("QKeyEvent", event)) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed and not kept; arrows forget where Tab began."""
        down = _fills(event)
        if down is not None:
            self.fill(down=down)
            return
        if event.key() == Qt.Key.Key_Escape and not self.is_typed_into:
            self._texts.forget(self.chosen())
            return
        if event.key() in MOVES:
            self._began = None
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the cells chosen, where the mouse is on one of them, else of the cell it is on."""
        under = self.indexAt(event.pos())
        by_mouse = event.reason() is not QContextMenuEvent.Reason.Keyboard
        if by_mouse and under.isValid() and not self.selectionModel().isSelected(under):
            self._go(under.row(), under.column())
        pop_up(self.menu_in_sight(), menu_place(self, event))
        event.accept()

    def menu_in_sight(self) -> QMenu:
        """What can be done with the cells chosen now."""
        return block_menu(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._began = None
        super().mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """What is typed over a locked cell looks for nothing."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's signature
        """Tab goes to the cell beside; at a row's end, on to the next control."""
        if self.hasFocus() and self.step(0, 1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Enter kept it and goes down; Tab to the right; Esc stays."""
        super().closeEditor(editor, Hint.RevertModelCache if hint is Hint.RevertModelCache else Hint.NoHint)
        steps = {
            Hint.SubmitModelCache: (1, 0),
            Hint.EditNextItem: (0, 1),
            Hint.EditPreviousItem: (0, -1),
        }
        if hint in steps:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.step(*steps[hint])
        self.cell_left.emit()

    @property
    def is_typed_into(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit(self, index: Index, trigger: Any = None, event: QEvent | None = None) -> Any:
        """A locked cell says why it is."""
        if trigger is None:
            return super().edit(cast("Any", index))
        began = super().edit(cast("Any", index), trigger, cast("Any", event))
        typed = trigger in {Trigger.EditKeyPressed, Trigger.DoubleClicked} or (
            trigger == Trigger.AnyKeyPressed
            and isinstance(event, QKeyEvent)
            and bool(event.text().strip())
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        why = self._texts.lock(index.row(), index.column()) if typed and index.isValid() else ""
        if why:
            self.locked.emit(why)
        return began

    # Blocks

    def chosen(self) -> list[Place]:
        """The cells chosen, row by row."""
        return sorted((each.row(), each.column()) for each in self.selectionModel().selectedIndexes())

    def chosen_lines(self) -> list[Line]:
        """The lines of the rows chosen."""
        keys = (self._texts.rows[row].key for row in self.chosen_rows())
        return [each for each in keys if isinstance(each, Line)]

    def paste(self) -> None:
        """A block from a spreadsheet, from the first chosen cell on; a single value fills all that is chosen."""
        text = QGuiApplication.clipboard().text()
        block = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        chosen = self.chosen()
        if not text.strip() or not chosen:
            return
        if len(block) == 1 and len(block[0]) == 1:
            texts = dict.fromkeys(chosen, block[0][0])
        else:
            top, left = chosen[0]
            texts = {
                (top + down, left + right): value
                for down, line in enumerate(block)
                for right, value in enumerate(line)
                if top + down < len(self._texts.rows) and left + right < len(self._texts.headings)
            }
        self._texts.type_in(texts)

    def clear_chosen(self) -> None:
        self._texts.type_in(dict.fromkeys(self.quarters_chosen(), ""))

    def fill(self, *, down: bool) -> None:
        """The first row chosen into those below it, or the first column into those at its right."""
        chosen = self.quarters_chosen()
        if not chosen:
            return
        top, left = chosen[0]
        places = ((row, column) for row, column in chosen if (row > top if down else column > left))
        texts = {
            (row, column): self._texts.standing(top if down else row, column if down else left)
            for row, column in places
        }
        if texts:
            self._texts.type_in(texts)

    def quarters_chosen(self) -> list[Place]:
        """The cells chosen that hold a quarter's amount; what is worked out from them is left out."""
        return [place for place in self.chosen() if self._texts.cell_at(*place) is not None]


def block_menu(grid: GridTable) -> QMenu:
    """What keys do with the cells chosen, for the mouse."""
    quarters = grid.quarters_chosen()
    rows, across = len({row for row, _ in quarters}), len({column for _, column in quarters})
    menu = new_menu("Cells", grid)
    add_to(menu, "&Copy\tCtrl+C", grid.copy, sign="copy", enabled=bool(grid.chosen()))
    add_to(menu, "&Paste\tCtrl+V", grid.paste, sign="paste", enabled=bool(quarters))
    menu.addSeparator()
    add_to(menu, "Fill &down\tCtrl+D", lambda: grid.fill(down=True), enabled=rows > 1)
    add_to(menu, "Fill &right\tCtrl+R", lambda: grid.fill(down=False), enabled=across > 1)
    menu.addSeparator()
    add_to(menu, "C&lear\tDel", grid.clear_chosen, sign="delete", enabled=bool(quarters))
    return menu


def _fills(event: QKeyEvent) -> bool | None:
    """Whether keys fill down (Ctrl+D) or to the right (Ctrl+R); None for other keys."""
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return None
    keys: dict[int, bool] = {Qt.Key.Key_D.value: True, Qt.Key.Key_R.value: False}
    return keys.get(event.key())
