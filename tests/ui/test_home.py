"""Home: every line leads to where it is done, every bar to the rows behind it; what a worker finds later moves nothing in sight."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.actions.records import add
from fundtracker.application.glance import Task
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.changes import Change
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Office
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import Fund, FundSource
from fundtracker.storage.database import Database
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.home_tasks import TaskList
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.missing_page import MissingPage
from programme import Programme
from ui.conftest import MANY_COSTS, TODAY
from ui.driving import click, press

EVIDENCE = f"{MANY_COSTS + 2} costs of SSF5-VAWG have no evidence"
VARIANCE = "1 variance of SSF5-VAWG 2024-25-Q2 has no reason"
DRAFT = "Return SSF5-VAWG 2024-25-Q2 is still a draft"
AT_RISK = "£27,000 of SSF5-VAWG is neither spent nor forecast, and is lost after 31 March"
EVERYTHING = 4
"""Lines of Home, those of the worker included."""
QUARTER, THEME, TYPE, DISTRICT = 1, 2, 3, 4


@pytest.fixture
def home(qtbot: QtBot, window: MainWindow) -> HomePage:
    page = window.page
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: len(page.to_do.rows) == EVERYTHING)
    wait_for_jobs()
    return page


def words(home: HomePage) -> list[str]:
    return [each.cells[2] for each in home.to_do.rows]


def go_to_line(home: HomePage, line: str) -> None:
    """By the keyboard."""
    home.tasks.setFocus()
    home.tasks.selectRow(words(home).index(line))
    press(home.tasks, Qt.Key.Key_Return)
    wait_for_jobs()


def test_all_that_is_to_do_stands_in_the_order_of_its_dates(home: HomePage) -> None:
    assert [each.cells for each in home.to_do.rows] == [
        ("30/10/2024", "in 9 days", VARIANCE),
        ("30/10/2024", "in 9 days", EVIDENCE),
        ("30/10/2024", "in 9 days", DRAFT),
        ("31/03/2025", "in 161 days", AT_RISK),
    ]
    assert home.note.text() == (
        "21 October 2024. 4 things to do. Press Enter on a line, or double-click it, to go to where it is done."
    )


def test_each_line_leads_to_where_it_is_done(window: MainWindow, home: HomePage) -> None:
    for line, spot in ((DRAFT, (FunderReturn, 1)), (VARIANCE, (FunderReturn, 1)), (AT_RISK, (Award, 1))):
        window.go("Home")
        go_to_line(home, line)
        assert window.spots[-1] == spot
    window.go("Home")
    go_to_line(home, EVIDENCE)
    assert isinstance(window.page, MissingPage)
    wait_for_jobs()
    assert window.page.costs.rowCount() == MANY_COSTS + 2
    assert window.page.narrowed.text() == "Only those of: SSF5-VAWG."


def test_a_line_that_names_a_column_leads_to_it(home: HomePage) -> None:
    task = Task(TODAY, "One accrual", "Cost", 3, "invoiced_on")
    asked: list[object] = []
    home.mend.connect(asked.append)
    home.task_list.wanted.emit(task)
    assert asked == [Problem(kind="Cost", record_id=3, column="invoiced_on", message="One accrual")]
    wait_for_jobs()


def test_a_change_is_shown_and_the_chosen_line_stays_chosen(window: MainWindow, home: HomePage) -> None:
    home.tasks.selectRow(words(home).index(AT_RISK))
    kept = window.workspace.get(FunderReturn, 1)
    window.workspace.do("Put off", [Change(kept, replace(kept, due_on=date(2025, 4, 30)))])
    wait_for_jobs()
    assert [each.cells[0] for each in home.to_do.rows] == [
        "31/03/2025",
        "30/04/2025",
        "30/04/2025",
        "30/04/2025",
    ]
    assert words(home)[home.tasks.currentIndex().row()] == AT_RISK
    window.workspace.undo()
    wait_for_jobs()


def test_lines_that_come_later_do_not_move_what_is_looked_at(qtbot: QtBot) -> None:
    part = TaskList()
    qtbot.addWidget(part)
    part.resize(600, 200)
    with qtbot.waitExposed(part):
        part.show()
    first = [Task(date(2024, 11, day), f"Task {day}", "Award", day) for day in range(1, 29)]
    part.show_tasks(first, TODAY)
    part.table.selectRow(12)
    part.table.verticalScrollBar().setValue(10)
    before = part.table.visualRect(part.model.index(12, 0))
    later = [Task(date(2024, 10, 1), f"Late {number}", "Cost", number) for number in range(5)]
    part.show_tasks([*later, *first], TODAY)
    assert part.table.currentIndex().row() == 17
    assert part.table.visualRect(part.model.index(17, 0)) == before
    part.table.clearSelection()
    part.show_tasks(first, TODAY)
    assert part.table.visualRect(part.model.index(12, 0)) == before


def test_what_is_late_is_said_in_words_too(qtbot: QtBot) -> None:
    part = TaskList()
    qtbot.addWidget(part)
    part.show_tasks([Task(date(2024, 10, 20), "A", "Award", 1), Task(None, "B", "Award", 2)], TODAY)
    assert [(each.cells, each.bold) for each in part.model.rows] == [
        (("20/10/2024", "1 day late", "A"), True),
        (("", "now", "B"), False),
    ]


def test_before_the_first_paint_only_what_an_index_answers_is_asked(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = HomePage(workspace)
    qtbot.addWidget(page)
    wait_for_jobs()
    assert [each.cells[2] for each in page.to_do.rows] == [DRAFT]
    assert page.money_part.charts == {}
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: len(page.to_do.rows) == EVERYTHING)
    assert page.money_part.charts == {}  # nobody has looked at one


def look_at(home: HomePage, tab: int) -> None:
    tabs = home.money_part.tabs
    click(tabs.tabBar(), tabs.tabBar().tabRect(tab).center())
    assert tabs.currentIndex() == tab
    wait_for_jobs()


def test_the_heading_of_the_bars_says_what_their_parts_are(window: MainWindow, home: HomePage) -> None:
    window.resize(1024, 768)
    wait_for_jobs()
    table, last = home.awards, home.money.columnCount() - 1
    said = home.money.headerData(last, Qt.Orientation.Horizontal)
    assert said == "Spent, forecast, rest"
    assert table.columnWidth(last) > table.fontMetrics().horizontalAdvance(said)


def test_a_chart_is_drawn_when_it_is_looked_at_and_leads_to_the_costs(
    window: MainWindow, home: HomePage
) -> None:
    look_at(home, QUARTER)
    part = home.money_part.charts[QUARTER]
    assert part.chart.data.title == "Spend against profile, 2024/25, all awards"
    assert [each.cells for each in part.figures.rows] == [
        ("2024/25 Q1", "0.00", "", "0.00"),
        ("2024/25 Q2", "13,000.00", "", "15,000.00"),
        ("2024/25 Q3", "0.00", "10,000.00", "10,000.00"),
        ("2024/25 Q4", "", "0.00", "0.00"),
    ]
    part.chart.setFocus()
    press(part.chart, Qt.Key.Key_Home)
    for _ in range(2):
        press(part.chart, Qt.Key.Key_Down)
    assert part.words.text() == "2024/25 Q2: spent £13,000.00, profile £15,000.00"
    press(part.chart, Qt.Key.Key_Return)
    wait_for_jobs()
    assert isinstance(window.page, ListPage)
    assert window.workspace.lists.totals(window.page.model.query)["net"] == "13,000.00"


def test_a_click_on_a_bar_leads_to_its_rows(window: MainWindow, home: HomePage) -> None:
    for tab, name in ((THEME, "VAWG"), (TYPE, "No type given"), (DISTRICT, "Whole county")):
        window.go("Home")
        look_at(home, tab)
        part = home.money_part.charts[tab]
        assert [each.cells for each in part.figures.rows] == [(name, "13,000.00")]
        (bar,) = part.chart.laid_out()
        click(part.chart, QPoint(bar.area.center()))
        wait_for_jobs()
        assert isinstance(window.page, ListPage)
        assert window.page.model.rowCount() == MANY_COSTS + 2


def test_another_year_is_shown_in_all_its_parts(home: HomePage) -> None:
    years = home.money_part.years
    assert [years.itemText(n) for n in range(years.count())] == ["2024/25"]
    look_at(home, QUARTER)
    years.addItem("2023/24")
    years.setFocus()
    press(years, Qt.Key.Key_Down)
    wait_for_jobs()
    assert years.currentText() == "2023/24"
    assert home.money.rows == ()
    part = home.money_part.charts[QUARTER]
    assert [each.cells[0] for each in part.figures.rows] == [f"2023/24 Q{n}" for n in (1, 2, 3, 4)]


def test_a_change_redraws_the_chart_in_sight(window: MainWindow, home: HomePage) -> None:
    look_at(home, THEME)
    cost = window.workspace.get(Cost, MANY_COSTS + 2)
    window.workspace.do("Less", [Change(cost, replace(cost, net=Money.pounds(1_000)))])
    wait_for_jobs()
    assert home.money_part.charts[THEME].figures.rows[0].cells == ("VAWG", "11,000.00")


# An empty file


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[HomePage]:
    database = Database(empty_file(tmp_path / "new.fundtracker"))
    with Workspace(database, actor=ACTOR, clock=clock_at(TODAY)) as workspace:
        page = HomePage(workspace)
        qtbot.addWidget(page)
        page.resize(800, 600)
        with qtbot.waitExposed(page):
            page.show()
        yield page
        wait_for_jobs()


def test_an_empty_file_says_what_to_do_first(qtbot: QtBot, empty: HomePage) -> None:
    buttons = {each.text().replace("&", ""): each for each in empty.first_steps.findChildren(QPushButton)}
    assert list(buttons) == [
        "Name the office",
        "Add cost categories",
        "Add a fund",
        "Add a round",
        "Add a bid",
        "Add an award",
        "Import a workbook...",
        "Open the demonstration...",
    ]
    assert not empty.tables.isVisible()
    for words, signal in (
        ("Import a workbook...", empty.import_asked),
        ("Open the demonstration...", empty.demonstration_asked),
    ):
        with qtbot.waitSignal(signal):
            click(buttons[words])
    asked: list[object] = []
    empty.wants_new.connect(lambda kind, _: asked.append(kind))  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType] - Qt's signal has no types
    click(buttons["Add a fund"])
    assert asked == [Fund]


def test_the_first_steps_say_what_is_entered_and_what_must_come_before(qtbot: QtBot, empty: HomePage) -> None:
    def steps() -> dict[str, tuple[bool, bool]]:
        """Whether each can be done, and whether it is."""
        layout = empty.first_steps.layout()
        assert isinstance(layout, QGridLayout)
        lines = [
            [layout.itemAtPosition(row, column).widget() for column in (0, 1)]  # pyright: ignore[reportOptionalMemberAccess] - both are there
            for row in range(layout.rowCount())
            if layout.itemAtPosition(row, 1) is not None
        ]
        return {
            button.text().replace("&", ""): (button.isEnabled(), label.text().startswith("✓ Entered"))
            for button, label in lines
            if isinstance(button, QPushButton) and isinstance(label, QLabel)
        }

    others = {"Import a workbook...": (True, False), "Open the demonstration...": (True, False)}
    assert (
        steps()
        == {
            "Name the office": (True, False),
            "Add cost categories": (True, False),
            "Add a fund": (True, False),
            "Add a round": (False, False),
            "Add a bid": (False, False),
            "Add an award": (False, False),
        }
        | others
    )
    office = add(empty.workspace, Office, {"name": "Office of the Commissioner"})
    add(
        empty.workspace,
        Fund,
        {"code": "SSF", "name": "Safer Streets", "funder": "Home Office", "source": FundSource.OWN},
    )
    empty.refresh()
    wait_for_jobs()
    assert (
        steps()
        == {
            "Name the office": (True, True),
            "Add cost categories": (True, False),
            "Add a fund": (True, True),
            "Add a round": (True, False),
            "Add a bid": (False, False),
            "Add an award": (False, False),
        }
        | others
    )
    assert "It begins with these" in empty.note.text()
    button = next(each for each in empty.first_steps.findChildren(QPushButton) if "office" in each.text())
    opened: list[tuple[object, int]] = []
    empty.opened.connect(lambda kind, record_id: opened.append((kind, record_id)))  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType] - Qt's signal has no types
    click(button)  # there is one office: it is opened, not added again
    assert opened == [(Office, office.id)]


def test_the_first_award_brings_the_lists(empty: HomePage) -> None:
    built = Programme()
    store(empty.workspace.database, built.records)
    empty.refresh()
    wait_for_jobs()
    assert empty.tables.isVisible()
    assert not empty.first_steps.isVisible()
    assert words(empty) == [
        "SSF5-VAWG has no award lines: enter what was agreed of each year",
        "SSF5-VAWG has no interventions: enter what its money pays for",
        "SSF5-VAWG has no return for 2024/25 Q2 yet",
    ]
    wanted: list[tuple[object, int, str]] = []
    empty.part_wanted.connect(lambda *given: wanted.append(given))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - Qt's signal has no types
    empty.tasks.setFocus()
    empty.tasks.selectRow(
        words(empty).index("SSF5-VAWG has no award lines: enter what was agreed of each year")
    )
    press(empty.tasks, Qt.Key.Key_Return)
    assert wanted == [(Award, 1, "Award lines")]
