"""take_pictures(): every place of the window as PNG files, for the demonstration's output and for whoever looks after its looks."""

from pathlib import Path

from PySide6.QtCore import QSize

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.app import application
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import HISTORY, HOME
from fundtracker.ui.places import place_of

SIZES = (QSize(1440, 900), QSize(1024, 768))


def take_pictures(workspace: Workspace, folder: Path) -> list[Path]:
    """One PNG of each place at each size; the files written, in order."""
    application()
    folder.mkdir(parents=True, exist_ok=True)
    return [path for size in SIZES for path in _at(size, workspace, folder)]


def _at(size: QSize, workspace: Workspace, folder: Path) -> list[Path]:
    window = MainWindow(workspace)
    window.resize(size)
    window.show()
    written: list[Path] = []

    def take(name: str) -> None:
        application().processEvents()
        wait_for_jobs()
        path = folder / f"{size.width()}x{size.height()} {len(written) + 1:02d} {name}.png"
        if not window.grab().save(str(path)):
            raise OSError(f"{path} could not be written.")
        written.append(path)

    window.go(HOME)
    take("Home")
    for kind in (Cost, Intervention, Grant):
        found = workspace.select(kind)
        window.go(place_of(kind))
        if found:
            window.open_record(kind, found[min(4, len(found) - 1)].id)
        take(place_of(kind))
    awards, returns = workspace.select(Award), workspace.select(FunderReturn)
    if awards:
        window.open_record(Award, awards[-1].id)
        take("Award")
    drafts = [each for each in returns if not each.state.frozen]
    for each in (*drafts[-1:], *[held for held in returns if held.state.frozen][-1:]):
        window.open_record(FunderReturn, each.id)
        wait_for_jobs()
        page = window.page
        tabs = getattr(page, "tabs", None)
        if tabs is None:
            continue
        for place in range(tabs.count() if not each.state.frozen else 2):
            tabs.setCurrentIndex(place)
            take(f"{'Return' if not each.state.frozen else 'Submitted return'} {tabs.tabText(place)}")
    window.go(HISTORY)
    take("History")
    window.close()
    window.deleteLater()
    return written
