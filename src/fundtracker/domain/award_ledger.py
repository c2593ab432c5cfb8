"""AwardLedger: the finance ledger as far as it is one award's, and what of a line is the award's."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fundtracker.domain.book import AwardBook
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment
from fundtracker.domain.ledger import LedgerCode, LedgerLine, LedgerMatch
from fundtracker.domain.money import Money, total


@dataclass(frozen=True)
class AwardLedger:
    """The ledger as far as it is an award's: its codes, the lines matched to it or posted to them, all matches of those lines."""

    codes: tuple[LedgerCode, ...] = ()
    lines: tuple[LedgerLine, ...] = ()
    matches: tuple[LedgerMatch, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[int, LedgerLine]:
        return {each.id: each for each in self.lines}

    @cached_property
    def of_line(self) -> Mapping[int, list[LedgerMatch]]:
        return _grouped((each.line_id, each) for each in self.matches)

    @cached_property
    def of_cost(self) -> Mapping[int, list[LedgerMatch]]:
        return _grouped((each.cost_id, each) for each in self.matches if each.cost_id is not None)

    @cached_property
    def of_instalment(self) -> Mapping[int, list[LedgerMatch]]:
        return _grouped((each.instalment_id, each) for each in self.matches if each.instalment_id is not None)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(each.code.casefold() for each in self.codes)

    def is_coded(self, line: LedgerLine) -> bool:
        """Posted to a code of the award, and not set aside: whatever isn't matched of it is the award's too."""
        return not line.set_aside and line.code.casefold() in self._codes


def _grouped(pairs: Iterable[tuple[int, LedgerMatch]]) -> dict[int, list[LedgerMatch]]:
    found: dict[int, list[LedgerMatch]] = defaultdict(list)
    for key, match in pairs:
        found[key].append(match)
    return dict(found)


def unmatched(ledger: AwardLedger, line: LedgerLine) -> Money:
    """What of a line is matched to nothing."""
    return line.amount - total(each.amount for each in ledger.of_line.get(line.id, ()))


def awards_part(book: AwardBook, ledger: AwardLedger, line: LedgerLine) -> Money:
    """What of a line is the award's: of one posted to its code all but what others' costs take, of another what is matched to it."""
    matches = ledger.of_line.get(line.id, ())
    mine = total(each.amount for each in matches if _is_ours(book, each))
    if not ledger.is_coded(line):
        return mine
    return line.amount - (total(each.amount for each in matches) - mine)


def _is_ours(book: AwardBook, match: LedgerMatch) -> bool:
    return (
        book.find(Cost, match.cost_id) is not None or book.find(Instalment, match.instalment_id) is not None
    )
