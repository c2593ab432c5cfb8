"""memory: what the idle window holds, and what the list of 1,000,000 costs adds to it; floor: a process with an empty QMainWindow.

Idle is Home, painted and warmed up, on the file of 1,000,000 costs. Two goals: idle as a ratio, the list in megabytes on top.
"""

import statistics
import subprocess
import sys
from os import environ
from pathlib import Path

from _measure import REPEATS

GOAL, ADDED = 2.2, 40.0
"""Times an empty window's; megabytes."""
STATUS = Path("/proc/self/status")


def held() -> float:
    """Megabytes that this process has in memory now."""
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def ours() -> tuple[float, float]:
    from _window import settle, until, window
    from fundtracker.__main__ import hold_collection

    hold_collection()
    with window() as (_, shown):
        settle()
        idle = held()
        from fundtracker.domain.costs import Cost
        from fundtracker.ui.models.record_table import RecordTableModel
        from fundtracker.ui.places import place_of

        shown.go(place_of(Cost))
        settle()
        model = getattr(shown.page, "model", None)
        if not isinstance(model, RecordTableModel) or model.rowCount() != 1_000_000:
            raise SystemExit("the list has not 1,000,000 rows")
        until(lambda: model.row_of(999_999) is not None)
        return idle, held()


def floor() -> tuple[float, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.show()
    application.processEvents()
    return held(), 0.0


def compare() -> int:
    """Run both in turn; 1 where either goal is missed."""
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "floor": []}
    for _ in range(REPEATS):
        for variant, taken in found.items():
            clean = {**environ, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(
                [sys.executable, __file__, variant], capture_output=True, text=True, check=False, env=clean
            )
            if done.returncode:
                sys.stderr.write(done.stdout + done.stderr)
                raise SystemExit(f"memory {variant} failed")
            idle, more = map(float, done.stdout.split()[-2:])
            taken.append((idle, more))
    idle, listed = (statistics.median(each[part] for each in found["ours"]) for part in (0, 1))
    bare = statistics.median(each[0] for each in found["floor"])
    met = idle / bare <= GOAL and listed - idle <= ADDED
    print(
        f"memory       idle {idle:.1f} MB   floor {bare:.1f} MB   ratio {idle / bare:.2f}   goal <= {GOAL:.2f}"
        f"   the list adds {listed - idle:.1f} MB   goal <= {ADDED:.0f}   {'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    if not STATUS.exists():
        sys.exit("memory is measured where there is /proc: run it on Linux")
    if len(sys.argv) > 1:
        print(*{"ours": ours, "floor": floor}[sys.argv[1]]())
    else:
        from _million import million

        million()
        sys.exit(compare())
