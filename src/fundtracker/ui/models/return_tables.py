"""A return's figures, bridge, totals, checks and problems as rows of texts."""

from collections.abc import Sequence
from itertools import groupby

from fundtracker.domain.cubes import Line
from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Problem
from fundtracker.domain.snapshot import BridgeRow, Snapshot, SpendRow
from fundtracker.ui.models.figures_table import Heading, TableRow, money
from fundtracker.ui.words import SIGNS

PROBLEM_HEADINGS = (Heading("", 9), Heading("What is the matter, and what to do", 70), Heading("Rule", 40))
CONTROL_HEADINGS = (
    Heading("Total", 16),
    Heading("One side", 22),
    Heading("Sum", 13, right=True),
    Heading("Other side", 16),
    Heading("Sum", 13, right=True),
    Heading("Difference", 12, right=True),
)
CHECK_HEADINGS = (
    Heading("Check", 30),
    Heading("Result", 10),
    Heading("What it found", 60),
    Heading("Rule", 40),
)
BRIDGE_HEADINGS = (
    Heading("Expense", 9, help="Capital or resource"),
    Heading("Category", 20),
    Heading("Opening", 13, right=True, help="What earlier returns said"),
    Heading("This quarter", 13, right=True),
    Heading(
        "Adjustments", 13, right=True, help="In an earlier year: corrections, which are not part of the claim"
    ),
    Heading("Closing", 13, right=True, help="Opening + this quarter + adjustments"),
    Heading("Ledger", 13, right=True, help="What the costs themselves say, up to the quarter's end"),
    Heading("Ties?", 6),
)
REASON = 10
"""The column of the reason among the figures."""


def spend_headings(snapshot: Snapshot) -> tuple[Heading, ...]:
    """What is worked with first, the parts it is made of after it."""
    return (
        Heading("Intervention", 22),
        Heading("Expense", 9, help="Capital or resource"),
        Heading("Category", 17),
        Heading("Current profile", 9, right=True, help="Planned spend of the year: original plus approved revisions"),
        Heading("This quarter", 9, right=True, help="Spent in the quarter: eligible cost received in it"),
        Heading("To date", 9, right=True, help="Claims of the year's submitted returns and this one"),
        Heading("Forecast", 9, right=True, help="The quarters of the year that are still to come"),
        Heading("Outturn", 9, right=True, help="To date plus forecast"),
        Heading("Variance", 9, right=True, help="Outturn less current profile; negative is an underspend"),
        Heading("%", 6, right=True, help="The variance in per cent of the current profile"),
        Heading("Reason", 44, help="Why it differs: double-click or F2 to write", editable=True),
        Heading("Original profile", 9, right=True),
        Heading("Claimed before", 9, right=True),
        Heading("Of it accrued", 9, right=True, help="The part of this quarter that had no invoice at its end"),
        Heading("Adjustments", 9, right=True, help="To earlier quarters of this financial year"),
        *(Heading(f"Forecast {each}", 9, right=True) for each in snapshot.forecast_quarters),
    )  # fmt: skip


def spend_rows(snapshot: Snapshot, lines: Sequence[Line]) -> tuple[TableRow, ...]:
    """A row for each line, in their order (`lines` are their keys, empty where nothing can be written), and their total."""
    rows = [
        TableRow(
            _spend_cells(row, row.reason or ("Reason needed" if row.reason_needed and lines else "")),
            key=lines[place] if lines else place,
            name=row.reference,
            help=row.title,
            locked=not lines,
            typed=row.reason,
        )
        for place, row in enumerate(snapshot.spend)
    ]
    if not rows:
        return ()
    return (*rows, TableRow(_spend_total(snapshot.spend), key="total", name="Total", bold=True, locked=True))


def _spend_cells(row: SpendRow, reason: str) -> tuple[str, ...]:
    return (
        row.title,
        row.expense,
        row.category,
        money(row.current),
        money(row.this_quarter),
        money(row.to_date),
        money(total(row.forecasts)),
        money(row.outturn),
        money(row.variance),
        "" if row.variance_percent is None else str(row.variance_percent),
        reason,
        money(row.original),
        money(row.claimed_before),
        money(row.accrued),
        money(row.adjustments),
        *map(money, row.forecasts),
    )


def _spend_total(rows: Sequence[SpendRow]) -> tuple[str, ...]:
    def added(name: str) -> Money:
        return total(getattr(row, name) for row in rows)

    percent = added("variance").percent_of(added("current"))
    ahead = [total(column) for column in zip(*(row.forecasts for row in rows), strict=True)]
    return (
        "",
        "",
        "",
        money(added("current")),
        money(added("this_quarter")),
        money(added("to_date")),
        money(total(ahead)),
        money(added("outturn")),
        money(added("variance")),
        "" if percent is None else str(percent),
        "",
        money(added("original")),
        money(added("claimed_before")),
        money(added("accrued")),
        money(added("adjustments")),
        *map(money, ahead),
    )


def bridge_rows(snapshot: Snapshot) -> tuple[TableRow, ...]:
    """Line by line with each year's total: opening + this quarter + adjustments = closing = ledger."""
    rows: list[TableRow] = []
    for year, of_year in groupby(snapshot.bridge, key=lambda row: row.year):
        lines = list(of_year)
        for row in lines:
            name = f"{year}  {row.reference}"
            rows.append(
                TableRow((row.expense, row.category, *_bridge_sums((row,))), key=len(rows), name=name)
            )
        rows.append(TableRow(("", "", *_bridge_sums(lines)), key=len(rows), name=f"{year} total", bold=True))
    return tuple(rows)


def _bridge_sums(rows: Sequence[BridgeRow]) -> tuple[str, ...]:
    names = ("opening", "this_quarter", "adjustments", "closing", "ledger")
    sums = {name: total(getattr(row, name) for row in rows) for name in names}
    ties = (
        sums["opening"] + sums["this_quarter"] + sums["adjustments"] == sums["closing"]
        and sums["closing"] == sums["ledger"]
    )
    return (*(money(amount) for amount in sums.values()), "Yes" if ties else "No")


def control_rows(snapshot: Snapshot) -> tuple[TableRow, ...]:
    """Each total by two roads; the difference must be nought."""
    return tuple(
        TableRow(
            (row.what, row.one_side, money(row.one), row.other_side, money(row.other), money(row.difference)),
            key=place,
            bold=bool(row.difference),
        )
        for place, row in enumerate(snapshot.controls)
    )


def check_rows(snapshot: Snapshot) -> tuple[TableRow, ...]:
    return tuple(
        TableRow((row.check, row.result, row.message, row.clause), key=place, bold=row.result == "To mend")
        for place, row in enumerate(snapshot.checks)
    )


def problem_rows(problems: Sequence[Problem]) -> tuple[TableRow, ...]:
    return tuple(TableRow((SIGNS[each.severity], each.message, each.clause), key=each) for each in problems)
