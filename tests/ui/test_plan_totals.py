"""A long plan: its totals stay in sight at the foot, no line is hidden behind them, and a name is shown whole where there is room."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import Quarter
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.grids_plan import PlanTab
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.tables import ROOM
from fundtracker.ui.views.totals_foot import TotalsFoot
from ui.driving import press

Q3 = Quarter.read("2024/25 Q3")
LINES = 40
CTRL = Qt.KeyboardModifier.ControlModifier


def lengthen(workspace: Workspace) -> None:
    """Forty lines more, of a pound each."""
    for number in range(1, LINES + 1):
        category = add(workspace, CostCategory, {"name": f"Category {number:02}"})
        add(workspace, ProfileLine, {"intervention_id": 2, "quarter": Q3, "expense": Expense.RESOURCE, "category_id": category.id, "amount": Money.pounds(1)})  # fmt: skip


def opened(window: MainWindow, kind: Any = Award, record_id: int = 1) -> PlanTab:
    window.open_record(kind, record_id)
    wait_for_jobs()
    tab = cast("PlanTab", cast("RecordPage", window.page).tab("Profile"))
    wait_for_jobs()
    for _ in range(3):
        QApplication.processEvents()
    tab.table.setFocus()
    return tab


def foot_of(tab: PlanTab) -> TotalsFoot:
    return tab.table.findChild(TotalsFoot)  # pyright: ignore[reportReturnType] - it is there


def in_sight(tab: PlanTab) -> list[str]:
    """The names of the rows that nothing covers, from the top down: the grid's, then those of its foot."""
    table, foot = tab.table, foot_of(tab)
    room = table.viewport().height() - (foot.height() if foot.isVisible() else 0)
    rows = [
        (tab.model.rows[n].name, table.visualRect(tab.model.index(n, 0))) for n in range(len(tab.model.rows))
    ]
    seen = [name for name, where in rows if where.top() >= 0 and where.bottom() < room]
    if foot.isVisible():
        port = foot.viewport().rect()
        seen += [
            name for n, (name, _) in enumerate(rows) if port.contains(foot.visualRect(tab.model.index(n, 0)))
        ]
    return seen


TOTALS = ["All capital", "All resource", "All"]


def test_the_totals_of_a_long_plan_stay_in_sight_and_cover_no_line(window: MainWindow) -> None:
    lengthen(window.workspace)
    window.resize(1024, 768)
    tab = opened(window)
    table, foot = tab.table, foot_of(tab)
    seen = in_sight(tab)
    assert (seen[0], seen[-3:]) == ("SSF5-VAWG-01 · Capital · Equipment", TOTALS)
    assert len(seen) > 10
    for row in range(1, LINES + 2):
        press(table, Qt.Key.Key_Return)
        assert table.currentIndex().row() == row
        seen = in_sight(tab)
        assert tab.model.rows[row].name in seen
        assert seen[-3:] == TOTALS
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert in_sight(tab).count("All") == 1, "at the end they stand over themselves"
    for n in range(LINES + 2, LINES + 5):
        grid = table.viewport().mapTo(table, table.visualRect(tab.model.index(n, 0)).topLeft())
        assert foot.viewport().mapTo(table, foot.visualRect(tab.model.index(n, 0)).topLeft()) == grid
    bar.setValue(0)
    press(table, Qt.Key.Key_End, CTRL)
    assert (tab.model.rows[table.currentIndex().row()].name, bar.value()) == ("All", 0), (
        "it is in sight already"
    )


def test_the_totals_at_the_foot_are_those_of_what_is_typed(window: MainWindow) -> None:
    lengthen(window.workspace)
    tab = opened(window)
    last = tab.model.index(LINES + 4, 4)
    assert foot_of(tab).model().index(LINES + 4, 4).data() == "25,040.00"
    tab.model.setData(tab.model.index(0, 3), "60.50")
    assert (last.data(), foot_of(tab).isVisible()) == ("25,100.50", True)
    assert [foot_of(tab).columnWidth(n) for n in range(7)] == [tab.table.columnWidth(n) for n in range(7)]


def test_mouse_and_wheel_over_the_totals_work_as_on_the_grid(window: MainWindow) -> None:
    lengthen(window.workspace)
    tab = opened(window)
    foot, bar = foot_of(tab), tab.table.verticalScrollBar()
    where = foot.visualRect(tab.model.index(LINES + 4, 5)).center()
    window.setFocus()
    QTest.mouseClick(foot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert (tab.table.chosen(), tab.table.hasFocus(), bar.value()) == ([(LINES + 4, 5)], True, 0)
    picture = foot.viewport().grab().toImage()
    chosen = QColor(picture.pixelColor((where + QPoint(0, -9)) * foot.devicePixelRatioF()))
    assert chosen.rgb() == foot.palette().highlight().color().rgb(), "what is chosen looks so"
    at = QPointF(where)
    event = QWheelEvent(at, QPointF(foot.viewport().mapToGlobal(where)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(foot.viewport(), event)
    assert bar.value() > 0


def test_a_short_plan_has_its_totals_below_its_lines_alone(window: MainWindow) -> None:
    tab = opened(window)
    assert foot_of(tab).isHidden()
    assert in_sight(tab)[-3:] == TOTALS


def test_where_few_rows_have_room_the_whole_alone_stays_in_sight(window: MainWindow) -> None:
    lengthen(window.workspace)
    tab = opened(window)
    tab.table.resize(tab.table.width(), 5 * tab.table.verticalHeader().defaultSectionSize())
    seen = in_sight(tab)
    assert (len(seen) > 1, seen[-1:]) == (True, ["All"])
    assert "All resource" not in seen


WELSH = "Cyfarpar a gosodiadau diogelwch cymunedol"
VERY_LONG = (
    "Cyfarpar, gosodiadau a gwasanaethau diogelwch cymunedol ar gyfer pentrefi gwledig y sir a'r trefi"
)


@pytest.mark.parametrize(("record", "kind"), [(1, Award), (2, Intervention)])
@pytest.mark.parametrize("wide", [1024, 1440])
@pytest.mark.parametrize("name", ["Staff", WELSH, VERY_LONG])
def test_a_long_name_is_not_cut_while_there_is_room(
    window: MainWindow, kind: Any, record: int, wide: int, name: str
) -> None:
    edit(window.workspace, window.workspace.get(CostCategory, 1), name=name)
    window.resize(wide, 768)
    tab = opened(window, kind, record)
    table, letters = tab.table, tab.table.fontMetrics()
    shown = table.verticalHeader().width() - ROOM
    widest = max(letters.horizontalAdvance(row.name) for row in tab.model.rows)
    left = tab.width() - table.width()
    assert shown >= widest or left <= table.verticalScrollBar().sizeHint().width(), "cut though there is room"
    assert table.horizontalScrollBar().maximum() == 0, "no figure makes way for a name"
    whole = {
        "Staff": True,
        WELSH: (kind, wide) != (Award, 1024),
        VERY_LONG: (kind, wide) == (Intervention, 1440),
    }
    assert (shown >= widest) is whole[name]
