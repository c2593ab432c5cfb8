"""The rows of a pasted block, read into records and changes, with every problem by row and column."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fundtracker.application.actions.pasting.block import BlockProblem, BlockRow, Fields, PastedRow
from fundtracker.application.actions.pasting.cells import CellReader
from fundtracker.application.actions.repeated import Repeat, alike, same_costs
from fundtracker.application.actions.twins import twins
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, column_of, columns, key_of, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.kinds import MoneyKind, clean_text
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Severity, Unreadable
from fundtracker.storage.stopping import Progress

_REASON = column_of(Cost, "duplicate_reason")
_STEP = 200
"""Rows between two reports of progress."""


class BlockReader:
    """One reading of a block."""

    def __init__(
        self, workspace: Workspace, kind: type[Record], known: Mapping[str, Any], headings: bool
    ) -> None:
        self.workspace, self.kind, self.known, self.headings = workspace, kind, known, headings
        self.key = key_of(kind)
        self.reader = CellReader(workspace, kind)
        self.problems: list[BlockProblem] = []
        self.amounts: dict[str, list[Money]] = {}
        self.empty: dict[str, int] = {}
        self._fields: Fields = ()
        self._columns: list[Column | None] = []
        self._given: dict[int, Record | None] = {}
        """For each row the record it names, or None for a new one."""

    def completed(self, block: tuple[BlockRow, ...], fields: Fields) -> tuple[tuple[BlockRow, ...], Fields]:
        """With an empty column for each field that new records need and the block lacks: there it can be filled in."""
        self._fields = fields
        data = block[1:] if self.headings else block
        self._name(data)
        missing: list[str] = []
        if any(found is None for found in self._given.values()):
            missing = [
                each.name
                for each in columns(self.kind)
                if each.required and each.name not in {*fields, *self.known} and not self._is_given(each)
            ]
        if missing:
            block = tuple(BlockRow(row.number, (*row.cells, *[""] * len(missing))) for row in block)
        self._fields = (*fields, *missing)
        self._columns = [column_of(self.kind, name) if name else None for name in self._fields]
        return block, self._fields

    def _is_given(self, column: Column) -> bool:
        return column.key and bool(self.kind.reference_prefix)

    def _name(self, data: tuple[BlockRow, ...]) -> None:
        """Which rows change a record of the file, and what the others are called."""
        place = self._fields.index(self.key.name) if self.key and self.key.name in self._fields else None
        rows: dict[int, int] = {}
        for row in data:
            self._given[row.number] = None
            name = clean_text(row.cells[place]) if place is not None else ""
            if not name or place is None:
                continue
            found = self.reader.in_file(name)
            if found is not None:
                self._given[row.number] = self.workspace.get(self.kind, found)
                first = rows.setdefault(found, row.number)
                twice = first != row.number
            else:
                twice = not self.reader.add(name, row.number)
                first = 0
            if twice:
                above = f"row {first}" if first else "a row above"
                self.say(
                    row,
                    place,
                    f"“{name}” stands in {above} already: leave one of the two rows out, or correct it.",
                )

    def rows(
        self, block: tuple[BlockRow, ...], fields: Fields, progress: Progress | None
    ) -> tuple[PastedRow, ...]:
        """Every row of the block, and what is wrong with it."""
        if self.headings and block:
            self._say_left_out(block[0], fields)
        elif None in fields:
            self._say_left_out(BlockRow(0, tuple(f"column {n}" for n in range(1, len(fields) + 1))), fields)
        for name in fields:
            if name and isinstance(column_of(self.kind, name).kind, MoneyKind):
                self.amounts[name], self.empty[name] = [], 0
        data = block[1:] if self.headings else block
        found: list[PastedRow] = []
        for done, row in enumerate(data):
            if progress is not None and done % _STEP == 0:
                progress("Reading rows", done, len(data))
            found.append(self._row(row))
        if progress is not None:
            progress("Looking for duplicates", 0, 0)
        self._compare(found)
        wrong = {each.row for each in self.problems if each.severity is Severity.ERROR}
        return tuple(replace(each, after=None) if each.number in wrong else each for each in found)

    def say(
        self,
        row: BlockRow,
        place: int,
        message: str,
        *,
        severity: Severity = Severity.ERROR,
        column: str = "",
        repeats: bool = False,
    ) -> None:
        """Something is wrong with a cell, or with a field that the block doesn't hold."""
        name = column or (self._fields[place] if 0 <= place < len(self._fields) else None)
        self.problems.append(
            BlockProblem(
                row=row.number,
                place=place,
                label=column_of(self.kind, name).label if name else "",
                found=row.cells[place] if 0 <= place < len(row.cells) else "",
                message=message[:1].upper() + message[1:],
                severity=severity,
                repeats=repeats,
            )
        )

    def _say_left_out(self, heads: BlockRow, fields: Fields) -> None:
        for place, (text, name) in enumerate(zip(heads.cells, fields, strict=True)):
            if name is None:
                what = f"“{clean_text(text)}”" if clean_text(text) else f"Column {place + 1}"
                self.problems.append(
                    BlockProblem(
                        row=0,
                        place=place,
                        label=clean_text(text),
                        found="",
                        message=f"{what[:1].upper()}{what[1:]} goes to no field and is left out: choose a field above it to keep it.",
                        severity=Severity.WARNING,
                    )
                )

    def _row(self, row: BlockRow) -> PastedRow:
        before = self._given[row.number]
        values: dict[str, Any] = {}
        shown: list[str] = []
        old: list[str | None] = []
        for place, column in enumerate(self._columns):
            text = row.cells[place]
            was = None
            if column is not None and before is not None and column == self.key:
                text = str(getattr(before, column.name))  # as the file writes it
            elif column is not None:
                read = self._cell(row, place, column, before)
                if read is not None:
                    values[column.name], text = read
                    was = self._was(before, column, values[column.name])
            shown.append(text)
            old.append(was)
        self._keep_place(row, values, before)
        after = self._record(row.number, values, before)
        return PastedRow(
            number=row.number, values=values, shown=tuple(shown), old=tuple(old), before=before, after=after
        )

    def _was(self, before: Record | None, column: Column, value: Any) -> str | None:
        if before is None or getattr(before, column.name) == value:
            return None
        return self.reader.shown(column, getattr(before, column.name))

    def _cell(
        self, row: BlockRow, place: int, column: Column, before: Record | None
    ) -> tuple[Any, str] | None:
        """The value and its text; None where it can't be taken, which is said. An empty cell of a new record holds what
        the field holds when left empty; in a record of the file it clears the field, unless that can't be empty: then it stays.
        """
        try:
            value, shown = self.reader.read(column, row.cells[place])
        except Unreadable as trouble:
            self.say(row, place, str(trouble))
            return None
        if value is None and column.name in self.known and before is None:
            value = self.known[column.name]
            shown = self.reader.shown(column, value)
        if value is None:
            if column.required and before is not None:  # what must be there stays
                value = getattr(before, column.name)
                return value, self.reader.shown(column, value)
            if column.required and not self._is_given(column):
                self.say(row, place, f"{column.label} is empty: enter {_wanted(column)}.")
                return None
            value = column.default
            shown = self.reader.shown(column, value)
        if column.name in self.amounts:
            if row.cells[place].strip() or value:
                self.amounts[column.name].append(value)
            else:
                self.empty[column.name] += 1
        return value, shown

    def _keep_place(self, row: BlockRow, values: dict[str, Any], before: Record | None) -> None:
        """Rows belong where they are pasted: to the record whose list it is."""
        for name, value in self.known.items():
            column = column_of(self.kind, name)
            here = self.reader.shown(column, value)
            if before is not None and getattr(before, name) != value:
                there = self.reader.shown(column, getattr(before, name)) or "nothing"
                place = self._fields.index(self.key.name) if self.key else -1
                self.say(
                    row, place, f"This belongs to {there}, and this list to {here}: change it in the list of all {plural(self.kind).lower()}."
                )  # fmt: skip
            elif name in values and values[name] != value:
                self.say(
                    row, self._fields.index(name), f"This list belongs to {here}: paste this row in the list of all {plural(self.kind).lower()}, or leave it out."
                )  # fmt: skip
            elif before is None:
                values[name] = value

    def _record(self, number: int, values: Mapping[str, Any], before: Record | None) -> Record:
        if before is not None:
            return replace(before, **values)
        filled = {each.name: values.get(each.name, each.default) for each in columns(self.kind)}
        return self.kind(id=-number, **filled)

    def _compare(self, rows: list[PastedRow]) -> None:
        """What stands twice: refused where it can stand only once, else said."""
        wrong = {each.row for each in self.problems if each.severity is Severity.ERROR}
        new = {-each.number: each.after for each in rows if each.number not in wrong and each.before is None}
        records = [each for each in new.values() if each is not None]
        cells = {each.number: BlockRow(each.number, each.shown) for each in rows}
        twice: set[int] = set()
        for each in twins(self.workspace, records):
            row = cells[-(each.record_id or 0)]
            twice.add(row.number)
            place = self._fields.index(each.column) if each.column in self._fields else -1
            self.say(row, place, each.message, column=each.column)
        left = [each for each in records if -each.id not in twice]
        self._say_repeats(left, cells)

    def _say_repeats(self, records: list[Record], cells: Mapping[int, BlockRow]) -> None:
        """Rows that the file, or a row above, seems to hold already. Only where the block holds two fields or more: a list of names
        with two the same is for the file to refuse.
        """
        compared = [name for name in self._fields if name and not (self.key and name == self.key.name)]
        names = [*compared, *(name for name in self.known if name not in compared)]
        said: set[int] = set()
        if len(compared) > 1:
            for each in alike(self.workspace, self.kind, records, names):
                said.add(each.item.id)
                self.say(
                    cells[-each.item.id], -1, _says_the_same(each), severity=Severity.WARNING, repeats=True
                )
        costs = [each for each in records if isinstance(each, Cost)]
        for each in same_costs(self.workspace, costs):
            if each.item.id not in said:
                message = f"{_other(each)} is the same cost, with this supplier, invoice no. and sum: leave the row out, or write in “{_REASON.label}” why it isn't."
                place = next(n for n, name in enumerate(self._fields) if name in {_REASON.name, "net"})
                self.say(cells[-each.item.id], place, message, severity=Severity.WARNING)


def _says_the_same(repeat: Repeat) -> str:
    if repeat.above is not None:
        return f"This row says the same as row {-repeat.above.id}: leave one out if it was entered twice."
    return f"This says the same as {repeat.held_name}: leave the row out if it was entered already."


def _other(repeat: Repeat) -> str:
    return repeat.held_name if repeat.above is None else f"Row {-repeat.above.id}"


def _wanted(column: Column) -> str:
    if column.refers_to:
        return f"the reference of its {column.label.lower()}"
    return "one of the words in its list" if column.kind.name == "choice" else column.kind.hint
