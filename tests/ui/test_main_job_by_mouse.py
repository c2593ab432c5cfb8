"""The whole main job with the mouse: clicks and double clicks, and letters into a field that was clicked. See test_main_job_by_keys."""

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_form import RecordForm
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.return_page import ReturnPage
from ui.driving import form_of
from ui.main_job import COST, REASON, RETURN, SIGNATURES, frozen_pdf, left_on_the_award, words_of
from ui.person import Mouse, front, settle

LONG = 60_000
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def mouse() -> Mouse:
    return Mouse()


def fill(mouse: Mouse, form: RecordForm, label: str, text: str) -> None:
    """By what its field is: a list of words, another record that is offered, or a line to type in."""
    field = next(each for each in form.fields.values() if each.column.label == label)
    widget: Any = field.widget
    if field.column.refers_to:
        mouse.type_into(widget, text)
        mouse.offer(text)
    elif hasattr(widget, "findText"):
        mouse.choose(widget, text)
    else:
        mouse.type_into(widget, text)


def look_at_the_award(mouse: Mouse, window: MainWindow) -> str:
    mouse.place(window, "Awards")
    page = cast("ListPage", window.page)
    mouse.cell(page.table, 0, 0)
    mouse.button("Open", page)
    return left_on_the_award(cast("RecordPage", window.page))


def enter_the_invoice(mouse: Mouse, window: MainWindow) -> None:
    mouse.place(window, "Costs")
    page = cast("ListPage", window.page)
    mouse.button("Add", page)
    for label, text in COST:
        fill(mouse, form_of(page), label, text)


def go_to_the_draft(mouse: Mouse, window: MainWindow) -> ReturnPage:
    mouse.place(window, "Home")
    home = cast("HomePage", window.page)
    row = next(n for n, each in enumerate(home.to_do.rows) if f"Return {RETURN} is still a draft" in each.cells[2])  # fmt: skip
    mouse.cell(home.tasks, row, 2, twice=True)
    return cast("ReturnPage", window.page)


def test_the_main_job_by_the_mouse_alone(
    qtbot: QtBot, window: MainWindow, mouse: Mouse, tmp_path: Path
) -> None:
    settle()
    before = look_at_the_award(mouse, window)
    enter_the_invoice(mouse, window)
    after = look_at_the_award(mouse, window)
    made = window.workspace.select(Cost)[-1]
    assert (made.reference, made.net.plain) == ("C-00603", "500.00")
    assert (before, after) == ("£37,000.00", "£36,500.00")

    page = go_to_the_draft(mouse, window)
    bar = page.tabs.tabBar()
    assert page.readiness.note.text().startswith("1 thing to mend before it can be submitted")
    mouse.cell(page.readiness.table, 0, 1, twice=True)
    assert page.tabs.shown is page.figures
    mouse.type_into(page.figures.reason, REASON)
    mouse.tab(bar, "Readiness")
    qtbot.waitUntil(lambda: "Nothing stands in the way but the sign-off" in page.readiness.note.text(), timeout=LONG)  # fmt: skip
    assert "claim £13,500.00" in page.state.text()

    mouse.tab(bar, "Sign-off")
    for label, text in SIGNATURES:
        fill(mouse, page.sign_off.form, label, text)
    asked = mouse.answer(lambda: mouse.button("Submit and freeze"))
    mouse.button("Submit...", page)
    qtbot.waitUntil(lambda: held(page).state is ReturnState.SUBMITTED, timeout=LONG)
    assert f"Submit {RETURN}, July to September 2024? It claims £13,500.00." in asked.said
    sent = held(page)
    assert sent.claim == Money.pounds(13_500)

    saved = save_the_preview(qtbot, mouse, page, tmp_path / "kept.pdf")
    assert saved == frozen_pdf(window.workspace, sent)
    words = words_of(saved)
    for expected in ("£13,500.00", REASON, *(text for _, text in SIGNATURES)):
        assert expected in words
    folder = tmp_path / "out"
    folder.mkdir()
    mouse.answer(lambda: type_the_name(mouse, folder), lambda: mouse.button("Choose"))
    with qtbot.waitSignal(page.steps.written, timeout=LONG):
        mouse.button("Export Excel and PDF...", page)
    (pdf,) = folder.glob("*.pdf")
    assert pdf.read_bytes() == saved


def held(page: ReturnPage) -> FunderReturn:
    return page.workspace.get(FunderReturn, page.return_id)


def type_the_name(mouse: Mouse, path: Path) -> None:
    """Three clicks on the name that is offered mark it."""
    (line,) = (each for each in front().findChildren(QLineEdit) if each.isVisible() and not each.isReadOnly())
    mouse.mark(line)
    QTest.keyClicks(line, str(path))
    assert line.text() == str(path)


def save_the_preview(qtbot: QtBot, mouse: Mouse, page: ReturnPage, path: Path) -> bytes:
    mouse.tab(page.tabs.tabBar(), "Preview")
    qtbot.waitUntil(page.preview.save_button.isEnabled, timeout=LONG)
    mouse.answer(lambda: type_the_name(mouse, path), lambda: mouse.button("Save"))
    mouse.button("Save as...", page.preview)
    qtbot.waitUntil(path.is_file, timeout=LONG)
    return path.read_bytes()
