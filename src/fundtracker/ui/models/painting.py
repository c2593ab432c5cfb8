"""The cells of a list of records: painted as every table's, edited in place with the editors of the form."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.editors.factory import Editor, editor_for
from fundtracker.ui.models.cells import CellDelegate, Index
from fundtracker.ui.models.record_table import RecordTableModel

LEAVING_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class RecordDelegate(CellDelegate):
    """Edits in place with the same editors as the form."""

    def __init__(self, model: RecordTableModel, table: QAbstractItemView) -> None:
        super().__init__(model, table)
        self.model = model

    def createEditor(  # pyright: ignore[reportIncompatibleMethodOverride] - Qt takes None: then nothing is edited
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,
    ) -> QWidget | None:
        """None for what is frozen, and for what a step writes: why is said instead."""
        if why := self._why_locked(index):
            self.model.refused.emit(Refused(why))
            return None
        editor = editor_for(self.model.columns[index.column()], self.model.workspace, parent, compact=True)
        widget = cast("QWidget", editor)
        widget.setAutoFillBackground(True)
        return widget

    def _why_locked(self, index: Index) -> str:
        from fundtracker.application.actions.records import why_locked

        item = self.model.record(index)
        frozen = why_locked(self.model.workspace, item) if item is not None else ""
        return frozen or self.model.columns[index.column()].why_locked

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: a refresh must not take away what is being typed."""
        if editor.property("filled"):
            return
        item = self.model.record(index)
        if item is not None:
            cast("Editor", editor).set_value(getattr(item, self.model.columns[index.column()].name))
            editor.setProperty("filled", True)
            editor.setProperty("place", QPersistentModelIndex(index))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab leave the editor only with a value that can be read; what is wrong is said, and stays to be mended."""
        if event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() in LEAVING_KEYS:
            place = cast("QPersistentModelIndex | None", editor.property("place"))
            if place is not None and not self._write(cast("QWidget", editor), place):
                return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """Write through an action, unless the key that leaves the cell already did."""
        self._write(editor, index)

    def _write(self, editor: QWidget, index: Index) -> bool:
        """Whether the value was kept; a refusal is told to whoever shows it, with what was typed in its words."""
        try:
            value = cast("Editor", editor).value()
            item = self.model.record(index)
            if item is not None and getattr(item, self.model.columns[index.column()].name) != value:
                self.model.setData(index, value)
        except (Unreadable, StorageTrouble) as trouble:
            self.model.refused.emit(Refused(str(trouble)))
            return False
        except Refused as refused:
            self.model.refused.emit(refused)
            return False
        return True
