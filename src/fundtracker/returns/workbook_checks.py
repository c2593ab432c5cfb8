"""The Checks sheet: control totals from two sources, the bridge from the last return, and every rule (domain 5.7 O)."""

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import BridgeRow, ControlRow
from fundtracker.exports.sheets import Cell, Highlight, Sheet, Value, cell_at
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.workbook_parts import (
    begin,
    filled,
    heading,
    height_of,
    money,
    money_width,
    place,
    say,
    section,
    words,
)
from fundtracker.returns.workbook_places import (
    ADJUSTED,
    ADJUSTMENT,
    BRIDGE_CLOSING,
    BRIDGE_LEDGER,
    BRIDGE_OPENING,
    CHECKS,
    EARLIER,
    QUARTER,
    SPEND,
    THIS_QUARTER,
    TO_DATE,
    Places,
)
from fundtracker.returns.workbook_summary import cash_at

TIES, BROKEN = "Ties", "Doesn't tie"
ALL_TIES = "Everything ties: each control total, and each line of the bridge."
NOT_ALL = "Something doesn't tie: see the lines marked on this sheet."
_COLUMNS, _CATEGORY_WIDTH = 11, 20.0
_BETWEEN = 0.7
"""What a merged cell has more than its columns' widths, for each border between them."""
_FIRST_ROAD, _SECOND_ROAD, _DIFFERENCE, _RESULT = 6, 9, 10, 11
_RULE_LOOKS = {
    "Passed": Look.OK, "Note": Look.BODY, "Waived": Look.WARNING, "Warning": Look.WARNING, "To mend": Look.BAD,
}  # fmt: skip


def checks_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    wide = money_width(
        [row.closing for row in snapshot.bridge] + [row.one for row in snapshot.controls], least=13
    )
    widths = [8.5, 9, 17, 11, _CATEGORY_WIDTH, wide, wide, wide, wide, wide, 15]
    told = "Each figure is worked out in two ways that must agree. The program did so; here the spreadsheet does so again."
    sheet = begin(CHECKS, "Checks", told, snapshot.header, widths)
    sheet.landscape = False
    sheet.frozen_rows = places.head
    sheet.title_rows = (places.head - 2, places.head - 1)
    _controls(sheet, places)
    _verdict(sheet, places)
    sheet.gap()
    _bridge(sheet, places)
    sheet.gap()
    _rules(sheet, places, widths)
    return sheet


def _result(difference: str) -> str:
    return f'IF(ROUND({difference},2)=0,"{TIES}","{BROKEN}")'


def _tied(difference: Money) -> str:
    return BROKEN if difference else TIES


def _mark(sheet: Sheet, first: int, last: int) -> None:
    cells, at = f"{cell_at(first, _RESULT)}:{cell_at(last, _RESULT)}", cell_at(first, _RESULT)
    sheet.highlights.append(Highlight(cells, f'{at}="{TIES}"', Look.OK))
    sheet.highlights.append(Highlight(cells, f'{at}="{BROKEN}"', Look.BAD))


# Control totals


def _controls(sheet: Sheet, places: Places) -> None:
    section(sheet, "Control totals", _COLUMNS)
    row = sheet.next_row
    labels: list[Cell | Value] = [
        "Figure", None, None, "Taken from", None, heading("£", Show.MONEY), "Compared with", None,
        heading("£", Show.MONEY), heading("Difference", Show.MONEY), "Result",
    ]  # fmt: skip
    sheet.add(*labels, look=Look.HEADING, height=20)
    for spot in _spans(row):
        sheet.merge(*spot)
    for control in places.snapshot.controls:
        _control(sheet, places, control)
    _mark(sheet, places.controls_first, places.verdict - 1)


def _spans(row: int) -> tuple[tuple[int, int, int], ...]:
    return (row, 1, 3), (row, 4, 5), (row, 7, 8)


def _control(sheet: Sheet, places: Places, control: ControlRow) -> None:
    row = sheet.next_row
    roads = _roads(places)
    one = roads.get((control.what, control.one_side), "")
    other = roads.get((control.what, control.other_side), "")
    first, second = cell_at(row, _FIRST_ROAD), cell_at(row, _SECOND_ROAD)
    sheet.add(
        Cell(control.what, Style(Look.LABEL, Show.TEXT)), None, None, control.one_side, None,
        money(control.one, one, show=Show.MONEY), control.other_side, None, money(control.other, other, show=Show.MONEY),
        money(control.difference, f"ROUND({first}-{second},2)"),
        Cell(_tied(control.difference), Style(Look.BODY, Show.GENERAL), formula=_result(cell_at(row, _DIFFERENCE))),
    )  # fmt: skip
    for spot in _spans(row):
        sheet.merge(*spot)


def _roads(places: Places) -> dict[tuple[str, str], str]:
    """The formula of each side of each control total; a side without one is the program's own figure."""
    year = places.snapshot.header.year

    def costs(*parts: str) -> str:
        sums = "+".join(f'SUMIFS(Cost_amount,Cost_part,"{part}")' for part in parts)
        return f"ROUND({sums},2)"

    def spend(column: int) -> str:
        return places.spend_at(places.spend_total, column)

    def bridge(name: str) -> str:
        return f'SUMIFS({name},Bridge_year,"{year}")'

    claim = cash_at(places, "claim")
    ordered = spend(places.ordered) if places.ordered else "0"
    return {
        ("This quarter", "Costs"): costs(THIS_QUARTER),
        ("This quarter", "Spend"): spend(QUARTER),
        ("Adjustments", "Costs"): costs(ADJUSTMENT),
        ("Adjustments", "Spend"): spend(ADJUSTED),
        ("Claim", "Costs"): costs(THIS_QUARTER, ADJUSTMENT),
        ("Claim", "Award and cash"): claim,
        ("Claimed before", "Costs"): costs(EARLIER),
        ("Claimed before", "Earlier returns"): f"ROUND({bridge('Bridge_opening')},2)",
        ("To date", "Earlier returns + claim"): f"ROUND({bridge('Bridge_opening')}+{claim},2)",
        ("To date", "Spend"): spend(TO_DATE),
        ("To date", "Cost records"): f"ROUND({bridge('Bridge_ledger')},2)",
        ("Committed", "Spend + onward grants"): f"ROUND({ordered}+{cash_at(places, 'granted')},2)",
        ("Committed", "Award and cash"): cash_at(places, "committed"),
        ("All years", "All returns"): "ROUND(SUM(Bridge_closing),2)",
        ("All years", "Cost records"): "ROUND(SUM(Bridge_ledger),2)",
    }


def _verdict(sheet: Sheet, places: Places) -> None:
    """One sentence for the cover."""
    snapshot = places.snapshot
    whole = not any(row.difference for row in snapshot.controls) and all(
        row.closing == row.ledger for row in snapshot.bridge
    )

    def broken(first: int, last: int) -> str:
        return f'COUNTIF({cell_at(first, _RESULT)}:{cell_at(last, _RESULT)},"{BROKEN}")'

    counts = broken(places.controls_first, places.verdict - 1)
    bridge = broken(places.bridge_first, places.bridge_last)
    formula = f'IF({counts}+{bridge}=0,"{ALL_TIES}","{NOT_ALL}")'
    style = Style(Look.SUBTOTAL, Show.GENERAL)
    cell = Cell(ALL_TIES if whole else NOT_ALL, style, formula=formula)
    row = sheet.add(*filled([cell], _COLUMNS), look=Look.SUBTOTAL, height=19)
    area, at = f"{cell_at(row, 1)}:{cell_at(row, _COLUMNS)}", cell_at(row, 1, fixed=True)
    sheet.highlights.append(Highlight(area, f'{at}="{ALL_TIES}"', Look.OK))
    sheet.highlights.append(Highlight(area, f'{at}<>"{ALL_TIES}"', Look.BAD))


# The bridge


def _bridge(sheet: Sheet, places: Places) -> None:
    section(
        sheet,
        "Bridge from the last return: opening + this quarter + adjustments = closing = cost records",
        _COLUMNS,
    )
    sheet.add(
        heading("Line", Show.CENTRED), "Year", "Intervention", heading("Capital or resource"), "Category",
        heading("Opening", Show.MONEY, "opening"), heading("This quarter", Show.MONEY, "this_quarter"),
        heading("Adjustments", Show.MONEY, "bridge_adjustments"), heading("Closing", Show.MONEY, "closing"),
        heading("Cost records", Show.MONEY, "ledger"), "Result", look=Look.HEADING, height=33,
    )  # fmt: skip
    rows = places.snapshot.bridge
    for number, bridge in enumerate(rows, 1):
        _bridge_row(sheet, places, number, bridge)
    if not rows:
        say(sheet, "Nothing has been claimed, and no cost has been received.")
    for year in sorted({row.year for row in rows}):
        _bridge_total(sheet, places, year)
    _mark(sheet, places.bridge_first, sheet.next_row - 1)


def _bridge_row(sheet: Sheet, places: Places, number: int, bridge: BridgeRow) -> None:
    row = sheet.next_row
    placed = places.spend_row_of(bridge)
    quarter = places.spend_at(placed.row, QUARTER) if placed else ""
    adjusted = places.spend_at(placed.row, ADJUSTED) if placed else ""
    if bridge.year != places.snapshot.header.year and places.corrections:
        adjusted = f"ROUND(SUMIFS(Correction_amount,Correction_line,$A{row}),2)"
    link = place(SPEND, f"A{placed.row}") if placed else ""
    opening, closing = cell_at(row, BRIDGE_OPENING), cell_at(row, BRIDGE_CLOSING)
    parts = f"{opening}+{cell_at(row, BRIDGE_OPENING + 1)}+{cell_at(row, BRIDGE_OPENING + 2)}"
    sheet.add(
        Cell(number, Style(Look.BODY, Show.CENTRED)), bridge.year,
        Cell(bridge.reference, Style(Look.LINK if link else Look.BODY, Show.TEXT), link=link), bridge.expense,
        words(bridge.category), money(bridge.opening), money(bridge.this_quarter, quarter),
        money(bridge.adjustments, adjusted), money(bridge.closing, f"ROUND({parts},2)"), money(bridge.ledger),
        Cell(
            _tied(bridge.closing - bridge.ledger), Style(Look.BODY, Show.GENERAL),
            formula=_result(f"{closing}-{cell_at(row, BRIDGE_LEDGER)}"),
        ),
        height=height_of((bridge.category, _CATEGORY_WIDTH)),
    )  # fmt: skip


def _bridge_total(sheet: Sheet, places: Places, year: str) -> None:
    row = sheet.next_row
    rows = [each for each in places.snapshot.bridge if each.year == year]
    look = Look.TOTAL if year == places.snapshot.header.year else Look.SUBTOTAL
    first, last = places.bridge_first, places.bridge_last
    sums = [
        total(each.opening for each in rows), total(each.this_quarter for each in rows),
        total(each.adjustments for each in rows), total(each.closing for each in rows), total(each.ledger for each in rows),
    ]  # fmt: skip
    cells: list[Cell | Value] = ["Total", year, None, None, None]
    for at, whole in enumerate(sums, BRIDGE_OPENING):
        area = f"{cell_at(first, at)}:{cell_at(last, at)}"
        cells.append(money(whole, f"ROUND(SUMIFS({area},Bridge_year,$B{row}),2)", look=look))
    difference = f"{cell_at(row, BRIDGE_CLOSING)}-{cell_at(row, BRIDGE_LEDGER)}"
    cells.append(Cell(_tied(sums[3] - sums[4]), Style(look, Show.GENERAL), formula=_result(difference)))
    sheet.add(*cells, look=look, height=19)


# Rules


def _rules(sheet: Sheet, places: Places, widths: list[float]) -> None:
    section(sheet, "Rules", _COLUMNS)
    spans = ((1, 4), (6, 9), (10, 11))

    def add(cells: list[Cell | Value], look: Look, height: float) -> None:
        row = sheet.add(*cells, look=look, height=height)
        for first, last in spans:
            sheet.merge(row, first, last)

    add(
        ["Rule", None, None, None, "Result", "What was found", None, None, None, "Clause of the Terms", None],
        Look.HEADING,
        20,
    )
    for check in places.snapshot.checks:
        texts = (check.check, check.message, check.clause)
        room = [sum(widths[first - 1 : last]) + _BETWEEN * (last - first) for first, last in spans]
        look = _RULE_LOOKS.get(check.result, Look.BODY)
        add(
            [
                words(check.check), None, None, None, Cell(check.result, Style(look, Show.TEXT)),
                words(check.message or None), None, None, None, words(check.clause or None), None,
            ],
            Look.BODY,
            height_of(*zip(texts, room, strict=True)),
        )  # fmt: skip
