"""F1: a page for each place, its contents, its search, and nothing from outside."""

import re
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.returns import FunderReturn
from fundtracker.paths import resource
from fundtracker.ui.dialogs.saying import ask_text
from fundtracker.ui.dialogs.settings import SettingsDialog
from fundtracker.ui.help import (
    OF_KIND,
    OF_PLACE,
    OF_TAB,
    ORDER,
    WINDOW_NAME,
    HelpInDialogs,
    HelpWindow,
    page_of,
)
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.settings import Settings
from fundtracker.ui.views.home_first_steps import NEW
from fundtracker.ui.views.return_page import ReturnPage
from ui.driving import form_of, go_to, press, type_text
from ui.tour import dialogs, in_front

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
LONGEST_PAGE = 30  # lines


@pytest.fixture
def pages() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in resource("help").glob("*.md")}


def test_every_page_stands_in_the_contents_and_is_short(pages: dict[str, str]) -> None:
    assert set(pages) == set(ORDER)
    assert {*OF_PLACE.values(), *OF_KIND.values(), *OF_TAB.values()} <= set(ORDER)
    for name, text in pages.items():
        assert text.startswith("# "), name
        assert len(text.splitlines()) <= LONGEST_PAGE, name


def test_every_link_leads_to_a_page(pages: dict[str, str]) -> None:
    links = {(name, link) for name, text in pages.items() for link in re.findall(r"\]\(([^)]*)\)", text)}
    pictures = {f"pictures/{path.name}" for path in resource("help").glob("pictures/*.png")}
    assert {link for _, link in links} <= {f"{name}.md" for name in ORDER} | pictures
    assert len(pictures) == 8


def test_the_first_steps_are_told_in_their_order(pages: dict[str, str]) -> None:
    steps = [words.replace("&", "").partition(" ")[2] for words, *_ in NEW]  # "the office", "a fund"
    told = pages["home"]
    places = [told.index(step, told.index("first steps")) for step in steps]
    assert places == sorted(places)
    assert "first steps" in pages["starting"]


def test_the_search_of_the_history_is_told(pages: dict[str, str]) -> None:
    assert "**Find an entry** (Ctrl+F)" in pages["history"]
    assert "In History, find an entry" in pages["keyboard"]


def f1(window: MainWindow) -> HelpWindow:
    window.activateWindow()
    QApplication.processEvents()
    press(window, Qt.Key.Key_F1)
    found = window.findChild(HelpWindow)
    assert found is not None
    return found


def test_f1_opens_the_page_of_the_place(window: MainWindow) -> None:
    assert f1(window).page == "home"
    go_to(window, Cost)
    assert f1(window).page == "lists"
    window.open_record(Award, 1)
    assert f1(window).page in {"award", *OF_TAB.values()}
    window.open_record(FunderReturn, 1)
    assert f1(window).page in {"return", "preview"}
    window.go("History")
    assert f1(window).page == "history"


def test_f1_in_a_form_is_about_the_form(window: MainWindow) -> None:
    form = form_of(go_to(window, Cost))
    form.fields["supplier"].widget.setFocus()
    assert f1(window).page == "form"


def test_f1_in_a_dialog_is_about_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    _keeper = HelpInDialogs(window)
    dialog = SettingsDialog(Settings(), window)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.property(WINDOW_NAME)))
    press(dialog.editors["name"], Qt.Key.Key_F1)
    found = dialog.findChild(HelpWindow)
    assert found is not None
    assert found.page == "settings"


OF_DIALOGS = {
    "paste": "paste",
    "edit many": "many",
    "columns": "lists",
    "settings": "settings",
    "about": "starting",
    "palette": "keyboard",
    "help": "home",
    "import preview": "import",
    "print preview": "preview",
    "payment": "return",
    "crash": "starting",
    "progress": "lists",
    "say": "lists",
    "ask": "lists",
    "every line": "lists",
    "ask for a text": "lists",
    "listing": "ledger",
    "what a listing changes": "ledger",
    "accept many": "ledger",
    "split a line": "ledger",
    "cost of a line": "form",
    "agree a figure": "tie_out",
    "auditor's pack": "pack",
}
"""Of each dialog in front of the list of costs, the page of its subject; of a question, that of the list it is asked on."""


def test_f1_in_every_dialog_is_about_its_subject(window: MainWindow) -> None:
    asks = dialogs(window)
    assert set(asks) == set(OF_DIALOGS)
    found: dict[str, str] = {}

    def look(name: str, dialog: QDialog) -> None:
        focus = QApplication.focusWidget()
        found[name] = page_of(focus if focus is not None and focus.window() is dialog else dialog)

    for name, ask in asks.items():
        assert in_front(ask, partial(look, name)), name
    assert found == OF_DIALOGS


def test_f1_in_a_question_is_about_what_asks_it(window: MainWindow) -> None:
    window.open_record(FunderReturn, 1)
    found: list[str] = []
    steps = cast("ReturnPage", window.page).steps
    assert in_front(lambda: ask_text(steps, "The query", "What?"), lambda each: found.append(page_of(each)))
    assert found == ["return"]


def test_links_back_and_contents(qtbot: QtBot, window: MainWindow) -> None:
    shown = f1(window)
    assert shown.contents.currentItem().text() == "Home"
    assert not shown.back.isEnabled()
    shown.browser.setSource(
        shown.browser.source().resolved(QUrl("lists.md")), QTextDocument.ResourceType.MarkdownResource
    )
    assert shown.contents.currentItem().text() == "Lists"
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    press(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (shown.page, shown.contents.currentItem().text()) == ("home", "Home")
    shown.contents.setFocus()
    press(shown.contents, Qt.Key.Key_Down)
    assert shown.page == "lists"
    press(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_search_leaves_the_pages_that_hold_the_words(window: MainWindow) -> None:
    shown = f1(window)
    type_text(shown.search, "virement")
    assert [shown.contents.item(row).text() for row in range(shown.contents.count())] == ["Words used"]
    assert shown.page == "glossary"
    assert shown.browser.textCursor().selectedText().lower() == "virement"
    assert shown.count.text() == f"1 of {len(ORDER)} pages"
    shown.search.selectAll()
    type_text(shown.search, "xyzzy")
    assert shown.count.text() == "No page has these words: try one of them"
    shown.search.clear()
    assert shown.contents.count() == len(ORDER)


def test_nothing_is_loaded_from_outside_the_help(window: MainWindow) -> None:
    shown = f1(window)
    for address in ("https://example.org/a.png", "../fonts/OFL.txt", "file:///etc/hostname"):
        assert (
            shown.browser.loadResource(int(QTextDocument.ResourceType.ImageResource.value), QUrl(address))
            is None
        )
