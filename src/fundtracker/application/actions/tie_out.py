"""The tie-out of an award's quarter: worked out, written as a workbook, and its figures agreed for a day."""

from dataclasses import replace
from pathlib import Path

from fundtracker.application.actions.figures import award_called
from fundtracker.application.actions.records import add
from fundtracker.application.actions.written import must_end, write_to
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.ledger import AgreedBalance, AgreedFigure
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.tie_out import TieOut, tie_out
from fundtracker.domain.tie_out_agreed import agreed_figure, broken_balances
from fundtracker.storage import books, journal, ledger


def tie_out_of(workspace: Workspace, award_id: int, quarter: Quarter) -> TieOut:
    """The tie-out as the file now stands, read in one moment."""
    today = workspace.today
    with workspace.database.reader() as conn:
        book = books.load_book(conn, award_id, today=today)
        found = ledger.award_ledger(conn, book)
    return tie_out(book, quarter, found)


def write_tie_out(workspace: Workspace, award_reference: str, quarter: Quarter, path: Path) -> TieOut:
    """Write the tie-out of an award's quarter to a workbook. Refused where no award has that reference."""
    from fundtracker.returns.tie_out_sheet import write_tie_out as draw

    must_end(path, (".xlsx",))
    tied = tie_out_of(workspace, award_called(workspace, award_reference).id, quarter)
    office = workspace.office
    with workspace.database.reader() as conn:
        sequence, seal = journal.head(conn)
    marking, name = (office.marking, office.name) if office else ("OFFICIAL", "")
    write_to(
        path,
        lambda target: draw(
            tied, target, office=name, marking=marking, footer=f"Fingerprint {sequence}:{seal[:16]}"
        ),
    )
    return tied


def agree_balance(
    workspace: Workspace,
    award_id: int,
    figure: AgreedFigure,
    quarter: Quarter,
    agreed_by: str,
    note: str = "",
) -> AgreedBalance:
    """Keep what a figure comes to today as agreed, to the quarter's end in its financial year. Agreed anew, the later one counts."""
    if not agreed_by.strip():
        raise Refused(
            Problem(
                kind=AgreedBalance.__name__, column="agreed_by", message="Write who agreed it, by their role."
            )
        )
    tied = tie_out_of(workspace, award_id, quarter)
    values = {
        "award_id": award_id,
        "figure": figure,
        "quarter": quarter,
        "amount": agreed_figure(tied.book, tied.ledger, figure, quarter),
        "agreed_on": workspace.today,
        "agreed_by": agreed_by.strip(),
        "note": note,
    }
    return add(workspace, AgreedBalance, values)


def balances_broken(workspace: Workspace) -> tuple[Problem, ...]:
    """Every agreed balance that no longer holds, over all awards that have any: with both sums and when it was agreed."""
    today = workspace.today
    awards = {each.award_id for each in workspace.select(AgreedBalance)}
    found: list[Problem] = []
    with workspace.database.reader() as conn:
        for award_id in sorted(awards):
            book = books.load_book(conn, award_id, today=today)
            reference = book.award.reference
            found.extend(
                replace(each, where=reference)
                for each in broken_balances(book, ledger.award_ledger(conn, book))
            )
    return tuple(found)


def quarters_of(workspace: Workspace, award: Award) -> tuple[Quarter, ...]:
    """The quarters that can be tied out: from the award's first to the one that runs today, the latest first."""
    from fundtracker.domain.periods import quarters_between

    last = min(Quarter.of(workspace.today), Quarter.of(award.ends_on).next)
    return tuple(quarters_between(Quarter.of(award.starts_on), last))[::-1]
