"""Guards of the finance ledger: a match pays for one thing, goes the way its line goes, and never says more than line or cost hold."""

from collections.abc import Iterator

from fundtracker.domain.changes import Change
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment, InstalmentStatus
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.looking import Guard, Look, problem_on
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.problems import Problem


def match_pays_for_one_thing(change: Change, look: Look) -> Iterator[Problem]:
    """Exactly one of cost or instalment; a partner's cost is paid by the partner, out of its instalments (product rule 4)."""
    item = change.after
    if not isinstance(item, LedgerMatch):
        return
    if (item.cost_id is None) == (item.instalment_id is None):
        yield problem_on(
            item,
            "cost_id",
            "A match names a cost or an instalment, one of the two: choose what the line paid.",
        )
    if not 0 <= item.confidence <= 100:  # noqa: PLR2004 - per cent
        yield problem_on(item, "confidence", "Confidence is from 0 to 100 per cent.")
    cost = look.get(Cost, item.cost_id)
    if cost and cost.grant_id is not None:
        yield problem_on(
            item,
            "cost_id",
            f"{cost.reference} was spent by a partner, out of its grant: match the line to the grant's instalment.",
        )
    instalment = look.get(Instalment, item.instalment_id)
    if instalment and instalment.status is InstalmentStatus.CANCELLED:
        yield problem_on(
            item,
            "instalment_id",
            f"{instalment.reference} is cancelled: schedule it again, or choose another one.",
        )


def line_holds_its_matches(change: Change, look: Look) -> Iterator[Problem]:
    """The matches of a line have its sign and never come to more than its amount; a line set aside has none."""
    before, after = change.before, change.after
    if isinstance(after, LedgerMatch):
        line = look.get(LedgerLine, after.line_id)
    elif isinstance(after, LedgerLine) and before is not None:
        line = after
    else:
        return
    if line is None:
        return
    matches = look.select(LedgerMatch, line_id=line.id)
    if matches and line.set_aside:
        yield problem_on(
            line, "set_aside", f"{line.reference} is matched: take its matches off before you set it aside."
        )
    if any(not each.amount or (each.amount < ZERO) != (line.amount < ZERO) for each in matches):
        yield problem_on(
            after,
            "amount",
            f"A match goes the way its line goes, and is never nought; {line.reference} is {line.amount.in_full}.",
        )
        return
    matched = total(each.amount for each in matches)
    if abs(matched) > abs(line.amount):
        yield problem_on(
            after,
            "amount",
            f"The matches of {line.reference} would come to {matched.in_full}, more than its {line.amount.in_full}: lower one, or take one off.",
        )


def matched_is_not_exceeded(change: Change, look: Look) -> Iterator[Problem]:
    """A cost isn't paid beyond what its invoice asks (net plus VAT), nor an instalment beyond its amount; a cost stays the office's own."""
    item = change.after
    if isinstance(item, LedgerMatch):
        found: Cost | Instalment | None = look.get(Cost, item.cost_id) or look.get(
            Instalment, item.instalment_id
        )
    elif isinstance(item, Cost | Instalment) and change.before is not None:
        found = item
    else:
        return
    if isinstance(found, Cost):
        most, matches = asked(found), look.select(LedgerMatch, cost_id=found.id)
    elif isinstance(found, Instalment):
        most, matches = found.amount, look.select(LedgerMatch, instalment_id=found.id)
    else:
        return
    if not matches:
        return
    if item is found and isinstance(found, Cost) and found.grant_id is not None:
        yield problem_on(
            found,
            "grant_id",
            f"{found.reference} is matched to the ledger, so it is the office's own: take its matches off first.",
        )
    matched = total(each.amount for each in matches)
    if (matched < ZERO) == (most < ZERO) and abs(matched) > abs(most):
        yield problem_on(
            item,
            "amount" if isinstance(item, LedgerMatch | Instalment) else "net",
            f"The ledger lines matched to {found.reference} would come to {matched.in_full}, more than its {most.in_full}: lower a match, or take one off.",
        )


def asked(cost: Cost) -> Money:
    """What its invoice asks: net plus VAT, recoverable or not."""
    return cost.net + cost.vat


LEDGER_GUARDS: tuple[Guard, ...] = (match_pays_for_one_thing, line_holds_its_matches, matched_is_not_exceeded)
