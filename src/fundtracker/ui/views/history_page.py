"""History: who did what, when and why, newest first, with the changes of the chosen entry in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.actions.history import in_words
from fundtracker.application.workspace import Workspace
from fundtracker.domain.records import RECORDS
from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.history_table import WIDTHS, HistoryTable
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.tables import Table
from fundtracker.ui.words import SPACE, heading, plain_label


class HistoryPage(Page):
    """Nothing here can be changed: the history is sealed."""

    kinds = frozenset(RECORDS)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(heading("History"))
        layout.addWidget(
            plain_label(
                "Every change ever made to this file, newest first. It can't be edited.", wrapped=True
            )
        )
        self.model = HistoryTable(workspace, self)
        self.table = Table("History", self.model)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        self.table.setItemDelegate(CellDelegate(self.model, self.table))
        self.table.set_widths(WIDTHS)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("What the chosen entry changed")
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        layout.addWidget(splitter, 1)
        self.refresh()

    def begins_at(self) -> QWidget:
        return self.table

    def refresh(self) -> None:
        self.model.refresh()
        if self.model.entries:
            self.table.selectRow(0)

    def _show_details(self) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            self.details.clear()
            return
        entry = self.model.entries[index.row()]
        lines = [entry.title, *([f"Reason: {entry.reason}"] if entry.reason else []), ""]
        lines += [*in_words(self.workspace, entry), "", f"Seal {entry.seal}"]
        self.details.setPlainText("\n".join(lines))
