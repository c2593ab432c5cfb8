"""An office with a few costs, a grant and its instalments, kept in a file: what tests of the ledger begin with."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from filing import ACTOR, clock_at, empty_file, store
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import edited
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment, InstalmentId, InstalmentStatus
from fundtracker.domain.ledger import (
    LedgerCode,
    LedgerCodeId,
    LedgerLayout,
    LedgerLayoutId,
    LedgerLine,
    LedgerLineId,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation
from fundtracker.storage.database import Database
from programme import Programme

LAYOUT = LedgerLayout(
    id=LedgerLayoutId(1), name="Payments", transaction_heading="Trans No", date_heading="Posting Date", supplier_heading="Supplier Name",
    invoice_heading="Invoice No", description_heading="Description", code_heading="GL Code", amount_heading="Amount",
)  # fmt: skip


@dataclass
class LedgerOffice:
    """The file, and the records that it began with."""

    workspace: Workspace
    programme: Programme
    cameras: Cost
    """£100.00 and £20.00 VAT, which is recoverable: invoice INV-1 of Illustrative Ltd."""
    training: Cost
    """£50.00 without VAT."""
    partners: Cost
    """Spent by the partner out of the grant, and accepted: £30.00."""
    grant: Grant
    instalment: Instalment
    """£60.00, paid on 10 February 2024."""

    def line(self, number: int = 1, **values: Any) -> LedgerLine:
        """Keep a line; £120.00 to Illustrative Ltd for INV-1 unless said otherwise."""
        usual: dict[str, Any] = {
            "reference": f"L-{number:05d}",
            "layout_id": LAYOUT.id,
            "transaction_number": f"PV{number}",
            "posted_on": date(2024, 1, 25),
            "supplier": "ILLUSTRATIVE LTD",
            "invoice_number": "INV1",
            "amount": Money.pounds("120.00"),
        }
        line = LedgerLine(id=LedgerLineId(number), **(usual | values))
        store(self.workspace.database, [line])
        return line


def open_office(path: Path) -> LedgerOffice:
    built = Programme(today=date(2024, 4, 20))
    built.promises("5000", "2023/24")
    op = built.intervenes()
    days = {"invoiced_on": date(2024, 1, 15), "paid_on": date(2024, 1, 25)}
    cameras = built.spends(
        op, "100", date(2024, 1, 10), vat=Money.pounds("20"), invoice_number="INV-1", **days
    )
    training = built.spends(
        op, "50", date(2024, 1, 10), supplier="Training Trust", invoice_number="TT/77", **days
    )
    grant = built.grants(op, "500", "2023/24")
    partners = built.spends(
        op, "30", date(2024, 2, 20), grant_id=grant.id, accepted_on=date(2024, 3, 20), invoice_number="P-9"
    )
    instalment = Instalment(
        id=InstalmentId(1), grant_id=grant.id, reference="I-00001", amount=Money.pounds("60"), due_on=date(2024, 2, 1),
        status=InstalmentStatus.PAID, paid_on=date(2024, 2, 10),
    )  # fmt: skip
    council = built.rows[Organisation][1]
    built.changes(council, aliases="Cotswold DC; CDC Exchequer")
    extra: list[Record] = [
        instalment,
        LAYOUT,
        LedgerCode(
            id=LedgerCodeId(1),
            code="7401",
            intervention_id=op.id,
            expense=cameras.expense,
            category_id=built.equipment.id,
        ),
    ]
    database = Database(empty_file(path))
    store(database, [*built.records, *extra])
    workspace = Workspace(database, actor=ACTOR, clock=clock_at(built.today))
    return LedgerOffice(workspace, built, cameras, training, partners, grant, instalment)


def read_anew(workspace: Workspace, line_id: int, **values: Any) -> None:
    """A line as a later listing has it: nobody types one."""
    line = workspace.get(LedgerLine, line_id)
    workspace.do("Read the listing again", edited(line, replace(line, **values)))
