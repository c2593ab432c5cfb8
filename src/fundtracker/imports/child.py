"""The process in which a workbook from outside is read: `python -m fundtracker.imports.child WORKBOOK LINES LIMITS`.

It writes one JSON value a line to the file LINES: {"started": true} when its modules are there, {"sheet": name} begins a sheet, a list is a row (its number, then its cells), {"end": ...}
closes the sheet and says what else is known of it, {"done": true} is the last line. {"refused": sentence} instead of it says why not.

The limit on memory is the operating system's (RLIMIT_AS) and there is none on Windows, where Job objects would be needed: there the
guard's bounds on the unpacked size, the flat memory of the streaming reader and the parent's clock are what holds.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any, Self

from defusedxml.common import DefusedXmlException

from fundtracker.imports.cells import Package, SheetPart
from fundtracker.imports.found import Found, packed
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.xml_stream import NOT_ORDINARY

REFUSED, NO_MEMORY = 3, 4
"""Exit codes."""


def main(words: list[str]) -> int:
    """Read the workbook; anything unforeseen ends the process, and the parent says that the file is damaged."""
    workbook, lines, limits = Path(words[0]), Path(words[1]), Limits(**json.loads(words[2]))
    _limit_ourselves(limits)
    warnings.simplefilter("ignore")
    try:
        with _Lines(lines, limits.output) as out:
            return _read(workbook, out, limits)
    except MemoryError:
        return NO_MEMORY


def _limit_ourselves(limits: Limits) -> None:
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


class _Lines:
    """The file of lines, and how much may still go into it."""

    def __init__(self, path: Path, most: int) -> None:
        self._left = most
        self._file = path.open("w", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, value: Any) -> None:
        line = json.dumps(value, separators=(",", ":"), allow_nan=False)
        self._left -= len(line) + 1
        if self._left < 0:
            raise TooMuch(
                "Its cells hold more text than can be read at once: split it into several workbooks."
            )
        self._file.write(line + "\n")

    def begin(self) -> None:
        """On the disk at once: a process that dies later has at least started."""
        self.add({"started": True})
        self._file.flush()

    def refuse(self, sentence: str) -> None:
        self._file.write(json.dumps({"refused": sentence}) + "\n")


def _read(workbook: Path, out: _Lines, limits: Limits) -> int:
    out.begin()
    try:
        package = Package(workbook, limits)
        for sheet in package.sheets:
            _read_sheet(package, sheet, out)
        out.add({"done": True})
    except TooMuch as reason:
        out.refuse(str(reason))
        return REFUSED
    except DefusedXmlException:
        out.refuse(NOT_ORDINARY)
        return REFUSED
    return 0


def _read_sheet(package: Package, sheet: SheetPart, out: _Lines) -> None:
    def emit(row: int, cells: list[Found]) -> None:
        out.add([row, *map(packed, cells)])

    out.add({"sheet": sheet.name})
    about = package.read(sheet, emit)
    end = {
        "hidden": about.hidden,
        "merged": about.merged,
        "hidden_rows": about.hidden_rows,
        "hidden_columns": about.hidden_columns,
    }
    out.add({"end": end})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
