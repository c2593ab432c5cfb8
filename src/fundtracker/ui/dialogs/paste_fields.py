"""FieldStrip: above each column of a pasted block the field it goes to, which can be changed."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from fundtracker.application.actions.pasting import Fields
from fundtracker.domain.columns import columns
from fundtracker.ui.models.paste_table import PasteTable
from fundtracker.ui.views.tables import Table

LEFT_OUT = "Left out"


class FieldStrip(QWidget):
    """A row of choices that stands over the table's columns and scrolls with them."""

    chosen = Signal(object)  # Fields

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._fields: Fields = ()
        self.boxes: list[QComboBox] = []
        self._within = QWidget(self)
        """As wide as the table's columns: what is scrolled out of it isn't drawn over the numbers of the rows."""
        self.setAccessibleName("Where each column goes")
        across = table.horizontalHeader()
        across.sectionResized.connect(self._place)
        across.geometriesChanged.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(self._place)

    def show_fields(self, model: PasteTable) -> None:
        """The fields of the block as it now reads."""
        described = columns(model.pasted.kind)
        while len(self.boxes) < len(model.columns):
            self._add([(each.label, each.name) for each in described])
        for place, box in enumerate(self.boxes):
            box.setVisible(place < len(model.columns))
            if place < len(model.columns):
                box.blockSignals(True)
                box.setCurrentIndex(box.findData(model.pasted.fields[place] or ""))
                box.blockSignals(False)
                name = f"Field of column {place + 1}, {model.heading(place + 1)}"
                box.setAccessibleName(name)
                box.setToolTip(f"The field that column {place + 1} goes to")
        self._fields = model.pasted.fields
        self._place()

    def _add(self, choices: list[tuple[str, str]]) -> None:
        place = len(self.boxes)
        box = QComboBox(self._within)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.addItem(LEFT_OUT, "")
        for label, name in choices:
            box.addItem(label, name)
        box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)
        box.view().setAccessibleName("Fields")
        box.activated.connect(lambda _=0: self._choose(place))
        box.installEventFilter(self)
        self.boxes.append(box)
        self.setFixedHeight(box.sizeHint().height())

    def _choose(self, place: int) -> None:
        """A field is filled from one column: another that went there is left out."""
        name = str(self.boxes[place].currentData()) or None
        fields = tuple(
            name if n == place else None if each == name else each for n, each in enumerate(self._fields)
        )
        if fields != self._fields:
            self.chosen.emit(fields)

    def _place(self) -> None:
        across = self._table.horizontalHeader()
        beside = self._table.viewport().x()  # the numbers of the rows, and the frame
        self._within.setGeometry(beside, 0, self._table.viewport().width(), self.height())
        for place, box in enumerate(self.boxes):
            left = across.sectionViewportPosition(place + 1)
            box.setGeometry(left, 0, max(40, across.sectionSize(place + 1) - 2), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A choice that is reached comes into sight; the wheel doesn't change it."""
        if event.type() == QEvent.Type.FocusIn and self._table.model().rowCount():
            place = self.boxes.index(cast("QComboBox", watched))
            top = self._table.rowAt(0)
            self._table.scrollTo(self._table.model().index(max(0, top), place + 1))
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
