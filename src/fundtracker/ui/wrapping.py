"""WrappingRow: controls beside each other that go on in a further row where the place is too narrow for all of them."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from fundtracker.ui.words import SPACE, needs_room


class WrappingRow(QLayout):
    """As wide as its widest control at the least. A row's controls stand in its middle, and all rows in the middle of the place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE)
        self._items: list[QLayoutItem] = []
        self._least = 0

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - Qt asks for one too many
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = list(self._rows(width))
        return sum(_height(row) for row in rows) + self.spacing() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """In one row."""
        shown = self._shown()
        wide = sum(each.sizeHint().width() for each in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, _height(shown))

    def minimumSize(self) -> QSize:
        """As high as it is in the width it was given last: around it that is not always asked for."""
        shown = self._shown()
        return QSize(
            max((each.sizeHint().width() for each in shown), default=0), max(_height(shown), self._least)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        least = self.heightForWidth(rect.width())
        if least != self._least:
            self._least = least
            self.update()
            needs_room(self.parentWidget())
        top = rect.y() + max(0, rect.height() - self.heightForWidth(rect.width())) // 2
        for row in self._rows(rect.width()):
            left, high = rect.x(), _height(row)
            for each in row:
                size = each.sizeHint()
                each.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += high + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [each for each in self._items if not each.isEmpty()]

    def _rows(self, width: int) -> Iterator[list[QLayoutItem]]:
        """As many in a row as there is room for."""
        row, taken = list[QLayoutItem](), 0
        for each in self._shown():
            wide = each.sizeHint().width()
            if row and taken + wide > width:
                yield row
                row, taken = [], 0
            row.append(each)
            taken += wide + self.spacing()
        if row:
            yield row


def _height(row: list[QLayoutItem]) -> int:
    return max((each.sizeHint().height() for each in row), default=0)
