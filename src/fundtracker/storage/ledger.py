"""The finance ledger in SQL: what is matched so far, what is left to match, and the lines of an award."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fundtracker.domain.award_ledger import AwardLedger
from fundtracker.domain.book import AwardBook
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerCode, LedgerLine, LedgerMatch
from fundtracker.storage.conditions import LEFT_TO_MATCH, MATCHING
from fundtracker.storage.repository import select, select_where

OPEN = MATCHING["unmatched"]
"""Lines that still need a match, in whole or in part."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How the ledger stands: lines held, lines wholly matched, set aside, still open, and what is open in pence."""

    lines: int
    matched: int
    set_aside: int
    open: int
    open_pence: int


def counts(conn: sqlite3.Connection) -> Counts:
    row = conn.execute(
        f"""SELECT count(*), coalesce(sum(set_aside = '' AND left_over = 0), 0), coalesce(sum(set_aside <> ''), 0),
            coalesce(sum(set_aside = '' AND left_over <> 0), 0), coalesce(sum(CASE WHEN set_aside = '' THEN left_over END), 0)
        FROM (SELECT set_aside, {LEFT_TO_MATCH} AS left_over FROM ledger_line)"""
    ).fetchone()
    return Counts(*row)


def matched(conn: sqlite3.Connection, column: str) -> dict[int, int]:
    """Pence matched so far, by the id in a column of the matches: `line_id`, `cost_id` or `instalment_id`."""
    return dict(
        conn.execute(f"SELECT {column}, sum(amount) FROM ledger_match WHERE {column} IS NOT NULL GROUP BY 1")
    )


def open_lines(conn: sqlite3.Connection, ids: Sequence[int] | None = None) -> tuple[LedgerLine, ...]:
    """Lines with something left to match, in the order of their ids; of these ids where some are given."""
    if ids is None:
        return select_where(conn, LedgerLine, OPEN)
    return tuple(
        each
        for some in _slices(ids)
        for each in select_where(conn, LedgerLine, f"{OPEN} AND {_one_of(some)}", some)
    )


def own_costs(conn: sqlite3.Connection) -> tuple[Cost, ...]:
    """What the office itself spent or ordered: a partner's costs are paid by the partner."""
    return select_where(conn, Cost, "grant_id IS NULL")


def payable_instalments(conn: sqlite3.Connection) -> tuple[Instalment, ...]:
    return select_where(conn, Instalment, "status <> 'Cancelled'")


def suppliers_matched(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """How the ledger calls a supplier and how the cost matched to it does: learnt from what somebody agreed to."""
    return set(
        conn.execute(
            """SELECT DISTINCT ledger_line.supplier, cost.supplier FROM ledger_match
            JOIN ledger_line ON ledger_line.id = ledger_match.line_id JOIN cost ON cost.id = ledger_match.cost_id
            WHERE ledger_line.supplier <> ''"""
        )
    )


def last_cost_like(conn: sqlite3.Connection, line: LedgerLine) -> Cost | None:
    """The cost that a line of this supplier and code was matched to last; of this supplier alone where there is none."""
    for condition, bound in (
        ("supplier = ? COLLATE NOCASE AND code = ?", (line.supplier, line.code)),
        ("supplier = ? COLLATE NOCASE", (line.supplier,)),
    ):
        found = conn.execute(
            f"""SELECT cost_id FROM ledger_match WHERE cost_id IS NOT NULL AND line_id IN
            (SELECT id FROM ledger_line WHERE {condition} AND supplier <> '') ORDER BY id DESC LIMIT 1""",
            bound,
        ).fetchone()
        if found:
            return next(iter(select(conn, Cost, {"id": found[0]})), None)
    return None


def award_ledger(conn: sqlite3.Connection, book: AwardBook) -> AwardLedger:
    """The award's lines: matched to its costs or to instalments of its grants, or posted to one of its codes."""
    costs = [each.id for each in book.all(Cost)]
    instalments = [each.id for each in book.all(Instalment)]
    matches = {
        each.id: each
        for column, ids in (("cost_id", costs), ("instalment_id", instalments))
        for some in _slices(ids)
        for each in select_where(conn, LedgerMatch, _one_of(some, column), some)
    }
    own = {each.id for each in book.all(Intervention)}
    codes = tuple(
        each
        for each in select(conn, LedgerCode)
        if each.award_id == book.award.id or (each.award_id is None and each.intervention_id in own)
    )
    lines: dict[int, LedgerLine] = {}
    for some in _slices(sorted({each.line_id for each in matches.values()})):
        lines |= {each.id: each for each in select_where(conn, LedgerLine, _one_of(some), some)}
    for some in _slices([each.code for each in codes]):
        coded = f"code COLLATE NOCASE IN ({', '.join('?' * len(some))})"
        lines |= {each.id: each for each in select_where(conn, LedgerLine, coded, some)}
    # A line of the award may pay for something of another award too: what is left of it is less.
    every = (
        each
        for some in _slices(sorted(lines))
        for each in select_where(conn, LedgerMatch, _one_of(some, "line_id"), some)
    )
    matches |= {each.id: each for each in every}
    return AwardLedger(
        codes=codes,
        lines=tuple(lines[key] for key in sorted(lines)),
        matches=tuple(matches[key] for key in sorted(matches)),
    )


def _one_of(ids: Sequence[Any], column: str = "id") -> str:
    return f"{column} IN ({', '.join('?' * len(ids))})"


def _slices(ids: Sequence[Any], most: int = 500) -> list[Sequence[Any]]:
    return [ids[start : start + most] for start in range(0, len(ids), most)]
