"""A listing's rows as ledger lines: what is read, what is left out and said, and what must be mended."""

from collections.abc import Sequence
from datetime import date

import pytest

from fundtracker.domain.ledger import LedgerLayout, LedgerLayoutId, Payments
from fundtracker.domain.ledger_layouts import guess_layout, guess_row, place_layout
from fundtracker.domain.ledger_listing import BadCell, Given, Listing, ListingRow, ListingSheet
from fundtracker.domain.ledger_reading import LedgerReading, ReadLine, read_listing
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Refused, Severity

HEADINGS = ("Trans No", "Date", "Supplier", "Invoice", "Details", "Code", "Amount")
USUAL = LedgerLayout(
    id=LedgerLayoutId(1), name="Payments", transaction_heading="Trans No", date_heading="Date", supplier_heading="Supplier",
    invoice_heading="Invoice", description_heading="Details", code_heading="Code", amount_heading="Amount",
)  # fmt: skip
DAY = date(2024, 5, 1)


def listing(*rows: Sequence[Given], name: str = "T", hidden: tuple[int, ...] = ()) -> Listing:
    kept = tuple(
        ListingRow(n, tuple(row)) for n, row in enumerate(rows, 1) if any(each is not None for each in row)
    )
    return Listing("may.xlsx", (ListingSheet(name, kept, hidden_rows=hidden),))


def said(reading: LedgerReading) -> list[str]:
    return [f"{each.severity.value}: {each}" for each in reading.problems]


def test_lines_are_read_below_the_headings_wherever_they_stand() -> None:
    found = listing(
        ("Ledger report",),
        (None,),
        HEADINGS,
        ("PV1", DAY, "Acme", "INV1", "Cameras", 7401, 12.5),
        ("PV1", "02/05/2024", "Acme", None, "Credit", "7401", "(2.50)"),
    )
    assert read_listing(found, USUAL).lines == (
        ReadLine(4, "PV1", DAY, "7401", "Acme", "INV1", "Cameras", Money(1250)),
        ReadLine(5, "PV1", date(2024, 5, 2), "7401", "Acme", "", "Credit", Money(-250)),
    )


def test_totals_blank_rows_and_repeated_headings_are_left_out_and_said() -> None:
    found = listing(
        HEADINGS,
        ("PV1", DAY, "Acme", None, None, "A", 10),
        (None, None, "Subtotal A", None, None, None, 10),
        (" ", None, None, None, None, None, None),
        HEADINGS,
        ("PV2", DAY, "Total Fencing Ltd", None, None, "B", 5),
        (None, None, "Grand total", None, None, None, 14),
        (None, None, "Printed by finance", None, None, None, None),
    )
    reading = read_listing(found, USUAL)
    assert [(each.supplier, each.amount) for each in reading.lines] == [
        ("Acme", Money(1000)),
        ("Total Fencing Ltd", Money(500)),
    ]
    assert said(reading) == [
        "note: T, row 3: “Subtotal A” was left out; its £10.00 agrees with the lines above it.",
        "warning: T, row 7: “Grand total” was left out. It says £14.00; the lines above it come to £15.00: is the listing whole?",
        "note: 1 row without a day and an amount was left out.",
    ]


def test_what_cannot_be_read_is_an_error_with_its_cell_and_never_nought() -> None:
    found = listing(
        HEADINGS,
        ("PV1", DAY, "Acme", None, None, "A", BadCell("holds a formula whose result was never worked out")),
        ("PV2", "31/31/2024", "Acme", None, None, "A", 1),
        ("PV3", None, "Acme", None, None, "A", 1),
        ("PV4", DAY, BadCell("shows #N/A: mend the formula, or type the value"), None, None, "A", "one"),
        ("PV5", DAY, "Acme", None, None, "A", None),
        (None, None, "Acme", None, None, None, 3),
    )
    reading = read_listing(found, USUAL)
    assert reading.lines == ()
    assert said(reading) == [
        "error: T!G2: “Amount” holds a formula whose result was never worked out.",
        "error: T!B3: “Date” holds “31/31/2024”, which is not a date: type it as 31/03/2025 or 31 March 2025.",
        "error: T!B4: “Date” is empty, and the row holds an amount or a number: enter the day, or delete the row.",
        "error: T!G5: “Amount” holds “one”, which is not an amount such as 1,234.56.",
        "error: T!C5: “Supplier” shows #N/A: mend the formula, or type the value.",
        "error: T!G6: “Amount” is empty: a line needs its amount.",
        "error: T!B7: “Date” is empty, and the row holds an amount or a number: enter the day, or delete the row.",
    ]


def amounts(layout: LedgerLayout, *rows: Sequence[Given]) -> list[int]:
    reading = read_listing(listing(*rows), layout)
    assert [each for each in reading.problems if each.severity is Severity.ERROR] == []
    return [each.amount.pence for each in reading.lines]


def test_payments_below_nought_and_marks_that_say_it_themselves() -> None:
    layout = LedgerLayout(
        id=LedgerLayoutId(1),
        name="Bank",
        date_heading="Date",
        amount_heading="Amount",
        payments=Payments.NEGATIVE,
    )
    rows = [("Date", "Amount"), (DAY, -10), (DAY, 4), (DAY, "3.00 CR"), (DAY, "2.00 DR")]
    assert amounts(layout, *rows) == [1000, -400, -300, 200]


def test_debits_and_credits_in_two_columns_however_credits_are_signed() -> None:
    layout = LedgerLayout(
        id=LedgerLayoutId(1), name="GL", date_heading="Date", debit_heading="Dr", credit_heading="Cr"
    )
    head: tuple[Given, ...] = ("Date", "Dr", "Cr")
    assert amounts(layout, head, (DAY, 10, None), (DAY, 0, 4), (DAY, -3, None), (DAY, None, 5)) == [
        1000,
        -400,
        -300,
        -500,
    ]
    assert amounts(layout, head, (DAY, 10, None), (DAY, None, -4), (DAY, None, "(5.00)")) == [
        1000,
        -400,
        -500,
    ]
    both = read_listing(listing(head, (DAY, 10, 4)), layout)
    assert said(both) == [
        "error: T!B2: “Dr” and the credit beside it both hold a sum: a line is one or the other."
    ]


def test_without_a_transaction_number_a_line_is_known_by_its_text() -> None:
    layout = LedgerLayout(
        id=LedgerLayoutId(1),
        name="Plain",
        date_heading="Date",
        supplier_heading="Supplier",
        amount_heading="Amount",
    )
    rows = [("Date", "Supplier", "Amount"), (DAY, "Acme", 10), (DAY, "Acme", 10), (DAY, "Acme", 11)]
    one, same, other = (each.transaction for each in read_listing(listing(*rows), layout).lines)
    assert one == same != other
    assert one.startswith("#")
    assert len(one) == 17


def test_a_layout_is_guessed_from_the_headings_and_the_sums() -> None:
    found = listing(
        ("Transactions for May",),
        (
            "Journal No",
            "Posting Date",
            "Vendor Name",
            "Supplier Ref",
            "Narrative",
            "Cost Centre",
            "Amount (GBP)",
            "Amount",
        ),
        ("J1", DAY, "Acme", "INV1", "Cameras", "7401", 1, -12.5),
    )
    guess = guess_layout(found)
    assert guess is not None
    assert (guess.heading, guess.complete) == (1, True)
    assert guess.values == {
        "transaction_heading": "Journal No", "date_heading": "Posting Date", "supplier_heading": "Vendor Name",
        "invoice_heading": "Supplier Ref", "description_heading": "Narrative", "code_heading": "Cost Centre",
        "amount_heading": "Amount", "payments": Payments.NEGATIVE, "sheet": "T",
    }  # fmt: skip


def test_two_columns_of_one_name_can_be_pointed_at_apart() -> None:
    found = listing(("Date", "Amount", "Amount", None), (DAY, 1, 2, "x"))
    assert guess_row(found.sheets[0], 0).headings == ("Date", "Amount", "Amount (2)", "Column D")
    layout = LedgerLayout(
        id=LedgerLayoutId(1),
        name="L",
        date_heading="date",
        amount_heading="Amount (2)",
        description_heading="Column D",
    )
    (line,) = read_listing(found, layout).lines
    assert (line.amount, line.description) == (Money(200), "x")


def test_headings_that_are_not_there_are_named() -> None:
    with pytest.raises(Refused) as refused:
        place_layout(listing(("Date", "Supplier", "Value"), (DAY, "Acme", 1)), USUAL)
    assert refused.value.problems == (
        Problem(
            message="“may.xlsx” has no row with the headings of the layout “Payments”: “Trans No”, “Invoice”, “Details”, “Code”, “Amount” are missing."
            " Choose the report that the layout was made for, or point at the columns anew."
        ),
    )


def test_hidden_rows_are_read_and_said() -> None:
    found = listing(
        HEADINGS,
        ("PV1", DAY, "Acme", None, None, "A", 10),
        ("PV2", DAY, "Acme", None, None, "A", 10),
        hidden=(3,),
    )
    reading = read_listing(found, USUAL)
    assert (len(reading.lines), said(reading)) == (
        2, ["warning: 1 of 2 rows are hidden, by a filter perhaps: their lines were read too."],
    )  # fmt: skip
