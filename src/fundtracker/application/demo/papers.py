"""The papers behind the demonstration's figures: one page each, drawn from what the programme says. Illustrative, and marked so."""

from functools import cache
from pathlib import Path
from typing import Any

from fundtracker.application.demo.bids import AWARDS
from fundtracker.application.demo.form_days import REPORTING
from fundtracker.application.demo.form_records import FORMS, accepted
from fundtracker.application.demo.grants import GRANTS
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.people import OFFICE_NAME
from fundtracker.application.demo.variation import VARIATIONS
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.periods import long_date

NOTE = "Illustrative paper, made for the demonstration: no such paper was ever sent."


def draw_paper(document: Document, path: Path) -> None:
    """The page that a document names, as a PDF; the same bytes each time."""
    from fundtracker.exports.pdf_look import Tone
    from fundtracker.exports.pdf_pages import Paper, Section, write_document
    from fundtracker.exports.pdf_parts import Callout, Particulars

    title, author, particulars = _content(document)
    section = Section(
        title=title, body=[Particulars(particulars, columns=1), Callout("Demonstration", NOTE, Tone.WARNING)]
    )
    write_document(path, Paper(title=title, subject=document.name, author=author, marking=""), [section])


def _content(document: Document) -> tuple[str, str, list[tuple[str, str]]]:
    """Title, author, and what the page says."""
    if document.cost_id is not None:
        return _invoice(_costs()[document.cost_id])
    if document.form_id is not None:
        return _form(document.form_id)
    if document.variation_id is not None:
        change = next(each for each in VARIATIONS if each.id == document.variation_id)
        return (
            f"Notice of change {change.reference}",
            "Home Office",
            [("To", OFFICE_NAME), ("Why", change.reason)],
        )
    if document.grant_id is not None:
        grant = next(each for each in GRANTS if each.id == document.grant_id)
        agreed = long_date(grant.agreed_on) if grant.agreed_on else ""
        return (
            f"Grant agreement {grant.reference}",
            OFFICE_NAME,
            [("Grant", grant.title), ("Purpose", grant.purpose), ("Agreed", agreed)],
        )
    award = next(each for each in AWARDS if each.id == document.award_id)
    return (
        f"Grant agreement {award.agreement}",
        "Home Office",
        [
            ("To", OFFICE_NAME),
            ("Award", award.reference),
            ("From", long_date(award.starts_on)),
            ("To", long_date(award.ends_on)),
        ],
    )


def _form(number: int) -> tuple[str, str, list[tuple[str, str]]]:
    """A form of an earlier quarter, as a page."""
    form = next(each for each in FORMS if each.id == number)
    said: dict[str, Any] = accepted(form)
    grant = REPORTING[form.grant_id]
    words = zip(
        ("Done", "In the way", "Next"), (said["done"], said["challenges"], said["coming"]), strict=True
    )
    what = [
        ("Grant", f"{grant.reference} {grant.title}"),
        ("Quarter", f"{form.quarter}, {form.quarter.months}"),
    ]
    money = [("Spend reported", said["reported"].in_prose), ("Declared by", said["declared_by"])]
    return f"Monitoring form {form.reference}", grant.recipient, [*what, *money, *words]


@cache
def _costs() -> dict[int, Cost]:
    return {each.cost.id: each.cost for each in ledger().entries}


def _invoice(cost: Cost) -> tuple[str, str, list[tuple[str, str]]]:
    what = [
        ("Supplier", cost.supplier),
        ("Invoice no.", cost.invoice_number or "Journal"),
        ("Date", long_date(cost.invoiced_on) if cost.invoiced_on else ""),
        ("For", cost.description),
        ("Received", long_date(cost.received_on) if cost.received_on else ""),
        ("Net", cost.net.in_prose),
        ("VAT", cost.vat.in_prose),
        ("Total", (cost.net + cost.vat).in_prose),
    ]
    return f"Invoice {cost.invoice_number or cost.reference}", cost.supplier, what
