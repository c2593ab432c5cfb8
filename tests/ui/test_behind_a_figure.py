"""From a figure of a return to the costs that add up to it: the button for the chosen figure, and a double click on one."""

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from fundtracker.application.actions.records import add
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.return_tables import REASON
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.return_figures import FiguresTab
from fundtracker.ui.views.return_page import ReturnPage
from ui.driving import click

TRAINING = 1
CURRENT, THIS_QUARTER, TO_DATE, CLAIMED_BEFORE, ACCRUED = 3, 4, 6, 13, 14
OF_TRAINING = "SSF5-VAWG-02, Resource, Staff"
COUNTED = "counted as spent. A partner's cost counts once it is accepted."


@pytest.fixture
def figures(window: MainWindow) -> FiguresTab:
    """Of training £3,000 is invoiced, and £50.25 of the quarter accrued."""
    add(window.workspace, Cost, {"intervention_id": 2, "expense": Expense.RESOURCE, "category_id": 1, "supplier": "Penhallow Training", "received_on": date(2024, 9, 2), "net": Money(5_025)})  # fmt: skip
    window.show_return("SSF5-VAWG 2024-25-Q2")
    wait_for_jobs()
    page = cast("ReturnPage", window.page)
    page.tab("Figures")
    return page.figures


def place(figures: FiguresTab, column: int) -> QPoint:
    index = figures.model.index(TRAINING, column)
    figures.table.scrollTo(index)
    return figures.table.visualRect(index).center()


def shown(window: MainWindow) -> tuple[str, int, str]:
    """What the list says of itself, how many rows it has, and what they come to."""
    wait_for_jobs()
    page = window.page
    assert isinstance(page, ListPage)
    return page.narrowed.text(), page.model.rowCount(), page.foot.words.text().partition("  ·  ")[2]


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (THIS_QUARTER, (f"Only those of: {OF_TRAINING}, received in 2024/25 Q2, {COUNTED}", 2, "Net £3,050.25")),
        (ACCRUED, (f"Only those of: {OF_TRAINING}, received in 2024/25 Q2, not invoiced by 30/09/2024, {COUNTED}", 1, "Net £50.25")),
        (TO_DATE, (f"Only those of: {OF_TRAINING}, received in 2024/25 Q1 to Q2, {COUNTED}", 2, "Net £3,050.25")),
        (CURRENT, (f"Only those of: {OF_TRAINING}, received in 2024/25 Q1 to Q2, {COUNTED}", 2, "Net £3,050.25")),
        (CLAIMED_BEFORE, (f"Only what was said of costs: SSF5-VAWG, said in returns of 2024/25 Q1, {OF_TRAINING}, of 2024/25 Q1 to Q2.", 0, "")),
    ],
)  # fmt: skip
def test_the_costs_shown_are_those_of_the_figure_chosen(
    window: MainWindow, figures: FiguresTab, column: int, expected: tuple[str, int, str], twice: bool
) -> None:
    click(figures.table.viewport(), place(figures, column))
    if twice:
        QTest.mouseDClick(figures.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(figures, column))  # fmt: skip
    else:
        click(figures.costs_button)
    words, many, sums = shown(window)
    assert (words, many) == expected[:2]
    assert sums.startswith(expected[2])
    assert bool(sums) == bool(many)


def test_a_double_click_on_a_reason_writes_it(window: MainWindow, figures: FiguresTab) -> None:
    figures.table.setColumnHidden(REASON, False)
    at = place(figures, REASON)
    click(figures.table.viewport(), at)
    QTest.mouseDClick(figures.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert isinstance(window.page, ReturnPage)
    viewport = figures.table.viewport()
    assert viewport.findChildren(QLineEdit) or viewport.findChildren(QPlainTextEdit)
