"""The figures of a grant's pack: what the partner spent and we accepted, by financial year and quarter, with the lines behind it."""

from collections import defaultdict
from itertools import count

from fundtracker.application.actions.pack.papers import PapersOf
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.snapshot import CostRow
from fundtracker.returns.pack.contents import CostLine, FigureLine, Figures, Part

QUARTERS = tuple(f"Q{number}" for number in range(1, 5))
WAITING = "Reported, not accepted"
_Key = tuple[FinancialYear, Line]


def figures_of(book: GrantBook, papers_of: PapersOf) -> Figures:
    """Years stand apart, and are never added up: the year is a wall."""
    held: dict[tuple[_Key, str], list[Cost]] = defaultdict(list)
    unreceived: list[Cost] = []
    for cost in sorted(book.all(Cost), key=lambda each: each.reference):
        if cost.received_on is None:
            unreceived.append(cost)
            continue
        quarter = Quarter.of(cost.received_on)
        key = quarter.year, Line(cost.intervention_id, cost.expense, cost.category_id)
        held[key, f"Q{quarter.number}" if cost.counts else WAITING].append(cost)
    claimed_in = _claimed_in(book)
    numbers = count(1)

    def part(label: str, costs: list[Cost]) -> Part:
        lines = tuple(
            CostLine(
                next(numbers), cost_row(book, each, claimed_in.get(each.id, "")), *papers_of(each.reference)
            )
            for each in costs
        )
        return Part(label, total(each.eligible for each in costs), lines)

    made: list[FigureLine] = []
    for number, key in enumerate(sorted({key for key, _ in held}, key=lambda key: _order(book, key)), 1):
        year, line = key
        intervention = book.get(Intervention, line.intervention_id)
        parts = tuple(part(label, held[key, label]) for label in QUARTERS)
        made.append(
            FigureLine(
                number=number,
                year=str(year),
                reference=intervention.reference,
                title=intervention.title,
                expense=line.expense.value,
                category=book.get(CostCategory, line.category_id).name,
                parts=parts,
                whole=total(each.figure for each in parts),
                apart=part(WAITING, held[key, WAITING]),
            )
        )
    return Figures(
        part_labels=QUARTERS,
        whole_label="Spent in the year",
        apart_label=WAITING,
        lines=tuple(made),
        beside=part("Ordered by the partner, not received", unreceived),
        claimed=QUARTERS,
    )


def spent(book: GrantBook, year: FinancialYear) -> Money:
    """Eligible and accepted, received in the year."""
    return total(each.eligible for each in book.all(Cost) if each.quarter and each.quarter.year == year)


def _order(book: GrantBook, key: _Key) -> tuple[FinancialYear, str, str, str]:
    year, line = key
    intervention = book.get(Intervention, line.intervention_id)
    return year, intervention.reference, line.expense.value, book.get(CostCategory, line.category_id).name


def _claimed_in(book: GrantBook) -> dict[int, str]:
    """The first submitted return of the funder that each cost stands in."""
    sent = {each.id: each.quarter for each in book.all(FunderReturn) if each.state.frozen}
    found: dict[int, Quarter] = {}
    for line in book.all(ReturnLine):
        quarter = sent.get(line.return_id)
        if quarter is not None:
            found[line.cost_id] = min(quarter, found.get(line.cost_id, quarter))
    return {cost_id: str(quarter) for cost_id, quarter in found.items()}


def cost_row(book: GrantBook, cost: Cost, stands_in: str) -> CostRow:
    """A cost as the return's own lines are written; `stands_in` is the return it was first claimed in."""
    reversed_cost = book.find(Cost, cost.reversal_of)
    return CostRow(
        cost=cost.reference,
        part="Accepted" if cost.counts else "Not accepted",
        stands_in=stands_in,
        counts_in=str(Quarter.of(cost.received_on)) if cost.received_on else "",
        intervention=book.get(Intervention, cost.intervention_id).reference,
        expense=cost.expense.value,
        category=book.get(CostCategory, cost.category_id).name,
        supplier=cost.supplier,
        invoice_number=cost.invoice_number,
        description=cost.description,
        grant=book.grant.reference,
        ordered_on=cost.ordered_on,
        received_on=cost.received_on,
        invoiced_on=cost.invoiced_on,
        paid_on=cost.paid_on,
        net=cost.net,
        vat=cost.vat,
        vat_recoverable=cost.vat_recoverable,
        eligible=cost.eligible,
        amount=cost.eligible,
        accrued=cost.eligible if cost.counts and cost.invoiced_on is None else ZERO,
        ledger_code=cost.ledger_code,
        reversal_of=reversed_cost.reference if reversed_cost else "",
        evidence="",
        reason=cost.adjustment_reason,
    )
