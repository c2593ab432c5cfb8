"""Verifying a file while somebody waits: the same checks, and a way to stop."""

from fundtracker.application.actions.checking import verify
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Problem
from fundtracker.storage.journal import head
from fundtracker.storage.stopping import stoppable


def fingerprint(workspace: Workspace) -> str:
    """ "SEQ:HASH" of the last entry of the history, as it is printed on a return; "" for a file nothing was written to."""
    with workspace.database.reader() as conn:
        seq, seal = head(conn)
    return f"{seq}:{seal}" if seq else ""


def verify_or_stop(workspace: Workspace) -> tuple[Problem, ...]:
    """As `verify`, telling whoever began the work how far it is, also while the database works; it can be stopped anywhere."""
    with workspace.database.reader() as conn, stoppable(conn):
        return verify(workspace)
