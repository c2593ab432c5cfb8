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


def open_returns(conn: sqlite3.Connection) -> Rows:
    """Returns not yet submitted, and queried ones: id, reference, state, due."""
    return conn.execute(
        "SELECT id, reference, state, due_on FROM funder_return WHERE state IN ('Draft', 'With CFO', 'Queried') ORDER BY due_on"
    ).fetchall()


def open_instalments(conn: sqlite3.Connection, until: str) -> Rows:
    """Instalments to be paid by a day: id, reference, pence, due."""
    return conn.execute(
        "SELECT id, reference, amount, due_on FROM instalment WHERE status IN ('Scheduled', 'Approved') AND due_on <= ? ORDER BY due_on",
        (until,),
    ).fetchall()


def open_conditions(conn: sqlite3.Connection, until: str) -> Rows:
    """Conditions due by a day and not accepted: id, grant, what, due, received."""
    return conn.execute(
        'SELECT condition.id, "grant".reference, what, due_on, received_on FROM condition JOIN "grant" ON "grant".id = condition.grant_id'
        " WHERE accepted_on IS NULL AND due_on <= ? AND \"grant\".status = 'Agreed' ORDER BY due_on",
        (until,),
    ).fetchall()


def award_years(conn: sqlite3.Connection, day: str, reported: str, year: str) -> Rows:
    """Live awards in one financial year: id, reference, bid title, year, awarded, spent, forecast; spent from the kept sums.

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
                (SELECT sum(eligible) FROM cost_summary WHERE award_id = award.id AND quarter BETWEEN :first AND :last) AS spent
            FROM award JOIN bid ON bid.id = award.bid_id WHERE award.status IN ('Offered', 'Agreed')
        )
        SELECT live.id, reference, title, :year, coalesce(lines, 0) + coalesce(varied, 0), spent, expected.pence
        FROM live LEFT JOIN expected ON expected.award_id = live.id
        WHERE lines IS NOT NULL OR varied IS NOT NULL ORDER BY reference LIMIT 200""",
        {"year": year, "day": day, "reported": reported, "first": first, "last": last},
    ).fetchall()
