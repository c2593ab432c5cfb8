"""Every check over a whole file: what the open returns still need, and whether the history holds."""

from dataclasses import replace

from fundtracker.application.actions.returns import look_at
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import described
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.verify import verify as verify_history


def check(workspace: Workspace) -> tuple[Problem, ...]:
    """Problems of every open return, each with its return's name before it, errors first; then what verify finds."""
    found: list[Problem] = []
    for each in workspace.select(FunderReturn):
        if not each.state.frozen:
            problems = look_at(workspace, each.id).problems
            found.extend(replace(problem, where=problem.where or described(each)) for problem in problems)
    return (*found, *verify(workspace))


def verify(workspace: Workspace, fingerprint: str | None = None) -> tuple[Problem, ...]:
    """Whether the history replays to the tables, and holds the fingerprint ("SEQ:HASH") of a printed return."""
    with workspace.database.reader() as conn:
        return verify_history(conn, fingerprint=fingerprint)
