"""RecordPane: a record's form, and beside it the lists of what belongs to it (an award's lines, a grant's instalments)."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Record, column_of, columns, plural, singular
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.records import RECORDS
from fundtracker.ui.views.page import give_focus
from fundtracker.ui.views.parts import PartsTabs
from fundtracker.ui.views.record_form import BUTTON_LETTERS, RecordForm
from fundtracker.ui.views.record_story import RecordStory

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage


@dataclass(frozen=True, slots=True)
class Child:
    """A list of what belongs to a record: its kind, and the path of references that leads back to the record."""

    kind: type[Record]
    path: str
    title: str


OWN_WORDS: dict[tuple[type[Record], str], str] = {
    (Cost, "reversal_of"): "Reversals",
    (PartnerForm, "replaces_id"): "Corrected forms",
}
"""What those are called that refer to a record of their own kind."""


@cache
def children_of(kind: type[Record]) -> tuple[Child, ...]:
    """Every kind that refers to this one, by its own name; one that does so by two columns has its column's name beside that."""
    found = [(each, c.name) for each in RECORDS for c in columns(each) if c.refers_to == kind.__name__]
    kinds = [each for each, _ in found]
    return tuple(
        Child(
            each,
            name,
            OWN_WORDS.get((each, name))
            or (
                plural(each)
                if kinds.count(each) == 1
                else f"{plural(each)} ({column_of(each, name).label.lower()})"
            ),
        )
        for each, name in found
    )


class RecordPane(PartsTabs):
    """Details, then the lists, then the history; each is made, or read, when it is first looked at."""

    opened = Signal(object, int)
    wants_new = Signal(object, dict)
    said = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        lists: "type[ListPage]",
        parent: QWidget | None = None,
        *,
        taken: frozenset[str] = frozenset(),
    ) -> None:
        """`taken` are Alt keys of the place's own buttons, beside those of every list."""
        super().__init__(f"The chosen {singular(kind).lower()}", "Parts of the record", parent)
        self.workspace = workspace
        self.kind = kind
        self.children_shown = children_of(kind)
        self._make_list = lists
        self.item: Record | None = None
        self._form = RecordForm(workspace, kind, taken=BUTTON_LETTERS | taken)
        self._form.saved.connect(self._saved)
        self._waiting: Record | None = None
        self.setMinimumWidth(320)
        self.addTab(self._form, "Details")
        for child in self.children_shown:
            self.addTab(QWidget(), child.title)
        self.story = RecordStory(workspace, kind, narrow=True)
        self.addTab(self.story, "History")
        self.currentChanged.connect(self._look)
        self.clear()

    @property
    def form(self) -> RecordForm:
        """The form, as it stands: a record that waits to be shown in it is."""
        self._show_what_waits()
        return self._form

    def show_record(self, item: Record) -> None:
        """Show a record, and the same tab of it.

        The first of all comes two turns later, unpainted until then: making two dozen fields in the turn that makes the list, or in
        the next, which lays it out, would hold the window too long.
        """
        self.item = self._waiting = item
        if self._form.made:
            self._show_what_waits()
        else:
            self.setUpdatesEnabled(False)
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._show_what_waits))
        self._forget_lists()
        self._look(self.currentIndex())

    def _show_what_waits(self) -> None:
        if self._waiting is not None:
            item, self._waiting = self._waiting, None
            self._form.show_record(item)
        self.setUpdatesEnabled(True)

    def show_new(self, values: dict[str, Any], *, resume: bool = False) -> None:
        """An empty form, with what is already known; to `resume` is to go on with the one left half-typed, where there is one."""
        self.item = self._waiting = None
        self._forget_lists()
        self.setCurrentWidget(self._form)
        if not (resume and self.form.resume()):
            self.form.show_new(values)

    def go_to(self, column: str) -> None:
        """To a field of the form, whichever part was looked at."""
        self.setCurrentWidget(self._form)
        self.form.go_to(column)

    @property
    def holds_focus(self) -> bool:
        """Whether somebody is at work in it."""
        focused: QWidget | None = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def clear(self) -> None:
        """No record is chosen."""
        self.item = self._waiting = None
        self._forget_lists()
        self.setCurrentIndex(0)
        self.form.clear()

    def heard(self, changed: Changed) -> None:
        """Something was committed."""
        self.form.heard(changed)
        if self.form.item is None and self.item is not None:
            self.clear()
        self.item = self.form.item  # as it now is
        for page in self.lists():
            page.heard(changed)
        if self.currentWidget() is self.story:
            self._look(self.currentIndex())

    def lists(self) -> "list[ListPage]":
        """The lists made so far."""
        return [cast("ListPage", page) for place in self._places() if self._made(page := self.widget(place))]

    def _places(self) -> range:
        return range(1, 1 + len(self.children_shown))

    def _made(self, page: QWidget | None) -> bool:
        return isinstance(page, self._make_list)

    def _saved(self, item: Record) -> None:
        if self.item is None or self.item.id != item.id:
            self._forget_lists()
        self.item = item
        self._enable()

    def _enable(self) -> None:
        for place in self._places():
            self.setTabEnabled(place, self.item is not None)
        self.setTabEnabled(self.indexOf(self.story), self.item is not None)

    def _forget_lists(self) -> None:
        for place in self._places():
            if self._made(page := self.widget(place)):
                if unkept := cast("ListPage", page).unkept():
                    self.said.emit(unkept)
                self._put(place, QWidget())
        self._enable()

    def _look(self, place: int) -> None:
        """Make the list of a tab that is looked at, or read the history."""
        if self.widget(place) is self.story and self.item is not None:
            self.story.tell(self.item.id)
            return
        if place not in self._places() or self.item is None or self._made(self.widget(place)):
            return
        child = self.children_shown[place - 1]
        page = self._make_list(self.workspace, child.kind, within=((child.path, self.item.id),), compact=True)
        page.opened.connect(self.opened)
        page.wants_new.connect(self.wants_new)
        page.said.connect(self.said)
        self._put(place, page)

    def _put(self, place: int, page: QWidget) -> None:
        title, current, old = self.tabText(place), self.currentIndex(), self.widget(place)
        focused = QApplication.focusWidget()
        inside = old is not None and focused is not None and (old is focused or old.isAncestorOf(focused))
        self.blockSignals(True)
        self.removeTab(place)
        self.insertTab(place, page, title)
        self.setCurrentIndex(current)
        self.blockSignals(False)
        if inside:
            give_focus(*page.findChildren(QWidget), self.tabBar())
        if old is not None:
            old.deleteLater()
