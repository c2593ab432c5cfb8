"""A return in which every figure is one of its own: what a formula takes from the wrong row, column or part then shows.

Every line of Spend has a profile and a changed one, earlier claims, adjustments, accruals, forecasts, orders and a correction
to the earlier year, except where the form has nothing to show. Sums are drawn from one sequence that doesn't repeat.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from fundtracker.domain.bids import Expense
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import (
    Asset,
    AssetId,
    Match,
    MatchId,
    MatchKind,
    Proximity,
    Risk,
    RiskCategory,
    RiskId,
)
from fundtracker.domain.grants import Instalment, InstalmentId, InstalmentStatus
from fundtracker.domain.interventions import (
    Intervention,
    Milestone,
    MilestoneId,
    ProfileLine,
    ProfileLineId,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.preparation import prepare
from fundtracker.domain.returns import Forecast, ForecastId, FunderReturn
from fundtracker.domain.snapshot import Snapshot, YearRow
from fundtracker.domain.terms import Term, TermId, TermKind
from fundtracker.domain.variations import ChangeKind, VariationChange, VariationChangeId
from programme import CAPITAL, RESOURCE, Programme, quarter
from returns.workbook_sample import provenance

LAST_YEAR, FIRST, SECOND = "2023/24 Q4", "2024/25 Q1", "2024/25 Q2"
QUARTERS = (LAST_YEAR, FIRST, SECOND, "2024/25 Q3", "2024/25 Q4")


_FROM_BRIDGE = {"Earlier returns", "Earlier returns + claim", "All returns"}
"""Sides of control totals that add the bridge."""


class _Line(NamedTuple):
    """A line of Spend to be; one that isn't planned any more has been re-profiled to nothing."""

    intervention: Intervention
    expense: Expense
    category: CostCategory
    planned: bool = True


def distinct_snapshot() -> Snapshot:
    """2024/25 Q2, the third return of an award: eleven lines of four interventions, the last of them capital alone."""
    programme, sums = Programme(), _sums()
    programme.promises("3100000.07", "2023/24")
    programme.promises("1200000.19", "2023/24", CAPITAL)
    programme.promises("5300000.41", "2024/25")
    programme.promises("2400000.83", "2024/25", CAPITAL)
    programme.varies(
        ("2024/25", RESOURCE, "5300000.41", "5200000.02"),
        ("2024/25", CAPITAL, "2400000.83", "2300000.61"),
        ("2023/24", RESOURCE, "3100000.07", "3000000.31"),
        on=date(2024, 4, 2),
    )
    lines = _lines(programme)
    _plan(programme, lines, sums)
    _spend(programme, lines, sums)
    draft = programme.begins_return(SECOND)
    draft = programme.changes(
        draft, surrendered=next(sums), underspend_cause="Late", due_on=date(2024, 10, 30)
    )
    _forecast(programme, draft, lines, sums)
    _beside_the_money(programme, lines, sums)
    return prepare(programme.book(), draft, provenance(draft=False))


def with_untied_bridge(snapshot: Snapshot) -> Snapshot:
    """The same return where lines of the bridge don't tie, every other one, by sums that cancel out in each year."""
    bridge = list(snapshot.bridge)
    for year in {row.year for row in bridge}:
        odd = [n for n, row in enumerate(bridge) if row.year == year][::2]
        for n, (one, other) in enumerate(zip(odd[::2], odd[1::2], strict=False), 1):
            for at, more in ((one, Money(101 * n)), (other, Money(-101 * n))):
                bridge[at] = replace(bridge[at], ledger=bridge[at].ledger + more)
    return replace(snapshot, bridge=tuple(bridge))


def with_more(snapshot: Snapshot, *, ledger: bool) -> Snapshot:
    """The same return where a line of each year's bridge opened and closed with more: control totals don't tie.

    Where the ledger has as much more, the bridge ties all the same.
    """
    more, years = Money(77_77), [row.year for row in snapshot.years]
    moved = [next(row for row in snapshot.bridge if row.year == year) for year in years]
    in_ledger = more if ledger else Money(0)

    def raised(what: str, side: str, amount: Money) -> Money:
        each = in_ledger if side == "Cost records" else more if side in _FROM_BRIDGE else Money(0)
        return amount + each + (each if what == "All years" else Money(0))

    return replace(
        snapshot,
        bridge=tuple(
            replace(
                row, opening=row.opening + more, closing=row.closing + more, ledger=row.ledger + in_ledger
            )
            if row in moved
            else row
            for row in snapshot.bridge
        ),
        controls=tuple(
            replace(
                row,
                one=raised(row.what, row.one_side, row.one),
                other=raised(row.what, row.other_side, row.other),
            )
            for row in snapshot.controls
        ),
        years=tuple(_with_spent(row, in_ledger) for row in snapshot.years),
    )


def _with_spent(row: YearRow, more: Money) -> YearRow:
    return replace(
        row,
        spent=row.spent + more,
        outturn=row.outturn + more,
        variance=row.variance + more,
        left=row.left - more,
    )


def _sums() -> Iterator[Money]:
    """Between £100 and £10,100, no two the same and no two neighbours near one another."""
    return (Money(10_000 + n * 618_029 % 1_000_003) for n in count(1))


def _lines(programme: Programme) -> list[_Line]:
    services = programme.changes(CostCategory(id=CostCategoryId(3), name="Services"))
    each = [programme.intervenes(title) for title in ("Patrols", "Cameras", "Training", "Lighting")]
    found = [
        _Line(intervention, expense, category)
        for intervention in each[:3]
        for expense, category in (
            (CAPITAL, programme.equipment),
            (RESOURCE, programme.staff),
            (RESOURCE, services),
        )
    ]
    found[4] = found[4]._replace(planned=False)
    return [
        *found,
        *(_Line(each[3], CAPITAL, category) for category in (programme.equipment, programme.staff)),
    ]


def _plan(programme: Programme, lines: list[_Line], sums: Iterator[Money]) -> None:
    variation = programme.varies(on=date(2024, 5, 1))
    numbers = count(100)
    for line in lines:
        for of in QUARTERS:
            planned = next(sums)
            programme.changes(
                ProfileLine(
                    id=ProfileLineId(next(numbers)), intervention_id=line.intervention.id, quarter=quarter(of),
                    expense=line.expense, category_id=line.category.id, amount=planned,
                )
            )  # fmt: skip
            programme.changes(
                VariationChange(
                    id=VariationChangeId(next(numbers)), variation_id=variation.id, kind=ChangeKind.RE_PROFILE,
                    intervention_id=line.intervention.id, quarter=quarter(of), expense=line.expense,
                    category_id=line.category.id, old_amount=planned, new_amount=next(sums) + Money(4_400_007) if line.planned else Money(0),
                )
            )  # fmt: skip


def _spend(programme: Programme, lines: list[_Line], sums: Iterator[Money]) -> None:
    """Two returns, what changed after each, this quarter with and without an invoice, and what is on order."""
    flags = count()

    def costs(
        received: date | None, times: int = 1, *, invoiced: bool = True, reason: str = ""
    ) -> list[Cost]:
        return [
            programme.spends(
                line.intervention, next(sums), received, vat=next(sums), vat_recoverable=next(flags) % 3 == 0,
                expense=line.expense, category_id=line.category.id, adjustment_reason=reason,
                invoiced_on=received if invoiced else None,
                ordered_on=None if received else date(2024, 9, 2),
            )
            for line in lines
            for _ in range(times)
        ]  # fmt: skip

    last_year = costs(date(2024, 2, 10))
    _submitted(programme, LAST_YEAR, next(sums), date(2024, 6, 3))
    spring = costs(date(2024, 5, 2), 2)
    _submitted(programme, FIRST, next(sums), date(2024, 9, 3))
    for cost in (*last_year, *spring[::2]):
        programme.changes(cost, net=cost.net + next(sums), adjustment_reason="The invoice said more")
    costs(date(2024, 6, 6), reason="Came late")
    costs(date(2024, 8, 8), 2)
    costs(date(2024, 9, 9), invoiced=False)
    costs(None, 2)


def _submitted(programme: Programme, of: str, received: Money, on: date) -> None:
    programme.submits(programme.begins_return(of))
    sent = next(each for each in programme.all(FunderReturn) if each.quarter == quarter(of))
    programme.changes(sent, received=received, received_on=on)


def _forecast(programme: Programme, draft: FunderReturn, lines: list[_Line], sums: Iterator[Money]) -> None:
    numbers = count(1)
    for line in lines:
        for of in QUARTERS[3:]:
            programme.changes(
                Forecast(
                    id=ForecastId(next(numbers)), return_id=draft.id, intervention_id=line.intervention.id,
                    quarter=quarter(of), expense=line.expense, category_id=line.category.id, amount=next(sums),
                )
            )  # fmt: skip


def _beside_the_money(programme: Programme, lines: list[_Line], sums: Iterator[Money]) -> None:
    award = programme.award.id
    programme.changes(
        Term(
            id=TermId(1), reference="T-1", award_id=award, kind=TermKind.MATCH_PERCENT, number=Decimal("12.5"),
            clause="match of 12.5%", effective_from=date(2023, 10, 1),
        )
    )  # fmt: skip
    for n in range(8):
        programme.changes(
            Match(
                id=MatchId(n + 1), award_id=award, source=f"Source {n // 2}", kind=MatchKind.CASH, amount=next(sums),
                secured=n // 2 in {1, 3}, quarter=quarter((FIRST, SECOND)[n % 2]),
            )
        )  # fmt: skip
    elsewhere = programme.another_award("SSF5-SAC").intervenes("Elsewhere")
    for n in range(4):
        intervention = lines[3 * n].intervention
        _registered(programme, intervention, n, next(sums))
        _granted(programme, intervention, elsewhere, n, sums)


def _registered(programme: Programme, intervention: Intervention, n: int, cost: Money) -> None:
    programme.changes(
        Milestone(
            id=MilestoneId(n + 1), intervention_id=intervention.id, what=f"Step {n}",
            baseline_on=date(2024, 4, 1) + timedelta(days=9 * n), forecast_on=None if n == 1 else date(2024, 5, 2) + timedelta(days=30 * n),
            actual_on=None if n % 2 else date(2024, 4, 20) + timedelta(days=25 * n),
        )
    )  # fmt: skip
    impact, likelihood = ((5, 2), (3, 4), (2, 3), (4, 5))[n]
    programme.changes(
        Risk(
            id=RiskId(n + 1), award_id=programme.award.id, category=RiskCategory.PEOPLE, title=f"Risk {n}",
            impact_before=impact, likelihood_before=likelihood, mitigation="A second worker.",
            impact_after=likelihood, likelihood_after=(3, 1, 5, 2)[n], owner="Co-ordinator",
            proximity=Proximity.QUARTER, raised_on=date(2023, 11, 8),
        )
    )  # fmt: skip
    programme.changes(
        Asset(
            id=AssetId(n + 1), intervention_id=intervention.id, description=f"Camera {n}",
            bought_on=date(2024, 9, 4), cost=cost + Money.pounds("10000"), location="Gloucester",
        )
    )  # fmt: skip


def _granted(
    programme: Programme, intervention: Intervention, elsewhere: Intervention, n: int, sums: Iterator[Money]
) -> None:
    """A grant of which another award pays a part."""
    grant = programme.grants(intervention, f"{30_000 + 1_117 * n}.{n + 3:02d}", "2024/25")
    programme.is_paid_by(grant, elsewhere, f"{2_000 + 213 * n}.{n + 31}", "2024/25")
    for at, state in enumerate((InstalmentStatus.PAID, InstalmentStatus.SCHEDULED)):
        number = 2 * n + at + 1
        programme.changes(
            Instalment(
                id=InstalmentId(number), grant_id=grant.id, reference=f"G-{number}", amount=next(sums),
                due_on=date(2024, 7, 1), status=state, paid_on=None if at else date(2024, 7, 5),
            )
        )  # fmt: skip
    programme.spends(
        intervention, next(sums), date(2024, 8, 8), grant_id=grant.id, accepted_on=date(2024, 8, 30),
        category_id=programme.equipment.id, expense=CAPITAL, supplier="Council",
    )  # fmt: skip
