"""What a dialog shows: nothing cut off where there is room, numbers that problems are told by, words that say what can be done."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from fundtracker import __version__
from fundtracker.application.actions.ledger.taking import open_listing
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import LedgerLayoutId, LedgerLine, LedgerLineId
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Severity
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import problem_table
from fundtracker.ui.dialogs.about import AboutDialog
from fundtracker.ui.dialogs.accept_many import AcceptManyDialog
from fundtracker.ui.dialogs.letters import Letter, LettersDialog
from fundtracker.ui.dialogs.listing import ListingDialog
from fundtracker.ui.dialogs.listing_columns import MOST_COLUMNS
from fundtracker.ui.dialogs.paste import PasteDialog, paste_into
from fundtracker.ui.dialogs.print_preview import PrintPreview
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.tables import Table
from ui.person import settle
from ui.test_pdf_view import make_pdf

BLOCK = "Supplier\tReceived\tNet\n" + "\n".join(f"Acme {n}\t0{n}/09/2024\t{n}.00" for n in range(1, 4))
LISTING = (
    "Trans No,Posting Date,Supplier Name,Invoice No,Description,GL Code,Amount\n"
    "PV1,25/10/2023,COLDHARBOUR YOUTH TRUST,PAY-1,Pay of October,S5V-04-4100,2944.51\n"
    "PV2,26/10/2023,ASHGROVE PRINT,AP2714,Leaflets,S5A-01-4600,574.99\n"
)


def test_a_print_preview_takes_most_of_the_window_it_stands_before(qtbot: QtBot, window: MainWindow) -> None:
    preview = PrintPreview(window, "Costs", make_pdf(1))
    qtbot.addWidget(preview)
    preview.show()
    assert (preview.width(), preview.height()) == (window.width() * 9 // 10, window.height() * 9 // 10)


def test_pasted_rows_bear_the_numbers_that_problems_are_told_by(window: MainWindow) -> None:
    """Whatever the table is scrolled to; the choice of a field stands over its column beside them."""
    text = BLOCK.replace("03/09/2024", "31/09/2024")
    paste_into(window, window.workspace, Cost, columns(Cost), None, {}, text, print)
    wait_for_jobs()
    dialog = window.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    settle()
    down, across = dialog.table.verticalHeader(), dialog.table.horizontalHeader()
    numbers = [dialog.model.headerData(n, Qt.Orientation.Vertical) for n in range(3)]
    assert numbers == ["2", "3", "4"]
    told = dialog.problems.table.model()
    rows = [[told.index(row, column).data() for column in (0, 3)] for row in range(told.rowCount())]
    assert ["4", "31/09/2024"] in rows
    assert down.isVisible()
    assert down.width() > dialog.fontMetrics().horizontalAdvance("4")
    for place in range(3):
        box, left = dialog.strip.boxes[place], across.sectionViewportPosition(place + 1)
        assert (
            box.mapTo(dialog, box.rect().topLeft()).x()
            == dialog.table.viewport().mapTo(dialog, QRect().topLeft()).x() + left
        )
    dialog.table.setColumnWidth(1, 2 * dialog.width())
    settle()
    dialog.table.horizontalScrollBar().setValue(dialog.table.columnWidth(0) + 100)
    settle()
    box = dialog.strip.boxes[0]
    drawn = box.mapTo(dialog, box.visibleRegion().boundingRect().topLeft()).x()
    assert drawn == dialog.table.viewport().mapTo(dialog, QRect().topLeft()).x(), "not over the rows' numbers"
    dialog.reject()


WIDE = {
    "Intervention": "SSF5-VAWG-03 CCTV, lighting and public realm", "Expense": "Capital", "Category": "Equipment",
    "Supplier": "Oakhanger Cameras (example)", "Invoice no.": "OC2701", "Description": "Camera, Station Road",
    "Received": "31/09/2024", "Net": "1,240.00",
}  # fmt: skip


@pytest.mark.parametrize("width", [1366, 1440])
def test_pasted_columns_that_nearly_have_room_have_it(window: MainWindow, width: int) -> None:
    """Long texts give way before the table has to be scrolled; no field's name is cut above them."""
    dialog = pasted_block(window, width, WIDE)
    table = dialog.table
    assert table.horizontalScrollBar().maximum() == 0
    assert [_cut(each) for each in dialog.strip.boxes] == [False] * len(WIDE)
    table.setColumnWidth(1, 400)
    dialog.resize(dialog.width() + 40, dialog.height())
    settle()
    assert table.columnWidth(1) == 400, "what somebody drew stays so"
    dialog.reject()


def test_pasted_columns_that_have_no_room_begin_at_the_left(window: MainWindow) -> None:
    """Where the cell the keys are in, the first to mend, is in sight there."""
    block = {
        "Supplier": "Oakhanger Cameras",
        "Received": "31/09/2024",
        **{f"Spare {n}": "1" for n in range(9)},
    }
    dialog = pasted_block(window, 1024, block)
    table = dialog.table
    assert table.horizontalScrollBar().maximum() > 0
    assert table.horizontalScrollBar().value() == 0
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    dialog.reject()


def pasted_block(window: MainWindow, width: int, cells: dict[str, str]) -> PasteDialog:
    """A row of costs in front of a window of a width."""
    window.resize(width, 768)
    text = "\t".join(cells) + "\n" + "\t".join(cells.values())
    paste_into(window, window.workspace, Cost, columns(Cost), None, {}, text, print)
    wait_for_jobs()
    dialog = window.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    settle()
    return dialog


def test_a_listings_columns_say_what_they_hold_in_full_and_sums_stand_right(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "october.csv"
    path.write_text(LISTING)
    dialog = ListingDialog(None, workspace, open_listing(path), ())
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    step = dialog.columns
    assert [each.currentText() for each in step.strip.boxes] == [
        "Transaction no.", "Posting date", "Supplier", "Invoice no.", "Description", "Ledger code", "Amount",
    ]  # fmt: skip
    assert [_cut(each) for each in (*step.strip.boxes, step.rows)] == [False] * 8
    assert _right(step.table) == [6]
    step.strip.boxes[6].setCurrentIndex(0)
    step.strip.boxes[6].activated.emit(0)
    assert _right(step.table) == []
    step.strip.boxes[5].setCurrentText("Amount")
    step.strip.boxes[5].activated.emit(step.strip.boxes[5].currentIndex())
    assert _right(step.table) == [5]


def test_a_column_too_far_right_to_be_shown_keeps_what_it_holds_until_another_does(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    between = [f"Spare {n}" for n in range(MOST_COLUMNS)]
    rows = (["Posting Date", "Who", *between, "Amount"], ["25/10/2023", "ASHGROVE", *between, "574.99"])
    path.write_text("\n".join(",".join(each) for each in rows))
    dialog = ListingDialog(None, workspace, open_listing(path), ())
    qtbot.addWidget(dialog)
    boxes = dialog.columns.strip.boxes
    assert len(boxes) == MOST_COLUMNS
    told: list[tuple[str, str]] = []
    for box, words in ((boxes[1], "Supplier"), (boxes[2], "Amount")):
        box.setCurrentText(words)
        box.activated.emit(box.currentIndex())
        values = dialog.columns.values()
        told.append((values["supplier_heading"], values["amount_heading"]))
    assert told == [("Who", "Amount"), ("Who", "Spare 0")]


def _cut(combo: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    return combo.fontMetrics().horizontalAdvance(combo.currentText()) > room.width()


def _right(table: Table) -> list[int]:
    """The columns that stand at the right, heading and cells."""
    model = table.model()
    found: list[int] = []
    for column in range(model.columnCount()):
        sides: list[Any] = [
            model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole),
            model.index(1, column).data(Qt.ItemDataRole.TextAlignmentRole),
        ]
        if all(side & Qt.AlignmentFlag.AlignRight for side in sides):
            found.append(column)
    return found


def test_suggestions_are_read_whole(qtbot: QtBot) -> None:
    line = LedgerLine(
        id=LedgerLineId(1), layout_id=LedgerLayoutId(1), reference="L-00001", transaction_number="PV1", supplier="COLDHARBOUR YOUTH TRUST",
        amount=Money.pounds(12), posted_on=date(2023, 10, 25),
    )  # fmt: skip
    why = "The invoice no. PAY-202310-1 agrees; £12.00 is its amount; the supplier is like Coldharbour Youth Trust (94%); posted 5 days after."
    found = [Suggestion(line=line, cost=None, instalment=None, amount=line.amount, confidence=99, reason=why)]
    dialog = AcceptManyDialog(None, found, ["C-00001 Coldharbour Youth Trust (example): work of a term in four schools"])  # fmt: skip
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.table.rowHeight(0) > 2 * dialog.fontMetrics().height())
    for column in (1, 3, 4):
        text = dialog.model.rows[0].cells[column]
        room = QRect(0, 0, dialog.table.columnWidth(column) - 12, 10_000)
        needed = dialog.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        assert needed.height() <= dialog.table.rowHeight(0), text
    assert dialog.table.horizontalHeader().length() == dialog.table.viewport().width()


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ((Severity.NOTE, Severity.NOTE), "What was noticed"),
        ((Severity.NOTE, Severity.ERROR), "What is wrong, and what to do"),
        ((Severity.WARNING,), "What is wrong, and what to do"),
    ],
)
def test_a_mere_note_is_not_called_wrong(severities: tuple[Severity, ...], words: str) -> None:
    found = problem_table.faults(
        Problem(severity=each, where=f"Costs!A{n}", message=f"Message {n}")
        for n, each in enumerate(severities, 1)
    )
    assert problem_table.headings(found)[-1].label == words


def test_about_says_the_version_once(qtbot: QtBot) -> None:
    dialog = AboutDialog(None)
    qtbot.addWidget(dialog)
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert sum(__version__ in each for each in said) == 1


def test_letters_to_copy_stand_apart_as_the_rows_of_a_table_do(qtbot: QtBot) -> None:
    dialog = LettersDialog(
        None, "Chase", "A note", [Letter("GR-1", "Subject: one"), Letter("GR-2", "Subject: two")]
    )
    qtbot.addWidget(dialog)
    dialog.show()
    apart = (
        dialog.names.visualItemRect(dialog.names.item(1)).top()
        - dialog.names.visualItemRect(dialog.names.item(0)).top()
    )
    assert apart == Table("Rows", dialog.names.model()).verticalHeader().defaultSectionSize()
