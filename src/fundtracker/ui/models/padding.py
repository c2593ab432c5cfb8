"""Room between a cell's edge and its text, so that sums and the words after them stand apart."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

ROOM = "\u2005"
"""A quarter of an em, beside what the style leaves."""


class PaddedDelegate(QStyledItemDelegate):
    """The text is shown between two narrow blanks; what is copied or edited is the text itself."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        padded: Any = option
        if padded.text:
            padded.text = f"{ROOM}{padded.text}{ROOM}"
