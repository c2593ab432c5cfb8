"""A list as a sheet: headings from the records' own columns, frozen, filtered, with a total that follows the filter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fundtracker.domain.columns import Column as RecordColumn
from fundtracker.domain.kinds import DateKind, Kind, LongText, MoneyKind, Number, WholeNumber
from fundtracker.exports.sheets import Block, Cell, Column, Row, Sheet, Subtotals, Value, sheet_name_of
from fundtracker.exports.styles import Look, Show, Style

_SHOWS: tuple[tuple[type[Kind], Show], ...] = (
    (MoneyKind, Show.MONEY),
    (DateKind, Show.DATE),
    (WholeNumber, Show.COUNT),
    (Number, Show.NUMBER),
    (LongText, Show.WRAPPED),
)
_WIDEST_LIST_ON_PORTRAIT = 100
_HEADING_HEIGHT, _NOTE_HEIGHT = 32, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One column of a list: its heading with a note, and how its values are read and shown (see sheets.Column)."""

    label: str
    show: Show = Show.TEXT
    width: float = 16
    note: str = ""
    totalled: bool = False
    pence: bool = False
    read: Callable[[Any], Value] | None = None


def heading_of(column: RecordColumn, *, kept: bool = False, totalled: bool | None = None) -> Heading:
    """A record's column as a heading; `kept` where the rows hold what the database keeps. Money is totalled unless said.

    A reference has no words of its own: its rows are to hold the human reference, kept or not.
    """
    kind = column.kind
    money = isinstance(kind, MoneyKind)
    refers = column.refers_to is not None
    return Heading(
        label=column.label,
        show=show_of_kind(kind),
        width=max(kind.width, min(24, len(column.label) + 2)),
        note=column.help,
        totalled=money if totalled is None else totalled,
        pence=money and kept,
        read=None if refers or money or type(kind) in {Kind, LongText} else partial(_read, kind, kept=kept),
    )


def show_of_kind(kind: Kind) -> Show:
    """How a kind's values are shown in a cell."""
    return next((show for each, show in _SHOWS if isinstance(kind, each)), Show.TEXT)


def _read(kind: Kind, found: Any, *, kept: bool) -> Value:
    return kind.cell(kind.recall(found) if kept else found)


def sheet_of_rows(
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Any]],
    *,
    preface: Sequence[str] = (),
    draft: bool = False,
) -> Sheet:
    """A sheet of one list; `rows` may be an iterator, and is then read as it is written.

    Without a preface the headings are in row 1. `preface` lines stand above them: the first as a title, others as notes.
    """
    landscape = sum(heading.width for heading in headings) > _WIDEST_LIST_ON_PORTRAIT
    sheet = Sheet(
        name=sheet_name_of(title), widths=[heading.width for heading in headings], landscape=landscape
    )
    if draft:
        add_draft_banner(sheet, len(headings))
    for n, line in enumerate(preface):
        sheet.add(line, look=Look.NOTE if n else Look.TITLE, height=_NOTE_HEIGHT if n else 26)
    heading_row = sheet.add(
        *(Cell(each.label, Style(Look.FILTER_HEADING, each.show), note=each.note) for each in headings),
        look=Look.FILTER_HEADING,
        height=_HEADING_HEIGHT,
    )
    sheet.frozen_rows, sheet.frozen_columns = heading_row, 1
    sheet.title_rows = (heading_row, heading_row)
    block = Block([_column(each) for each in headings], rows)
    sheet.body.append(block)
    sheet.filter = block
    if any(each.totalled for each in headings):
        sheet.body.append(Subtotals(block, "Total of the rows shown"))
    return sheet


def add_draft_banner(sheet: Sheet, columns: int) -> None:
    """A red row that says DRAFT, as wide as the sheet."""
    text = "DRAFT: not submitted, and figures may still change"
    cells = [text if n == 0 else None for n in range(max(1, columns))]
    sheet.body.append(Row(cells, Look.DRAFT, height=22))


def _column(heading: Heading) -> Column:
    return Column(
        style=Style(Look.BODY, heading.show),
        pence=heading.pence,
        read=heading.read,
        totalled=heading.totalled,
    )
