"""Scene: a step with its day, before it has its time of day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import IntEnum

from fundtracker.application.demo.people import OFFICER
from fundtracker.application.demo.steps import Add, Edit, FieldChange, Step
from fundtracker.domain.columns import Record

NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in a step until its scene has its place in the day."""


class Rank(IntEnum):
    """What comes first within a day."""

    TODAY = 0
    SET_UP = 1
    AGREEMENTS = 2
    BEGIN = 3
    COSTS = 4
    FORMS = 5
    CORRECTIONS = 6
    CATCH_UP = 7
    REGISTERS = 8
    REPORTS = 9
    LEDGER = 10
    ROWS = 11
    REASONS = 12
    SUBMIT = 13
    ANSWER = 14


@dataclass(frozen=True, slots=True)
class Scene:
    day: date
    rank: Rank
    step: Step


def add(
    day: date, rank: Rank, title: str, records: Iterable[Record], *, actor: str = OFFICER, reason: str = ""
) -> Scene:
    step = Add(at=NO_TIME, actor=actor, title=title, records=tuple(records), reason=reason)
    return Scene(day, rank, step)


def edit(
    day: date,
    rank: Rank,
    title: str,
    changes: Iterable[FieldChange],
    *,
    actor: str = OFFICER,
    reason: str = "",
) -> Scene:
    step = Edit(at=NO_TIME, actor=actor, title=title, changes=tuple(changes), reason=reason)
    return Scene(day, rank, step)
