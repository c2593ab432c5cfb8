"""Pictures of the window as PNG files: a tour for the demonstration's output, every place and dialog for whoever looks after its looks."""

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.ui.app import application
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import HISTORY, HOME, MAIN_PLACES
from fundtracker.ui.pictured_dialogs import dialogs
from fundtracker.ui.places import KIND_OF, OTHER_PLACES, place_of
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_search import FOUND_PAUSE

SIZES = (QSize(1440, 900), QSize(1024, 768))
FOR_HELP = QSize(1280, 800)
HELP_PICTURES = {
    "award": "Award Figures",
    "forms": "Partner forms",
    "home": "Home Awards",
    "lists": "Costs filtered",
    "paste": "Paste",
    "preview": "Return Preview",
    "return": "Return Readiness",
    "tie_out": "Return Tie-out",
}
"""Those that stand in the help and the README, by their files."""


class Camera:
    """Takes numbered pictures of one window at one size."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self._folder = folder
        self.written: list[Path] = []

    def take(self, name: str, of: QWidget | None = None) -> None:
        """A picture of the window, or of what stands in front of it, once nothing more is under way."""
        shown = of or self.window
        for _ in range(3):
            QApplication.processEvents()
            wait_for_jobs()
        size = self.window.size()
        path = self._folder / f"{size.width()}x{size.height()} {len(self.written) + 1:03d} {name}.png"
        if not shown.grab().save(str(path)):
            raise OSError(f"{path} could not be written.")
        self.written.append(path)

    def take_tabs(self, name: str, most: int | None = None) -> None:
        """A picture of each tab of the place that is shown; of the place, where it has none."""
        found = self.window.page.findChildren(QTabWidget) if self.window.page is not None else []
        tabs = next((each for each in found if each.isVisible() and each.count()), None)
        if tabs is None:
            self.take(name)
            return
        for place in range(tabs.count())[:most]:
            if tabs.isTabEnabled(place):
                tabs.setCurrentIndex(place)
                self.take(f"{name} {tabs.tabText(place).replace('&', '').replace('/', ' ')}")

    def take_dialog(self, name: str, ask: Callable[[], object]) -> None:
        """A picture of the dialog that `ask` opens, whether or not it waits for an answer."""
        taken: list[bool] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget() or next(
                (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()),
                None,
            )  # fmt: skip
            if dialog is None or taken:
                return
            taken.append(True)
            self.take(name, dialog)
            dialog.close()

        QTimer.singleShot(200, look)
        ask()
        for _ in range(200):
            if taken:
                break
            wait_for_jobs()
            QApplication.processEvents()
            look()


def take_pictures(workspace: Workspace, folder: Path) -> list[Path]:
    """The tour: what the demonstration shows; the files written, in order."""
    return _at_each_size(workspace, folder, _tour)


def take_everything(workspace: Workspace, folder: Path, papers: Path) -> list[Path]:
    """Every place, every tab of a page, and the dialogs; the files written, in order. `papers`: the demonstration's own."""
    return _at_each_size(workspace, folder, lambda camera: _everything(camera, papers))


def take_for_help(workspace: Workspace, folder: Path, papers: Path) -> list[Path]:
    """The pictures of the help, in `folder`, each in the place of the one before."""
    application()
    with TemporaryDirectory() as hidden:
        taken = _at(FOR_HELP, workspace, Path(hidden), lambda camera: _everything(camera, papers))
        by_name = {path.stem.split(" ", 2)[2]: path for path in taken}
        return [Path(copyfile(by_name[name], folder / f"{file}.png")) for file, name in HELP_PICTURES.items()]


def _at_each_size(workspace: Workspace, folder: Path, show: Callable[[Camera], None]) -> list[Path]:
    application()
    folder.mkdir(parents=True, exist_ok=True)
    return [path for size in SIZES for path in _at(size, workspace, folder, show)]


def _at(size: QSize, workspace: Workspace, folder: Path, show: Callable[[Camera], None]) -> list[Path]:
    window = MainWindow(workspace)
    window.resize(size)
    window.show()
    camera = Camera(window, folder)
    show(camera)
    wait_for_jobs()
    window.close()
    window.deleteLater()
    return camera.written


def _tour(camera: Camera) -> None:
    window = camera.window
    window.go(HOME)
    camera.take("Home")
    for kind in (Cost, Intervention, Grant):
        _show_list(window, kind)
        camera.take(place_of(kind))
    award = _last(window.workspace, Award)
    if award is not None:
        window.open_record(Award, award.id)
        camera.take("Award")
    for each, words in _returns(window.workspace):
        window.open_record(FunderReturn, each.id)
        wait_for_jobs()
        camera.take_tabs(words, None if words == "Return" else 2)
    window.go(HISTORY)
    camera.take("History")


def _everything(camera: Camera, papers: Path) -> None:
    window = camera.window
    window.go(HOME)
    camera.take_tabs("Home")
    for place in (*MAIN_PLACES[1:], *OTHER_PLACES):
        if place in KIND_OF:
            _show_list(window, KIND_OF[place])
        else:
            window.go(place)
        camera.take(place)
    window.navigation.others.setExpanded(False)
    for kind in (FundingRound, Bid, Award, Intervention, Grant, PartnerForm):
        item = _last(window.workspace, kind)
        if item is not None:
            window.open_record(kind, item.id)
            wait_for_jobs()
            camera.take_tabs(kind.__name__)
    for each, words in _returns(window.workspace):
        window.open_record(FunderReturn, each.id)
        wait_for_jobs()
        camera.take_tabs(words)
    _show_list(window, Cost)
    page = window.page
    if isinstance(page, ListPage):
        page.filter()
        page.filter_by("supplier", "camera")
        wait_for_jobs()
        found = QEventLoop()
        QTimer.singleShot(2 * FOUND_PAUSE, found.quit)  # by then one of those found stands beside them
        found.exec()
        camera.take("Costs filtered")
    for name, ask in dialogs(window, papers):
        camera.take_dialog(name, ask)


def _show_list(window: MainWindow, kind: type[Record]) -> None:
    """The list of a kind with a record in the middle of its first rows chosen."""
    window.go(place_of(kind))
    wait_for_jobs()
    page = window.page
    found = window.workspace.select(kind)
    if found and isinstance(page, ListPage):
        page.choose(found[min(4, len(found) - 1)].id)


def _last(workspace: Workspace, kind: type[Record]) -> Record | None:
    found = workspace.select(kind)
    return found[-1] if found else None


def _returns(workspace: Workspace) -> list[tuple[FunderReturn, str]]:
    """The last draft and the last return that was submitted, with what they are called."""
    held = workspace.select(FunderReturn)
    drafts = [each for each in held if not each.state.frozen]
    frozen = [each for each in held if each.state.frozen]
    return [
        *((each, "Return") for each in drafts[-1:]),
        *((each, "Submitted return") for each in frozen[-1:]),
    ]
