"""`python -m imports.gate_worker FOLDER (slice | all | children)`: hostile files against every reader, in a guarded process.

FOLDER holds what `hostile_gate.prepared` made. The slice tries each light file with one reader, all tries each with every one;
children does the same as the slice, with the program's own child processes.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from filing import clock_at
from fundtracker.application.actions.importing import propose_import
from fundtracker.application.actions.ledger.taking import propose_listing
from fundtracker.application.actions.partner_forms import look_at_form
from fundtracker.application.workspace import Workspace
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.problems import Severity
from fundtracker.imports.marking import mark_up
from fundtracker.storage.evidence import EvidenceStore
from imports import guarded
from imports.guarded import Tried
from imports.hostile_base import Base
from imports.hostile_corpus import CORPUS
from imports.hostile_listings import LISTINGS
from partner import TODAY

FORM, FORM_SHEET = "2 filled.xlsx", "xl/worksheets/sheet2.xml"
PROBLEMS = tuple(
    FormProblem(check="any", message=f"Found in {place}: mend it.", severity=severity, places=(place,))
    for place in ("Costs!L12", "Costs!B8", "Costs!400", "Costs!B400", "Spend", "Nowhere!A1", "Costs!A1:D9", "Costs!XFD1048576")
    for severity in Severity
)  # fmt: skip
Read = Callable[[Path], str]


class Readers:
    """Everything that reads what comes from outside; each says in a word what came of it."""

    def __init__(self, folder: Path) -> None:
        self.programme = folder / "office.fundtracker"
        self.workspace = Workspace.open(self.programme, actor="Tester", clock=clock_at(TODAY))
        self.aside = folder / "aside"
        self.aside.mkdir(exist_ok=True)
        self._held = self.state()

    def state(self) -> tuple[str, tuple[str, ...]]:
        """The programme's file, and what lies beside it."""
        with self.programme.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), tuple(
                sorted(each.name for each in self.programme.parent.iterdir())
            )

    def records(self, path: Path) -> str:
        found = propose_import(self.workspace, path)
        return self._said([str(each) for each in found.problems])

    def form(self, path: Path) -> str:
        looked = look_at_form(self.workspace, path)
        return self._said([str(each) for each in looked.problems])

    def marking(self, path: Path) -> str:
        out = self.aside / "marked.xlsx"
        mark_up(path, PROBLEMS, out, title="G-1 2024-25-Q2", office="Office")
        out.unlink()
        return "marked"

    def listing(self, path: Path) -> str:
        found = propose_listing(self.workspace, path)
        return self._said([str(each) for each in found.problems])

    def evidence(self, path: Path) -> str:
        EvidenceStore(self.aside / "other.fundtracker").take(path)
        return "kept"

    def _said(self, problems: list[str]) -> str:
        for each in problems:
            if fault := guarded.fault_of_sentence(each):
                raise AssertionError(f"{fault}: {each[:200]!r}")
        return "with problems" if problems else "clean"

    def tried(self, name: str, read: Read, path: Path) -> Tried:
        found = guarded.attempt(name, lambda: read(path))
        state = self.state()
        if state != self._held:
            self._held = state  # the next one is not to blame
            return Tried(name, "written", str(state))
        return found


def workbooks(readers: Readers, folder: Path, *, everything: bool) -> Iterator[tuple[str, Read, bytes, str]]:
    """Each file with each reader; else the light ones, each with one reader, in turn."""
    records = Base((folder / "records.xlsx").read_bytes())
    form = Base((folder / FORM).read_bytes(), FORM_SHEET)
    listing = Base((folder / "listing.xlsx").read_bytes())
    every: tuple[tuple[str, Read, Base], ...] = (
        ("form", readers.form, form),
        ("records", readers.records, records),
        ("marking", readers.marking, form),
        ("listing", readers.listing, listing),
        ("evidence", readers.evidence, form),
    )
    for n, hostile in enumerate(CORPUS):
        if hostile.heavy and not everything:
            continue
        for name, read, base in every if everything else (every[n % len(every)],):
            yield f"{hostile.name} / {name}", read, hostile.build(base), ".xlsx"


def listings(readers: Readers, *, everything: bool) -> Iterator[tuple[str, Read, bytes, str]]:
    for hostile in LISTINGS:
        if hostile.heavy and not everything:
            continue
        for name, read in (("listing", readers.listing), ("evidence", readers.evidence)):
            yield f"{hostile.name} / {name} of text", read, hostile.build(), ".csv"


def main(folder: Path, which: str) -> None:
    everything = which == "all"
    readers = Readers(folder)
    if which != "children":
        guarded.read_here()
        guarded.bound_memory()
    for source in (
        workbooks(readers, folder, everything=everything),
        listings(readers, everything=everything),
    ):
        for name, read, content, ending in source:
            guarded.begins(name)
            path = readers.aside / f"hostile{ending}"
            path.write_bytes(content)
            guarded.say(readers.tried(name, read, path))
    readers.workspace.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
