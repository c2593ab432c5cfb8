"""Several rows chosen in a list stay chosen when it is drawn anew; what is chosen meanwhile has its way."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.domain.costs import Cost, CostId
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views import list_chosen
from fundtracker.ui.views.list_page import ListPage
from ui.driving import click_cell, column_number, go_to, press

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALL_COSTS = 602


def chosen(page: ListPage) -> list[int]:
    return page.chosen_ids()


def now(page: ListPage) -> int | None:
    return page.model.id_at(page.table.currentIndex().row())


def also(page: ListPage, *rows: int) -> None:
    """Choose these rows too, as Ctrl+click does; the cursor stays."""
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), add)


def test_a_filled_and_filtered_list_keeps_its_rows_chosen(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.filter_by("supplier", "Supplier 1")
    wait_for_jobs()
    click_cell(page, 1, "net")
    press(page.table, Qt.Key.Key_Down, SHIFT)
    press(page.table, Qt.Key.Key_Down, SHIFT)
    before, at = chosen(page), now(page)
    assert len(before) == 3

    def sums() -> int:
        return len({window.workspace.get(Cost, CostId(each)).net for each in before})

    assert sums() == 3
    page.table.setFocus()
    press(page.table, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: sums() == 1)
    QTest.qWait(20)
    wait_for_jobs()
    assert (chosen(page), now(page)) == (before, at)
    window.undo()
    wait_for_jobs()
    assert (chosen(page), now(page)) == (before, at)


def test_rows_far_apart_stay_chosen_when_a_long_list_is_read_anew_and_sorted(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    also(page, 4, 300, 301, ALL_COSTS - 1)
    before, at = chosen(page), now(page)
    page.refresh()
    page.refresh()  # those further down have not come back yet
    wait_for_jobs()
    assert (page.table.chosen_rows(), now(page)) == ([2, 4, 300, 301, ALL_COSTS - 1], at)
    page.table.sort_by(column_number(page, "net"), descending=True)
    wait_for_jobs()
    assert (sorted(chosen(page)), now(page)) == (sorted(before), at)
    assert page.table.chosen_rows() != [2, 4, 300, 301, ALL_COSTS - 1]


def test_a_row_that_no_longer_fits_is_not_chosen_and_no_other_in_its_stead(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = go_to(window, Cost)
    page.filter_by("supplier", "Supplier 1")
    wait_for_jobs()
    click_cell(page, 0, "supplier")
    also(page, 1, 2)
    first, gone, last = chosen(page)
    many = page.model.rowCount()
    edit(window.workspace, window.workspace.get(Cost, gone), supplier="Another")
    qtbot.waitUntil(lambda: page.model.rowCount() == many - 1)
    wait_for_jobs()
    assert chosen(page) == [first, last]


def test_what_is_chosen_while_the_rest_is_awaited_has_its_way(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    also(page, 300)
    page.refresh()
    click_cell(page, 5, "supplier")
    wait_for_jobs()
    assert page.table.chosen_rows() == [5]
    also(page, 300)
    page.refresh()
    page.choose(8)
    wait_for_jobs()
    assert chosen(page) == [8]


def test_a_record_that_is_gone_to_stands_alone(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.filter_by("supplier", "Supplier 1")
    wait_for_jobs()
    click_cell(page, 0, "supplier")
    also(page, 1, 2)
    page.choose(500)
    wait_for_jobs()
    assert chosen(page) == [500]


def test_of_very_many_rows_one_is_left_where_rows_moved(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as are looked up by their ids; more are chosen again only where every row is where it was."""
    page = go_to(window, Cost)
    click_cell(page, 3, "supplier")
    press(page.table, Qt.Key.Key_A, CONTROL)
    monkeypatch.setattr(list_chosen, "MOST", 10)
    page.refresh()
    wait_for_jobs()
    assert (len(chosen(page)), now(page)) == (ALL_COSTS, 4)
    page.filter_by("supplier", "Supplier 1")
    wait_for_jobs()
    page.clear_filters()
    wait_for_jobs()
    assert len(chosen(page)) <= 1


def test_a_deselected_row_under_the_cursor_is_not_chosen_again(window: MainWindow) -> None:
    """What Delete takes away is what was chosen."""
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    also(page, 3, 4)
    where = page.table.visualRect(page.model.index(2, column_number(page, "supplier"))).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, CONTROL, where)
    assert page.table.chosen_rows() == [3, 4]
    page.refresh()
    wait_for_jobs()
    assert (page.table.chosen_rows(), page.table.currentIndex().row()) == ([3, 4], 2)
