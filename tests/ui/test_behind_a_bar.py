"""The rows behind a bar of Home's charts come to the bar's figure, or the list says how they do; what is narrowed can be widened."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.returns import Forecast
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.chart_part import ChartPart
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import MANY_COSTS, Q2, Maker
from ui.driving import click

QUARTER, THEME = 1, 2
SPENT, FORECAST, PROFILE = range(3)
pounds = Money.pounds


def chart(window: MainWindow, tab: int = QUARTER) -> ChartPart:
    """Home, at one of its charts."""
    window.go("Home")
    home = window.page
    assert isinstance(home, HomePage)
    tabs = home.money_part.tabs
    click(tabs.tabBar(), tabs.tabBar().tabRect(tab).center())
    wait_for_jobs()
    return home.money_part.charts[tab]


def behind(window: MainWindow, part: ChartPart, category: int, series: int) -> ListPage:
    """The list that a click on a bar opens, or beside its name where it is too short to be hit."""
    part.chart.go_to(category, series)
    bar = next(each for each in part.chart.laid_out() if (each.category, each.series) == (category, series))
    click(part.chart, QPoint(2, bar.area.center().y()))
    wait_for_jobs()
    page = window.page
    assert isinstance(page, ListPage)
    return page


@pytest.fixture
def re_profiled(window: MainWindow) -> Variation:
    """£4,250.50 of the £5,000 planned for training in the second quarter was moved away."""
    make = Maker(window.workspace)
    (line,) = window.workspace.select(ProfileLine, intervention_id=2, quarter=Q2)
    (made,) = make.add(
        Variation,
        {"reference": "V-1", "award_id": 1, "number": 1, "reason": "Begun late", "approved_by": "Grants manager", "approved_on": date(2024, 10, 1), "effective_on": date(2024, 10, 1)},
    )  # fmt: skip
    cell = {name: getattr(line, name) for name in ("intervention_id", "quarter", "expense", "category_id")}
    make.add(
        VariationChange,
        {"variation_id": made.id, "kind": ChangeKind.RE_PROFILE, "old_amount": line.amount, "new_amount": pounds("749.50"), **cell},
    )  # fmt: skip
    return made


def test_the_rows_of_a_re_profiled_quarter_say_how_they_come_to_the_bar(
    window: MainWindow, re_profiled: Variation
) -> None:
    part = chart(window)
    moved = "£15,000 first planned; variations moved -£4,250.50"
    assert part.chart.data.categories[1].values[PROFILE] == pounds("10749.50")
    assert part.chart.data.words(1) == f"2024/25 Q2: spent £13,000.00, profile £10,749.50 ({moved})"
    assert part.chart.data.words(2) == "2024/25 Q3: spent £0.00, forecast £10,000.00, profile £10,000.00"
    page = behind(window, part, 1, PROFILE)
    assert page.kind is ProfileLine
    assert window.workspace.lists.totals(page.model.query) == {"amount": "15,000.00"}
    said = f"Only those of: 2024/25 Q2. {moved} (see Variation changes): £10,749.50 now."
    assert page.narrowed.text() == said
    assert page.narrowed.isVisible()
    edit(window.workspace, re_profiled, approved_on=None, approved_by="")
    wait_for_jobs()
    assert page.narrowed.text() == "Only those of: 2024/25 Q2."


def test_behind_a_forecast_bar_are_the_forecasts_of_the_returns_last_due(window: MainWindow) -> None:
    part = chart(window)
    page = behind(window, part, 2, FORECAST)
    assert page.kind is Forecast
    assert page.narrowed.text() == "Only what the returns of 2024/25 Q2 forecast for 2024/25 Q3."
    assert window.workspace.lists.totals(page.model.query) == {"amount": "10,000.00"}


def test_a_partners_cost_stands_behind_a_bar_once_it_is_accepted(window: MainWindow) -> None:
    make, council = Maker(window.workspace), window.workspace.select(Organisation)[0]
    (grant,) = make.add(Grant, {"reference": "G-1", "title": "Youth work", "recipient_id": council.id})
    make.add(GrantSource, {"grant_id": grant.id, "intervention_id": 2, "year": Q2.year, "amount": pounds(500)})  # fmt: skip
    whole = {"intervention_id": 2, "category_id": 1, "expense": Expense.RESOURCE, "grant_id": grant.id}
    (cost,) = make.add(Cost, {**whole, "supplier": "Stroud", "received_on": date(2024, 8, 1), "net": pounds(77)})  # fmt: skip
    for part, category in ((chart(window), 1), (chart(window, THEME), 0)):
        page = behind(window, part, category, SPENT)
        assert part.chart.data.categories[category].values[SPENT] == pounds(13_000)
        assert page.model.rowCount() == MANY_COSTS + 2
        assert window.workspace.lists.totals(page.model.query)["net"] == "13,000.00"
        assert "counted as spent. A partner's cost counts once it is accepted." in page.narrowed.text()
        window.go("Home")
    edit(window.workspace, cost, accepted_on=date(2024, 10, 1))
    part = chart(window)
    page = behind(window, part, 1, SPENT)
    assert part.chart.data.categories[1].values[SPENT] == pounds(13_077)
    assert window.workspace.lists.totals(page.model.query)["net"] == "13,077.00"


def test_a_bar_of_nothing_opens_a_list_that_says_why_it_is_empty(qtbot: QtBot, window: MainWindow) -> None:
    page = behind(window, chart(window), 0, SPENT)
    narrowed = "Only those of: received in 2024/25 Q1, counted as spent. A partner's cost counts once it is accepted."
    assert page.narrowed.text() == narrowed
    assert (
        page.nothing.text() == f"Nothing stands here. {narrowed} Choose “Show all costs” to see the others."
    )
    QTest.keyClick(page.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page is not page)
    wait_for_jobs()
    every = window.page
    assert isinstance(every, ListPage)
    assert every.model.rowCount() == MANY_COSTS + 2
    assert not every.narrowed.isVisible()
    assert window.spots[-1] == ("Costs", 0)
