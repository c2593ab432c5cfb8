"""What was known when: records as they were first entered, and the later edits that brought them up to date.

The plans hold how things finally stood. A date that lay ahead when a record was entered is left out at first, and filled
in on the first catch-up day after it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from fundtracker.application.demo.days import ledger_day
from fundtracker.application.demo.steps import FieldChange
from fundtracker.domain.columns import Record, key_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Risk
from fundtracker.domain.grants import Condition, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Milestone

R = TypeVar("R", bound=Record)
_DATES: dict[type[Record], tuple[str, ...]] = {
    Cost: ("paid_on",),
    Milestone: ("actual_on",),
    Instalment: ("paid_on",),
    Condition: ("received_on", "accepted_on"),
    Risk: ("closed_on",),
}
_MONTHS = (*(date(2023, month, 1) for month in (11, 12)), *(date(2024, month, 1) for month in range(1, 10)))
CATCH_UP = (*(ledger_day(month) for month in _MONTHS), date(2024, 10, 18))
"""The days on which payments, milestones and the like were brought up to date."""


@dataclass(frozen=True, slots=True)
class Revelation:
    """New values of a record, and the catch-up day on which they were entered."""

    on: date
    change: FieldChange


def known_on(item: R, day: date) -> R:
    """The record without what lay ahead of `day`."""
    unknown = dict.fromkeys(_ahead(item, day))
    first: dict[str, Any] = dict(unknown)
    if isinstance(item, Instalment) and (unknown or item.paid_on is None):
        first["status"] = InstalmentStatus.SCHEDULED
    if isinstance(item, Milestone) and (unknown or item.actual_on is None):
        first["forecast_on"] = item.baseline_on
    return replace(item, **first) if first else item


def _ahead(item: Record, day: date) -> dict[str, date]:
    """Dates of the record that lay ahead of `day`, by field."""
    values = {name: getattr(item, name) for name in _DATES.get(type(item), ())}
    return {name: value for name, value in values.items() if value is not None and value > day}


def revelations(items: Iterable[Record], day: date) -> Iterator[Revelation]:
    """What was filled in later, record by record; what lies past the last catch-up day never is."""
    for item in items:
        by_day: dict[date, dict[str, Any]] = {}
        for name, value in _ahead(item, day).items():
            caught = next((each for each in CATCH_UP if each >= value), None)
            if caught:
                by_day.setdefault(caught, {})[name] = value
        for caught, fields in by_day.items():
            yield Revelation(caught, (type(item), reference_of(item), {**fields, **_with_it(item, fields)}))


def _with_it(item: Record, fields: dict[str, Any]) -> dict[str, Any]:
    """What changes together with a date: an instalment's state, a milestone's forecast."""
    if isinstance(item, Instalment) and "paid_on" in fields:
        return {"status": InstalmentStatus.PAID}
    if isinstance(item, Milestone) and "actual_on" in fields and item.forecast_on != item.baseline_on:
        return {"forecast_on": item.forecast_on}
    return {}


def reference_of(item: Record) -> str | int:
    """The human reference, or the id of a record that has none."""
    key = key_of(type(item))
    return getattr(item, key.name) if key else item.id
