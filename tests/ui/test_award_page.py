"""The award's page: its figures are the figures module's, and follow every change."""

from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Office
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.record_page_tabs import FiguresTab, ListsTab
from ui.driving import click, go_to, press

YEAR = FinancialYear(2024)
Q2, Q3 = Quarter.read("2024/25 Q2"), Quarter.read("2024/25 Q3")


def opened(window: MainWindow) -> RecordPage:
    window.open_record(Award, 1)
    wait_for_jobs()
    return cast("RecordPage", window.page)


def figures_of(page: RecordPage) -> FiguresTab:
    return cast("FiguresTab", page.tab("Figures"))


def cell(page: RecordPage, figure: str, column: str) -> str:
    grid = figures_of(page).grid
    headings = [each.words for each in grid.headings]
    row = next(each for each in grid.rows if each.name.strip() == figure)
    return row.cells[headings.index(column)]


def test_figures_copied_with_headings_say_whose_they_are(window: MainWindow) -> None:
    tab = figures_of(opened(window))
    table, grid = tab.table, tab.grid
    headings = [each.words for each in grid.headings]
    table.setFocus()
    table.selectAll()
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied == [[table.names_of, *headings], *([row.name, *row.cells] for row in grid.rows)]
    assert copied[1][0] == "Awarded"
    marked = QGuiApplication.clipboard().mimeData().html()
    first = grid.rows[0]
    assert marked.startswith(f"<table><tr><th>{table.names_of}</th><th>{headings[0]}</th>")
    assert f"</tr><tr><th>{first.name}</th><td>{first.cells[0]}</td>" in marked
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n")[0].split("\t") == list(first.cells)


def test_every_cell_of_the_grid_is_the_figures_own(window: MainWindow) -> None:
    page = opened(window)
    book = window.workspace.book(1)
    figures = Figures(book, book.today)
    cubes = {
        "Original profile": figures.original_profile,
        "Current profile": figures.current_profile,
        "Spent": figures.spent,
        "of which accrued": figures.accrued,
        "Claimed": figures.claimed,
        "Forecast": figures.forecast,
        "Outturn": figures.outturn,
        "Variance": figures.outturn - figures.current_profile,
    }
    for place, expense in enumerate((None, Expense.CAPITAL, Expense.RESOURCE)):
        figures_of(page).choice.setCurrentIndex(place)
        for name, cube in cubes.items():
            for quarter in figures.quarters:
                assert cell(page, name, str(quarter)) == cube.total(quarter=quarter, expense=expense).shown
            assert cell(page, name, "2024/25 total") == cube.total(year=YEAR, expense=expense).shown
        assert cell(page, "Awarded", "2024/25 total") == figures.awarded(YEAR, expense).shown
        assert cell(page, "Awarded", "2024/25 Q2") == ""
    assert cell(page, "Left", "2024/25 total") == "17,000.00"  # resource: 20,000 awarded, 3,000 spent


def test_the_money_line_and_known_sums(window: MainWindow) -> None:
    page = opened(window)
    assert cell(page, "Spent", "2024/25 Q2") == "13,000.00"
    assert cell(page, "Forecast", "2024/25 Q3") == "10,000.00"
    assert page.head.money.text() == (
        "2024/25: awarded £50,000.00  ·  ■ spent £13,000.00  ·  ▨ forecast £10,000.00  ·  left £37,000.00"
    )
    assert page.head.title.text() == "SSF5-VAWG Violence against women"
    assert page.head.state.text() == "Agreed  ·  SSF5 Round 5  ·  01/07/2024 to 31/03/2025"


def test_a_changed_cost_changes_the_page(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window)
    with qtbot.waitSignal(page.shown):
        edit(window.workspace, window.workspace.find(Cost, "C-00602"), net=Money.pounds(3_500))  # pyright: ignore[reportArgumentType] - it is there
    assert cell(page, "Spent", "2024/25 Q2") == "13,500.00"
    assert cell(page, "Left", "2024/25 total") == "36,500.00"


def test_another_date_of_the_office_is_told_at_once(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window)
    figures = figures_of(page)
    assert figures.note.text().startswith("As at 21 October 2024")
    with qtbot.waitSignal(page.shown):
        edit(window.workspace, window.workspace.select(Office)[0], today=date(2024, 10, 17))
    assert figures.note.text().startswith("As at 17 October 2024")


def test_a_page_out_of_sight_is_drawn_anew_when_seen(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window)
    go_to(window, Intervention)
    edit(window.workspace, window.workspace.find(Cost, "C-00602"), net=Money.pounds(4_000))  # pyright: ignore[reportArgumentType] - it is there
    assert cell(page, "Spent", "2024/25 Q2") == "13,000.00"
    window.back()
    wait_for_jobs()
    assert window.page is page
    assert cell(page, "Spent", "2024/25 Q2") == "14,000.00"


def test_its_lists_hold_its_own_and_lead_on(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window)
    costs, interventions = (
        cast("ListsTab", page.tab(title)).lists()[0] for title in ("Costs", "Interventions")
    )
    wait_for_jobs()
    assert (costs.kind, costs.model.rowCount()) == (Cost, 602)
    interventions.table.setFocus()
    interventions.table.selectRow(1)
    press(interventions.table, Qt.Key.Key_Return)
    assert window.spots[-1] == (Intervention, 2)


def test_the_award_list_opens_the_page(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Award)
    page.table.setFocus()
    page.table.selectRow(0)
    click(page.open_button)
    wait_for_jobs()
    assert isinstance(window.page, RecordPage)
