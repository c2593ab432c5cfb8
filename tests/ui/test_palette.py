"""Ctrl+K: jumping to records, places and commands by keys and by mouse."""

from collections.abc import Callable
from threading import Event
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.jumping import jump as ask_the_file
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.storage import jumping
from fundtracker.storage.jumping import BEGINS, EXACT, HOLDS, NAMED, PART, Found, jump
from fundtracker.ui import palette as palette_module
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.palette import Palette, answers
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.return_page import ReturnPage
from ui.driving import click, form_of, go_to, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def opened(qtbot: QtBot, window: MainWindow) -> Palette:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    assert palette is not None
    qtbot.waitUntil(palette.line.hasFocus)
    return palette


def asked(qtbot: QtBot, window: MainWindow, text: str) -> Palette:
    """Type into the palette, and wait for the answer of the file."""
    palette = opened(qtbot, window)
    type_text(palette.line, text)
    qtbot.waitUntil(lambda: not palette.footer.text().startswith("Looking") and not palette.soon.isActive())
    wait_for_jobs()
    return palette


def palette_stays(window: MainWindow) -> bool:
    found = window.findChild(Palette)
    return found is not None and found.isVisible()


def lines(palette: Palette) -> list[tuple[str, ...]]:
    return [row.cells for row in palette.model.rows]


def found(workspace: Workspace, typed: str) -> list[tuple[str, str, int]]:
    with workspace.database.reader() as conn:
        return [(each.kind.__name__, each.reference, each.rank) for each in jump(conn, typed)]


def test_a_very_reference_comes_first_then_its_beginnings_then_words(workspace: Workspace) -> None:
    assert found(workspace, "ssf5-vawg")[:4] == [
        ("Award", "SSF5-VAWG", EXACT),
        ("Intervention", "SSF5-VAWG-01", BEGINS),
        ("Intervention", "SSF5-VAWG-02", BEGINS),
        ("FunderReturn", "SSF5-VAWG 2024-25-Q2", BEGINS),
    ]
    assert found(workspace, "camer")[:2] == [
        ("Intervention", "SSF5-VAWG-01", NAMED),
        ("Cost", "C-00001", HOLDS),
    ]
    assert found(workspace, "training penh") == [("Cost", "C-00602", HOLDS)]
    assert found(workspace, "12")[:2] == [("Cost", "C-00012", EXACT), ("Cost", "C-00013", HOLDS)]
    assert found(workspace, "c-12")[0] == found(workspace, "C12")[0] == ("Cost", "C-00012", EXACT)


def test_where_beginnings_are_few_any_part_of_a_name_or_reference_finds(workspace: Workspace) -> None:
    assert found(workspace, "AWG")[:3] == [
        ("Award", "SSF5-VAWG", PART),
        ("Intervention", "SSF5-VAWG-01", PART),
        ("Intervention", "SSF5-VAWG-02", PART),
    ]
    assert found(workspace, "ameras") == [("Intervention", "SSF5-VAWG-01", PART)]
    assert found(workspace, "5-VAWG-02") == [("Intervention", "SSF5-VAWG-02", PART)]
    assert found(workspace, "hallow aining") == [("Cost", "C-00602", PART)]
    assert found(workspace, "q") == [each for each in found(workspace, "q") if each[2] < PART]


def test_of_a_kind_with_many_only_references_are_read_through(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jumping, "FEW", 1)
    assert found(workspace, "hallow") == found(workspace, "raining") == []
    assert found(workspace, "AWG-01") == [("Intervention", "SSF5-VAWG-01", PART)]
    with workspace.database.reader() as conn:
        plan = " ".join(str(row) for row in conn.execute("EXPLAIN QUERY PLAN SELECT id FROM cost WHERE coalesce(reference, '') LIKE '%0602%'"))  # fmt: skip
    assert "COVERING INDEX" in plan


def test_what_nobody_can_mean_finds_nothing(workspace: Workspace) -> None:
    for typed in ("", "   ", "zzz", '"*(', "' OR 1=1 --", "%"):
        assert found(workspace, typed) == []


def test_never_more_than_forty(workspace: Workspace) -> None:
    assert len(found(workspace, "supplier")) == 40


def test_every_word_typed_begins_a_word() -> None:
    assert answers("imp wor", "Import workbook...")
    assert answers("", "anything")
    assert not answers("port", "Import workbook...")


def test_a_record_is_reached_by_keys_alone(qtbot: QtBot, window: MainWindow) -> None:
    palette = asked(qtbot, window, "ssf5-vawg")
    assert lines(palette)[0] == ("SSF5-VAWG", "Award", "")
    press(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.spots[-1] == (Award, 1))
    assert not palette_stays(window)


def test_arrows_choose_and_a_cost_is_chosen_in_its_list(qtbot: QtBot, window: MainWindow) -> None:
    palette = asked(qtbot, window, "C-0060")
    begin = ["C-00060", "C-00600", "C-00601", "C-00602"]
    assert [cells[0][:7] for cells in lines(palette)][:4] == begin
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(palette.line, key)
    press(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.spots[-1] == ("Costs", 0))
    wait_for_jobs()
    (chosen,) = cast("ListPage", window.page).chosen()
    assert isinstance(chosen, Cost)
    assert chosen.reference == "C-00602"


def test_a_click_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    palette = asked(qtbot, window, "hist")
    assert lines(palette)[0] == ("History", "Place", "")
    click(palette.table.viewport(), palette.table.visualRect(palette.model.index(0, 0)).center())
    qtbot.waitUntil(lambda: window.spots[-1] == ("History", 0))


def test_commands_are_run_and_show_their_keys(qtbot: QtBot, window: MainWindow) -> None:
    heard: list[bool] = []
    window.settings_asked.connect(lambda: heard.append(True))
    palette = asked(qtbot, window, "settings")
    assert lines(palette)[0] == ("Settings...", "File menu", "Ctrl+,")
    press(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard == [True])


def commands(palette: Palette) -> list[tuple[str, ...]]:
    """What is offered beside places and records."""
    return [row.cells for row in palette.model.rows if cast("tuple[object, ...]", row.key)[0] == "command"]


def test_the_commands_of_the_place_in_sight_are_offered_with_their_keys(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = go_to(window, Cost)
    page.table.selectRow(0)
    offered = {
        "print": [("Print...", "Costs, export", "Ctrl+P")],
        "paste": [("Paste...", "Costs", "Ctrl+V")],
        "duplicate": [("Duplicate", "Costs", "")],
        "edit chosen": [("Edit chosen...", "Costs", "")],
        "export excel": [("Excel workbook (.xlsx)...", "Costs, export", "")],
        "delete": [("Delete", "Costs", "Del")],
        "fill down": [],
        "submit": [],
    }
    palette = opened(qtbot, window)
    for typed, wanted in offered.items():
        palette.line.setText(typed)
        assert commands(palette) == wanted, typed
    palette.line.setText("columns")
    assert ("Columns...", "Costs, view", "") in commands(palette)
    press(palette.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Palette) is None)
    page.table.selectAll()
    palette = opened(qtbot, window)
    palette.line.setText("fill down")
    assert commands(palette) == [("Fill down", "Costs", "Ctrl+D")]
    press(palette.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Palette) is None)


def test_a_command_of_the_list_is_run_and_its_menu_let_go(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.table.selectRow(1)
    palette = opened(qtbot, window)
    type_text(palette.line, "duplicate")
    press(palette.line, Qt.Key.Key_Return)
    form = form_of(page)
    qtbot.waitUntil(lambda: form.busy and form.item is None)
    qtbot.waitUntil(lambda: "Rows" not in [each.title() for each in page.findChildren(QMenu)])


def test_the_steps_of_a_return_are_run(qtbot: QtBot, page: ReturnPage, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    for typed, wanted in (
        ("submit", [("Submit...", "Return", "")]),
        ("export", [("Export Excel and PDF...", "Return", ""), ("Export the programme...", "File menu", "")]),
        ("mark paid", []),
        ("send to", [("Send to CFO", "Return", "")]),
    ):
        palette.line.setText(typed)
        assert commands(palette) == wanted
    press(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.message.isVisible)
    assert "Write the reason" in page.message.text()


def test_the_actions_of_a_page_are_offered(qtbot: QtBot, window: MainWindow) -> None:
    window.open_record(Award, 1)
    wait_for_jobs()
    page = cast("RecordPage", window.page)
    wanted = [
        (each.text().replace("&", ""), "Award", "")
        for each in page.buttons
        if each.isEnabled() and each.isVisible()
    ]
    assert wanted
    palette = opened(qtbot, window)
    assert [each for each in commands(palette) if each in wanted] == wanted


@pytest.mark.parametrize("typed", ["new cost", "add a cost"])
def test_a_record_of_any_kind_is_begun_from_anywhere(qtbot: QtBot, window: MainWindow, typed: str) -> None:
    palette = asked(qtbot, window, typed)
    assert commands(palette)[0] == ("New cost", "Costs", "")
    press(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.spots[-1] == ("Costs", 0))
    form = form_of(cast("ListPage", window.page))
    assert (form.busy, form.item) == (True, None)


def test_what_is_not_added_by_hand_is_not_offered(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(qtbot, window)
    begun = {words for words, *_ in commands(palette) if words.startswith("New ")}
    assert {"New grant", "New bid", "New forecast"} <= begun
    assert not {"New return", "New return line", "New office", "New partner form"} & begun
    assert "New condition" not in begun, "there is no instalment yet"


def test_escape_changes_nothing_and_nothing_is_remembered(qtbot: QtBot, window: MainWindow) -> None:
    palette = asked(qtbot, window, "camer")
    press(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    qtbot.waitUntil(lambda: window.findChild(Palette) is None)
    assert window.spots == [("Home", 0)]
    assert opened(qtbot, window).line.text() == ""


def test_the_newest_question_wins(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is slow with the first question: its answer comes after that to the second, and is let go."""
    answered = Event()

    def slow(workspace: Workspace, typed: str, wanted: Callable[[], bool]) -> list[Found]:
        if typed == "SSF5":
            answered.wait(10)
            return [Found(Award, 1, "OLD", "", EXACT)]
        return ask_the_file(workspace, typed, wanted)

    monkeypatch.setattr(palette_module, "jump", slow)
    palette = opened(qtbot, window)
    type_text(palette.line, "SSF5")
    palette.ask()
    type_text(palette.line, "-VAWG-02")
    qtbot.waitUntil(lambda: lines(palette)[:1] == [("SSF5-VAWG-02  Training", "Intervention", "")])
    answered.set()
    wait_for_jobs()
    assert lines(palette) == [("SSF5-VAWG-02  Training", "Intervention", "")]
