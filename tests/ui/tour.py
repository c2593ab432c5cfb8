"""A tour of everything the window can show: every place and tab, and every dialog in front of it, for the tests that look at all of them."""

from collections.abc import Callable, Iterator
from datetime import date
from time import sleep
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from fundtracker.application.actions.importing import Proposed
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import AgreedFigure, LedgerLayoutId, LedgerLine, LedgerLineId
from fundtracker.domain.ledger_listing import Listing, ListingRow, ListingSheet
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.ui.bridge import Progress, wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import MAIN_PLACES
from fundtracker.ui.pictured_dialogs import PASTED
from fundtracker.ui.places import OTHER_PLACES, place_of
from fundtracker.ui.views.list_page import ListPage

HAVE_PAGES: tuple[type[Record], ...] = (
    Fund,
    FundingRound,
    Bid,
    Award,
    Intervention,
    Grant,
    PartnerForm,
    FunderReturn,
)
LINE = LedgerLine(
    id=LedgerLineId(1), reference="L-00001", layout_id=LedgerLayoutId(1), transaction_number="PV1", posted_on=date(2024, 9, 25),
    supplier="Illustrative Ltd", amount=Money(1_200),
)  # fmt: skip
"""A line that no file holds."""
PATIENCE = 400
"""Turns of the event loop, of 10 ms at most, that a dialog may take to come."""


def stops(window: MainWindow) -> Iterator[str]:
    """Go to each place, and each tab of each; the pages of the first record of every kind that has one; a list with its filters."""
    for place in dict.fromkeys((*MAIN_PLACES, *OTHER_PLACES)):
        window.go(place)
        yield from _tabs(window, place)
    for kind in HAVE_PAGES:
        found = window.workspace.select(kind)[:1]
        for each in found:
            window.open_record(kind, each.id)
            yield from _tabs(window, f"page of {kind.__name__}")
    window.go(place_of(Cost))
    window.filter()
    wait_for_jobs()
    yield "Costs with filters"
    window.begin_record(Cost, {})
    wait_for_jobs()
    yield "a new cost"


def _tabs(window: MainWindow, place: str) -> Iterator[str]:
    wait_for_jobs()
    tabs = visible_tabs(window)
    if tabs is None:
        yield place
        return
    for number in range(tabs.count()):
        if tabs.isTabEnabled(number):
            tabs.setCurrentIndex(number)
            wait_for_jobs()
            yield f"{place}, {tabs.tabText(number).replace('&', '')}"


def visible_tabs(window: MainWindow) -> QTabWidget | None:
    """The outermost tabs of the place that is shown, if it has some."""
    found = window.page.findChildren(QTabWidget) if window.page is not None else []
    return next((each for each in found if each.isVisible() and each.count() > 1), None)


def dialogs(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What stands in front of the window now and then: how each is asked for."""
    from fundtracker.ui.crash import handle
    from fundtracker.ui.dialogs.about import show_about
    from fundtracker.ui.dialogs.edit_many import edit_many
    from fundtracker.ui.dialogs.import_preview import ImportPreview
    from fundtracker.ui.dialogs.paste import paste_into
    from fundtracker.ui.dialogs.payment import PaymentDialog
    from fundtracker.ui.dialogs.saying import ask, ask_text, say, show_lines
    from fundtracker.ui.dialogs.settings import SettingsDialog
    from fundtracker.ui.dialogs.working import run_with_progress
    from fundtracker.ui.palette import show_palette
    from fundtracker.ui.settings import Settings

    window.go(place_of(Cost))
    wait_for_jobs()
    page: Any = window.page
    assert isinstance(page, ListPage)
    workspace, said = window.workspace, list[str]()
    ids = tuple(each.id for each in workspace.select(Cost)[:3])
    wrong = Problem(kind="Cost", column="net", message="Row 3: the net is missing. Fill it in.")
    proposed = Proposed("costs.xlsx", workspace.select(Cost)[:2], {Cost: 2}, (wrong,), lambda _: "Costs, C3")

    def work(progress: Progress) -> None:
        for _ in range(5_000):
            sleep(0.001)
            progress("Counting", 1, 2)  # raises once it is cancelled

    return {
        "paste": lambda: paste_into(window, workspace, Cost, columns(Cost), None, {}, PASTED, said.append),
        "edit many": lambda: edit_many(window, workspace, Cost, ids, said.append),
        "columns": page.view.choose_columns,
        "settings": lambda: SettingsDialog(Settings(), window).exec(),
        "about": lambda: show_about(window),
        "palette": lambda: show_palette(window),
        "help": lambda: window.help("home"),
        "import preview": lambda: ImportPreview(window, proposed, (wrong,)).exec(),
        "print preview": page.commands.show_print,
        "payment": lambda: PaymentDialog(
            window, workspace.select(FunderReturn)[0], date(2024, 10, 21), lambda _sum, _day: None
        ).exec(),
        "crash": lambda: handle(ValueError, ValueError("made up for a test"), None),
        "progress": lambda: run_with_progress(window, "Counting", work, said.append),
        "say": lambda: say(window, "It is written", "It is in the folder."),
        "ask": lambda: ask(window, "Take it away?", "It can be undone.", "Take away"),
        "every line": lambda: show_lines(window, "What stands in the way", ["One line."] * 9),
        "ask for a text": lambda: ask_text(window, "Name", "The name of the view", "Mine"),
        **_ledger_dialogs(window),
    }


def _ledger_dialogs(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Those of the finance ledger, the tie-out and the auditor's pack."""
    from fundtracker.application.actions.ledger.choices import choices_for
    from fundtracker.application.actions.ledger.looking import LineLooked
    from fundtracker.application.actions.ledger.taking import layout_for, propose_listing
    from fundtracker.application.ledger_scoring import Suggestion
    from fundtracker.ui.dialogs.accept_many import AcceptManyDialog
    from fundtracker.ui.dialogs.agree_figure import AgreeDialog
    from fundtracker.ui.dialogs.cost_of_line import CostDialog
    from fundtracker.ui.dialogs.listing import ListingDialog
    from fundtracker.ui.dialogs.pack import PackDialog
    from fundtracker.ui.dialogs.split_line import SplitDialog

    workspace = window.workspace
    line, cost, sent = LINE, workspace.select(Cost)[0], workspace.select(FunderReturn)[0]
    suggestion = Suggestion(line, cost, None, line.amount, 96, "The invoice no. agrees.")
    looked = LineLooked(line, (), line.amount, ())
    rows = (
        ListingRow(1, ("Date", "Payee", "Amount")),
        ListingRow(2, ("25/01/2024", "Illustrative Ltd", "12.00")),
    )
    found = Listing("payments.csv", (ListingSheet("", rows),))

    def changes() -> object:
        dialog = ListingDialog(window, workspace, found, ())
        dialog.show_changes(propose_listing(workspace, found, layout_for(workspace, found)))
        return dialog.exec()

    choices = choices_for(workspace, line)  # a worker's, in the program
    return {
        "listing": lambda: ListingDialog(window, workspace, found, ()).exec(),
        "what a listing changes": changes,
        "accept many": lambda: AcceptManyDialog(window, [suggestion], ["C-00001"]).exec(),
        "split a line": lambda: SplitDialog(window, workspace, looked, choices).exec(),
        "cost of a line": lambda: CostDialog(window, workspace, line).exec(),
        "agree a figure": lambda: AgreeDialog(
            window, "SSF5-VAWG", sent.quarter, {AgreedFigure.LEDGER: line.amount}
        ).exec(),
        "auditor's pack": lambda: PackDialog(window, sent, window.export_folder()).exec(),
    }


def in_front(ask: Callable[[], object], look: Callable[[QDialog], object]) -> bool:
    """Ask for a dialog, look at it once it is there, and close it and what comes of that; whether one came."""
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    seen: list[bool] = []
    left = PATIENCE
    turns = QTimer(interval=10)

    def turn() -> None:
        nonlocal left
        left -= 1
        found = _dialog(before)
        if found is None:
            return
        turns.stop()  # what is looked at stays meanwhile
        QApplication.processEvents()
        try:
            if not seen:
                seen.append(True)
                look(found)
        finally:
            found.close()
            turns.start()

    turns.timeout.connect(turn)
    turns.start()
    ask()
    while not seen and left > 0:
        QApplication.processEvents()
    wait_for_jobs()
    turns.stop()
    return bool(seen)


def _dialog(before: set[QWidget]) -> QDialog | None:
    new = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each not in before]
    return next((each for each in new if isinstance(each, QDialog)), None)
