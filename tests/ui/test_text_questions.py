"""A question that is answered with a text: all of it can be read, however long it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.ui.dialogs.saying import TextQuestion
from ui.driving import press, type_text
from ui.person import settle

QUERY = (
    "Which officers went to which of the patrols, and on whose word were the hours of each of them counted? "
    * 11
).strip()


def shown(qtbot: QtBot, text: str, *, long: bool) -> TextQuestion:
    dialog = TextQuestion(None, "The answer to the query", text, long=long)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    settle()
    return dialog


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize(
    "text", ["Why?", f"The funder asked: {QUERY}\n\nWhat was answered?", "\n\n".join([QUERY] * 9)]
)
def test_it_is_wrapped_and_no_larger_than_is_easy_to_read(qtbot: QtBot, text: str, long: bool) -> None:
    dialog = shown(qtbot, text, long=long)
    assert dialog.width() <= 80 * dialog.fontMetrics().averageCharWidth()
    assert dialog.height() <= dialog.screen().availableSize().height() * 6 // 10
    words, bar = dialog.words, dialog.room.verticalScrollBar()
    assert words.height() >= words.heightForWidth(words.width())
    assert words.width() <= dialog.room.viewport().width()
    assert words.height() <= dialog.room.viewport().height() + bar.maximum(), "all of it can be scrolled to"
    assert (bar.maximum() > 0) == (dialog.room.focusPolicy() != Qt.FocusPolicy.NoFocus)
    assert dialog.editor.height() >= dialog.editor.fontMetrics().lineSpacing() * (3 if long else 1)


def test_enter_and_tab_answer_it(qtbot: QtBot) -> None:
    line = shown(qtbot, "Name of the view:", long=False)
    type_text(line.editor, "Mine")
    press(line.editor, Qt.Key.Key_Return)
    assert (line.result(), line.answer) == (QDialog.DialogCode.Accepted, "Mine")
    dialog = shown(qtbot, QUERY, long=True)
    type_text(dialog.editor, "Those on the list")
    press(dialog.editor, Qt.Key.Key_Tab)
    front: QWidget | None = dialog.focusWidget()
    assert front is not None
    press(front, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.answer) == (QDialog.DialogCode.Accepted, "Those on the list")
