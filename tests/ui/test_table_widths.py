"""Widths of the tables of figures: no figure is cut, what is out of sight is wholly so, and what went wrong stands first."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QTableView
from pytestqt.qtbot import QtBot

from fundtracker.domain.snapshot import CheckRow, Snapshot
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.cells import MARGIN
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.models.form_lines import OF_QUARTER
from fundtracker.ui.models.return_tables import CATEGORY, REASON, check_words
from fundtracker.ui.views.record_page_tabs import FiguresTab
from fundtracker.ui.views.return_figures import SHORT_REASON, TITLE
from fundtracker.ui.views.return_page import ReturnPage
from fundtracker.ui.views.return_tabs import ChecksTab
from fundtracker.ui.views.tables import ROOM, Table, figures_table
from fundtracker.ui.words import SPACE

YEARS = ("2023/24", "2024/25", "2025/26")
QUARTERS = tuple(
    Heading(f"{year}\n{part}", 0, right=True) for year in YEARS for part in ("Q1", "Q2", "Q3", "Q4", "total")
)


def in_sight(table: QTableView, margin: int = 0) -> list[int]:
    """The columns of which something is seen but for the margin of a cell, hidden ones left out."""
    room = table.viewport().width() - margin
    return [
        column
        for column in range(table.model().columnCount())
        if not table.isColumnHidden(column)
        and table.columnViewportPosition(column) < room
        and table.columnViewportPosition(column) + table.columnWidth(column) > 0
    ]


def edges(table: QTableView, margin: int = 0) -> tuple[int, int]:
    """Where the first column in sight begins, and where the last one ends."""
    first, *_, last = in_sight(table, margin)
    return table.columnViewportPosition(first), table.columnViewportPosition(last) + table.columnWidth(last)


def figures_tab(qtbot: QtBot, figure: str, headings: tuple[Heading, ...], width: int) -> FiguresTab:
    """As on an award's page, whose rows all hold one figure."""
    page: Any = SimpleNamespace(workspace=SimpleNamespace(today=date(2024, 10, 21)))
    rows = [TableRow((figure,) * len(headings), key=name, name=name) for name in ("Spent", "Outturn")]
    tab = FiguresTab(page, "Figures", lambda _facts, _choice: (rows, headings))
    qtbot.addWidget(tab)
    tab.resize(width, 400)
    tab.show()
    tab.draw(page)
    for _ in range(5):
        QApplication.processEvents()
    return tab


# Columns


@pytest.mark.usefixtures("qapp")
def test_a_column_is_as_wide_as_its_texts_also_when_they_change() -> None:
    model = FiguresTable((Heading("State", 0), Heading("Sum", 0, right=True)))
    table = figures_table("Table", model)
    model.set_rows([TableRow(("Sent back with 5 problems", "1.00"), key=1)])
    plain = table.fontMetrics()
    assert table.columnWidth(0) == plain.horizontalAdvance("Sent back with 5 problems") + ROOM
    table.setColumnWidth(0, 400)
    model.set_rows([TableRow(("Accepted", "1,234,567.89"), key=1)])
    assert table.columnWidth(1) == plain.horizontalAdvance("1,234,567.89") + ROOM
    assert table.columnWidth(0) == 400, "what somebody drew wider stays so"


@pytest.mark.usefixtures("qapp")
def test_names_of_rows_are_no_wider_than_they_need_and_have_a_heading() -> None:
    model = FiguresTable((Heading("Sum", 9, right=True),))
    table = figures_table("Table", model, row_names=20, names_of="Grant")
    plain = table.fontMetrics()
    model.set_rows([TableRow(("1.00",), name="GR-1")])
    assert table.verticalHeader().width() == max(map(plain.horizontalAdvance, ("GR-1", "Grant"))) + ROOM
    model.set_rows([TableRow(("1.00",), name="GR-1 " * 20, key=2)])
    assert table.verticalHeader().width() == 20 * plain.averageCharWidth() + ROOM
    assert [each.text() for each in table.findChildren(QLabel)] == ["Grant"]


@pytest.mark.usefixtures("qapp")
def test_partner_forms_stand_whole_in_the_smallest_window() -> None:
    model = FiguresTable(OF_QUARTER)
    table = figures_table("Partner forms", model)
    day = "14/10/2024"
    cells = ("GR-SSF5-STR", "A partnership", "← Sent back with 5 problems", day, day, day, "5,720.00", day)
    model.set_rows([TableRow(cells, bold=True)])
    assert table.horizontalHeader().length() <= 832


# An award's figures


def test_two_years_of_quarters_stand_in_the_smallest_window(qtbot: QtBot) -> None:
    tab = figures_tab(qtbot, "162,000.00", QUARTERS[2:10], 834)
    table = tab.table
    assert in_sight(table) == list(range(8))
    assert edges(table) == (0, table.viewport().width())
    assert len({table.columnWidth(column) for column in range(8)}) == 1


def test_more_than_fits_opens_with_the_year_that_runs_and_leaves_no_strip(qtbot: QtBot) -> None:
    tab = figures_tab(qtbot, "-1,234,567.89", QUARTERS, 834)
    table = tab.table
    shown = in_sight(table, 2 * MARGIN)
    assert shown[-1] == 9
    assert 5 in shown
    wide = table.fontMetrics().horizontalAdvance("-1,234,567.89")
    assert table.columnWidth(0) > wide + 2 * MARGIN
    for place in range(table.horizontalScrollBar().maximum() + 1):
        table.horizontalScrollBar().setValue(place)
        first, last = edges(table, 2 * MARGIN)
        assert first == 0
        assert 0 <= table.viewport().width() - last < 2 * MARGIN
    tab.resize(1590, 400)
    QApplication.processEvents()
    assert in_sight(table) == list(range(len(QUARTERS)))


# A return's figures


@pytest.mark.parametrize("width", [560, 640, 700, 760, 834, 900, 1000, 1100, 1260])
def test_reasons_are_in_sight_at_a_usable_width_or_not_at_all(
    qtbot: QtBot, page: ReturnPage, width: int
) -> None:
    page.tab("Figures")
    page.window().resize(1440, 900)
    page.setMaximumWidth(width)
    QApplication.processEvents()
    table = page.figures.table
    shown, room = in_sight(table), table.viewport().width()
    assert edges(table) == (0, room) or shown[-1] > REASON
    if REASON in shown:
        assert table.columnWidth(REASON) >= SHORT_REASON * table.fontMetrics().averageCharWidth()
    assert {TITLE + 1, CATEGORY} <= set(shown)


def test_the_line_spoken_of_is_marked_in_sight(qtbot: QtBot, page: ReturnPage) -> None:
    page.tab("Figures")
    page.window().resize(1440, 900)
    page.setMaximumWidth(834)
    QApplication.processEvents()
    figures = page.figures
    figures.go_to_next()
    marked = {(each.row(), each.column()) for each in figures.table.selectionModel().selectedIndexes()}
    assert {(1, column) for column in in_sight(figures.table)} <= marked
    assert {row for row, _ in marked} == {1}
    assert in_sight(figures.table)[0] == TITLE + 1
    assert figures.line.height() < 2 * figures.line.fontMetrics().lineSpacing(), "no blank line under it"


# Its checks


def checked(*results: str) -> Any:
    rows = tuple(
        CheckRow(f"Check {number}", result, "" if result == "Passed" else "Found", "")
        for number, result in enumerate(results)
    )
    return SimpleNamespace(checks=rows, header=SimpleNamespace(draft=False))


def test_checks_to_mend_stand_first_with_a_sign() -> None:
    held = cast("Snapshot", checked("Passed", "Note", "Waived", "To mend", "Warning", "Passed"))
    rows = return_tables.check_rows(held)
    assert [(row.key, row.cells[1], row.bold) for row in rows] == [
        (3, "⚠ To mend", True), (4, "Warning", False), (2, "Waived", False), (1, "Note", False),
        (0, "✓ Passed", False), (5, "✓ Passed", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (("Passed", "Passed"), "✓ All 2 checks pass."),
        (("Passed", "To mend", "Passed"), "⚠ 1 of 3 checks to mend."),
        (("To mend", "Waived", "Note", "Warning"), "⚠ 1 of 4 checks to mend; 1 with a warning, 1 waived, 1 with a note."),
        (("Passed", "Waived"), "✓ None of 2 checks to mend; 1 waived."),
    ],
)  # fmt: skip
def test_how_many_checks_are_to_mend_is_said(results: tuple[str, ...], words: str) -> None:
    assert check_words(checked(*results).checks) == words


def test_a_check_that_found_two_things_counts_once() -> None:
    twice = CheckRow("Every output has its reading", "To mend", "One", "")
    assert check_words((twice, twice, *checked("Passed").checks)) == "⚠ 1 of 2 checks to mend."


@pytest.mark.parametrize("results", [("Passed",) * 9, ("To mend", *("Passed",) * 8)])
def test_checks_have_the_width_that_others_leave_and_no_hole_stands_above(
    qtbot: QtBot, results: tuple[str, ...]
) -> None:
    tab = ChecksTab()
    qtbot.addWidget(tab)
    tab.resize(1200, 800)
    tab.show()
    held = checked(*results)
    book: Any = SimpleNamespace(all=tuple)
    totals = tuple(TableRow(("Claim", "Costs", "1.00", "Spend", "1.00", "0.00"), key=n) for n in range(8))
    tab.show_checks(held, book, totals, return_tables.check_rows(held))
    for _ in range(3):
        QApplication.processEvents()
    table = tab.table
    name = max(map(table.fontMetrics().horizontalAdvance, (row.check for row in held.checks)))
    if results[0] == "Passed":
        assert table.columnWidth(0) > table.viewport().width() // 2
    else:
        assert table.columnWidth(0) > name + 2 * MARGIN
        assert table.columnWidth(2) > table.columnWidth(0)
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()
    upper = next(each for each in tab.findChildren(Table) if each.accessibleName() == "Control totals")
    title = next(each for each in tab.findChildren(QLabel) if each.text() == "Checks")
    ends = upper.mapTo(tab, QPoint(0, upper.height()))
    assert 0 < title.mapTo(tab, QPoint()).y() - ends.y() < 4 * SPACE, "no empty hole under the totals"
