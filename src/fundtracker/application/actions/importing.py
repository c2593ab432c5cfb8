"""Records in from a workbook: the import template, what a workbook proposes, and the import, all or nothing."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fundtracker.application.actions.repeated import alike, same_costs
from fundtracker.application.actions.twins import twins
from fundtracker.application.actions.unsound import unsound_returns
from fundtracker.application.actions.written import Progress, must_end, write_to
from fundtracker.application.workspace import Workspace, numbered
from fundtracker.application.writing import write_checked
from fundtracker.domain.changes import Change, added, edited
from fundtracker.domain.columns import (
    Record,
    column_of,
    columns,
    described,
    key_of,
    plural,
    table_name,
)
from fundtracker.domain.costs import Cost
from fundtracker.domain.problems import Problem, Refused, Severity, errors
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.storage import repository

Where = Callable[[Problem], str]
"""The cell of a workbook that a problem is about; "" where it is about none."""
_MOST_WARNINGS = 50
_MOST_REFUSALS = 1_000


def write_import_template(path: Path) -> None:
    """The empty import workbook at `path`."""
    from fundtracker.imports.template import write_template

    must_end(path, (".xlsx",))
    write_to(path, write_template)


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
    odd = (
        ()
        if found.errors
        else (replace(each, where=where(each)) for each in _repeated(workspace, found.records, where))
    )
    problems = (*found.problems, *_placed(wrong, found.records, where), *odd)
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


def _repeated(workspace: Workspace, records: Sequence[Record], where: Where) -> Iterator[Problem]:
    """A warning for each row that looks as if it were entered already. What differs from row to row is quoted: so many rows are
    put together in a list.
    """
    said: set[int] = set()
    for kind, items in _without_own_names(records).items():
        names = [each.name for each in columns(kind) if not each.key]
        for each in alike(workspace, kind, items, names):
            if each.held is not None:
                said |= {each.item.id} if kind is Cost else set()
                twin = f"“{each.held_name}” in the file" if key_of(kind) else each.held_name
                message = f"This says the same as {twin}: delete the row if it was entered already."
                yield _warning(each.item, "", message)
    for each in same_costs(workspace, [item for item in records if isinstance(item, Cost)]):
        if each.item.id in said:
            continue
        twin = f"“{each.held_name}” in the file"
        if each.held is None and each.above is not None:
            twin = f"“{where(_warning(each.above, '', ''))}” of this workbook"
        reason = column_of(Cost, "duplicate_reason")
        message = f"This is the same cost as {twin}, with its supplier, invoice no. and sum: delete the row, or write in the column {reason.label} why it isn't."
        yield _warning(each.item, reason.name, message)


def _without_own_names(records: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """By kind, where nothing else tells that a record came a second time: the program gives its reference, or it has none, and the
    file takes more than one of the sort.
    """
    from fundtracker.storage.tables import UNIQUE  # SQLAlchemy comes with it

    found: dict[type[Record], list[Record]] = {}
    for each in records:
        kind = type(each)
        named = key_of(kind) is not None and not kind.reference_prefix
        if not named and table_name(kind) not in UNIQUE:
            found.setdefault(kind, []).append(each)
    return found


def _warning(item: Record, column: str, message: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        kind=type(item).__name__,
        record_id=item.id,
        column=column,
        message=message,
    )


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
    """A submitted return as it was before, without what its later steps wrote: its lines, reasons and forecasts can then be written."""
    if not isinstance(item, FunderReturn) or not item.state.frozen:
        return item
    later = {each.name: each.default for each in columns(FunderReturn) if each.step}
    return replace(item, **later | {"state": ReturnState.DRAFT})


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
