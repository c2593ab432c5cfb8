"""Two or three costs of one supplier that together come to exactly what a ledger line paid: an invoice run posted as one payment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fundtracker.application.ledger_scoring import NEAR, Payable, days_apart
from fundtracker.application.matching import SAME, Names
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import Money

_LOOKED_AT = 60
"""Costs of the supplier nearest in time that are added up: 34,220 threes."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Combination:
    """Costs that a line may have paid at once, how much of it each takes, and why the program thinks so."""

    line: LedgerLine
    parts: tuple[tuple[Cost, Money], ...]
    reason: str

    @property
    def named(self) -> str:
        """ "C-00801 + C-00770"."""
        return " + ".join(cost.reference for cost, _ in self.parts)


def near_ones(line: LedgerLine, payables: Iterable[Payable], names: Names) -> list[Payable]:
    """The supplier's costs, near in time, of which the ledger shows nothing that settles them; the nearest first."""
    if not line.supplier:
        return []
    near = [
        each
        for each in payables
        if isinstance(each.record, Cost)
        and not each.settled
        and (each.left < 0) == (line.amount.pence < 0)
        and days_apart(line, each) <= NEAR
        and names.compare(line.supplier, each.record.supplier).percent >= SAME
    ]
    near.sort(key=lambda each: (days_apart(line, each), each.record.id))
    return near[:_LOOKED_AT]


def combined(line: LedgerLine, left: int, near: Sequence[Payable]) -> tuple[Combination, ...]:
    """The first few ways in which two, or else three, come to exactly `left` pence: with VAT, else without the VAT that comes back."""
    for many in (2, 3):
        for sums, words in (
            ([each.left for each in near], ""),
            ([_without_vat(each) for each in near], " without VAT"),
        ):
            found = list(_ways(sums, left, many))
            if found:
                return tuple(
                    _combination(line, [(near[n], sums[n]) for n in way], words, len(found))
                    for way in found[:_SHOWN]
                )
    return ()


def _ways(sums: Sequence[int], left: int, many: int) -> Iterator[tuple[int, ...]]:
    return (way for way in combinations(range(len(sums)), many) if sum(sums[n] for n in way) == left)


def _without_vat(payable: Payable) -> int:
    """What is left of it where its VAT is posted elsewhere."""
    net = next((rest for rest, words in payable.amounts.items() if words.startswith("eligible")), None)
    return payable.left if net is None else net


def _combination(
    line: LedgerLine, parts: Sequence[tuple[Payable, int]], words: str, ways: int
) -> Combination:
    costs = tuple(
        (payable.record, Money(pence)) for payable, pence in parts if isinstance(payable.record, Cost)
    )
    apart = max(days_apart(line, payable) for payable, _ in parts)
    days = "1 day" if apart == 1 else f"{apart} days"
    sums = " + ".join(amount.in_full for _, amount in costs)
    reason = f"Together they come to exactly this sum{words}: {sums}; the supplier is the same; posted within {days} of each."
    return Combination(line, costs, reason if ways == 1 else f"{reason} {ways} combinations do.")
