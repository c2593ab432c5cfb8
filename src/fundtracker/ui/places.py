"""The places of the window: what the navigation list holds, in its order, and how each page is made."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.ui.views.page import Page
from fundtracker.ui.words import SPACE

HOME, HISTORY, OTHERS = "Home", "History", "All lists"
MAIN_KINDS: tuple[type[Record], ...] = (
    FundingRound,
    Bid,
    Award,
    Intervention,
    Grant,
    Cost,
    FunderReturn,
    Organisation,
)
SHORT_NAMES: dict[type[Record], str] = {FundingRound: "Rounds"}
OTHER_KINDS = tuple(sorted((kind for kind in RECORDS if kind not in MAIN_KINDS), key=plural))
PLACE_ROLE = Qt.ItemDataRole.UserRole


def place_of(kind: type[Record]) -> str:
    """The name of the place that lists a kind."""
    return SHORT_NAMES.get(kind, plural(kind))


KIND_OF = {place_of(kind): kind for kind in RECORDS}
MAIN_PLACES = (HOME, *(place_of(kind) for kind in MAIN_KINDS), HISTORY)


def make_page(place: str, workspace: Workspace) -> Page:
    """The page of a place, made when it is first visited."""
    if place == HOME:
        from fundtracker.ui.views.home import HomePage

        return HomePage(workspace)
    if place == HISTORY:
        from fundtracker.ui.views.history_page import HistoryPage

        return HistoryPage(workspace)
    from fundtracker.ui.views.list_page import ListPage

    return ListPage(workspace, KIND_OF[place])


def make_record_page(kind: type[Record], record_id: int, workspace: Workspace) -> Page | None:
    """The page of one record, for kinds that have one."""
    if kind is Award:
        from fundtracker.ui.views.award_page import AwardPage

        return AwardPage(workspace, record_id)
    if kind is FunderReturn:
        from fundtracker.ui.views.return_page import ReturnPage

        return ReturnPage(workspace, record_id)
    return None


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
        for place in (HOME, *(place_of(kind) for kind in MAIN_KINDS)):
            self._add(place, self.invisibleRootItem())
        self.others = QTreeWidgetItem(self.invisibleRootItem(), [OTHERS])
        self.others.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        for kind in OTHER_KINDS:
            self._add(place_of(kind), self.others)
        self._add(HISTORY, self.invisibleRootItem())
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(letter * 20)
        self.currentItemChanged.connect(self._changed)
        self.itemClicked.connect(self._clicked)
        self._name_others()
        self.itemExpanded.connect(self._name_others)
        self.itemCollapsed.connect(self._name_others)

    def _add(self, place: str, under: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(under, [place])
        item.setData(0, PLACE_ROLE, place)
        item.setToolTip(0, place)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + SPACE))
        self._items[place] = item

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
        item = self._items[place]
        self.blockSignals(True)
        parent: QTreeWidgetItem | None = item.parent()
        if parent is not None:
            parent.setExpanded(True)
            self._name_others()
        self.setCurrentItem(item)
        self.blockSignals(False)
