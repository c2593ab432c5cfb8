"""A sample by value, drawn so that another auditor draws the same lines (monetary unit sampling).

Every pound has the same chance: the lines are laid end to end in the order of their references, and the line is taken in which each
n-th penny falls, n being the interval. The first penny comes from the seed by a rule that can be worked out by hand with any
SHA-256 program: see `start_of`. Method: fixed-interval selection, as in the audit sampling guides (for example AICPA, Audit Sampling).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Refused

USUAL_SIZE = 25
"""Lines drawn where nobody says how many: a common size for a claim of some hundred lines; the office's choice, not a rule."""


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One line of the population: what people call it, its id, and its value."""

    reference: str
    record_id: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of the sample and the pennies, counted from the first of the population, that fell in it."""

    line: SampleLine
    hits: tuple[int, ...]
    first_penny: int
    """The line's own first penny, counted so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample with all that is needed to draw it again."""

    seed: str
    interval: Money
    start: int
    """The first penny drawn, from 1 to the interval."""
    population: tuple[SampleLine, ...]
    value: Money
    drawn: tuple[Drawn, ...]
    apart: tuple[SampleLine, ...]
    """Credits, reversals and nil lines: no penny falls in them, so they are looked at one by one."""

    @property
    def sampled(self) -> Money:
        """The value of the lines drawn."""
        return total(each.line.amount for each in self.drawn)


def start_of(seed: str, interval: Money) -> int:
    """The first penny drawn: the SHA-256 of the seed (UTF-8) as a number, its remainder by the interval in pence, plus 1."""
    return int(hashlib.sha256(seed.encode()).hexdigest(), 16) % interval.pence + 1


def interval_for(value: Money, size: int) -> Money:
    """The interval, rounded up to the penny, that draws at most `size` lines of a population of this value."""
    if size < 1:
        raise Refused("A sample has at least one line.")
    return Money(max(1, -(-value.pence // size)))


def draw(
    lines: Iterable[SampleLine], *, seed: str, interval: Money | None = None, size: int = USUAL_SIZE
) -> Sample:
    """The sample of these lines. Without an interval, the one that draws at most `size` lines. Refused for an interval not above nought."""
    every = sorted(lines, key=lambda each: (each.reference, each.record_id))
    population = tuple(each for each in every if each.amount.pence > 0)
    value = total(each.amount for each in population)
    step = interval_for(value, size) if interval is None else interval
    if step.pence < 1:
        raise Refused("The interval of a sample is at least a penny.")
    start = start_of(seed, step)
    drawn: list[Drawn] = []
    before = 0  # pennies of the lines so far
    for each in population:
        end = before + each.amount.pence
        first = start + max(0, -(-(before + 1 - start) // step.pence)) * step.pence
        hits = tuple(range(first, end + 1, step.pence))
        if hits:
            drawn.append(Drawn(each, hits, before + 1))
        before = end
    return Sample(
        seed=seed,
        interval=step,
        start=start,
        population=population,
        value=value,
        drawn=tuple(drawn),
        apart=tuple(each for each in every if each.amount.pence <= 0),
    )
