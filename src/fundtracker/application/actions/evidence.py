"""Evidence: a file is kept by its SHA-256 beside the programme's file, and a Document says what it evidences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fundtracker.application.actions.records import new_record
from fundtracker.application.naming import called
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.changes import added, edited
from fundtracker.domain.columns import Record, columns, key_of, singular
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentId, DocumentKind, Reading
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, Instalment
from fundtracker.domain.problems import Problem, Refused, Severity, StorageTrouble
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.variations import Variation

Progress = Callable[[int, int], None]
"""Told the bytes read and of how many; may raise to stop."""
_OF_RECORD: dict[type[Record], DocumentKind] = {
    Award: DocumentKind.AGREEMENT,
    Grant: DocumentKind.AGREEMENT,
    Variation: DocumentKind.DECISION,
    Cost: DocumentKind.INVOICE,
    FunderReturn: DocumentKind.CORRESPONDENCE,
    Instalment: DocumentKind.DECISION,
    Condition: DocumentKind.REPORT,
    Reading: DocumentKind.REPORT,
    PartnerForm: DocumentKind.REPORT,
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


def take_as_evidence(
    workspace: Workspace, path: Path, item: Record, progress: Progress | None = None
) -> tuple[Document, tuple[Record, ...]]:
    """Keep a file and add a Document about `item`; it, and what else the same file evidences already (see `take_all`)."""
    (made,), ((_, others),) = take_all(
        workspace, [path], item, lambda _what, done, of: progress(done, of) if progress is not None else None
    )
    return made, others


def take_all(
    workspace: Workspace, paths: Sequence[Path], item: Record, progress: Callable[[str, int, int], None]
) -> tuple[tuple[Document, ...], tuple[tuple[Path, tuple[Record, ...]], ...]]:
    """Keep files and add a Document about `item` for each, all or none, as one change; and what else each file evidences already.

    Refused where one is evidence of `item` already, or can't be kept (see EvidenceStore.take). `progress` counts the bytes of each.
    """
    column = _column_for(type(item))
    first = workspace.new_id(Document)
    made: list[Document] = []
    others: list[tuple[Path, tuple[Record, ...]]] = []
    for place, path in enumerate(paths):
        kept = workspace.evidence.take(path, lambda done, of, name=path.name: progress(name, done, of))
        same = workspace.select(Document, sha256=kept.sha256)
        if any(getattr(each, column) == item.id for each in (*same, *made) if each.sha256 == kept.sha256):
            raise Refused(
                f"“{path.name}” is evidence of {called(workspace, item)} already: nothing was added."
            )
        values: dict[str, Any] = {
            "name": path.name,
            "sha256": kept.sha256,
            "kind": kind_of(path, item),
            column: item.id,
        }
        made.append(replace(new_record(workspace, Document, values), id=DocumentId(first + place)))
        others.append((path, tuple(other for each in same for other in _evidenced(workspace, each))))
    what = paths[0].name if len(paths) == 1 else f"{len(paths):,} files"
    workspace.do(
        f"Keep {what} as evidence of {called(workspace, item)}",
        (*_with_reference(workspace, item), *added(*made)),
    )
    return tuple(made), tuple(others)


def _column_for(kind: type[Record]) -> str:
    return next(each.name for each in columns(Document) if each.refers_to == kind.__name__)


def _with_reference(workspace: Workspace, item: Record) -> tuple[Any, ...]:
    """A condition or reading of an older file has no reference yet; a list of documents needs one to name it by."""
    key = key_of(type(item))
    if key is None or getattr(item, key.name):
        return ()
    named: dict[str, Any] = {key.name: workspace.next_reference(type(item), item.id)}
    return tuple(edited(item, replace(item, **named)))


def _evidenced(workspace: Workspace, document: Document) -> list[Record]:
    found = [(each.refers_to, getattr(document, each.name)) for each in columns(Document) if each.refers_to]
    return [workspace.get(by_name(name), record_id) for name, record_id in found if record_id is not None]


def kind_of(path: Path, item: Record) -> DocumentKind:
    """A photograph or a message by its ending, else what a paper about such a record mostly is."""
    return _OF_ENDING.get(path.suffix.lower(), _OF_RECORD[type(item)])


def missing(workspace: Workspace) -> Iterator[Problem]:
    """Documents whose file isn't beside the programme's file, or is no longer the one that was taken in."""
    store = workspace.evidence
    for each in workspace.select(Document):
        try:
            store.open(each.sha256)
        except StorageTrouble as trouble:
            yield Problem(
                severity=Severity.WARNING,
                kind=Document.__name__,
                record_id=each.id,
                column="sha256",
                message=f"{each.name}: {trouble}",
            )


def kinds_in_words() -> str:
    """ "award, grant, variation, cost or return": what evidence can be dropped on."""
    names = [singular(kind).lower() for kind in EVIDENCED]
    return f"{', '.join(names[:-1])} or {names[-1]}"
