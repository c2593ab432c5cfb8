"""Every place by keys alone. Each press goes to what has the focus, which must be in sight and able to show it: see `ui.person`."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import MANY_COSTS
from ui.driving import form_of
from ui.person import Keyboard, focused, front, in_sight, name_of, settle

LONG = 20_000
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
PLACES = {
    "Ctrl+0": "What needs doing",
    "Ctrl+1": "Funding rounds",
    "Ctrl+2": "Bids",
    "Ctrl+3": "Awards",
    "Ctrl+4": "Interventions",
    "Ctrl+5": "Grants",
    "Ctrl+6": "Costs",
    "Ctrl+7": "Partner forms",
    "Ctrl+9": "Returns",
}


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    settle()
    return Keyboard()


def costs_of(window: MainWindow) -> ListPage:
    return cast("ListPage", window.page)


def test_each_place_begins_where_its_work_begins_and_keeps_its_focus(
    keyboard: Keyboard, window: MainWindow
) -> None:
    for keys, name in PLACES.items():
        keyboard.press(keys)
        assert name_of(focused()) == name
        assert in_sight(focused())
    keyboard.press("Ctrl+6")
    keyboard.press("Ctrl+F")
    keyboard.press("Ctrl+9")
    keyboard.press("Alt+Left")
    assert name_of(focused()) == "Search costs"


def test_arrows_in_the_list_of_places_go_from_place_to_place(keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.tab_to("Places", "Shift+Tab")
    for _ in range(4):
        keyboard.press("Down")
        assert name_of(focused()) == "Places"
    assert window.spots[-1] == ("Interventions", 0)
    keyboard.press("Ctrl+4")
    assert name_of(focused()) == "Interventions"


def test_the_focus_stays_in_sight_after_every_deed_on_a_list(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow
) -> None:
    keyboard.press("Ctrl+6")
    page = costs_of(window)

    def stands(row: int) -> None:
        """The list has the focus, its line is chosen and in sight, and its record is the one beside it."""
        table = cast("QTableView", focused())
        assert name_of(table) == "Costs"
        assert table.currentIndex().row() == row
        assert table.viewport().rect().intersects(table.visualRect(table.currentIndex()))
        assert form_of(page).title.text() == page.model.text(row, 0)

    keyboard.press("Down", 3)
    stands(3)
    keyboard.press("F2")
    keyboard.press("Esc")
    stands(3)
    keyboard.press("Delete")
    stands(3)
    assert page.model.text(3, 0) == "C-00005"
    keyboard.press("Ctrl+Z")
    stands(4)
    assert page.model.text(4, 0) == "C-00005"
    keyboard.press("F5")
    stands(4)
    keyboard.press("Right", 2)
    keyboard.press("Shift+Down")
    keyboard.press("Ctrl+D")
    assert name_of(focused()) == "Costs"
    assert window.workspace.undo_title == "Change supplier of C-00006"
    keyboard.press("Ctrl+Z")
    keyboard.press("Ctrl+N")
    assert name_of(focused()) == "Reference"
    keyboard.press("Escape")
    assert name_of(focused()) == "Costs"
    keyboard.press("Ctrl+L")
    keyboard.tab_to("Filter by Supplier")
    keyboard.type("Penhallow")
    keyboard.press("Return")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=LONG)
    keyboard.press("Down")
    assert name_of(focused()) == "Costs"
    keyboard.press("Down")
    assert form_of(page).title.text() == "C-00602"
    keyboard.press("Delete")
    assert page.model.rowCount() == 0
    assert in_sight(focused())
    keyboard.press("Ctrl+Z")
    assert page.model.rowCount() == 1


def test_a_block_is_pasted_and_taken_back(qtbot: QtBot, keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.press("Ctrl+6")
    page = costs_of(window)
    lines = ("Intervention\tSupplier\tNet\tCapital or resource\tCost category", "Training\tSheet\t£75\tResource\tStaff")  # fmt: skip
    QGuiApplication.clipboard().setText("\n".join(lines))
    keyboard.press("Ctrl+V")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=LONG)
    settle()
    keyboard.tab_to("Add 1 cost")
    keyboard.press("Space")
    qtbot.waitUntil(lambda: page.model.rowCount() == MANY_COSTS + 3, timeout=LONG)
    made = window.workspace.select(Cost)[-1]
    assert (made.supplier, made.net.plain) == ("Sheet", "75.00")
    assert in_sight(focused())
    keyboard.press("Ctrl+0")
    keyboard.press("Ctrl+6")
    keyboard.press("Ctrl+Z")
    qtbot.waitUntil(lambda: page.model.rowCount() == MANY_COSTS + 2, timeout=LONG)


@pytest.mark.parametrize(
    ("keys", "kind"), [("Ctrl+3", Award), ("Ctrl+4", Intervention), ("Ctrl+9", FunderReturn)]
)
def test_every_tab_of_a_page_is_come_by_and_the_focus_with_it(
    keyboard: Keyboard, window: MainWindow, keys: str, kind: type
) -> None:
    """From inside each tab, by Ctrl+Tab; and from what stands above the tabs."""
    keyboard.press(keys)
    keyboard.press("Return")
    assert window.spots[-1][0] is kind
    tabs = cast("Any", window.page).tabs
    seen: list[str] = []
    for _ in range(tabs.count()):
        seen.append(tabs.tabText(tabs.currentIndex()))
        keyboard.press("Tab")
        keyboard.press("Ctrl+Tab")
        assert in_sight(focused())
    assert seen == [tabs.tabText(place) for place in range(tabs.count())]
    assert tabs.currentIndex() == 0


def test_the_palette_jumps_and_the_row_has_the_focus(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow
) -> None:
    keyboard.press("Ctrl+K")
    keyboard.type("C-00123")
    palette: Any = front()
    qtbot.waitUntil(lambda: any("C-00123" in each.cells[0] for each in palette.model.rows), timeout=LONG)
    keyboard.press("Return")
    settle()
    page = costs_of(window)
    assert form_of(page).title.text() == "C-00123"
    assert name_of(focused()) == "Costs"
    keyboard.press("Alt+Left")
    assert name_of(focused()) == "What needs doing"


@pytest.mark.parametrize("keys", ["F1", "Ctrl+K"])
def test_what_comes_in_front_goes_by_esc_and_gives_the_focus_back(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow, keys: str
) -> None:
    keyboard.press("Ctrl+6")
    keyboard.press("Down")
    keyboard.press(keys)
    assert front() is not window
    keyboard.press("Escape")
    window.activateWindow()
    settle()
    assert name_of(focused()) == "Costs"


def test_settings_have_their_keys(qtbot: QtBot, keyboard: Keyboard, window: MainWindow) -> None:
    with qtbot.waitSignal(window.settings_asked, timeout=LONG):
        keyboard.press("Ctrl+,")


def test_the_history_is_walked(keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.press("Alt+G")
    keyboard.press("H")
    page: Any = window.page
    first = page.details.toPlainText()
    keyboard.press("Down")
    assert page.details.toPlainText() != first
    keyboard.tab_to("What the chosen entry changed")
    assert focused() is page.details


def test_ctrl_n_adds_from_wherever_on_the_list(keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.press("Ctrl+6")
    for begin in (lambda: keyboard.press("Ctrl+F"), lambda: keyboard.tab_to("Supplier")):
        cast("Callable[[], object]", begin)()
        keyboard.press("Ctrl+N")
        assert form_of(costs_of(window)).title.text() == "New cost"
        keyboard.press("Escape")


@pytest.mark.parametrize("further", [0, 1, 4])
def test_ctrl_n_adds_to_the_list_of_a_page_once_its_form_is_left(
    keyboard: Keyboard, window: MainWindow, further: int
) -> None:
    """Tab from its last field comes to the list of places, then to the way up, then to the buttons of the page."""
    found, *_ = window.workspace.select(Intervention)
    window.open_part(Intervention, found.id, "Costs")
    settle()
    page = cast("Any", window.page)
    costs = next(each for each in page.findChildren(ListPage) if each.isVisible())
    costs.table.setFocus()
    keyboard.tab_to("Why it isn't a duplicate")
    keyboard.press("Tab", 1 + further)
    assert not costs.isAncestorOf(focused())
    keyboard.press("Ctrl+N")
    assert costs.isAncestorOf(focused())
    assert costs.pane.form.is_new


def test_a_figure_of_a_return_leads_to_its_invoices_and_back(
    qtbot: QtBot, keyboard: Keyboard, window: MainWindow
) -> None:
    """As whoever signs it asks: what is behind this sum?"""
    keyboard.press("Ctrl+9")
    keyboard.press("Return")
    keyboard.press("Ctrl+Tab")
    keyboard.tab_to("Figures by intervention")
    keyboard.press("Ctrl+Home")
    keyboard.press("Down")
    keyboard.press("Alt+O")
    page = costs_of(window)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=LONG)
    assert page.model.text(0, 3) == "Penhallow Training"
    assert "Net £3,000.00" in page.foot.words.text()
    assert in_sight(focused())
    keyboard.press("Alt+Left")
    assert name_of(focused()) in {"Figures by intervention", "Show its costs"}
