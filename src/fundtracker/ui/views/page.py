"""Page: what every place of the window has in common."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from fundtracker.application.workspace import Changed, Workspace

if TYPE_CHECKING:
    from fundtracker.domain.columns import Record
    from fundtracker.ui.views.list_page import ListPage


class Page(QWidget):
    """A place. It hears what was changed, and draws itself anew where it shows that kind; out of sight, when it is next seen."""

    opened = Signal(object, int)  # kind and id of the record the user wants to see
    said = Signal(str)  # a line for the status bar

    kinds: "frozenset[type[Record]]" = frozenset()
    """What it shows: a change of any of these makes it look again."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._stale = False

    def hasHeightForWidth(self) -> bool:
        """Asked for its height at a width, it would tell the one it likes best; the least is enough, and its tables have the rest."""
        return False

    def refresh(self) -> None:
        """Ask and draw again."""

    def shows(self, changed: Changed) -> bool:
        """Whether a change touches what it shows."""
        return bool(changed.kinds & self.kinds)

    def heard(self, changed: Changed) -> None:
        """Something was committed."""
        if not self.shows(changed):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def unkept(self) -> str:
        """What was typed here and is not in the file; empty where nothing is."""
        from fundtracker.ui.views.list_table import ListTable
        from fundtracker.ui.views.record_form import RecordForm

        forms = [form.unkept for form in self.findChildren(RecordForm)]
        cells = [table.cells.unkept for table in self.findChildren(ListTable)]
        return "\n".join(filter(None, (*forms, *cells)))

    def finish(self) -> None:
        """Write what was typed here and still waits to be written."""

    def look_for(self) -> None:
        """To the search of the list in sight (Ctrl+F)."""
        found = self.list_in_sight
        if found is None:
            self.said.emit("There is no list to search here: Ctrl+K looks for any record.")
        else:
            found.look_for()

    def add_new(self) -> None:
        """A new record in the list in sight (Ctrl+N)."""
        found = self.list_in_sight
        if found is None:
            self.said.emit("There is no list to add to here: go to a list first.")
        else:
            found.add_new()

    def show_print(self) -> None:
        """The list in sight on its pages (Ctrl+P)."""
        found = self.list_in_sight
        if found is None:
            self.said.emit("There is no list to print here: go to a list first.")
        else:
            found.show_print()

    @property
    def list_in_sight(self) -> "ListPage | None":
        """The list that was worked in last, else the first that is looked at: the place itself, or one of its tab or part."""
        from fundtracker.ui.views.list_page import ListPage

        above = self.focusWidget()
        while above is not None and above is not self:
            if isinstance(above, ListPage) and above.isVisibleTo(above.window()):
                return above
            above = above.parentWidget()
        lists = (each for each in (self, *self.findChildren(ListPage)) if isinstance(each, ListPage))
        return next((each for each in lists if each.isVisibleTo(each.window())), None)

    def filter(self, section: int | None = None) -> None:
        """To the filters of the list in sight, under the heading of a column where it is told."""
        found = self.list_in_sight
        if found is None:
            self.said.emit("There is nothing to filter here: go to a list first.")
        else:
            found.filter(section)

    def begins_at(self) -> QWidget | None:
        """The control where work on this place begins: it has the focus on a first visit."""
        return None

    def take_focus(self, last: QWidget | None) -> None:
        """The keyboard to where it `last` was here, else to where work begins, else to the first control in sight."""
        if not give_focus(last, self.begins_at()):
            give_focus(*self.findChildren(QWidget))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing on the place wanted. Ctrl+Tab goes to the next tab (with Shift to the last one) wherever the focus is."""
        if event.matches(QKeySequence.StandardKey.New):
            self.add_new()
            return
        if event.matches(QKeySequence.StandardKey.Print):
            self.show_print()
            return
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
        tabs: QTabWidget | None = getattr(self, "tabs", None)
        if step is None or tabs is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        places = [place for place in range(tabs.count()) if tabs.isTabEnabled(place)]
        now = places.index(tabs.currentIndex())
        tabs.setCurrentIndex(places[(now + step) % len(places)])
        tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()


def give_focus(*widgets: QWidget | None) -> bool:
    """The keyboard to the first of these that is in sight and takes it, if one does: it is never left on what nobody sees."""
    for each in widgets:
        if (
            each is not None
            and each.isVisibleTo(each.window())
            and each.window().windowType() != Qt.WindowType.Popup  # the list of a choice that is not open
            and each.isEnabled()
            and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            each.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
    return False
