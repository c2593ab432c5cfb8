"""The one list: sorted, searched, edited, added to and taken from by clicks and keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Match
from fundtracker.domain.grants import Grant
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, Office, Organisation
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.storage.queries import ListQuery
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models import record_table
from fundtracker.ui.models.record_table import BLOCK
from fundtracker.ui.views import list_words, tables
from fundtracker.ui.views.tables import Table
from ui.driving import (
    cell_editor,
    choose_word,
    click,
    click_cell,
    click_heading,
    column_number,
    form_of,
    go_to,
    press,
    shown_texts,
    type_into,
    type_text,
)

ALL_COSTS = 602


def test_a_long_list_is_read_by_the_block(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    assert page.model.rowCount() == ALL_COSTS > 2 * BLOCK
    page.table.setFocus()
    press(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    last = page.model.index(ALL_COSTS - 1, column_number(page, "supplier"))
    assert last.data() == "Penhallow Training"
    assert page.table.visualRect(last).isValid()


def test_the_first_of_rows_that_took_long_is_chosen_as_any(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy machine or a slow disk: even the first rows are left to a worker, and come after the list is in sight."""

    def late(*_: object) -> None:
        return None

    monkeypatch.setattr(record_table, "first_answer", late)
    page = go_to(window, Cost)
    wait_for_jobs()
    QApplication.processEvents()
    assert [each.row() for each in page.table.selectionModel().selectedRows()] == [0]
    assert form_of(page).item == page.chosen()[0]


def test_the_model_keeps_qts_rules(window: MainWindow, qtbot: QtBot) -> None:
    page = go_to(window, CostCategory)
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    add(window.workspace, CostCategory, {"name": "Training"})
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert tester.model() is page.model  # what it finds is a Qt warning, which fails the test


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_heading(page, "net")
    assert shown_texts(page, "net", 3) == ["10.00", "10.01", "10.02"]
    click_heading(page, "net")
    biggest = max(window.workspace.select(Cost), key=lambda cost: cost.net)
    assert shown_texts(page, "net", 1) == [biggest.net.shown]


def test_typing_searches_and_clearing_shows_all_again(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    press(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    type_text(page.search, "penhal")
    wait_for_jobs()
    assert shown_texts(page, "invoice_number") == ["T-1"]
    assert page.foot.words.text() == "1 cost  ·  Net £3,000.00  ·  VAT £0.00"
    page.search.clear()
    assert page.model.rowCount() == ALL_COSTS
    type_text(page.search, "nobody at all")
    assert page.foot.words.text().startswith("Nothing found")


def test_a_sum_a_choice_and_a_name_in_sight_are_found_by_typing_them(window: MainWindow) -> None:
    page = go_to(window, Cost)
    for typed, wanted in (("10.01", ["10.01"]), ("£3,000.00 penhal", ["3,000.00"]), ("10.01 penhal", [])):
        page.search.clear()
        type_text(page.search, typed)
        wait_for_jobs()
        assert shown_texts(page, "net") == wanted, typed
    assert page.foot.words.text().startswith("Nothing found: try fewer words, or the beginning of one;")
    category = shown_texts(go_to(window, CostCategory), "name", 1)[0]
    page = go_to(window, Cost)
    page.search.clear()
    type_text(page.search, category)
    wait_for_jobs()
    assert page.model.rowCount() == sum(text == category for text in shown_texts(page, "category_id")) > 0


def test_the_footer_counts_and_adds_up(window: MainWindow) -> None:
    page = go_to(window, Cost)
    assert page.foot.words.text() == "602 costs  ·  Net £13,000.00  ·  VAT £0.00"


def test_a_cell_is_edited_in_place_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "net")
    press(page.table, Qt.Key.Key_F2)
    editor = cell_editor(page)
    editor.selectAll()
    type_text(editor, "2.5k")
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.get(Cost, 3).net == Money.pounds(2_500))
    qtbot.waitUntil(lambda: page.model.index(2, column_number(page, "net")).data() == "2,500.00")
    assert page.table.currentIndex().row() == 2
    assert window.undo_action.text() == "&Undo Change net of C-00003"
    press(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.get(Cost, 3).net == Money(1_002)
    qtbot.waitUntil(lambda: page.model.index(2, column_number(page, "net")).data() == "10.02")
    press(page.table, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.get(Cost, 3).net == Money.pounds(2_500)


def test_what_cannot_be_read_stays_in_its_cell_with_a_message(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "net")
    press(page.table, Qt.Key.Key_F2)
    editor = cell_editor(page)
    editor.selectAll()
    type_text(editor, "lots")
    press(editor, Qt.Key.Key_Return)
    assert page.message.isVisible()
    assert page.message.text() == "⚠ “lots” is not an amount: type an amount such as 1,234.56 or 2.5k."
    assert cell_editor(page) is editor
    assert editor.text() == "lots"
    assert window.workspace.get(Cost, 3).net == Money(1_002)
    press(editor, Qt.Key.Key_Escape)


def test_a_refusal_in_a_cell_is_said(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 0, "supplier")
    press(page.table, Qt.Key.Key_F2)
    editor = cell_editor(page)
    editor.clear()
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "supplier" in page.message.text().lower())
    assert window.workspace.get(Cost, 1).supplier == "Supplier 0"


def test_a_record_is_added_by_keys_alone_and_taken_away(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Organisation)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = form_of(page)
    assert form.message.text() == "Not saved yet. Still to fill in: Name, Kind."
    type_into(form, "name", "Tewkesbury")
    choose_word(form, "kind", "Council")
    made = window.workspace.find(Organisation, "Tewkesbury")
    assert made is not None
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert page.chosen() == [made]
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    assert window.workspace.find(Organisation, "Tewkesbury") is None
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.find(Organisation, "Tewkesbury") is not None


def test_what_others_rest_on_is_not_deleted(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, CostCategory)
    click_cell(page, 0, "name")
    click(page.remove_button)
    assert page.message.isVisible()
    first = "profile line of SSF5-VAWG-02, 2024/25 Q2, Resource, Staff"
    assert f"This cost category is used by 1 profile line ({first})" in page.message.text()
    assert len(window.workspace.select(CostCategory)) == 2


def test_a_duplicate_waits_for_its_own_name(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Organisation)
    click_cell(page, 0, "name")
    click(page.duplicate_button)
    form = form_of(page)
    assert form.message.text() == "Not saved yet. Still to fill in: Name."
    type_into(form, "name", "Forest of Dean")
    made = window.workspace.find(Organisation, "Forest of Dean")
    assert made is not None
    assert made.kind == window.workspace.get(Organisation, 1).kind


def test_the_chosen_record_stays_chosen_when_rows_move(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click_cell(page, 4, "supplier")
    assert [each.id for each in page.chosen()] == [5]
    click_heading(page, "supplier")
    assert [each.id for each in page.chosen()] == [5]
    edit(window.workspace, window.workspace.get(Cost, 5), supplier="Zebra")
    qtbot.waitUntil(
        lambda: page.model.text(page.table.currentIndex().row(), column_number(page, "supplier")) == "Zebra"
    )
    assert page.table.currentIndex().row() == ALL_COSTS - 1


def test_a_list_that_does_not_show_what_changed_is_left_alone(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, CostCategory)
    counted: list[int] = []
    page.model.counted.connect(counted.append)
    edit(window.workspace, window.workspace.get(Cost, 5), supplier="Zebra")
    other = go_to(window, Cost)
    qtbot.waitUntil(lambda: other.model.text(4, column_number(other, "supplier")) == "Zebra")
    window.go("Cost categories")
    wait_for_jobs()
    assert counted == []


def test_rows_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Organisation)
    page.table.setFocus()
    page.table.selectAll()
    press(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Name", "Kind"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["Stroud", "Cotswold"]
    marked = QGuiApplication.clipboard().mimeData().html()
    assert marked.startswith("<table><tr><th>Name</th><th>Kind</th>")
    assert "<tr><td>Stroud</td>" in marked
    press(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "<th>" not in QGuiApplication.clipboard().mimeData().html()


def test_returns_are_not_added_here_nor_their_lines_edited(window: MainWindow) -> None:
    assert not go_to(window, FunderReturn).add_button.isVisible()
    page = go_to(window, ReturnLine)
    assert not page.model.editable
    assert not page.remove_button.isVisible()


def test_the_list_is_exported_as_shown(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = go_to(window, Cost)
    type_text(page.search, "penhallow")
    target = tmp_path / "shown.csv"
    said: list[str] = []
    page.said.connect(said.append)
    page.export(target)
    qtbot.waitUntil(lambda: said == ["1 rows written to shown.csv."])
    text = target.read_text(encoding="utf-8-sig")
    assert "Penhallow Training" in text
    assert "Supplier 1" not in text


def test_a_lists_within_shows_only_its_own(workspace: Workspace, qtbot: QtBot) -> None:
    from fundtracker.ui.views.list_page import ListPage

    page = ListPage(workspace, Cost, within=(("intervention_id", 2),), compact=True)
    qtbot.addWidget(page)
    wait_for_jobs()
    assert page.model.rowCount() == 1
    assert page.table.isColumnHidden(column_number(page, "intervention_id"))


def test_nothing_can_be_done_to_the_rows_of_an_empty_list(window: MainWindow) -> None:
    page = go_to(window, Grant)
    needing = (page.duplicate_button, page.open_button, page.remove_button)
    assert page.model.rowCount() == 0
    assert page.add_button.isEnabled()
    assert [each.isEnabled() for each in needing] == [False] * 3
    costs = go_to(window, Cost)
    assert costs.duplicate_button.isEnabled()
    assert costs.remove_button.isEnabled()
    costs.search.setText("qzxqzx")
    wait_for_jobs()
    assert costs.model.rowCount() == 0
    assert not costs.remove_button.isEnabled()


def test_rows_end_where_their_table_does(qtbot: QtBot, window: MainWindow) -> None:
    """Where every column is seen whole, the last text takes what room is left."""
    page = go_to(window, CostCategory)
    across = page.table.horizontalHeader()
    qtbot.waitUntil(lambda: across.length() == page.table.viewport().width())


def test_a_draft_has_no_claim_yet_and_no_nought_for_it(window: MainWindow) -> None:
    page = go_to(window, FunderReturn)
    assert shown_texts(page, "state") == ["Draft"]
    assert (shown_texts(page, "claim"), shown_texts(page, "earlier_years")) == ([""], [""])


def test_what_submitting_a_return_writes_is_not_typed_in_its_list_or_form(window: MainWindow) -> None:
    page = go_to(window, FunderReturn)
    before = window.workspace.select(FunderReturn)
    said = "Claim isn't typed: submitting the return writes it."
    click_cell(page, 0, "claim")
    press(page.table, Qt.Key.Key_F2)
    assert cell_editor(page) is None
    assert said in page.message.text()
    click_cell(page, 0, "state")
    press(page.table, Qt.Key.Key_F2)
    assert cell_editor(page) is None
    assert "State isn't typed: the steps on the return's page change it" in page.message.text()
    column = column_number(page, "claim")
    heading = page.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert heading == f"Spent in the quarter plus its adjustments\n{said}"
    assert page.model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) == said
    form = form_of(page)
    for name, text in (
        ("claim", "500"),
        ("submitted_on", "1/10/2024"),
        ("received", "5"),
        ("received_on", "1/10/2024"),
    ):
        type_into(form, name, text)
        assert form.fields[name].widget.toolTip() == form.fields[name].column.why_locked
    choose_word(form, "state", "With CFO")
    type_into(form, "prepared_by", "Programme manager")
    (after,) = window.workspace.select(FunderReturn)
    assert (replace(after, prepared_by="", version=1),) == before


def test_counts_are_said_in_english() -> None:
    said = [
        list_words.footer(ListQuery(kind), many, {}, of=None, counting=False)
        for kind in (Cost, Match, Office)
        for many in (1, 72)
    ]
    assert said[:4] == ["1 cost", "72 costs", "1 match", "72 lines of match funding"]
    assert said[4] == "1 office"


def test_letters_typed_on_a_row_read_no_rows_and_the_page_says_what_does(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt would look for the next row that begins with them, and read a million."""
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    asked: list[int] = []
    text = page.model.text

    def read(row: int, column: int) -> str:
        asked.append(row)
        return text(row, column)

    monkeypatch.setattr(page.model, "text", read)
    press(page.table, Qt.Key.Key_Space)
    assert page.message.text() == "", "Space chooses a row"
    type_text(page.table, "penh")
    assert (page.table.currentIndex().row(), page.table.chosen_rows()) == (2, [2])
    assert max(asked, default=0) < BLOCK, "rows in sight are drawn, others are not read"
    assert cell_editor(page) is None
    assert page.message.text() == "⚠ F2 edits the cell; Ctrl+F searches the list."
    click_cell(page, 3, "supplier")
    assert page.message.text() == ""
    lines = go_to(window, ReturnLine)
    lines.table.enter()
    type_text(lines.table, "p")
    assert lines.message.text() == "⚠ Ctrl+F searches the list."


def test_only_a_short_table_looks_for_letters_typed_on_a_row(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = QStringListModel(["Ash", "Beech", "Cherry"])
    table = Table("Trees", model)
    table.setEditTriggers(tables.EDITS)
    qtbot.addWidget(table)
    table.setCurrentIndex(model.index(0, 0))
    type_text(table, "c")
    assert table.currentIndex().row() == 2
    monkeypatch.setattr(tables, "LOOKED_THROUGH", 2)
    table.setCurrentIndex(model.index(0, 0))
    type_text(table, "b")
    assert table.currentIndex().row() == 0
