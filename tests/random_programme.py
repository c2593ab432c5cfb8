"""Whole programmes at random: several awards, with everything that their figures are made of, sensible or not."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, Expense, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    Organisation,
    OrganisationId,
    OrganisationKind,
)
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, ReturnState
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange

FIRST_DAY, LAST_DAY = date(2023, 7, 1), date(2025, 3, 31)
QUARTERS = tuple(quarters_between(Quarter.of(FIRST_DAY), Quarter.of(LAST_DAY)))
TURNS = tuple(
    day
    for quarter in QUARTERS[:-1]
    for day in (quarter.ends_on - timedelta(days=1), quarter.ends_on, quarter.next.begins_on)
)
YEARS = (FinancialYear(2023), FinancialYear(2024))


class RandomProgramme:
    """Draws one programme. Nothing here keeps the rules of the guards: figures must be right over any records."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.records: list[Record] = []
        self.ids: dict[type[Record], int] = {}
        self._list_what_all_share()
        for number in range(1, source.randint(1, 3) + 1):
            self._award(number)
        self._grants()
        self._costs()
        for award in self._all(Award):
            self._variations(award_id=award.id)
            self._returns(award)
        self._moves()

    # Small parts

    def _new(self, kind: type[Any], /, **values: Any) -> Any:
        self.ids[kind] = self.ids.get(kind, 0) + 1
        item = kind(id=self.ids[kind], **values)
        self.records.append(item)
        return item

    def _all(self, kind: type[Any], /, **where: Any) -> list[Any]:
        return [
            each
            for each in self.records
            if isinstance(each, kind) and all(getattr(each, name) == value for name, value in where.items())
        ]

    def _chance(self, of: float) -> bool:
        return self.random.random() < of

    def _day(self) -> date:
        """Any day, but often one about the end of a quarter: there figures change."""
        if self._chance(0.5):
            return self.random.choice(TURNS)
        return FIRST_DAY + timedelta(days=self.random.randint(0, (LAST_DAY - FIRST_DAY).days))

    def _perhaps_day(self, chance: float = 0.7) -> date | None:
        return self._day() if self._chance(chance) else None

    def _money(self) -> Money:
        return Money(self.random.choice((0, 1, -1, 99, self.random.randint(-(10**6), 10**8))))

    def _expense(self) -> Expense:
        return self.random.choice(tuple(Expense))

    def _category(self) -> CostCategoryId:
        return CostCategoryId(self.random.randint(1, 2))

    def _some(self, most: int) -> Iterator[int]:
        return iter(range(self.random.randint(0, most)))

    # The programme

    def _list_what_all_share(self) -> None:
        for name in ("Staff", "Equipment"):
            self._new(CostCategory, name=name)
        self._new(Organisation, name="Council", kind=OrganisationKind.COUNCIL)
        self._new(Fund, code="SSF", name="Safer Streets", funder="Home Office", source=FundSource.RECEIVED)
        self._new(
            FundingRound,
            fund_id=FundId(1),
            code="SSF5",
            name="Round 5",
            delivery_from=FIRST_DAY,
            delivery_to=LAST_DAY,
        )

    def _award(self, number: int) -> None:
        bid = self._new(
            Bid, round_id=FundingRoundId(1), reference=f"B{number}", title=f"Bid {number}", theme=Theme.ASB
        )
        award = self._new(Award, bid_id=bid.id, reference=f"A{number}", starts_on=FIRST_DAY, ends_on=LAST_DAY)
        for year in YEARS:
            for expense in Expense:
                if self._chance(0.7):
                    self._new(AwardLine, award_id=award.id, year=year, expense=expense, amount=self._money())
        for each in range(self.random.randint(1, 3)):
            intervention = self._new(
                Intervention,
                award_id=award.id,
                reference=f"A{number}-{each}",
                title="Intervention",
                theme=Theme.ASB,
            )
            cells = [(q, e, c) for q in QUARTERS for e in Expense for c in (1, 2)]
            for quarter, expense, category in self.random.sample(cells, self.random.randint(0, 5)):
                self._new(
                    ProfileLine,
                    intervention_id=intervention.id,
                    quarter=quarter,
                    expense=expense,
                    category_id=category,
                    amount=self._money(),
                )

    def _grants(self) -> None:
        interventions = self._all(Intervention)
        for _ in self._some(3):
            number = self.ids.get(Grant, 0) + 1
            grant = self._new(Grant, reference=f"G{number}", title="Grant", recipient_id=OrganisationId(1))
            sources = [(each.id, year) for each in interventions for year in YEARS]
            for intervention_id, year in self.random.sample(sources, self.random.randint(1, 2)):
                self._new(
                    GrantSource,
                    grant_id=grant.id,
                    intervention_id=intervention_id,
                    year=year,
                    amount=self._money(),
                )
            for _ in self._some(4):
                status = self.random.choice(tuple(InstalmentStatus))
                self._new(
                    Instalment,
                    grant_id=grant.id,
                    reference=f"I{self.ids.get(Instalment, 0) + 1}",
                    amount=self._money(),
                    due_on=self._day(),
                    status=status,
                    paid_on=self._day() if status is InstalmentStatus.PAID else None,
                )
            self._variations(grant_id=grant.id)

    def _variations(self, **owner: int) -> None:
        for _ in self._some(3):
            number = self.ids.get(Variation, 0) + 1
            approved = self._perhaps_day(0.8)
            effective = self.random.choice((approved, self._perhaps_day()))
            variation = self._new(
                Variation,
                reference=f"V{number}",
                number=number,
                reason="Why",
                approved_on=approved,
                effective_on=effective,
                **owner,
            )
            for _ in self._some(4):
                self._change(variation)

    def _change(self, variation: Variation) -> None:
        own = (
            self._all(Intervention)
            if variation.award_id is None
            else self._all(Intervention, award_id=variation.award_id)
        )
        self._new(
            VariationChange,
            variation_id=variation.id,
            kind=self.random.choice((*ChangeKind, ChangeKind.AMOUNT, ChangeKind.RE_PROFILE)),
            year=self.random.choice((None, *YEARS)),
            expense=self.random.choice((None, *Expense)),
            intervention_id=self.random.choice((None, *(each.id for each in own))),
            quarter=self.random.choice((None, *QUARTERS)),
            category_id=self.random.choice((None, 1, 2)),
            old_amount=self.random.choice((None, self._money())),
            new_amount=self.random.choice((None, self._money())),
            new_date=None,
        )

    def _costs(self) -> None:
        interventions, grants = self._all(Intervention), self._all(Grant)
        for _ in self._some(25):
            number = self.ids.get(Cost, 0) + 1
            grant = self.random.choice((None, *grants))
            earlier = self._all(Cost)
            reversed_cost = self.random.choice(earlier) if earlier and self._chance(0.15) else None
            self._new(
                Cost,
                reference=f"C-{number}",
                intervention_id=self.random.choice(interventions).id,
                grant_id=grant.id if grant else None,
                supplier="Supplier",
                ordered_on=self._perhaps_day(),
                received_on=self._perhaps_day(0.85),
                invoiced_on=self._perhaps_day(),
                net=-reversed_cost.net if reversed_cost else self._money(),
                vat=self._money(),
                vat_recoverable=self._chance(0.5),
                expense=self._expense(),
                category_id=self._category(),
                accepted_on=self._perhaps_day() if grant else None,
                reversal_of=reversed_cost.id if reversed_cost else None,
            )

    def _returns(self, award: Award) -> None:
        interventions = self._all(Intervention, award_id=award.id)
        costs = [each for each in self._all(Cost) if each.intervention_id in {i.id for i in interventions}]
        for quarter in QUARTERS[: self.random.randint(0, len(QUARTERS))]:
            state = self.random.choice(tuple(ReturnState))
            made = self._new(
                FunderReturn,
                award_id=award.id,
                quarter=quarter,
                reference=f"{award.reference} {quarter.code}",
                state=state,
                submitted_on=self._perhaps_day(0.95) if state.frozen else None,
                received=self._money() if state is ReturnState.PAID else Money(0),
                received_on=self._day() if state is ReturnState.PAID else None,
            )
            self._lines(made, costs)
            self._forecasts(made, interventions)

    def _lines(self, made: FunderReturn, costs: list[Cost]) -> None:
        for _ in self._some(4) if costs else ():
            cost = self.random.choice(costs)
            self._new(
                ReturnLine,
                return_id=made.id,
                cost_id=cost.id,
                intervention_id=cost.intervention_id,
                quarter=self.random.choice([each for each in QUARTERS if each <= made.quarter]),
                expense=cost.expense,
                category_id=cost.category_id,
                amount=self._money(),
            )

    def _forecasts(self, made: FunderReturn, interventions: list[Intervention]) -> None:
        cells = [(i.id, q, e, c) for i in interventions for q in QUARTERS for e in Expense for c in (1, 2)]
        for intervention_id, quarter, expense, category in self.random.sample(
            cells, self.random.randint(0, 5)
        ):
            self._new(
                Forecast,
                return_id=made.id,
                intervention_id=intervention_id,
                quarter=quarter,
                expense=expense,
                category_id=category,
                amount=self._money(),
            )

    def _moves(self) -> None:
        """Some costs move, those among them that a return has claimed: to another intervention, often another award's."""
        interventions = self._all(Intervention)
        for place, each in enumerate(self.records):
            if isinstance(each, Cost) and self._chance(0.2):
                self.records[place] = replace(each, intervention_id=self.random.choice(interventions).id)
