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
    """Two awards of a round: records costs, reverses, changes, moves, accepts and removes them, varies award and profile, submits."""

    @initialize()
    def begins(self) -> None:
        first = Programme(today=END)
        self.programme = first  # all costs are in both: of them either may speak
        self.awards = (first, first.another_award("SSF5-ASB"))
        for of in ("2023/24", "2024/25"):
            for expense in (RESOURCE, CAPITAL):
                for each in self.awards:
                    each.promises("1000000", of, expense)
        self.interventions = [each.intervenes(f"Intervention {n}") for n in range(2) for each in self.awards]
        self.grant = first.grants(self.interventions[0], "500000", "2024/25")
        first.is_paid_by(self.grant, self.interventions[1], "500000", "2024/25")
        self.quarters = [Quarter.of(START), Quarter.of(START)]
        self.said: dict[int, Money] = {}
        self.closed = ([Cube()], [Cube()])  # how the ledger stood at each return, nothing before the first

    def _cost(self, pick: int) -> Cost:
        costs = self.programme.all(Cost)
        return costs[pick % len(costs)]

    def _award(self, intervention_id: int) -> int:
        """Which of the two awards, 0 or 1, an intervention belongs to."""
        found = self.programme.rows[Intervention][intervention_id]
        return [each.award.id for each in self.awards].index(found.award_id)

    def _claims(self) -> tuple[Claim, ...]:
        """The open return of each award."""
        return tuple(Claim(a.book(), q) for a, q in zip(self.awards, self.quarters, strict=True))

    def _sent(self, of: int) -> list[FunderReturn]:
        """The award's submitted returns, oldest first."""
        own = (r for r in self.programme.all(FunderReturn) if r.award_id == self.awards[of].award.id)
        return sorted(own, key=lambda each: each.quarter)

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
            self.interventions[pick % 4],
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
            self._cost(pick), intervention_id=self.interventions[to % 4].id, adjustment_reason="moved"
        )

    @precondition(lambda self: self.programme.all(ReturnLine))
    @rule(pick=picks, to=picks)
    def moves_a_claimed_cost_to_the_other_award(self, pick: int, to: int) -> None:
        """One return has said it already; wherever it came from, it now belongs to the other award, and to that one alone."""
        lines = self.programme.all(ReturnLine)
        cost = self.programme.rows[Cost][lines[pick % len(lines)].cost_id]
        others = [x for x in self.interventions if self._award(x.id) != self._award(cost.intervention_id)]
        self.programme.changes(
            cost, intervention_id=others[to % 2].id, adjustment_reason="of the other award"
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

    @rule(pick=picks, net=pence, day=days, accepted=st.booleans())
    def a_partner_spends(self, pick: int, net: Money, day: date, accepted: bool) -> None:
        """Of a grant that both awards help to pay."""
        self.programme.spends(
            self.interventions[pick % 2],
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

    @rule(
        which=st.booleans(),
        new=st.integers(0, 2_000_000),
        of=st.sampled_from(["2023/24", "2024/25"]),
        day=days,
    )
    def varies_an_award(self, which: bool, new: int, of: str, day: date) -> None:
        self.awards[which].varies((of, RESOURCE, "1000000", str(new)), on=day)

    @rule(which=st.booleans(), moved=st.integers(0, 1_000_000), day=days)
    def vires_across_the_year_end(self, which: bool, moved: int, day: date) -> None:
        self.awards[which].varies(
            ("2023/24", RESOURCE, str(moved), "0"),
            ("2024/25", RESOURCE, "0", str(moved)),
            on=day,
            kind=ChangeKind.VIREMENT,
        )

    @rule(pick=picks, new=st.integers(0, 1_000), day=days)
    def re_profiles(self, pick: int, new: int, day: date) -> None:
        intervention = self.interventions[pick % 4]
        self.awards[pick % 2].re_profiles(intervention, str(Quarter.of(day)), "0", str(new), on=day)

    @precondition(lambda self: min(self.quarters) <= Quarter.of(END))
    @rule(which=st.booleans())
    def submits_a_quarter(self, which: bool) -> None:
        """Of the award that was picked, or of the other where all of its quarters are returned."""
        of = int(which) if self.quarters[which] <= Quarter.of(END) else int(not which)
        award, quarter = self.awards[of], self.quarters[of]
        draft = award.begins_return(quarter)
        snapshot = prepare(award.book(), draft, DRAFT)
        assert [row.difference for row in snapshot.controls] == [Money(0)] * len(snapshot.controls)
        assert all(
            row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
            for row in snapshot.bridge
        )
        assert total(row.to_date for row in snapshot.spend) == snapshot.cash.claimed_to_date
        self.closed[of].append(Figures(award.book(), quarter.ends_on).spent)
        award.submits(draft)
        self.said[draft.id] = snapshot.cash.claim + snapshot.cash.earlier_years
        self.quarters[of] = quarter.next

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
        for of, stood in enumerate(self.closed):
            for each, (opening, closing) in zip(self._sent(of), pairwise(stood), strict=True):
                own = (line for line in self.programme.all(ReturnLine) if line.return_id == each.id)
                lines = [
                    (Cell(line.intervention_id, line.expense, line.category_id, line.quarter), line.amount)
                    for line in own
                ]
                assert opening + Cube.of(lines) == closing

    @invariant()
    def the_year_is_a_wall(self) -> None:
        """To date is the claims of the year's returns and this one, and no penny of another year."""
        for of, claim in enumerate(self._claims()):
            of_year = [each for each in self._sent(of) if each.quarter.year == claim.year]
            assert total(each.claim for each in of_year) + claim.claim == claim.to_date.total()
            assert claim.to_date == claim.ledger.in_year(claim.year)
            assert claim.earlier_years.years <= {each.year for each in self._quarters_before(claim.year)}

    def _quarters_before(self, year: FinancialYear) -> tuple[Quarter, ...]:
        return tuple(
            each for each in quarters_between(Quarter.of(START), Quarter.of(END)) if each.year < year
        )

    @invariant()
    def a_year_claimed_above_its_award_is_refused(self) -> None:
        for claim in self._claims():
            now = Figures(claim.book, max(END, claim.quarter.ends_on))
            above = {
                str(year)
                for year in claim.ledger.years | {claim.year}
                if claim.ledger.total(year=year) > now.awarded(year)
            }
            draft = FunderReturn(
                id=FunderReturnId(99),
                award_id=claim.book.award.id,
                quarter=claim.quarter,
                reference="x",
            )
            found = within_award(ReturnCase(claim, draft))
            assert {problem.message.split(":")[0] for problem in found} == above

    @invariant()
    def the_open_returns_tie_and_bridge(self) -> None:
        for claim, stood in zip(self._claims(), self.closed, strict=True):
            assert not tie_problems(claim)
            assert claim.opening == stood[-1]
            assert (
                claim.opening + claim.this_quarter + claim.adjustments + claim.earlier_years == claim.ledger
            )
            assert claim.claim == total(
                line.amount for line in claim.lines if line.part is not ClaimPart.EARLIER_YEAR
            )
            assert all(line.reason for line in claim.lines if line.part is not ClaimPart.THIS_QUARTER)

    def _in_the_ledger(self, cost: Cost) -> bool:
        """Come by the end of its own award's open quarter; a partner's cost once accepted. The rest no return may hold yet."""
        if cost.received_on is None or (cost.grant_id is not None and cost.accepted_on is None):
            return False
        return cost.received_on <= self.quarters[self._award(cost.intervention_id)].ends_on

    @invariant()
    def each_cost_stands_whole_in_its_own_award_and_nets_to_nothing_in_the_other(self) -> None:
        held: dict[tuple[int, int], int] = {}
        of_return = {sent.id: of for of in (0, 1) for sent in self._sent(of)}
        for line in self.programme.all(ReturnLine):
            key = line.cost_id, of_return[line.return_id]
            held[key] = held.get(key, 0) + line.amount.pence
        for of, claim in enumerate(self._claims()):
            for line in claim.lines:
                held[line.cost_id, of] = held.get((line.cost_id, of), 0) + line.amount.pence
        ledger = {
            (cost.id, self._award(cost.intervention_id)): cost.eligible.pence
            for cost in self.programme.all(Cost)
            if self._in_the_ledger(cost)
        }
        assert {key: sum_ for key, sum_ in held.items() if sum_} == {
            key: sum_ for key, sum_ in ledger.items() if sum_
        }

    @invariant()
    def all_returns_and_the_open_ones_of_both_awards_add_up_to_the_whole_ledger(self) -> None:
        claims = self._claims()
        returned = total(line.amount for line in self.programme.all(ReturnLine)) + total(
            claim.claim + claim.earlier_years.total() for claim in claims
        )
        assert returned == total(
            each.eligible for each in self.programme.all(Cost) if self._in_the_ledger(each)
        )
        for of, claim in enumerate(claims):
            assert claim.figures.claimed.total() == total(self.said[each.id] for each in self._sent(of))


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=settings().max_examples * 2 // 5,  # 40; 800 in the deep tests
    stateful_step_count=25,
    deadline=None,
)
