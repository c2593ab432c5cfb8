"""The rest of what needs doing: what Home's worker asks after the first paint, because it reads costs and profiles.

Many alike are one line: those of an award, and where more than ALIKE awards have some, all of them together.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fundtracker.application.double_funding import suspicions
from fundtracker.application.glance import Task, Within, award_glances, by_date
from fundtracker.application.missing_evidence import fileless
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between, reported_quarter
from fundtracker.domain.rules import DEFAULT_DUE_DAYS, DEFAULT_VARIANCE_PERCENT
from fundtracker.domain.spend import SpendLine
from fundtracker.domain.terms import TermKind
from fundtracker.storage import to_do as stored
from fundtracker.storage.sql import CODED, TO_DO
from fundtracker.storage.undone import Undone, Wait

ALIKE = 6
"""More awards than this with the same to do are one line."""
MATCHED_WITHIN = timedelta(days=30)
"""After its posting a ledger line has so long before Home says that it is matched to nothing."""
LAST_TWO_QUARTERS = frozenset({3, 4})
_NO_LINE = Line(0, Expense.RESOURCE, 0)
FORMS, MISSING, TWICE = "Partner forms", "Missing evidence", "Double funding"
"""Places of the window, by the names its list of places has."""
ALIKE_FORMS = {
    Wait.FORM: "forms have not come",
    Wait.MENDING: "forms were sent back to be mended",
    Wait.ACCEPTANCE: "forms came and wait to be accepted",
}
UNANSWERED: Within = (("duplicate_reason", ""),)


@dataclass(frozen=True)
class Found:
    """So many alike of one award, and the line for them."""

    award_id: int
    many: int
    task: Task
    amount: Money = ZERO


def further_tasks(workspace: Workspace) -> tuple[Task, ...]:
    """Earliest first: awards not set up, returns not begun (also of awards that are over), variances without a reason, accruals, milestones, evidence, partner forms,
    ledger lines without a match, money at risk, what may be funded twice, agreed balances that no longer hold.
    """
    today = workspace.today
    with workspace.database.reader() as conn:
        found = [
            *_not_set_up(conn, today),
            *_not_begun(conn, today),
            *_never_begun(conn, today),
            *_variances(conn, today),
            *_accruals(conn, today),
            *_milestones(conn, today),
            *_evidence(conn, today),
            *_not_issued(conn, today),
            *_open_forms(conn, today),
            *_ledger_lines(conn, today),
        ]
        agreed = stored.has_agreed_balances(conn)
    return by_date(
        (
            *found,
            *_at_risk(workspace, today),
            *_without_files(workspace),
            *_twice(workspace),
            *(_broken(workspace) if agreed else ()),
        ),
        today,
    )


def _together(
    found: Iterable[Found], kind: str, undone: Undone, words: Callable[[int, int], str], place: str = ""
) -> Iterator[Task]:
    """Each line, or one line for all: `words(how many, of how many awards)` says it, and it leads to all the rows that wait so."""
    lines = tuple(found)
    if len(lines) <= ALIKE:
        yield from (each.task for each in lines)
        return
    due = min((each.task.due_on for each in lines if each.task.due_on), default=None)
    awards = len({each.award_id for each in lines})
    within = () if place == MISSING else _waiting(undone)
    yield Task(due, words(sum(each.many for each in lines), awards), kind, within=within, place=place)


def _not_set_up(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """What an agreed award still wants before its costs and returns mean something; each leads to the part of its page."""
    year = FinancialYear.of(today)
    missing = (
        ("no award lines", "enter what was agreed of each year", "Award lines", Wait.LINES),
        ("no interventions", "enter what its money pays for", "Interventions", Wait.INTERVENTIONS),
        (f"no profile in {year}", "plan its spending by quarter", "Profile", Wait.PROFILE),
    )
    for what, to_do, part, wait in missing:
        undone = Undone(wait, today)
        found = [
            Found(award_id, 1, Task(None, f"{reference} has {what}: {to_do}", "Award", award_id, part=part))
            for award_id, reference in stored.awards_waiting(conn, undone)
        ]
        yield from _together(
            found, "Award", undone, lambda _, many, what=what: f"{many:,} awards have {what}"
        )


def _not_begun(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """The quarter last ended, of agreed awards that run in it: a return is due."""
    quarter = reported_quarter(today)
    undone = Undone(Wait.RETURN, today, quarter)
    awards = stored.awards_waiting(conn, undone)
    if len(awards) > ALIKE:
        words = f"{len(awards):,} awards have no return for {quarter} yet"
        yield Task(None, words, "Award", within=_waiting(undone))
        return
    for award_id, reference in awards:
        due = _due_on(conn, award_id, quarter, today)
        yield Task(due, f"{reference} has no return for {quarter} yet", "Award", award_id)


def _never_begun(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """Agreed awards that were over before then: the first quarter without a return, until every one has its own."""
    found: list[Found] = []
    for award_id, reference, starts, ends, held in stored.over(conn, today, reported_quarter(today)):
        begun = (held or "").split(",")
        first, last = (Quarter.of(date.fromisoformat(day)) for day in (starts, ends))
        missing = [each for each in quarters_between(first, last) if each.code not in begun]
        if missing:
            further = f", nor for {_counted(len(missing) - 1, 'later quarter')}" if len(missing) > 1 else ""
            task = Task(
                _due_on(conn, award_id, missing[0], today),
                f"{reference} has no return for {missing[0]} yet{further}",
                "Award",
                award_id,
            )
            found.append(Found(award_id, len(missing), task))
    yield from _together(
        found,
        "Award",
        Undone(Wait.RETURNS, today, ids=tuple(each.award_id for each in found)),
        lambda many, awards: (
            f"{awards:,} awards that are over have no return for {many:,} of their quarters yet"
        ),
    )


def _due_on(conn: sqlite3.Connection, award_id: int, quarter: Quarter, today: date) -> date:
    """`domain.rules.due_on`."""
    kinds = [TermKind.RETURN_DUE_DAYS]
    if quarter.next.number == 1:
        kinds.insert(0, TermKind.YEAR_END_DUE_DAYS)
    for kind in kinds:
        term = stored.ruling(conn, kind.value, award_id, quarter, today)
        if term is not None:
            return quarter.ends_on + timedelta(
                days=DEFAULT_DUE_DAYS if term.number is None else int(term.number)
            )
    return quarter.ends_on + timedelta(days=DEFAULT_DUE_DAYS)


def _variances(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """Lines of a return not yet submitted whose variance is above the Term's per cent, with no reason written; none where the Term is waived."""
    for return_id, reference, award_id, code, due in stored.drafts(conn):
        many = variances_without_reason(conn, return_id, award_id, Quarter.read(code), today)
        if many:
            words = f"{_counted(many, 'variance')} of {reference} {_has(many)} no reason"
            yield Task(date.fromisoformat(due) if due else None, words, "FunderReturn", return_id, "reason")


def variances_without_reason(
    conn: sqlite3.Connection, return_id: int, award_id: int, quarter: Quarter, today: date
) -> int:
    """How many; `domain.checks.variances_have_reasons` names them."""
    term = stored.ruling(conn, TermKind.VARIANCE_REASON.value, award_id, quarter, today)
    if term is not None and term.waived:
        return 0
    above = DEFAULT_VARIANCE_PERCENT if term is None or term.number is None else term.number
    lines = stored.outturn_lines(conn, return_id, award_id, quarter, today)
    return sum(
        not reason.strip() and _spend_line(Money(planned), Money(outturn)).reason_needed(above)
        for planned, outturn, reason in lines
    )


def _spend_line(planned: Money, outturn: Money) -> SpendLine:
    """What the rule of variances looks at; the rest is nought."""
    return SpendLine(
        line=_NO_LINE,
        original=ZERO,
        current=planned,
        claimed_before=ZERO,
        this_quarter=ZERO,
        accrued=ZERO,
        adjustments=ZERO,
        to_date=outturn,
        ordered=ZERO,
        forecasts=(),
    )


def _accruals(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """An accrual is settled, by its invoice or a reversal, by the end of the quarter after its own (our choice)."""
    found: list[Found] = []
    last = reported_quarter(today)
    undone = Undone(Wait.INVOICE, today, last)
    for award_id, reference, code, many, cost_id in stored.open_accruals(conn, today, last.ends_on):
        quarter = Quarter.read(code)
        words = f"{_counted(many, 'accrual')} of {reference} from {quarter} {_is(many)} neither invoiced nor reversed"
        task = Task(quarter.next.ends_on, words, "Cost", cost_id, "invoiced_on")
        if many > 1:
            task = _rows(task, (*_of_award(award_id), ("received_on.quarter", quarter), *_waiting(undone)))
        found.append(Found(award_id, many, task))
    yield from _together(
        found,
        "Cost",
        undone,
        lambda many, awards: (
            f"{_counted(many, 'accrual')} of {_counted(awards, 'award')} {_is(many)} neither invoiced nor reversed after their quarter"
        ),
    )


def _evidence(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """Due with the award's next return, where one is begun."""
    due = dict[int, date]()
    for _, _, award_id, _, day in stored.drafts(conn):
        if day:
            due.setdefault(award_id, date.fromisoformat(day))
    found = [
        Found(
            award_id,
            many,
            _unevidenced(due.get(award_id), reference, award_id, many, cost_id),
        )
        for award_id, reference, _, many, cost_id in stored.without_evidence(conn, today)
    ]
    yield from _together(
        found,
        "Cost",
        Undone(Wait.EVIDENCE, today),
        lambda many, awards: (
            f"{_counted(many, 'cost')} of {_counted(awards, 'award')} {_has(many)} no evidence"
        ),
        MISSING,
    )


def _unevidenced(due: date | None, reference: str, award_id: int, many: int, cost_id: int) -> Task:
    """To the one cost, or to those of the award at the place where evidence is added."""
    words = f"{_counted(many, 'cost')} of {reference} {_has(many)} no evidence"
    task = Task(due, words, "Cost", cost_id)
    return task if many == 1 else replace(_rows(task, _of_award(award_id)), place=MISSING)


def _milestones(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    found: list[Found] = []
    undone = Undone(Wait.MILESTONE, today)
    for award_id, reference, many, record_id, what, day in stored.late_milestones(conn, today):
        words = (
            f"{reference}: milestone “{what}” is late"
            if many == 1
            else f"{many:,} milestones of {reference} are late"
        )
        task = Task(date.fromisoformat(day), words, "Milestone", record_id, "forecast_on")
        within = (*_of_award(award_id), *_waiting(undone))
        found.append(Found(award_id, many, _rows(task, within) if many > 1 else task))
    yield from _together(
        found,
        "Milestone",
        undone,
        lambda many, awards: f"{many:,} milestones of {_counted(awards, 'award')} are late",
    )


def _at_risk(workspace: Workspace, today: date) -> Iterator[Task]:
    """From 1 October: what a live award of the year has beyond its outturn, and beyond what is spent already (the year is a wall: rule 1)."""
    year = FinancialYear.of(today)
    if Quarter.of(today).number not in LAST_TWO_QUARTERS:
        return
    found: list[Found] = []
    for each in award_glances(workspace, year, most=1_000_000):
        amount = each.awarded - max(each.outturn, each.spent)
        if amount.pence > 0:
            words = f"{amount.in_prose} of {each.reference} is neither spent nor forecast, and is lost after 31 March"
            found.append(Found(each.award_id, 1, Task(year.ends_on, words, "Award", each.award_id), amount))
    whole = total(each.amount for each in found)
    yield from _together(
        found,
        "Award",
        Undone(Wait.SPENDING, today, ids=tuple(sorted(each.award_id for each in found))),
        lambda _, awards: (
            f"{whole.in_prose} of {_counted(awards, 'award')} is neither spent nor forecast, and is lost after 31 March"
        ),
    )


def _not_issued(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """Forms of the quarter last ended are to be with the partners."""
    quarter = reported_quarter(today)
    grants = stored.without_form(conn, quarter)
    if grants:
        who = f"{grants[0][1]} was" if len(grants) == 1 else f"{len(grants):,} grants were"
        words = f"{who} sent no form for {quarter} yet"
        yield Task(None, words, "PartnerForm", within=(("quarter", quarter),), place=FORMS)


def _open_forms(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """Late forms, those that wait to be accepted, those that were sent back; many alike are one line."""
    alike: dict[Wait, list[Found]] = {}
    for form_id, grant_id, reference, due, received, problems in stored.open_forms(conn, today):
        if not received:
            wait, words = Wait.FORM, f"The form {reference} has not come"
        elif problems:
            wait = Wait.MENDING
            words = f"The form {reference} was sent back with {_counted(problems, 'problem')}"
        else:
            wait, words = Wait.ACCEPTANCE, f"The form {reference} came and waits to be accepted"
        task = Task(date.fromisoformat(due), words, "PartnerForm", form_id)
        alike.setdefault(wait, []).append(Found(grant_id, 1, task))
    for wait, found in alike.items():
        words = ALIKE_FORMS[wait]
        yield from _together(
            found, "PartnerForm", Undone(wait, today), lambda many, _, words=words: f"{many:,} {words}"
        )


def _without_files(workspace: Workspace) -> Iterator[Task]:
    """Documents whose file isn't beside the programme's file; whether a file was altered is looked at when it is opened."""
    many = len(fileless(workspace))
    if many:
        words = f"The file{'' if many == 1 else 's'} of {_counted(many, 'document')} {_is(many)} missing"
        yield Task(None, words, "Document", place=MISSING)


def _twice(workspace: Workspace) -> Iterator[Task]:
    """Pairs of costs that may be one, and that nobody has answered for."""
    open_pairs = [each for each in suspicions(workspace) if not each.answer]
    if open_pairs:
        pair, many = open_pairs[0], len(open_pairs)
        words = (
            f"{pair.first.reference} and {pair.second.reference} may be one cost, funded twice"
            if many == 1
            else f"{many:,} pairs of costs may be funded twice"
        )
        yield Task(None, words, "Cost", within=UNANSWERED, place=TWICE)


def _ledger_lines(conn: sqlite3.Connection, today: date) -> Iterator[Task]:
    """A line posted to a code of an award is matched, or set aside, within 30 days (our choice)."""
    found: list[Found] = []
    undone = Undone(Wait.MATCH, today, before=today - MATCHED_WITHIN)
    for award_id, reference, many, pence, line_id in stored.open_ledger_lines(conn, today - MATCHED_WITHIN):
        words = f"{_counted(many, 'ledger line')} of {reference}, {Money(pence).in_full}, {_is(many)} matched to nothing after {MATCHED_WITHIN.days} days"
        task = Task(None, words, "LedgerLine", line_id)
        within = ((CODED, award_id), *_waiting(undone))
        found.append(Found(award_id, many, task if many == 1 else _rows(task, within)))
    yield from _together(
        found,
        "LedgerLine",
        undone,
        lambda many, awards: (
            f"{_counted(many, 'ledger line')} of {_counted(awards, 'award')} {_is(many)} matched to nothing after {MATCHED_WITHIN.days} days"
        ),
    )


def _broken(workspace: Workspace) -> Iterator[Task]:
    """Agreed balances that no longer hold, each to its award's tie-out."""
    from fundtracker.application.actions.tie_out import balances_broken
    from fundtracker.domain.awards import Award
    from fundtracker.domain.tie_out_agreed import MEND

    for each in balances_broken(workspace):
        award = workspace.find(Award, each.where)
        if award is not None:
            words = f"{award.reference}: {each.message.removesuffix(MEND)}"
            yield Task(None, words, "Award", award.id, part="Tie-out")


def _of_award(award_id: int) -> Within:
    return (("intervention_id.award_id", award_id),)


def _waiting(undone: Undone) -> Within:
    return ((TO_DO, undone),)


def _rows(task: Task, within: Within) -> Task:
    return replace(task, record_id=0, column="", within=within)


def _counted(many: int, what: str) -> str:
    return f"{many:,} {what}{'' if many == 1 else 's'}"


def _has(many: int) -> str:
    return "has" if many == 1 else "have"


def _is(many: int) -> str:
    return "is" if many == 1 else "are"
