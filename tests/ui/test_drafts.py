"""A new record that is left half-typed: nothing of it is lost, and it is given up only at the user's word."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import Answer
from ui.driving import choose_word, click, click_cell, form_of, go_to, press, type_into, type_text

MAY_CLOSE = MainWindow.may_close
"""The window's own: other tests leave freely."""
LEFT = "The new cost is not complete: Add brings back what was typed."
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
"""A popup without a screen."""


@pytest.fixture
def costs(qtbot: QtBot, window: MainWindow) -> ListPage:
    """The list of costs, with a new one of which something is wrong and something missing."""
    page = go_to(window, Cost)
    click(page.add_button)
    form = form_of(page)
    type_into(form, "intervention_id", "SSF5-VAWG-02")
    type_into(form, "supplier", "Quillmoor")
    type_into(form, "net", "a lot")
    choose_word(form, "expense", "Resource")
    QApplication.processEvents()
    window.activateWindow()  # without a screen the list that was offered stays the active one
    qtbot.waitUntil(window.isActiveWindow)
    return page


def standing(page: ListPage) -> dict[str, str]:
    """What stands in the fields, where something does."""
    texts = {name: field.editor.typed() for name, field in form_of(page).fields.items()}
    return {name: text for name, text in texts.items() if text}


def said(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


def test_another_row_keeps_what_was_typed_for_add(window: MainWindow, costs: ListPage) -> None:
    typed = standing(costs)
    assert typed == {
        "intervention_id": "SSF5-VAWG-02 Training",
        "supplier": "Quillmoor",
        "net": "a lot",
        "expense": "Resource",
    } | {name: text for name, text in typed.items() if name in {"vat", "vat_recoverable"}}
    click_cell(costs, 3, "supplier")
    assert form_of(costs).item == window.workspace.get(Cost, 4)
    assert said(window) == LEFT
    click(costs.add_button)
    form = form_of(costs)
    assert (form.title.text(), standing(costs)) == ("New cost", typed)
    assert form.message.text() == "Not saved yet. Still to fill in: Net, Cost category."
    assert form.fields["net"].problem.text().startswith("⚠ “a lot” is not an amount")
    assert window.focusWidget() is form.fields["net"].widget
    assert said(window) == ""
    type_into(form, "net", "99.5")
    type_into(form, "category_id", "Staff")
    (made,) = window.workspace.select(Cost, supplier="Quillmoor")
    assert (made.net, made.intervention_id) == (Money(9_950), 2)
    click(costs.add_button)
    assert "supplier" not in standing(costs)


def test_what_could_not_be_read_is_kept_though_nothing_else_was_typed(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click(page.add_button)
    type_into(form_of(page), "net", "a lot")
    click_cell(page, 3, "supplier")
    click(page.add_button)
    assert form_of(page).fields["net"].widget.property("text") == "a lot"


def test_escape_leaves_a_new_record_and_add_goes_on_in_the_midst_of_a_word(
    window: MainWindow, costs: ListPage
) -> None:
    widget = form_of(costs).fields["description"].widget
    widget.setFocus()
    type_text(widget, "Two days of trai")
    press(widget, Qt.Key.Key_Escape)
    assert (form_of(costs).item is not None, said(window)) == (True, LEFT)
    assert window.focusWidget() is costs.table
    press(costs.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert standing(costs)["description"] == "Two days of trai"
    type_into(form_of(costs), "net", "99.5")
    type_into(form_of(costs), "category_id", "Staff")
    assert window.workspace.select(Cost, supplier="Quillmoor")[0].description == "Two days of trai"


def test_add_goes_on_with_the_one_in_hand(window: MainWindow, costs: ListPage) -> None:
    typed = standing(costs)
    click(costs.add_button)
    assert standing(costs) == typed
    assert window.focusWidget() is form_of(costs).fields["net"].widget


def test_an_empty_new_record_is_left_without_a_word(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click(page.add_button)
    type_into(form_of(page), "supplier", "")
    press(form_of(page).fields["net"].widget, Qt.Key.Key_Escape)
    assert (form_of(page).item is not None, said(window), page.unkept()) == (True, "", "")


def test_discard_gives_it_up(window: MainWindow, costs: ListPage) -> None:
    click_cell(costs, 3, "supplier")
    assert not form_of(costs).discard_button.isVisible()
    click(costs.add_button)
    click(form_of(costs).discard_button)
    assert form_of(costs).item is not None
    assert (costs.unkept(), said(window)) == ("", "")
    click(costs.add_button)
    assert "supplier" not in standing(costs)


def test_two_that_are_left_half_typed_are_both_kept(window: MainWindow, costs: ListPage) -> None:
    first = standing(costs)
    click_cell(costs, 3, "supplier")
    window.begin_record(Cost, {"intervention_id": 1})
    type_into(form_of(costs), "supplier", "Another")
    second = standing(costs)
    click_cell(costs, 5, "supplier")
    assert costs.unkept() == "2 new costs were not saved: they were not complete."
    click(costs.add_button)
    assert standing(costs) == second
    click(form_of(costs).discard_button)
    click(costs.add_button)
    assert standing(costs) == first


def test_a_list_behind_a_figure_stays_while_something_is_left_in_it(window: MainWindow) -> None:
    window.show_rows(Cost, (("intervention_id", 1),))
    wait_for_jobs()
    left = window.page
    assert isinstance(left, ListPage)
    click(left.add_button)
    type_into(form_of(left), "supplier", "Quillmoor")
    click_cell(left, 3, "supplier")
    window.show_rows(Intervention, (("award_id", window.workspace.select(Award)[0].id),))
    wait_for_jobs()
    window.show_rows(Cost, (("intervention_id", 1),))
    assert window.page is left
    click(left.add_button)
    assert standing(left)["supplier"] == "Quillmoor"


def test_closing_asks_about_what_was_left(
    window: MainWindow, costs: ListPage, answer: Callable[[str], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    click_cell(costs, 3, "supplier")
    window.go("Home")
    monkeypatch.setattr(MainWindow, "may_close", MAY_CLOSE)
    asked = answer("Cancel")
    window.close()
    assert asked.said == "The new cost was not saved: it was not complete."
    assert window.isVisible()
    asked = answer("Close without it")
    window.close()
    QApplication.processEvents()
    assert not window.isVisible()
