"""run(): the application, from its first window to its exit code. Nothing heavy is imported before the first paint."""

import gc
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMainWindow

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.ui import crash, settings
from fundtracker.ui.bridge import Job, Progress, wait_for_jobs
from fundtracker.ui.holding import Hold
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.settings import Settings, default_folder

ENDING = ".fundtracker"
FILTER = f"fundtracker files (*{ENDING})"
DEMONSTRATION = "Gloucestershire demonstration"
LATER = (
    "application.writing",
    "storage.books",
    "storage.journal",
    "ui.help",
    "ui.places",
    "ui.palette",
    "ui.views.list_page",
    "ui.views.record_page_kinds",
    "ui.views.return_page",
    "ui.views.tie_out_view",
)
"""Modules that a worker imports once Home is painted: `learn`."""
SEEN = 12
"""Pixels below a window's upper edge: there its title must be on some screen, or it could not be moved."""


def application() -> QApplication:
    """The one QApplication, with Qt's own look: windows11 on Windows, Fusion elsewhere; colours follow the system."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    own = [] if sys.platform in {"win32", "darwin"} else ["-style", "Fusion"]
    made = QApplication([*sys.argv[:1], *own])
    made.setApplicationName("fundtracker")
    made.setApplicationDisplayName("fundtracker")
    return made


def run(path: Path | None) -> int:
    """Open the window on `path`, or on the file used last, or on the start page; the exit code."""
    app = application()
    crash.install()
    desk = Desk()
    desk.warmed.connect(crash.watch_faults)
    desk.begin(path)
    code = app.exec()
    desk.close()
    return code


def learn(progress: Progress) -> None:
    """What the first click would otherwise wait for: modules, and the columns of every kind of record."""
    for done, name in enumerate(LATER):
        progress("Loading", done, len(LATER))
        import_module(f"fundtracker.{name}")
    from fundtracker.domain.columns import columns
    from fundtracker.domain.records import RECORDS

    for kind in RECORDS:
        columns(kind)


class Desk(QObject):
    """Holds the one window: the start page's, or an open file's."""

    warmed = Signal()  # all that could wait until after the first paint is there

    def __init__(self) -> None:
        super().__init__()
        self.settings = settings.load()
        self.window: QMainWindow | None = None
        self.workspace: Workspace | None = None
        self._hold: Hold | None = None
        self._help: QObject | None = None
        self._usual_font = QFont(application().font())
        self._show_looks(Settings())

    def begin(self, path: Path | None) -> None:
        """The first window."""
        wanted = path or (self.settings.last if self.settings.open_last else None)
        if wanted is None or not self.open(wanted):
            self.show_start()

    def show_start(self) -> None:
        """The start page, in a window of its own."""
        from fundtracker.ui.views.start_page import StartPage

        page = StartPage(self.settings.recent)
        page.new.connect(self.ask_new)
        page.open.connect(self.ask_open)
        page.demonstration.connect(self.ask_demonstration)
        page.recent.connect(self._open_named)
        window = QMainWindow()
        window.setWindowTitle("fundtracker")
        window.setAccessibleName("fundtracker")
        window.setCentralWidget(page)
        self._show(window)

    def _open_named(self, name: str) -> None:
        self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Open a file in the window; whether it is open then. What is in the way is said in plain words."""
        if self.workspace is not None and self.window is not None and _same(path, self.workspace.path):
            self.window.raise_()
            self.window.activateWindow()
            return True
        hold: Hold | None = None
        try:
            hold = Hold.take(path)
            workspace = Workspace.open(path, actor=self.settings.name or None)
        except (Refused, StorageTrouble) as trouble:
            if hold is not None:
                hold.end()
            crash.say_trouble(self.window, f"{path.name} was not opened", str(trouble))
            return False
        return self._take(workspace, hold)

    def _take(self, workspace: Workspace, hold: Hold | None) -> bool:
        """Show a file in the place of the one before, unless the user stays with what is typed there."""
        if isinstance(self.window, MainWindow) and not self.window.may_close():
            workspace.close()
            if hold is not None:
                hold.end()
            return False
        old, old_hold = self.workspace, self._hold
        self.workspace, self._hold = workspace, hold
        self._show(self._make_window(workspace))
        if old is not None:
            old.close()
        if old_hold is not None:
            old_hold.end()
        self.settings = self.settings.used(workspace.path)
        self._tell_recent()
        return True

    def _make_window(self, workspace: Workspace) -> MainWindow:
        window = MainWindow(workspace)
        window.new_asked.connect(self.ask_new)
        window.open_asked.connect(self.ask_open)
        window.demonstration_asked.connect(self.ask_demonstration)
        window.named_asked.connect(self._open_named)
        window.forget_asked.connect(self.forget_recent)
        window.settings_asked.connect(self.ask_settings)
        window.painted.connect(self._warm_up, Qt.ConnectionType.QueuedConnection)
        window.export_folder = lambda: self.settings.export_folder
        window.recent = self.settings.recent
        window.splitter.setSizes([self.settings.places, max(self.settings.width - self.settings.places, 1)])
        return window

    def _show(self, window: QMainWindow) -> None:
        """The new window first: Qt ends the program when its last one closes."""
        old, self.window = self.window, window
        if old is not None:
            self.remember(old)
        window.resize(self.settings.width, self.settings.height)
        self._place(window)
        window.showMaximized() if self.settings.maximized else window.show()
        if old is not None:
            old.close()
            old.deleteLater()
        else:
            QTimer.singleShot(0, gc.freeze)  # what the start made stays: it is no garbage to look through

    def _place(self, window: QMainWindow) -> None:
        """Where it was before, if there is still a screen."""
        left, top = self.settings.left, self.settings.top
        if left is None or top is None:
            return
        if QApplication.screenAt(QPoint(left + self.settings.width // 2, top + SEEN)) is not None:
            window.move(left, top)

    def remember(self, window: QMainWindow) -> None:
        """A window's size, place and parts, for the next one and the next run."""
        whole, frame = window.normalGeometry(), window.frameGeometry()
        kept = self.settings
        if not window.isMaximized():
            kept = replace(kept, left=frame.left(), top=frame.top())
        places = window.splitter.sizes()[0] if isinstance(window, MainWindow) else 0
        self.settings = replace(
            kept,
            width=whole.width() or kept.width,
            height=whole.height() or kept.height,
            maximized=window.isMaximized(),
            places=places or kept.places,
        )

    def _warm_up(self) -> None:
        """After the first paint, a worker imports what the first click would otherwise wait for; then undo has its name."""
        window, kept = self.window, self.settings

        def work(progress: Progress) -> None:
            settings.keep(kept)
            learn(progress)

        def ready(_: None) -> None:
            if self._help is None:
                gc.freeze()  # the modules stay as well
            if isinstance(self.window, MainWindow) and window is self.window:
                self.window.name_undo()
            self._help_in_dialogs()
            self.warmed.emit()

        if isinstance(window, MainWindow):
            Job(window, work, ready).start()

    def _help_in_dialogs(self) -> None:
        from fundtracker.ui.help import HelpInDialogs

        if self._help is None:
            self._help = HelpInDialogs(self)

    # Files

    def ask_new(self) -> None:
        """A new, empty programme."""
        path = self._ask_where("New programme", "Safer Streets")
        if path is None:
            return
        try:
            workspace = Workspace.create(path, actor=self.settings.name or None)
        except (Refused, StorageTrouble) as trouble:
            crash.say_trouble(self.window, "No file was made", str(trouble))
            return
        try:
            hold = Hold.take(path)
        except StorageTrouble as trouble:  # a lock left where a file of this name was before
            workspace.close()
            crash.say_trouble(self.window, f"{path.name} was not opened", str(trouble))
            return
        self._take(workspace, hold)

    def ask_open(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self.window, "Open", str(self._folder()), FILTER)
        if name:
            self.open(Path(name))

    def ask_demonstration(self) -> None:
        """Write the demonstration programme where the user says, then open it; one written before is just opened."""
        path = self._ask_where("Where to keep the demonstration", DEMONSTRATION)
        if path is None or self.window is None:
            return
        if path.exists():
            self.open(path)
            return

        def work(progress: Progress) -> Path:
            from fundtracker.application.demo.play import write_demonstration

            write_demonstration(path, lambda done, of: progress("Writing the demonstration", done, of))
            return path

        from fundtracker.ui.dialogs.working import run_with_progress

        run_with_progress(self.window, "Writing the demonstration", work, self.open)

    def _ask_where(self, title: str, name: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        begins = str(self._folder() / f"{name}{ENDING}")
        options = QFileDialog.Option.DontConfirmOverwrite
        chosen, _ = QFileDialog.getSaveFileName(self.window, title, begins, FILTER, options=options)
        if not chosen:
            return None
        from fundtracker.ui.dialogs.where import completed

        return completed(chosen, ENDING)

    def _folder(self) -> Path:
        last = self.settings.last
        return last.parent if last is not None else default_folder()

    # Settings

    def ask_settings(self) -> None:
        """The dialog; what was chosen holds at once."""
        from fundtracker.ui.dialogs.settings import ask_settings

        chosen = ask_settings(self.window, self.settings)
        if chosen is None or chosen == self.settings:
            return
        larger, window = chosen.text_size / self.settings.text_size, self.window
        if larger != 1 and isinstance(window, MainWindow) and not window.may_be_drawn_anew():
            return
        before, self.settings = self.settings, chosen
        settings.keep(chosen)
        if self.workspace is not None and chosen.name != before.name:
            from getpass import getuser

            self.workspace.actor = chosen.name or getuser()
        self._show_looks(before)
        if larger != 1:
            self._make_anew(larger)

    def _show_looks(self, before: Settings) -> None:
        """Text size and colours, where they aren't as they were."""
        now = self.settings
        if (now.text_size, now.colours) == (before.text_size, before.colours):
            return
        from fundtracker.ui import looks

        looks.set_text_size(application(), self._usual_font, now.text_size)
        if now.colours != before.colours:
            looks.set_colours(application(), now.colours)

    def _make_anew(self, larger: float) -> None:
        """Every height and width follows from the letters, so many times `larger`: the window is made again, and shows the same place."""
        old = self.window
        if self.workspace is None or not isinstance(old, MainWindow):
            return
        where, record_id = old.spots[-1]
        self.remember(old)
        self.settings = replace(self.settings, places=round(self.settings.places * larger))
        window = self._make_window(self.workspace)
        self._show(window)
        window.go(where) if isinstance(where, str) else window.open_record(where, record_id)

    def forget_recent(self) -> None:
        """Forget the files used before, but the one that is open."""
        self.settings = replace(self.settings, recent=())
        if self.workspace is not None:
            self.settings = self.settings.used(self.workspace.path)
        settings.keep(self.settings)
        self._tell_recent()

    def _tell_recent(self) -> None:
        if isinstance(self.window, MainWindow):
            self.window.recent = self.settings.recent

    def close(self) -> None:
        """Keep the window's size, let jobs end, close the file."""
        if self.window is not None:
            self.remember(self.window)
            settings.keep(self.settings)
        if self.workspace is not None:
            self.workspace.leave()
        wait_for_jobs()
        if self.workspace is not None:
            self.workspace.close()
        if self._hold is not None:
            self._hold.end()
            self._hold = None
        if self.settings.text_size != Settings().text_size:
            application().setFont(self._usual_font)


def _same(one: Path, other: Path) -> bool:
    """Whether both name one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False
