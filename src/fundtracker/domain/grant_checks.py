"""What a grant must keep, as its auditor asks: each check, how it stands, and the clause it rests on."""

from collections.abc import Callable, Iterator
from datetime import date

from fundtracker.domain.costs import Cost
from fundtracker.domain.form_chains import standing_for
from fundtracker.domain.form_costs import costs_of_forms
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, ConditionKind, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.money import total
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.periods import FinancialYear, short_date
from fundtracker.domain.rules import waived
from fundtracker.domain.snapshot import CheckRow
from fundtracker.domain.terms import Term, TermKind, Waiver
from fundtracker.domain.variations import Variation, VariationChange

PASSED, FAILED, WARNING, WAIVED = "Passed", "Failed", "Warning", "Waived"
_Found = Iterator[tuple[str, str, str]]
"""How a check stands, what was found, and the clause."""
_Check = Callable[[GrantBook], _Found]


def years_of(book: GrantBook) -> tuple[FinancialYear, ...]:
    """Every year in which the grant gives money or a cost of it counts."""
    given = {each.year for each in book.all(GrantSource)}
    moved = {
        each.year
        for variation in book.all(Variation)
        if variation.grant_id == book.grant.id
        for each in book.under(VariationChange, variation_id=variation.id)
        if each.year
    }
    spent = {each.quarter.year for each in book.all(Cost) if each.quarter}
    return tuple(sorted(given | moved | spent))


def grant_checks(book: GrantBook) -> tuple[CheckRow, ...]:
    """Each check once where it is kept; else a row for each thing that was found."""
    rows: list[CheckRow] = []
    for name, check in _CHECKS:
        found = list(check(book))
        rows.extend(CheckRow(name, *each) for each in found)
        if not found:
            rows.append(CheckRow(name, PASSED, "", ""))
    return tuple(rows)


def _within_grant(book: GrantBook) -> _Found:
    """No year's accepted spend above what the grant gives that year (product 3, rule 1)."""
    for year in years_of(book):
        given = total(book.budgets(year).values())
        spent = total(each.eligible for each in book.all(Cost) if each.quarter and each.quarter.year == year)
        if spent > given:
            yield FAILED, f"{year}: {spent.in_prose} accepted, {given.in_prose} granted", ""


def _within_dates(book: GrantBook) -> _Found:
    """Liabilities before the agreement, and after its end, aren't eligible (model agreement, eligible expenditure)."""
    starts, ends = book.grant.starts_on, book.ends_on
    for each in book.all(Cost):
        day = each.received_on
        if day and ((starts and day < starts) or (ends and day > ends)):
            yield FAILED, f"{each.reference} was received on {short_date(day)}, outside the grant's dates", ""


def _paid_on_conditions(book: GrantBook) -> _Found:
    """An instalment that a condition holds back is paid after it is accepted, or under a waiver."""
    for each in book.all(Condition):
        paid = book.find(Instalment, each.instalment_id)
        if paid is None or paid.status is not InstalmentStatus.PAID or paid.paid_on is None:
            continue
        if each.accepted_on is not None and each.accepted_on <= paid.paid_on:
            continue
        term = _waived_term(book, paid.paid_on)
        said = (
            f"{paid.reference} was paid on {short_date(paid.paid_on)}, before this was accepted: {each.what}"
        )
        if term is None:
            yield FAILED, said, ""
            continue
        exception = waived(book.under(Waiver, term_id=term.id), paid.paid_on)
        why = f". Waived by the {exception.approved_by}: {exception.reason}" if exception else ""
        yield WAIVED, f"{said}{why}", f"{term.reference}: {term.clause}"


def _waived_term(book: GrantBook, day: date) -> Term | None:
    """The Term about instalments' conditions that somebody made an exception to on a day."""
    terms = book.under(Term, grant_id=book.grant.id)
    about = (each for each in terms if each.kind is TermKind.INSTALMENT_CONDITION)
    return next((each for each in about if waived(book.under(Waiver, term_id=each.id), day)), None)


def _paid_within_grant(book: GrantBook) -> _Found:
    given = total(amount for year in years_of(book) for amount in book.budgets(year).values())
    paid = total(each.amount for each in book.all(Instalment) if each.status is InstalmentStatus.PAID)
    if paid > given:
        yield FAILED, f"{paid.in_prose} paid, {given.in_prose} granted", ""


def _forms_agree(book: GrantBook) -> _Found:
    """What a standing form reported is what its accepted costs come to."""
    sums = costs_of_forms(book, standing_for(book.all(PartnerForm)))
    for quarter, form in sorted(book.standing_forms().items()):
        costs = total(amount for (form_id, _), amount in sums.items() if form_id == form.id)
        if costs != form.reported:
            yield (
                WARNING,
                f"{form.reference} ({quarter}) reported {form.reported.in_prose}; its accepted costs come to {costs.in_prose}",
                "",
            )


def _by_form(book: GrantBook) -> _Found:
    """Spend that no form of the partner reported was entered by the office: its basis is looked at."""
    by_hand = [
        each for each in book.all(Cost) if each.counts and book.find(PartnerForm, each.form_id) is None
    ]
    if by_hand:
        amount = total(each.eligible for each in by_hand)
        many = "1 cost" if len(by_hand) == 1 else f"{len(by_hand):,} costs"
        yield WARNING, f"{many}, {amount.in_prose}, entered by the office and not by a form", ""


def _promised(kind: ConditionKind) -> _Check:
    def check(book: GrantBook) -> _Found:
        found = [each for each in book.all(Condition) if each.kind is kind]
        if not found:
            yield WARNING, "It was not asked for", ""
        for each in found:
            if each.accepted_on is None and (each.due_on is None or each.due_on < book.today):
                due = f", due {short_date(each.due_on)}" if each.due_on else ""
                yield WARNING, f"Not accepted yet{due}: {each.what}", ""

    return check


_CHECKS = (
    ("No year is spent above its grant", _within_grant),
    ("No more is paid than granted", _paid_within_grant),
    ("Costs fall within the grant's dates", _within_dates),
    ("Instalments are paid on their conditions", _paid_on_conditions),
    ("Forms and accepted costs agree", _forms_agree),
    ("Spend was reported by the partner's own form", _by_form),
    ("The partner's finance officer has stated the year's spend", _promised(ConditionKind.CFO_STATEMENT)),
    ("The partner has undertaken to keep its records", _promised(ConditionKind.RETENTION)),
)
