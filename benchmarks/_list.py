"""The cost list at 1,000,000 rows, and its floor: the same view and delegate over rows that are ready in memory."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QTableView

from _million import million
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.ui.models.cells import LEFT, RIGHT
from fundtracker.ui.models.painting import RecordDelegate
from fundtracker.ui.models.record_table import NO_INDEX, Index, RecordTableModel

READY_ROWS = 60
SIZE = (1200, 800)


class ReadyModel(QAbstractTableModel):
    """Rows that are there already: what any list must at least do."""

    def __init__(self, rows: list[tuple[int, tuple[str, ...]]]) -> None:
        super().__init__()
        self.rows = rows
        self.columns = columns(Cost)
        self.alignments = tuple(RIGHT if each.kind.right_aligned else LEFT for each in self.columns)

    def text(self, row: int, column: int) -> str:
        return self.rows[row][1][column]

    def cell(self, row: int, column: int) -> tuple[str, int, None]:
        return self.rows[row][1][column], self.alignments[column], None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.text(index.row(), index.column()) if role == Qt.ItemDataRole.DisplayRole else None


def app() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


def workspace() -> Workspace:
    return Workspace.open(million())


def view_of(model: Any) -> QTableView:
    """A table as the program sets it up: fixed row heights, no grid, the program's own delegate."""
    view = QTableView()
    view.setItemDelegate(RecordDelegate(model, view))
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().setVisible(False)
    view.verticalHeader().setSectionResizeMode(view.verticalHeader().ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 10)
    view.setModel(model)
    view.resize(*SIZE)
    return view


def painted(view: QTableView) -> None:
    """Paint the view once, whole."""
    image = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    view.render(painter, QPoint())
    painter.end()


def ready_rows(count: int = READY_ROWS) -> list[tuple[int, tuple[str, ...]]]:
    """Real rows of the file, read before anything is measured."""
    with workspace() as held:
        model = RecordTableModel(held, Cost)
        return held.lists.page(model.query, 0, count)


def settle() -> None:
    """Let background answers arrive."""
    from fundtracker.ui.bridge import wait_for_jobs

    wait_for_jobs()
    app().processEvents()
