"""Nothing the user does holds the window for long, however large the programme: an award with 5,000 costs, and a long list.

A beat of the event loop takes the CPU time of the window's own thread since the last beat. That is what the program did meanwhile,
not what the machine did for others, so a busy machine makes no false alarm.
"""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Bid, BidId
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import repository
from fundtracker.storage.journal import Stamp, transaction
from fundtracker.ui.app import learn
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.working import AT_ONCE
from fundtracker.ui.main_window import MainWindow
from ui.driving import NO_KEYS, click_heading, form_of, go_to, press, type_into, type_text
from ui.tour import HAVE_PAGES, dialogs, in_front, stops

pytestmark = pytest.mark.deep
CONTROL = Qt.KeyboardModifier.ControlModifier
MOST = 150.0
"""Milliseconds of its own CPU time that the window's thread may take for one deed: more than it takes on a slow machine."""
NOTED = 100.0
"""The program's own aim: what takes longer is printed."""
COSTS, INTERVENTIONS = 5_000, 200
LONG = 200_000 if os.environ.get("FUNDTRACKER_DEEP") == "1" else 20_000
"""Costs in all."""


class Heart(QObject):
    """Beats once a turn of the event loop."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)

    def begin(self) -> None:
        self.longest, self._last = 0.0, thread_time()

    def _beat(self) -> None:
        now = thread_time()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now

    def end(self) -> float:
        """The longest that a turn took since `begin`, in milliseconds."""
        self._beat()
        return self.longest


@dataclass
class Watch:
    """What each deed held the window for, by its name."""

    heart: Heart
    held: dict[str, float] = field(default_factory=dict[str, float])

    @contextmanager
    def deed(self, name: str) -> Generator[None]:
        """Do something, then let the window paint and hear what its workers found."""
        self.heart.begin()
        yield
        for _ in range(3):
            QApplication.processEvents()
            wait_for_jobs()
        self.held[name] = max(self.held.get(name, 0.0), self.heart.end())

    def too_long(self) -> dict[str, int]:
        """Tells the worst; those over the bound."""
        worst = sorted(self.held.items(), key=lambda each: -each[1])
        lines = [
            f"  {taken:6.0f}  {name}{'  <- over the aim' if taken > NOTED else ''}" for name, taken in worst
        ]
        told = "\n".join(["the longest holds of the window's thread, ms of its CPU time:", *lines[:12]])
        sys.stdout.write(f"\n{told}\n")
        return {name: round(taken) for name, taken in worst if taken > MOST}


def enlarge(path: Path) -> None:
    """Award SSF5-VAWG with 200 interventions and 5,000 costs; the rest of a long list belongs to another award."""
    with Workspace.open(path, actor="Test") as workspace:
        award, bid = workspace.select(Award)[0], workspace.select(Bid)[0]
        first, *_ = workspace.select(Intervention)
        other_bid = replace(bid, id=BidId(2), version=1, reference="B-2")
        other = replace(award, id=AwardId(2), version=1, bid_id=other_bid.id, reference="SSF5-LONG")
        second = replace(
            first, id=InterventionId(900), version=1, award_id=other.id, reference="SSF5-LONG-01"
        )
        pattern = workspace.select(Cost)[0]
        made = [
            replace(
                first,
                id=InterventionId(1_000 + n),
                version=1,
                reference=f"SSF5-VAWG-{n:03d}",
                title=f"Step {n}",
            )
            for n in range(3, INTERVENTIONS + 1)
        ]
        begins = 10_000
        costs = [
            replace(
                pattern,
                id=CostId(begins + n),
                version=1,
                reference=f"C-{begins + n:06d}",
                intervention_id=(made[n % len(made)] if n < COSTS else second).id,
                supplier=f"Supplier {n % 300}",
                invoice_number=f"L-{n}",
                received_on=date(2024, 7, 1) + timedelta(days=n % 90),
                net=Money(100 + n % 900),
            )
            for n in range(LONG)
        ]
        stamp = Stamp(actor="Test", at=workspace.clock(), title=f"Enlarge {award.reference}")
        with transaction(workspace.database, stamp) as tx:
            for items in ([other_bid], [other], [second, *made]):
                repository.insert(tx.connection, items)
            repository.insert(tx.connection, costs)


@pytest.fixture(scope="module")
def enlarged(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.fundtracker"
    shutil.copyfile(built, path)
    enlarge(path)
    return path


@pytest.fixture
def workspace(enlarged: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The large programme, in a file of this test's own."""
    path = tmp_path / "Large.fundtracker"
    shutil.copyfile(enlarged, path)
    with Workspace.open(path, actor="Co-ordinator") as opened:
        yield opened


@pytest.fixture
def watch(window: MainWindow) -> Iterator[Watch]:
    """The window as a user has it after a few seconds: what could wait is imported."""
    learn(_untold)
    wait_for_jobs()
    _stays()
    yield Watch(Heart(window))
    gc.unfreeze()


def test_going_about_never_holds_the_window(window: MainWindow, watch: Watch) -> None:
    """Every place, tab and page for the first time, then again."""
    for time in ("first", "again"):
        going = stops(window)
        while True:
            ended = False
            name = ""
            watch.heart.begin()
            try:
                name = next(going)
            except StopIteration:
                ended = True
            if ended:
                break
            QApplication.processEvents()
            wait_for_jobs()
            watch.held[f"{name} ({time})"] = watch.heart.end()
    assert len(watch.held) > 40
    assert watch.too_long() == {}


def test_working_in_a_long_list_never_holds_the_window(window: MainWindow, watch: Watch) -> None:
    with watch.deed("the list"):
        page = go_to(window, Cost)
    assert page.model.rowCount() > LONG
    with watch.deed("sort"):
        click_heading(page, "net")
    for n, letter in enumerate("supplier 2"):
        with watch.deed(f"search, letter {n + 1}"):
            type_text(page.search, letter)
    with watch.deed("search cleared"):
        page.search.clear()
    with watch.deed("filter"):
        page.filter_by("net", ">5")
    with watch.deed("filter of a text"):
        page.filter_by("supplier", "plier 29")
    with watch.deed("filters cleared"):
        page.clear_filters()
    for name, key, held in (
        ("to the end", Qt.Key.Key_End, CONTROL),
        ("a letter typed on a row", Qt.Key.Key_Q, NO_KEYS),
        ("all chosen", Qt.Key.Key_A, CONTROL),
        ("all copied", Qt.Key.Key_C, CONTROL),
    ):
        with watch.deed(name):
            press(page.table, key, held)
    page.choose(1)
    wait_for_jobs()
    with watch.deed("a field kept"):
        type_into(form_of(page), "supplier", "Another")
    assert window.workspace.get(Cost, CostId(1)).supplier == "Another"
    with watch.deed("undone"):
        window.undo()
    page.filter_by("supplier", "=Supplier 29")
    wait_for_jobs()
    page.table.enter()
    with watch.deed("hundreds deleted"):
        press(page.table, Qt.Key.Key_A, CONTROL)
        many = len(page.chosen_ids())
        assert AT_ONCE < many < LONG
        press(page.table, Qt.Key.Key_Delete)
    assert window.workspace.undo_title == f"Delete {many} costs"
    with watch.deed("hundreds brought back"):
        window.undo()
    with watch.deed("hundreds deleted again"):
        window.redo()
    with watch.deed("hundreds brought back again"):
        window.undo()
    with watch.deed("all of them taken back"):
        window.undo()
    assert page.model.rowCount() < LONG
    with watch.deed("all of them brought back"):
        window.redo()
    assert window.workspace.undo_title == "Enlarge SSF5-VAWG"
    assert watch.too_long() == {}


def test_a_change_never_holds_the_window_in_whatever_place(window: MainWindow, watch: Watch) -> None:
    """Each page draws itself anew: somebody's change of a cost that it rests on."""
    for number, kind in enumerate(HAVE_PAGES):
        found = window.workspace.select(kind)[:1]
        for each in found:
            window.open_record(kind, each.id)
            wait_for_jobs()
            with watch.deed(f"a change while a {kind.__name__} is shown"):
                edit(
                    window.workspace,
                    window.workspace.get(Cost, CostId(2)),
                    supplier=f"Supplier {number} again",
                )
    assert {f"a change while a {each.__name__} is shown" for each in (Award, FunderReturn)} <= set(watch.held)
    assert watch.too_long() == {}


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
@pytest.mark.qt_no_exception_capture
def test_dialogs_never_hold_the_window(window: MainWindow, watch: Watch) -> None:
    asks = dialogs(window)
    _stays()
    for name, ask in asks.items():
        with watch.deed(name):
            assert in_front(ask, _nothing), name
    assert watch.too_long() == {}


def _stays() -> None:
    """As the program does with what its start made: else a look through all that tests made would strike whichever deed comes next."""
    gc.collect()
    gc.freeze()


def _nothing(_: Any) -> None:
    return


def _untold(_what: str, _done: int, _of: int) -> None:
    return


def test_a_hold_would_be_found(qtbot: QtBot) -> None:
    """Planted: work of a third of a second in a slot; sleeping, or waiting for a worker, is no work."""
    parent = QObject()
    watch = Watch(Heart(parent))

    def busy() -> None:
        until = thread_time() + 0.3
        while thread_time() < until:
            sum(range(1000))

    done: list[Callable[[], None]] = []
    with watch.deed("busy"):
        QTimer.singleShot(0, busy)
        QTimer.singleShot(0, lambda: done.append(busy))
        qtbot.waitUntil(lambda: bool(done))
    with watch.deed("waiting"):
        qtbot.wait(300)
    assert list(watch.too_long()) == ["busy"]
