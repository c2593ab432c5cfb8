"""Every check over a whole file: what its rounds' Terms say, what the open returns still need, and whether the history holds."""

from dataclasses import replace

from fundtracker.application.actions.returns import look_at
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.checks_rounds import RoundCase, round_problems
from fundtracker.domain.columns import described
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.storage.verify import verify as verify_history


def check(workspace: Workspace) -> tuple[Problem, ...]:
    """Problems of every round, then of every open return, each with its name before it, errors first; then what verify finds."""
    found: list[Problem] = []
    for each in workspace.select(FundingRound):
        found.extend(replace(problem, where=each.code) for problem in round_problems(_case(workspace, each)))
    for each in workspace.select(FunderReturn):
        if not each.state.frozen:
            problems = look_at(workspace, each.id).problems
            found.extend(replace(problem, where=problem.where or described(each)) for problem in problems)
    return (*found, *verify(workspace))


def _case(workspace: Workspace, of: FundingRound) -> RoundCase:
    """A round with what belongs to it, at one moment."""
    with workspace.database.reader():
        terms = workspace.select(Term, round_id=of.id)
        bids = workspace.select(Bid, round_id=of.id)
        awards = tuple(award for bid in bids for award in workspace.select(Award, bid_id=bid.id))
        variations = tuple(v for award in awards for v in workspace.select(Variation, award_id=award.id))
        return RoundCase(
            round=of,
            today=workspace.today,
            terms=terms,
            waivers=tuple(w for term in terms for w in workspace.select(Waiver, term_id=term.id)),
            bids=bids,
            amounts=tuple(a for bid in bids for a in workspace.select(BidAmount, bid_id=bid.id)),
            awards=awards,
            lines=tuple(line for award in awards for line in workspace.select(AwardLine, award_id=award.id)),
            variations=variations,
            changes=tuple(
                c for v in variations for c in workspace.select(VariationChange, variation_id=v.id)
            ),
        )


def verify(workspace: Workspace, fingerprint: str | None = None) -> tuple[Problem, ...]:
    """Whether the history replays to the tables, and holds the fingerprint ("SEQ:HASH") of a printed return.

    A long one is broken over lines where the page is narrow: spaces in it are of no account.
    """
    if fingerprint is not None:
        fingerprint = "".join(fingerprint.split())
    with workspace.database.reader() as conn:
        return verify_history(conn, fingerprint=fingerprint)
