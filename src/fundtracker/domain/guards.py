"""GUARDS: what a changed record must keep to be written at all. Looked at after the change, before it is committed.

A guard refuses only where money or the record would be wrong; everything softer is a check of the return (`checks`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from fundtracker.domain.awards import Award
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Column, columns, plural, singular
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Risk
from fundtracker.domain.grants import Condition, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.guards_costs import (
    claimed_cost_stays,
    cost_late_change_has_reason,
    cost_received_in_time,
    cost_reversal_mirrors,
    grant_pays_for_cost,
)
from fundtracker.domain.guards_forms import FORM_GUARDS
from fundtracker.domain.guards_ledger import LEDGER_GUARDS
from fundtracker.domain.guards_variations import (
    re_profile_keeps_claims,
    variation_change_complete,
    variation_has_one_owner,
    variation_keeps_claims,
    virement_keeps_claims,
    virement_moves_only,
    year_end_is_agreed,
)
from fundtracker.domain.guards_years import year_within_its_award
from fundtracker.domain.kinds import LONGEST_TEXT
from fundtracker.domain.looking import Guard, Look, problem_on
from fundtracker.domain.money import Money, total
from fundtracker.domain.naming import Namer
from fundtracker.domain.periods import Quarter, quarters_between, short_date
from fundtracker.domain.problems import Problem
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import SUBMITTING, Forecast, FunderReturn, ReturnState
from fundtracker.domain.variations import AWARD_CHANGES, Variation, VariationChange


def fields_filled(change: Change, _look: Look) -> Iterator[Problem]:
    """Every field holds a value of its kind, and none that is needed is empty."""
    item = change.after
    if item is None:
        return
    for column in columns(type(item)):
        value = getattr(item, column.name)
        if message := _wrong_with(column, value):
            yield problem_on(item, column.name, message)


def _wrong_with(column: Column, value: Any) -> str:
    empty = value is None or value == ""
    if empty and (column.required or (column.key and not column.nullable)):
        return f"{column.label} is empty: enter {column.kind.hint}."
    if value is None:
        return "" if column.nullable else f"{column.label} is empty: enter {column.kind.hint}."
    if not column.kind.accepts(value):
        return f"{column.label} should be {column.kind.hint}."
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{column.label} has {len(value):,} characters; at most {LONGEST_TEXT:,} can be kept."
    return ""


def dates_in_order(change: Change, _look: Look) -> Iterator[Problem]:
    """A thing does not end before it starts."""
    pairs = (
        ("starts_on", "ends_on"),
        ("delivery_from", "delivery_to"),
        ("opens_on", "closes_on"),
        ("received_on", "accepted_on"),
        ("approved_on", "expires_on"),
    )
    item = change.after
    for first, last in pairs:
        one, other = getattr(item, first, None), getattr(item, last, None)
        if item is not None and isinstance(one, date) and isinstance(other, date) and other < one:
            labels = {column.name: column.label for column in columns(type(item))}
            yield problem_on(
                item,
                last,
                f"{labels[last]} ({short_date(other)}) is before {labels[first].lower()} ({short_date(one)}): correct one of them.",
            )


def one_open_return(change: Change, look: Look) -> Iterator[Problem]:
    """One unsubmitted return per award at a time, and no quarter left out from the award's first (product rule 2)."""
    item = change.after
    if not isinstance(item, FunderReturn):
        return
    returns = look.select(FunderReturn, award_id=item.award_id)
    unsent = next((each for each in returns if each.id != item.id and not each.state.frozen), None)
    if not item.state.frozen and unsent:
        yield problem_on(
            item, "state", f"{unsent.reference} isn't submitted yet: an award has one open return at a time."
        )
    award = look.get(Award, item.award_id)
    if award is None or change.before is not None:
        return
    others = {each.quarter for each in returns if each.id != item.id}
    expected = Quarter.of(award.starts_on)
    while expected in others:
        expected = expected.next
    run = {*others, item.quarter}
    if len(run) != len(tuple(quarters_between(Quarter.of(award.starts_on), max(run)))):
        yield problem_on(
            item,
            "quarter",
            f"The next return of {award.reference} is for {expected}: returns leave no quarter out.",
        )


def return_state_moves_on(change: Change, look: Look) -> Iterator[Problem]:
    """Once submitted, a return is queried, answered, accepted, paid; never a draft again.

    What the funder did freezes nothing, so that a step marked by mistake can be taken back.
    """
    before, item = change.before, change.after
    if (
        isinstance(before, FunderReturn)
        and isinstance(item, FunderReturn)
        and item.state not in {before.state, *NEXT_STATES[before.state]}
        and not (look.taking_back and item.state.frozen)
    ):
        yield problem_on(
            item,
            "state",
            f"A return that is {before.state.value.lower()} can't become {item.state.value.lower()}.",
        )
    if isinstance(item, FunderReturn) and (item.state is ReturnState.PAID) != (item.received_on is not None):
        yield problem_on(
            item, "received_on", "A return that is paid has the day the money came, and no other has one."
        )


def claimed_once_submitted(change: Change, look: Look) -> Iterator[Problem]:
    """A draft's figures are worked out anew each time: until it is submitted it has no claim, and no day of submission."""
    before, item = change.before, change.after
    if not isinstance(item, FunderReturn) or item.state.frozen or look.taking_back:
        return
    for each in columns(FunderReturn):
        value = getattr(item, each.name)
        held = each.default if before is None else getattr(before, each.name)
        if each.step == SUBMITTING and value not in {each.default, held}:
            yield problem_on(item, each.name, f"{each.why_locked} A draft's is left empty.")


def paid_once_submitted(change: Change, look: Look) -> Iterator[Problem]:
    """The funder pays what was asked for: its money doesn't come before the return was submitted."""
    before, item = change.before, change.after
    if not isinstance(item, FunderReturn) or item.received_on is None or item.submitted_on is None:
        return
    held = isinstance(before, FunderReturn) and before.received_on == item.received_on
    if item.received_on < item.submitted_on and not held and not look.taking_back:
        yield problem_on(
            item,
            "received_on",
            f"Received on is {short_date(item.received_on)}, before the return was submitted ({short_date(item.submitted_on)}): enter the day the money came.",
        )


def forecast_looks_ahead(change: Change, look: Look) -> Iterator[Problem]:
    item = change.after
    if isinstance(item, Forecast):
        made_in = look.get(FunderReturn, item.return_id)
        if made_in and item.quarter <= made_in.quarter:
            yield problem_on(
                item,
                "quarter",
                f"A forecast made in the return of {made_in.quarter} is for a later quarter; {item.quarter} is not.",
            )


def instalment_in_order(change: Change, look: Look) -> Iterator[Problem]:
    """Paid only with a date, once its conditions are accepted, and within the grant."""
    item = change.after
    if not isinstance(item, Instalment):
        return
    if (item.status is InstalmentStatus.PAID) != (item.paid_on is not None):
        yield problem_on(
            item, "paid_on", "An instalment that is paid has the day it was paid on, and no other has one."
        )
    if item.status in {InstalmentStatus.APPROVED, InstalmentStatus.PAID}:
        for each in look.select(Condition, instalment_id=item.id):
            if each.accepted_on is None:
                yield problem_on(
                    item,
                    "status",
                    f"The condition “{each.what}” isn't accepted yet: accept it first, or hold the instalment.",
                )
    granted, scheduled = _granted(item.grant_id, look), _scheduled(item.grant_id, look)
    if scheduled > granted:
        yield problem_on(
            item,
            "amount",
            f"The instalments would come to {scheduled.in_prose}, more than the {granted.in_prose} granted: lower one, or record a variation of the grant.",
        )


def _granted(grant_id: int, look: Look) -> Money:
    """A grant's sources and approved variations."""
    return total(each.amount for each in look.select(GrantSource, grant_id=grant_id)) + total(
        each.difference
        for variation in look.select(Variation, grant_id=grant_id)
        if variation.approved_on
        for each in look.select(VariationChange, variation_id=variation.id)
        if each.kind in AWARD_CHANGES
    )


def _scheduled(grant_id: int, look: Look) -> Money:
    """A grant's instalments, paid or to come."""
    return total(
        each.amount
        for each in look.select(Instalment, grant_id=grant_id)
        if each.status is not InstalmentStatus.CANCELLED
    )


def grant_keeps_instalments(change: Change, look: Look) -> Iterator[Problem]:
    """What is granted isn't brought below the instalments, by its sources or by a variation, made or taken back (product rule 4)."""
    for grant_id in sorted(_grants_touched(change, look)):
        granted, scheduled = _granted(grant_id, look), _scheduled(grant_id, look)
        if granted < scheduled:
            yield problem_on(
                change.record,
                "amount" if isinstance(change.record, GrantSource) else "",
                f"The grant would come to {granted.in_prose}, below its instalments of {scheduled.in_prose}: cancel or lower an instalment first.",
            )


def _grants_touched(change: Change, look: Look) -> Iterator[int]:
    for item in (change.before, change.after):
        if isinstance(item, VariationChange):
            item = look.get(Variation, item.variation_id)  # noqa: PLW2901 - the change speaks for its variation
        if isinstance(item, GrantSource | Variation) and item.grant_id is not None:
            yield item.grant_id


def source_pays_its_costs(change: Change, look: Look) -> Iterator[Problem]:
    """A grant's source isn't taken from under the partner's costs that it pays for."""
    before, after = change.before, change.after
    if not isinstance(before, GrantSource) or (
        isinstance(after, GrantSource)
        and (after.grant_id, after.intervention_id) == (before.grant_id, before.intervention_id)
    ):
        return
    if look.select(GrantSource, grant_id=before.grant_id, intervention_id=before.intervention_id):
        return  # another year's source still pays
    costs = look.select(Cost, grant_id=before.grant_id, intervention_id=before.intervention_id)
    if costs:
        yield problem_on(
            before,
            "intervention_id",
            f"{len(costs)} of the partner's costs ({costs[0].reference} first) are paid from this source: move them first.",
        )


def condition_in_order(change: Change, look: Look) -> Iterator[Problem]:
    """Received is not accepted: a thing is accepted only once it has come, and stays accepted once money was paid on it."""
    before, item = change.before, change.after
    if isinstance(item, Condition) and item.accepted_on and not item.received_on:
        yield problem_on(item, "received_on", "Accepted, but not received: enter the day it came first.")
    if isinstance(before, Condition) and before.accepted_on:
        gated = look.get(Instalment, before.instalment_id)
        kept = isinstance(item, Condition) and item.accepted_on
        if gated and not kept and gated.status in {InstalmentStatus.APPROVED, InstalmentStatus.PAID}:
            yield problem_on(
                before,
                "accepted_on",
                f"{gated.reference} is {gated.status.value.lower()} on this condition, so it stays accepted: hold or cancel the instalment first.",
            )


def award_begins_when_claimed(change: Change, look: Look) -> Iterator[Problem]:
    """Once a return is submitted, the award's first day stays: what was claimed from it on would not be eligible any more."""
    before, item = change.before, change.after
    if isinstance(before, Award) and isinstance(item, Award) and item.starts_on != before.starts_on:
        sent = next((e for e in look.select(FunderReturn, award_id=item.id) if e.state.frozen), None)
        if sent:
            yield problem_on(
                item,
                "starts_on",
                f"{sent.reference} is submitted and rests on {short_date(before.starts_on)}, the award's first day: it can't be changed any more.",
            )


def risk_scored(change: Change, _look: Look) -> Iterator[Problem]:
    item = change.after
    if isinstance(item, Risk):
        for name in ("impact_before", "likelihood_before", "impact_after", "likelihood_after"):
            if not 1 <= getattr(item, name) <= 5:  # noqa: PLR2004 - the scale of the register
                yield problem_on(item, name, "Give a score from 1 (least) to 5 (most).")


def not_in_use(change: Change, look: Look) -> Iterator[Problem]:
    """A round with bids, or any record that others rest on, is not removed from under them."""
    if change.after is None and change.before is not None:
        gone = change.before
        namer = Namer(look.get)
        for kind in RECORDS:
            for column in columns(kind):
                if column.refers_to == type(gone).__name__ and (
                    users := look.select(kind, **{column.name: gone.id})
                ):
                    name, first = singular(type(gone)).lower(), namer.of(users[0])
                    alone = f"1 {singular(kind).lower()} ({first}): remove or move it first."
                    several = f"{len(users):,} {plural(kind).lower()} ({first} and others): remove or move them first."
                    said = alone if len(users) == 1 else several
                    yield problem_on(gone, "", f"This {name} is used by {said}")


NEXT_STATES = {
    ReturnState.DRAFT: set(ReturnState),  # beyond With CFO only by submitting it, or as part of an import
    ReturnState.WITH_CFO: {ReturnState.DRAFT, ReturnState.SUBMITTED},
    ReturnState.SUBMITTED: {ReturnState.QUERIED, ReturnState.ACCEPTED, ReturnState.PAID},
    ReturnState.QUERIED: {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.PAID},
    ReturnState.ACCEPTED: {ReturnState.QUERIED, ReturnState.PAID},
    ReturnState.PAID: set[ReturnState](),
}

GUARDS: tuple[tuple[Guard, ...], ...] = (
    (fields_filled,),
    (
        dates_in_order,
        cost_received_in_time,
        cost_reversal_mirrors,
        cost_late_change_has_reason,
        claimed_cost_stays,
        grant_pays_for_cost,
        one_open_return,
        return_state_moves_on,
        claimed_once_submitted,
        paid_once_submitted,
        forecast_looks_ahead,
        variation_has_one_owner,
        variation_change_complete,
        virement_moves_only,
        year_end_is_agreed,
        variation_keeps_claims,
        virement_keeps_claims,
        re_profile_keeps_claims,
        instalment_in_order,
        grant_keeps_instalments,
        source_pays_its_costs,
        condition_in_order,
        award_begins_when_claimed,
        year_within_its_award,
        risk_scored,
        *FORM_GUARDS,
        *LEDGER_GUARDS,
    ),
    (not_in_use,),
)
"""In groups: one is asked only where none before it had anything to say.

What rests on a record is told only where nothing else keeps the record: a claimed cost is reversed, whatever uses it.
"""


def refusals(change: Change, look: Look) -> tuple[Problem, ...]:
    """Everything that stands against a change."""
    said = (tuple(problem for guard in group for problem in guard(change, look)) for group in GUARDS)
    return next(filter(None, said), ())
