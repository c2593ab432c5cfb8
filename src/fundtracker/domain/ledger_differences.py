"""What a listing would change of the ledger lines held: new, the same, changed, and no longer in it.

A line is known by its transaction number and by which one of that number's lines it is. Lines of one number are paired by what
they say before they are paired by their order, so that a listing sorted in another way changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.ledger_reading import LedgerReading, ReadLine, said_by


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line that isn't held yet, and which one of its transaction's lines it will be."""

    said: ReadLine
    line: int


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that the listing now says otherwise."""

    before: LedgerLine
    after: LedgerLine
    row: int


@dataclass(frozen=True, slots=True)
class LedgerDifferences:
    """`gone` are lines that the listing should hold, going by its days and codes, and doesn't; `recoded` pairs of a new line and one
    held, the same but for its code, of which the listing says nothing: a line posted to another code since, or another part.
    """

    new: tuple[NewLine, ...]
    same: int
    changed: tuple[ChangedLine, ...]
    gone: tuple[LedgerLine, ...]
    recoded: tuple[tuple[NewLine, LedgerLine], ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed


def compare(reading: LedgerReading, held: Iterable[LedgerLine]) -> LedgerDifferences:
    """The listing beside the lines held of the same layout."""
    ours: dict[str, list[LedgerLine]] = defaultdict(list)
    for line in held:
        ours[line.transaction_number].append(line)
    theirs: dict[str, list[ReadLine]] = defaultdict(list)
    for each in reading.lines:
        theirs[each.transaction].append(each)
    new: list[NewLine] = []
    changed: list[ChangedLine] = []
    same = 0
    for number, rows in theirs.items():
        pairs, left = _paired(rows, [each for each in ours[number] if _may_be_in(reading, each)])
        for said, line in pairs:
            if said.said == said_by(line):
                same += 1
            else:
                changed.append(ChangedLine(line, _as_said(line, said, reading.listing), said.row))
        last = max((each.line for each in ours[number]), default=0)
        new.extend(NewLine(said, last + n) for n, said in enumerate(left, 1))
        paired = {line.id for _, line in pairs}
        ours[number] = [each for each in ours[number] if each.id not in paired]
    left_over = [line for lines in ours.values() for line in lines]
    gone = (line for line in left_over if _should_be_in(reading, line))
    new.sort(key=lambda each: each.said.row)
    return LedgerDifferences(
        tuple(new),
        same,
        tuple(sorted(changed, key=lambda each: each.row)),
        tuple(sorted(gone, key=lambda each: (each.posted_on, each.id))),
        tuple(_recoded(reading, new, left_over)),
    )


def _recoded(
    reading: LedgerReading, new: Iterable[NewLine], left_over: Iterable[LedgerLine]
) -> Iterator[tuple[NewLine, LedgerLine]]:
    elsewhere = {
        _but_for_its_code(line.transaction_number, line): line
        for line in left_over
        if not line.set_aside and not _may_be_in(reading, line)
    }
    for each in new:
        line = elsewhere.pop(_but_for_its_code(each.said.transaction, each.said), None)
        if line is not None:
            yield each, line


def _but_for_its_code(number: str, line: ReadLine | LedgerLine) -> Hashable:
    """A fingerprint in the place of a number holds the code too."""
    texts = (line.supplier, line.invoice_number, line.description)
    return "" if number.startswith("#") else number, line.posted_on, *texts, line.amount


_NEARNESS: tuple[Callable[[Any], Hashable], ...] = (
    said_by,
    lambda line: (line.code, line.amount, line.description),
    lambda line: (line.code, line.amount),
    lambda line: line.amount,
    lambda line: (line.code, line.description, line.invoice_number),
    lambda _: None,
)
"""How lines of one number are told apart, the surest first; at last by their order alone."""


def _paired(
    rows: Sequence[ReadLine], lines: Sequence[LedgerLine]
) -> tuple[list[tuple[ReadLine, LedgerLine]], list[ReadLine]]:
    """The rows that are lines held, and the rows that are new."""
    pairs: list[tuple[ReadLine, LedgerLine]] = []
    left = list(rows)
    waiting: list[LedgerLine] = sorted(lines, key=lambda each: each.line)
    for nearness in _NEARNESS:
        if not waiting or not left:
            break
        by_key: dict[Hashable, list[LedgerLine]] = defaultdict(list)
        for line in reversed(waiting):
            by_key[nearness(line)].append(line)
        unpaired: list[ReadLine] = []
        for row in left:
            found = by_key.get(nearness(row))
            if found:
                pairs.append((row, found.pop()))
            else:
                unpaired.append(row)
        taken = {line.id for _, line in pairs}
        left, waiting = unpaired, [each for each in waiting if each.id not in taken]
    return pairs, left


def _may_be_in(reading: LedgerReading, line: LedgerLine) -> bool:
    """A listing of some codes says nothing of the lines of another."""
    return not reading.layout.code_heading or line.code in reading.codes


def _should_be_in(reading: LedgerReading, line: LedgerLine) -> bool:
    span = reading.span
    return span is not None and span[0] <= line.posted_on <= span[1] and _may_be_in(reading, line)


def _as_said(line: LedgerLine, said: ReadLine, listing: str) -> LedgerLine:
    return replace(
        line,
        posted_on=said.posted_on,
        code=said.code,
        supplier=said.supplier,
        invoice_number=said.invoice_number,
        description=said.description,
        amount=said.amount,
        listing=listing,
    )
