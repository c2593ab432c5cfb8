"""The place of the finance ledger: lines by their match, what each may have paid for, and every way to say so, by clicks and by keys."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from application.ledger_office import LedgerOffice, open_office
from filing import store
from fundtracker.application.actions.ledger.choices import choices_for
from fundtracker.application.actions.ledger.looking import LineLooked
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money
from fundtracker.ui.dialogs.accept_many import AcceptManyDialog
from fundtracker.ui.dialogs.cost_of_line import CostDialog
from fundtracker.ui.dialogs.saying import TextQuestion
from fundtracker.ui.dialogs.split_line import SplitDialog
from fundtracker.ui.main_window import MainWindow
from ui.ledger_desk import LONG, button, counts, four_lines, lines, looked_at, matches, show_ledger, suggested
from ui.person import Keyboard, Mouse, front, settle

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
INVOICE = "The invoice no. INV-1 agrees; £120.00 is its sum with VAT; the supplier is the same; posted on the day it was paid."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        yield found


@pytest.fixture
def workspace(office: LedgerOffice) -> Workspace:
    return office.workspace


def test_it_says_what_to_do_first(qtbot: QtBot, window: MainWindow) -> None:
    page = show_ledger(qtbot, window)
    assert (
        page.nothing.text() == "No ledger lines yet.\n"
        "The finance system's own transactions, to be matched with costs and instalments.\n"
        "Import the finance system's listing of transactions (.xlsx or .csv)."
    )
    assert page.panel.note.text().startswith("Import the finance system's listing of transactions:")
    assert counts(page) == ["Unmatched (0)", "Matched (0)", "Set aside (0)", "All (0)"]
    assert not button(page, "accept").isEnabled()


def test_the_lines_stand_by_their_match_with_their_totals(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    four_lines(office)
    page = show_ledger(qtbot, window)
    assert lines(page) == ["L-00001", "L-00002", "L-00003", "L-00004"]
    assert counts(page) == ["Unmatched (4)", "Matched (0)", "Set aside (0)", "All (4)"]
    qtbot.waitUntil(lambda: page.foot.words.text() == "4 ledger lines  ·  Amount £307.00", timeout=LONG)
    assert suggested(page) == [
        ("✓ Sure, 99%", "C-00001 Illustrative Ltd (SSF5-VAWG-01)", "120.00", INVOICE),
    ]
    assert page.panel.title.text() == "L-00001  ·  25 January 2024  ·  ILLUSTRATIVE LTD  ·  INV1  ·  £120.00"


def test_by_keys_the_arrows_look_and_enter_accepts(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    """From line to line; each that is accepted leaves the list, and undo brings it back."""
    four_lines(office)
    page = show_ledger(qtbot, window)
    keyboard = Keyboard()
    page.table.setFocus()
    keyboard.press("Return")
    looked_at(qtbot, page, "L-00002")
    assert matches(office) == [("L-00001", "C-00001", "120.00")]
    assert (
        window.statusBar().currentMessage() == "L-00001 is matched to C-00001, £120.00. Ctrl+Z takes it back."
    )
    assert lines(page) == ["L-00002", "L-00003", "L-00004"]
    keyboard.press("Down")
    looked_at(qtbot, page, "L-00003")
    keyboard.press("Return")
    looked_at(qtbot, page, "L-00004")
    assert matches(office) == [("L-00001", "C-00001", "120.00"), ("L-00003", "I-00001", "60.00")]
    keyboard.press("Return")  # nothing is suggested for it
    assert len(matches(office)) == 2
    assert "Nothing here has this reference or sum." in page.panel.note.text()
    keyboard.press("Ctrl+Z")
    keyboard.press("Ctrl+Z")
    assert matches(office) == []
    qtbot.waitUntil(lambda: counts(page)[0] == "Unmatched (4)", timeout=LONG)
    assert lines(page) == ["L-00001", "L-00002", "L-00003", "L-00004"]


def test_what_is_but_perhaps_right_is_gone_to_and_not_accepted(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    office.line(1, supplier="", invoice_number="", amount=Money.pounds("50"))
    page = show_ledger(qtbot, window)
    keyboard = Keyboard()
    page.table.setFocus()
    assert suggested(page)[0][0] == "? Perhaps, 46%"
    keyboard.press("Return")
    assert matches(office) == []
    assert window.focusWidget() is page.panel.table
    keyboard.press("Return")
    assert matches(office) == [("L-00001", "C-00002", "50.00")]


def test_by_clicks_accept_and_undo_match(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    four_lines(office)
    page = show_ledger(qtbot, window)
    mouse = Mouse()
    mouse.cell(page.table, 1, 0)
    looked_at(qtbot, page, "L-00002")
    mouse.button("Accept")
    assert matches(office) == [("L-00002", "C-00002", "50.00")]
    qtbot.waitUntil(lambda: counts(page)[1] == "Matched (1)", timeout=LONG)
    mouse.tab(page.states, "Matched (1)")
    looked_at(qtbot, page, "L-00002")
    assert lines(page) == ["L-00002"]
    assert [row[:3] for row in suggested(page)] == [
        ("= Matched", "C-00002 Training Trust (SSF5-VAWG-01)", "50.00")
    ]
    assert page.panel.note.text() == "Finance calls it “Training day”. Matched in full."
    mouse.button("Undo match")
    assert matches(office) == []
    qtbot.waitUntil(lambda: lines(page) == [], timeout=LONG)
    assert page.nothing.text() == "No line is matched."


def test_all_above_a_bound_are_read_and_then_accepted_as_one_change(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    four_lines(office)
    show_ledger(qtbot, window)
    mouse = Mouse()
    seen: list[list[str]] = []

    def look() -> None:
        dialog = cast("AcceptManyDialog", front())
        seen.append([row.cells[1] for row in dialog.model.rows])
        dialog.least.setFocus()
        dialog.least.selectAll()
        Keyboard().type("80")
        Keyboard().press("Tab")
        seen.append([row.cells[1] for row in dialog.model.rows])
        mouse.cell(dialog.table, 1, 1)
        mouse.button("Leave out the selected")
        seen.append([row.cells[1] for row in dialog.model.rows])
        assert dialog.title.text() == "2 matches, £170.00"
        mouse.button("Accept 2 matches")

    asked = mouse.answer(look, to=AcceptManyDialog)
    mouse.button("Accept all above 95%...")
    qtbot.waitUntil(lambda: len(matches(office)) == 2, timeout=LONG)
    settle()
    first, second, third = (
        "L-00001 25/01/2024 ILLUSTRATIVE LTD",
        "L-00003 10/02/2024 CDC EXCHEQUER",
        "L-00002 28/01/2024 TRAINING TRUST",
    )
    assert seen == [[first], [first, second, third], [first, third]]
    assert asked.said.startswith("1 match, £120.00")
    assert matches(office) == [("L-00001", "C-00001", "120.00"), ("L-00002", "C-00002", "50.00")]
    assert window.statusBar().currentMessage() == "2 lines are matched. Undo takes all of it back."
    window.undo()
    assert matches(office) == []


def test_a_line_is_split_by_keys(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    """£170.00 paid two invoices; the sum each part can take is offered."""
    office.line(1, invoice_number="", amount=Money.pounds("170"))
    page = show_ledger(qtbot, window)
    keyboard = Keyboard()
    said: list[str] = []

    def part() -> None:
        dialog = cast("SplitDialog", front())
        said.append(dialog.nothing.text())
        keyboard.fill("Cost", "C-00001")
        keyboard.press("Tab")
        said.append(dialog.amount.text())
        keyboard.press("Alt+D")
        said.append(dialog.state.text())
        assert dialog.nothing.text() == ""
        keyboard.fill("Cost", "C-00002")
        keyboard.press("Tab")
        keyboard.press("Alt+D")
        said.append(dialog.state.text())
        keyboard.press("Alt+M")

    keyboard.answer(part, to=SplitDialog)
    page.table.setFocus()
    keyboard.press("Alt+S")
    qtbot.waitUntil(lambda: len(matches(office)) == 2, timeout=LONG)
    assert said == [
        "No part yet. Choose what the line paid, then Add the part.",
        "120.00",
        "£50.00 of £170.00 is still to split; what is left over stays open.",
        "All of £170.00 is split.",
    ]
    assert matches(office) == [("L-00001", "C-00001", "120.00"), ("L-00001", "C-00002", "50.00")]
    assert window.focusWidget() is page.table


def split_dialog(qtbot: QtBot, window: MainWindow, office: LedgerOffice, line: LedgerLine) -> SplitDialog:
    looked = LineLooked(line, (), line.amount, ())
    dialog = SplitDialog(window, office.workspace, looked, choices_for(office.workspace, line))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def offered(editor: QComboBox) -> list[str]:
    editor.showPopup()
    found = [editor.itemText(n) for n in range(editor.count()) if editor.itemText(n)]
    editor.hidePopup()
    return found


def test_what_a_part_may_have_paid_says_whose_when_and_what_is_left(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    """The line's own supplier stands first; a cost that is matched in full isn't offered, one of the parts no more either."""
    line = office.line(1, invoice_number="", supplier="TRAINING TRUST", amount=Money.pounds("170"))
    dialog = split_dialog(qtbot, window, office, line)
    cameras, training = (
        "C-00001 Illustrative Ltd, 15/01/2024, £120.00 left",
        "C-00002 Training Trust, 15/01/2024, £50.00 left",
    )
    assert offered(dialog.cost) == [training, cameras]
    assert offered(dialog.instalment) == ["I-00001 Cotswold District Council, 10/02/2024, £60.00 left"]
    dialog.cost.set_value(office.training.id)
    assert dialog.cost.currentText() == training
    dialog.amount.set_value(Money.pounds("50"))
    dialog.add_part()
    assert offered(dialog.cost) == [cameras]
    dialog.match_button.click()
    again = split_dialog(qtbot, window, office, office.line(2))
    assert offered(again.cost) == [cameras]


@pytest.mark.parametrize("typed", ["training", "C-00002", "£50.00", "50.00", "tt/77", "trust 50"])
def test_a_part_is_found_by_supplier_reference_or_sum(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice, typed: str
) -> None:
    dialog = split_dialog(qtbot, window, office, office.line(1, amount=Money.pounds("500")))
    dialog.cost.setEditText(typed)
    assert dialog.cost.value() == office.training.id


def test_what_has_nothing_left_is_told_so(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    dialog = split_dialog(qtbot, window, office, office.line(1))
    dialog.cost.setEditText("C-00003")  # a partner's
    dialog.add_part()
    assert (
        dialog.message.text()
        == "⚠ “C-00003” is none of the costs with something left to match: choose one from the list."
    )


def test_costs_that_come_to_a_line_only_together_are_suggested(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    """Enter goes to them and once more agrees; one undo takes all of it back, and then they are suggested again."""
    spent = office.programme.spends
    op = office.workspace.get(Intervention, office.cameras.intervention_id)
    more = spent(op, "31", date(2024, 1, 11), invoice_number="INV-2", invoiced_on=date(2024, 1, 20))
    store(office.workspace.database, [more])
    office.line(1, invoice_number="", amount=Money.pounds("151"))
    page = show_ledger(qtbot, window)
    assert suggested(page)[0] == (
        "Adds up",
        f"C-00001 + {more.reference} Illustrative Ltd",
        "151.00",
        "Together they come to exactly this sum: £120.00 + £31.00; the supplier is the same; posted within 5 days of each.",
    )
    assert page.panel.note.text().startswith(
        f"C-00001 + {more.reference} come to exactly this sum: Enter goes"
    )
    keyboard = Keyboard()
    page.table.setFocus()
    for _ in range(2):
        keyboard.press("Return")
        assert matches(office) == []
        assert window.focusWidget() is page.panel.table
        keyboard.press("Return")
        assert matches(office) == [("L-00001", "C-00001", "120.00"), ("L-00001", more.reference, "31.00")]
        assert (
            window.statusBar().currentMessage()
            == f"L-00001 is matched to C-00001 + {more.reference}, £151.00. Ctrl+Z takes it back."
        )
        assert window.focusWidget() is page.table
        window.undo()
        looked_at(qtbot, page, "L-00001")
        qtbot.waitUntil(
            lambda: suggested(page)[:1] != [] and suggested(page)[0][0] == "Adds up", timeout=LONG
        )
        page.table.setFocus()


def test_a_part_that_is_too_much_is_refused_in_place(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    line = office.line(1, amount=Money.pounds("10"))
    page = show_ledger(qtbot, window)
    assert page.panel.looked is not None
    dialog = SplitDialog(window, office.workspace, page.panel.looked, choices_for(office.workspace, line))
    qtbot.addWidget(dialog)
    dialog.cost.set_value(office.cameras.id)
    dialog.amount.set_value(Money.pounds("20"))
    dialog.add_part()
    assert dialog.state.text() == "The parts come to £10.00 more than the £10.00 there is to match."
    dialog.match_button.click()
    assert "more than its £10.00" in dialog.message.text()
    assert office.workspace.select(LedgerMatch, line_id=line.id) == ()


def test_a_cost_is_made_of_a_line(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    """Its code says where it belongs; one click makes the cost, another undo takes both back."""
    line = office.line(
        1, supplier="New Chairs Ltd", invoice_number="NC/1", amount=Money.pounds("77"), code="7401"
    )
    page = show_ledger(qtbot, window)
    mouse = Mouse()
    asked = mouse.answer(lambda: mouse.button("Make the cost"), to=CostDialog)
    mouse.button("Make a cost of it...")
    qtbot.waitUntil(lambda: len(matches(office)) == 1, timeout=LONG)
    settle()
    assert asked.said.startswith(
        "L-00001 25/01/2024 New Chairs Ltd, £77.00. Received, Invoiced and Paid are filled in with the day it was posted"
    )
    (made,) = office.workspace.select(Cost, invoice_number="NC/1")
    told = (made.supplier, made.net, made.received_on, made.intervention_id, made.expense, made.category_id)
    assert told == (
        "New Chairs Ltd", Money.pounds("77"), line.posted_on, office.cameras.intervention_id, office.cameras.expense,
        office.programme.equipment.id,
    )  # fmt: skip
    assert matches(office) == [("L-00001", made.reference, "77.00")]
    assert (
        page.nothing.text()
        == "Every line is matched or set aside. Import the next listing when finance has one."
    )
    window.undo()
    assert matches(office) == []
    assert office.workspace.select(Cost, invoice_number="NC/1") == ()


def test_a_cost_that_lacks_something_says_so(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    line = office.line(1, supplier="New Chairs Ltd", invoice_number="NC/1", code="")
    dialog = CostDialog(window, office.workspace, line)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.make_button.click()
    assert dialog.made is None
    assert dialog.isVisible()
    assert (
        dialog.form.message.text()
        == "Not saved yet. Still to fill in: Intervention, Capital or resource, Cost category."
    )


def test_lines_of_others_are_set_aside_with_the_reason_and_brought_back(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    four_lines(office)
    page = show_ledger(qtbot, window)
    keyboard = Keyboard()
    page.table.setFocus()
    keyboard.press("Down", 3)
    looked_at(qtbot, page, "L-00004")
    keyboard.answer(lambda: keyboard.type("Another programme's"), "Tab", "Return", to=TextQuestion)
    keyboard.press("Alt+N")
    qtbot.waitUntil(lambda: counts(page)[2] == "Set aside (1)", timeout=LONG)
    (aside,) = (each for each in office.workspace.select(LedgerLine) if each.set_aside)
    assert (aside.reference, aside.set_aside) == ("L-00004", "Another programme's")
    assert lines(page) == ["L-00001", "L-00002", "L-00003"]
    mouse = Mouse()
    mouse.tab(page.states, "Set aside (1)")
    looked_at(qtbot, page, "L-00004")
    assert page.panel.note.text() == "Finance calls it “Chairs”. Set aside: Another programme's"
    mouse.button("Bring back")
    qtbot.waitUntil(lambda: counts(page)[2] == "Set aside (0)", timeout=LONG)
    assert not any(each.set_aside for each in office.workspace.select(LedgerLine))


def test_a_line_without_a_reason_stays(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    four_lines(office)
    page = show_ledger(qtbot, window)
    mouse = Mouse()
    told: list[str] = []

    def nothing() -> None:
        assert front().findChildren(QPlainTextEdit)
        refused = mouse.answer(lambda: (told.append(refused.said), mouse.button("OK")))
        mouse.button("OK")

    mouse.answer(nothing, to=TextQuestion)
    mouse.button("Not ours...")
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    settle()
    assert (
        told == ["Write why the lines aren't ours: an auditor will ask."]
        or "Write why the lines aren't ours" in told[0]
    )
    assert not any(each.set_aside for each in office.workspace.select(LedgerLine))
    assert page.panel.looked is not None


def test_a_line_elsewhere_is_found_among_all(qtbot: QtBot, window: MainWindow, office: LedgerOffice) -> None:
    """Whoever comes to a matched line from the tie-out or the palette sees it."""
    four_lines(office)
    page = show_ledger(qtbot, window)
    page.table.setFocus()
    Keyboard().press("Return")
    looked_at(qtbot, page, "L-00002")
    window.open_record(LedgerLine, 1)
    looked_at(qtbot, page, "L-00001")
    assert page.states.currentIndex() == 3
    assert page.table.currentIndex().row() == 0
    assert suggested(page)[0][0] == "= Matched"
    index = page.table.currentIndex()
    assert index.data(Qt.ItemDataRole.DisplayRole) == "L-00001"


def test_what_is_matched_by_others_meanwhile_is_not_proposed_twice(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    """Two lines of one sum: once the cost is paid by the first, the second is told so without everything being read again."""
    office.line(1)
    office.line(2)
    page = show_ledger(qtbot, window)
    page.table.setFocus()
    Keyboard().press("Return")
    looked_at(qtbot, page, "L-00002")
    assert suggested(page) == []
    window.undo()
    looked_at(qtbot, page, "L-00002")
    qtbot.waitUntil(lambda: [row[1][:7] for row in suggested(page)] == ["C-00001"], timeout=LONG)
