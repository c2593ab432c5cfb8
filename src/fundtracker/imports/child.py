"""The process in which a workbook from outside is read: `python -m fundtracker.imports.child WORKBOOK LINES LIMITS`.

It writes one JSON value a line to the file LINES: {"started": true} when its modules are there, {"sheet": name} begins a sheet, a list is a row (its number, then its cells), {"end": ...}
closes the sheet and says what else is known of it, {"done": true} is the last line. {"refused": sentence} instead of it says why not.
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
from fundtracker.imports.process import NO_MEMORY, REFUSED, limit_ourselves
from fundtracker.imports.xml_stream import NOT_ORDINARY


def main(words: list[str]) -> int:
    """Read the workbook; anything unforeseen ends the process, and the parent says that the file is damaged."""
    workbook, lines, limits = Path(words[0]), Path(words[1]), Limits(**json.loads(words[2]))
    limit_ourselves(limits)
    warnings.simplefilter("ignore")
    try:
        with _Lines(lines, limits.output) as out:
            return _read(workbook, out, limits)
    except MemoryError:
        return NO_MEMORY


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
