"""Evidence: a few documents, known by the SHA-256 of small illustrative texts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from fundtracker.application.demo.bids import AWARDS
from fundtracker.application.demo.days import LOADED_ON, PLANNED_ON
from fundtracker.application.demo.grants import GRANTS
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.variation import CUT_ON, VARIATIONS
from fundtracker.domain.delivery import Document, DocumentId, DocumentKind

_NOTE = "Illustrative text, made for the demonstration."
INVOICES_KEPT = 12
"""How many invoices of round 5 have their scan kept in the demonstration."""


def document_text(name: str) -> str:
    """The text whose fingerprint a document of this name carries."""
    return f"{name}\n{_NOTE}\n"


def _document(name: str, kind: DocumentKind, **evidences: int | None) -> Document:
    found = Document(
        id=DocumentId(0),
        name=name,
        sha256=sha256(document_text(name).encode()).hexdigest(),
        kind=kind,
        note=_NOTE,
    )
    return replace(found, **evidences)  # pyright: ignore[reportArgumentType] - ids of awards, grants, variations, costs


def documents() -> tuple[tuple[date, Document], ...]:
    """Each with the day it was filed: agreements, grant agreements, the Home Office's notice and some invoices."""
    filed = sorted((*_agreements(), *_notices(), *_invoices()), key=lambda each: each[0])
    return tuple((day, replace(each, id=DocumentId(n))) for n, (day, each) in enumerate(filed, 1))


def _agreements() -> Iterator[tuple[date, Document]]:
    for award in AWARDS:
        day = PLANNED_ON if award.reference.startswith("SSF5") else LOADED_ON
        yield (
            day,
            _document(f"Grant agreement {award.reference}.pdf", DocumentKind.AGREEMENT, award_id=award.id),
        )
    for grant in GRANTS:
        day = max(LOADED_ON, grant.agreed_on or LOADED_ON)
        yield day, _document(f"Agreement {grant.reference}.pdf", DocumentKind.AGREEMENT, grant_id=grant.id)


def _notices() -> Iterator[tuple[date, Document]]:
    for each in VARIATIONS:
        name = f"Notice of change {each.reference}.pdf"
        yield CUT_ON, _document(name, DocumentKind.DECISION, award_id=each.award_id, variation_id=each.id)


def _invoices() -> Iterator[tuple[date, Document]]:
    """Scans of the largest invoices of round 5."""
    invoiced = (
        each
        for each in ledger().entries
        if each.award.startswith("SSF5") and each.cost.invoiced_on and not each.key
    )
    largest = sorted(invoiced, key=lambda each: (-each.cost.eligible.pence, each.cost.id))[:INVOICES_KEPT]
    for entry in sorted(largest, key=lambda each: each.cost.id):
        name = f"Invoice {entry.cost.invoice_number}.pdf"
        yield entry.entered_on, _document(name, DocumentKind.INVOICE, cost_id=entry.cost.id)
