"""What the tabs of a return's page have in common."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
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
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return model, table


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
