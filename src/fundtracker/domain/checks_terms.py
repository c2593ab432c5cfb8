"""Checks that rest on Terms of the agreement (product rule 6): they quote the clause, and warn; a waiver makes them notes."""

from collections.abc import Iterator
from decimal import Decimal

from fundtracker.domain.grants import Condition, Grant, Instalment, InstalmentStatus
from fundtracker.domain.guards_variations import crossing
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import ReturnCase, under
from fundtracker.domain.terms import Term, TermKind
from fundtracker.domain.variations import AWARD_CHANGES, ChangeKind, Variation, VariationChange


def _in_force(case: ReturnCase) -> Iterator[tuple[Variation, tuple[VariationChange, ...]]]:
    """The award's variations in force today, with their changes."""
    for variation in case.book.under(Variation, award_id=case.book.award.id):
        if variation.in_force(case.book.today):
            yield variation, case.book.under(VariationChange, variation_id=variation.id)


def crosses_years_as_agreed(case: ReturnCase) -> Iterator[Problem]:
    """Where the agreement says that money may not cross years, a variation that moves it says on what authority."""
    term = case.rule(TermKind.CROSS_YEARS)
    if term is None or term.number:
        return
    for variation, changes in _in_force(case):
        moved = crossing(each for each in changes if each.kind in AWARD_CHANGES)
        if moved:
            yield under(
                term,
                case,
                Problem(
                    severity=Severity.WARNING,
                    kind="Variation",
                    record_id=variation.id,
                    column="year_end_consent",
                    message=f"{variation.reference} moves {moved.in_prose} across 31 March ({variation.year_end_consent}). The agreement doesn't let money cross years: have the funder waive the clause.",
                ),
            )


def virements_within_tolerance(case: ReturnCase) -> Iterator[Problem]:
    """What re-profiles move of an intervention's year, in per cent of its original profile; above the tolerance the funder decides."""
    term = case.rule(TermKind.VIREMENT_TOLERANCE)
    if term is None or term.number is None:
        return
    for variation, changes in _in_force(case):
        if variation.decision_reference.strip():
            continue
        for intervention in case.book.all(Intervention):
            moved = total(
                each.difference
                for each in changes
                if each.kind is ChangeKind.RE_PROFILE
                and each.intervention_id == intervention.id
                and each.quarter
                and each.quarter.year == case.claim.year
            )
            planned = _planned(case, intervention, case.claim.year)
            if moved and abs(moved).pence * Decimal(100) > planned.pence * term.number:
                yield under(
                    term,
                    case,
                    Problem(
                        severity=Severity.WARNING,
                        kind="Variation",
                        record_id=variation.id,
                        column="decision_reference",
                        message=f"{variation.reference} changes the plan of {intervention.reference} for {case.claim.year} by {moved.in_prose}, more than {term.number.normalize():f}% of {planned.in_prose}. Enter the funder's decision.",
                    ),
                )


def _planned(case: ReturnCase, intervention: Intervention, year: FinancialYear) -> Money:
    return total(
        each.amount
        for each in case.book.under(ProfileLine, intervention_id=intervention.id)
        if each.quarter.year == year
    )


def instalments_conditioned(case: ReturnCase) -> Iterator[Problem]:
    """Where a grant's Term makes an instalment depend on something, that stands as a condition of what is paid."""
    for term in case.book.all(Term):
        grant = case.book.find(Grant, term.grant_id)
        if (
            term.kind is not TermKind.INSTALMENT_CONDITION
            or grant is None
            or term.effective_from > case.book.today
        ):
            continue
        paid = [
            each
            for each in case.book.under(Instalment, grant_id=grant.id)
            if each.status is InstalmentStatus.PAID and each.paid_on and each.paid_on >= term.effective_from
        ]
        conditions = case.book.under(Condition, grant_id=grant.id)
        if paid and not conditions:
            amount = total(each.amount for each in paid) or ZERO
            yield under(
                term,
                case,
                Problem(
                    severity=Severity.WARNING,
                    kind="Grant",
                    record_id=grant.id,
                    message=f"{amount.in_prose} of {grant.reference} is paid, and no condition is recorded for it. Record what the clause asks for, and when it came.",
                ),
            )
