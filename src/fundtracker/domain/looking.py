"""Look: how a guard sees the records around a change, as they would then be."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol, TypeVar

from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Record
from fundtracker.domain.problems import Problem

R = TypeVar("R", bound=Record)


class Look(Protocol):
    """The records as they would be after the change."""

    today: date
    taking_back: bool
    """Whether a change of the history is being taken back, or made again: what stood once may stand again."""

    def get(self, kind: type[R], record_id: int | None) -> R | None: ...
    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]: ...


Guard = Callable[[Change, Look], Iterator[Problem]]


def problem_on(item: Record, column: str, message: str) -> Problem:
    return Problem(kind=type(item).__name__, record_id=item.id, column=column, message=message)
