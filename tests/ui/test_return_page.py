"""The main job, in the window: write the missing reason, export, sign, submit; then nothing can be changed."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import ReturnLine, ReturnState, VarianceReason
from fundtracker.ui.bridge import Cancelled, wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models import return_export
from fundtracker.ui.models.return_tables import REASON
from fundtracker.ui.views.return_page import ReturnPage
from ui.conftest import Answer
from ui.driving import click, press, type_into, type_text
from ui.returning import LONG, held

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
"""A popup without a screen."""


def write_reason(qtbot: QtBot, page: ReturnPage, text: str) -> None:
    """As a person does: from the readiness list to the figures, and type."""
    page.tab("Readiness")
    page.readiness.table.setFocus()
    page.readiness.table.selectRow(0)
    press(page.readiness.table, Qt.Key.Key_Return)
    assert page.tabs.shown is page.figures
    editor = page.figures.reason
    qtbot.waitUntil(editor.hasFocus)
    type_text(editor, text)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        press(editor, Qt.Key.Key_Tab)


def sign(qtbot: QtBot, page: ReturnPage) -> None:
    page.window().activateWindow()  # as a window manager does when a dialog before it is gone
    qtbot.waitUntil(page.window().isActiveWindow)
    page.tab("Sign-off")
    for name, text in (
        ("prepared_by", "Safer Streets co-ordinator"),
        ("checked_by", "Commissioning manager"),
        ("signed_by", "Chief Finance Officer"),
        ("signed_role", "Chief Finance Officer"),
    ):
        type_into(page.sign_off.form, name, text)
    wait_for_jobs()


def test_what_stands_in_the_way_is_listed(page: ReturnPage) -> None:
    assert page.readiness.note.text().startswith("1 thing to mend before it can be submitted")
    (row, *_) = page.readiness.model.rows
    assert row.cells[0] == "To mend"
    assert "SSF5-VAWG-02 Training" in row.cells[1]
    assert "£2,000 below profile (40%)" in row.cells[1]
    assert page.title.text() == "Return SSF5-VAWG 2024-25-Q2: July to September 2024"
    assert page.state.text() == (
        "Draft  ·  due 30 October 2024 (in 9 days)  ·  claim £13,000.00  ·  left of 2024/25 after it £37,000.00"
    )


def test_the_figures_and_the_bridge_tie(page: ReturnPage) -> None:
    view = page.view
    assert view is not None
    rows = page.figures.model.rows
    assert [row.name for row in rows] == ["SSF5-VAWG-01", "SSF5-VAWG-02 ⚠", "Total"]
    assert rows[1].cells[1:12] == (
        "Resource", "Staff", "5,000.00", "3,000.00", "0.00", "3,000.00", "0.00", "3,000.00", "-2,000.00", "-40.0", "⚠ Reason needed",
    )  # fmt: skip
    assert rows[2].cells[3:11] == (
        "25,000.00", "13,000.00", "0.00", "13,000.00", "10,000.00", "23,000.00", "-2,000.00", "-8.0",
    )  # fmt: skip
    bridge = page.bridge.model.rows
    assert [row.name for row in bridge] == ["2024/25 SSF5-VAWG-01", "2024/25 SSF5-VAWG-02", "2024/25 total"]
    assert bridge[-1].cells[2:] == ("0.00", "13,000.00", "0.00", "13,000.00", "13,000.00", "Yes")
    assert {row.cells[-1] for row in page.checks.controls.rows} == {"0.00"}


def test_the_main_job(
    qtbot: QtBot,
    window: MainWindow,
    page: ReturnPage,
    tmp_path: Path,
    answer: Callable[[str], Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_reason(qtbot, page, "The trainer was ill in August; the rest follows in spring.")
    (reason,) = page.workspace.select(VarianceReason)
    assert reason.reason == "The trainer was ill in August; the rest follows in spring."
    assert page.figures.model.rows[1].cells[REASON] == reason.reason
    assert page.readiness.note.text().startswith("Nothing stands in the way")

    folder = tmp_path / "out"
    folder.mkdir()

    def choose(*_: object) -> str:
        return str(folder)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    with qtbot.waitSignal(page.steps.written, timeout=LONG):
        click(page.steps.export_button)
    assert sorted(path.name for path in folder.iterdir()) == [
        "SSF5-VAWG 2024-25-Q2 DRAFT return.pdf",
        "SSF5-VAWG 2024-25-Q2 DRAFT return.xlsx",
    ]

    sign(qtbot, page)
    asked = answer("Submit and freeze")
    click(page.steps.submit_button)
    assert "It claims £13,000.00." in asked.said
    qtbot.waitUntil(lambda: held(page).state is ReturnState.SUBMITTED, timeout=LONG)
    wait_for_jobs()
    sent = held(page)
    assert (sent.claim, sent.signed_by) == (Money.pounds(13_000), "Chief Finance Officer")
    assert sum(line.amount.pence for line in page.workspace.select(ReturnLine)) == 13_000_00
    assert page.state.text().startswith(
        "Submitted  ·  submitted 21 October 2024, signed by Chief Finance Officer"
    )
    assert not page.steps.submit_button.isVisible()
    form = page.sign_off.form
    assert form.message.text() == (
        "SSF5-VAWG 2024-25-Q2 is submitted and frozen: nothing here can be changed."
        " A correction goes into the next return, with its reason."
    )
    for name in form.fields:
        type_into(form, name, "Somebody else")
    assert held(page) == sent
    index = page.figures.model.index(1, REASON)
    assert not page.figures.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not page.forecast.list.model.editable
    with pytest.raises(Refused):
        edit(page.workspace, sent, signed_by="Somebody else")
    assert window.statusBar().currentMessage() == "SSF5-VAWG 2024-25-Q2 is submitted and frozen."

    click(page.steps.accept_button)
    assert held(page).state is ReturnState.ACCEPTED


def test_saying_no_to_the_last_question_changes_nothing(
    qtbot: QtBot, page: ReturnPage, answer: Callable[[str], Answer]
) -> None:
    write_reason(qtbot, page, "The course began late")
    sign(qtbot, page)
    asked = answer("Cancel")
    click(page.steps.submit_button)
    assert asked.said.startswith("Submit SSF5-VAWG 2024-25-Q2")
    wait_for_jobs()
    assert held(page).state is ReturnState.DRAFT


def test_submitting_too_early_says_what_to_mend_and_asks_nothing(qtbot: QtBot, page: ReturnPage) -> None:
    click(page.steps.submit_button)
    qtbot.waitUntil(page.message.isVisible, timeout=LONG)
    assert "Write the reason in the return's figures." in page.message.text()
    assert "It is not signed: the CFO enters who signs, in Sign-off." in page.message.text()
    assert page.tabs.shown is page.sign_off
    assert page.sign_off.form.fields["prepared_by"].widget.hasFocus()
    sign(qtbot, page)
    click(page.steps.submit_button)
    assert page.message.text().endswith("Write the reason in the return's figures.")
    assert page.tabs.shown is page.readiness
    assert held(page).state is ReturnState.DRAFT


def test_an_export_that_is_stopped_leaves_no_file(page: ReturnPage, tmp_path: Path) -> None:
    def stop_at_the_end(what: str, _done: int, _of: int) -> None:
        if what == "Writing the PDF":
            raise Cancelled

    with pytest.raises(Cancelled):
        return_export.export_return(page.workspace, page.return_id, tmp_path, stop_at_the_end)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".fundtracker"] == []


def test_cancel_stops_a_job_and_says_so(
    qtbot: QtBot, window: MainWindow, page: ReturnPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Cancel button of the progress dialog, pressed while the workbook is drawn."""
    from PySide6.QtWidgets import QProgressDialog

    def drawing(
        _workspace: object, _id: int, _folder: Path, progress: Callable[[str, int, int], None]
    ) -> None:
        for _ in range(20_000_000):  # for ever, if nobody stops it
            progress("Writing the workbook", 1, 2)

    monkeypatch.setattr(return_export, "export_return", drawing)
    page.steps.export(tmp_path)
    qtbot.waitUntil(lambda: bool(page.findChildren(QProgressDialog)))
    click(page.findChildren(QProgressDialog)[0].findChildren(QPushButton)[0])
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Stopped. No file was written.")


def test_the_draft_goes_to_the_cfo_and_back(qtbot: QtBot, page: ReturnPage) -> None:
    click(page.steps.send_button)
    wait_for_jobs()
    assert held(page).state is ReturnState.DRAFT
    assert "Write the reason" in page.message.text()
    write_reason(qtbot, page, "Ill")
    click(page.steps.send_button)
    wait_for_jobs()
    assert held(page).state is ReturnState.WITH_CFO
    click(page.steps.back_button)
    assert held(page).state is ReturnState.DRAFT


def test_a_problem_elsewhere_leads_to_its_record(qtbot: QtBot, window: MainWindow, page: ReturnPage) -> None:
    twin = page.workspace.get(Cost, 1)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, page.workspace.get(Cost, 2), supplier=twin.supplier, invoice_number=twin.invoice_number, net=twin.net)  # fmt: skip
    row = next(n for n, each in enumerate(page.readiness.model.rows) if "C-00002" in each.cells[1])
    page.readiness.table.selectRow(row)
    click(page.readiness.go_button)
    assert window.spots[-1] == ("Costs", 0)
    from fundtracker.ui.views.list_page import ListPage

    costs = cast("ListPage", window.page)
    assert costs.pane is not None
    assert costs.pane.form.item == page.workspace.get(Cost, 2)
    assert costs.pane.form.fields["duplicate_reason"].widget.hasFocus()


def test_titles_give_way_so_that_the_reasons_are_in_sight(qtbot: QtBot, page: ReturnPage) -> None:
    page.tab("Figures")
    table = page.figures.table
    page.window().resize(1440, 900)
    reason = page.figures.model.index(1, REASON)

    def sized(width: int) -> None:
        page.setMaximumWidth(width)
        QApplication.processEvents()

    sized(1260)
    assert not table.isColumnHidden(0)
    assert table.viewport().rect().contains(table.visualRect(reason))
    sized(700)
    assert table.isColumnHidden(0)
    sign = table.model().headerData(1, Qt.Orientation.Vertical)
    assert sign == "SSF5-VAWG-02 ⚠", "the sign stands in the names, which never scroll away"
    sized(1260)
    assert not table.isColumnHidden(0)
