"""Evidence that isn't there, as a list to work through: costs without a document, documents without their file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fundtracker.application.workspace import Workspace
from fundtracker.domain.money import Money
from fundtracker.domain.problems import StorageTrouble
from fundtracker.storage import missing_evidence as stored

MOST = 2_000
"""Costs that are listed; more than that are counted on Home."""


@dataclass(frozen=True, slots=True)
class Unevidenced:
    """A cost that is spent and invoiced, and that no document evidences."""

    cost_id: int
    reference: str
    award: str
    supplier: str
    invoice_number: str
    invoiced_on: date
    eligible: Money


@dataclass(frozen=True, slots=True)
class Fileless:
    """A document whose file can't be shown, and why."""

    document_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing; of documents only whether their file is there, or where `checked`, whether it is still the same too."""

    costs: tuple[Unevidenced, ...]
    documents: tuple[Fileless, ...]
    checked: bool = False


def missing_evidence(workspace: Workspace, award_id: int | None = None) -> Missing:
    """Asked of the database and of the evidence folder's names: quick, but for a worker. With `award_id` the costs of that award alone."""
    with workspace.database.reader() as conn:
        rows = stored.unevidenced_costs(conn, workspace.today, MOST, award_id)
    costs = tuple(
        Unevidenced(number, reference, award, supplier, invoice, date.fromisoformat(day), Money(pence))
        for number, reference, award, supplier, invoice, day, pence in rows
    )
    return Missing(costs, fileless(workspace))


def fileless(workspace: Workspace) -> tuple[Fileless, ...]:
    """Documents whose file isn't in the evidence folder."""
    folder = workspace.evidence.folder
    with workspace.database.reader() as conn:
        documents = stored.fingerprints(conn)
    held = stored.lying_in(folder)
    return tuple(
        Fileless(number, name, f"Its file isn't in {folder.name}.")
        for number, name, sha256 in documents
        if sha256 not in held
    )


def check_every_file(workspace: Workspace, progress: Callable[[int, int], None]) -> Missing:
    """As `missing_evidence`, each file read and its fingerprint worked out anew; `progress` is told of how many, and may raise to stop."""
    with workspace.database.reader() as conn:
        documents = stored.fingerprints(conn)
    found: list[Fileless] = []
    seen: dict[str, str] = {}
    for count, (number, name, sha256) in enumerate(documents):
        progress(count, len(documents))
        if sha256 not in seen:
            seen[sha256] = _why_not(workspace, sha256)
        if seen[sha256]:
            found.append(Fileless(number, name, seen[sha256]))
    return Missing(missing_evidence(workspace).costs, tuple(found), checked=True)


def _why_not(workspace: Workspace, sha256: str) -> str:
    try:
        workspace.evidence.open(sha256)
    except StorageTrouble as trouble:
        return str(trouble)
    return ""
