"""Every place, tab and page fits a window of 1024 by 768 at each text size that Settings offers, long Welsh names and seven figures included."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from filing import copied
from fundtracker.application.actions.records import edit
from fundtracker.application.demo.play import write_demonstration
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, Office, Organisation, Partnership
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.ui import looks
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from ui.tour import stops

WELSH = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Community Safety Partnership"
NAMED: tuple[tuple[type[Record], str], ...] = (
    (Office, "name"), (Fund, "name"), (FundingRound, "name"), (Bid, "title"), (Intervention, "title"), (Grant, "title"),
    (Organisation, "name"), (Partnership, "name"), (CostCategory, "name"),
)  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first and last of each kind have a long name; a cost runs to seven figures."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.fundtracker"
    write_demonstration(path)
    with Workspace.open(path, actor="Co-ordinator") as workspace:
        for kind, name in NAMED:
            found = workspace.select(kind)
            for each in {found[0].id: found[0], found[-1].id: found[-1]}.values() if found else ():
                edit(workspace, each, **{name: f"{WELSH} {each.id}"})
        like = workspace.select(Cost)[-1]
        edit(workspace, like, net=Money.pounds("7654321.09"))
    return path


@pytest.fixture
def workspace(demonstration: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(copied(demonstration, tmp_path), actor="Co-ordinator") as opened:
        yield opened


@pytest.fixture(params=[*(pytest.param(each, marks=pytest.mark.deep) for each in (100, 150)), 200])
def per_cent(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    usual = qapp.font()
    looks.set_text_size(qapp, usual, request.param)
    yield request.param
    qapp.setFont(usual)


def test_every_place_fits_the_smallest_window(qtbot: QtBot, per_cent: int, workspace: Workspace) -> None:
    shown = MainWindow(workspace)
    qtbot.addWidget(shown)
    shown.resize(1024, 768)
    shown.show()
    too_large: dict[str, tuple[int, int]] = {}
    for place in stops(shown):
        QApplication.processEvents()
        QApplication.processEvents()
        needed = shown.minimumSizeHint()
        if needed.width() > 1024 or needed.height() > 768 or shown.width() > 1024 or shown.height() > 768:
            too_large[place] = (max(needed.width(), shown.width()), max(needed.height(), shown.height()))
            shown.resize(1024, 768)
    wait_for_jobs()
    shown.close()
    assert too_large == {}, f"at {per_cent} %"
