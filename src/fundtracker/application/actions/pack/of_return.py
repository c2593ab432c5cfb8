"""The figures of a return's pack: each line of Spend with the lines of cost that make up each of its figures, as the return says them."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from fundtracker.application.actions.pack.papers import PapersOf
from fundtracker.domain.claims import ClaimPart
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.snapshot import CostRow, Snapshot, SpendRow
from fundtracker.domain.spend import EARLIER
from fundtracker.returns.pack.contents import CostLine, FigureLine, Figures, Part

BEFORE, QUARTER, ADJUSTMENTS = "Claimed before", "This quarter", "Adjustments"
_PARTS = {BEFORE: EARLIER, QUARTER: ClaimPart.THIS_QUARTER.value, ADJUSTMENTS: ClaimPart.ADJUSTMENT.value}
"""What Spend calls a figure, and what its lines say they are part of."""
ORDERED, CORRECTIONS = "Ordered, not received", "Corrections to earlier financial years"
_Key = tuple[str, str, str]


def figures_of(snapshot: Snapshot, papers_of: PapersOf) -> Figures:
    rows: dict[tuple[_Key, str], list[CostRow]] = defaultdict(list)
    for row in snapshot.costs:
        rows[_key(row), row.part].append(row)
    for row in snapshot.orders:
        rows[_key(row), ORDERED].append(row)
    numbers = count(1)

    def lines(found: Iterable[CostRow]) -> tuple[CostLine, ...]:
        return tuple(CostLine(next(numbers), row, *papers_of(row.cost)) for row in found)

    made: list[FigureLine] = []
    for number, (key, spend) in enumerate(_spend(snapshot, rows), 1):
        said = _said(spend)
        made.append(
            FigureLine(
                number=number,
                year=snapshot.header.year,
                reference=key[0],
                title=spend.title if spend else "",
                expense=key[1],
                category=key[2],
                parts=tuple(
                    Part(label, said[label], lines(rows[key, part])) for label, part in _PARTS.items()
                ),
                whole=spend.to_date if spend else ZERO,
                apart=Part(ORDERED, said[ORDERED], lines(rows[key, ORDERED])),
            )
        )
    corrected = [row for row in snapshot.costs if row.part == ClaimPart.EARLIER_YEAR.value]
    return Figures(
        part_labels=tuple(_PARTS),
        whole_label="To date",
        apart_label=ORDERED,
        lines=tuple(made),
        beside=Part(CORRECTIONS, snapshot.cash.earlier_years, lines(corrected)),
        claimed=(QUARTER, ADJUSTMENTS),
    )


def _spend(
    snapshot: Snapshot, rows: dict[tuple[_Key, str], list[CostRow]]
) -> list[tuple[_Key, SpendRow | None]]:
    """The lines of Spend, and those whose costs come to nothing together: Spend has no line for them, but their costs are looked at."""
    found: list[tuple[_Key, SpendRow | None]] = [
        ((each.reference, each.expense, each.category), each) for each in snapshot.spend
    ]
    held = {key for key, _ in found}
    inside = {*_PARTS.values(), ORDERED}
    rest = {key for (key, part), some in rows.items() if some and part in inside and key not in held}
    return [*found, *((key, None) for key in sorted(rest))]


def _said(spend: SpendRow | None) -> dict[str, Money]:
    if spend is None:
        return dict.fromkeys((BEFORE, QUARTER, ADJUSTMENTS, ORDERED), ZERO)
    return {
        BEFORE: spend.claimed_before,
        QUARTER: spend.this_quarter,
        ADJUSTMENTS: spend.adjustments,
        ORDERED: spend.ordered,
    }


def _key(row: CostRow) -> _Key:
    return row.intervention, row.expense, row.category
