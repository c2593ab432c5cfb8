"""What was asked for and what was awarded, by financial year and capital or resource.

Public: the eight bids, the awards of round 4, round 3's sum and round 5's sum with its VAWG part. Illustrative: how each
award divides between years, capital and resource, and between the bids where only a sum was published.
"""

from dataclasses import dataclass
from datetime import date

from fundtracker.application.demo.funds import round_id
from fundtracker.application.demo.people import OPCC, organisation_id
from fundtracker.domain.awards import Award, AwardId, AwardLine, AwardLineId, AwardStatus
from fundtracker.domain.bids import Bid, BidAmount, BidAmountId, BidId, BidStatus, Expense, Theme
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear

_C, _R = Expense.CAPITAL, Expense.RESOURCE
_Sums = tuple[tuple[str, Expense, str], ...]


@dataclass(frozen=True, slots=True)
class _Bid:
    round: str
    award: str
    title: str
    theme: Theme
    order: int
    note: str
    sums: _Sums


_BIDS = (
    _Bid(
        "SSF3", "SSF3-VAWG-A", "VAWG: prevention and education", Theme.VAWG, 1,
        "Illustrative split: round 3's two bids came to £1,061,477 together.",
        (("2021/22", _R, "541477"),),
    ),
    _Bid(
        "SSF3", "SSF3-VAWG-B", "VAWG: safer public places", Theme.VAWG, 2,
        "Illustrative split: round 3's two bids came to £1,061,477 together.",
        (("2021/22", _C, "440000"), ("2021/22", _R, "80000")),
    ),
    _Bid(
        "SSF4", "SSF4-ASB", "Anti-social behaviour", Theme.ASB, 1,
        "Award of £749,124 published; years, capital and resource illustrative.",
        (("2022/23", _C, "20000"), ("2022/23", _R, "479124"), ("2023/24", _C, "6000"), ("2023/24", _R, "244000")),
    ),
    _Bid(
        "SSF4", "SSF4-NC", "Neighbourhood crime", Theme.NEIGHBOURHOOD_CRIME, 2,
        "Award of £591,705 published; years, capital and resource illustrative.",
        (("2022/23", _C, "254000"), ("2022/23", _R, "137705"), ("2023/24", _C, "124000"), ("2023/24", _R, "76000")),
    ),
    _Bid(
        "SSF4", "SSF4-VAWG", "Violence against women and girls", Theme.VAWG, 3,
        "Award of £691,340 published; years, capital and resource illustrative.",
        (("2022/23", _C, "232000"), ("2022/23", _R, "223000"), ("2023/24", _C, "60000"), ("2023/24", _R, "176340")),
    ),
    _Bid(
        "SSF5", "SSF5-VAWG", "Violence against women and girls", Theme.VAWG, 1,
        "Award of £442,950 published; years, capital and resource illustrative.",
        (("2023/24", _C, "84000"), ("2023/24", _R, "94450"), ("2024/25", _C, "118500"), ("2024/25", _R, "146000")),
    ),
    _Bid(
        "SSF5", "SSF5-ASB", "Anti-social behaviour", Theme.ASB, 2,
        "Illustrative split: this and the rural award came to £557,050 together.",
        (("2023/24", _C, "9500"), ("2023/24", _R, "67550"), ("2024/25", _C, "6000"), ("2024/25", _R, "114000")),
    ),
    _Bid(
        "SSF5", "SSF5-RUR", "Rural, heritage and wildlife crime", Theme.NEIGHBOURHOOD_CRIME, 3,
        "Illustrative split: this and the anti-social behaviour award came to £557,050 together.",
        (("2023/24", _C, "104000"), ("2023/24", _R, "58000"), ("2024/25", _C, "108000"), ("2024/25", _R, "90000")),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Dates:
    submitted: date
    decided: date
    agreed: date
    starts: date
    ends: date


_DATES = {
    "SSF3": _Dates(
        date(2021, 7, 14), date(2021, 9, 24), date(2021, 9, 30), date(2021, 10, 1), date(2022, 3, 31)
    ),
    "SSF4": _Dates(
        date(2022, 5, 26), date(2022, 7, 25), date(2022, 7, 25), date(2022, 7, 25), date(2023, 9, 30)
    ),
    "SSF5": _Dates(
        date(2023, 8, 30), date(2023, 9, 28), date(2023, 10, 20), date(2023, 10, 1), date(2025, 3, 31)
    ),
}


def _bid(n: int, each: _Bid) -> Bid:
    dates = _DATES[each.round]
    asked = Money(sum(Money.pounds(amount).pence for _, _, amount in each.sums))
    return Bid(
        id=BidId(n),
        round_id=round_id(each.round),
        reference=f"{each.round}-BID-{each.order}",
        title=each.title,
        theme=each.theme,
        priority=each.order,
        lead_id=organisation_id(OPCC),
        status=BidStatus.SUCCESSFUL,
        match_offered=Money(0) if each.round == "SSF3" else Money(asked.pence // 2),
        submitted_on=dates.submitted,
        decided_on=dates.decided,
        feedback=f"{each.note} Days illustrative.",
    )


def _award(n: int, each: _Bid) -> Award:
    dates = _DATES[each.round]
    return Award(
        id=AwardId(n),
        bid_id=BidId(n),
        reference=each.award,
        agreement=f"HO/{each.round}/GLOS/{each.order} (illustrative)",
        project_number=f"{each.round[-1]}{40 + n} (illustrative)",
        starts_on=dates.starts,
        ends_on=dates.ends,
        status=AwardStatus.AGREED if each.round == "SSF5" else AwardStatus.CLOSED,
        agreed_on=dates.agreed,
        note=each.note
        if each.round == "SSF5"
        else f"{each.note} Its returns were sent before this file was begun, and aren't held here.",
    )


_YEARLY = tuple(
    (n, FinancialYear.read(year), expense, Money.pounds(amount))
    for n, each in enumerate(_BIDS, 1)
    for year, expense, amount in each.sums
)
BIDS = tuple(_bid(n, each) for n, each in enumerate(_BIDS, 1))
BID_AMOUNTS = tuple(
    BidAmount(id=BidAmountId(n), bid_id=BidId(bid), year=year, expense=expense, asked=amount)
    for n, (bid, year, expense, amount) in enumerate(_YEARLY, 1)
)
AWARDS = tuple(_award(n, each) for n, each in enumerate(_BIDS, 1))
AWARD_LINES = tuple(
    AwardLine(id=AwardLineId(n), award_id=AwardId(award), year=year, expense=expense, amount=amount)
    for n, (award, year, expense, amount) in enumerate(_YEARLY, 1)
)
_AWARD_BY_REFERENCE = {each.reference: each for each in AWARDS}
_BID_BY_AWARD = {each.award: each for each in _BIDS}


def award(reference: str) -> Award:
    return _AWARD_BY_REFERENCE[reference]


def theme_of(award_reference: str) -> Theme:
    return _BID_BY_AWARD[award_reference].theme
