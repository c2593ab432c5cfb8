"""Working days and months: when the office enters things."""

from datetime import date, timedelta

from fundtracker.domain.periods import Quarter, long_date

LOADED_ON = date(2023, 11, 7)
"""The day on which rounds 3 and 4 were entered, with all their costs."""
PLANNED_ON = date(2023, 11, 8)
"""The day on which round 5 was entered, its interventions and their profile."""
LAST_DAY = date(2024, 10, 21)
"""The demonstration's today."""


def working_day(day: date) -> date:
    """The day itself, or the Monday after a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday


def months(quarter: Quarter, starts_on: date) -> tuple[date, ...]:
    """The first days of a quarter's months, without those before or broken by the award's first day."""
    first = quarter.begins_on
    found = (first.replace(month=first.month + n) for n in range(3))
    return tuple(each for each in found if each >= starts_on)


def month_words(month: date) -> str:
    """ "October 2023", whatever the machine's language."""
    return long_date(month).split(maxsplit=1)[1]


def ledger_day(month: date) -> date:
    """When a month's costs are entered: about the 12th of the month after."""
    after = (month.replace(day=28) + timedelta(days=5)).replace(day=12)
    return working_day(after)


def after(quarter: Quarter, days: int) -> date:
    """A working day so many days after a quarter's end, or the first one after that."""
    return working_day(quarter.ends_on + timedelta(days=days))
