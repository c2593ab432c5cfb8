"""A partner form that came back, as what it says: rows by their hidden keys, columns by their headings, wherever they now stand.

Nothing is guessed. A cell that can't be taken as a value of its column is `Unread`, with what it shows and what to do; what
the reader itself has to report (a sheet gone, a key twice, a row put in by hand) is in `FormSaid.odd`. Whether what is said is
right is for `domain.partner_forms.checks`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from fundtracker.domain.kinds import clean_text
from fundtracker.domain.partner_forms.layout import ABOUT, AboutField, FormColumn, FormTable, Who, tables
from fundtracker.domain.partner_forms.said import FormSaid, SaidRow, Unread
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Refused, Unreadable
from fundtracker.domain.text import as_shown
from fundtracker.imports.form_oddities import oddities
from fundtracker.imports.form_places import Laid, folded, is_empty, lay_out
from fundtracker.imports.found import Fault, Found, FoundSheet, FoundWorkbook, Wrong
from fundtracker.imports.limits import Limits
from fundtracker.imports.reader import read_workbook

FORM_LIMITS = Limits(
    seconds=5.0,
    memory=512 * 2**20,
    sheets=40,
    rows=20_000,
    columns=128,
    cells=100_000,
    texts=50_000,
    elements=400_000,
    output=20 * 2**20,
)
"""A form has nine sheets and some three hundred rows; a partner's own notes and pasted listings fit beside them."""
_FORMULA = "Holds a formula whose result was never worked out: open the form in a spreadsheet program and save it, or type the value."


def read_form(path: Path, said_tables: tuple[FormTable, ...] | None = None) -> FormSaid:
    """What the form at `path` says. Refused where it is no form at all, or can't or may not be read.

    `said_tables` are those of the form's own period where none are given.
    """
    found = read_workbook(path, FORM_LIMITS)
    about = _about(found)
    wanted = said_tables or tables_of(_period(about, found.name))
    laid = lay_out(found.sheets, wanted)
    rows: dict[str, dict[str, SaidRow]] = {}
    for each in laid:
        for keyed in each.keyed:
            held = rows.setdefault(each.table.name, {})
            if keyed.key not in held:  # the second of two with one key is reported, not read
                held[keyed.key] = _row(each, keyed.key, keyed.cells, keyed.number)
    odd = tuple(oddities(found.sheets, laid, wanted, found.external_links))
    return FormSaid(name=found.name, sha256=found.sha256, about=about, rows=rows, odd=odd)


def tables_of(quarter: Quarter) -> tuple[FormTable, ...]:
    """The form's tables for a quarter: those still to come of its financial year are forecast."""
    return tables(tuple(each for each in quarter.year.quarters if each > quarter))


def period_of(said: FormSaid) -> Quarter:
    """The quarter the form says it is for."""
    return _period(said.about, said.name)


def _about(found: FoundWorkbook) -> dict[AboutField, str]:
    """The hidden sheet's names and values; under whatever name the sheet now stands."""
    by_name = sorted(found.sheets, key=lambda sheet: folded(sheet.name) != folded(ABOUT))
    for sheet in by_name:
        pairs = {folded(name): value for name, value in _pairs(sheet)}
        if all(field.value in pairs for field in AboutField):
            return {field: pairs[field.value] for field in AboutField}
    raise Refused(
        f"“{found.name}” is not a monitoring form of this program: the hidden sheet “{ABOUT}”, which says what it is, isn't there. "
        "Choose the form that was sent out. If sheets were deleted from it, issue the form again and ask the partner to fill in that one."
    )


def _pairs(sheet: FoundSheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows[:_ABOUT_ROWS]:
        texts = [_shown(cell) for cell in row.cells if not is_empty(cell)]
        if len(texts) >= 2:  # noqa: PLR2004 - a name and its value
            yield texts[0], clean_text(texts[1])


_ABOUT_ROWS = 40


def _period(about: dict[AboutField, str] | Any, name: str) -> Quarter:
    try:
        return Quarter.read(about[AboutField.PERIOD])
    except Unreadable:
        raise Refused(
            f"“{name}” says that it is for the period “{about[AboutField.PERIOD]}”, which is no quarter: its hidden sheet “{ABOUT}” was changed. "
            "Issue the form again, and ask the partner to fill in that one."
        ) from None


def _row(laid: Laid, key: str, cells: tuple[Found, ...], number: int) -> SaidRow:
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    for column in laid.table.columns:
        place = laid.places.get(column.name)
        if place is None:
            continue
        places[column.name] = laid.sheet.found.place(place, number)
        values[column.name] = _value(column, cells[place] if place < len(cells) else None)
    return SaidRow(key, values, places)


def _value(column: FormColumn, found: Found) -> Any:
    """The value of its kind, None for an empty cell, or Unread."""
    if is_empty(found):
        return None
    if isinstance(found, Wrong):
        return _wrong(column, found)
    try:
        value = column.kind.from_cell(found)
    except Unreadable as trouble:
        message = str(trouble)
        shown = _shown(found)
        if message.startswith("this "):
            message = f"{shown} can't be taken here: {message}"
        return Unread(shown, f"{message[:1].upper()}{message[1:]}")
    return None if value == "" else value


def _wrong(column: FormColumn, found: Wrong) -> Unread | None:
    if found.fault is Fault.FORMULA:
        # What the form works out is compared where it is there, and never taken: that it wasn't saved with it is no fault.
        return None if column.who is Who.WORKED else Unread("a formula", _FORMULA)
    return Unread(found.shown or found.fault.value, f"{found.message[:1].upper()}{found.message[1:]}.")


def _shown(found: Found) -> str:
    """As a person sees it in the cell."""
    if isinstance(found, bool):
        return str(found).upper()
    if isinstance(found, date):
        return short_date(found)
    if isinstance(found, Wrong):
        return found.shown or "a formula"
    return as_shown(str(found))
