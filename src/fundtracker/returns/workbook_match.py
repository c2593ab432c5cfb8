"""The Match sheet and the Underspend sheet (domain 5.7 E and M)."""

from decimal import Decimal
from operator import attrgetter

from fundtracker.domain.money import total
from fundtracker.domain.snapshot import MatchRow, Snapshot
from fundtracker.exports.sheets import Cell, Sheet, Value, cell_at
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.definitions import note
from fundtracker.returns.workbook_parts import (
    Field,
    add_register,
    add_totals,
    begin,
    money,
    paragraph,
    place,
    say,
    section,
)
from fundtracker.returns.workbook_places import MATCH, SPEND, UNDERSPEND, Places
from fundtracker.returns.workbook_summary import cash_at

_QUARTER_AT, _TO_DATE_AT = 5, 6


def _yes_no(row: MatchRow) -> Value:
    return "Yes" if row.secured else "No"


def _secured_look(row: MatchRow) -> Look:
    return Look.OK if row.secured else Look.WARNING


_MATCH_FIELDS = (
    Field(label="Source", value=attrgetter("source"), width=38, show=Show.WRAPPED),
    Field(label="Cash or in kind", value=attrgetter("kind"), width=16),
    Field(label="Secured?", value=_yes_no, width=12, show=Show.CENTRED, defined="secured", look=_secured_look),
    Field(label="Basis of valuation", value=attrgetter("basis"), width=44, show=Show.WRAPPED),
    Field(
        label="This quarter", value=attrgetter("this_quarter"), width=16, show=Show.MONEY_DASH,
        totalled=attrgetter("this_quarter"),
    ),
    Field(
        label="To date", value=attrgetter("to_date"), width=16, show=Show.MONEY_DASH, defined="match_to_date",
        totalled=attrgetter("to_date"),
    ),
)  # fmt: skip


def match_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    rows, year = snapshot.match, snapshot.header.year
    told = "Money and effort of others beside the award: a ledger of its own, never part of the claim."
    sheet = begin(MATCH, f"Match, {year}", told, snapshot.header, [field.width for field in _MATCH_FIELDS])
    first, last = add_register(sheet, _MATCH_FIELDS, rows, f"No match has been recorded for {year}.")
    to_date = ""
    if rows:
        to_date = cell_at(add_totals(sheet, _MATCH_FIELDS, rows, first, last), _TO_DATE_AT)
        _secured(sheet, rows, first, last)
    sheet.gap()
    _need(sheet, places, to_date)
    return sheet


def _secured(sheet: Sheet, rows: tuple[MatchRow, ...], first: int, last: int) -> None:
    cells: list[Cell | Value] = ["of which secured", None, None, None]
    for at, name in ((_QUARTER_AT, "this_quarter"), (_TO_DATE_AT, "to_date")):
        whole = total(getattr(row, name) for row in rows if row.secured)
        area = f"{cell_at(first, at)}:{cell_at(last, at)}"
        formula = f'ROUND(SUMIF($C${first}:$C${last},"Yes",{area}),2)'
        cells.append(money(whole, formula, look=Look.SUBTOTAL))
    sheet.add(*cells, look=Look.SUBTOTAL, height=19)


def _need(sheet: Sheet, places: Places, to_date: str) -> None:
    """What the Terms ask for; whole pence, rounded down."""
    need, year = places.snapshot.match_need, places.snapshot.header.year
    section(sheet, "What the Terms ask for", len(_MATCH_FIELDS))
    if need.percent is None:
        say(sheet, "The Terms of this award ask for no match.")
        return
    row = sheet.next_row
    percent = Cell(need.percent / Decimal(100), Style(Look.BODY, Show.PERCENT))
    ratio = f"{cell_at(row, _TO_DATE_AT)}*{cash_at(places, 'revised')}"
    # The inner rounding takes off the hair of a binary fraction, which would cost a penny when rounding down.
    required = money(need.required, f"ROUNDDOWN(ROUND({ratio},6),2)", show=Show.MONEY)
    lines: tuple[tuple[str, Cell, str], ...] = (
        (f"Asked for, of the award of {year}", percent, "match_required"),
        ("Match required", required, "match_required"),
        ("Match to date", money(need.to_date, to_date, show=Show.MONEY), "match_to_date"),
    )
    for label, cell, defined in lines:
        _line(sheet, label, cell, defined)
    below = f"{cell_at(row + 1, _TO_DATE_AT)}-{cell_at(row + 2, _TO_DATE_AT)}"
    look = Look.BAD if need.gap else Look.OK
    _line(sheet, "Gap", money(need.gap, f"MAX(0,ROUND({below},2))", look=look, show=Show.MONEY), "match_gap")
    sheet.gap(height=6)
    width = sum(field.width for field in _MATCH_FIELDS)
    paragraph(sheet, f"Clause {need.clause}", len(_MATCH_FIELDS), width, look=Look.NOTE)


def _line(sheet: Sheet, label: str, cell: Cell, defined: str) -> None:
    named = Cell(label, Style(Look.LABEL, Show.TEXT), note=note(defined))
    sheet.add(named, None, None, None, None, cell)


# Underspend


def underspend_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    year = snapshot.header.year
    told = "What of this year's award is not expected to be spent by 31 March, and what the office asks for."
    sheet = begin(UNDERSPEND, f"Underspend, {year}", told, snapshot.header, [36, 18, 60])
    sheet.frozen_rows = places.head
    sheet.title_rows = (places.head - 2, places.head - 1)
    section(sheet, "Award and outturn (£)", 2)
    row = sheet.next_row
    outturn = total(line.outturn for line in snapshot.spend)
    under = snapshot.underspend
    _amount(
        sheet, "Award", "award", money(snapshot.cash.revised, cash_at(places, "revised"), show=Show.MONEY)
    )
    _amount(
        sheet,
        "Outturn",
        "outturn",
        money(
            outturn,
            places.spend_at(places.spend_total, places.outturn),
            show=Show.MONEY,
            link=place(SPEND, f"A{places.spend_total}"),
        ),
    )
    _amount(
        sheet,
        "Forecast underspend",
        "underspend",
        money(under.forecast, f"MAX(0,ROUND(B{row}-B{row + 1},2))", look=Look.TOTAL, show=Show.MONEY),
    )
    _amount(sheet, "Surrendered", "surrendered", money(under.surrendered, show=Show.MONEY))
    sheet.gap(height=8)
    for title, text, nothing in _told(snapshot):
        section(sheet, title, 3)
        paragraph(sheet, text or nothing, 3, 114)
        sheet.gap(height=8)
    return sheet


def _told(snapshot: Snapshot) -> tuple[tuple[str, str, str], ...]:
    under = snapshot.underspend
    if not under.forecast:
        none = "No underspend is forecast."
        return (("Cause", under.cause, none), ("What the office asks for", under.request, none))
    return (
        ("Cause", under.cause, "No cause is given yet."),
        (
            "What the office asks for",
            under.request,
            "Nothing is asked for: neither to re-profile nor to surrender.",
        ),
    )


def _amount(sheet: Sheet, label: str, defined: str, cell: Cell) -> None:
    look = Look.TOTAL if cell.style and cell.style.look is Look.TOTAL else Look.LABEL
    sheet.add(Cell(label, Style(look, Show.TEXT), note=note(defined)), cell, height=18)
