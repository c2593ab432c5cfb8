"""The funds, their rounds and the rules of each round.

Public: names, dates, ceilings and match (Home Office pages, bidding guidance). Due days, tolerances and thresholds of the
Safer Streets agreement were not published: those clauses are illustrative and say so.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.domain.terms import Term, TermId, TermKind

_FUNDS = (
    (
        "SSF",
        "Safer Streets Fund",
        "Home Office",
        FundSource.RECEIVED,
        "Won in rounds since 2020. In three rounds the office won eight bids, £4,093,647 in all (Police and Crime Plan, rounded).",
    ),
    (
        "DAPF",
        "Domestic Abuse Perpetrator Fund",
        "Home Office",
        FundSource.RECEIVED,
        "£447,404.50 for 2023/24 and £507,518.00 for 2024/25 (report to the Police and Crime Panel). Its costs and returns are not kept in this demonstration.",
    ),
    (
        "DASV",
        "Domestic abuse and sexual violence fund",
        "Ministry of Justice",
        FundSource.RECEIVED,
        "About £500,000, for victims' services.",
    ),
    (
        "SVD",
        "Serious Violence Duty grant",
        "Home Office",
        FundSource.RECEIVED,
        "2023/24 and 2024/25; allocated by the specified authorities after a bidding process.",
    ),
    (
        "CSP",
        "CSP support funding",
        "Police and Crime Commissioner",
        FundSource.OWN,
        "Annual grants to the six district councils for CSP activity and posts; augmented by Safer Streets money.",
    ),
    (
        "CF",
        "Commissioner's Fund",
        "Police and Crime Commissioner",
        FundSource.OWN,
        "Annual small grants to community and voluntary groups; each must serve at least one plan priority; every award is published.",
    ),
    (
        "STAR",
        "Science, Technology, Analysis and Research (STAR) fund",
        "Home Office",
        FundSource.RECEIVED,
        "",
    ),
)
FUNDS = tuple(
    Fund(id=FundId(n), code=code, name=name, funder=funder, source=source, note=note)
    for n, (code, name, funder, source, note) in enumerate(_FUNDS, 1)
)

_ROUNDS = (
    (
        "SSF",
        "SSF1",
        "Safer Streets Fund round 1",
        date(2020, 1, 26),
        date(2020, 3, 20),
        date(2020, 7, 1),
        date(2021, 6, 30),
        "Acquisitive crime. No bid was made: a round may hold none. The opening day is illustrative.",
    ),
    (
        "SSF",
        "SSF3",
        "Safer Streets Fund round 3",
        date(2021, 6, 3),
        date(2021, 7, 15),
        date(2021, 10, 1),
        date(2022, 3, 31),
        "Two bids, £1,061,477 in all, for violence against women and girls. How the sum divides between the bids was not published: the split here is illustrative. Its returns were made before this file was begun and aren't in it: nothing of it shows as claimed.",
    ),
    (
        "SSF",
        "SSF4",
        "Safer Streets Fund round 4",
        date(2022, 3, 18),
        date(2022, 5, 27),
        date(2022, 7, 25),
        date(2023, 9, 30),
        "Three bids: £749,124, £591,705 and £691,340. The plan's own table rounds their sum of £2,032,169 to £2,032,170. Its returns were made before this file was begun and aren't in it: nothing of it shows as claimed.",
    ),
    (
        "SSF",
        "SSF5",
        "Safer Streets Fund round 5",
        date(2023, 7, 6),
        date(2023, 8, 31),
        date(2023, 10, 1),
        date(2025, 3, 31),
        "Three bids, £1,000,000. In August 2024 the Home Office cut every area's ceiling to £820,000: a variation in mid-delivery.",
    ),
    (
        "DAPF",
        "DAPF2",
        "Domestic Abuse Perpetrator Fund 2023 to 2025",
        None,
        None,
        date(2023, 4, 1),
        date(2025, 3, 31),
        "£447,404.50 for 2023/24 and £507,518.00 for 2024/25. No bid is kept in this demonstration.",
    ),
)
_FUND_IDS = {each.code: each.id for each in FUNDS}
ROUNDS = tuple(
    FundingRound(
        id=FundingRoundId(n),
        fund_id=_FUND_IDS[fund],
        code=code,
        name=name,
        opens_on=opens,
        closes_on=closes,
        delivery_from=first,
        delivery_to=last,
        note=note,
    )
    for n, (fund, code, name, opens, closes, first, last, note) in enumerate(_ROUNDS, 1)
)
_ROUND_IDS = {each.code: each.id for each in ROUNDS}


def round_id(code: str) -> FundingRoundId:
    return _ROUND_IDS[code]


def _term(
    reference: str,
    kind: TermKind,
    clause: str,
    effective_from: date,
    *,
    number: int | None = None,
    amount: str | None = None,
    year: str | None = None,
) -> Term:
    """A rule of the round that its reference begins with ("SSF4-T02")."""
    return Term(
        id=TermId(0),
        reference=reference,
        round_id=round_id(reference.split("-", maxsplit=1)[0]),
        kind=kind,
        number=None if number is None else Decimal(number),
        amount=None if amount is None else Money.pounds(amount),
        year=None if year is None else FinancialYear.read(year),
        clause=clause,
        effective_from=effective_from,
    )


_R3, _R4, _R5 = date(2021, 6, 3), date(2022, 3, 18), date(2023, 7, 6)
_ALL_TERMS = (
    _term(
        "SSF3-T01",
        TermKind.BID_CEILING,
        "Guidance, round 3: a bid may ask for £550,000 at most.",
        _R3,
        amount="550000",
    ),
    _term(
        "SSF3-T02", TermKind.BIDS_ALLOWED, "Guidance, round 3: up to three bids, prioritised.", _R3, number=3
    ),
    _term("SSF3-T03", TermKind.CROSS_YEARS, "Guidance, round 3: spend by 31 March 2022.", _R3, number=0),
    _term(
        "SSF4-T01",
        TermKind.BID_CEILING,
        "Guidance, round 4: a bid may ask for £750,000 at most.",
        _R4,
        amount="750000",
    ),
    _term(
        "SSF4-T02",
        TermKind.BID_CEILING,
        "Guidance, round 4: £500,000 at most in 2022/23.",
        _R4,
        amount="500000",
        year="2022/23",
    ),
    _term(
        "SSF4-T03",
        TermKind.BID_CEILING,
        "Guidance, round 4: £250,000 at most from April to September 2023.",
        _R4,
        amount="250000",
        year="2023/24",
    ),
    _term(
        "SSF4-T04",
        TermKind.MATCH_PERCENT,
        "Guidance, round 4: match of 50%, in both years, and reported.",
        _R4,
        number=50,
    ),
    _term(
        "SSF4-T05",
        TermKind.CROSS_YEARS,
        "Guidance, round 4: money of the first year is spent by 31 March 2023 and can't be transferred, as HM Treasury's rules require.",
        _R4,
        number=0,
    ),
    _term(
        "SSF4-T06",
        TermKind.RETENTION_YEARS,
        "Model grant agreement, records: kept for six years after the funding period.",
        _R4,
        number=6,
    ),
    _term(
        "SSF5-T01",
        TermKind.ROUND_CEILING,
        "Guidance, round 5: £1,000,000 at most for each police force area.",
        _R5,
        amount="1000000",
    ),
    _term("SSF5-T02", TermKind.BIDS_ALLOWED, "Guidance, round 5: up to three proposals.", _R5, number=3),
    _term(
        "SSF5-T03",
        TermKind.MATCH_PERCENT,
        "Guidance, round 5, as asked locally: match of 50% of the award; in kind counts.",
        _R5,
        number=50,
    ),
    _term(
        "SSF5-T04",
        TermKind.CROSS_YEARS,
        "Grant agreement: grant not spent by 31 March is not carried into the next financial year.",
        _R5,
        number=0,
    ),
    _term(
        "SSF5-T05",
        TermKind.VIREMENT_TOLERANCE,
        "Illustrative clause: up to 20% of an intervention's year may be moved between headings and told in the next return.",
        _R5,
        number=20,
    ),
    _term(
        "SSF5-T06",
        TermKind.EXPENSE_WALL,
        "Illustrative clause: capital and resource grant are not moved into one another without consent.",
        _R5,
        number=1,
    ),
    _term(
        "SSF5-T07",
        TermKind.VARIANCE_REASON,
        "Model grant agreement 6.7: claims highlight significant variances. Illustrative: above 10% of the profile.",
        _R5,
        number=10,
    ),
    _term(
        "SSF5-T08",
        TermKind.RETURN_DUE_DAYS,
        "Illustrative clause: each return is due 30 days after the quarter.",
        _R5,
        number=30,
    ),
    _term(
        "SSF5-T09",
        TermKind.YEAR_END_DUE_DAYS,
        "Illustrative clause: the return of the fourth quarter is due 21 days after it.",
        _R5,
        number=21,
    ),
    _term(
        "SSF5-T10",
        TermKind.ASSET_THRESHOLD,
        "Model grant agreement, inventory of the assets: anything above £10,000 is registered.",
        _R5,
        amount="10000",
    ),
    _term(
        "SSF5-T11",
        TermKind.RETENTION_YEARS,
        "Model grant agreement, records: kept for six years after the funding period.",
        _R5,
        number=6,
    ),
    _term(
        "SSF5-T12",
        TermKind.INSTALMENT_CONDITION,
        "Illustrative clause: an instalment of an onward grant is paid once the spending report before it has been accepted.",
        _R5,
    ),
    _term(
        "SSF5-T13",
        TermKind.ROUND_CEILING,
        "Home Office, 6 August 2024: the ceiling of each police force area is lowered to £820,000.",
        date(2024, 8, 6),
        amount="820000",
    ),
)
_IN_ALL = tuple(replace(each, id=TermId(n)) for n, each in enumerate(_ALL_TERMS, 1))
TERMS, NEW_CEILING = _IN_ALL[:-1], _IN_ALL[-1]
"""The rules as they stood at first, and the one that came with the cut."""
