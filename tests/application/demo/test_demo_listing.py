"""The finance system's listing: what was paid, in that system's own ways, and a dozen lines that want a person."""

from collections import Counter
from datetime import date
from pathlib import Path

from fundtracker.application.demo.finance import LISTINGS
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.listing import HEADINGS, postings, write_listing
from fundtracker.domain.money import Money, total
from fundtracker.imports.listing import read_listing_file

FIRST, LAST = (until for _, until in LISTINGS)


def test_a_later_listing_begins_with_the_earlier_one() -> None:
    earlier, later = postings(FIRST), postings(LAST)
    assert later[: len(earlier)] == earlier
    assert 60 < len(later) - len(earlier) < len(earlier)
    numbers = [each.number for each in later]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)


def test_lines_look_as_a_finance_system_writes_them() -> None:
    lines = postings(LAST)
    assert all(each.supplier == each.supplier.upper() and len(each.supplier) <= 24 for each in lines)
    assert {len(each.supplier) for each in lines} >= {24}
    assert all(each.posted_on.weekday() < 5 and each.amount for each in lines)
    assert [each.number for each in lines if each.amount < Money(0)] == [
        each.number for each in lines if "taken back" in each.description or "Credit note" in each.description
    ]


def test_what_is_posted_is_what_was_paid_but_for_what_is_odd() -> None:
    """Costs by their invoices: all but two paid together, one without its number, one under another name; one is £5 short."""
    paid = {
        (each.cost.invoice_number, each.cost.eligible)
        for each in ledger().by_hand
        if each.award.startswith("SSF5") and each.cost.grant_id is None and each.cost.paid_on
    }
    lines = Counter((each.invoice, each.amount) for each in postings(date(2025, 3, 31)))
    missing = sorted(number for number, amount in paid if (number, amount) not in lines)
    assert len(missing) == 6  # those five, and the one that was corrected after it was claimed
    wrong = ledger().correction
    assert wrong.cost.invoice_number in missing
    assert (wrong.cost.invoice_number, wrong.net) in lines
    (short,) = [
        (number, amount)
        for number, amount in paid
        if (number, amount - Money.pounds(5)) in lines and number in missing
    ]
    assert short[0].startswith("AP")
    assert [number for (number, _), times in lines.items() if number and times > 1] != []


def test_the_same_listing_is_the_same_bytes_and_is_read_back(tmp_path: Path) -> None:
    for name in ("one.xlsx", "other.xlsx"):
        write_listing(tmp_path / name, FIRST)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    (sheet,) = read_listing_file(tmp_path / "one.xlsx").sheets
    shown = [row.cells for row in sheet.rows]
    at = next(n for n, cells in enumerate(shown) if tuple(cells[: len(HEADINGS)]) == HEADINGS)
    lines = postings(FIRST)
    assert len(shown) - at - 2 == len(lines)
    assert shown[-1][0] == "Total"
    assert str(shown[-1][-1]) in {
        total(each.amount for each in lines).plain,
        f"{total(each.amount for each in lines).in_pounds:f}",
    }
