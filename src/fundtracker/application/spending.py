"""Spend over all awards in a financial year, for Home's charts; a worker asks, since at 1,000,000 costs it takes seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fundtracker.application.glance import Within
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Theme
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.storage import spending as stored

WHOLE_COUNTY, NO_TYPE = "Whole county", "No type given"


@dataclass(frozen=True)
class QuarterSpend:
    """A quarter over all awards; None where there can be none: spent of a quarter to come, forecast of one that has ended."""

    quarter: Quarter
    spent: Money | None
    forecast: Money | None
    planned: Money
    profile: Money

    @property
    def moved(self) -> Money:
        """What variations in force moved into the quarter since it was first planned, or (below nought) out of it."""
        return self.profile - self.planned

    @property
    def moves(self) -> str:
        """ "£173,290 first planned; variations moved -£69,740.74": how the profile came to be. Empty where it is as first planned."""
        moved = f"{self.planned.in_prose} first planned; variations moved {self.moved.in_prose}"
        return moved if self.moved else ""


@dataclass(frozen=True)
class PartSpend:
    """What was spent in the year on one theme, type or district, and the conditions that name its costs."""

    name: str
    spent: Money
    within: Within


@dataclass(frozen=True)
class YearSpend:
    """The parts by theme, by intervention type and by district each add up to the year's spend."""

    themes: tuple[PartSpend, ...]
    types: tuple[PartSpend, ...]
    districts: tuple[PartSpend, ...]


def money_years(workspace: Workspace) -> tuple[FinancialYear, ...]:
    """The years there is anything to show of, the latest first; the year that runs is always one."""
    with workspace.database.reader() as conn:
        found = {FinancialYear(int(each[:4])) for each in stored.years(conn)}
    return tuple(sorted(found | {FinancialYear.of(workspace.today)}, reverse=True))


def by_quarter(workspace: Workspace, year: FinancialYear) -> tuple[QuarterSpend, ...]:
    """The year's four quarters."""
    today = workspace.today
    with workspace.database.reader() as conn:
        found = stored.by_quarter(conn, today, year)
    return tuple(_quarter(each, found.get(each.code, {}), today) for each in year.quarters)


def _quarter(quarter: Quarter, sums: dict[str, int], today: date) -> QuarterSpend:
    return QuarterSpend(
        quarter,
        spent=Money(sums.get("spent", 0)) if quarter.begins_on <= today else None,
        forecast=Money(sums.get("forecast", 0)) if quarter.ends_on > today else None,
        planned=Money(sums.get("planned", 0)),
        profile=Money(sums.get("profile", 0)),
    )


def by_purpose(workspace: Workspace, year: FinancialYear) -> YearSpend:
    """The year's spend three times over, the largest part first."""
    with workspace.database.reader() as conn:
        rows = stored.by_purpose(conn, workspace.today, year)
    return YearSpend(
        themes=_parts(rows, lambda row: (row[0], "intervention_id.theme", Theme(row[0]))),
        types=_parts(rows, lambda row: (row[2] or NO_TYPE, "intervention_id.type_id", row[1])),
        districts=_parts(rows, lambda row: (row[3] or WHOLE_COUNTY, "intervention_id.district", row[3])),
    )


def _parts(rows: stored.Rows, named: Callable[[Any], tuple[str, str, Any]]) -> tuple[PartSpend, ...]:
    sums: dict[tuple[str, str, Any], int] = {}
    for row in rows:
        key = named(row)
        sums[key] = sums.get(key, 0) + row[-1]
    parts = (PartSpend(name, Money(pence), ((path, value),)) for (name, path, value), pence in sums.items())
    return tuple(sorted(parts, key=lambda each: (-each.spent.pence, each.name)))
