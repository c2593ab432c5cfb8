"""An office that returns its first award quarter by quarter: what the tests of a return's life start from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from application.deeds import head_of, pounds
from fundtracker.application.actions.reasons import write_reason
from fundtracker.application.actions.records import add
from fundtracker.application.actions.returns import begin_return, submit_return
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.snapshot import Snapshot
from programme import RESOURCE, quarter

Q3, Q4, Q1 = quarter("2023/24 Q3"), quarter("2023/24 Q4"), quarter("2024/25 Q1")
SIGNED = SignOff("Programme manager", "Finance officer", "Signatory", "Chief Finance Officer")


@dataclass
class Clock:
    """A clock that a test sets."""

    day: date

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@dataclass
class Office:
    """A workspace on an award of £50,000 and £80,000, with 1,000.00 + 234.56 spent in its first quarter."""

    workspace: Workspace
    clock: Clock
    award_id: int
    intervention_id: int
    category_id: int

    def spends(self, net: str, on: date, **more: object) -> Cost:
        number = self.workspace.new_id(Cost)
        values = {
            "intervention_id": self.intervention_id,
            "supplier": "Illustrative Ltd",
            "invoice_number": f"INV-{number}",
            "received_on": on,
            "invoiced_on": on,
            "net": pounds(net),
            "expense": RESOURCE,
            "category_id": self.category_id,
            **more,
        }
        return add(self.workspace, Cost, values)

    def submits_next(self) -> FunderReturn:
        draft = begin_return(self.workspace, self.award_id)
        self.clock.day = max(self.clock.day, draft.quarter.next.begins_on)
        self.explains(draft)
        return submit_return(self.workspace, draft.id, SIGNED)

    def explains(self, draft: FunderReturn) -> None:
        line = Line(self.intervention_id, RESOURCE, self.category_id)
        write_reason(self.workspace, draft.id, line, "Phased differently")


def ties(snapshot: Snapshot) -> bool:
    return all(row.difference == Money(0) for row in snapshot.controls) and all(
        row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
        for row in snapshot.bridge
    )


def problem_of(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, int | None, str, str]:
    (problem, *_) = refused.value.problems
    return problem.kind, problem.record_id, problem.column, problem.message


def refused_unchanged(office: Office, refused: pytest.ExceptionInfo[Refused], before: tuple[int, str]) -> str:
    assert head_of(office.workspace) == before
    return str(refused.value)
