"""Plans: shares lose no penny, what is left of a profile is never below nought, and a sheet after a change is the sheet read anew."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Expense, Theme
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Line
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.planning import Plan, Planned
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnState

YEAR = FinancialYear(2024)
Q1, Q2, Q3, Q4 = YEAR.quarters
LINE = Line(1, Expense.RESOURCE, 1)
SENT = "A Q2 is submitted and rests on this profile. To plan anew, make a variation that re-profiles."
NONE_OPEN = "No return is open, and forecasts are made in one: begin the next return first."
pence = st.integers(min_value=-10_000_000, max_value=10_000_000)


def book(planned: dict[Quarter, int], forecast: dict[Quarter, int], spent: int) -> AwardBook:
    """One award and intervention, planned by quarter; the return of Q2 open, with forecasts; one cost of Q1."""
    of = {"intervention_id": 1, "expense": Expense.RESOURCE, "category_id": 1}
    award = Award(id=1, bid_id=1, reference="A", starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31))  # pyright: ignore[reportArgumentType] - plain ids
    rows: dict[type[Record], tuple[Record, ...]] = {
        AwardLine: (AwardLine(id=1, award_id=1, year=YEAR, expense=Expense.RESOURCE, amount=Money(9_00)),),  # pyright: ignore[reportArgumentType]
        Intervention: (Intervention(id=1, award_id=1, reference="A-1", title="One", theme=Theme.ASB),),  # pyright: ignore[reportArgumentType]
        CostCategory: (CostCategory(id=1, name="Staff"),),  # pyright: ignore[reportArgumentType]
        FunderReturn: (FunderReturn(id=1, award_id=1, quarter=Q2, reference="A Q2"),),  # pyright: ignore[reportArgumentType]
        ProfileLine: tuple(ProfileLine(id=n, quarter=q, amount=Money(p), **of) for n, (q, p) in enumerate(planned.items(), 1)),  # pyright: ignore[reportArgumentType]
        Forecast: tuple(Forecast(id=n, return_id=1, quarter=q, amount=Money(p), **of) for n, (q, p) in enumerate(forecast.items(), 1)),  # pyright: ignore[reportArgumentType]
        Cost: (Cost(id=1, reference="C-1", supplier="S", received_on=date(2024, 5, 1), net=Money(spent), **of),),  # pyright: ignore[reportArgumentType]
    }  # fmt: skip
    return AwardBook(award, date(2024, 10, 21), rows)


by_quarter = st.fixed_dictionaries(dict.fromkeys(YEAR.quarters, pence))
ahead = st.fixed_dictionaries({Q3: pence, Q4: pence})


@given(by_quarter, ahead, pence)
def test_spreading_moves_money_and_loses_none(
    planned: dict[Quarter, int], forecast: dict[Quarter, int], spent: int
) -> None:
    plan = Plan(book(planned, forecast, spent), Planned.FORECAST, YEAR)
    found = plan.spread([LINE])
    whole = Money(forecast[Q3] + forecast[Q4])
    if not whole:
        assert found == {}
        return
    assert total(amount or ZERO for amount in found.values()) == whole
    amounts = [amount.pence for amount in found.values() if amount is not None]
    assert list(found) == [Cell(*LINE, Q3), Cell(*LINE, Q4)]
    assert max(amounts) - min(amounts) in {0, 1}


@given(by_quarter, ahead, pence)
def test_the_rest_of_the_profile_makes_the_outturn_the_profile_unless_it_is_overspent(
    planned: dict[Quarter, int], forecast: dict[Quarter, int], spent: int
) -> None:
    plan = Plan(book(planned, forecast, spent), Planned.FORECAST, YEAR)
    after = plan.after(plan.changes(plan.rest_of_profile([LINE]), 100))
    assert after.of_line(LINE) == Money(max(sum(planned.values()), spent))


@given(
    by_quarter, ahead, pence, st.dictionaries(st.sampled_from(YEAR.quarters), st.none() | pence.map(Money))
)
def test_a_sheet_after_changes_is_the_sheet_of_the_book_after_them(
    planned: dict[Quarter, int], forecast: dict[Quarter, int], spent: int, typed: dict[Quarter, Money | None]
) -> None:
    for of in Planned:
        plan = Plan(book(planned, forecast, spent), of, YEAR)
        cells = {Cell(*LINE, quarter): amount for quarter, amount in typed.items()}
        wanted = {cell: amount for cell, amount in cells.items() if not plan.locked(cell)}
        after = plan.worked_out().after(plan.changes(wanted, 100))
        anew = Plan(after.book, of, YEAR)
        for quarter in YEAR.quarters:
            assert after.amount(Cell(*LINE, quarter)) == anew.amount(Cell(*LINE, quarter))
            assert after.of_all(None, quarter) == anew.of_all(None, quarter)
        assert (after.of_line(LINE), after.of_all(None)) == (anew.of_line(LINE), anew.of_all(None))
        assert after.against_all(None) == anew.against_all(None)
        assert after.records == anew.records


def test_what_is_ended_or_locked_takes_no_share() -> None:
    plan = Plan(book({Q1: 100, Q2: 200, Q3: 301}, {}, 0), Planned.PROFILE, YEAR)
    assert plan.spread([LINE]) == {Cell(*LINE, Q3): Money(151), Cell(*LINE, Q4): Money(150)}
    assert plan.locked(Cell(*LINE, Q1)) == ""


@pytest.mark.parametrize(
    ("planned", "state", "year", "closed", "nothing_to_share"),
    [
        (Planned.PROFILE, ReturnState.DRAFT, YEAR, "", ""),
        (Planned.PROFILE, ReturnState.SUBMITTED, YEAR, SENT, SENT),
        (
            Planned.PROFILE,
            ReturnState.DRAFT,
            YEAR.next,
            "",
            "Nothing is planned or spent in 2025/26 yet: add a line first.",
        ),
        (Planned.FORECAST, ReturnState.DRAFT, YEAR, "", ""),
        (Planned.FORECAST, ReturnState.SUBMITTED, YEAR, NONE_OPEN, NONE_OPEN),
    ],
)
def test_a_sheet_says_why_nothing_can_be_written_or_shared(
    planned: Planned, state: ReturnState, year: FinancialYear, closed: str, nothing_to_share: str
) -> None:
    held = book({Q1: 100, Q3: 300}, {Q3: 500}, 0)
    sent = (replace(held.all(FunderReturn)[0], state=state),)
    plan = Plan(replace(held, rows={**held.rows, FunderReturn: sent}), planned, year)
    assert (plan.closed, plan.nothing_to_share) == (closed, nothing_to_share)
    assert all(plan.locked(Cell(*LINE, quarter)) for quarter in year.quarters) is bool(closed)


def test_a_year_that_is_reported_whole_is_closed_to_forecasts_and_one_that_is_over_is_not_shared() -> None:
    held = book({Q1: 100}, {}, 50)
    last = (replace(held.all(FunderReturn)[0], quarter=Q4),)
    plan = Plan(replace(held, rows={**held.rows, FunderReturn: last}), Planned.FORECAST, YEAR)
    assert plan.closed.startswith("2024/25 Q4 is not after 2024/25 Q4, which A Q2 reports")
    later = Plan(replace(held, today=date(2025, 6, 1)), Planned.PROFILE, YEAR)
    assert (later.closed, later.nothing_to_share) == (
        "",
        "No quarter of 2024/25 is left to share money over.",
    )


def test_a_cleared_forecast_is_one_of_nought() -> None:
    plan = Plan(book({}, {Q3: 500}, 0), Planned.FORECAST, YEAR)
    (change,) = plan.changes({Cell(*LINE, Q3): None, Cell(*LINE, Q4): None}, 100)
    assert isinstance(change.after, Forecast)
    assert change.after.amount == ZERO
