"""The main job on the demonstration programme, as the co-ordinator does it: three drafts are due, each lacks one thing.

What is missing is found in the readiness list, mended where it leads to, and the return signed, written out and submitted.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fundtracker.application.demo.play import take_awaited_forms, write_demonstration
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Reading
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn, ReturnLine, ReturnState
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.return_page import ReturnPage
from ui.conftest import Answer
from ui.driving import click, form_of, press, type_into, type_text

HOME = "Home"
READY = "Nothing stands in the way but the sign-off: 4 to enter or mend."
LONG = 20_000
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As it stands once the two forms that the quarter waits for are in."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.fundtracker"
    write_demonstration(path)
    with Workspace.open(path) as opened:
        take_awaited_forms(opened)
    return path


@pytest.fixture
def workspace(demonstration: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "demo.fundtracker"
    shutil.copyfile(demonstration, path)
    with Workspace.open(path, actor="Co-ordinator") as opened:
        yield opened


def open_draft(window: MainWindow, award: str) -> ReturnPage:
    """From Home, where the draft is due, by the keyboard."""
    home = cast("HomePage", window.page)
    row = tasks_on_home(window).index(f"Return {award} 2024-25-Q2 is still a draft")
    home.tasks.setFocus()
    home.tasks.selectRow(row)
    press(home.tasks, Qt.Key.Key_Return)
    wait_for_jobs()
    return cast("ReturnPage", window.page)


def go_to_the_problem(page: ReturnPage, words: str) -> None:
    assert page.readiness.note.text().startswith("1 thing to mend before it can be submitted")
    (row,) = (n for n, each in enumerate(page.readiness.model.rows) if each.cells[0] == "To mend")
    assert words in page.readiness.model.rows[row].cells[1]
    page.readiness.table.selectRow(row)
    click(page.readiness.go_button)


def write_the_reason(window: MainWindow, page: ReturnPage) -> None:
    go_to_the_problem(page, "outturn is £447.74 below profile (14.9%)")
    editor = page.figures.reason
    type_text(editor, "Fewer performances were booked")
    press(editor, Qt.Key.Key_Tab)


def delete_the_duplicate(window: MainWindow, page: ReturnPage) -> None:
    go_to_the_problem(page, "are the same: Ashgrove Print (example), invoice AP2853, £218.96")
    costs = cast("ListPage", window.page)
    assert form_of(costs).title.text() == "C-00856"
    click(costs.remove_button)  # before its row far down the list is known, nothing may go in its place
    assert window.workspace.find(Cost, "C-00001") is not None
    wait_for_jobs()
    click(costs.remove_button)
    assert window.workspace.undo_title == "Delete C-00856"
    window.back()


def enter_the_reading(window: MainWindow, page: ReturnPage) -> None:
    go_to_the_problem(page, "has no reading for 2024/25 Q2")
    readings = cast("ListPage", window.page)
    form = form_of(readings)
    assert form.message.text() == "Not saved yet. Still to fill in: Value."
    type_into(form, "value", "23")
    made = window.workspace.select(Reading)[-1]
    assert (str(made.value), str(made.quarter)) == ("23", "2024/25 Q2")
    window.back()


def sign(page: ReturnPage) -> None:
    page.tab("Sign-off")
    for name, text in (
        ("prepared_by", "Safer Streets co-ordinator"),
        ("checked_by", "Commissioning manager"),
        ("signed_by", "Chief Finance Officer"),
        ("signed_role", "Chief Finance Officer"),
    ):
        type_into(page.sign_off.form, name, text)
    wait_for_jobs()


@pytest.mark.parametrize(
    ("award", "mend", "claim"),
    [
        ("SSF5-VAWG", write_the_reason, Money(49_725_92)),
        ("SSF5-ASB", delete_the_duplicate, Money(25_139_46)),
        ("SSF5-RUR", enter_the_reading, Money(35_361_00)),
    ],
)
def test_a_due_return_is_mended_signed_written_out_and_submitted(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[str], Answer],
    award: str,
    mend: Callable[[MainWindow, ReturnPage], None],
    claim: Money,
) -> None:
    page = open_draft(window, award)
    mend(window, page)
    assert window.page is page
    qtbot.waitUntil(lambda: page.readiness.note.text().startswith(READY), timeout=LONG)
    assert f"claim £{claim.shown}" in page.state.text()
    sign(page)
    out = tmp_path / "out"
    out.mkdir()

    def choose(*_: object) -> str:
        return str(out)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    with qtbot.waitSignal(page.steps.written, timeout=LONG):
        click(page.steps.export_button)
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".xlsx"]

    whole = len(page.view.snapshot.costs) if page.view is not None else 0
    asked = answer("Submit and freeze")
    click(page.steps.submit_button)
    assert f"It claims £{claim.shown}." in asked.said
    qtbot.waitUntil(lambda: held(page).state is ReturnState.SUBMITTED, timeout=LONG)
    wait_for_jobs()
    sent = held(page)
    assert sent.claim == claim
    lines = page.workspace.select(ReturnLine, return_id=sent.id)
    before = whole - len(lines)
    assert f" Its {whole} cost lines ({before} of them from earlier returns of the year), " in asked.said
    assert before > 0
    assert sum(line.amount.pence for line in lines) == claim.pence + sent.earlier_years.pence
    assert page.state.text().startswith("Submitted")
    assert page.sign_off.form.message.text().startswith(f"{sent.reference} is submitted and frozen")
    assert f"Return {sent.reference} is still a draft" not in tasks_on_home(window)


def held(page: ReturnPage) -> FunderReturn:
    return page.workspace.get(FunderReturn, page.return_id)


def tasks_on_home(window: MainWindow) -> list[str]:
    window.go(HOME)
    wait_for_jobs()
    return [each.cells[2] for each in cast("HomePage", window.page).to_do.rows]
