"""Where a layout's columns stand in a listing, and a first guess of a layout that people then correct by pointing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fundtracker.domain.ledger import LedgerLayout, Payments
from fundtracker.domain.ledger_listing import (
    Listing,
    ListingRow,
    ListingSheet,
    folded,
    headings_of,
    shown,
    width_of,
)
from fundtracker.domain.ledger_values import read_amount
from fundtracker.domain.problems import Refused, Unreadable

_LOOKED_AT = 60
"""Rows from a sheet's top among which its headings are looked for."""
_SAMPLED = 2_000

ROLES: Mapping[str, tuple[str, ...]] = {
    "transaction": (
        "transactionnumber", "transactionno", "transno", "transactionid", "transid", "transaction", "transactionref",
        "journalnumber", "journalno", "journal", "journalid", "documentnumber", "documentno", "docno", "voucherno",
        "vouchernumber", "voucher", "entryno", "tranno", "transnumber", "tran", "trans", "id",
    ),
    "date": (
        "postingdate", "posteddate", "dateposted", "posted", "transactiondate", "transdate", "trandate", "gldate", "paymentdate",
        "datepaid", "paiddate", "effectivedate", "date", "documentdate", "docdate", "invoicedate",
    ),
    "supplier": (
        "supplier", "suppliername", "vendor", "vendorname", "payee", "payeename", "creditor", "creditorname", "beneficiary",
        "apar", "aparname", "apartext", "apidtext", "name", "party",
    ),
    "invoice": (
        "invoiceno", "invoicenumber", "invoice", "invoiceref", "invoicereference", "supplierinvoice", "supplierinvoiceno",
        "supplierref", "extref", "externalref", "externalreference", "yourref", "reference", "ref",
    ),
    "description": (
        "description", "text", "narrative", "details", "detail", "transactiondescription", "linedescription", "comment", "memo",
        "particulars", "headertext", "linetext",
    ),
    "code": (
        "ledgercode", "glcode", "code", "nominalcode", "nominal", "costcentre", "costcenter", "accountcode", "account",
        "subjective", "cccode", "projectcode", "project", "costcode", "workorder", "activity",
    ),
    "amount": (
        "amount", "netamount", "amountgbp", "gbp", "value", "valuegbp", "total", "net", "amountinc", "baseamount", "curamount",
        "transactionamount", "lineamount", "actual", "payment",
    ),
    "debit": ("debit", "debits", "dr", "debitamount", "debitgbp", "paymentsout", "moneyout", "paidout"),
    "credit": ("credit", "credits", "cr", "creditamount", "creditgbp", "receipts", "moneyin", "paidin"),
}  # fmt: skip
"""What finance systems write over each thing, the surest first."""


def field_of(role: str) -> str:
    """ "date_heading": the layout's field for one of ROLES."""
    return f"{role}_heading"


@dataclass(frozen=True, slots=True)
class Placed:
    """A layout found in a listing: the sheet, the place of its heading row among the sheet's rows, and each role's column."""

    sheet: ListingSheet
    heading: int
    columns: Mapping[str, int]

    @property
    def headings(self) -> ListingRow:
        return self.sheet.rows[self.heading]

    @property
    def below(self) -> tuple[ListingRow, ...]:
        return self.sheet.rows[self.heading + 1 :]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a listing seems to be: a sheet, its heading row, and the layout's fields as far as headings tell them."""

    sheet: ListingSheet
    heading: int
    headings: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def complete(self) -> bool:
        """Whether lines can be read by it: a day, and an amount in one column or two."""
        return not lacking(self.values)


def lacking(values: Mapping[str, Any]) -> str:
    """What a layout still needs, in words; "" where it can read lines."""
    if not values.get("date_heading"):
        return "which column holds the posting date"
    if not (values.get("amount_heading") or values.get("debit_heading") or values.get("credit_heading")):
        return "which column holds the amount"
    if values.get("amount_heading") and (values.get("debit_heading") or values.get("credit_heading")):
        return "whether the amounts stand in one column, or in one of debits and one of credits: not both"
    return ""


def guess_layout(listing: Listing) -> Guess | None:
    """The sheet and row that look most like headings, and what they seem to say; None where no row has two texts."""
    rows = [
        (sheet, at)
        for sheet in listing.sheets
        if not sheet.hidden
        for at in range(min(_LOOKED_AT, len(sheet.rows)))
        if sum(isinstance(each, str) for each in sheet.rows[at].cells) > 1
    ]
    known = [(sheet, at) for sheet, at in rows if any(_role_of(shown(each)) for each in sheet.rows[at].cells)]
    guesses = (_guessed(sheet, at) for sheet, at in known or rows[:1])
    return max(guesses, key=lambda each: (each.complete, len(each.values)), default=None)


def guess_row(sheet: ListingSheet, at: int) -> Guess:
    """As `guess_layout`, of the heading row that somebody pointed at."""
    return _guessed(sheet, at)


def _role_of(heading: str) -> str:
    text = folded(heading)
    return next((role for role, words in ROLES.items() if text in words), "") if text else ""


def _guessed(sheet: ListingSheet, at: int) -> Guess:
    row, below = sheet.rows[at], sheet.rows[at + 1 : at + 1 + _SAMPLED]
    headings = headings_of(row, width_of(below))
    texts = [folded(shown(row.cell(column))) for column in range(len(headings))]
    values: dict[str, Any] = {}
    taken: set[int] = set()
    for role, words in ROLES.items():
        places = sorted((words.index(text), column) for column, text in enumerate(texts) if text in words)
        column = next((column for _, column in places if column not in taken), None)
        if column is not None:
            taken.add(column)
            values[field_of(role)] = headings[column]
    if "debit_heading" in values and "credit_heading" in values:
        values.pop("amount_heading", None)
    elif "amount_heading" in values:
        values.pop("debit_heading", None)
        values.pop("credit_heading", None)
        column = headings.index(values["amount_heading"])
        values["payments"] = _sign_of_payments([each.cell(column) for each in below])
    if sheet.name:
        values["sheet"] = sheet.name
    return Guess(sheet, at, headings, values)


def _sign_of_payments(cells: Sequence[Any]) -> Payments:
    """Most lines of a listing of expenditure are payments: where more of them are below nought, that is how it writes payments."""
    above = below = 0
    for each in cells:
        try:
            said = read_amount(each)
        except Unreadable:
            continue
        if said is not None and not said.fixed:
            above += said.amount.pence > 0
            below += said.amount.pence < 0
    return Payments.NEGATIVE if below > above else Payments.POSITIVE


def place_layout(listing: Listing, layout: LedgerLayout) -> Placed:
    """Where the layout's headings stand. Refused, naming what is missing, where no sheet has them all."""
    if need := lacking({field_of(role): getattr(layout, field_of(role)) for role in ROLES}):
        raise Refused(f"The layout “{layout.name}” doesn't say {need}: point at it first.")
    wanted = {role: folded(getattr(layout, field_of(role))) for role in ROLES}
    wanted = {role: text for role, text in wanted.items() if text}
    sheets = [each for each in listing.sheets if layout.sheet in {"", each.name}] or list(listing.sheets)
    nearest: tuple[int, ListingSheet, set[str]] | None = None
    for sheet in sheets:
        width = width_of(sheet.rows)
        for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
            places = _columns_called(headings_of(row, width))
            missing = {role for role, text in wanted.items() if text not in places}
            if not missing:
                return Placed(sheet, at, {role: places[text] for role, text in wanted.items()})
            if nearest is None or len(missing) < nearest[0]:
                nearest = len(missing), sheet, missing
    raise Refused(_not_placed(listing, layout, nearest[2] if nearest else set(wanted)))


def _columns_called(headings: Sequence[str]) -> dict[str, int]:
    """Each heading's column; of two that are alike the first."""
    found: dict[str, int] = {}
    for column, text in enumerate(headings):
        found.setdefault(folded(text), column)
    return found


def _not_placed(listing: Listing, layout: LedgerLayout, missing: set[str]) -> str:
    names = ", ".join(f"“{getattr(layout, field_of(role))}”" for role in ROLES if role in missing)
    return (
        f"“{listing.name}” has no row with the headings of the layout “{layout.name}”: {names} "
        f"{'is' if len(missing) == 1 else 'are'} missing. Choose the report that the layout was made for, or point at the columns anew."
    )
