"""An empty list says once what it is for and how to begin; what can't be done with a row, and why, is said by the button."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from filing import filed
from fundtracker.application.actions.records import FROZEN, add
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid, Theme
from fundtracker.domain.columns import column_of
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import Office, Priority
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.editors.choosing import ReferenceEditor
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_menus import row_menu
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_purposes import PURPOSES
from fundtracker.ui.views.record_page import RecordPage
from ui.driving import click, form_of, go_to, press, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


def offered(page: ListPage, words: str) -> bool:
    """Whether the menu of the chosen rows offers a command."""
    found = {
        each.text().replace("&", "").split("\t")[0]: each.isEnabled() for each in row_menu(page).actions()
    }
    return found[words]


def in_round(window: MainWindow, item: FundingRound, tab: str) -> ListPage:
    window.open_record(FundingRound, item.id)
    wait_for_jobs()
    page = window.page
    assert isinstance(page, RecordPage)
    page.tab(tab)
    wait_for_jobs()
    return next(each for each in page.findChildren(ListPage) if each.isVisible())


def test_every_kind_says_what_its_list_is_for() -> None:
    assert set(PURPOSES) == set(RECORDS)
    assert all(words.endswith(".") and len(words) < 130 for words in PURPOSES.values())


def test_the_first_record_is_made_beside_the_empty_list(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Priority)
    assert page.pane is not None
    assert not page.pane.isVisible()
    click(page.add_button)
    assert page.pane.isVisible()
    press(window.focusWidget() or window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.pane.isVisible())  # pyright: ignore[reportOptionalMemberAccess] - as above
    click(page.add_button)
    form = form_of(page)
    type_into(form, "code", "P1")
    type_into(form, "name", "Rural crime")
    qtbot.waitUntil(lambda: page.foot.words.text() == "1 priority")
    assert (page.nothing.text(), page.foot.words.isVisible(), page.pane.isVisible()) == ("", True, True)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.nothing.text().startswith("No priorities yet."))
    assert not page.pane.isVisible()


def test_words_that_nothing_has_leave_the_record_beside_the_list(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Bid)
    page.search.setText("nobody")
    qtbot.waitUntil(lambda: page.foot.words.text().startswith("Nothing found"))
    assert page.nothing.text() == ""
    assert page.pane is not None
    assert page.pane.isVisible()


def test_a_round_without_bids_says_that_they_come_first(qtbot: QtBot, window: MainWindow) -> None:
    workspace = window.workspace
    opened = workspace.select(FundingRound)[0]
    values = {name: getattr(opened, name) for name in ("fund_id", "delivery_from", "delivery_to")}
    other = add(workspace, FundingRound, {**values, "code": "DAPF", "name": "Perpetrators"})
    page = in_round(window, other, "Awards")
    why = "Each needs a bid, and there is none here yet: begin with bids."
    assert page.kind is Award
    assert page.nothing.text().split("\n")[-1] == why
    assert (page.add_button.isEnabled(), page.add_button.toolTip()) == (False, why)
    press(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.message.text() == f"⚠ {why}"
    assert not offered(page, "Add")
    add(workspace, Bid, {"round_id": other.id, "reference": "D-1", "title": "Drive", "theme": Theme.VAWG})
    page = in_round(window, other, "Interventions")
    assert page.kind is Intervention
    assert page.nothing.text().endswith("Each needs an award, and there is none here yet: begin with awards.")
    page = in_round(window, other, "Awards")
    assert page.nothing.text().endswith("Choose Add to make the first.")
    assert page.add_button.isEnabled()
    assert page.add_button.toolTip() == "Add a new record (Ctrl+N)"


def test_what_a_submitted_return_said_is_neither_deleted_nor_copied(qtbot: QtBot, tmp_path: Path) -> None:
    with filed(tmp_path / "filed.fundtracker") as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.show()
        sent = next(each for each in workspace.select(FunderReturn) if each.state.frozen)
        for kind in (FunderReturn, Forecast):
            page = go_to(window, kind)
            frozen = next(
                each for each in workspace.select(kind) if getattr(each, "return_id", each.id) == sent.id
            )
            page.choose(frozen.id)
            why = FROZEN.format(sent.reference)
            assert (page.remove_button.isEnabled(), page.remove_button.toolTip()) == (False, why)
            assert (page.duplicate_button.isEnabled(), offered(page, "Delete")) == (False, False)
        wait_for_jobs()


def test_nothing_is_added_to_what_a_submitted_return_said(qtbot: QtBot, tmp_path: Path) -> None:
    with filed(tmp_path / "filed.fundtracker") as workspace:
        for held in workspace.select(FunderReturn):
            page = ListPage(workspace, Forecast, within=(("return_id", held.id),))
            qtbot.addWidget(page)
            page.show()
            assert page.add_button.isEnabled() is not held.state.frozen
            assert (page.add_button.toolTip() == FROZEN.format(held.reference)) is held.state.frozen
        wait_for_jobs()


def test_a_draft_can_be_deleted_and_says_how(window: MainWindow) -> None:
    page = go_to(window, FunderReturn)
    assert page.remove_button.isEnabled()
    assert page.remove_button.toolTip() == "Delete the chosen records (Del); it can be undone"


def test_the_office_is_one(window: MainWindow) -> None:
    page = go_to(window, Office)
    assert (page.duplicate_button.isVisible(), page.remove_button.isVisible()) == (False, False)
    assert page.add_button.toolTip() == "A file has one office: change its fields."
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Delete)
    press(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert len(window.workspace.select(Office)) == 1
    assert form_of(page).item is not None


def test_a_file_without_an_office_offers_to_add_it(qtbot: QtBot, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "empty.fundtracker") as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.show()
        page = go_to(window, Office)
        assert page.add_button.isEnabled()
        wait_for_jobs()


def test_a_field_whose_list_is_empty_says_where_to_add_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "empty.fundtracker") as workspace:
        for kind, name, words in (
            (Award, "bid_id", "There is no bid yet: add it in Bids first."),
            (Bid, "lead_id", "There is no organisation yet: add it in Organisations first."),
            (Bid, "round_id", "There is no funding round yet: add it in Rounds first."),
        ):
            box = ReferenceEditor(column_of(kind, name), workspace)
            qtbot.addWidget(box)
            box.setEditText("x")
            with pytest.raises(Unreadable) as unread:
                box.value()
            assert str(unread.value) == words


def test_a_field_whose_list_is_not_empty_says_to_choose(qtbot: QtBot, workspace: Workspace) -> None:
    box = ReferenceEditor(column_of(Award, "bid_id"), workspace)
    qtbot.addWidget(box)
    box.setEditText("x")
    with pytest.raises(Unreadable, match="“x” is not one of the bid records: choose one from the list"):
        box.value()
