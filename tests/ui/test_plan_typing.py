"""Figures typed fast into the profile and the forecast, while what was written is answered or held back: nothing typed is lost or put elsewhere."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fundtracker.application.actions.planning import write_plan
from fundtracker.application.actions.records import edit, new_record
from fundtracker.domain.bids import Expense
from fundtracker.domain.changes import added
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.returns import Forecast
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models import plan_table
from fundtracker.ui.views.grids_plan import PlanTab
from ui.driving import press
from ui.test_plan_grids import Q1, Q2, Q3, Q4, at, opened, planned, settle, texts

KEYS = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}
Pause = Callable[[], None]


def at_once() -> None:
    """The next key is there before anything else is done: the window was held up, and keys waited for it."""


def shortly() -> None:
    QTest.qWait(5)


def answered() -> None:
    """The answer to what was written comes between two keys."""
    QApplication.processEvents()
    wait_for_jobs()


PAUSES = pytest.mark.parametrize("pause", [at_once, shortly, answered])


def type_keys(keys: str, pause: Pause = at_once) -> None:
    """Each key to whatever has the focus by then, as a keyboard does."""
    for letter in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        if letter in KEYS:
            QTest.keyClick(focused, KEYS[letter])
        else:
            QTest.keyClicks(focused, letter)
        pause()


@pytest.fixture(params=[0, 0.05])
def slow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes its time."""

    def write(*given: Any) -> Any:
        QTest.qSleep(round(request.param * 1000))
        return write_plan(*given)

    monkeypatch.setattr(plan_table, "write_plan", write)


@PAUSES
@pytest.mark.usefixtures("slow")
def test_a_year_typed_fast_into_the_profile_stands_as_typed(window: MainWindow, pause: Pause) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 0)
    type_keys("0\t10k\t45000\t55k\n214\t1000.50\t7\t9\n", pause)
    settle()
    assert [row[1:6] for row in texts(tab)[:2]] == [
        ("0.00", "10,000.00", "45,000.00", "55,000.00", "110,000.00"),
        ("214.00", "1,000.50", "7.00", "9.00", "1,230.50"),
    ]
    assert planned(window) == {
        (1, Q1): Money(0),
        (1, Q2): Money.pounds(10_000),
        (1, Q3): Money.pounds(45_000),
        (1, Q4): Money.pounds(55_000),
        (2, Q1): Money.pounds(214),
        (2, Q2): Money(100_050),
        (2, Q3): Money.pounds(7),
        (2, Q4): Money.pounds(9),
    }
    assert not tab.model.wrong


@PAUSES
@pytest.mark.usefixtures("slow")
def test_what_is_typed_fast_over_a_forecast_takes_its_place(window: MainWindow, pause: Pause) -> None:
    tab = opened(window, "Forecast")
    at(tab, 0, 2)
    type_keys("257\t257\n257\t257\n", pause)
    settle()
    at(tab, 0, 2)
    type_keys("214\t31\n48\t1.5k\n", pause)
    settle()
    assert [row[3:5] for row in texts(tab)[:2]] == [("214.00", "31.00"), ("48.00", "1,500.00")]
    assert planned(window, Forecast) == {
        (1, Q3): Money.pounds(214),
        (1, Q4): Money.pounds(31),
        (2, Q3): Money.pounds(48),
        (2, Q4): Money.pounds(1_500),
    }


@PAUSES
def test_what_was_cleared_is_typed_anew_in_its_own_line(window: MainWindow, pause: Pause) -> None:
    """A line emptied of all it held stays, and the cursor with it."""
    tab = opened(window, "Profile")
    at(tab, 0, 1)
    press(tab.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(tab.table, Qt.Key.Key_Delete)
    pause()
    type_keys("5\n", pause)
    settle()
    assert [row[0:5] for row in texts(tab)[:2]] == [
        ("SSF5-VAWG-01 · Capital · Equipment", "", "", "5.00", ""),
        ("SSF5-VAWG-02 · Resource · Staff", "", "5,000.00", "", ""),
    ]


def test_a_line_that_comes_from_elsewhere_neither_closes_an_open_cell_nor_moves_the_next(
    window: MainWindow,
) -> None:
    tab = opened(window, "Profile")
    at(tab, 1, 2)
    type_keys("21")
    window.workspace.do("Elsewhere", _new_line_above(window))
    answered()
    type_keys("4\t3")
    answered()
    type_keys("1\n")
    settle()
    assert planned(window)[2, Q3] == Money.pounds(214)
    assert planned(window)[2, Q4] == Money.pounds(31)
    assert [row[0] for row in texts(tab)[:3]] == [
        "SSF5-VAWG-01 · Capital · Equipment",
        "SSF5-VAWG-01 · Resource · Staff",
        "SSF5-VAWG-02 · Resource · Staff",
    ]


def _new_line_above(window: MainWindow) -> Any:
    values = {"intervention_id": 1, "expense": Expense.RESOURCE, "category_id": 1, "quarter": Q2, "amount": Money.pounds(1)}  # fmt: skip
    return added(new_record(window.workspace, ProfileLine, values))


def test_a_cell_opened_and_left_as_it_was_takes_nothing_back(window: MainWindow) -> None:
    """What somebody else wrote there meanwhile stands, where nothing was typed over it."""
    tab = opened(window, "Profile")
    at(tab, 0, 1)
    press(tab.table, Qt.Key.Key_F2)
    edit(window.workspace, window.workspace.select(ProfileLine, intervention_id=1)[0], amount=Money.pounds(5))
    answered()
    type_keys("\t")
    settle()
    assert planned(window)[1, Q2] == Money.pounds(5)
    assert texts(tab)[0][2] == "5.00"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Blocks are written off the window's thread, and wait there until they are let go."""
    let_go = Event()

    def write(workspace: Any, plan: Any, amounts: Any, title: str = "") -> Any:
        if len(amounts) > 1:
            let_go.wait(20)
        return write_plan(workspace, plan, amounts, title)

    monkeypatch.setattr(plan_table, "MANY", 1)
    monkeypatch.setattr(plan_table, "write_plan", write)
    yield let_go
    let_go.set()


def paste_unanswered(tab: PlanTab, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(tab.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("title", "kind"), [("Profile", ProfileLine), ("Forecast", Forecast)])
def test_cells_typed_while_a_block_is_written_wait_their_turn_and_are_all_written(
    window: MainWindow, held: Event, title: str, kind: Any
) -> None:
    tab = opened(window, title)
    at(tab, 0, 2)
    paste_unanswered(tab, "1\t2\r\n3\t4\r\n")
    type_keys("50\t60\n")
    paste_unanswered(tab, "7\t8")
    at(tab, 0, 2)
    type_keys("55\n")
    assert [row[3:5] for row in texts(tab)[:2]] == [("55", "60"), ("7", "8")]
    held.set()
    settle()
    assert [row[3:5] for row in texts(tab)[:2]] == [("55.00", "60.00"), ("7.00", "8.00")]
    lines = {key: amount for key, amount in planned(window, kind).items() if key[1] in {Q3, Q4}}
    assert lines == {
        (1, Q3): Money.pounds(55),
        (1, Q4): Money.pounds(60),
        (2, Q3): Money.pounds(7),
        (2, Q4): Money.pounds(8),
    }
    undone = list[str | None]()
    for _ in range(5):
        undone.append(window.workspace.undo_title)
        window.undo()
    of = f"{title} of SSF5-VAWG"
    assert undone == [
        f"{of}-01 for 2024/25 Q3",
        f"{of} for 2024/25: 2 cells",
        f"{of}-01 for 2024/25 Q4",
        f"{of}-01 for 2024/25 Q3",
        f"{of} for 2024/25: 4 cells",
    ]


def test_a_refusal_marks_its_own_cells_and_what_waited_is_written(window: MainWindow, held: Event) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    paste_unanswered(tab, "5\t6")
    at(tab, 1, 2)
    type_keys("12x\t90\n")
    line = window.workspace.select(ProfileLine, intervention_id=1)[1]
    edit(window.workspace, line, amount=Money.pounds(1))  # beneath the block that is on its way
    held.set()
    settle()
    assert [row[3:5] for row in texts(tab)[:2]] == [("⚠ 5", "⚠ 6"), ("⚠ 12x", "90.00")]
    assert "amount is now “1.00”, yours is “5.00”" in tab.model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert tab.trouble.text().endswith("2 more cells were not kept either.")
    assert planned(window)[1, Q3] == Money.pounds(1)
    assert planned(window)[2, Q4] == Money.pounds(90)


def test_undo_takes_back_what_was_typed_last_though_it_still_waits(window: MainWindow, held: Event) -> None:
    tab = opened(window, "Profile")
    before = texts(tab)
    at(tab, 0, 2)
    paste_unanswered(tab, "1\t2")
    type_keys("50\n")
    held.set()
    window.undo()
    settle()
    assert texts(tab)[0][3:5] == ("1.00", "2.00")
    window.undo()
    settle()
    assert texts(tab) == before


@pytest.mark.parametrize("leave", ["close", "another"])
def test_leaving_first_writes_what_waits(window: MainWindow, held: Event, leave: str) -> None:
    tab = opened(window, "Profile", Intervention, 1)
    at(tab, 0, 2)
    paste_unanswered(tab, "1\t2")
    type_keys("50\n")
    held.set()
    if leave == "close":
        assert window.close()
    else:
        window.open_record(Intervention, 2)
    wait_for_jobs()
    assert {key[1]: amount for key, amount in planned(window).items() if key[0] == 1} == {
        Q2: Money.pounds(10_000),
        Q3: Money.pounds(50),
        Q4: Money.pounds(2),
    }
