"""Checks that no cost is claimed twice: the same invoice, or the same evidence, in two places (product rule 5)."""

from collections.abc import Iterable, Iterator

from fundtracker.domain.book import AwardBook
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import ReturnCase

SameCost = tuple[str, str, Money, Money]


def no_duplicates(case: ReturnCase) -> Iterator[Problem]:
    """The same supplier, invoice and sum, here or in another award, unless somebody said why it is another cost.

    Said of the cost that this return claims: of two, of the one entered last.
    """
    for pair in duplicates(case.book):
        if not all(_counts(case, each) for each in pair):
            continue
        cost = next((each for each in pair if _claimed_here(case, each)), None)
        if cost and not cost.duplicate_reason.strip():
            twin = pair[1] if cost is pair[0] else pair[0]
            yield Problem(
                kind="Cost",
                record_id=cost.id,
                column="duplicate_reason",
                message=f"{cost.reference} and {twin.reference} are the same: {cost.supplier}, invoice {cost.invoice_number}, {cost.net.in_prose}."
                " Remove or reverse one, or write on the cost why it isn't a duplicate.",
            )


def no_evidence_twice(case: ReturnCase) -> Iterator[Problem]:
    """One file behind two costs, whatever the fund: rightly so where an invoice was split, and then the cost says it."""
    costs = case.book.costs_by_id
    gone = wholly_reversed(_costs(case.book))
    first: dict[str, Cost] = {}
    for document in sorted(case.book.all(Document), key=lambda each: each.cost_id or 0):
        cost = costs.get(document.cost_id or 0)
        if cost is None or cost.id in gone or cost.reversal_of is not None:
            continue
        other = first.setdefault(document.sha256, cost)
        if other.id == cost.id:
            continue
        later = next((each for each in (cost, other) if _claimed_here(case, each)), None)
        if later and not later.duplicate_reason.strip():
            earlier = other if later is cost else cost
            yield Problem(
                severity=Severity.WARNING,
                kind="Cost",
                record_id=later.id,
                column="duplicate_reason",
                message=f"{later.reference} and {earlier.reference} rest on the same evidence, {document.name}. Check that one cost isn't entered twice, and write on the cost why both stand.",
            )


def _claimed_here(case: ReturnCase, cost: Cost) -> bool:
    """Whether it is the award's own, and stands in this return."""
    own = case.book.find(Cost, cost.id) is not None
    return own and (cost.quarter == case.claim.quarter or cost.id in case.claimed_costs)


def _counts(case: ReturnCase, cost: Cost) -> bool:
    """Whether the award's own cost has come by the end of the quarter; another award's counts as soon as it is entered."""
    if case.book.find(Cost, cost.id) is None:
        return True
    return cost.quarter is not None and cost.quarter <= case.claim.quarter


def duplicates(book: AwardBook) -> Iterator[tuple[Cost, Cost]]:
    """Pairs of live costs with one supplier, invoice number and sum: an own one, later before earlier, then its twin.

    Reversals don't count, nor what they take back whole.
    """
    gone = wholly_reversed(_costs(book))
    seen: dict[SameCost, Cost] = {}
    own = {cost.id for cost in book.all(Cost)}
    for cost in sorted(_costs(book), key=lambda c: c.id):
        key = same_cost(cost)
        if key is None or cost.id in gone:
            continue
        twin = seen.setdefault(key, cost)
        if twin is not cost and (cost.id in own or twin.id in own):
            yield (cost, twin) if cost.id in own else (twin, cost)


def same_cost(cost: Cost) -> SameCost | None:
    """What two costs have in common that are one: supplier and invoice number, whatever their capitals, and the sums.

    None where it can't be told: without an invoice number, and of a reversal.
    """
    if not cost.invoice_number or cost.reversal_of is not None:
        return None
    return cost.supplier.casefold().strip(), cost.invoice_number.casefold().strip(), cost.net, cost.vat


def wholly_reversed(costs: Iterable[Cost]) -> frozenset[int]:
    """Ids of costs of which the reversals among them leave nothing."""
    taken: dict[int, Money] = {}
    by_id: dict[int, Cost] = {}
    for each in costs:
        by_id[each.id] = each
        if each.reversal_of is not None:
            taken[each.reversal_of] = taken.get(each.reversal_of, ZERO) + each.eligible
    return frozenset(i for i, sum_ in taken.items() if i in by_id and not by_id[i].eligible + sum_)


def _costs(book: AwardBook) -> tuple[Cost, ...]:
    """The award's own, and those of other awards that could be the same."""
    return (*book.all(Cost), *book.elsewhere)
