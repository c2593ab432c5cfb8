"""Evidence: agreements, notices and the invoices of round 5, filed as they came. `papers` draws them when the story is played."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from fundtracker.application.demo.bids import AWARDS
from fundtracker.application.demo.days import LAST_DAY, LOADED_ON, PLANNED_ON, working_day
from fundtracker.application.demo.form_days import (
    EARLIER,
    SENT_BACK_ON,
    accepted_on,
    form_id,
    grants_reporting,
    is_awaited,
)
from fundtracker.application.demo.grants import GRANTS
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.papers import NOTE
from fundtracker.application.demo.returns import Q2
from fundtracker.application.demo.variation import CUT_ON, VARIATIONS
from fundtracker.domain.delivery import Document, DocumentId, DocumentKind
from fundtracker.domain.partner_forms.case import form_reference

_FORMS_KEPT_ON = (
    SENT_BACK_ON,
    *(accepted_on(each, Q2) for each in grants_reporting() if not is_awaited(each, Q2)),
)
"""Forms come before other papers of their day."""
_SCANNED_AFTER = timedelta(days=12)
"""From an invoice to its scan: the latest ones are not filed yet, as in any office."""


def _document(name: str, kind: DocumentKind, **evidences: int | None) -> Document:
    """With a fingerprint of its name for now: the paper's own is known when it is drawn."""
    named = sha256(name.encode()).hexdigest()
    found = Document(id=DocumentId(0), name=name, sha256=named, kind=kind, note=NOTE)
    return replace(found, **evidences)  # pyright: ignore[reportArgumentType] - ids of awards, grants, variations, forms, costs


def documents() -> tuple[tuple[date, Document], ...]:
    """Each with the day it was filed. The numbers of forms that are kept as they are read stay free for them."""
    kept = [(day, None) for day in _FORMS_KEPT_ON]
    filed = sorted((*kept, *_agreements(), *_notices(), *_forms(), *_invoices()), key=lambda each: each[0])
    return tuple((day, replace(each, id=DocumentId(n))) for n, (day, each) in enumerate(filed, 1) if each)


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


def _forms() -> Iterator[tuple[date, Document]]:
    """The forms of earlier quarters, kept as pages; those of 2024/25 Q2 are kept as the workbooks they came as."""
    for quarter in EARLIER:
        for grant in grants_reporting():
            name = f"{form_reference(grant, quarter)}.pdf"
            form = form_id(grant, quarter)
            yield accepted_on(grant, quarter), _document(name, DocumentKind.REPORT, form_id=form)


def _invoices() -> Iterator[tuple[date, Document]]:
    """One for each cost of round 5 with an invoice; the cost entered twice has its paper once."""
    twice = ledger().duplicate.id
    for entry in ledger().held:
        cost = entry.cost
        if not entry.award.startswith("SSF5") or cost.invoiced_on is None or cost.id == twice:
            continue
        day = max(entry.entered_on, working_day(cost.invoiced_on + _SCANNED_AFTER))
        if day <= LAST_DAY:
            name = f"{cost.reference} {cost.invoice_number or 'journal'}.pdf"
            yield day, _document(name, DocumentKind.INVOICE, cost_id=cost.id)
