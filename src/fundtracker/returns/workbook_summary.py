"""The Summary sheet: award and cash, the year by intervention and by quarter, the award by year, and two charts (domain 5.7 B).

Its figures point at Spend, Costs and Checks; what no row of the book stands behind (award, received, granted and not spent) is a plain sum.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import Cash, QuarterRow, YearRow
from fundtracker.exports.sheet_setup import CLEAR
from fundtracker.exports.sheets import Cell, PlacedChart, Sheet, Value, cell_at, on_sheet
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.definitions import note
from fundtracker.returns.workbook_charts import against_profile
from fundtracker.returns.workbook_parts import (
    begin,
    heading,
    heading_height,
    height_of,
    money,
    money_width,
    place,
    say,
    section,
    sum_of,
)
from fundtracker.returns.workbook_places import (
    ACCRUED,
    ADJUSTED,
    BEFORE,
    CHANGES,
    COST_AMOUNT,
    COSTS,
    CURRENT,
    FIRST_FORECAST,
    GRANTS,
    QUARTER,
    SPEND,
    SUMMARY,
    TO_DATE,
    Group,
    Places,
)
from fundtracker.returns.workbook_spend import percent_formula, percent_value

_COLUMNS = 10
_CASH_AT, _TITLE_WIDTH = 3, 42.0
_FIRST_SUM = 3
_CM_PER_WIDTH = 0.191
_BARS = "Bars of spent to date and forecast, one on the other, and a mark for the current profile"


@dataclass(frozen=True, slots=True)
class _CashLine:
    """A row of award and cash; `formula` from the places, "" for a plain sum; `sheet` is where its rows are."""

    key: str
    label: str
    of: Callable[[Cash], Money]
    formula: Callable[[Places], str]
    defined: str = ""
    look: Look = Look.BODY
    sheet: str = ""


def _plain(_places: Places) -> str:
    return ""


def _spend(column: int) -> Callable[[Places], str]:
    return lambda places: places.spend_at(places.spend_total, column)


def _ordered(places: Places) -> str:
    """The column's total on Spend; a plain nought where nothing is on order, and Spend has no such column."""
    return places.spend_at(places.spend_total, places.ordered) if places.ordered else ""


def _own(*signed: str) -> Callable[[Places], str]:
    """Other rows of the block, added or (with a -) taken away."""

    def formula(places: Places) -> str:
        sums = "".join(
            f"{'-' if each[0] == '-' else '+'}{_cash_cell(places, each.lstrip('-'))}" for each in signed
        )
        return f"ROUND({sums.removeprefix('+')},2)"

    return formula


def _corrections(places: Places) -> str:
    if not places.corrections:
        return ""
    return on_sheet(COSTS, cell_at(places.corrections_last + 1, COST_AMOUNT))


_CASH = (
    _CashLine("original", "Original award", lambda c: c.original, _plain, "original_award"),
    _CashLine("capital", "Award now: capital", lambda c: c.revised_capital, _plain, "", Look.BODY, CHANGES),
    _CashLine("resource", "Award now: resource", lambda c: c.revised_resource, _plain, "", Look.BODY, CHANGES),
    _CashLine("revised", "Award", lambda c: c.revised, _own("capital", "resource"), "award", Look.SUBTOTAL),
    _CashLine("before", "Claimed before", lambda c: c.claimed_before, _spend(BEFORE), "claimed_before", sheet=SPEND),
    _CashLine("quarter", "This quarter", lambda c: c.this_quarter, _spend(QUARTER), "this_quarter", sheet=SPEND),
    _CashLine("accrued", "   of which accrued", lambda c: c.accrued, _spend(ACCRUED), "accrued", sheet=SPEND),
    _CashLine("adjustments", "Adjustments", lambda c: c.adjustments, _spend(ADJUSTED), "adjustments", sheet=SPEND),
    _CashLine("claim", "Claim", lambda c: c.claim, _own("quarter", "adjustments"), "claim", Look.TOTAL, COSTS),
    _CashLine("to_date", "Claimed to date", lambda c: c.claimed_to_date, _own("before", "claim"), "to_date", sheet=COSTS),
    _CashLine("received", "Received from the funder", lambda c: c.received, _plain, "received"),
    _CashLine("unpaid", "Claimed, not paid", lambda c: c.unpaid, _own("to_date", "-received"), "unpaid"),
    _CashLine("left", "Left of the award", lambda c: c.left, _own("revised", "-to_date"), "left", Look.SUBTOTAL),
    _CashLine("ordered", "Ordered, not received", lambda c: c.ordered, _ordered, "ordered", sheet=SPEND),
    _CashLine("granted", "Granted, not yet spent", lambda c: c.granted_unspent, _plain, "granted_unspent", sheet=GRANTS),
    _CashLine("committed", "Committed", lambda c: c.committed, _own("ordered", "granted"), "committed", Look.SUBTOTAL),
    _CashLine("to_commit", "Left to commit", lambda c: c.left_to_commit, _own("left", "-committed"), "left_to_commit", Look.SUBTOTAL),
    _CashLine("earlier", "Corrections to earlier years, not claimed", lambda c: c.earlier_years, _corrections, "earlier_years", sheet=COSTS),
)  # fmt: skip


def _cash_cell(places: Places, key: str) -> str:
    number = next(n for n, line in enumerate(_CASH) if line.key == key)
    return cell_at(places.head + 3 + number, _CASH_AT)


def cash_at(places: Places, key: str) -> str:
    """A figure of award and cash, as another sheet's formula names it."""
    return on_sheet(SUMMARY, _cash_cell(places, key))


def summary_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    sums = [row.awarded for row in snapshot.years] + [row.outturn for row in snapshot.years]
    sums += [snapshot.cash.revised, snapshot.cash.claimed_to_date]
    wide = money_width(sums, least=14)
    widths = [18, _TITLE_WIDTH, *([wide] * (_COLUMNS - 2))]
    told = (
        "The links lead to the rows behind a sum: to Spend, and from there to the cost lines. The other sums are worked"
        " out on this sheet; select one to see how."
    )
    sheet = begin(SUMMARY, "Summary", told, snapshot.header, widths)
    sheet.frozen_rows = places.head
    sheet.title_rows = (places.head - 2, places.head - 1)
    chart_at = f"E{sheet.next_row + 1}"
    _award_and_cash(sheet, places)
    sheet.gap(height=10)
    quarters = _by_quarter(sheet, places)
    beside = sum(widths[4:]) * _CM_PER_WIDTH - CLEAR
    title = f"Spend against profile by quarter, {snapshot.header.year} (£)"
    chart = against_profile(sheet, title, quarters, (5, 6, 4), (beside, 9.9), joined=True)
    told = f"{title}. {_BARS} for each quarter; the figures are in the table By quarter."
    sheet.charts.append(PlacedChart(chart, chart_at, told))
    sheet.breaks_after.append(sheet.next_row)
    sheet.gap(height=10)
    interventions = _by_intervention(sheet, places)
    sheet.gap(height=10)
    if places.groups:
        _intervention_chart(sheet, places, interventions, widths)
    _by_year(sheet, places)
    return sheet


def _intervention_chart(sheet: Sheet, places: Places, rows: tuple[int, int], widths: Sequence[float]) -> None:
    size = (sum(widths[:9]) * _CM_PER_WIDTH - CLEAR, 7.4)
    title = f"Spend against profile by intervention, {places.snapshot.header.year} (£)"
    chart = against_profile(sheet, title, rows, (5, 6, 3), size, joined=False)
    told = f"{title}. {_BARS} for each intervention; the figures are in the table By intervention."
    sheet.charts.append(PlacedChart(chart, f"A{sheet.next_row}", told))
    sheet.gap(15, height=15)


# Award and cash


def _award_and_cash(sheet: Sheet, places: Places) -> None:
    snapshot = places.snapshot
    section(sheet, f"Award and cash, {snapshot.header.year}", _CASH_AT + 1)
    row = sheet.add(
        "Figure", None, heading("£", Show.MONEY), heading("Rows behind"), look=Look.HEADING, height=20
    )
    sheet.merge(row, 1, 2)
    for line in _CASH:
        value, formula = line.of(snapshot.cash), line.formula(places)
        if line.key == "revised" and snapshot.cash.revised_capital + snapshot.cash.revised_resource != value:
            formula = ""
        shown = Show.MONEY if line.look is not Look.BODY else Show.MONEY_DASH
        link = _behind(places, line) if value or (line.sheet == SPEND and formula) else ""
        sheet.add(
            Cell(line.label, Style(line.look, Show.TEXT), note=note(line.defined)),
            Cell(None, Style(line.look, Show.TEXT)),
            money(value, formula, look=line.look, show=shown),
            Cell(
                line.sheet if link else None,
                Style(Look.LINK if link else line.look, Show.TEXT),
                link=link,
            ),
        )


def _behind(places: Places, line: _CashLine) -> str:
    if line.sheet == SPEND:
        return place(SPEND, f"A{places.spend_total}")
    if line.sheet == COSTS:
        row = {"claim": places.parts_first + 3, "to_date": places.parts_first + 4}.get(line.key)
        return place(COSTS, f"A{row or places.corrections_section}")
    return place(line.sheet, "A1") if line.sheet else ""


# By intervention


def _by_intervention(sheet: Sheet, places: Places) -> tuple[int, int]:
    """The rows of the interventions; one row of words where there is none."""
    year = places.snapshot.header.year
    section(sheet, f"By intervention, {year}", 9)
    _headings(
        sheet,
        [("Intervention", ""), ("Title", "")],
        [
            ("Current profile", "current_profile"), ("Claim", "claim"), ("To date", "to_date"), ("Forecast", "forecast"),
            ("Outturn", "outturn"), ("Variance £", "variance"), ("Variance %", "variance_percent"),
        ],
    )  # fmt: skip
    first = sheet.next_row
    for group in places.groups:
        _intervention(sheet, places, group)
    if not places.groups:
        say(sheet, f"Nothing is planned, claimed or forecast in {year}.")
    last = sheet.next_row - 1
    rows = [placed.line for placed in places.lines]
    wholes = [
        total(each.current for each in rows), total(each.this_quarter + each.adjustments for each in rows),
        total(each.to_date for each in rows), total(total(each.forecasts) for each in rows),
        total(each.outturn for each in rows), total(each.variance for each in rows),
    ]  # fmt: skip
    cells: list[Cell | Value] = [f"Total {year}", None]
    for at, whole in enumerate(wholes, _FIRST_SUM):
        cells.append(money(whole, sum_of(at, first, last), look=Look.TOTAL))
    cells.append(_percent(sheet.next_row, wholes[5], wholes[0], Look.TOTAL))
    sheet.add(*cells, look=Look.TOTAL, height=19)
    return first, last


def _intervention(sheet: Sheet, places: Places, group: Group) -> None:
    def at(column: int) -> str:
        return places.spend_at(group.row, column)

    outturn, ahead = places.outturn, places.snapshot.forecast_quarters
    forecast = f"ROUND(SUM({places.spend_at(group.row, FIRST_FORECAST)}:{cell_at(group.row, outturn - 1)}),2)"
    link = place(SPEND, f"B{group.row}")
    sheet.add(
        Cell(group.reference, Style(Look.LINK, Show.TEXT), link=link),
        Cell(group.title, Style(Look.BODY, Show.WRAPPED)),
        money(group.sum(lambda row: row.current), at(CURRENT)),
        money(group.sum(lambda row: row.this_quarter + row.adjustments), f"ROUND({at(QUARTER)}+{at(ADJUSTED)},2)"),
        money(group.sum(lambda row: row.to_date), at(TO_DATE)),
        money(group.sum(lambda row: total(row.forecasts)), forecast if ahead else ""),
        money(group.sum(lambda row: row.outturn), at(outturn)),
        money(group.sum(lambda row: row.variance), at(outturn + 1)),
        _percent(sheet.next_row, group.sum(lambda row: row.variance), group.sum(lambda row: row.current), Look.BODY),
        height=height_of((group.title, _TITLE_WIDTH)),
    )  # fmt: skip


def _percent(row: int, variance: Money, profile: Money, look: Look) -> Cell:
    formula = percent_formula(cell_at(row, 8), cell_at(row, 3))
    return Cell(percent_value(variance, profile), Style(look, Show.PERCENT), formula=formula)


def _headings(sheet: Sheet, texts: Sequence[tuple[str, str]], sums: Sequence[tuple[str, str]]) -> None:
    cells: list[Cell | Value] = [heading(label, Show.TEXT, defined) for label, defined in texts]
    cells += [heading(label, Show.MONEY, defined) for label, defined in sums]
    widths = [(label, 14.0) for label, _ in sums]
    sheet.add(*cells, look=Look.HEADING, height=heading_height(widths))


# By quarter and by year


def _by_quarter(sheet: Sheet, places: Places) -> tuple[int, int]:
    snapshot = places.snapshot
    section(sheet, f"By quarter, {snapshot.header.year}", 8)
    _headings(
        sheet,
        [("Quarter", ""), ("State", "")],
        [
            ("Original profile", "original_profile"), ("Current profile", "current_profile"), ("Spent", "spent"),
            ("Forecast", "forecast"), ("Spent or forecast", "outturn"), ("Variance £", "variance"),
        ],
    )  # fmt: skip
    first = sheet.next_row
    for row in snapshot.quarters:
        _quarter(sheet, places, row)
    last = sheet.next_row - 1
    rows = snapshot.quarters
    wholes = [
        total(each.original for each in rows), total(each.current for each in rows), total(each.spent for each in rows),
        total(each.forecast for each in rows), total(each.spent + each.forecast for each in rows),
        total(each.spent + each.forecast - each.current for each in rows),
    ]  # fmt: skip
    cells: list[Cell | Value] = [f"Total {snapshot.header.year}", None]
    for at, whole in enumerate(wholes, _FIRST_SUM):
        cells.append(money(whole, sum_of(at, first, last), look=Look.TOTAL))
    sheet.add(*cells, look=Look.TOTAL, height=19)
    return first, last


def _quarter(sheet: Sheet, places: Places, quarter: QuarterRow) -> None:
    row, ahead = sheet.next_row, places.snapshot.forecast_quarters
    forecast = ""
    if quarter.quarter in ahead:
        column = FIRST_FORECAST + ahead.index(quarter.quarter)
        forecast = places.spend_at(places.spend_total, column)
    both = quarter.spent + quarter.forecast
    reported = quarter.quarter == places.snapshot.header.quarter
    spent = f"ROUND(SUMIFS(Cost_amount,Cost_counts_in,$A{row}),2)"
    sheet.add(
        quarter.quarter,
        "Reported in this return" if reported else "To come" if forecast else "Returned before",
        money(quarter.original),
        money(quarter.current),
        money(quarter.spent, spent),
        money(quarter.forecast, forecast),
        money(both, f"ROUND(E{row}+F{row},2)"),
        money(both - quarter.current, f"ROUND(G{row}-D{row},2)"),
    )


def _by_year(sheet: Sheet, places: Places) -> None:
    """Every year of the award, each for itself: years are never added."""
    section(sheet, "The award by financial year: each stands for itself, and years are never added", _COLUMNS)
    _headings(
        sheet,
        [("Financial year", ""), ("State", "")],
        [
            ("Original award", "original_award"), ("Award", "award"), ("Current profile", "current_profile"),
            ("Spent", "spent"), ("Forecast", "forecast"), ("Outturn", "outturn"), ("Variance £", "variance"),
            ("Left", "left"),
        ],
    )  # fmt: skip
    for year in places.snapshot.years:
        _year(sheet, places, year)


def _year(sheet: Sheet, places: Places, year: YearRow) -> None:
    row = sheet.next_row
    own = year.year == places.snapshot.header.year
    award = _cash_cell(places, "revised") if own else ""
    profile = places.spend_at(places.spend_total, CURRENT) if own else ""
    ahead = places.snapshot.forecast_quarters
    forecast = ""
    if own and ahead:
        first = places.spend_at(places.spend_total, FIRST_FORECAST)
        forecast = f"ROUND(SUM({first}:{cell_at(places.spend_total, places.outturn - 1)}),2)"
    sheet.add(
        year.year,
        "Of this return" if own else "Earlier" if year.year < places.snapshot.header.year else "Later",
        money(year.original),
        money(year.awarded, award),
        money(year.profile, profile),
        money(year.spent, f"ROUND(SUMIFS(Bridge_ledger,Bridge_year,$A{row}),2)"),
        money(year.forecast, forecast),
        money(year.outturn, f"ROUND(F{row}+G{row},2)"),
        money(year.variance, f"ROUND(H{row}-E{row},2)"),
        money(year.left, f"ROUND(D{row}-F{row},2)"),
    )
