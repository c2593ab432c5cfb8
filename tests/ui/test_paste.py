"""Rows from a spreadsheet: looked at, corrected in place, kept with one button and taken back with one Ctrl+Z."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import Organisation
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import working
from fundtracker.ui.dialogs.paste import PasteDialog, paste_into
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.list_page import ListPage
from ui.conftest import Said
from ui.driving import click, click_cell, column_number, form_of, go_to, press, type_text

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
CONTROL = Qt.KeyboardModifier.ControlModifier
HEAD = "Supplier\tInvoice no.\tReceived\tNet\tCapital or resource\tCost category\r\n"
WRONG = {4: ("Net", "ten pounds"), 11: ("Received", "31/06/2024"), 29: ("Cost category", "Stafff")}


def invoices() -> str:
    """Forty invoices as Excel copies them, three of them wrong."""
    rows: list[str] = []
    for n in range(40):
        cells = {
            "Supplier": '"Acme ""North""\nLtd"' if n == 0 else f"Acme {n}",
            "Invoice no.": f"P-{n}",
            "Received": f"{n % 28 + 1}-Aug-24",
            "Net": f"\u00a0£1,{n:03d}.00\u00a0",
            "Capital or resource": "Resource",
            "Cost category": "Staff",
        }
        if n in WRONG:
            cells[WRONG[n][0]] = WRONG[n][1]
        rows.append("\t".join(cells.values()))
    return HEAD + "\r\n".join(rows) + "\r\n"


@pytest.fixture
def paste(window: MainWindow) -> Callable[..., PasteDialog]:
    """Opens the preview on a text; what is said at the end goes to TOLD."""

    def opened(text: str, kind: type[Record] = Cost, **known: int) -> PasteDialog:
        said: list[str] = []
        paste_into(window, window.workspace, kind, columns(kind), None, known, text, said.append)
        wait_for_jobs()
        dialog = window.findChild(PasteDialog)
        assert isinstance(dialog, PasteDialog)
        TOLD.clear()
        TOLD.append(said)
        return dialog

    return opened


TOLD: list[list[str]] = []


def correct(qtbot: QtBot, dialog: PasteDialog, problem: int, text: str) -> None:
    """Enter in the list of problems, F2 in the cell, type, Enter."""
    dialog.problems.table.setFocus()
    dialog.problems.table.setCurrentIndex(dialog.problems.table.model().index(problem, 0))
    press(dialog.problems.table, Qt.Key.Key_Return)
    assert dialog.table.hasFocus()
    press(dialog.table, Qt.Key.Key_F2)
    editor = editor_in(dialog)
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    assert line is not None
    line.selectAll()
    type_text(line, text)
    left = len(dialog.pasted.errors)
    press(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.pasted.errors) == left - 1)


def editor_in(dialog: PasteDialog) -> QComboBox | QLineEdit:
    found = [
        each
        for kind in (QComboBox, QLineEdit)
        for each in dialog.table.viewport().findChildren(
            kind, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
    ]
    return found[-1]


def texts(dialog: PasteDialog, row: int) -> list[str]:
    return [dialog.model.index(row, n).data() for n in range(dialog.model.columnCount())]


def problems(dialog: PasteDialog) -> list[tuple[str, ...]]:
    model = dialog.problems.table.model()
    return [tuple(model.index(row, column).data() for column in (0, 2, 3)) for row in range(model.rowCount())]


def paste_costs(qtbot: QtBot, window: MainWindow, page: ListPage, *numbers: str) -> list[int]:
    """Ctrl+V in the list, and the button that keeps them; the ids they were given."""
    last = window.workspace.select(Cost)[-1]
    named = window.workspace.get(Intervention, last.intervention_id).reference
    rows = [f"{named}\tAcme\t{each}\t02/08/2024\t10\tResource\tStaff" for each in numbers]
    QGuiApplication.clipboard().setText(f"Intervention\t{HEAD}" + "\r\n".join(rows))
    press(page.table, Qt.Key.Key_V, CONTROL)
    wait_for_jobs()
    dialog = window.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    click(dialog.keep)
    qtbot.waitUntil(lambda: len(window.workspace.select(Cost)) == last.id + len(numbers))
    wait_for_jobs()
    return list(range(last.id + 1, last.id + 1 + len(numbers)))


def test_a_list_goes_to_what_was_pasted_below_the_rows_it_had_read(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    first, _ = paste_costs(qtbot, window, page, "P-1", "P-2")
    qtbot.waitUntil(lambda: [each.id for each in page.chosen()] == [first])
    assert form_of(page).title.text() == f"C-{first:05d}"
    assert page.model.text(page.table.currentIndex().row(), column_number(page, "invoice_number")) == "P-1"


def test_a_list_stays_with_who_has_gone_on_since_pasting(window: MainWindow) -> None:
    """What was pasted may be read only later: by then its user may look for something else, or fill in the form."""
    page = go_to(window, Cost)
    click_cell(page, 0, "supplier")
    before, last = page.chosen(), window.workspace.select(Cost)[-1].id
    page.look_for()
    page.commands.show_pasted(last)
    assert page.chosen() == before
    assert QApplication.focusWidget() is page.search
    page.table.setFocus()
    page.commands.show_pasted(last)
    assert [each.id for each in page.chosen()] == [last]


def test_a_filtered_list_stays_as_it_is_after_pasting(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    page.filter_by("supplier", "penhallow")
    wait_for_jobs()
    click_cell(page, 0, "supplier")
    before = [each.id for each in page.chosen()]
    paste_costs(qtbot, window, page, "P-1")
    wait_for_jobs()
    assert [each.column for each in page.model.query.filters] == ["supplier"]
    assert [each.id for each in page.chosen()] == before
    qtbot.waitUntil(lambda: bool(page.message.text()))
    assert page.message.text() == "⚠ Not all that was pasted is shown: the filters above leave some out."


def test_forty_invoices_are_corrected_kept_and_taken_back(
    qtbot: QtBot, window: MainWindow, paste: Callable[..., PasteDialog]
) -> None:
    training = window.workspace.select(Cost)[-1].intervention_id
    before = window.workspace.select(Cost)
    dialog = paste(invoices(), intervention_id=training)
    assert dialog.title.text() == "40 costs to paste"
    assert texts(dialog, 1) == ["Add", "Acme 1", "P-1", "02/08/2024", "1,001.00", "Resource", "Staff"]
    assert texts(dialog, 0)[1] == 'Acme "North"'
    assert texts(dialog, 4)[0::4] == ["⚠ To mend", "⚠ To mend: ten pounds"]
    assert problems(dialog) == [
        ("6", "Net", "ten pounds"),
        ("13", "Received", "31/06/2024"),
        ("31", "Cost category", "Stafff"),
    ]
    assert (dialog.keep.text(), dialog.keep.isEnabled()) == ("&Add 40 costs", False)
    assert dialog.reason.text() == "⚠ 3 rows have something to mend: correct them above, or leave them out."
    assert dialog.sums.text() == "40 rows  ·  Net £39,776.00 (1 can't be read)"
    assert dialog.table.currentIndex() == dialog.model.index(4, 4)
    assert dialog.about.text() == "⚠ “ten pounds” is not an amount: type an amount such as 1,234.56 or 2.5k."

    correct(qtbot, dialog, 0, "1004")
    assert len(problems(dialog)) == 2
    correct(qtbot, dialog, 0, "31 July 2024")
    correct(qtbot, dialog, 0, "Staff")
    assert not dialog.problems.isVisible()
    assert dialog.reason.text() == ""
    assert dialog.sums.text() == "40 rows  ·  Net £40,780.00"
    assert dialog.keep.isEnabled()
    click(dialog.keep)
    wait_for_jobs()
    assert TOLD == [["40 costs added. Ctrl+Z takes it back."]]
    made = window.workspace.select(Cost)[len(before) :]
    assert (len(made), total(each.net for each in made)) == (40, Money.pounds(40_780))
    assert made[0].supplier == 'Acme "North"\nLtd'
    assert {each.intervention_id for each in made} == {training}
    assert window.undo_action.text() == "&Undo Paste 40 costs"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.workspace.select(Cost) == before


def test_rows_with_problems_are_left_out_by_their_own_button(
    window: MainWindow, paste: Callable[..., PasteDialog]
) -> None:
    dialog = paste(invoices(), intervention_id=1)
    click(dialog.leave_out)
    wait_for_jobs()
    assert (dialog.keep.text(), dialog.keep.isEnabled()) == ("&Add 37 costs", True)
    assert not dialog.leave_out.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert TOLD == [[]]


def test_a_column_goes_where_it_is_told(window: MainWindow, paste: Callable[..., PasteDialog]) -> None:
    dialog = paste("Supplier\tWhat for\tNet\nAcme\tPatrols\t12\nBeta\tLights\t14\n", intervention_id=1)
    assert [box.currentText() for box in dialog.strip.boxes[:5]] == [
        "Supplier",
        "Left out",
        "Net",
        "Capital or resource",
        "Cost category",
    ]
    box = dialog.strip.boxes[1]
    box.setFocus()
    type_text(box, "Descr")
    press(box, Qt.Key.Key_Return)
    box.activated.emit(box.currentIndex())
    wait_for_jobs()
    assert dialog.pasted.fields[1] == "description"
    assert [row.values["description"] for row in dialog.pasted.rows] == ["Patrols", "Lights"]

    for column, text in ((4, "Resource"), (5, "Staff")):
        dialog.table.setCurrentIndex(dialog.model.index(0, column))
        dialog.model.setData(dialog.model.index(0, column), text)
        wait_for_jobs()
        dialog.table.setFocus()
        press(dialog.table, Qt.Key.Key_D, CONTROL)
        wait_for_jobs()
    assert problems(dialog) == []
    click(dialog.keep)
    wait_for_jobs()
    assert [(each.supplier, each.description) for each in window.workspace.select(Cost)[-2:]] == [
        ("Acme", "Patrols"),
        ("Beta", "Lights"),
    ]


def test_columns_go_where_they_are_told_in_quick_succession(
    window: MainWindow, paste: Callable[..., PasteDialog]
) -> None:
    """Each is told while the block is still read with the one before."""
    dialog = paste("Supplier\tWhat for\tNet\tNumber\nAcme\tPatrols\t12\tA-1\n", intervention_id=1)
    chosen = ((0, ""), (1, "description"), (3, "invoice_number"))
    for place, name in chosen:
        box = dialog.strip.boxes[place]
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
    wait_for_jobs()
    assert dialog.pasted.fields[:4] == (None, "description", "net", "invoice_number")
    assert [box.currentText() for box in dialog.strip.boxes[:4]] == [
        "Left out",
        "Description",
        "Net",
        "Invoice no.",
    ]


def test_a_change_is_shown_old_and_new_and_a_refusal_names_its_row(
    window: MainWindow, paste: Callable[..., PasteDialog]
) -> None:
    cost = window.workspace.select(Cost)[1]
    same = window.workspace.select(Cost)[2]
    dialog = paste(f"Reference\tSupplier\n{cost.reference}\tBeta\n{same.reference}\t{same.supplier}\n")
    assert texts(dialog, 0) == [f"Change {cost.reference}", cost.reference, f"{cost.supplier} → Beta"]
    assert texts(dialog, 1)[0] == f"Same as {same.reference}"
    assert dialog.keep.text() == "Ch&ange 1 cost"
    edit(window.workspace, cost, supplier="Gamma")
    click(dialog.keep)
    wait_for_jobs()
    assert dialog.reason.text().startswith("⚠ Not kept: Row 2")
    assert "was changed meanwhile" in dialog.reason.text()
    assert window.workspace.get(Cost, cost.id).supplier == "Gamma"
    assert texts(dialog, 0)[2] == "⚠ To mend: Gamma → Beta"
    assert (dialog.model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) or "").startswith(
        f"{cost.reference} was changed meanwhile"
    )
    click(dialog.keep)
    wait_for_jobs()
    assert window.workspace.get(Cost, cost.id).supplier == "Beta"


def test_the_first_row_can_be_said_to_be_a_record(
    window: MainWindow, paste: Callable[..., PasteDialog]
) -> None:
    dialog = paste("Name\tKind\nStroud East\tCouncil\n", Organisation)
    assert len(dialog.pasted.rows) == 1
    click(dialog.headings, dialog.headings.rect().center().transposed())
    dialog.headings.setChecked(False)
    wait_for_jobs()
    assert [row.number for row in dialog.pasted.rows] == [1, 2]
    assert problems(dialog) == [("1", "Kind", "Kind")]


def test_the_preview_keeps_qts_rules(window: MainWindow, paste: Callable[..., PasteDialog]) -> None:
    dialog = paste(invoices(), intervention_id=1)
    tester = QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    click(dialog.leave_out)
    wait_for_jobs()
    assert tester.model() is dialog.model


def test_too_much_is_refused_in_words(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Said()
    monkeypatch.setattr(working, "say_trouble", said)
    paste_into(window, window.workspace, Cost, columns(Cost), None, {}, "x\n" * 50_001, said.texts.append)
    wait_for_jobs()
    assert said.titles == ["Paste costs"]
    assert said.texts[0].startswith("This block has 50,001 rows; at most 50,000 can be pasted at once")


def test_a_list_copied_with_headings_pastes_into_an_empty_file(
    window: MainWindow, paste: Callable[..., PasteDialog], tmp_path: Path
) -> None:
    page = go_to(window, Organisation)
    page.table.setFocus()
    page.table.selectAll()
    press(page.table, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    text = QGuiApplication.clipboard().text()
    with Workspace.create(tmp_path / "empty.fundtracker") as empty:
        paste_into(window, empty, Organisation, columns(Organisation), None, {}, text, lambda _: None)
        wait_for_jobs()
        dialog = window.findChild(PasteDialog)
        assert isinstance(dialog, PasteDialog)
        click(dialog.keep)
        wait_for_jobs()
        assert [(each.name, each.kind) for each in empty.select(Organisation)] == [
            (each.name, each.kind) for each in window.workspace.select(Organisation)
        ]
