"""Verifying a file while somebody waits: the same checks, and a way to stop."""

from contextlib import suppress

from fundtracker.application.actions.checking import verify
from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Problem
from fundtracker.storage.journal import head
from fundtracker.storage.queries import GivenUp, giving_up
from fundtracker.storage.stopping import again


def fingerprint(workspace: Workspace) -> str:
    """ "SEQ:HASH" of the last entry of the history, as it is printed on a return; "" for a file nothing was written to."""
    with workspace.database.reader() as conn:
        seq, seal = head(conn)
    return f"{seq}:{seal}" if seq else ""


def verify_or_stop(workspace: Workspace) -> tuple[Problem, ...]:
    """As `verify`, telling whoever began the work how far it is, also while the database works; it can be stopped anywhere."""
    stopped: list[BaseException] = []

    def stop() -> bool:
        try:
            again()
        except BaseException as wish:  # noqa: BLE001 - the database would swallow it: it is raised again below
            stopped.append(wish)
        return bool(stopped)

    found: tuple[Problem, ...] = ()
    with workspace.database.reader() as conn, suppress(GivenUp), giving_up(conn, stop):
        found = verify(workspace)
    if stopped:
        raise stopped[0]
    return found
