"""Whatever happens to costs, between whatever submissions, each return ties, bridges to the last one, and all add up to the ledger."""

from datetime import date
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fundtracker.domain.checks import within_award
from fundtracker.domain.claims import Claim, ClaimPart, tie_problems
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnLine
from fundtracker.domain.variations import ChangeKind
from programme import CAPITAL, RESOURCE, Programme

START, END = date(2023, 10, 1), date(2025, 3, 31)
days = st.dates(START, END)
pence = st.integers(-5_000_00, 50_000_00).map(Money)
picks = st.integers(0, 10**6)
DRAFT = Provenance(program_version="0", history_sequence=1, history_seal="0" * 64, draft=True)


class Office(RuleBasedStateMachine):
    """Records costs, reverses, changes, moves, accepts and removes them, varies award and profile, submits returns."""

    @initialize()
    def begins(self) -> None:
        self.programme = Programme(today=END)
        for of in ("2023/24", "2024/25"):
            for expense in (RESOURCE, CAPITAL):
                self.programme.promises("1000000", of, expense)
        self.interventions = [self.programme.intervenes(f"Intervention {n}") for n in range(3)]
        self.grant = self.programme.grants(self.interventions[0], "500000", "2024/25")
        self.quarter = Quarter.of(START)
        self.said: dict[int, Money] = {}
        self.closed = [
            Cube()
        ]  # how the ledger stood when each return was submitted, nothing before the first

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
    @rule(pick=picks, vat=st.integers(0, 9_999).map(Money), recoverable=st.booleans(), capital=st.booleans())
    def records_it_otherwise(self, pick: int, vat: Money, recoverable: bool, capital: bool) -> None:
        """Other VAT, the other expense, and so another category."""
        self.programme.changes(
            self._cost(pick),
            vat=vat,
            vat_recoverable=recoverable,
            expense=CAPITAL if capital else RESOURCE,
            category_id=(self.programme.equipment if capital else self.programme.staff).id,
            adjustment_reason="mended",
        )

    @rule(net=pence, day=days, accepted=st.booleans())
    def a_partner_spends(self, net: Money, day: date, accepted: bool) -> None:
        self.programme.spends(
            self.interventions[0],
            net,
            day,
            grant_id=self.grant.id,
            accepted_on=day if accepted else None,
            adjustment_reason="late form",
        )

    @precondition(lambda self: any(each.grant_id for each in self.programme.all(Cost)))
    @rule(pick=picks, accepted=st.booleans())
    def accepts_a_partners_cost_or_no_longer(self, pick: int, accepted: bool) -> None:
        partners = [each for each in self.programme.all(Cost) if each.grant_id]
        cost = partners[pick % len(partners)]
        self.programme.changes(
            cost, accepted_on=cost.received_on if accepted else None, adjustment_reason="looked at again"
        )

    @precondition(lambda self: self.programme.all(Cost))
    @rule(pick=picks)
    def reverses_a_cost(self, pick: int) -> None:
        self.programme.reverses(self._cost(pick))

    @precondition(lambda self: self._free())
    @rule(pick=picks)
    def removes_a_cost(self, pick: int) -> None:
        """One that no return has said anything of, and that no reversal stands on: the others can't be removed."""
        free = self._free()
        del self.programme.rows[Cost][free[pick % len(free)].id]
        if not self.programme.rows[Cost]:
            del self.programme.rows[
                Cost
            ]  # the builder numbers from the last, or from the first where there is none

    def _free(self) -> list[Cost]:
        held = {line.cost_id for line in self.programme.all(ReturnLine)}
        held |= {each.reversal_of for each in self.programme.all(Cost) if each.reversal_of}
        return [each for each in self.programme.all(Cost) if each.id not in held]

    @rule(new=st.integers(0, 2_000_000), of=st.sampled_from(["2023/24", "2024/25"]), day=days)
    def varies_the_award(self, new: int, of: str, day: date) -> None:
        self.programme.varies((of, RESOURCE, "1000000", str(new)), on=day)

    @rule(moved=st.integers(0, 1_000_000), day=days)
    def vires_across_the_year_end(self, moved: int, day: date) -> None:
        self.programme.varies(
            ("2023/24", RESOURCE, str(moved), "0"),
            ("2024/25", RESOURCE, "0", str(moved)),
            on=day,
            kind=ChangeKind.VIREMENT,
        )

    @rule(pick=picks, new=st.integers(0, 1_000), day=days)
    def re_profiles(self, pick: int, new: int, day: date) -> None:
        of = str(Quarter.of(day))
        self.programme.re_profiles(self.interventions[pick % 3], of, "0", str(new), on=day)

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
        self.closed.append(Figures(self.programme.book(), self.quarter.ends_on).spent)
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
    def each_return_still_bridges_from_the_one_before(self) -> None:
        """What it closed at is what the one before closed at and its own lines, whatever has been changed since."""
        sent = sorted(self.programme.all(FunderReturn), key=lambda each: each.quarter)
        for each, (opening, closing) in zip(sent, pairwise(self.closed), strict=True):
            own = (line for line in self.programme.all(ReturnLine) if line.return_id == each.id)
            lines = [
                (Cell(line.intervention_id, line.expense, line.category_id, line.quarter), line.amount)
                for line in own
            ]
            assert opening + Cube.of(lines) == closing

    @invariant()
    def the_year_is_a_wall(self) -> None:
        """To date is the claims of the year's returns and this one, and no penny of another year."""
        claim = Claim(self.programme.book(), self.quarter)
        of_year = [each for each in self.programme.all(FunderReturn) if each.quarter.year == claim.year]
        assert total(each.claim for each in of_year) + claim.claim == claim.to_date.total()
        assert claim.to_date == claim.ledger.in_year(claim.year)
        assert claim.earlier_years.years <= {each.year for each in self._quarters_before(claim.year)}

    def _quarters_before(self, year: FinancialYear) -> tuple[Quarter, ...]:
        return tuple(
            each for each in quarters_between(Quarter.of(START), Quarter.of(END)) if each.year < year
        )

    @invariant()
    def a_year_claimed_above_its_award_is_refused(self) -> None:
        claim = Claim(self.programme.book(), self.quarter)
        now = Figures(self.programme.book(), max(END, self.quarter.ends_on))
        above = {
            str(year)
            for year in claim.ledger.years | {claim.year}
            if claim.ledger.total(year=year) > now.awarded(year)
        }
        draft = FunderReturn(
            id=FunderReturnId(99), award_id=self.programme.award.id, quarter=self.quarter, reference="x"
        )
        found = within_award(ReturnCase(claim, draft))
        assert {problem.message.split(":")[0] for problem in found} == above

    @invariant()
    def the_open_return_ties_and_bridges(self) -> None:
        claim = Claim(self.programme.book(), self.quarter)
        assert not tie_problems(claim)
        assert claim.opening == self.closed[-1]
        assert claim.opening + claim.this_quarter + claim.adjustments + claim.earlier_years == claim.ledger
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
            if cost.received_on is not None
            and cost.received_on <= self.quarter.ends_on
            and (cost.grant_id is None or cost.accepted_on is not None)
        )
        assert returned == Money(ledger)
        assert Figures(book, self.quarter.ends_on).claimed.total() == total(self.said.values())

    @invariant()
    def interventions_stay_three(self) -> None:
        assert len(self.programme.all(Intervention)) == 3


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
