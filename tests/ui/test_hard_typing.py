"""What people paste and mistype, what another program does meanwhile, and a window closed at the wrong moment: nothing is lost unsaid."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit, QProgressDialog, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from fundtracker.application.actions import listing
from fundtracker.application.actions.listing import export_list
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.changes import added
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.kinds import LONGEST_TEXT
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.queries import ListQuery
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import saying
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.record_form import RecordForm
from fundtracker.ui.views.return_page import ReturnPage
from fundtracker.ui.words import plain_tip
from ui.driving import cell_editor, click, click_cell, form_of, go_to, press, type_into, type_text

LONG = 60_000
MANY = 3_000
HOSTILE = '<b>x</b><img src="/etc/hostname">'
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def form_on(window: MainWindow, kind: type[Record], record_id: int) -> RecordForm:
    window.open_record(kind, record_id)
    return form_of(go_to(window, kind))


# What is typed


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("net", "£1 000", "“£1 000” is not an amount: type an amount such as 1,234.56 or 2.5k."),
        ("net", "1,23", "“1,23” is not an amount"),
        ("net", "12.345", "“12.345” has part pence"),
        ("net", "1e99", "“1e99” is not an amount"),
        ("received_on", "31/02/2024", "“31/02/2024” is not a day: February 2024 has 29."),
        ("received_on", "2024-13-01", "“2024-13-01” is not a date"),
        ("received_on", "tomorrow", "“tomorrow” is not a date"),
        ("supplier", "", "Supplier"),
        ("net", "", "Net"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(
    window: MainWindow, name: str, typed: str, words: str
) -> None:
    form = form_on(window, Cost, 3)
    before = window.workspace.get(Cost, 3)
    widget: Any = form.fields[name].widget
    widget.setFocus()
    widget.selectAll()
    press(widget, Qt.Key.Key_Delete)
    type_text(widget, typed)
    press(widget, Qt.Key.Key_Tab)
    assert words in form.fields[name].problem.text()
    assert form.fields[name].problem.isVisible()
    assert widget.text() == typed
    assert window.workspace.get(Cost, 3) == before


def paste(widget: Any, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    widget.setFocus()
    widget.selectAll()
    press(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(widget, Qt.Key.Key_Tab)


@pytest.mark.parametrize(("kind", "name"), [(Cost, "description"), (Intervention, "note")])
def test_twenty_thousand_characters_are_kept_whole(window: MainWindow, kind: type[Record], name: str) -> None:
    text = "Anti-social behaviour. " * 869 + "The last 13.."
    assert len(text) == 20_000
    form = form_on(window, kind, 1)
    paste(form.fields[name].widget, text)
    assert getattr(window.workspace.select(kind, id=1)[0], name) == text
    assert form.fields[name].problem.text() == ""
    assert window.width() <= 1280  # no heading or list grew with it
    too_long = "x" * (LONGEST_TEXT + 1)
    paste(form.fields[name].widget, too_long)
    if name == "note":
        assert form.fields[name].problem.text() == (
            "⚠ This text has 30,001 characters; at most 30,000 can be kept."
        )
        assert cast("QPlainTextEdit", form.fields[name].widget).toPlainText() == too_long
        assert getattr(window.workspace.select(kind, id=1)[0], name) == text


def test_undo_in_a_long_text_is_its_own_then_the_windows(window: MainWindow) -> None:
    form = form_on(window, Intervention, 1)
    widget = cast("QPlainTextEdit", form.fields["note"].widget)
    type_into(form, "note", "First")
    assert window.workspace.get(Intervention, 1).note == "First"
    widget.setFocus()
    press(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.get(Intervention, 1).note == ""
    assert widget.toPlainText() == ""


# Plain text


def test_markup_in_titles_is_letters_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    workspace = window.workspace
    edit(workspace, workspace.get(Bid, 1), title=HOSTILE)
    for number in (1, 2):
        edit(workspace, workspace.get(Intervention, number), title=f"{HOSTILE} {number}")
    edit(workspace, workspace.get(Cost, 3), supplier=HOSTILE)
    edit(workspace, workspace.get(Organisation, 1), name=HOSTILE)
    for kind, record_id in ((Award, 1), (FunderReturn, 1), (Cost, 3), (Organisation, 1), (Intervention, 1)):
        window.open_record(kind, record_id)
        wait_for_jobs()
        labels = [each for each in window.findChildren(QLabel) if each.text()]
        assert [x.text() for x in labels if x.textFormat() is not Qt.TextFormat.PlainText] == []
        if kind is not FunderReturn:
            assert any(HOSTILE in each.text() for each in labels), kind
    page = go_to(window, Cost)
    row = next(n for n in range(10) if page.model.id_at(n) == 3)
    index = page.model.index(row, [each.name for each in page.model.columns].index("supplier"))
    page.table.scrollTo(index)
    place = page.table.visualRect(index).center()
    page.table.viewportEvent(QHelpEvent(QHelpEvent.Type.ToolTip, place, QPoint(10, 10)))
    assert QToolTip.text() == "<qt>&lt;b&gt;x&lt;/b&gt;&lt;img src=&quot;/etc/hostname&quot;&gt;</qt>"


def test_tips_and_boxes_show_letters(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    assert plain_tip("Net, without VAT") == "Net, without VAT"
    assert plain_tip("Salt & pepper") == "<qt>Salt &amp; pepper</qt>"
    assert "<b>" not in plain_tip(HOSTILE)
    said: list[tuple[str, Qt.TextFormat]] = []

    def look(box: QMessageBox) -> int:
        said.append((box.text(), box.textFormat()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    saying.say_trouble(None, "Title", HOSTILE)
    saying.say(None, "Title", HOSTILE)
    assert not saying.ask(None, "Title", HOSTILE, "Yes")
    assert said == [(HOSTILE, Qt.TextFormat.PlainText)] * 3


# Other programs, and the wrong moment

HOLD = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
conn.execute("ROLLBACK")
"""


@pytest.fixture
def held_by_another(workspace: Workspace) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(workspace.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        if process.poll() is None:
            process.kill()


def hold(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"


def let_go(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)


def test_a_file_locked_by_another_program_loses_nothing_typed(
    window: MainWindow, held_by_another: subprocess.Popen[str]
) -> None:
    form = form_on(window, Cost, 3)
    hold(held_by_another)
    type_into(form, "supplier", "Typed while locked")
    field = form.fields["supplier"]
    assert field.problem.text() == (
        "⚠ Not kept yet. Another program is using Safer Streets.fundtracker."
        " Close it there, or wait a moment and try again."
    )
    assert field.widget.property("text") == "Typed while locked"
    assert window.workspace.get(Cost, 3).supplier == "Supplier 2"
    let_go(held_by_another)
    field.widget.setFocus()
    press(field.widget, Qt.Key.Key_Return)
    assert window.workspace.get(Cost, 3).supplier == "Typed while locked"
    assert field.problem.text() == ""


def test_a_cell_stays_open_with_its_text_while_the_file_is_locked(
    qtbot: QtBot, window: MainWindow, held_by_another: subprocess.Popen[str]
) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    press(page.table, Qt.Key.Key_F2)
    editor = cell_editor(page)
    editor.selectAll()
    hold(held_by_another)
    type_text(editor, "Typed while locked")
    press(editor, Qt.Key.Key_Return)
    assert page.message.text().startswith("⚠ Another program is using")
    assert cell_editor(page) is editor
    assert editor.text() == "Typed while locked"
    let_go(held_by_another)
    press(editor, Qt.Key.Key_Return)
    assert window.workspace.get(Cost, 3).supplier == "Typed while locked"


def test_a_new_record_is_saved_at_the_next_field_once_the_file_can_be_written(
    window: MainWindow, held_by_another: subprocess.Popen[str]
) -> None:
    page = go_to(window, Cost)
    click_cell(page, 2, "supplier")
    click(page.duplicate_button)
    form = form_of(page)
    many = len(window.workspace.select(Cost))
    hold(held_by_another)
    type_into(form, "supplier", "Typed while locked")
    assert form.message.text().startswith("Not saved yet. Another program is using")
    let_go(held_by_another)
    assert len(window.workspace.select(Cost)) == many
    field = form.fields["supplier"].widget
    field.setFocus()
    press(field, Qt.Key.Key_Return)
    assert window.workspace.select(Cost)[-1].supplier == "Typed while locked"
    assert len(window.workspace.select(Cost)) == many + 1


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, so that none is left there unseen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def return_page(window: MainWindow) -> ReturnPage:
    window.show_return("SSF5-VAWG 2024-25-Q2")
    wait_for_jobs()
    return cast("ReturnPage", window.page)


def test_cancelling_a_real_export_leaves_no_file_and_no_temporary(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, temporary: Path
) -> None:
    page = return_page(window)
    out = tmp_path / "out"
    out.mkdir()
    page.steps.export(out)
    (dialog,) = page.findChildren(QProgressDialog)
    dialog.findChildren(QPushButton)[0].click()
    message = window.statusBar()
    qtbot.waitUntil(lambda: message.currentMessage() == "Stopped. No file was written.", timeout=LONG)
    assert list(out.iterdir()) == []
    assert list(temporary.iterdir()) == []


@pytest.fixture
def held_half_way(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """The real export of a list, which waits after its first report until Cancel is pressed: (reported, pressed)."""
    reported, pressed = Event(), Event()

    def export(
        workspace: Workspace,
        query: ListQuery,
        path: Path,
        progress: Callable[[int], None],
        *,
        shown: tuple[str, ...],
        told: str,
    ) -> int:
        def report(done: int) -> None:
            progress(done)
            reported.set()
            pressed.wait(LONG / 1000)

        return export_list(workspace, query, path, report, shown=shown, told=told)

    monkeypatch.setattr(listing, "export_list", export)
    yield reported, pressed
    pressed.set()


def test_cancelling_the_export_of_a_long_list_leaves_no_file_and_says_so(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    temporary: Path,
    held_half_way: tuple[Event, Event],
) -> None:
    reported, pressed = held_half_way
    like, first = window.workspace.get(Cost, 1), window.workspace.new_id(Cost)
    many = (replace(like, id=CostId(n), reference=f"M-{n}") for n in range(first, first + MANY))
    window.workspace.do("Add many", added(*many))
    page = go_to(window, Cost)
    out = tmp_path / "out"
    out.mkdir()
    target = out / "costs.xlsx"
    target.write_text("An earlier export")
    said: list[str] = []
    page.said.connect(said.append)
    page.export(target)
    (dialog,) = page.findChildren(QProgressDialog)
    qtbot.waitUntil(lambda: reported.is_set() and dialog.value() > 0, timeout=LONG)
    assert dialog.value() < dialog.maximum() == page.model.rowCount()
    assert len(list(out.iterdir())) == 2, "the half-made file stands beside, under a name of its own"
    click(dialog.findChildren(QPushButton)[0])
    pressed.set()
    wait_for_jobs()
    assert [path.name for path in out.iterdir()] == [target.name]
    assert target.read_text() == "An earlier export"
    assert list(temporary.iterdir()) == []
    assert said == ["Stopped. No file was written."]
    assert window.statusBar().currentMessage() == said[0]


def test_closing_the_window_during_an_export_finishes_it_and_leaves_nothing_half_made(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, temporary: Path
) -> None:
    page = return_page(window)
    out = tmp_path / "out"
    out.mkdir()
    page.steps.export(out)
    assert window.close()
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".xlsx"]
    assert list(temporary.iterdir()) == []
    assert not window.isVisible()
