"""A finance listing taken in by mouse and by keys: dropped or chosen, its columns pointed at, looked at, taken; and once more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from application.filling import fill
from application.ledger_office import LAYOUT, LedgerOffice, open_office
from finance_listing import write_csv, write_xlsx
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import removed
from fundtracker.domain.ledger import LedgerLayout, LedgerLine, Payments
from fundtracker.domain.money import Money
from fundtracker.storage.journal import history
from fundtracker.ui.dialogs.import_preview import ImportPreview
from fundtracker.ui.dialogs.listing import ListingDialog
from fundtracker.ui.main_window import MainWindow
from ui.ledger_desk import LISTED, LONG, counts, lines, listing, show_ledger
from ui.person import Keyboard, Mouse, front, settle

COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
ODD = ("Ref", "When", "To whom", "Their no.", "What for", "Where booked", "How much")
FIFTH = ("PV5", date(2024, 3, 5), "ILLUSTRATIVE LTD", "INV2", "Masts", "7401", Money.pounds("10.00"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        yield found


@pytest.fixture
def workspace(office: LedgerOffice) -> Workspace:
    return office.workspace


def drop(window: MainWindow, path: Path) -> str:
    """Dragged over the window and let go; what the window said meanwhile it would do."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = window.rect().center()
    QApplication.sendEvent(window, QDragEnterEvent(where, COPY, data, LEFT, NO_KEYS))
    told = window.dropping.target.words.text()
    QApplication.sendEvent(window, QDropEvent(QPointF(where), COPY, data, LEFT, NO_KEYS))
    return told


def held(workspace: Workspace) -> list[tuple[str, str, str]]:
    return [
        (each.reference, each.transaction_number, each.amount.plain) for each in workspace.select(LedgerLine)
    ]


def buttons(dialog: ListingDialog) -> set[str]:
    return {each.text().replace("&", "") for each in dialog.findChildren(QPushButton) if each.isVisible()}


def test_a_listing_whose_headings_are_known_is_dropped_looked_at_and_taken(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    """The layout is known by its headings: nothing is pointed at. The same once more adds nothing; a longer one the difference."""
    page = show_ledger(qtbot, window)
    mouse = Mouse()
    seen: list[Any] = []

    def take() -> None:
        dialog = cast("ListingDialog", front())
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        settle()
        assert dialog.changes is not None
        seen.append((dialog.changes.title.text(), buttons(dialog)))
        mouse.button("Take it in" if dialog.take_button.isVisible() else "Close")

    for count, more in enumerate(((), (), (FIFTH,)), 1):
        mouse.answer(take, to=ListingDialog)
        told = drop(window, listing(tmp_path / "payments.csv", *more))
        assert told == "Drop to look at payments.csv before its lines are taken in"
        qtbot.waitUntil(lambda count=count: len(seen) == count, timeout=LONG)
        settle()
    known = {"‹ Back to its columns", "Cancel"}
    nothing_to_do = {"‹ Back to its columns", "Close"}
    assert seen == [
        ("4 new, 0 the same, 0 changed, 0 no longer in it", {*known, "Take it in"}),
        ("0 new, 4 the same, 0 changed, 0 no longer in it", nothing_to_do),
        ("1 new, 4 the same, 0 changed, 0 no longer in it", {*known, "Take it in"}),
    ]
    assert held(workspace) == [
        ("L-00001", "PV1", "120.00"), ("L-00002", "PV2", "50.00"), ("L-00003", "PV3", "60.00"), ("L-00004", "PV4", "77.00"),
        ("L-00005", "PV5", "10.00"),
    ]  # fmt: skip
    assert workspace.select(LedgerLayout) == (LAYOUT,)
    qtbot.waitUntil(lambda: counts(page)[0] == "Unmatched (5)", timeout=LONG)
    assert lines(page) == ["L-00001", "L-00002", "L-00003", "L-00004", "L-00005"]
    assert (
        window.statusBar().currentMessage()
        == "Took in payments.csv: 1 new, 0 changed, 4 the same. Undo takes it back."
    )


def test_columns_are_pointed_at_and_the_layout_kept(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    """Headings nobody could guess: a click on a column asks what it holds; how the rows are read is seen at once."""
    show_ledger(qtbot, window)
    mouse = Mouse()
    read: list[Any] = []

    def point() -> None:
        dialog = cast("ListingDialog", front())
        columns = dialog.columns
        read.append((columns.message.text(), dialog.look_button.isEnabled()))
        for column, words in enumerate(
            ("Transaction no.", "Posting date", "Supplier", "Invoice no.", "Description")
        ):
            mouse.choose(columns.strip.boxes[column], words)
        popup = columns.strip.boxes[6].view()
        mouse.heading(columns.table, 6)
        read.append(popup.isVisible())
        columns.strip.boxes[6].hidePopup()
        mouse.cell(columns.table, 3, 6)  # the column of sums: it asks what it holds
        mouse.cell(popup, 7, 0)
        mouse.mark(columns.name)
        Keyboard().type("Sage, payments")
        read.append([row.cells[:5] for row in columns.lines.rows[:2]])
        mouse.button("See what it changes ›")
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        settle()
        mouse.button("Take it in")

    mouse.answer(point, to=ListingDialog)
    drop(window, write_csv(tmp_path / "odd.csv", LISTED, headings=ODD))
    qtbot.waitUntil(lambda: len(workspace.select(LedgerLine)) == 4, timeout=LONG)
    settle()
    assert read == [
        ("⚠ It isn't known yet which column holds the posting date: point at it.", False),
        True,
        [
            ("2", "25/01/2024", "£120.00", "ILLUSTRATIVE LTD", "INV1"),
            ("3", "28/01/2024", "£50.00", "TRAINING TRUST", ""),
        ],
    ]
    _, learnt = workspace.select(LedgerLayout)
    assert (learnt.name, learnt.date_heading, learnt.amount_heading, learnt.code_heading, learnt.payments) == (
        "Sage, payments", "When", "How much", "", Payments.POSITIVE,
    )  # fmt: skip
    with workspace.database.reader() as conn:
        assert history(conn)[0].title == "Take the ledger listing odd.csv: 4 new"
    seen: list[str] = []

    def look() -> None:
        dialog = cast("ListingDialog", front())
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        assert dialog.changes is not None
        seen.append(dialog.changes.title.text())
        mouse.button("Close")

    mouse.answer(look, to=ListingDialog)
    drop(window, tmp_path / "odd.csv")
    qtbot.waitUntil(lambda: bool(seen), timeout=LONG)
    settle()
    assert seen == ["0 new, 4 the same, 0 changed, 0 no longer in it"]


def test_it_is_pointed_at_by_keys_alone(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File menu, then Tab from column to column, a letter for what each holds."""
    path = write_csv(tmp_path / "odd.csv", LISTED, headings=ODD)

    def choose(*_: object) -> tuple[str, str]:
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    show_ledger(qtbot, window)
    keyboard = Keyboard()

    def point() -> None:
        dialog = cast("ListingDialog", front())
        keyboard.tab_to("Column B, When: what it holds")
        keyboard.type("Po")
        keyboard.tab_to("Column G, How much: what it holds")
        keyboard.type("Am")
        assert dialog.columns.message.text() == ""
        keyboard.press("Alt+C")
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        settle()
        keyboard.press("Alt+T")

    keyboard.answer(point, to=ListingDialog)
    window.files.ask_listing()
    qtbot.waitUntil(lambda: len(workspace.select(LedgerLine)) == 4, timeout=LONG)
    assert [each.supplier for each in workspace.select(LedgerLine)] == [""] * 4
    assert [each.amount.plain for each in workspace.select(LedgerLine)] == [
        "120.00",
        "50.00",
        "60.00",
        "77.00",
    ]


def test_what_cannot_be_read_is_told_by_its_cell_and_nothing_comes_in(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    show_ledger(qtbot, window)
    path = listing(tmp_path / "payments.csv")
    path.write_text(
        path.read_text("utf-8-sig").replace("28/01/2024", "31/02/2024").replace("77.00", "lots"), "utf-8"
    )
    mouse = Mouse()
    seen: list[Any] = []

    def look() -> None:
        dialog = cast("ListingDialog", front())
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        settle()
        assert dialog.changes is not None
        seen.append(
            (dialog.changes.title.text(), [(each.cells, each.what) for each in dialog.changes.faults])
        )
        seen.append(buttons(dialog))
        mouse.button("‹ Back to its columns")
        seen.append(buttons(dialog))
        mouse.button("Cancel")

    mouse.answer(look, to=ListingDialog)
    drop(window, path)
    qtbot.waitUntil(lambda: len(seen) == 3, timeout=LONG)
    settle()
    assert seen[0] == (
        "2 problems to mend before it can be taken in",
        [
            (
                ["B3"],
                "“Posting Date” holds “31/02/2024”, which is not a day: February 2024 has 29.",
            ),
            (["G5"], "“Amount” holds “lots”, which is not an amount such as 1,234.56."),
        ],
    )
    assert seen[1:] == [
        {"‹ Back to its columns", "Read it again", "Close"},
        {"See what it changes ›", "Read it again", "Cancel"},
    ]
    assert workspace.select(LedgerLine) == ()


def test_a_listing_that_was_mended_meanwhile_is_read_again(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    """With its columns as they were pointed at: a new layout is kept only once the listing is taken in."""
    show_ledger(qtbot, window)
    path = listing(tmp_path / "payments.csv")
    sound = path.read_text("utf-8-sig").replace("Supplier Name", "Who")
    path.write_text(sound.replace("77.00", "lots"), "utf-8")
    mouse = Mouse()

    def look() -> None:
        dialog = cast("ListingDialog", front())
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        before = dialog.changes
        path.write_text(sound, "utf-8")
        mouse.button("Read it again")
        qtbot.waitUntil(lambda: dialog.changes is not before, timeout=LONG)
        settle()
        assert dialog.changes is not None
        assert dialog.changes.title.text() == "4 new, 0 the same, 0 changed, 0 no longer in it"
        assert buttons(dialog) == {"‹ Back to its columns", "Take it in", "Cancel"}
        mouse.button("Take it in")

    def point() -> None:
        dialog = cast("ListingDialog", front())
        combos: dict[str, Any] = {
            each.accessibleName().partition(", ")[2].partition(":")[0]: each
            for each in dialog.columns.strip.boxes
        }
        mouse.choose(combos["Who"], "Supplier")
        mouse.button("See what it changes ›")
        look()

    workspace.do("Remove", removed(*workspace.select(LedgerLayout)))
    mouse.answer(point, to=ListingDialog)
    drop(window, path)
    qtbot.waitUntil(lambda: len(workspace.select(LedgerLine)) == 4, timeout=LONG)
    settle()
    assert workspace.select(LedgerLine)[0].supplier == "ILLUSTRATIVE LTD"


def test_changed_and_missing_lines_are_shown_field_by_field(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    from fundtracker.application.actions.ledger.taking import propose_listing, take_listing

    take_listing(workspace, propose_listing(workspace, listing(tmp_path / "first.csv"), LAYOUT))
    show_ledger(qtbot, window)
    one, _, three, four = LISTED
    changed = (*four[:-1], Money.pounds("78.00"))
    mouse = Mouse()
    seen: list[Any] = []

    def look() -> None:
        dialog = cast("ListingDialog", front())
        qtbot.waitUntil(lambda: dialog.changes is not None, timeout=LONG)
        settle()
        assert dialog.changes is not None
        tabs = dialog.changes.tabs
        seen.append((dialog.changes.title.text(), [tabs.tabText(n) for n in range(tabs.count())]))
        seen.append([row.cells for row in cast("Any", tabs.widget(0)).model().rows])
        mouse.click(dialog.changes.drop_gone, QPoint(10, dialog.changes.drop_gone.height() // 2))
        mouse.button("Take it in")

    mouse.answer(look, to=ListingDialog)
    drop(window, write_csv(tmp_path / "second.csv", [one, three, changed]))
    qtbot.waitUntil(lambda: len(workspace.select(LedgerLine)) == 3, timeout=LONG)
    settle()
    assert seen == [
        ("0 new, 2 the same, 1 changed, 1 no longer in it", ["Changed (1)", "No longer in it (1)"]),
        [("L-00004", "4", "Amount", "77.00", "78.00", "")],
    ]
    assert held(workspace) == [
        ("L-00001", "PV1", "120.00"),
        ("L-00003", "PV3", "60.00"),
        ("L-00004", "PV4", "78.00"),
    ]


def test_a_workbook_that_holds_records_goes_to_the_import(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, tmp_path: Path
) -> None:
    show_ledger(qtbot, window)
    mouse = Mouse()
    seen: list[str] = []
    mouse.answer(lambda: (seen.append("import"), mouse.button("Cancel")), to=ImportPreview)
    drop(window, fill(tmp_path / "funds.xlsx", {"Funds": [{"Code": "X", "Name": "Another fund", "Funder": "Somebody", "Received or own": "Received"}]}))  # fmt: skip
    qtbot.waitUntil(lambda: seen == ["import"], timeout=LONG)
    settle()
    mouse.answer(lambda: (seen.append("listing"), mouse.button("Cancel")), to=ListingDialog)
    drop(window, write_xlsx(tmp_path / "payments.xlsx", list(LISTED)))
    qtbot.waitUntil(lambda: seen == ["import", "listing"], timeout=LONG)
    settle()
    assert workspace.select(LedgerLine) == ()


def test_a_file_that_is_no_listing_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    show_ledger(qtbot, window)
    empty = tmp_path / "empty.csv"
    empty.write_text("  \n")
    mouse = Mouse()
    said = mouse.answer(lambda: mouse.button("OK"))
    drop(window, empty)
    qtbot.waitUntil(lambda: bool(said.said), timeout=LONG)
    settle()
    assert said.said.startswith("“empty.csv” is empty: export the listing again.")
