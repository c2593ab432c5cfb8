"""Navigation: the list at the left. The main places stand in it; "All lists" opens to every other kind of record."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from fundtracker.ui.words import SPACE

HOME, HISTORY, OTHERS = "Home", "History", "All lists"
FORMS, MISSING, TWICE = "Partner forms", "Missing evidence", "Double funding"
LEDGER = "Finance ledger"
MAIN_PLACES = (
    HOME,
    "Rounds",
    "Bids",
    "Awards",
    "Interventions",
    "Grants",
    "Costs",
    FORMS,
    LEDGER,
    "Returns",
    "Organisations",
    "Documents",
    HISTORY,
)
"""In the order of the list; the places of records by the names that `places` knows them by."""
PLACE_ROLE = Qt.ItemDataRole.UserRole
ICONS = {
    HOME: "home",
    "Rounds": "round",
    "Bids": "bid",
    "Awards": "award",
    "Interventions": "intervention",
    "Grants": "grant",
    "Costs": "cost",
    FORMS: "form",
    LEDGER: "ledger",
    "Returns": "return",
    "Organisations": "organisation",
    "Documents": "file",
    OTHERS: "lists",
    HISTORY: "history",
}


class Navigation(QTreeWidget):
    """The list at the left; "All lists" opens to every other kind of record."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Places")
        self.setAccessibleDescription("Up and Down go from place to place")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        letters = self.fontMetrics()
        self._row = QSize(0, letters.height() + SPACE + SPACE // 2)
        self.setIconSize(QSize(letters.height() + SPACE, letters.height()))
        self.setIndentation(
            self.iconSize().width() + SPACE
        )  # other kinds stand below the word, not below its icon
        self._room = self._make_room()
        self._items: dict[str, QTreeWidgetItem] = {}
        for place in MAIN_PLACES[:-1]:
            self._add(place, self.invisibleRootItem())
        self.others = QTreeWidgetItem(self.invisibleRootItem(), [OTHERS])
        self.others.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._lay_out(self.others)
        self._add(HISTORY, self.invisibleRootItem())
        self.setMinimumWidth(letters.averageCharWidth() * 20)
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(self._clicked)
        self._name_others()
        self.itemExpanded.connect(self._opened)
        self.itemCollapsed.connect(self._name_others)

    def sizeHint(self) -> QSize:
        """As wide as the names of most places need."""
        return QSize(self.fontMetrics().averageCharWidth() * 24, super().sizeHint().height())

    def _make_room(self) -> QPixmap:
        """An empty picture: the names stand where they will, before their icons come (QIcon's 151 names are a cost of its own)."""
        picture = QPixmap(self.iconSize())
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    def _lay_out(self, item: QTreeWidgetItem) -> None:
        item.setSizeHint(0, self._row)
        item.setData(0, Qt.ItemDataRole.DecorationRole, self._room)

    def show_icons(self) -> None:
        """Once the window is painted."""
        from fundtracker.ui.icons import icon

        for place, name in ICONS.items():
            item = self._items.get(place, self.others)
            item.setIcon(0, icon(name, QPalette.ColorRole.Text))

    def _add(self, place: str, under: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(under, [place])
        item.setData(0, PLACE_ROLE, place)
        item.setToolTip(0, place)
        if under is self.invisibleRootItem():
            self._lay_out(item)
        else:
            item.setSizeHint(0, self._row)
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
        """Mark the place without asking for it. One out of sight is scrolled to from the top, so that Home stays where there is room."""
        if place not in self._items:
            self._fill_others()
        item = self._items[place]
        self.blockSignals(True)
        parent: QTreeWidgetItem | None = item.parent()
        if parent is not None:
            parent.setExpanded(True)
            self._name_others()
        in_sight = self.contentsRect().contains(self.visualItemRect(item))
        self.setCurrentItem(item)
        if not in_sight:
            self.scrollToTop()
            self.scrollToItem(item)
        self.blockSignals(False)
