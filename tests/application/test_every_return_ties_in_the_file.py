"""A season of an office with two awards at random, through the real actions and guards on a real file: after every step all returns tie.

The domain's own property (`tests/domain/test_every_return_ties.py`) goes further with fewer rules in the way; here the
guards refuse, undo takes back, the clock moves over two year ends, and what is submitted is what the file keeps.
"""

import random
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.deeds import faults, head_of
from application.returning import SIGNED, ties
from filing import ACTOR, empty_file, store
from fundtracker.application.actions.reasons import write_reason
from fundtracker.application.actions.records import add, edit, new_record, remove
from fundtracker.application.actions.returns import begin_return, look_at, next_quarter, submit_return
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.changes import Change, added
from fundtracker.domain.claims import Claim, tie_problems
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.figures import Figures
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.rules import variance_percent
from fundtracker.domain.snapshot_text import canonical
from fundtracker.domain.spend import spend_lines
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.storage import portfolio
from fundtracker.storage.database import Database
from programme import CAPITAL, RESOURCE, Programme, year

START, END = date(2023, 10, 1), date(2025, 6, 30)
BEGINNING = "Store"
"""What put the awards and their interventions into the file: never taken back here."""
LEAST, MOST = 50, 200
"""Steps of a season, which ends once it has met everything."""
BACKWARDS = "A submitted return rests on the award as it stood then"
YEARS = tuple(year(of) for of in ("2023/24", "2024/25", "2025/26"))


@dataclass
class Season:
    """The office, its clock, and what each return said when it was submitted."""

    workspace: Workspace
    random: random.Random
    day: date
    awards: tuple[int, int]
    interventions: dict[int, tuple[int, ...]]
    """Of each award."""
    grant_id: int
    """A grant that the first intervention of either award helps to pay."""
    said: dict[int, str] = field(default_factory=dict[int, str])
    stood: dict[int, list[object]] = field(default_factory=dict[int, list[object]])
    """The award and profile that each return rested on."""
    refusals: int = 0
    backwards: int = 0
    crossed: int = 0
    """Claimed costs moved to the other award."""

    @property
    def has_met_everything(self) -> bool:
        """Returns over a year end, guards that refused, a claimed cost in the other award, a variation that came too late."""
        return len(self.said) >= 3 and self.refusals >= 3 and self.crossed >= 1 and self.backwards >= 1

    # What happens

    def _chance(self, of: float) -> bool:
        return self.random.random() < of

    def _received(self) -> date:
        return START + timedelta(days=self.random.randint(0, (self.day - START).days))

    def _cost(self) -> Cost | None:
        costs = self.workspace.select(Cost)
        return self.random.choice(costs) if costs else None

    def _award(self) -> int:
        return self.random.choice(self.awards)

    def _award_of(self, cost: Cost) -> int:
        return next(award for award, own in self.interventions.items() if cost.intervention_id in own)

    def _sent(self, award_id: int) -> list[FunderReturn]:
        """The award's submitted returns, oldest first."""
        held = self.workspace.select(FunderReturn, award_id=award_id)
        return sorted((each for each in held if each.state.frozen), key=lambda each: each.quarter)

    def _reason(self) -> str:
        """None, an old one that a return may have given already, or one not given before."""
        return self.random.choice(
            ("", "Came late", *(f"Found in reconciliation {head_of(self.workspace)[0]}",) * 4)
        )

    def spends(self) -> None:
        partner, own = self._chance(0.25), self.interventions[self._award()]
        received = self._received() if self._chance(0.9) else None
        add(
            self.workspace,
            Cost,
            {
                "intervention_id": own[0] if partner else self.random.choice(own),
                "grant_id": self.grant_id if partner else None,
                "supplier": "Illustrative Ltd",
                "invoice_number": f"INV-{self.workspace.new_id(Cost)}",
                "received_on": received,
                "accepted_on": received if partner and self._chance(0.6) else None,
                "net": Money(self.random.randint(-200_00, 9_000_00)),
                "vat": Money(self.random.randint(0, 500_00)),
                "vat_recoverable": self._chance(0.5),
                "expense": self.random.choice((RESOURCE, CAPITAL)),
                "category_id": self.random.choice((1, 2)),
                "adjustment_reason": self._reason(),
            },
        )

    def changes(self) -> None:
        cost = self._cost()
        if cost is None:
            return
        values: dict[str, Any] = self.random.choice(
            (
                {"net": Money(self.random.randint(-200_00, 9_000_00))},
                {"received_on": self._received()},
                {"received_on": None, "accepted_on": None},
                {"expense": self.random.choice((RESOURCE, CAPITAL))},
                {"intervention_id": self.random.choice(self.interventions[self._award_of(cost)])},
                {"vat_recoverable": not cost.vat_recoverable},
                {"accepted_on": self.day if cost.accepted_on is None else None},
            )
        )
        edit(self.workspace, cost, **values, adjustment_reason=self._reason())

    def crosses(self) -> None:
        """A cost goes to the other award with its reversals; more often one that a return has claimed."""
        claimed = [self.workspace.get(Cost, each.cost_id) for each in self.workspace.select(ReturnLine)]
        picked = self.random.choice(claimed) if claimed and self._chance(0.8) else self._cost()
        if picked is None:
            return
        cost = self.workspace.get(Cost, picked.reversal_of) if picked.reversal_of else picked
        goes = self.interventions[next(each for each in self.awards if each != self._award_of(cost))]
        to = goes[0] if cost.grant_id else self.random.choice(goes)
        values: dict[str, Any] = {"intervention_id": to, "adjustment_reason": self._reason()}
        pairs = (
            (each, replace(each, **values))
            for each in (cost, *self.workspace.select(Cost, reversal_of=cost.id))
        )
        self.workspace.do("Move to the other award", [Change(before, after) for before, after in pairs])
        self.crossed += bool(self.workspace.select(ReturnLine, cost_id=cost.id))

    def reverses(self) -> None:
        cost = self._cost()
        if cost is not None:
            mirrored = {each.name: getattr(cost, each.name) for each in columns(Cost)}
            taken = {"reference": "", "net": -cost.net, "vat": -cost.vat, "reversal_of": cost.id}
            add(self.workspace, Cost, mirrored | taken | {"adjustment_reason": ""})

    def removes(self) -> None:
        cost = self._cost()
        if cost is not None:
            remove(self.workspace, cost)

    def varies(self) -> None:
        """Approved at once, or left to be approved later; often dated before the last return was sent."""
        number, award_id = self.workspace.new_id(Variation), self._award()
        values: dict[str, Any] = {
            "reference": f"V{number}",
            "award_id": award_id,
            "number": number,
            "reason": "Why",
            "year_end_consent": "Letter" if self._chance(0.5) else "",
            **(self._approval() if self._chance(0.7) else {}),
        }
        variation = new_record(self.workspace, Variation, values)
        first = self.workspace.new_id(VariationChange)
        rows = [
            replace(
                new_record(self.workspace, VariationChange, {"variation_id": variation.id, **change}),
                id=first + n,
            )
            for n, change in enumerate(self._moves(award_id))
        ]
        with self._not_backwards(variation):
            self.workspace.do("Vary", added(variation, *rows))

    def approves(self) -> None:
        waiting = [each for each in self.workspace.select(Variation) if each.approved_on is None]
        if waiting:
            before = self.random.choice(waiting)
            after = replace(before, **self._approval())
            with self._not_backwards(after):
                self.workspace.do("Approve", [Change(before, after)])

    def _approval(self) -> dict[str, Any]:
        approved = self.day if self._chance(0.3) else self._received()
        effective = approved + timedelta(days=self.random.randint(-60, 60))
        return {"approved_by": "Commissioner", "approved_on": approved, "effective_on": effective}

    @contextmanager
    def _not_backwards(self, variation: Variation) -> Generator[None]:
        """What would be in force on the day of a submission already made has to be refused, and only that in these words."""
        assert variation.award_id is not None
        sent = [each.submitted_on for each in self._sent(variation.award_id) if each.submitted_on]
        backwards = bool(sent) and variation.in_force(max(sent))
        said = ""
        try:
            yield
        except Refused as refused:
            said = str(refused)
            raise
        finally:
            assert (BACKWARDS in said) == backwards, (variation, said)
            self.backwards += backwards

    def _moves(self, award_id: int) -> list[dict[str, Any]]:
        by = Money(self.random.randint(1, 40_000_00))
        nothing, expense = Money(0), self.random.choice((RESOURCE, CAPITAL))
        takes: dict[str, Any] = {"expense": expense, "old_amount": by, "new_amount": nothing}
        gives: dict[str, Any] = {"expense": expense, "old_amount": nothing, "new_amount": by}
        one, other = self.random.choice(YEARS), self.random.choice(YEARS)
        if self._chance(0.4):
            return [{"kind": ChangeKind.AMOUNT, "year": one, **self.random.choice((takes, gives))}]
        if self._chance(0.6):
            return [
                {"kind": ChangeKind.VIREMENT, "year": one, **takes},
                {"kind": ChangeKind.VIREMENT, "year": other, **gives},
            ]
        return [
            {
                "kind": ChangeKind.RE_PROFILE,
                "intervention_id": self.random.choice(self.interventions[award_id]),
                "quarter": Quarter.of(self._received()),
                "category_id": 1,
                **self.random.choice((takes, gives)),
            }
        ]

    def takes_back(self) -> None:
        if self.workspace.undo_title != BEGINNING:
            self.workspace.undo()

    def does_again(self) -> None:
        self.workspace.redo()

    def waits(self) -> None:
        self.day = min(self.day + timedelta(days=self.random.randint(1, 75)), END + timedelta(days=30))

    def submits(self) -> None:
        award_id = self._award()
        draft = self._draft(award_id)
        if draft is None:
            draft = begin_return(self.workspace, award_id)
        self.day = max(self.day, draft.quarter.next.begins_on)
        claim = Claim(self.workspace.book(award_id), draft.quarter)
        above = variance_percent(claim.book, draft.quarter)
        for each in spend_lines(claim):
            if each.reason_needed(above):
                write_reason(self.workspace, draft.id, each.line, "Phased differently")
        sent = submit_return(self.workspace, draft.id, SIGNED)
        self.said[draft.id] = canonical(look_at(self.workspace, draft.id).snapshot)
        self.stood[draft.id] = _rested_on(self.workspace.book(award_id), sent)

    def _draft(self, award_id: int) -> FunderReturn | None:
        held = self.workspace.select(FunderReturn, award_id=award_id)
        return next((each for each in held if not each.state.frozen), None)

    # What holds after every step

    def holds(self) -> None:
        claims = {award_id: self._holds(award_id) for award_id in self.awards}
        self._each_cost_stands_in_its_own_award(claims)
        self._all_adds_up(claims)

    def _holds(self, award_id: int) -> Claim:
        """Each return of one award, and its open one, which is handed on."""
        book, sent = self.workspace.book(award_id), self._sent(award_id)
        opening = Cube()
        for each in sent:
            lines = self.workspace.select(ReturnLine, return_id=each.id)
            assert total(line.amount for line in lines) == each.claim + each.earlier_years
            assert (
                total(line.amount for line in lines if line.quarter.year == each.quarter.year) == each.claim
            )
            opening += Cube.of(
                (Cell(line.intervention_id, line.expense, line.category_id, line.quarter), line.amount)
                for line in lines
            )
            snapshot = look_at(self.workspace, each.id).snapshot
            assert canonical(snapshot) == self.said[each.id]
            assert ties(snapshot)
            assert _rested_on(book, each) == self.stood[each.id]
        draft = self._draft(award_id)
        claim = Claim(book, draft.quarter if draft else next_quarter(book))
        assert claim.opening == opening
        assert tie_problems(claim) == ()
        assert claim.opening + claim.this_quarter + claim.adjustments + claim.earlier_years == claim.ledger
        assert total(each.claim for each in sent if each.quarter.year == claim.year) + claim.claim == (
            claim.to_date.total()
        )
        if draft:
            assert ties(look_at(self.workspace, draft.id).snapshot)
        self._sql_agrees(award_id, sent)
        return claim

    def _ledger(self, claims: dict[int, Claim]) -> list[Cost]:
        """Every cost of the file but those no return may hold yet: not come by the end of its award's open quarter, not accepted."""
        return [
            cost
            for cost in self.workspace.select(Cost)
            if cost.counts and cost.quarter and cost.quarter <= claims[self._award_of(cost)].quarter
        ]

    def _each_cost_stands_in_its_own_award(self, claims: dict[int, Claim]) -> None:
        """Whole in the returns of its own award and its open one, and nothing of it left in the other's."""
        held: Counter[tuple[int, int]] = Counter()
        of_return = {each.id: each.award_id for each in self.workspace.select(FunderReturn)}
        for line in self.workspace.select(ReturnLine):
            held[line.cost_id, of_return[line.return_id]] += line.amount.pence
        for award_id, claim in claims.items():
            for line in claim.lines:
                held[line.cost_id, award_id] += line.amount.pence
        ledger = {(cost.id, self._award_of(cost)): cost.eligible.pence for cost in self._ledger(claims)}
        assert {key: sum_ for key, sum_ in held.items() if sum_} == {
            key: sum_ for key, sum_ in ledger.items() if sum_
        }

    def _all_adds_up(self, claims: dict[int, Claim]) -> None:
        """What both awards' returns were frozen with and their open ones: the whole ledger, corrections to earlier years included."""
        sent = [each for award_id in self.awards for each in self._sent(award_id)]
        assert {each.id for each in sent} == self.said.keys()
        frozen = total(each.claim + each.earlier_years for each in sent)
        unsent = total(claim.claim + claim.earlier_years.total() for claim in claims.values())
        assert frozen + unsent == total(cost.eligible for cost in self._ledger(claims))

    def _sql_agrees(self, award_id: int, sent: list[FunderReturn]) -> None:
        with self.workspace.database.reader() as conn:
            found = portfolio.awards(conn, self.day)[award_id]
        assert total(each.claimed for each in found.years.values()) == total(
            each.claim + each.earlier_years for each in sent
        )


def _rested_on(book: AwardBook, sent: FunderReturn) -> list[object]:
    """The award, its end and its profile as in force on the day the return was sent."""
    assert sent.submitted_on is not None
    then = Figures(book, sent.submitted_on)
    return [
        *(then.awarded(of, expense) for of in YEARS for expense in Expense),
        then.ends_on,
        then.current_profile,
    ]


@contextmanager
def opened(path: Path, seed: int) -> Generator[Season]:
    built = Programme(starts=START, ends=END, today=START)
    awards = (built, built.another_award("SSF5-ASB"))
    interventions: dict[int, tuple[int, ...]] = {}
    for each in awards:
        for of in YEARS:
            for expense in (RESOURCE, CAPITAL):
                each.promises("60000", str(of), expense)
        own = [each.intervenes(f"Intervention {n}") for n in range(2)]
        for intervention in own:
            each.plans(intervention, "30000", "2024/25 Q1")
        interventions[each.award.id] = tuple(intervention.id for intervention in own)
    first, second = (built.rows[Intervention][own[0]] for own in interventions.values())
    grant = built.grants(first, "500000", "2024/25")
    built.is_paid_by(grant, second, "500000", "2024/25")
    database = Database(empty_file(path))
    store(database, built.records)
    season: Season | None = None

    def clock() -> datetime:
        day = season.day if season else START
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    with Workspace(database, actor=ACTOR, clock=clock) as workspace:
        season = Season(
            workspace=workspace,
            random=random.Random(seed),  # noqa: S311 - reproducible on purpose
            day=START + timedelta(days=30),
            awards=(built.award.id, awards[1].award.id),
            interventions=interventions,
            grant_id=grant.id,
        )
        yield season


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(3, 20))]
)
def test_after_every_step_every_return_ties_and_all_add_up_to_the_ledger(
    tmp_path: Path, quick: None, seed: int
) -> None:
    with opened(tmp_path / "season.fundtracker", seed) as season:
        steps: tuple[Callable[[], None], ...] = (
            *(season.spends,) * 5,
            *(season.changes,) * 3,
            *(season.crosses,) * 3,
            season.reverses,
            season.removes,
            *(season.varies,) * 2,
            season.approves,
            season.takes_back,
            season.does_again,
            season.waits,
            *(season.submits,) * 3,
        )
        for turn in range(MOST):
            if turn >= LEAST and season.has_met_everything:
                break
            step, before = season.random.choice(steps), head_of(season.workspace)
            try:
                step()
            except Refused:
                season.refusals += 1
                if step != season.submits:  # which first writes its reasons
                    assert head_of(season.workspace) == before, step
            season.holds()
        assert season.has_met_everything
        assert faults(season.workspace) == []
