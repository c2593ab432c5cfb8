"""A rule holds also where a variation, a source or a reason is taken back, split in two or used again (product rules 1, 2, 4, 7).

On the file of `one_of_each`: £11,851.85 of 2023/24 (of £50,000, all resource) is returned in Q3, Q4 is a draft, 2024/25 has
£70,000, and a grant of £5,000 has paid £2,500.
"""

from datetime import date

from application.deeds import Values, amount, moved, planned, pounds, refused, reverses, spends, varies
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.changes import removed
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import GrantSource, Instalment
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from one_of_each import FIRST_YEAR, Q3, Q4, SECOND_YEAR


def unapproved(workspace: Workspace, variation: Variation) -> None:
    edit(workspace, workspace.get(Variation, variation.id), approved_on=None)


# Variations of the award


def test_a_rise_that_a_cut_rests_on_stays_approved(workspace: Workspace) -> None:
    rise = varies(workspace, amount(FIRST_YEAR, "50000", "90000"))
    varies(workspace, amount(FIRST_YEAR, "90000", "20000"))
    assert refused(lambda: unapproved(workspace, rise)) == (
        f"Without {rise.reference}, the award would leave -£20,000 for 2023/24, below the £11,851.85 already claimed."
    )


def test_nor_is_it_removed_with_its_changes(workspace: Workspace) -> None:
    rise = varies(workspace, amount(FIRST_YEAR, "50000", "90000"))
    changes = workspace.select(VariationChange, variation_id=rise.id)
    varies(workspace, amount(FIRST_YEAR, "90000", "20000"))
    assert "below the £11,851.85 already claimed" in refused(
        lambda: workspace.do("Remove", removed(*changes, workspace.get(Variation, rise.id)))
    )


def test_a_cut_may_be_taken_back(workspace: Workspace) -> None:
    cut = varies(workspace, amount(FIRST_YEAR, "50000", "20000"))
    unapproved(workspace, cut)
    assert Figures(workspace.book(1), workspace.today).awarded(FIRST_YEAR) == pounds(50_000)


def test_a_virement_leaves_what_is_claimed_of_resource(workspace: Workspace) -> None:
    def vire(left: str, given: str) -> None:
        varies(
            workspace,
            moved(FIRST_YEAR, "50000", left),
            moved(FIRST_YEAR, "0", given, expense=Expense.CAPITAL),
        )

    assert "would leave £1 of resource for 2023/24, below the £11,851.85 already claimed of it" in refused(
        lambda: vire("1", "49999")
    )
    vire("11851.85", "38148.15")


def test_two_plain_changes_cross_31_march_no_more_quietly_than_a_virement(workspace: Workspace) -> None:
    pair = amount(FIRST_YEAR, "50000", "49000"), amount(SECOND_YEAR, "70000", "71500")
    assert "moves £1,000 across 31 March" in refused(lambda: varies(workspace, *pair))
    varies(workspace, *pair, year_end_consent="Letter of 1 February 2024")


def test_a_plan_moved_into_the_next_year_is_asked_about(workspace: Workspace) -> None:
    pair = planned(Q4, "0", "-500"), planned(Q4.next, "0", "700")
    assert "moves £500 across 31 March" in refused(lambda: varies(workspace, *pair))
    varies(workspace, planned(Q4, "0", "500"), planned(Q4.next, "0", "700"))


def test_a_re_profile_that_claims_rest_on_is_not_taken_back(workspace: Workspace) -> None:
    more = varies(workspace, planned(Q4, "0", "5000"))
    varies(workspace, planned(Q3, "10000", "6851.85"))
    assert "SSF5-VAWG-01 £6,851.85 in 2023/24, below the £11,851.85 already claimed" in refused(
        lambda: unapproved(workspace, more)
    )


def test_the_end_is_what_takes_effect_last_for_the_cost_and_for_its_return(workspace: Workspace) -> None:
    """Entered first, effective last."""

    def to(day: date) -> Values:
        return {"kind": ChangeKind.EXTENSION, "old_date": date(2025, 3, 31), "new_date": day}

    varies(workspace, to(date(2024, 10, 10)), effective_on=date(2024, 10, 1))
    varies(workspace, to(date(2024, 10, 20)), effective_on=date(2024, 9, 1))
    assert Figures(workspace.book(1), workspace.today).ends_on == date(2024, 10, 10)
    assert "to 10/10/2024" in refused(lambda: spends(workspace, received_on=date(2024, 10, 11)))
    spends(workspace, received_on=date(2024, 10, 10))


def test_an_extension_that_is_not_in_force_lets_no_cost_in(workspace: Workspace) -> None:
    edit(workspace, workspace.get(Award, 1), ends_on=date(2024, 10, 10))
    extension: Values = {
        "kind": ChangeKind.EXTENSION,
        "old_date": date(2024, 10, 10),
        "new_date": date(2025, 3, 31),
    }
    varies(workspace, extension, effective_on=date(2024, 11, 1))
    assert "to 10/10/2024" in refused(lambda: spends(workspace, received_on=date(2024, 10, 11)))


# Grants


def grant_cut(workspace: Workspace, new: str) -> Variation:
    cut = amount(FIRST_YEAR, "5000", new, intervention_id=1)
    return varies(workspace, cut, award_id=None, grant_id=1)


def test_a_grant_is_not_cut_below_what_is_paid(workspace: Workspace) -> None:
    assert "The grant would come to £2,499.99, below its instalments of £2,500" in refused(
        lambda: grant_cut(workspace, "2499.99")
    )
    grant_cut(workspace, "2500.00")


def test_a_rise_of_a_grant_that_instalments_rest_on_is_not_taken_back(workspace: Workspace) -> None:
    rise = grant_cut(workspace, "8000")
    add(workspace, Instalment, {"grant_id": 1, "amount": pounds(5000), "due_on": date(2024, 1, 1)})
    assert "The grant would come to £5,000, below its instalments of £7,500" in refused(
        lambda: unapproved(workspace, rise)
    )


def test_another_years_source_still_pays_for_the_partners_costs(workspace: Workspace) -> None:
    first = workspace.get(GrantSource, 1)
    assert "C-00002 first" in refused(lambda: remove(workspace, first))
    values = {"grant_id": 1, "intervention_id": 1, "year": SECOND_YEAR, "amount": pounds(2500)}
    add(workspace, GrantSource, values)
    remove(workspace, first)


# Reasons


def test_a_reversal_needs_no_reason_of_its_own(workspace: Workspace) -> None:
    original = workspace.get(Cost, 1)
    before = Figures(workspace.book(1), workspace.today).spent.total()
    reversal = reverses(workspace, original)
    assert reversal.adjustment_reason == ""
    assert Figures(workspace.book(1), workspace.today).spent.total() == before - original.eligible
