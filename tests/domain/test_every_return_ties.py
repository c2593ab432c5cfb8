"""Whatever happens to costs, between whatever submissions, each return ties, bridges to the last one, and all add up to the ledger."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fundtracker.domain.claims import Claim, ClaimPart, tie_problems
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cube
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import Quarter
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.returns import FunderReturn, ReturnLine
from programme import CAPITAL, RESOURCE, Programme

START, END = date(2023, 10, 1), date(2025, 3, 31)
days = st.dates(START, END)
pence = st.integers(-5_000_00, 50_000_00).map(Money)
picks = st.integers(0, 10**6)
DRAFT = Provenance(program_version="0", history_sequence=1, history_seal="0" * 64, draft=True)


class Office(RuleBasedStateMachine):
    """Records costs, reverses, changes, moves and removes them, varies the award, submits returns."""

    @initialize()
    def begins(self) -> None:
        self.programme = Programme(today=END)
        for of in ("2023/24", "2024/25"):
            for expense in (RESOURCE, CAPITAL):
                self.programme.promises("1000000", of, expense)
        self.interventions = [self.programme.intervenes(f"Intervention {n}") for n in range(3)]
        self.quarter = Quarter.of(START)
        self.said: dict[int, Money] = {}
        self.closed: dict[str, Money] = {}

    def _cost(self, pick: int) -> Cost:
        costs = self.programme.all(Cost)
        return costs[pick % len(costs)]

    @rule(
        pick=picks,
        net=pence,
        vat=st.integers(0, 9_999).map(Money),
        day=days,
        recoverable=st.booleans(),
        capital=st.booleans(),
    )
    def records_a_cost(
        self, pick: int, net: Money, vat: Money, day: date, recoverable: bool, capital: bool
    ) -> None:
        self.programme.spends(
            self.interventions[pick % 3],
            net,
            day,
            vat=vat,
            vat_recoverable=recoverable,
            expense=CAPITAL if capital else RESOURCE,
            adjustment_reason="late",
        )

    @precondition(lambda self: self.programme.all(Cost))
    @rule(pick=picks, net=pence)
    def changes_an_amount(self, pick: int, net: Money) -> None:
        self.programme.changes(self._cost(pick), net=net, adjustment_reason="changed")

    @precondition(lambda self: self.programme.all(Cost))
    @rule(pick=picks, day=st.none() | days)
    def moves_the_date(self, pick: int, day: date | None) -> None:
        self.programme.changes(self._cost(pick), received_on=day, adjustment_reason="moved")

    @precondition(lambda self: self.programme.all(Cost))
    @rule(pick=picks, to=picks)
    def moves_to_another_intervention(self, pick: int, to: int) -> None:
        self.programme.changes(
            self._cost(pick), intervention_id=self.interventions[to % 3].id, adjustment_reason="moved"
        )

    @precondition(lambda self: self.programme.all(Cost))
    @rule(pick=picks)
    def reverses_a_cost(self, pick: int) -> None:
        self.programme.reverses(self._cost(pick))

    @rule(new=st.integers(0, 2_000_000))
    def varies_the_award(self, new: int) -> None:
        self.programme.varies(("2024/25", RESOURCE, "1000000", str(new)), on=date(2024, 8, 6))

    @precondition(lambda self: self.quarter <= Quarter.of(END))
    @rule()
    def submits_the_quarter(self) -> None:
        draft = self.programme.begins_return(self.quarter)
        snapshot = prepare(self.programme.book(), draft, DRAFT)
        assert [row.difference for row in snapshot.controls] == [Money(0)] * len(snapshot.controls)
        assert all(
            row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
            for row in snapshot.bridge
        )
        assert total(row.to_date for row in snapshot.spend) == snapshot.cash.claimed_to_date
        self.programme.submits(draft)
        self.said[draft.id] = snapshot.cash.claim + snapshot.cash.earlier_years
        self.quarter = self.quarter.next

    @invariant()
    def what_was_submitted_stays(self) -> None:
        lines = self.programme.all(ReturnLine)
        for sent in self.programme.all(FunderReturn):
            assert (
                total(line.amount for line in lines if line.return_id == sent.id)
                == self.said[sent.id]
                == sent.claim + sent.earlier_years
            )

    @invariant()
    def the_open_return_ties_and_bridges(self) -> None:
        claim = Claim(self.programme.book(), self.quarter)
        assert not tie_problems(claim)
        earlier = Cube.of((cell, amount) for cell, amount in claim.opening)
        assert earlier + claim.this_quarter + claim.adjustments + claim.earlier_years == claim.ledger
        assert claim.claim == total(
            line.amount for line in claim.lines if line.part is not ClaimPart.EARLIER_YEAR
        )
        assert all(line.reason for line in claim.lines if line.part is not ClaimPart.THIS_QUARTER)

    @invariant()
    def all_returns_and_the_open_one_add_up_to_the_ledger(self) -> None:
        book = self.programme.book()
        claim = Claim(book, self.quarter)
        returned = (
            total(line.amount for line in book.all(ReturnLine)) + claim.claim + claim.earlier_years.total()
        )
        ledger = sum(
            cost.eligible.pence
            for cost in book.all(Cost)
            if cost.received_on is not None and cost.received_on <= self.quarter.ends_on
        )
        assert returned == Money(ledger)
        assert Figures(book, self.quarter.ends_on).claimed.total() == total(self.said.values())

    @invariant()
    def interventions_stay_three(self) -> None:
        assert len(self.programme.all(Intervention)) == 3


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
