"""RecordPage: the one page of a record of any kind. What differs is said in a PageOf; a kind without one gets a plain page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fundtracker.application.record_facts import Facts, ReadMoney, StateWords, read_facts
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Record, described, singular
from fundtracker.domain.organisations import Office
from fundtracker.domain.problems import Refused
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.views.later_tabs import LaterTabs
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.record_page_parts import Head
from fundtracker.ui.words import SPACE, push_button

DETAILS = "Details"


@dataclass(frozen=True, slots=True)
class TabOf:
    """A part of a page: its title, and how it is made when it is first looked at.

    What is made may have `draw(facts)`, `heard(changed)`, `go_to(column)`, `finish()` and `unkept`; each is asked where it is there.
    `parts` are the titles of what it shows one at a time, by `show_part(title)`; its `shown_part` is the title looked at.
    """

    title: str
    make: "Callable[[RecordPage], QWidget]"
    help: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionOf:
    """A button of a page's head; `wanted` says of the facts whether it can be used."""

    words: str
    help: str
    act: "Callable[[RecordPage], None]"
    wanted: Callable[[Facts], bool] = lambda _: True


def usual_title(facts: Facts) -> str:
    name = described(facts.item)
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class PageOf:
    """What is a kind's own on its page; `hears` are the kinds of which a change makes it look again, beside its own."""

    kind: type[Record]
    tabs: tuple[TabOf, ...]
    money: ReadMoney | None = None
    state: StateWords | None = None
    title: Callable[[Facts], str] = usual_title
    actions: tuple[ActionOf, ...] = ()
    hears: frozenset[type[Record]] = field(default=frozenset())
    no_money: str = ""


class RecordPage(Page):
    """The way up and the neighbours, the head, then the tabs. Everything is read off the window's thread."""

    wants_new = Signal(object, dict)
    rows_wanted = Signal(object, tuple)  # a kind, and the path conditions of the rows behind a figure
    shown = Signal()  # its facts are read and drawn

    def __init__(
        self, workspace: Workspace, about: PageOf, record_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, parent)
        self.about = about
        self.kind = about.kind
        self.record_id = record_id
        self.kinds = about.hears | {about.kind, Office}  # whose date decides what is late, or spent so far
        self.facts: Facts | None = None
        self._reading = False
        self._again = False
        self._wanted_column = ""
        self._wanted_part = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        self.head = Head(self)
        self.head.asked.connect(self.go)
        self.buttons = [push_button(e.words, e.help, lambda e=e: e.act(self)) for e in about.actions]
        for button in self.buttons:
            self.head.add_action(button)
        layout.addWidget(self.head)
        self.tabs = LaterTabs(
            f"Parts of the {singular(self.kind).lower()}",
            "Parts of the record",
            lambda place: self._ask(place, "draw", self.facts),
        )
        for each in about.tabs:
            self.tabs.add_later(each.title, lambda each=each: each.make(self), each.help)
        self.tabs.currentChanged.connect(self._look)
        layout.addWidget(self.tabs, 1)
        self.refresh()

    # Reading and drawing

    def refresh(self) -> None:
        """Read the facts off the window's thread, then draw; while they are being read, once more after that."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        workspace, kind, record_id = self.workspace, self.kind, self.record_id
        money, state = self.about.money, self.about.state

        def work(_progress: Progress) -> Facts:
            return read_facts(workspace, kind, record_id, money, state)

        Question(self, work, self._take, self._failed).start()

    def _read_again(self) -> bool:
        """Whether something changed while the facts were read: then they are old, and read anew."""
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()
            return True
        return False

    def _take(self, facts: Facts) -> None:
        if self._read_again():
            return
        self.facts = facts
        self.head.show_facts(facts, self.about.title(facts), self.about.no_money)
        for action, button in zip(self.about.actions, self.buttons, strict=True):
            button.setEnabled(action.wanted(facts))
        self.tabs.setEnabled(True)
        self.tabs.outdate()
        self._look(self.tabs.currentIndex())
        self.shown.emit()

    def _failed(self, trouble: BaseException) -> None:
        again = self._read_again()
        if not isinstance(trouble, Refused):
            raise trouble
        if not again:
            self._gone(str(trouble))

    def _gone(self, words: str) -> None:
        self.facts = None
        self.head.state.setText(words)
        self.tabs.setEnabled(False)

    # Tabs

    def _look(self, place: int) -> None:
        """Make the tab that is looked at, and draw it where its facts are newer."""
        if self.facts is None or place < 0:
            return
        self.tabs.part(place)
        if self._wanted_part in self.about.tabs[place].parts:
            self._ask(place, "show_part", self._wanted_part)
            self._wanted_part = ""
        if self._wanted_column and self.about.tabs[place].title == DETAILS:
            self._ask(place, "go_to", self._wanted_column)
            self._wanted_column = ""

    @property
    def made(self) -> dict[int, Any]:
        """The tabs looked at so far, by their place."""
        return self.tabs.made

    def _ask(self, place: int, name: str, *given: Any) -> Any:
        """Ask a tab for what not every tab has."""
        answer = getattr(self.made.get(place), name, None)
        return answer(*given) if answer is not None else None

    def tab(self, title: str) -> Any:
        """The tab of this title, or the part of a tab, looked at; None where there is none."""
        tabs = self.about.tabs
        place = self.tabs.place_of(title)
        if place is not None:
            self._go_to_tab(place)
            return self.made.get(place)
        place = next((n for n, each in enumerate(tabs) if title in each.parts), None)
        if place is None:
            return None
        self._wanted_part = title
        self._go_to_tab(place)
        return self._ask(place, "show_part", title)

    def _go_to_tab(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        self._look(place)

    def go_to(self, column: str) -> None:
        """To a field of the record, once it is read."""
        self._wanted_column = column
        self.tab(DETAILS)

    # Going about

    def go(self, kind: type[Record], record_id: int) -> None:
        """To another record; a neighbour opens at the tab that is looked at here, under the same keys."""
        stack, place = self.parentWidget(), self.tabs.currentIndex()
        title, part = self.tabs.tabText(place), getattr(self.made.get(place), "shown_part", "")
        self.opened.emit(kind, record_id)
        there = stack.currentWidget() if isinstance(stack, QStackedWidget) else None
        if kind is self.kind and isinstance(there, RecordPage):
            there.tab(title)
            there.tab(part)
            there.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def begins_at(self) -> QWidget:
        return self.tabs.tabBar()

    # Changes

    def shows(self, changed: Changed) -> bool:
        if super().shows(changed):
            return True
        steps = self.facts.above if self.facts else ()
        return any(changed.concerns(each.kind, each.record_id) for each in steps)

    def heard(self, changed: Changed) -> None:
        removed = changed.concerns(self.kind, self.record_id) and not self.workspace.select(
            self.kind, id=self.record_id
        )
        if removed:
            self._gone(f"This {singular(self.kind).lower()} was removed. Ctrl+Z brings it back.")
            return
        super().heard(changed)
        for place in tuple(self.made):
            self._ask(place, "heard", changed)

    def finish(self) -> None:
        for place in tuple(self.made):
            self._ask(place, "finish")

    def unkept(self) -> str:
        grids = (getattr(tab, "unkept", "") for tab in self.made.values())
        return "\n".join(filter(None, (super().unkept(), *grids)))
