"""A builder that speaks as a user would, and holds the records in memory: for tests of figures, claims and checks."""

from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any, Self, TypeVar

from fundtracker.domain.awards import Award, AwardId, AwardLine, AwardLineId
from fundtracker.domain.bids import Bid, BidId, BidStatus, Expense, Theme
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim, ClaimLine
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.grants import Grant, GrantId, GrantSource, GrantSourceId
from fundtracker.domain.interventions import Intervention, InterventionId, ProfileLine, ProfileLineId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    Organisation,
    OrganisationId,
    OrganisationKind,
)
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnLine, ReturnLineId, ReturnState
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
    VariationId,
)

R = TypeVar("R", bound=Record)
RESOURCE, CAPITAL = Expense.RESOURCE, Expense.CAPITAL


def quarter(text: str) -> Quarter:
    return Quarter.read(text)


def year(text: str) -> FinancialYear:
    return FinancialYear.read(text)


class Programme:
    """One award of one round, and what happens to it. Every verb returns the record it made.

    `another_award` is a second award of the round in the same ledger: what was made of either is seen by both.
    """

    def __init__(
        self,
        *,
        starts: date = date(2023, 10, 1),
        ends: date = date(2025, 3, 31),
        today: date = date(2024, 10, 21),
    ) -> None:
        self.today = today
        self.rows: dict[type[Record], dict[int, Any]] = {}
        self.elsewhere: list[Cost] = []
        self._keep(
            Fund(
                id=FundId(1),
                code="SSF",
                name="Safer Streets Fund",
                funder="Home Office",
                source=FundSource.RECEIVED,
            )
        )
        self._keep(
            FundingRound(
                id=FundingRoundId(1),
                fund_id=FundId(1),
                code="SSF5",
                name="Round 5",
                delivery_from=starts,
                delivery_to=ends,
            )
        )
        self._keep(
            Bid(
                id=BidId(1),
                round_id=FundingRoundId(1),
                reference="SSF5-B1",
                title="VAWG",
                theme=Theme.VAWG,
                status=BidStatus.SUCCESSFUL,
            )
        )
        self.award = self._keep(
            Award(id=AwardId(1), bid_id=BidId(1), reference="SSF5-VAWG", starts_on=starts, ends_on=ends)
        )
        self.staff = self._keep(CostCategory(id=CostCategoryId(1), name="Staff"))
        self.equipment = self._keep(CostCategory(id=CostCategoryId(2), name="Equipment"))

    def _keep(self, item: R) -> R:
        self.rows.setdefault(type(item), {})[item.id] = item
        return item

    def _next(self, kind: type[Record]) -> Any:
        return max(self.rows.get(kind, {0: None})) + 1

    def another_award(self, reference: str) -> Self:
        """The same programme spoken of from a further award of the same round, with returns of its own."""
        number = self._next(Award)
        bid = self._keep(replace(self.rows[Bid][1], id=BidId(number), reference=f"SSF5-B{number}"))
        other = copy(self)
        other.award = self._keep(replace(self.award, id=AwardId(number), bid_id=bid.id, reference=reference))
        return other

    def promises(self, amount: str, of: str, expense: Expense = RESOURCE) -> AwardLine:
        """The award's line of a year."""
        return self._keep(
            AwardLine(
                id=AwardLineId(self._next(AwardLine)),
                award_id=self.award.id,
                year=year(of),
                expense=expense,
                amount=Money.pounds(amount),
            )
        )

    def intervenes(self, title: str = "Op Vigilant") -> Intervention:
        number = self._next(Intervention)
        return self._keep(
            Intervention(
                id=InterventionId(number),
                award_id=self.award.id,
                reference=f"{self.award.reference}-{number:02d}",
                title=title,
                theme=Theme.VAWG,
            )
        )

    def plans(
        self, intervention: Intervention, amount: str, in_quarter: str, expense: Expense = RESOURCE
    ) -> ProfileLine:
        return self._keep(
            ProfileLine(
                id=ProfileLineId(self._next(ProfileLine)),
                intervention_id=intervention.id,
                quarter=quarter(in_quarter),
                expense=expense,
                category_id=self.staff.id,
                amount=Money.pounds(amount),
            )
        )

    def spends(
        self, intervention: Intervention, net: str | Money, received: date | None, **more: Any
    ) -> Cost:
        """A cost; `net` in pounds. More fields by name."""
        number = self._next(Cost)
        values: dict[str, Any] = {
            "supplier": "Illustrative Ltd",
            "invoice_number": f"INV-{number}",
            "expense": RESOURCE,
            "category_id": self.staff.id,
            **more,
        }
        amount = net if isinstance(net, Money) else Money.pounds(net)
        return self._keep(
            Cost(
                id=CostId(number),
                reference=f"C-{number:05d}",
                intervention_id=intervention.id,
                net=amount,
                received_on=received,
                **values,
            )
        )

    def changes(self, item: R, **values: Any) -> R:
        return self._keep(replace(item, **values))

    def reverses(self, cost: Cost) -> Cost:
        number = self._next(Cost)
        return self._keep(
            replace(
                cost,
                id=CostId(number),
                reference=f"C-{number:05d}",
                net=-cost.net,
                vat=-cost.vat,
                reversal_of=cost.id,
                invoice_number="",
            )
        )

    def grants(self, intervention: Intervention, amount: str, of: str) -> Grant:
        recipient = self._keep(
            Organisation(
                id=OrganisationId(1), name="Cotswold District Council", kind=OrganisationKind.COUNCIL
            )
        )
        number = self._next(Grant)
        grant = self._keep(
            Grant(
                id=GrantId(number),
                reference=f"G-{number}",
                title="Target hardening",
                recipient_id=recipient.id,
            )
        )
        self.is_paid_by(grant, intervention, amount, of)
        return grant

    def is_paid_by(self, grant: Grant, intervention: Intervention, amount: str, of: str) -> GrantSource:
        """A year's part of a grant, paid for by an intervention of whichever award."""
        return self._keep(
            GrantSource(
                id=GrantSourceId(self._next(GrantSource)),
                grant_id=grant.id,
                intervention_id=intervention.id,
                year=year(of),
                amount=Money.pounds(amount),
            )
        )

    def varies(
        self, *changes: tuple[str, Expense, str, str], on: date, kind: ChangeKind = ChangeKind.AMOUNT
    ) -> Variation:
        """An approved variation: (year, expense, old, new) each."""
        number = self._next(Variation)
        variation = self._keep(
            Variation(
                id=VariationId(number),
                reference=f"V{number}",
                award_id=self.award.id,
                number=number,
                reason="Ceiling cut",
                approved_by="Commissioner",
                approved_on=on,
                effective_on=on,
            )
        )
        for of, expense, old, new in changes:
            self._keep(
                VariationChange(
                    id=VariationChangeId(self._next(VariationChange)),
                    variation_id=variation.id,
                    kind=kind,
                    year=year(of),
                    expense=expense,
                    old_amount=Money.pounds(old),
                    new_amount=Money.pounds(new),
                )
            )
        return variation

    def re_profiles(self, intervention: Intervention, of: str, old: str, new: str, *, on: date) -> Variation:
        """An approved variation that moves one cell of the profile."""
        variation = self.varies(on=on)
        self._keep(
            VariationChange(
                id=VariationChangeId(self._next(VariationChange)),
                variation_id=variation.id,
                kind=ChangeKind.RE_PROFILE,
                intervention_id=intervention.id,
                quarter=quarter(of),
                expense=RESOURCE,
                category_id=self.staff.id,
                old_amount=Money.pounds(old),
                new_amount=Money.pounds(new),
            )
        )
        return variation

    def begins_return(self, of: str | Quarter) -> FunderReturn:
        when = quarter(of) if isinstance(of, str) else of
        return self._keep(
            FunderReturn(
                id=FunderReturnId(self._next(FunderReturn)),
                award_id=self.award.id,
                quarter=when,
                reference=f"{self.award.reference} {when.code}",
            )
        )

    def submits(self, draft: FunderReturn, on: date | None = None) -> tuple[ClaimLine, ...]:
        """Freeze a return as the program does: its lines are kept, its state moves on."""
        claim = Claim(self.book(), draft.quarter)
        for line in claim.lines:
            self._keep(
                ReturnLine(
                    id=ReturnLineId(self._next(ReturnLine)),
                    return_id=draft.id,
                    cost_id=CostId(line.cost_id),
                    intervention_id=InterventionId(line.cell.intervention_id),
                    quarter=line.cell.quarter,
                    expense=line.cell.expense,
                    category_id=CostCategoryId(line.cell.category_id),
                    amount=line.amount,
                    reason=line.reason,
                )
            )
        self._keep(
            replace(
                draft,
                state=ReturnState.SUBMITTED,
                submitted_on=on or draft.quarter.ends_on,
                claim=claim.claim,
                earlier_years=claim.earlier_years.total(),
            )
        )
        return claim.lines

    @property
    def records(self) -> list[Record]:
        """Every record there is, of every kind."""
        return [each for rows in self.rows.values() for each in rows.values()]

    def all(self, kind: type[R]) -> list[R]:
        return list(self.rows.get(kind, {}).values())

    def book(self) -> AwardBook:
        """The award's own book, as `storage.books` would read it: of other awards only the costs that matter here."""
        rows: dict[type[Record], tuple[Any, ...]] = {
            kind: tuple(items[key] for key in sorted(items) if self._is_own(items[key]))
            for kind, items in self.rows.items()
        }
        own = {each.id for each in rows.get(Intervention, ())}
        paid_for = {each.grant_id for each in rows.get(GrantSource, ()) if each.intervention_id in own}
        paid_for |= {each.grant_id for each in rows.get(Cost, ()) if each.grant_id}
        for kind, name in ((Grant, "id"), (GrantSource, "grant_id")):
            if kind in rows:
                rows[kind] = tuple(each for each in rows[kind] if getattr(each, name) in paid_for)
        said = {line.cost_id for line in rows.get(ReturnLine, ())}
        away = (
            each
            for each in self.all(Cost)
            if each.intervention_id not in own and (each.id in said or each.grant_id in paid_for)
        )
        return AwardBook(award=self.award, today=self.today, rows=rows, elsewhere=(*self.elsewhere, *away))

    def _is_own(self, item: Any) -> bool:
        """Whether it is the award's own, or belongs to no award. A grant is in the book whole, whoever helps to pay it."""
        if isinstance(item, Award):
            return item.id == self.award.id
        if isinstance(item, GrantSource):
            return True
        held: tuple[tuple[str, type[Record]], ...] = (
            ("intervention_id", Intervention),
            ("return_id", FunderReturn),
            ("variation_id", Variation),
        )
        if isinstance(item, ReturnLine):  # a line stays its return's, wherever its cost has gone since
            held = held[1:]
        award_id = getattr(item, "award_id", None)
        parents = (self.rows[kind][getattr(item, name)] for name, kind in held if getattr(item, name, None))
        return award_id in {None, self.award.id} and all(self._is_own(each) for each in parents)
