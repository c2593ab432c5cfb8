"""Keys and commands for a list reach the one in sight, on whatever page it stands; where there is none, they say so."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from filing import filed
from fundtracker.application.actions.records import FROZEN, add
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.organisations import Office, Organisation, OrganisationKind
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.cells import MARGIN
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.words import SPACE
from ui.driving import column_number, form_of, go_to, press
from ui.person import settle

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

NO_SEARCH = "There is no list to search here: Ctrl+K looks for any record."


def tab_bar(window: MainWindow, kind: type[Award | FunderReturn], tab: str) -> Any:
    """A tab of the first record of a kind, with the keyboard on the bar of its tabs."""
    window.open_record(kind, 1)
    wait_for_jobs()
    page: Any = window.page
    page.tab(tab)
    wait_for_jobs()
    bar = page.tabs.tabBar()
    bar.setFocus()
    return bar


def list_in_sight(window: MainWindow) -> ListPage:
    return next(each for each in window.findChildren(ListPage) if each.isVisible())


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def test_the_list_in_a_tab_is_filtered(window: MainWindow) -> None:
    places: tuple[tuple[type[Award | FunderReturn], str], ...] = (
        (Award, "Costs"),
        (FunderReturn, "Forecast"),
    )
    for kind, tab in places:
        press(tab_bar(window, kind, tab), Qt.Key.Key_L, CONTROL | SHIFT)
        found = list_in_sight(window)
        assert found.filters.isVisible(), tab
        assert found.isAncestorOf(QApplication.focusWidget() or window), tab
        assert said(window) == ""


def test_where_no_list_is_in_sight_nothing_is_filtered(window: MainWindow) -> None:
    press(tab_bar(window, Award, "Details"), Qt.Key.Key_L, CONTROL | SHIFT)
    assert said(window) == "There is nothing to filter here: go to a list first."


def test_the_search_of_the_list_in_a_tab_is_gone_to(window: MainWindow) -> None:
    for kind, tab in ((Award, "Costs"), (FunderReturn, "Forecast")):
        press(tab_bar(window, kind, tab), Qt.Key.Key_F, CONTROL)
        assert list_in_sight(window).search.hasFocus(), tab
        assert said(window) == ""


def test_where_there_is_no_search_it_is_said_where_to_look(window: MainWindow) -> None:
    for place in ("Home", "Partner forms", "Missing evidence", "Double funding"):
        window.go(place)
        wait_for_jobs()
        window.statusBar().clearMessage()
        press(window, Qt.Key.Key_F, CONTROL)
        assert said(window) == NO_SEARCH, place
    for kind, tab in ((Award, "Figures"), (Award, "Details"), (FunderReturn, "Readiness")):
        bar = tab_bar(window, kind, tab)
        window.statusBar().clearMessage()
        press(bar, Qt.Key.Key_F, CONTROL)
        assert said(window) == NO_SEARCH, tab


def test_keys_for_a_list_say_where_there_is_none(window: MainWindow) -> None:
    for place in ("Home", "Partner forms", "History", "Missing evidence"):
        window.go(place)
        wait_for_jobs()
        for key, words in (
            (Qt.Key.Key_N, "There is no list to add to here: go to a list first."),
            (Qt.Key.Key_P, "There is no list to print here: go to a list first."),
        ):
            window.statusBar().clearMessage()
            press(QApplication.focusWidget() or window, key, CONTROL)
            assert said(window) == words, place


def test_a_record_is_added_to_the_list_in_a_tab(window: MainWindow) -> None:
    press(tab_bar(window, Award, "Costs"), Qt.Key.Key_N, CONTROL)
    form = form_of(list_in_sight(window))
    assert (form.busy, form.item) == (True, None)


def test_what_is_not_added_or_pasted_in_its_list_says_where_it_comes_from(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("a\tb")
    for kind, words in (
        (FunderReturn, "Returns are not {} here. A return is begun on the page of its award."),
        (ReturnLine, "Return lines are not {} here. Submitting a return writes them."),
        (
            PartnerForm,
            "Partner forms are not {} here. They are issued at Partner forms, or on the page of a grant.",
        ),
    ):
        page = go_to(window, kind)
        for key, done in ((Qt.Key.Key_N, "added"), (Qt.Key.Key_V, "pasted")):
            page.show_message("")
            press(page.table, key, CONTROL)
            assert page.message.text() == f"⚠ {words.format(done)}"


def test_what_a_return_said_says_why_it_is_not_changed(qtbot: QtBot, tmp_path: Path) -> None:
    with filed(tmp_path / "filed.fundtracker") as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.show()
        page = go_to(window, ReturnLine)
        line = workspace.select(ReturnLine)[0]
        page.choose(line.id)
        page.table.setFocus()
        page.table.selectAll()
        why = FROZEN.format(workspace.get(FunderReturn, line.return_id).reference)
        for key, held in ((Qt.Key.Key_Delete, NONE), (Qt.Key.Key_F2, NONE), (Qt.Key.Key_D, CONTROL)):
            page.show_message("")
            press(page.table, key, held)
            assert page.message.text() == f"⚠ {why}", key
        wait_for_jobs()


def test_keys_for_rows_say_that_none_is_chosen(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.table.setFocus()
    page.table.selectionModel().clear()
    for key, held, words in (
        (Qt.Key.Key_C, CONTROL, "Nothing is chosen: choose the rows to copy first."),
        (Qt.Key.Key_Delete, NONE, "Nothing is chosen: choose the rows to delete first."),
        (Qt.Key.Key_F2, NONE, "Go to a cell first: F2 edits it."),
    ):
        page.show_message("")
        press(page.table, key, held)
        assert page.message.text() == f"⚠ {words}"


def test_a_name_is_read_whole_where_others_say_little(window: MainWindow) -> None:
    """A column in which no row says anything is as wide as its heading; other texts give way before the names do."""
    window.resize(1440, 900)
    for name in ("Gloucestershire Constabulary", "Gloucestershire County Council"):
        values = {"name": name, "kind": OrganisationKind.GOVERNMENT, "aliases": "the county " * 3, "district": "Forest of Dean"}  # fmt: skip
        add(window.workspace, Organisation, {**values, "note": "Said of it, " * 9})
    page = go_to(window, Organisation)
    settle()
    table, letters = page.table, page.table.fontMetrics()
    widths = {page.model.columns[n].name: table.columnWidth(n) for n in table.shown_sections()}
    assert widths["name"] > letters.horizontalAdvance("Gloucestershire County Council") + 2 * MARGIN
    heading = letters.horizontalAdvance("Identifier")
    assert letters.horizontalAdvance("▲ ") < widths["identifier"] - heading <= 3 * SPACE
    assert widths["note"] < widths["name"]
    assert sum(widths.values()) == table.viewport().width()


def test_a_name_is_read_whole_where_the_list_is_scrolled(window: MainWindow) -> None:
    window.resize(1440, 900)
    name, paper = "Grant agreement SSF3-VAWG-A.pdf", {"kind": DocumentKind.AGREEMENT, "sha256": "0" * 64}
    add(window.workspace, Document, {"name": name, **paper})
    page = go_to(window, Document)
    settle()
    table, letters = page.table, page.table.fontMetrics()
    assert table.across.length() > table.viewport().width()
    number = column_number(page, "name")
    assert table.columnWidth(number) > letters.horizontalAdvance(name) + 2 * MARGIN
    assert table.columnWidth(number) <= table.viewport().width() // 2 + 2 * SPACE


def test_the_one_office_is_not_deleted(window: MainWindow) -> None:
    page = go_to(window, Office)
    press(page.table, Qt.Key.Key_Delete)
    assert page.message.text() == "⚠ A file has one office: change its fields."
