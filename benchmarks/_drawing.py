"""A return with 5,000 cost lines drawn by us, and what we drew drawn again by a library alone: once each, in milliseconds."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from _large_return import large_snapshot
from _measure import median_of
from fundtracker.domain.snapshot import Snapshot

Draws = Callable[[Snapshot, Path], object]
Parts = TypeVar("Parts")


def ours_timed(draws: Draws, name: str) -> float:
    snapshot = large_snapshot()
    with TemporaryDirectory() as folder:
        return median_of(lambda: draws(snapshot, Path(folder) / name), 1)


def floor_timed(
    draws: Draws, name: str, reads: Callable[[Path], Parts], writes: Callable[[Parts, Path], object]
) -> float:
    """Read the parts of what ours drew, then write them bare; only the writing counts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        draws(large_snapshot(), path)
        parts = reads(path)
        return median_of(lambda: writes(parts, Path(folder) / f"floor {name}"), 1)
