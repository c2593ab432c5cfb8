"""The history as rows, newest first, read a few hundred at a time."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from fundtracker.application.actions.history import entries
from fundtracker.application.workspace import Workspace
from fundtracker.storage.journal import Entry
from fundtracker.ui.models.cells import LEFT, Index

NO_INDEX = QModelIndex()
AT_A_TIME = 200
HEADINGS = ("No.", "When", "Who", "What", "How")
WIDTHS = (7, 17, 24, 56, 12)
HOW = {
    "do": "Done",
    "undo": "Taken back",
    "redo": "Made again",
    "import": "Imported",
    "migration": "New version",
}


class HistoryTable(QAbstractTableModel):
    """Grows as it is scrolled."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.entries: list[Entry] = []
        self._whole = False

    def refresh(self) -> None:
        """The entries made since come above those at hand, which never change: whoever looks at one keeps it."""
        newest = entries(self.workspace, 1)
        since = newest[0].seq - (self.entries[0].seq if self.entries else 0) if newest else 0
        if not self.entries or since > AT_A_TIME:
            self.beginResetModel()
            self.entries = list(entries(self.workspace, AT_A_TIME))
            self._whole = len(self.entries) < AT_A_TIME
            self.endResetModel()
        elif since:
            self.beginInsertRows(NO_INDEX, 0, since - 1)
            self.entries[:0] = entries(self.workspace, since)
            self.endInsertRows()

    def older(self, seq: int) -> tuple[Entry, ...]:
        """What is still to be read down to an entry, for a worker to ask; `take_older` shows it."""
        last = self.entries[-1].seq if self.entries else 0
        return entries(self.workspace, last - seq, len(self.entries)) if 0 < seq < last else ()

    def take_older(self, found: tuple[Entry, ...]) -> None:
        if found and self.entries and found[0].seq == self.entries[-1].seq - 1:
            self.beginInsertRows(NO_INDEX, len(self.entries), len(self.entries) + len(found) - 1)
            self.entries.extend(found)
            self.endInsertRows()

    def row_of(self, seq: int) -> int | None:
        """Where an entry stands: they are numbered without a gap."""
        row = self.entries[0].seq - seq if self.entries else -1
        return row if 0 <= row < len(self.entries) else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002 - Qt's signature
        more = entries(self.workspace, AT_A_TIME, len(self.entries))
        self._whole = len(more) < AT_A_TIME
        if more:
            self.beginInsertRows(QModelIndex(), len(self.entries), len(self.entries) + len(more) - 1)
            self.entries.extend(more)
            self.endInsertRows()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def cell(self, row: int, column: int) -> tuple[str, int, None]:
        """For the delegate."""
        return _cells(self.entries[row])[column], LEFT, None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return None
        return _cells(self.entries[index.row()])[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(HEADINGS):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag(LEFT)
        return None


def _cells(entry: Entry) -> tuple[str, ...]:
    when = entry.at.astimezone()
    return (
        f"{entry.seq:,}",
        f"{when:%d/%m/%Y %H:%M}",
        entry.actor,
        entry.title,
        HOW.get(entry.kind, entry.kind),
    )
