"""What the gates on hostile input share: the sound files they start from, and a guarded process that is watched."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from application.ledger_office import LAYOUT
from filing import clock_at
from finance_listing import Line, write_xlsx
from fundtracker.application.actions.ledger.taking import keep_layout
from fundtracker.application.workspace import Workspace
from fundtracker.domain.money import Money
from imports import mutant_forms
from imports.filling import fill_template
from imports.guarded import Tried
from imports.mutant_forms import PROGRAMME
from one_of_each import one_of_each
from partner import TODAY

_TESTS = Path(__file__).parents[1]
LINES: list[Line] = [
    (f"PV{n}", date(2024, 7, n), "ACME", f"INV-{n}", "Lamps", "7401", Money.pounds(f"{n}0.50"))
    for n in range(1, 9)
]


def prepared(folder: Path, *, everything: bool) -> Path:
    """A programme's file, the forms issued from it as they came back, and a sound workbook for each other reader."""
    mutant_forms.prepared(folder, everything=everything)
    with Workspace.open(folder / PROGRAMME, actor="Tester", clock=clock_at(TODAY)) as workspace:
        keep_layout(workspace, LAYOUT)
    write_xlsx(folder / "listing.xlsx", LINES)
    fill_template(one_of_each(), folder / "whole.xlsx")
    _only(folder / "whole.xlsx", "Costs", folder / "records.xlsx")
    return folder


def _only(source: Path, sheet: str, target: Path) -> None:
    """One sheet of a workbook, as a workbook."""
    book = load_workbook(source)
    for name in book.sheetnames:
        if name != sheet:
            del book[name]
    book.save(target)
    source.unlink()


def run_guarded(module: str, words: Sequence[object], seconds: float) -> list[Tried]:
    """What `python -m MODULE WORDS...` says of each file. One that dies is a crash of the file it last began."""
    environment = {**os.environ, "PYTHONPATH": str(_TESTS), "PYTHONIOENCODING": "utf-8"}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            env=environment, capture_output=True, timeout=seconds, check=False, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        return [*_tried(said), Tried(_last_begun(said), "late", f"nothing more after {seconds:g} seconds")]
    found = _tried(ended.stdout)
    if ended.returncode:
        found.append(
            Tried(_last_begun(ended.stdout), "crash", f"ended with {ended.returncode}: {ended.stderr[-800:]}")
        )
    return found


def _tried(said: str) -> list[Tried]:
    values = [json.loads(line) for line in said.splitlines() if line.endswith("}")]
    return [Tried(**each) for each in values if "outcome" in each]


def _last_begun(said: str) -> str:
    names = [json.loads(line) for line in said.splitlines() if line.endswith("}")]
    return next((each["begins"] for each in reversed(names) if "begins" in each), "the start")


def summary(found: Sequence[Tried]) -> str:
    """Counts by outcome, the slowest and the largest."""
    counts = Counter(each.outcome for each in found)
    slowest = max(found, key=lambda each: each.seconds)
    largest = max(found, key=lambda each: each.peak)
    return (
        f"{len(found):,} tried: {', '.join(f'{n:,} {outcome}' for outcome, n in counts.most_common())}; "
        f"slowest {slowest.seconds:.2f} s ({slowest.name}); largest {largest.peak / 2**20:.0f} MB ({largest.name})"
    )
