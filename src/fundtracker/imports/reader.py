"""A workbook from outside as plain rows: copied to a private place, looked at, and read by a process of its own.

Nothing that is in the file reaches this process but text, numbers and days, as JSON. The child has a limit on its time (kept here, by
the clock) and on its memory (see `child` for Windows); whatever becomes of it, the user gets a plain sentence.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from fundtracker.imports.child import NO_MEMORY, REFUSED
from fundtracker.imports.found import FoundRow, FoundSheet, FoundWorkbook, unpacked
from fundtracker.imports.limits import Limits

_CHUNK = 2**20
_USUAL = Limits()
_LOG = logging.getLogger("fundtracker")


def read_workbook(path: Path, limits: Limits = _USUAL) -> FoundWorkbook:
    """Everything the workbook's sheets hold. Refused, in plain words, where it can't or may not be read."""
    with _private_copy(path) as copy:
        about = guard.check_package(copy, path.name)
        lines = copy.with_name("lines.json")
        _run_child(copy, lines, limits, path.name)
        sheets = tuple(_sheets(lines, path.name))
    return FoundWorkbook(path.name, sheets, about.external_links)


@contextmanager
def _private_copy(path: Path) -> Generator[Path]:
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


def _run_child(copy: Path, lines: Path, limits: Limits, name: str) -> None:
    # -P: a module that lies in the current folder is not ours to run.
    command = [
        sys.executable,
        "-P",
        "-m",
        "fundtracker.imports.child",
        copy,
        lines,
        json.dumps(asdict(limits)),
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
    if ended.returncode not in {0, REFUSED}:  # refused: the last line says why
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


def _sheets(lines: Path, name: str) -> Iterator[FoundSheet]:
    """The sheets as the child wrote them; its file is checked like any other that comes from outside."""
    try:
        with lines.open(encoding="utf-8") as source:
            yield from _decoded((json.loads(line) for line in source), name)
    except (ValueError, TypeError, KeyError, OSError):
        raise guard.damaged(name) from None


def _decoded(values: Iterator[Any], name: str) -> Iterator[FoundSheet]:
    sheet: FoundSheet | None = None
    for value in values:
        match value:
            case [int(number), *cells] if sheet is not None:
                sheet.rows.append(FoundRow(number, tuple(map(unpacked, cells))))
            case {"started": True}:
                pass
            case {"sheet": str(title)} if sheet is None:
                sheet = FoundSheet(title)
            case {"end": {"hidden": bool(hidden), **about}} if sheet is not None:
                sheet.hidden = hidden
                sheet.merged = tuple(map(str, about["merged"]))
                sheet.hidden_rows = tuple(map(int, about["hidden_rows"]))
                sheet.hidden_columns = tuple(map(int, about["hidden_columns"]))
                yield sheet
                sheet = None
            case {"done": True}:
                return
            case {"refused": str(sentence)}:
                raise Refused(f"“{name}” can't be imported. {sentence}")
            case _:
                break
    raise guard.damaged(name)
