"""run(): the application, from its first window to its exit code. Nothing heavy is imported before the first paint."""

import gc
import sys
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.ui import crash, settings
from fundtracker.ui.bridge import Job, Progress, wait_for_jobs
from fundtracker.ui.main_window import MainWindow, default_folder

ENDING = ".fundtracker"
FILTER = f"fundtracker files (*{ENDING})"
DEMONSTRATION = "Gloucestershire demonstration"
LATER = (
    "application.writing",
    "storage.books",
    "storage.journal",
    "ui.places",
    "ui.views.list_page",
    "ui.views.award_page",
    "ui.views.return_page",
)
"""Modules that a worker imports once Home is painted."""


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
    desk.begin(path)
    code = app.exec()
    desk.close()
    return code


def _collect_again() -> None:
    """What the start made stays; Python looks for garbage again (`__main__` had stopped it)."""
    gc.freeze()
    gc.enable()


class Desk(QObject):
    """Holds the one window: the start page's, or an open file's."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = settings.load()
        self.window: QMainWindow | None = None
        self.workspace: Workspace | None = None

    def begin(self, path: Path | None) -> None:
        """The first window."""
        wanted = path or self.settings.last
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
        """Open a file in the window; whether it could be opened. What is in the way is said in plain words."""
        try:
            workspace = Workspace.open(path)
        except (Refused, StorageTrouble) as trouble:
            crash.say_trouble(self.window, f"{path.name} was not opened", str(trouble))
            return False
        return self._take(workspace)

    def _take(self, workspace: Workspace) -> bool:
        """Show a file in the place of the one before, unless the user stays with what is typed there."""
        if isinstance(self.window, MainWindow) and not self.window.may_close():
            workspace.close()
            return False
        window = MainWindow(workspace)
        window.new_asked.connect(self.ask_new)
        window.open_asked.connect(self.ask_open)
        window.demonstration_asked.connect(self.ask_demonstration)
        window.painted.connect(self._warm_up, Qt.ConnectionType.QueuedConnection)
        old = self.workspace
        self._show(window)
        if old is not None:
            old.close()
        self.workspace = workspace
        self.settings = self.settings.used(workspace.path)
        return True

    def _show(self, window: QMainWindow) -> None:
        """The new window first: Qt ends the program when its last one closes."""
        old, self.window = self.window, window
        window.resize(self.settings.width, self.settings.height)
        window.showMaximized() if self.settings.maximized else window.show()
        if old is not None:
            old.close()
            old.deleteLater()
        QTimer.singleShot(0, _collect_again)

    def _warm_up(self) -> None:
        """After the first paint, a worker imports what the first click would otherwise wait for; then undo has its name."""
        window, kept = self.window, self.settings

        def work(progress: Progress) -> None:
            settings.keep(kept)
            for done, name in enumerate(LATER):
                progress("Loading", done, len(LATER))
                import_module(f"fundtracker.{name}")

        def name_undo(_: None) -> None:
            if isinstance(self.window, MainWindow) and window is self.window:
                self.window.name_undo()

        if isinstance(window, MainWindow):
            Job(window, work, name_undo).start()

    # Files

    def ask_new(self) -> None:
        """A new, empty programme."""
        path = self._ask_where("New programme", "Safer Streets")
        if path is None:
            return
        try:
            workspace = Workspace.create(path)
        except (Refused, StorageTrouble) as trouble:
            crash.say_trouble(self.window, "No file was made", str(trouble))
            return
        self._take(workspace)

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
        path = Path(chosen)
        return path if path.suffix == ENDING else path.with_name(path.name + ENDING)

    def _folder(self) -> Path:
        last = self.settings.last
        return last.parent if last is not None else default_folder()

    def close(self) -> None:
        """Keep the window's size, let jobs end, close the file."""
        if self.window is not None:
            size = self.window.normalGeometry().size()
            kept = settings.Settings(
                recent=self.settings.recent,
                width=size.width() or self.settings.width,
                height=size.height() or self.settings.height,
                maximized=self.window.isMaximized(),
            )
            settings.keep(kept)
        wait_for_jobs()
        if self.workspace is not None:
            self.workspace.close()
