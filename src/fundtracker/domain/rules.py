"""Terms: which rule holds for an award on a day, and whether it is waived."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from fundtracker.domain.book import AwardBook
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.terms import Term, TermKind, Waiver

DEFAULT_DUE_DAYS = 30
"""Where no Term says: a PCC grant had 30-31 days after the period (domain 2, calendar); a default, never law."""
DEFAULT_VARIANCE_PERCENT = Decimal(10)
"""Where no Term says: a default the office can change by adding a Term."""
DEFAULT_ASSET_THRESHOLD = Money.pounds(10_000)
"""Where no Term says: prior agreement over £10,000 in the model agreement (inventory of the assets)."""


def rule(book: AwardBook, kind: TermKind, on: date, year: FinancialYear | None = None) -> Term | None:
    """The Term of this kind that holds on a day: the award's own before the round's, a year's own before the general, then the latest."""
    found = [
        term
        for term in book.all(Term)
        if term.kind is kind
        and term.effective_from <= on
        and term.grant_id is None
        and term.year in {None, year}
    ]
    return max(
        found,
        key=lambda term: (term.award_id is not None, term.year is not None, term.effective_from, term.id),
        default=None,
    )


def waiver(book: AwardBook, term: Term | None, on: date) -> Waiver | None:
    """The exception to a Term that holds on a day, if any."""
    return waived(book.under(Waiver, term_id=term.id), on) if term else None


def waived(waivers: Iterable[Waiver], on: date) -> Waiver | None:
    """The first of a Term's waivers that holds on a day."""
    return next((each for each in waivers if each.approved_on <= on <= each.expires_on), None)


def due_on(book: AwardBook, quarter: Quarter) -> date:
    """When the return of a quarter is due: so many days after its end, fewer after Q4 where a Term says so."""
    on, year = quarter.ends_on, quarter.year
    year_end = rule(book, TermKind.YEAR_END_DUE_DAYS, on, year) if quarter.number == 4 else None  # noqa: PLR2004
    term = year_end or rule(book, TermKind.RETURN_DUE_DAYS, on, year)
    days = int(term.number) if term and term.number is not None else DEFAULT_DUE_DAYS
    return quarter.ends_on + timedelta(days=days)


def variance_percent(book: AwardBook, quarter: Quarter) -> Decimal:
    """The variance of a quarter's return, in per cent of the profile, above which a reason is needed."""
    term = rule(book, TermKind.VARIANCE_REASON, quarter.ends_on, quarter.year)
    return term.number if term and term.number is not None else DEFAULT_VARIANCE_PERCENT


def asset_threshold(book: AwardBook, quarter: Quarter) -> Money:
    """The cost above which a thing bought in a quarter goes on the asset register."""
    term = rule(book, TermKind.ASSET_THRESHOLD, quarter.ends_on, quarter.year)
    return term.amount if term and term.amount is not None else DEFAULT_ASSET_THRESHOLD
