"""What Home shows at once: tasks by date and the money of live awards, quick at any size because the database keeps the sums.

Records go by the names of their kinds here, since Home is painted before the records are read. What takes longer to ask is
in `to_do` and `spending`: a worker's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, reported_quarter
from fundtracker.storage import glance as stored

_STATES = {
    "Draft": "is still a draft",
    "With CFO": "is with the CFO",
    "Queried": "is queried: answer the funder",
}
SOON = timedelta(days=45)
"""How far ahead Home looks."""
Within = tuple[tuple[str, Any], ...]
"""Path conditions of a list: (("intervention_id.award_id", 3),) are the costs of award 3."""


@dataclass(frozen=True)
class Task:
    """Something to do, by when (None: no day is set, and so today), and where it is done.

    That is a record ("FunderReturn", 12), perhaps a column of it or a `part` of its page, by its title; with `within` the rows
    of a kind that the conditions leave; or a `place` of the window, by its name, with what it is narrowed to.
    """

    due_on: date | None
    words: str
    kind: str
    record_id: int = 0
    column: str = ""
    within: Within | None = None
    part: str = ""
    place: str = ""


@dataclass(frozen=True)
class AwardGlance:
    """An award in one financial year."""

    award_id: int
    reference: str
    title: str
    year: FinancialYear
    awarded: Money
    spent: Money
    forecast: Money
    outturn: Money
    """Spent to the end of the quarter reported, plus the forecast of those after it."""

    @property
    def left(self) -> Money:
        return self.awarded - self.spent

    @property
    def spent_percent(self) -> str:
        """One decimal throughout; nothing where nothing is awarded to measure against."""
        percent = self.spent.percent_of(self.awarded)
        return "" if percent is None else f"{percent:,.1f}"


def by_date(found: Iterable[Task], today: date) -> tuple[Task, ...]:
    """Earliest first; what has no day is to be done today."""
    return tuple(sorted(found, key=lambda task: (task.due_on or today, task.words)))


def tasks(workspace: Workspace) -> tuple[Task, ...]:
    """What is open and due soon or late, earliest first: returns, instalments, conditions."""
    today = workspace.today
    return by_date(_tasks(workspace, today), today)


def _tasks(workspace: Workspace, today: date) -> Iterator[Task]:
    with workspace.database.reader() as conn:
        for return_id, reference, state, due in stored.open_returns(conn):
            # A queried one was sent in time or not: the day it was due says nothing of the answer.
            day = date.fromisoformat(due) if due and state != "Queried" else None
            yield Task(day, f"Return {reference} {_STATES[state]}", "FunderReturn", return_id)
        horizon = (today + SOON).isoformat()
        for record_id, reference, amount, due, status, waiting in stored.open_instalments(conn, horizon):
            said = _instalment(status, waiting)
            words = f"Instalment {reference} of {Money(amount).in_prose} {said}"
            yield Task(date.fromisoformat(due), words, "Instalment", record_id, "status")
        for record_id, reference, what, due, received in stored.open_conditions(conn, horizon):
            state, column = (
                ("is received and waits to be accepted", "accepted_on")
                if received
                else ("is outstanding", "received_on")
            )
            yield Task(
                date.fromisoformat(due),
                f"Condition of {reference} {state}: “{what}”",
                "Condition",
                record_id,
                column,
            )


def _instalment(status: str, waiting: int) -> str:
    if waiting:
        return f"waits for {waiting} condition{'s' if waiting > 1 else ''}"
    return "is held, though its conditions are met: approve it" if status == "Held" else "is to be paid"


def has_awards(workspace: Workspace) -> bool:
    """Whether any award is entered: before that Home says what to do first."""
    with workspace.database.reader() as conn:
        return stored.has_awards(conn)


def entered(workspace: Workspace) -> dict[str, int]:
    """Of what a programme begins with, what is entered: the kind's name and the id of its first record."""
    with workspace.database.reader() as conn:
        return stored.first_of_each(conn)


def glance(workspace: Workspace, year: FinancialYear | None = None) -> tuple[AwardGlance, ...]:
    """Live awards in the year that runs today; or every award, live or not, in another year."""
    this_year = FinancialYear.of(workspace.today)
    asked = year or this_year
    return award_glances(workspace, asked, closed=asked != this_year)


def award_glances(
    workspace: Workspace, year: FinancialYear, *, closed: bool = False, most: int = 200
) -> tuple[AwardGlance, ...]:
    """Awards in one financial year, `most` of them, in the order of their references."""
    today = workspace.today
    reported = reported_quarter(today).code
    with workspace.database.reader() as conn:
        rows = stored.award_years(conn, today.isoformat(), reported, str(year), closed=closed, most=most)
    return tuple(
        AwardGlance(
            award_id,
            reference,
            title,
            FinancialYear(int(named[:4])),
            Money(awarded or 0),
            Money(spent or 0),
            Money(forecast or 0),
            Money((before or 0) + (forecast or 0)),
        )
        for award_id, reference, title, named, awarded, spent, forecast, before in rows
    )
