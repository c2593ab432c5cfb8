"""Any list out, as it is shown: to a workbook, to comma-separated text, to a PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from fundtracker.application.actions.written import Progress, book_of, must_end, write_to
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import (
    Column,
    Record,
    column_of,
    columns,
    plural,
    singular,
)
from fundtracker.domain.kinds import DateKind, MoneyKind, Number, WholeNumber
from fundtracker.domain.money import Money
from fundtracker.domain.periods import read_date
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.storage.queries import ListQuery, Row

_CHUNK = 500
_LONGEST_PDF = 20_000
"""Rows: some hundreds of pages, which nobody prints."""
_LONGEST_CODE = 24
"""Letters."""
_MANY = 10
"""Columns: a list with more of them has small letters on paper, or its texts would run over lines of a word or two."""
_SMALL = 6.5
"""Points."""
_ENDINGS = (".xlsx", ".csv", ".pdf")


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
    told: str = "",
) -> int:
    """A list as shown, in its order and with its totals, to .xlsx, .csv or .pdf; how many rows. All of one moment.

    `shown` names its columns from left to right; all of them where it names none. `told`: what it is narrowed to, in words, for paper.
    """
    must_end(path, _ENDINGS)
    on_paper = partial(_write_pdf, told=told)
    write = {".xlsx": _write_sheet, ".csv": _write_csv, ".pdf": on_paper}[path.suffix.lower()]
    with workspace.database.reader():
        ids = workspace.lists.ids(query)
        listed = tuple(column_of(query.kind, name) for name in shown) or columns(query.kind)
        write_to(path, lambda place: write(workspace, query, listed, ids, place, progress))
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

    sums = workspace.lists.totals(query)
    headings = [replace(heading_of(each, totalled=each.name in sums), read=None) for each in listed]
    title = plural(query.kind)
    sheet = sheet_of_rows(title, headings, _values(workspace, query.kind, listed, ids))
    save_workbook(book_of(workspace, title, [sheet]), path, progress)


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
    told: str,
) -> None:
    """Columns that are empty all the way down are left out: a page is narrow. Where A4 is too narrow still, the pages are A3."""
    from fundtracker.exports.pdf_cells import figure, short, total_row, words
    from fundtracker.exports.pdf_layout import SIZES, crowded
    from fundtracker.exports.pdf_pages import LYING, Paper, Section, write_document
    from fundtracker.exports.pdf_table import TableFlow
    from fundtracker.exports.pdf_text import NOTE, para

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
        else words(each.label, _weight(row[n] for row in rows))
        if each.kind.name in {"text", "long text", "choice", "reference"}
        and not _single_words(row[n] for row in rows)
        else short(each.label)
        for n, each in zip(kept, shown, strict=True)
    ]
    body: list[Any] = [[row[n] for n in kept] for row in rows]
    for label, sums in _sums(workspace, query) if rows else ():
        summed: list[Any] = [sums.get(each.name) for each in shown]
        if any(each is not None for each in summed):
            if None in summed:
                summed[summed.index(None)] = label
            body.append(total_row(*summed))
    office = workspace.office
    paper = Paper(
        title=title,
        subject=f"{len(rows):,} {title.lower()}",
        author=office.name if office else "",
        marking=office.marking if office else "OFFICIAL",
        banner=office.demonstration if office else "",
    )
    letters = _SMALL if len(table) > _MANY else SIZES[0]
    section = Section(
        title=title,
        body=[*([para(told, NOTE)] if told else []), TableFlow(table, body, largest=letters)],
        landscape=True,
        large=crowded(table, body, LYING),
    )
    write_document(path, paper, [section], (lambda done, _of: progress(done)) if progress else None)


def _sums(workspace: Workspace, query: ListQuery) -> Iterator[tuple[str, dict[str, Money]]]:
    """The totals of a list: one for all of it, or one of each financial year."""
    whole = workspace.lists.totals(query)
    if whole:
        yield "Total", {name: Money.read(text) for name, text in whole.items()}
        return
    by_year = workspace.lists.totals_by_year(query)
    for year in dict.fromkeys(year for sums in by_year.values() for year in sums):
        yield f"Total {year}", {name: Money.read(sums[year]) for name, sums in by_year.items()}


def _single_words(texts: Iterable[str | None]) -> bool:
    """Whether all of them are references, codes and the like, which are not broken over lines."""
    return all(text is None or (" " not in text and len(text) <= _LONGEST_CODE) for text in texts)


def _weight(texts: Iterable[str | None]) -> float:
    """What a column of texts needs of the page's width beside others, which grows more slowly than its texts: they wrap.

    A row is as high as its longest cell, so long texts count, and empty ones don't: these weights make the sum of the cubes of
    all cells' lines least.
    """
    return max(fmean([len(text or "") ** 3 for text in texts]), 1.0) ** 0.25


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
