"""Navigation: the list at the left. The main places stand in it; "All lists" opens to every other kind of record."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from fundtracker.ui.words import SPACE

HOME, HISTORY, OTHERS = "Home", "History", "All lists"
MAIN_PLACES = (
    HOME,
    "Rounds",
    "Bids",
    "Awards",
    "Interventions",
    "Grants",
    "Costs",
    "Returns",
    "Organisations",
    HISTORY,
)
"""In the order of the list; the places of records by the names that `places` knows them by."""
PLACE_ROLE = Qt.ItemDataRole.UserRole


class Navigation(QTreeWidget):
    """The list at the left; "All lists" opens to every other kind of record."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Places")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self._items: dict[str, QTreeWidgetItem] = {}
        for place in MAIN_PLACES[:-1]:
            self._add(place, self.invisibleRootItem())
        self.others = QTreeWidgetItem(self.invisibleRootItem(), [OTHERS])
        self.others.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._add(HISTORY, self.invisibleRootItem())
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(letter * 20)
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(self._clicked)
        self._name_others()
        self.itemExpanded.connect(self._opened)
        self.itemCollapsed.connect(self._name_others)

    def _add(self, place: str, under: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(under, [place])
        item.setData(0, PLACE_ROLE, place)
        item.setToolTip(0, place)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + SPACE))
        self._items[place] = item

    def _opened(self) -> None:
        self._fill_others()
        self._name_others()

    def _fill_others(self) -> None:
        """The other kinds, when they are first asked for."""
        if not self.others.childCount():
            from fundtracker.ui.places import OTHER_PLACES

            for place in OTHER_PLACES:
                self._add(place, self.others)

    def _name_others(self) -> None:
        """The arrow in words of type: there are no branch arrows without decoration."""
        self.others.setText(0, f"{OTHERS} {'▾' if self.others.isExpanded() else '▸'}")

    def _changed(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, PLACE_ROLE) if item is not None else None
        if place:
            self.wanted.emit(place)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if item is self.others:
            item.setExpanded(not item.isExpanded())
        else:
            self._changed(item)

    def show_place(self, place: str) -> None:
        """Mark the place without asking for it."""
        if place not in self._items:
            self._fill_others()
        item = self._items[place]
        self.blockSignals(True)
        parent: QTreeWidgetItem | None = item.parent()
        if parent is not None:
            parent.setExpanded(True)
            self._name_others()
        self.setCurrentItem(item)
        self.blockSignals(False)
