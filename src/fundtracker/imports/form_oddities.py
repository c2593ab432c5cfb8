"""What the reader of a form has to report of the workbook itself: sheets gone, rows put in by hand, keys twice, things hidden or merged."""

from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl.utils.cell import range_boundaries

from fundtracker.domain.partner_forms.layout import ABOUT, FormTable, Who
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.problems import Severity
from fundtracker.imports.form_places import (
    FormSheet,
    Heading,
    Laid,
    folded,
    is_empty,
    key_cell,
    key_of_table,
)
from fundtracker.imports.found import Found, FoundRow, FoundSheet

_KEY_STARTS = ("BUDGET-", "SPEND-", "COST-", "OUT-", "MS-", "RISK-")


def oddities(
    sheets: Sequence[FoundSheet], laid: Sequence[Laid], wanted: Sequence[FormTable], links: bool
) -> Iterator[FormProblem]:
    """Errors first: what can't be read; then warnings and notes."""
    yield from _gone(sheets, laid, wanted)
    yield from _headings(laid)
    yield from _twice(laid)
    yield from _by_hand(laid)
    yield from _merged(laid)
    yield from _renamed(laid)
    yield from _hidden(sheets, laid)
    if links:
        yield FormProblem(
            check="links",
            severity=Severity.NOTE,
            message="The workbook names other files, which were not opened: what it shows of them may be out of date.",
        )


def _gone(
    sheets: Sequence[FoundSheet], laid: Sequence[Laid], wanted: Sequence[FormTable]
) -> Iterator[FormProblem]:
    """A sheet that isn't there under any name, or that has lost its column of row keys."""
    there = {folded(sheet.name) for sheet in sheets}
    read = {each.table.sheet for each in laid}
    for name in dict.fromkeys(table.sheet for table in wanted):
        if name in read:
            continue
        if folded(name) in there:
            yield FormProblem(
                check="keys",
                places=(f"{name}!A1",),
                message=f"The hidden column of row keys is gone from the sheet “{name}”, so that its rows can't be told apart: type its values into the form that was sent out.",
            )
        else:
            yield FormProblem(
                check="sheets",
                message=f"The sheet “{name}” isn't in the workbook: fill it in in the form that was sent out, and send that back whole.",
            )


def _headings(laid: Sequence[Laid]) -> Iterator[FormProblem]:
    for each in laid:
        name, sheet = each.table.title, each.sheet.found
        if each.heading is None:
            yield FormProblem(
                check="headings",
                places=(f"{sheet.name}!A{each.keyed[0].number}",),
                message=f"No headings stand over the rows of “{name}” here: put the rows back under their headings.",
            )
            continue
        for column in each.table.columns:
            found = each.heading.places.get(folded(column.heading), ())
            row = each.heading.number
            if not found and column.who is not Who.WORKED:
                yield FormProblem(
                    check="headings",
                    places=(sheet.place(0, row),),
                    message=f"The heading “{column.heading}” of “{name}” isn't there any more: put the column back, with its heading in row {row}.",
                )
            elif len(found) > 1:
                yield FormProblem(
                    check="headings",
                    places=tuple(sheet.place(place, row) for place in found),
                    message=f"The heading “{column.heading}” of “{name}” stands {len(found)} times: delete the columns that were added.",
                )


def _twice(laid: Sequence[Laid]) -> Iterator[FormProblem]:
    """Rows that were copied whole carry their hidden key along."""
    places: dict[str, list[str]] = {}
    for each in laid:
        for row in each.keyed:
            places.setdefault(row.key, []).append(each.sheet.found.place(_first_place(each), row.number))
    again = {key: found for key, found in places.items() if len(found) > 1}
    if again:
        yield FormProblem(
            check="duplicate_rows",
            places=tuple(place for found in again.values() for place in found),
            message=f"{'A row stands' if len(again) == 1 else f'{len(again)} rows stand'} here more than once: a row was copied whole, with its hidden key. "
            "Delete the copy; copy only the cells you fill in, into a prepared row.",
        )


def _by_hand(laid: Sequence[Laid]) -> Iterator[FormProblem]:
    """Rows that hold something and have no key: put in between the prepared ones, or typed below them."""
    for each in laid:
        if each.heading is None:
            continue
        places = tuple(
            each.sheet.found.place(_first_filled(each, row), row.number)
            for row in _strays(each, each.heading)
        )
        if places:
            free = _free_rows(each)
            yield FormProblem(
                check="inserted_rows",
                places=places,
                message=f"{'This row of' if len(places) == 1 else 'These rows of'} “{each.table.title}” {'was' if len(places) == 1 else 'were'} added by hand: "
                f"the form doesn't know {'it' if len(places) == 1 else 'them'}, and nothing in {'it' if len(places) == 1 else 'them'} is counted. {free}",
            )


def _free_rows(laid: Laid) -> str:
    """Where to put what was typed in a row of its own."""
    if not laid.table.all_or_none:
        return "Its rows are fixed: type the values in the prepared rows, and ask the office where one is missing."
    open_places = _open_places(laid)
    free = [row.number for row in laid.keyed if not any(_filled(row.cells, place) for place in open_places)]
    if not free:
        return "Every prepared row is used: ask the office what to do with the rest."
    return f"Type it in the prepared rows instead (row {free[0]} is the first that is free), and delete what was added."


def _strays(laid: Laid, heading: Heading) -> Iterator[FoundRow]:
    sheet = laid.sheet
    keyed = {row.number for row in laid.keyed}
    below = min((h.number for h in sheet.headings if h.number > heading.number), default=2**31)
    first, last = min(keyed), max(keyed)
    helps = {folded(column.help) for column in laid.table.columns if column.help}
    columns = set(laid.places.values())
    open_places = _open_places(laid)
    for row in sheet.found.rows:
        if not heading.number < row.number < below or row.number in keyed or _is_ours(sheet, row):
            continue
        if _is_total(row):
            continue
        if first < row.number < last:
            if any(_filled(row.cells, place) for place in columns):
                yield row
        else:
            typed = [row.cells[place] for place in open_places if _filled(row.cells, place)]
            plain = [each for each in typed if not (isinstance(each, str) and folded(each) in helps)]
            if any(isinstance(each, int | float | date) for each in plain) or len(plain) > 1:
                yield row


def _is_ours(sheet: FormSheet, row: FoundRow) -> bool:
    """A row with something in the column of keys is the form's own, unless it is a key that was tampered with."""
    key = key_cell(sheet, row)
    return bool(key) and (key_of_table(key) is not None or not key.upper().startswith(_KEY_STARTS))


def _is_total(row: FoundRow) -> bool:
    first = next((cell for cell in row.cells if not is_empty(cell)), None)
    return isinstance(first, str) and folded(first).startswith("total")


def _open_places(laid: Laid) -> tuple[int, ...]:
    ours = {column.name for column in laid.table.columns if column.who is Who.PARTNER}
    return tuple(place for name, place in laid.places.items() if name in ours)


def _filled(cells: Sequence[Found], place: int) -> bool:
    return place < len(cells) and not is_empty(cells[place])


def _first_filled(laid: Laid, row: FoundRow) -> int:
    return min((place for place in laid.places.values() if _filled(row.cells, place)), default=0)


def _first_place(laid: Laid) -> int:
    return min(laid.places.values(), default=0)


def _merged(laid: Sequence[Laid]) -> Iterator[FormProblem]:
    for each in laid:
        numbers, columns = {row.number for row in each.keyed}, set(each.places.values())
        areas = [area for area in each.sheet.found.merged if _touches(area, numbers, columns)]
        if areas:
            yield FormProblem(
                check="merged",
                severity=Severity.WARNING,
                places=tuple(f"{each.sheet.found.name}!{area.partition(':')[0]}" for area in areas),
                message=f"Cells of “{each.table.title}” are merged ({', '.join(areas[:5])}), so that all but the first look empty: unmerge them, and fill in each.",
            )


def _touches(area: str, rows: set[int], columns: set[int]) -> bool:
    left, top, right, bottom = range_boundaries(area)
    if left is None or top is None or right is None or bottom is None:  # whole rows or columns
        return True
    return any(top <= row <= bottom for row in rows) and any(left <= place + 1 <= right for place in columns)


def _renamed(laid: Sequence[Laid]) -> Iterator[FormProblem]:
    told: set[tuple[str, str]] = set()
    for each in laid:
        names = each.table.sheet, each.sheet.found.name
        if folded(names[0]) != folded(names[1]) and names not in told:
            told.add(names)
            yield FormProblem(
                check="renamed",
                severity=Severity.NOTE,
                places=(f"{names[1]}!A1",),
                message=f"“{each.table.title}” was found on the sheet “{names[1]}” instead of “{names[0]}”, and is read from there.",
            )


def _hidden(sheets: Sequence[FoundSheet], laid: Sequence[Laid]) -> Iterator[FormProblem]:
    """What can't be seen is read too, and whoever looks is told."""
    for each in laid:
        sheet, rows = each.sheet.found, set(each.sheet.found.hidden_rows)
        used = _open_places(each)
        hidden = [r for r in each.keyed if r.number in rows and any(_filled(r.cells, p) for p in used)]
        if hidden:
            yield _note(
                "Hidden rows are read too: unhide them to see what they hold.",
                [sheet.place(_first_place(each), row.number) for row in hidden],
            )
        columns = {c.name: c.heading for c in each.table.columns}
        unseen = {
            n: p
            for n, p in each.places.items()
            if p + 1 in sheet.hidden_columns and p != each.sheet.key_column
        }
        if unseen and each.heading:
            names = ", ".join(f"“{columns[name]}”" for name in unseen)
            yield _note(
                f"Hidden columns are read too ({names}): unhide them to see what they hold.",
                [sheet.place(place, each.heading.number) for place in unseen.values()],
            )
    used_sheets = {each.sheet.found.name for each in laid}
    for sheet in sheets:
        if sheet.hidden and sheet.name in used_sheets and folded(sheet.name) != folded(ABOUT):
            yield _note(f"The sheet “{sheet.name}” is hidden, and is read too.", [f"{sheet.name}!A1"])


def _note(message: str, places: Sequence[str]) -> FormProblem:
    return FormProblem(check="hidden", severity=Severity.NOTE, places=tuple(places), message=message)
