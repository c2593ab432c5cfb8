"""The published figures to the penny, and plans that add up to them."""

import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from application.demo.rehearsal import Rehearsal
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, Expense
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import Organisation, Partnership, Priority
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange

CUT, BEFORE = date(2024, 8, 6), date(2024, 8, 5)
Y22, Y23, Y24 = FinancialYear(2022), FinancialYear(2023), FinancialYear(2024)
CUT_AWARDS = {"SSF5-VAWG": "363219.00", "SSF5-ASB": "161581.00", "SSF5-RUR": "295200.00"}
PUBLISHED = {
    "SSF4-ASB": "749124.00",
    "SSF4-NC": "591705.00",
    "SSF4-VAWG": "691340.00",
    "SSF5-VAWG": "442950.00",
}


def awarded(played: Rehearsal, award: Award, on: date) -> Money:
    figures = Figures(played.book(award), on)
    return total(figures.awarded(year) for year in figures.years)


def by_round(played: Rehearsal, on: date) -> dict[str, tuple[int, str]]:
    """Round code -> number of its awards, and their sum."""
    sums: dict[str, list[Money]] = {each.code: [] for each in played.all(FundingRound)}
    for award in played.all(Award):
        bid = played.get(Bid, award.bid_id)
        found = played.get(FundingRound, bid.round_id if bid else None)
        assert found
        sums[found.code].append(awarded(played, award, on))
    return {code: (len(each), total(each).plain) for code, each in sums.items()}


def test_rounds_hold_the_published_sums(played: Rehearsal) -> None:
    assert by_round(played, BEFORE) == {
        "SSF1": (0, "0.00"),
        "SSF3": (2, "1061477.00"),
        "SSF4": (3, "2032169.00"),
        "SSF5": (3, "1000000.00"),
        "DAPF2": (0, "0.00"),
    }
    assert by_round(played, CUT)["SSF5"] == (3, "820000.00")
    assert len(played.all(Bid)) == 8


@pytest.mark.parametrize(("reference", "sum_published"), PUBLISHED.items())
def test_awards_are_the_published_ones(played: Rehearsal, reference: str, sum_published: str) -> None:
    assert awarded(played, played.named(Award, reference), BEFORE).plain == sum_published


def test_the_other_two_awards_of_round_5_share_the_rest(played: Rehearsal) -> None:
    rest = [awarded(played, played.named(Award, each), BEFORE) for each in ("SSF5-ASB", "SSF5-RUR")]
    assert total(rest).plain == "557050.00"


FACTS = tomllib.loads((Path(__file__).with_name("funding.toml")).read_text(encoding="utf-8"))
"""The public facts, each with its source."""


def test_interventions_are_the_published_ones(played: Rehearsal) -> None:
    """By round and theme, none left out and none made up."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in played.all(Intervention):
        award = played.get(Award, each.award_id)
        bid = played.get(Bid, award.bid_id if award else None)
        of = played.get(FundingRound, bid.round_id if bid else None)
        assert of
        found[of.code, each.theme.value].add(each.title)
    published = {(each["round"], each["theme"]): set(each["titles"]) for each in FACTS["intervention"]}
    assert {place: titles for place, titles in found.items() if place in published} == published
    assert set(found) == set(published)


def test_bids_partnerships_priorities_and_funds_are_the_published_ones(played: Rehearsal) -> None:
    rounds = {each.id: each.code for each in played.all(FundingRound)}
    bids = {(rounds[each.round_id], each.title, each.theme.value) for each in played.all(Bid)}
    assert {(each["round"], each["title"], each["theme"]) for each in FACTS["bid"]} <= bids
    for each in FACTS["bid"]:
        if "awarded" in each:
            (award,) = (a for a in played.all(Award) if _bid_of(played, a) == (each["round"], each["title"]))
            assert awarded(played, award, BEFORE).plain == each["awarded"]
    councils: dict[int | None, str] = {each.id: each.name for each in played.all(Organisation)}
    assert [(p.name, p.district, councils.get(p.accountable_body_id)) for p in played.all(Partnership)] == [
        (each["name"], each["district"], each["council"]) for each in FACTS["partnership"]
    ]
    assert {(each.code, each.name) for each in played.all(Priority)} == {
        (each["code"], each["name"]) for each in FACTS["priority"]
    }
    assert {each["name"] for each in FACTS["fund"]} <= {each.name for each in played.all(Fund)}


def _bid_of(played: Rehearsal, award: Award) -> tuple[str, str]:
    bid = played.get(Bid, award.bid_id)
    of = played.get(FundingRound, bid.round_id if bid else None)
    assert bid
    assert of
    return of.code, bid.title


def test_published_grants(played: Rehearsal) -> None:
    found = {
        (grant.reference, played.named(Organisation, _name(played, grant)).name): total(
            each.amount for each in played.select(GrantSource, grant_id=grant.id)
        ).plain
        for grant in played.all(Grant)
        if "SSF4" in grant.reference
    }
    assert found == {
        ("GR-SSF4-COT", "Cotswold District Council"): "50000.00",
        ("GR-SSF4-CS", "Gloucester City Safe"): "46000.00",
    }
    newer = {grant.partnership_id for grant in played.all(Grant) if "SSF5" in grant.reference}
    assert newer == {each.id for each in played.all(Partnership)}


def _name(played: Rehearsal, grant: Grant) -> str:
    recipient = played.get(Organisation, grant.recipient_id)
    assert recipient
    return recipient.name


def test_round_4_keeps_its_ceilings_by_year(played: Rehearsal) -> None:
    for reference in ("SSF4-ASB", "SSF4-NC", "SSF4-VAWG"):
        figures = Figures(played.book(played.named(Award, reference)), BEFORE)
        assert figures.awarded(Y22) <= Money.pounds(500_000)
        assert figures.awarded(Y23) <= Money.pounds(250_000)


def test_the_cut_is_one_variation_an_award_all_from_2024_25(played: Rehearsal) -> None:
    for reference, left in CUT_AWARDS.items():
        award = played.named(Award, reference)
        (variation,) = played.select(Variation, award_id=award.id)
        assert (variation.number, variation.approved_on, variation.effective_on) == (1, CUT, CUT)
        assert awarded(played, award, CUT).plain == left
        before, after = (Figures(played.book(award), day) for day in (BEFORE, CUT))
        assert before.awarded(Y23) == after.awarded(Y23)
        kinds = {each.kind for each in played.select(VariationChange, variation_id=variation.id)}
        assert kinds == {ChangeKind.AMOUNT, ChangeKind.RE_PROFILE, ChangeKind.SCOPE}
    decisions = {each.decision_reference for each in played.all(Variation)}
    assert len(decisions) == 1


def test_old_amounts_of_changes_are_what_stood_before(played: Rehearsal) -> None:
    for award in played.all(Award):
        figures = Figures(played.book(award), BEFORE)
        for variation in played.select(Variation, award_id=award.id):
            for each in played.select(VariationChange, variation_id=variation.id):
                if each.kind is ChangeKind.AMOUNT:
                    assert each.year
                    assert figures.awarded(each.year, each.expense) == each.old_amount
                if each.kind is ChangeKind.RE_PROFILE:
                    profile = figures.original_profile.only(
                        lambda cell, e=each: (
                            (cell.intervention_id, cell.expense, cell.category_id, cell.quarter)
                            == (e.intervention_id, e.expense, e.category_id, e.quarter)
                        )
                    )
                    assert profile.total() == each.old_amount
                    assert each.new_amount is not None
                    assert each.new_amount >= ZERO


@pytest.mark.parametrize("day", [BEFORE, CUT])
def test_profiles_add_up_to_the_award(played: Rehearsal, day: date) -> None:
    """By year and by capital and resource, before the cut and after it."""
    for award in played.all(Award):
        figures = Figures(played.book(award), day)
        for year in figures.years:
            for expense in Expense:
                planned = figures.current_profile.total(year=year, expense=expense)
                assert planned == figures.awarded(year, expense), f"{award.reference} {year} {expense.value}"


def test_the_original_profile_is_the_original_award(played: Rehearsal) -> None:
    for award in played.all(Award):
        figures = Figures(played.book(award), date(2024, 10, 21))
        first: defaultdict[tuple[FinancialYear, Expense], Money] = defaultdict(lambda: ZERO)
        for line in played.select(AwardLine, award_id=award.id):
            first[line.year, line.expense] += line.amount
        for (year, expense), amount in first.items():
            assert figures.original_profile.total(year=year, expense=expense) == amount
