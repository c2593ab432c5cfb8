"""The Costs sheet: every line behind the year's Spend as an Excel table; corrections to earlier years and orders apart (domain 5.7 D)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import CostRow
from fundtracker.exports.sheets import Cell, Column, Sheet, Table, Value, cell_at
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.workbook_parts import (
    begin,
    filled,
    heading,
    heading_height,
    money,
    money_width,
    place,
    say,
    section,
    sum_of,
)
from fundtracker.returns.workbook_places import (
    ADJUSTMENT,
    CHECKS,
    COST_ACCRUED,
    COST_AMOUNT,
    COSTS,
    COSTS_COLUMNS,
    EARLIER,
    SPEND,
    THIS_QUARTER,
    Places,
)

_SUM_AT = 8
"""The column in which the sums by part stand: a wide one, near their words."""
_ELIGIBLE = 'ROUND(P{row}+IF(R{row}="Yes",0,Q{row}),2)'
"""Net, and VAT that can't be recovered."""


@dataclass(frozen=True, slots=True)
class _Field:
    label: str
    width: float
    show: Show = Show.TEXT
    defined: str = ""


_FIELDS = (
    _Field("Spend line", 9, Show.CENTRED, "spend_line"),
    _Field("Cost", 9.5),
    _Field("Part", 12.5, Show.TEXT, "part"),
    _Field("In return of", 10.5, Show.TEXT, "stands_in"),
    _Field("Counts in", 10.5, Show.TEXT, "counts_in"),
    _Field("Intervention", 13, Show.WRAPPED),
    _Field("Capital or resource", 10.5),
    _Field("Category", 16, Show.WRAPPED),
    _Field("Supplier", 26, Show.WRAPPED),
    _Field("Invoice no.", 10, Show.WRAPPED),
    _Field("Description", 27, Show.WRAPPED),
    _Field("Ordered", 11, Show.DATE),
    _Field("Received", 11, Show.DATE, "counts_in"),
    _Field("Invoiced", 11, Show.DATE),
    _Field("Paid", 11, Show.DATE),
    _Field("Net", 11, Show.MONEY),
    _Field("VAT", 10, Show.MONEY_DASH),
    _Field("VAT recoverable?", 12.5, Show.CENTRED, "recoverable"),
    _Field("Eligible", 11, Show.MONEY, "eligible"),
    _Field("Amount", 11, Show.MONEY, "amount"),
    _Field("of which accrued", 11, Show.MONEY_DASH, "accrued"),
    _Field("Ledger code", 9, Show.WRAPPED),
    _Field("Reversal of", 10),
    _Field("Onward grant", 9.5, Show.WRAPPED),
    _Field("Evidence", 11, Show.WRAPPED, "evidence"),
    _Field("Reason", 11, Show.WRAPPED, "cost_reason"),
)
_FITTED = {
    2: ("cost", 16.0), 6: ("intervention", 22.0), 10: ("invoice_number", 20.0), 22: ("ledger_code", 18.0),
    23: ("reversal_of", 16.0), 24: ("grant", 18.0), 25: ("evidence", 22.0), 26: ("reason", 26.0),
}  # fmt: skip
"""Columns that are as wide as their longest text, up to so much; a longer one goes on below."""


_SUMS = {16: "net", 17: "vat", 19: "eligible", COST_AMOUNT: "amount", COST_ACCRUED: "accrued"}


def costs_sheet(places: Places) -> Sheet:
    header = places.snapshot.header
    told = (
        "Filter “Spend line” to see what is behind a line of Spend; its number leads back there."
        " Corrections to earlier years, and orders still to come, stand apart at the end."
    )
    sheet = begin(COSTS, f"Costs behind the Spend of {header.year}", told, header, _widths(places))
    sheet.large = True
    _total_of_shown(sheet, places)
    labels = _headings(sheet, "Spend line", Look.FILTER_HEADING)
    sheet.frozen_rows, sheet.frozen_columns = sheet.next_row - 1, 2
    sheet.title_rows = (sheet.frozen_rows, sheet.frozen_rows)
    if places.costs:
        targets = {placed.number: place(SPEND, f"A{placed.row}") for placed in places.lines}
        sheet.add_block(_columns(targets), _numbered(places))
        last = cell_at(places.costs_last, COSTS_COLUMNS)
        sheet.tables.append(Table("CostLines", labels, f"{cell_at(places.costs_first - 1, 1)}:{last}"))
    else:
        say(sheet, f"No cost stands in this return, or in an earlier return of {header.year}.")
    _by_part(sheet, places)
    _corrections(sheet, places)
    if places.orders:
        _orders(sheet, places)
    return sheet


def _widths(places: Places) -> list[float]:
    """As the texts and sums need: twenty-six columns share one page."""
    widths = [field.width for field in _FIELDS]
    rows = places.snapshot.costs
    for at, (name, longest) in _FITTED.items():
        read = attrgetter(name)
        needed = max((len(text) for text in {read(row) for row in rows}), default=0) * 1.05 + 2.5
        widths[at - 1] = min(longest, max(widths[at - 1], needed))
    for at, name in _SUMS.items():
        read = attrgetter(name)
        sums: list[Money] = [read(row) for row in rows]
        widths[at - 1] = money_width([*sums, total(sums)], least=widths[at - 1])
    return widths


def _headings(sheet: Sheet, line: str, look: Look) -> list[str]:
    labels = [line, *(field.label for field in _FIELDS[1:])]
    cells = [
        heading(label, field.show, field.defined if n or line == "Spend line" else "", look=look)
        for n, (label, field) in enumerate(zip(labels, _FIELDS, strict=True))
    ]
    widths = [(label, field.width) for label, field in zip(labels, _FIELDS, strict=True)]
    sheet.add(*cells, look=look, height=heading_height(widths, spare=4))
    return labels


def _total_of_shown(sheet: Sheet, places: Places) -> None:
    """Above the headings, where it stays in sight while a filter is set."""
    cells: list[Cell | Value] = ["Total of the lines shown", *([None] * (COSTS_COLUMNS - 1))]
    wholes = (
        (COST_AMOUNT, total(row.amount for row in places.costs)),
        (COST_ACCRUED, total(row.accrued for row in places.costs)),
    )
    for at, whole in wholes:
        area = f"{cell_at(places.costs_first, at)}:{cell_at(places.costs_last, at)}"
        cells[at - 1] = money(whole, f"ROUND(SUBTOTAL(109,{area}),2)", look=Look.TOTAL, show=Show.MONEY)
    sheet.add(*cells, look=Look.TOTAL, height=19)


def _columns(targets: Mapping[int, str]) -> list[Column]:
    """The columns of a block whose first one leads to the target of its number."""

    def target(row: Sequence[Any]) -> str:
        return targets.get(row[0], "")

    found: list[Column] = []
    for at, field in enumerate(_FIELDS, 1):
        found.append(
            Column(
                style=Style(Look.LINK if at == 1 else Look.BODY, field.show),
                pence=field.show in {Show.MONEY, Show.MONEY_DASH},
                formula=_ELIGIBLE if field.label == "Eligible" else "",
                link=target if at == 1 else None,
            )
        )
    return found


def _values(row: CostRow) -> tuple[Any, ...]:
    """What a line shows behind its first column, sums in pence."""
    return (
        row.cost, row.part, row.stands_in, row.counts_in, row.intervention, row.expense, row.category, row.supplier,
        row.invoice_number, row.description, row.ordered_on, row.received_on, row.invoiced_on, row.paid_on, row.net.pence,
        row.vat.pence, _recoverable(row), row.eligible.pence, row.amount.pence, row.accrued.pence,
        row.ledger_code, row.reversal_of, row.grant, row.evidence, row.reason,
    )  # fmt: skip


def _recoverable(row: CostRow) -> str:
    """Nothing where there is no VAT, as in the PDF."""
    return ("Yes" if row.vat_recoverable else "No") if row.vat else ""


def _numbered(places: Places) -> list[tuple[Any, ...]]:
    """The lines, each behind the number of its Spend line."""
    found: list[tuple[Any, ...]] = []
    for row in places.costs:
        placed = places.line_of.get((row.intervention, row.expense, row.category))
        found.append((placed.number if placed else None, *_values(row)))
    return found


def _by_part(sheet: Sheet, places: Places) -> None:
    """What the lines add up to, whatever the filter shows."""
    sheet.gap()
    section(sheet, "What these lines add up to", _SUM_AT)
    header, rows, first = places.snapshot.header, places.costs, places.parts_first

    def of(part: str) -> Money:
        return total(row.amount for row in rows if row.part == part)

    def line(label: str, whole: Money, formula: str, look: Look = Look.BODY) -> None:
        cells = filled([label], _SUM_AT - 1)
        sheet.add(*cells, money(whole, formula, look=look, show=Show.MONEY), look=look)

    for label, part in (
        (f"Earlier returns of {header.year}", EARLIER),
        ("Adjustments to earlier quarters", ADJUSTMENT),
        (f"This quarter, {header.quarter}", THIS_QUARTER),
    ):
        line(label, of(part), f'ROUND(SUMIFS(Cost_amount,Cost_part,"{part}"),2)')
    at = [cell_at(first + n, _SUM_AT) for n in range(4)]
    claim = of(ADJUSTMENT) + of(THIS_QUARTER)
    line("Claim: adjustments and this quarter", claim, f"ROUND({at[1]}+{at[2]},2)", Look.SUBTOTAL)
    line(
        "To date: earlier returns and the claim", of(EARLIER) + claim, f"ROUND({at[0]}+{at[3]},2)", Look.TOTAL
    )


def _corrections(sheet: Sheet, places: Places) -> None:
    """Lines about earlier financial years: never part of the claim, nor of Spend."""
    sheet.gap()
    section(
        sheet, "Corrections to earlier financial years: shown apart, never part of the claim", COSTS_COLUMNS
    )
    if not places.corrections:
        say(sheet, "No correction to an earlier financial year.")
        return
    _headings(sheet, "Bridge line", Look.HEADING)
    numbered: list[tuple[Any, ...]] = []
    targets: dict[int, str] = {}
    for cost in places.corrections:
        row = places.bridge_row_of_correction(cost)
        number = row - places.bridge_first + 1 if row else None
        if row and number:
            targets[number] = place(CHECKS, f"A{row}")
        numbered.append((number, *_values(cost)))
    first, last = sheet.add_block(_columns(targets), numbered)
    cells: list[Cell | Value] = ["Total of the corrections", *([None] * (COSTS_COLUMNS - 1))]
    whole = total(row.amount for row in places.corrections)
    cells[COST_AMOUNT - 1] = money(whole, sum_of(COST_AMOUNT, first, last), look=Look.TOTAL, show=Show.MONEY)
    sheet.add(*cells, look=Look.TOTAL, height=19)


def _orders(sheet: Sheet, places: Places) -> None:
    """What is ordered and has not come: behind the commitments on Spend, and no part of any claim."""
    sheet.gap()
    section(
        sheet,
        f"Ordered and not received by the end of {places.snapshot.header.quarter}: no part of the claim",
        COSTS_COLUMNS,
    )
    _headings(sheet, "Spend line", Look.HEADING)
    targets = {placed.number: place(SPEND, f"A{placed.row}") for placed in places.lines}
    numbered = [(number, *_values(row)) for number, row in places.orders]
    first, last = sheet.add_block(_columns(targets), numbered)
    cells: list[Cell | Value] = ["Total of the orders", *([None] * (COSTS_COLUMNS - 1))]
    whole = total(row.amount for row in places.snapshot.orders)
    cells[COST_AMOUNT - 1] = money(whole, sum_of(COST_AMOUNT, first, last), look=Look.TOTAL, show=Show.MONEY)
    sheet.add(*cells, look=Look.TOTAL, height=19)
