"""What is wrong, as data: which record, which field, what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a problem stands in the way."""

    ERROR = "error"  # money or the record would be wrong: refused until mended
    WARNING = "warning"  # a rule is not kept: allowed with a reason
    NOTE = "note"  # worth knowing


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in the user's words.

    `kind` and `record_id` name the record ("Cost", 12), `column` its field; `where` is a place in a workbook
    ("Costs!H12"); `clause` quotes the rule it rests on. Each may be empty.
    """

    message: str
    severity: Severity = Severity.ERROR
    kind: str = ""
    record_id: int | None = None
    column: str = ""
    where: str = ""
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Refused(Exception):  # noqa: N818 - it is a refusal, and is called so everywhere
    """The user or a rule stands in the way. Nothing was changed; `problems` say what to do."""

    def __init__(self, problems: Iterable[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem(message=problems)
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unreadable(ValueError):  # noqa: N818 - said of a text, not of the program
    """A typed or pasted value that can't be read; the message says what to type instead."""


class StorageTrouble(Exception):  # noqa: N818 - trouble outside the program: disk, lock, another version
    """The file can't be read or written (disk full, locked, from a newer version); the message says what to do."""


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that refuse."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
