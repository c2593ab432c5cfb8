"""The profile and forecast grids, typed by keys: one entry for each commit, locked cells that say why, nothing typed ever lost."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from fundtracker.application.actions.records import add, edit, new_record
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.changes import added, edited
from fundtracker.domain.cubes import Cell, Line
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnState
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models import plan_table
from fundtracker.ui.models.plan_table import DIFFERENCE, TOTAL
from fundtracker.ui.views.grids_plan import PlanTab
from fundtracker.ui.views.record_page import RecordPage
from ui.driving import click, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Q1, Q2, Q3, Q4 = (Quarter.read(f"2024/25 Q{n}") for n in (1, 2, 3, 4))


def opened(window: MainWindow, tab: str, kind: Any = Award, record_id: int = 1) -> PlanTab:
    window.open_record(kind, record_id)
    wait_for_jobs()
    shown = cast("PlanTab", cast("RecordPage", window.page).tab(tab))
    wait_for_jobs()
    shown.table.setFocus()
    return shown


def at(tab: PlanTab, row: int, column: int) -> None:
    """Click a cell, as a mouse does."""
    index = tab.model.index(row, column)
    tab.table.scrollTo(index)
    click(tab.table.viewport(), tab.table.visualRect(index).center())


def here(tab: PlanTab) -> tuple[int, int]:
    index = tab.table.currentIndex()
    return index.row(), index.column()


def type_in(tab: PlanTab, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type over the current cell and leave it with a key."""
    type_text(tab.table, text[0])
    editor = tab.table.viewport().findChildren(QLineEdit)[-1]
    type_text(editor, text[1:])
    press(editor, key)
    settle()


def settle() -> None:
    """An editor hands over what was typed after its key, not in it."""
    QApplication.processEvents()
    wait_for_jobs()


def texts(tab: PlanTab) -> list[tuple[str, ...]]:
    """Every row as it stands: its name, then its cells."""
    model = tab.model
    return [
        (row.name, *(str(model.index(n, column).data()) for column in range(len(model.headings))))
        for n, row in enumerate(model.rows)
    ]


def planned(window: MainWindow, kind: Any = ProfileLine) -> dict[tuple[int, Quarter], Money]:
    return {(each.intervention_id, each.quarter): each.amount for each in window.workspace.select(kind)}


def paste(tab: PlanTab, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(tab.table, Qt.Key.Key_V, CTRL)
    wait_for_jobs()


CAMERAS, TRAINING = "SSF5-VAWG-01 · Capital · Equipment", "SSF5-VAWG-02 · Resource · Staff"


def test_the_profile_stands_by_line_and_quarter_with_its_totals(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    assert [each.label for each in tab.model.headings] == ["Q1", "Q2", "Q3", "Q4", "Total", "Awarded", "Difference"]  # fmt: skip
    assert texts(tab) == [
        (CAMERAS, "", "10,000.00", "10,000.00", "", "20,000.00", "", ""),
        (TRAINING, "", "5,000.00", "", "", "5,000.00", "", ""),
        ("All capital", "0.00", "10,000.00", "10,000.00", "0.00", "20,000.00", "30,000.00", "-10,000.00"),
        ("All resource", "0.00", "5,000.00", "0.00", "0.00", "5,000.00", "20,000.00", "-15,000.00"),
        ("All", "0.00", "15,000.00", "10,000.00", "0.00", "25,000.00", "50,000.00", "-25,000.00"),
    ]


def test_enter_goes_down_and_tab_to_the_right_and_back_to_where_tab_began(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    type_in(tab, "11k")
    assert here(tab) == (1, 2)
    type_in(tab, "400", Qt.Key.Key_Tab)
    assert here(tab) == (1, 3)
    type_in(tab, "600.50", Qt.Key.Key_Backtab)
    assert here(tab) == (1, 2)
    at(tab, 0, 2)
    type_in(tab, "12000", Qt.Key.Key_Tab)
    type_in(tab, "8000")
    assert here(tab) == (1, 2)
    assert texts(tab)[:2] == [
        (CAMERAS, "", "10,000.00", "12,000.00", "8,000.00", "30,000.00", "", ""),
        (TRAINING, "", "5,000.00", "400.00", "600.50", "6,000.50", "", ""),
    ]
    assert planned(window) == {
        (1, Q2): Money.pounds(10_000),
        (1, Q3): Money.pounds(12_000),
        (1, Q4): Money.pounds(8_000),
        (2, Q2): Money.pounds(5_000),
        (2, Q3): Money.pounds(400),
        (2, Q4): Money(60_050),
    }
    assert window.workspace.undo_title == "Profile of SSF5-VAWG-01 for 2024/25 Q4"


def test_f2_edits_what_stands_and_esc_leaves_it(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    press(tab.table, Qt.Key.Key_F2)
    editor = tab.table.viewport().findChildren(QLineEdit)[-1]
    assert (editor.text(), editor.accessibleName()) == ("10,000.00", f"{CAMERAS}, Q3")
    type_text(editor, "9")
    press(editor, Qt.Key.Key_Escape)
    settle()
    assert (texts(tab)[0][3], here(tab)) == ("10,000.00", (0, 2))
    assert tab.table.hasFocus()


@pytest.mark.parametrize("many", [24, 3])
def test_a_block_from_excel_is_one_change_and_one_undo(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Small blocks at once, large ones off the window's thread: to whoever pastes they are the same."""
    monkeypatch.setattr(plan_table, "MANY", many)
    tab = opened(window, "Profile")
    before, head = texts(tab), window.workspace.undo_title
    at(tab, 0, 2)
    paste(tab, "£1,000.00\t(250.00)\r\n2.5k\t0\r\n")
    assert texts(tab)[:2] == [
        (CAMERAS, "", "10,000.00", "1,000.00", "-250.00", "10,750.00", "", ""),
        (TRAINING, "", "5,000.00", "2,500.00", "0.00", "7,500.00", "", ""),
    ]
    assert window.workspace.undo_title == "Profile of SSF5-VAWG for 2024/25: 4 cells"
    window.undo()
    wait_for_jobs()
    assert (texts(tab), window.workspace.undo_title) == (before, head)


def test_a_refused_block_is_kept_as_typed_wherever_it_is_written(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_table, "MANY", 1)
    tab = opened(window, "Profile")
    plan = tab.model.plan
    line = window.workspace.select(ProfileLine, intervention_id=1)[1]
    edit(window.workspace, line, amount=Money.pounds(1))
    wait_for_jobs()
    assert plan is not None
    tab.model.plan = plan  # as it was read before somebody else changed it
    at(tab, 0, 2)
    paste(tab, "5\t6")
    assert texts(tab)[0][3:5] == ("⚠ 5", "⚠ 6")
    assert "Not kept." in tab.trouble.text()
    assert "amount is now “1.00”, yours is “5.00”" in tab.trouble.text()


def test_a_block_goes_to_excel_and_one_value_fills_what_is_chosen(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(tab.table, key, SHIFT)
    press(tab.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "10,000.00\t10,000.00\n5,000.00\t"
    paste(tab, "7")
    assert [row[2:4] for row in texts(tab)[:2]] == [("7.00", "7.00"), ("7.00", "7.00")]
    press(tab.table, Qt.Key.Key_Delete)
    wait_for_jobs()
    assert planned(window) == {}


def test_a_block_copied_with_headings_names_its_rows_and_one_without_goes_back_in(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 0)
    press(tab.table, Qt.Key.Key_Right, SHIFT)
    press(tab.table, Qt.Key.Key_C, CTRL | SHIFT)
    row, (first, second, *_) = tab.model.rows[0], tab.model.headings
    assert QGuiApplication.clipboard().text().split("\n") == [
        f"\t{first.words}\t{second.words}",
        "\t".join((row.name.replace("\n", " "), *row.cells[:2])),
    ]
    press(tab.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "\t".join(row.cells[:2])


@pytest.mark.parametrize(
    ("key", "expected"), [(Qt.Key.Key_D, [("10,000.00", ""), ("10,000.00", "")]), (Qt.Key.Key_R, [("10,000.00", "10,000.00"), ("", "")])]
)  # fmt: skip
def test_ctrl_d_fills_down_and_ctrl_r_to_the_right(
    window: MainWindow, key: Qt.Key, expected: list[tuple[str, str]]
) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    press(tab.table, Qt.Key.Key_Down if key is Qt.Key.Key_D else Qt.Key.Key_Right, SHIFT)
    press(tab.table, key, CTRL)
    wait_for_jobs()
    assert [row[3:5] for row in texts(tab)[:2]] == expected


def test_what_cannot_be_read_stays_and_says_why_until_it_is_mended(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    type_in(tab, "12x")
    said = "SSF5-VAWG-01, capital, Equipment, 2024/25 Q3: “12x” is not an amount: type an amount such as 1,234.56 or 2.5k."
    assert (texts(tab)[0][3], tab.trouble.text(), tab.trouble.isVisible()) == ("⚠ 12x", f"⚠ {said}", True)
    assert (cast("RecordPage", window.page).unkept(), planned(window)[1, Q3]) == (said, Money.pounds(10_000))
    edit(window.workspace, window.workspace.get(Intervention, 2), title="Training days")
    wait_for_jobs()
    assert texts(tab)[0][3] == "⚠ 12x"  # the page was read anew, what was typed still stands
    at(tab, 0, 2)
    press(tab.table, Qt.Key.Key_F2)
    editor = tab.table.viewport().findChildren(QLineEdit)[-1]
    assert editor.text() == "12x"
    editor.selectAll()
    type_text(editor, "12")
    press(editor, Qt.Key.Key_Return)
    settle()
    assert (texts(tab)[0][3], tab.trouble.isVisible()) == ("12.00", False)


def test_a_block_with_a_wrong_value_keeps_the_rest_and_names_the_wrong_one(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, 2)
    paste(tab, "100\tabc\n200\t300")
    assert [row[3:5] for row in texts(tab)[:2]] == [("100.00", "⚠ abc"), ("200.00", "300.00")]
    assert "2024/25 Q4: “abc” is not an amount" in tab.trouble.text()
    at(tab, 0, 3)
    press(tab.table, Qt.Key.Key_Escape)
    assert (texts(tab)[0][4], tab.trouble.isVisible()) == ("", False)


def submitted(window: MainWindow) -> FunderReturn:
    """The draft of Q2 as it would stand once sent: only its state matters here."""
    workspace = window.workspace
    draft = workspace.select(FunderReturn)[0]
    workspace.do("Send", edited(draft, replace(draft, state=ReturnState.SUBMITTED, submitted_on=date(2024, 10, 20))), freezing=True)  # fmt: skip
    return workspace.get(FunderReturn, draft.id)


def test_what_a_submitted_return_rests_on_is_locked_looks_so_and_says_why(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    assert not italics(tab, 0)
    assert tab.spread_button.isEnabled()
    assert tab.spread_button.toolTip() == "Share what stands in the chosen rows evenly over their quarters left, to the penny"  # fmt: skip
    sent = submitted(window)
    wait_for_jobs()
    why = f"{sent.reference} is submitted and rests on this profile. To plan anew, make a variation that re-profiles."
    assert tab.note.text() == f"The current profile in pounds: as first agreed, with re-profiles in force. All of it is locked: {why}"  # fmt: skip
    for button in (tab.spread_button, tab.line_button):
        assert (button.isEnabled(), button.toolTip(), button.accessibleDescription()) == (False, why, why)
    at(tab, 0, 1)
    assert not tab.model.index(0, 1).flags() & Qt.ItemFlag.ItemIsEditable
    assert tab.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == f"Locked: {why}"
    assert italics(tab, 0) == [0, 1, 2, 3]
    type_text(tab.table, "5")
    assert not tab.table.viewport().findChildren(QLineEdit)
    assert (here(tab), tab.trouble.text()) == ((0, 1), f"⚠ This cell is locked. {why}")
    paste(tab, "10,000.00\t2\t3")
    assert (texts(tab)[0][2:5], len(planned(window))) == (("10,000.00", "10,000.00", ""), 3)
    assert tab.trouble.text() == f"⚠ 2 cells are locked and stay as they were. {why}"


def test_in_a_block_the_locked_cells_stay_and_the_others_are_written(window: MainWindow) -> None:
    tab = opened(window, "Forecast")
    assert italics(tab, 0) == [0, 1]
    at(tab, 0, 1)
    paste(tab, "1\t2\t3")
    assert texts(tab)[0][2:5] == ("10,000.00", "2.00", "3.00")
    assert tab.trouble.text().startswith("⚠ 1 cell is locked and stays as it was. 2024/25 Q2 is not after")
    assert window.workspace.undo_title == "Forecast of SSF5-VAWG for 2024/25: 2 cells"


def italics(tab: PlanTab, row: int) -> list[int]:
    """The quarters of a row that look locked."""
    fonts = (cast("QFont", tab.model.index(row, c).data(Qt.ItemDataRole.FontRole)) for c in range(4))
    return [place for place, font in enumerate(fonts) if font.italic()]


def test_what_an_approved_variation_planned_anew_is_locked(window: MainWindow) -> None:
    workspace = window.workspace
    variation = add(workspace, Variation, {"reference": "V-1", "award_id": 1, "number": 1, "reason": "Later", "approved_by": "Commissioner", "approved_on": date(2024, 10, 1), "effective_on": date(2024, 10, 1)})  # fmt: skip
    moved = {
        "kind": ChangeKind.RE_PROFILE,
        "intervention_id": 1,
        "expense": Expense.CAPITAL,
        "category_id": 2,
    }
    add(workspace, VariationChange, {"variation_id": variation.id, **moved, "quarter": Q3, "old_amount": Money.pounds(10_000), "new_amount": Money.pounds(4_000)})  # fmt: skip
    tab = opened(window, "Profile")
    assert texts(tab)[0] == (CAMERAS, "", "10,000.00", "4,000.00", "", "14,000.00", "", "")
    at(tab, 0, 2)
    press(tab.table, Qt.Key.Key_F2)
    assert tab.trouble.text() == (
        "⚠ This cell is locked. V-1 is approved and has re-profiled this. Plan it anew by a further variation."
    )


def test_the_forecast_shows_what_was_spent_then_what_is_expected(window: MainWindow) -> None:
    tab = opened(window, "Forecast")
    assert texts(tab)[:2] == [
        (CAMERAS, "", "10,000.00", "10,000.00", "", "20,000.00", "20,000.00", "0.00"),
        (TRAINING, "", "3,000.00", "0.00", "", "3,000.00", "5,000.00", "-2,000.00"),
    ]
    assert "after it the forecast in SSF5-VAWG 2024-25-Q2" in tab.note.text()
    at(tab, 1, 3)
    type_in(tab, "750")
    assert texts(tab)[1] == (TRAINING, "", "3,000.00", "0.00", "750.00", "3,750.00", "5,000.00", "-1,250.00")
    assert planned(window, Forecast)[2, Q4] == Money.pounds(750)
    at(tab, 1, 1)
    type_text(tab.table, "1")
    assert "what was spent stands here. Costs change it." in tab.trouble.text()


def test_the_rest_of_the_profile_then_spread_evenly_loses_no_penny(window: MainWindow) -> None:
    tab = opened(window, "Forecast")
    at(tab, 1, 2)
    click(tab.rest_button)
    wait_for_jobs()
    assert texts(tab)[1][3:8] == ("1,000.00", "1,000.00", "5,000.00", "5,000.00", "0.00")
    at(tab, 1, 2)
    type_in(tab, "1000.01")
    at(tab, 1, 2)
    click(tab.spread_button)
    wait_for_jobs()
    assert texts(tab)[1][3:6] == ("1,000.01", "1,000.00", "5,000.01")
    assert window.workspace.undo_title == "Forecast of SSF5-VAWG-02 for 2024/25 Q3"  # it stood so already
    at(tab, 1, 3)
    type_in(tab, "2000.02")
    at(tab, 1, 2)
    click(tab.spread_button)
    wait_for_jobs()
    assert texts(tab)[1][3:5] == ("1,500.02", "1,500.01")
    assert window.workspace.undo_title == "Forecast of SSF5-VAWG: spread evenly"


def test_the_profile_of_one_intervention_has_no_award_to_be_held_against(window: MainWindow) -> None:
    tab = opened(window, "Profile", Intervention, 2)
    assert [each.label for each in tab.model.headings] == ["Q1", "Q2", "Q3", "Q4", "Total"]
    assert texts(tab)[-1] == ("All", "0.00", "5,000.00", "0.00", "0.00", "5,000.00")  # fmt: skip
    tab = opened(window, "Forecast", Intervention, 2)
    assert [each.label for each in tab.model.headings] == ["Q1", "Q2", "Q3", "Q4", "Outturn", "Profile", "Difference"]  # fmt: skip


def test_a_new_line_is_begun_and_typed_into(window: MainWindow) -> None:
    tab = opened(window, "Profile", Intervention, 2)
    assert [row[0] for row in texts(tab)] == ["Resource · Staff", "All capital", "All resource", "All"]
    press(tab.line_button, Qt.Key.Key_Space)
    tab.expense.setCurrentIndex(tab.expense.findText("Capital"))
    tab.category.setCurrentIndex(tab.category.findText("Equipment"))
    press(tab.begin_button, Qt.Key.Key_Space)
    assert (here(tab), tab.table.hasFocus()) == ((0, 0), True)
    press(tab.table, Qt.Key.Key_Right)
    type_in(tab, "99.99")
    assert texts(tab)[0] == ("Capital · Equipment", "", "99.99", "", "", "99.99")
    assert tab.model.plan is not None
    assert tab.model.plan.amount(Cell(*Line(2, Expense.CAPITAL, 2), Q2)) == Money(9_999)


def test_without_an_open_return_nothing_is_forecast(window: MainWindow) -> None:
    submitted(window)
    tab = opened(window, "Forecast")
    at(tab, 0, 2)
    type_text(tab.table, "1")
    assert tab.trouble.text() == (
        "⚠ This cell is locked. No return is open, and forecasts are made in one: begin the next return first."
    )
    why = "No return is open, and forecasts are made in one: begin the next return first."
    assert tab.note.text() == f"Spent and forecast, in pounds, all of it locked. {why}"
    assert [(each.isEnabled(), each.toolTip()) for each in (tab.spread_button, tab.rest_button, tab.line_button)] == [(False, why)] * 3  # fmt: skip


def test_tab_leaves_the_grid_at_a_rows_end(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, DIFFERENCE - 1)
    press(tab.table, Qt.Key.Key_Tab)
    assert (here(tab), tab.table.hasFocus()) == ((0, DIFFERENCE), True)
    press(tab.table, Qt.Key.Key_Tab)
    assert not tab.table.hasFocus()


def test_a_sum_is_not_typed_into(window: MainWindow) -> None:
    tab = opened(window, "Profile")
    at(tab, 0, TOTAL)
    place = tab.table.visualRect(tab.model.index(0, TOTAL)).center()
    QTest.mouseDClick(tab.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(place))  # fmt: skip
    assert (
        tab.trouble.text() == "⚠ This cell is locked. This is worked out from the quarters: type into those."
    )


def test_the_last_forecast_of_a_quarter_is_carried_whole(window: MainWindow) -> None:
    """A new return's first forecast of a quarter must not drop what the last return forecast there under other categories."""
    workspace = window.workspace
    add(workspace, Forecast, {"return_id": 1, "intervention_id": 1, "quarter": Q4, "expense": Expense.CAPITAL, "category_id": 1, "amount": Money.pounds(40)})  # fmt: skip
    submitted(window)
    draft = new_record(
        workspace, FunderReturn, {"award_id": 1, "quarter": Q3, "reference": "SSF5-VAWG 2024-25-Q3"}
    )
    workspace.do("Begin", added(draft))
    tab = opened(window, "Forecast")
    row = [each[0] for each in texts(tab)].index(CAMERAS)
    at(tab, row, 3)
    type_in(tab, "60")
    made = {(each.category_id, each.quarter): each.amount for each in workspace.select(Forecast, return_id=draft.id)}  # fmt: skip
    assert made == {(1, Q4): Money.pounds(40), (2, Q4): Money.pounds(60)}
    assert texts(tab)[-3][4] == "100.00"
