"""Where money would go wrong the workspace refuses, and a penny on the right side of the rule it does not.

Rules 2, 4, 5 and 7 of product.md, on the file of `one_of_each`: £11,851.85 of 2023/24 (of £50,000) is returned in Q3,
Q4 is a draft, 2024/25 has £70,000 after a cut, and a grant of £5,000 has paid £2,500.
"""

from datetime import date
from typing import Any

import pytest

from application.deeds import Values, amount, moved, moves, planned, pounds, refused, reverses, spends, varies
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.actions.returns import look_at
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Expense, Theme
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Severity
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.domain.variations import ChangeKind, VariationChange
from one_of_each import FIRST_YEAR, Q3, Q4, SECOND_YEAR

LATE = "The return of 2023/24 Q3 is already submitted: write the reason for the late change."


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """With a second intervention and a second cost category."""
    second = {"award_id": 1, "reference": "SSF5-VAWG-02", "title": "Lights", "theme": Theme.VAWG}
    add(workspace, Intervention, second)
    add(workspace, CostCategory, {"name": "Other"})
    return workspace


# Rule 2: a late change is an adjustment with its reason


@pytest.mark.parametrize(
    "values",
    [
        {"net": pounds("9876.55")},
        {"vat": pounds("1975.32")},
        {"vat_recoverable": True},
        {"expense": Expense.CAPITAL},
        {"category_id": 2},
        {"intervention_id": 2},
        {"received_on": None},
        {"received_on": date(2024, 2, 1)},
        {"grant_id": 1},
    ],
    ids=lambda values: next(iter(values)),
)
def test_whatever_changes_what_a_return_said_of_a_cost_wants_a_reason(
    workspace: Workspace, values: Values
) -> None:
    cost = workspace.get(Cost, 1)
    assert LATE in refused(lambda: edit(workspace, cost, **values))
    assert LATE in refused(lambda: edit(workspace, cost, **values, adjustment_reason=" "))
    assert edit(workspace, cost, **values, adjustment_reason="Credit note").version == cost.version + 1


def test_what_changes_no_money_and_what_was_not_returned_want_none(workspace: Workspace) -> None:
    edit(workspace, workspace.get(Cost, 1), description="Better words", paid_on=date(2024, 3, 1))
    cost = spends(workspace)
    edit(workspace, cost, net=pounds("120"), received_on=date(2024, 1, 1))
    kept = workspace.get(Cost, 1), workspace.get(Cost, cost.id)
    assert [(each.description, each.net, each.adjustment_reason) for each in kept] == [
        ("Better words", pounds("9876.54"), ""),
        ("", pounds("120"), ""),
    ]


def test_a_partners_cost_of_a_returned_quarter_wants_its_reason_when_it_is_accepted(
    workspace: Workspace,
) -> None:
    """Only then does it count."""
    cost = spends(workspace, received_on=date(2023, 12, 1), grant_id=1)
    assert LATE in refused(lambda: edit(workspace, cost, accepted_on=date(2024, 2, 1)))
    edit(workspace, cost, accepted_on=date(2024, 2, 1), adjustment_reason="The partner's form came late")


def test_a_late_cost_put_back_to_what_the_return_said_needs_no_reason(workspace: Workspace) -> None:
    changed = edit(workspace, workspace.get(Cost, 1), net=pounds("1"), adjustment_reason="Slip")
    back = edit(workspace, changed, net=pounds("9876.54"), adjustment_reason="")
    assert (back.net, back.adjustment_reason) == (pounds("9876.54"), "")


def test_what_the_funder_has_paid_is_not_queried_again(workspace: Workspace) -> None:
    moves(
        workspace,
        workspace.get(FunderReturn, 1),
        state=ReturnState.PAID,
        received=pounds("11851.85"),
        received_on=date(2024, 2, 1),
    )
    paid = workspace.get(FunderReturn, 1)
    assert refused(
        lambda: moves(workspace, paid, state=ReturnState.QUERIED, received=Money(0), received_on=None)
    ).startswith("A return that is paid can't become queried.")


# Rule 4: paying a partner


def instalment(workspace: Workspace, sum_of_it: str, **values: Any) -> Instalment:
    return add(
        workspace,
        Instalment,
        {"grant_id": 1, "amount": pounds(sum_of_it), "due_on": date(2024, 6, 1), **values},
    )


ABOVE = "more than the £5,000 granted"


def test_instalments_come_to_the_grant_and_no_penny_more(workspace: Workspace) -> None:
    whole = instalment(workspace, "2500")
    assert ABOVE in refused(lambda: edit(workspace, whole, amount=pounds("2500.01")))
    assert ABOVE in refused(lambda: instalment(workspace, "0.01"))
    edit(workspace, whole, status=InstalmentStatus.CANCELLED)
    instalment(workspace, "2500")


def test_only_an_approved_variation_of_the_grant_raises_what_can_be_paid(workspace: Workspace) -> None:
    more = amount(FIRST_YEAR, "5000", "5600", intervention_id=1)
    proposed = varies(workspace, more, award_id=None, grant_id=1, approved_by="", approved_on=None)
    assert ABOVE in refused(lambda: instalment(workspace, "3100"))
    edit(workspace, proposed, approved_by="Commissioner", approved_on=date(2024, 9, 1))
    instalment(workspace, "3100")
    assert "more than the £5,600 granted" in refused(lambda: instalment(workspace, "0.01"))


@pytest.mark.parametrize("status", [InstalmentStatus.APPROVED, InstalmentStatus.PAID])
def test_received_is_not_accepted(workspace: Workspace, status: InstalmentStatus) -> None:
    held = instalment(workspace, "100", status=InstalmentStatus.HELD)
    values = {"grant_id": 1, "instalment_id": held.id, "kind": workspace.get(Condition, 1).kind}
    condition = add(workspace, Condition, {**values, "what": "Statement", "received_on": date(2024, 6, 1)})
    paid_on = date(2024, 6, 2) if status is InstalmentStatus.PAID else None
    assert "The condition “Statement” isn't accepted yet" in refused(
        lambda: edit(workspace, held, status=status, paid_on=paid_on)
    )
    edit(workspace, condition, accepted_on=date(2024, 6, 2))
    assert edit(workspace, held, status=status, paid_on=paid_on).status is status


def test_a_partners_cost_falls_under_an_intervention_its_grant_pays_for(workspace: Workspace) -> None:
    values: Values = {"grant_id": 1, "intervention_id": 2}
    assert "G-1 doesn't pay for this intervention" in refused(lambda: spends(workspace, **values))
    source = {"grant_id": 1, "intervention_id": 2, "year": FIRST_YEAR, "amount": pounds("1")}
    add(workspace, GrantSource, source)
    spends(workspace, **values)


# Rule 5: a reversed cost nets to nothing


@pytest.mark.parametrize(
    "values",
    [
        {"received_on": date(2024, 2, 15)},
        {"intervention_id": 2},
        {"expense": Expense.CAPITAL},
        {"category_id": 2},
        {"vat_recoverable": False},
        {"grant_id": 1},
    ],
    ids=lambda values: next(iter(values)),
)
def test_a_reversal_stands_where_its_original_stands(workspace: Workspace, values: Values) -> None:
    cost = spends(workspace)
    name = next(iter(values))
    words = "A reversal counts where its original counts"
    assert words in refused(lambda: reverses(workspace, cost, **values))
    reverses(workspace, cost)
    assert words in refused(lambda: edit(workspace, cost, **values)), f"{name} of the original moved"
    assert Figures(workspace.book(1), workspace.today).spent.total(quarter=Q4) == pounds("1200")


def test_reversals_take_no_more_than_there_is(workspace: Workspace) -> None:
    cost = spends(workspace)
    reverses(workspace, cost, net=pounds("-60"))
    rest = reverses(workspace, cost, net=pounds("-40"))
    assert "come to £100.01, more than the £100" in refused(
        lambda: edit(workspace, rest, net=pounds("-40.01"))
    )
    assert "come to £100, more than the £99.99" in refused(lambda: edit(workspace, cost, net=pounds("99.99")))


def test_a_credit_is_reversed_by_a_charge(workspace: Workspace) -> None:
    credit = spends(workspace, net=pounds("-100"))
    back = reverses(workspace, credit)
    assert back.net == pounds("100")
    assert "The reversals of" in refused(lambda: edit(workspace, back, net=pounds("100.01")))


def test_a_reversal_is_not_reversed(workspace: Workspace) -> None:
    back = reverses(workspace, spends(workspace))
    assert "is itself a reversal, and can't be reversed" in refused(lambda: reverses(workspace, back))
    cost = spends(workspace)
    assert "can't be reversed" in refused(lambda: edit(workspace, cost, reversal_of=cost.id))


def elsewhere(workspace: Workspace, **values: Any) -> Cost:
    """The same purchase, in another award of another bid's money."""
    of = workspace.get(Award, 1)
    award = add(
        workspace,
        Award,
        {"bid_id": of.bid_id, "reference": "ASB", "starts_on": of.starts_on, "ends_on": of.ends_on},
    )
    under = add(
        workspace,
        Intervention,
        {"award_id": award.id, "reference": "ASB-1", "title": "Lights", "theme": Theme.ASB},
    )
    return spends(workspace, intervention_id=under.id, **values)


def duplicates_of_q4(workspace: Workspace) -> list[str]:
    return [
        each.message.split(":")[0]
        for each in look_at(workspace, 2).problems
        if each.column == "duplicate_reason" and each.severity is Severity.ERROR
    ]


def test_the_same_invoice_in_another_award_is_found_until_it_is_reversed_there(workspace: Workspace) -> None:
    own = spends(workspace, invoice_number="Inv-77")
    assert duplicates_of_q4(workspace) == []
    twin = elsewhere(workspace, invoice_number="INV-77", supplier="ILLUSTRATIVE LTD")
    assert duplicates_of_q4(workspace) == [f"{own.reference} and {twin.reference} are the same"]
    reverses(workspace, twin, invoice_number="")
    assert duplicates_of_q4(workspace) == []


# Rule 7: variations


def test_a_year_is_cut_to_what_is_claimed_and_no_penny_below(workspace: Workspace) -> None:
    assert "below the £11,851.85 already claimed" in refused(
        lambda: varies(workspace, amount(FIRST_YEAR, "50000", "11851.84"))
    )
    varies(workspace, amount(FIRST_YEAR, "50000", "11851.85"))


def test_a_year_of_which_nothing_is_claimed_is_cut_to_nought_and_no_further(workspace: Workspace) -> None:
    assert "would leave -£0.01 for 2024/25" in refused(
        lambda: varies(workspace, amount(SECOND_YEAR, "70000", "-0.01"))
    )
    varies(workspace, amount(SECOND_YEAR, "70000", "0"))


def test_a_proposal_holds_nothing_up_and_is_refused_when_it_is_approved(workspace: Workspace) -> None:
    proposal = varies(workspace, amount(FIRST_YEAR, "50000", "0"), approved_by="", approved_on=None)
    assert "already claimed" in refused(
        lambda: edit(workspace, proposal, approved_by="Commissioner", approved_on=date(2024, 9, 1))
    )


def test_a_virement_may_be_written_down_before_it_adds_up_and_is_approved(workspace: Workspace) -> None:
    takes = moved(FIRST_YEAR, "50000", "49000")
    proposal = varies(workspace, takes, approved_by="", approved_on=None)
    assert "add up to -£1,000" in refused(
        lambda: edit(workspace, proposal, approved_by="Commissioner", approved_on=date(2024, 9, 1))
    )


def test_a_rise_only_proposed_makes_room_for_no_cut(workspace: Workspace) -> None:
    varies(workspace, amount(FIRST_YEAR, "50000", "90000"), approved_by="", approved_on=None)
    cut = amount(FIRST_YEAR, "50000", "0")
    assert "already claimed" in refused(lambda: varies(workspace, cut))


def test_a_change_of_an_approved_variation_is_looked_at_again(workspace: Workspace) -> None:
    varies(workspace, amount(FIRST_YEAR, "50000", "20000"))
    change = workspace.select(VariationChange)[-1]
    assert "already claimed" in refused(lambda: edit(workspace, change, new_amount=pounds("11851.84")))
    edit(workspace, change, new_amount=pounds("11851.85"))


def test_a_rise_that_a_cut_rests_on_is_not_taken_from_under_it(workspace: Workspace) -> None:
    varies(workspace, amount(FIRST_YEAR, "50000", "90000"))
    rise = workspace.select(VariationChange)[-1]
    varies(workspace, amount(FIRST_YEAR, "90000", "20000"))
    assert "already claimed" in refused(lambda: remove(workspace, rise))


@pytest.mark.parametrize("by", ["0.01", "-0.01"])
def test_a_virement_neither_wins_nor_loses_a_penny(workspace: Workspace, by: str) -> None:
    there = pounds("10") + pounds(by)
    moves = (
        moved(SECOND_YEAR, "70000", "69990"),
        moved(SECOND_YEAR, "0", there.plain, expense=Expense.CAPITAL),
    )
    assert "a virement moves money, the total of the award stays" in refused(
        lambda: varies(workspace, *moves)
    )
    before = Figures(workspace.book(1), workspace.today).awarded(SECOND_YEAR)
    varies(workspace, moves[0], moved(SECOND_YEAR, "0", "10", expense=Expense.CAPITAL))
    after = Figures(workspace.book(1), workspace.today)
    assert after.awarded(SECOND_YEAR) == before
    assert after.awarded(SECOND_YEAR, Expense.CAPITAL) == pounds("10")


@pytest.mark.parametrize("consent", ["", " "])
def test_crossing_31_march_is_asked_about(workspace: Workspace, consent: str) -> None:
    moves = moved(FIRST_YEAR, "50000", "49000"), moved(SECOND_YEAR, "70000", "71000")
    assert "moves £1,000 across 31 March. Name the funder's consent" in refused(
        lambda: varies(workspace, *moves, year_end_consent=consent)
    )
    varies(workspace, *moves, year_end_consent="Letter of 1 February 2024")


def test_a_virement_across_the_year_end_leaves_what_is_claimed(workspace: Workspace) -> None:
    moves = moved(FIRST_YEAR, "50000", "11851.84"), moved(SECOND_YEAR, "70000", "108148.16")
    assert "below the £11,851.85 already claimed" in refused(
        lambda: varies(workspace, *moves, year_end_consent="Letter")
    )


def test_an_intervention_is_re_profiled_to_what_is_claimed_of_its_year_and_no_penny_below(
    workspace: Workspace,
) -> None:
    varies(workspace, planned(Q4, "0", "5000"))  # 10,000 were planned in Q3
    below = planned(Q3, "10000", "6851.84")
    assert "would leave SSF5-VAWG-01 £11,851.84 in 2023/24, below the £11,851.85 already claimed" in refused(
        lambda: varies(workspace, below)
    )
    varies(workspace, planned(Q3, "10000", "6851.85"))


def test_a_re_profile_of_a_year_is_not_held_to_the_claims_or_the_plans_of_another(
    workspace: Workspace,
) -> None:
    varies(workspace, planned(Q4.next, "0", "5000"))
    varies(workspace, planned(Q4.next, "5000", "4000"))
    assert "already claimed" in refused(lambda: varies(workspace, planned(Q3, "10000", "9000")))


def test_a_re_profile_only_proposed_makes_no_room(workspace: Workspace) -> None:
    varies(workspace, planned(Q4, "0", "50000"), approved_by="", approved_on=None)
    assert "already claimed" in refused(lambda: varies(workspace, planned(Q3, "10000", "9000")))


# The award's dates


def test_an_extension_lets_later_costs_in(workspace: Workspace) -> None:
    edit(workspace, workspace.get(Award, 1), ends_on=date(2024, 9, 30))
    assert "from 01/10/2023 to 30/09/2024" in refused(
        lambda: spends(workspace, received_on=date(2024, 10, 1))
    )
    extends: Values = {
        "kind": ChangeKind.EXTENSION,
        "old_date": date(2024, 9, 30),
        "new_date": date(2024, 10, 10),
    }
    varies(workspace, extends)
    spends(workspace, received_on=date(2024, 10, 10))
    assert "to 10/10/2024" in refused(lambda: spends(workspace, received_on=date(2024, 10, 11)))


# Financial years


def agreed(workspace: Workspace, ends_on: date) -> Award:
    """An award that has returned nothing yet."""
    days = {"starts_on": date(2023, 10, 1), "ends_on": ends_on}
    return add(workspace, Award, {"bid_id": 1, "reference": "SSF5-ASB", **days})


def promises(workspace: Workspace, award: Award, year: FinancialYear) -> AwardLine:
    of = {"award_id": award.id, "year": year, "expense": Expense.CAPITAL}
    return add(workspace, AwardLine, {**of, "amount": pounds(5)})


def test_an_award_has_the_years_it_runs_in_and_those_an_extension_brings(workspace: Workspace) -> None:
    award = agreed(workspace, date(2024, 9, 30))
    assert "its years are 2023/24 to 2024/25. Correct the year, or record the extension" in refused(
        lambda: promises(workspace, award, FinancialYear(2025))
    )
    extends: Values = {"kind": ChangeKind.EXTENSION, "old_date": date(2024, 9, 30), "new_date": date(2025, 4, 1)}  # fmt: skip
    varies(workspace, extends, award_id=award.id)
    promises(workspace, award, FinancialYear(2025))
    for outside in (2022, 2026):
        assert "its years are 2023/24 to 2025/26" in refused(
            lambda year=outside: promises(workspace, award, FinancialYear(year))
        )


def test_what_stands_in_another_year_already_can_still_be_changed_beside_its_year(
    workspace: Workspace,
) -> None:
    award = agreed(workspace, date(2025, 3, 31))
    line = promises(workspace, award, SECOND_YEAR)
    edit(workspace, award, ends_on=date(2024, 3, 31))
    edit(workspace, line, amount=pounds(6))
    assert workspace.get(AwardLine, line.id).amount == pounds(6)


def test_a_grant_without_days_of_its_own_has_the_years_of_the_award_that_pays(workspace: Workspace) -> None:
    def grants(year: FinancialYear) -> None:
        add(workspace, GrantSource, {"grant_id": 1, "intervention_id": 1, "year": year, "amount": pounds(5)})

    assert "2025/26 is not a year of SSF5-VAWG" in refused(lambda: grants(FinancialYear(2025)))
    edit(workspace, workspace.get(Grant, 1), ends_on=date(2024, 3, 31))
    assert (
        "2024/25 is not a year of G-1, which runs from 01/10/2023 to 31/03/2024: its only year is 2023/24"
        in refused(lambda: grants(SECOND_YEAR))
    )
