"""What stands undone, over all live awards: the questions of Home's list that read more than an index, so a worker asks them.

Each rule is said in its question's docstring; `domain` has the words it is made of, and a test holds the two equal over random programmes.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fundtracker.domain.periods import Quarter
from fundtracker.storage.conditions import (
    COUNTED,
    ELIGIBLE,
    ENDS_ON,
    LEFT_TO_MATCH,
    QUARTER_OF_RECEIPT,
)
from fundtracker.storage.glance import LIVE
from fundtracker.storage.undone import ACCRUED, LATE, STANDS, UNEVIDENCED, UNMATCHED, Undone

Rows = list[tuple[Any, ...]]


def _of_live_awards(wanted: str, by: str) -> str:
    """SQL: costs that are spent and stand, in one reading of them all: award's id, its reference, `by`, how many, the first one's id."""
    return f"""SELECT award.id, award.reference, part.by, sum(part.many), min(part.first) FROM (
            SELECT cost.intervention_id, {by} AS by, count(*) AS many, min(cost.id) AS first FROM cost NOT INDEXED
            WHERE {COUNTED} AND {STANDS} AND {wanted} GROUP BY 1, 2
        ) AS part JOIN intervention ON intervention.id = part.intervention_id JOIN award ON award.id = intervention.award_id
        WHERE {LIVE} GROUP BY 1, 2, 3"""


def open_accruals(conn: sqlite3.Connection, day: date, until: date) -> Rows:
    """Costs received by the end of a quarter (`until`) and still accrued on the day: award's id, its reference, quarter, how many, the
    first one's id. Accrued: spent with no invoice by the day; a reversal that takes it back whole settles it.
    """
    bound = {"day": day.isoformat(), "until": until.isoformat()}
    return conn.execute(_of_live_awards(ACCRUED, QUARTER_OF_RECEIPT), bound).fetchall()


def without_evidence(conn: sqlite3.Connection, day: date) -> Rows:
    """Costs that are spent and invoiced by the day and have no Document: award's id, its reference, "", how many, the first one's id."""
    return conn.execute(_of_live_awards(UNEVIDENCED, "''"), {"day": day.isoformat()}).fetchall()


def late_milestones(conn: sqlite3.Connection, day: date) -> Rows:
    """Not reached, and the day forecast for it (or else the baseline) is past, of interventions neither complete nor stopped:
    award's id, its reference, how many, the first one's id, what it is, the earliest day.
    """
    return conn.execute(
        f"""SELECT award.id, award.reference, count(*), milestone.id, milestone.what, min(coalesce(milestone.forecast_on, milestone.baseline_on))
        FROM milestone JOIN intervention ON intervention.id = milestone.intervention_id JOIN award ON award.id = intervention.award_id
        WHERE {LIVE} AND {LATE} GROUP BY 1, 2""",
        {"day": day.isoformat()},
    ).fetchall()


def awards_waiting(conn: sqlite3.Connection, undone: Undone) -> Rows:
    """Awards that lack something: id, reference; a variation in force moves an award's end."""
    condition, bound = undone.condition()
    asked = f"SELECT award.id, award.reference FROM award WHERE {condition} ORDER BY award.reference"
    return conn.execute(asked, bound).fetchall()


def over(conn: sqlite3.Connection, day: date, quarter: Quarter) -> Rows:
    """Agreed awards over before a quarter begins: id, reference, first day, last day, the quarters they have a return of."""
    return conn.execute(
        f"""SELECT id, reference, starts_on, ends, (SELECT group_concat(quarter) FROM funder_return WHERE award_id = award.id) FROM (
            SELECT award.*, {ENDS_ON} AS ends FROM award WHERE award.status = 'Agreed') AS award
        WHERE ends < :begins ORDER BY reference""",
        {"day": day.isoformat(), "begins": quarter.begins_on.isoformat()},
    ).fetchall()


def without_form(conn: sqlite3.Connection, quarter: Quarter) -> Rows:
    """Agreed grants with money in a quarter's year that run in the quarter and have no form of it: id, reference."""
    return conn.execute(
        """SELECT "grant".id, "grant".reference FROM "grant" WHERE "grant".status = 'Agreed'
        AND coalesce("grant".starts_on, :ends) <= :ends AND coalesce("grant".ends_on, :begins) >= :begins
        AND EXISTS (SELECT 1 FROM grant_source WHERE grant_id = "grant".id AND year = :year)
        AND NOT EXISTS (SELECT 1 FROM partner_form WHERE grant_id = "grant".id AND quarter = :quarter) ORDER BY "grant".reference""",
        {
            "quarter": quarter.code,
            "year": str(quarter.year),
            "begins": quarter.begins_on.isoformat(),
            "ends": quarter.ends_on.isoformat(),
        },
    ).fetchall()


def open_forms(conn: sqlite3.Connection, day: date) -> Rows:
    """Forms that wait for somebody: late ones, and what was received and isn't accepted: id, grant's id, reference, due, whether it
    was received, problems it was sent back with.
    """
    return conn.execute(
        """SELECT id, grant_id, reference, due_on, received_on IS NOT NULL, problems FROM partner_form
        WHERE accepted_on IS NULL AND (received_on IS NOT NULL OR due_on < :day) ORDER BY due_on, id""",
        {"day": day.isoformat()},
    ).fetchall()


def open_ledger_lines(conn: sqlite3.Connection, before: date) -> Rows:
    """Ledger lines posted before a day to codes of live awards, with something matched to nothing: award's id, its reference, how
    many, pence left, the first one's id.
    """
    return conn.execute(
        f"""SELECT award.id, award.reference, count(*), sum({LEFT_TO_MATCH}), min(ledger_line.id)
        FROM ledger_line JOIN ledger_code ON ledger_code.code = ledger_line.code COLLATE NOCASE
        LEFT JOIN intervention ON intervention.id = ledger_code.intervention_id
        JOIN award ON award.id = coalesce(ledger_code.award_id, intervention.award_id)
        WHERE {LIVE} AND {UNMATCHED} GROUP BY 1, 2 ORDER BY 2""",
        {"before": before.isoformat()},
    ).fetchall()


def has_agreed_balances(conn: sqlite3.Connection) -> bool:
    return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM agreed_balance)").fetchone()[0])


def drafts(conn: sqlite3.Connection) -> Rows:
    """Returns not yet submitted: id, reference, award's id, quarter, due."""
    return conn.execute(
        "SELECT id, reference, award_id, quarter, due_on FROM funder_return WHERE state IN ('Draft', 'With CFO') ORDER BY due_on, id"
    ).fetchall()


@dataclass(frozen=True)
class Ruling:
    """The Term that holds: its number, and whether a waiver holds against it."""

    number: Decimal | None
    waived: bool


def ruling(conn: sqlite3.Connection, kind: str, award_id: int, on: Quarter, day: date) -> Ruling | None:
    """`domain.rules.rule` of an award at a quarter's end, in SQL: the award's own Term before its round's, a year's before the general, then the latest."""
    row = conn.execute(
        """SELECT term.number, EXISTS (SELECT 1 FROM waiver WHERE term_id = term.id AND :day BETWEEN approved_on AND expires_on)
        FROM award JOIN bid ON bid.id = award.bid_id JOIN term ON term.award_id = award.id OR term.round_id = bid.round_id
        WHERE award.id = :award AND term.kind = :kind AND term.effective_from <= :ends AND term.grant_id IS NULL
        AND (term.year IS NULL OR term.year = :year)
        ORDER BY term.award_id IS NOT NULL DESC, term.year IS NOT NULL DESC, term.effective_from DESC, term.id DESC LIMIT 1""",
        {
            "day": day.isoformat(),
            "award": award_id,
            "kind": kind,
            "ends": on.ends_on.isoformat(),
            "year": str(on.year),
        },
    ).fetchone()
    return None if row is None else Ruling(None if row[0] is None else Decimal(row[0]) / 1000, bool(row[1]))


def outturn_lines(
    conn: sqlite3.Connection, return_id: int, award_id: int, quarter: Quarter, day: date
) -> Rows:
    """A return's Spend lines as `domain.spend` has them: pence planned this year, pence of outturn, and the reason written ("" for none).

    Outturn is what is claimed to date (all that the ledger now has of the year, to the quarter's end) plus the latest forecasts.
    """
    return conn.execute(
        f"""SELECT sum(planned), sum(outturn), coalesce(variance_reason.reason, '') FROM (
            SELECT profile_line.intervention_id, profile_line.expense, profile_line.category_id, profile_line.amount AS planned, 0 AS outturn
            FROM profile_line JOIN intervention ON intervention.id = profile_line.intervention_id
            WHERE intervention.award_id = :award AND profile_line.quarter BETWEEN :first AND :last
            UNION ALL
            SELECT variation_change.intervention_id, variation_change.expense, variation_change.category_id,
                coalesce(new_amount, 0) - coalesce(old_amount, 0), 0
            FROM variation JOIN variation_change ON variation_change.variation_id = variation.id
            WHERE variation.award_id = :award AND variation_change.kind = 'Re-profile' AND variation_change.quarter BETWEEN :first AND :last
            AND variation_change.intervention_id IS NOT NULL AND variation_change.expense IS NOT NULL
            AND variation_change.category_id IS NOT NULL AND variation.approved_on <= :now AND variation.effective_on <= :now
            UNION ALL
            SELECT cost.intervention_id, cost.expense, cost.category_id, 0, {ELIGIBLE}
            FROM intervention JOIN cost ON cost.intervention_id = intervention.id
            WHERE intervention.award_id = :award AND cost.received_on >= :begins AND {COUNTED.replace(":day", ":ends")}
            UNION ALL
            SELECT intervention_id, expense, category_id, 0, amount FROM (
                SELECT forecast.*, rank() OVER (PARTITION BY intervention_id, forecast.quarter, expense ORDER BY funder_return.quarter DESC) AS age
                FROM funder_return JOIN forecast ON forecast.return_id = funder_return.id
                WHERE funder_return.award_id = :award AND funder_return.quarter <= :quarter
                AND forecast.quarter > :quarter AND forecast.quarter <= :last
            ) WHERE age = 1
        ) AS part LEFT JOIN variance_reason ON variance_reason.return_id = :return AND variance_reason.intervention_id = part.intervention_id
            AND variance_reason.expense = part.expense AND variance_reason.category_id = part.category_id
        GROUP BY part.intervention_id, part.expense, part.category_id""",
        {
            "return": return_id,
            "award": award_id,
            "quarter": quarter.code,
            "first": quarter.year.quarters[0].code,
            "last": quarter.year.quarters[-1].code,
            "begins": quarter.year.begins_on.isoformat(),
            "ends": quarter.ends_on.isoformat(),
            "now": max(day, quarter.ends_on).isoformat(),
        },
    ).fetchall()
