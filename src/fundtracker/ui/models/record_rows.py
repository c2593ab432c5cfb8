"""The rows a list shows: a few blocks of ready texts, the ids of all once they are known, and the first answer to a question."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from time import perf_counter, thread_time
from typing import TypeVar

from fundtracker.application.workspace import Lists
from fundtracker.storage.queries import GivenUp, ListQuery, Row

T = TypeVar("T")
BLOCK = 128
"""Rows asked for at a time."""
KEPT_BLOCKS = 32
COUNT, FIRST = 0.008, 0.012
"""Seconds of work that the window's thread gives to a count and to a first block. What takes longer is left to a worker: nothing
holds the window up for a tenth of a second.
"""
FEW = 20_000
"""Rows that are sooner found by what they hold, and then sorted, than met in the order of a long list."""
STALLED = 3
"""Times as long by the clock, for a disk that keeps it waiting."""


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """The first block of a list, and how many rows it has; None where counting them takes longer."""

    rows: list[Row]
    count: int | None


def first_answer(lists: Lists, query: ListQuery, known: int | None = None) -> FirstAnswer | None:
    """What can be said of a list at once, None where even its first block takes longer. `known` is how many rows it has."""
    count = soon(lists, COUNT, lambda: lists.count(query)) if known is None else known
    few = bool(query.filters) and count is not None and count <= FEW
    rows = soon(lists, FIRST, lambda: lists.page(query, 0, BLOCK, walked=not few))
    if rows is None:
        return None
    return FirstAnswer(rows, len(rows) if len(rows) < BLOCK else count)


def soon(lists: Lists, seconds: float, ask: Callable[[], T]) -> T | None:
    """The answer, if it takes no longer than so many seconds of work."""
    worked, begun = thread_time() + seconds, perf_counter()

    def too_long() -> bool:
        return thread_time() > worked or perf_counter() - begun > STALLED * seconds

    try:
        with lists.giving_up(too_long):
            return ask()
    except GivenUp:
        return None


class Rows:
    """What is shown of one question: it asks for further blocks as they are looked at."""

    def __init__(self, lists: Lists, query: ListQuery, first: list[Row], count: int) -> None:
        self.lists, self.query, self.count = lists, query, count
        self.ids: array[int] | None = None
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict({0: first})

    def row(self, number: int) -> Row | None:
        """The row at a place, None where it is gone."""
        first = number - number % BLOCK
        block = self._blocks.get(first)
        if block is None:
            block = self._blocks[first] = self._read(first)
            if len(self._blocks) > KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(first)
        place = number - first
        return block[place] if place < len(block) else None

    def _read(self, first: int) -> list[Row]:
        if self.ids is not None:
            return self.lists.rows(self.query.kind, self.ids[first : first + BLOCK])
        return self.lists.page(self.query, first, BLOCK)

    def read_again(self) -> None:
        """The texts of the rows looked at last, as they now are; each stays in its place."""
        for first in list(self._blocks)[-2:]:
            block = self._blocks[first]
            now = dict(self.lists.rows(self.query.kind, [record_id for record_id, _ in block]))
            self._blocks[first] = [(record_id, now.get(record_id, texts)) for record_id, texts in block]

    def ids_at(self, numbers: Sequence[int]) -> list[int]:
        """The ids of the rows at these places."""
        if self.ids is not None:
            return [self.ids[number] for number in numbers if number < len(self.ids)]
        return [found[0] for number in numbers if (found := self.row(number))]

    def known_ids_at(self, numbers: Sequence[int]) -> list[int]:
        """The ids of those of the rows at these places that are at hand: nothing is asked for."""
        if self.ids is not None:
            return self.ids_at(numbers)
        at_hand = ((self._blocks.get(number - number % BLOCK, []), number % BLOCK) for number in numbers)
        return [block[place][0] for block, place in at_hand if place < len(block)]

    @property
    def knows_all(self) -> bool:
        """Whether every row is at hand, or its id is."""
        return self.ids is not None or sum(map(len, self._blocks.values())) == self.count

    def place_of(self, record_id: int) -> int | None:
        """The place of a record: in the blocks at hand, else among all ids."""
        for first, block in self._blocks.items():
            for place, (found, _) in enumerate(block):
                if found == record_id:
                    return first + place
        if self.ids is not None:
            try:
                return self.ids.index(record_id)
            except ValueError:
                return None
        return None

    def places_of(self, wanted: frozenset[int]) -> list[int]:
        """The places of several records, as far as they are known: one look through all ids, and no further than the last of them."""
        if self.ids is not None:
            return list(
                islice(compress(range(len(self.ids)), map(wanted.__contains__, self.ids)), len(wanted))
            )
        blocks = self._blocks.items()
        return [first + n for first, block in blocks for n, (found, _) in enumerate(block) if found in wanted]
