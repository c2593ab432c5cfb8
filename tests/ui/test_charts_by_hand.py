"""Home's charts: from every bar to the rows behind it, whose total is the bar's figure; by keys alone and by mouse alone. See `ui.person`."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear
from fundtracker.ui.chart_part import ChartPart
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.list_page import ListPage
from ui.person import Keyboard, Mouse, focused, in_sight, name_of, settle

LONG = 20_000
TABS = ("By quarter", "By theme", "By type", "By district")
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """With a cost whose VAT can't be recovered, and a partner's that the office hasn't accepted: net alone is not what was spent."""
    resource = {"intervention_id": 2, "expense": Expense.RESOURCE, "category_id": 1, "received_on": date(2024, 8, 5)}  # fmt: skip
    add(workspace, Cost, {**resource, "supplier": "No VAT back", "net": Money.pounds(100), "vat": Money.pounds(20), "vat_recoverable": False})  # fmt: skip
    grant = add(workspace, Grant, {"reference": "G-1", "title": "Wardens", "recipient_id": 1})
    add(workspace, GrantSource, {"grant_id": grant.id, "intervention_id": 2, "year": FinancialYear(2024), "amount": Money.pounds(500)})  # fmt: skip
    add(workspace, Cost, {**resource, "grant_id": grant.id, "supplier": "Stroud", "net": Money.pounds(70)})
    return workspace


@pytest.fixture
def home(qtbot: QtBot, window: MainWindow) -> HomePage:
    """Once all is there that a worker finds."""
    settle()
    page = cast("HomePage", window.page)
    qtbot.waitUntil(lambda: len(page.to_do.rows) > 3, timeout=LONG)
    settle()
    return page


def bars(part: ChartPart) -> Iterator[tuple[int, int, str, Money]]:
    """Each bar of a chart: its place, what it measures, and its figure."""
    data = part.chart.data
    for number, category in enumerate(data.categories):
        for series, value in enumerate(category.values):
            if value is not None:
                yield number, series, f"{category.name}, {data.series[series].name}", value


def adds_up(qtbot: QtBot, window: MainWindow, of: str, figure: Money) -> None:
    """The rows behind a bar: their total, as it stands below the list, is the bar's figure."""
    page = cast("ListPage", window.page)
    assert isinstance(page, ListPage), of
    if not figure:
        return
    label = "Spent" if page.kind is Cost else "Amount"
    total = f"{label} {figure.in_full}"
    qtbot.waitUntil(lambda: "£" in page.foot.words.text(), timeout=LONG)
    assert total in page.foot.words.text().split("  ·  "), of


def test_every_bar_leads_to_rows_that_add_up_to_it_by_keys_alone(
    qtbot: QtBot, window: MainWindow, home: HomePage
) -> None:
    keyboard = Keyboard()
    seen: list[str] = []
    keyboard.tab_to("Views of the money")
    for number in range(1, len(TABS) + 1):
        keyboard.press("Right")
        part = home.money_part.charts[number]
        keyboard.press("Tab")
        assert focused() is part.chart
        for place, (category, series, of, figure) in enumerate(bars(part)):
            keyboard.press("Home")
            keyboard.press("Down", place)
            assert part.chart.current == (category, series)
            assert figure.in_full in part.words.text()
            keyboard.press("Return")
            adds_up(qtbot, window, of, figure)
            assert in_sight(focused())
            keyboard.press("Alt+Left")
            assert focused() is part.chart, "back where one came from"
            seen.append(of)
        keyboard.press("Shift+Tab")
        assert name_of(focused()) == "Views of the money"
    assert seen == [
        "2024/25 Q1, Spent",
        "2024/25 Q1, Profile",
        "2024/25 Q2, Spent",
        "2024/25 Q2, Profile",
        "2024/25 Q3, Spent",
        "2024/25 Q3, Forecast",
        "2024/25 Q3, Profile",
        "2024/25 Q4, Forecast",
        "2024/25 Q4, Profile",
        "VAWG, Spent",
        "No type given, Spent",
        "Whole county, Spent",
    ]


def test_every_bar_and_its_figure_in_the_table_lead_there_by_the_mouse_alone(
    qtbot: QtBot, window: MainWindow, home: HomePage
) -> None:
    mouse = Mouse()
    tabs = home.money_part.tabs.tabBar()
    for number, title in enumerate(TABS, 1):
        mouse.tab(tabs, title)
        part = home.money_part.charts[number]
        for category, series, of, figure in bars(part):
            bar = next(each for each in part.chart.laid_out() if each[:2] == (category, series))
            part.scroller.ensureVisible(bar.area.center().x(), bar.area.center().y())
            mouse.click(part.chart, bar.area.center())
            adds_up(qtbot, window, of, figure)
            mouse.menu_bar(window, "Go", "Back")
            assert window.page is home
    spent = Money.pounds(13_120)
    assert [each[-1] for each in bars(home.money_part.charts[2])] == [spent]
    part: Any = home.money_part.charts[len(TABS)]
    window.resize(1024, 768)  # where there is room for the bars or the table, not for both
    settle()
    mouse.button("Table", part)
    assert part.figures.rows[0].cells == ("Whole county", spent.shown)
    mouse.cell(part.table, 0, 0, twice=True)
    adds_up(qtbot, window, "the table", spent)
