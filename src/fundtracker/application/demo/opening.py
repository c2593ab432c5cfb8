"""The first days of the file: the office's lists, the rounds, and the awards of rounds 3 and 4 with all their costs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from fundtracker.application.demo.acts import Rank, Scene, add
from fundtracker.application.demo.bids import AWARD_LINES, AWARDS, BID_AMOUNTS, BIDS
from fundtracker.application.demo.days import LOADED_ON, PLANNED_ON
from fundtracker.application.demo.funds import FUNDS, ROUNDS, TERMS
from fundtracker.application.demo.grants import CONDITIONS, GRANT_SOURCES, GRANTS, INSTALMENTS
from fundtracker.application.demo.interventions import (
    EARLIER,
    INDICATORS,
    INTERVENTIONS,
    MILESTONES,
    PROFILE_LINES,
    READINGS,
    ROUND_5,
)
from fundtracker.application.demo.match import match_rows
from fundtracker.application.demo.people import (
    CATEGORIES,
    CO_ORDINATOR,
    FINANCE,
    MANAGER,
    ORGANISATIONS,
    PARTNERSHIPS,
    PRIORITIES,
    TYPES,
    office,
)
from fundtracker.application.demo.plan import AwardPlan
from fundtracker.application.demo.reveal import known_on
from fundtracker.application.demo.risks import RISKS
from fundtracker.domain.columns import Record
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention, InterventionStatus

BEGUN_ON = date(2023, 11, 6)
NOT_YET_BEGUN = ("SSF5-RUR-05",)
"""Interventions that began after the file did."""


def opening() -> Iterator[Scene]:
    yield from _lists()
    for plan in EARLIER:
        yield from _award(plan, LOADED_ON)
    yield from grants([each for each in GRANTS if "SSF4" in each.reference], LOADED_ON, "Grants of round 4")
    for plan in ROUND_5:
        yield from _award(plan, PLANNED_ON)
    match = [row for _, row in match_rows() if row.award_id in _ids(EARLIER)]
    yield add(LOADED_ON, Rank.REPORTS, "Match funding of rounds 3 and 4", match, actor=FINANCE)
    readings = [each for each in READINGS if each.indicator_id in _indicators(EARLIER)]
    yield add(LOADED_ON, Rank.REPORTS, "Readings of rounds 3 and 4", readings)


def _lists() -> Iterator[Scene]:
    day, rank = BEGUN_ON, Rank.SET_UP
    yield add(day, rank, "The file begun: the office", (office(BEGUN_ON),), actor=MANAGER)
    yield add(day, rank, "Councils, police and partners", (*ORGANISATIONS, *PARTNERSHIPS))
    yield add(
        day,
        rank,
        "Plan priorities, types of intervention and cost categories",
        (*PRIORITIES, *TYPES, *CATEGORIES),
    )
    yield add(day, rank, "Funds and their rounds", (*FUNDS, *ROUNDS))
    yield add(day, rank, "The rules of each round", TERMS, actor=MANAGER)
    yield add(day, rank, "Eight bids, as submitted", (*BIDS, *BID_AMOUNTS))


def _ids(plans: Iterable[AwardPlan]) -> set[int]:
    wanted = {plan.reference for plan in plans}
    return {each.id for each in AWARDS if each.reference in wanted}


def _interventions(plans: Iterable[AwardPlan]) -> set[int]:
    awards = _ids(plans)
    return {each.id for each in INTERVENTIONS if each.award_id in awards}


def _indicators(plans: Iterable[AwardPlan]) -> set[int]:
    own = _interventions(plans)
    return {each.id for each in INDICATORS if each.intervention_id in own}


def _award(plan: AwardPlan, day: date) -> Iterator[Scene]:
    """An award with its sums; then its interventions and their profile; then milestones, indicators and risks."""
    award = next(each for each in AWARDS if each.reference == plan.reference)
    lines = [each for each in AWARD_LINES if each.award_id == award.id]
    own = [each for each in INTERVENTIONS if each.award_id == award.id]
    ids = {each.id for each in own}
    yield add(day, Rank.SET_UP, f"{award.reference}: the award", (award, *lines), actor=MANAGER)
    yield add(
        day,
        Rank.SET_UP,
        f"{award.reference}: interventions and profile",
        (*map(_at_first, own), *(each for each in PROFILE_LINES if each.intervention_id in ids)),
        actor=CO_ORDINATOR,
    )
    registers = (
        *(each for each in MILESTONES if each.intervention_id in ids),
        *(each for each in INDICATORS if each.intervention_id in ids),
        *(each for each in RISKS if each.award_id == award.id and each.raised_on <= day),
    )
    yield add(
        day,
        Rank.SET_UP,
        f"{award.reference}: milestones, indicators and risks",
        (known_on(each, day) for each in registers),
        actor=CO_ORDINATOR,
    )


def _at_first(intervention: Intervention) -> Intervention:
    if intervention.reference in NOT_YET_BEGUN:
        return replace(intervention, status=InterventionStatus.PLANNED)
    return intervention


def grants(wanted: list[Grant], day: date, title: str) -> Iterator[Scene]:
    """Grants with their sources; then the instalments and the conditions, as they stood on the day."""
    ids = {each.id for each in wanted}
    sources = [each for each in GRANT_SOURCES if each.grant_id in ids]
    yield add(day, Rank.AGREEMENTS, title, (*wanted, *sources), actor=MANAGER)
    parts: list[Record] = [each for each in (*INSTALMENTS, *CONDITIONS) if each.grant_id in ids]
    yield add(
        day,
        Rank.AGREEMENTS,
        f"{title}: instalments and conditions",
        (known_on(each, day) for each in parts),
        actor=FINANCE,
    )


def by_day(rows: Iterable[tuple[date, Record]]) -> Iterator[tuple[date, list[Record]]]:
    """Rows grouped by the day they were entered."""
    in_order = sorted(rows, key=lambda row: row[0])
    for day, group in groupby(in_order, key=lambda row: row[0]):
        yield day, [each for _, each in group]
