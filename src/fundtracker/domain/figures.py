"""Questions asked of a book: awarded, profile, spent, accrued, claimed, forecast, outturn, committed, left.

Each figure is defined once, here, with the source of its rule in brackets: "product" is the reference of what the program
must do, "domain" the facts behind it, "agreement" a clause of the model grant funding agreement that domain 2 quotes, and "our
choice" a rule that no source gives. storage.portfolio holds the same figures of a year over many awards in SQL (awarded, profile
and spent by capital and resource too), and a property test holds the two equal; by cost category and intervention only the book
answers. A figure of money is never added over financial years: the year is a wall (money unspent on 31 March is lost unless a
recorded variation moves it).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fundtracker.domain.awards import AwardLine
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.grants import Grant, GrantSource, GrantStatus, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between, reported_quarter
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine
from fundtracker.domain.variations import AWARD_CHANGES, ChangeKind, Variation, VariationChange, moved_end


@dataclass(frozen=True)
class GrantFigures:
    """Granted, paid, spent: paying a partner is not the partner spending (product 3, rule 4)."""

    granted: Money  # sources plus variations in force (product 2, GrantSource and Variation)
    from_award: Money  # the part of it that this book's award pays (product 2, GrantSource)
    paid: Money  # instalments paid by the day (product 2, Instalment)
    scheduled: Money  # instalments neither paid by the day nor cancelled (product 3, the figures table)
    spent: Money  # eligible, received by the day and accepted (product 3, rule 4)

    @property
    def unscheduled(self) -> Money:
        """Granted less paid less scheduled: not yet in any instalment (product 3, the figures table)."""
        return self.granted - self.paid - self.scheduled

    @property
    def unspent(self) -> Money:
        """Paid less spent and accepted; negative where the partner is out of pocket (product 3, the figures table)."""
        return self.paid - self.spent


@dataclass(frozen=True)
class Figures:
    """The figures of one award as at a day (included).

    Costs count as the ledger has them now: "as at" asks what had been received by that day, not what had been typed.
    """

    book: AwardBook
    as_at: date

    @cached_property
    def changes_in_force(self) -> tuple[VariationChange, ...]:
        """Changes of variations approved and effective on or before the day (product 3, the figures table: awarded)."""
        return tuple(
            change
            for variation in self.book.all(Variation)
            if variation.in_force(self.as_at)
            for change in self.book.under(VariationChange, variation_id=variation.id)
        )

    @cached_property
    def _award_changes(self) -> tuple[VariationChange, ...]:
        own = {v.id for v in self.book.under(Variation, award_id=self.book.award.id)}
        return tuple(change for change in self.changes_in_force if change.variation_id in own)

    def awarded(self, year: FinancialYear, expense: Expense | None = None) -> Money:
        """The award's lines of a year plus its variations approved and effective by the day (product 3, the figures table)."""
        lines = (
            line.amount
            for line in self.book.all(AwardLine)
            if line.year == year and expense in {None, line.expense}
        )
        moved = (
            c.difference
            for c in self._award_changes
            if c.kind in AWARD_CHANGES and c.year == year and expense in {None, c.expense}
        )
        return total(lines) + total(moved)

    @cached_property
    def ends_on(self) -> date:
        """The award's last day, as extended or cut short by variations in force (product 2, Variation)."""
        moved = moved_end((self.book.get(Variation, c.variation_id), c) for c in self._award_changes)
        return moved or self.book.award.ends_on

    @cached_property
    def original_profile(self) -> Cube:
        """Planned spend as first agreed (product 3, the figures table: profile; product 2, ProfileLine: the original stays)."""
        return Cube.of(
            (Cell(p.intervention_id, p.expense, p.category_id, p.quarter), p.amount)
            for p in self.book.all(ProfileLine)
        )

    @cached_property
    def current_profile(self) -> Cube:
        """The original plus re-profiles approved and effective by the day (product 3, the figures table; agreement 6.8)."""
        moved = (
            (Cell(c.intervention_id, c.expense, c.category_id, c.quarter), c.difference)
            for c in self._award_changes
            if c.kind is ChangeKind.RE_PROFILE
            and c.intervention_id
            and c.expense
            and c.category_id
            and c.quarter
        )
        return self.original_profile + Cube.of(moved)

    @cached_property
    def spent(self) -> Cube:
        """Eligible cost received by the day, reversals netted, a partner's once accepted (product 3; accruals: agreement 6.6).

        It counts in the quarter it was received in. Eligible is net plus irrecoverable VAT (agreement, eligible expenditure).
        """
        return Cube.of(
            (cell, cost.eligible)
            for cost in self.book.all(Cost)
            if (cell := cell_of(cost)) and received_by(cost, self.as_at)
        )

    @cached_property
    def accrued(self) -> Cube:
        """The part of spent that had no invoice by the day (product 3, the figures table; domain 5.7, C: of which accrual)."""
        return Cube.of(
            (cell, cost.eligible)
            for cost in self.book.all(Cost)
            if (cell := cell_of(cost)) and cost.accrued_at(self.as_at)
        )

    @cached_property
    def claimed(self) -> Cube:
        """What returns submitted by the day said, by the quarter the cost counts in, whichever return it stood in (product 3, rule 2)."""
        sent = {
            r.id
            for r in self.book.all(FunderReturn)
            if r.state.frozen and r.submitted_on and r.submitted_on <= self.as_at
        }
        return Cube.of(
            (Cell(line.intervention_id, line.expense, line.category_id, line.quarter), line.amount)
            for line in self.book.all(ReturnLine)
            if line.return_id in sent
        )

    def adjustments(self, quarter: Quarter) -> Money:
        """What the return of `quarter`, submitted by the day, said about quarters before its own (product 3, rule 2)."""
        sent = next(
            (
                r
                for r in self.book.under(FunderReturn, quarter=quarter)
                if r.state.frozen and r.submitted_on and r.submitted_on <= self.as_at
            ),
            None,
        )
        if sent is None:
            return ZERO
        return total(
            line.amount for line in self.book.under(ReturnLine, return_id=sent.id) if line.quarter < quarter
        )

    def received(self, year: FinancialYear) -> Money:
        """What the funder had paid by the day for the returns of a year (product 2, FunderReturn; in arrears: domain 2, payment)."""
        return total(
            r.received
            for r in self.book.all(FunderReturn)
            if r.quarter.year == year and r.received_on is not None and r.received_on <= self.as_at
        )

    @property
    def reported(self) -> Quarter:
        """The last quarter that had ended by the day: spent until then, forecast after (product 3, the figures table: forecast)."""
        return reported_quarter(self.as_at)

    @cached_property
    def forecast(self) -> Cube:
        """The latest forecast of each quarter after the one reported (product 3, the figures table).

        Latest: for an intervention, quarter and capital or resource, the rows of the latest return (of a quarter ended by
        the day) that forecast it at all.
        """
        return_quarters = {r.id: r.quarter for r in self.book.all(FunderReturn) if r.quarter <= self.reported}
        latest: dict[tuple[int, Quarter, Expense], tuple[Quarter, list[Forecast]]] = {}
        for each in self.book.all(Forecast):
            made_in = return_quarters.get(each.return_id)
            if made_in is None or each.quarter <= self.reported:
                continue
            key = (each.intervention_id, each.quarter, each.expense)
            held = latest.get(key)
            if held is None or held[0] < made_in:
                latest[key] = (made_in, [each])
            elif held[0] == made_in:
                held[1].append(each)
        return Cube.of(
            (Cell(each.intervention_id, each.expense, each.category_id, each.quarter), each.amount)
            for _, rows in latest.values()
            for each in rows
        )

    @cached_property
    def outturn(self) -> Cube:
        """Spent to the end of the quarter reported, plus the forecast of the quarters after it (product 3, the figures table)."""
        return self.spent.only(lambda cell: cell.quarter <= self.reported) + self.forecast

    def variance(self, year: FinancialYear) -> Money:
        """Outturn less current profile: negative is an underspend (product 3, the figures table: outturn)."""
        return self.outturn.total(year=year) - self.current_profile.total(year=year)

    def orders(self, year: FinancialYear) -> tuple[Cost, ...]:
        """The office's own orders not received by the day (product 3, the figures table: committed).

        They are expected in the year that runs on the day, or the award's last if that is earlier (our choice).
        """
        falls_in = min(FinancialYear.of(self.as_at), FinancialYear.of(self.ends_on))
        if year != falls_in:
            return ()
        return tuple(
            cost
            for cost in self.book.all(Cost)
            if cost.grant_id is None
            and cost.ordered_on
            and cost.ordered_on <= self.as_at
            and not received_by(cost, self.as_at)
        )

    def ordered(self, year: FinancialYear) -> Money:
        """The eligible cost of the year's orders not received by the day (product 3, the figures table: committed)."""
        return total(cost.eligible for cost in self.orders(year))

    def granted_unspent(self, year: FinancialYear) -> Money:
        """Granted of a year's money and not yet spent by the partners (product 3, the figures table: committed).

        Only grants agreed and not closed; a grant overspent counts as nought, for it frees no other's money (our choice).
        """
        return total(
            max(self._granted(grant, year) - self._spent_of_grant(grant, year), ZERO)
            for grant in self.book.all(Grant)
            if grant.status is GrantStatus.AGREED
        )

    def committed(self, year: FinancialYear) -> Money:
        """Ordered and not received, plus granted and not yet spent (product 3, the figures table)."""
        return self.ordered(year) + self.granted_unspent(year)

    def left(self, year: FinancialYear) -> Money:
        """Awarded less spent, of one year (product 3, the figures table; never over years: rule 1)."""
        return self.awarded(year) - self.spent.total(year=year)

    def left_to_commit(self, year: FinancialYear) -> Money:
        """Awarded less spent less committed, of one year (product 3, the figures table)."""
        return self.left(year) - self.committed(year)

    def _granted(self, grant: Grant, year: FinancialYear | None) -> Money:
        own = self._interventions
        sources = (
            s.amount
            for s in self.book.under(GrantSource, grant_id=grant.id)
            if s.intervention_id in own and year in {None, s.year}
        )
        variations = {v.id for v in self.book.under(Variation, grant_id=grant.id)}
        moved = (
            c.difference
            for c in self.changes_in_force
            if c.variation_id in variations
            and c.kind in AWARD_CHANGES
            and c.intervention_id in own
            and year in {None, c.year}
        )
        return total(sources) + total(moved)

    def _spent_of_grant(self, grant: Grant, year: FinancialYear | None) -> Money:
        return total(
            cost.eligible
            for cost in self.book.under(Cost, grant_id=grant.id)
            if cost.quarter and received_by(cost, self.as_at) and year in {None, cost.quarter.year}
        )

    @cached_property
    def _interventions(self) -> frozenset[int]:
        return frozenset(each.id for each in self.book.all(Intervention))

    def grant(self, grant: Grant) -> GrantFigures:
        """The figures of a whole grant; `from_award` is the part that this award pays (product 3, rule 4)."""
        variations = {v.id for v in self.book.under(Variation, grant_id=grant.id)}
        granted = total(s.amount for s in self.book.under(GrantSource, grant_id=grant.id)) + total(
            c.difference
            for c in self.changes_in_force
            if c.variation_id in variations and c.kind in AWARD_CHANGES
        )
        instalments = self.book.under(Instalment, grant_id=grant.id)
        paid = total(
            i.amount
            for i in instalments
            if i.status is InstalmentStatus.PAID and i.paid_on and i.paid_on <= self.as_at
        )
        settled = {InstalmentStatus.PAID, InstalmentStatus.CANCELLED}
        scheduled = total(
            i.amount
            for i in instalments
            if i.status not in settled
            or (i.status is InstalmentStatus.PAID and i.paid_on and i.paid_on > self.as_at)
        )
        elsewhere = total(
            c.eligible
            for c in self.book.elsewhere
            if c.grant_id == grant.id and c.counts and received_by(c, self.as_at)
        )
        return GrantFigures(
            granted=granted,
            from_award=self._granted(grant, None),
            paid=paid,
            scheduled=scheduled,
            spent=self._spent_of_grant(grant, None) + elsewhere,
        )

    @cached_property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every financial year with money awarded, planned, spent, claimed or forecast, in order (product 3, rule 1)."""
        found = {line.year for line in self.book.all(AwardLine)} | {
            c.year for c in self._award_changes if c.year
        }
        return tuple(
            sorted(
                found
                | self.spent.years
                | self.current_profile.years
                | self.claimed.years
                | self.forecast.years
            )
        )

    @cached_property
    def quarters(self) -> tuple[Quarter, ...]:
        """From the award's first quarter to its last, and any other in which something stands (product 2: April to March)."""
        award = quarters_between(Quarter.of(self.book.award.starts_on), Quarter.of(self.ends_on))
        found = (
            self.spent.quarters
            | self.current_profile.quarters
            | self.claimed.quarters
            | self.forecast.quarters
        )
        return tuple(sorted({*award} | found))


def cell_of(cost: Cost) -> Cell | None:
    """Where a cost counts, None while it doesn't (product 3, the figures table: spent)."""
    quarter = cost.quarter
    return Cell(cost.intervention_id, cost.expense, cost.category_id, quarter) if quarter else None


def received_by(cost: Cost, day: date) -> bool:
    """Whether it had come by the day, the day included (accruals: agreement 6.6)."""
    return cost.received_on is not None and cost.received_on <= day
