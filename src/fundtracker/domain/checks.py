"""CHECKS: what a return must keep before it may be submitted, each a small function of its claim.

An error refuses; a warning is printed with the return; a note is worth knowing. A check that rests on a Term quotes its
clause, and an approved waiver of the Term turns it into a note.
"""

from collections.abc import Iterator

from fundtracker.domain.bids import Expense
from fundtracker.domain.checks_costs import no_duplicates, no_evidence_twice
from fundtracker.domain.checks_forms import forms_kept
from fundtracker.domain.checks_terms import (
    crosses_years_as_agreed,
    instalments_conditioned,
    virements_within_tolerance,
)
from fundtracker.domain.claims import ClaimPart, tie_problems
from fundtracker.domain.columns import described
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Indicator, Match, Measures, Reading, Risk
from fundtracker.domain.interventions import Intervention, Progress
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import Check, ReturnCase, under
from fundtracker.domain.returns import Forecast
from fundtracker.domain.rules import asset_threshold, variance_percent
from fundtracker.domain.spend import line_words, reason_for, remaining_quarters, spend_lines
from fundtracker.domain.terms import TermKind


def ties(case: ReturnCase) -> Iterator[Problem]:
    """Sum of cost lines = claim; closing = ledger."""
    yield from tie_problems(case.claim)


def within_award(case: ReturnCase) -> Iterator[Problem]:
    """No year is claimed above its award; the total per year always refuses."""
    claim = case.claim
    for year in sorted(claim.closing.years | {claim.year}):
        awarded, closing = claim.figures_now.awarded(year), claim.closing.total(year=year)
        if closing > awarded:
            yield Problem(
                kind="Award",
                record_id=case.book.award.id,
                message=f"{year}: this return would bring the claims to {closing.in_prose}, {(closing - awarded).in_prose} more than the award of {awarded.in_prose}."
                " Move or reverse costs that another fund pays for, or record the funder's variation of the award first.",
            )


def within_wall(case: ReturnCase) -> Iterator[Problem]:
    """Capital and resource kept within their own sums, where the agreement keeps them apart."""
    claim, term = case.claim, case.rule(TermKind.EXPENSE_WALL)
    for expense in Expense:
        awarded = claim.figures_now.awarded(claim.year, expense)
        claimed = claim.to_date.total(expense=expense)
        if claimed > awarded:
            severity = Severity.ERROR if term and term.number else Severity.WARNING
            yield under(
                term,
                case,
                Problem(
                    severity=severity,
                    kind="Award",
                    record_id=case.book.award.id,
                    message=f"{expense.value} claimed in {claim.year} would be {claimed.in_prose}, above the {awarded.in_prose} awarded as {expense.value.lower()}."
                    " Record a virement the funder has agreed, or correct the cost lines.",
                ),
            )


def adjustments_have_reasons(case: ReturnCase) -> Iterator[Problem]:
    for line in case.claim.lines:
        if line.part is not ClaimPart.THIS_QUARTER and not line.reason:
            cost = case.book.costs_by_id[line.cost_id]
            yield Problem(
                kind="Cost",
                record_id=cost.id,
                column="adjustment_reason",
                message=f"{cost.reference} changes {line.cell.quarter}, which is already returned, by {line.amount.in_prose}. Write the reason on the cost.",
            )


def variances_have_reasons(case: ReturnCase) -> Iterator[Problem]:
    """Claims highlight significant variances (model agreement, managing the grant 6.7)."""
    above = variance_percent(case.book, case.claim.quarter)
    term = case.rule(TermKind.VARIANCE_REASON)
    for each in spend_lines(case.claim):
        if each.reason_needed(above) and not reason_for(case.book, case.funder_return, each.line).strip():
            percent = (
                f"{abs(each.variance_percent)}%"
                if each.variance_percent is not None
                else "not planned at all"
            )
            side = "below" if each.variance < ZERO else "above"
            yield under(
                term,
                case,
                Problem(
                    kind="VarianceReason",
                    record_id=each.line.intervention_id,
                    column="reason",
                    message=f"{line_words(case.book, each.line)}: outturn is {abs(each.variance).in_prose} {side} profile ({percent}). Write the reason in the return's figures.",
                ),
            )


def costs_within_dates(case: ReturnCase) -> Iterator[Problem]:
    """Liabilities before the agreement, and after its end, aren't eligible (model agreement, eligible expenditure)."""
    starts, ends = case.book.award.starts_on, case.claim.figures_now.ends_on
    for cost in case.book.all(Cost):
        if cost.received_on and cost.counts and not starts <= cost.received_on <= ends:
            yield Problem(
                kind="Cost",
                record_id=cost.id,
                column="received_on",
                message=f"{cost.reference} was received on {short_date(cost.received_on)}, outside the award's dates ({short_date(starts)} to {short_date(ends)}). Correct the date, or record an extension.",
            )


def progress_reported(case: ReturnCase) -> Iterator[Problem]:
    """Every intervention under way has its RAGs and words, and a reason where one is worse than last quarter's."""
    for each in case.live_interventions:
        now = _progress(case, each, before=False)
        if now is None:
            yield Problem(
                kind="Intervention",
                record_id=each.id,
                column="progress",
                message=f"{described(each)} has no progress report for {case.claim.quarter}. Add one.",
            )
            continue
        last = _progress(case, each, before=True)
        worse = last is not None and any(
            getattr(now, name).score > getattr(last, name).score for name in ("delivery", "spend", "risk")
        )
        if worse and not now.worse_reason.strip():
            yield Problem(
                kind="Progress",
                record_id=now.id,
                column="worse_reason",
                message=f"{described(each)}: a RAG is worse than last quarter's. Write why.",
            )


def _progress(case: ReturnCase, intervention: Intervention, *, before: bool) -> Progress | None:
    wanted = case.claim.quarter.previous if before else case.claim.quarter
    return next(
        (
            each
            for each in case.book.under(Progress, intervention_id=intervention.id)
            if each.quarter == wanted
        ),
        None,
    )


def outputs_read(case: ReturnCase) -> Iterator[Problem]:
    """In-period figures: nought is a reading, a blank is not (domain 5.1)."""
    live = {each.id for each in case.live_interventions}
    for indicator in case.book.all(Indicator):
        if indicator.measures is Measures.OUTPUT and indicator.intervention_id in live:
            read = any(
                each.quarter == case.claim.quarter
                for each in case.book.under(Reading, indicator_id=indicator.id)
            )
            if not read:
                yield Problem(
                    kind="Indicator",
                    record_id=indicator.id,
                    column="reading",
                    message=f"{described(indicator)} has no reading for {case.claim.quarter}. Enter one; nought is a reading.",
                )


def forecast_made(case: ReturnCase) -> Iterator[Problem]:
    """A return before Q4 says what the rest of the year will cost."""
    if not remaining_quarters(case.claim.quarter) or not case.live_interventions:
        return
    own = case.book.under(Forecast, return_id=case.funder_return.id)
    if not own:
        yield Problem(
            kind="FunderReturn",
            record_id=case.funder_return.id,
            column="forecast",
            message="This return has no forecast of the quarters to come. Enter one for each intervention.",
        )
        return
    covered = {each.intervention_id for each in own}
    for each in case.live_interventions:
        planned = case.claim.figures_now.current_profile.total(
            intervention=each.id, year=case.claim.year, after=case.claim.quarter
        )
        if planned and each.id not in covered:
            yield Problem(
                severity=Severity.WARNING,
                kind="Intervention",
                record_id=each.id,
                message=f"{described(each)} has {planned.in_prose} in its profile for the rest of {case.claim.year} and no forecast in this return. Enter one, nought if nothing will be spent.",
            )


def risks_held(case: ReturnCase) -> Iterator[Problem]:
    """Every unfinished intervention has a risk, its own or the award's (domain 5.5)."""
    risks = [each for each in case.book.all(Risk) if each.closed_on is None]
    whole_award = any(each.intervention_id is None for each in risks)
    for each in case.live_interventions:
        if not whole_award and not any(risk.intervention_id == each.id for risk in risks):
            yield Problem(
                severity=Severity.WARNING,
                kind="Intervention",
                record_id=each.id,
                message=f"{described(each)} has no open risk. Add one, or a risk of the whole award.",
            )


def match_kept(case: ReturnCase) -> Iterator[Problem]:
    """Match to date against what the agreement asks of the year: until its last quarter a shortfall is only told."""
    term = case.rule(TermKind.MATCH_PERCENT)
    if term is None or term.number is None:
        return
    claim = case.claim
    required = Money(int(claim.figures_now.awarded(claim.year).pence * term.number / 100))
    found = total(
        each.amount
        for each in case.book.all(Match)
        if each.quarter.year == claim.year and each.quarter <= claim.quarter
    )
    if found >= required:
        return
    early = bool(remaining_quarters(claim.quarter))
    so_far = f"Match of {claim.year} is {found.in_prose}{' so far' if early else ''}; {required.in_prose} is asked for"
    yield under(
        term,
        case,
        Problem(
            severity=Severity.NOTE if early else Severity.WARNING,
            kind="Award",
            record_id=case.book.award.id,
            message=f"{so_far} by {short_date(claim.year.ends_on)}."
            if early
            else f"{so_far}. Record the rest, or say how the gap closes.",
        ),
    )


def assets_registered(case: ReturnCase) -> Iterator[Problem]:
    """Capital bought above the threshold stands on the asset register."""
    threshold = asset_threshold(case.book, case.claim.quarter)
    term = case.rule(TermKind.ASSET_THRESHOLD)
    held = {each.intervention_id for each in case.book.all(Asset)}
    for line in case.claim.lines:
        cost = case.book.costs_by_id[line.cost_id]
        if (
            line.cell.expense is Expense.CAPITAL
            and line.amount > threshold
            and cost.intervention_id not in held
        ):
            yield under(
                term,
                case,
                Problem(
                    severity=Severity.WARNING,
                    kind="Cost",
                    record_id=cost.id,
                    message=f"{cost.reference} ({cost.net.in_prose}, capital) is above {threshold.in_prose} and its intervention has no asset on the register. Add the asset.",
                ),
            )


def underspend_explained(case: ReturnCase) -> Iterator[Problem]:
    """Tell the funder as soon as an underspend is forecast (model agreement, managing the grant 7.5)."""
    claim = case.claim
    left = claim.figures_now.awarded(claim.year) - claim.figures.outturn.total(year=claim.year)
    if left.pence > 0 and not case.funder_return.underspend_cause.strip():
        yield Problem(
            severity=Severity.WARNING,
            kind="FunderReturn",
            record_id=case.funder_return.id,
            column="underspend_cause",
            message=f"{left.in_prose} of {claim.year} is forecast to stay unspent. Write the cause, and what you ask for.",
        )


def quarter_ended(case: ReturnCase) -> Iterator[Problem]:
    """A return says what was spent in its quarter, which nobody knows before its last day is over."""
    ends = case.claim.quarter.ends_on
    if case.book.today <= ends:
        yield Problem(
            kind="FunderReturn",
            record_id=case.funder_return.id,
            message=f"{case.claim.quarter} runs to {short_date(ends)}: its return is submitted after that day.",
        )


def on_time(case: ReturnCase) -> Iterator[Problem]:
    due = case.funder_return.due_on
    if due and case.book.today > due and not case.funder_return.state.frozen:
        yield Problem(
            severity=Severity.WARNING,
            kind="FunderReturn",
            record_id=case.funder_return.id,
            message=f"This return was due on {short_date(due)}. A late return may delay or stop payment.",
        )


CHECKS: tuple[tuple[str, Check], ...] = (
    ("The return ties: cost lines, totals, claim and earlier returns agree", ties),
    ("No year is claimed above its award", within_award),
    ("Capital and resource stay within their own sums", within_wall),
    ("No cost is claimed twice", no_duplicates),
    ("No evidence stands behind two costs", no_evidence_twice),
    ("Partners' costs are what their accepted forms say", forms_kept),
    ("Every adjustment has a reason", adjustments_have_reasons),
    ("Every significant variance has a reason", variances_have_reasons),
    ("Costs fall within the award's dates", costs_within_dates),
    ("Every intervention under way reports its progress", progress_reported),
    ("Every output has its reading", outputs_read),
    ("The rest of the year is forecast", forecast_made),
    ("Every intervention under way has a risk", risks_held),
    ("Match is kept", match_kept),
    ("Assets above the threshold are registered", assets_registered),
    ("An underspend is explained", underspend_explained),
    ("Money crosses 31 March only where the agreement lets it", crosses_years_as_agreed),
    ("Virements stay within the tolerance, or the funder agreed", virements_within_tolerance),
    ("Instalments are paid on their conditions", instalments_conditioned),
    ("The quarter has ended", quarter_ended),
    ("The return is on time", on_time),
)


def readiness(case: ReturnCase) -> tuple[Problem, ...]:
    """Everything that every check says, errors first."""
    found = [problem for _, check in CHECKS for problem in check(case)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda problem: order.index(problem.severity)))
