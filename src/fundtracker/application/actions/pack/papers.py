"""The documents of a pack: which belong to it, whether their files are whole, and what they are called in it."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fundtracker.application.actions.pack.withholding import Everything, form_files, restricted_files
from fundtracker.application.naming import Names as RecordNames
from fundtracker.domain.columns import Record, columns, key_of, singular
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.file_names import Names
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.problems import StorageTrouble
from fundtracker.returns.pack.contents import Paper
from fundtracker.storage import repository
from fundtracker.storage.evidence import EvidenceStore
from fundtracker.storage.stopping import Progress

FOLDER = "Evidence"
PapersOf = Callable[[str], tuple[tuple[Paper, ...], tuple[Paper, ...], bool]]
"""From a cost's reference its papers, the partner's forms that reported it, and whether some of its papers are withheld."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a pack in the order of what they evidence, and where their files lie."""

    papers: tuple[Paper, ...]
    of_record: Mapping[tuple[type[Record], int], tuple[Paper, ...]]
    kept_at: Mapping[str, Path]  # by SHA-256
    withheld: frozenset[
        tuple[type[Record], int]
    ]  # records that a document left out of a public pack is about

    def about(self, kind: type[Record], record_id: int | None) -> tuple[Paper, ...]:
        return self.of_record.get((kind, record_id or 0), ())


def documents_about(
    conn: sqlite3.Connection, about: Iterable[tuple[type[Record], Sequence[int]]]
) -> list[tuple[Document, Record]]:
    """Each document of these records with the record it evidences; a document of two of them twice. The records' order is kept."""
    found: list[tuple[Document, Record]] = []
    for kind, ids in about:
        column = next(each.name for each in columns(Document) if each.refers_to == kind.__name__)
        wanted = list(dict.fromkeys(ids))
        records = {each.id: each for each in repository.select_in(conn, kind, "id", wanted)}
        of: dict[int, list[Document]] = {}
        for each in repository.select_in(conn, Document, column, wanted):
            of.setdefault(getattr(each, column), []).append(each)
        found.extend((each, records[number]) for number in wanted for each in of.get(number, ()))
    return found


def gather(
    conn: sqlite3.Connection,
    store: EvidenceStore,
    documents: Sequence[tuple[Document, Record]],
    *,
    hidden: Everything,
    progress: Progress,
) -> Papers:
    """Each file is read once, to see that it is still the one that was taken in; a public pack has nothing that is restricted."""
    restricted = restricted_files(conn) if hidden.public else frozenset[str]()
    forms = form_files(conn) - restricted if hidden.public else frozenset[str]()
    secret = restricted | forms
    shown = [(each, item) for each, item in documents if each.sha256 not in secret]
    hashes = list(dict.fromkeys(each.sha256 for each, _ in shown))
    kept: dict[str, Path] = {}
    sizes: dict[str, int] = {}
    troubles: dict[str, str] = {}
    for number, sha256 in enumerate(hashes):
        progress("Checking the evidence", number, len(hashes))
        try:
            held = store.open(sha256)
        except (StorageTrouble, OSError) as trouble:
            troubles[sha256] = _in_words(store, sha256, trouble)
        else:
            kept[sha256], sizes[sha256] = held.path, held.size
    names, words, files = Names(), RecordNames(conn), dict[str, str]()
    papers: list[Paper] = []
    of_record: dict[tuple[type[Record], int], list[Paper]] = {}
    for document, item in shown:
        sha256 = document.sha256
        if sha256 in kept and sha256 not in files:
            called = hidden.text(_called(document, item, words))
            own = hidden.text(f"{_reference(item, words)} {_stem(document)}")
            files[sha256] = f"{FOLDER}/{names.take(called, kept[sha256].suffix.lower(), own)}"
        paper = Paper(
            document_id=document.id,
            name=document.name,
            kind=document.kind.value,
            evidences=_evidences(item, words),
            what=singular(type(item)),
            file=files.get(sha256, ""),
            sha256=sha256,
            size=sizes.get(sha256, 0),
            trouble=troubles.get(sha256, ""),
            note=document.note,
        )
        papers.append(paper)
        of_record.setdefault((type(item), item.id), []).append(paper)
    for what, files_of in (("documents", restricted), ("forms", forms)):
        hidden.count(what, len({each.id for each, _ in documents if each.sha256 in files_of}))
    return Papers(
        papers=tuple(papers),
        of_record={key: tuple(found) for key, found in of_record.items()},
        kept_at=kept,
        withheld=frozenset((type(item), item.id) for each, item in documents if each.sha256 in secret),
    )


def papers_of(papers: Papers, costs: Iterable[Cost]) -> PapersOf:
    """What takes a cost back rests on the papers of what it takes back, too."""
    known = {each.reference: each for each in costs}

    def found(reference: str) -> tuple[tuple[Paper, ...], tuple[Paper, ...], bool]:
        cost = known.get(reference)
        if cost is None:
            return (), (), False
        own = (*papers.about(Cost, cost.id), *papers.about(Cost, cost.reversal_of))
        withheld = (Cost, cost.id) in papers.withheld or (Cost, cost.reversal_of) in papers.withheld
        return own, papers.about(PartnerForm, cost.form_id), withheld

    return found


def _in_words(store: EvidenceStore, sha256: str, trouble: Exception) -> str:
    """Why a file isn't in the pack; without a path of the office's own computer."""
    if isinstance(trouble, OSError):
        return f"The file could not be read ({trouble.strerror or trouble})"
    if store.has(sha256):
        return "The file kept is not the one that was taken in: its SHA-256 is another"
    return "The file is not held: only its name and SHA-256 are"


def _called(document: Document, item: Record, words: RecordNames) -> str:
    """ "C-00012 Invoice AP2853"; of other records their reference and the document's own name."""
    reference = _reference(item, words)
    if isinstance(item, Cost):
        return f"{reference} {document.kind.value} {item.invoice_number}".strip()
    own = _stem(document)
    return own if reference.casefold() in own.casefold() else f"{reference} {own}"


def _stem(document: Document) -> str:
    return Path(document.name.replace("\\", "/")).stem


def _reference(item: Record, words: RecordNames) -> str:
    key = key_of(type(item))
    return str(getattr(item, key.name) or "") if key else words.of(item)


def _evidences(item: Record, words: RecordNames) -> str:
    if isinstance(item, Cost):
        invoice = f", invoice {item.invoice_number}" if item.invoice_number else ""
        return f"{item.reference} {item.supplier}{invoice}"
    return words.of(item)
