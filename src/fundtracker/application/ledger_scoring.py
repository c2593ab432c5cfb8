"""What a ledger line may have paid for, how sure that is, and why: from reference, amount, supplier and date.

Lines meet costs and instalments only where a reference or an amount is the same (two indexes), so that tens of thousands of lines
take seconds. The per cents are our choice: they put the surest first, and nothing is matched without somebody's word.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from fundtracker.application.matching import ALIKE, SAME, Alike, Names
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment, InstalmentStatus
from fundtracker.domain.guards_ledger import asked
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import Money
from fundtracker.storage.stopping import Progress

LEAST = 40
"""Per cent: what is less sure isn't worth anybody's time."""
NEAR, _FAR = 45, 120
"""Days between posting and the nearest of a cost's dates: beyond these it is less likely."""
_MOST_OF_AN_AMOUNT = 40
_KEPT = 5
_STEP = 500
_SHORTEST_REFERENCE = 3
_AS_GOOD, _AS_NEAR, _UNSURE = 3, 10, 25
"""Two candidates within so many per cent and days are equally good, and then each is so many per cent less sure."""
_DOUBT = 6
_SURE = 95
"""Per cent from which a reference says enough: other costs of the same sum aren't looked at."""
_NEVER = 10_000
"""Days, where there is no date."""
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.\-]{2,}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line, or a part of it, may be the payment of this cost or of this instalment."""

    line: LedgerLine
    cost: Cost | None
    instalment: Instalment | None
    amount: Money
    confidence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Payable:
    """Something that the ledger should show the payment of: what may be found in a line, and how much of it is left to pay."""

    record: Cost | Instalment
    names: tuple[str, ...]
    references: tuple[str, ...]
    amounts: Mapping[int, str]
    """Sums in pence that would settle it, each in words."""
    left: int
    days: tuple[tuple[date, str], ...]
    doubt: str = ""
    settled: bool = False
    """Paid as a ledger shows it, with VAT or without: only a line of just the rest (the VAT) can be its payment too."""


def payable_cost(cost: Cost, matched: int) -> Payable | None:
    """None where the ledger shows all of it already."""
    whole = asked(cost).pence
    left = whole - matched
    if not left or (left < 0) != (whole < 0):
        return None
    vat = bool(cost.vat)
    sums = (
        (whole, "sum with VAT" if vat else "amount"),
        (cost.eligible.pence, "eligible sum"),
        (cost.net.pence, "net sum"),
    )
    settled = matched in {each for each, _ in sums}
    amounts: dict[int, str] = {}
    for pence, words in sums:
        rest = pence - matched
        if rest and (rest < 0) == (whole < 0):
            amounts.setdefault(
                rest, "VAT" if settled else f"{words}, less what is matched" if matched else words
            )
    days = tuple(
        (day, words)
        for day, words in (
            (cost.invoiced_on, "it was invoiced"),
            (cost.paid_on, "it was paid"),
            (cost.received_on, "it was received"),
            (cost.ordered_on if cost.received_on is None else None, "it was ordered"),
        )
        if day
    )
    names = (cost.invoice_number, cost.reference)
    return Payable(cost, (cost.supplier,), names, amounts, left, days, settled=settled)


def payable_instalment(
    instalment: Instalment, grant: Grant, names: Sequence[str], matched: int
) -> Payable | None:
    """An instalment, its recipient's and its partnership's names; None where the ledger shows all of it."""
    left = instalment.amount.pence - matched
    if not left or (left < 0) != (instalment.amount.pence < 0):
        return None
    words = "amount, less what is matched" if matched else "amount"
    if instalment.paid_on:
        days = ((instalment.paid_on, "it was paid"),)
    else:
        days = ((instalment.due_on, "it was due"),)
    status = instalment.status
    doubt = (
        ""
        if status is InstalmentStatus.PAID
        else f"the instalment is {status.value.lower()}, not yet paid, here"
    )
    return Payable(
        instalment, tuple(names), (instalment.reference, grant.reference), {left: words}, left, days, doubt
    )


@lru_cache(maxsize=100_000)
def reference_key(text: str) -> str:
    """An invoice number or reference as it is compared: letters and figures, noughts in front of a number gone; "" for mere words."""
    key = "".join(each for each in text.upper() if each.isalnum())
    if len(key) < _SHORTEST_REFERENCE or key.isalpha():
        return ""
    return key.lstrip("0") if key.isdecimal() else key


@dataclass(slots=True)
class Scoring:
    """Everything payable, found by reference and by amount."""

    payables: Sequence[Payable]
    names: Names
    _by_reference: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _by_amount: dict[int, list[tuple[date, int]]] = field(default_factory=dict[int, list[tuple[date, int]]])
    _by_payee: dict[tuple[int, Hashable], list[int]] = field(
        default_factory=dict[tuple[int, Hashable], list[int]]
    )

    def __post_init__(self) -> None:
        by_reference: dict[str, list[int]] = defaultdict(list)
        by_amount: dict[int, list[tuple[date, int]]] = defaultdict(list)
        by_payee: dict[tuple[int, Hashable], list[int]] = defaultdict(list)
        for n, each in enumerate(self.payables):
            for key in {reference_key(text) for text in each.references} - {""}:
                by_reference[key].append(n)
            for pence in each.amounts:
                by_amount[pence].append((min((day for day, _ in each.days), default=date.min), n))
                for who in {self.names.who(name) for name in each.names}:
                    by_payee[pence, who].append(n)
        for entries in by_amount.values():
            entries.sort()
        self._by_reference, self._by_amount, self._by_payee = by_reference, by_amount, by_payee

    def candidates(self, line: LedgerLine, left: int) -> list["Candidate"]:
        """The best few for one line with `left` pence to match, the surest first."""
        keys = {
            reference_key(word) for word in _REFERENCE.findall(f"{line.invoice_number} {line.description}")
        }
        keys = (keys | {reference_key(line.invoice_number)}) - {""}
        referred = {n for key in keys for n in self._by_reference.get(key, ())}
        scored = [score for n in referred if (score := self._scored(line, left, n, keys))]
        if max((-each[0] for each in scored), default=0) < _SURE:
            amounts = self._of_amount(line, left) - referred
            scored += [score for n in amounts if (score := self._scored(line, left, n, frozenset()))]
        scored.sort(key=lambda each: each[:3])
        found = [
            Candidate(n, apart, self._suggested(line, left, n, -below, why))
            for below, apart, n, why in scored[:_KEPT]
        ]
        return _less_sure(found)

    def _of_amount(self, line: LedgerLine, left: int) -> set[int]:
        """Those that this very sum would settle; of a common sum the nearest in time, and those to pay to the line's supplier."""
        entries = self._by_amount.get(left, [])
        if len(entries) <= _MOST_OF_AN_AMOUNT:
            return {n for _, n in entries}
        known = (
            n for who in self.names.spellings(line.supplier) for n in self._by_payee.get((left, who), ())
        )
        paid_to = sorted(known, key=lambda n: _nearest(line, self.payables[n])[0])[:_MOST_OF_AN_AMOUNT]
        middle, reach = bisect_left(entries, (line.posted_on, -1)), _MOST_OF_AN_AMOUNT // 2
        return {n for _, n in entries[max(0, middle - reach) : middle + reach]} | set(paid_to)

    def _scored(
        self, line: LedgerLine, left: int, n: int, keys: set[str] | frozenset[str]
    ) -> "_Score | None":
        """How sure, how far in time, which payable, and what speaks for it; None where it isn't worth a word."""
        payable = self.payables[n]
        if (left < 0) != (payable.left < 0) or (payable.settled and left not in payable.amounts):
            return None
        alike: Alike | None = None
        if line.supplier:
            found = (self.names.compare(line.supplier, name) for name in payable.names if name)
            alike = max(found, key=lambda each: each.percent, default=None)
        apart, day = _nearest(line, payable)
        named = next((each for each in payable.references if reference_key(each) in keys), "") if keys else ""
        confidence = _confidence(bool(named), left in payable.amounts, alike, apart)
        confidence -= _DOUBT if payable.doubt else 0
        return (
            (-confidence, apart, n, (named, alike.why if alike else "", day)) if confidence >= LEAST else None
        )

    def _suggested(
        self, line: LedgerLine, left: int, n: int, confidence: int, why: tuple[str, str, str]
    ) -> Suggestion:
        payable = self.payables[n]
        named, supplier, day = why
        apart = _nearest(line, payable)[0]
        days = _days_words(apart, day, line.posted_on, payable) if day else ""
        parts = (_named_words(payable, named), _sum_words(left, payable), supplier, days, payable.doubt)
        reason = "; ".join(each for each in parts if each)
        record = payable.record
        return Suggestion(
            line,
            record if isinstance(record, Cost) else None,
            record if isinstance(record, Instalment) else None,
            Money(left if abs(left) <= abs(payable.left) else payable.left),
            confidence,
            f"{reason[0].upper()}{reason[1:]}.",
        )


_Score = tuple[int, int, int, tuple[str, str, str]]
"""Confidence below nought (so that the surest sorts first), days apart, the payable's number; reference, supplier and day in words."""


class Candidate(NamedTuple):
    """A suggestion, the number of its payable, and the days between the posting and the payable's nearest date."""

    payable: int
    apart: int
    suggestion: Suggestion


def _nearest(line: LedgerLine, payable: Payable) -> tuple[int, str]:
    """Days between the posting and the nearest of its dates, and what that day was; _NEVER where it has none."""
    posted = line.posted_on
    return min(((abs((posted - day).days), what) for day, what in payable.days), default=(_NEVER, ""))


def days_apart(line: LedgerLine, payable: Payable) -> int:
    """Days between the posting and the nearest of its dates; a great many where it has none."""
    return _nearest(line, payable)[0]


def _sum_words(left: int, payable: Payable) -> str:
    if exact := payable.amounts.get(left):
        return f"{Money(left).in_full} is its {exact}"
    if abs(left) < abs(payable.left):
        return f"{Money(left).in_full} of its {Money(payable.left).in_full}"
    return f"all of its {Money(payable.left).in_full}, which is less than the line's {Money(left).in_full}"


def _named_words(payable: Payable, named: str) -> str:
    if isinstance(payable.record, Cost) and named and named == payable.record.invoice_number:
        return f"the invoice no. {named} agrees"
    return f"the line names {named}" if named else ""


def _days_words(apart: int, what: str, posted: date, payable: Payable) -> str:
    if apart == 0:
        return f"posted on the day {what}"
    after = any((posted - day).days == apart for day, each in payable.days if each == what)
    number = "1 day" if apart == 1 else f"{apart:,} days"
    return f"posted {number} {'after' if after else 'before'} {what}"


_CONFIDENCE = {
    # (a reference agrees, the amount is exact): the supplier is the same, alike, not said, different
    (True, True): (99, 96, 92, 68),
    (True, False): (74, 62, 50, 0),
    (False, True): (88, 72, 46, 0),
}


def _confidence(referred: bool, exact: bool, alike: Alike | None, apart: int) -> int:
    same, near, unsaid, different = _CONFIDENCE[referred, exact]
    if alike is None:
        base = unsaid
    else:
        base = same if alike.percent >= SAME else near if alike.percent >= ALIKE else different
    if apart <= NEAR:
        return base
    if apart <= _FAR or apart == _NEVER:
        return base - (2 if referred else 8)
    return base - (8 if referred else 30)


def _less_sure(found: list[Candidate]) -> list[Candidate]:
    """Where several fit as well, none of them is sure, and of the others nothing is said."""
    if not found:
        return found
    best = found[0]
    as_good = [
        each
        for each in found
        if each.suggestion.confidence >= best.suggestion.confidence - _AS_GOOD
        and each.apart <= best.apart + _AS_NEAR
    ]
    if len(as_good) == 1:
        return found
    return [
        each._replace(
            suggestion=replace(
                each.suggestion,
                confidence=max(LEAST, each.suggestion.confidence - _UNSURE),
                reason=f"{each.suggestion.reason} {len(as_good)} fit as well.",
            )
        )
        for each in as_good
    ]


def best_for_each(
    scoring: Scoring,
    lines: Sequence[LedgerLine],
    matched: Mapping[int, int],
    progress: Progress | None = None,
) -> Iterator[Suggestion]:
    """One suggestion a line at most, the surest pairs first; together they take no more of a cost than is left of it."""
    found: list[Candidate] = []
    for done, line in enumerate(lines):
        if progress is not None and done % _STEP == 0:
            progress("Comparing lines with costs", done, len(lines))
        found.extend(scoring.candidates(line, line.amount.pence - matched.get(line.id, 0)))
    found.sort(
        key=lambda each: (-each.suggestion.confidence, each.apart, each.suggestion.line.id, each.payable)
    )
    settled: set[int] = set()
    rest = {n: each.left for n, each in enumerate(scoring.payables)}
    for n, _, suggestion in found:
        amount = suggestion.amount.pence
        if suggestion.line.id not in settled and abs(amount) <= abs(rest[n]) and rest[n]:
            settled.add(suggestion.line.id)
            rest[n] -= amount
            yield suggestion
