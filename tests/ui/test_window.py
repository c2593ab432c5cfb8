"""The window as a whole: its places, its names for screen readers, its words, and what it must not do."""

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.history import in_words
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Office, Organisation
from fundtracker.domain.periods import Quarter
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.journal import Entry, head
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.payment import PaymentDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.history_table import AT_A_TIME
from fundtracker.ui.navigation import HISTORY, HOME, MAIN_PLACES
from fundtracker.ui.places import KIND_OF, OTHER_PLACES, place_of
from fundtracker.ui.views import history_page
from fundtracker.ui.views.history_page import HistoryPage
from fundtracker.ui.views.home import HomePage
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.start_page import StartPage
from fundtracker.ui.words import with_alt_key
from ui.conftest import Said
from ui.driving import form_of, go_to, press

QT_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")
"""Names Qt gives to parts of its own widgets, which it describes itself."""


def controls(widget: QWidget) -> Iterator[QWidget]:
    """Everything a keyboard can reach."""
    for each in (widget, *widget.findChildren(QWidget)):
        own = each.objectName().startswith(QT_OWN)
        if each.isVisibleTo(widget) and each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not own:
            yield each


def nameless(widget: QWidget) -> list[str]:
    found: list[str] = []
    for each in controls(widget):
        interface = QAccessible.queryAccessibleInterface(each)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def every_page(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each place, each tab of each, and the pages of an award and a return."""
    for place in (HOME, *KIND_OF, HISTORY):
        window.go(place)
        wait_for_jobs()
        yield place, window
    for kind in (Award, FunderReturn):
        window.open_record(kind, 1)
        wait_for_jobs()
        page = window.page
        assert page is not None
        tabs = page.findChildren(QTabWidget)[0]
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            wait_for_jobs()
            yield f"{kind.__name__} {tabs.tabText(number)}", window


def test_every_control_has_a_name_and_every_label_is_plain(window: MainWindow) -> None:
    wrong: dict[str, list[str]] = {}
    for place, shown in every_page(window):
        guessing = [
            each.text()
            for each in shown.findChildren(QLabel)
            if each.textFormat() is not Qt.TextFormat.PlainText and each.text()
        ]
        if found := nameless(shown) + guessing:
            wrong[place] = found
    assert wrong == {}


def test_dialogs_and_the_start_page_have_names(qtbot: QtBot, workspace: Workspace) -> None:
    start = StartPage(("somewhere/else.fundtracker",))
    payment = PaymentDialog(None, workspace.select(FunderReturn)[0], workspace.today, lambda _sum, _day: None)
    for widget in (start, payment):
        qtbot.addWidget(widget)
        assert nameless(widget) == []


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_the_lists_of_combo_boxes_have_names_when_they_open(window: MainWindow) -> None:
    form = form_of(go_to(window, Cost))
    for name in ("expense", "category_id"):
        widget: Any = form.fields[name].widget
        widget.showPopup()
        assert widget.view().accessibleName() == form.fields[name].column.label
        widget.hidePopup()


def test_a_nameless_control_would_be_found(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit

    holder = QWidget()
    qtbot.addWidget(holder)
    QLineEdit(holder)
    assert nameless(holder) == ["QLineEdit in QWidget"]


def test_nothing_is_cut_off_at_the_smallest_size(window: MainWindow) -> None:
    """Every place fits a window of 1024 by 768, the smallest that is promised."""
    too_wide: dict[str, QSize] = {}
    for place, shown in every_page(window):
        needed = shown.minimumSizeHint()
        if needed.width() > 1024 or needed.height() > 768:
            too_wide[place] = needed
    assert too_wide == {}


def test_every_kind_of_record_has_a_place() -> None:
    assert set(KIND_OF.values()) == set(RECORDS)
    assert set(MAIN_PLACES) >= {HOME, "Rounds", "Awards", "Costs", "Returns", HISTORY}


def test_the_navigation_list_goes_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.navigation.setFocus()
    press(window.navigation, Qt.Key.Key_Down)
    assert isinstance(window.page, ListPage)
    assert window.spots[-1] == ("Rounds", 0)
    press(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.spots[-1] == ("Costs", 0)
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.spots[-1] == ("Rounds", 0)
    wait_for_jobs()


def test_home_lists_what_is_due_and_leads_there(qtbot: QtBot, window: MainWindow) -> None:
    home = window.page
    assert isinstance(home, HomePage)
    wait_for_jobs()
    due = [row.cells[2] for row in home.to_do.rows]
    (award,) = home.money.rows
    assert award.cells[:7] == (
        "SSF5-VAWG", "Violence against women", "50,000.00", "13,000.00", "10,000.00", "37,000.00", "26.0",
    )  # fmt: skip
    home.tasks.setFocus()
    home.tasks.selectRow(due.index("Return SSF5-VAWG 2024-25-Q2 is still a draft"))
    press(home.tasks, Qt.Key.Key_Return)
    assert window.spots[-1] == (FunderReturn, 1)
    wait_for_jobs()


def test_a_part_of_a_records_page_is_gone_to_by_its_title(window: MainWindow) -> None:
    for part, tab in (("Award lines", "Agreement"), ("Interventions", "Interventions"), ("Profile", "Plan")):
        window.open_part(Award, 1, part)
        wait_for_jobs()
        page = window.page
        assert isinstance(page, RecordPage)
        assert page.tabs.tabText(page.tabs.currentIndex()).replace("&", "") == tab
        assert getattr(page.made[page.tabs.currentIndex()], "shown_part", "") == ("" if part == tab else part)


def test_the_list_behind_a_figure_says_what_it_is_narrowed_to(window: MainWindow) -> None:
    window.show_rows(Cost, (("intervention_id.award_id", 1), ("received_on.quarter", Quarter.read("2024/25 Q2")), ("grant_id", None)))  # fmt: skip
    page = window.page
    assert isinstance(page, ListPage)
    assert page.narrowed.text() == "Only those of: SSF5-VAWG, received in 2024/25 Q2, grant empty."
    assert not go_to(window, Cost).narrowed.isVisible()


def test_the_history_says_who_did_what_in_words(window: MainWindow) -> None:
    edit(window.workspace, window.workspace.get(Cost, 3), supplier="Another")
    window.go(HISTORY)
    page = window.page
    assert isinstance(page, HistoryPage)
    wait_for_jobs()
    assert [page.model.index(0, column).data() for column in (2, 3, 4)] == [
        "Co-ordinator",
        "Change supplier of C-00003",
        "Done",
    ]
    assert "Cost C-00003: supplier from Supplier 2 to Another" in page.details.toPlainText()
    window.undo()
    assert page.model.index(0, 4).data() == "Taken back"


def test_the_history_keeps_the_entry_that_is_looked_at(window: MainWindow) -> None:
    for number in range(30):
        edit(window.workspace, window.workspace.get(Cost, 3), supplier=f"Supplier of day {number}")
    window.go(HISTORY)
    page = window.page
    assert isinstance(page, HistoryPage)
    assert page.table.currentIndex().row() == 0
    page.table.selectRow(25)
    wait_for_jobs()
    QApplication.processEvents()
    looked_at, top = page.model.entries[25], page.table.rowAt(0)
    said = page.details.toPlainText()
    assert "to Supplier of day 4" in said
    window.undo()
    edit(window.workspace, window.workspace.get(Cost, 3), supplier="Another")
    page.refresh()
    assert page.table.currentIndex().row() == 27
    assert page.model.entries[27] == looked_at
    assert page.table.rowAt(0) == top + 2 if top else page.table.rowAt(0) == 0
    assert page.details.toPlainText() == said
    assert [each.seq for each in page.model.entries] == sorted(
        (each.seq for each in page.model.entries), reverse=True
    )


def test_a_slow_answer_about_an_entry_left_meanwhile_is_not_shown(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker that puts an entry's changes in words ends after the one that was asked later."""
    for supplier in ("The first", "The second"):
        edit(window.workspace, window.workspace.get(Cost, 3), supplier=supplier)
    window.go(HISTORY)
    page = window.page
    assert isinstance(page, HistoryPage)
    wait_for_jobs()
    go_on = threading.Event()

    def slowly(workspace: Workspace, entry: Entry) -> tuple[str, ...]:
        if entry == page.model.entries[1]:
            go_on.wait(20)
        else:
            go_on.set()
        return in_words(workspace, entry)

    monkeypatch.setattr(history_page, "in_words", slowly)
    page.table.selectRow(1)
    page.table.selectRow(0)
    wait_for_jobs()
    assert go_on.is_set()
    assert "to The second" in page.details.toPlainText()


def test_the_entry_of_a_printed_fingerprint_is_found(qtbot: QtBot, window: MainWindow) -> None:
    """By its number alone, by the seal or its beginning, and below the entries that are read at first."""
    with window.workspace.database.reader() as conn:
        before = head(conn)
    for number in range(AT_A_TIME + 5):
        edit(window.workspace, window.workspace.get(Cost, 3), supplier=f"Supplier of day {number}")
    window.go(HISTORY)
    page = window.page
    assert isinstance(page, HistoryPage)
    assert page.model.row_of(before[0]) is None

    def asked(text: str) -> tuple[str, int]:
        window.look_for()
        QTest.keyClicks(page.wanted, text)
        press(page.wanted, Qt.Key.Key_Return)
        wait_for_jobs()
        return page.found.text(), page.model.entries[page.table.currentIndex().row()].seq

    number, seal = before
    assert asked(f"{number}:{seal}") == (
        f"✓ Entry {number} bears this fingerprint's seal: the return was made from the history up to here.",
        number,
    )
    assert f"Seal {seal}" in page.details.toPlainText()
    assert asked(f"{number + 1}:{seal[:12].upper()}...") == (
        f"⚠ Entry {number + 1} bears another seal: the paper was not made from this file as it stands.",
        number + 1,
    )
    assert asked("1") == ("Entry 1.", 1)
    assert asked("99999")[0] == "⚠ This file has no entry 99,999."
    assert asked("cost")[0].startswith("⚠ Type the number of an entry")


def test_the_banner_says_the_day_of_a_demonstration(window: MainWindow) -> None:
    assert window.banner.isVisible()
    assert window.banner.text() == "Demonstration: today is 21 October 2024"
    edit(window.workspace, window.workspace.get(Office, 1), today=None)
    assert not window.banner.isVisible()


def test_saved_is_said_with_its_time(window: MainWindow) -> None:
    edit(window.workspace, window.workspace.get(Cost, 3), supplier="Another")
    hours, minutes = window.saved.text().removeprefix("Saved ").split(":")
    assert (len(hours), len(minutes)) == (2, 2)


def test_undo_says_when_it_can_not(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from fundtracker.domain.problems import Refused
    from fundtracker.ui.dialogs import saying

    said = Said()
    monkeypatch.setattr(saying, "say_trouble", said)

    def refuse() -> None:
        raise Refused("It has changed since.")

    monkeypatch.setattr(window.workspace, "undo", refuse)
    window.undo()
    wait_for_jobs()
    assert said.texts == ["It has changed since."]


def test_a_removed_record_is_not_opened(window: MainWindow) -> None:
    window.open_record(Organisation, 99)
    assert window.statusBar().currentMessage() == "That record is no longer there: it was removed."


def test_a_search_of_every_place_finds_or_says_nothing(window: MainWindow) -> None:
    for kind in RECORDS:
        page = go_to(window, kind)
        assert page.model.rowCount() == len(window.workspace.select(kind)), plural(kind)


def test_alt_keys_are_given_once() -> None:
    taken = {"A"}
    assert [with_alt_key(label, taken) for label in ("Award", "Amount", "A&B", "A")] == [
        "A&ward",
        "A&mount",
        "A&&&B",
        "A",
    ]


@pytest.mark.parametrize("text", ["plain", "<b>Öü</b>"])
def test_set_text_keeps_none_alive(qtbot: QtBot, text: str) -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None per call; 500 calls must lose none."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText(text)
    assert abs(sys.getrefcount(None) - before) < 50


START = """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from fundtracker.ui.app import application
    from fundtracker.application.workspace import Workspace
    from fundtracker.ui.main_window import MainWindow

    app = application()
    window = MainWindow(Workspace.open(Path(sys.argv[1])))
    window.show()
    app.processEvents()
    heavy = {"sqlalchemy", "alembic", "openpyxl", "reportlab", "typer", "rich"}
    print(sorted(heavy & set(sys.modules)))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(built: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(START), str(built)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_pictures_of_every_place_are_taken(qtbot: QtBot, workspace: Workspace, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    from fundtracker.ui.pictures import SIZES, take_pictures

    written = take_pictures(workspace, tmp_path / "pictures")
    names = {path.name.split(" ", 2)[2] for path in written}
    assert {"Home.png", "Costs.png", "Award.png", "Return Figures.png", "History.png"} <= names
    sizes = {(QImage(str(path)).width(), QImage(str(path)).height()) for path in written}
    assert sizes == {(size.width(), size.height()) for size in SIZES}


def test_places_are_named_as_people_call_them() -> None:
    kinds: dict[str, type[Record]] = {"Costs": Cost, "Returns": FunderReturn, "Awards": Award}
    assert {place_of(kind) for kind in kinds.values()} == set(kinds)


def test_home_stays_in_the_list_of_places_where_there_is_room(window: MainWindow) -> None:
    places = window.navigation
    window.resize(1024, 768)
    QApplication.processEvents()

    def shown() -> list[bool]:
        """Whether Home, and the place gone to, stand in sight."""
        both = (places.topLevelItem(0), places.currentItem())
        area = places.viewport().rect()
        return [each is not None and area.contains(places.visualItemRect(each)) for each in both]

    for place, home_too in ((OTHER_PLACES[-1], False), (OTHER_PLACES[1], True), (OTHER_PLACES[-2], False), ("Costs", True)):  # fmt: skip
        window.go(place)
        QApplication.processEvents()
        assert shown() == [home_too, True], place
    window.go(OTHER_PLACES[-1])
    QApplication.processEvents()
    below, top = places.currentItem(), places.verticalScrollBar().value()
    window.go(OTHER_PLACES[-2])  # in sight already: nothing moves under the mouse
    assert places.currentItem() is not below
    assert places.verticalScrollBar().value() == top


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_menu_leaves_what_the_window_said(qtbot: QtBot, window: MainWindow) -> None:
    """Qt tells the window the status tip of each command that the mouse comes to: an empty one."""
    window.say("View saved.")
    bar = window.menuBar()
    place = bar.actionGeometry(bar.actions()[1]).center()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for each in menu.actions():
        QTest.mouseMove(menu, menu.actionGeometry(each).center())
        menu.setActiveAction(each)
    menu.close()
    assert window.statusBar().currentMessage() == "View saved."
