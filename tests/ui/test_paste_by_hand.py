"""A pasted block looked through and put right by keys alone and by mouse alone. See `ui.person`."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from fundtracker.application.actions.pasting.keep import MOST_TRIED
from fundtracker.domain.costs import Cost
from fundtracker.ui.dialogs.paste import PasteDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.tables import Table
from ui.driving import go_to
from ui.person import Keyboard, Mouse, focused, name_of, settle

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
HEAD = "Intervention\tSupplier\tInvoice no.\tDescription\tReceived\tNet\tCapital or resource\tCost category"
KEPT = "What will be kept"


def row(invoice: str, *, received: str = "02/08/2024", net: str = "10", what: str = "Posters") -> str:
    return f"SSF5-VAWG-02\tAcme\t{invoice}\t{what}\t{received}\t{net}\tResource\tStaff"


class Paster:
    """Copies rows in a spreadsheet and presses Ctrl+V in the list of costs."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.keyboard, self.mouse = window, Keyboard(), Mouse()

    def pastes(self, *rows: str) -> PasteDialog:
        go_to(self.window, Cost).table.setFocus()
        QGuiApplication.clipboard().setText("\n".join((HEAD, *rows)))
        self.keyboard.press("Ctrl+V")
        dialog = self.window.findChild(PasteDialog)
        assert isinstance(dialog, PasteDialog)
        settle()
        assert name_of(focused()) == KEPT
        return dialog

    def keeps(self, *rows: str) -> None:
        """Pasted, and added."""
        self.pastes(*rows)
        self.keyboard.press("Alt+A")
        settle()


@pytest.fixture
def paster(window: MainWindow) -> Iterator[Paster]:
    settle()
    yield Paster(window)
    dialog = window.findChild(PasteDialog)
    if dialog is not None:
        dialog.reject()
    settle()


def numbers(dialog: PasteDialog) -> list[int]:
    """Of the rows that are left, as they stand at the left."""
    return [each.number for each in dialog.pasted.rows]


def listed(dialog: PasteDialog) -> list[tuple[str, str]]:
    """Row and field of the list of problems."""
    model = dialog.problems.table.model()
    texts = [[str(model.index(n, column).data()) for column in (0, 2)] for n in range(model.rowCount())]
    return [(number, label) for number, label in texts] if dialog.problems.isVisible() else []


def marked(dialog: PasteDialog) -> list[tuple[int, int]]:
    """Rows and columns of the cells that bear a sign."""
    model = dialog.model
    cells = ((row, column) for row in range(model.rowCount()) for column in range(1, model.columnCount()))
    return [(row, column) for row, column in cells if "⚠" in model.cell(row, column)[0]]


def at(table: Table) -> tuple[int, int]:
    return table.currentIndex().row(), table.currentIndex().column()


def test_one_row_is_one_row(paster: Paster) -> None:
    assert paster.pastes(row("P-1")).sums.text() == "1 row  ·  Net £10.00"


WRONG = [row("P-1"), row("P-2", net="ten"), row("P-3", received="31/06/2024")]


@pytest.mark.parametrize("twice", [False, True], ids=["one click", "two clicks"])
def test_a_click_on_a_problem_leads_the_keys_to_its_cell(paster: Paster, twice: bool) -> None:
    dialog = paster.pastes(*WRONG)
    paster.mouse.cell(dialog.problems.table, 1, 4, twice=twice)
    assert (name_of(focused()), at(dialog.table)) == (KEPT, (2, 5))
    paster.keyboard.type("30/06/2024")
    paster.keyboard.press("Return")
    assert [each.row for each in dialog.pasted.errors] == [3]


def test_enter_on_a_problem_leads_the_keys_to_its_cell(paster: Paster) -> None:
    dialog = paster.pastes(*WRONG)
    paster.keyboard.tab_to("Problems")
    paster.keyboard.press("Down")
    paster.keyboard.press("Return")
    assert (name_of(focused()), at(dialog.table)) == (KEPT, (2, 5))
    paster.keyboard.press("F2")
    paster.keyboard.press("Ctrl+A")
    paster.keyboard.type("30/06/2024")
    paster.keyboard.press("Return")
    assert [each.row for each in dialog.pasted.errors] == [3]


REFERENCES = [row("P-1").replace("VAWG-02", "XYZ-99"), row("P-2"), row("P-3").replace("Staff", "Stafff")]


def typed_over(paster: Paster, where: tuple[int, int], text: str, *first: str) -> str:
    """What a cell holds after typing on it."""
    dialog = paster.pastes(*REFERENCES)
    dialog.table.setCurrentIndex(dialog.model.index(*where))
    for each in first:
        paster.keyboard.press(each)
    paster.keyboard.type(text)
    if QApplication.activePopupWidget() is not None:
        paster.keyboard.press("Return")  # away with what is offered
    paster.keyboard.press("Return")
    return dialog.model.typed(*where)


@pytest.mark.parametrize("first", [(), ("F2",)], ids=["typing", "F2 and typing"])
@pytest.mark.parametrize(
    ("where", "text"),
    [
        ((0, 1), "SSF5-VAWG-01 Cameras"),
        ((2, 8), "Equipment"),
        ((0, 2), "Beta"),
        ((0, 5), "1/8/2024"),
        ((0, 6), "12"),
    ],
    ids=["intervention", "category", "supplier", "day", "sum"],
)
def test_typing_replaces_what_a_cell_held(
    paster: Paster, where: tuple[int, int], text: str, first: tuple[str, ...]
) -> None:
    assert typed_over(paster, where, text, *first) == text


def test_what_is_being_typed_stays_while_the_block_is_read_again(paster: Paster) -> None:
    dialog = paster.pastes(*REFERENCES)
    dialog.table.setCurrentIndex(dialog.model.index(0, 2))
    paster.keyboard.type("Bet")
    dialog.model.setData(dialog.model.index(2, 8), "Staff")
    settle()
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Bet"
    paster.keyboard.type("a")
    paster.keyboard.press("Return")
    assert dialog.model.typed(0, 2) == "Beta"


FOUR = [row("P-1"), row("P-2"), row("P-3"), row("P-4")]


def test_delete_leaves_the_chosen_rows_out(paster: Paster) -> None:
    paster.keeps(*FOUR[:2])
    dialog = paster.pastes(*FOUR)
    assert "Delete leaves the chosen rows out" in dialog.note.text()
    assert at(dialog.table) == (0, 0)
    paster.keyboard.press("Down")
    paster.keyboard.press("Delete")
    assert numbers(dialog) == [2, 4, 5]
    assert (name_of(focused()), at(dialog.table)) == (KEPT, (1, 0))
    assert dialog.keep.text() == "&Add 3 costs"
    assert "1 row was left out." in dialog.note.text()
    paster.keyboard.press("Shift+Down")
    paster.keyboard.press("Delete")
    assert (numbers(dialog), at(dialog.table)) == ([2], (0, 0))
    assert "3 rows were left out." in dialog.note.text()
    paster.keyboard.press("Delete")
    assert (numbers(dialog), dialog.keep.isEnabled()) == ([], False)
    assert dialog.reason.text() == "⚠ There is nothing left to keep."
    paster.keyboard.press("Delete")


def test_the_menu_leaves_the_row_out_that_it_is_asked_on(paster: Paster) -> None:
    dialog = paster.pastes(*FOUR)
    paster.mouse.right_click_cell(dialog.table, 2, 3)
    paster.mouse.menu("Leave out")
    assert numbers(dialog) == [2, 3, 5]
    paster.mouse.cell(dialog.table, 0, 0)
    paster.mouse.cell(dialog.table, 1, 0, keys=Qt.KeyboardModifier.ShiftModifier)
    paster.mouse.right_click_cell(dialog.table, 1, 0)
    paster.mouse.menu("Leave out")
    assert numbers(dialog) == [5]


def test_the_menu_key_leaves_a_row_out_too(paster: Paster) -> None:
    dialog = paster.pastes(*FOUR)
    paster.keyboard.press("Down")
    paster.keyboard.rows_menu("L")
    assert numbers(dialog) == [2, 4, 5]


def test_rows_that_are_there_already_are_left_out_at_once(paster: Paster) -> None:
    dialog = paster.pastes(*FOUR)
    assert not dialog.leave_repeated.isVisible()
    dialog.reject()
    settle()
    paster.keeps(*FOUR[:2])
    dialog = paster.pastes(*FOUR, FOUR[3])
    assert [each.row for each in dialog.pasted.problems] == [2, 3, 6]
    assert not dialog.leave_out.isVisible()
    paster.mouse.button("Leave out the repeated rows")
    assert (numbers(dialog), name_of(focused())) == ([4, 5], KEPT)
    assert not dialog.leave_repeated.isVisible()
    paster.keyboard.press("Alt+A")
    settle()
    kept = paster.window.workspace.select(Cost)[-4:]
    assert [each.invoice_number for each in kept] == ["P-1", "P-2", "P-3", "P-4"]


LATE = [row(f"P-{n}", received=f"{n}/11/2024" if n < 4 else f"{n}/10/2024") for n in range(1, 6)]
"""The first three come after today, which is 21 October; no rule allows that."""
RECEIVED = [(0, 5), (1, 5), (2, 5)]


def test_what_the_rules_refuse_is_said_before_anything_is_added(paster: Paster) -> None:
    dialog = paster.pastes(*LATE)
    assert listed(dialog) == [("2", "Received"), ("3", "Received"), ("4", "Received")]
    assert (marked(dialog), at(dialog.table)) == (RECEIVED, (0, 5))
    assert dialog.reason.text() == "⚠ 3 rows have something to mend: correct them above, or leave them out."
    before = paster.window.workspace.select(Cost)
    paster.keyboard.press("Alt+A")
    assert dialog.reason.text().startswith("⚠ Not kept: Row 2, Received: ")
    assert (marked(dialog), paster.window.workspace.select(Cost)) == (RECEIVED, before)


def test_what_was_refused_stays_marked_until_it_is_mended(paster: Paster) -> None:
    dialog = paster.pastes(*LATE)
    paster.keyboard.press("Alt+A")
    for number in range(2, 5):
        assert at(dialog.table) == (number - 2, 5)
        paster.keyboard.type("nonsense" if number == 3 else "1/10/2024")
        paster.keyboard.press("Return")
        left = [("3", "Received"), ("4", "Received")] if number < 4 else [("3", "Received")]
        assert listed(dialog) == left
        assert marked(dialog) == [(int(each) - 2, 5) for each, _ in left]
        paster.keyboard.press("Down")
    paster.mouse.cell(dialog.problems.table, 0, 4)
    paster.keyboard.type("1/10/2024")
    paster.keyboard.press("Return")
    assert (listed(dialog), marked(dialog), dialog.reason.text()) == ([], [], "")
    paster.keyboard.press("Alt+A")
    settle()
    assert [each.supplier for each in paster.window.workspace.select(Cost)[-5:]] == ["Acme"] * 5


def test_a_long_block_keeps_what_was_refused_marked_until_it_is_mended(paster: Paster) -> None:
    """It is tried only when it is added."""
    dialog = paster.pastes(*LATE[:3], *(row(f"Q-{n}", net=str(n)) for n in range(1, MOST_TRIED)))
    assert listed(dialog) == []
    paster.keyboard.press("Alt+A")
    assert listed(dialog) == [("2", "Received"), ("3", "Received"), ("4", "Received")]
    paster.keyboard.type("1/10/2024")
    paster.keyboard.press("Return")
    assert (listed(dialog), marked(dialog)) == ([("3", "Received"), ("4", "Received")], RECEIVED[1:])
    paster.keyboard.press("Down")
    paster.keyboard.press("Delete")
    assert (listed(dialog), marked(dialog)) == ([("4", "Received")], [(1, 5)])


def test_rows_that_were_refused_are_left_out_by_their_button(paster: Paster) -> None:
    dialog = paster.pastes(*LATE)
    paster.keyboard.press("Alt+A")
    paster.mouse.cell(dialog.table, 1, 1)
    paster.keyboard.press("Delete")
    assert listed(dialog) == [("2", "Received"), ("4", "Received")]
    paster.mouse.button("Leave out the rows with problems")
    assert (listed(dialog), numbers(dialog)) == ([], [5, 6])
