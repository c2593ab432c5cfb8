"""One line of the ledger looked at: what it is matched to, and what else it may have paid for. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass

from fundtracker.application.actions.ledger.suggesting import payables, scoring_of
from fundtracker.application.ledger_combining import Combination, combined, near_ones
from fundtracker.application.ledger_scoring import Payable, Scoring, Suggestion
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.money import Money, total
from fundtracker.storage import ledger, repository

_MOST_MOVED = 500
"""Costs and instalments matched otherwise since they were read: beyond these all are read again."""
_ENOUGH = 80
"""Per cent from which one cost explains a line: nobody then asks which two or three would."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A match of the line, and in words what it paid for."""

    match: LedgerMatch
    words: str


@dataclass(frozen=True, slots=True)
class LineLooked:
    """A line, its matches, what is left of it, and what it may have paid for, the surest first, each in words beside it."""

    line: LedgerLine
    paid: tuple[Paid, ...]
    left: Money
    suggestions: tuple[tuple[Suggestion, str], ...]
    together: tuple[tuple[Combination, str], ...] = ()
    """Costs that come to exactly what is left of it only together, each way in words beside it."""


class LineLooker:
    """Looks at one line after another. What lines are compared with is read once, until somebody says that it changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._scoring: Scoring | None = None
        self._matched: dict[str, dict[int, int]] = {}

    def forget(self) -> None:
        """Costs, instalments or names have changed. Matches need not be told: they are looked at each time."""
        self._scoring = None

    def look(self, line_id: int) -> LineLooked | None:
        """None where the line is gone."""
        workspace = self._workspace
        line = next(iter(workspace.select(LedgerLine, id=line_id)), None)
        if line is None:
            return None
        matches = workspace.select(LedgerMatch, line_id=line.id)
        left = line.amount - total(each.amount for each in matches)
        paid = tuple(Paid(each, self._words(_paid_for(workspace, each))) for each in matches)
        found, together = self._suggested(line, left) if left and not line.set_aside else ((), ())
        return LineLooked(
            line,
            paid,
            left,
            tuple((each, self._words(each.cost or each.instalment)) for each in found),
            tuple((each, f"{each.named} {each.parts[0][0].supplier}") for each in together),
        )

    def _suggested(
        self, line: LedgerLine, left: Money
    ) -> tuple[tuple[Suggestion, ...], tuple[Combination, ...]]:
        """What the line may have paid for by what was read before, then those few anew by what is matched by now."""
        with self._workspace.database.reader() as conn:
            now = {name: ledger.matched(conn, name) for name in ("cost_id", "instalment_id")}
        moved = {name: _moved(self._matched.get(name, {}), sums) for name, sums in now.items()}
        scoring = self._scoring
        if scoring is None or sum(map(len, moved.values())) > _MOST_MOVED:
            scoring = self._scoring = scoring_of(self._workspace)
            self._matched = now
            return _best(line, left, scoring, scoring.payables)
        first = [each.suggestion for each in scoring.candidates(line, left.pence)]
        costs = {each.cost.id for each in first if each.cost} | moved["cost_id"]
        instalments = {each.instalment.id for each in first if each.instalment} | moved["instalment_id"]
        with self._workspace.database.reader() as conn:
            few = payables(
                conn,
                [
                    each
                    for each in repository.select_in(conn, Cost, "id", sorted(costs))
                    if each.grant_id is None
                ],
                [
                    each
                    for each in repository.select_in(conn, Instalment, "id", sorted(instalments))
                    if each.status is not InstalmentStatus.CANCELLED
                ],
            )
        held = [each for each in scoring.payables if each.record.id not in moved["cost_id"]]
        changed = [each for each in few if each.record.id in moved["cost_id"]]
        return _best(line, left, Scoring(few, scoring.names), [*held, *changed])

    def _words(self, item: Cost | Instalment | None) -> str:
        return in_words(self._workspace, item) if item is not None else ""


def _best(
    line: LedgerLine, left: Money, scoring: Scoring, payables: Iterable[Payable]
) -> tuple[tuple[Suggestion, ...], tuple[Combination, ...]]:
    """The surest few, and where none of them explains the line, which of all costs do so together."""
    found = tuple(each.suggestion for each in scoring.candidates(line, left.pence))
    if found and found[0].confidence >= _ENOUGH:
        return found, ()
    return found, combined(line, left.pence, near_ones(line, payables, scoring.names))


def counts_now(workspace: Workspace) -> ledger.Counts:
    """How many lines are matched, set aside and still open."""
    with workspace.database.reader() as conn:
        return ledger.counts(conn)


def in_words(workspace: Workspace, item: Cost | Instalment) -> str:
    """ "C-00012 Oakhanger Cameras: camera, Station Road (SSF5-VAWG-03)", "I-00004 of grant GR-1 Village hall"."""
    if isinstance(item, Cost):
        place = workspace.get(Intervention, item.intervention_id).reference
        what = ": ".join(filter(None, (item.supplier, item.description)))
        return f"{item.reference} {what} ({place})"
    grant = workspace.get(Grant, item.grant_id)
    return f"{item.reference} of grant {grant.reference} {grant.title}"


def all_in_words(workspace: Workspace, suggestions: Iterable[Suggestion]) -> tuple[str, ...]:
    """For each suggestion what it proposes, in words."""
    found = (each.cost or each.instalment for each in suggestions)
    return tuple(in_words(workspace, each) if each is not None else "" for each in found)


def _paid_for(workspace: Workspace, match: LedgerMatch) -> Cost | Instalment | None:
    if match.cost_id is not None:
        return workspace.get(Cost, match.cost_id)
    return workspace.get(Instalment, match.instalment_id) if match.instalment_id is not None else None


def _moved(before: dict[int, int], now: dict[int, int]) -> set[int]:
    """Of which more or less is matched by now."""
    return {each for each in before.keys() | now.keys() if before.get(each, 0) != now.get(each, 0)}
