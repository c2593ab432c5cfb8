"""The process in which a workbook is marked: `python -m fundtracker.imports.marking.child WORKBOOK LINES LIMITS JOB OUT`.

JOB holds what is to be marked, as JSON; the marked copy goes to OUT. It writes {"started": true} to LINES when its modules are there,
then {"done": true}, or {"refused": sentence}, which says why not.
"""

import json
import sys
from pathlib import Path

from fundtracker.domain.problems import Severity
from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.marking.job import Job, Told
from fundtracker.imports.marking.marker import mark
from fundtracker.imports.process import NO_MEMORY, REFUSED, limit_ourselves


def main(words: list[str]) -> int:
    """Mark the workbook; anything unforeseen ends the process, and the parent says that the file is damaged."""
    workbook, lines, limits = Path(words[0]), Path(words[1]), Limits(**json.loads(words[2]))
    limit_ourselves(limits)
    with lines.open("w", encoding="utf-8") as said:
        said.write('{"started": true}\n')
        said.flush()
        try:
            mark(workbook, Path(words[4]), _job(Path(words[3])), limits)
        except MemoryError:
            return NO_MEMORY
        except TooMuch as reason:
            said.write(json.dumps({"refused": str(reason)}) + "\n")
            return REFUSED
        said.write('{"done": true}\n')
    return 0


def _job(path: Path) -> Job:
    found = json.loads(path.read_text(encoding="utf-8"))
    problems = [
        Told(Severity(severity), message, tuple(places)) for severity, message, places in found["problems"]
    ]
    return Job(found["title"], found["office"], tuple(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
