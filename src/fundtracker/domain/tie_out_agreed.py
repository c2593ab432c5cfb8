"""Agreed balances: each figure that somebody agreed for a day, worked out anew and compared."""

from dataclasses import dataclass

from fundtracker.domain.award_ledger import AwardLedger, awards_part
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment, InstalmentStatus
from fundtracker.domain.ledger import AgreedBalance, AgreedFigure
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.returns import FunderReturn, ReturnLine

MEND = " Find what changed in the history, or agree it anew."
"""What to do about a balance that is broken, after the words that say so."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """An agreed figure, and what it comes to now."""

    agreed: AgreedBalance
    now: Money

    @property
    def difference(self) -> Money:
        """Nought while what was agreed still holds."""
        return self.now - self.agreed.amount


def balance_rows(book: AwardBook, ledger: AwardLedger) -> tuple[BalanceRow, ...]:
    """Every balance agreed for the award, the latest agreement of a figure and quarter only."""
    latest: dict[tuple[str, Quarter], AgreedBalance] = {}
    for each in sorted(book.all(AgreedBalance), key=lambda each: (each.agreed_on, each.id)):
        latest[each.figure.value, each.quarter] = each
    rows = (
        BalanceRow(each, agreed_figure(book, ledger, each.figure, each.quarter)) for each in latest.values()
    )
    return tuple(
        sorted(rows, key=lambda each: (each.agreed.quarter, list(AgreedFigure).index(each.agreed.figure)))
    )


def broken_balances(book: AwardBook, ledger: AwardLedger) -> tuple[Problem, ...]:
    """The agreed figures that no longer hold, each with both sums and when it was agreed."""
    return tuple(_broken(each) for each in balance_rows(book, ledger) if each.difference)


def _broken(row: BalanceRow) -> Problem:
    agreed = row.agreed
    who = f" by the {agreed.agreed_by}" if agreed.agreed_by else ""
    return Problem(
        kind=AgreedBalance.__name__,
        record_id=agreed.id,
        column="amount",
        severity=Severity.WARNING,
        message=f"{agreed.figure.value} to {agreed.quarter} was agreed at {agreed.amount.in_full} on {short_date(agreed.agreed_on)}{who}; "
        f"it now comes to {row.now.in_full}, {abs(row.difference).in_full} {'more' if row.difference.pence > 0 else 'less'}."
        f"{MEND}",
    )


def agreed_figure(book: AwardBook, ledger: AwardLedger, figure: AgreedFigure, quarter: Quarter) -> Money:
    """A figure from the start of the quarter's financial year to the quarter's end, as book and ledger now say."""
    begins, ends = quarter.year.begins_on, quarter.ends_on
    if figure is AgreedFigure.CLAIMED:
        return _claimed(book, quarter)
    if figure is AgreedFigure.PAID_TO_PARTNERS:
        return total(
            each.amount
            for each in book.all(Instalment)
            if each.status is InstalmentStatus.PAID and each.paid_on and begins <= each.paid_on <= ends
        )
    if figure is AgreedFigure.LEDGER:
        return total(
            awards_part(book, ledger, each) for each in ledger.lines if begins <= each.posted_on <= ends
        )
    partners = figure is AgreedFigure.PARTNER_SPEND
    return total(
        each.eligible
        for each in book.all(Cost)
        if each.counts
        and each.received_on is not None
        and begins <= each.received_on <= ends
        and (each.grant_id is not None) == partners
    )


def _claimed(book: AwardBook, quarter: Quarter) -> Money:
    """What the year's returns say up to the quarter's, submitted; of a quarter not submitted yet, as it would be now."""
    sent = {
        each.id: each.quarter
        for each in book.all(FunderReturn)
        if each.state.frozen and each.quarter <= quarter
    }
    if quarter not in sent.values():
        return Claim(book, quarter).to_date.total()
    return total(
        each.amount
        for each in book.all(ReturnLine)
        if each.return_id in sent and each.quarter.year == quarter.year
    )
