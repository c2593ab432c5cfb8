"""The office of the ledger's tests in a window, with the finance ledger in front."""

from datetime import date
from pathlib import Path
from typing import Any, cast

from pytestqt.qtbot import QtBot

from application.ledger_office import LedgerOffice
from finance_listing import Line, write_csv
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import LEDGER
from fundtracker.ui.views.ledger_page import LedgerPage
from ui.person import settle

LONG = 30_000
LISTED: tuple[Line, ...] = (
    ("PV1", date(2024, 1, 25), "ILLUSTRATIVE LTD", "INV1", "Cameras", "7401", Money.pounds("120.00")),
    ("PV2", date(2024, 1, 28), "TRAINING TRUST", "", "Training day", "7401", Money.pounds("50.00")),
    ("PV3", date(2024, 2, 10), "CDC EXCHEQUER", "", "Grant", "", Money.pounds("60.00")),
    ("PV4", date(2024, 3, 4), "SOMEBODY ELSE", "XX1", "Chairs", "9999", Money.pounds("77.00")),
)
"""Three lines that pay for the office's costs and instalment, and one that pays for nothing here."""


def four_lines(office: LedgerOffice) -> None:
    """LISTED, as it would be held."""
    for number, (transaction, day, supplier, invoice, description, code, amount) in enumerate(LISTED, 1):
        office.line(
            number, transaction_number=transaction, posted_on=day, supplier=supplier, invoice_number=invoice,
            description=description, code=code, amount=amount,
        )  # fmt: skip


def listing(path: Path, *more: Line) -> Path:
    return write_csv(path, [*LISTED, *more])


def show_ledger(qtbot: QtBot, window: MainWindow) -> LedgerPage:
    window.go(LEDGER)
    settle()
    page = cast("LedgerPage", window.page)
    if page.model.rowCount():
        looked_at(qtbot, page)
    return page


def looked_at(qtbot: QtBot, page: LedgerPage, reference: str = "") -> None:
    """Wait until the chosen line's suggestions are in sight."""

    def seen() -> bool:
        looked = page.panel.looked
        return looked is not None and reference in {"", looked.line.reference}

    qtbot.waitUntil(seen, timeout=LONG)
    settle()


def lines(page: LedgerPage) -> list[str]:
    """The references shown."""
    return [page.model.text(row, 0) for row in range(page.model.rowCount())]


def suggested(page: LedgerPage) -> list[tuple[str, ...]]:
    return [row.cells for row in page.panel.model.rows]


def counts(page: LedgerPage) -> list[str]:
    return [page.states.tabText(place) for place in range(page.states.count())]


def matches(office: LedgerOffice) -> list[tuple[str, str, str]]:
    """Line, what it paid for, and the sum, in the order they were made."""
    workspace = office.workspace
    references: dict[tuple[str, int | None], str] = {
        **{("cost", each.id): each.reference for each in workspace.select(type(office.cameras))},
        **{("instalment", each.id): each.reference for each in workspace.select(type(office.instalment))},
    }
    return [
        (
            workspace.get(LedgerLine, each.line_id).reference,
            references.get(("cost", each.cost_id)) or references["instalment", each.instalment_id],
            each.amount.plain,
        )
        for each in workspace.select(LedgerMatch)
    ]


def button(page: Any, name: str) -> Any:
    return getattr(page.panel, f"{name}_button")
