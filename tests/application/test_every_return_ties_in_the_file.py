"""A season of an office at random, through the real actions and guards on a real file: after every step all returns tie.

The domain's own property (`tests/domain/test_every_return_ties.py`) goes further with fewer rules in the way; here the
guards refuse, undo takes back, the clock moves over two year ends, and what is submitted is what the file keeps.
"""

import random
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from filing import ACTOR, empty_file, store
from fundtracker.application.actions import returns
from fundtracker.application.actions.reasons import write_reason
from fundtracker.application.actions.records import add, edit, new_record, remove
from fundtracker.application.actions.returns import begin_return, look_at, next_quarter, submit_return
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import added
from fundtracker.domain.claims import Claim, tie_problems
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.rules import variance_percent
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import canonical
from fundtracker.domain.spend import spend_lines
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.storage import portfolio
from fundtracker.storage.database import Database
from fundtracker.storage.journal import head
from fundtracker.storage.verify import verify
from programme import CAPITAL, RESOURCE, Programme, year

START, END = date(2023, 10, 1), date(2025, 6, 30)
SIGNED = SignOff("Programme manager", "Finance officer", "Signatory", "Chief Finance Officer")
BEGINNING = "Store"
"""What put the award and its interventions into the file: never taken back here."""
YEARS = tuple(year(of) for of in ("2023/24", "2024/25", "2025/26"))


@dataclass
class Season:
    """The office, its clock, and what each return said when it was submitted."""

    workspace: Workspace
    random: random.Random
    day: date
    award_id: int
    interventions: tuple[int, ...]
    grant_id: int
    said: dict[int, str]
    refusals: int = 0

    # What happens

    def _chance(self, of: float) -> bool:
        return self.random.random() < of

    def _received(self) -> date:
        return START + timedelta(days=self.random.randint(0, (self.day - START).days))

    def _cost(self) -> Cost | None:
        costs = self.workspace.select(Cost)
        return self.random.choice(costs) if costs else None

    def _reason(self) -> str:
        return "Came late" if self._chance(0.8) else ""

    def spends(self) -> None:
        partner = self._chance(0.25)
        received = self._received() if self._chance(0.9) else None
        add(
            self.workspace,
            Cost,
            {
                "intervention_id": self.interventions[0]
                if partner
                else self.random.choice(self.interventions),
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
                {"intervention_id": self.random.choice(self.interventions)},
                {"vat_recoverable": not cost.vat_recoverable},
                {"accepted_on": self.day if cost.accepted_on is None else None},
            )
        )
        edit(self.workspace, cost, **values, adjustment_reason=self._reason())

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
        number = self.workspace.new_id(Variation)
        consent = "Letter" if self._chance(0.5) else ""
        values: dict[str, Any] = {
            "reference": f"V{number}",
            "award_id": self.award_id,
            "number": number,
            "reason": "Why",
            "approved_by": "Commissioner",
            "approved_on": self.day,
            "effective_on": self.day + timedelta(days=self.random.randint(-60, 60)),
            "year_end_consent": consent,
        }
        variation = new_record(self.workspace, Variation, values)
        first = self.workspace.new_id(VariationChange)
        rows = [
            replace(
                new_record(self.workspace, VariationChange, {"variation_id": variation.id, **change}),
                id=first + n,
            )
            for n, change in enumerate(self._moves())
        ]
        self.workspace.do("Vary", added(variation, *rows))

    def _moves(self) -> list[dict[str, Any]]:
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
                "intervention_id": self.random.choice(self.interventions),
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
        draft = self._draft()
        if draft is None:
            draft = begin_return(self.workspace, self.award_id)
        self.day = max(self.day, draft.quarter.next.begins_on)
        claim = Claim(self.workspace.book(self.award_id), draft.quarter)
        above = variance_percent(claim.book, draft.quarter)
        for each in spend_lines(claim):
            if each.reason_needed(above):
                write_reason(self.workspace, draft.id, each.line, "Phased differently")
        submit_return(self.workspace, draft.id, SIGNED)
        self.said[draft.id] = canonical(look_at(self.workspace, draft.id).snapshot)

    def _draft(self) -> FunderReturn | None:
        held = self.workspace.select(FunderReturn, award_id=self.award_id)
        return next((each for each in held if not each.state.frozen), None)

    # What holds after every step

    def holds(self) -> None:
        book = self.workspace.book(self.award_id)
        sent = sorted((r for r in book.all(FunderReturn) if r.state.frozen), key=lambda r: r.quarter)
        assert [each.id for each in sent] == list(self.said)
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
        draft = self._draft()
        claim = Claim(book, draft.quarter if draft else next_quarter(book))
        assert claim.opening == opening
        assert tie_problems(claim) == ()
        assert claim.opening + claim.this_quarter + claim.adjustments + claim.earlier_years == claim.ledger
        assert total(each.claim for each in sent if each.quarter.year == claim.year) + claim.claim == (
            claim.to_date.total()
        )
        ledger = total(
            cost.eligible
            for cost in self.workspace.select(Cost)
            if cost.counts and cost.received_on and cost.received_on <= claim.quarter.ends_on
        )
        assert claim.closing.total() == ledger
        if draft:
            assert ties(look_at(self.workspace, draft.id).snapshot)
        self._sql_agrees(sent)

    def _sql_agrees(self, sent: list[FunderReturn]) -> None:
        with self.workspace.database.reader() as conn:
            found = portfolio.awards(conn, END + timedelta(days=60))[self.award_id]
        assert total(each.claimed for each in found.years.values()) == total(
            each.claim + each.earlier_years for each in sent
        )

    def head(self) -> tuple[int, str]:
        with self.workspace.database.reader() as conn:
            return head(conn)


def ties(snapshot: Snapshot) -> bool:
    return all(row.difference == Money(0) for row in snapshot.controls) and all(
        row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
        for row in snapshot.bridge
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are only their canonical text: this is about what they say."""

    def draws(snapshot: Snapshot, path: Path, _progress: object = None) -> None:
        path.write_text(canonical(snapshot), encoding="utf-8")

    monkeypatch.setattr(returns, "write_workbook", draws)
    monkeypatch.setattr(returns, "write_pdf", draws)


@contextmanager
def opened(path: Path, seed: int) -> Generator[Season]:
    built = Programme(starts=START, ends=END, today=START)
    for of in YEARS:
        for expense in (RESOURCE, CAPITAL):
            built.promises("60000", str(of), expense)
    interventions = [built.intervenes(f"Intervention {n}") for n in range(2)]
    for intervention in interventions:
        built.plans(intervention, "30000", "2024/25 Q1")
    grant = built.grants(interventions[0], "500000", "2024/25")
    database = Database(empty_file(path))
    store(database, [each for rows in built.rows.values() for each in rows.values()])
    season: Season | None = None

    def clock() -> datetime:
        day = season.day if season else START
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    with Workspace(database, actor=ACTOR, clock=clock) as workspace:
        season = Season(
            workspace=workspace,
            random=random.Random(seed),  # noqa: S311 - reproducible on purpose
            day=START + timedelta(days=30),
            award_id=built.award.id,
            interventions=tuple(each.id for each in interventions),
            grant_id=grant.id,
            said={},
        )
        yield season


@pytest.mark.parametrize("seed", range(3))
def test_after_every_step_every_return_ties_and_all_add_up_to_the_ledger(
    tmp_path: Path, quick: None, seed: int
) -> None:
    with opened(tmp_path / "season.fundtracker", seed) as season:
        steps: tuple[Callable[[], None], ...] = (
            *(season.spends,) * 5,
            *(season.changes,) * 4,
            season.reverses,
            season.removes,
            season.varies,
            season.takes_back,
            season.does_again,
            season.waits,
            *(season.submits,) * 2,
        )
        for _ in range(75):
            if season.day > END and season.said and len(season.said) == 7:
                break
            step, before = season.random.choice(steps), season.head()
            try:
                step()
            except Refused:
                season.refusals += 1
                if step != season.submits:  # which first writes its reasons
                    assert season.head() == before, step
            season.holds()
        assert len(season.said) >= 3, "enough was submitted to cross a year end"
        assert season.refusals >= 3, "and enough refused to have met the guards"
        with season.workspace.database.reader() as conn:
            assert [each.message for each in verify(conn)] == []
