"""A finance system's listing into the file: what it would change (nothing is written), and taking it, in one entry of the history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fundtracker.application.workspace import Workspace, numbered
from fundtracker.domain.changes import Change, ChangeSet, added, edited, removed
from fundtracker.domain.columns import column_of, columns
from fundtracker.domain.ledger import LedgerLayout, LedgerLayoutId, LedgerLine, LedgerLineId, LedgerMatch
from fundtracker.domain.ledger_differences import ChangedLine, LedgerDifferences, NewLine, compare
from fundtracker.domain.ledger_layouts import Guess, guess_layout, lacking, place_layout
from fundtracker.domain.ledger_listing import Listing
from fundtracker.domain.ledger_reading import SAID_BY_A_LINE, LedgerReading, read_listing
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.problems import Problem, Refused, Severity, errors
from fundtracker.storage import repository
from fundtracker.storage.stopping import Progress

_STEP = 1_000
_MOST_SAID = 50


@dataclass(frozen=True, slots=True)
class MatchMoved:
    """A match whose line's amount has changed: what it said, and what it says now; None where it can't stand."""

    match: LedgerMatch
    after: LedgerMatch | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that the listing now says otherwise: field by field (label, was, is), and what becomes of its matches."""

    before: LedgerLine
    after: LedgerLine
    row: int
    fields: tuple[tuple[str, str, str], ...]
    matches: tuple[LedgerMatch, ...]
    moved: tuple[MatchMoved, ...]

    def __str__(self) -> str:
        said = "; ".join(
            f"{label.lower()} was {was or 'empty'}, is {now or 'empty'}" for label, was, now in self.fields
        )
        matched = (
            f" It is matched: {len(self.matches)} in all, {len(self.moved)} to adjust."
            if self.matches
            else ""
        )
        return f"{self.before.reference} (row {self.row}): {said}.{matched}"


@dataclass(frozen=True, slots=True)
class ProposedListing:
    """What a listing would change. `new` lines have no id or reference yet: they are given when it is taken."""

    layout: LedgerLayout
    layout_is_new: bool
    reading: LedgerReading
    new: tuple[LedgerLine, ...]
    same: int
    changed: tuple[LineChange, ...]
    gone: tuple[LedgerLine, ...]
    gone_matched: frozenset[int]
    """Ids of lines no longer in the listing that are matched, or set aside."""

    recoded: tuple[tuple[LedgerLine, str, str], ...]
    """Lines held under a code that the listing doesn't have: the line, and the row and code of a new line that is the same."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of its rows, and lines that may have been posted to another code since."""
        return (*self.reading.problems, *(_posted_elsewhere(*each) for each in self.recoded))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be taken."""
        return errors(self.reading.problems)

    @property
    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "same": self.same, "changed": len(self.changed), "gone": len(self.gone)}


def open_listing(path: Path) -> Listing:
    """The rows of a listing, to point at. Refused where it can't be read."""
    from fundtracker.imports.listing import read_listing_file

    return read_listing_file(path)


def layout_for(workspace: Workspace, listing: Listing, name: str = "") -> LedgerLayout:
    """The layout called `name`; without a name the one whose headings the listing has; else a guess, not yet kept (its id is 0).

    Refused where nothing fits, saying what must be pointed at.
    """
    held = workspace.find(LedgerLayout, name) if name else None
    if held is not None:
        return held
    if not name:
        fitting = layouts_fitting(workspace, listing)
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            names = ", ".join(f"“{each.name}”" for each in fitting)
            raise Refused(f"“{listing.name}” fits {len(fitting)} layouts ({names}): say which one it is.")
    guess = guess_layout(listing)
    if guess is None:
        raise Refused(
            f"“{listing.name}” has no row of headings that is known: point at the row and its columns."
        )
    return layout_of(guess, name or Path(listing.name).stem)


def layouts_fitting(workspace: Workspace, listing: Listing) -> tuple[LedgerLayout, ...]:
    """The layouts kept whose headings the listing has."""
    return tuple(each for each in workspace.select(LedgerLayout) if _fits(listing, each))


def _fits(listing: Listing, layout: LedgerLayout) -> bool:
    try:
        place_layout(listing, layout)
    except Refused:
        return False
    return True


def layout_of(guess: Guess, name: str, **pointed: Any) -> LedgerLayout:
    """A layout from a guess and what was pointed at since (fields by name, "" for a column it hasn't); not yet kept."""
    values: Mapping[str, Any] = {**guess.values, **pointed}
    if need := lacking(values):
        known = ", ".join(f"“{each}”" for each in guess.headings[:12])
        raise Refused(f"The headings ({known}) don't say {need}: point at it.")
    return LedgerLayout(id=LedgerLayoutId(0), name=name, **values)


def propose_listing(
    workspace: Workspace,
    listing: Path | Listing,
    layout: LedgerLayout | None = None,
    progress: Progress | None = None,
) -> ProposedListing:
    """What taking the listing would change; nothing is written. Problems with its rows are in the answer, each with its place."""
    if isinstance(listing, Path):
        _tell(progress, "Reading the listing")
        listing = open_listing(listing)
    layout = layout or layout_for(workspace, listing)
    _tell(progress, "Reading its lines")
    return _proposed(workspace, read_listing(listing, layout), progress)


def _tell(progress: Progress | None, what: str) -> None:
    if progress is not None:
        progress(what, 0, 0)


def _proposed(workspace: Workspace, reading: LedgerReading, progress: Progress | None) -> ProposedListing:
    _tell(progress, "Comparing it with the lines held")
    layout = reading.layout
    with workspace.database.reader() as conn:
        held = repository.select(conn, LedgerLine, {"layout_id": layout.id}) if layout.id else ()
        matches = repository.select(conn, LedgerMatch, {"line_id.layout_id": layout.id}) if layout.id else ()
    by_line: dict[int, list[LedgerMatch]] = {}
    for each in matches:
        by_line.setdefault(each.line_id, []).append(each)
    found = compare(reading, held)
    return ProposedListing(
        layout=layout,
        layout_is_new=not layout.id,
        reading=reading,
        new=tuple(_new_lines(reading, found)),
        same=found.same,
        changed=tuple(_line_change(each, by_line.get(each.before.id, [])) for each in found.changed),
        gone=found.gone,
        gone_matched=frozenset(each.id for each in found.gone if each.id in by_line or each.set_aside),
        recoded=tuple((line, _row(reading, each), each.said.code) for each, line in found.recoded),
    )


def _row(reading: LedgerReading, new: NewLine) -> str:
    return ", ".join(filter(None, (reading.sheet, f"row {new.said.row}")))


def _posted_elsewhere(line: LedgerLine, where: str, code: str) -> Problem:
    return Problem(
        kind=LedgerLine.__name__,
        severity=Severity.WARNING,
        where=where,
        message=f"{line.reference} is held already, the same but for its code, {line.code or 'none'} instead of {code or 'none'}; this listing has no line "
        f"of that code. If it was moved, set {line.reference} aside once this is taken, or it counts twice.",
    )


def _new_lines(reading: LedgerReading, found: LedgerDifferences) -> Iterator[LedgerLine]:
    for each in found.new:
        said = each.said
        yield LedgerLine(
            id=LedgerLineId(0),
            reference="",
            layout_id=reading.layout.id,
            transaction_number=said.transaction,
            line=each.line,
            posted_on=said.posted_on,
            code=said.code,
            supplier=said.supplier,
            invoice_number=said.invoice_number,
            description=said.description,
            amount=said.amount,
            listing=reading.listing,
        )


def _line_change(change: ChangedLine, matches: list[LedgerMatch]) -> LineChange:
    fields = tuple(
        (column.label, column.kind.show(was), column.kind.show(now))
        for column in columns(LedgerLine)
        if column.name in SAID_BY_A_LINE
        and (was := getattr(change.before, column.name)) != (now := getattr(change.after, column.name))
    )
    moved = tuple(_moved(change.after.amount, matches))
    return LineChange(change.before, change.after, change.row, fields, tuple(matches), moved)


def _moved(amount: Money, matches: list[LedgerMatch]) -> Iterator[MatchMoved]:
    """The matches that no longer fit a line's new amount: lowered from the last one on; none may turn its sign."""
    over = abs(total(each.amount for each in matches)) - abs(amount)
    for each in reversed(matches):
        if not amount or (each.amount < ZERO) != (amount < ZERO):
            yield MatchMoved(each, None)
        elif over > ZERO:
            taken = min(over, abs(each.amount))
            over -= taken
            rest = each.amount + taken if each.amount < ZERO else each.amount - taken
            yield MatchMoved(each, replace(each, amount=rest) if rest else None)


def take_listing(
    workspace: Workspace,
    proposed: ProposedListing,
    *,
    drop_gone: bool = False,
    progress: Progress | None = None,
) -> ProposedListing:
    """Write what the listing changes, in one entry of the history; what was written. The same listing twice adds nothing.

    What changed in the file since the preview is taken into account. Lines no longer in the listing stay, unless `drop_gone`: then
    those with no match that aren't set aside go. Refused where rows of the listing can't be read.
    """
    if proposed.errors:
        raise Refused(proposed.problems)
    now = _proposed(
        workspace, replace(proposed.reading, layout=_held_layout(workspace, proposed.layout)), progress
    )
    changes = tuple(_changes(workspace, now, progress, drop_gone=drop_gone))
    if changes:
        _tell(progress, "Writing")
        workspace.do(_title(now), changes, reason=_said(now), kind="import")
    return now


def _held_layout(workspace: Workspace, layout: LedgerLayout) -> LedgerLayout:
    """As it is kept by now: somebody may have taken the listing since the preview."""
    return workspace.find(LedgerLayout, layout.name) or layout if not layout.id else layout


def _changes(
    workspace: Workspace, proposed: ProposedListing, progress: Progress | None, *, drop_gone: bool
) -> Iterator[Change]:
    layout = proposed.layout
    if not proposed.new and not proposed.changed and not (drop_gone and proposed.gone):
        return
    if not layout.id:
        layout = replace(layout, id=LedgerLayoutId(workspace.new_id(LedgerLayout)))
        yield from added(layout)
    yield from _added(workspace, proposed, layout, progress)
    for change in proposed.changed:
        for moved in change.moved:
            yield from edited(moved.match, moved.after) if moved.after else removed(moved.match)
        yield from edited(change.before, change.after)
    if drop_gone:
        yield from removed(*(each for each in proposed.gone if each.id not in proposed.gone_matched))


def _added(
    workspace: Workspace, proposed: ProposedListing, layout: LedgerLayout, progress: Progress | None
) -> Iterator[Change]:
    with workspace.database.reader() as conn:
        taken = set(repository.keys(conn, LedgerLine).values())
        first = repository.next_id(conn, LedgerLine)
    number = first
    for done, line in enumerate(proposed.new):
        if progress is not None and done % _STEP == 0:
            progress("Preparing the new lines", done, len(proposed.new))
        while (reference := numbered(LedgerLine, number)) in taken:
            number += 1
        number += 1
        yield Change(
            None, replace(line, id=LedgerLineId(first + done), reference=reference, layout_id=layout.id)
        )


def _title(proposed: ProposedListing) -> str:
    counts = [(len(proposed.new), "new"), (len(proposed.changed), "changed")]
    said = ", ".join(f"{many:,} {word}" for many, word in counts if many) or "lines no longer in it taken out"
    return f"Take the ledger listing {proposed.reading.listing}: {said}"


def _said(proposed: ProposedListing) -> str:
    """What changed, and what was odd and still read: kept with the entry."""
    said = [*map(str, proposed.changed), *map(str, proposed.problems)]
    more = [f"And {len(said) - _MOST_SAID:,} more."] if len(said) > _MOST_SAID else []
    return "\n".join(said[:_MOST_SAID] + more)


def keep_layout(workspace: Workspace, layout: LedgerLayout) -> LedgerLayout:
    """Keep a layout that was pointed out, new or corrected; under a name that is taken it replaces what was held."""
    held = workspace.find(LedgerLayout, layout.name)
    if held is None:
        kept = replace(layout, id=LedgerLayoutId(workspace.new_id(LedgerLayout)))
        changes: ChangeSet = added(kept)
    else:
        kept = replace(layout, id=held.id, version=held.version)
        if kept == held:
            return held
        changes = edited(held, kept)
    label = column_of(LedgerLayout, "name").kind.show(kept.name)
    workspace.do(f"Learn the ledger layout {label}", changes)
    return workspace.get(LedgerLayout, kept.id)
