"""What is done with the chosen rows of a list: copied, pasted, filled down, changed together, printed; from keys and menus."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import ReturnLine
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views import list_commands
from fundtracker.ui.views.list_page import ListPage
from ui.driving import click_cell, column_number, go_to, press

CONTROL = Qt.KeyboardModifier.ControlModifier


def choose_rows(page: ListPage, *rows: int, column: str) -> None:
    """The cursor in a column of the first row, and these rows chosen."""
    click_cell(page, rows[0], column)
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows[1:]:
        page.table.selectionModel().select(page.model.index(row, 0), add)
    page.table.setFocus()


def test_rows_are_copied_as_shown(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.table.hide_column(column_number(page, "received_on"))
    page.table.across.moveSection(page.table.across.visualIndex(column_number(page, "net")), 0)
    choose_rows(page, 1, 4, column="supplier")
    press(page.table, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    lines = [line.split("\t")[:3] for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines == [
        ["Net", "Reference", "Supplier"],
        ["10.01", "C-00002", "Supplier 1"],
        ["10.04", "C-00005", "Supplier 4"],
    ]


def test_many_rows_are_copied_in_the_background_and_too_many_are_not(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = go_to(window, Cost)
    said: list[str] = []
    page.said.connect(said.append)
    page.table.setFocus()
    page.table.selectAll()
    press(page.table, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: said == ["602 rows copied."])
    assert len(QGuiApplication.clipboard().text().split("\n")) == 602
    monkeypatch.setattr(list_commands, "MOST_COPIED", 601)
    press(page.table, Qt.Key.Key_C, CONTROL)
    assert page.message.text() == "⚠ 602 rows are too many to copy: choose 601 at most, or export the list."


def test_the_first_rows_value_is_filled_down_and_taken_back_at_once(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    choose_rows(page, 2, 3, 5, column="supplier")
    press(page.table, Qt.Key.Key_D, CONTROL)

    def suppliers() -> list[str]:
        return [window.workspace.get(Cost, number).supplier for number in (3, 4, 5, 6)]

    qtbot.waitUntil(lambda: suppliers() == ["Supplier 2", "Supplier 2", "Supplier 4", "Supplier 2"])
    wait_for_jobs()
    assert window.statusBar().currentMessage() == "Supplier filled down to 2 costs."
    window.undo()
    assert suppliers() == ["Supplier 2", "Supplier 3", "Supplier 4", "Supplier 5"]


def test_one_row_is_not_filled_down(window: MainWindow) -> None:
    page = go_to(window, Cost)
    choose_rows(page, 2, column="supplier")
    press(page.table, Qt.Key.Key_D, CONTROL)
    assert (
        page.message.text()
        == "⚠ Choose two rows or more to fill down: the first row's value goes to the others."
    )


def test_a_refusal_of_filling_down_is_said_on_the_page(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Organisation)
    choose_rows(page, 0, 1, column="name")
    press(page.table, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(page.message.isVisible)
    assert window.workspace.get(Organisation, 2).name == "Cotswold"


def test_a_block_is_pasted_where_the_cursor_is(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog gets what is shown, where the cursor is, and what the list is narrowed to."""
    from fundtracker.ui.dialogs import paste

    asked: list[Any] = []
    monkeypatch.setattr(paste, "paste_into", lambda *given, **_: asked.append(given))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - any arguments
    page = go_to(window, Cost)
    page.table.hide_column(column_number(page, "reference"))
    QGuiApplication.clipboard().setText("A\tB")
    choose_rows(page, 2, column="supplier")
    press(page.table, Qt.Key.Key_V, CONTROL)
    ((parent, workspace, kind, shown, at, known, text, _),) = asked
    assert (parent, workspace, kind, known, text) == (page, window.workspace, Cost, {}, "A\tB")
    assert [each.name for each in shown] == list(page.table.shown_names())
    assert shown[at].name == "supplier"
    QGuiApplication.clipboard().clear()
    press(page.table, Qt.Key.Key_V, CONTROL)
    assert page.message.text() == "⚠ The clipboard is empty: copy some rows first."
    lines = go_to(window, ReturnLine)
    lines.commands.paste()
    assert lines.message.text() == "⚠ Return lines are not pasted here. Submitting a return writes them."


def test_chosen_records_are_changed_together(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from fundtracker.ui.dialogs import edit_many

    asked: list[Any] = []
    monkeypatch.setattr(edit_many, "edit_many", lambda *given: asked.append(given[2:4]))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - any arguments
    page = go_to(window, Cost)
    choose_rows(page, 2, 7, column="supplier")
    page.commands.edit_chosen()
    assert asked == [(Cost, (3, 8))]


def test_a_list_is_printed_as_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from fundtracker.ui.dialogs import print_preview

    asked: list[tuple[str, Callable[..., Any]]] = []
    monkeypatch.setattr(print_preview, "print_list", lambda _page, title, write: asked.append((title, write)))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - as print_list
    page = go_to(window, Cost)
    page.filter_by("supplier", "penhallow")
    page.table.setFocus()
    press(page.table, Qt.Key.Key_P, CONTROL)
    ((title, write),) = asked
    assert title == "Costs: Supplier contains “penhallow”"
    told: list[tuple[str, int, int]] = []
    write(tmp_path / "list.pdf", lambda *given: told.append(given))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - as Progress
    text = " ".join(each.extract_text() for each in PdfReader(tmp_path / "list.pdf").pages)
    assert "Penhallow" in text
    assert "Supplier 1" not in text
    assert {what for what, _, _ in told} == {"Writing rows"}


def test_what_is_refused_is_said_in_its_words(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.show_refusal(Refused("No."))
    assert page.message.text() == "⚠ No."


@pytest.mark.parametrize(
    ("kind", "shown", "typed"),
    [
        ("text", "North", "=North"),
        ("text", "", "empty"),
        ("reference", "SSF5 Cameras", "=SSF5 Cameras"),
        ("long text", "One\ntwo", "One"),
        ("money", "1,234.56", "1,234.56"),
        ("choice", "Council", "Council"),
    ],
)
def test_a_value_is_typed_as_a_filter_for_it(kind: str, shown: str, typed: str) -> None:
    assert list_commands.filter_text(kind, shown) == typed
