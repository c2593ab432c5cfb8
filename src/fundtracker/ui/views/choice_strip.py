"""ChoiceStrip: above each column of a table a box to choose what the column is."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fundtracker.ui.views.tables import Table
from fundtracker.ui.words import CLOSE, SPACE, choice_box, plain_tip


class ChoiceStrip(QWidget):
    """Its boxes keep to their columns, however these are drawn and scrolled. What is chosen for a column is no other's: the one that
    had it is left with nothing.
    """

    chosen = Signal(object)  # tuple[str, ...]: what stands for each column, from left to right

    def __init__(self, table: Table, name: str, choices: Mapping[str, str], first: int = 0) -> None:
        """`choices` are words by what they stand for; the first of them, "", for nothing. Columns before the column `first` have none."""
        super().__init__()
        self._table, self._choices, self._first = table, dict(choices), first
        self._held: tuple[str, ...] = ()
        self.boxes: list[QComboBox] = []
        self._within = QWidget(self)
        """As wide as the table's columns: what is scrolled out of it isn't drawn over the names of the rows."""
        self.setAccessibleName(name)
        table.viewport().installEventFilter(self)
        table.horizontalHeader().sectionResized.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def with_table(self) -> QWidget:
        """The table, and this right above it."""
        both = QWidget()
        layout = QVBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(CLOSE)
        layout.addWidget(self)
        layout.addWidget(self._table, 1)
        return both

    def show_choices(self, held: Sequence[str], names: Sequence[str]) -> None:
        """What stands for each column, and what its box is called."""
        self._held = tuple(held)
        if len(held) != len(self.boxes):
            self._make_boxes(len(held))
        for box, value, name in zip(self.boxes, held, names, strict=True):
            box.setCurrentIndex(box.findData(value))
            box.setAccessibleName(name)
            box.view().setAccessibleName(name)
            box.setToolTip(plain_tip(name))
        self._place()

    def open(self, column: int) -> None:
        """Ask what a column of the table is, where it has a choice."""
        place = column - self._first
        if 0 <= place < len(self.boxes):
            self.boxes[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.boxes[place].showPopup()

    def _make_boxes(self, count: int) -> None:
        while len(self.boxes) > count:
            gone = self.boxes.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.boxes) < count:
            self.boxes.append(self._make_box(len(self.boxes)))
        for before, after in pairwise((self._table, *self.boxes, self._table)):
            self.setTabOrder(
                before, after
            )  # from left to right, where the table was, which then comes after them
        if self.boxes:
            self.setFixedHeight(self.boxes[0].sizeHint().height())

    def _make_box(self, place: int) -> QComboBox:
        box = choice_box("")
        box.setParent(self._within)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, words in self._choices.items():
            box.addItem(words, value)
        box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 3 * SPACE)
        box.activated.connect(lambda _=0: self._choose(place))
        box.installEventFilter(self)
        box.show()
        return box

    def _choose(self, place: int) -> None:
        value = str(self.boxes[place].currentData())
        held = ["" if value and each == value else each for each in self._held]
        held[place] = value
        if tuple(held) == self._held:
            return
        self._held = tuple(held)
        for box, each in zip(self.boxes, held, strict=True):
            box.setCurrentIndex(box.findData(each))
        self.chosen.emit(self._held)

    def _place(self) -> None:
        across, room = self._table.horizontalHeader(), self._table.viewport().geometry()
        self._within.setGeometry(room.x(), 0, room.width(), self.height())
        for column, box in enumerate(self.boxes, self._first):
            left, width = across.sectionViewportPosition(column), across.sectionSize(column)
            box.setGeometry(left, 0, width - CLOSE, self.height())

    def _bring(self, column: int) -> None:
        """A column into sight; of one that has no room its left."""
        across, bar = self._table.horizontalHeader(), self._table.horizontalScrollBar()
        left = across.sectionViewportPosition(column)
        over = left + across.sectionSize(column) - self._table.viewport().width()
        bar.setValue(bar.value() + min(left, max(0, over)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A box that is reached comes into sight; the wheel doesn't change it. The boxes go with the room of the columns."""
        if watched is self._table.viewport():
            if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
                self._place()
        elif event.type() == QEvent.Type.FocusIn:
            self._bring(self._first + self.boxes.index(cast("QComboBox", watched)))
        elif event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The table scrolls, and the boxes with it."""
        self._table.wheelEvent(event)
