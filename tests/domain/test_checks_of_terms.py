"""Terms that bind a return or a round: each is quoted where it is not kept, and waived where the funder says so (product rule 6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.telling import CLAUSE, NOTE, WARNING, Told, pounds
from fundtracker.domain.awards import AwardLine, AwardLineId
from fundtracker.domain.bids import Bid, BidAmount, BidAmountId, BidId, BidStatus, Theme
from fundtracker.domain.checks_rounds import RoundCase, round_problems
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Severity
from fundtracker.domain.rounds import FundingRoundId
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange, VariationChangeId
from programme import CAPITAL, RESOURCE, Programme, quarter, year

TODAY = date(2024, 7, 10)
ACROSS = "moves £500 across 31 March (Letter of 1 March). The agreement doesn't let money cross years"


def across() -> Told:
    office = Told(today=TODAY)
    office.promises("10000", "2025/26")
    variation = office.varies(
        ("2024/25", RESOURCE, "10000", "9500"), ("2025/26", RESOURCE, "10000", "10500"), on=date(2024, 6, 1)
    )
    office.changes(variation, year_end_consent="Letter of 1 March")
    return office


@pytest.mark.parametrize(("number", "found"), [(None, []), ("1", []), ("0", [(WARNING, CLAUSE)])])
def test_money_crosses_31_march_where_the_agreement_lets_it(
    number: str | None, found: list[tuple[Severity, str]]
) -> None:
    office = across()
    if number is not None:
        office.agrees(TermKind.CROSS_YEARS, number)
    assert office.says(ACROSS) == found


def test_a_waiver_lets_it_cross() -> None:
    office = across()
    office.waives(office.agrees(TermKind.CROSS_YEARS, "0"), date(2025, 3, 31))
    assert office.says(ACROSS) == [(NOTE, CLAUSE)]


@pytest.mark.parametrize(
    ("to", "decided", "found"),
    [
        ("1100.00", "", []),
        ("1100.01", "", [(WARNING, CLAUSE)]),
        ("899.99", "", [(WARNING, CLAUSE)]),
        ("1100.01", "HO 7", []),
    ],
)
def test_a_re_profile_above_the_tolerance_is_the_funders_to_decide(
    to: str, decided: str, found: list[tuple[Severity, str]]
) -> None:
    office = Told(today=TODAY)
    office.plans(office.op, "1000", "2024/25 Q2")
    office.agrees(TermKind.VIREMENT_TOLERANCE, "10")
    variation = office.varies(on=date(2024, 6, 1))
    office.changes(variation, decision_reference=decided)
    office.keeps(
        VariationChange(
            id=VariationChangeId(99),
            variation_id=variation.id,
            kind=ChangeKind.RE_PROFILE,
            intervention_id=office.op.id,
            quarter=quarter("2024/25 Q2"),
            expense=RESOURCE,
            category_id=office.staff.id,
            old_amount=pounds("1000"),
            new_amount=pounds(to),
        )
    )
    assert office.says("more than 10% of £1,000. Enter the funder's decision.") == found


# Rounds


def asked(amount: str, of: str = "2024/25", **values: object) -> RoundCase:
    """A round with one bid, and an award of as much."""
    office = Programme(today=TODAY)
    office.promises(amount, of)
    bid = Bid(id=BidId(1), round_id=FundingRoundId(1), reference="B-1", title="Safer", theme=Theme.VAWG)
    bid = replace(bid, **values)  # pyright: ignore[reportArgumentType] - fields by name
    line = BidAmount(id=BidAmountId(1), bid_id=BidId(1), year=year(of), expense=CAPITAL, asked=pounds(amount))
    return RoundCase(
        round=office.book().round,
        today=TODAY,
        bids=(bid,),
        amounts=(line,),
        awards=(office.award,),
        lines=tuple(office.all(AwardLine)),
    )


def under(case: RoundCase, kind: TermKind, amount: Money | None = None, number: int | None = None, **more: object) -> list[tuple[Severity, str, str]]:  # fmt: skip
    """What a Term of the round says, with its clause."""
    term = Term(
        id=TermId(1),
        reference="T-1",
        round_id=FundingRoundId(1),
        kind=kind,
        amount=amount,
        number=None if number is None else Decimal(number),
        clause="Prospectus 4.2",
        effective_from=date(2023, 1, 1),
    )
    term = replace(term, **more)  # pyright: ignore[reportArgumentType] - fields by name
    return [(e.severity, e.message, e.clause) for e in round_problems(replace(case, terms=(term,)))]


PROSPECTUS = "T-1: Prospectus 4.2"


def test_a_bid_may_ask_for_the_ceiling_and_no_penny_more() -> None:
    ceiling = pounds("1000")
    assert under(asked("1000"), TermKind.BID_CEILING, ceiling) == []
    assert under(asked("1000.01"), TermKind.BID_CEILING, ceiling) == [
        (WARNING, "B-1 asks for £1,000.01, above the £1,000 a bid may ask for.", PROSPECTUS)
    ]


def test_a_ceiling_of_a_year_looks_at_that_year() -> None:
    case, ceiling = asked("1000.01"), pounds("1000")
    assert under(case, TermKind.BID_CEILING, ceiling, year=year("2023/24")) == []
    ((_, message, _),) = under(case, TermKind.BID_CEILING, ceiling, year=year("2024/25"))
    assert message == "B-1 asks for £1,000.01 in 2024/25, above the £1,000 a bid may ask for."


def test_a_withdrawn_bid_counts_for_nothing_and_a_later_term_not_yet() -> None:
    ceiling = pounds("1000")
    assert under(asked("5000", status=BidStatus.WITHDRAWN), TermKind.BID_CEILING, ceiling) == []
    assert under(asked("5000"), TermKind.BID_CEILING, ceiling, effective_from=date(2024, 7, 11)) == []


def test_only_so_many_bids_are_allowed() -> None:
    one = asked("1000")
    two = replace(one, bids=(*one.bids, replace(one.bids[0], id=BidId(2), reference="B-2")))
    assert under(one, TermKind.BIDS_ALLOWED, number=1) == []
    assert under(two, TermKind.BIDS_ALLOWED, number=1) == [
        (WARNING, "SSF5 has 2 bids; 1 are allowed. Withdraw one.", PROSPECTUS)
    ]


def test_the_awards_of_a_round_stay_below_what_the_area_may_have() -> None:
    office = Programme(today=TODAY)
    office.promises("1000", "2024/25")
    office.varies(("2024/25", RESOURCE, "1000", "1001"), on=date(2024, 7, 1))
    case = RoundCase(
        round=office.book().round,
        today=TODAY,
        awards=(office.award,),
        lines=(
            *office.all(AwardLine),
            replace(office.all(AwardLine)[0], id=AwardLineId(9), year=year("2023/24")),
        ),
        variations=tuple(office.all(Variation)),
        changes=tuple(office.all(VariationChange)),
    )
    area = TermKind.ROUND_CEILING
    assert under(case, area, pounds("2001")) == []
    ((_, message, _),) = under(case, area, pounds("2000.99"))
    assert message == "The awards of SSF5 come to £2,001, above the £2,000.99 for the area."
    assert under(case, area, pounds("1000"), year=year("2023/24")) == []
    assert len(under(case, area, pounds("1000"), year=year("2024/25"))) == 1
    waiver = Waiver(id=WaiverId(1), term_id=TermId(1), reason="Minister agreed", approved_by="Funder", approved_on=TODAY, expires_on=TODAY)  # fmt: skip
    ((severity, message, _),) = under(replace(case, waivers=(waiver,)), area, pounds("2000.99"))
    assert severity is NOTE
    assert message.endswith("Waived until 10/07/2024: Minister agreed")
