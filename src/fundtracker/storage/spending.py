"""Spend over all awards, as Home's charts show it: by quarter against profile, and by what the money is for.

The same figures as `domain.figures` gives of each award's book, added up; a property test holds the two equal.
"""

import sqlite3
from datetime import date
from typing import Any

from fundtracker.domain.periods import FinancialYear, reported_quarter
from fundtracker.storage.conditions import COUNTED, ELIGIBLE, year_of
from fundtracker.storage.portfolio import LATEST_FORECAST, PLANNED, PROFILE

Rows = list[tuple[Any, ...]]


def years(conn: sqlite3.Connection) -> list[str]:
    """Every financial year with money awarded, planned or spent, the latest first ("2024/25")."""
    asked = f"""
        SELECT year FROM award_line
        UNION SELECT {year_of("quarter")} FROM profile_line
        UNION SELECT {year_of("quarter")} FROM cost_summary WHERE quarter <> '' AND lines > 0"""
    return sorted((row[0] for row in conn.execute(asked)), reverse=True)


def by_quarter(conn: sqlite3.Connection, day: date, year: FinancialYear) -> dict[str, dict[str, int]]:
    """Pence spent, forecast, first planned and planned now ("profile") in each quarter of a year in which anything stands, by its code.

    Spent comes from the kept sums: nothing is received after today.
    """
    bound = _bound(day, year)
    within = "quarter BETWEEN :first AND :last"
    asked = {
        "spent": f"SELECT quarter, sum(eligible) FROM cost_summary WHERE {within} GROUP BY 1",
        "forecast": f"SELECT quarter, sum(pence) FROM ({LATEST_FORECAST}) WHERE {within} GROUP BY 1",
        "planned": f"SELECT quarter, sum(pence) FROM ({PLANNED}) WHERE {within} GROUP BY 1",
        "profile": f"SELECT quarter, sum(pence) FROM ({PROFILE}) WHERE {within} GROUP BY 1",
    }
    found: dict[str, dict[str, int]] = {}
    for name, sql in asked.items():
        for quarter, pence in conn.execute(sql, {key: bound[key] for key in bound if f":{key}" in sql}):
            found.setdefault(quarter, {})[name] = pence
    return found


def by_purpose(conn: sqlite3.Connection, day: date, year: FinancialYear) -> Rows:
    """What a year's spend was for: theme, type's id, type's name, district, pence. One reading of the year's costs."""
    return conn.execute(
        f"""SELECT intervention.theme, intervention.type_id, intervention_type.name, intervention.district, sum(part.pence)
        FROM (SELECT intervention_id, sum({ELIGIBLE}) AS pence FROM cost NOT INDEXED
            WHERE {COUNTED} AND cost.received_on BETWEEN :begins AND :ends GROUP BY 1) AS part
        JOIN intervention ON intervention.id = part.intervention_id
        LEFT JOIN intervention_type ON intervention_type.id = intervention.type_id
        GROUP BY 1, 2, 3, 4""",
        {"day": day.isoformat(), "begins": year.begins_on.isoformat(), "ends": year.ends_on.isoformat()},
    ).fetchall()


def _bound(day: date, year: FinancialYear) -> dict[str, str]:
    return {
        "day": day.isoformat(),
        "reported": reported_quarter(day).code,
        "first": year.quarters[0].code,
        "last": year.quarters[-1].code,
    }
