"""One sheet of an import workbook, read by its headings: a draft of a record for each row, its references still as typed."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from fundtracker.domain.columns import Column, Record, columns, plural
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem, Severity, Unreadable
from fundtracker.domain.text import as_shown
from fundtracker.imports.found import Found, FoundRow, FoundSheet, Wrong

GUIDANCE = "ⓘ "
"""What every cell of a template's guidance row begins with; the mark moves with the row, wherever it is sorted to."""
_MOST_PROBLEMS = 5_000
_MOST_REMEMBERED = 20_000


class Findings:
    """The problems found so far, in the order of the workbook."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._more = False

    def add(self, message: str, where: str = "", *, severity: Severity = Severity.ERROR, kind: type[Record] | None = None, column: str = "") -> None:  # fmt: skip
        if len(self.problems) < _MOST_PROBLEMS:
            name = kind.__name__ if kind else ""
            self.problems.append(
                Problem(message=message, severity=severity, kind=name, column=column, where=where)
            )
        elif not self._more:
            self._more = True
            self.problems.append(
                Problem(
                    message=f"There are more problems than the {_MOST_PROBLEMS:,} listed: mend these first."
                )
            )


@dataclass(slots=True)
class Draft:
    """A row on its way to be a record: values in the order of `columns`, references as typed, None where nothing was."""

    row: int
    values: list[Any]
    sound: bool = True
    record_id: int = 0


def has_headings(kind: type[Record], sheet: FoundSheet) -> bool:
    """Whether the first row of a sheet is meant as headings of the kind: a third of them are, or they name half of what it needs."""
    heading = next((row for row in sheet.rows if not _is_blank(row) and not _is_guidance(row)), None)
    if heading is None:
        return True
    texts = {text for each in heading.cells if isinstance(each, str) and (text := _folded(clean_text(each)))}
    known = {_folded(each.label) for each in columns(kind)} & texts
    needed = {_folded(each.label) for each in columns(kind) if each.required}
    return bool(known) and (3 * len(known) >= len(texts) or 2 * len(needed & texts) >= len(needed))


class SheetReader:
    """Reads one sheet as records of one kind. Every problem goes to `findings`, with its cell."""

    def __init__(self, kind: type[Record], sheet: FoundSheet, findings: Findings) -> None:
        self.kind = kind
        self.sheet = sheet
        self.columns = columns(kind)
        self._findings = findings
        self._remembered: list[dict[str, Any]] = [{} for _ in self.columns]
        self.places: dict[int, int] = {}
        """Where each of the record's columns stands in the sheet, both counted from nought."""
        self._no_heading: list[int] = []
        self._width = 0

    def drafts(self) -> list[Draft]:
        """A draft for each row that holds something below the headings."""
        rows = [row for row in self.sheet.rows if not _is_blank(row) and not _is_guidance(row)]
        if not rows:
            return []
        heading, *below = rows
        self._read_headings(heading)
        if not below:
            return []
        self._refuse_missing(heading.number)
        self._report_hidden_and_merged(heading.number, below)
        return [self._draft(row) for row in below]

    def where(self, column: int, row: int) -> str:
        """The cell of one of the record's columns; the row alone where the sheet has no such column."""
        place = self.places.get(column)
        return f"{self.sheet.name}!{row}" if place is None else self.sheet.place(place, row)

    def refuse(self, column: int, row: int, message: str, *, severity: Severity = Severity.ERROR) -> None:
        each = self.columns[column]
        self._findings.add(
            message, self.where(column, row), severity=severity, kind=self.kind, column=each.name
        )

    def _read_headings(self, heading: FoundRow) -> None:
        self._width = len(heading.cells)
        labels = {_folded(each.label): n for n, each in enumerate(self.columns)}
        for place, found in enumerate(heading.cells):
            text = clean_text(found) if isinstance(found, str) else ""
            column = labels.get(_folded(text))
            where = self.sheet.place(place, heading.number)
            if found is None or (isinstance(found, str) and not text):
                self._no_heading.append(place)
            elif column is None:
                nearest = get_close_matches(_folded(text), list(labels), n=1)
                way_out = (
                    f"did you mean “{self.columns[labels[nearest[0]]].label}”?"
                    if nearest
                    else "delete the column, or give it one of the template's headings."
                )
                self._findings.add(
                    f"“{_shown(found)}” is no heading of the sheet “{plural(self.kind)}”: {way_out}",
                    where,
                    kind=self.kind,
                )
            elif column in self.places:
                self._findings.add(
                    f"The heading “{text}” stands here and in column {get_column_letter(self.places[column] + 1)}: delete one of the two columns.",
                    where,
                    kind=self.kind,
                )
            else:
                self.places[column] = place

    def _refuse_missing(self, row: int) -> None:
        for n, each in enumerate(self.columns):
            if each.required and n not in self.places and not self._is_given(each):
                self._findings.add(
                    f"The column “{each.label}” is missing: add it, with its heading in row {row}.",
                    f"{self.sheet.name}!{row}",
                    kind=self.kind,
                    column=each.name,
                )

    def _is_given(self, column: Column) -> bool:
        """The program gives the reference where people leave it empty."""
        return column.key and bool(self.kind.reference_prefix)

    def _draft(self, row: FoundRow) -> Draft:
        draft = Draft(row.number, [None] * len(self.columns))
        for n, each in enumerate(self.columns):
            place = self.places.get(n)
            found = row.cells[place] if place is not None and place < len(row.cells) else None
            try:
                value = self._value(n, found)
            except Unreadable as trouble:
                self.refuse(n, row.number, str(trouble))
                draft.sound = False
                continue
            if value is None:
                value = None if each.refers_to else each.default
                if each.required and place is not None and not self._is_given(each):
                    self.refuse(n, row.number, f"{each.label} is empty: enter {_wanted(each)}.")
            draft.values[n] = value
            draft.sound = draft.sound and not (value is None and each.required and not self._is_given(each))
        self._refuse_strays(row)
        return draft

    def _value(self, column: int, found: Found) -> Any:
        """The value in a cell, None for none; Unreadable says what was found and what to do."""
        if found is None:
            return None
        each = self.columns[column]
        if isinstance(found, Wrong):
            raise Unreadable(f"{each.label} {found.message}.")
        remembered = self._remembered[column]
        if isinstance(found, str) and found in remembered:
            return remembered[found]
        try:
            value = None if _is_empty(found) else each.kind.from_cell(found)
        except Unreadable as trouble:
            raise Unreadable(_sentence(each, found, str(trouble))) from None
        if value == "":
            value = None
        if isinstance(found, str):
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            remembered[found] = value
        return value

    def _refuse_strays(self, row: FoundRow) -> None:
        """An entry that no heading stands over belongs to nothing."""
        bare = [place for place in self._no_heading if place < len(row.cells)]
        for place in (*bare, *range(self._width, len(row.cells))):
            if not _is_empty(row.cells[place]):
                self._findings.add(
                    f"“{_shown(row.cells[place])}” stands in a column without a heading: give the column its heading, or delete the entry.",
                    self.sheet.place(place, row.number),
                    kind=self.kind,
                )

    def _report_hidden_and_merged(self, heading: int, below: list[FoundRow]) -> None:
        last = below[-1].number
        for area in self.sheet.merged:
            _, first_row, _, last_row = range_boundaries(area)
            if first_row is not None and last_row is not None and first_row <= last and last_row >= heading:
                self._findings.add(
                    f"The cells {area} are merged, so that all but the first look empty: unmerge them, and fill in each.",
                    f"{self.sheet.name}!{area.partition(':')[0]}",
                    kind=self.kind,
                )
        numbers = {row.number for row in below}
        hidden = [number for number in self.sheet.hidden_rows if number in numbers]
        if hidden:
            self._warn(
                f"{len(hidden):,} hidden row{'s are' if len(hidden) > 1 else ' is'} read too (the first is row {hidden[0]}): "
                "unhide them to see what they hold, or delete them if they aren't meant.",
                f"{self.sheet.name}!{hidden[0]}",
            )
        for n, place in self.places.items():
            if place + 1 in self.sheet.hidden_columns:
                self._warn(
                    f"The column “{self.columns[n].label}” is hidden, and is read too.",
                    self.where(n, heading),
                )
        if self.sheet.hidden:
            self._warn("This sheet is hidden, and is read too.", self.sheet.name)

    def _warn(self, message: str, where: str) -> None:
        self._findings.add(message, where, severity=Severity.WARNING, kind=self.kind)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_empty(found: Found) -> bool:
    if not isinstance(found, str):
        return found is None
    return not found[:1].isalnum() and not clean_text(
        found
    )  # the first question is quick, and nearly always enough


def _is_blank(row: FoundRow) -> bool:
    return all(map(_is_empty, row.cells))


def _is_guidance(row: FoundRow) -> bool:
    """The template's own row: every cell in it that holds anything bears the mark."""
    first = next((found for found in row.cells if found is not None), None)
    return (
        isinstance(first, str)
        and first.startswith(GUIDANCE)
        and all(
            _is_empty(found) or (isinstance(found, str) and found.startswith(GUIDANCE)) for found in row.cells
        )
    )


def _wanted(column: Column) -> str:
    return (
        f"the reference of its {column.label.lower()}"
        if column.refers_to
        else "one of the words in its list"
        if column.kind.name == "choice"
        else column.kind.hint
    )


def _sentence(column: Column, found: Found, message: str) -> str:
    """A kind's own words, with the column and, where they speak of "this", what was found."""
    if message.startswith("this "):
        return f"{column.label} holds {_shown(found)}: {message}"
    return f"{column.label}: {message}"


def _shown(found: Found) -> str:
    """As a person sees it in the cell."""
    if isinstance(found, bool):
        return str(found).upper()
    if isinstance(found, date):
        return short_date(found)
    if isinstance(found, Wrong):
        return found.shown or "a formula without a result"
    return as_shown(str(found))
