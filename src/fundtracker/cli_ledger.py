"""The commands of the finance ledger: ledger and tie-out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from fundtracker.application.workspace import Workspace
from fundtracker.cli_output import File, out, say
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import total
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Refused

_SHOWN, _SURE = 20, 95


def ledger(
    file: File,
    listing: Annotated[
        Path,
        typer.Argument(metavar="LISTING", help="The finance system's listing: .xlsx or .csv", readable=False),
    ],
    layout: Annotated[
        str,
        typer.Option(
            "--layout",
            metavar="NAME",
            help="How its columns are read; learnt from its headings where no layout has this name",
        ),
    ] = "",
) -> None:
    """Take the lines of a finance LISTING into FILE: the same listing twice adds nothing, a longer one the difference."""
    with Workspace.open(file) as workspace:
        _take(workspace, listing, layout)


def tie_out(
    file: File,
    award: Annotated[str, typer.Argument(metavar="AWARD", help="The award's reference, such as SSF5-VAWG")],
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The quarter, such as 2024-25-Q2")],
    path: Annotated[
        Path,
        typer.Option("--out", metavar="PATH", help="Where to write the workbook (.xlsx)", readable=False),
    ],
) -> None:
    """Write how a quarter's return, its payments and the finance ledger agree, and by name what stands between them."""
    from fundtracker.application.actions.tie_out import write_tie_out

    with Workspace.open(file) as workspace:
        tied = write_tie_out(workspace, award, Quarter.read(period), path)
    said = "ties" if tied.ties else "does not tie: its differences are marked"
    out.print(f"The tie-out of {tied.book.award.reference} for {tied.quarter} {said}. It is in {path}.")
    for words, items in (
        ("reported by a partner but not ours yet", tied.reported),
        ("paid in advance but unspent", tied.in_advance),
        ("in the ledger but in no return", tied.unreturned),
    ):
        if items:
            out.print(f"  {total(each.amount for each in items).in_full} {words} ({len(items):,})")
    raise typer.Exit(say(tied.problems))


def _take(workspace: Workspace, path: Path, name: str) -> None:
    from fundtracker.application.actions.ledger.suggesting import suggestions
    from fundtracker.application.actions.ledger.taking import (
        layout_for,
        open_listing,
        propose_listing,
        take_listing,
    )

    found = open_listing(path)
    proposed = propose_listing(workspace, found, layout_for(workspace, found, name))
    if proposed.errors:
        raise Refused(proposed.problems)
    done = take_listing(workspace, proposed)
    learnt = " (learnt from its headings)" if proposed.layout_is_new else ""
    out.print(f"{path.name}, read by the layout “{done.layout.name}”{learnt}:")
    out.print(
        f"  {len(done.new):,} new, {done.same:,} the same, {len(done.changed):,} changed, {len(done.gone):,} no longer in it"
    )
    for label, lines in (
        ("Changed", tuple(map(str, done.changed))),
        ("No longer in it", tuple(_gone(done.gone))),
    ):
        for each in lines[:_SHOWN]:
            out.print(f"  {label}: {each}")
        if len(lines) > _SHOWN:
            out.print(f"  {label}: and {len(lines) - _SHOWN:,} more")
    ready = suggestions(workspace)
    sure = sum(each.confidence >= _SURE for each in ready)
    out.print(
        f"  {len(ready):,} lines may be matched, {sure:,} of them at {_SURE}% or more: nothing is matched until somebody agrees."
    )
    say(done.problems)


def _gone(lines: Iterable[LedgerLine]) -> Iterator[str]:
    for each in lines:
        yield f"{each.reference}, {short_date(each.posted_on)}, {each.supplier or each.description}, {each.amount.in_full}"
