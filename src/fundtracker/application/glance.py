"""What Home shows: tasks by date and the money of live awards, quick at any size because the database keeps the sums.

Records go by the names of their kinds here, since Home is painted before the records are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fundtracker.application.workspace import Workspace
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, reported_quarter
from fundtracker.storage.glance import award_years, open_conditions, open_instalments, open_returns

_STATES = {"Draft": "is still a draft", "With CFO": "is with the CFO", "Queried": "is queried"}
SOON = timedelta(days=45)
"""How far ahead Home looks."""


@dataclass(frozen=True)
class Task:
    """Something to do, by when, and the record where it is done ("FunderReturn", 12)."""

    due_on: date | None
    words: str
    kind: str
    record_id: int


@dataclass(frozen=True)
class AwardGlance:
    """A live award in one financial year."""

    award_id: int
    reference: str
    title: str
    year: FinancialYear
    awarded: Money
    spent: Money
    forecast: Money

    @property
    def left(self) -> Money:
        return self.awarded - self.spent

    @property
    def spent_percent(self) -> str:
        percent = self.spent.percent_of(self.awarded)
        return "0" if percent is None else str(percent)


def tasks(workspace: Workspace) -> tuple[Task, ...]:
    """What is open and due soon or late, earliest first."""
    today = workspace.today
    found = sorted(_tasks(workspace, today), key=lambda task: (task.due_on or today, task.words))
    return tuple(found)


def _tasks(workspace: Workspace, today: date) -> Iterator[Task]:
    with workspace.database.reader() as conn:
        for return_id, reference, state, due in open_returns(conn):
            day = date.fromisoformat(due) if due else None
            yield Task(
                day, f"Return {reference} {_STATES[state]}{_late(day, today)}", "FunderReturn", return_id
            )
        horizon = (today + SOON).isoformat()
        for record_id, reference, amount, due in open_instalments(conn, horizon):
            day = date.fromisoformat(due)
            yield Task(
                day,
                f"Instalment {reference} of {Money(amount).in_prose} is to be paid{_late(day, today)}",
                "Instalment",
                record_id,
            )
        for record_id, reference, what, due, received in open_conditions(conn, horizon):
            day = date.fromisoformat(due)
            state = (
                "is received and waits to be accepted" if received else f"is outstanding{_late(day, today)}"
            )
            yield Task(day, f"{reference}: “{what}” {state}", "Condition", record_id)


def _late(day: date | None, today: date) -> str:
    if day is None or day > today:
        return ""
    return ": due today" if day == today else f": {(today - day).days} days late"


def glance(workspace: Workspace) -> tuple[AwardGlance, ...]:
    """Live awards, in the year that runs today and any other that a live award has money in."""
    today = workspace.today
    this_year = FinancialYear.of(today)
    with workspace.database.reader() as conn:
        rows = award_years(conn, today.isoformat(), reported_quarter(today).code, str(this_year))
    return tuple(
        AwardGlance(
            award_id,
            reference,
            title,
            FinancialYear(int(year[:4])),
            Money(awarded or 0),
            Money(spent or 0),
            Money(forecast or 0),
        )
        for award_id, reference, title, year, awarded, spent, forecast in rows
    )
