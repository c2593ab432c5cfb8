"""`python -m imports.mutant_worker FOLDER FIRST LAST STEP (here | children)`: mutants of the forms in FOLDER, one after another.

Each is looked at as a form that came back; one without errors is accepted as far as nothing is written, now and then truly, in a
copy of the file; some are marked up, and what was marked is read again.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from filing import clock_at
from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    look_at_form,
    write_marked,
)
from fundtracker.application.actions.partner_forms.intake import Intake
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused
from fundtracker.imports.form_reading import read_form
from imports import guarded
from imports.guarded import Tried
from imports.mutant_forms import PROGRAMME
from imports.mutator import mutant, parts_of
from partner import TODAY

MARKED_EACH, ACCEPTED_EACH = 8, 4
"""Of all mutants; of those that can be accepted."""


class Examiner:
    """Looks at mutants with a programme's file of its own."""

    def __init__(self, folder: Path, mine: Path) -> None:
        mine.mkdir(parents=True)
        self.path = mine / "Returned form.xlsx"
        self.marked = mine / "Marked.xlsx"
        (mine / "file").mkdir()
        (mine / "accepting").mkdir()
        self.workspace = self._opened(folder, mine / "file")
        self.accepting = self._opened(folder, mine / "accepting")
        self._held = self._state()
        self.number = 0

    @staticmethod
    def _opened(folder: Path, to: Path) -> Workspace:
        path = to / PROGRAMME
        shutil.copyfile(folder / PROGRAMME, path)
        return Workspace.open(path, actor="Tester", clock=clock_at(TODAY))

    def _state(self) -> tuple[str, list[str]]:
        path = self.workspace.path
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return digest, sorted(each.name for each in path.parent.iterdir())

    def examined(self, name: str, data: bytes, number: int) -> Tried:
        self.path.write_bytes(data)
        self.number = number
        found = guarded.attempt(name, self._look)
        state = self._state()
        if state != self._held:
            self._held = state  # the next one is not to blame
            return Tried(name, "written", "the file, or what lies beside it, is another")
        return found

    def _look(self) -> str:
        looked = look_at_form(self.workspace, self.path)
        words = [str(each) for each in looked.problems]
        for each in words:
            if fault := guarded.fault_of_sentence(each):
                raise AssertionError(f"{fault}: {each[:200]!r}")
        if self.number % MARKED_EACH == 0:
            self._mark(looked)
        if looked.errors:
            return "faulty"
        Intake(self.workspace, looked, "A reason", sha256="").changes()
        if self.number % ACCEPTED_EACH == 0:
            accept_form(self.accepting, look_at_form(self.accepting, self.path), "A reason")
            self.accepting.undo()
        return "clean"

    def _mark(self, looked: FormLooked) -> None:
        """What is marked says what it said, unless it is said that it can't be marked."""
        try:
            write_marked(self.workspace, looked, self.marked)
        except Refused as refused:
            if fault := guarded.fault_of_sentence(str(refused)):
                raise AssertionError(f"{fault}: {str(refused)[:200]!r}") from refused
            return
        again = read_form(self.marked)
        for table, rows in looked.said.rows.items():
            for key, row in rows.items():
                assert again.rows[table][key].values == row.values, (
                    f"marked, {table} {key} says something else"
                )
        self.marked.unlink()


def main(folder: Path, first: int, last: int, step: int, how: str) -> None:
    """In this guarded process, or with the program's own child processes."""
    if how == "here":
        guarded.read_here()
    forms = {each.stem: parts_of(each.read_bytes()) for each in sorted(folder.glob("[1-8] *.xlsx"))}
    names = list(forms)
    examiner = Examiner(folder, folder / f"worker {first}")
    if how == "here":
        guarded.bound_memory()
    for number in range(first, last, step):
        form = names[number % len(names)]
        guarded.begins(f"{number} of {form}")
        data, done = mutant(forms[form], f"{form}:{number}")
        tried = examiner.examined(f"{number} of {form}: {done}"[:400], data, number)
        if tried.broken:
            (folder / f"broken {number}.xlsx.bin").write_bytes(data)
        guarded.say(tried)
    for each in (examiner.workspace, examiner.accepting):
        each.close()


if __name__ == "__main__":
    first, last, step = map(int, sys.argv[2:5])
    main(Path(sys.argv[1]), first, last, step, sys.argv[5])
