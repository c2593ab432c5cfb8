"""The File menu and what is dropped on the window: importing with a preview, exporting, checking, evidence."""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from application.filling import fill
from fundtracker.application.actions.exporting import export_programme
from fundtracker.application.actions.verifying import verify_or_stop
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.organisations import Organisation, Priority
from fundtracker.domain.problems import Problem, Severity
from fundtracker.storage.stopping import telling
from fundtracker.ui.bridge import Cancelled, wait_for_jobs
from fundtracker.ui.dialogs import saying
from fundtracker.ui.dialogs.import_preview import ImportPreview
from fundtracker.ui.dialogs.problem_table import as_text, cells_in_words, faults
from fundtracker.ui.main_window import MainWindow
from ui.conftest import Answer, Said
from ui.driving import click, go_to, press

COPY = Qt.DropAction.CopyAction
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def _chooses(path: Path) -> Callable[..., tuple[str, str]]:
    """A file dialog in which the user chooses `path`."""

    def choose(*_: object) -> tuple[str, str]:
        return str(path), ""

    return choose


def body(number: int, kind: str = "Council") -> dict[str, str]:
    return {"Name": f"Body {number}", "Kind": kind}


def previewed(qtbot: QtBot, act: Callable[[], None], then: Callable[[ImportPreview], None]) -> None:
    """Do what brings the preview up, and answer it."""
    seen: list[ImportPreview] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportPreview):
            seen.append(dialog)
            then(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    act()
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    wait_for_jobs()


def press_button(dialog: ImportPreview, words: str) -> None:
    buttons = {each.text().replace("&", ""): each for each in dialog.findChildren(QPushButton)}
    click(buttons[words])


def names(workspace: Workspace) -> list[str]:
    return [each.name for each in workspace.select(Organisation)]


def test_a_workbook_is_shown_then_imported_and_undone_at_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = window.workspace
    before = names(workspace)
    book = fill(
        tmp_path / "ours.xlsx",
        {
            "Organisations": [body(n) for n in range(3)],
            "Priorities": [{"Code": "P1", "Name": "Safer streets"}],
        },
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", _chooses(book))
    shown: list[list[tuple[str, ...]]] = []

    def take(dialog: ImportPreview) -> None:
        assert names(workspace) == before  # nothing is written before the user agrees
        words = {each.text().replace("&", "") for each in dialog.findChildren(QPushButton)}
        assert words == {"Import 4 records", "Cancel"}
        shown.append([row.cells for row in dialog.counts.rows])
        assert dialog.counts.headings[1].label == "Would be added"
        press_button(dialog, "Import 4 records")

    previewed(qtbot, window.files.ask_import, take)
    qtbot.waitUntil(lambda: len(names(workspace)) == len(before) + 3)
    assert shown == [[("Organisations", "3"), ("Priorities", "1"), ("All", "4")]]
    assert [each.code for each in workspace.select(Priority)] == ["P1"]
    wait_for_jobs()
    assert (
        window.statusBar().currentMessage()
        == "Imported ours.xlsx: 3 organisations, 1 priority. Undo takes it all back."
    )
    assert window.undo_action.text() == "&Undo Import ours.xlsx"
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(workspace) == before
    assert workspace.select(Priority) == ()


def test_faults_are_listed_by_cells_copied_and_nothing_can_be_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = names(window.workspace)
    rows = [body(n, "Counsel" if n in {2, 3, 4, 7} else "Council") for n in range(9)]
    book = fill(tmp_path / "ours.xlsx", {"Organisations": rows})

    def look(dialog: ImportPreview) -> None:
        (fault,) = dialog.faults
        assert (fault.severity, fault.sheet, fault.places) == (
            Severity.ERROR,
            "Organisations",
            "B5 to B7, B10",
        )
        assert "“Counsel”" in fault.message
        words = {each.text().replace("&", "") for each in dialog.findChildren(QPushButton)}
        assert words == {"Copy the problems", "Read it again", "Close"}
        assert dialog.counts.headings[1].label == "In the workbook", "none of it would be added"
        press_button(dialog, "Copy the problems")
        press_button(dialog, "Close")

    previewed(qtbot, lambda: window.files.import_workbook(book), look)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["What", "Sheet", "Cells", "What is wrong, and what to do"]
    assert lines[1].split("\t")[:3] == ["To mend", "Organisations", "B5 to B7, B10"]
    assert names(window.workspace) == before


def test_what_a_rule_refuses_is_found_before_anything_is_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """Each cell reads well; only the file's own rules see that the award has such a line already."""
    line = {"Award": "SSF5-VAWG", "Financial year": "2024/25", "Capital or resource": "Resource", "Amount": 5}
    book = fill(tmp_path / "ours.xlsx", {"Award lines": [line]})
    with window.workspace.database.reader() as conn:
        entries = conn.execute("SELECT count(*) FROM entry").fetchone()

    def look(dialog: ImportPreview) -> None:
        assert dialog.errors == 1
        assert dialog.faults[0].sheet == "Award lines"
        press_button(dialog, "Close")

    previewed(qtbot, lambda: window.files.import_workbook(book), look)
    with window.workspace.database.reader() as conn:
        assert conn.execute("SELECT count(*) FROM entry").fetchone() == entries


def test_cells_are_named_by_their_runs() -> None:
    assert cells_in_words(["H12", "H14", "H15", "H16", "J2"]) == "H12, H14 to H16, J2"
    assert cells_in_words(["3", "4"]) == "rows 3 to 4"
    assert cells_in_words([]) == ""


def test_one_fault_in_many_cells_is_one_line() -> None:
    found = faults(
        [
            Problem(message="odd", severity=Severity.WARNING, where="Costs!A1"),
            Problem(message="Net: “x” is no sum. Type 1,234.56.", where="Costs!H12 (C-00001)"),
            Problem(message="Net: “x” is no sum. Type 1,234.56.", where="Costs!H13 (C-00001)"),
            Problem(message="Net: “y” is no sum. Type 1,234.56.", where="Costs!H14 (C-00001)"),
            Problem(message="The file as a whole"),
        ]
    )
    assert as_text(found).splitlines()[1:] == [
        "To mend\tCosts\tH12 to H14\tC-00001: Net: “x” is no sum. Type 1,234.56. (And 1 like it.)",
        "To mend\t\t\tThe file as a whole",
        "Warning\tCosts\tA1\todd",
    ]


def test_the_programme_goes_out_and_the_file_is_checked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said()
    monkeypatch.setattr(saying, "say", said)
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", _chooses(target))
    window.files.ask_export()
    qtbot.waitUntil(lambda: len(said.titles) == 1, timeout=20_000)
    assert said.titles == ["out.xlsx is written"]
    assert (tmp_path / "out.xlsx").is_file()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", _chooses(tmp_path / "template"))
    window.files.ask_template()
    qtbot.waitUntil(lambda: len(said.titles) == 2, timeout=20_000)
    window.files.check()
    qtbot.waitUntil(lambda: len(said.titles) == 3, timeout=20_000)
    assert said.titles[2] == "The file is whole"
    with window.workspace.database.reader() as conn:
        seq, seal = conn.execute("SELECT seq, seal FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert f"Its fingerprint now is {seq}:{seal}." in said.texts[2]


def test_what_takes_long_with_the_whole_file_counts_how_far_it_is(window: MainWindow, tmp_path: Path) -> None:
    """Of how much, too: who waits wants to know how long. Cancel ends it where it is."""
    workspace = window.workspace
    with workspace.database.reader() as conn:
        entries, changes = (
            conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("entry", "change")
        )
    told: list[tuple[str, int, int]] = []
    with telling(lambda what, done, of: told.append((what, done, of))):
        assert verify_or_stop(workspace) == ()
    counted = [step for step in dict.fromkeys(told) if step[2]]
    assert counted == [
        *(("Reading the history", n, entries) for n in range(1, entries + 1)),
        *(("Playing the history through", n, changes) for n in range(0, changes, 1_000)),
    ]
    rows: list[tuple[int, int]] = []
    many = export_programme(workspace, tmp_path / "all.xlsx", lambda done, of: rows.append((done, of)))
    assert {of for _, of in rows} == {many}
    assert [n for n, _ in rows] == sorted(n for n, _ in rows)

    def cancel(what: str, _done: int, _of: int) -> None:
        if what.startswith("Playing"):
            raise Cancelled

    with telling(cancel), pytest.raises(Cancelled):
        verify_or_stop(workspace)


def test_a_file_changed_outside_is_said_to_be(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Said()
    monkeypatch.setattr(saying, "say_trouble", said)
    path = window.workspace.path
    with sqlite3.connect(path) as conn:
        names = [
            row[0]
            for row in conn.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='award'"
            )
        ]
        for name in names:
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("UPDATE award SET agreement = 'other'")
    conn.close()
    window.files.check()
    qtbot.waitUntil(lambda: bool(said.titles), timeout=20_000)
    assert said.titles == ["The file is not as it should be"]
    assert "award 1 is not what the history says" in said.texts[0]


# Dropping


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: MainWindow, data: QMimeData, place: QPoint | None = None) -> str:
    """Drag in, then drop; what the window said meanwhile it would do."""
    where = place or QPoint(4, window.height() - 4)
    keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, COPY, data, button, keys)
    QApplication.sendEvent(window, enter)
    told = window.dropping.target.words.text() if window.dropping.target.isVisible() else ""
    QApplication.sendEvent(window, QDropEvent(QPointF(where), COPY, data, button, keys))
    assert not window.dropping.target.isVisible()
    QApplication.processEvents()
    wait_for_jobs()
    return told


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Said:
    said = Said()
    monkeypatch.setattr(saying, "say_trouble", said)
    monkeypatch.setattr("fundtracker.ui.dialogs.working.say_trouble", said)
    return said


def test_nothing_is_dropped_behind_a_dialog(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    paper, other = tmp_path / "invoice 8.pdf", tmp_path / "other.fundtracker"
    paper.write_bytes(b"%PDF-1.7 eight")
    other.write_bytes(b"")
    page = go_to(window, Cost)
    place = page.table.viewport().mapTo(window, page.table.visualRect(page.model.index(4, 0)).center())
    asked: list[str] = []
    window.named_asked.connect(asked.append)
    dialog = QDialog(window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert [drop(window, mime(each), place) for each in (paper, other)] == ["", ""]
    assert (window.workspace.select(Document), asked) == ((), [])
    dialog.close()
    assert drop(window, mime(paper), place) == "Drop to keep invoice 8.pdf as evidence"


def test_a_paper_on_a_line_of_the_list_is_evidence_of_it(
    window: MainWindow, tmp_path: Path, trouble: Said
) -> None:
    paper = tmp_path / "invoice 7.pdf"
    paper.write_bytes(b"%PDF-1.7 seven")
    page = go_to(window, Cost)
    place = page.table.viewport().mapTo(window, page.table.visualRect(page.model.index(4, 0)).center())
    told = drop(window, mime(paper), place)
    assert told == "Drop to keep invoice 7.pdf as evidence"
    (made,) = window.workspace.select(Document)
    assert (made.name, made.kind, made.cost_id) == (
        "invoice 7.pdf",
        DocumentKind.INVOICE,
        page.model.id_at(4),
    )
    assert made.sha256 == sha256(b"%PDF-1.7 seven").hexdigest()
    assert window.statusBar().currentMessage() == ("invoice 7.pdf: C-00005. A copy is kept as evidence.")
    drop(window, mime(paper), place)
    assert trouble.texts == ["“invoice 7.pdf” is evidence of C-00005 already: nothing was added."]
    other = page.table.viewport().mapTo(window, page.table.visualRect(page.model.index(5, 0)).center())
    drop(window, mime(paper), other)
    assert trouble.titles[-1] == "The same evidence twice"
    assert trouble.texts[-1].startswith("invoice 7.pdf is evidence of C-00005 too.")
    assert len(window.workspace.select(Document)) == 2


def test_a_photograph_on_an_awards_page_is_evidence_of_the_award(
    window: MainWindow, tmp_path: Path, trouble: Said
) -> None:
    picture = tmp_path / "camera.JPG"
    picture.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    window.open_record(Award, 1)
    drop(window, mime(picture))
    (made,) = window.workspace.select(Document)
    assert (made.kind, made.award_id) == (DocumentKind.PHOTOGRAPH, 1)
    assert trouble.titles == []


def test_what_cant_be_taken_is_said(window: MainWindow, tmp_path: Path, trouble: Said) -> None:
    old, empty, paper = tmp_path / "old.xls", tmp_path / "empty.pdf", tmp_path / "paper.pdf"
    old.write_bytes(b"x")
    empty.touch()
    paper.write_bytes(b"x")
    drop(window, mime(old))
    drop(window, mime(tmp_path))
    drop(window, mime(paper))
    assert trouble.titles == ["That can't be taken", "That can't be taken", "Evidence of what?"]
    assert "save it as an Excel workbook (.xlsx)" in trouble.texts[0]
    assert "is a folder" in trouble.texts[1]
    window.open_record(Award, 1)
    drop(window, mime(empty))
    assert trouble.texts[-1] == "“empty.pdf” is empty: an empty file is evidence of nothing."
    assert window.workspace.select(Document) == ()


def test_a_programme_is_opened_and_a_workbook_previewed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, answer: Callable[[str], Answer]
) -> None:
    heard: list[str] = []
    window.named_asked.connect(heard.append)
    other = tmp_path / "other.fundtracker"
    other.touch()
    assert drop(window, mime(other)) == "Drop to open other.fundtracker"
    assert heard == [str(other)]
    book = fill(tmp_path / "ours.xlsx", {"Organisations": [body(1)]})
    previewed(
        qtbot, lambda: _ignored(drop(window, mime(book))), lambda dialog: press_button(dialog, "Cancel")
    )
    assert "Body 1" not in names(window.workspace)


def _ignored(_: object) -> None:
    """What a call gives is of no account here."""


def test_only_files_are_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("only words")
    event = QDragEnterEvent(
        QPoint(9, 9), COPY, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window, event)
    assert not event.isAccepted()
