"""The whole main job without a mouse: an invoice entered, what is left of the award, its return mended, signed, submitted, and its PDF.

Only keys, and only to what has the focus: the places by Ctrl and a digit, the fields by Tab, the buttons by their Alt letters.
"""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.return_page import ReturnPage
from ui.main_job import COST, REASON, RETURN, SIGNATURES, frozen_pdf, left_on_the_award, words_of
from ui.person import Keyboard, focused, name_of, settle

LONG = 60_000
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


def enter_the_invoice(keyboard: Keyboard, window: MainWindow) -> None:
    keyboard.press("Ctrl+6")
    keyboard.press("Ctrl+N")
    for name, text in COST:
        keyboard.fill(name, text)
    keyboard.press("Tab")


def look_at_the_award(keyboard: Keyboard, window: MainWindow) -> str:
    """Down the list of awards, Enter on the one."""
    keyboard.press("Ctrl+3")
    keyboard.press("Return")
    return left_on_the_award(cast("RecordPage", window.page))


def go_to_the_draft(keyboard: Keyboard, window: MainWindow) -> ReturnPage:
    """Home says it is due; Enter leads there."""
    keyboard.press("Ctrl+0")
    table = cast("QTableView", focused())
    keyboard.press("Home")
    for _ in range(table.model().rowCount()):
        if f"Return {RETURN} is still a draft" in str(table.currentIndex().siblingAtColumn(2).data()):
            break
        keyboard.press("Down")
    keyboard.press("Return")
    return cast("ReturnPage", window.page)


def to_tab(keyboard: Keyboard, page: ReturnPage, title: str) -> None:
    for _ in range(page.tabs.count()):
        if page.tabs.tabText(page.tabs.currentIndex()) == title:
            return
        keyboard.press("Ctrl+Tab")
    raise AssertionError(title)


def test_the_main_job_by_keys_alone(
    qtbot: QtBot, window: MainWindow, keyboard: Keyboard, tmp_path: Path
) -> None:
    settle()
    before = look_at_the_award(keyboard, window)
    enter_the_invoice(keyboard, window)
    made = window.workspace.select(Cost)[-1]
    assert (made.reference, made.net.plain) == ("C-00603", "500.00")
    after = look_at_the_award(keyboard, window)
    assert (before, after) == ("£37,000.00", "£36,500.00")

    page = go_to_the_draft(keyboard, window)
    assert page.readiness.note.text().startswith("1 thing to mend before it can be submitted")
    keyboard.tab_to("Readiness")
    keyboard.press("Return")
    assert name_of(focused()) == "Reason for the variance"
    assert "SSF5-VAWG-02 Training" in page.figures.line.text()
    keyboard.type(REASON)
    keyboard.press("Tab")
    qtbot.waitUntil(lambda: "Nothing stands in the way but the sign-off" in page.readiness.note.text(), timeout=LONG)  # fmt: skip
    assert "claim £13,500.00" in page.state.text()

    to_tab(keyboard, page, "Sign-off")
    for name, text in SIGNATURES:
        keyboard.fill(name, text)
    keyboard.press("Tab")
    asked = keyboard.answer(lambda: keyboard.tab_to("Submit and freeze"), "Space")
    keyboard.press("Alt+S")
    assert f"Submit {RETURN}, July to September 2024? It claims £13,500.00." in asked.said
    held = window.workspace.get(FunderReturn, page.return_id)
    assert (held.state, held.claim) == (ReturnState.SUBMITTED, Money.pounds(13_500))
    assert focused().isVisible()

    saved = save_the_preview(qtbot, keyboard, page, tmp_path / "kept.pdf")
    assert saved == frozen_pdf(window.workspace, held)
    folder = tmp_path / "out"
    folder.mkdir()
    keyboard.answer(lambda: keyboard.type(str(folder)), "Return")
    with qtbot.waitSignal(page.steps.written, timeout=LONG):
        keyboard.press("Alt+X")
    (pdf,) = folder.glob("*.pdf")
    assert pdf.read_bytes() == saved
    words = words_of(saved)
    for expected in ("£13,500.00", REASON, *(text for _, text in SIGNATURES)):
        assert expected in words


def save_the_preview(qtbot: QtBot, keyboard: Keyboard, page: ReturnPage, path: Path) -> bytes:
    to_tab(keyboard, page, "Preview")
    qtbot.waitUntil(page.preview.save_button.isEnabled, timeout=LONG)
    assert page.preview.note.text() == "The PDF exactly as it was submitted."

    def type_the_name() -> None:
        assert isinstance(focused(), QLineEdit)
        keyboard.press("Ctrl+A")
        keyboard.type(str(path))

    keyboard.answer(type_the_name, "Return")
    keyboard.press("Alt+V")
    qtbot.waitUntil(path.is_file, timeout=LONG)
    return path.read_bytes()
