"""What a part of a ledger line can be matched to: costs and instalments with something left, the likely ones first."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nsmallest

from fundtracker.application.actions.ledger.suggesting import names_of, payables
from fundtracker.application.ledger_scoring import Payable, days_apart
from fundtracker.application.matching import ALIKE, Names
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import plainly
from fundtracker.domain.grants import Instalment
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import Money
from fundtracker.domain.periods import short_date
from fundtracker.storage import ledger

Paid = type[Cost] | type[Instalment]


@dataclass(frozen=True, slots=True)
class Choice:
    """One cost or instalment as it is offered: in words, as it is searched, how near it lies in time, and whether the payee is the line's."""

    payable: Payable
    words: str
    searched: str
    apart: int
    payee_is_like: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that a line could be matched to, read once for one line."""

    costs: tuple[Choice, ...]
    instalments: tuple[Choice, ...]

    def offered(
        self, kind: Paid, typed: str, left: Money, *, besides: Collection[int] = (), most: int
    ) -> list[tuple[int, str]]:
        """The id and the words of the first few that hold every word typed, for a line with `left` to match; `besides` are chosen already."""
        asked = _searched(typed).split()
        found = (
            each
            for each in self._of(kind)
            if each.payable.record.id not in besides and all(word in each.searched for word in asked)
        )
        first = nsmallest(most, found, key=lambda each: _likely(each, left.pence))
        return [(each.payable.record.id, each.words) for each in first]

    def words(self, kind: Paid, record_id: int) -> str:
        """How one of them is offered; "" where it isn't."""
        return next((each.words for each in self._of(kind) if each.payable.record.id == record_id), "")

    def _of(self, kind: Paid) -> tuple[Choice, ...]:
        return self.costs if kind is Cost else self.instalments


def choices_for(workspace: Workspace, line: LedgerLine) -> Choices:
    """What has something left to match, as the file now stands. It reads every cost of the office's own: for a worker."""
    with workspace.database.reader() as conn:
        names = names_of(conn)
        costs = payables(conn, ledger.own_costs(conn), ())
        instalments = payables(conn, (), ledger.payable_instalments(conn))
    return Choices(
        tuple(_choice(each, line, names) for each in costs),
        tuple(_choice(each, line, names) for each in instalments),
    )


def _choice(payable: Payable, line: LedgerLine, names: Names) -> Choice:
    record, left = payable.record, Money(payable.left)
    day = short_date(payable.days[0][0]) if payable.days else ""
    words = ", ".join(filter(None, (f"{record.reference} {payable.names[0]}", day, f"{left.in_full} left")))
    also = (*payable.references, *payable.names, getattr(record, "description", ""), left.plain)
    like = any(names.compare(line.supplier, each).percent >= ALIKE for each in payable.names if each)
    return Choice(
        payable,
        words,
        _searched(" ".join((words, *also))),
        days_apart(line, payable),
        bool(line.supplier) and like,
    )


def _searched(text: str) -> str:
    """Sums may be typed with or without a pound sign and commas."""
    return plainly(text.replace("£", "").replace(",", ""))


def _likely(choice: Choice, left: int) -> tuple[bool, bool, bool, bool, int, int]:
    """The line's own payee first, then what settles the line's very sum, then what fits in it, then the nearest day."""
    payable = choice.payable
    same_way = (payable.left < 0) == (left < 0)
    return (
        payable.settled or not same_way,
        not choice.payee_is_like,
        left not in payable.amounts,
        abs(payable.left) > abs(left),
        choice.apart,
        payable.record.id,
    )
