"""The figures of `domain.figures` over many awards at once, in SQL. A property test holds the two equal, figure by figure."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.periods import reported_quarter
from fundtracker.storage.conditions import (
    COUNTED,
    DIFFERENCE,
    ELIGIBLE,
    FROZEN,
    IN_FORCE,
    MOVES_MONEY,
    QUARTER_OF_RECEIPT,
)


def _year(quarter: str) -> str:
    """SQL: the financial year of a quarter, as the database keeps years ("2023/24")."""
    return f"substr({quarter}, 1, 4) || '/' || substr({quarter}, 6, 2)"


BY_YEAR = {
    "awarded": f"""
        SELECT award_id, year, sum(pence) FROM (
            SELECT award_id, year, amount AS pence FROM award_line
            UNION ALL
            SELECT variation.award_id, variation_change.year, {DIFFERENCE} FROM variation_change
            JOIN variation ON variation.id = variation_change.variation_id
            WHERE variation.award_id IS NOT NULL AND variation_change.year IS NOT NULL AND {MOVES_MONEY} AND {IN_FORCE}
        ) GROUP BY award_id, year""",
    "profile": f"""
        SELECT award_id, {_year("quarter")}, sum(pence) FROM (
            SELECT intervention.award_id, profile_line.quarter, profile_line.amount AS pence FROM profile_line
            JOIN intervention ON intervention.id = profile_line.intervention_id
            UNION ALL
            SELECT variation.award_id, variation_change.quarter, {DIFFERENCE} FROM variation_change
            JOIN variation ON variation.id = variation_change.variation_id
            WHERE variation.award_id IS NOT NULL AND variation_change.kind = 'Re-profile' AND variation_change.quarter IS NOT NULL
            AND variation_change.intervention_id IS NOT NULL AND variation_change.expense IS NOT NULL
            AND variation_change.category_id IS NOT NULL AND {IN_FORCE}
        ) GROUP BY award_id, 2""",
    "accrued": f"""
        SELECT intervention.award_id, {_year(QUARTER_OF_RECEIPT)}, sum({ELIGIBLE}) FROM cost
        JOIN intervention ON intervention.id = cost.intervention_id
        WHERE {COUNTED} AND (cost.invoiced_on IS NULL OR cost.invoiced_on > :day) GROUP BY 1, 2""",
    "claimed": f"""
        SELECT funder_return.award_id, {_year("return_line.quarter")}, sum(return_line.amount) FROM return_line
        JOIN funder_return ON funder_return.id = return_line.return_id
        WHERE funder_return.state IN {FROZEN} AND funder_return.submitted_on <= :day GROUP BY 1, 2""",
    "received": f"""
        SELECT award_id, {_year("quarter")}, sum(received) FROM funder_return
        WHERE received_on <= :day GROUP BY 1, 2""",
    "forecast": f"""
        SELECT award_id, {_year("quarter")}, sum(amount) FROM (
            SELECT intervention.award_id, forecast.quarter, forecast.amount,
                rank() OVER (PARTITION BY forecast.intervention_id, forecast.quarter, forecast.expense ORDER BY funder_return.quarter DESC) AS age
            FROM forecast JOIN funder_return ON funder_return.id = forecast.return_id
            JOIN intervention ON intervention.id = forecast.intervention_id
            WHERE funder_return.quarter <= :reported AND forecast.quarter > :reported
        ) WHERE age = 1 GROUP BY 1, 2""",
}
SPENT_BY_QUARTER = f"""
    SELECT intervention.award_id, {QUARTER_OF_RECEIPT}, sum({ELIGIBLE}) FROM cost
    JOIN intervention ON intervention.id = cost.intervention_id WHERE {COUNTED} GROUP BY 1, 2"""
ADJUSTMENTS_BY_QUARTER = f"""
    SELECT funder_return.award_id, funder_return.quarter, sum(return_line.amount) FROM return_line
    JOIN funder_return ON funder_return.id = return_line.return_id
    WHERE funder_return.state IN {FROZEN} AND funder_return.submitted_on <= :day AND return_line.quarter < funder_return.quarter
    GROUP BY 1, 2"""
GRANTS = f"""
    SELECT sums.grant_id, sum(granted), sum(paid), sum(scheduled), sum(spent) FROM (
        SELECT grant_id, amount AS granted, 0 AS paid, 0 AS scheduled, 0 AS spent FROM grant_source
        UNION ALL
        SELECT variation.grant_id, {DIFFERENCE}, 0, 0, 0 FROM variation_change
        JOIN variation ON variation.id = variation_change.variation_id
        WHERE variation.grant_id IS NOT NULL AND {MOVES_MONEY} AND {IN_FORCE}
        UNION ALL
        SELECT grant_id, 0, CASE WHEN status = 'Paid' AND paid_on <= :day THEN amount ELSE 0 END,
            CASE WHEN status NOT IN ('Paid', 'Cancelled') OR (status = 'Paid' AND paid_on > :day) THEN amount ELSE 0 END, 0 FROM instalment
        UNION ALL
        SELECT cost.grant_id, 0, 0, 0, {ELIGIBLE} FROM cost WHERE cost.grant_id IS NOT NULL AND {COUNTED}
    ) AS sums GROUP BY sums.grant_id"""


@dataclass
class YearFigures:
    """One award in one financial year; each figure as `domain.figures` defines it."""

    awarded: Money = ZERO
    profile: Money = ZERO
    spent: Money = ZERO
    accrued: Money = ZERO
    forecast: Money = ZERO
    outturn: Money = ZERO
    claimed: Money = ZERO
    received: Money = ZERO

    @property
    def left(self) -> Money:
        return self.awarded - self.spent


@dataclass
class QuarterFigures:
    """One award in one quarter."""

    spent: Money = ZERO
    adjustments: Money = ZERO


@dataclass
class AwardFigures:
    """One award: by year ("2023/24") and by quarter ("2023-24-Q3")."""

    years: dict[str, YearFigures] = field(default_factory=dict[str, YearFigures])
    quarters: dict[str, QuarterFigures] = field(default_factory=dict[str, QuarterFigures])


@dataclass(frozen=True)
class GrantSums:
    """One grant: granted, paid, scheduled, spent by the partner and accepted."""

    granted: Money
    paid: Money
    scheduled: Money
    spent: Money

    @property
    def unspent(self) -> Money:
        return self.paid - self.spent


def awards(conn: sqlite3.Connection, day: date) -> dict[int, AwardFigures]:
    """The figures of every award as at a day, by award id; only years and quarters in which something stands."""
    reported = reported_quarter(day).code
    bound = {"day": day.isoformat(), "reported": reported}
    found: dict[int, AwardFigures] = {}
    for name, sql in BY_YEAR.items():
        for award_id, year, pence in _rows(conn, sql, bound):
            setattr(_year_of(found, award_id, year), name, Money(pence))
    for award_id, quarter, pence in _rows(conn, SPENT_BY_QUARTER, bound):
        of_quarter, of_year = (
            _quarter_of(found, award_id, quarter),
            _year_of(found, award_id, f"{quarter[:4]}/{quarter[5:7]}"),
        )
        of_quarter.spent = Money(pence)
        of_year.spent += Money(pence)
        if quarter <= reported:
            of_year.outturn += Money(pence)
    for award_id, quarter, pence in _rows(conn, ADJUSTMENTS_BY_QUARTER, bound):
        _quarter_of(found, award_id, quarter).adjustments = Money(pence)
    for each in found.values():
        for of_year in each.years.values():
            of_year.outturn += of_year.forecast
    return found


def _rows(conn: sqlite3.Connection, sql: str, bound: dict[str, str]) -> Iterable[tuple[Any, Any, Any]]:
    return conn.execute(sql, {name: value for name, value in bound.items() if f":{name}" in sql})


def _year_of(found: dict[int, AwardFigures], award_id: int, year: str) -> YearFigures:
    return found.setdefault(award_id, AwardFigures()).years.setdefault(year, YearFigures())


def _quarter_of(found: dict[int, AwardFigures], award_id: int, quarter: str) -> QuarterFigures:
    return found.setdefault(award_id, AwardFigures()).quarters.setdefault(quarter, QuarterFigures())


def grants(conn: sqlite3.Connection, day: date) -> dict[int, GrantSums]:
    """The figures of every grant as at a day, by grant id."""
    rows = conn.execute(GRANTS, {"day": day.isoformat()})
    return {grant_id: GrantSums(*(Money(pence) for pence in sums)) for grant_id, *sums in rows}
