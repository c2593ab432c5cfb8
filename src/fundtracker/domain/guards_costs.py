"""Guards of costs: received in time, reversed like for like, and with a reason where they come late."""

from collections.abc import Iterator
from datetime import date

from fundtracker.domain.awards import Award
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.figures import cell_of
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.looking import Look, problem_on
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.variations import Variation, VariationChange, moved_end


def award_of(cost: Cost, look: Look) -> Award | None:
    intervention = look.get(Intervention, cost.intervention_id)
    return look.get(Award, intervention.award_id) if intervention else None


def last_day(award: Award, look: Look) -> date:
    """The award's end, as moved by variations in force today: the day that its return will ask for too."""
    moved = moved_end(
        (variation, item)
        for variation in look.select(Variation, award_id=award.id)
        if variation.in_force(look.today)
        for item in look.select(VariationChange, variation_id=variation.id)
    )
    return moved or award.ends_on


def cost_received_in_time(change: Change, look: Look) -> Iterator[Problem]:
    """Nothing is received before the award begins, after it ends, or after today (domain 1.3, 5.5)."""
    cost = change.after
    if not isinstance(cost, Cost) or cost.received_on is None:
        return
    if cost.received_on > look.today:
        yield problem_on(
            cost,
            "received_on",
            f"Received is {short_date(cost.received_on)}, after today: leave it empty until the goods or services have come.",
        )
    award = award_of(cost, look)
    if award is None:
        return
    ends = last_day(award, look)
    if not award.starts_on <= cost.received_on <= ends:
        yield problem_on(
            cost,
            "received_on",
            f"Received is {short_date(cost.received_on)}; {award.reference} pays for what is received from {short_date(award.starts_on)} to {short_date(ends)}."
            " Correct the date, or choose an intervention of another award.",
        )


def cost_reversal_mirrors(change: Change, look: Look) -> Iterator[Problem]:
    """A reversal stands where its original stands, on the same day, and takes away no more than it: so the pair nets to nothing."""
    cost = change.after
    if not isinstance(cost, Cost):
        return
    if cost.reversal_of is not None:
        original = look.get(Cost, cost.reversal_of)
        if original is not None:
            yield from _mirrors(cost, original, look)
    for reversal in look.select(Cost, reversal_of=cost.id):
        yield from _mirrors(reversal, cost, look)


def _mirrors(reversal: Cost, original: Cost, look: Look) -> Iterator[Problem]:
    if original.id == reversal.id or original.reversal_of is not None:
        yield problem_on(
            reversal,
            "reversal_of",
            f"{original.reference} is itself a reversal, and can't be reversed: reverse the cost it stands for.",
        )
        return
    same = (
        "intervention_id",
        "received_on",
        "expense",
        "category_id",
        "vat_recoverable",
        "grant_id",
        "accepted_on",
    )
    labels = {column.name: column.label for column in columns(Cost)}
    for name in same:
        if getattr(reversal, name) != getattr(original, name):
            value = getattr(original, name)
            shown = f" ({short_date(value)})" if isinstance(value, date) else ""
            yield problem_on(
                reversal,
                name,
                f"A reversal counts where its original counts: {labels[name].lower()} must be as on {original.reference}{shown}.",
            )
    taken = total(each.eligible for each in look.select(Cost, reversal_of=original.id))
    left = original.eligible + taken
    if (original.eligible.pence >= 0) != (left.pence >= 0) and left:
        yield problem_on(
            reversal,
            "net",
            f"The reversals of {original.reference} come to {(-taken).in_prose}, more than the {original.eligible.in_prose} it stands for.",
        )


MONEY_FIELDS = (
    "intervention_id",
    "grant_id",
    "received_on",
    "net",
    "vat",
    "vat_recoverable",
    "expense",
    "category_id",
    "accepted_on",
)


def cost_late_change_has_reason(change: Change, look: Look) -> Iterator[Problem]:
    """A cost that differs from what a submitted return said of its quarter says why: it will stand there as an adjustment."""
    before = change.before if isinstance(change.before, Cost) else None
    cost = change.after
    if not isinstance(cost, Cost) or cost.reversal_of is not None:
        return
    reason = cost.adjustment_reason.strip()
    told = {line.reason.strip() for line in look.select(ReturnLine, cost_id=cost.id)}
    if reason and reason not in told:  # a reason that a return has given already was for an earlier change
        return
    if before is not None and all(getattr(before, name) == getattr(cost, name) for name in MONEY_FIELDS):
        return
    now = {cell: cost.eligible} if (cell := cell_of(cost)) and cost.eligible else {}
    said = _said(cost, look)
    late = [
        each.quarter
        for each in now.keys() | said.keys()
        if now.get(each) != said.get(each) and _returned(each, look)
    ]
    if late:
        yield problem_on(
            cost,
            "adjustment_reason",
            f"The return of {min(late)} is already submitted: write the reason for {'this further' if reason else 'the late'} change. It will stand in the next return as an adjustment.",
        )


def _said(cost: Cost, look: Look) -> dict[Cell, Money]:
    """What submitted returns said of a cost, by cell."""
    cube = Cube.of(
        (Cell(line.intervention_id, line.expense, line.category_id, line.quarter), line.amount)
        for line in look.select(ReturnLine, cost_id=cost.id)
    )
    return dict(cube)


def _returned(cell: Cell, look: Look) -> bool:
    intervention = look.get(Intervention, cell.intervention_id)
    returns = look.select(FunderReturn, award_id=intervention.award_id) if intervention else ()
    return any(each.state.frozen and each.quarter >= cell.quarter for each in returns)


def claimed_cost_stays(change: Change, look: Look) -> Iterator[Problem]:
    """What a return claimed is not deleted; it is reversed."""
    if (
        isinstance(change.before, Cost)
        and change.after is None
        and look.select(ReturnLine, cost_id=change.before.id)
    ):
        yield problem_on(
            change.before,
            "reference",
            f"{change.before.reference} stands in a submitted return and can't be removed. Reverse it instead: the next return shows the adjustment.",
        )


def grant_pays_for_cost(change: Change, look: Look) -> Iterator[Problem]:
    """A partner's cost falls under an intervention that its grant pays for."""
    cost = change.after
    if isinstance(cost, Cost) and cost.grant_id is not None:
        sources = look.select(GrantSource, grant_id=cost.grant_id)
        grant = look.get(Grant, cost.grant_id)
        if grant and cost.intervention_id not in {each.intervention_id for each in sources}:
            yield problem_on(
                cost,
                "grant_id",
                f"{grant.reference} doesn't pay for this intervention: choose one of the grant's sources, or leave the grant empty.",
            )
    if isinstance(cost, Cost) and cost.grant_id is None and cost.accepted_on is not None:
        yield problem_on(
            cost,
            "accepted_on",
            "Only a partner's cost is accepted: name its grant, or leave Accepted on empty.",
        )
