"""The costs behind a figure of a return's Spend: the list that adds up to it, to the penny, as a kind and path conditions.

What a submitted return said stands in its lines and never changes; what a draft says stands in the costs as they are. A draft's
adjustments are differences, and their list says how its costs come to them.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from fundtracker.domain.claims import ClaimLine, ClaimPart, said_before
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import total
from fundtracker.domain.periods import Quarter, QuarterRun, short_date
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import ReturnLine
from fundtracker.domain.snapshot import Snapshot
from fundtracker.storage.sql import AMONG, COUNTED, NOT_BY, RUN, Chosen

Conditions = tuple[tuple[str, Any], ...]
Rows = tuple[type[Record], Conditions]


class SpendFigure(Enum):
    """A sum of Spend that costs stand behind."""

    THIS_QUARTER = "This quarter"
    ACCRUED = "Of it accrued"
    ADJUSTMENTS = "Adjustments"
    CLAIMED_BEFORE = "Claimed before"
    TO_DATE = "To date"


def costs_behind(case: ReturnCase, snapshot: Snapshot, line: Line, figure: SpendFigure) -> Rows:
    """The lines of returns, or the costs, of one line of Spend that come to a figure; `snapshot` is what the return says."""
    if figure is SpendFigure.CLAIMED_BEFORE:
        return ReturnLine, _said(case, line, case.claim.quarter.previous)
    if case.funder_return.state.frozen:
        return ReturnLine, _as_sent(case, snapshot, line, figure)
    return Cost, _as_it_stands(case, line, figure)


def _of_line(line: Line) -> Conditions:
    return ("intervention_id", line.intervention_id), ("expense", line.expense), ("category_id", line.category_id)  # fmt: skip


def _said(case: ReturnCase, line: Line, last: Quarter) -> Conditions:
    """What returns up to that of `last` said of the year: one of an earlier year said nothing of it."""
    year = case.claim.year
    return (
        ("return_id.award_id", case.book.award.id),
        (f"return_id.quarter.{RUN}", QuarterRun(min(year.quarters[0], last), last)),
        *_of_line(line),
        (f"quarter.{RUN}", QuarterRun(year.quarters[0], case.claim.quarter)),
    )


def _as_sent(case: ReturnCase, snapshot: Snapshot, line: Line, figure: SpendFigure) -> Conditions:
    quarter = case.claim.quarter
    if figure is SpendFigure.TO_DATE:
        return _said(case, line, quarter)
    of_return = (("return_id", case.funder_return.id), *_of_line(line))
    if figure is not SpendFigure.ADJUSTMENTS:
        accrued = () if figure is SpendFigure.THIS_QUARTER else (_accrued(case, snapshot),)
        return (*of_return, ("quarter", quarter), *accrued)
    first = quarter.year.quarters[0]
    if quarter == first:
        return (*of_return, (f"id.{AMONG}", Chosen((), f"of quarters of {quarter.year} before {quarter}")))
    return (*of_return, (f"quarter.{RUN}", QuarterRun(first, quarter.previous)))


def _accrued(case: ReturnCase, snapshot: Snapshot) -> tuple[str, Chosen]:
    """Which costs had no invoice at the quarter's end, as the return said."""
    accrued = {each.cost for each in snapshot.costs if each.accrued}
    ids = sorted(each.id for each in case.book.costs_by_id.values() if each.reference in accrued)
    words = f"with no invoice at {short_date(case.claim.quarter.ends_on)}"
    return f"cost_id.id.{AMONG}", Chosen(tuple(ids), words)


def _as_it_stands(case: ReturnCase, line: Line, figure: SpendFigure) -> Conditions:
    quarter = case.claim.quarter
    if figure is SpendFigure.ADJUSTMENTS:
        return ((f"id.{AMONG}", _adjusted(case, line)),)
    first = quarter.year.quarters[0] if figure is SpendFigure.TO_DATE else quarter
    not_invoiced = ((f"invoiced_on.{NOT_BY}", quarter.ends_on),) if figure is SpendFigure.ACCRUED else ()
    return (
        *_of_line(line),
        ("received_on.quarter", QuarterRun(first, quarter)),
        *not_invoiced,
        (COUNTED, True),
    )


def _adjusted(case: ReturnCase, line: Line) -> Chosen:
    """The costs of which a draft's adjustments are the differences, and the sum in words where these are not the costs whole."""
    lines = tuple(_adjustments(case, line))
    words, ids = f"adjusted in {case.funder_return.reference}", sorted({each.cost_id for each in lines})
    comes_to = total(each.amount for each in lines)
    if total(case.book.costs_by_id[each].eligible for each in ids) != comes_to:
        said = said_before(case.book, case.claim.quarter)
        before = total(said[key] for each in lines if (key := (each.cost_id, each.cell)) in said)
        now = comes_to + before
        words = f"{words}: they came to {now.in_full} here, and earlier returns had said {before.in_full}, which makes {comes_to.in_full}"
    return Chosen(tuple(ids), words)


def _adjustments(case: ReturnCase, line: Line) -> Iterator[ClaimLine]:
    return (e for e in case.claim.lines if e.part is ClaimPart.ADJUSTMENT and e.cell.line == line)
