"""Naming a file as evidence: a Document with the file's name, its kind and its SHA-256. The file itself stays where it is."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fundtracker.application.actions.records import add
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Record, columns, described, singular
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.grants import Grant
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.variations import Variation

Progress = Callable[[int, int], None]
"""Told the bytes read and of how many; may raise to stop."""
_CHUNK = 2**20
_OF_RECORD: dict[type[Record], DocumentKind] = {
    Award: DocumentKind.AGREEMENT,
    Grant: DocumentKind.AGREEMENT,
    Variation: DocumentKind.DECISION,
    Cost: DocumentKind.INVOICE,
    FunderReturn: DocumentKind.CORRESPONDENCE,
}
"""What a paper about a record of this kind mostly is; it can be changed in the document's form."""
_OF_ENDING = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff"), DocumentKind.PHOTOGRAPH),
    **dict.fromkeys((".msg", ".eml"), DocumentKind.CORRESPONDENCE),
}
_FURTHEST = 4
"""Steps up to a record that can have evidence: a condition, its grant."""
EVIDENCED = tuple(_OF_RECORD)
"""The kinds of record that a document can evidence."""


def evidenced_by(workspace: Workspace, kind: type[Record], record_id: int) -> Record | None:
    """The record that a document beside this one would evidence: itself, or what it belongs to (an intervention's award)."""
    item: Record | None = workspace.get(kind, record_id)
    seen = 0
    while item is not None and type(item) not in _OF_RECORD and seen < _FURTHEST:
        item, seen = _owner(workspace, item), seen + 1
    return item


def _owner(workspace: Workspace, item: Record) -> Record | None:
    """The first record it must name; None where it rests on nothing."""
    for each in columns(type(item)):
        if each.refers_to and each.required:
            return workspace.get(by_name(each.refers_to), getattr(item, each.name))
    return None


def name_as_evidence(
    workspace: Workspace, path: Path, item: Record, progress: Progress | None = None
) -> tuple[Document, tuple[Record, ...]]:
    """Add a document about `item`; it, and what else the same file evidences already. Refused where it is evidence of `item` already."""
    sha256 = sha256_of(path, progress)
    column = next(each.name for each in columns(Document) if each.refers_to == type(item).__name__)
    same = workspace.select(Document, sha256=sha256)
    if any(getattr(each, column) == item.id for each in same):
        raise Refused(f"“{path.name}” is evidence of {described(item)} already: nothing was added.")
    values: dict[str, Any] = {
        "name": path.name,
        "sha256": sha256,
        "kind": kind_of(path, item),
        column: item.id,
    }
    made = add(workspace, Document, values)
    return made, tuple(other for each in same for other in _evidenced(workspace, each))


def _evidenced(workspace: Workspace, document: Document) -> list[Record]:
    found = [(each.refers_to, getattr(document, each.name)) for each in columns(Document) if each.refers_to]
    return [workspace.get(by_name(name), record_id) for name, record_id in found if record_id is not None]


def kind_of(path: Path, item: Record) -> DocumentKind:
    """A photograph or a message by its ending, else what a paper about such a record mostly is."""
    return _OF_ENDING.get(path.suffix.lower(), _OF_RECORD[type(item)])


def sha256_of(path: Path, progress: Progress | None = None) -> str:
    """The fingerprint of a file's bytes; StorageTrouble where it can't be read, Refused where it is empty."""
    digest, done = hashlib.sha256(), 0
    try:
        whole = path.stat().st_size
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                if progress is not None:
                    progress(done, whole)
    except OSError as error:
        raise StorageTrouble(
            f"“{path.name}” can't be read ({error.strerror or error}): check the drive it is on, then drop it again."
        ) from error
    if not done:
        raise Refused(f"“{path.name}” is empty: an empty file is evidence of nothing.")
    return digest.hexdigest()


def kinds_in_words() -> str:
    """ "award, grant, variation, cost or return": what evidence can be dropped on."""
    names = [singular(kind).lower() for kind in EVIDENCED]
    return f"{', '.join(names[:-1])} or {names[-1]}"
