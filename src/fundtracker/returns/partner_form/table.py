"""Draws one table of a form: headings, help, its rows, and what may be typed in them."""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

from fundtracker.domain.kinds import Choice, DateKind, Kind, MoneyKind, Number, WholeNumber, YesNo
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.layout import (
    KEY_HEADING,
    LISTS,
    NO_ROWS,
    QUESTIONS,
    FormColumn,
    Who,
    Words,
)
from fundtracker.domain.partner_forms.said import Unread
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheets import (
    Cell,
    DropDown,
    Highlight,
    Sheet,
    Takes,
    Validation,
    Value,
    column_letters,
    on_sheet,
)
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.partner_form.formulas import is_used, needs_reason, worked_formula
from fundtracker.returns.partner_form.places import Place, Places

_LOOKS = {Who.OFFICE: Look.HELD, Who.PARTNER: Look.INPUT, Who.WORKED: Look.WORKED}
_SHOWS: tuple[tuple[type[Kind], Show], ...] = (
    (MoneyKind, Show.MONEY),
    (DateKind, Show.DATE),
    (WholeNumber, Show.COUNT),
    (Number, Show.QUANTITY),
)
_MOST_POUNDS = 99_999_999
_AS_MONEY = "in pounds and pence, such as 1234.56"
_BOUNDS: tuple[tuple[type[Kind], tuple[Takes, int | date, int | date, str]], ...] = (
    (MoneyKind, (Takes.DECIMAL, 0, _MOST_POUNDS, f"Type an amount {_AS_MONEY}, 0 or more.")),
    (DateKind, (Takes.DATE, date(2000, 1, 1), date(2099, 12, 31), "Type a date, such as 31/03/2025.")),
    (WholeNumber, (Takes.WHOLE, 1, 5, "Type a whole number from 1 to 5.")),
    (Number, (Takes.DECIMAL, 0, _MOST_POUNDS, "Type a number, 0 or more, without words.")),
)
"""A credit note takes money back: costs and what is spent may be below nought, and are said apart."""
_SHORT_TEXT = (Takes.TEXT_LENGTH, 0, 250, "Type 250 characters at most.")
_LETTERS_PER_WORD = 12
_OPEN_TEXT_HEIGHT = 62.0
"""Points of a row with a sentence or two to write in."""
_LETTERS_OF_A_WORD = 6.0
"""Letters of a word with its blank, to see how many lines an answer of the most words takes."""
_SCORE = frozenset({"impact", "likelihood"})


def add_table(
    sheet: Sheet,
    places: Places,
    place: Place,
    rows: Mapping[str, Mapping[str, Any]],
    made: Mapping[str, Mapping[str, Any]],
) -> None:
    """The table at its place; `rows` are its values, `made` the results of its formulas."""
    table = place.table
    sheet.add(
        KEY_HEADING,
        *(Cell(each.heading, Style(Look.HEADING, _heading_show(each))) for each in table.columns),
        look=Look.HEADING,
        height=height_of_lines(
            max(lines_of(each.heading, each.width - 1, bold=True) for each in table.columns)
        )
        + 6,
    )
    helps = [(_help(places, each), each.width) for each in table.columns]
    sheet.add(
        "help",
        *(Cell(text, Style(Look.NOTE, Show.WRAPPED)) for text, _ in helps),
        look=Look.NOTE,
        height=max(height_of_lines(max(lines_of(text, width, 9) for text, width in helps), 9), 15),
    )
    if not rows:
        sheet.add(
            NO_ROWS,
            f"Nothing is held here for {places.case.grant}: there is nothing to fill in.",
            look=Look.NOTE,
        )
        return
    for row, (key, values) in enumerate(rows.items(), place.first):
        cells = [_cell(places, place, each, row, values, made.get(key, {})) for each in table.columns]
        sheet.add(Cell(key, Style(Look.NOTE, Show.TEXT)), *cells, height=_height(place, values))
    for each in table.columns:
        if each.who is Who.PARTNER:
            _check_typing(sheet, places, place, each)
    _highlight(sheet, places, place)


def _heading_show(column: FormColumn) -> Show:
    show = _show(column)
    return Show.TEXT if show in {Show.DATE, Show.KEPT_TEXT, Show.WRAPPED} else show


def _show(column: FormColumn) -> Show:
    for kind, show in _SHOWS:
        if isinstance(column.kind, kind):
            return show
    if isinstance(column.kind, Choice | YesNo):
        return Show.TEXT
    return Show.KEPT_TEXT if column.who is Who.PARTNER else Show.WRAPPED


def _cell(
    places: Places,
    place: Place,
    column: FormColumn,
    row: int,
    values: Mapping[str, Any],
    made: Mapping[str, Any],
) -> Cell:
    style = Style(_LOOKS[column.who], _show(column), column.who is Who.PARTNER)
    if column.who is Who.WORKED:
        result = made.get(column.name)
        formula = worked_formula(places, place.table.name, column.name, row)
        return Cell("" if result is None else result, style, formula=formula)
    return Cell(_value(column.kind, values.get(column.name)), style)


def _value(kind: Kind, value: Any) -> Value:
    if value is None or value == "":
        return None
    if isinstance(value, Unread):
        return value.shown
    return value if isinstance(value, Money) else kind.cell(value)


def _height(place: Place, values: Mapping[str, Any]) -> float | None:
    """Room to write in: for an answer, all its words; None to fit."""
    table = place.table
    if table.name == "narrative":
        lines = values["limit"] * _LETTERS_OF_A_WORD / table.column("answer").width
        return height_of_lines(ceil(lines) + 2)
    words = max(each.words for each in table.columns)
    return _OPEN_TEXT_HEIGHT if words and not table.all_or_none else None


def _help(places: Places, column: FormColumn) -> str:
    """What to type, in small under the heading."""
    if column.name == "reason":
        percent = places.case.variance_percent
        return f"Needed where what is left is more than {percent:f}% of the budget, over or under. {column.words} words at most"
    if column.who is not Who.PARTNER:
        return ""
    if column.name in _SCORE:
        return "1 low, 5 high"
    words = f"{column.words} words at most" if column.words else ""
    return ". ".join(each for each in (column.help or _hint(column), words) if each)


def _hint(column: FormColumn) -> str:
    if isinstance(column.kind, MoneyKind):
        return "£ and pence"
    if isinstance(column.kind, Choice | YesNo) or column.choices:
        return "Choose from the list"
    return "As 31/03/2025" if isinstance(column.kind, DateKind) else ""


def _check_typing(sheet: Sheet, places: Places, place: Place, column: FormColumn) -> None:
    """What may be typed in a column, and the words that open beside its cells."""
    cells, prompt = place.open_area(column.name), _help(places, column)
    source = words_source(places, column.choices) if column.choices else ""
    if source:
        sheet.drop_downs.append(DropDown(cells, source=source, prompt=prompt))
        return
    if isinstance(column.kind, Choice | YesNo):
        words = column.kind.words if isinstance(column.kind, Choice) else ("Yes", "No")
        sheet.drop_downs.append(DropDown(cells, words=words, prompt=prompt))
        return
    takes, least, most, message = _bounds(places, place, column)
    sheet.validations.append(
        Validation(cells=cells, takes=takes, least=least, most=most, message=message, prompt=prompt)
    )


def _bounds(places: Places, place: Place, column: FormColumn) -> tuple[Takes, int | date, int | date, str]:
    """What a column's cells take, from what to what, and what is said where they don't."""
    quarter, kind = places.case.quarter, column.kind
    if column.name == "received_on":
        return (
            Takes.DATE,
            quarter.begins_on,
            quarter.ends_on,
            (
                f"This form is for {quarter.months}: goods or services received on another day belong in another quarter's form."
                " Type the day as 31/03/2025."
            ),
        )
    if isinstance(kind, MoneyKind) and (place.table.name == "costs" or column.name == "spent"):
        return Takes.DECIMAL, -_MOST_POUNDS, _MOST_POUNDS, f"Type an amount {_AS_MONEY}, without letters."
    words = column.words or (
        max(limit for _, _, limit in QUESTIONS) if place.table.name == "narrative" else 0
    )
    if words:
        message = f"This text is far too long: {words} words at most are asked for."
        return Takes.TEXT_LENGTH, 0, words * _LETTERS_PER_WORD, message
    return next((bounds for each, bounds in _BOUNDS if isinstance(kind, each)), _SHORT_TEXT)


def words_source(places: Places, words: Words) -> str:
    """The cells of the hidden sheet that hold a list, empty where the list is."""
    held = places.case.interventions if words is Words.INTERVENTIONS else places.case.categories
    column = column_letters(1 if words is Words.INTERVENTIONS else 2)
    return on_sheet(LISTS, f"${column}$2:${column}${len(held) + 1}") if held else ""


def _highlight(sheet: Sheet, places: Places, place: Place) -> None:
    """Colours that come and go: what is missing in a row begun, and what doesn't add up."""
    first = place.first
    if place.table.all_or_none:
        for each in place.table.columns:
            if each.required:
                empty = f"AND(LEN({place.cell(each.name, first)})=0,{is_used(place, first)})"
                sheet.highlights.append(Highlight(place.open_area(each.name), empty, Look.BAD))
    if place.table.name == "spend":
        apart = f"ABS({place.cell('difference', first)})>0.004"
        sheet.highlights.append(Highlight(place.open_area("difference"), apart, Look.BAD))
    if place.table.name == "budget":
        far = needs_reason(places, place.cell("left", first), place.cell("budget", first))
        begun = f"COUNT({places['spend'].area('spent', away=True)})>0"
        wanting = f"AND(LEN({place.cell('reason', first)})=0,{far},{begun})"
        sheet.highlights.append(Highlight(place.open_area("reason"), wanting, Look.BAD))
    if place.table.name == "narrative":
        over = f"{place.cell('words', first)}>{place.cell('limit', first)}"
        sheet.highlights.append(Highlight(place.open_area("words"), over, Look.BAD))
