"""Jumping to a record by part of its name or reference."""

from collections.abc import Callable

from fundtracker.application.workspace import Workspace
from fundtracker.storage import jumping
from fundtracker.storage.jumping import Found
from fundtracker.storage.queries import GivenUp, giving_up


def jump(workspace: Workspace, typed: str, wanted: Callable[[], bool] = lambda: True) -> list[Found]:
    """The records that `typed` may mean, the likeliest first; from any thread. None once the answer isn't `wanted` any more."""
    with workspace.database.reader() as conn:
        try:
            with giving_up(conn, lambda: not wanted()):
                return jumping.jump(conn, typed)
        except GivenUp:
            return []
