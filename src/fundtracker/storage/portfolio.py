"""The figures of `domain.figures` over many awards at once, in SQL: every figure of a year, four of them by capital and resource,
and a quarter's spent and adjustments. A property test holds the two equal, figure by figure.

By cost category and intervention, and by quarter beyond those two, only an award's book answers.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fundtracker.domain.bids import Expense
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.periods import FinancialYear, reported_quarter
from fundtracker.storage.conditions import (
    COUNTED,
    DIFFERENCE,
    ELIGIBLE,
    ENDS_ON,
    FROZEN,
    IN_FORCE,
    MOVES_MONEY,
    QUARTER_OF_RECEIPT,
    quarter_of,
    year_of,
)

PLANNED = """
            SELECT intervention.award_id, profile_line.quarter, profile_line.expense, profile_line.amount AS pence FROM profile_line
            JOIN intervention ON intervention.id = profile_line.intervention_id"""
RE_PROFILED = f"""
            SELECT variation.award_id, variation_change.quarter, variation_change.expense, {DIFFERENCE} AS pence FROM variation_change
            JOIN variation ON variation.id = variation_change.variation_id
            WHERE variation.award_id IS NOT NULL AND variation_change.kind = 'Re-profile' AND variation_change.quarter IS NOT NULL
            AND variation_change.intervention_id IS NOT NULL AND variation_change.expense IS NOT NULL
            AND variation_change.category_id IS NOT NULL AND {IN_FORCE}"""
PROFILE = f"{PLANNED} UNION ALL {RE_PROFILED}"
"""The current profile: what was first planned, and what variations in force moved of it."""
LATEST_FORECAST = """
            SELECT award_id, quarter, pence FROM (
                SELECT intervention.award_id, forecast.quarter, forecast.amount AS pence,
                    rank() OVER (PARTITION BY forecast.intervention_id, forecast.quarter, forecast.expense ORDER BY funder_return.quarter DESC) AS age
                FROM forecast JOIN funder_return ON funder_return.id = forecast.return_id
                JOIN intervention ON intervention.id = forecast.intervention_id
                WHERE funder_return.quarter <= :reported AND forecast.quarter > :reported
            ) WHERE age = 1"""
BY_YEAR_AND_EXPENSE = {
    "awarded": f"""
        SELECT award_id, year, expense, sum(pence) FROM (
            SELECT award_id, year, expense, amount AS pence FROM award_line
            UNION ALL
            SELECT variation.award_id, variation_change.year, variation_change.expense, {DIFFERENCE} FROM variation_change
            JOIN variation ON variation.id = variation_change.variation_id
            WHERE variation.award_id IS NOT NULL AND variation_change.year IS NOT NULL AND {MOVES_MONEY} AND {IN_FORCE}
        ) GROUP BY award_id, year, expense""",
    "original_profile": f"""
        SELECT award_id, {year_of("quarter")}, expense, sum(pence) FROM ({PLANNED}) GROUP BY award_id, 2, expense""",
    "profile": f"""
        SELECT award_id, {year_of("quarter")}, expense, sum(pence) FROM ({PROFILE}) GROUP BY award_id, 2, expense""",
}
BY_YEAR = {
    "accrued": f"""
        SELECT intervention.award_id, {year_of(QUARTER_OF_RECEIPT)}, sum({ELIGIBLE}) FROM cost
        JOIN intervention ON intervention.id = cost.intervention_id
        WHERE {COUNTED} AND (cost.invoiced_on IS NULL OR cost.invoiced_on > :day) GROUP BY 1, 2""",
    "claimed": f"""
        SELECT funder_return.award_id, {year_of("return_line.quarter")}, sum(return_line.amount) FROM return_line
        JOIN funder_return ON funder_return.id = return_line.return_id
        WHERE funder_return.state IN {FROZEN} AND funder_return.submitted_on <= :day GROUP BY 1, 2""",
    "received": f"""
        SELECT award_id, {year_of("quarter")}, sum(received) FROM funder_return
        WHERE received_on <= :day GROUP BY 1, 2""",
    "forecast": f"""
        SELECT award_id, {year_of("quarter")}, sum(pence) FROM ({LATEST_FORECAST}) GROUP BY 1, 2""",
    "ordered": f"""
        SELECT award.id, min(:this_year, {year_of("ending.quarter")}), sum({ELIGIBLE}) FROM cost
        JOIN intervention ON intervention.id = cost.intervention_id JOIN award ON award.id = intervention.award_id
        JOIN (SELECT award.id, {quarter_of(ENDS_ON)} AS quarter FROM award) AS ending ON ending.id = award.id
        WHERE cost.grant_id IS NULL AND cost.ordered_on <= :day AND (cost.received_on IS NULL OR cost.received_on > :day)
        GROUP BY 1, 2""",
    "granted_unspent": f"""
        SELECT award_id, year, sum(max(pence, 0)) FROM (
            SELECT award_id, year, sum(pence) AS pence FROM (
                SELECT grant_source.grant_id, intervention.award_id, grant_source.year, grant_source.amount AS pence FROM grant_source
                JOIN intervention ON intervention.id = grant_source.intervention_id
                UNION ALL
                SELECT variation.grant_id, intervention.award_id, variation_change.year, {DIFFERENCE} FROM variation_change
                JOIN variation ON variation.id = variation_change.variation_id
                JOIN intervention ON intervention.id = variation_change.intervention_id
                WHERE variation.grant_id IS NOT NULL AND variation_change.year IS NOT NULL AND {MOVES_MONEY} AND {IN_FORCE}
                UNION ALL
                SELECT cost.grant_id, intervention.award_id, {year_of(QUARTER_OF_RECEIPT)}, -({ELIGIBLE}) FROM cost
                JOIN intervention ON intervention.id = cost.intervention_id WHERE cost.grant_id IS NOT NULL AND {COUNTED}
            ) AS part JOIN "grant" ON "grant".id = part.grant_id WHERE "grant".status = 'Agreed'
            GROUP BY part.grant_id, award_id, year
        ) GROUP BY award_id, year""",
}
SPENT_BY_QUARTER = f"""
    SELECT intervention.award_id, {QUARTER_OF_RECEIPT}, cost.expense, sum({ELIGIBLE}) FROM cost
    JOIN intervention ON intervention.id = cost.intervention_id WHERE {COUNTED} GROUP BY 1, 2, 3"""
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
class SplitFigures:
    """The capital or the resource part of one award in one financial year."""

    awarded: Money = ZERO
    original_profile: Money = ZERO
    profile: Money = ZERO
    spent: Money = ZERO


def _both() -> dict[Expense, SplitFigures]:
    return {each: SplitFigures() for each in Expense}


@dataclass
class YearFigures:
    """One award in one financial year; each figure as `domain.figures` defines it.

    The database sums; outturn, committed, variance and what is left are sums and differences of its sums. An award's change
    that names neither capital nor resource counts in the whole and in no part.
    """

    awarded: Money = ZERO
    original_profile: Money = ZERO
    profile: Money = ZERO
    spent: Money = ZERO
    accrued: Money = ZERO
    forecast: Money = ZERO
    outturn: Money = ZERO
    claimed: Money = ZERO
    received: Money = ZERO
    ordered: Money = ZERO
    granted_unspent: Money = ZERO
    by_expense: dict[Expense, SplitFigures] = field(default_factory=_both)

    @property
    def variance(self) -> Money:
        return self.outturn - self.profile

    @property
    def committed(self) -> Money:
        return self.ordered + self.granted_unspent

    @property
    def left(self) -> Money:
        return self.awarded - self.spent

    @property
    def left_to_commit(self) -> Money:
        return self.left - self.committed


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
    bound = {"day": day.isoformat(), "reported": reported, "this_year": str(FinancialYear.of(day))}
    found: dict[int, AwardFigures] = {}
    for name, sql in BY_YEAR_AND_EXPENSE.items():
        for award_id, year, expense, pence in _rows(conn, sql, bound):
            _add(_year_of(found, award_id, year), name, expense, Money(pence))
    for name, sql in BY_YEAR.items():
        for award_id, year, pence in _rows(conn, sql, bound):
            setattr(_year_of(found, award_id, year), name, Money(pence))
    for award_id, quarter, expense, pence in _rows(conn, SPENT_BY_QUARTER, bound):
        of_year = _year_of(found, award_id, f"{quarter[:4]}/{quarter[5:7]}")
        _add(of_year, "spent", expense, Money(pence))
        _quarter_of(found, award_id, quarter).spent += Money(pence)
        if quarter <= reported:
            of_year.outturn += Money(pence)
    for award_id, quarter, pence in _rows(conn, ADJUSTMENTS_BY_QUARTER, bound):
        _quarter_of(found, award_id, quarter).adjustments = Money(pence)
    for each in found.values():
        for of_year in each.years.values():
            of_year.outturn += of_year.forecast
    return found


def _rows(conn: sqlite3.Connection, sql: str, bound: dict[str, str]) -> Iterable[tuple[Any, ...]]:
    return conn.execute(sql, {name: value for name, value in bound.items() if f":{name}" in sql})


def _add(of_year: YearFigures, name: str, expense: str | None, amount: Money) -> None:
    """Counts a sum in the year's whole, and in its capital or resource part where it names one."""
    parts = (of_year,) if expense is None else (of_year, of_year.by_expense[Expense(expense)])
    for part in parts:
        setattr(part, name, getattr(part, name) + amount)


def _year_of(found: dict[int, AwardFigures], award_id: int, year: str) -> YearFigures:
    return found.setdefault(award_id, AwardFigures()).years.setdefault(year, YearFigures())


def _quarter_of(found: dict[int, AwardFigures], award_id: int, quarter: str) -> QuarterFigures:
    return found.setdefault(award_id, AwardFigures()).quarters.setdefault(quarter, QuarterFigures())


def grants(conn: sqlite3.Connection, day: date) -> dict[int, GrantSums]:
    """The figures of every grant as at a day, by grant id."""
    rows = conn.execute(GRANTS, {"day": day.isoformat()})
    return {grant_id: GrantSums(*(Money(pence) for pence in sums)) for grant_id, *sums in rows}
