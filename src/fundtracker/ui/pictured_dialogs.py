"""The dialogs that are pictured, each asked for with what the demonstration's programme holds."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fundtracker.application.demo.play_papers import FORMS, LEDGER, MARKED
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.ledger import AgreedFigure
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.tie_out_agreed import agreed_figure
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.places import place_of
from fundtracker.ui.views.list_page import ListPage

if TYPE_CHECKING:
    from fundtracker.application.actions.ledger.looking import LineLooked

Dialogs = Iterator[tuple[str, Callable[[], object]]]
PASTED = (
    "Intervention\tExpense\tCategory\tSupplier\tInvoice no.\tDescription\tReceived\tNet\n"
    "SSF5-VAWG-03\tCapital\tEquipment\tOakhanger Cameras (example)\tOC2701\tCamera, Station Road\t30/09/2024\t£1,240.00\n"
    "SSF5-VAWG-03\tCapital\tEquipment\tOakhanger Cameras (example)\tOC2702\tCamera, High Street\t31/09/2024\t£1,240.00\n"
)
"""A block as a spreadsheet puts it on the clipboard, with a day that September hasn't."""


def dialogs(window: MainWindow, papers: Path) -> Dialogs:
    """By name, how each comes to stand in front of the window. In `papers` are the demonstration's forms and listings."""
    yield from _of_lists(window)
    yield from _of_everywhere(window)
    yield from _of_forms(window, papers / FORMS)
    yield from _of_the_ledger(window, papers / LEDGER)
    yield from _of_returns(window)


def _of_lists(window: MainWindow) -> Dialogs:
    from fundtracker.ui.dialogs.edit_many import edit_many
    from fundtracker.ui.dialogs.paste import paste_into

    workspace = window.workspace
    window.go(place_of(Cost))
    page = window.page
    if not isinstance(page, ListPage):
        return
    ids = tuple(each.id for each in workspace.select(Cost)[:12])
    yield "Edit many", lambda: edit_many(window, workspace, Cost, ids, window.say)
    yield (
        "Paste",
        lambda: paste_into(window, workspace, Cost, columns(Cost), None, {}, PASTED, window.say),
    )
    yield "Columns", page.view.choose_columns
    yield "Print preview", page.commands.show_print


def _of_everywhere(window: MainWindow) -> Dialogs:
    from fundtracker.application.actions.exporting import export_programme
    from fundtracker.application.actions.importing import propose_import
    from fundtracker.ui.crash import handle
    from fundtracker.ui.dialogs.about import show_about
    from fundtracker.ui.dialogs.import_preview import ImportPreview
    from fundtracker.ui.dialogs.settings import SettingsDialog
    from fundtracker.ui.palette import show_palette
    from fundtracker.ui.settings import Settings

    def preview() -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "Programme of the year before.xlsx"
            export_programme(window.workspace, path)
            proposed = propose_import(window.workspace, path)
        return ImportPreview(window, proposed, proposed.problems).exec()

    yield "Jump", lambda: show_palette(window)
    yield "Settings", lambda: SettingsDialog(Settings(), window).exec()
    yield "About", lambda: show_about(window)
    yield "Help", lambda: window.help("home")
    yield "Import preview", preview
    yield "Crash", lambda: handle(ValueError, ValueError("an error made for this picture"), None)


def _of_forms(window: MainWindow, folder: Path) -> Dialogs:
    """Those that came in: one with faults, and one that nobody filled in, of a quarter that was accepted already."""
    from fundtracker.application.actions.partner_forms import look_at_form
    from fundtracker.ui.dialogs.form_preview import FormPreview
    from fundtracker.ui.form_commands import FormCommands

    workspace = window.workspace

    def look(path: Path) -> Callable[[], object]:
        return lambda: FormPreview(window, look_at_form(workspace, path)).exec()

    for path in sorted(folder.glob("*.xlsx")):
        faulty = MARKED in path.name
        if faulty or path == min(folder.glob("*.xlsx")):
            yield f"Take in a form {'with faults' if faulty else 'not filled in'}", look(path)
    awaited = [each for each in workspace.select(PartnerForm) if each.accepted_on is None]
    yield "Chase", lambda: FormCommands(window, workspace, window.say).chase(awaited)


def _of_the_ledger(window: MainWindow, folder: Path) -> Dialogs:
    from fundtracker.application.actions.ledger.choices import choices_for
    from fundtracker.application.actions.ledger.looking import LineLooker, all_in_words, counts_now
    from fundtracker.application.actions.ledger.suggesting import LEAST, suggestions
    from fundtracker.application.actions.ledger.taking import (  # fmt: skip
        layout_for,
        open_listing,
        propose_listing,
    )
    from fundtracker.domain.ledger import LedgerLine
    from fundtracker.ui.dialogs.accept_many import AcceptManyDialog
    from fundtracker.ui.dialogs.cost_of_line import CostDialog
    from fundtracker.ui.dialogs.listing import ListingDialog
    from fundtracker.ui.dialogs.split_line import SplitDialog

    workspace = window.workspace

    def listing(*, changes: bool) -> object:
        found = open_listing(max(folder.glob("*.xlsx")))
        dialog = ListingDialog(window, workspace, found, ())
        if changes:
            dialog.show_changes(propose_listing(workspace, found, layout_for(workspace, found)))
        return dialog.exec()

    def accept() -> object:
        found = suggestions(workspace)
        return AcceptManyDialog(window, found, all_in_words(workspace, found), LEAST).exec()

    def open_line() -> "LineLooked":
        looker = LineLooker(workspace)
        looked = (looker.look(each.id) for each in workspace.select(LedgerLine))
        return next(each for each in looked if each is not None and each.left and not each.line.set_aside)

    def split() -> object:
        looked = open_line()
        return SplitDialog(window, workspace, looked, choices_for(workspace, looked.line)).exec()

    if any(folder.glob("*.xlsx")):
        yield "Listing", lambda: listing(changes=False)
        yield "What a listing changes", lambda: listing(changes=True)
    if counts_now(workspace).open:
        yield "Accept many matches", accept
        yield "Split a line", split
        yield "Cost of a line", lambda: CostDialog(window, workspace, open_line().line).exec()


def _of_returns(window: MainWindow) -> Dialogs:
    """Of the last one that was submitted."""
    from fundtracker.application.actions.pack.writing import write_pack
    from fundtracker.application.actions.tie_out import tie_out_of
    from fundtracker.ui.dialogs.agree_figure import AgreeDialog
    from fundtracker.ui.dialogs.pack import PackDialog
    from fundtracker.ui.dialogs.pack_written import PackWritten
    from fundtracker.ui.dialogs.payment import PaymentDialog

    workspace = window.workspace
    sent = [each for each in workspace.select(FunderReturn) if each.state.frozen]
    if not sent:
        return
    last = sent[-1]

    def agree() -> object:
        tied = tie_out_of(workspace, last.award_id, last.quarter)
        sums = {each: agreed_figure(tied.book, tied.ledger, each, last.quarter) for each in AgreedFigure}
        return AgreeDialog(window, tied.book.award.reference, last.quarter, sums).exec()

    def written() -> object:
        with tempfile.TemporaryDirectory() as folder:
            done = write_pack(workspace, last.reference, Path(folder) / f"Pack {last.reference}.zip")
            return PackWritten(window, done).exec()

    unpaid = replace(last, received_on=None)
    paid = replace(last, received=last.claim, received_on=workspace.today)
    for title, held in (("The funder paid", unpaid), ("Correct the payment", paid)):
        dialog = PaymentDialog(window, held, workspace.today, lambda _sum, _day: None)
        yield title, dialog.exec
    yield "Agree a figure", agree
    yield "Auditor's pack", lambda: PackDialog(window, last, Path("Returns")).exec()
    yield "Auditor's pack written", written
