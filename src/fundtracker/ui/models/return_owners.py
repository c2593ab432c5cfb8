"""Whose it is to mend a problem of a return: the office's, a partner's (which one), or the Chief Finance Officer's."""

from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Indicator, Match, Reading, Risk
from fundtracker.domain.grants import Condition, Grant, Instalment
from fundtracker.domain.interventions import Intervention, Progress
from fundtracker.domain.organisations import Organisation, OrganisationKind
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn

OFFICE, CFO = "The office", "The CFO"
SIGNED_BY_CFO = frozenset({"signed_by", "signed_role", "signed_on"})
PARTNERS = frozenset(OrganisationKind) - {OrganisationKind.POLICE, OrganisationKind.GOVERNMENT}
"""Kinds of organisation that report to the office; the police force and the office share their staff."""
_KINDS: dict[str, type[Record]] = {
    kind.__name__: kind
    for kind in (Asset, Condition, Cost, Grant, Indicator, Instalment, Intervention, Match, Progress, Reading, Risk)
}  # fmt: skip


def whose(book: AwardBook, problem: Problem) -> str:
    """ "The CFO" for a signature; "Stroud District Council" where a partner spends or leads; else "The office"."""
    if problem.kind == FunderReturn.__name__ and problem.column in SIGNED_BY_CFO:
        return CFO
    kind = _KINDS.get(problem.kind)
    found = book.find(kind, problem.record_id) if kind is not None else None
    return _partner(book, found) or OFFICE


def _partner(book: AwardBook, item: Record | None) -> str:
    """The organisation that holds the grant a record belongs to, or leads its intervention; empty where there is none."""
    if item is None:
        return ""
    if isinstance(item, Indicator | Reading | Progress | Intervention):
        return _lead(book, item)
    if isinstance(item, Condition):
        item = book.find(Instalment, item.instalment_id) or item
    grant = item if isinstance(item, Grant) else book.find(Grant, getattr(item, "grant_id", None))
    recipient = book.find(Organisation, grant.recipient_id) if grant is not None else None
    return recipient.name if recipient is not None else ""


def _lead(book: AwardBook, item: Indicator | Reading | Progress | Intervention) -> str:
    if isinstance(item, Reading):
        indicator = book.find(Indicator, item.indicator_id)
        return _lead(book, indicator) if indicator is not None else ""
    intervention = item if isinstance(item, Intervention) else book.find(Intervention, item.intervention_id)
    lead = book.find(Organisation, intervention.lead_id) if intervention is not None else None
    return lead.name if lead is not None and lead.kind in PARTNERS else ""
