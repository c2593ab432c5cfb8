"""How a milestone stands at a quarter's end: said alike in the workbook and the PDF."""

from datetime import date

from fundtracker.domain.snapshot import MilestoneRow


def overdue(row: MilestoneRow, ends_on: date) -> bool:
    """Not reached, and its date, the forecast one or else the baseline, is past when the quarter ends."""
    return row.actual_on is None and (row.forecast_on or row.baseline_on) <= ends_on
