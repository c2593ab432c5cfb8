"""The three gaps of a tie-out by name: reported by a partner but not ours yet, paid in advance but unspent, in the ledger but in no return."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fundtracker.domain.award_ledger import AwardLedger, unmatched
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.returns import FunderReturn, ReturnLine


@dataclass(frozen=True, slots=True)
class GapItem:
    """One thing that stands between two figures, by name, and why."""

    reference: str
    why: str
    amount: Money


def reported_not_ours(book: AwardBook, quarter: Quarter) -> tuple[GapItem, ...]:
    """By the quarter's end: forms that have come and aren't accepted, and partners' costs entered by hand that aren't."""
    waiting = [
        each
        for each in book.all(PartnerForm)
        if each.quarter <= quarter and each.received_on and not each.accepted_on
    ]
    forms = {each.id for each in waiting}
    found = [
        GapItem(
            form.reference,
            f"{_grant_words(book, form.grant_id)}: the form came on {short_date(form.received_on)} and isn't accepted yet",
            form.reported - _accepted_before(book, form),
        )
        for form in waiting
        if form.received_on
    ]
    by_grant: dict[int, list[Cost]] = defaultdict(list)
    for cost in book.all(Cost):
        if (
            cost.grant_id is not None
            and cost.accepted_on is None
            and cost.received_on is not None
            and cost.received_on <= quarter.ends_on
            and cost.form_id not in forms
        ):
            by_grant[cost.grant_id].append(cost)
    for grant_id, costs in sorted(by_grant.items()):
        many = "1 cost" if len(costs) == 1 else f"{len(costs):,} costs"
        reference = _grant_words(book, grant_id).partition(" ")[0]
        found.append(
            GapItem(
                reference, f"{many} of the partner not accepted yet", total(each.eligible for each in costs)
            )
        )
    return tuple(each for each in found if each.amount)


def _accepted_before(book: AwardBook, form: PartnerForm) -> Money:
    replaced = book.find(PartnerForm, form.replaces_id)
    return replaced.reported if replaced and replaced.accepted_on else ZERO


def _grant_words(book: AwardBook, grant_id: int) -> str:
    grant = book.find(Grant, grant_id)
    return f"{grant.reference} {grant.title}" if grant else f"grant {grant_id}"


def in_advance(book: AwardBook, quarter: Quarter) -> tuple[GapItem, ...]:
    """Grants that have been paid more than their partners had spent and the office accepted, at the quarter's end."""
    figures = Figures(book, quarter.ends_on)
    return tuple(
        GapItem(
            grant.reference,
            f"{grant.title}: paid {sums.paid.in_full}, spent {sums.spent.in_full}",
            sums.unspent,
        )
        for grant in sorted(book.all(Grant), key=lambda each: each.reference)
        if (sums := figures.grant(grant)).unspent > ZERO
    )


def unreturned(claim: Claim, ledger: AwardLedger) -> tuple[GapItem, ...]:
    """Posted by the quarter's end, and in no return up to it: matched to a cost that none holds, or matched to nothing."""
    book, quarter = claim.book, claim.quarter
    returned = _returned(claim)
    found = (
        item
        for line in sorted(ledger.lines, key=lambda each: (each.posted_on, each.id))
        if line.posted_on <= quarter.ends_on
        for item in _of_line(book, ledger, line, returned, quarter)
    )
    return tuple(found)


def _returned(claim: Claim) -> set[int]:
    """Costs that returns up to the quarter hold, submitted or as the quarter's would be."""
    book, quarter = claim.book, claim.quarter
    sent = {
        each.id: each.quarter
        for each in book.all(FunderReturn)
        if each.state.frozen and each.quarter <= quarter
    }
    costs = {each.cost_id for each in book.all(ReturnLine) if each.return_id in sent}
    if quarter in sent.values():
        return {*costs}
    return {*costs, *(each.cost_id for each in claim.lines)}


def _of_line(
    book: AwardBook, ledger: AwardLedger, line: LedgerLine, returned: set[int], quarter: Quarter
) -> Iterator[GapItem]:
    told = f"{short_date(line.posted_on)} {line.supplier or line.description}".strip()
    for match in ledger.of_line.get(line.id, ()):
        cost = book.find(Cost, match.cost_id)
        if cost is None or cost.id in returned:
            continue
        yield GapItem(
            line.reference, f"{told}: {cost.reference}, {_why_not(book, cost, quarter)}", match.amount
        )
    rest = unmatched(ledger, line)
    if rest and ledger.is_coded(line):
        yield GapItem(line.reference, f"{told}: matched to nothing, code {line.code}", rest)


def _why_not(book: AwardBook, cost: Cost, quarter: Quarter) -> str:
    intervention = book.find(Intervention, cost.intervention_id)
    where = f" ({intervention.reference})" if intervention else ""
    if cost.received_on is None:
        return f"not received yet{where}"
    if cost.received_on > quarter.ends_on:
        return f"received on {short_date(cost.received_on)}, after the quarter{where}"
    return f"entered since the return was submitted{where}"
