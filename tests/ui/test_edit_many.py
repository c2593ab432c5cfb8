"""One value for many records, chosen and given in a dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.edit_many import EditManyDialog, edit_many
from fundtracker.ui.main_window import MainWindow
from ui.driving import click, press, type_text

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
IDS = tuple(range(1, 13))


def opened(window: MainWindow, said: list[str]) -> EditManyDialog:
    edit_many(window, window.workspace, Cost, IDS, said.append)
    wait_for_jobs()
    dialog = window.findChild(EditManyDialog)
    assert isinstance(dialog, EditManyDialog)
    return dialog


def choose(dialog: EditManyDialog, number: int, label: str) -> None:
    """By typing how the field's name begins, as in any list of choices."""
    choice = dialog.fields[number].choice
    choice.setFocus()
    type_text(choice, label.split(" ", maxsplit=1)[0])
    assert choice.currentText() == label


def give(dialog: EditManyDialog, number: int, text: str) -> None:
    widget = dialog.fields[number].widget
    assert widget is not None
    widget.setFocus()
    if isinstance(widget, QLineEdit):
        widget.clear()
    type_text(widget, text)


def test_two_fields_of_twelve_costs_change_at_once(qtbot: QtBot, window: MainWindow) -> None:
    said: list[str] = []
    before = window.workspace.select(Cost)
    dialog = opened(window, said)
    assert "Reference" not in [
        dialog.fields[0].choice.itemText(n) for n in range(dialog.fields[0].choice.count())
    ]
    choose(dialog, 0, "Supplier")
    assert dialog.fields[0].now.text() == (
        "Now: 7 different values (“Supplier 0”, “Supplier 1”, “Supplier 2”, ...)."
    )
    give(dialog, 0, "Acme")
    click(dialog.another)
    choose(dialog, 1, "Capital or resource")
    assert dialog.fields[1].now.text() == "Now: “Capital” in all 12."
    give(dialog, 1, "Capital")
    click(dialog.apply)
    wait_for_jobs()
    assert said == ["Supplier and Capital or resource of 12 costs changed. Ctrl+Z takes it back."]
    changed = window.workspace.select(Cost)[:12]
    assert {(each.supplier, each.expense) for each in changed} == {("Acme", Expense.CAPITAL)}
    assert window.undo_action.text() == "&Undo Change supplier and capital or resource of 12 costs"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again = window.workspace.select(Cost)
    assert [(each.supplier, each.expense) for each in again] == [
        (each.supplier, each.expense) for each in before
    ]


def test_what_will_not_do_is_said_in_place(window: MainWindow) -> None:
    said: list[str] = []
    before = window.workspace.select(Cost)
    dialog = opened(window, said)
    assert not dialog.apply.isEnabled()
    assert dialog.apply.toolTip() == "Choose a field first"
    choose(dialog, 0, "Net")
    assert dialog.apply.isEnabled()
    give(dialog, 0, "lots")
    click(dialog.apply)
    assert dialog.message.text() == "⚠ Net: “lots” is not an amount: type an amount such as 1,234.56 or 2.5k."
    choice = dialog.fields[0].choice
    choice.setCurrentIndex(choice.findText("Accepted on"))
    give(dialog, 0, "1/8/2024")
    press(dialog.fields[0].widget or dialog, Qt.Key.Key_Return)
    wait_for_jobs()
    assert dialog.isVisible()
    lines = dialog.message.text().split("\n")
    assert lines[:2] == [
        "⚠ Nothing was changed.",
        "C-00001: Only a partner's cost is accepted: name its grant, or leave Accepted on empty.",
    ]
    assert lines[-1].startswith("And ")
    press(dialog, Qt.Key.Key_Escape)
    assert said == []
    assert window.workspace.select(Cost) == before


def test_what_they_hold_already_changes_nothing(window: MainWindow) -> None:
    said: list[str] = []
    dialog = opened(window, said)
    choose(dialog, 0, "Capital or resource")
    give(dialog, 0, "Capital")
    click(dialog.apply)
    wait_for_jobs()
    assert dialog.message.text() == "⚠ Nothing changed: all of them hold that already."
    assert said == []
