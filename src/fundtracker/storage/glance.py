"""What Home asks: small questions on indexes and kept sums, never a scan of the costs."""

import sqlite3
from datetime import date
from typing import Any

from fundtracker.storage.conditions import DIFFERENCE, IN_FORCE, MOVES_MONEY

Rows = list[tuple[Any, ...]]


def office_named(conn: sqlite3.Connection) -> tuple[str, date | None]:
    """The office's name ("" where none is entered yet) and its demonstration date, if it has one."""
    row = conn.execute("SELECT name, today FROM office ORDER BY id LIMIT 1").fetchone()
    name, shown = row or ("", None)
    return name, date.fromisoformat(shown) if shown else None


def has_awards(conn: sqlite3.Connection) -> bool:
    """Whether any award is entered: before that a file has nothing to show."""
    return conn.execute("SELECT 1 FROM award LIMIT 1").fetchone() is not None


def first_of_each(conn: sqlite3.Connection) -> dict[str, int]:
    """Of what a programme begins with, what is entered: the kind's name and the id of its first record."""
    tables = {
        "Office": "office",
        "CostCategory": "cost_category",
        "Fund": "fund",
        "FundingRound": "funding_round",
        "Bid": "bid",
    }
    asked = ", ".join(f"(SELECT min(id) FROM {table})" for table in tables.values())
    found = conn.execute(f"SELECT {asked}").fetchone()
    return {kind: first for kind, first in zip(tables, found, strict=True) if first is not None}


def open_returns(conn: sqlite3.Connection) -> Rows:
    """Returns not yet submitted, and queried ones: id, reference, state, due."""
    return conn.execute(
        "SELECT id, reference, state, due_on FROM funder_return WHERE state IN ('Draft', 'With CFO', 'Queried') ORDER BY due_on"
    ).fetchall()


def open_instalments(conn: sqlite3.Connection, until: str) -> Rows:
    """Instalments to be paid by a day: id, reference, pence, due, and how many conditions hold it back.

    One that is held comes too, once the conditions it waited for are all accepted.
    """
    return conn.execute(
        """SELECT id, reference, amount, due_on, status,
            (SELECT count(*) FROM condition WHERE instalment_id = instalment.id AND accepted_on IS NULL) AS waiting
        FROM instalment WHERE due_on <= :until AND (status IN ('Scheduled', 'Approved')
            OR (status = 'Held' AND waiting = 0 AND EXISTS (SELECT 1 FROM condition WHERE instalment_id = instalment.id)))
        ORDER BY due_on""",
        {"until": until},
    ).fetchall()


def open_conditions(conn: sqlite3.Connection, until: str) -> Rows:
    """Conditions due by a day and not accepted: id, grant, what, due, received. One without a day is due with what it holds back."""
    return conn.execute(
        """SELECT condition.id, "grant".reference, what, coalesce(condition.due_on, instalment.due_on) AS due, received_on
        FROM condition JOIN "grant" ON "grant".id = condition.grant_id
        LEFT JOIN instalment ON instalment.id = condition.instalment_id AND instalment.status NOT IN ('Paid', 'Cancelled')
        WHERE accepted_on IS NULL AND due <= ? AND "grant".status = 'Agreed' ORDER BY due""",
        (until,),
    ).fetchall()


LIVE = "award.status IN ('Offered', 'Agreed')"
MOST_AWARDS = 200
"""How many awards Home's table shows at most."""


def award_years(
    conn: sqlite3.Connection,
    day: str,
    reported: str,
    year: str,
    *,
    closed: bool = False,
    most: int = MOST_AWARDS,
) -> Rows:
    """Live awards (and closed ones if asked) in one financial year: id, reference, bid title, year, awarded, spent, forecast, and
    spent to the end of the quarter reported; spent from the kept sums.

    Spent is all that is recorded: nothing is received after today, so it is the figure as at today.
    """
    first, last = f"{year[:4]}-{year[5:]}-Q1", f"{year[:4]}-{year[5:]}-Q4"
    return conn.execute(
        f"""WITH expected AS (
            SELECT award_id, sum(amount) AS pence FROM (
                SELECT intervention.award_id, forecast.amount,
                    rank() OVER (PARTITION BY forecast.intervention_id, forecast.quarter, forecast.expense ORDER BY funder_return.quarter DESC) AS age
                FROM forecast JOIN funder_return ON funder_return.id = forecast.return_id
                JOIN intervention ON intervention.id = forecast.intervention_id
                WHERE funder_return.quarter <= :reported AND forecast.quarter > :reported AND forecast.quarter BETWEEN :first AND :last
            ) WHERE age = 1 GROUP BY award_id
        ), live AS (
            SELECT award.id, award.reference, bid.title,
                (SELECT sum(amount) FROM award_line WHERE award_id = award.id AND year = :year) AS lines,
                (SELECT sum({DIFFERENCE}) FROM variation JOIN variation_change ON variation_change.variation_id = variation.id
                 WHERE variation.award_id = award.id AND variation_change.year = :year AND {MOVES_MONEY} AND {IN_FORCE}) AS varied,
                (SELECT sum(eligible) FROM cost_summary WHERE award_id = award.id AND quarter BETWEEN :first AND :last) AS spent,
                (SELECT sum(eligible) FROM cost_summary WHERE award_id = award.id AND quarter BETWEEN :first AND min(:last, :reported)) AS reported
            FROM award JOIN bid ON bid.id = award.bid_id WHERE {"1" if closed else LIVE}
        )
        SELECT live.id, reference, title, :year, coalesce(lines, 0) + coalesce(varied, 0), spent, expected.pence, live.reported
        FROM live LEFT JOIN expected ON expected.award_id = live.id
        WHERE lines IS NOT NULL OR varied IS NOT NULL ORDER BY reference LIMIT {int(most)}""",
        {"year": year, "day": day, "reported": reported, "first": first, "last": last},
    ).fetchall()
