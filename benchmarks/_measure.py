"""Ratios to a floor: each variant a fresh process, floor and ours in turn, the median of several; exit code 1 where a goal is missed."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, time

REPEATS = 5
FOLDER = Path(__file__).parent
DATA = Path(os.environ.get("BENCHMARK_DATA", FOLDER.parent / ".benchmark-data"))
"""Where the large file is kept: 1.3 GB."""
MILLION = DATA / "million.fundtracker"
"""The file of 1,000,000 costs, which `_million` makes."""


def compare(
    script: str,
    goal: float,
    *,
    unit: str = "ms",
    repeats: int = REPEATS,
    ours: str = "ours",
    floor: str = "floor",
) -> int:
    """Run a benchmark's two variants in turn and print ours, the floor and the ratio; 0 where the goal is met."""
    from statistics import median  # here: a variant's process must not count what only the comparison needs

    times: dict[str, list[float]] = {ours: [], floor: []}
    for _ in range(repeats):
        for variant, found in times.items():
            found.append(_run(script, variant))
    mine, bare = (median(times[name]) for name in (ours, floor))
    ratio = mine / bare
    met = ratio <= goal
    print(
        f"{Path(script).stem:<12} ours {mine:9.2f} {unit}   floor {bare:9.2f} {unit}   ratio {ratio:5.2f}   goal <= {goal:.2f}   {'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


def _run(script: str, variant: str) -> float:
    """One variant in a fresh process, which prints its own measure as its last line."""
    import subprocess

    clean = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BEGUN": repr(time())}
    done = subprocess.run(
        [sys.executable, script, variant], capture_output=True, text=True, check=False, env=clean
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(f"{Path(script).name} {variant} failed")
    return float(done.stdout.strip().splitlines()[-1])


def since_process_start() -> float:
    """Milliseconds since the parent started this process."""
    return (time() - float(os.environ["BEGUN"])) * 1000


def median_of(
    act: Callable[[], object], times: int = 9, between: Callable[[], object] = lambda: None
) -> float:
    """The median time of an act within this process, in milliseconds; what is done `between` is not counted."""
    from statistics import median

    found: list[float] = []
    for _ in range(times):
        begun = perf_counter()
        act()
        found.append((perf_counter() - begun) * 1000)
        between()
    return median(found)


def main(script: str, variants: dict[str, Callable[[], float]], goal: float, **more: int) -> None:
    """Without an argument compare; with a variant's name, measure it and print the figure."""
    if len(sys.argv) > 1:
        print(variants[sys.argv[1]]())
    else:
        sys.exit(compare(script, goal, **more))  # pyright: ignore[reportArgumentType] - whole numbers by name
