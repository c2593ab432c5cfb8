"""The cells of a list of records: painted as every table's, edited in place with the editors of the form."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.editors.factory import Editor, editor_for
from fundtracker.ui.models.cells import CellDelegate, Index
from fundtracker.ui.models.record_table import RecordTableModel

LEAVING_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class RecordDelegate(CellDelegate):
    """Edits in place with the same editors as the form. While a cell is open the list waits for it; a value that can't be kept keeps it
    open.
    """

    settled = Signal()  # what could not be kept was mended or given up

    def __init__(self, model: RecordTableModel, table: QAbstractItemView) -> None:
        super().__init__(model, table)
        self.model = model
        self.editor: QWidget | None = None
        """Of the cell that is open."""
        self.wrong = False
        """Whether what is typed in it was refused."""

    def createEditor(  # pyright: ignore[reportIncompatibleMethodOverride] - Qt takes None: then nothing is edited
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,
    ) -> QWidget | None:
        """None for what is frozen, and for what a step writes: why is said instead. None beside a cell that is to be mended first."""
        if self.wrong:
            return None
        if why := self._why_locked(index):
            self.model.refused.emit(Refused(why))
            return None
        editor = editor_for(self.model.columns[index.column()], self.model.workspace, parent, compact=True)
        widget = cast("QWidget", editor)
        widget.setAutoFillBackground(True)
        self.editor = widget
        self.model.hold()
        return widget

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
            self.settle(wrong=False)
        super().destroyEditor(editor, index)
        self.model.let_go()

    def settle(self, *, wrong: bool) -> None:
        """Note whether what is typed can't be kept."""
        before, self.wrong = self.wrong, wrong
        if before and not wrong:
            self.settled.emit()

    @property
    def unkept(self) -> str:
        """What was typed in the open cell and is not in the file, in a sentence; empty where nothing is."""
        editor = self.editor
        if editor is None or not _differs(editor):
            return ""
        place = cast("QPersistentModelIndex", editor.property("place"))
        label = self.model.columns[place.column()].label
        return f"Typed in a cell and not kept: {label} “{cast('Editor', editor).typed()}”."

    @property
    def is_of_the_gone(self) -> bool:
        """Whether the record of the open cell was deleted meanwhile."""
        place = self.editor.property("place") if self.editor is not None else None
        return place is not None and self.model.record(place) is None

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
            editor.setProperty("began", cast("Editor", editor).typed())
            editor.setProperty("place", QPersistentModelIndex(index))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab leave the editor only with a value that can be read; what is wrong is said, and stays to be mended.

        Ctrl+Z and Ctrl+Y are the cell's own once something was typed in it: a key held down takes back no more than that.
        """
        if event.type() == QEvent.Type.ShortcutOverride and _takes_back(cast("QKeyEvent", event)):
            if _was_typed_into(cast("QWidget", editor)):
                event.accept()
                return True
            return super().eventFilter(editor, event)
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
        kept = not _differs(editor) or self._keep(editor, index)
        self.settle(wrong=not kept)
        return kept

    def _keep(self, editor: QWidget, index: Index) -> bool:
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


def _differs(editor: QWidget) -> bool:
    """Whether a cell holds other words than those it was opened with; one only looked into is left as it may have become meanwhile."""
    return cast("Editor", editor).typed() != editor.property("began")


def _was_typed_into(editor: QWidget) -> bool:
    """Also where all of it was taken back."""
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    taken_back = isinstance(line, QLineEdit) and line.isRedoAvailable()
    return taken_back or _differs(editor)


def _takes_back(keys: QKeyEvent) -> bool:
    return keys.matches(QKeySequence.StandardKey.Undo) or keys.matches(QKeySequence.StandardKey.Redo)
