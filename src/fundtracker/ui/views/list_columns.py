"""ColumnsDialog: which columns a list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.words import SPACE, plain_label, push_button

MOST = 14
"""Rows in sight before the list scrolls."""
ROOM = 10
"""Pixels above and below the words of a row together."""
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ColumnsDialog(QDialog):
    """A list of the columns with check marks: Space shows or hides one, Alt+Up and Alt+Down move it."""

    help_page = "lists"

    def __init__(
        self,
        title: str,
        labels: Sequence[str],
        order: Sequence[int],
        hidden: frozenset[int],
        parent: QWidget,
        *,
        usual: Sequence[int] = (),
    ) -> None:
        """`order` holds numbers of `labels`; with Standard they stand as in `usual` (else as the labels do), none hidden."""
        super().__init__(parent)
        self._labels = tuple(labels)
        self._standard = [number for number in usual or sorted(order) if number in order]
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        how = plain_label(
            "&Columns shown, from left to right (Space shows or hides one; Alt+Up and Alt+Down move it):",
            wrapped=True,
        )
        layout.addWidget(how)
        self.columns = QListWidget()
        self.columns.setAccessibleName("Columns")
        self.columns.setAccessibleDescription("Space shows or hides a column, Alt+Up and Alt+Down move it")
        how.setBuddy(self.columns)
        row = QHBoxLayout()
        row.addWidget(self.columns, 1)
        row.addLayout(self._buttons())
        layout.addLayout(row, 1)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout.addWidget(self.message)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout.addWidget(box)
        self._fill(order, hidden)
        self._fit()
        self.columns.setFocus()

    def _buttons(self) -> QVBoxLayout:
        beside = QVBoxLayout()
        moves = (("Move &up", "Alt+Up", -1), ("Move &down", "Alt+Down", 1))
        for words, keys, step in moves:
            beside.addWidget(
                push_button(words, f"{words.replace('&', '')} ({keys})", lambda step=step: self.move_by(step))
            )
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.move_by(step))
        beside.addWidget(push_button("Show &all", "Show every column", self._show_all))
        beside.addWidget(push_button("&Standard", "All columns, in their usual order", self._reset))
        beside.addStretch(1)
        return beside

    def _fit(self) -> None:
        """High enough for whole rows, and wide enough for the longest name."""
        listed, rows = self.columns, min(self.columns.count(), MOST)
        width = listed.sizeHintForColumn(0) + listed.verticalScrollBar().sizeHint().width() + 4 * SPACE
        listed.setMinimumSize(max(300, width), rows * self._row_height() + 2 * listed.frameWidth())
        layout = self.layout()
        if layout is not None:  # a text that wraps takes more than a dialog's own size allows for
            wide = layout.totalSizeHint().width()
            self.resize(wide, max(layout.totalHeightForWidth(wide), layout.totalSizeHint().height()))

    def _row_height(self) -> int:
        """As the rows of a list's table are."""
        return self.fontMetrics().height() + ROOM

    def _fill(self, order: Sequence[int], hidden: frozenset[int]) -> None:
        self.columns.clear()
        for number in order:
            item = QListWidgetItem(self._labels[number], self.columns)
            item.setSizeHint(QSize(0, self._row_height()))
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(UNCHECKED if number in hidden else CHECKED)
        self.columns.setCurrentRow(0)

    def move_by(self, step: int) -> None:
        """Move the chosen column by one place."""
        place = self.columns.currentRow()
        if 0 <= place < self.columns.count() and 0 <= place + step < self.columns.count():
            item = self.columns.takeItem(place)
            self.columns.insertItem(place + step, item)
            self.columns.setCurrentRow(place + step)

    def _show_all(self) -> None:
        for item in self._items():
            item.setCheckState(CHECKED)

    def _reset(self) -> None:
        self._fill(self._standard, frozenset())

    def _items(self) -> list[QListWidgetItem]:
        return [self.columns.item(place) for place in range(self.columns.count())]

    def accept(self) -> None:
        """A list needs a column to show."""
        if len(self.hidden()) == self.columns.count():
            self.message.setText("⚠ No column would be left: tick at least one.")
            self.message.show()
            return
        super().accept()

    def order(self) -> list[int]:
        return [item.data(Qt.ItemDataRole.UserRole) for item in self._items()]

    def hidden(self) -> frozenset[int]:
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole) for item in self._items() if item.checkState() is UNCHECKED
        )
