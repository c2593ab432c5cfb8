"""A workbook from outside as plain rows: copied to a private place, looked at, and read by a process of its own.

Nothing that is in the file reaches this process but text, numbers and days, as JSON. The child has limits on its time and its
memory (`process`); whatever becomes of it, the user gets a plain sentence.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from fundtracker.imports.found import AREA, FoundRow, FoundSheet, FoundWorkbook, unpacked
from fundtracker.imports.limits import Limits
from fundtracker.imports.process import private_copy, run_child

_USUAL = Limits()


def read_workbook(path: Path, limits: Limits = _USUAL) -> FoundWorkbook:
    """Everything the workbook's sheets hold. Refused, in plain words, where it can't or may not be read."""
    with private_copy(path) as copy:
        about = guard.check_package(copy, path.name)
        lines = copy.with_name("lines.json")
        run_child(copy, lines, limits, path.name)
        sheets = tuple(_sheets(lines, path.name))
        with copy.open("rb") as read:
            sha256 = hashlib.file_digest(read, "sha256").hexdigest()
    return FoundWorkbook(path.name, sheets, about.external_links, sha256)


def _sheets(lines: Path, name: str) -> Iterator[FoundSheet]:
    """The sheets as the child wrote them; its file is checked like any other that comes from outside."""
    try:
        with lines.open(encoding="utf-8") as source:
            yield from _decoded((json.loads(line) for line in source), name)
    except (ValueError, TypeError, KeyError, OSError):
        raise guard.damaged(name) from None


def _area(held: str) -> str:
    if not AREA.fullmatch(held):
        raise ValueError(held)
    return held


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
                sheet.merged = tuple(map(_area, about["merged"]))
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
