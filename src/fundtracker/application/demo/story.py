"""story(): the demonstration programme from the file's first day to 21 October 2024, step by step."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache

from fundtracker.application.demo.acts import Rank, Scene, edit
from fundtracker.application.demo.days import LAST_DAY
from fundtracker.application.demo.finance import finance
from fundtracker.application.demo.form_records import earlier_forms
from fundtracker.application.demo.forms_now import forms_awaited, forms_now
from fundtracker.application.demo.opening import BEGUN_ON, opening
from fundtracker.application.demo.people import MANAGER, OFFICE_NAME
from fundtracker.application.demo.quarters import resolution, returns_and_reports
from fundtracker.application.demo.steps import Step
from fundtracker.application.demo.year import running_year
from fundtracker.domain.organisations import Office
from fundtracker.domain.periods import long_date

_MORNING = time(9, 0, tzinfo=UTC)
_BETWEEN = timedelta(minutes=3)
_RESTS_ON_TODAY = {
    Rank.AGREEMENTS,
    Rank.BEGIN,
    Rank.COSTS,
    Rank.FORMS,
    Rank.CORRECTIONS,
    Rank.LEDGER,
    Rank.SUBMIT,
    Rank.ANSWER,
}
"""Acts whose checks ask what day it is."""


@cache
def story() -> tuple[Step, ...]:
    """Every step, in order; the same on every machine and every day."""
    scenes = (
        *opening(),
        *running_year(),
        *earlier_forms(),
        *forms_now(),
        *finance(),
        *returns_and_reports(),
    )
    return _in_order((*scenes, *_days_pass(scenes)))


@cache
def awaited_forms() -> tuple[Step, ...]:
    """After the story's end the two forms come that 2024/25 Q2 still waits for: Stroud's, corrected, and the Forest's."""
    return _in_order(forms_awaited(), after=story()[-1].at)


@cache
def resolve_before_submission() -> tuple[Step, ...]:
    """What the co-ordinator does after the story's end so that the three drafts of 2024/25 Q2 can be submitted."""
    forms = awaited_forms()
    return (*forms, *_in_order(resolution(), after=forms[-1].at))


def _days_pass(scenes: Iterable[Scene]) -> Iterator[Scene]:
    """The demonstration's own today, moved on before each act that rests on the day."""
    days = {each.day for each in scenes if each.rank in _RESTS_ON_TODAY and each.day > BEGUN_ON} | {LAST_DAY}
    for day in sorted(days):
        title = f"The demonstration moves on to {long_date(day)}"
        yield edit(day, Rank.TODAY, title, ((Office, OFFICE_NAME, {"today": day}),), actor=MANAGER)


def _in_order(scenes: Iterable[Scene], after: datetime | None = None) -> tuple[Step, ...]:
    """The scenes by day and rank, each step given its time of day."""
    steps: list[Step] = []
    for scene in sorted(scenes, key=lambda each: (each.day, each.rank)):
        morning = datetime.combine(scene.day, _MORNING)
        last = steps[-1].at if steps else after
        at = max(morning, last + _BETWEEN) if last else morning
        steps.append(replace(scene.step, at=at))
    return tuple(steps)
