"""The place of partner forms by the mouse: issued, chased, dropped when they come back, sent back marked, accepted, replaced."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.partner_forms import accept_form, form_states, issue_form, look_at_form
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import saying
from fundtracker.ui.dialogs.form_preview import FormPreview
from fundtracker.ui.dialogs.letters import LettersDialog
from fundtracker.ui.main_window import MainWindow
from partner import Partner
from partnering import Q2, pounds
from ui.conftest import Said
from ui.partner_office import TODAY, chooses, office, returned, wrong
from ui.person import Mouse, front, said_in, settle
from ui.test_file_commands import drop, mime

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def mouse(window: MainWindow) -> Mouse:
    window.go("Partner forms")
    settle()
    return Mouse()


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Said:
    said = Said()
    monkeypatch.setattr(saying, "say_trouble", said)
    monkeypatch.setattr("fundtracker.ui.dialogs.working.say_trouble", said)
    return said


def lines(window: MainWindow) -> list[tuple[str, ...]]:
    wait_for_jobs()
    page: Any = window.page
    return [row.cells for row in page.part.model.rows]


def texts(table: QTableView) -> list[tuple[str, ...]]:
    model: Any = table.model()
    return [row.cells for row in model.rows]


def test_a_quarter_shows_where_each_grants_form_stands(mouse: Mouse, window: MainWindow) -> None:
    page: Any = window.page
    assert page.quarters.currentText() == "2024/25 Q2, July to September 2024"
    assert page.note.text().startswith("July to September 2024. 1 grant: 1 not issued.")
    assert lines(window) == [("G-1", "Cotswold CSP", "○ Not issued", "", "", "", "", "")]
    mouse.choose(page.quarters, "2024/25 Q1")
    assert lines(window) == [
        ("G-1", "Cotswold CSP", "✓ Accepted", "14/07/2024", "12/07/2024", "15/07/2024", "0.00", "")
    ]
    assert not page.part.chase_button.isEnabled()


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "→ Issued"),
        ({"due_on": date(2024, 10, 9)}, "⚠ Late by 1 day"),
        ({"received_on": TODAY}, "↓ Received"),
        ({"received_on": TODAY, "problems": 3}, "← Sent back with 3 problems"),
    ],
)
def test_a_state_is_a_word_and_a_mark(
    mouse: Mouse, window: MainWindow, tmp_path: Path, fields: dict[str, Any], state: str
) -> None:
    form, _ = issue_form(window.workspace, 1, Q2, tmp_path)
    if fields:
        edit(window.workspace, form, **fields)
    assert lines(window)[0][2] == state


def test_forms_are_issued_with_an_email_each(
    mouse: Mouse, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chooses(monkeypatch, folder=tmp_path / "forms")
    answer = mouse.answer(
        lambda: mouse.button("Copy the e-mail"), lambda: mouse.button("Close"), to=LettersDialog
    )
    mouse.button("Issue forms...")
    mouse.menu("All not issued yet (1)")
    assert (tmp_path / "forms" / "G-1 2024-25-Q2.xlsx").is_file()
    assert answer.said.startswith(f"1 form written to {tmp_path / 'forms'}. Each goes with this e-mail.")
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0] == "Subject: G-1 2024-25-Q2 monitoring form"
    assert "Please send it back by 17 October 2024." in copied
    assert lines(window) == [("G-1", "Cotswold CSP", "→ Issued", "17/10/2024", "", "", "", "")]
    assert window.workspace.undo_title == "Issue 1 form of 2024/25 Q2"


def test_chasing_copies_a_text_and_notes_the_day(mouse: Mouse, window: MainWindow, tmp_path: Path) -> None:
    form, _ = issue_form(window.workspace, 1, Q2, tmp_path)
    edit(window.workspace, form, due_on=date(2024, 10, 1))
    wait_for_jobs()
    mouse.answer(lambda: mouse.button("Close"), to=LettersDialog)
    mouse.button("Chase...")
    assert window.workspace.get(PartnerForm, form.id).chased_on is None
    mouse.answer(
        lambda: mouse.button("Copy the e-mail"),
        lambda: mouse.button("Copy the e-mail"),
        lambda: mouse.button("Close"),
        to=LettersDialog,
    )
    mouse.button("Chase...")
    assert "9 days ago, and has not reached us" in QGuiApplication.clipboard().text()
    assert (lines(window)[0][2:4], lines(window)[0][-1]) == (("⚠ Late by 9 days", "01/10/2024"), "10/10/2024")


def test_a_dropped_form_is_shown_and_closing_writes_nothing(
    mouse: Mouse, window: MainWindow, tmp_path: Path, trouble: Said
) -> None:
    path = returned(window.workspace, tmp_path / "in")
    before = window.workspace.undo_title
    seen: dict[str, Any] = {}

    def look() -> None:
        dialog = cast("FormPreview", front())
        seen["tabs"] = [dialog.tabs.tabText(n) for n in range(dialog.tabs.count())]
        seen["differences"] = texts(cast("QTableView", dialog.difference_table))[:2]
        mouse.button("Close")

    answer = mouse.answer(look, to=FormPreview)
    assert drop(window, mime(path)) == "Drop to look at Returned form.xlsx before anything of it is taken in"
    assert answer.said.startswith("G-1, 2024/25 Q2: it can be accepted\nSolace. Cotswold District Council, for Cotswold CSP. July to September 2024; due on 17 October 2024.")  # fmt: skip
    assert seen["tabs"] == ["What accepting changes (19)", "Warnings (2)"]
    assert [(row[0], *row[2:]) for row in seen["differences"]] == [
        ("Spend", "Spent this quarter", "", "1,000.10", "F8"),
        ("Spend", "Forecast 2024/25 Q3", "1,400.00", "1,500.00", "I8"),
    ]
    assert window.workspace.undo_title == before
    assert lines(window)[0][2] == "→ Issued"
    assert trouble.texts == []


def test_a_dropped_form_is_accepted_as_one_change(mouse: Mouse, window: MainWindow, tmp_path: Path) -> None:
    path = returned(window.workspace, tmp_path / "in")
    mouse.answer(lambda: mouse.button("Accept the form"), to=FormPreview)
    drop(window, mime(path))
    assert lines(window) == [
        ("G-1", "Cotswold CSP", "✓ Accepted", "17/10/2024", "10/10/2024", "10/10/2024", "1,240.16", "")
    ]
    (form,) = window.workspace.select(PartnerForm, quarter=Q2)
    assert [each.net for each in window.workspace.select(Cost, form_id=form.id)] == [pounds("1000.10"), pounds("200.05")]  # fmt: skip
    assert window.statusBar().currentMessage() == (
        "G-1 2024-25-Q2 is accepted: £1,240.16 of spend. Undo takes it all back."
    )
    window.undo()
    assert lines(window)[0][2] == "→ Issued"


def test_a_form_with_an_error_goes_back_marked_and_its_correction_shows_what_changed(
    mouse: Mouse, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = returned(window.workspace, tmp_path / "in", wrong())
    marked = tmp_path / "marked.xlsx"
    chooses(monkeypatch, open=path, save=marked)
    seen: dict[str, Any] = {}

    def look() -> None:
        dialog = cast("FormPreview", front())
        seen["problems"] = texts(cast("QTableView", dialog.problem_table))
        seen["accept"] = [each.text() for each in dialog.findChildren(QLineEdit) if each.isVisible()]
        mouse.button("Send back...")

    answer = mouse.answer(look, to=FormPreview)
    letter: list[str] = []

    def read() -> None:
        letter.append(said_in(front()))
        mouse.button("Copy the e-mail")
        mouse.button("Close")

    mouse.answer(read, to=LettersDialog)
    mouse.button("Take in a form...")
    wait_for_jobs()
    assert answer.said.startswith("G-1, 2024/25 Q2: 1 problem to mend")
    assert seen["problems"] == [
        ("Spend F8", "“Spent this quarter” and the cost lines don't agree (£1,000.11 in Spend, £1,000.10 in Costs): correct the one that is wrong, or add the cost that is missing.")
    ]  # fmt: skip
    assert seen["accept"] == []
    assert lines(window)[0][2] == "← Sent back with 1 problem"
    assert "Issues" in Partner(marked).book.sheetnames
    assert f"The marked-up copy is {marked}." in letter[0]
    assert "1 thing has to be mended" in QGuiApplication.clipboard().text()
    partner = Partner(path)
    partner.types("SPEND-1-R-1", "Spent this quarter", 1000.10)

    def corrected() -> None:
        dialog = cast("FormPreview", front())
        seen["tab"] = dialog.tabs.tabText(dialog.tabs.currentIndex())
        seen["corrected"] = texts(cast("QTableView", dialog.corrected_table))
        mouse.button("Accept the form")

    mouse.answer(corrected, to=FormPreview)
    drop(window, mime(partner.saves(tmp_path / "Corrected.xlsx")))
    assert seen["tab"] == "Corrected since it was sent back (1)"
    assert [row[2:5] for row in seen["corrected"]] == [("Spent this quarter", "1,000.11", "1,000.10")]
    assert lines(window)[0][2] == "✓ Accepted"


def test_a_second_form_needs_a_reason(
    mouse: Mouse, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = returned(window.workspace, tmp_path / "in")
    accept_form(window.workspace, look_at_form(window.workspace, path))
    chooses(monkeypatch, folder=tmp_path / "second")
    wait_for_jobs()
    mouse.answer(lambda: mouse.button("Close"), to=LettersDialog)
    mouse.button("Issue forms...")
    mouse.menu("A second form in place of the accepted one")
    (second,) = (tmp_path / "second").glob("*.xlsx")
    assert lines(window)[0][2] == "→ Issued"
    partner = Partner(second)
    partner.fills(look_at_form(window.workspace, second).case, {"declaration": {"DECLARATION": {"agreed": True, "declared_by": "Finance officer", "declared_role": "Treasurer", "declared_on": TODAY}}})  # fmt: skip
    partner.types("COST-001", "Net", 900.10)
    partner.types("SPEND-1-R-1", "Spent this quarter", 900.10)
    partner.saves()
    told: list[str] = []

    def give() -> None:
        dialog = cast("FormPreview", front())
        mouse.button("Accept the form")
        told.append(dialog.message.text())
        mouse.type_into(dialog.reason_field, "An invoice was credited")
        mouse.button("Accept the form")

    mouse.answer(give, to=FormPreview)
    drop(window, mime(second))
    assert told == ["⚠ Give the reason why this form takes the place of the one that was accepted."]
    (state,) = form_states(window.workspace, Q2)
    assert state.form is not None
    assert (state.state, state.form.reason, state.form.reported) == (FormState.ACCEPTED, "An invoice was credited", pounds("1140.16"))  # fmt: skip
    assert lines(window)[0][-2] == "1,140.16"


def test_what_is_no_form_is_refused_in_plain_words(
    mouse: Mouse, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Said
) -> None:
    from openpyxl import Workbook

    other = tmp_path / "other.xlsx"
    Workbook().save(other)
    chooses(monkeypatch, open=other)
    mouse.button("Take in a form...")
    assert trouble.texts == [
        "“other.xlsx” is not a monitoring form of this program: the hidden sheet “About”, which says what it is, isn't there. Choose the form that was sent out. If sheets were deleted from it, issue the form again and ask the partner to fill in that one."
    ]


def test_the_grants_page_has_its_quarters_and_a_form_its_own_page(
    mouse: Mouse, window: MainWindow, tmp_path: Path
) -> None:
    path = returned(window.workspace, tmp_path / "in")
    form = accept_form(window.workspace, look_at_form(window.workspace, path))
    wait_for_jobs()
    page: Any = window.page
    mouse.button("Open the grant")
    assert window.spots[-1] == (Grant, 1)
    page = window.page
    mouse.tab(page.tabs.tabBar(), "Forms")
    wait_for_jobs()
    tab = page.tab("Forms")
    assert [row.cells[:2] for row in tab.part.model.rows][:3] == [
        ("2024/25 Q3", "○ Not issued"),
        ("2024/25 Q2", "✓ Accepted"),
        ("2024/25 Q1", "✓ Accepted"),
    ]
    mouse.cell(tab.part.table, 1, 0, twice=True)
    wait_for_jobs()
    assert window.spots[-1] == (PartnerForm, form.id)
    page = window.page
    assert page.head.title.text() == "G-1 2024-25-Q2"
    assert page.head.state.text() == "Accepted  ·  issued 10/10/2024  ·  due 17/10/2024  ·  received 10/10/2024  ·  accepted 10/10/2024"  # fmt: skip
    assert page.head.money.text() == "Spend reported £1,240.16"
    assert [row.cells for row in page.tab("In words").model.rows] == [
        ("What was done", "We met  residents.\nThey came."),
        ("What stands in the way", "- Nothing"),
        ("What comes next", "More"),
        ("Declared by", "Finance officer, Treasurer on 9 October 2024"),
    ]
    assert page.tab("Spend").model.rowCount() == 2
    assert page.tab("Costs").lists()[0].model.rowCount() == 2
    assert page.tab("Documents").lists()[0].model.text(0, 0) == "Returned form.xlsx"
    at: Any = window.navigation.currentItem()
    assert at.text(0) == "Partner forms"
    window.back()
    window.back()
    mouse.button("All forms")
    assert window.spots[-1] == ("All partner forms", 0)


def test_home_leads_to_what_waits(qtbot: QtBot, mouse: Mouse, window: MainWindow, tmp_path: Path) -> None:
    window.go("Home")
    home: Any = window.page

    def words() -> list[str]:
        wait_for_jobs()
        return [row.cells[2] for row in home.to_do.rows if "form" in row.cells[2]]

    qtbot.waitUntil(lambda: words() == ["G-1 was sent no form for 2024/25 Q2 yet"])
    place = next(n for n, row in enumerate(home.to_do.rows) if "no form" in row.cells[2])
    mouse.cell(home.tasks, place, 2, twice=True)
    assert window.spots[-1] == ("Partner forms", (("quarter", Q2),))
    wait_for_jobs()
    page: Any = window.page
    assert [row.target for row in page.part.model.rows] == [("Grant", 1)]
    assert page.narrowed.text() == "Only the grants that were sent no form for 2024/25 Q2."
    form, _ = issue_form(window.workspace, 1, Q2, tmp_path)
    wait_for_jobs()
    assert page.part.model.rows == ()
    edit(window.workspace, form, due_on=date(2024, 10, 1))
    window.go("Home")
    qtbot.waitUntil(lambda: words() == ["The form G-1 2024-25-Q2 has not come"])
    place = next(n for n, row in enumerate(home.to_do.rows) if "not come" in row.cells[2])
    assert home.to_do.rows[place].cells[1] == "9 days late"
    mouse.cell(home.tasks, place, 2, twice=True)
    assert window.spots[-1] == (PartnerForm, form.id)


def test_a_paper_dropped_on_a_line_is_evidence_of_its_form(
    mouse: Mouse, window: MainWindow, tmp_path: Path, trouble: Said
) -> None:
    form, _ = issue_form(window.workspace, 1, Q2, tmp_path)
    wait_for_jobs()
    page: Any = window.page
    paper = tmp_path / "note.pdf"
    paper.write_bytes(b"%PDF-1.7 note")
    place = page.table.viewport().mapTo(window, page.table.visualRect(page.part.model.index(0, 1)).center())
    drop(window, mime(paper), place)
    (made,) = window.workspace.select(Document)
    assert (made.name, made.form_id) == ("note.pdf", form.id)
    assert trouble.texts == []
