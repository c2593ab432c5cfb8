"""The finance system's ledger beside the office's costs: its lines, what they pay for, and balances agreed for a date."""

from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.grants import Instalment, InstalmentId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.periods import Quarter

LedgerLayoutId = NewType("LedgerLayoutId", int)
LedgerCodeId = NewType("LedgerCodeId", int)
LedgerLineId = NewType("LedgerLineId", int)
LedgerMatchId = NewType("LedgerMatchId", int)
AgreedBalanceId = NewType("AgreedBalanceId", int)


class Payments(Enum):
    """The sign of a payment in a listing's amount column."""

    POSITIVE = "Positive"
    NEGATIVE = "Negative"


@record
class LedgerLayout(Record):
    """How a finance system's listing is read: the heading over each thing. Learnt once, by pointing, and kept."""

    id: LedgerLayoutId
    name: str = column("Name", key=True, help="The finance system and the report")
    sheet: str = column("Sheet", default="", help="Left empty: the first one with these headings")
    transaction_heading: str = column(
        "Transaction", default="", help="The heading over the transaction's own number"
    )
    date_heading: str = column("Date", help="The heading over the posting date")
    supplier_heading: str = column("Supplier", default="")
    invoice_heading: str = column("Invoice no.", default="")
    description_heading: str = column("Description", default="")
    code_heading: str = column("Ledger code", default="")
    amount_heading: str = column("Amount", default="", help="Where one column holds payments and credits")
    debit_heading: str = column("Debit", default="", help="Where payments have a column of their own")
    credit_heading: str = column("Credit", default="")
    payments: Payments = column(
        "Payments are", default=Payments.POSITIVE, help="The sign of a payment in the amount column"
    )


@record
class LedgerCode(Record):
    """What a code of the finance system stands for here."""

    id: LedgerCodeId
    code: str = column("Code", key=True)
    title: str = column("Title", default="", searchable=True)
    award_id: AwardId | None = column("Award", default=None, refers_to=Award)
    intervention_id: InterventionId | None = column("Intervention", default=None, refers_to=Intervention)
    expense: Expense | None = column("Capital or resource", default=None)
    category_id: CostCategoryId | None = column("Cost category", default=None, refers_to=CostCategory)


READING = "reading the finance system's listing writes it; a wrong one is put right there, and read again"


@record
class LedgerLine(Record):
    """A transaction of the finance system, as its listing gave it. A payment is above nought, a credit below."""

    reference_prefix: ClassVar[str] = "L"

    id: LedgerLineId
    reference: str = column("Reference", key=True)
    layout_id: LedgerLayoutId = column("Layout", refers_to=LedgerLayout, step=READING)
    transaction_number: str = column(
        "Transaction", searchable=True, help="The finance system's own number", step=READING
    )
    line: int = column(
        "Line", default=1, help="Which one of the lines with this transaction number", step=READING
    )
    posted_on: date = column("Posted", step=READING)
    code: str = column("Ledger code", default="", searchable=True, step=READING)
    supplier: str = column("Supplier", default="", searchable=True, step=READING)
    invoice_number: str = column("Invoice no.", default="", searchable=True, step=READING)
    description: str = column("Description", default="", searchable=True, step=READING)
    amount: Money = column("Amount", step=READING)
    listing: str = column("Listing", default="", help="The file it was read from last", step=READING)
    set_aside: str = column(
        "Why it isn't ours",
        default="",
        long=True,
        help="A line of another programme, or a transfer: it then needs no match",
    )


@record
class LedgerMatch(Record):
    """A ledger line, or a part of one, is the payment of a cost or of an instalment. Somebody agreed to it: none is made silently."""

    plural: ClassVar[str] = "Ledger matches"
    known_by: ClassVar[tuple[str, ...]] = ("line_id", "cost_id", "instalment_id")

    id: LedgerMatchId
    line_id: LedgerLineId = column("Ledger line", refers_to=LedgerLine)
    cost_id: CostId | None = column("Cost", default=None, refers_to=Cost)
    instalment_id: InstalmentId | None = column("Instalment", default=None, refers_to=Instalment)
    amount: Money = column("Amount")
    confidence: int = column(
        "Confidence %", default=100, help="How sure the program was when it proposed this"
    )
    reason: str = column("Why", default="", searchable=True, long=True)


class AgreedFigure(Enum):
    """What can be agreed with finance for a date: one figure of the tie-out, to date in its financial year."""

    CLAIMED = "Claimed"
    OWN_COSTS = "The office's own costs"
    PARTNER_SPEND = "Partners' accepted spend"
    PAID_TO_PARTNERS = "Paid to partners"
    LEDGER = "Ledger lines"


@record
class AgreedBalance(Record):
    """A figure that somebody agreed for a day. A later change that breaks it is shown until it is agreed anew."""

    known_by: ClassVar[tuple[str, ...]] = ("award_id", "figure", "quarter")
    adds_up_within: ClassVar[str | None] = None

    id: AgreedBalanceId
    award_id: AwardId = column("Award", refers_to=Award)
    figure: AgreedFigure = column("Figure")
    quarter: Quarter = column(
        "Quarter", help="From the start of its financial year to the end of this quarter"
    )
    amount: Money = column("Amount")
    agreed_on: date = column("Agreed on")
    agreed_by: str = column("Agreed by", help="A role")
    note: str = column("Note", default="", long=True)
