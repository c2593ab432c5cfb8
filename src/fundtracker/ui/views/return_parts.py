"""What the tabs of a return's page have in common."""

from collections.abc import Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.figures_table import FiguresTable, Heading
from fundtracker.ui.views.tables import Table, column_widths, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label

A_TURN = 0.01
"""Seconds of work between two looks at what the user does."""


class Tab(QWidget):
    """A tab with a line of explanation above its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, SPACE, 0, 0)
        self.note = plain_label(wrapped=True)
        self.column.addWidget(self.note)


def wrapping_table(name: str, headings: Sequence[Heading], *stretched: int) -> tuple[FiguresTable, Table]:
    """A short table whose long texts are shown whole."""
    model = FiguresTable(headings, top=True)
    table = figures_table(name, model)
    model.setParent(table)
    table.leads_on_double_click()
    table.setWordWrap(True)
    table.setItemDelegate(CellDelegate(model, table, wraps=True))
    for column in stretched:
        table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    RowFitter(model, table)
    return model, table


class RowFitter(QObject):
    """Gives each row of a table the height its texts take, once for however many changes, and only while it is in sight.

    From the top down, some milliseconds a turn of the event loop: 600 lines at once held the window for a seventh of a second,
    and Qt's own ResizeToContents, which works every height out again for each of half a dozen events, for most of a second.
    """

    def __init__(self, model: FiguresTable, table: Table) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fit)
        for changed in (model.modelReset, model.dataChanged, table.horizontalHeader().sectionResized):
            changed.connect(self._soon)
        table.installEventFilter(self)

    def _soon(self) -> None:
        self._next = 0
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._soon()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        table, many = self._table, len(self._model.rows)
        if table.isVisible():
            until = monotonic() + A_TURN
            while self._next < many and monotonic() < until:
                table.resizeRowToContents(self._next)
                self._next += 1
        if self._next >= many or not table.isVisible():
            self._timer.stop()


class SharedWidth(QObject):
    """Gives columns of long texts (`parts` of the room that the others leave) what room there is; a column of them without a
    text is as wide as its heading.

    A column of long texts has at least `FEWEST` characters. The column `names` (of short ones) is never wider than `NAMES` per cent
    of the table; without any long text it has what is left.
    """

    NAMES, FEWEST = 28, 10

    def __init__(
        self, model: FiguresTable, table: Table, parts: Mapping[int, int], names: int | None = None
    ) -> None:
        super().__init__(table)
        self._model, self._table, self._parts, self._names = model, table, parts, names
        table.spare_column = None
        for changed in (model.modelReset, model.dataChanged):
            changed.connect(self._share)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        widths, room = column_widths(self._table), self._table.viewport().width()
        told = [column for column in self._parts if any(row.cells[column] for row in self._model.rows)]
        if told and self._names is not None:
            widths[self._names] = min(widths[self._names], room * self.NAMES // 100)
        left = room - sum(width for column, width in enumerate(widths) if column not in told)
        if told:
            least = self.FEWEST * self._table.fontMetrics().averageCharWidth()
            whole = sum(self._parts[column] for column in told)
            for column in told:
                widths[column] = max(least, left * self._parts[column] // whole)
            widths[told[-1]] += max(0, room - sum(widths))
        elif self._names is not None:
            widths[self._names] += max(0, left)
        for column, width in enumerate(widths):
            if self._table.columnWidth(column) != width:
                self._table.setColumnWidth(column, width)


def titled(title: str, *parts: QWidget) -> QWidget:
    """Widgets under a heading; the first takes the room there is."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(heading(title, size=1))
    layout.addWidget(parts[0], 1)
    for part in parts[1:]:
        layout.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    layout.addStretch(0)  # where the table is no higher than its rows
    return box
