"""A return from its beginning to its payment in one place: by keys alone, and by the mouse; its PDF live beside it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import FROZEN, add, edit
from fundtracker.application.actions.returns import begin_return, write_documents
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Office
from fundtracker.domain.returns import FunderReturn, ReturnState, VarianceReason
from fundtracker.storage import frozen
from fundtracker.storage.journal import head
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import print_preview
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.return_tables import REASON
from fundtracker.ui.views.return_page import ReturnPage
from ui.conftest import Q2, Q3, TODAY, Answer
from ui.driving import click, go_to, press, type_into, type_text
from ui.returning import LONG, SIGNATURES, held

ALT = Qt.KeyboardModifier.AltModifier

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
"""A popup without a screen."""


def steps(page: ReturnPage) -> list[str]:
    """The buttons in sight; the next step with a star."""
    shown = [each for each in page.steps.buttons if each.isVisible()]
    return [f"{each.text().replace('&', '')}{'*' if each.isDefault() else ''}" for each in shown]


def alt(qtbot: QtBot, page: ReturnPage, letter: str) -> None:
    """An Alt key of the page, in its window, which must be the active one."""
    window = page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key(ord(letter)), ALT)


def reaches(qtbot: QtBot, page: ReturnPage, state: ReturnState) -> None:
    qtbot.waitUntil(lambda: held(page).state is state, timeout=LONG)
    wait_for_jobs()


@pytest.fixture
def by_keys() -> Callable[..., list[str]]:
    """`by_keys("text", Key_Return)`: what is typed and pressed in the next dialog that comes; its title, once that is done."""

    def prepare(text: str, *keys: Qt.Key) -> list[str]:
        done: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or not dialog.isActiveWindow():
                QTimer.singleShot(10, look)
                return
            focused = cast("Any", dialog.focusWidget())
            if text:
                (editor,) = cast("list[Any]", dialog.findChildren(QPlainTextEdit)) or [focused]
                editor.setFocus()
                type_text(editor, text)
            for key in keys:
                press(cast("Any", dialog.focusWidget()), key)
            done.append(dialog.windowTitle())

        QTimer.singleShot(0, look)
        return done

    return prepare


def test_the_whole_life_of_a_return_by_keys(
    qtbot: QtBot, window: MainWindow, page: ReturnPage, by_keys: Callable[..., list[str]]
) -> None:
    assert steps(page) == ["Send to CFO*", "Submit...", "Export Excel and PDF..."]
    page.readiness.table.setFocus()
    press(page.readiness.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.figures.reason.hasFocus)
    type_text(page.figures.reason, "The trainer was ill in August.")
    press(page.figures.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs()
    assert page.figures.words.text() == "6 words, kept"

    alt(qtbot, page, "C")
    reaches(qtbot, page, ReturnState.WITH_CFO)
    assert steps(page) == ["Submit...*", "Take back", "Export Excel and PDF..."]
    assert page.state.text().startswith("With CFO since 21 October 2024  ·  due 30 October 2024 (in 9 days)")

    bar = page.tabs.tabBar()
    bar.setFocus()
    while page.tabs.shown is not page.sign_off:
        press(bar, Qt.Key.Key_Right)
    for name, text in SIGNATURES:
        type_into(page.sign_off.form, name, text)
    wait_for_jobs()
    assert [row.cells[0] for row in page.readiness.model.rows if row.cells[0] != "Warning"] == []

    alt(qtbot, page, "S")
    asked = by_keys("", Qt.Key.Key_Return)  # Enter is Cancel: nothing is frozen by a slip
    qtbot.waitUntil(lambda: bool(asked))
    assert held(page).state is ReturnState.WITH_CFO
    alt(qtbot, page, "S")
    by_keys("", Qt.Key.Key_Left, Qt.Key.Key_Space)  # to "Submit and freeze"
    reaches(qtbot, page, ReturnState.SUBMITTED)
    assert steps(page) == ["Mark accepted*", "Mark paid...", "Mark queried...", "Export Excel and PDF..."]

    alt(qtbot, page, "K")
    by_keys("Which officers went?", Qt.Key.Key_Tab, Qt.Key.Key_Return)
    reaches(qtbot, page, ReturnState.QUERIED)
    assert page.state.text().startswith("Queried on 21 October 2024")
    assert page.state.text().endswith("asked: Which officers went?")
    assert steps(page) == [
        "Mark accepted",
        "Mark paid...",
        "Mark query answered...*",
        "Export Excel and PDF...",
    ]
    alt(qtbot, page, "Y")
    by_keys("Those on the list", Qt.Key.Key_Tab, Qt.Key.Key_Return)
    reaches(qtbot, page, ReturnState.SUBMITTED)
    assert page.state.text().endswith("query answered 21 October 2024: Those on the list")
    page.tab("Readiness")
    assert [(row.cells[1], row.cells[3]) for row in page.readiness.story.rows] == [
        ("Begun", ""),
        ("Sent to the CFO", ""),
        ("Submitted", "Claim £13,000.00, signed by Chief Finance Officer"),
        ("Queried by the funder", "Asked: Which officers went?"),
        ("Query answered", "Those on the list"),
    ]
    assert page.readiness.story_table.isVisible()
    alt(qtbot, page, "M")
    reaches(qtbot, page, ReturnState.ACCEPTED)
    assert steps(page) == ["Mark paid...*", "Mark queried...", "Export Excel and PDF..."]
    alt(qtbot, page, "P")
    by_keys("", Qt.Key.Key_Return)
    reaches(qtbot, page, ReturnState.PAID)
    assert steps(page) == ["Correct the payment...", "Export Excel and PDF..."]
    assert page.state.text().endswith("received £13,000.00 on 21 October 2024")
    corrects_the_payment(qtbot, page, by_keys)
    assert window.page is page


def corrects_the_payment(qtbot: QtBot, page: ReturnPage, by_keys: Callable[..., list[str]]) -> None:
    """A sum that isn't the claim is asked about: Enter doesn't answer, the button does."""
    alt(qtbot, page, "P")
    by_keys("1300", Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: held(page).received == Money.pounds(1_300), timeout=LONG)
    wait_for_jobs()
    assert page.state.text().endswith("received £1,300.00 on 21 October 2024")
    assert [(row.cells[1], row.cells[3]) for row in page.readiness.story.rows][-2:] == [
        ("Paid", "£13,000.00 came on 21/10/2024"),
        ("Payment corrected", "£1,300.00 came on 21/10/2024"),
    ]


def test_that_it_is_with_the_cfo_is_said_and_that_nothing_is_sent(
    qtbot: QtBot, window: MainWindow, page: ReturnPage
) -> None:
    assert "nothing is sent" in page.steps.send_button.toolTip()
    click(page.steps.send_button)
    wait_for_jobs()
    assert not window.statusBar().currentMessage(), "it isn't: a reason is missing"
    page.figures.write_for(2)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        type_text(page.figures.reason, "Ill")
        page.figures.keep()
    click(page.steps.send_button)
    wait_for_jobs()
    assert window.statusBar().currentMessage() == (
        "SSF5-VAWG 2024-25-Q2 is now with the CFO. Nothing was sent: export it, or print it in Preview, and pass it on."
    )
    reaches(qtbot, page, ReturnState.WITH_CFO)
    click(page.steps.back_button)
    assert window.statusBar().currentMessage() == "SSF5-VAWG 2024-25-Q2 is a draft again."


def click_tab(page: ReturnPage, name: str) -> None:
    bar = page.tabs.tabBar()
    place = next(n for n in range(page.tabs.count()) if page.tabs.tabText(n) == name)
    click(bar, bar.tabRect(place).center())


def test_the_whole_life_of_a_return_by_the_mouse(
    qtbot: QtBot, page: ReturnPage, answer: Callable[[str], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.ui.views import return_steps

    click_tab(page, "Figures")
    click(page.figures.next_button)
    assert page.figures.reason.hasFocus()
    type_text(page.figures.reason, "Ill")
    click_tab(page, "Sign-off")
    click(page.sign_off.form.fields["prepared_by"].widget)  # the reason is left, and so kept
    wait_for_jobs()
    assert [each.reason for each in page.workspace.select(VarianceReason)] == ["Ill"]
    for name, text in SIGNATURES:
        widget = page.sign_off.form.fields[name].widget
        click(widget)
        type_text(widget, text)
    click(page.steps.send_button)
    wait_for_jobs()
    reaches(qtbot, page, ReturnState.WITH_CFO)
    with page.workspace.database.reader() as conn:
        sequence, seal = head(conn)
    asked = answer("Submit and freeze")
    click(page.steps.submit_button)
    reaches(qtbot, page, ReturnState.SUBMITTED)
    assert asked.said.startswith("Submit SSF5-VAWG 2024-25-Q2, July to September 2024? It claims £13,000.00.")
    assert "Signed by Chief Finance Officer, Chief Finance Officer. Its 602 cost lines, 2 lines of spend" in asked.said  # fmt: skip
    assert asked.said.endswith(f"Fingerprint that every page will bear: {sequence}:{seal}")
    assert page.view is not None
    header = page.view.snapshot.header
    assert (header.history_sequence, header.history_seal) == (sequence, seal), "as the question said"

    def query(*_: object, **__: object) -> str:
        return "  Why?  "

    monkeypatch.setattr(return_steps, "ask_text", query)
    click(page.steps.query_button)
    reaches(qtbot, page, ReturnState.QUERIED)
    assert held(page).query == "Why?"
    click(page.steps.accept_button)
    reaches(qtbot, page, ReturnState.ACCEPTED)
    answer("OK")
    click(page.steps.pay_button)
    reaches(qtbot, page, ReturnState.PAID)
    assert (held(page).received, held(page).received_on) == (Money.pounds(13_000), TODAY)


# Preview


def words_of(page: ReturnPage) -> str:
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(page.preview.view.data)).pages)


def look(qtbot: QtBot, page: ReturnPage) -> None:
    with qtbot.waitSignal(page.preview.refreshed, timeout=LONG):
        click_tab(page, "Preview")
    wait_for_jobs()


def test_the_preview_is_the_export_and_is_drawn_again_after_a_change(
    qtbot: QtBot, page: ReturnPage, tmp_path: Path
) -> None:
    assert page.preview.view.data == b"", "nothing is drawn before it is looked at"
    look(qtbot, page)
    assert page.preview.note.text().startswith("Drawn at ")
    assert "£13,000.00" in words_of(page)
    out = tmp_path / "out"
    _, pdf = write_documents(page.workspace, page.return_id, out)
    assert page.preview.view.data == pdf.read_bytes()

    pages = page.preview.view.pages
    pages.go_to_page(1)
    wait_for_jobs()
    place, before = pages.verticalScrollBar().value(), dict(pages.held)
    assert place > 0
    said: list[str] = []
    cost = page.workspace.get(Cost, 1)
    with qtbot.waitSignal(page.preview.refreshed, timeout=LONG):
        edit(page.workspace, cost, net=cost.net + Money.pounds(1_000))
        qtbot.waitUntil(lambda: page.preview.note.text().endswith("; drawing again..."), timeout=LONG)
        said.append(page.preview.note.text())
        assert dict(pages.held) == before, "the old pages stay in sight"
    wait_for_jobs()
    assert said[0].startswith("Drawn at ")
    assert page.preview.note.text().startswith("Drawn at ")
    assert not page.preview.note.text().endswith("...")
    assert "£14,000.00" in words_of(page)
    assert "£13,000.00" not in words_of(page)
    assert pages.verticalScrollBar().value() == place


def test_out_of_sight_it_is_not_drawn_and_unchanged_it_is_not_drawn_again(
    qtbot: QtBot, page: ReturnPage
) -> None:
    look(qtbot, page)
    data = page.preview.view.data
    click_tab(page, "Bridge")
    click_tab(page, "Preview")
    wait_for_jobs()
    assert page.preview.view.data is data
    click_tab(page, "Bridge")
    cost = page.workspace.get(Cost, 1)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, cost, net=cost.net + Money.pounds(1_000))
    wait_for_jobs()
    assert page.preview.view.data is data
    look(qtbot, page)
    assert "£14,000.00" in words_of(page)


def test_a_submitted_return_shows_and_saves_the_very_file_that_was_kept(
    qtbot: QtBot,
    page: ReturnPage,
    answer: Callable[[str], Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.figures.write_for(2)
    type_text(page.figures.reason, "Ill")
    page.figures.keep()
    edit(page.workspace, held(page), **dict(SIGNATURES))
    wait_for_jobs()
    answer("Submit and freeze")
    click(page.steps.submit_button)
    reaches(qtbot, page, ReturnState.SUBMITTED)
    look(qtbot, page)
    with page.workspace.database.reader() as conn:
        (kept,) = (each for each in frozen.files(conn, page.return_id) if each.name.endswith(".pdf"))
    assert page.preview.view.data == kept.content
    assert page.preview.note.text() == "The PDF exactly as it was submitted."

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        return str(tmp_path / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    click(page.preview.save_button)
    assert (tmp_path / "SSF5-VAWG 2024-25-Q2 return.pdf").read_bytes() == kept.content


def test_ctrl_p_prints_the_preview_once_it_is_drawn(
    qtbot: QtBot, window: MainWindow, page: ReturnPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, bytes]] = []

    def ask_to_print(_parent: object, title: str, data: bytes) -> None:
        printed.append((title, data))

    monkeypatch.setattr(print_preview, "ask_to_print", ask_to_print)
    window.statusBar().clearMessage()
    press(page.tabs.tabBar(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Preview"
    qtbot.waitUntil(lambda: bool(printed), timeout=LONG)
    data = page.preview.view.data
    assert data.startswith(b"%PDF")
    assert window.statusBar().currentMessage() == ""
    press(page.tabs.tabBar(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed == [("SSF5-VAWG 2024-25-Q2 DRAFT return", data)] * 2


def test_whoever_leaves_the_preview_before_it_is_drawn_is_not_asked_for_a_printer(
    qtbot: QtBot, page: ReturnPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[object] = []

    def ask_to_print(*asked: object) -> None:
        printed.append(asked)

    monkeypatch.setattr(print_preview, "ask_to_print", ask_to_print)
    with qtbot.waitSignal(page.preview.refreshed, timeout=LONG):
        press(page.tabs.tabBar(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        click_tab(page, "Figures")
    wait_for_jobs()
    assert printed == []


def test_documents_are_offered_in_the_folder_for_exports(
    window: MainWindow, page: ReturnPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.export_folder = lambda: tmp_path
    offered: list[str] = []

    def choose(_parent: object, _title: str, begins: str, *_kinds: str) -> tuple[str, str]:
        offered.append(begins)
        return "", ""

    def choose_folder(_parent: object, _title: str, begins: str) -> str:
        offered.append(begins)
        return ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose_folder)
    page.preview.save()
    click(page.steps.export_button)
    assert offered == [str(tmp_path / "return.pdf"), str(tmp_path)]


# Choosing


def offered(chooser: QComboBox) -> list[str]:
    return [chooser.itemText(place) for place in range(chooser.count())]


def freeze(page: ReturnPage) -> None:
    """As submitted on an earlier day."""
    from fundtracker.application.actions.returns import submit_return
    from fundtracker.application.sign_off import SignOff

    page.figures.write_for(2)
    type_text(page.figures.reason, "Ill")
    page.figures.keep()
    prepared, checked, signed, role = (text for _, text in SIGNATURES)
    submit_return(
        page.workspace,
        page.return_id,
        SignOff(prepared_by=prepared, checked_by=checked, signed_by=signed, signed_role=role),
    )
    wait_for_jobs()


def test_another_date_of_the_office_is_told_at_once(
    qtbot: QtBot, window: MainWindow, page: ReturnPage
) -> None:
    assert "in 9 days" in page.state.text()
    (office,) = window.workspace.select(Office)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(window.workspace, office, today=TODAY - timedelta(days=4))
    wait_for_jobs()
    assert "in 13 days" in page.state.text()
    with qtbot.waitSignal(page.shown, timeout=LONG):
        window.undo()
    assert "in 9 days" in page.state.text()


@pytest.mark.parametrize("in_sight", [True, False], ids=["in sight", "out of sight"])
def test_a_return_submitted_since_it_was_chosen_is_not_offered_to_be_deleted(
    window: MainWindow, page: ReturnPage, in_sight: bool
) -> None:
    listed = go_to(window, FunderReturn)
    assert listed.remove_button.isEnabled()
    if not in_sight:
        window.show_return("SSF5-VAWG 2024-25-Q2")
        wait_for_jobs()
    freeze(page)
    listed = go_to(window, FunderReturn)
    assert listed.chosen_id == page.return_id
    why = FROZEN.format(held(page).reference)
    assert (listed.remove_button.isEnabled(), listed.remove_button.toolTip()) == (False, why)
    press(listed.table, Qt.Key.Key_Delete)
    assert listed.message.text() == "⚠ A submitted return is frozen and can't be removed."
    assert window.workspace.select(FunderReturn) == (held(page),)


def test_the_next_quarter_is_begun_from_the_list_of_quarters(
    qtbot: QtBot, window: MainWindow, page: ReturnPage, answer: Callable[[str], Answer]
) -> None:
    assert offered(page.chooser.quarters) == ["2024/25 Q2: Draft"]
    freeze(page)
    assert offered(page.chooser.quarters) == [
        "2024/25 Q3: not begun. Begin it...",
        "2024/25 Q2: Submitted",
    ]
    page.chooser.quarters.setFocus()
    asked = answer("Cancel")
    press(page.chooser.quarters, Qt.Key.Key_Up)
    assert asked.said.startswith(
        "SSF5-VAWG has no return for 2024/25 Q3, October to December 2024. Begin it now?"
    )
    assert page.chooser.quarters.currentText().endswith("Submitted")
    assert len(page.workspace.select(FunderReturn)) == 1
    answer("Begin the return")
    press(page.chooser.quarters, Qt.Key.Key_Up)
    wait_for_jobs()
    begun = cast("ReturnPage", window.page)
    assert held(begun).quarter == Q3
    assert begun.title.text() == "Return SSF5-VAWG 2024-25-Q3: October to December 2024"
    assert window.focusWidget() is begun.chooser.quarters, "the focus stays where the user was"
    press(begun.chooser.quarters, Qt.Key.Key_Down)
    wait_for_jobs()
    back = cast("ReturnPage", window.page)
    assert held(back).quarter == Q2


def another_award(workspace: Workspace, starts: int) -> Award:
    (bid,) = workspace.select(Bid)
    return add(
        workspace,
        Award,
        {
            "bid_id": bid.id,
            "reference": "SSF5-ZZ",
            "starts_on": TODAY.replace(month=starts, day=1),
            "ends_on": TODAY.replace(year=2025, month=3, day=31),
        },
    )


def test_another_award_is_gone_to_and_its_first_return_is_offered(
    window: MainWindow, page: ReturnPage, answer: Callable[[str], Answer]
) -> None:
    award = another_award(page.workspace, 7)
    wait_for_jobs()
    awards = page.chooser.awards
    assert offered(awards) == ["SSF5-VAWG Violence against women", "SSF5-ZZ Violence against women"]
    awards.setFocus()
    asked = answer("Begin the return")
    press(awards, Qt.Key.Key_Down)
    wait_for_jobs()
    assert asked.said.startswith("SSF5-ZZ has no return for 2024/25 Q2")
    begun = cast("ReturnPage", window.page)
    assert (held(begun).award_id, held(begun).quarter) == (award.id, Q2)
    press(begun.chooser.awards, Qt.Key.Key_Up)
    wait_for_jobs()
    assert held(cast("ReturnPage", window.page)) == held(page)


def test_only_a_return_with_one_before_it_says_that_estimates_were_carried_forward(
    window: MainWindow, page: ReturnPage
) -> None:
    to_come = "What each intervention is expected to spend in the quarters to come."
    assert page.forecast.note.text() == (
        f"{to_come} This is the award's first return: nothing was estimated before it."
    )
    freeze(page)
    begin_return(window.workspace, 1)
    window.show_return("SSF5-VAWG 2024-25-Q3")
    wait_for_jobs()
    assert (
        cast("ReturnPage", window.page).forecast.note.text()
        == f"{to_come} The last return's estimates were carried forward when it was begun; change what has changed."
    )


def test_an_award_that_has_not_begun_says_so(page: ReturnPage, answer: Callable[[str], Answer]) -> None:
    another_award(page.workspace, 12)
    wait_for_jobs()
    asked = answer("OK")
    press(page.chooser.awards, Qt.Key.Key_Down)
    assert asked.said == "SSF5-ZZ has no return, and none can be begun before its first day."
    assert page.chooser.awards.currentText().startswith("SSF5-VAWG")


# Reasons


def test_the_lines_that_need_a_reason_are_counted_marked_and_said(page: ReturnPage) -> None:
    click_tab(page, "Figures")
    figures = page.figures
    assert figures.note.text().startswith("⚠ 1 of 2 lines needs a reason; 1 still to write.")
    assert figures.model.rows[1].name == "SSF5-VAWG-02 ⚠"
    assert figures.model.rows[1].cells[REASON] == "⚠ Reason needed"
    assert figures.line.text() == (
        "SSF5-VAWG-02 Training, Resource, Staff: outturn is £2,000 below profile (40.0%). A reason is needed."
    )
    figures.go_to_next()
    type_text(figures.reason, "Ill")
    assert figures.words.text() == "1 word, not kept yet"
    press(figures.reason, Qt.Key.Key_Escape)
    assert figures.reason.toPlainText() == ""
    type_text(figures.reason, "Ill since May")
    press(figures.reason, Qt.Key.Key_Tab)
    wait_for_jobs()
    assert figures.words.text() == "3 words, kept"
    assert figures.note.text().startswith("1 of 2 lines needs a reason; all are written.")
    assert figures.model.rows[1].name == "SSF5-VAWG-02 ✓"
    assert not figures.next_button.isVisible()


def test_tab_goes_on_from_a_reason_to_the_next_line_and_its_costs(page: ReturnPage) -> None:
    click_tab(page, "Figures")
    figures = page.figures
    figures.go_to_next()
    press(figures.reason, Qt.Key.Key_Tab)
    assert figures.next_button.hasFocus()
    press(figures.next_button, Qt.Key.Key_Tab)
    assert figures.costs_button.hasFocus()
    press(figures.costs_button, Qt.Key.Key_Backtab)
    press(figures.next_button, Qt.Key.Key_Backtab)
    assert figures.reason.hasFocus()
    type_text(figures.reason, "Ill since May")
    press(figures.reason, Qt.Key.Key_Tab)
    wait_for_jobs()
    assert not figures.next_button.isVisible()  # the last reason was kept
    assert figures.costs_button.hasFocus()


def test_what_is_typed_stays_when_the_figures_are_drawn_again(qtbot: QtBot, page: ReturnPage) -> None:
    page.tab("Figures")
    page.figures.go_to_next()
    type_text(page.figures.reason, "Half a sen")
    cost = page.workspace.get(Cost, 1)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, cost, net=cost.net + Money.pounds(1))
    assert page.figures.reason.toPlainText() == "Half a sen"
    assert page.unkept() == "The reason of a variance was typed and not kept."
    type_text(page.figures.reason, "tence")
    page.figures.table.setCurrentIndex(
        page.figures.model.index(0, 0)
    )  # another line: the first one's is kept
    wait_for_jobs()
    (reason,) = page.workspace.select(VarianceReason)
    assert reason.reason == "Half a sentence"
    assert page.figures.reason.toPlainText() == ""
    assert page.unkept() == ""


def test_enter_on_a_line_begins_its_reason(page: ReturnPage) -> None:
    page.tab("Figures")
    page.figures.table.setFocus()
    page.figures.table.setCurrentIndex(page.figures.model.index(1, 0))
    press(page.figures.table, Qt.Key.Key_Return)
    assert page.figures.reason.hasFocus()
