"""What the rest of the program calls."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from fundtracker.atomic import write_atomically
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from fundtracker.imports.limits import Limits
from fundtracker.imports.process import private_copy, run_child

_CHILD = "fundtracker.imports.marking.child"
_USUAL = Limits(
    seconds=10.0, memory=512 * 2**20, cells=150_000, texts=50_000, elements=400_000, output=50 * 2**20
)
"""Of a form, which has been read within less."""


def mark_up(
    source: Path,
    problems: Sequence[FormProblem],
    out: Path,
    *,
    title: str,
    office: str,
    limits: Limits = _USUAL,
) -> None:
    """Write to `out` a copy of the workbook `source` with its problems marked; `source` itself is not touched.

    Refused, in plain words, where the workbook may not be read or can't be marked; CannotWrite where `out` can't be written.
    An earlier marking is taken away first. `title` says which form it is, `office` who checked it.
    """
    if _is_same(source, out):
        raise Refused(f"“{out.name}” is the form that came in, which is kept as it is: choose another name.")
    with private_copy(source) as copy:
        guard.check_package(copy, source.name)
        job, lines, marked = (copy.with_name(name) for name in ("job.json", "lines.json", "marked.xlsx"))
        told = [(each.severity.value, each.message, each.places) for each in problems]
        job.write_text(json.dumps({"title": title, "office": office, "problems": told}), encoding="utf-8")
        run_child(copy, lines, limits, source.name, module=_CHILD, also=(job, marked))
        _refuse_as_told(lines, source.name)
        guard.check_package(marked, source.name)

        def write(temporary: Path) -> None:
            shutil.copyfile(marked, temporary)

        write_atomically(out, write)


def _is_same(source: Path, out: Path) -> bool:
    try:
        return source.samefile(out)
    except OSError:  # there is no such file yet
        return False


def _refuse_as_told(lines: Path, name: str) -> None:
    try:
        last = json.loads(lines.read_text(encoding="utf-8").splitlines()[-1])
    except (OSError, ValueError, IndexError):
        raise guard.damaged(name) from None
    match last:
        case {"done": True}:
            return
        case {"refused": str(sentence)}:
            raise Refused(f"“{name}” can't be marked. {sentence}")
        case _:
            raise guard.damaged(name)
