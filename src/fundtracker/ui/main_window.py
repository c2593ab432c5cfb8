"""MainWindow: the navigation list at the left, the place in the middle, menus above, what was saved below."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.periods import long_date
from fundtracker.domain.problems import Problem
from fundtracker.ui.bridge import Bridge, wait_for_jobs
from fundtracker.ui.file_commands import FileCommands
from fundtracker.ui.menus import Menus
from fundtracker.ui.navigation import HOME, Navigation
from fundtracker.ui.page_stack import PageStack, Room
from fundtracker.ui.settings import default_folder
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.page import Page
from fundtracker.ui.words import SPACE, plain_label

if TYPE_CHECKING:
    from fundtracker.domain.columns import Record
    from fundtracker.domain.periods import Quarter
    from fundtracker.ui.dropping import Dropping

PLACES = 170
"""Pixels: how wide the list of places begins."""
SAID_FOR = 12_000  # milliseconds
Spot = tuple[Any, Any]
"""Where the user is: a place's name and 0 (or the path conditions that narrow its list), or a kind and a record's id."""


class MainWindow(QMainWindow):
    """One open file. It only shows and asks: whatever changes the file is an action of the application.

    Home is painted before the records are read (`painted` says when); the other places are imported when they are gone to.
    """

    painted = Signal()  # once
    new_asked = Signal()
    open_asked = Signal()
    demonstration_asked = Signal()
    named_asked = Signal(str)  # a file used before
    forget_asked = Signal()  # the files used before
    settings_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.bridge = Bridge(workspace, self)
        self.bridge.changed.connect(self._heard)
        self.pages: dict[Spot, Page] = {}
        self.spots: list[Spot] = []
        self.recent: tuple[str, ...] = ()
        self.export_folder = default_folder
        self._unpainted = True
        self._forsaken = ""
        self.setWindowTitle(f"{workspace.path.name} - fundtracker")
        self.setAccessibleName("fundtracker")
        self.banner = self._make_banner()
        self.navigation = Navigation()
        self.navigation.wanted.connect(self.go)
        self.stack = PageStack()
        self.room = Room(self.stack)
        splitter = self.splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.navigation)
        splitter.addWidget(self.room)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([PLACES, 1100])
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(splitter, 1)
        self.setCentralWidget(middle)
        self.saved = plain_label("Every change is saved as you make it")
        self.saved.setAccessibleName("Saved")
        self.statusBar().addPermanentWidget(self.saved)
        self.files = FileCommands(self)
        self.menus = Menus(self)
        self.undo_action, self.redo_action = self.menus.undo, self.menus.redo
        self._dropping: Dropping | None = None
        self.setAcceptDrops(True)
        self._show_office()
        self.go(HOME)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def event(self, event: QEvent) -> bool:
        """Menus tell the status tip of each command the mouse comes to. Ours have none, and Qt would put it over what the window just said."""
        return event.type() == QEvent.Type.StatusTip or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            QTimer.singleShot(0, self._tell_painted)

    def _tell_painted(self) -> None:
        """The icons come before any worker begins: beside one, which takes turns with it, they would take three times as long."""
        from fundtracker.ui.jump_keys import JumpKeys

        self.painted.emit()
        self.show_icons()
        JumpKeys(self)

    def show_icons(self) -> None:
        """In the list of places, in the menus, and the program's own."""
        from fundtracker.ui.icons import program_icon

        self.navigation.show_icons()
        self.menus.show_icons()
        QApplication.setWindowIcon(program_icon())

    def _make_banner(self) -> QLabel:
        banner = plain_label(wrapped=True)
        banner.setAccessibleName("Demonstration")
        banner.setAutoFillBackground(True)
        banner.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        banner.setForegroundRole(QPalette.ColorRole.ToolTipText)
        banner.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        return banner

    def _show_office(self) -> None:
        _, shown = self.workspace.office_named
        self.banner.setVisible(shown is not None)
        if shown is not None:
            self.banner.setText(f"Demonstration: today is {long_date(shown)}")

    def name_undo(self) -> None:
        self.menus.name_undo(self.workspace.undo_title, self.workspace.redo_title)

    # Going about

    def go(self, place: str) -> None:
        """To a place of the navigation list."""
        self._show((place, 0))

    def go_into(self, place: str) -> None:
        """To a place by its keys: the next key is meant for it, wherever the focus was; once more, and it is where work begins."""
        before = self.page
        self.go(place)
        if self.page is not None and (self.page is before or self.navigation.hasFocus()):
            self.page.take_focus(None)

    def open_record(self, kind: "type[Record]", record_id: int, column: str = "") -> None:
        """To a record: its own page where its kind has one, else its list, with the record chosen; there to a field of it."""
        if not self.workspace.select(kind, id=record_id):
            self.say("That record is no longer there: it was removed.")
            return
        page: Any = self._show((kind, record_id))
        if page is None:
            page = self._show((_place_of(kind), 0))
            page.choose(record_id, column)
        elif column and (to_field := getattr(page, "go_to", None)) is not None:
            to_field(column)

    def open_part(self, kind: "type[Record]", record_id: int, title: str) -> None:
        """To a part of a record's page, by its title."""
        self.open_record(kind, record_id)
        to_tab: Callable[[str], object] | None = getattr(self.page, "tab", None)
        if to_tab is not None:
            to_tab(title)

    def begin_record(self, kind: "type[Record]", values: dict[str, Any]) -> None:
        """To a kind's list, with an empty form that knows `values`."""
        page: Any = self._show((_place_of(kind), 0))
        page.begin(values)

    def mend(self, problem: Problem) -> None:
        """To the record and field that a problem names, or to an empty form for what is missing."""
        if problem.record_id is None or not problem.kind:
            return
        from fundtracker.domain.records import by_name

        page = self.page
        held = getattr(getattr(page, "view", None), "case", None)
        quarter: Quarter | None = held.claim.quarter if held is not None else None
        missing = {("Intervention", "progress"): ("Progress", "intervention_id"), ("Indicator", "reading"): ("Reading", "indicator_id")}  # fmt: skip
        new = missing.get((problem.kind, problem.column))
        if new is not None:
            self.begin_record(by_name(new[0]), {new[1]: problem.record_id, "quarter": quarter})
        else:
            self.open_record(by_name(problem.kind), problem.record_id, problem.column)

    @property
    def page(self) -> Page | None:
        """The place now shown."""
        found = self.stack.currentWidget()
        return found if isinstance(found, Page) else None

    def _show(self, spot: Spot) -> Page | None:
        """Show a spot's page, made on its first visit; None where a record has no page of its own."""
        page, going_about = self.pages.get(spot), self.navigation.hasFocus()
        if page is None:
            page = self._make(spot)  # which lets go of the record before: Qt gives the places its focus
        if page is None:
            return None
        last = page.focusWidget()  # before the stack gives the focus to whatever comes first
        self.stack.setCurrentWidget(page)
        if not going_about:  # there the arrows go on from place to place
            page.take_focus(last)
        self.navigation.show_place(spot[0] if isinstance(spot[0], str) else _shown_at(spot[0]))
        if not self.spots or self.spots[-1] != spot:
            self.spots.append(spot)
        self.menus.back.setEnabled(len(self.spots) > 1)
        return page

    def _make(self, spot: Spot) -> Page | None:
        where, record_id = spot
        if where == HOME:
            page: Page | None = HomePage(self.workspace)
        else:
            from fundtracker.ui.places import make_narrowed_page, make_page, make_record_page

            if not isinstance(where, str):
                page = make_record_page(where, record_id, self.workspace)
                self._forget(lambda each: each[0] is where)
            elif record_id:
                page = make_narrowed_page(where, record_id, self.workspace)
                self._forget(lambda each: isinstance(each[1], tuple))
            else:
                page = make_page(where, self.workspace)
            if page is None:
                return None
        page.opened.connect(self.open_record)
        page.said.connect(self.say)
        for name, answer in (
            ("wants_new", self.begin_record),
            ("mend", self.mend),
            ("import_asked", self.files.ask_import),
            ("demonstration_asked", self.demonstration_asked.emit),
            ("rows_wanted", self.show_rows),
            ("part_wanted", self.open_part),
            ("place_wanted", self.go),
            ("part_of_place_wanted", self.go_narrowed),
        ):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(answer)
        self.pages[spot] = page
        self.stack.addWidget(page)
        return page

    def _forget(self, which: Callable[[Spot], bool]) -> None:
        """One record's page of a kind at a time, and one narrowed list: a long day's visits don't pile up. What was typed there stays."""
        for spot in [each for each in self.pages if which(each) and not self.pages[each].unkept()]:
            page = self.pages.pop(spot)
            page.finish()
            self.stack.removeWidget(page)
            page.deleteLater()

    def show_rows(self, kind: "type[Record]", within: tuple[tuple[str, Any], ...]) -> None:
        """To the rows behind a figure: the list of a kind, narrowed by path conditions."""
        self.go_narrowed(_place_of(kind), within)

    def go_narrowed(self, place: str, within: tuple[tuple[str, Any], ...]) -> None:
        """To a place, narrowed to some of what it shows; the whole of it without conditions."""
        self._show((place, within or 0))

    def back(self) -> None:
        """To where the user came from."""
        if len(self.spots) < 2:
            return
        self.spots.pop()
        where, rest = self.spots.pop()
        if isinstance(where, str):
            self._show((where, rest))
        else:
            self.open_record(where, rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing else wanted, Ctrl+Tab in the list of places say, are the place's."""
        if self.page is not None and not self.page.isAncestorOf(self.focusWidget() or self.page):
            self.page.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def look_for(self) -> None:
        """Ctrl+F."""
        if self.page is not None:
            self.page.look_for()

    def filter(self) -> None:
        """To the filter row of the list that is shown."""
        if self.page is not None:
            self.page.filter()

    def refresh(self) -> None:
        if self.page is not None:
            self.page.refresh()

    def jump(self) -> None:
        """Ctrl+K."""
        from fundtracker.ui.palette import show_palette

        show_palette(self)

    # Changes

    def undo(self) -> None:
        self._reverse("undo", self.workspace.undo, ("Undoing", "Undone"))

    def redo(self) -> None:
        self._reverse("redo", self.workspace.redo, ("Doing again", "Done again"))

    def _reverse(self, kind: str, act: Callable[[], Any], words: tuple[str, str]) -> None:
        from fundtracker.ui.dialogs.saying import say_trouble
        from fundtracker.ui.dialogs.working import AT_ONCE, carry_out

        for page in self.pages.values():
            page.finish()

        doing, did = words
        title, many = self.workspace.reversible(kind, 2 * AT_ONCE) or ("", 0)
        carry_out(
            self,
            f"{doing}: {title}",
            many,
            act,
            lambda entry: self.say(f"{did}: {entry.title}"),
            lambda refused: say_trouble(self, "This can't be taken back", str(refused)),
            lambda: self.say("Stopped. Nothing was changed."),
        )

    def _heard(self, changed: Changed) -> None:
        """A commit, told in the window's own thread."""
        self.saved.setText(f"Saved {changed.entry.at.astimezone():%H:%M}")
        if any(kind.__name__ == "Office" for kind in changed.kinds):
            self._show_office()
        for page in tuple(self.pages.values()):
            page.heard(changed)
        self.name_undo()

    def say(self, text: str) -> None:
        """A line in the status bar."""
        self.statusBar().showMessage(text, SAID_FOR)

    def help(self, page: str = "") -> None:
        """F1: the page about what has the focus, or this one."""
        from fundtracker.ui.help import page_of, show_help

        focused = QApplication.focusWidget()
        here = focused if focused is not None and focused.window() is self else self.page
        show_help(self, page or page_of(here, self.spots[-1]))

    def about(self) -> None:
        from fundtracker.ui.dialogs.about import show_about

        show_about(self)

    # Dropping

    @property
    def dropping(self) -> "Dropping":
        if self._dropping is None:
            from fundtracker.ui.dropping import Dropping

            self._dropping = Dropping(self)
        return self._dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(self.dropping.drag(event.mimeData(), event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()
        self.dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is only read: whoever dragged it keeps it. A dialog would hold up where it was dragged from."""
        if self.dropping.held_up:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        files, place = self.dropping.files(event.mimeData()), event.position().toPoint()
        self.dropping.leave()
        QTimer.singleShot(0, self, lambda: self.dropping.drop(files, place))

    def closeEvent(self, event: QCloseEvent) -> None:
        """A half-typed field is left, and so kept; what can't be kept is asked about; jobs end; then the file is closed."""
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if not self.may_close():
            event.ignore()
            return
        wait_for_jobs()
        self.bridge.close()
        super().closeEvent(event)

    def may_close(self) -> bool:
        """Whether nothing typed would be lost, or the user says so (and is asked once)."""
        return self._may_lose("Something typed is not kept", "", "Close without it")

    def may_be_drawn_anew(self) -> bool:
        """The same, where another one takes its place for the new text size."""
        why = "The window is drawn anew for the new text size; what was typed and not kept would be lost."
        return self._may_lose("Text size", f"{why}\n\n", "Draw it anew")

    def _may_lose(self, title: str, why: str, yes: str) -> bool:
        unkept = "\n".join(filter(None, (page.unkept() for page in self.pages.values())))
        if unkept and unkept != self._forsaken:
            from fundtracker.ui.dialogs.saying import ask

            if not ask(self, title, f"{why}{unkept}", yes):
                return False
            self._forsaken = unkept
        return True

    def show_return(self, reference: str) -> None:
        """To a return by its reference."""
        from fundtracker.domain.returns import FunderReturn

        found = self.workspace.find(FunderReturn, reference)
        if found is not None:
            self.open_record(FunderReturn, found.id)


def _shown_at(kind: "type[Record]") -> str:
    from fundtracker.ui.places import shown_at

    return shown_at(kind)


def _place_of(kind: "type[Record]") -> str:
    from fundtracker.ui.places import place_of

    return place_of(kind)
