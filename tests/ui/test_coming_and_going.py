"""The first minute of an empty file, and leaving one: what was typed and can't be kept is asked about."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Office
from fundtracker.domain.rounds import Fund
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.home import HomePage
from ui.conftest import Answer
from ui.driving import click, form_of, go_to, type_into


@pytest.fixture(autouse=True)
def leaves_freely() -> None:
    """Here the question is asked."""


def home_of(window: MainWindow) -> HomePage:
    window.go("Home")
    assert isinstance(window.page, HomePage)
    return window.page


@pytest.mark.parametrize(("button", "kind"), [("Name the office", Office), ("Add a fund", Fund)])
def test_an_empty_file_says_how_to_begin_and_begins_it(
    qtbot: QtBot, tmp_path: Path, button: str, kind: type
) -> None:
    with Workspace.create(tmp_path / "empty.fundtracker", actor="Co-ordinator") as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.show()
        home = home_of(window)
        assert not home.tables.isVisible()
        assert "This file has no award yet. It begins with these" in home.note.text()
        buttons = {each.text().replace("&", ""): each for each in home.findChildren(QPushButton)}
        click(buttons[button])
        form = form_of(go_to(window, kind))
        assert form.item is None
        assert form.title.text().startswith("New ")
        wait_for_jobs()
        window.close()


def test_a_programme_has_its_tables_and_no_first_steps(window: MainWindow) -> None:
    home = home_of(window)
    assert home.tables.isVisible()
    assert not home.first_steps.isVisible()


def test_closing_asks_about_what_is_typed_and_not_kept(
    window: MainWindow, answer: Callable[[str], Answer]
) -> None:
    page = go_to(window, Cost)
    page.choose(3, "net")
    type_into(form_of(page), "net", "a lot")
    stays = answer("Cancel")
    assert not window.close()
    assert stays.said == "Not kept, since it could not be read or was refused: Net."
    assert window.isVisible()
    leaves = answer("Close without it")
    assert window.close()
    assert leaves.said == stays.said


def test_closing_after_it_was_mended_asks_nothing(window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.choose(3, "net")
    type_into(form_of(page), "net", "a lot")
    type_into(form_of(page), "net", "12.00")
    assert window.close()
    assert window.workspace.get(Cost, 3).net.plain == "12.00"
