"""Evidence in the window: opened as a checked copy, taken in by keys, missing ones listed, costs that may be funded twice answered."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.evidence import take_as_evidence
from fundtracker.application.actions.records import add, edit
from fundtracker.application.evidence_copies import copy_to_open
from fundtracker.application.to_do import UNANSWERED
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import saying
from fundtracker.ui.dialogs.saying import TextQuestion
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import Said
from ui.driving import go_to
from ui.partner_office import chooses
from ui.person import Keyboard, Mouse, focused, name_of, settle

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
PAPER = b"%PDF-1.7 an invoice"


class Opened:
    """Takes the place of the system's programs: what they would have been given."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.works = True

    def __call__(self, url: QUrl) -> bool:
        self.paths.append(Path(url.toLocalFile()))
        return self.works


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    found = Opened()
    monkeypatch.setattr(QDesktopServices, "openUrl", found)
    return found


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Said:
    said = Said()
    monkeypatch.setattr(saying, "say_trouble", said)
    monkeypatch.setattr("fundtracker.ui.dialogs.working.say_trouble", said)
    return said


@pytest.fixture
def document(window: MainWindow, tmp_path: Path) -> Document:
    paper = tmp_path / "invoice 7.pdf"
    paper.write_bytes(PAPER)
    settle()
    made, _ = take_as_evidence(window.workspace, paper, window.workspace.get(Cost, 5))
    return made


def test_a_double_click_opens_a_copy_that_cant_be_changed(
    window: MainWindow, document: Document, opened: Opened, trouble: Said
) -> None:
    page = go_to(window, Document)
    settle()
    Mouse().cell(page.table, 0, 0, twice=True)
    (copy,) = opened.paths
    kept = window.workspace.evidence.open(document.sha256).path
    assert (copy.name, copy.read_bytes(), copy.samefile(kept)) == ("invoice 7.pdf", PAPER, False)
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IRUSR
    assert stat.S_IMODE(copy.parent.stat().st_mode) == stat.S_IRWXU
    assert trouble.texts == []


def test_enter_and_the_button_open_it_too_and_f2_edits(
    window: MainWindow, document: Document, opened: Opened
) -> None:
    page = go_to(window, Document)
    settle()
    Keyboard().press("Return")
    Mouse().button("Open", page)
    assert [each.name for each in opened.paths] == ["invoice 7.pdf", "invoice 7.pdf"]


def test_a_missing_or_altered_file_is_said_and_not_opened(
    window: MainWindow, document: Document, opened: Opened, trouble: Said
) -> None:
    kept = window.workspace.evidence.open(document.sha256).path
    page = go_to(window, Document)
    settle()
    kept.chmod(stat.S_IRUSR | stat.S_IWUSR)
    kept.write_bytes(PAPER + b" altered")
    page.open_chosen()
    wait_for_jobs()
    kept.unlink()
    page.open_chosen()
    wait_for_jobs()
    assert opened.paths == []
    assert "is not the file that was taken in: its fingerprint is another." in trouble.texts[0]
    assert trouble.texts[1].startswith("This file isn't in ")


def test_where_no_program_opens_it_the_copy_is_named(
    window: MainWindow, document: Document, opened: Opened, trouble: Said
) -> None:
    opened.works = False
    page = go_to(window, Document)
    page.choose(document.id)
    page.open_chosen()
    wait_for_jobs()
    assert trouble.titles == ["No program opens it"]
    assert str(opened.paths[0]) in trouble.texts[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Invoice 7.PDF", "Invoice 7.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe.pdf"),
        ("CON.pdf", "_CON.pdf"),
    ],
)
def test_a_copy_has_a_name_that_hides_nothing(
    window: MainWindow, document: Document, name: str, shown: str
) -> None:
    assert copy_to_open(window.workspace, replace(document, name=name)).name == shown


def test_evidence_is_added_by_keys_beside_a_cost(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Said
) -> None:
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(PAPER)
    chooses(monkeypatch, many=paper)
    page = go_to(window, Cost)
    page.choose(3)
    settle()
    assert page.pane is not None
    titles = [page.pane.tabText(n) for n in range(page.pane.count())]
    keyboard = Keyboard()
    keyboard.tab_to("Parts of the record")
    for _ in range(titles.index("Documents")):
        keyboard.press("Right")
    inner = cast("ListPage", page.pane.currentWidget())
    assert inner.add_button.text() == "&Add evidence..."
    keyboard.tab_to("Add evidence")
    keyboard.press("Space")
    (made,) = window.workspace.select(Document)
    assert (made.name, made.cost_id) == ("receipt.pdf", 3)
    assert inner.model.rowCount() == 1
    assert trouble.texts == []


def test_what_is_missing_is_listed_and_mended_there(
    qtbot: QtBot, window: MainWindow, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_to(window, Document)
    settle()
    mouse = Mouse()
    mouse.button("Missing evidence")
    page: Any = window.page
    assert window.spots[-1] == ("Missing evidence", 0)
    many = len(page.costs.rows)
    assert (
        page.costs_note.text()
        == f"{many} costs spent and invoiced without a document. Drop the invoice on its line."
    )
    assert document.cost_id not in [row.key for row in page.costs.rows]
    assert page.documents_note.text() == "No file is missing. So far the program has only checked that each file is there. Choose “Check every file” to read them too."  # fmt: skip
    first = page.costs.rows[0].key
    paper = tmp_path / "another.pdf"
    paper.write_bytes(PAPER + b" 2")
    chooses(monkeypatch, many=paper)
    mouse.button("Add evidence...")
    qtbot.waitUntil(lambda: len(page.costs.rows) == many - 1)
    assert window.workspace.select(Document, cost_id=first) != ()
    kept = window.workspace.evidence.open(document.sha256).path
    kept.chmod(stat.S_IRUSR | stat.S_IWUSR)
    kept.write_bytes(b"%PDF-1.7 other")
    mouse.button("Check every file")
    assert [row.cells[0] for row in page.documents.rows] == ["invoice 7.pdf"]
    assert "its fingerprint is another" in page.documents.rows[0].cells[1]
    assert page.documents_note.text() == "1 document. Every file was read."
    kept.unlink()
    window.refresh()
    wait_for_jobs()
    assert [row.cells[1] for row in page.documents.rows] == ["Its file isn't in Safer Streets.evidence."]
    home = _home_line(qtbot, window, "missing")
    assert home.cells[2] == "The file of 1 document is missing"
    assert window.spots[-1] == ("Missing evidence", 0)


def test_costs_that_may_be_funded_twice_are_answered_for(qtbot: QtBot, window: MainWindow) -> None:
    settle()
    workspace = window.workspace
    held = workspace.get(Cost, 602)
    again = add(workspace, Cost, {name: getattr(held, name) for name in ("intervention_id", "supplier", "invoice_number", "net", "expense", "category_id", "received_on", "invoiced_on")})  # fmt: skip
    home = _home_line(qtbot, window, "funded twice")
    assert home.cells[2] == f"C-00602 and {again.reference} may be one cost, funded twice"
    assert window.spots[-1] == ("Double funding", UNANSWERED)
    few: Any = window.page
    wait_for_jobs()
    assert few.model.rowCount() == 1
    assert few.narrowed.text() == "Only the pairs without an answer."
    mouse, keyboard = Mouse(), Keyboard()
    mouse.button("Show all pairs")
    wait_for_jobs()
    page: Any = window.page
    assert window.spots[-1] == ("Double funding", 0)
    assert [row.cells for row in page.model.rows] == [
        ("Same supplier, invoice and amount", "C-00602", again.reference, "Penhallow Training, invoice T-1, £3,000 net", "3,000.00", "⚠ None yet")
    ]  # fmt: skip
    mouse.answer(lambda: keyboard.type("A second course"), lambda: keyboard.press("Return"), to=TextQuestion)
    mouse.button("Write the answer...")
    wait_for_jobs()
    assert workspace.get(Cost, again.id).duplicate_reason == "A second course"
    assert page.model.rows[0].cells[-1] == "A second course"
    assert page.note.text().startswith(
        "1 pair of costs may be the same cost entered twice; each has its answer."
    )
    assert name_of(focused()) == "Possible double funding"
    keyboard.press("Return")
    wait_for_jobs()
    assert [each.id for each in cast("ListPage", window.page).chosen()] == [again.id]
    window.back()
    mouse.button("Open the first cost")
    wait_for_jobs()
    assert [each.id for each in cast("ListPage", window.page).chosen()] == [602]


def test_a_document_not_for_publication_says_so_in_a_word(window: MainWindow, document: Document) -> None:
    edit(window.workspace, document, restricted=True)
    page = go_to(window, Document)
    place = [each.label for each in page.model.columns].index("Not for publication?")
    assert page.model.text(0, place) == "Yes"


def _home_line(qtbot: QtBot, window: MainWindow, words: str) -> Any:
    """Wait for Home's line with these words, and go where it leads."""
    window.go("Home")
    home: Any = window.page

    def found() -> list[Any]:
        wait_for_jobs()
        return [row for row in home.to_do.rows if words in row.cells[2]]

    qtbot.waitUntil(lambda: bool(found()))
    settle()
    (line,) = found()
    Mouse().cell(home.tasks, home.to_do.rows.index(line), 2, twice=True)
    return line
