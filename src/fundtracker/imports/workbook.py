"""An import workbook as proposed records: a sheet for each kind, headings as in lists, references by human reference.

Nothing is written here. Whoever calls takes all the records, in one transaction, or none where a problem is an error.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from fundtracker.domain.columns import Record, columns, key_of, plural, singular
from fundtracker.domain.problems import Problem, Refused, Severity, errors
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.domain.text import as_shown
from fundtracker.imports.found import FoundSheet, FoundWorkbook
from fundtracker.imports.limits import Limits
from fundtracker.imports.reader import read_workbook
from fundtracker.imports.references import KeysInFile, Lookup, References
from fundtracker.imports.sheet_rows import Draft, Findings, SheetReader, has_headings

NewId = Callable[[type[Record]], int]
"""A new id of a kind at each call, never the same twice."""
NextReference = Callable[[type[Record], int], str]
"""The reference the program gives from a number: "C-00012"."""

READ_ME = "Read me"
LISTS = "Lists"
"""Sheets of the template that hold no records."""
_NO_RECORDS = frozenset({READ_ME.casefold(), LISTS.casefold()})
_MOST_NAMED = 12
"""Sheets that are named; the rest are counted."""
_LONGEST_SHEET_NAME = 31
_USUAL = Limits()


class Places:
    """Where each proposed record stands in its workbook: what a rule says of a record is said of its cell."""

    def __init__(self) -> None:
        self._readers: dict[str, SheetReader] = {}
        self._rows: dict[tuple[str, int], int] = {}

    def add(self, reader: SheetReader, record_id: int, row: int) -> None:
        kind = reader.kind.__name__
        self._readers[kind] = reader
        self._rows[kind, record_id] = row

    def where(self, kind: str, record_id: int, column: str = "") -> str:
        """ "Costs!H12" of a field, "Costs!12" of a row as a whole; "" for a record that isn't of this workbook."""
        row = self._rows.get((kind, record_id))
        if row is None:
            return ""
        reader = self._readers[kind]
        found = next((n for n, each in enumerate(reader.columns) if each.name == column), None)
        return f"{reader.sheet.name}!{row}" if found is None else reader.where(found, row)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook would add. `records` stand in the order they can be written in, each after those it refers to.

    A row with an error among `problems` has no record; `counts` counts the rows of each kind, sound or not.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[type[Record], int]
    places: Places

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stands in the way; none: the records can be written."""
        return errors(self.problems)


def sheet_name(kind: type[Record]) -> str:
    """The sheet that holds records of this kind, in a template and in an export."""
    return plural(kind)[:_LONGEST_SHEET_NAME]


def read_records(
    path: Path,
    lookup: Lookup,
    *,
    new_id: NewId,
    next_reference: NextReference,
    keys_in_file: KeysInFile | None = None,
    limits: Limits = _USUAL,
) -> Proposal:
    """The records in the workbook at `path`, and all that is wrong with it. Refused where it can't or may not be read at all.

    `lookup` finds records that are in the file already; `keys_in_file` is asked only for the nearest reference to a misspelt one.
    """
    found = read_workbook(path, limits)
    return propose(found, References(lookup, keys_in_file), new_id, next_reference)


def propose(
    found: FoundWorkbook, references: References, new_id: NewId, next_reference: NextReference
) -> Proposal:
    """The same of a workbook that has been read. Refused where it isn't laid out as the template at all."""
    if strange := _not_the_template(found):
        raise Refused(strange)
    findings = Findings()
    if found.external_links:
        findings.add(
            "This workbook names other files. They were not opened: the results stored in it were read.",
            severity=Severity.NOTE,
        )
    work = _Work(references, findings, new_id, next_reference)
    sheets = _by_kind(found, findings)
    for kind, sheet in sheets.items():
        work.read(kind, sheet)
    records = tuple(work.records())
    if not work.drafts and not errors(findings.problems):
        findings.add(
            "There is nothing to import: no sheet has a row below its headings. The template's sheet “Read me” says how to fill it in."
        )
    counts = {kind: len(drafts) for kind, drafts in work.drafts.items()}
    return Proposal(records, tuple(findings.problems), counts, work.places)


def _not_the_template(found: FoundWorkbook) -> str:
    """What to say of a workbook none of whose sheets is laid out as the template's, in place of a fault in each of its cells; else ""."""
    held = [each for each in found.sheets if each.rows and _folded(each.name) not in _NO_RECORDS]
    kinds = {_folded(sheet_name(kind)): kind for kind in RECORDS}
    if not held or any(
        (kind := kinds.get(_folded(each.name))) is not None and has_headings(kind, each) for each in held
    ):
        return ""
    names = [f"“{each.name}”" for each in held if not each.hidden] or [f"“{each.name}”" for each in held]
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return (
        "This workbook isn't laid out as the import template, so nothing of it was read: choose File, Import template, put your rows "
        f"under the headings of its sheets, and import that. Not recognised: {', '.join(names[:_MOST_NAMED])}{more}."
    )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _by_kind(found: FoundWorkbook, findings: Findings) -> dict[type[Record], FoundSheet]:
    """Which sheet holds which kind, in the order of RECORDS; sheets of no kind are problems, unless empty."""
    names = {_folded(sheet_name(kind)): kind for kind in RECORDS}
    chosen: dict[type[Record], FoundSheet] = {}
    for sheet in found.sheets:
        name = _folded(sheet.name)
        kind = names.get(name)
        if kind in chosen:
            findings.add(
                f"Two sheets are called “{sheet.name}”: put their rows into one, and delete the other.",
                sheet.name,
            )
        elif kind is not None:
            chosen[kind] = sheet
        elif sheet.rows and name not in _NO_RECORDS:
            nearest = get_close_matches(name, list(names), n=1)
            way_out = (
                f"if it holds {sheet_name(names[nearest[0]]).lower()}, call it “{sheet_name(names[nearest[0]])}”; if not, delete it."
                if nearest
                else "call it as the template does, or delete it."
            )
            findings.add(
                f"“{sheet.name}” is not the name of a sheet that can be imported: {way_out}", sheet.name
            )
    return {kind: chosen[kind] for kind in RECORDS if kind in chosen}


class _Work:
    """Drafts of all sheets, first given ids and references, then made records."""

    def __init__(
        self, references: References, findings: Findings, new_id: NewId, next_reference: NextReference
    ) -> None:
        self._references, self._findings = references, findings
        self._new_id, self._next_reference = new_id, next_reference
        self._readers: dict[type[Record], SheetReader] = {}
        self.drafts: dict[type[Record], list[Draft]] = {}
        self.places = Places()

    def read(self, kind: type[Record], sheet: FoundSheet) -> None:
        reader = SheetReader(kind, sheet, self._findings)
        drafts = reader.drafts()
        if not drafts:
            return
        self._readers[kind], self.drafts[kind] = reader, drafts
        for draft in drafts:
            draft.record_id = self._new_id(kind)
            self.places.add(reader, draft.record_id, draft.row)
        self._name(kind, reader, drafts)

    def _name(self, kind: type[Record], reader: SheetReader, drafts: list[Draft]) -> None:
        """Take the human references people gave, all of them before any that the program gives."""
        key = key_of(kind)
        if key is None:
            return
        place = columns(kind).index(key)
        rows: dict[str, int] = {}
        for draft in drafts:
            name = draft.values[place]
            if name is None:
                continue
            self._refuse_second(kind, reader, draft, place, rows)
            self._references.add(kind, name, draft.record_id)
            rows.setdefault(name, draft.row)
        last = 0
        for draft in drafts:
            if draft.values[place] is None and kind.reference_prefix:
                last = max(last + 1, draft.record_id)
                while self._is_taken(kind, name := self._next_reference(kind, last)):
                    last += 1
                draft.values[place] = name
                self._references.add(kind, name, draft.record_id)

    def _is_taken(self, kind: type[Record], name: str) -> bool:
        return self._references.find(kind, name) is not None

    def _refuse_second(
        self, kind: type[Record], reader: SheetReader, draft: Draft, place: int, rows: dict[str, int]
    ) -> None:
        name, label = draft.values[place], columns(kind)[place].label
        here = self._references.same(kind, name)
        if here == name:
            reader.refuse(
                place,
                draft.row,
                f"{label} “{as_shown(name)}” stands in row {rows[name]} already: each {singular(kind).lower()} needs its own.",
            )
            draft.sound = False
        elif self._references.in_file(kind, name) is not None:
            reader.refuse(
                place,
                draft.row,
                f"{label} “{as_shown(name)}” is in the file already: delete the row, or write another.",
            )
            draft.sound = False
        elif here is not None:
            reader.refuse(
                place,
                draft.row,
                f"{label} “{as_shown(name)}” differs from “{as_shown(here)}” in row {rows[here]} only by its capitals: is it the same?",
                severity=Severity.WARNING,
            )

    def records(self) -> Iterator[Record]:
        """Every sound draft as a record, in an order they can be written in."""
        for kind, drafts in self.drafts.items():
            reader = self._readers[kind]
            made: dict[int, tuple[Draft, Record]] = {}
            for draft in drafts:
                item = self._record(kind, reader, draft)
                if item is not None:
                    made[item.id] = (draft, item)
            self._report_twins(kind, reader, made)
            yield from self._in_order(kind, reader, made)

    def _record(self, kind: type[Record], reader: SheetReader, draft: Draft) -> Record | None:
        for n, column in enumerate(reader.columns):
            typed = draft.values[n]
            if column.refers_to is None or typed is None:
                continue
            target = by_name(column.refers_to)
            found = self._references.find(target, typed)
            if found is None:
                reader.refuse(n, draft.row, f"{column.label}: {self._references.not_found(target, typed)}")
                draft.sound = False
            draft.values[n] = found
        if not draft.sound:
            return None
        names = (column.name for column in reader.columns)
        return kind(id=draft.record_id, **dict(zip(names, draft.values, strict=True)))

    def _report_twins(
        self, kind: type[Record], reader: SheetReader, made: Mapping[int, tuple[Draft, Record]]
    ) -> None:
        """Rows pasted twice, of a kind that has no reference to tell."""
        if key_of(kind) is not None:
            return
        rows: dict[tuple[object, ...], int] = {}
        for draft, _ in made.values():
            first = rows.setdefault(tuple(draft.values), draft.row)
            if first != draft.row:
                self._findings.add(
                    f"This row says the same as row {first}: delete one of them if it was entered twice.",
                    f"{reader.sheet.name}!{draft.row}",
                    severity=Severity.WARNING,
                    kind=kind,
                )

    def _in_order(
        self, kind: type[Record], reader: SheetReader, made: Mapping[int, tuple[Draft, Record]]
    ) -> Iterator[Record]:
        """Each after the one of its own kind that it refers to (a reversal after what it reverses)."""
        own = next((n for n, each in enumerate(reader.columns) if each.refers_to == kind.__name__), None)
        if own is None:
            yield from (item for _, item in made.values())
            return
        written: set[int] = set()
        for start in made:
            chain: dict[int, Record] = {}
            following = start
            while following in made and following not in written:
                draft, item = made[following]
                if following in chain:
                    self._refuse_circle(reader, own, draft)
                    break
                chain[following] = item
                following = draft.values[own]
            written.update(chain)
            yield from reversed(chain.values())

    def _refuse_circle(self, reader: SheetReader, column: int, draft: Draft) -> None:
        reader.refuse(
            column,
            draft.row,
            f"{reader.columns[column].label}: this leads back to the same row: name the row that stands for itself.",
        )
