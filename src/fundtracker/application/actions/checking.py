"""Every check over a whole file: what its rounds' Terms say, what the open returns still need, and whether the history holds."""

from dataclasses import replace

from fundtracker.application.actions.evidence import missing
from fundtracker.application.actions.returns import look_at
from fundtracker.application.actions.tie_out import balances_broken
from fundtracker.application.double_funding import suspicions
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.checks_rounds import RoundCase, round_problems
from fundtracker.domain.columns import described
from fundtracker.domain.form_costs import form_problems
from fundtracker.domain.form_rows import FormLine
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.storage.verify import verify as verify_history


def check(workspace: Workspace) -> tuple[Problem, ...]:
    """Problems of every round, then of every open return, each with its name before it, errors first; costs that may be funded
    twice, here or elsewhere; accepted forms whose costs were changed since; agreed balances that no longer hold; then what verify finds.
    """
    found: list[Problem] = []
    for each in workspace.select(FundingRound):
        found.extend(replace(problem, where=each.code) for problem in round_problems(_case(workspace, each)))
    for each in workspace.select(FunderReturn):
        if not each.state.frozen:
            problems = look_at(workspace, each.id).problems
            found.extend(replace(problem, where=problem.where or described(each)) for problem in problems)
    said = {(problem.kind, problem.record_id, problem.column) for problem in found}
    doubles = (each.problem for each in suspicions(workspace) if not each.answer)
    found.extend(each for each in doubles if (each.kind, each.record_id, each.column) not in said)
    told = {problem.message for problem in found}
    found.extend(each for each in _forms_changed(workspace) if each.message not in told)
    return (*found, *balances_broken(workspace), *verify(workspace))


def _forms_changed(workspace: Workspace) -> tuple[Problem, ...]:
    """Of every quarter, returned or not: accepted forms whose costs no longer come to what they say."""
    with workspace.database.reader():
        reported = {each.intervention_id for each in workspace.select(FormLine)}
        awards = {each.award_id for each in workspace.select(Intervention) if each.id in reported}
        return tuple(
            problem for award_id in sorted(awards) for problem in form_problems(workspace.book(award_id))
        )


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
    """Whether the history replays to the tables, and holds the fingerprint ("SEQ:HASH") of a printed return; whether the
    evidence is there, as it was taken in.

    A long fingerprint is broken over lines where the page is narrow: spaces in it are of no account.
    """
    if fingerprint is not None:
        fingerprint = "".join(fingerprint.split())
    with workspace.database.reader() as conn:
        found = verify_history(conn, fingerprint=fingerprint)
    return (*found, *missing(workspace))
