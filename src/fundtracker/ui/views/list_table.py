"""ListTable: the table of a list. Its headings sort, move and are sized; how they stand is a View, to be remembered."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionHeader, QWidget

from fundtracker.domain.columns import plural
from fundtracker.ui.list_views import View
from fundtracker.ui.models.cells import LEFT
from fundtracker.ui.models.painting import RecordDelegate
from fundtracker.ui.models.record_table import RecordTableModel
from fundtracker.ui.views.list_menus import menu_place
from fundtracker.ui.views.list_order import is_code, name_column, short_words, usual_order
from fundtracker.ui.views.tables import EDITS, SAMPLE, PaddedHeader, Table
from fundtracker.ui.words import SPACE

Hint = QAbstractItemDelegate.EndEditHint
POINTING = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
    }
)
LONGEST = 6
"""Texts of a column that are measured: those of most letters. One of fewer that is yet wider is wider by little."""
WIDTHS = (*range(100, 34, -6), *range(34, 13, -1))
"""Characters: the widest a column begins; the first of them with which every column is in sight. Where none is, SCROLLED."""
SCROLLED = 22
LONGEST_CODE = 30
"""Characters: a reference up to this long is shown in whole, since its end tells it from the others."""
LONGEST_NAME = 40
"""Characters: up to this the name of a record has room for twice as much of its text as other columns have of theirs."""
NARROWEST = 3
"""Characters of a column that was made as narrow as can be: it can still be found, and made wider."""


class ListHeader(PaddedHeader):
    """Headings that say how the list is sorted (▲ up, ▼ down, 2 second), with room below for the row of filters."""

    clicked = Signal(int, bool)  # section; whether Shift was held

    def __init__(self, model: RecordTableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list = model
        self._below = 0
        self._further = False
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(NARROWEST * self.fontMetrics().averageCharWidth())
        self.sectionClicked.connect(lambda section: self.clicked.emit(section, self._further))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - Qt's own number

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._further = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:  # noqa: N803 - Qt's signature
        super().initStyleOptionForIndex(option, logicalIndex)
        parts: Any = option
        parts.text = f" {self.sort_mark(logicalIndex)}{parts.text.lstrip()}"

    def sort_mark(self, section: int) -> str:
        """ "▼2 " before the heading of the second column that sorts, descending."""
        place = self._list.sort_place(section)
        if place is None:
            return ""
        number = str(place[0]) if len(self._list.query.sort) > 1 else ""
        return f"{'▼' if place[1] else '▲'}{number} "

    def set_room_below(self, height: int) -> None:
        self._below = height
        self.updateGeometries()
        self.geometriesChanged.emit()

    def sizeHint(self) -> Any:
        size = super().sizeHint()
        size.setHeight(size.height() + self._below)
        return size

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, self._below)
        super().updateGeometries()


class ListTable(Table):
    """The table of a RecordTableModel."""

    moved = Signal()  # columns were moved, sized, shown or hidden by the user
    menu_asked = Signal(QPoint)  # on the screen
    column_menu_asked = Signal(int, QPoint)
    typed = Signal()  # letters, where no cell is open

    def __init__(self, model: RecordTableModel, fixed: frozenset[str], parent: QWidget) -> None:
        super().__init__(plural(model.kind), model, parent)
        self.records = model
        self.across = ListHeader(model, self)
        self.setHorizontalHeader(self.across)
        self.across.setHighlightSections(False)
        self.cells = RecordDelegate(model, self)
        self.setItemDelegate(self.cells)
        model.leaving.connect(self.leave_cell)
        self.setEditTriggers(EDITS)
        self.setShowGrid(False)
        self.fixed = frozenset(n for n, each in enumerate(model.columns) if each.name in fixed)
        """Columns that say the same in every row of this list: never shown."""
        self.usual = usual_order(model.kind)
        """The columns from left to right, where nobody moved them."""
        self._codes = tuple(is_code(each) for each in model.columns)
        self._words = tuple(short_words(each) for each in model.columns)
        name = name_column(model.kind)
        self._names = tuple(each is name for each in model.columns)
        self._by_hand: dict[int, int] = {}
        self._wanted: list[int] = []
        """What each column wanted when the room was last shared out."""
        self._arranging = False
        for number in self.fixed:
            self.setColumnHidden(number, True)
        self.across.clicked.connect(self._clicked)
        self.across.sectionResized.connect(self._resized)
        self.across.sectionMoved.connect(self._was_moved)
        self.across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.across.customContextMenuRequested.connect(self._heading_menu)

    # Sorting

    def sort_by(self, section: int, *, descending: bool, further: bool = False) -> None:
        """In the order of a column; `further` keeps the columns that sort already before it."""
        name = self.records.columns[section].name
        if not further:
            self.records.show(sort=((name, descending),))
            return
        before = self.records.query.sort
        if any(each == name for each, _ in before):
            sort = tuple((each, descending if each == name else down) for each, down in before)
        else:
            sort = (*before, (name, descending))
        self.records.show(sort=sort)

    def _clicked(self, section: int, further: bool) -> None:
        """A first click sorts upwards; a second turns it round."""
        place = self.records.sort_place(section)
        alone = place is not None and len(self.records.query.sort) == 1
        again = place is not None and (further or alone) and not place[1]
        self.sort_by(section, descending=again, further=further)

    # How the columns stand

    def shown_sections(self) -> list[int]:
        """The columns in sight or to be scrolled to, from left to right."""
        places = (self.across.logicalIndex(place) for place in range(self.across.count()))
        return [section for section in places if not self.isColumnHidden(section)]

    def shown_names(self) -> tuple[str, ...]:
        return tuple(self.records.columns[section].name for section in self.shown_sections())

    def standing(self) -> View:
        """The columns as they stand; without sort and filters, which are the list's."""
        names = [each.name for each in self.records.columns]
        order = tuple(self.across.logicalIndex(place) for place in range(self.across.count()))
        return View(
            order=() if order == self.usual else tuple(names[number] for number in order),
            hidden=tuple(name for n, name in enumerate(names) if self._hidden_by_hand(n)),
            widths=tuple((names[n], round(width / self._unit)) for n, width in sorted(self._by_hand.items())),
        )

    @property
    def _unit(self) -> float:
        """Pixels of a hundredth of a letter."""
        return self.fontMetrics().averageCharWidth() / 100

    def _hidden_by_hand(self, section: int) -> bool:
        return self.isColumnHidden(section) and section not in self.fixed

    def stand(self, view: View) -> None:
        """Columns in the order, sizes and number of a view."""
        names = [each.name for each in self.records.columns]
        known = [names.index(name) for name in dict.fromkeys(view.order) if name in names]
        order = known + [section for section in self.usual if section not in known]
        hidden = {names.index(name) for name in view.hidden if name in names} | self.fixed
        if len(hidden) >= len(names):
            hidden = set(self.fixed)  # nothing would be left to see
        self._by_hand = {
            names.index(name): round(width * self._unit) for name, width in view.widths if name in names
        }
        self._arrange(lambda: self._put(order, hidden))
        self.fit()
        self._leave_hidden()

    def _put(self, order: list[int], hidden: "set[int] | frozenset[int]") -> None:
        for place, section in enumerate(order):
            self.across.moveSection(self.across.visualIndex(section), place)
            self.setColumnHidden(section, section in hidden)

    def hide_column(self, section: int) -> None:
        """Out of sight, unless it is the last that is left."""
        if len(self.shown_sections()) > 1:
            self._arrange(lambda: self.setColumnHidden(section, True))
            self._leave_hidden()
            self.moved.emit()

    def nearest_shown(self, section: int) -> int:
        """The column itself, where it is shown; else the next at its right that is, or the last at its left."""
        shown, place = self.shown_sections(), self.across.visualIndex(section)
        after = (each for each in shown if self.across.visualIndex(each) >= place)
        return next(after, shown[-1])

    def _leave_hidden(self) -> None:
        """The cursor never stays in a column out of sight: no key would move it, and F2 would write there unseen."""
        at = self.currentIndex()
        if at.isValid() and self.isColumnHidden(at.column()):
            beside = at.siblingAtColumn(self.nearest_shown(at.column()))
            self.selectionModel().setCurrentIndex(beside, QItemSelectionModel.SelectionFlag.NoUpdate)

    def fit(self) -> None:
        """From a sample of the first rows: measuring a million would take minutes. Long texts give way to what else there is, names
        last of them, and what was sized by hand stays so.
        """
        widths = self._fitted()
        self._wanted = widths(WIDTHS[0], 1)
        shown, room = self.shown_sections(), self.viewport().width()
        tried = (widths(most, names) for names in (2, 1) for most in WIDTHS)
        fitting = (each for each in tried if sum(each[n] for n in shown) <= room)
        chosen = next(fitting, None) or widths(SCROLLED, 2)
        self._give_out(chosen, self._wanted, room - sum(chosen[n] for n in shown))
        self._arrange(lambda: [self.across.resizeSection(n, width) for n, width in enumerate(chosen)])

    def fit_what_grew(self) -> None:
        """Anew, where a text in sight wants more room than any did before, and is cut."""
        wanted = self._fitted()(WIDTHS[0], 1)
        before = self._wanted or wanted
        if any(before[n] < wanted[n] > self.columnWidth(n) for n in self.shown_sections()):
            self.fit()

    def _fitted(self) -> Callable[[int, int], list[int]]:
        """Asked for the most characters of a text, and how many times as many a name has, the width of every column; measured once.
        One in which no row says anything is as wide as its heading with the mark of what sorts.
        """
        metrics, model = self.fontMetrics(), self.records
        sample = [found[1] for row in range(min(model.rowCount(), SAMPLE)) if (found := model.row(row))]
        mark = metrics.horizontalAdvance("▼2 ")
        labels = [metrics.horizontalAdvance(column.label) for column in model.columns]
        labels = [width + (mark if model.sort_place(n) else 0) for n, width in enumerate(labels)]
        texts = [
            _widest(metrics, {row[number].split("\n", 1)[0] for row in sample} | self._words[number])
            for number in range(len(labels))
        ]
        letter, half = metrics.averageCharWidth(), self.viewport().width() // 2

        def widths(most: int, names: int) -> list[int]:
            of_name = max(most * letter, min(names * most * letter, LONGEST_NAME * letter, half))
            of_code = max(most, LONGEST_CODE) * letter
            fitted: list[int] = []
            for n, (label, text) in enumerate(zip(labels, texts, strict=True)):
                longest = of_name if self._names[n] else of_code if self._codes[n] else most * letter
                fitted.append(
                    max(label + 2 * SPACE, min(text, longest)) + 2 * SPACE if text else label + 3 * SPACE
                )
            return [self._by_hand.get(n, width) for n, width in enumerate(fitted)]

        return widths

    def _give_out(self, widths: list[int], wanted: list[int], spare: int) -> None:
        """What room is left goes to columns that cut their texts, first to names, then to those that lack least: codes before titles."""
        for n in sorted(self.shown_sections(), key=lambda n: (not self._names[n], wanted[n] - widths[n])):
            more = min(max(wanted[n] - widths[n], 0), max(spare, 0))
            widths[n] += more
            spare -= more
        aligned = self.records.alignments
        texts = [n for n in self.shown_sections() if aligned[n] == LEFT and n not in self._by_hand]
        if (
            texts and spare > 0
        ):  # nothing is cut: the last text takes the rest, so that rows end where the table does
            widths[texts[-1]] += spare

    def _arrange(self, act: Callable[[], Any]) -> None:
        """What the program does to the columns is not what the user did."""
        self._arranging = True
        try:
            act()
        finally:
            self._arranging = False

    def _resized(self, section: int, _old: int, new: int) -> None:
        if not self._arranging and new:
            self._by_hand[section] = new
            self.moved.emit()

    def _was_moved(self) -> None:
        if not self._arranging:
            self.moved.emit()

    def bring_into_view(self, section: int) -> None:
        """Scroll sideways until a column is in sight; the rows stay."""
        begins, wide = self.across.sectionViewportPosition(section), self.across.sectionSize(section)
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        if begins < 0 or wide > room:
            bar.setValue(bar.value() + begins)
        elif begins + wide > room:
            bar.setValue(bar.value() + begins + wide - room)

    # Rows

    def enter(self) -> None:
        """The keyboard to the rows; where none is chosen (those that were are filtered out), the one it comes to is."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._choose_one()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self._choose_one()
        self._back_to_cell()

    # A cell that is typed into

    def leave_cell(self) -> None:
        """Keep what is typed in the open cell; where that can't be, it stays open and says why."""
        editor = self.cells.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, Hint.NoHint)

    def give_up_cell(self) -> None:
        """Close the open cell without what is typed in it."""
        if self.cells.editor is not None:
            self.closeEditor(self.cells.editor, Hint.RevertModelCache)

    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """What can't be kept stays in its cell, to be mended or given up (Esc)."""
        if not self.cells.wrong or hint is Hint.RevertModelCache:
            self.cells.settle(wrong=False)
            super().closeEditor(editor, hint)

    def viewportEvent(self, event: QEvent) -> bool:
        """As in a spreadsheet: no other row is gone to from a cell that is to be mended first."""
        if self.cells.wrong and event.type() in POINTING:
            self._back_to_cell()
            return True
        return super().viewportEvent(event)

    def _back_to_cell(self) -> None:
        if self.cells.wrong and self.cells.editor is not None:
            self.cells.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # Choosing

    def _choose_one(self) -> None:
        if self.records.rowCount() and not self.selectionModel().hasSelection():
            self.selectRow(max(0, self.currentIndex().row()))

    def keyboardSearch(self, search: str) -> None:
        """What is typed on a row looks for nothing and writes nothing, however long the list is: the page says what does."""
        if search.strip() and search.isprintable():
            self.typed.emit()

    def chosen_rows(self) -> list[int]:
        """From the ranges chosen: a million rows are one range."""
        ranges: Any = self.selectionModel().selection()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(menu_place(self, event))
        event.accept()

    def _heading_menu(self, place: QPoint) -> None:
        section = self.across.logicalIndexAt(place)
        if section >= 0:
            self.column_menu_asked.emit(section, self.across.mapToGlobal(place))


def _widest(metrics: QFontMetrics, texts: set[str]) -> int:
    longest = sorted(texts, key=len)[-LONGEST:]
    return max(map(metrics.horizontalAdvance, longest), default=0)
