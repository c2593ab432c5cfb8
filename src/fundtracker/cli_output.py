"""What every command has: where it prints, how it says problems, the file it works on."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fundtracker.domain.problems import Problem, Severity

out = Console(soft_wrap=True, highlight=False, markup=False)
if not out.is_terminal:
    out.width = 200  # a file or another program: nothing to fit into
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The .fundtracker file", readable=False)]
"""Whether it can be read is said by what opens it, in words that say what to do."""


def say(problems: tuple[Problem, ...]) -> int:
    """Each problem on its own line; 1 where any is an error."""
    for problem in problems:
        prefix = "" if problem.severity is Severity.ERROR else f"{problem.severity.value.capitalize()}: "
        clause = f" [{problem.clause}]" if problem.clause else ""
        err.print(f"{prefix}{problem}{clause}")
    return int(any(problem.severity is Severity.ERROR for problem in problems))
