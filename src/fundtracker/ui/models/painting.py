"""Paints the cells of a record table straight from the model's texts, without Qt asking for a dozen roles a cell."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.editors.factory import Editor, editor_for
from fundtracker.ui.models.record_table import RecordTableModel

MARGIN = 6  # pixels between a cell's edge and its text
LEAVING_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class RecordDelegate(QStyledItemDelegate):
    """Paints texts, and edits in place with the same editors as the form."""

    def __init__(self, model: RecordTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        parts = cast("Any", option)
        palette: QPalette = parts.palette
        state: QStyle.StateFlag = parts.state
        area: QRect = parts.rect
        row, column = index.row(), index.column()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        active = bool(state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        if selected:
            painter.fillRect(area, palette.brush(group, QPalette.ColorRole.Highlight))
        elif row % 2:
            painter.fillRect(area, palette.brush(group, QPalette.ColorRole.AlternateBase))
        ink = palette.color(
            group, QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        )
        text = self.model.text(row, column)
        if text:
            painter.setPen(ink)
            inner = area.adjusted(MARGIN, 0, -MARGIN, 0)
            metrics = parts.fontMetrics
            if metrics.horizontalAdvance(text) > inner.width():
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(self.model.alignments[column]), text)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(ink)
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = editor_for(self.model.columns[index.column()], self.model.workspace, parent, compact=True)
        widget = cast("QWidget", editor)
        widget.setAutoFillBackground(True)
        return widget

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
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

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: ARG002 - Qt's signature
        """Write through an action, unless the key that leaves the cell already did."""
        self._write(editor, index)

    def _write(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> bool:
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
