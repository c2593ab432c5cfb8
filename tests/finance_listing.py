"""A finance system's listing, as one would write the payments of a file's costs and instalments: for tests, and for trying things."""

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment, InstalmentStatus
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation

HEADINGS = ("Trans No", "Posting Date", "Supplier Name", "Invoice No", "Description", "GL Code", "Amount")
Line = tuple[str, date, str, str, str, str, Money]
"""As HEADINGS have it."""


def payments_of(workspace: Workspace, *, seed: int = 1, days: int = 5, shouting: bool = True) -> list[Line]:
    """A line for each own cost that was paid (with its VAT) and each instalment, in the finance system's own ways.

    It posts some days after the payment, writes suppliers in capitals and cuts them at 24 letters.
    """
    source = random.Random(seed)  # noqa: S311 - example data
    found: list[tuple[date, str, str, str, str, Money]] = []
    for cost in workspace.select(Cost):
        if cost.grant_id is None and cost.paid_on is not None and (cost.net or cost.vat):
            posted = cost.paid_on + timedelta(source.randint(0, days))
            supplier = cost.supplier.upper()[:24] if shouting else cost.supplier
            found.append(
                (
                    posted,
                    supplier,
                    cost.invoice_number,
                    cost.description[:40],
                    cost.ledger_code,
                    cost.net + cost.vat,
                )
            )
    for each in workspace.select(Instalment):
        if each.status is InstalmentStatus.PAID and each.paid_on is not None:
            grant = workspace.get(Grant, each.grant_id)
            recipient = workspace.get(Organisation, grant.recipient_id).name
            posted = each.paid_on + timedelta(source.randint(0, days))
            found.append((posted, recipient.upper()[:24], "", f"Grant {grant.reference}", "", each.amount))
    found.sort(key=lambda each: (each[0], each[1], each[5]))
    return [(f"PV{100_000 + n}", *each) for n, each in enumerate(found)]


def write_xlsx(
    path: Path, lines: Sequence[Line], *, headings: Sequence[str] = HEADINGS, total: bool = True
) -> Path:
    """As a report with a title above its headings and a total below its lines."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Transactions")
    sheet.append(["General ledger: transactions"])
    sheet.append([])
    sheet.append(list(headings))
    for *values, amount in lines:
        sheet.append([*values, float(amount.in_pounds)])
    if total:
        whole = sum(each[-1].pence for each in lines)
        sheet.append(["Total", None, None, None, None, None, whole / 100])
    book.save(path)
    return path


def write_csv(
    path: Path,
    lines: Sequence[Line],
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    headings: Sequence[str] = HEADINGS,
) -> Path:
    """As a text file: days as 31/03/2024, amounts as 1,234.56."""
    with path.open("w", encoding=encoding, newline="") as target:
        rows = csv.writer(target, delimiter=delimiter)
        rows.writerow(headings)
        for number, day, *texts, amount in lines:
            values: list[Any] = [number, f"{day:%d/%m/%Y}", *texts, amount.shown]
            rows.writerow(values)
    return path
