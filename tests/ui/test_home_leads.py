"""Each line of Home leads to the very rows that its words count, says what they are, and how to see the others."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from filing import copied
from fundtracker.application.actions.records import edit, remove
from fundtracker.application.demo.play import write_demonstration
from fundtracker.application.glance import Task
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.interventions import Intervention, InterventionStatus, Milestone
from fundtracker.domain.ledger import LedgerCode, LedgerLine
from fundtracker.domain.money import Money
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from ui.conftest import Maker
from ui.driving import press

LONG = 20_000
AWARD = "SSF5-ASB"
STATED = re.compile(r"£[\d,.]+ of ([\d,]+) awards|(?:The files of )?([\d,]+) ")
"""How many rows the words of a line speak of."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration") / "demo.fundtracker"
    write_demonstration(path)
    with Workspace.open(path, actor="Co-ordinator") as workspace:
        _leave_undone(workspace)
    return path


def _leave_undone(workspace: Workspace) -> None:
    """Of one award: evidence, milestones and ledger lines, some of each; beside them as many that are in order."""
    award = next(each for each in workspace.select(Award) if each.reference == AWARD)
    own = workspace.select(Intervention, award_id=award.id)
    ids = {each.id for each in own}
    costs = {each.id for each in workspace.select(Cost) if each.intervention_id in ids and each.invoiced_on}
    remove(workspace, *[each for each in workspace.select(Document) if each.cost_id in costs][:4])
    edit(workspace, own[0], status=InterventionStatus.UNDER_WAY)
    steps = [each for each in workspace.select(Milestone) if each.intervention_id in ids]
    for each in steps[:3]:
        edit(workspace, each, intervention_id=own[0].id, forecast_on=date(2024, 10, 1), actual_on=None)
    code = next(
        each
        for each in workspace.select(LedgerCode)
        if each.award_id == award.id or each.intervention_id in ids
    )
    like = workspace.select(LedgerLine)[0]
    Maker(workspace).add(
        LedgerLine,
        *(
            {
                "layout_id": like.layout_id,
                "transaction_number": f"LATE{number}",
                "posted_on": date(2024, 8, 1),
                "code": code.code,
                "amount": Money(1_234_567 + number),
            }
            for number in range(3)
        ),
    )


@pytest.fixture
def workspace(demonstration: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(copied(demonstration, tmp_path), actor="Co-ordinator") as opened:
        yield opened


def tasks(window: MainWindow) -> list[Task]:
    wait_for_jobs()
    home: Any = window.page
    return [row.key for row in home.to_do.rows]


def follow(window: MainWindow, task: Task) -> Any:
    """By Enter on its line; the place it leads to."""
    window.go("Home")
    wait_for_jobs()
    home: Any = window.page
    home.tasks.setFocus()
    home.tasks.selectRow([row.key for row in home.to_do.rows].index(task))
    press(home.tasks, Qt.Key.Key_Return)
    wait_for_jobs()
    return window.page


def rows_of(page: Any) -> int:
    """How many rows a list, or the table of a place, shows."""
    return page.table.model().rowCount()


def test_every_line_leads_to_the_rows_it_counts(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: any("no evidence" in each.words for each in tasks(window)), timeout=LONG)
    astray = list[str]()
    counted = list[str]()
    for task in tasks(window):
        page = follow(window, task)
        if task.within is None and not task.place:
            continue  # to one record: its page, or its line in the list
        stated = STATED.match(task.words)
        counted.append(task.words)
        if stated is not None and next(filter(None, stated.groups())) != f"{rows_of(page):,}":
            astray.append(f"{task.words}: {rows_of(page)}")
        if task.within and not (page.narrowed.isVisible() and page.narrowed.text()):
            astray.append(f"{task.words}: says nothing of what it is narrowed to")
    assert astray == []
    assert {each.split(",")[0] for each in counted if AWARD in each} >= {
        f"5 costs of {AWARD} have no evidence",
        f"4 milestones of {AWARD} are late",
        f"4 ledger lines of {AWARD}",
        f"2 accruals of {AWARD} from 2024/25 Q2 are neither invoiced nor reversed",
    }


@pytest.mark.parametrize(
    ("words", "said", "whole"),
    [
        ("have no evidence", f"Only those of: {AWARD}.", ("Missing evidence", 0)),
        (f"milestones of {AWARD}", f"Only those of: {AWARD}, late.", ("Milestones", 0)),
        (
            f"ledger lines of {AWARD}",
            f"Only those posted to {AWARD}, matched to nothing after 30 days.",
            ("Finance ledger", 0),
        ),
    ],
)
def test_what_it_leads_to_can_be_widened(
    qtbot: QtBot, window: MainWindow, words: str, said: str, whole: tuple[str, int]
) -> None:
    qtbot.waitUntil(lambda: any(words in each.words for each in tasks(window)), timeout=LONG)
    page = follow(window, next(each for each in tasks(window) if words in each.words))
    few = rows_of(page)
    assert page.narrowed.text() == said
    page.table.setFocus()
    press(page.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.page is not page)
    wait_for_jobs()
    every: Any = window.page
    assert window.spots[-1] == whole
    assert not every.narrowed.isVisible()
    assert rows_of(every) >= few
    window.back()
    assert window.page is page


def test_a_line_that_is_matched_leaves_the_narrowed_ledger(qtbot: QtBot, window: MainWindow) -> None:
    words = f"ledger lines of {AWARD}"
    qtbot.waitUntil(lambda: any(words in each.words for each in tasks(window)), timeout=LONG)
    page = follow(window, next(each for each in tasks(window) if words in each.words))
    assert not page.states.isVisible()
    (first, *others) = [page.model.id_at(row) for row in range(page.model.rowCount())]
    edit(window.workspace, window.workspace.get(LedgerLine, first), set_aside="Another programme's")
    wait_for_jobs()
    assert [page.model.id_at(row) for row in range(page.model.rowCount())] == others
    assert [each.id for each in page.chosen()] == others[:1]


def test_evidence_added_leaves_the_narrowed_place(qtbot: QtBot, window: MainWindow) -> None:
    words = f"costs of {AWARD} have no evidence"
    qtbot.waitUntil(lambda: any(words in each.words for each in tasks(window)), timeout=LONG)
    page = follow(window, next(each for each in tasks(window) if words in each.words))
    assert {row.cells[1] for row in page.costs.rows} == {AWARD}
    assert not page.document_table.isVisible()
    for row in page.costs.rows:
        values = {"name": "Invoice", "sha256": "0" * 64, "kind": DocumentKind.INVOICE, "cost_id": row.key}
        Maker(window.workspace).add(Document, values)
    wait_for_jobs()
    assert rows_of(page) == 0
    assert page.costs_note.text() == "Every cost of these that is spent and invoiced has a document."
