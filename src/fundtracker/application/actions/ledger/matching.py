"""Saying what a ledger line paid for: accept one suggestion or many, split, make a cost of it, set it aside; each undone as one entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fundtracker.application.actions.records import new_record
from fundtracker.application.ledger_combining import Combination
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import Change, added, edited, removed
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerCode, LedgerLine, LedgerMatch, LedgerMatchId
from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Problem, Refused
from fundtracker.storage import ledger

_MOST_LISTED = 200
BY_HAND = "Matched by hand"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line, and the cost or instalment that it paid."""

    paid_for: Cost | Instalment
    amount: Money


def left_of(workspace: Workspace, line: LedgerLine) -> Money:
    """What of a line is not matched yet."""
    return line.amount - total(each.amount for each in workspace.select(LedgerMatch, line_id=line.id))


def accept(workspace: Workspace, suggestion: Suggestion) -> LedgerMatch:
    """Agree to one suggestion. Refused where line or cost has been matched since."""
    return accept_many(workspace, (suggestion,))[0]


def accept_many(
    workspace: Workspace, suggestions: Iterable[Suggestion], *, least: int = 0
) -> tuple[LedgerMatch, ...]:
    """Agree to all of them that are at least so sure, as one entry of the history that lists them."""
    chosen = tuple(each for each in suggestions if each.confidence >= least)
    if not chosen:
        raise Refused(
            f"None of the suggestions is {least}% sure or more: lower the bound, or look at them one by one."
        )
    first = workspace.new_id(LedgerMatch)
    matches = tuple(
        LedgerMatch(
            id=LedgerMatchId(first + n),
            line_id=each.line.id,
            cost_id=each.cost.id if each.cost else None,
            instalment_id=each.instalment.id if each.instalment else None,
            amount=each.amount,
            confidence=each.confidence,
            reason=each.reason,
        )
        for n, each in enumerate(chosen)
    )
    listed = [_listed(each) for each in chosen[:_MOST_LISTED]]
    if len(chosen) > _MOST_LISTED:
        listed.append(f"And {len(chosen) - _MOST_LISTED:,} more.")
    one = f"{chosen[0].line.reference} to {_paid_for(chosen[0]).reference}"
    title = f"Match {one}" if len(chosen) == 1 else f"Match {len(chosen):,} ledger lines"
    workspace.do(title, added(*matches), reason="\n".join(listed))
    return matches


def _paid_for(suggestion: Suggestion) -> Cost | Instalment:
    found = suggestion.cost or suggestion.instalment
    if found is None:
        raise Refused("The suggestion names neither a cost nor an instalment.")
    return found


def _listed(each: Suggestion) -> str:
    return f"{each.line.reference} = {_paid_for(each).reference}, {each.amount.in_full} ({each.confidence}%): {each.reason}"


def split(
    workspace: Workspace, line: LedgerLine, parts: Sequence[Part], reason: str = BY_HAND
) -> tuple[LedgerMatch, ...]:
    """Match a line to one or more costs and instalments, part by part. What the parts leave over stays open."""
    if not parts:
        raise Refused("Choose what the line paid for first.")
    first = workspace.new_id(LedgerMatch)
    matches = tuple(_match(first + n, line, each, reason) for n, each in enumerate(parts))
    into = parts[0].paid_for.reference if len(parts) == 1 else f"{len(parts)} parts"
    workspace.do(f"Match {line.reference} to {into}", added(*matches))
    return matches


def accept_together(workspace: Workspace, combination: Combination) -> tuple[LedgerMatch, ...]:
    """Agree to costs that come to the line only together, as one entry. Refused where line or costs have been matched since."""
    parts = [Part(cost, amount) for cost, amount in combination.parts]
    return split(workspace, combination.line, parts, combination.reason)


def _match(number: int, line: LedgerLine, part: Part, reason: str) -> LedgerMatch:
    cost = part.paid_for if isinstance(part.paid_for, Cost) else None
    instalment = part.paid_for if isinstance(part.paid_for, Instalment) else None
    return LedgerMatch(
        id=LedgerMatchId(number),
        line_id=line.id,
        cost_id=cost.id if cost else None,
        instalment_id=instalment.id if instalment else None,
        amount=part.amount,
        reason=reason,
    )


def unmatch(workspace: Workspace, *matches: LedgerMatch) -> None:
    """Take matches off; their lines are open again."""
    lines = {each.line_id for each in matches}
    line = workspace.get(LedgerLine, matches[0].line_id)
    what = line.reference if len(lines) == 1 else f"{len(lines):,} ledger lines"
    workspace.do(f"Take the match off {what}", removed(*matches))


# A cost of a line


def cost_from(workspace: Workspace, line: LedgerLine) -> dict[str, Any]:
    """The fields of the cost that a line seems to be, for a form to begin with.

    Where it belongs comes from its ledger code, else from the cost that the supplier's last line was matched to. The day it was
    posted stands for all of its dates: whoever makes the cost knows when the goods came, which decides the quarter.
    """
    with workspace.database.reader() as conn:
        last = ledger.last_cost_like(conn, line)
    code = workspace.find(LedgerCode, line.code) if line.code else None
    same_place = last is not None and (code is None or code.intervention_id in {None, last.intervention_id})
    values: dict[str, Any] = {
        "supplier": last.supplier if last else line.supplier,
        "invoice_number": line.invoice_number,
        "description": line.description,
        "received_on": line.posted_on,
        "invoiced_on": line.posted_on,
        "paid_on": line.posted_on,
        "net": left_of(workspace, line),
        "ledger_code": line.code,
    }
    if last is not None and same_place:
        values |= {
            "intervention_id": last.intervention_id,
            "expense": last.expense,
            "category_id": last.category_id,
            "vat_recoverable": last.vat_recoverable,
        }
    if code is not None:
        said = {name: getattr(code, name) for name in ("intervention_id", "expense", "category_id")}
        values |= {name: value for name, value in said.items() if value is not None}
        only = () if code.award_id is None else workspace.select(Intervention, award_id=code.award_id)
        if len(only) == 1:
            values.setdefault("intervention_id", only[0].id)
    return values


def make_cost(workspace: Workspace, line: LedgerLine, values: dict[str, Any], *, reason: str = "") -> Cost:
    """Add the cost with these fields and match what is left of the line to it, as one entry. Refused names the field to fill or mend."""
    left = left_of(workspace, line)
    if not left:
        raise Refused(f"{line.reference} is matched in full already.")
    cost = new_record(workspace, Cost, values)
    asked = cost.net + cost.vat if _is_money(cost.net) and _is_money(cost.vat) else left
    amount = left if abs(left) <= abs(asked) else asked
    match = _match(workspace.new_id(LedgerMatch), line, Part(cost, amount), "The cost was made of this line")
    workspace.do(f"Make {cost.reference} of {line.reference}", added(cost, match), reason=reason)
    return cost


def _is_money(value: object) -> bool:
    return isinstance(value, Money)


# Lines that aren't ours


def set_aside(workspace: Workspace, lines: Sequence[LedgerLine], why: str) -> None:
    """Say why lines need no match: of another programme, a transfer."""
    if not why.strip():
        raise Refused(
            Problem(
                kind=LedgerLine.__name__,
                column="set_aside",
                message="Write why the lines aren't ours: an auditor will ask.",
            )
        )
    _set(workspace, lines, why.strip(), "Set aside")


def bring_back(workspace: Workspace, lines: Sequence[LedgerLine]) -> None:
    """Lines that were set aside are to be matched after all."""
    _set(workspace, lines, "", "Bring back")


def _set(workspace: Workspace, lines: Sequence[LedgerLine], why: str, verb: str) -> None:
    changes: list[Change] = []
    for each in lines:
        if each.set_aside != why:
            changes.extend(edited(each, replace(each, set_aside=why)))
    if changes:
        what = lines[0].reference if len(lines) == 1 else f"{len(lines):,} ledger lines"
        workspace.do(f"{verb} {what}", changes, reason=why)
