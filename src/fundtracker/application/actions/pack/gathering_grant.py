"""All that a grant's pack says, read in one moment of the file."""

import sqlite3

from fundtracker.application.actions.pack import missing, of_grant, registers
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
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grant_checks import grant_checks, years_of
from fundtracker.domain.grants import Condition, Grant, Instalment, InstalmentStatus
from fundtracker.domain.ledger import LedgerMatch
from fundtracker.domain.money import Money, total
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.variations import Variation
from fundtracker.returns.pack.contents import (
    Contents,
    Figures,
    Register,
)
from fundtracker.storage import grant_books, portfolio, repository
from fundtracker.storage.stopping import Progress


def gather_grant(workspace: Workspace, grant_id: int, asked: Asked, progress: Progress) -> Gathered:
    """Everything about a grant, from its beginning."""
    with workspace.database.reader() as conn:
        made = Made.of(conn)
        hidden: Everything = Public(conn) if asked.public else Everything()
        book = grant_books.load_grant_book(conn, grant_id, today=made.day)
        grant = book.grant
        documents = documents_about(conn, _about_grant(book))
        papers = gather(conn, workspace.evidence, documents, hidden=hidden, progress=progress)
        figures = of_grant.figures_of(book, papers_of(papers, book.all(Cost)))
        gone = (
            *missing.of_costs(figures.cost_lines),
            *missing.of_files(papers),
            *missing.of_records(book, papers, made.day),
        )
        partnership = book.partnership
        cover = made.cover(
            f"Grant {grant.reference}", f"{grant.reference} audit pack", asked, book.office, title=grant.title,
            period=", for ".join(filter(None, (book.recipient.name, partnership.name if partnership else ""))),
        )  # fmt: skip
        sample = sample_of(figures, asked, f"{grant.reference} {made.head[0]}:{made.head[1][:16]}")
        whole = total(each.amount for each in figures.claimed_lines())
        contents = Contents(
            cover=cover,
            tiles=tiles_of(
                "Spent and accepted",
                whole,
                "in all years",
                figures,
                gone,
                sample,
            ),
            figures=figures,
            sample=sample,
            papers=papers.papers,
            missing=gone,
            withheld=(),
            registers=_of_grant(workspace, conn, book, figures, hidden, progress),
            return_files=(),
        )
    return Gathered(contents, hidden, papers.kept_at, None, None, ())


def _about_grant(book: GrantBook) -> list[About]:
    costs = sorted(book.all(Cost), key=lambda each: each.reference)
    return [
        (Cost, [each.id for each in costs]),
        (Grant, [book.grant.id]),
        (Variation, [each.id for each in book.all(Variation)]),
        (PartnerForm, [each.id for each in book.all(PartnerForm)]),
        (Instalment, [each.id for each in book.all(Instalment)]),
        (Condition, [each.id for each in book.all(Condition)]),
    ]


def _of_grant(
    workspace: Workspace,
    conn: sqlite3.Connection,
    book: GrantBook,
    figures: Figures,
    hidden: Everything,
    progress: Progress,
) -> tuple[Register, ...]:
    grant_id = book.grant.id
    paid_in_ledger = _in_ledger(conn, book)
    return (
        registers.forms(book, lambda cost: cost.eligible if cost.counts else Money(0), declared_by(hidden)),
        registers.instalments(book, lambda each: paid_in_ledger.get(each.id, Money(0))),
        registers.conditions(book),
        registers.variations(book),
        registers.approvals(book, None, declared_by(hidden)),
        changes_register(
            conn,
            ((Grant, grant_id),),
            since=0,
            told="From the beginning: every change to this grant and what belongs to it, as the file's sealed history tells it.",
            signed_at=None,
            shown=hidden.change,
            who=hidden.who,
            progress=progress,
        ),
        registers.checks(grant_checks(book), ()),
        registers.double_funding(suspicions(workspace), references(figures)),
        registers.grant_tie_out(_roads(conn, book, figures, paid_in_ledger)),
    )


def _in_ledger(conn: sqlite3.Connection, book: GrantBook) -> dict[int, Money]:
    """What the finance ledger shows of each instalment."""
    found: dict[int, Money] = {}
    ids = [each.id for each in book.all(Instalment)]
    for match in repository.select_in(conn, LedgerMatch, "instalment_id", ids):
        if match.instalment_id is not None:
            found[match.instalment_id] = found.get(match.instalment_id, Money(0)) + match.amount
    return found


def _roads(
    conn: sqlite3.Connection, book: GrantBook, figures: Figures, in_ledger: dict[int, Money]
) -> list[tuple[str, Money, Money, str]]:
    """Each figure of the grant, from its own records and from the sums that Home shows."""
    sums = portfolio.grants(conn, book.today).get(book.grant.id)
    given = total(amount for year in years_of(book) for amount in book.budgets(year).values())
    paid = total(each.amount for each in book.all(Instalment) if each.status is InstalmentStatus.PAID)
    rows: list[tuple[str, Money, Money, str]] = []
    if sums is not None:
        spent = total(each.amount for each in figures.claimed_lines())
        rows += [
            ("Granted", given, sums.granted, "Sources and variations in force; the sum that Home shows"),
            ("Paid", paid, sums.paid, "Instalments marked as paid; the sum that Home shows"),
            ("Spent and accepted", spent, sums.spent, "The cost lines of this pack; the sum that Home shows"),
        ]
    for year in years_of(book):
        lines = total(each.whole for each in figures.lines if each.year == str(year))
        rows.append(
            (
                f"Spent and accepted in {year}",
                lines,
                of_grant.spent(book, year),
                "The lines on Figures; the accepted costs of the year",
            )
        )
    if in_ledger:
        shown = total(in_ledger.values())
        rows.append(
            (
                "Paid, as the finance ledger shows it",
                paid,
                shown,
                "Instalments marked as paid; ledger lines matched to instalments",
            )
        )
    sent = {each.id for each in book.all(FunderReturn) if each.state.frozen}
    claimed = [each for each in book.all(ReturnLine) if each.return_id in sent]
    costs = {each.cost_id for each in claimed}
    now = total(each.eligible for each in book.all(Cost) if each.id in costs and each.counts)
    rows.append(
        (
            "Claimed from the funder",
            total(each.amount for each in claimed),
            now,
            "What submitted returns say of this grant's costs; what those costs come to now",
        )
    )
    return rows
