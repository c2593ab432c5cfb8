"""MainWindow: the navigation list at the left, the place in the middle, menus above, what was saved below."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.periods import long_date
from fundtracker.domain.problems import Problem, Refused
from fundtracker.ui.bridge import Bridge, wait_for_jobs
from fundtracker.ui.navigation import HOME, MAIN_PLACES, Navigation
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.page import Page
from fundtracker.ui.words import SPACE, plain_label

if TYPE_CHECKING:
    from fundtracker.domain.columns import Record
    from fundtracker.domain.periods import Quarter

SAID_FOR = 12_000  # milliseconds
Spot = tuple[Any, int]
"""Where the user is: a place's name and 0, or a kind and a record's id."""


class MainWindow(QMainWindow):
    """One open file. It only shows and asks: whatever changes the file is an action of the application.

    Home is painted before the records are read (`painted` says when); the other places are imported when they are gone to.
    """

    painted = Signal()  # once
    new_asked = Signal()
    open_asked = Signal()
    demonstration_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.bridge = Bridge(workspace, self)
        self.bridge.changed.connect(self._heard)
        self.pages: dict[Spot, Page] = {}
        self.spots: list[Spot] = []
        self._unpainted = True
        self._forsaken = ""
        self.setWindowTitle(f"{workspace.path.name} - fundtracker")
        self.setAccessibleName("fundtracker")
        self.banner = self._make_banner()
        self.navigation = Navigation()
        self.navigation.wanted.connect(self.go)
        self.stack = QStackedWidget()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.navigation)
        splitter.addWidget(self.stack)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([170, 1100])
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
        self._make_menus()
        self._show_office()
        self.go(HOME)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            QTimer.singleShot(0, self.painted.emit)

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

    # Menus

    def _make_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu("&File")
        self._action(file, "&New programme...", self.new_asked.emit)
        self._action(file, "&Open...", self.open_asked.emit, QKeySequence.StandardKey.Open)
        self._action(file, "Open the &demonstration...", self.demonstration_asked.emit)
        file.addSeparator()
        self._action(file, "E&xit", self.close, QKeySequence.StandardKey.Quit)
        edit = bar.addMenu("&Edit")
        self.undo_action = self._action(edit, "&Undo", self.undo, QKeySequence.StandardKey.Undo)
        self.redo_action = self._action(edit, "&Redo", self.redo, QKeySequence.StandardKey.Redo)
        edit.addSeparator()
        self._action(edit, "&Find in this list", self.look_for, QKeySequence.StandardKey.Find)
        edit.aboutToShow.connect(self.name_undo)
        go = bar.addMenu("&Go")
        for number, place in enumerate(MAIN_PLACES):
            words = f"&{number} {place}" if number < 10 else place
            keys = f"Ctrl+{number}" if number < 10 else None
            self._action(go, words, lambda place=place: self.go(place), keys)
        go.addSeparator()
        self.back_action = self._action(go, "&Back", self.back, "Alt+Left")
        self._action(go, "&Refresh", self.refresh, QKeySequence.StandardKey.Refresh)
        about = bar.addMenu("&Help")
        self._action(about, "&About fundtracker", self.about)

    def _action(self, menu: Any, words: str, act: Callable[[], Any], keys: Any = None) -> QAction:
        action = QAction(words, self)
        if keys is not None:
            action.setShortcut(keys)
        action.triggered.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
        menu.addAction(action)
        return action

    def name_undo(self) -> None:
        """ "Undo Change net of C-00012": the change it would take back."""
        undo, redo = self.workspace.undo_title, self.workspace.redo_title
        self.undo_action.setText(f"&Undo {_shortened(undo)}" if undo else "&Undo")
        self.redo_action.setText(f"&Redo {_shortened(redo)}" if redo else "&Redo")
        self.undo_action.setEnabled(bool(undo))
        self.redo_action.setEnabled(bool(redo))

    # Going about

    def go(self, place: str) -> None:
        """To a place of the navigation list."""
        self._show((place, 0))

    def open_record(self, kind: "type[Record]", record_id: int, column: str = "") -> None:
        """To a record: its own page where its kind has one, else its list, with the record chosen."""
        if not self.workspace.select(kind, id=record_id):
            self.say("That record is no longer there: it was removed.")
            return
        if self._show((kind, record_id)) is None:
            page: Any = self._show((_place_of(kind), 0))
            page.choose(record_id, column)

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
        page = self.pages.get(spot)
        if page is None:
            page = self._make(spot)
        if page is None:
            return None
        self.stack.setCurrentWidget(page)
        self.navigation.show_place(spot[0] if isinstance(spot[0], str) else _place_of(spot[0]))
        if not self.spots or self.spots[-1] != spot:
            self.spots.append(spot)
        self.back_action.setEnabled(len(self.spots) > 1)
        return page

    def _make(self, spot: Spot) -> Page | None:
        where, record_id = spot
        if where == HOME:
            page: Page | None = HomePage(self.workspace)
        else:
            from fundtracker.ui.places import make_page, make_record_page

            named = isinstance(where, str)
            page = (
                make_page(where, self.workspace)
                if named
                else make_record_page(where, record_id, self.workspace)
            )
            if page is None:
                return None
            if not named:
                self._forget_pages_of(where)
        page.opened.connect(self.open_record)
        page.said.connect(self.say)
        for name, answer in (("wants_new", self.begin_record), ("mend", self.mend)):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(answer)
        self.pages[spot] = page
        self.stack.addWidget(page)
        return page

    def _forget_pages_of(self, kind: "type[Record]") -> None:
        """One record's page of a kind at a time: a long day's visits don't pile up."""
        for spot in [each for each in self.pages if each[0] is kind]:
            page = self.pages.pop(spot)
            self.stack.removeWidget(page)
            page.deleteLater()

    def back(self) -> None:
        """To where the user came from."""
        if len(self.spots) < 2:
            return
        self.spots.pop()
        where, record_id = self.spots.pop()
        if isinstance(where, str):
            self.go(where)
        else:
            self.open_record(where, record_id)

    def look_for(self) -> None:
        """Ctrl+F."""
        if self.page is not None:
            self.page.look_for()

    def refresh(self) -> None:
        if self.page is not None:
            self.page.refresh()

    # Changes

    def undo(self) -> None:
        self._reverse(self.workspace.undo, "Undone")

    def redo(self) -> None:
        self._reverse(self.workspace.redo, "Done again")

    def _reverse(self, act: Callable[[], Any], word: str) -> None:
        try:
            entry = act()
        except Refused as refused:
            from fundtracker.ui.dialogs.saying import say_trouble

            say_trouble(self, "This can't be taken back", str(refused))
        else:
            self.say(f"{word}: {entry.title}")

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

    def about(self) -> None:
        from fundtracker.ui.dialogs.about import show_about

        show_about(self)

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
        unkept = "\n".join(filter(None, (page.unkept() for page in self.pages.values())))
        if unkept and unkept != self._forsaken:
            from fundtracker.ui.dialogs.saying import ask

            if not ask(self, "Something typed is not kept", unkept, "Close without it"):
                return False
            self._forsaken = unkept
        return True

    def show_return(self, reference: str) -> None:
        """To a return by its reference."""
        from fundtracker.domain.returns import FunderReturn

        found = self.workspace.find(FunderReturn, reference)
        if found is not None:
            self.open_record(FunderReturn, found.id)


def _place_of(kind: "type[Record]") -> str:
    from fundtracker.ui.places import place_of

    return place_of(kind)


def _shortened(title: str, most: int = 60) -> str:
    text = title if len(title) <= most else f"{title[: most - 1]}…"
    return text.replace("&", "&&")


def default_folder() -> Path:
    """Where file dialogs begin."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
