"""The monitoring form as a workbook: Start, a sheet for each part, and two hidden sheets that a program reads."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import Any

from fundtracker.domain.kinds import MoneyKind
from fundtracker.domain.money import Money, total
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.layout import ABOUT, LISTS, TEMPLATE_VERSION, FormTable, Who
from fundtracker.domain.partner_forms.said import FormSaid
from fundtracker.domain.partner_forms.worked import money, sheets_done, worked
from fundtracker.domain.periods import short_date
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheets import Book, Cell, Highlight, Sheet
from fundtracker.exports.styles import AMBER, MID_BLUE, Look, Show, Style
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.returns.partner_form.formulas import status_formula
from fundtracker.returns.partner_form.places import STATUS, TOTAL_ROW, Place, Places
from fundtracker.returns.partner_form.start import START_LINK, start_sheet
from fundtracker.returns.partner_form.table import add_table
from fundtracker.returns.partner_form.words import ORDER, TITLES, TOLD

DONE, TO_DO = "Done", "To do"
_KEY_WIDTH = 16
_TABS = {"Spend": MID_BLUE, "Budget": MID_BLUE, "Costs": MID_BLUE, "Declaration": AMBER}
_UPRIGHT = frozenset({"Narrative"})
_TOTALLED = frozenset({"spend", "budget", "costs"})

Values = dict[str, dict[str, dict[str, Any]]]


def save_form(case: FormCase, path: Path, filled: FormSaid | None = None) -> None:
    """Write the form to `path`, which the caller makes atomic. The same case gives the same bytes."""
    save_workbook(form_book(case, filled), path)


def form_book(case: FormCase, filled: FormSaid | None = None) -> Book:
    """The form, described and not yet written; `filled` puts in what a partner says, as if typed."""
    places = Places.of(case)
    rows = _values(case, filled)
    made = worked(rows)
    done = sheets_done(case.tables, rows, quarter=case.quarter, percent=case.variance_percent)
    states = {name: DONE if done[name] else TO_DO for name in ORDER}
    parts = [_part(places, name, rows, made, states[name]) for name in ORDER]
    sheets = [start_sheet(places, states), *parts, _about(case), _lists(case)]
    for sheet in sheets:
        if not sheet.very_hidden:
            sheet.protected = True
            sheet.print_area = sheet.used_area
    return Book(
        title=f"{case.grant} monitoring form {case.quarter}",
        subject=f"{case.grant_title}: {case.recipient}, {case.quarter.months}",
        office=case.office,
        created=datetime.combine(case.made_on, time(), UTC),
        marking=case.marking,
        fingerprint=f"{case.reference} · due {short_date(case.due_on)} · form version {TEMPLATE_VERSION}",
        sheets=sheets,
    )


def _values(case: FormCase, filled: FormSaid | None) -> Values:
    """The case's rows, with what is said in the open cells of rows that it has."""
    found: Values = {}
    for table in case.tables:
        opened = [each.name for each in table.columns if each.who is Who.PARTNER]
        found[table.name] = {}
        for key, row in case.rows[table.name].items():
            said = filled.row(table.name, key) if filled else None
            typed = {name: said.values[name] for name in opened if name in said.values} if said else {}
            found[table.name][key] = {**row, **typed}
    return found


def _part(places: Places, name: str, rows: Values, made: Values, state: str) -> Sheet:
    """One sheet to fill in: its head with the status, then its tables."""
    case, tables = places.case, places.on(name)
    widths = [_KEY_WIDTH, *_widths([each.table for each in tables])]
    sheet = Sheet(
        name=name,
        widths=widths,
        hidden_columns=(1,),
        tab_colour=_TABS.get(name, ""),
        landscape=name not in _UPRIGHT,
    )
    wide = sum(widths[1:])
    sheet.add(None, TITLES[name], look=Look.TITLE, height=26)
    whose = f"{case.grant} {case.grant_title} · {case.quarter}, {case.quarter.months} · {case.recipient}"
    _wide_row(sheet, whose, wide, Look.SUBTITLE, 11)
    back = Cell("Back to Start", Style(Look.LINK, Show.TEXT), link=START_LINK)
    sheet.add(
        None,
        Cell(state, Style(Look.WARNING, Show.CENTRED), formula=status_formula(places, name)),
        back,
        height=20,
    )
    sheet.highlights.append(Highlight("B3", f'{STATUS}="{DONE}"', Look.OK))
    _wide_row(sheet, TOLD[name], wide, Look.PLAIN, 10)
    for n, place in enumerate(tables):
        if n:
            sheet.gap()
            sheet.add(None, place.table.title, *([None] * (len(widths) - 2)), look=Look.SECTION, height=21)
        else:
            _total_row(sheet, place, rows, made)
        values = rows[place.table.name]
        add_table(sheet, places, place, values, made.get(place.table.name, {}))
        if sheet.next_row != place.last + 1:
            raise RuntimeError(f"{name}: {place.table.name} does not end where its formulas say")
    if len(rows[tables[0].table.name]) > 1:
        sheet.frozen_rows, sheet.frozen_columns = tables[0].heading, 2
    sheet.title_rows = (tables[0].heading, tables[0].heading)
    return sheet


def _widths(tables: Sequence[FormTable]) -> list[float]:
    """Each column as wide as the widest that stands in it."""
    columns = zip_longest(*([each.width for each in table.columns] for table in tables), fillvalue=0.0)
    return [max(each) for each in columns]


def _wide_row(sheet: Sheet, text: str, width: float, look: Look, size: float) -> None:
    """A text across the sheet, as tall as it needs to be."""
    lines = lines_of(text, width, size)
    row = sheet.add(
        None,
        Cell(text, Style(look, Show.WRAPPED)),
        look=Look.PLAIN,
        height=max(17.0, height_of_lines(lines, size)),
    )
    sheet.merge(row, 2, len(sheet.widths))


def _total_row(sheet: Sheet, place: Place, rows: Values, made: Values) -> None:
    """The totals stand above the headings: rows may be put in or sorted below."""
    table = place.table
    if table.name not in _TOTALLED:
        sheet.gap()
        return
    if sheet.next_row != TOTAL_ROW:
        raise RuntimeError(f"{table.sheet}: the totals don't stand where they should")
    cells: list[Cell | None] = [None, Cell("Total", Style(Look.TOTAL, Show.TEXT))]
    for column in table.columns[1:]:
        if not isinstance(column.kind, MoneyKind):
            cells.append(Cell(None, Style(Look.TOTAL, Show.TEXT)))
            continue
        whole = _sum(column.name, rows[table.name], made.get(table.name, {}))
        formula = f"ROUND(SUM({place.area(column.name)}),2)"
        cells.append(Cell(whole, Style(Look.TOTAL, Show.MONEY), formula=formula))
    sheet.add(*cells, look=Look.PLAIN, height=19)


def _sum(name: str, rows: Mapping[str, Mapping[str, Any]], made: Mapping[str, Mapping[str, Any]]) -> Money:
    return total(money({**row, **made.get(key, {})}.get(name)) for key, row in rows.items())


def _about(case: FormCase) -> Sheet:
    """What a program needs to know which form this is."""
    sheet = Sheet(name=ABOUT, widths=(16, 60), very_hidden=True)
    for field, value in case.about.items():
        sheet.add(field.value, value)
    return sheet


def _lists(case: FormCase) -> Sheet:
    """The words the drop-downs choose from."""
    sheet = Sheet(name=LISTS, widths=(60, 40), very_hidden=True)
    sheet.add("Interventions", "Cost categories", look=Look.LABEL)
    for intervention, category in zip_longest(case.interventions, case.categories):
        sheet.add(intervention, category)
    return sheet
