"""A process of its own for whatever looks into a workbook from outside: with a private copy, and limits on its time and memory.

The limit on time is kept here, by the clock. The limit on memory is the operating system's (RLIMIT_AS) and there is none on
Windows, where Job objects would be needed: there the guard's bounds on the unpacked size, the flat memory of the streaming readers
and the parent's clock are what holds.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from fundtracker.imports.limits import Limits

REFUSED, NO_MEMORY = 3, 4
"""Exit codes of a child."""
READER = "fundtracker.imports.child"
_CHUNK = 2**20
_LOG = logging.getLogger("fundtracker")


def limit_ourselves(limits: Limits) -> None:
    """What a child does first, before it looks at the workbook."""
    if sys.platform == "win32":
        return
    import resource

    seconds = int(limits.seconds) + 2  # of the processor: for a parent that is gone and can't end us
    for which, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.output + 2**20),
        (resource.RLIMIT_CORE, 0),
    ):
        allowed = resource.getrlimit(which)[1]
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(which, (bound, bound))


@contextmanager
def private_copy(path: Path) -> Generator[Path]:
    """What is looked at is what is read: nobody can change it in between."""
    guard.check_file(path)
    with tempfile.TemporaryDirectory(prefix="fundtracker-import-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, "workbook.xlsx")
        try:
            _copy(path, copy)
        except OSError:
            raise guard.unreadable(path.name) from None
        yield copy


def _copy(path: Path, copy: Path) -> None:
    left = guard.LARGEST_FILE
    with path.open("rb") as source, copy.open("wb") as target:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:  # it grew since it was looked at
                raise guard.too_large(path.name)
            target.write(chunk)


def run_child(
    copy: Path, lines: Path, limits: Limits, name: str, *, module: str = READER, also: Sequence[Path] = ()
) -> None:
    """Run `python -m MODULE COPY LINES LIMITS ALSO...`. Refused where it passes a limit or the workbook is damaged.

    Where the module refuses by itself, the last of its lines says why.
    """
    # -P: a module that lies in the current folder is not ours to run.
    command = [
        sys.executable,
        "-P",
        "-m",
        module,
        copy,
        lines,
        json.dumps(asdict(limits)),
        *also,
    ]
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command,
            cwd=copy.parent,
            env={**os.environ, "OPENPYXL_DEFUSEDXML": "True", "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limits.seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise Refused(
            f"“{name}” takes more than {limits.seconds:g} seconds to read, and so it was stopped: delete empty rows and sheets "
            "that aren't needed, or split it into several workbooks."
        ) from None
    if ended.returncode == NO_MEMORY or b"MemoryError" in ended.stderr or ended.returncode < 0:
        raise Refused(
            f"“{name}” needs more memory than a workbook should, and so it was stopped: copy its rows into a new workbook, and import that."
        )
    if ended.returncode not in {0, REFUSED}:  # refused: the lines say why
        if not _started(lines):
            raise RuntimeError(
                f"the import process did not start: {ended.stderr.decode('utf-8', 'replace')[-500:]}"
            )
        last = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        _LOG.info("a workbook could not be read: %s", last[:200])
        raise guard.damaged(name)


def _started(lines: Path) -> bool:
    """The child had its modules; before that, what goes wrong is not the workbook's fault."""
    return lines.is_file() and lines.stat().st_size > 0
