"""What is typed in a cell of a list: nothing moves under it, and what can't be kept stays until it is mended or given up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.many import remove_many
from fundtracker.application.actions.records import edit
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models import record_table
from fundtracker.ui.views.list_page import ListPage
from ui.driving import cell_editor, click_cell, click_heading, column_number, form_of, go_to
from ui.person import Keyboard, focused, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin", extend=True)
WRONG = "⚠ “abc” is not an amount: type an amount such as 1,234.56 or 2.5k."
UNKEPT = "Typed in a cell and not kept: Net “abc”."


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    settle()
    return Keyboard()


@pytest.fixture
def costs(window: MainWindow) -> ListPage:
    return go_to(window, Cost)


def narrow(page: ListPage) -> None:
    page.filters.set_texts({"supplier": "Supplier 3"})
    wait_for_jobs()
    settle()


def type_over(page: ListPage, keyboard: Keyboard, row: int, name: str, text: str) -> None:
    click_cell(page, row, name)
    settle()
    keyboard.press("F2")
    keyboard.press("Ctrl+A")
    keyboard.type(text)


def standing(page: ListPage) -> str:
    """What stands in the open cell, which has the focus."""
    assert focused() is cell_editor(page), focused()
    return cell_editor(page).typed()


def texts(page: ListPage, name: str) -> list[str]:
    return [page.model.text(row, column_number(page, name)) for row in range(min(5, page.model.rowCount()))]


def test_what_is_typed_stays_when_the_list_is_read_anew(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "supplier", "Zed")
    keyboard.press("F5")
    wait_for_jobs()
    settle()
    assert standing(costs) == "Zed"
    keyboard.press("Return")
    settle()
    assert window.workspace.get(Cost, 3).supplier == "Zed"
    assert texts(costs, "supplier")[2] == "Zed"


def test_what_is_typed_stays_when_something_else_changes(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    """Rows neither come nor go under it, and their texts are as they now are; once it is kept the list is right again."""
    narrow(costs)
    before = costs.model.rowCount()
    typed, leaving, other = (window.workspace.get(Cost, costs.model.id_at(row) or 0) for row in (2, 0, 1))
    type_over(costs, keyboard, 2, "description", "Zed")
    edit(window.workspace, leaving, supplier="Nobody")
    edit(window.workspace, other, description="Another")
    settle()
    wait_for_jobs()
    settle()
    assert standing(costs) == "Zed"
    assert (costs.model.rowCount(), texts(costs, "supplier")[0]) == (before, "Nobody")
    assert texts(costs, "description")[1] == "Another"
    keyboard.press("Return")
    wait_for_jobs()
    settle()
    assert window.workspace.get(Cost, typed.id).description == "Zed"
    assert costs.model.rowCount() == before - 1
    assert focused() is costs.table
    assert costs.chosen_ids() == [typed.id]


def test_a_late_answer_waits_for_what_is_typed(
    window: MainWindow, costs: ListPage, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        return None

    monkeypatch.setattr(record_table, "first_answer", late)
    click_cell(costs, 2, "supplier")
    settle()
    edit(window.workspace, window.workspace.get(Cost, 5), supplier="Changed before")
    costs.refresh()  # the answer is on its way while the cell is opened
    QTest.keyClick(costs.table, Qt.Key.Key_F2)
    QTest.keyClicks(cell_editor(costs), "Zed")
    wait_for_jobs()
    settle()
    wait_for_jobs()
    settle()
    assert standing(costs).endswith("Zed")
    keyboard.press("Return")
    wait_for_jobs()
    settle()
    assert window.workspace.get(Cost, 3).supplier.endswith("Zed")
    assert texts(costs, "supplier")[2] == window.workspace.get(Cost, 3).supplier


def test_a_heading_clicked_keeps_what_is_typed_and_sorts(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "supplier", "0 Zed")
    click_heading(costs, "supplier")
    wait_for_jobs()
    settle()
    assert window.workspace.get(Cost, 3).supplier == "0 Zed"
    assert texts(costs, "supplier")[0] == "0 Zed"


def test_undo_in_a_cell_takes_back_what_was_typed_there_and_no_more(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    edit(window.workspace, window.workspace.get(Cost, 5), supplier="Changed before")
    settle()
    began = texts(costs, "supplier")[2]
    type_over(costs, keyboard, 2, "supplier", "Zed")
    keyboard.press("Ctrl+Z", 5)
    assert standing(costs) == began
    assert window.workspace.get(Cost, 5).supplier == "Changed before"
    keyboard.press("Ctrl+Y", 5)
    assert standing(costs) == "Zed"


def test_a_cell_only_looked_into_is_left_as_it_became(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    click_cell(costs, 2, "supplier")
    keyboard.press("F2")
    edit(window.workspace, window.workspace.get(Cost, 3), supplier="From elsewhere")
    settle()
    keyboard.press("Return")
    settle()
    assert window.workspace.get(Cost, 3).supplier == "From elsewhere"


def test_what_cannot_be_read_stays_when_another_row_is_clicked(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    click_cell(costs, 5, "net")
    settle()
    assert (standing(costs), costs.message.text()) == ("abc", WRONG)
    assert (costs.chosen_id, form_of(costs).item) == (3, window.workspace.get(Cost, 3))
    keyboard.press("Ctrl+A")
    keyboard.type("2.5k")
    click_cell(costs, 5, "net")
    settle()
    assert window.workspace.get(Cost, 3).net == Money.pounds(2_500)
    assert (cell_editor(costs), costs.message.text(), costs.chosen_id) == (None, "", 6)


def test_escape_gives_up_what_cannot_be_read(window: MainWindow, costs: ListPage, keyboard: Keyboard) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    keyboard.press("Return")
    assert costs.message.text() == WRONG
    keyboard.press("Escape")
    settle()
    assert (cell_editor(costs), costs.message.text(), costs.unkept()) == (None, "", "")
    assert focused() is costs.table
    assert window.workspace.get(Cost, 3).net == Money(1_002)


def test_what_cannot_be_read_is_there_on_coming_back(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    keyboard.press("Ctrl+3")
    assert window.page is not costs
    assert window.statusBar().currentMessage() == UNKEPT
    keyboard.press("Ctrl+6")
    assert window.page is costs
    assert (standing(costs), costs.message.text()) == ("abc", WRONG)


def test_what_cannot_be_read_stays_while_help_is_read(
    qtbot: QtBot, window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    keyboard.press("F1")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not window)
    assert costs.message.text() == WRONG
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    settle()
    assert standing(costs) == "abc"


def test_closing_hears_of_what_cannot_be_read(costs: ListPage, keyboard: Keyboard) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    focused().clearFocus()
    assert costs.unkept() == UNKEPT
    assert costs.message.text() == WRONG


def test_rows_asked_for_wait_until_what_cannot_be_read_is_mended(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    keyboard.press("Ctrl+F")
    keyboard.type("Penhallow")
    wait_for_jobs()
    settle()
    assert (costs.message.text(), cell_editor(costs).typed()) == (WRONG, "abc")
    costs.table.setFocus(Qt.FocusReason.TabFocusReason)
    keyboard.press("Escape")
    wait_for_jobs()
    settle()
    assert texts(costs, "supplier") == ["Penhallow Training"]


def test_a_cell_of_a_record_that_is_gone_is_closed_and_told_of(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    type_over(costs, keyboard, 2, "net", "abc")
    remove_many(window.workspace, Cost, (3,))
    settle()
    wait_for_jobs()
    settle()
    QTest.qWait(0)
    assert cell_editor(costs) is None
    assert window.statusBar().currentMessage() == UNKEPT
    assert costs.model.row_of(3) is None


def test_a_reference_typed_half_stays_as_a_sum_does(
    window: MainWindow, costs: ListPage, keyboard: Keyboard
) -> None:
    edit(window.workspace, window.workspace.get(Cost, 5), supplier="Changed before")
    settle()
    type_over(costs, keyboard, 2, "category_id", "nothing like it")
    keyboard.press("F5")
    assert standing(costs) == "nothing like it"
    click_cell(costs, 5, "net")
    settle()
    assert standing(costs) == "nothing like it"
    assert costs.message.text().startswith("⚠ “nothing like it” is not one of the")
    keyboard.press("Ctrl+Z", 40)
    assert window.workspace.get(Cost, 5).supplier == "Changed before"
    keyboard.press("Escape", 2)  # what it offers, then the cell
    assert (cell_editor(costs), costs.message.text()) == (None, "")
