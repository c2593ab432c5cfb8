"""The Spend lines of a return and what stands beside them: the figures that a return's money sheets show."""

from dataclasses import dataclass, replace
from decimal import Decimal

from fundtracker.domain.awards import AwardLine
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim, ClaimLine, ClaimPart, earlier_returns
from fundtracker.domain.columns import described
from fundtracker.domain.cubes import Cell, Line
from fundtracker.domain.delivery import Document
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import FunderReturn, ReturnLine, VarianceReason
from fundtracker.domain.rules import variance_percent
from fundtracker.domain.snapshot import BridgeRow, CostRow, QuarterRow, SpendRow, YearRow

EARLIER, ORDERED = "Earlier return", "Ordered"


@dataclass(frozen=True)
class SpendLine:
    """A line of Spend with its parts, before it is put into words."""

    line: Line
    original: Money
    current: Money
    claimed_before: Money
    this_quarter: Money
    accrued: Money
    adjustments: Money
    to_date: Money
    ordered: Money
    forecasts: tuple[Money, ...]

    @property
    def outturn(self) -> Money:
        """To date plus the forecast of the remaining quarters."""
        return self.to_date + Money(sum(each.pence for each in self.forecasts))

    @property
    def variance(self) -> Money:
        """Outturn less current profile: negative is an underspend."""
        return self.outturn - self.current

    @property
    def variance_percent(self) -> Decimal | None:
        return self.variance.percent_of(self.current)

    def reason_needed(self, above: Decimal) -> bool:
        """Whether the variance is above so many per cent of the profile, or there is spend where none was planned."""
        percent = self.variance_percent
        return bool(self.variance) if percent is None else abs(percent) > above


def remaining_quarters(quarter: Quarter) -> tuple[Quarter, ...]:
    """The quarters of the financial year after this one."""
    return tuple(each for each in quarter.year.quarters if each > quarter)


def spend_lines(claim: Claim) -> tuple[SpendLine, ...]:
    """Every line in which anything stands this year, by intervention, then capital before resource, then category."""
    year, figures = claim.year, claim.figures_now
    accrued_cells = claim.figures.accrued
    cubes = {
        "original": figures.original_profile.in_year(year).by_line(),
        "current": figures.current_profile.in_year(year).by_line(),
        "claimed_before": claim.opening.in_year(year).by_line(),
        "this_quarter": claim.this_quarter.by_line(),
        "accrued": accrued_cells.only(lambda cell: cell.quarter == claim.quarter).by_line(),
        "adjustments": claim.adjustments.by_line(),
        "to_date": claim.to_date.by_line(),
        "ordered": _ordered(claim),
    }
    forecast = claim.figures.forecast
    ahead = [
        forecast.only(lambda cell, q=each: cell.quarter == q).by_line()
        for each in remaining_quarters(claim.quarter)
    ]
    found: set[Line] = {line for sums in (*cubes.values(), *ahead) for line, amount in sums.items() if amount}
    lines = (
        SpendLine(
            line=line,
            forecasts=tuple(sums.get(line, ZERO) for sums in ahead),
            **{name: sums.get(line, ZERO) for name, sums in cubes.items()},
        )
        for line in found
    )
    return tuple(sorted(lines, key=lambda each: _order(claim.book, each.line)))


def _ordered(claim: Claim) -> dict[Line, Money]:
    """The year's orders line by line, as at the quarter's end."""
    sums: dict[Line, Money] = {}
    for cost in claim.figures.orders(claim.year):
        line = Line(cost.intervention_id, cost.expense, cost.category_id)
        sums[line] = sums.get(line, ZERO) + cost.eligible
    return sums


def _order(book: AwardBook, line: Line) -> tuple[str, str, str]:
    return (
        intervention_reference(book, line.intervention_id),
        line.expense.value,
        category_name(book, line.category_id),
    )


def intervention_reference(book: AwardBook, intervention_id: int) -> str:
    found = book.find(Intervention, intervention_id)
    return found.reference if found else f"intervention {intervention_id}"


def category_name(book: AwardBook, category_id: int) -> str:
    return book.get(CostCategory, category_id).name


def reason_for(book: AwardBook, funder_return: FunderReturn, line: Line) -> str:
    """The reason written for a line's variance in a return, or nothing."""
    return next(
        (
            each.reason
            for each in book.under(VarianceReason, return_id=funder_return.id)
            if (each.intervention_id, each.expense, each.category_id) == line
        ),
        "",
    )


def spend_rows(claim: Claim, funder_return: FunderReturn) -> tuple[SpendRow, ...]:
    """C. The Spend sheet."""
    book = claim.book
    above = variance_percent(book, claim.quarter)
    return tuple(
        SpendRow(
            reference=intervention_reference(book, each.line.intervention_id),
            title=book.get(Intervention, each.line.intervention_id).title,
            expense=each.line.expense.value,
            category=category_name(book, each.line.category_id),
            original=each.original,
            current=each.current,
            claimed_before=each.claimed_before,
            this_quarter=each.this_quarter,
            accrued=each.accrued,
            adjustments=each.adjustments,
            to_date=each.to_date,
            forecasts=each.forecasts,
            outturn=each.outturn,
            variance=each.variance,
            variance_percent=each.variance_percent,
            reason=reason_for(book, funder_return, each.line),
            reason_needed=each.reason_needed(above),
            ordered=each.ordered,
        )
        for each in spend_lines(claim)
    )


def cost_rows(claim: Claim) -> tuple[CostRow, ...]:
    """D. Every line behind the year's Spend: what earlier returns of the year said, then what this one says."""
    book, year = claim.book, claim.year
    earlier = {r.id: r.quarter for r in earlier_returns(book, claim.quarter)}
    rows = [
        _cost_row(book, EARLIER, earlier[line.return_id], _claimed(line), ZERO)
        for line in book.all(ReturnLine)
        if line.return_id in earlier and line.quarter.year == year
    ]
    for line in claim.lines:
        cost = book.costs_by_id[line.cost_id]
        in_quarter = line.part is ClaimPart.THIS_QUARTER
        accrued = line.amount if in_quarter and cost.accrued_at(claim.quarter.ends_on) else ZERO
        rows.append(_cost_row(book, line.part.value, claim.quarter, line, accrued))
    return tuple(rows)


def order_rows(claim: Claim) -> tuple[CostRow, ...]:
    """D. The orders behind what Spend shows as ordered and not received: no part of any claim yet, and of no quarter."""
    rows: list[CostRow] = []
    for cost in claim.figures.orders(claim.year):
        cell = Cell(cost.intervention_id, cost.expense, cost.category_id, claim.quarter)
        line = ClaimLine(cost.id, cell, cost.eligible, ClaimPart.THIS_QUARTER, "")
        rows.append(replace(_cost_row(claim.book, ORDERED, claim.quarter, line, ZERO), counts_in=""))
    return tuple(rows)


def _claimed(line: ReturnLine) -> ClaimLine:
    """A line of an earlier return, in the shape of this one's."""
    cell = Cell(line.intervention_id, line.expense, line.category_id, line.quarter)
    return ClaimLine(line.cost_id, cell, line.amount, ClaimPart.THIS_QUARTER, line.reason)


def _cost_row(book: AwardBook, part: str, stands_in: Quarter, line: ClaimLine, accrued: Money) -> CostRow:
    cost = book.costs_by_id[line.cost_id]
    grant = book.find(Grant, cost.grant_id)
    return CostRow(
        cost=cost.reference,
        part=part,
        stands_in=str(stands_in),
        counts_in=str(line.cell.quarter),
        intervention=intervention_reference(book, line.cell.intervention_id),
        expense=line.cell.expense.value,
        category=category_name(book, line.cell.category_id),
        supplier=cost.supplier,
        invoice_number=cost.invoice_number,
        description=cost.description,
        grant=grant.reference if grant else "",
        ordered_on=cost.ordered_on,
        received_on=cost.received_on,
        invoiced_on=cost.invoiced_on,
        paid_on=cost.paid_on,
        net=cost.net,
        vat=cost.vat,
        vat_recoverable=cost.vat_recoverable,
        eligible=cost.eligible,
        amount=line.amount,
        accrued=accrued,
        ledger_code=cost.ledger_code,
        reversal_of=_reference_of(book, cost.reversal_of),
        evidence="; ".join(document.name for document in book.under(Document, cost_id=cost.id)),
        reason=line.reason,
    )


def _reference_of(book: AwardBook, cost_id: int | None) -> str:
    found = book.costs_by_id.get(cost_id) if cost_id is not None else None
    return found.reference if found else ""


def bridge_rows(claim: Claim) -> tuple[BridgeRow, ...]:
    """O. From the last return to this one, line by line and year by year; rows of earlier years carry their corrections."""
    book = claim.book
    parts = (
        claim.opening,
        claim.this_quarter,
        claim.adjustments + claim.earlier_years,
        claim.closing,
        claim.ledger,
    )
    sums = [cube.by(lambda cell: (cell.quarter.year, cell.line)) for cube in parts]
    keys = {key for each in sums for key, amount in each.items() if amount}
    return tuple(
        BridgeRow(
            str(key[0]),
            intervention_reference(book, key[1].intervention_id),
            key[1].expense.value,
            category_name(book, key[1].category_id),
            *(each.get(key, ZERO) for each in sums),
        )
        for key in sorted(keys, key=lambda key: (key[0], _order(book, key[1])))
    )


def year_rows(claim: Claim) -> tuple[YearRow, ...]:
    """The award by financial year, as at the quarter's end; spent ties to the ledger."""
    figures, now = claim.figures, claim.figures_now
    return tuple(
        YearRow(
            year=str(year),
            original=Money(sum(line.amount.pence for line in claim.book.under(AwardLine, year=year))),
            awarded=now.awarded(year),
            profile=now.current_profile.total(year=year),
            spent=figures.spent.total(year=year),
            forecast=figures.forecast.total(year=year),
            outturn=figures.outturn.total(year=year),
            variance=figures.outturn.total(year=year) - now.current_profile.total(year=year),
            left=now.awarded(year) - figures.spent.total(year=year),
        )
        for year in now.years
    )


def quarter_rows(claim: Claim) -> tuple[QuarterRow, ...]:
    """The return's financial year by quarter: what was planned, spent and is forecast."""
    figures, now = claim.figures, claim.figures_now
    return tuple(
        QuarterRow(
            quarter=str(quarter),
            original=now.original_profile.total(quarter=quarter),
            current=now.current_profile.total(quarter=quarter),
            spent=figures.spent.total(quarter=quarter),
            forecast=figures.forecast.total(quarter=quarter),
        )
        for quarter in claim.year.quarters
    )


def line_words(book: AwardBook, line: Line) -> str:
    """ "SSF5-VAWG-01 Op Vigilant..., resource, Staff": a Spend line in a sentence."""
    return f"{described(book.get(Intervention, line.intervention_id))}, {line.expense.value.lower()}, {category_name(book, line.category_id)}"
