"""Rules 1 and 3 of product.md in what a return shows: its year alone, and two roads to each figure."""

from datetime import date
from typing import Any

import pytest

from fundtracker.domain.claims import Claim, ClaimPart
from fundtracker.domain.cubes import Cell, Cube
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.returns import Forecast, ForecastId, FunderReturn, ReturnState
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.spend import bridge_rows
from programme import RESOURCE, Programme, quarter

DRAFT = Provenance(program_version="0", history_sequence=1, history_seal="0" * 64, draft=True)
pounds = Money.pounds


def third_return() -> Programme:
    """£900 of 2023/24 returned and £300 of 2024/25 Q1; then a correction of each, and 2024/25 Q2 to return.

    £40 of Q2 has no invoice at its end. £250 is forecast for Q3; the profile of the year was 600, and is 700.
    """
    programme = Programme(today=date(2024, 10, 21))
    programme.promises("1000", "2023/24")
    programme.promises("800", "2024/25")
    op = programme.intervenes()
    programme.plans(op, "950", "2023/24 Q4")
    programme.plans(op, "600", "2024/25 Q3")
    programme.re_profiles(op, "2024/25 Q3", "600", "700", on=date(2024, 8, 6))
    first = programme.spends(op, "900", date(2024, 2, 1))
    for of in ("2023/24 Q3", "2023/24 Q4"):
        programme.submits(programme.begins_return(of))
    second = programme.spends(op, "300", date(2024, 5, 1))
    programme.submits(programme.begins_return("2024/25 Q1"))
    programme.changes(first, net=pounds("880"), adjustment_reason="Credit note")
    programme.changes(second, net=pounds("305"), adjustment_reason="Carriage")
    programme.spends(op, "60", date(2024, 8, 1), invoiced_on=date(2024, 8, 2))
    programme.spends(op, "40", date(2024, 9, 30), invoiced_on=date(2024, 10, 4))
    programme.spends(op, "25", None, ordered_on=date(2024, 9, 1))
    programme.spends(op, "3", None, ordered_on=date(2024, 10, 1))
    draft = programme.begins_return("2024/25 Q2")
    programme.rows[Forecast] = {
        1: Forecast(
            id=ForecastId(1),
            return_id=draft.id,
            intervention_id=op.id,
            quarter=quarter("2024/25 Q3"),
            expense=RESOURCE,
            category_id=programme.staff.id,
            amount=pounds("250"),
        )
    }
    return programme


def shown(programme: Programme) -> Snapshot:
    return prepare(programme.book(), programme.all(FunderReturn)[-1], DRAFT)


def plain(row: Any, *names: str) -> list[str]:
    return [getattr(row, name).plain for name in names]


def test_award_and_cash_are_of_the_returns_year() -> None:
    cash = shown(third_return()).cash
    assert plain(cash, "revised", "claimed_before", "this_quarter", "accrued", "adjustments", "claim") == [
        "800.00",
        "300.00",
        "100.00",
        "40.00",
        "5.00",
        "105.00",
    ]
    assert plain(cash, "claimed_to_date", "left", "committed", "left_to_commit", "earlier_years") == [
        "405.00",
        "395.00",
        "25.00",
        "370.00",
        "-20.00",
    ]


def test_what_the_funder_paid_for_another_year_pays_nothing_of_this_one() -> None:
    programme = third_return()
    for number, amount in ((2, "900"), (3, "300")):
        sent = programme.all(FunderReturn)[number - 1]
        programme.changes(
            sent, state=ReturnState.PAID, received=pounds(amount), received_on=date(2024, 10, 1)
        )
    assert plain(shown(programme).cash, "received", "unpaid") == ["300.00", "105.00"]


def test_each_year_stands_alone() -> None:
    assert [
        [row.year, *plain(row, "awarded", "profile", "spent", "forecast", "outturn", "variance", "left")]
        for row in shown(third_return()).years
    ] == [
        ["2023/24", "1000.00", "950.00", "880.00", "0.00", "880.00", "-70.00", "120.00"],
        ["2024/25", "800.00", "700.00", "405.00", "250.00", "655.00", "-45.00", "395.00"],
    ]


def test_a_line_of_spend_is_of_the_year_and_compares_with_the_current_profile() -> None:
    (row,) = shown(third_return()).spend
    names = (
        "original",
        "current",
        "claimed_before",
        "this_quarter",
        "accrued",
        "adjustments",
        "to_date",
        "outturn",
        "variance",
    )
    assert plain(row, *names) == [
        "600.00",
        "700.00",
        "300.00",
        "100.00",
        "40.00",
        "5.00",
        "405.00",
        "655.00",
        "-45.00",
    ]
    assert row.ordered == pounds("25"), "and not the order of 1 October"
    assert [each.plain for each in row.forecasts] == ["250.00", "0.00"]
    assert (str(row.variance_percent), row.reason_needed) == ("-6.4", False)


def test_an_order_has_a_line_of_its_own_only_in_the_year_it_falls_in() -> None:
    """One of a category with nothing else; a partner's order is in its grant, and counts there alone."""
    programme = third_return()
    op = programme.all(Intervention)[0]
    grant = programme.grants(op, "100", "2024/25")
    day = {"ordered_on": date(2024, 9, 2)}
    programme.spends(op, "7.50", None, category_id=programme.equipment.id, **day)
    programme.spends(op, "60", None, category_id=programme.equipment.id, grant_id=grant.id, **day)
    assert [(row.category, row.ordered.plain, row.outturn.plain) for row in shown(programme).spend] == [
        ("Equipment", "7.50", "0.00"),
        ("Staff", "25.00", "655.00"),
    ]
    cash = shown(programme).cash
    assert plain(cash, "ordered", "granted_unspent", "committed") == ["32.50", "100.00", "132.50"]
    assert not [each for each in shown(programme).controls if each.difference]
    ended = programme.changes(programme.award, ends_on=date(2024, 3, 31))
    programme.award = ended
    assert [row.ordered for row in shown(programme).spend] == [Money(0)], "falls in the award's last year"


def test_the_underspend_is_what_the_years_award_has_above_its_outturn() -> None:
    assert shown(third_return()).underspend.forecast == pounds("145")


def test_the_part_accrued_is_as_at_the_quarters_end_whatever_came_since() -> None:
    costs = shown(third_return()).costs
    assert [(row.cost, row.part, row.amount.plain, row.accrued.plain) for row in costs] == [
        ("C-00002", "Earlier return", "300.00", "0.00"),
        ("C-00001", "Earlier year", "-20.00", "0.00"),
        ("C-00002", "Adjustment", "5.00", "0.00"),
        ("C-00003", "This quarter", "60.00", "0.00"),
        ("C-00004", "This quarter", "40.00", "40.00"),
    ]


def test_the_bridge_leads_from_the_last_return_to_the_ledger_year_by_year() -> None:
    names = ("opening", "this_quarter", "adjustments", "closing", "ledger")
    assert [[row.year, *plain(row, *names)] for row in shown(third_return()).bridge] == [
        ["2023/24", "900.00", "0.00", "-20.00", "880.00", "880.00"],
        ["2024/25", "300.00", "100.00", "5.00", "405.00", "405.00"],
    ]


def test_the_control_totals_are_two_roads_to_each_figure() -> None:
    assert [(row.what, row.one.plain, row.other.plain) for row in shown(third_return()).controls] == [
        ("This quarter", "100.00", "100.00"),
        ("Adjustments", "5.00", "5.00"),
        ("Claim", "105.00", "105.00"),
        ("Claimed before", "300.00", "300.00"),
        ("To date", "405.00", "405.00"),
        ("To date", "405.00", "405.00"),
        ("Committed", "25.00", "25.00"),
        ("All years", "1285.00", "1285.00"),
    ]


def wrong_by(monkeypatch: pytest.MonkeyPatch, figure: str, of: str) -> list[str]:
    """The controls that differ when one figure of the claim is a penny out, in a quarter's cells."""
    programme = third_return()
    right = getattr(Claim, figure).func

    def wrong(claim: Claim) -> Any:
        found = right(claim)
        if isinstance(found, Money):
            return found + Money(1)
        cell = Cell(1, RESOURCE, programme.staff.id, quarter(of))
        return found + Cube.of([(cell, Money(1))])

    monkeypatch.setattr(Claim, figure, property(wrong))
    return [row.what for row in shown(programme).controls if row.difference]


@pytest.mark.parametrize(
    ("figure", "of", "differ"),
    [
        ("this_quarter", "2024/25 Q2", ["This quarter", "To date", "To date", "All years"]),
        ("adjustments", "2024/25 Q1", ["Adjustments", "To date", "To date", "All years"]),
        ("earlier_years", "2023/24 Q4", ["All years"]),
        ("opening", "2024/25 Q1", ["Claimed before", "To date", "All years"]),
        ("claim", "", ["Claim", "To date"]),
        ("ledger", "2024/25 Q1", ["To date", "All years"]),
        ("ledger", "2023/24 Q4", ["All years"]),
    ],
)
def test_a_penny_out_anywhere_is_seen_in_the_controls(
    monkeypatch: pytest.MonkeyPatch, figure: str, of: str, differ: list[str]
) -> None:
    found = wrong_by(monkeypatch, figure, of)
    assert set(differ) <= set(found), found


def test_a_ledger_that_differs_is_seen_in_the_bridge() -> None:
    programme = third_return()
    claim = Claim(programme.book(), quarter("2024/25 Q2"))
    claim.__dict__["ledger"] = claim.ledger + Cube.of([(next(iter(claim.closing))[0], Money(1))])
    assert [row.ledger - row.closing for row in bridge_rows(claim)].count(Money(1)) == 1


def test_a_submitted_return_looked_at_again_says_what_it_said() -> None:
    programme = third_return()
    claimed = Claim(programme.book(), quarter("2024/25 Q2"))
    lines = programme.submits(programme.all(FunderReturn)[-1])
    again = Claim(programme.book(), quarter("2024/25 Q2"))
    assert again.lines == lines == claimed.lines
    assert (again.claim, again.opening) == (claimed.claim, claimed.opening)
    assert {line.part for line in lines} == set(ClaimPart)


def test_what_earlier_returns_said_adds_up_over_them_all() -> None:
    """A cost corrected twice: opening is all three words, and the next difference is to their sum."""
    programme = Programme()
    programme.promises("1000", "2024/25")
    cost = programme.spends(programme.intervenes(), "100", date(2024, 5, 1))
    for of, net in (("2024/25 Q1", "90"), ("2024/25 Q2", "95"), ("2024/25 Q3", "50")):
        programme.submits(programme.begins_return(of))
        cost = programme.changes(cost, net=pounds(net), adjustment_reason="Again")
    claim = Claim(programme.book(), quarter("2024/25 Q4"))
    assert (claim.opening.total(), claim.claim, claim.to_date.total()) == (
        pounds("95"),
        pounds("-45"),
        pounds("50"),
    )
