"""A return's figures, bridge, totals, checks and problems as rows of texts."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from fundtracker.application.behind_spend import SpendFigure
from fundtracker.application.return_story import StateStep
from fundtracker.domain.book import AwardBook
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import long_date, short_date
from fundtracker.domain.problems import Problem, Severity, errors
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.domain.snapshot import BridgeRow, CheckRow, Snapshot, SpendRow
from fundtracker.ui.models.figures_table import Heading, TableRow, money
from fundtracker.ui.models.return_owners import whose
from fundtracker.ui.words import SIGNS

PROBLEM_HEADINGS = (
    Heading("Kind", 9, help="To mend or to sign before it can be submitted; a warning or a note may stay"),
    Heading("What is the matter, and what to do", 70),
    Heading("Whose", 13, help="Who can mend it"),
    Heading("Rule", 8, help="The clause it rests on"),
)
STORY_HEADINGS = (
    Heading("On", 12),
    Heading("What happened", 26),
    Heading("Recorded by", 26),
    Heading("In words", 40),
)
CAME_TO = {
    ReturnState.DRAFT: ("Begun", "Taken back to draft"),
    ReturnState.WITH_CFO: ("Sent to the CFO", "Sent to the CFO again"),
    ReturnState.SUBMITTED: ("Submitted", "Query answered"),
    ReturnState.QUERIED: ("Queried by the funder", "Queried again"),
    ReturnState.ACCEPTED: ("Accepted", "Accepted again"),
    ReturnState.PAID: ("Paid", "Payment corrected"),
}
"""What it is called that a return came to a state: the first time, and again."""
CONTROL_HEADINGS = (
    Heading("Total", 0),
    Heading("Worked out from", 0),
    Heading("Comes to", 11, right=True, help="The sum of what stands left of it"),
    Heading("And from", 0),
    Heading(
        "Also comes to", 11, right=True, help="The sum of what stands left of it: the two must be the same"
    ),
    Heading("Difference", 10, right=True),
)
CHECK_HEADINGS = (
    Heading("Check", 0),
    Heading("Result", 0),
    Heading("What it found", 12),
    Heading("Rule", 8, help="The clause it rests on"),
)
BRIDGE_HEADINGS = (
    Heading("Capital or\nresource", 0),
    Heading("Category", 0),
    Heading("Opening", 10, right=True, help="What earlier returns said"),
    Heading("This\nquarter", 10, right=True),
    Heading(
        "Adjustments", 10, right=True, help="In an earlier year: corrections, which are not part of the claim"
    ),
    Heading("Closing", 10, right=True, help="Opening + this quarter + adjustments"),
    Heading("Cost\nrecords", 10, right=True, help="What the costs themselves say, up to the quarter's end"),
    Heading("Ties?", 4),
)
CATEGORY, ADJUSTED, REASON = 2, 5, 11
"""Columns among the figures."""
BEHIND = {
    4: SpendFigure.THIS_QUARTER,
    ADJUSTED: SpendFigure.ADJUSTMENTS,
    6: SpendFigure.TO_DATE,
    13: SpendFigure.CLAIMED_BEFORE,
    14: SpendFigure.ACCRUED,
}
"""The columns that costs add up to; beside the others stands what is spent to date."""
NEEDED = "⚠ Reason needed"
RESULTS = ("To mend", "Warning", "Waived", "Note", "Passed")
"""What a check says, the worst first."""
RESULT_SIGNS = {"To mend": "⚠", "Passed": "✓"}


def lacks_reason(row: SpendRow) -> bool:
    """Whether its variance needs a reason that isn't written yet."""
    return row.reason_needed and not row.reason.strip()


def reason_count(rows: Sequence[SpendRow]) -> str:
    """ "3 of 13 lines need a reason, 1 of them has one."""
    needed = [row for row in rows if row.reason_needed]
    if not needed:
        return f"None of the {len(rows)} lines needs a reason."
    lacking = sum(map(lacks_reason, needed))
    many = f"{len(needed)} of {len(rows)} lines need{'s' if len(needed) == 1 else ''} a reason"
    return f"⚠ {many}; {lacking} still to write." if lacking else f"{many}; all are written."


def line_words(row: SpendRow) -> str:
    """ "SSF5-VAWG-02 Training, Resource, Staff: outturn is £2,000 below profile (40.0%). A reason is needed." in words."""
    percent = "not planned" if row.variance_percent is None else f"{abs(row.variance_percent):,.1f}%"
    side = "below" if row.variance < ZERO else "above"
    spent = (
        f"outturn is {abs(row.variance).in_prose} {side} profile ({percent})"
        if row.variance
        else "outturn is as planned"
    )
    needed = ". A reason is needed" if lacks_reason(row) else ""
    return f"{row.reference} {row.title}, {row.expense}, {row.category}: {spent}{needed}."


def spend_headings(snapshot: Snapshot) -> tuple[Heading, ...]:
    """What is worked with first, the parts it is made of after it."""
    return (
        Heading("Title", 22),
        Heading("Capital or\nresource", 0),
        Heading("Category", 0),
        Heading("Current\nprofile", 0, right=True, help="Planned spend of the year: original plus approved revisions"),
        Heading("This\nquarter", 0, right=True, help="Spent in the quarter: eligible cost received in it"),
        Heading("Adjust-\nments", 0, right=True, help="To earlier quarters of this financial year"),
        Heading(
            "To date", 0, right=True, help="Claimed before + this quarter + adjustments: the year's submitted returns and this one"
        ),
        Heading("Forecast", 0, right=True, help="The quarters of the year that are still to come"),
        Heading("Outturn", 0, right=True, help="To date plus forecast"),
        Heading("Variance", 0, right=True, help="Outturn less current profile; negative is an underspend"),
        Heading("%", 0, right=True, help="The variance in per cent of the current profile"),
        Heading("Reason", 44, help="Why it differs: double-click or F2 to write", editable=True),
        Heading("Original\nprofile", 0, right=True),
        Heading("Claimed\nbefore", 0, right=True),
        Heading("Of it\naccrued", 0, right=True, help="The part of this quarter that had no invoice at its end"),
        *(Heading(f"Forecast\n{each}", 0, right=True) for each in snapshot.forecast_quarters),
    )  # fmt: skip


def spend_rows(snapshot: Snapshot, lines: Sequence[Line]) -> tuple[TableRow, ...]:
    """A row for each line, in their order (`lines` are their keys, empty where nothing can be written), and their total."""
    rows = [
        TableRow(
            _spend_cells(row, row.reason or (NEEDED if lacks_reason(row) and lines else "")),
            key=lines[place] if lines else place,
            name=row.reference + _sign(row, draft=bool(lines)),
            help=f"{row.title}{_told(row)}",
            bold=lacks_reason(row) and bool(lines),
            locked=not lines,
            typed=row.reason,
        )
        for place, row in enumerate(snapshot.spend)
    ]
    if not rows:
        return ()
    return (
        *rows,
        TableRow(_spend_total(snapshot.spend), key="total", name="Total", bold=True, rule=True, locked=True),
    )


def _sign(row: SpendRow, *, draft: bool) -> str:
    """Beside the reference, which never scrolls away: a reason is still to write, or one is written."""
    if lacks_reason(row) and draft:
        return " ⚠"
    return " ✓" if row.reason.strip() else ""


def _told(row: SpendRow) -> str:
    """The sign in words."""
    return (
        ": a reason is needed"
        if lacks_reason(row)
        else ": its reason is written"
        if row.reason.strip()
        else ""
    )


def _percent(percent: Decimal | None) -> str:
    """One decimal throughout; nothing where there is no profile to measure against."""
    return "" if percent is None else f"{percent:,.1f}"


def _spend_cells(row: SpendRow, reason: str) -> tuple[str, ...]:
    return (
        row.title,
        row.expense,
        row.category,
        money(row.current),
        money(row.this_quarter),
        money(row.adjustments),
        money(row.to_date),
        money(total(row.forecasts)),
        money(row.outturn),
        money(row.variance),
        _percent(row.variance_percent),
        reason,
        money(row.original),
        money(row.claimed_before),
        money(row.accrued),
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
        money(added("adjustments")),
        money(added("to_date")),
        money(total(ahead)),
        money(added("outturn")),
        money(added("variance")),
        _percent(percent),
        "",
        money(added("original")),
        money(added("claimed_before")),
        money(added("accrued")),
        *map(money, ahead),
    )


def bridge_rows(snapshot: Snapshot) -> tuple[TableRow, ...]:
    """Line by line with each year's total: opening + this quarter + adjustments = closing = cost records."""
    rows: list[TableRow] = []
    for year, of_year in groupby(snapshot.bridge, key=lambda row: row.year):
        lines = list(of_year)
        for row in lines:
            name = f"{year} {row.reference}"
            rows.append(
                TableRow((row.expense, row.category, *_bridge_sums((row,))), key=len(rows), name=name)
            )
        rows.append(
            TableRow(
                ("", "", *_bridge_sums(lines)), key=len(rows), name=f"{year} total", bold=True, rule=True
            )
        )
    return tuple(rows)


def _bridge_sums(rows: Sequence[BridgeRow]) -> tuple[str, ...]:
    names = ("opening", "this_quarter", "adjustments", "closing", "ledger")
    sums = {name: total(getattr(row, name) for row in rows) for name in names}
    ties = (
        sums["opening"] + sums["this_quarter"] + sums["adjustments"] == sums["closing"]
        and sums["closing"] == sums["ledger"]
    )
    return (*(money(amount) for amount in sums.values()), "Yes" if ties else "No")


def story_rows(story: Sequence[StateStep]) -> tuple[TableRow, ...]:
    """The states a return came to, in order."""
    return tuple(
        TableRow((short_date(step.on), CAME_TO[step.state][step.again], step.who, step.words), key=place)
        for place, step in enumerate(story)
    )


def state_words(held: FunderReturn, story: Sequence[StateStep]) -> str:
    """ "With CFO since 18 October 2024", where the history has the day and no other words say it."""
    last = story[-1] if story and story[-1].state is held.state else None
    if last is None or held.state in {ReturnState.DRAFT, ReturnState.SUBMITTED, ReturnState.PAID}:
        return held.state.value
    link = "since" if held.state is ReturnState.WITH_CFO else "on"
    return f"{held.state.value} {link} {long_date(last.on)}"


def control_title(snapshot: Snapshot) -> str:
    """With the day: what is committed, say, has changed by the time the award's figures are looked at."""
    return f"Control totals as at {long_date(snapshot.header.ends_on)}: each figure worked out in two ways"


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
    """What is to be mended first, what passed last; the key of each is its place among the snapshot's."""
    ordered = sorted(enumerate(snapshot.checks), key=lambda each: RESULTS.index(each[1].result))
    return tuple(
        TableRow(
            (row.check, f"{RESULT_SIGNS.get(row.result, '')} {row.result}".strip(), row.message, row.clause),
            key=place,
        )
        for place, row in ordered
    )


def check_words(rows: Sequence[CheckRow]) -> str:
    """ "⚠ 1 of 23 checks to mend; 2 with a warning." """
    of = {result: len({row.check for row in rows if row.result == result}) for result in RESULTS}
    many = len({row.check for row in rows})
    told = (("Warning", "with a warning"), ("Waived", "waived"), ("Note", "with a note"))
    others = ", ".join(f"{of[result]} {words}" for result, words in told if of[result])
    if of[RESULTS[0]]:
        begun = f"⚠ {of[RESULTS[0]]} of {many} checks to mend"
    elif others:
        begun = f"✓ None of {many} checks to mend"
    else:
        return f"✓ All {many} checks pass."
    return f"{begun}; {others}." if others else f"{begun}."


def problem_rows(
    problems: Sequence[Problem], signing: Sequence[Problem], book: AwardBook
) -> tuple[TableRow, ...]:
    """Each problem with whose it is to mend; what is wrong with the sign-off stands after those that refuse."""
    ordered = (
        *((SIGNS[Severity.ERROR], each) for each in errors(problems)),
        *(("To sign", each) for each in signing),
        *((SIGNS[each.severity], each) for each in problems if each.severity is not Severity.ERROR),
    )
    return tuple(
        TableRow((sign, each.message, whose(book, each), each.clause), key=each) for sign, each in ordered
    )
