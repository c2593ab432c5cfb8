"""What stands below a list: how many rows there are, of how many, their totals, and the way back to all of them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fundtracker.storage.queries import ListQuery
from fundtracker.ui.models.record_rows import COUNT, soon
from fundtracker.ui.models.record_table import RecordTableModel, Totals
from fundtracker.ui.views import list_words
from fundtracker.ui.words import SPACE, plain_label, push_button


class ListFoot(QWidget):
    """Says what a model counts, adds up and looks for; `clear` takes its filters away."""

    def __init__(self, model: RecordTableModel, clear: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._count = 0
        self._whole: int | None = None
        self._totals: Totals = {}
        self.words = plain_label(wrapped=True)
        self.words.setAccessibleName("Count and totals")
        self.clear_button = push_button("&Clear filters", "Show every row again", clear)
        self.clear_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.words, 1)
        row.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignTop)
        model.looking.connect(lambda: self.words.setText(list_words.looking(model.query)))
        model.totalled.connect(self._show_totals)

    def show_count(self, count: int) -> None:
        """So many rows were found; their totals come later."""
        self._count, self._totals = count, {}
        self._show()

    def forget_whole(self) -> None:
        """Records were added or deleted: how many there are without filters is counted again."""
        self._whole = None

    def _show_totals(self, totals: Totals) -> None:
        self._totals = totals
        self._show()

    def _show(self) -> None:
        query = self._model.query
        if query.filters and self._whole is None:
            whole, lists = ListQuery(query.kind, within=query.within), self._model.workspace.lists
            self._whole = soon(lists, COUNT, lambda: lists.count(whole))
        self.words.setText(
            list_words.footer(query, self._count, self._totals, of=self._whole, counting=self._model.counting)
        )
        self.clear_button.setVisible(bool(query.filters))
        self.setVisible(bool(self.words.text() or query.filters))
