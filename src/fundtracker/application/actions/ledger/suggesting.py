"""What the open lines of the ledger may have paid for. Proposals only: nothing is written here."""

import sqlite3
from collections.abc import Sequence

from fundtracker.application.ledger_scoring import (
    LEAST,
    Payable,
    Scoring,
    Suggestion,
    best_for_each,
    payable_cost,
    payable_instalment,
)
from fundtracker.application.matching import Names, aliases_of
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.storage import ledger, repository
from fundtracker.storage.stopping import Progress


def suggestions(
    workspace: Workspace,
    *,
    line_ids: Sequence[int] | None = None,
    least: int = LEAST,
    progress: Progress | None = None,
) -> tuple[Suggestion, ...]:
    """For each open line (or each of these) the surest that it may have paid for, the surest first; nothing less sure than `least` %."""
    if progress is not None:
        progress("Reading lines and costs", 0, 0)
    with workspace.database.reader() as conn:
        lines = ledger.open_lines(conn, line_ids)
        matched = ledger.matched(conn, "line_id")
    if not lines:
        return ()
    found = best_for_each(scoring_of(workspace), lines, matched, progress)
    return tuple(each for each in found if each.confidence >= least)


def candidates(workspace: Workspace, line: LedgerLine) -> tuple[Suggestion, ...]:
    """The few things that one line may have paid for, the surest first: to choose from."""
    with workspace.database.reader() as conn:
        matched = ledger.matched(conn, "line_id")
    found = scoring_of(workspace).candidates(line, line.amount.pence - matched.get(line.id, 0))
    return tuple(each.suggestion for each in found)


def scoring_of(workspace: Workspace) -> Scoring:
    """Everything payable, as the file now stands."""
    with workspace.database.reader() as conn:
        costs, instalments = ledger.own_costs(conn), ledger.payable_instalments(conn)
        names = names_of(conn)
        return Scoring(payables(conn, costs, instalments), names)


def names_of(conn: sqlite3.Connection) -> Names:
    """What is known of names: the office's own records, and suppliers matched before."""
    organisations, partnerships = repository.select(conn, Organisation), repository.select(conn, Partnership)
    return Names(organisations, partnerships, ledger.suppliers_matched(conn))


def payables(
    conn: sqlite3.Connection, costs: Sequence[Cost], instalments: Sequence[Instalment]
) -> list[Payable]:
    """Of these, what the ledger doesn't show all of yet."""
    paid, passed_on = ledger.matched(conn, "cost_id"), ledger.matched(conn, "instalment_id")
    found = [payable_cost(each, paid.get(each.id, 0)) for each in costs]
    if instalments:
        grants = {each.id: each for each in repository.select(conn, Grant)}
        organisations = {each.id: each for each in repository.select(conn, Organisation)}
        partnerships = {each.id: each for each in repository.select(conn, Partnership)}
        for each in instalments:
            grant = grants[each.grant_id]
            called = _names_of(
                organisations[grant.recipient_id],
                partnerships.get(grant.partnership_id) if grant.partnership_id else None,
            )
            found.append(payable_instalment(each, grant, called, passed_on.get(each.id, 0)))
    return [each for each in found if each is not None]


def _names_of(recipient: Organisation, partnership: Partnership | None) -> tuple[str, ...]:
    """Every name under which a grant may be paid out."""
    named = [recipient.name, *aliases_of(recipient.aliases)]
    if partnership is not None:
        named += [partnership.name, *aliases_of(partnership.aliases)]
    return tuple(named)
