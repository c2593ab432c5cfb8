"""History: who did what, when and why, newest first, with the changes of the chosen entry in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.history import in_words
from fundtracker.application.workspace import Workspace
from fundtracker.domain.records import RECORDS
from fundtracker.storage.journal import Entry
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.history_table import WIDTHS, HistoryTable
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.tables import Table
from fundtracker.ui.words import SPACE, TO_READ, heading, plain_label


class HistoryPage(Page):
    """Nothing here can be changed: the history is sealed."""

    kinds = frozenset(RECORDS)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(heading("History"))
        layout.addWidget(
            plain_label(
                "Every change ever made to this file, newest first. It can't be edited.", wrapped=True
            )
        )
        layout.addLayout(self._make_finder())
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
        self.details.setAccessibleDescription(TO_READ)
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        layout.addWidget(splitter, 1)
        self.refresh()

    def _make_finder(self) -> QHBoxLayout:
        label = QLabel("&Find an entry")
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.wanted = QLineEdit()
        self.wanted.setPlaceholderText("its number, or a printed fingerprint; then Enter")
        self.wanted.setAccessibleName("Number or printed fingerprint of an entry")
        self.wanted.setClearButtonEnabled(True)
        self.wanted.returnPressed.connect(self.find_entry)
        label.setBuddy(self.wanted)
        self.found = plain_label(wrapped=True)
        self.found.setAccessibleName("What was found")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label)
        row.addWidget(self.wanted, 1)
        row.addWidget(self.found, 1)
        return row

    def begins_at(self) -> QWidget:
        return self.table

    def look_for(self) -> None:
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.selectAll()

    def find_entry(self) -> None:
        """To the entry of a number; of a fingerprint ("1204:9f3a..."), whether the entry bears its seal too."""
        number, _, seal = (part.strip() for part in self.wanted.text().replace(",", "").partition(":"))
        if not number.isdecimal():
            self.found.setText(
                "⚠ Type the number of an entry, such as 12, or a fingerprint, such as 12:9f3a..."
            )
            return
        seq, model = int(number), self.model

        def work(_progress: Progress) -> tuple[Entry, ...]:
            return model.older(seq)

        def take(older: tuple[Entry, ...]) -> None:
            model.take_older(older)
            row = model.row_of(seq)
            if row is None:
                self.found.setText(f"⚠ This file has no entry {seq:,}.")
                return
            self.table.selectRow(row)
            self.table.scrollTo(model.index(row, 0))
            self.found.setText(_compared(model.entries[row], seal.casefold().rstrip(".…")))

        Question(self, work, take).start()

    def refresh(self) -> None:
        """What was done meanwhile comes in above; the entry that is looked at stays chosen."""
        before, bar = len(self.model.entries), self.table.verticalScrollBar()
        was_at = bar.value()
        self.model.refresh()
        if was_at:
            bar.setValue(was_at + len(self.model.entries) - before)
        if self.model.entries and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _show_details(self) -> None:
        """A worker puts the changes in words: one entry may have brought a hundred thousand records."""
        self._asked += 1
        index = self.table.currentIndex()
        if not index.isValid():
            self.details.clear()
            return
        asked, entry, workspace = self._asked, self.model.entries[index.row()], self.workspace
        about = [entry.title, *([f"Reason: {entry.reason}"] if entry.reason else []), ""]

        def work(_progress: Progress) -> tuple[str, ...]:
            return in_words(workspace, entry)

        def take(lines: tuple[str, ...]) -> None:
            if asked == self._asked:
                self.details.setPlainText("\n".join([*about, *lines, "", f"Seal {entry.seal}"]))

        Question(self, work, take).start()


def _compared(entry: Entry, seal: str) -> str:
    """Whether an entry bears the seal that a fingerprint names, or the beginning of one."""
    if not seal:
        return f"Entry {entry.seq:,}."
    if entry.seal.startswith(seal):
        return f"✓ Entry {entry.seq:,} bears this fingerprint's seal: the return was made from the history up to here."
    return f"⚠ Entry {entry.seq:,} bears another seal: the paper was not made from this file as it stands."
