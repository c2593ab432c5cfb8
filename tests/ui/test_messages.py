"""A refusal of many problems is told in a few lines, and leaves what it speaks of in sight; the whole of it is a button away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.problems import Problem, Refused
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.saying import LinesDialog, say_trouble
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.message import SHARE, Message
from fundtracker.ui.views.return_page import ReturnPage
from fundtracker.ui.words import in_brief
from ui.driving import click, click_cell, go_to, press
from ui.tour import in_front

MANY = 1_248
CONTROL = Qt.KeyboardModifier.ControlModifier


def of_costs(many: int) -> Refused:
    """Each cost stands in a return, and two documents rest on it."""
    words = (
        "stands in a submitted return and can't be removed. Reverse it instead: the next return shows the adjustment.",
        "is used by 2 documents: remove or move them first.",
    )
    return Refused(
        Problem(message=f"C-{number:05d} {each}", kind="Cost", record_id=number)
        for number in range(1, many + 1)
        for each in words
    )


def told(message: Message) -> list[str]:
    return message.text().removeprefix("⚠ ").split("\n")


def test_of_many_problems_the_first_few_records_are_told(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    size, refused = window.size(), of_costs(MANY)
    page.show_refusal(refused)
    lines = told(page.message)
    assert lines == [*(str(each) for each in refused.problems[:10:2]), "And 1,243 more."]
    qtbot.wait(50)
    assert window.size() == size
    assert 0 < page.message.height() <= page.height() // SHARE
    assert page.table.height() > page.height() // 3
    shown: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, LinesDialog)
        dialog.copy()
        shown.extend(dialog.lines.toPlainText().split("\n"))

    assert in_front(lambda: click(page.message.all_button), look)
    assert shown == [str(each) for each in refused.problems]
    assert QGuiApplication.clipboard().text().split("\n") == shown
    page.show_message("")
    assert not page.message.isVisible()


def test_a_few_problems_are_told_whole(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.show_refusal(of_costs(2))
    assert told(page.message) == [str(each) for each in of_costs(2).problems]
    assert not page.message.all_button.isVisible()


def test_fields_of_one_record_are_told_each() -> None:
    fields = [Problem(message=f"Fill in {n}.", kind="Cost", record_id=1, column=str(n)) for n in range(7)]
    assert in_brief(fields).split("\n") == [*(each.message for each in fields[:5]), "And 2 more."]


def test_every_record_of_a_deletion_has_one_line(window: MainWindow) -> None:
    for cost in window.workspace.select(Cost)[:9]:
        add(
            window.workspace,
            Document,
            {
                "cost_id": cost.id,
                "name": f"{cost.reference}.pdf",
                "sha256": "0" * 64,
                "kind": DocumentKind.INVOICE,
            },
        )
    page = go_to(window, Cost)
    page.table.setFocus()
    page.table.selectAll()
    press(page.table, Qt.Key.Key_Delete)
    wait_for_jobs()
    lines = told(page.message)
    assert len(lines) == 6
    assert "C-00001.pdf" in lines[0]
    assert lines[-1] == "And 4 more."
    click_cell(page, 1, "supplier")
    assert not page.message.isVisible()


def test_a_long_text_is_scrolled_to_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.show_message("What was typed and not kept. " * 500)
    qtbot.wait(50)
    assert page.message.height() <= page.height() // SHARE
    page.message.room.setFocus()
    assert page.message.room.hasFocus()
    press(page.message.room, Qt.Key.Key_PageDown)
    assert page.message.room.verticalScrollBar().value() > 0
    page.show_message("Short.")
    assert page.message.room.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_return_that_lacks_many_reasons_stays_in_sight(
    qtbot: QtBot, window: MainWindow, page: ReturnPage
) -> None:
    size = window.size()
    refused = Refused(Problem(message=f"Line {number}: write the reason.", kind="VarianceReason", record_id=number) for number in range(400))  # fmt: skip
    page.steps.refused.emit(refused)
    qtbot.wait(50)
    assert told(page.message) == [*(each.message for each in refused.problems[:5]), "And 395 more."]
    assert window.size() == size
    assert page.message.height() <= page.height() // SHARE


@pytest.mark.parametrize(("lines", "buttons"), [(5, ["OK"]), (30, ["OK", "Show all..."])])
def test_a_message_box_tells_the_first_few_lines_and_what_to_do(
    window: MainWindow, lines: int, buttons: list[str]
) -> None:
    whole = [f"Line {number}." for number in range(lines)]
    seen: list[tuple[list[str], list[str]]] = []

    def look(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        texts = [each.text().replace("&", "") for each in box.buttons()]
        seen.append((box.text().split("\n"), sorted(texts)))

    text = "\n".join(whole)
    assert in_front(lambda: say_trouble(window, "No", f"{text}\n\nGo on."), look)
    more = ["And 25 more."] if lines > 5 else []
    assert seen == [([*whole[:5], *more, "", "Go on."], buttons)]
    assert QApplication.activeModalWidget() is None
