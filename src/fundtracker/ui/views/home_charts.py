"""Home's charts: what each shows of the year's spend, and the rows that each bar leads to. Made in a worker.

A bar leads to a kind's name and the path conditions of its rows.
"""

from typing import Any

from fundtracker.application.spending import PartSpend, QuarterSpend, YearSpend, by_purpose, by_quarter
from fundtracker.application.workspace import Workspace
from fundtracker.domain.periods import FinancialYear, Quarter, reported_quarter
from fundtracker.storage.sql import COUNTED
from fundtracker.ui.chart_data import Category, ChartData, Fill, Series

SPENT, FORECAST, PROFILE = Series("Spent"), Series("Forecast", Fill.HATCHED), Series("Profile", Fill.EMPTY)


def chart_data(workspace: Workspace, what: str, year: FinancialYear) -> ChartData:
    """The chart "quarter", "theme", "type" or "district" of a year."""
    if what == "quarter":
        reported = reported_quarter(workspace.today)
        quarters = tuple(_quarter(each, reported) for each in by_quarter(workspace, year))
        return ChartData(
            f"Spend against profile, {year}, all awards", "Quarter", (SPENT, FORECAST, PROFILE), quarters
        )
    parts = _parts(by_purpose(workspace, year), what)
    heading = {"theme": "Theme", "type": "Intervention type", "district": "District"}[what]
    categories = tuple(_part(each, year) for each in parts)
    return ChartData(f"Spend by {heading.lower()}, {year}, all awards", heading, (SPENT,), categories)


def _quarter(each: QuarterSpend, reported: Quarter) -> Category:
    """Forecasts are those of the returns of the quarter last ended."""
    targets: tuple[tuple[str, Any], ...] = (
        ("Cost", (("received_on.quarter", each.quarter), (COUNTED, True))),
        ("Forecast", (("quarter", each.quarter), ("return_id.quarter", reported))),
        ("ProfileLine", (("quarter", each.quarter),)),
    )
    return Category(
        str(each.quarter), (each.spent, each.forecast, each.profile), targets, ("", "", each.moves)
    )


def _parts(found: YearSpend, what: str) -> tuple[PartSpend, ...]:
    return {"theme": found.themes, "type": found.types, "district": found.districts}[what]


def _part(each: PartSpend, year: FinancialYear) -> Category:
    return Category(
        each.name, (each.spent,), (("Cost", (*each.within, ("received_on.year", year), (COUNTED, True))),)
    )
