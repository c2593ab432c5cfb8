"""Columns chosen, moved and sized, and saved views: remembered for the user, and forgiving of what they find."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Organisation
from fundtracker.ui import list_views, looks
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.saying import TextQuestion
from fundtracker.ui.list_views import Remembered, View
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_columns import ColumnsDialog
from fundtracker.ui.views.list_order import usual_order
from fundtracker.ui.views.list_page import ListPage
from ui.driving import click_cell, column_number, go_to, press, type_text

NAMES = [columns(Cost)[number].name for number in usual_order(Cost)]


@pytest.fixture(autouse=True)
def ends_with_its_jobs(workspace: Workspace) -> Iterator[None]:
    """The file is closed once nothing reads it."""
    yield
    assert workspace.path.exists()
    wait_for_jobs()


def opened(qtbot: QtBot, workspace: Workspace) -> ListPage:
    page = ListPage(workspace, Cost)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    wait_for_jobs()
    qtbot.waitUntil(lambda: page.table.across.sectionSize(0) != page.table.across.defaultSectionSize())
    return page


def test_how_a_list_was_left_is_how_it_is_found(
    qtbot: QtBot, workspace: Workspace, own_settings: Path
) -> None:
    page = opened(qtbot, workspace)
    net, grant = column_number(page, "net"), column_number(page, "grant_id")
    page.table.across.moveSection(page.table.across.visualIndex(net), 0)
    page.table.across.resizeSection(net, 177)
    page.table.hide_column(grant)
    page.table.sort_by(net, descending=True)
    page.filter_by("supplier", "penhallow")
    page.hide()
    kept = json.loads((own_settings / "lists.json").read_text(encoding="utf-8"))
    assert kept["version"] == 1
    again = opened(qtbot, workspace)
    assert again.table.shown_names() == ("net", *(name for name in NAMES if name not in {"net", "grant_id"}))
    assert again.table.across.sectionSize(net) == 177
    assert again.model.query.sort == (("net", True),)
    assert again.model.query.filters == (), "yesterday's filter would hide today's rows"
    assert again.model.rowCount() == 602


@pytest.fixture
def usual_text(qapp: QApplication) -> Iterator[QFont]:
    usual = qapp.font()
    yield usual
    qapp.setFont(usual)


def test_a_width_set_by_hand_holds_as_many_letters_at_every_size_of_text(
    qtbot: QtBot, qapp: QApplication, workspace: Workspace, usual_text: QFont
) -> None:
    page = opened(qtbot, workspace)
    supplier = column_number(page, "supplier")
    page.table.across.resizeSection(supplier, 177)
    letters = 177 / page.table.fontMetrics().averageCharWidth()
    page.hide()
    looks.set_text_size(qapp, usual_text, 200)
    larger = opened(qtbot, workspace).table
    wanted = letters * larger.fontMetrics().averageCharWidth()
    assert abs(larger.across.sectionSize(supplier) - wanted) <= 1 < wanted - 177


def test_a_list_within_a_record_remembers_for_itself(qtbot: QtBot, workspace: Workspace) -> None:
    page = opened(qtbot, workspace)
    page.table.hide_column(column_number(page, "supplier"))
    page.hide()
    narrow = ListPage(workspace, Cost, within=(("intervention_id", 2),), compact=True)
    qtbot.addWidget(narrow)
    assert "supplier" in narrow.table.shown_names()
    assert "intervention_id" not in narrow.table.shown_names()


def test_a_view_is_saved_gone_to_and_deleted(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, workspace)
    said: list[str] = []
    page.said.connect(said.append)
    page.filter_by("supplier", "penhallow")
    page.filter_by("net", ">100")
    page.table.sort_by(column_number(page, "net"), descending=True)
    page.table.hide_column(column_number(page, "vat"))

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TextQuestion)
        type_text(dialog.editor, "  Training over £100 ")
        dialog.accept()

    QTimer.singleShot(0, answer)
    page.view.ask_save()
    page.view.go_standard()
    wait_for_jobs()
    assert page.model.rowCount() == 602
    assert page.model.query.sort == ()
    assert page.table.shown_names() == tuple(NAMES)
    page.view.go_to("Training over £100")
    wait_for_jobs()
    assert page.foot.words.text().startswith("1 of 602 costs: Supplier contains “penhallow”; Net over 100.00")
    assert page.model.query.sort == (("net", True),)
    assert "vat" not in page.table.shown_names()
    page.view.delete("Training over £100")
    assert page.view.saved() == ()
    assert said == [
        "View saved: Training over £100",
        "Standard view",
        "View: Training over £100",
        "View deleted: Training over £100",
    ]


def test_the_view_menu_names_the_saved_views(qtbot: QtBot, workspace: Workspace) -> None:
    page = opened(qtbot, workspace)
    list_views.keep_view("Cost", "B & A", View(filters=(("supplier", "penhallow"),)))
    page.bar.view_button.menu().aboutToShow.emit()
    words = [each.text().split("\t")[0] for each in page.bar.view_button.menu().actions()]
    assert "&1 B && A" in words
    next(each for each in page.bar.view_button.menu().actions() if each.text() == "&1 B && A").trigger()
    wait_for_jobs()
    assert page.model.rowCount() == 1


def test_columns_are_chosen_and_moved_by_keys(qtbot: QtBot, workspace: Workspace) -> None:
    page = opened(qtbot, workspace)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ColumnsDialog)
        assert dialog.columns.hasFocus() or not dialog.isActiveWindow()
        press(dialog.columns, Qt.Key.Key_Space)
        press(dialog.columns, Qt.Key.Key_Down)
        dialog.move_by(-1)
        (box,) = dialog.findChildren(QDialogButtonBox)
        press(box.button(QDialogButtonBox.StandardButton.Ok), Qt.Key.Key_Space)

    QTimer.singleShot(0, choose)
    page.view.choose_columns()
    first, second, *rest = NAMES
    assert page.table.shown_names() == (second, *rest)
    assert page.table.isColumnHidden(column_number(page, first))


def test_a_list_keeps_at_least_one_column(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ColumnsDialog("Columns", ["One", "Two"], [0, 1], frozenset({0}), window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.columns.setCurrentRow(1)
    press(dialog.columns, Qt.Key.Key_Space)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.message.text() == "⚠ No column would be left: tick at least one."
    page = go_to(window, Organisation)
    for section in range(len(page.model.columns)):
        page.table.hide_column(section)
    assert len(page.table.shown_sections()) == 1
    page.table.stand(View(hidden=tuple(each.name for each in page.model.columns)))
    assert len(page.table.shown_sections()) == len(page.model.columns)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[1",
        "[]",
        "{}",
        '{"version": 2, "lists": {"Cost": {"present": {"hidden": ["net"]}}}}',
        '{"version": 1, "lists": []}',
        '{"version": 1, "lists": {"Cost": 3}}',
        '{"version": 1, "lists": {"Cost": {"present": 3, "views": []}}}',
        '{"version": 1, "lists": {"Cost": {"present": {"order": 1, "widths": [["net", "x"], ["net", -1], 3], "sort": [["net"]]}}}}',
    ],
)
def test_a_damaged_or_later_file_is_as_none(own_settings: Path, kept: str) -> None:
    (own_settings / "lists.json").write_text(kept, encoding="utf-8")
    assert list_views.load("Cost") == Remembered()


def test_columns_that_are_no_more_do_no_harm(qtbot: QtBot, workspace: Workspace) -> None:
    view = View(
        order=("gone", "net"), hidden=("gone", "vat"), widths=(("gone", 5), ("net", 150)), sort=(("gone", True), ("net", True)),
    )  # fmt: skip
    list_views.keep_present("Cost", view)
    page = opened(qtbot, workspace)
    assert page.table.shown_names() == ("net", *(name for name in NAMES if name not in {"net", "vat"}))
    assert page.model.query.sort == (("net", True),)
    list_views.keep_view("Cost", "Old", View(filters=(("gone", "x"), ("supplier", "penhallow"))))
    page.view.go_to("Old")
    wait_for_jobs()
    assert page.model.rowCount() == 1


def test_what_is_remembered_reads_back_whole() -> None:
    view = View(
        ("net", "vat"), ("grant_id",), (("net", 80),), (("net", True), ("vat", False)), (("net", ">1"),)
    )
    list_views.keep_view("Cost", "All of it", view)
    list_views.keep_present("Organisation", View(hidden=("kind",)))
    assert list_views.load("Cost") == Remembered(views={"All of it": view})
    assert list_views.load("Organisation") == Remembered(View(hidden=("kind",)))


def test_a_filter_typed_last_is_kept_when_the_row_is_hidden(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.filter()
    supplier = page.filters.fields[column_number(page, "supplier")]
    supplier.setFocus()
    type_text(supplier, "penhallow")
    page.toggle_filters()
    wait_for_jobs()
    assert page.model.rowCount() == 1


@pytest.mark.parametrize("by_menu", [True, False], ids=["menu", "view"])
@pytest.mark.parametrize("place", [0, 3, -1], ids=["first", "between", "last"])
def test_the_cursor_leaves_a_column_that_is_hidden(
    qtbot: QtBot, workspace: Workspace, place: int, by_menu: bool
) -> None:
    """Keys go on, and F2 opens a cell that is seen."""
    page = opened(qtbot, workspace)
    table, name = page.table, NAMES[place]
    click_cell(page, 2, name)
    if by_menu:
        table.hide_column(column_number(page, name))
    else:
        table.stand(replace(table.standing(), hidden=(name,)))
    at = table.currentIndex()
    beside = NAMES[-2] if place == -1 else NAMES[place + 1]
    assert (at.row(), page.model.columns[at.column()].name) == (2, beside)
    assert table.chosen_rows() == [2]
    press(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 3


def test_a_list_whose_first_column_is_hidden_begins_in_one_that_is_shown(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = opened(qtbot, workspace)
    page.table.hide_column(0)
    page.hide()
    again = opened(qtbot, workspace)
    again.table.enter()
    assert again.table.isColumnHidden(0)
    assert not again.table.isColumnHidden(again.table.currentIndex().column())
    press(again.table, Qt.Key.Key_Down)
    assert again.table.currentIndex().row() == 1
    again.table.selectionModel().clear()
    again.table.enter()
    assert not again.table.isColumnHidden(again.table.currentIndex().column())


def test_a_column_hidden_while_no_row_is_chosen_is_not_come_back_to(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = opened(qtbot, workspace)
    click_cell(page, 2, "supplier")
    page.filter_by("supplier", "nobody has this name")
    wait_for_jobs()
    page.table.hide_column(column_number(page, "supplier"))
    page.clear_filters()
    wait_for_jobs()
    assert page.table.currentIndex().row() == 2
    assert not page.table.isColumnHidden(page.table.currentIndex().column())
