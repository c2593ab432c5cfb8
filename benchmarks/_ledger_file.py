"""A file of thousands of costs and grants, and a finance listing of 20,000 lines that pays them, among many it has nothing to do with."""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from _measure import DATA
from _million import START, TODAY, TOWNS, WORDS
from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Bid, BidId, BidStatus, Expense, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.grants import (
    Grant,
    GrantId,
    GrantSource,
    GrantSourceId,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.ledger import LedgerCode, LedgerCodeId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    Office,
    OfficeId,
    Organisation,
    OrganisationId,
    OrganisationKind,
)
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.storage import repository
from fundtracker.storage.database import Database
from fundtracker.storage.journal import Stamp, transaction

FILE, LISTING = DATA / "ledger.fundtracker", DATA / "ledger.xlsx"
LINES, AWARDS, INTERVENTIONS, COSTS, GRANTS, INSTALMENTS = 20_000, 6, 10, 12_000, 60, 8
"""Lines in all; interventions of each award, costs in all, grants in all and instalments of each."""
PAID = COSTS + GRANTS * INSTALMENTS
HEADINGS = (
    "Trans No",
    "Posting Date",
    "Supplier Name",
    "Invoice No",
    "Description",
    "GL Code",
    "Net",
    "VAT",
    "Amount",
    "User",
)


def ledger_files() -> tuple[Path, Path]:
    """The file and the listing; made now if they aren't there."""
    if not LISTING.exists():
        DATA.mkdir(exist_ok=True)
        sys.stderr.write("Making a file of 12,000 costs and a listing of 20,000 lines (once)...\n")
        source = random.Random(4)  # noqa: S311 - example data
        records = list(_records(source))
        FILE.unlink(missing_ok=True)
        database = Database.create(FILE)
        _keep(database, [*_first(), *records])
        database.close()
        making = LISTING.with_suffix(".making")
        _write(making, sorted(_lines(records, source)))
        making.rename(LISTING)
    return FILE, LISTING


def _keep(database: Database, records: list[Record]) -> None:
    stamp = Stamp(actor="Benchmark", at=datetime(2024, 10, 21, tzinfo=UTC), title="A programme")
    with transaction(database, stamp) as tx:
        for kind in dict.fromkeys(type(each) for each in records):
            repository.insert(tx.connection, [each for each in records if type(each) is kind])


def _first() -> Iterator[Record]:
    yield Office(id=OfficeId(1), name="Benchmark office", today=TODAY)
    for n, name in enumerate(("Staff", "Equipment", "Services", "Training"), 1):
        yield CostCategory(id=CostCategoryId(n), name=name)
    yield Fund(
        id=FundId(1), code="SSF", name="Safer Streets Fund", funder="Home Office", source=FundSource.RECEIVED
    )
    yield FundingRound(
        id=FundingRoundId(1),
        fund_id=FundId(1),
        code="SSF5",
        name="Round 5",
        delivery_from=START,
        delivery_to=date(2025, 3, 31),
    )


def _records(source: random.Random) -> Iterator[Record]:
    for n, town in enumerate(TOWNS, 1):
        yield Organisation(
            id=OrganisationId(n),
            name=f"{town} District Council",
            kind=OrganisationKind.COUNCIL,
            aliases=f"{town} DC; {town} CSP",
        )
    for n in range(1, AWARDS + 1):
        yield Bid(
            id=BidId(n),
            round_id=FundingRoundId(1),
            reference=f"B-{n}",
            title=f"Bid {n}",
            theme=Theme.ASB,
            status=BidStatus.SUCCESSFUL,
        )
        yield Award(
            id=AwardId(n), bid_id=BidId(n), reference=f"A-{n}", starts_on=START, ends_on=date(2025, 3, 31)
        )
        yield LedgerCode(id=LedgerCodeId(n), code=f"74{n:02d}", award_id=AwardId(n))
    for n in range(1, AWARDS * INTERVENTIONS + 1):
        award = (n - 1) // INTERVENTIONS + 1
        yield Intervention(
            id=InterventionId(n),
            award_id=AwardId(award),
            reference=f"A-{award}-{n:02d}",
            title=f"{TOWNS[n % 10]} {WORDS[n % 12]}",
            theme=Theme.ASB,
        )
    for n in range(1, COSTS + 1):
        yield _cost(n, source)
    for n in range(1, GRANTS + 1):
        yield from _grant(n, source)


def _cost(n: int, source: random.Random) -> Cost:
    received = START + timedelta(source.randrange((TODAY - START).days - 40))
    net = source.choice((Money(250_00), Money(480_00), Money(source.randint(2_000, 900_000))))
    if n % 9 == 0:  # without an invoice number: told apart by its sum
        net = Money(1_000_00 + n * 7)
    intervention = source.randint(1, AWARDS * INTERVENTIONS)
    return Cost(
        id=CostId(n),
        reference=f"C-{n:05d}",
        intervention_id=InterventionId(intervention),
        supplier=f"{TOWNS[n % 10]} {WORDS[n % 12].capitalize()} Services {n % 90} Ltd",
        invoice_number="" if n % 9 == 0 else f"INV{n:06d}",
        description=f"{WORDS[n % 12]} delivered",
        received_on=received,
        invoiced_on=received + timedelta(5),
        paid_on=received + timedelta(30),
        net=net,
        vat=Money(net.pence // 5),
        vat_recoverable=n % 3 != 0,
        expense=Expense.RESOURCE if n % 4 else Expense.CAPITAL,
        category_id=CostCategoryId(n % 4 + 1),
        ledger_code=f"74{(intervention - 1) // INTERVENTIONS + 1:02d}",
    )


def _grant(n: int, source: random.Random) -> Iterator[Record]:
    whole = Money(source.randint(8_000, 40_000) * 100)
    grant = GrantId(n)
    yield Grant(id=grant, reference=f"G-{n:03d}", title=f"Grant {n}", recipient_id=OrganisationId(n % 10 + 1))
    yield GrantSource(
        id=GrantSourceId(n),
        grant_id=grant,
        intervention_id=InterventionId(n),
        year=FinancialYear(2024),
        amount=whole,
    )
    for k, amount in enumerate(whole.share([1] * INSTALMENTS)):
        number = (n - 1) * INSTALMENTS + k + 1
        day = START + timedelta(40 + 60 * k + n % 7)
        yield Instalment(
            id=InstalmentId(number),
            grant_id=grant,
            reference=f"I-{number:05d}",
            amount=amount,
            due_on=day,
            status=InstalmentStatus.PAID,
            paid_on=day,
        )


Row = tuple[date, str, str, str, str, int, int]
"""Posted, supplier, invoice, description, code, net and VAT in pence."""


def _lines(records: list[Record], source: random.Random) -> Iterator[Row]:
    """A line for each payment, as a finance system writes it, and others up to 20,000."""
    grants = {each.id: each for each in records if isinstance(each, Grant)}
    names = {each.id: each.name for each in records if isinstance(each, Organisation)}
    for each in records:
        if isinstance(each, Cost) and each.paid_on:
            day = each.paid_on + timedelta(source.randint(0, 6))
            yield (
                day,
                each.supplier.upper()[:30],
                each.invoice_number,
                each.description,
                each.ledger_code,
                each.net.pence,
                each.vat.pence,
            )
        elif isinstance(each, Instalment) and each.paid_on:
            grant = grants[each.grant_id]
            yield (
                each.paid_on,
                names[grant.recipient_id].upper(),
                "",
                f"GRANT {grant.reference}",
                "",
                each.amount.pence,
                0,
            )
    for n in range(LINES - PAID):
        day = START + timedelta(source.randrange((TODAY - START).days))
        pence = source.choice((250_00, 480_00, 300_00, source.randint(1_000, 500_000)))
        yield (
            day,
            f"UNRELATED {WORDS[n % 12].upper()} {n % 400}",
            f"ZZ{n:06d}",
            "Another programme",
            "9900",
            pence,
            0,
        )


def _write(path: Path, rows: list[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Transactions")
    sheet.append(HEADINGS)
    for n, (day, *texts, net, vat) in enumerate(rows):
        sheet.append([f"PV{n:07d}", day, *texts, net / 100, vat / 100, (net + vat) / 100, "BACS"])
    book.save(path)
