"""Cancel takes everything back, wherever long work has got to; the dialog stays until it has, so that nothing comes between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.many import change_many
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import added
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import Document
from fundtracker.storage import journal
from fundtracker.ui import attaching
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import working
from fundtracker.ui.dialogs.working import AT_ONCE, WorkingDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.driving import go_to, press

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
MORE = 4 * AT_ONCE


@pytest.fixture
def page(window: MainWindow, workspace: Workspace) -> ListPage:
    """The list of costs, with a few hundred more that no return rests on."""
    pattern = workspace.select(Cost)[0]
    first = workspace.new_id(Cost)
    made = (
        replace(pattern, id=CostId(first + n), reference=f"X-{n:04d}", invoice_number=f"X{n}")
        for n in range(MORE)
    )
    workspace.do("Add costs", added(*made))
    wait_for_jobs()
    shown = go_to(window, Cost)
    shown.search.setText("X-0")
    wait_for_jobs()
    return shown


@pytest.fixture
def cancelled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody presses Cancel as soon as the dialog stands; what it said then, and last of all."""
    said: list[str] = []
    monkeypatch.setattr(working, "SHOWN_AFTER", 0)

    def look() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, WorkingDialog)]
        for each in found:
            if each.isVisible() and each.stop.isEnabled():
                each.stop.click()
                said.append(each.labelText())
                assert each.isVisible(), "it stays until all is taken back"

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(1)
    yield said
    timer.stop()
    timer.deleteLater()


def slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step before the commit takes longer than it takes to press Cancel."""
    seal = journal.seal_entry

    def slow(conn: Any, seq: int, stamp: Any) -> Any:
        conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000) SELECT max(i) FROM n"
        ).fetchall()
        return seal(conn, seq, stamp)

    monkeypatch.setattr(journal, "seal_entry", slow)


def heads(workspace: Workspace) -> tuple[Any, ...]:
    with workspace.database.reader() as conn:
        return journal.head(conn), tuple(workspace.select(Cost)), tuple(workspace.select(Document))


def delete(page: ListPage) -> None:
    press(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(page.table, Qt.Key.Key_Delete)


def fill_down(page: ListPage) -> None:
    page.table.setCurrentIndex(
        page.model.index(0, [each.name for each in page.model.columns].index("supplier"))
    )
    page.table.selectAll()
    press(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


DEEDS: dict[str, Callable[[ListPage], None]] = {"delete": delete, "fill down": fill_down}


@pytest.mark.parametrize("deed", DEEDS)
def test_cancel_takes_a_change_of_many_back(
    qtbot: QtBot,
    window: MainWindow,
    page: ListPage,
    cancelled: list[str],
    monkeypatch: pytest.MonkeyPatch,
    deed: str,
) -> None:
    workspace, told = window.workspace, list[str]()
    page.said.connect(told.append)
    change_many(workspace, Cost, page.model.ids_at(range(1)), {"supplier": "Another"})
    wait_for_jobs()
    slowed(monkeypatch)
    before = heads(workspace)
    DEEDS[deed](page)
    qtbot.waitUntil(lambda: bool(cancelled))
    wait_for_jobs()
    assert heads(workspace) == before
    assert cancelled == ["Stopping, and taking back what was done..."]
    assert [each for each in told if each.startswith("Stopped. Nothing was ")]
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_cancel_leaves_what_was_to_be_taken_back(
    qtbot: QtBot,
    window: MainWindow,
    page: ListPage,
    cancelled: list[str],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    workspace = window.workspace
    change_many(workspace, Cost, page.model.ids_at(range(page.model.rowCount())), {"supplier": "Another"})
    if kind == "redo":
        workspace.undo()
    wait_for_jobs()
    slowed(monkeypatch)
    before = heads(workspace)
    getattr(window, kind)()
    qtbot.waitUntil(lambda: bool(cancelled))
    wait_for_jobs()
    assert heads(workspace) == before
    assert workspace.reversible(kind, 2 * MORE) == (f"Change supplier of {MORE} costs", MORE)


def test_many_are_deleted_and_brought_back_off_the_windows_thread(window: MainWindow, page: ListPage) -> None:
    workspace, before = window.workspace, window.workspace.select(Cost)
    delete(page)
    assert workspace.select(Cost) == before, "a worker does it"
    wait_for_jobs()
    assert len(workspace.select(Cost)) == len(before) - MORE
    window.undo()
    wait_for_jobs()
    assert [each.reference for each in workspace.select(Cost)] == [each.reference for each in before]


def test_few_are_deleted_at_once(window: MainWindow, page: ListPage) -> None:
    before = len(window.workspace.select(Cost))
    page.table.selectRow(0)
    press(page.table, Qt.Key.Key_Delete)
    assert len(window.workspace.select(Cost)) == before - 1


def test_several_files_are_one_change_and_cancel_keeps_none_of_them(
    qtbot: QtBot, window: MainWindow, cancelled: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workspace, said = window.workspace, list[str]()
    files = [tmp_path / f"invoice {n}.pdf" for n in range(3)]
    for n, each in enumerate(files):
        each.write_bytes(b"%PDF-1.4\n" + bytes([n]) * 100)
    cost = workspace.select(Cost)[0]
    with monkeypatch.context() as slow:
        slowed(slow)
        attaching.attach(window, workspace, files, (Cost, cost.id), said.append)
        qtbot.waitUntil(lambda: bool(cancelled))
        wait_for_jobs()
    assert (workspace.select(Document), said) == ((), ["Stopped. Nothing was added."])
    monkeypatch.setattr(working, "SHOWN_AFTER", 60_000)
    attaching.attach(window, workspace, files, (Cost, cost.id), said.append)
    wait_for_jobs()
    assert [each.name for each in workspace.select(Document)] == [each.name for each in files]
    workspace.undo()
    assert workspace.select(Document) == ()


def test_a_copy_that_is_stopped_leaves_the_clipboard_as_it_was(
    qtbot: QtBot, window: MainWindow, page: ListPage, cancelled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    page.said.connect(told.append)
    monkeypatch.setattr("fundtracker.ui.views.list_commands.COPIED_AT_ONCE", 1)
    rows = window.workspace.lists.rows

    def slowly(kind: type[Cost], ids: Sequence[int]) -> Any:
        sleep(0.02)
        return rows(kind, ids)

    monkeypatch.setattr(window.workspace.lists, "rows", slowly)
    QApplication.clipboard().setText("as it was")
    page.table.selectAll()
    press(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(cancelled))
    wait_for_jobs()
    assert QApplication.clipboard().text() == "as it was"
    assert told[-1] == "Stopped. The clipboard is as it was."
