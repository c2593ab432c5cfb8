"""Records in from a workbook, and out to one: the import template, an import, the whole programme, any list as shown."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from fundtracker.application.actions.twins import twins
from fundtracker.application.actions.unsound import unsound_returns
from fundtracker.application.workspace import Workspace, numbered
from fundtracker.application.writing import write_checked
from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.changes import Change, added, edited
from fundtracker.domain.columns import (
    Column,
    Record,
    column_of,
    columns,
    described,
    key_of,
    plural,
    singular,
    table_name,
)
from fundtracker.domain.kinds import DateKind, MoneyKind, Number, WholeNumber
from fundtracker.domain.money import Money
from fundtracker.domain.periods import read_date
from fundtracker.domain.problems import Problem, Refused, StorageTrouble, errors
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage import repository
from fundtracker.storage.queries import ListQuery, Row

Where = Callable[[Problem], str]
"""The cell of a workbook that a problem is about; "" where it is about none."""
Progress = Callable[[int], None]
"""Told the rows read or written so far; may raise to stop."""
_CHUNK = 500
_MOST_WARNINGS = 50
_MOST_REFUSALS = 1_000
_LONGEST_PDF = 20_000
"""Rows: some hundreds of pages, which nobody prints."""
_ENDINGS = (".xlsx", ".csv", ".pdf")


# In


def write_import_template(path: Path) -> None:
    """The empty import workbook at `path`."""
    from fundtracker.imports.template import write_template

    _must_end(path, (".xlsx",))
    _atomically(path, write_template)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a workbook would add, and all that is wrong with it; nothing is written yet."""

    name: str
    records: tuple[Record, ...]
    counts: Mapping[type[Record], int]
    problems: tuple[Problem, ...]
    where: Where


def propose_import(workspace: Workspace, path: Path, progress: Progress | None = None) -> Proposed:
    """Read a workbook. Refused where it can't be read at all; any other fault is among the problems, each with its cell."""
    from fundtracker.imports.workbook import read_records

    found = read_records(
        path,
        partial(id_in_file, workspace),
        new_id=_Ids(workspace, progress),
        next_reference=numbered,
        keys_in_file=partial(keys_in_file, workspace),
    )

    def where(problem: Problem) -> str:
        return found.places.where(problem.kind, problem.record_id or 0, problem.column)

    wrong = () if found.errors else tuple(unsound_returns(found.records))
    problems = (*found.problems, *_placed(wrong, found.records, where))
    return Proposed(path.name, found.records, found.counts, problems, where)


def rehearse_import(workspace: Workspace, proposed: Proposed) -> tuple[Problem, ...]:
    """What the rules would refuse: everything is written, looked at, and taken back before anybody can see it."""

    def take_back() -> None:
        raise _RehearsedError

    try:
        write_import(workspace, proposed, at_the_end=take_back)
    except _RehearsedError:
        return ()
    except Refused as refused:
        return refused.problems
    raise RuntimeError("the rehearsal of an import was not taken back")


def write_import(
    workspace: Workspace, proposed: Proposed, at_the_end: Callable[[], None] | None = None
) -> dict[str, int]:
    """Every proposed record, in one entry of the history; how many of each kind. Refused, and nothing written, where a rule
    stands in the way. `at_the_end` is called just before it counts; what it raises takes everything back.

    Returns that were submitted elsewhere come in as they were: what belongs to them is written while they are drafts still,
    because the database lets nothing be added to a submitted one.
    """
    warnings = _warnings(proposed.problems)
    _write(workspace, proposed.name, proposed.records, warnings, proposed.where, at_the_end)
    return {plural(kind): count for kind, count in proposed.counts.items()}


def import_workbook(workspace: Workspace, path: Path) -> dict[str, int]:
    """Read a workbook and write it at once; how many records of each kind. Refused with all that must be mended first."""
    proposed = propose_import(workspace, path)
    if errors(proposed.problems):
        raise Refused(proposed.problems)
    return write_import(workspace, proposed)


class _RehearsedError(Exception):
    """Everything was written as it would be."""


def id_in_file(workspace: Workspace, kind: type[Record], key: str) -> int | None:
    found = workspace.find(kind, key)
    return found.id if found else None


def keys_in_file(workspace: Workspace, kind: type[Record]) -> Iterable[str]:
    with workspace.database.reader() as conn:
        return repository.keys(conn, kind).values()


class _Ids:
    """Ids of records about to be added: the file's next one, then counted up."""

    def __init__(self, workspace: Workspace, progress: Progress | None = None) -> None:
        self._workspace = workspace
        self._progress = progress
        self._given = 0
        self._last: dict[type[Record], int] = {}

    def __call__(self, kind: type[Record]) -> int:
        self._given += 1
        if self._progress is not None:
            self._progress(self._given)
        last = self._last.get(kind)
        self._last[kind] = self._workspace.new_id(kind) if last is None else last + 1
        return self._last[kind]


def _warnings(problems: Sequence[Problem]) -> str:
    """What was odd and still read (hidden rows, names alike): kept with the import in the history."""
    said = [str(each) for each in problems[:_MOST_WARNINGS]]
    if len(problems) > len(said):
        said.append(f"And {len(problems) - len(said):,} more.")
    return "\n".join(said)


def _write(
    workspace: Workspace,
    name: str,
    records: tuple[Record, ...],
    reason: str,
    where: Where = lambda _: "",
    at_the_end: Callable[[], None] | None = None,
) -> None:
    later = _of_open_returns(records)
    now = tuple(each for each in records if each not in later)
    today = workspace.today

    def write_the_rest(conn: sqlite3.Connection) -> None:
        write_checked(conn, added(*later), today)
        if at_the_end is not None:
            at_the_end()

    try:
        workspace.do(
            f"Import {name}",
            (*added(*map(_as_draft, now)), *_submissions(now)),
            reason=reason,
            kind="import",
            freezing=True,
            also=write_the_rest,
        )
    except Refused as refused:
        problems = tuple(twins(workspace, records)) or refused.problems
        raise Refused(_placed(problems, records, where)) from refused


def _as_draft(item: Record) -> Record:
    """A submitted return as it was before: its lines, reasons and forecasts can then be written."""
    if isinstance(item, FunderReturn) and item.state.frozen:
        return replace(item, state=ReturnState.DRAFT, received_on=None)
    return item


def _submissions(records: Iterable[Record]) -> Iterator[Change]:
    for each in records:
        draft = _as_draft(each)
        if draft is not each:
            yield from edited(draft, each)


def _of_open_returns(records: Iterable[Record]) -> dict[Record, None]:
    """Returns that are drafts still, and what belongs to them: written last, since an award has one open return at a time."""
    found: dict[Record, None] = {}
    ids: set[int] = set()
    for each in records:
        if isinstance(each, FunderReturn) and not each.state.frozen:
            ids.add(each.id)
            found[each] = None
        elif any(
            column.refers_to == FunderReturn.__name__ and getattr(each, column.name) in ids
            for column in columns(type(each))
        ):
            found[each] = None
    return found


def _placed(problems: Sequence[Problem], records: tuple[Record, ...], where: Where) -> Iterator[Problem]:
    """A rule's refusal names the record: whoever imports has cells before them, not ids, and knows costs by their reference."""
    named = {(type(each).__name__, each.id): described(each) for each in records if key_of(type(each))}
    for problem in problems[:_MOST_REFUSALS]:
        cell, name = where(problem), named.get((problem.kind, problem.record_id or 0), "")
        place = f"{cell} ({name})" if cell and name else cell or name
        yield replace(problem, where=problem.where or place)
    if len(problems) > _MOST_REFUSALS:
        more = len(problems) - _MOST_REFUSALS
        yield Problem(
            message=f"There are {more:,} more problems than the {_MOST_REFUSALS:,} listed: mend these first."
        )


# Out: the whole programme


def export_programme(workspace: Workspace, path: Path, progress: Progress | None = None) -> int:
    """Every record as an import workbook: read into a new file, it gives the same records. How many there are."""
    from fundtracker.exports.workbook_writer import save_workbook

    _must_end(path, (".xlsx",))
    with workspace.database.reader() as conn:
        counts = {kind: workspace.lists.count(ListQuery(kind)) for kind in RECORDS}
        if not any(counts.values()):
            raise Refused(f"There is nothing in {workspace.path.name} to export yet.")
        sheets = [_programme_sheet(conn, kind) for kind, count in counts.items() if count]
        book = _book(workspace, "Programme", sheets)
        _atomically(path, lambda place: save_workbook(book, place, progress))
    return sum(counts.values())


def too_large_to_import(path: Path) -> str:
    """Why a workbook that was just written can't be imported again; "" where it can."""
    from fundtracker.imports.guard import examine

    try:
        examine(path)
    except Refused as refused:
        return str(refused)
    return ""


def _programme_sheet(conn: sqlite3.Connection, kind: type[Record]) -> Any:
    from fundtracker.exports.list_sheets import heading_of, sheet_of_rows
    from fundtracker.imports.workbook import sheet_name

    headings = [replace(heading_of(each, totalled=False), read=None) for each in columns(kind)]
    return sheet_of_rows(sheet_name(kind), headings, _programme_rows(conn, kind))


def _programme_rows(conn: sqlite3.Connection, kind: type[Record]) -> Iterator[list[Any]]:
    keys = {
        each.refers_to: repository.keys(conn, by_name(each.refers_to))
        for each in columns(kind)
        if each.refers_to
    }
    last = repository.next_id(conn, kind)
    for first in range(1, last, _CHUNK):
        condition, bound = f"{table_name(kind)}.id BETWEEN ? AND ?", (first, first + _CHUNK - 1)
        for item in repository.select_where(conn, kind, condition, bound):
            yield [_cell(each, getattr(item, each.name), keys) for each in columns(kind)]


def _cell(column: Column, value: Any, keys: Mapping[str, Mapping[int, str]]) -> Any:
    if value is None:
        return None
    return keys[column.refers_to][value] if column.refers_to else column.kind.cell(value)


# Out: a list as shown


def export_kind(workspace: Workspace, kind_words: str, path: Path) -> int:
    """All records of the kind that people call so ("costs", "award-lines", "Award line") to .xlsx, .csv or .pdf; how many."""
    return export_list(workspace, ListQuery(_kind_called(kind_words)), path)


def _kind_called(words: str) -> type[Record]:
    wanted = _plain(words)
    names = {_plain(name): kind for kind in RECORDS for name in (kind.__name__, singular(kind), plural(kind))}
    if wanted in names:
        return names[wanted]
    nearest = get_close_matches(wanted, list(names), n=1)
    hint = f" Did you mean {plural(names[nearest[0]]).lower().replace(' ', '-')}?" if nearest else ""
    known = ", ".join(plural(kind).lower().replace(" ", "-") for kind in RECORDS)
    raise Refused(
        f"There is no list called “{words}”.{hint} The lists are: {known}; or all, for the whole programme."
    )


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def export_list(
    workspace: Workspace,
    query: ListQuery,
    path: Path,
    progress: Progress | None = None,
    *,
    shown: Sequence[str] = (),
) -> int:
    """A list as shown, in its order and with its totals, to .xlsx, .csv or .pdf; how many rows. All of one moment.

    `shown` names its columns from left to right; all of them where it names none.
    """
    _must_end(path, _ENDINGS)
    write = {".xlsx": _write_sheet, ".csv": _write_csv, ".pdf": _write_pdf}[path.suffix.lower()]
    with workspace.database.reader():
        ids = workspace.lists.ids(query)
        listed = tuple(column_of(query.kind, name) for name in shown) or columns(query.kind)
        _atomically(path, lambda place: write(workspace, query, listed, ids, place, progress))
    return len(ids)


def _write_sheet(
    workspace: Workspace,
    query: ListQuery,
    listed: Sequence[Column],
    ids: Sequence[int],
    path: Path,
    progress: Progress | None,
) -> None:
    from fundtracker.exports.list_sheets import heading_of, sheet_of_rows
    from fundtracker.exports.workbook_writer import save_workbook

    headings = [replace(heading_of(each), read=None) for each in listed]
    title = plural(query.kind)
    sheet = sheet_of_rows(title, headings, _values(workspace, query.kind, listed, ids))
    save_workbook(_book(workspace, title, [sheet]), path, progress)


def _write_csv(
    workspace: Workspace,
    query: ListQuery,
    listed: Sequence[Column],
    ids: Sequence[int],
    path: Path,
    progress: Progress | None,
) -> None:
    from fundtracker.exports.csv_text import write_csv

    labels = [each.label for each in listed]
    write_csv(path, labels, _values(workspace, query.kind, listed, ids), progress)


def _write_pdf(
    workspace: Workspace,
    query: ListQuery,
    listed: Sequence[Column],
    ids: Sequence[int],
    path: Path,
    progress: Progress | None,
) -> None:
    """Columns that are empty all the way down are left out: a page is narrow."""
    from fundtracker.exports.pdf_cells import figure, short, total_row, words
    from fundtracker.exports.pdf_pages import Paper, Section, write_document
    from fundtracker.exports.pdf_table import TableFlow

    title = plural(query.kind)
    if len(ids) > _LONGEST_PDF:
        raise Refused(
            f"This list has {len(ids):,} rows, and a PDF takes at most {_LONGEST_PDF:,}: narrow the list, or export it to .xlsx or .csv."
        )
    rows = list(_values(workspace, query.kind, listed, ids))
    kept = [n for n in range(len(listed)) if not rows or any(row[n] is not None for row in rows)]
    shown = [listed[n] for n in kept]
    table = [
        figure(each.label, dash=False)
        if each.kind.right_aligned
        else words(each.label)
        if each.kind.name in {"text", "long text", "reference"}
        else short(each.label)
        for each in shown
    ]
    sums = {name: Money.read(text) for name, text in workspace.lists.totals(query).items()}
    body: list[Any] = [[row[n] for n in kept] for row in rows]
    summed: list[Any] = [sums.get(each.name) for each in shown]
    if rows and any(each is not None for each in summed):
        if None in summed:
            summed[summed.index(None)] = "Total"
        body.append(total_row(*summed))
    office = workspace.office
    paper = Paper(
        title=title,
        subject=f"{len(rows):,} {title.lower()}",
        author=office.name if office else "",
        marking=office.marking if office else "OFFICIAL",
    )
    section = Section(title=title, body=[TableFlow(table, body)], landscape=True)
    write_document(path, paper, [section], (lambda done, _of: progress(done)) if progress else None)


def _values(
    workspace: Workspace, kind: type[Record], listed: Sequence[Column], ids: Sequence[int]
) -> Iterator[list[Any]]:
    """The rows as shown, with money, numbers and days as what they are; references as people read them."""
    readers = [(columns(kind).index(each), _Reader(each)) for each in listed]
    for start in range(0, len(ids), _CHUNK):
        rows: list[Row] = workspace.lists.rows(kind, ids[start : start + _CHUNK])
        for _, texts in rows:
            yield [reader[texts[place]] for place, reader in readers]


_MOST_REMEMBERED = 20_000


class _Reader(dict[str, Any]):
    """What the texts of one column stand for; each different text is read once."""

    def __init__(self, column: Column) -> None:
        super().__init__({"": None})
        self._kind = column.kind

    def __missing__(self, text: str) -> Any:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
            self[""] = None
        if isinstance(self._kind, DateKind):
            value = read_date(text)
        elif isinstance(self._kind, (MoneyKind, Number, WholeNumber)):
            value = self._kind.read(text)
        else:
            value = text
        self[text] = value
        return value


# Both ways


def _book(workspace: Workspace, title: str, sheets: Sequence[Any]) -> Any:
    from fundtracker.exports.sheets import Book

    office = workspace.office
    return Book(
        title=title,
        office=office.name if office else "",
        marking=office.marking if office else "OFFICIAL",
        created=workspace.clock(),
        sheets=sheets,
    )


def _must_end(path: Path, endings: Sequence[str]) -> None:
    if path.suffix.lower() not in endings:
        wanted = " or ".join((", ".join(endings[:-1]), endings[-1])) if len(endings) > 1 else endings[0]
        raise Refused(f"“{path.name or path}” should end in {wanted}: that says how to write it.")


def _atomically(target: Path, write: Callable[[Path], None]) -> None:
    try:
        write_atomically(target, write)
    except CannotWrite as trouble:
        raise StorageTrouble(str(trouble)) from trouble
