"""The tie-out on the award's page and in the return workbench: what agrees, what stands between, figures agreed and broken."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from application.ledger_office import LedgerOffice, open_office, read_anew
from domain.test_tie_out import office as submitted_office
from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.actions.ledger.matching import accept_many
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.records import edit
from fundtracker.application.actions.returns import begin_return
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import AgreedBalance, AgreedFigure
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.database import Database
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.agree_figure import AgreeDialog
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.tie_out_tables import AFTER
from fundtracker.ui.views.ledger_page import LedgerPage
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.return_page import ReturnPage
from fundtracker.ui.views.tie_out_view import TieOutView
from ui.ledger_desk import LONG, four_lines, looked_at
from ui.person import Keyboard, Mouse, front, settle

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
Q4 = Quarter.read("2023/24 Q4")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    """Three of four lines matched; the fourth is posted to a code of the award's intervention."""
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        four_lines(found)
        read_anew(found.workspace, 4, code="7401")
        accept_many(found.workspace, suggestions(found.workspace))
        yield found


@pytest.fixture
def workspace(office: LedgerOffice) -> Workspace:
    return office.workspace


def show_tie_out(qtbot: QtBot, window: MainWindow) -> TieOutView:
    """The tab, by its title, as Home's lines lead there."""
    (award,) = window.workspace.select(Award)
    window.open_part(Award, award.id, "Tie-out")
    settle()
    page: Any = window.page
    view = cast("TieOutView", page.tab("Tie-out"))
    worked_out(qtbot, view)
    return view


def worked_out(qtbot: QtBot, view: TieOutView) -> None:
    qtbot.waitUntil(lambda: view.found is not None, timeout=LONG)
    settle()


def rows(model: Any) -> list[tuple[str, ...]]:
    return [(row.name, *row.cells) if row.name else row.cells for row in model.rows]


def test_the_quarter_reported_stands_first_with_its_lines_payments_and_gaps(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    view = show_tie_out(qtbot, window)
    (award,) = office.workspace.select(Award)
    place = office.workspace.get(Cost, office.cameras.id)
    assert view.quarter == Q4
    assert view.verdict.text() == (
        "✓ Everything ties. Partners' accepted spend £30.00 + own costs £150.00 + adjustments £0.00 = £180.00; "
        "the return, were it made now, claims £180.00. Paid £230.00; the ledger shows £230.00 of it."
    )
    lines = rows(view.lines)
    assert view.line_table.isColumnHidden(AFTER), "nothing changed since: noughts would only take the room"
    assert "later changes taken back" not in view.notes[0].text()
    assert [each[0] for each in lines] == ["SSF5-VAWG-01", "Total", "The claim"]
    assert lines[1][1:] == ("", "", "30.00", "150.00", "0.00", "0.00", "180.00", "180.00", "0.00")
    assert [each[1:] for each in rows(view.payments) if each[0] in {"Total", "Posted"}] == [
        ("", "210.00", "20.00", "230.00", "230.00", "0.00"),
        ("", "", "", "307.00", "307.00", "0.00"),
    ]
    assert rows(view.gaps) == [
        ("", "Reported by a partner but not ours yet: none", "0.00"),
        ("", "Paid in advance but unspent: 1 item", "30.00"),
        (office.grant.reference, f"{office.grant.title}: paid £60.00, spent £30.00", "30.00"),
        ("", "In the ledger but in no return: 1 item", "77.00"),
        ("L-00004", "04/03/2024 SOMEBODY ELSE: matched to nothing, code 7401", "77.00"),
        ("", "Payments that the ledger shows otherwise: none", "0.00"),
    ]
    assert [view.parts.tabText(n) for n in range(4)] == [
        "Return lines",
        "Payments",
        "Gaps (2)",
        "Agreed balances (0)",
    ]
    assert (award.id, place.id) == (view.award_id, office.cameras.id)


def test_words_of_the_payments_are_cut_only_where_there_is_no_room(qtbot: QtBot, window: MainWindow) -> None:
    view = show_tie_out(qtbot, window)
    view.parts.setCurrentIndex(1)
    window.resize(1500, 800)
    settle()
    table, model = view.payment_table, view.payments
    longest = max((row.cells[0] for row in model.rows), key=len)
    assert longest == "Plus: posted to the award's codes, and matched to nothing"
    wide = table.fontMetrics().horizontalAdvance(longest)
    assert table.columnWidth(0) > wide
    window.resize(1024, 768)
    view.setFixedWidth(700)
    settle()
    assert table.columnWidth(0) < wide
    assert table.horizontalHeader().length() <= table.viewport().width()
    view.setFixedWidth(1200)
    settle()
    assert table.columnWidth(0) > wide


def test_the_totals_stay_in_sight_where_the_window_is_low(qtbot: QtBot, window: MainWindow) -> None:
    """They prove the tie: the lines above them scroll."""
    view = show_tie_out(qtbot, window)
    table, model = view.line_table, view.lines
    assert table.foot is not None
    assert table.foot.isHidden()
    model.set_rows([*(replace(model.rows[0]) for _ in range(40)), *model.rows[1:]])
    settle()
    high = table.verticalHeader().defaultSectionSize()
    shown = [model.rows[row].name for row in range(len(model.rows)) if table.foot.shows(row)]
    assert shown == ["Total", "The claim"]
    top = table.foot.mapTo(table, QPoint(0, 0)).y()
    assert table.foot.visualRect(model.index(41, 4)).height() > high // 2
    assert top + table.foot.height() == table.viewport().geometry().bottom() + 1
    table.setCurrentIndex(model.index(39, 0))
    table.scrollTo(model.index(39, 0))
    assert table.visualRect(model.index(39, 0)).bottom() < table.viewport().height() - table.foot.height()


def test_by_clicks_a_row_leads_to_what_is_behind_it(qtbot: QtBot, window: MainWindow) -> None:
    view = show_tie_out(qtbot, window)
    mouse = Mouse()
    mouse.tab(view.parts, "Gaps (2)")
    mouse.cell(view.gap_table, 4, 1)
    mouse.button("Go to it")
    assert window.spots[-1] == ("Finance ledger", 0)
    page = cast("LedgerPage", window.page)
    looked_at(qtbot, page, "L-00004")
    assert page.states.tabText(page.states.currentIndex()) == "Unmatched (1)"


def test_by_keys_a_return_line_leads_to_its_costs(qtbot: QtBot, window: MainWindow) -> None:
    view = show_tie_out(qtbot, window)
    keyboard = Keyboard()
    keyboard.tab_to("Return lines")
    keyboard.press("Return")
    settle()
    page = cast("ListPage", window.page)
    assert page.kind is Cost
    assert [page.model.text(row, 0) for row in range(page.model.rowCount())] == [
        "C-00001",
        "C-00002",
        "C-00003",
    ]
    assert "2023/24 Q4" in page.narrowed.text()
    keyboard.press("Alt+Left")
    assert window.spots[-1][0] is Award
    assert view.isVisible()


def test_a_figure_is_agreed_and_a_later_change_that_breaks_it_is_told(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    view = show_tie_out(qtbot, window)
    keyboard, workspace = Keyboard(), office.workspace
    offered: list[str] = []

    def agree() -> None:
        dialog = cast("AgreeDialog", front())
        offered.extend(dialog.figures.itemText(n) for n in range(dialog.figures.count()))
        keyboard.press("Alt+A")  # nobody is named yet
        offered.append(dialog.message.text())
        keyboard.tab_to("Figure")
        keyboard.type("Ledger")
        keyboard.fill("Agreed by", "Finance business partner")
        keyboard.press("Alt+A")

    keyboard.answer(agree, to=AgreeDialog)
    keyboard.tab_to("Agree a figure")
    keyboard.press("Space")
    qtbot.waitUntil(lambda: bool(workspace.select(AgreedBalance)), timeout=LONG)
    assert offered == [
        "Claimed: £180.00", "The office's own costs: £150.00", "Partners' accepted spend: £30.00", "Paid to partners: £60.00",
        "Ledger lines: £307.00", "⚠ Write who agreed it, by their role.",
    ]  # fmt: skip
    (kept,) = workspace.select(AgreedBalance)
    assert (kept.figure, kept.quarter, kept.amount, kept.agreed_by) == (
        AgreedFigure.LEDGER, Q4, Money.pounds("307.00"), "Finance business partner",
    )  # fmt: skip
    qtbot.waitUntil(lambda: view.parts.tabText(3) == "Agreed balances (1)", timeout=LONG)
    assert rows(view.balances) == [
        ("✓ Holds", "Ledger lines", "2023/24 Q4", "307.00", "307.00", "0.00", "20/04/2024", "Finance business partner", ""),
    ]  # fmt: skip
    read_anew(workspace, 4, amount=Money.pounds("80.00"))
    qtbot.waitUntil(lambda: view.parts.tabText(3) == "Agreed balances (1, 1 broken)", timeout=LONG)
    assert rows(view.balances)[0][0] == "⚠ Broken"
    assert view.notes[3].text() == (
        "Ledger lines to 2023/24 Q4 was agreed at £307.00 on 20/04/2024 by the Finance business partner; it now comes to £310.00, "
        "£3.00 more. Find what changed in the history, or agree it anew."
    )
    assert view.verdict.text().startswith("⚠ Not everything ties: 1 agreed balance broken.")


def test_another_quarter_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    view = show_tie_out(qtbot, window)
    mouse = Mouse()
    mouse.choose(view.quarters, "2023/24 Q3")
    qtbot.waitUntil(
        lambda: view.found is not None and view.found.tied.quarter == Quarter.read("2023/24 Q3"), timeout=LONG
    )
    settle()
    assert rows(view.lines) == []
    assert view.notes[0].text() == "Nothing was spent, claimed or adjusted in the quarter."
    assert not view.go_button.isEnabled()


def after(qtbot: QtBot, window: MainWindow, quarter: str) -> tuple[list[str], bool]:
    """The column of what changed after the return was submitted, as it is in sight, and whether the note speaks of it."""
    view = show_tie_out(qtbot, window)
    wanted = Quarter.read(quarter)
    Mouse().choose(view.quarters, quarter)
    qtbot.waitUntil(lambda: view.found is not None and view.found.tied.quarter == wanted, timeout=LONG)
    settle()
    hidden = view.line_table.isColumnHidden(AFTER)
    shown = [] if hidden else [row.cells[AFTER] for row in view.lines.rows]
    return shown, "later changes taken back" in view.notes[0].text()


def test_what_changed_after_a_return_was_submitted_is_shown_where_something_did(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """Its third quarter is submitted, and one of its costs was corrected from £1,000 to £990."""
    built, _ = submitted_office()
    database = Database(empty_file(tmp_path / "office.fundtracker"))
    store(database, built.records)
    with Workspace(database, actor=ACTOR, clock=clock_at(built.today)) as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        assert after(qtbot, window, "2023/24 Q3") == (["10.00", "10.00", ""], True)
        assert after(qtbot, window, "2023/24 Q4") == ([], False)
        cost = workspace.get(Cost, 1)
        edit(workspace, cost, net=Money.pounds("1000"), adjustment_reason="The first invoice was right")
        settle()
        assert after(qtbot, window, "2023/24 Q3") == ([], False)
        wait_for_jobs()


def test_it_is_exported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.xlsx"

    offered: list[str] = []

    def choose(_parent: object, _title: str, begins: str, _kinds: str) -> tuple[str, str]:
        offered.append(begins)
        return str(path.with_suffix("")), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.export_folder = lambda: tmp_path
    show_tie_out(qtbot, window)
    mouse = Mouse()
    said = mouse.answer(lambda: mouse.button("OK"))
    mouse.button("Export...")
    qtbot.waitUntil(lambda: bool(said.said), timeout=LONG)
    settle()
    assert said.said.startswith(f"It is in {tmp_path}.")
    assert [Path(each).parent for each in offered] == [tmp_path]
    assert load_workbook(path).sheetnames == ["Tie-out", "Behind it"]
    assert window.statusBar().currentMessage() == f"Wrote out.xlsx in {tmp_path}."


def test_the_return_workbench_has_it_for_its_own_quarter(
    qtbot: QtBot, window: MainWindow, office: LedgerOffice
) -> None:
    (award,) = office.workspace.select(Award)
    draft = begin_return(office.workspace, award.id)
    window.open_record(FunderReturn, draft.id)
    settle()
    page = cast("ReturnPage", window.page)
    Mouse().tab(page.tabs.tabBar(), "Tie-out")
    worked_out(qtbot, page.tie_out)
    assert page.tie_out.quarter == draft.quarter
    assert not page.tie_out.quarters.isVisible()
    assert "(draft) claims" in page.tie_out.verdict.text()
