"""Filtering and sorting a list, by keys and by mouse, as its user sees it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Lists, Workspace
from fundtracker.domain.columns import column_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import read_filter
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.returns import Forecast
from fundtracker.storage.queries import GivenUp, ListQuery, Row
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.record_table import BLOCK, RecordTableModel
from fundtracker.ui.views.list_filters import FilterField
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_search import FOUND_PAUSE
from ui.driving import cell_editor, click, click_cell, column_number, go_to, press, shown_texts, type_text

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def field(page: ListPage, name: str) -> FilterField:
    return page.filters.fields[column_number(page, name)]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def open_filters(page: ListPage) -> None:
    page.table.setFocus()
    press(page.table, Qt.Key.Key_L, CONTROL)


def filter_by(page: ListPage, name: str, text: str) -> None:
    """Type in the field under a heading, and Enter."""
    if not page.filters.isVisible():
        open_filters(page)
    field(page, name).setFocus()
    type_text(field(page, name), text)
    press(field(page, name), Qt.Key.Key_Return)
    wait_for_jobs()


def click_with(page: ListPage, name: str, modifier: Qt.KeyboardModifier) -> None:
    across, number = page.table.across, column_number(page, name)
    page.table.bring_into_view(number)
    place = QPoint(across.sectionViewportPosition(number) + 12, 8)
    QTest.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    wait_for_jobs()


def choose_action(menu: QMenu, *words: str) -> None:
    """Choose a command of a menu, and of the menus within it."""
    for word in words:
        action = next(each for each in menu.actions() if each.text().replace("&", "").split("\t")[0] == word)
        inner: Any = action.menu()
        if inner is None:
            action.trigger()
        else:
            menu = inner
    wait_for_jobs()


def menu_of_rows(page: ListPage) -> QMenu:
    """By the Menu key."""
    from PySide6.QtGui import QContextMenuEvent

    page.table.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(page.table.viewport(), event)
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def test_filters_are_typed_by_keys_alone_and_said_in_words(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    open_filters(page)
    assert field(page, "reference").hasFocus()
    while not field(page, "supplier").hasFocus():
        press(focused(), Qt.Key.Key_Tab)
    type_text(field(page, "supplier"), "SUPPLIER 3")
    press(field(page, "supplier"), Qt.Key.Key_Return)
    while not field(page, "net").hasFocus():
        press(focused(), Qt.Key.Key_Tab)
    type_text(field(page, "net"), "15.90..16")
    press(field(page, "net"), Qt.Key.Key_Return)
    wait_for_jobs()
    assert shown_texts(page, "invoice_number") == ["INV-0591", "INV-0598"]
    assert page.foot.words.text() == (
        "2 of 602 costs: Supplier contains “SUPPLIER 3”; Net from 15.90 to 16.00  ·  Net £31.89  ·  VAT £0.00"
    )
    assert page.foot.clear_button.isVisible()
    press(field(page, "net"), Qt.Key.Key_Escape)
    assert field(page, "net").text() == ""
    assert page.model.rowCount() == 86
    press(field(page, "net"), Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    press(page.table, Qt.Key.Key_L, CONTROL)
    assert not page.filters.isVisible()
    assert page.model.rowCount() == 86, "what is filtered for stays, and is said"
    assert "Supplier contains “SUPPLIER 3”" in page.foot.words.text()


def test_filters_are_typed_and_cleared_by_the_mouse(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click(page.bar.filter_button)
    assert page.bar.filter_button.isChecked()
    click(field(page, "supplier"))
    type_text(field(page, "supplier"), "penhallow")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    wait_for_jobs()
    assert (
        page.foot.words.text()
        == "1 of 602 costs: Supplier contains “penhallow”  ·  Net £3,000.00  ·  VAT £0.00"
    )
    click(page.foot.clear_button)
    wait_for_jobs()
    assert page.model.rowCount() == 602
    assert field(page, "supplier").text() == ""
    assert not page.foot.clear_button.isVisible()
    assert page.foot.words.text() == "602 costs  ·  Net £13,000.00  ·  VAT £0.00"


def test_what_cannot_be_read_is_said_and_the_list_stays(window: MainWindow) -> None:
    page = go_to(window, Cost)
    filter_by(page, "supplier", "penhallow")
    filter_by(page, "received_on", "last year")
    assert page.message.text().startswith("⚠ “last year” can't be looked for in Received: type 2024, 10/2024")
    assert page.model.rowCount() == 1
    assert field(page, "received_on").text() == "last year"
    field(page, "received_on").clear()
    filter_by(page, "received_on", "8/2024")
    assert not page.message.isVisible()
    assert shown_texts(page, "invoice_number") == ["T-1"]


def test_nothing_found_says_what_was_looked_for(window: MainWindow) -> None:
    page = go_to(window, Cost)
    filter_by(page, "supplier", "nobody")
    assert (
        page.foot.words.text() == "Nothing found: Supplier contains “nobody”. Change a filter or clear them."
    )


def test_the_words_of_a_choice_are_checked_in_a_list(window: MainWindow) -> None:
    page = go_to(window, Cost)
    open_filters(page)
    line = field(page, "expense")
    line.setFocus()
    press(line, Qt.Key.Key_Down, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    (words,) = menu.findChildren(QListWidget)
    assert [words.item(n).text() for n in range(words.count())] == ["Capital", "Resource", "(empty)"]
    press(words, Qt.Key.Key_Down)
    press(words, Qt.Key.Key_Space)
    wait_for_jobs()
    assert line.text() == "Resource"
    assert shown_texts(page, "invoice_number") == ["T-1"]
    press(words, Qt.Key.Key_Up)
    press(words, Qt.Key.Key_Space)
    press(words, Qt.Key.Key_Return)
    wait_for_jobs()
    assert line.text() == "Capital, Resource"
    assert page.model.rowCount() == 602


def test_fields_stand_under_their_headings_however_these_are_moved(window: MainWindow) -> None:
    page = go_to(window, Cost)
    open_filters(page)
    across = page.table.across

    def aligned() -> None:
        for section in page.table.shown_sections():
            place = page.filters.fields[section].geometry()
            assert (place.x(), place.width()) == (
                across.sectionViewportPosition(section),
                across.sectionSize(section),
            )

    aligned()
    across.resizeSection(2, 300)
    across.moveSection(0, 5)
    aligned()
    page.table.horizontalScrollBar().setValue(250)
    aligned()
    page.table.hide_column(4)
    page.filters.place()
    assert field(page, page.model.columns[4].name).isHidden()
    aligned()
    press(page.filters.fields[page.table.shown_sections()[0]], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.filters.fields[page.table.shown_sections()[1]]


def test_shift_click_sorts_by_several_columns_and_says_so(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_with(page, "supplier", Qt.KeyboardModifier.NoModifier)
    click_with(page, "net", SHIFT)
    click_with(page, "net", SHIFT)
    assert page.model.query.sort == (("supplier", False), ("net", True))
    costs = sorted(window.workspace.select(Cost), key=lambda each: (each.supplier.lower(), -each.net.pence))
    assert shown_texts(page, "net", 100) == [each.net.shown for each in costs[:100]]
    supplier, net = column_number(page, "supplier"), column_number(page, "net")
    assert page.table.across.sort_mark(supplier) == "▲1 "
    assert page.table.across.sort_mark(net) == "▼2 "
    said = page.model.headerData(net, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Net, sorted descending, 2 of 2"
    click_with(page, "net", Qt.KeyboardModifier.NoModifier)
    assert page.model.query.sort == (("net", False),)
    assert page.table.across.sort_mark(net) == "▲ "


def test_the_menu_sorts_filters_and_hides_by_keys(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 3, "supplier")
    choose_action(menu_of_rows(page), "Filter by “Supplier 3”")
    assert page.model.rowCount() == 86
    assert page.foot.words.text().startswith("86 of 602 costs: Supplier is “Supplier 3”")
    choose_action(menu_of_rows(page), "Column “Supplier”", "Sort descending")
    click_cell(page, 0, "net")
    choose_action(menu_of_rows(page), "Column “Net”", "Then by this, ascending")
    assert page.model.query.sort == (("supplier", True), ("net", False))
    choose_action(menu_of_rows(page), "Column “Net”", "Hide this column")
    assert page.table.isColumnHidden(column_number(page, "net"))
    choose_action(menu_of_rows(page), "Clear filters")
    assert page.model.rowCount() == 602


def test_a_row_that_no_longer_fits_goes_when_it_is_changed(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    filter_by(page, "supplier", "penhallow")
    edit(window.workspace, window.workspace.select(Cost)[0], supplier="Penhallow Catering")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    wait_for_jobs()
    assert page.foot.words.text().startswith("2 of 602 costs")


def test_filters_give_way_to_a_record_that_is_gone_to(window: MainWindow) -> None:
    page = go_to(window, Cost)
    filter_by(page, "supplier", "penhallow")
    window.open_record(Cost, 5)
    wait_for_jobs()
    assert page.model.rowCount() == 602
    assert [each.id for each in page.chosen()] == [5]


def test_a_frozen_record_says_why_its_cell_cannot_be_edited(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = go_to(window, Forecast)
    from fundtracker.application.actions import records

    why: Callable[..., str] = records.why_locked
    assert why(window.workspace, window.workspace.get(Forecast, 1)) == ""

    def frozen(*_: object) -> str:
        return "R-1 is submitted and frozen."

    monkeypatch.setattr(records, "why_locked", frozen)
    click_cell(page, 0, "amount")
    press(page.table, Qt.Key.Key_F2)
    assert cell_editor(page) is None
    assert page.message.text() == "⚠ R-1 is submitted and frozen."


def test_the_export_is_as_shown(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = go_to(window, Cost)
    filter_by(page, "net", ">=15.98")
    page.table.sort_by(column_number(page, "net"), descending=True)
    for number in range(len(page.model.columns)):
        if page.model.columns[number].name not in {"supplier", "net", "invoice_number"}:
            page.table.hide_column(number)
    page.table.across.moveSection(page.table.across.visualIndex(column_number(page, "net")), 0)
    wait_for_jobs()
    said: list[str] = []
    page.said.connect(said.append)
    page.export(tmp_path / "shown.csv")
    qtbot.waitUntil(lambda: said == ["4 rows written to shown.csv."])
    assert (tmp_path / "shown.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "Net,Supplier,Invoice no.",
        "3000.00,Penhallow Training,T-1",
        "2203.00,Supplier 0,INV-LAST",
        "15.99,Supplier 4,INV-0599",
        "15.98,Supplier 3,INV-0598",
    ]


# What takes long


class SlowLists(Lists):
    """Gives up what the window's thread asks, of the methods named; a worker gets its answer."""

    def __init__(self, lists: Lists, *slow: str) -> None:
        super().__init__(lists._database)  # pyright: ignore[reportPrivateUsage] - the same file
        self._slow = slow

    def _hold(self, what: str) -> None:
        from threading import current_thread, main_thread

        if what in self._slow and current_thread() is main_thread():
            raise GivenUp

    def count(self, query: ListQuery) -> int:
        self._hold("count")
        return super().count(query)

    def page(self, query: ListQuery, offset: int, limit: int, *, walked: bool = True) -> list[Row]:
        self._hold("page")
        return super().page(query, offset, limit, walked=walked)


def test_a_count_that_takes_long_comes_later_and_the_rows_stay_put(
    qtbot: QtBot, workspace: Workspace
) -> None:
    model = RecordTableModel(workspace, Cost)
    counted: list[tuple[int, bool]] = []

    def note(count: int) -> None:
        counted.append((count, model.counting))

    model.counted.connect(note)
    workspace.lists = SlowLists(workspace.lists, "count")
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    wanted = read_filter(column_of(Cost, "supplier"), "supplier")
    assert wanted is not None
    model.show(filters=(wanted,))
    assert (model.rowCount(), model.counting) == (BLOCK, True)
    wait_for_jobs()
    assert counted == [(BLOCK, True), (601, False)]
    assert len(resets) == 1
    assert model.text(600, 0) == "C-00601"


def test_a_first_block_that_takes_long_leaves_what_was_shown(qtbot: QtBot, workspace: Workspace) -> None:
    page = ListPage(workspace, Cost)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs()
    workspace.lists = SlowLists(workspace.lists, "page", "count")
    page.search.setText("penhallow")
    assert page.model.rowCount() == 602
    assert page.foot.words.text() == "Looking for costs..."
    page.filter_by("net", ">100")
    assert page.foot.words.text() == "Looking for costs: Net over 100.00..."
    wait_for_jobs()
    assert shown_texts(page, "invoice_number") == ["T-1"]
    assert page.foot.words.text() == "1 cost: Net over 100.00  ·  Net £3,000.00  ·  VAT £0.00"


def test_an_answer_that_was_overtaken_is_not_shown(qtbot: QtBot, workspace: Workspace) -> None:
    workspace.lists = SlowLists(workspace.lists, "page", "count")
    model = RecordTableModel(workspace, Organisation)
    shown: list[int] = []
    model.counted.connect(shown.append)
    for text in ("stroud", "nowhere", "cotswold"):
        model.show(search=text)
    wait_for_jobs()
    assert shown == [1]
    assert model.text(0, 0) == "Cotswold"


def test_the_list_beside_a_record_is_filtered_by_its_own_keys(window: MainWindow) -> None:
    page = go_to(window, Intervention)
    pane = page.pane
    assert pane is not None
    pane.setCurrentIndex(next(n for n in range(pane.count()) if pane.tabText(n) == "Costs"))
    wait_for_jobs()
    (costs,) = pane.lists()
    open_filters(costs)
    assert costs.filters.isVisible()
    assert not page.filters.isVisible()
    filter_by(costs, "supplier", "supplier 3")
    assert costs.foot.words.text().startswith("86 of 601 costs: Supplier contains “supplier 3”")
    press(field(costs, "supplier"), Qt.Key.Key_L, CONTROL)
    assert not costs.filters.isVisible()
    assert page.model.rowCount() == 2


def test_beside_a_filtered_list_stands_one_of_its_own_records(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    assert page.pane is not None
    held = page.workspace.select(Cost)
    outside = next(each for each in held if each.supplier != held[-1].supplier)
    page.choose(outside.id)
    filter_by(page, "supplier", f"={held[-1].supplier}")
    wanted = next(each for each in held if each.supplier == held[-1].supplier)
    qtbot.waitUntil(lambda: page.pane is not None and page.pane.item == wanted)
    assert page.chosen_ids() == [wanted.id]


def test_a_record_that_is_typed_into_stays_beside_a_list_that_lost_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = go_to(window, Cost)
    assert page.pane is not None
    held = page.workspace.select(Cost)
    outside = next(each for each in held if each.supplier != held[-1].supplier)
    page.choose(outside.id, "description")
    page.filter_by("supplier", f"={held[-1].supplier}")
    wait_for_jobs()
    qtbot.wait(2 * FOUND_PAUSE)
    assert page.pane.item == outside
