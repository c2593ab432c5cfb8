"""All that a return's pack says, read in one moment of the file."""

import hashlib
import sqlite3
from dataclasses import replace

from fundtracker import __version__
from fundtracker.application.actions.pack import missing, of_return, registers
from fundtracker.application.actions.pack.changes import changes_register
from fundtracker.application.actions.pack.gathered import (
    About,
    Asked,
    Gathered,
    Made,
    declared_by,
    references,
    sample_of,
    tiles_of,
)
from fundtracker.application.actions.pack.papers import documents_about, gather, papers_of
from fundtracker.application.actions.pack.withholding import Everything, Public
from fundtracker.application.double_funding import suspicions
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import earlier_returns
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Indicator, Reading
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, Instalment
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import fingerprint, recalled
from fundtracker.domain.tie_out import tie_out
from fundtracker.domain.variations import Variation
from fundtracker.returns.pack.contents import (
    Contents,
    Missing,
    Paper,
    Register,
)
from fundtracker.storage import books, frozen, ledger
from fundtracker.storage.stopping import Progress


def gather_return(workspace: Workspace, return_id: int, asked: Asked, progress: Progress) -> Gathered:
    """Everything about a return; of a submitted one its figures are those that were frozen."""
    with workspace.database.reader() as conn:
        made = Made.of(conn)
        hidden: Everything = Public(conn) if asked.public else Everything()
        sent = workspace.get(FunderReturn, return_id)
        book = books.load_book(conn, sent.award_id, today=made.day)
        text = frozen.snapshot_text(conn, return_id)
        snapshot = _snapshot(book, sent, text, made)
        documents = documents_about(conn, _about_return(book, sent, snapshot))
        papers = gather(conn, workspace.evidence, documents, hidden=hidden, progress=progress)
        figures = of_return.figures_of(snapshot, papers_of(papers, book.costs_by_id.values()))
        shown = hidden.snapshot(snapshot)
        kept = _kept(conn, sent)
        if shown != snapshot:
            hidden.count("return", len(kept))
            kept = ()
        gone = (
            *missing.of_costs(figures.cost_lines),
            *missing.of_files(papers),
            *_unsigned(sent, papers.about(FunderReturn, sent.id)),
            *missing.of_award(book, papers),
            *missing.of_records(book, papers, made.day),
        )
        header = snapshot.header
        cover = made.cover(
            f"Return {sent.reference}", f"{sent.reference} audit pack", asked, book.office,
            title=header.title, period=f"{header.quarter}, {header.months}", draft=header.draft,
            contents_sha256=fingerprint(text) if text is not None else "",
        )  # fmt: skip
        sample = sample_of(
            figures, asked, f"{sent.reference} {made.head[0]}:{made.head[1][:16]}", figures.beside.lines
        )
        contents = Contents(
            cover=cover,
            tiles=tiles_of(
                "Claim" if not header.draft else "Claim so far",
                snapshot.cash.claim,
                header.quarter,
                figures,
                gone,
                sample,
            ),
            figures=figures,
            sample=sample,
            papers=papers.papers,
            missing=gone,
            withheld=(),
            registers=(
                registers.variations(book),
                registers.approvals(book, sent, declared_by(hidden)),
                _changes_of_return(conn, book, sent, hidden, progress),
                registers.checks(snapshot.checks, snapshot.controls),
                registers.double_funding(suspicions(workspace), references(figures)),
            ),
            return_files=(),
        )
        tied = tie_out(book, sent.quarter, ledger.award_ledger(conn, book))
    return Gathered(contents, hidden, papers.kept_at, tied, _drawn(shown, snapshot), kept)


def _snapshot(book: AwardBook, sent: FunderReturn, text: str | None, made: Made) -> Snapshot:
    if text is not None:
        return recalled(text)
    if sent.state.frozen:
        raise Refused(
            f"{sent.reference} was sent before this file was begun: its figures are held, its document is not, so there is no pack of it."
        )
    return prepare(
        book,
        sent,
        Provenance(
            program_version=__version__, history_sequence=made.head[0], history_seal=made.head[1], draft=True
        ),
    )


def _kept(conn: sqlite3.Connection, sent: FunderReturn) -> tuple[frozen.FrozenFile, ...]:
    kept = frozen.files(conn, sent.id)
    for each in kept:
        if hashlib.sha256(each.content).hexdigest() != each.sha256:
            raise StorageTrouble(
                f"{each.name} as kept no longer matches its fingerprint: the file was changed outside the program. Restore a backup."
            )
    return kept


def _drawn(shown: Snapshot, snapshot: Snapshot) -> Snapshot:
    """What is drawn where the frozen files aren't shown: a public copy says on every page that it is one."""
    if shown == snapshot:
        return snapshot
    banner = " · ".join(filter(None, ("Public copy: details are withheld", shown.header.demonstration)))
    return replace(shown, header=replace(shown.header, demonstration=banner))


# What documents belong to it


def _about_return(book: AwardBook, sent: FunderReturn, snapshot: Snapshot) -> list[About]:
    """The records whose documents go with a return: its costs first, then what decides about them."""
    by_reference = {each.reference: each for each in book.costs_by_id.values()}
    costs = [
        by_reference[row.cost] for row in (*snapshot.costs, *snapshot.orders) if row.cost in by_reference
    ]
    ids = [found for each in costs for found in (each.id, each.reversal_of) if found is not None]
    grants = [each.id for each in book.all(Grant)]
    forms = [each.form_id for each in costs if each.form_id is not None]
    forms += [each.id for each in book.all(PartnerForm) if each.quarter == sent.quarter]
    indicators = {each.id for each in book.all(Indicator)}
    readings = [
        each.id
        for each in book.all(Reading)
        if each.quarter == sent.quarter and each.indicator_id in indicators
    ]
    return [
        (Cost, ids),
        (Award, [book.award.id]),
        (FunderReturn, [sent.id]),
        (Variation, [each.id for each in book.all(Variation)]),
        (Grant, grants),
        (PartnerForm, forms),
        (Instalment, [each.id for each in book.all(Instalment)]),
        (Condition, [each.id for each in book.all(Condition)]),
        (Reading, readings),
    ]


def _unsigned(sent: FunderReturn, papers: tuple[Paper, ...]) -> tuple[Missing, ...]:
    """A name typed into a program is weak proof of who signed: the signed paper is kept as well (domain 3.2)."""
    if not sent.state.frozen or any(each.file for each in papers):
        return ()
    why = f"It was signed by {sent.signed_by or 'somebody'}; no signed copy is kept here"
    return (Missing("Signed declaration", sent.reference, why),)


# Registers


def _changes_of_return(
    conn: sqlite3.Connection, book: AwardBook, sent: FunderReturn, hidden: Everything, progress: Progress
) -> Register:
    """Since the award's last submitted return before this one; from the beginning where there is none."""
    before = earlier_returns(book, sent.quarter)
    last = frozen.head_before(conn, before[-1].id) if before else None
    own = frozen.head_before(conn, sent.id)
    since = f"Since {before[-1].reference} was submitted" if before else "Since the beginning"
    return changes_register(
        conn,
        ((Award, book.award.id), *((Grant, each.id) for each in book.all(Grant))),
        since=last[0] + 1 if last else 0,
        told=f"{since}: every change to the award, its interventions, costs, grants and returns, as the file's sealed history tells it.",
        signed_at=own[0] + 1 if own else None,
        shown=hidden.change,
        who=hidden.who,
        progress=progress,
    )
