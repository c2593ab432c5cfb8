"""AwardBook: every record of one award at one moment, indexed by id and by parent; frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Office
from fundtracker.domain.rounds import Fund, FundingRound

R = TypeVar("R", bound=Record)
NO_ROWS: tuple[Any, ...] = ()


class Indexed:
    """What a book of any kind is asked: its records by kind, by id and by parent."""

    rows: Mapping[type[Record], tuple[Record, ...]]
    _parents: dict[tuple[type[Record], str], dict[Any, list[Record]]]

    def all(self, kind: type[R]) -> tuple[R, ...]:
        return self.rows.get(kind, NO_ROWS)  # pyright: ignore[reportReturnType] - rows are keyed by their own kind

    def under(self, kind: type[R], **parent: Any) -> tuple[R, ...]:
        """The records of `kind` whose one named field holds this value: `under(ProfileLine, intervention_id=3)`."""
        ((name, wanted),) = parent.items()
        if (kind, name) not in self._parents:
            index: dict[Any, list[Record]] = {}
            for each in self.all(kind):
                index.setdefault(getattr(each, name), []).append(each)
            self._parents[kind, name] = index
        index = self._parents[kind, name]
        return tuple(index.get(wanted, NO_ROWS))  # pyright: ignore[reportReturnType]

    def find(self, kind: type[R], record_id: int | None) -> R | None:
        """The record with this id, None where there is none (or no id)."""
        found = self.under(kind, id=record_id)
        return found[0] if found else None

    def get(self, kind: type[R], record_id: int) -> R:
        """The record with this id; KeyError where the book doesn't hold it."""
        found = self.find(kind, record_id)
        if found is None:
            raise KeyError(f"{kind.__name__} {record_id}")
        return found


@dataclass(frozen=True)
class AwardBook(Indexed):
    """An award with all that belongs to it.

    `rows` holds, by kind and in id order, the award's own records, the round, the fund and the office's short lists
    (organisations, partnerships, categories...). `elsewhere` holds costs of other awards that matter here: ones that
    look like a cost of this award (same supplier, invoice and amount, or the same evidence), ones that a return of this
    award once claimed, and ones of a grant this award helps to pay.
    """

    award: Award
    today: date
    rows: Mapping[type[Record], tuple[Record, ...]]
    elsewhere: tuple[Cost, ...] = ()
    _parents: dict[tuple[type[Record], str], dict[Any, list[Record]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def bid(self) -> Bid:
        return self.get(Bid, self.award.bid_id)

    @cached_property
    def round(self) -> FundingRound:
        return self.get(FundingRound, self.bid.round_id)

    @cached_property
    def fund(self) -> Fund:
        return self.get(Fund, self.round.fund_id)

    @cached_property
    def office(self) -> Office | None:
        found = self.all(Office)
        return found[0] if found else None

    @cached_property
    def costs_by_id(self) -> dict[int, Cost]:
        """The award's own costs and those elsewhere that matter here."""
        return {each.id: each for each in (*self.elsewhere, *self.all(Cost))}
