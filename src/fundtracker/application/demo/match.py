"""Match funding: about half of each award, by source and quarter. Illustrative, but for the rule of 50%."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fundtracker.application.demo.bids import award
from fundtracker.application.demo.days import LOADED_ON, after
from fundtracker.application.demo.plan import Four
from fundtracker.domain.delivery import Match, MatchId, MatchKind
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter

_CASH, _KIND = MatchKind.CASH, MatchKind.IN_KIND
PLEDGED_ON = date(2024, 10, 9)
"""When what is promised for the rest of 2024/25 was entered."""


@dataclass(frozen=True, slots=True)
class _Source:
    award: str
    source: str
    kind: MatchKind
    secured: bool
    basis: str
    years: tuple[tuple[str, Four], ...]  # whole pounds in each quarter


_SOURCES = (
    _Source("SSF3-VAWG-B", "Gloucester City Council: park rangers' time", _KIND, True, "Hours at the ranger's hourly cost", (("2021/22", (0, 0, 21000, 24000)),)),
    _Source("SSF4-ASB", "Gloucestershire Constabulary: neighbourhood officers' time", _KIND, True, "Duty hours at mid-point cost", (("2022/23", (0, 40000, 68000, 68000)), ("2023/24", (43000, 43500, 0, 0)))),
    _Source("SSF4-ASB", "District councils: wardens and youth work", _CASH, True, "Councils' ledgers", (("2022/23", (0, 18000, 28500, 29000)), ("2023/24", (20000, 19500, 0, 0)))),
    _Source("SSF4-NC", "Gloucestershire Constabulary: rural crime team", _KIND, True, "Duty hours at mid-point cost", (("2022/23", (0, 36000, 62000, 63500)), ("2023/24", (40000, 41000, 0, 0)))),
    _Source("SSF4-NC", "Farmers and landowners: kit bought beside ours", _CASH, False, "Receipts shown to the rural crime team", (("2022/23", (0, 6000, 14500, 15200)), ("2023/24", (9600, 9900, 0, 0)))),
    _Source("SSF4-VAWG", "Councils: running of CCTV control rooms", _KIND, True, "Control-room cost by number of cameras", (("2022/23", (0, 32000, 54000, 56000)), ("2023/24", (37500, 38000, 0, 0)))),
    _Source("SSF4-VAWG", "Business improvement districts: night-time safety", _CASH, True, "Partners' ledgers", (("2022/23", (0, 21000, 32500, 33500)), ("2023/24", (21500, 21800, 0, 0)))),
    _Source("SSF5-VAWG", "Gloucestershire Constabulary: Op Vigilant officers' normal hours", _KIND, True, "Duty hours at mid-point cost", (("2023/24", (0, 0, 26400, 31800)), ("2024/25", (15200, 14900, 15000, 13000)))),
    _Source("SSF5-VAWG", "Cheltenham and Gloucester councils: CCTV maintenance", _CASH, True, "Councils' ledgers", (("2023/24", (0, 0, 14200, 17600)), ("2024/25", (8400, 8600, 8500, 6500)))),
    _Source("SSF5-VAWG", "Schools: staff time for workshops", _KIND, False, "Teachers' hours at scale mid-point", (("2024/25", (1100, 300, 1100, 900)),)),
    _Source("SSF5-ASB", "District councils: ASB officers' time", _KIND, True, "Hours at the officer's hourly cost", (("2023/24", (0, 0, 13100, 14500)), ("2024/25", (8600, 8500, 8500, 7500)))),
    _Source("SSF5-ASB", "Housing associations: mediation and repairs", _CASH, False, "Letters of intent", (("2023/24", (0, 0, 5200, 6100)), ("2024/25", (2600, 2400, 2500, 2200)))),
    _Source("SSF5-RUR", "Gloucestershire Constabulary: rural crime team", _KIND, True, "Duty hours at mid-point cost", (("2023/24", (0, 0, 26900, 29200)), ("2024/25", (13400, 13800, 13500, 12000)))),
    _Source("SSF5-RUR", "Farmers and landowners: kit bought beside ours", _CASH, False, "Receipts shown to the rural crime team", (("2023/24", (0, 0, 9800, 15600)), ("2024/25", (3900, 3600, 4000, 3600)))),
)  # fmt: skip


def _rows() -> Iterator[tuple[date, Match]]:
    number = 0
    for each in _SOURCES:
        for year, amounts in each.years:
            for quarter, amount in zip(FinancialYear.read(year).quarters, amounts, strict=True):
                if amount:
                    number += 1
                    yield (
                        _entered(each, quarter),
                        Match(
                            id=MatchId(number),
                            award_id=award(each.award).id,
                            source=f"{each.source} (illustrative)",
                            kind=each.kind,
                            secured=each.secured,
                            basis=each.basis,
                            quarter=quarter,
                            amount=Money.pounds(amount),
                        ),
                    )


def _entered(source: _Source, quarter: Quarter) -> date:
    if source.award.startswith("SSF5"):
        return min(after(quarter, 9), PLEDGED_ON)
    return LOADED_ON


def match_rows() -> tuple[tuple[date, Match], ...]:
    """Each row with the day it was entered; rows of quarters to come are promises."""
    return tuple(_rows())
