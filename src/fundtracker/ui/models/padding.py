"""Room between a cell's edge and its text, so that sums and the words after them stand apart."""

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

MARGIN = 5  # pixels
Index = QModelIndex | QPersistentModelIndex


class PaddedDelegate(QStyledItemDelegate):
    """Paints the background to the edges and the text within the margin."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        padded: Any = QStyleOptionViewItem(option)
        self.initStyleOption(padded, index)
        widget = cast("QWidget | None", padded.widget)
        style = widget.style() if widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, padded, painter, widget)
        padded.rect = padded.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, padded, painter, widget)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        narrower: Any = QStyleOptionViewItem(option)
        narrower.rect = narrower.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        return super().sizeHint(narrower, index) + QSize(2 * MARGIN, 4)
