"""ChartData: the small frozen description that a chart is drawn from, and its sums in words. No Qt: a worker makes it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from fundtracker.domain.money import Money

TICKS = 6
"""The most steps of an axis."""


class Fill(Enum):
    """How the bars of a series are filled."""

    FULL = "full"
    HATCHED = "hatched"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Series:
    """One of the things compared."""

    name: str
    fill: Fill = Fill.FULL


@dataclass(frozen=True, slots=True)
class Category:
    """What is measured: a sum for each series (None draws no bar), what each bar leads to, if anything, and what is said of it besides."""

    name: str
    values: tuple[Money | None, ...]
    targets: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartData:
    """All that a chart shows. `what` heads the names of the categories where they stand in a table."""

    title: str
    what: str
    series: tuple[Series, ...]
    categories: tuple[Category, ...]

    def words(self, category: int) -> str:
        """ "2024/25 Q2: spent £213,905.14, profile £220,000.00"."""
        found = self.categories[category]
        notes = found.notes or ("",) * len(found.values)
        said = (
            f"{series.name.lower()} {value.in_full}{f' ({note})' if note else ''}"
            for series, value, note in zip(self.series, found.values, notes, strict=True)
            if value is not None
        )
        return f"{found.name}: {', '.join(said)}"


NOTHING = ChartData("", "", (), ())


def in_thousands(pence: int) -> str:
    """ "£213.9k", rounded half away from nought, beside a bar; "£0" only for nothing at all."""
    tenths = (abs(pence) + 5_000) // 10_000
    sign = "-" if pence < 0 else ""
    return f"{sign}£{tenths // 10:,}.{tenths % 10}k" if pence else "£0"


def on_axis(pence: int) -> str:
    """ "£50k" beneath a line of the axis, which is a round sum."""
    return in_thousands(pence).replace(".0k", "k")


def step_for(extent: int) -> int:
    """Pence between two lines of an axis that long: 1, 2 or 5 of a power of ten, and never less than £100."""
    step = 10_000
    while True:
        for times in (1, 2, 5):
            if extent <= step * times * TICKS:
                return step * times
        step *= 10
