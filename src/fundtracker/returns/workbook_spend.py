"""The Spend sheet: this financial year by intervention, capital or resource, and cost category (domain 5.7 C).

What was claimed is added from the Costs sheet by the number of the line; all else on a row is worked out on the row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import Snapshot, SpendRow
from fundtracker.exports.sheets import Cell, Highlight, Sheet, Value, cell_at
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.workbook_parts import (
    begin,
    filled,
    heading,
    heading_height,
    height_of,
    money,
    money_width,
    place,
    say,
    words,
)
from fundtracker.returns.workbook_places import (
    ADJUSTED,
    ADJUSTMENT,
    BEFORE,
    COSTS,
    COSTS_COLUMNS,
    CURRENT,
    EARLIER,
    FIRST_FORECAST,
    ORIGINAL,
    QUARTER,
    SPEND,
    SPEND_EXPENSE,
    SPEND_LINE,
    THIS_QUARTER,
    TO_DATE,
    Group,
    Placed,
    Places,
)

NOT_PLANNED, NOTHING = "Not planned", "–"
_TOLD = "Each line leads to the cost lines behind it: click its number. Red is below nought; an underspend is a negative variance."
_REASON_WIDTH, _TITLE_WIDTH = 32.0, 29.0
_SUMMED = ("Capital", "Resource")


@dataclass(frozen=True, slots=True)
class SumColumn:
    """A column of sums on Spend."""

    label: str
    of: Callable[[SpendRow], Money]
    defined: str


_ORDERED = SumColumn("Ordered, not received", lambda row: row.ordered, "ordered")
"""Stands after the per cent, where anything is on order."""


def sum_columns(snapshot: Snapshot) -> tuple[SumColumn, ...]:
    """The columns of sums from the first on, in order; one forecast for each quarter that remains."""

    def forecast(at: int) -> Callable[[SpendRow], Money]:
        return lambda row: row.forecasts[at]

    return (
        SumColumn("Original profile", lambda row: row.original, "original_profile"),
        SumColumn("Current profile", lambda row: row.current, "current_profile"),
        SumColumn("Claimed before", lambda row: row.claimed_before, "claimed_before"),
        SumColumn("This quarter", lambda row: row.this_quarter, "this_quarter"),
        SumColumn("of which accrued", lambda row: row.accrued, "accrued"),
        SumColumn("Adjustments", lambda row: row.adjustments, "adjustments"),
        SumColumn("To date", lambda row: row.to_date, "to_date"),
        *(
            SumColumn(quarter.rpartition(" ")[2], forecast(at), "forecast")
            for at, quarter in enumerate(snapshot.forecast_quarters)
        ),
        SumColumn("Outturn", lambda row: row.outturn, "outturn"),
        SumColumn("Variance £", lambda row: row.variance, "variance"),
    )


def percent_formula(variance: str, profile: str) -> str:
    """Of two cells; words where there is no profile to measure against."""
    return f'IF({profile}=0,IF({variance}=0,"{NOTHING}","{NOT_PLANNED}"),ROUND({variance}/{profile},3))'


def percent_value(variance: Money, profile: Money) -> Value:
    """What `percent_formula` gives, as a ratio."""
    percent = variance.percent_of(profile)
    if percent is None:
        return NOT_PLANNED if variance else NOTHING
    return percent / Decimal(100)


def spend_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    columns = sum_columns(snapshot)
    money_wide = money_width(
        [total(column.of(row) for row in snapshot.spend) for column in (*columns, _ORDERED)]
        + [column.of(row) for row in snapshot.spend for column in (*columns, _ORDERED)]
    )
    reference_wide = min(22.0, max([11.0] + [len(row.reference) * 1.15 + 2 for row in snapshot.spend]))
    widths = [
        8.5,
        reference_wide,
        _TITLE_WIDTH,
        11,
        *([money_wide] * len(columns)),
        11,
        money_wide,
        _REASON_WIDTH,
    ]
    if not places.ordered:
        del widths[-2]
    year = snapshot.header.year
    sheet = begin(SPEND, f"Spend, {year}", _TOLD, snapshot.header, widths)
    _headings(sheet, places, columns, widths)
    for group in places.groups:
        _group_row(sheet, places, group, columns)
        for placed in group.lines:
            _line_row(sheet, places, placed)
    if not places.groups:
        say(sheet, f"Nothing is planned, claimed or forecast in {year}.")
    _totals(sheet, places, columns)
    _highlight(sheet, places)
    return sheet


def _headings(sheet: Sheet, places: Places, columns: Sequence[SumColumn], widths: Sequence[float]) -> None:
    outturn, ahead = places.outturn, len(places.snapshot.forecast_quarters)
    spans = [("", 1, 4), ("Profile", ORIGINAL, CURRENT), ("Claimed", BEFORE, TO_DATE)]
    if ahead:
        spans.append(("Forecast", FIRST_FORECAST, outturn - 1))
    spans.append(("Outturn against current profile", outturn, outturn + 2))
    if places.ordered:
        spans.append(("Committed", places.ordered, places.ordered))
    spans.append(("", places.spend_columns, places.spend_columns))
    row = sheet.next_row
    cells: list[Cell | Value] = [None] * places.spend_columns
    for label, first, last in spans:
        cells[first - 1] = label or None
        if last > first:
            sheet.merge(row, first, last)
    sheet.add(*cells, look=Look.GROUP_HEADING, height=18)
    cells = [
        heading("Line", Show.CENTRED),
        heading("Intervention"),
        heading("Intervention, and its cost categories"),
        heading("Capital or resource"),
        *(heading(column.label, Show.MONEY, column.defined) for column in columns),
        heading("Variance %", Show.PERCENT, "variance_percent"),
        *([heading(_ORDERED.label, Show.MONEY, _ORDERED.defined)] if places.ordered else []),
        heading("Reason for the variance", Show.TEXT, "reason"),
    ]
    texts = [str(cell.value) for cell in cells if isinstance(cell, Cell)]
    sheet.frozen_rows = sheet.add(
        *cells, look=Look.HEADING, height=heading_height(zip(texts, widths, strict=True))
    )
    sheet.frozen_columns = 3
    sheet.title_rows = (row, sheet.frozen_rows)


def _group_row(sheet: Sheet, places: Places, group: Group, columns: Sequence[SumColumn]) -> None:
    first, last = group.lines[0].row, group.lines[-1].row
    look = Look.SUBTOTAL
    cells: list[Cell] = [
        Cell(None, Style(look, Show.TEXT)),
        Cell(group.reference, Style(look, Show.TEXT)),
        Cell(group.title, Style(look, Show.WRAPPED)),
        Cell(None, Style(look, Show.TEXT)),
    ]

    def add(at: int, column: SumColumn) -> None:
        area = f"{cell_at(first, at)}:{cell_at(last, at)}"
        cells.append(money(group.sum(column.of), f"ROUND(SUM({area}),2)", look=look))

    for at, column in enumerate(columns, ORIGINAL):
        add(at, column)
    cells.append(_percent(places, group.row, group.sum(_variance), group.sum(_current), look))
    if places.ordered:
        add(places.ordered, _ORDERED)
    cells.append(Cell(None, Style(look, Show.TEXT)))
    sheet.add(*cells, look=look, height=height_of((group.title, _TITLE_WIDTH), bold=True, least=16))


def _variance(row: SpendRow) -> Money:
    return row.variance


def _current(row: SpendRow) -> Money:
    return row.current


def _percent(places: Places, row: int, variance: Money, profile: Money, look: Look) -> Cell:
    formula = percent_formula(cell_at(row, places.outturn + 1), cell_at(row, CURRENT))
    return Cell(percent_value(variance, profile), Style(look, Show.PERCENT), formula=formula)


def _line_row(sheet: Sheet, places: Places, placed: Placed) -> None:
    row, line = placed.row, placed.line
    behind = places.cost_rows.get(placed.number)
    link = ""
    if behind:
        link = place(COSTS, f"{cell_at(behind[0], 1)}:{cell_at(behind[1], COSTS_COLUMNS)}")

    def at(column: int) -> str:
        return cell_at(row, column)

    def costs(part: str) -> str:
        return f'ROUND(SUMIFS(Cost_amount,Cost_line,$A{row},Cost_part,"{part}"),2)'

    outturn = places.outturn
    ahead = [money(amount) for amount in line.forecasts]
    whole = f"+SUM({at(FIRST_FORECAST)}:{at(outturn - 1)})" if ahead else ""
    sheet.add(
        Cell(placed.number, Style(Look.LINK if link else Look.BODY, Show.CENTRED), link=link),
        line.reference,
        words(line.category),
        line.expense,
        money(line.original),
        money(line.current),
        money(line.claimed_before, costs(EARLIER), link=link),
        money(line.this_quarter, costs(THIS_QUARTER), link=link),
        money(line.accrued, f"ROUND(SUMIFS(Cost_accrued,Cost_line,$A{row}),2)", link=link),
        money(line.adjustments, costs(ADJUSTMENT), link=link),
        money(line.to_date, f"ROUND({at(BEFORE)}+{at(QUARTER)}+{at(ADJUSTED)},2)"),
        *ahead,
        money(line.outturn, f"ROUND({at(TO_DATE)}{whole},2)"),
        money(line.variance, f"ROUND({at(outturn)}-{at(CURRENT)},2)"),
        _percent(places, row, line.variance, line.current, Look.BODY),
        *([_ordered(places, placed)] if places.ordered else []),
        _reason(line),
        height=height_of((line.category, _TITLE_WIDTH), (line.reason, _REASON_WIDTH)),
    )


def _ordered(places: Places, placed: Placed) -> Cell:
    """What the line has on order, added from the orders it leads to."""
    rows = places.order_rows.get(placed.number)
    if rows is None:
        return money(placed.line.ordered)
    link = place(COSTS, f"{cell_at(rows[0], 1)}:{cell_at(rows[1], COSTS_COLUMNS)}")
    formula = f"ROUND(SUMIFS(Order_amount,Order_line,$A{placed.row}),2)"
    return money(placed.line.ordered, formula, link=link)


def _reason(line: SpendRow) -> Cell:
    if line.reason_needed and not line.reason.strip():
        return words("A reason is needed", look=Look.WARNING)
    return words(line.reason or None)


def _totals(sheet: Sheet, places: Places, columns: Sequence[SumColumn]) -> None:
    """The whole, then capital and resource; rows of an intervention's own sums have no line number and aren't added twice."""
    lines = [placed.line for placed in places.lines]
    first, last = places.spend_first, places.spend_last

    def area(column: int) -> str:
        return f"{cell_at(first, column)}:{cell_at(last, column)}"

    def fixed(column: int) -> str:
        return f"{cell_at(first, column, fixed=True)}:{cell_at(last, column, fixed=True)}"

    def row(label: str, look: Look, chosen: Sequence[SpendRow], test_area: str, test: str) -> None:
        cells: list[Cell | Value] = [label, None, None, None]

        def add(at: int, column: SumColumn) -> None:
            whole = total(column.of(each) for each in chosen)
            cells.append(money(whole, f'ROUND(SUMIF({test_area},"{test}",{area(at)}),2)', look=look))

        for at, column in enumerate(columns, ORIGINAL):
            add(at, column)
        variance, profile = total(map(_variance, chosen)), total(map(_current, chosen))
        cells.append(_percent(places, sheet.next_row, variance, profile, look))
        if places.ordered:
            add(places.ordered, _ORDERED)
        sheet.add(*filled(cells, places.spend_columns), look=look, height=19)

    row(f"Total {places.snapshot.header.year}", Look.TOTAL, lines, fixed(SPEND_LINE), ">0")
    for expense in _SUMMED:
        chosen = [line for line in lines if line.expense == expense]
        row(f"of which {expense.lower()}", Look.SUBTOTAL, chosen, fixed(SPEND_EXPENSE), expense)


def _highlight(sheet: Sheet, places: Places) -> None:
    """Adjustments stand out: they are what an auditor asks about first."""
    first, last = places.spend_first, places.spend_last
    cells = f"{cell_at(first, ADJUSTED)}:{cell_at(last, ADJUSTED)}"
    sheet.highlights.append(Highlight(cells, f"AND($A{first}>0,{cell_at(first, ADJUSTED)}<>0)", Look.WARNING))
