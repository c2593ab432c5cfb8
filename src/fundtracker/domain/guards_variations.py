"""Guards of variations: a virement only moves money, and nothing falls below what is already claimed."""

from collections.abc import Iterator

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import columns
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.looking import Look, problem_on
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange


def variation_has_one_owner(change: Change, _look: Look) -> Iterator[Problem]:
    item = change.after
    if isinstance(item, Variation) and (item.award_id is None) == (item.grant_id is None):
        yield problem_on(
            item, "award_id", "A variation changes one award or one grant: choose one of the two."
        )
    if isinstance(item, Term) and [item.round_id, item.award_id, item.grant_id].count(None) != 2:  # noqa: PLR2004 - one of three
        yield problem_on(
            item, "round_id", "A Term belongs to one round, award or grant: choose one of the three."
        )
    if (
        isinstance(item, Variation)
        and item.approved_on
        and not (item.approved_by.strip() and item.effective_on)
    ):
        yield problem_on(
            item,
            "approved_by",
            "An approved variation says who approved it (a role) and from when it is effective.",
        )


def _variations_touched(change: Change, look: Look) -> Iterator[Variation]:
    item = change.record
    if isinstance(item, Variation):
        found = look.get(Variation, item.id)
    elif isinstance(item, VariationChange):
        found = look.get(Variation, item.variation_id)
    else:
        return
    if found and found.approved_on:
        yield found


def virement_moves_only(change: Change, look: Look) -> Iterator[Problem]:
    """Virements of a variation add up to nothing; money crosses 31 March only with the funder's written consent (product rule 7)."""
    for variation in _variations_touched(change, look):
        moves = [
            each
            for each in look.select(VariationChange, variation_id=variation.id)
            if each.kind is ChangeKind.VIREMENT
        ]
        won = total(each.difference for each in moves)
        if won:
            yield problem_on(
                variation,
                "number",
                f"The virements of {variation.reference} add up to {won.in_prose}: a virement moves money, the total of the award stays.",
            )
        by_year = {
            each.year: total(other.difference for other in moves if other.year == each.year) for each in moves
        }
        if any(by_year.values()) and not won and not variation.year_end_consent.strip():
            yield problem_on(
                variation,
                "year_end_consent",
                f"{variation.reference} moves money across 31 March. Name the funder's consent (letter and date); without it the year's money is lost, not moved.",
            )


def variation_keeps_claims(change: Change, look: Look) -> Iterator[Problem]:
    """No variation brings a year's award below nought or below what is already claimed of it."""
    for variation in _variations_touched(change, look):
        award = look.get(Award, variation.award_id)
        if award is None:
            continue
        changes = [
            each
            for other in look.select(Variation, award_id=award.id)
            if other.approved_on
            for each in look.select(VariationChange, variation_id=other.id)
            if each.kind in {ChangeKind.AMOUNT, ChangeKind.VIREMENT} and each.year
        ]
        for year in sorted({each.year for each in changes if each.year}):
            first = total(each.amount for each in look.select(AwardLine, award_id=award.id, year=year))
            awarded = first + total(each.difference for each in changes if each.year == year)
            claimed = _claimed_of_year(award, year, look)
            if awarded < max(claimed, ZERO):
                yield problem_on(
                    variation,
                    "number",
                    f"{variation.reference} would leave {awarded.in_prose} for {year}, below the {claimed.in_prose} already claimed.",
                )


def _claimed_of_year(award: Award, year: FinancialYear, look: Look) -> Money:
    return total(
        line.amount
        for sent in look.select(FunderReturn, award_id=award.id)
        if sent.state.frozen
        for line in look.select(ReturnLine, return_id=sent.id)
        if line.quarter.year == year
    )


def re_profile_keeps_claims(change: Change, look: Look) -> Iterator[Problem]:
    """A re-profile leaves no intervention's year below what is already claimed of it (product rule 7)."""
    for variation in _variations_touched(change, look):
        moved = [
            each
            for each in look.select(VariationChange, variation_id=variation.id)
            if each.kind is ChangeKind.RE_PROFILE and each.intervention_id and each.quarter
        ]
        for intervention_id, year in sorted(
            {(each.intervention_id or 0, each.quarter.year) for each in moved if each.quarter}
        ):
            planned = _planned(intervention_id, year, look)
            claimed = total(
                line.amount
                for line in look.select(ReturnLine, intervention_id=intervention_id)
                if line.quarter.year == year
            )
            intervention = look.get(Intervention, intervention_id)
            if (
                intervention
                and planned < claimed
                and total(e.difference for e in moved if e.intervention_id == intervention_id).pence < 0
            ):
                yield problem_on(
                    variation,
                    "number",
                    f"{variation.reference} would leave {intervention.reference} {planned.in_prose} in {year}, below the {claimed.in_prose} already claimed.",
                )


def _planned(intervention_id: int, year: FinancialYear, look: Look) -> Money:
    original = total(
        each.amount
        for each in look.select(ProfileLine, intervention_id=intervention_id)
        if each.quarter.year == year
    )
    changes = (
        each
        for each in look.select(VariationChange, intervention_id=intervention_id)
        if each.kind is ChangeKind.RE_PROFILE and each.quarter and each.quarter.year == year
    )
    approved = (each for each in changes if (of := look.get(Variation, each.variation_id)) and of.approved_on)
    return original + total(each.difference for each in approved)


def variation_change_complete(change: Change, _look: Look) -> Iterator[Problem]:
    """Each kind of change has the fields it needs."""
    item = change.after
    if not isinstance(item, VariationChange):
        return
    needed = {
        ChangeKind.AMOUNT: ("year", "old_amount", "new_amount"),
        ChangeKind.VIREMENT: ("year", "expense", "old_amount", "new_amount"),
        ChangeKind.RE_PROFILE: (
            "intervention_id",
            "quarter",
            "expense",
            "category_id",
            "old_amount",
            "new_amount",
        ),
        ChangeKind.EXTENSION: ("old_date", "new_date"),
        ChangeKind.TERMINATION: ("new_date",),
        ChangeKind.SCOPE: ("new_text",),
    }[item.kind]
    labels = {column.name: column.label for column in columns(VariationChange)}
    for name in needed:
        if getattr(item, name) in {None, ""}:
            yield problem_on(
                item, name, f"{labels[name]} is empty: a change of kind {item.kind.value.lower()} needs it."
            )
