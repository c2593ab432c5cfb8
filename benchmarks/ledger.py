"""ledger: a listing of 20,000 lines taken, matched to 12,000 costs and 480 instalments, and six awards tied out; floor: openpyxl reads the file.

The floor only walks the same cells in read-only mode. Every line that pays something here is matched to what it pays, none to anything else,
and each award's ledger ties to the penny.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import load_workbook

from _ledger_file import AWARDS, LINES, LISTING, PAID, ledger_files
from _measure import DATA, main
from fundtracker.application.actions.ledger.matching import accept_many
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.ledger.taking import propose_listing, take_listing
from fundtracker.application.actions.tie_out import tie_out_of, write_tie_out
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.periods import Quarter

GOAL = 6.0
QUARTER = Quarter.read("2024/25 Q1")
SURE = 60
"""Per cent from which the benchmark agrees."""


def ours() -> float:
    file, listing = ledger_files()
    with TemporaryDirectory(dir=DATA) as folder:
        copy = Path(shutil.copy(file, folder))
        with Workspace.open(copy) as workspace:
            begun = perf_counter()
            proposed = propose_listing(workspace, listing)
            read = perf_counter()
            take_listing(workspace, proposed)
            taken = perf_counter()
            found = suggestions(workspace, least=SURE)
            suggested = perf_counter()
            accept_many(workspace, found)
            accepted = perf_counter()
            tied = [tie_out_of(workspace, each.id, QUARTER) for each in workspace.select(Award)]
            write_tie_out(workspace, "A-1", QUARTER, Path(folder) / "tie-out.xlsx")
            done = perf_counter()
            steps = (read - begun, taken - read, suggested - taken, accepted - suggested, done - accepted)
            print(
                "read {:.2f} s, take {:.2f} s, suggest {:.2f} s, accept {:.2f} s, tie out {:.2f} s".format(
                    *steps
                )
            )
            _must_be_right(workspace, listing, len(proposed.new), len(found), [each.ties for each in tied])
    return (done - begun) * 1000


def _must_be_right(workspace: Workspace, listing: Path, new: int, matched: int, ties: list[bool]) -> None:
    if (new, matched) != (LINES, PAID):
        raise SystemExit(f"{new} lines were taken and {matched} matched, of {LINES} and {PAID}")
    if ties != [True] * AWARDS:
        raise SystemExit("an award does not tie to its ledger")
    again = propose_listing(workspace, listing)
    if again.counts != {"new": 0, "same": LINES, "changed": 0, "gone": 0}:
        raise SystemExit(f"the same listing again would change something: {again.counts}")


def floor() -> float:
    ledger_files()
    begun = perf_counter()
    book = load_workbook(LISTING, read_only=True, data_only=True)
    cells = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    taken = (perf_counter() - begun) * 1000
    book.close()
    if cells < LINES * 10:
        raise SystemExit("the floor read too little")
    return taken


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL, repeats=3)
