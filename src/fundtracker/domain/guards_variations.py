"""Guards of variations: a virement only moves money, and nothing falls below what is already claimed."""

from collections.abc import Iterable, Iterator

from fundtracker.domain.awards import Award, AwardId, AwardLine
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Record, columns, described
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.looking import Look, problem_on
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import AWARD_CHANGES, ChangeKind, Variation, VariationChange


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
    """Approved variations whose own record or one of whose changes is written."""
    found = {each.id: each for item in (change.before, change.after) if (each := _variation_of(item, look))}
    yield from (each for each in found.values() if each.approved_on)


def _variation_of(item: Record | None, look: Look) -> Variation | None:
    if isinstance(item, Variation):
        return look.get(Variation, item.id)
    return look.get(Variation, item.variation_id) if isinstance(item, VariationChange) else None


def _awards_touched(change: Change, look: Look) -> dict[AwardId, Award]:
    """Awards whose sums a change of a variation may move: as it was and as it is, approved or not any more."""
    found: dict[AwardId, Award] = {}
    for item in (change.before, change.after):
        variation = item if isinstance(item, Variation) else _variation_of(item, look)
        award = look.get(Award, variation.award_id) if variation else None
        if award:
            found[award.id] = award
    return found


def virement_moves_only(change: Change, look: Look) -> Iterator[Problem]:
    """Virements of a variation add up to nothing (product rule 7)."""
    for variation in _variations_touched(change, look):
        won = total(each.difference for each in _changes(variation, look) if each.kind is ChangeKind.VIREMENT)
        if won:
            yield problem_on(
                variation,
                "number",
                f"The virements of {variation.reference} add up to {won.in_prose}: a virement moves money, the total of the award stays.",
            )


def year_end_is_agreed(change: Change, look: Look) -> Iterator[Problem]:
    """Money crosses 31 March only with the funder's written consent, whatever the change is called (product rules 1 and 7)."""
    for variation in _variations_touched(change, look):
        if variation.year_end_consent.strip():
            continue
        for kinds in (AWARD_CHANGES, {ChangeKind.RE_PROFILE}):
            moved = crossing(each for each in _changes(variation, look) if each.kind in kinds)
            if moved:
                yield problem_on(
                    variation,
                    "year_end_consent",
                    f"{variation.reference} moves {moved.in_prose} across 31 March. Name the funder's consent (letter and date); without it the year's money is lost, not moved.",
                )


def crossing(changes: Iterable[VariationChange]) -> Money:
    """What leaves some financial years and comes back in others."""
    by_year: dict[FinancialYear, Money] = {}
    for each in changes:
        year = each.year or (each.quarter.year if each.quarter else None)
        if year:
            by_year[year] = by_year.get(year, ZERO) + each.difference
    lost = total(-won for won in by_year.values() if won < ZERO)
    return min(lost, total(won for won in by_year.values() if won > ZERO))


def _changes(variation: Variation, look: Look) -> tuple[VariationChange, ...]:
    return look.select(VariationChange, variation_id=variation.id)


def variation_keeps_claims(change: Change, look: Look) -> Iterator[Problem]:
    """No year's award falls below nought or what is already claimed of it, by a variation or by one that is taken back."""
    for award in _awards_touched(change, look).values():
        moves = _award_changes(award, look)
        claims = _claims(award, look)
        years = {line.quarter.year for line in claims} | {each.year for each in moves if each.year}
        for year in sorted(years):
            lines = look.select(AwardLine, award_id=award.id, year=year)
            awarded = total(each.amount for each in lines) + total(
                each.difference for each in moves if each.year == year
            )
            claimed = total(line.amount for line in claims if line.quarter.year == year)
            if awarded < max(claimed, ZERO):
                yield problem_on(
                    change.record,
                    "number" if isinstance(change.record, Variation) else "new_amount",
                    f"{_named(change, look)} would leave {awarded.in_prose} for {year}, below the {claimed.in_prose} already claimed.",
                )


def virement_keeps_claims(change: Change, look: Look) -> Iterator[Problem]:
    """A virement takes from capital or resource only what is not yet claimed of it (product rule 7)."""
    for variation in _variations_touched(change, look):
        award = look.get(Award, variation.award_id)
        if award is None:
            continue
        moves, claims = _award_changes(award, look), _claims(award, look)
        taken = {(e.year, e.expense) for e in _changes(variation, look) if e.kind is ChangeKind.VIREMENT and e.difference < ZERO}  # fmt: skip
        for year, expense in sorted(taken, key=str):
            if year is None or expense is None:
                continue  # said by variation_change_complete
            lines = look.select(AwardLine, award_id=award.id, year=year, expense=expense)
            awarded = total(each.amount for each in lines) + total(
                each.difference for each in moves if each.year == year and each.expense is expense
            )
            claimed = total(
                line.amount for line in claims if line.quarter.year == year and line.expense is expense
            )
            if awarded < claimed:
                yield problem_on(
                    variation,
                    "number",
                    f"{variation.reference} would leave {awarded.in_prose} of {expense.value.lower()} for {year}, below the {claimed.in_prose} already claimed of it.",
                )


def _named(change: Change, look: Look) -> str:
    """What would do it: the variation, or the loss of it."""
    variation = _variation_of(change.record, look)
    if variation and variation.approved_on:
        return variation.reference
    return f"Without {variation.reference if variation else described(change.record)}, the award"


def _award_changes(award: Award, look: Look) -> tuple[VariationChange, ...]:
    """Changes of the award's sums by its approved variations."""
    return tuple(
        each
        for variation in look.select(Variation, award_id=award.id)
        if variation.approved_on
        for each in _changes(variation, look)
        if each.kind in AWARD_CHANGES
    )


def _claims(award: Award, look: Look) -> tuple[ReturnLine, ...]:
    """What submitted returns of the award said, cost by cost."""
    return tuple(
        line
        for sent in look.select(FunderReturn, award_id=award.id)
        if sent.state.frozen
        for line in look.select(ReturnLine, return_id=sent.id)
    )


def re_profile_keeps_claims(change: Change, look: Look) -> Iterator[Problem]:
    """No re-profile, made or taken back, leaves an intervention's year below what is already claimed of it (product rule 7)."""
    for (intervention_id, year), lowered in sorted(_lowered_plans(change, look).items()):
        planned = _planned(intervention_id, year, look)
        claimed = total(
            line.amount
            for line in look.select(ReturnLine, intervention_id=intervention_id)
            if line.quarter.year == year
        )
        intervention = look.get(Intervention, intervention_id)
        if intervention and lowered and planned < claimed:
            yield problem_on(
                change.record,
                "number" if isinstance(change.record, Variation) else "new_amount",
                f"{_named(change, look)} would leave {intervention.reference} {planned.in_prose} in {year}, below the {claimed.in_prose} already claimed.",
            )


def _lowered_plans(change: Change, look: Look) -> dict[tuple[int, FinancialYear], bool]:
    """Interventions' years that a change of a variation plans anew, and whether it plans less for them."""
    sums: dict[tuple[int, FinancialYear], Money] = {}
    for item, sign in ((change.before, -1), (change.after, 1)):
        if isinstance(item, VariationChange):
            found = _variation_of(item, look)
            moves = (item,) if found is None or found.approved_on else ()
        else:
            moves = _changes(item, look) if isinstance(item, Variation) and item.approved_on else ()
        for each in moves:
            if each.kind is ChangeKind.RE_PROFILE and each.intervention_id and each.quarter:
                place = each.intervention_id, each.quarter.year
                sums[place] = sums.get(place, ZERO) + each.difference * sign
    return {place: won < ZERO for place, won in sums.items()}


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
