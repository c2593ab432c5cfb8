"""What waits to be done, as conditions in SQL on the rows of a kind: what Home counts is what the list behind its line shows."""

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.storage.conditions import (
    COUNTED,
    DIFFERENCE,
    ELIGIBLE,
    ENDS_ON,
    IN_FORCE,
    MATCHING,
    MOVES_MONEY,
)
from fundtracker.storage.glance import LIVE
from fundtracker.storage.portfolio import PROFILE

STANDS = f"""cost.reversal_of IS NULL AND {ELIGIBLE} <> 0 AND cost.id NOT IN (
    SELECT whole.id FROM (SELECT cost.reversal_of AS id, sum({ELIGIBLE}) AS pence FROM cost WHERE cost.reversal_of IS NOT NULL GROUP BY 1) AS taken
    JOIN cost AS whole ON whole.id = taken.id
    WHERE whole.net + CASE whole.vat_recoverable WHEN 1 THEN 0 ELSE whole.vat END + taken.pence = 0)"""
"""A cost of some money, no reversal, and not taken back whole by reversals."""
OF_LIVE_AWARDS = f"IN (SELECT intervention.id FROM intervention JOIN award ON award.id = intervention.award_id WHERE {LIVE})"
UNEVIDENCED = (
    "cost.invoiced_on <= :day AND cost.id NOT IN (SELECT cost_id FROM document WHERE cost_id IS NOT NULL)"
)
"""Of a cost that is spent and stands: invoiced by the day, and no Document evidences it."""
ACCRUED = "cost.received_on <= :until AND (cost.invoiced_on IS NULL OR cost.invoiced_on > :day)"
"""Of a cost that is spent and stands: received by the end of a quarter, with no invoice by the day."""
LATE = """intervention.status NOT IN ('Complete', 'Stopped') AND milestone.actual_on IS NULL
    AND coalesce(milestone.forecast_on, milestone.baseline_on) < :day"""
"""Of a milestone and its intervention: under way, not reached, and the day forecast for it (or else the baseline) is past."""
CODES = """ledger_code LEFT JOIN intervention ON intervention.id = ledger_code.intervention_id
    JOIN award ON award.id = coalesce(ledger_code.award_id, intervention.award_id)"""
"""Tables: each ledger code with its award, given by itself or by its intervention."""
UNMATCHED = f"ledger_line.posted_on < :before AND {MATCHING['unmatched']}"
"""Of a ledger line: posted before a day, with something matched to nothing."""
WITHOUT_PROFILE = f"""EXISTS (SELECT 1 FROM intervention WHERE award_id = award.id)
    AND award.id NOT IN (SELECT award_id FROM ({PROFILE}) WHERE quarter BETWEEN :first AND :last)
    AND coalesce((SELECT sum(amount) FROM award_line WHERE award_id = award.id AND year = :year), 0)
        + coalesce((SELECT sum({DIFFERENCE}) FROM variation JOIN variation_change ON variation_change.variation_id = variation.id
            WHERE variation.award_id = award.id AND variation_change.year = :year AND {MOVES_MONEY} AND {IN_FORCE}), 0) > 0"""
"""Of an award: interventions and money of the year that runs, and no line of a profile in that year, first planned or re-profiled since."""
_AGREED = f"award.status = 'Agreed' AND {ENDS_ON} >= :day"
_OPEN = "partner_form.accepted_on IS NULL"


class Wait(Enum):
    """What a row waits for, as a list says what it is narrowed to."""

    EVIDENCE = "without evidence"
    INVOICE = "neither invoiced nor reversed"
    MILESTONE = "late"
    MATCH = "matched to nothing"
    LINES = "without award lines"
    INTERVENTIONS = "without interventions"
    PROFILE = "without a profile"
    RETURN = "without a return"
    RETURNS = "over, with a quarter that has no return"
    SPENDING = "with money neither spent nor forecast"
    FORM = "that have not come"
    MENDING = "sent back to be mended"
    ACCEPTANCE = "that came and wait to be accepted"


CONDITIONS = {
    Wait.EVIDENCE: f"{COUNTED} AND {STANDS} AND {UNEVIDENCED} AND cost.intervention_id {OF_LIVE_AWARDS}",
    Wait.INVOICE: f"{COUNTED} AND {STANDS} AND {ACCRUED} AND cost.intervention_id {OF_LIVE_AWARDS}",
    Wait.MILESTONE: f"""milestone.intervention_id {OF_LIVE_AWARDS}
        AND EXISTS (SELECT 1 FROM intervention WHERE intervention.id = milestone.intervention_id AND {LATE})""",
    Wait.MATCH: f"""{UNMATCHED}
        AND ledger_line.code COLLATE NOCASE IN (SELECT ledger_code.code FROM {CODES} WHERE {LIVE})""",
    Wait.LINES: f"{_AGREED} AND NOT EXISTS (SELECT 1 FROM award_line WHERE award_id = award.id)",
    Wait.INTERVENTIONS: f"{_AGREED} AND NOT EXISTS (SELECT 1 FROM intervention WHERE award_id = award.id)",
    Wait.PROFILE: f"{_AGREED} AND {WITHOUT_PROFILE}",
    Wait.RETURN: f"""award.status = 'Agreed' AND award.starts_on <= :until AND {ENDS_ON} >= :begins
        AND NOT EXISTS (SELECT 1 FROM funder_return WHERE award_id = award.id AND quarter = :quarter)""",
    Wait.RETURNS: "award.id IN (SELECT value FROM json_each(:ids))",
    Wait.SPENDING: "award.id IN (SELECT value FROM json_each(:ids))",
    Wait.FORM: f"{_OPEN} AND partner_form.received_on IS NULL AND partner_form.due_on < :day",
    Wait.MENDING: f"{_OPEN} AND partner_form.received_on IS NOT NULL AND partner_form.problems",
    Wait.ACCEPTANCE: f"{_OPEN} AND partner_form.received_on IS NOT NULL AND NOT partner_form.problems",
}
"""Each on the rows of one kind; `Undone.bound` says what their names mean."""
_NAME = re.compile(r":(\w+)")


@dataclass(frozen=True, slots=True)
class Undone:
    """Rows that wait for something, as at a day; `quarter` is the one last ended, `before` a day that they waited from."""

    wait: Wait
    day: date
    quarter: Quarter | None = None
    before: date | None = None
    ids: tuple[int, ...] = ()
    """Of what only Python works out: the rows themselves."""

    @property
    def words(self) -> str:
        """ "without a return for 2024/25 Q2"; what they waited from, by the day."""
        match self.wait:
            case Wait.RETURN:
                return f"{self.wait.value} for {self.quarter}"
            case Wait.PROFILE:
                return f"{self.wait.value} in {FinancialYear.of(self.day)}"
            case Wait.MATCH if self.before is not None:
                return f"{self.wait.value} after {(self.day - self.before).days} days"
            case _:
                return self.wait.value

    @property
    def bound(self) -> dict[str, Any]:
        """What each name in a condition stands for."""
        year = FinancialYear.of(self.day)
        found: dict[str, Any] = {
            "day": self.day.isoformat(),
            "year": str(year),
            "first": year.quarters[0].code,
            "last": year.quarters[-1].code,
            "ids": json.dumps(self.ids),
        }
        if self.quarter is not None:
            found["quarter"] = self.quarter.code
            found["begins"], found["until"] = (
                self.quarter.begins_on.isoformat(),
                self.quarter.ends_on.isoformat(),
            )
        if self.before is not None:
            found["before"] = self.before.isoformat()
        return found

    def condition(self) -> tuple[str, tuple[Any, ...]]:
        """In SQL with a question mark for each value, as lists are asked."""
        sql, bound = CONDITIONS[self.wait], self.bound
        return _NAME.sub("?", sql), tuple(bound[each] for each in _NAME.findall(sql))
