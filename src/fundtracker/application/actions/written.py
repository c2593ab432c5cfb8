"""What every file that is written out has in common: how it is named, made at once or not at all, and whose it is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.problems import Refused, StorageTrouble

Progress = Callable[[int], None]
"""Told the rows read or written so far; may raise to stop."""


def book_of(workspace: Workspace, title: str, sheets: Sequence[Any]) -> Any:
    from fundtracker.exports.sheets import Book

    office = workspace.office
    return Book(
        title=title,
        office=office.name if office else "",
        marking=office.marking if office else "OFFICIAL",
        created=workspace.clock(),
        sheets=sheets,
    )


def must_end(path: Path, endings: Sequence[str]) -> None:
    if path.suffix.lower() not in endings:
        wanted = " or ".join((", ".join(endings[:-1]), endings[-1])) if len(endings) > 1 else endings[0]
        raise Refused(f"“{path.name or path}” should end in {wanted}: that says how to write it.")


def write_to(target: Path, write: Callable[[Path], None]) -> None:
    try:
        write_atomically(target, write)
    except CannotWrite as trouble:
        raise StorageTrouble(str(trouble)) from trouble
