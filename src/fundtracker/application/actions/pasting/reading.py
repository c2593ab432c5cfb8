"""A block copied from a spreadsheet as proposed records and changes of any kind: read, corrected, and kept all or nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from fundtracker.application.actions.pasting.block import (
    BlockRow,
    Fields,
    Pasted,
)
from fundtracker.application.actions.pasting.rows import BlockReader
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, columns
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.money import total
from fundtracker.domain.problems import Refused
from fundtracker.imports.block_text import cells_of, fields_named
from fundtracker.storage.stopping import Progress

MOST_ROWS = 50_000


def read_block(
    workspace: Workspace,
    kind: type[Record],
    text: str,
    shown: tuple[Column, ...],
    at: int | None,
    known: Mapping[str, Any],
    progress: Progress | None = None,
) -> Pasted:
    """The block in `text`. Its columns go by their headings; without, by position from column `at` of those `shown`.

    `known` are values fixed by the list's place: {"intervention_id": 3} in an intervention's costs. Refused where there is
    nothing in it, or too much.
    """
    rows = tuple(
        BlockRow(number, tuple(cells))
        for number, cells in enumerate(cells_of(text), 1)
        if any(cell[:1].isalnum() or clean_text(cell) for cell in cells)
    )
    if not rows:
        raise Refused("There is nothing to paste: copy some rows in your spreadsheet first.")
    width = max(len(row.cells) for row in rows)
    block = tuple(_widened(row, width) for row in rows)
    names = {name: value for name, value in known.items() if "." not in name}
    named = fields_named(block[0].cells, columns(kind))
    many_rows = len(rows) - (named is not None)
    if many_rows > MOST_ROWS:
        raise Refused(
            f"This block has {many_rows:,} rows; at most {MOST_ROWS:,} can be pasted at once: copy fewer, or import the workbook."
        )
    fields = named or _by_position(kind, shown, at, width)
    return _read(
        workspace,
        kind,
        block,
        fields,
        headings=named is not None,
        known=names,
        shown=shown,
        at=at,
        progress=progress,
    )


def read_again(
    workspace: Workspace,
    pasted: Pasted,
    *,
    cells: Mapping[tuple[int, int], str] | None = None,
    fields: Fields | None = None,
    headings: bool | None = None,
    without: Iterable[int] = (),
    progress: Progress | None = None,
) -> Pasted:
    """The same block with other texts in some cells (by row number and column), other fields, or without some rows."""
    gone = frozenset(without)
    block = tuple(row for row in pasted.block if row.number not in gone)
    if cells:
        by_row: dict[int, dict[int, str]] = {}
        for (number, place), text in cells.items():
            by_row.setdefault(number, {})[place] = text
        block = tuple(_corrected(row, by_row[row.number]) if row.number in by_row else row for row in block)
    if headings is not None and headings != pasted.headings and block:
        width = len(block[0].cells)
        named = fields_named(block[0].cells, columns(pasted.kind)) if headings else None
        fields = named or _by_position(pasted.kind, pasted.shown, pasted.at, width)
    return _read(
        workspace,
        pasted.kind,
        block,
        pasted.fields if fields is None else _for_all(fields, pasted.fields),
        headings=pasted.headings if headings is None else headings,
        known=pasted.known,
        shown=pasted.shown,
        at=pasted.at,
        progress=progress,
    )


def _for_all(fields: Fields, before: Fields) -> Fields:
    """Fields that were told before the block got more columns: these keep theirs, but for one that another column has now."""
    return (*fields, *(None if name in fields else name for name in before[len(fields) :]))


def _widened(row: BlockRow, width: int) -> BlockRow:
    return BlockRow(row.number, (*row.cells, *[""] * (width - len(row.cells))))


def _corrected(row: BlockRow, texts: Mapping[int, str]) -> BlockRow:
    return BlockRow(row.number, tuple(texts.get(place, cell) for place, cell in enumerate(row.cells)))


def _by_position(kind: type[Record], shown: tuple[Column, ...], at: int | None, width: int) -> Fields:
    """From the column under the cursor on; without a cursor from the first, but not a reference that the program gives."""
    first = at if at is not None else int(bool(shown) and shown[0].key and bool(kind.reference_prefix))
    names = [each.name for each in shown[first : first + width]]
    return (*names, *[None] * (width - len(names)))


def _read(
    workspace: Workspace,
    kind: type[Record],
    block: tuple[BlockRow, ...],
    fields: Fields,
    *,
    headings: bool,
    known: Mapping[str, Any],
    shown: tuple[Column, ...],
    at: int | None,
    progress: Progress | None,
) -> Pasted:
    work = BlockReader(workspace, kind, known, headings)
    block, fields = work.completed(*_trimmed(block, fields))
    rows = work.rows(block, fields, progress)
    found = Pasted(
        kind=kind,
        block=block,
        headings=headings,
        fields=fields,
        known=known,
        shown=shown,
        at=at,
        rows=rows,
        problems=tuple(sorted(work.problems, key=lambda each: each.row)),
        sums={name: total(work.amounts[name]) for name in work.amounts},
        unread={name: len(rows) - len(found) - work.empty[name] for name, found in work.amounts.items()},
    )
    return found.counted()


def _trimmed(block: tuple[BlockRow, ...], fields: Fields) -> tuple[tuple[BlockRow, ...], Fields]:
    """Without columns that hold nothing and go nowhere."""
    kept = [n for n, name in enumerate(fields) if name or any(row.cells[n].strip() for row in block)]
    if len(kept) == len(fields):
        return block, fields
    return (
        tuple(BlockRow(row.number, tuple(row.cells[n] for n in kept)) for row in block),
        tuple(fields[n] for n in kept),
    )
