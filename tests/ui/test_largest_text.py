"""Every place, tab and page fits a window of 1024 by 768 at each text size that Settings offers, long Welsh names and seven figures included; no text that wraps is cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel
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

TURNS = 8
"""Of the event loop, that a place may take until all of it stands."""


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
    cut: dict[str, list[str]] = {}
    for place in stops(shown):
        QApplication.processEvents()
        QApplication.processEvents()
        if found := _in_the_end(shown):
            cut[place] = found
        needed = shown.minimumSizeHint()
        if needed.width() > 1024 or needed.height() > 768 or shown.width() > 1024 or shown.height() > 768:
            too_large[place] = (max(needed.width(), shown.width()), max(needed.height(), shown.height()))
            shown.resize(1024, 768)
    wait_for_jobs()
    shown.close()
    assert too_large == {}, f"at {per_cent} %"
    assert cut == {}, f"at {per_cent} %"


def _in_the_end(shown: MainWindow) -> list[str]:
    """What is cut once the place has found its height: a scroll bar that comes makes it narrower, and its texts longer."""
    found: list[str] = []
    for _ in range(TURNS):
        found = [*_without_room(shown), *_on_each_other(shown)]
        if not found:
            break
        QApplication.processEvents()
    return found


def _wrapped(shown: MainWindow) -> list[QLabel]:
    return [
        each for each in shown.findChildren(QLabel) if each.isVisible() and each.wordWrap() and each.text()
    ]


def _without_room(shown: MainWindow) -> list[str]:
    """Texts that need more lines than they have the height for, and those wider than the place that scrolls them."""
    found: list[str] = []
    for each in _wrapped(shown):
        needed = each.heightForWidth(each.width())
        if needed > each.height():
            found.append(f"{each.text()[:40]}: {each.height()} of {needed} px")
    beyond = shown.stack.width() - shown.room.viewport().width()
    return [*found, f"{beyond} px of the page beside what is in sight"] if beyond > 0 else found


def _on_each_other(shown: MainWindow) -> list[str]:
    """Texts that overlap, as far as what scrolls them leaves them in sight."""
    found: list[str] = []
    stood: list[tuple[QRect, QLabel]] = []
    for each in _wrapped(shown):
        area = QRect(each.mapTo(shown, QPoint()), each.size()).intersected(_seen(each, shown))
        found += [
            f"{each.text()[:40]} on {other.text()[:40]}" for where, other in stood if where.intersects(area)
        ]
        stood.append((area, each))
    return found


def _seen(label: QLabel, shown: MainWindow) -> QRect:
    """What the places around a text leave of it in sight."""
    area, above = shown.rect(), label.parentWidget()
    while above is not None and above is not shown:
        area = area.intersected(QRect(above.mapTo(shown, QPoint()), above.size()))
        above = above.parentWidget()
    return area
