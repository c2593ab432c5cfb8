"""Table: how every table of the window looks and answers to keys. Rows have one height, and copy as a spreadsheet takes them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyleOptionHeader,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.models.cells import MARGIN, CellDelegate, Index
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow, in_one_line
from fundtracker.ui.words import plain_tip

if TYPE_CHECKING:
    from fundtracker.ui.views.totals_foot import TotalsFoot

EDITS = QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed

KEYS = "Arrow keys move, Ctrl+C copies what is chosen"
SAMPLE = 60
"""Rows that a column's width is worked out from."""
LAST = 6
"""Rows at the end that it is worked out from too: a total, often the widest, and what stands about it."""
LOOKED_THROUGH = 1_000
"""Rows among which a typed letter looks for the next that begins with it. Qt asks each row, in the window's thread."""
LAST_TEXT = -1
"""The column of texts furthest to the right has the width that no other column needs."""
FEWEST_LETTERS = 10
"""What is left at least of a column that gives way."""
ROOM = 16
"""Pixels beside the widest text of a column, for the margins of its cells and of its heading."""

Measured = tuple[tuple[TableRow, ...], tuple[Heading, ...], QFont]
"""What a table's columns were measured of."""


class PaddedHeader(QHeaderView):
    """Headings stand over the texts of their columns, which have a margin."""

    def __init__(self, side: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(side, parent)
        self.setSectionsClickable(True)

    def setSelectionModel(self, chosen: QItemSelectionModel) -> None:
        """One of its own, always empty: with every row chosen Qt would ask each of a million rows, for each heading it paints,
        whether that column is chosen whole.
        """
        own = (
            QItemSelectionModel(chosen.model(), self)
            if self.orientation() is Qt.Orientation.Horizontal
            else chosen
        )
        super().setSelectionModel(own)

    def sizeHint(self) -> QSize:
        """Where its width is fixed that is known; Qt would ask for the names of two hundred rows, at every layout."""
        fixed = self.minimumWidth()
        return QSize(fixed, 0) if fixed == self.maximumWidth() else super().sizeHint()

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:  # noqa: N803 - Qt's signature
        super().initStyleOptionForIndex(option, logicalIndex)
        parts: Any = option
        parts.text = "\n".join(f"\u00a0{line}\u00a0" for line in str(parts.text).split("\n"))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        place = cast("QHelpEvent", event)
        section = self.logicalIndexAt(place.pos())
        text = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.ToolTipRole)
        QToolTip.showText(place.globalPos(), plain_tip(str(text or "")), self)
        return True


class Table(QTableView):
    """A table of any model. Enter (or a double click, where nothing is edited) asks for what the row leads to."""

    asked = Signal(int)  # the row
    gives_way: int | None = None
    """The column of texts that are cut, with their tool tips whole, where not every column of a FiguresTable has room."""
    cut = 0
    """Pixels by which it gave way."""
    foot: "TotalsFoot | None" = None
    """The totals that stay in sight, where there are some (`keep_totals`)."""
    names_of = ""
    """The heading of the names at the left, where it has one."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measured: tuple[Measured, list[int]] | None = None
        """The widths of `column_widths`, and what they are of."""
        self.spare_column: int | None = None
        """The column of a FiguresTable that has the width no other needs, or LAST_TEXT; None: the table may end before its room does."""
        self._spare: tuple[int, int] | None = None
        """The column that had it, and how wide that became."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(KEYS)
        self.setHorizontalHeader(PaddedHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(PaddedHeader(Qt.Orientation.Vertical, self))
        self.verticalHeader().hide()  # before it would ask the model for names
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.horizontalHeader().setHighlightSections(False)
        self.on_key(QKeySequence.StandardKey.Copy, self.copy)
        self.on_key(QKeySequence("Ctrl+Shift+C"), lambda: self.copy(headings=True))
        self.on_key(QKeySequence(Qt.Key.Key_Return), self._ask)
        self.on_key(QKeySequence(Qt.Key.Key_Enter), self._ask)

    def on_key(self, keys: QKeySequence | QKeySequence.StandardKey, act: Callable[[], Any]) -> None:
        """Do `act` when the keys are pressed in the table."""
        action = QAction(self)
        action.setShortcuts(keys) if isinstance(keys, QKeySequence.StandardKey) else action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
        self.addAction(action)

    def keyboardSearch(self, search: str) -> None:
        """In a table of a few rows, as Qt does; a long one has a search of its own, or none."""
        if self.model().rowCount() <= LOOKED_THROUGH:
            super().keyboardSearch(search)

    def set_widths(self, letters: Sequence[int]) -> None:
        """Each column so many characters wide."""
        letter = self.fontMetrics().averageCharWidth()
        for column, many in enumerate(letters):
            self.setColumnWidth(column, many * letter + 16)

    def keep_totals(self, *, last_alone: bool = False) -> None:
        """The totals of a FiguresTable (all that stand below its lines, or the last) stay in sight at the foot, wherever its lines are
        scrolled to.
        """
        from fundtracker.ui.views.totals_foot import TotalsFoot

        self.foot = TotalsFoot(self, cast("FiguresTable", self.model()), last_alone=last_alone)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.foot is not None:
            self.foot.place()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """A line into sight above the totals that stand at the foot."""
        foot = self.foot
        if foot is None or foot.isHidden():
            super().scrollTo(index, hint)
        elif foot.shows(index.row()):
            super().scrollTo(self.model().index(self.rowAt(0), index.column()), hint)
        else:
            super().scrollTo(index, hint)
            bar, room = self.verticalScrollBar(), self.viewport().height() - foot.height()
            for _ in range(foot.rows_shown + 1):
                where = self.visualRect(index)
                # Not past the top, where there is no room for both.
                if where.bottom() >= room and where.top() > 0:
                    bar.setValue(bar.value() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_spare_width()
        self.cut_texts()

    def give_spare_width(self) -> None:
        """Rows end where the table does; not where a column stretches by itself, or where somebody drew the last one wider."""
        column = self._spare_column()
        if column is None:
            return
        across, least = self.horizontalHeader(), column_widths(self)[column]
        now = across.sectionSize(column)
        if now != least and self._spare != (column, now):
            return
        self._spare = column, max(least, self.viewport().width() - across.length() + now)
        if self._spare[1] != now:
            across.resizeSection(*self._spare)

    def cut_texts(self) -> None:
        """No column is out of sight for the length of another one's texts; not where somebody drew that to a width."""
        if self.gives_way is None:
            return
        across, wanted = self.horizontalHeader(), column_widths(self)[self.gives_way]
        now = across.sectionSize(self.gives_way)
        if now + self.cut != wanted:
            return
        least = min(wanted, FEWEST_LETTERS * self.fontMetrics().averageCharWidth() + ROOM)
        width = max(least, min(wanted, self.viewport().width() - across.length() + now))
        self.cut = wanted - width
        if width != now:
            across.resizeSection(self.gives_way, width)

    def _spare_column(self) -> int | None:
        across = self.horizontalHeader()
        if self.spare_column is None or across.stretchLastSection() or across.stretchSectionCount():
            return None
        shown = (column for column in range(across.count()) if not self.isColumnHidden(column))
        if self.spare_column != LAST_TEXT:
            return self.spare_column if self.spare_column in shown else None
        headings = cast("FiguresTable", self.model()).headings
        return max((column for column in shown if not headings[column].right), default=None)

    def leads_on_double_click(self) -> None:
        """Nothing is edited here: a double click asks, as Enter does."""
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._ask)

    def chosen_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def _ask(self) -> None:
        if self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())

    def viewportEvent(self, event: QEvent) -> bool:
        """A cell's whole text as its tool tip, never as HTML."""
        if event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        place = cast("QHelpEvent", event)
        text = self.indexAt(place.pos()).data(Qt.ItemDataRole.ToolTipRole)
        QToolTip.showText(place.globalPos(), plain_tip(str(text or "")), self)
        return True

    def copy(self, *, headings: bool = False) -> None:
        """What is chosen as tab-separated text and as an HTML table, in the order it is shown. With headings come the names of the
        rows too; without, it can be pasted where it came from.
        """
        across = self.horizontalHeader()
        places = [across.logicalIndex(place) for place in range(across.count())]
        chosen = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        columns = [column for column in places if any(c == column for _, c in chosen)]
        columns = [column for column in columns if not self.isColumnHidden(column)]
        rows = sorted({row for row, _ in chosen})
        lines = [[self._text(row, column) for column in columns] for row in rows]
        named = headings and not self.verticalHeader().isHidden()
        if named:
            lines = [[self._name(row), *line] for row, line in zip(rows, lines, strict=True)]
        if headings:
            lines.insert(0, [*([self.names_of] if named else ()), *map(self._heading, columns)])
        put_on_clipboard(as_copied(lines, headed=headings, named=named))

    def _heading(self, column: int) -> str:
        return in_one_line(str(self.model().headerData(column, Qt.Orientation.Horizontal) or ""))

    def _name(self, row: int) -> str:
        return in_one_line(str(self.model().headerData(row, Qt.Orientation.Vertical) or ""))

    def _text(self, row: int, column: int) -> str:
        text = self.model().index(row, column).data() or ""
        return str(text).replace("\t", " ").replace("\n", " ")


class NamedRows(Table):
    """A table whose rows have names that stay at the left. It scrolls by whole columns: half a figure beside a name reads as
    another figure. Qt does so too, but for the last step, by which it puts the last column at the right.
    """

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(name, model, parent)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def head_names(self, text: str) -> None:
        """The heading of the names. Qt's button in that corner draws no text: a label stands on it."""
        self.names_of = text
        corner = self.findChild(QAbstractButton)
        if corner is None or not text:
            return
        told = QLabel(text, corner)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(corner)
        layout.setContentsMargins(MARGIN, 0, 0, 0)
        layout.addWidget(told)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._begin_with_a_whole_column()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._begin_with_a_whole_column()

    def _begin_with_a_whole_column(self) -> None:
        across, before = self.horizontalHeader(), self.horizontalHeader().offset()
        across.setOffsetToSectionPosition(self.horizontalScrollBar().value())
        if across.offset() != before:
            self.viewport().update()
        if self.foot is not None:
            self.foot.scroll_across()


def as_copied(lines: list[list[str]], *, headed: bool, named: bool = False) -> tuple[str, str]:
    """Rows of texts as tab-separated text and as an HTML table; many are put together by a worker.

    `headed`: the first line is headings; `named`: each line begins with the name of its row.
    """
    head, names = int(headed), int(named)
    rows = [_html("th", line) for line in lines[:head]]
    rows += [_html("th", line[:names]) + _html("td", line[names:]) for line in lines[head:]]
    return (
        "\n".join("\t".join(line) for line in lines),
        f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>",
    )


def put_on_clipboard(copied: tuple[str, str]) -> None:
    data = QMimeData()
    data.setText(copied[0])
    data.setHtml(copied[1])
    QGuiApplication.clipboard().setMimeData(data)


_BETWEEN = "\x1f"
"""Stands between cells while a line is escaped; no cell holds it."""


def _html(mark: str, cells: list[str]) -> str:
    """Cells of one kind, beside one another."""
    from html import escape

    if not cells:
        return ""
    return f"<{mark}>{escape(_BETWEEN.join(cells)).replace(_BETWEEN, f'</{mark}><{mark}>')}</{mark}>"


def figures_table(
    name: str,
    model: FiguresTable,
    *,
    by_cell: bool = False,
    row_names: int = 0,
    names_of: str = "",
    spare: int = LAST_TEXT,
) -> Table:
    """A table of worked-out figures; at most `row_names` characters for the names that stay at the left while it scrolls, under
    the heading `names_of`. Where whole rows are chosen the column `spare` has the width that no other needs.
    """
    table = _named_rows(name, model, row_names, names_of) if row_names else Table(name, model)
    table.spare_column = None if by_cell else spare
    table.setShowGrid(by_cell)
    if by_cell:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    table.setEditTriggers(EDITS)
    table.setItemDelegate(CellDelegate(model, table))
    size_columns(table)
    model.modelReset.connect(lambda: size_columns(table))
    model.dataChanged.connect(lambda: size_columns(table, widen=True))
    return table


def _named_rows(name: str, model: FiguresTable, most: int, names_of: str) -> NamedRows:
    """No wider than the names are."""
    table = NamedRows(name, model)
    across = table.verticalHeader()
    across.setTextElideMode(Qt.TextElideMode.ElideRight)  # the tool tip has it all
    table.head_names(names_of)

    def sized() -> None:
        plain, bold = table.fontMetrics(), _bold_metrics(table)
        widest = max(
            (
                plain.horizontalAdvance(names_of),
                *((bold if row.bold else plain).horizontalAdvance(row.name) for row in model.rows),
            )
        )
        across.setFixedWidth(min(widest, most * plain.averageCharWidth()) + ROOM)

    sized()
    across.show()
    model.modelReset.connect(sized)
    model.headerDataChanged.connect(sized)
    return table


def size_columns(table: Table, *, widen: bool = False) -> None:
    """As wide as `column_widths` says; with `widen` none is made narrower: somebody may have drawn it wider."""
    table.cut = 0
    for column, width in enumerate(column_widths(table)):
        if not widen or width > table.columnWidth(column):
            table.setColumnWidth(column, width)
    table.give_spare_width()
    table.cut_texts()


def column_widths(table: Table) -> list[int]:
    """Pixels: what the headings say, or the widest of the first rows and of the last.

    A page asks half a dozen times while it is laid out: the same rows in the same font are measured once.
    """
    model = cast("FiguresTable", table.model())
    asked = (model.rows, model.headings, table.font())
    if table.measured is None or not _same(table.measured[0], asked):
        table.measured = asked, _measure(table, model)
    return list(table.measured[1])


def _same(one: Measured, other: Measured) -> bool:
    """Of the very same rows and headings, which are never changed in place."""
    return one[0] is other[0] and one[1] is other[1] and one[2] == other[2]


def _measure(table: Table, model: FiguresTable) -> list[int]:
    plain, bold = table.fontMetrics(), _bold_metrics(table)
    found: list[int] = []
    for column, heading in enumerate(model.headings):
        of_head = bold if heading.bold else plain
        wide = [of_head.horizontalAdvance(line) for line in heading.label.split("\n")]
        if heading.right or not heading.width:
            wide += [
                (bold if row.bold or heading.bold else plain).horizontalAdvance(row.cells[column])
                for row in (*model.rows[:SAMPLE], *model.rows[-LAST:])
            ]
        wanted = heading.width * plain.averageCharWidth() + 2 * MARGIN + 1
        found.append(max(max(wide) + ROOM, wanted))
    return found


def _bold_metrics(table: Table) -> QFontMetrics:
    font = QFont(table.font())
    font.setBold(True)
    return QFontMetrics(font)


def fit(table: Table, *, width: bool = False) -> None:
    """No higher (and, with `width`, no wider) than its cells: a short table leaves no empty ground around it."""
    down, across = table.verticalHeader(), table.horizontalHeader()
    below, beside = table.horizontalScrollBar(), table.verticalScrollBar()

    def sized() -> None:
        frame = 2 * table.frameWidth()
        under = below.sizeHint().height() if below.maximum() else 0
        table.setMaximumHeight(down.length() + across.sizeHint().height() + under + frame)
        if width:
            names = 0 if down.isHidden() else down.width()
            right = beside.sizeHint().width() if beside.maximum() else 0
            table.setMaximumWidth(across.length() + table.cut + names + right + frame)

    sized()
    table.model().modelReset.connect(sized)
    across.sectionResized.connect(sized)
    down.sectionResized.connect(sized)
    below.rangeChanged.connect(sized)
    beside.rangeChanged.connect(sized)


def at_left(table: Table) -> QHBoxLayout:
    """A table that `fit` keeps as narrow as its cells: Qt would put it in the middle."""
    across = QHBoxLayout()
    across.addWidget(table, 1)
    across.addStretch(0)
    return across
