"""What the tabs of a return's page have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.figures_table import FiguresTable, Heading
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label


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

    Qt's own ResizeToContents works every height out again for each of half a dozen events: with 600 lines that held the window
    for most of a second.
    """

    def __init__(self, model: FiguresTable, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fit)
        for changed in (model.modelReset, model.dataChanged, table.horizontalHeader().sectionResized):
            changed.connect(self._soon)
        table.installEventFilter(self)

    def _soon(self) -> None:
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._soon()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._table.isVisible():
            self._table.resizeRowsToContents()


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
