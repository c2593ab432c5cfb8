"""What Home says is to do, and its charts, asked in SQL over all awards, are what the checks and figures of each award's own book say."""

import random
import re
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from domain.telling import Told
from filing import ACTOR, clock_at, empty_file, kept_in_a_file, store
from fundtracker.application.actions.partner_forms import form_states
from fundtracker.application.behind import words_behind
from fundtracker.application.double_funding import suspicions
from fundtracker.application.glance import Task, by_date
from fundtracker.application.missing_evidence import missing_evidence
from fundtracker.application.spending import YearSpend, by_purpose, by_quarter
from fundtracker.application.to_do import (
    ALIKE,
    FORMS,
    MATCHED_WITHIN,
    MISSING,
    TWICE,
    UNANSWERED,
    further_tasks,
)
from fundtracker.application.workspace import Workspace
from fundtracker.domain.award_ledger import unmatched
from fundtracker.domain.awards import Award, AwardLine, AwardStatus
from fundtracker.domain.bids import Expense, Theme
from fundtracker.domain.book import AwardBook
from fundtracker.domain.checks import variances_have_reasons
from fundtracker.domain.claims import Claim
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, DocumentKind
from fundtracker.domain.figures import Figures
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import Grant, GrantStatus
from fundtracker.domain.interventions import Intervention, InterventionStatus, Milestone, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import InterventionType, InterventionTypeId
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between, reported_quarter
from fundtracker.domain.problems import Severity
from fundtracker.domain.records import by_name
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import FunderReturn, ReturnState, VarianceReason
from fundtracker.domain.rules import due_on
from fundtracker.domain.spend import spend_lines
from fundtracker.domain.terms import Term, TermKind, Waiver
from fundtracker.domain.variations import AWARD_CHANGES, ChangeKind, Variation, VariationChange
from fundtracker.storage.database import Database
from fundtracker.storage.ledger import award_ledger
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.sql import CODED, TO_DO
from fundtracker.storage.undone import Undone, Wait
from programme import Programme
from random_programme import FIRST_DAY, LAST_DAY, TURNS, YEARS
from storage.test_portfolio import programme

LIVE = frozenset({AwardStatus.OFFERED, AwardStatus.AGREED})
OVER = frozenset({InterventionStatus.COMPLETE, InterventionStatus.STOPPED})
FORM_QUARTERS = [quarter for year in YEARS for quarter in year.quarters]
TERMS = (TermKind.VARIANCE_REASON, TermKind.RETURN_DUE_DAYS, TermKind.YEAR_END_DUE_DAYS)


class Extras:
    """What a random programme needs beside its money for every question of Home to have an answer."""

    def __init__(self, records: list[Record], source: random.Random) -> None:
        self.random = source
        unplanned = {each.id for each in records if isinstance(each, Intervention) and source.random() < 0.4}
        unpromised = {each.id for each in records if isinstance(each, Award) and source.random() < 0.2}
        self.records = [
            self._unsettled(each)
            for each in records
            if not (isinstance(each, ProfileLine) and each.intervention_id in unplanned)
            and not (isinstance(each, AwardLine) and each.award_id in unpromised)
        ]
        self.ids: dict[type[Record], int] = {}
        self._new(InterventionType, name="CCTV")
        self._terms()
        self._forms()
        for each in self._all(Intervention):
            for _ in range(source.randint(0, 2)):
                self._new(
                    Milestone,
                    intervention_id=each.id,
                    what=f"Step {self.ids.get(Milestone, 0)}",
                    baseline_on=self._day(),
                    forecast_on=self._perhaps_day(),
                    actual_on=self._perhaps_day(),
                )
        for each in self._all(Cost):
            if source.random() < 0.4:
                self._new(
                    Document, name="Invoice", sha256="0" * 64, kind=DocumentKind.INVOICE, cost_id=each.id
                )

    def _new(self, kind: type[Any], /, **values: Any) -> None:
        self.ids[kind] = self.ids.get(kind, 0) + 1
        self.records.append(kind(id=self.ids[kind], **values))

    def _all(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.records if isinstance(each, kind)]

    def _day(self) -> date:
        days = (LAST_DAY - FIRST_DAY).days
        return self.random.choice((*TURNS, FIRST_DAY + timedelta(days=self.random.randint(0, days))))

    def _perhaps_day(self) -> date | None:
        return self.random.choice((None, self._day()))

    def _unsettled(self, each: Record) -> Record:
        match each:
            case Intervention():
                return replace(
                    each,
                    status=self.random.choice(tuple(InterventionStatus)),
                    theme=self.random.choice(tuple(Theme)[:3]),
                    type_id=self.random.choice((None, InterventionTypeId(1))),
                    district=self.random.choice(("", "Stroud", "Cotswold")),
                )
            case Grant():
                return replace(
                    each,
                    status=self.random.choice(tuple(GrantStatus)),
                    starts_on=self.random.choice((None, self._perhaps_day())),
                    ends_on=self.random.choice((None, self._perhaps_day())),
                )
            case FunderReturn() if self.random.random() < 0.5:
                draft = self.random.choice((ReturnState.DRAFT, ReturnState.WITH_CFO))
                return replace(
                    each,
                    state=draft,
                    due_on=self._perhaps_day(),
                    submitted_on=None,
                    received=ZERO,
                    received_on=None,
                )
            case _:
                return each

    def _forms(self) -> None:
        """Of some quarters of each grant; the first may be accepted."""
        for grant in self._all(Grant):
            for quarter in self.random.sample(FORM_QUARTERS, self.random.randint(0, len(FORM_QUARTERS) // 2)):
                received = self._perhaps_day()
                self._new(
                    PartnerForm,
                    grant_id=grant.id,
                    quarter=quarter,
                    reference=f"{grant.reference} {quarter.code}",
                    issued_on=quarter.ends_on,
                    due_on=self._day(),
                    received_on=received,
                    problems=self.random.choice((0, 0, 3)),
                    accepted_on=received if self.random.random() < 0.4 else None,
                )

    def _terms(self) -> None:
        awards = self._all(Award)
        for _ in range(self.random.randint(0, 14)):
            whose = self.random.choice((*awards, None))
            self._new(
                Term,
                reference=f"T{self.ids.get(Term, 0)}",
                award_id=whose.id if whose else None,
                round_id=None if whose else 1,
                kind=self.random.choice(TERMS),
                number=self.random.choice((None, Decimal(0), Decimal(5), Decimal("12.5"), Decimal(40))),
                year=self.random.choice((None, None, *YEARS)),
                clause="Clause",
                effective_from=self._day(),
            )
            if self.random.random() < 0.3:
                first = self._day()
                last = first + timedelta(days=self.random.randint(0, 400))
                self._new(
                    Waiver, term_id=self.ids[Term], reason="Why", approved_by="Funder", approved_on=first, expires_on=last
                )  # fmt: skip

    def reasons(self, books: list[AwardBook]) -> list[Record]:
        """Some lines of drafts have a reason, or one of blanks."""
        found = list[Record]()
        for book in books:
            for draft in drafts(book):
                for line in spend_lines(Claim(book, draft.quarter)):
                    if self.random.random() < 0.5 and book.find(Intervention, line.line.intervention_id):
                        reason = self.random.choice(("Late delivery", "  ", "\n"))
                        found.append(
                            VarianceReason(
                                id=len(found) + 1,  # pyright: ignore[reportArgumentType] - ids are numbers
                                return_id=draft.id,
                                intervention_id=line.line.intervention_id,  # pyright: ignore[reportArgumentType] - a number too
                                expense=line.line.expense,
                                category_id=line.line.category_id,  # pyright: ignore[reportArgumentType] - a number too
                                reason=reason,
                            )
                        )
        return found


def drafts(book: AwardBook) -> list[FunderReturn]:
    return [each for each in book.under(FunderReturn, award_id=book.award.id) if not each.state.frozen]


# What the books say


def expected(workspace: Workspace) -> tuple[Task, ...]:
    """Home's later lines, from the book of each award; none of them has more awards than stand on lines of their own."""
    today, costs = workspace.today, workspace.select(Cost)
    found = list[Task]()
    for award in workspace.select(Award):
        book = workspace.book(award.id)
        found += not_set_up(book, today)
        found += not_begun(book, today)
        found += never_begun(book, today)
        found += without_reasons(book)
        if award.status in LIVE:
            found += of_costs(book, costs, workspace.select(Document), today)
            found += late(book, today)
            found += at_risk(book, today)
            found += of_ledger(workspace, book, today)
    found += of_forms(workspace, today)
    found += missing_files(workspace)
    found += twice(workspace)
    return by_date(found, today)


def of_forms(workspace: Workspace, today: date) -> list[Task]:
    """By the states that the place of forms shows."""
    found = list[Task]()
    quarter = reported_quarter(today)
    none_yet = [
        each.grant.reference
        for each in form_states(workspace, quarter)
        if each.state is FormState.NOT_ISSUED and each.grant.status is GrantStatus.AGREED
    ]
    if none_yet:
        who = f"{none_yet[0]} was" if len(none_yet) == 1 else f"{len(none_yet)} grants were"
        words = f"{who} sent no form for {quarter} yet"
        found.append(Task(None, words, "PartnerForm", within=(("quarter", quarter),), place=FORMS))
    alike = {
        FormState.LATE: (Wait.FORM, "has not come", "forms have not come"),
        FormState.RECEIVED: (Wait.ACCEPTANCE, "came and waits to be accepted", "forms came and wait to be accepted"),
        FormState.WITH_PROBLEMS: (Wait.MENDING, "was sent back with {} problems", "forms were sent back to be mended"),
    }  # fmt: skip
    for state, (wait, one, many) in alike.items():
        forms = [each for each in workspace.select(PartnerForm) if each.state(today) is state]
        if len(forms) > ALIKE:
            first = min(each.due_on for each in forms)
            found.append(
                Task(first, f"{len(forms)} {many}", "PartnerForm", within=((TO_DO, Undone(wait, today)),))
            )
        else:
            found += [
                Task(
                    each.due_on,
                    f"The form {each.reference} {one.format(each.problems)}",
                    "PartnerForm",
                    each.id,
                )
                for each in forms
            ]
    return found


def of_ledger(workspace: Workspace, book: AwardBook, today: date) -> list[Task]:
    """Lines posted to the award's codes of which something is matched to nothing."""
    with workspace.database.reader() as conn:
        held = award_ledger(conn, book)
    lines = [
        each
        for each in held.lines
        if held.is_coded(each) and each.posted_on < today - MATCHED_WITHIN and unmatched(held, each)
    ]
    if not lines:
        return []
    left = total(unmatched(held, each) for each in lines).in_full
    one = len(lines) == 1
    words = f"{len(lines)} ledger line{'' if one else 's'} of {book.award.reference}, {left}, {'is' if one else 'are'} matched to nothing after 30 days"
    within = ((CODED, book.award.id), (TO_DO, Undone(Wait.MATCH, today, before=today - MATCHED_WITHIN)))
    return [Task(None, words, "LedgerLine", lines[0].id if one else 0, within=None if one else within)]


def missing_files(workspace: Workspace) -> list[Task]:
    many = sum(not workspace.evidence.has(each.sha256) for each in workspace.select(Document))
    words = "The file of 1 document is missing" if many == 1 else f"The files of {many} documents are missing"
    return [Task(None, words, "Document", place=MISSING)] if many else []


def twice(workspace: Workspace) -> list[Task]:
    pairs = [each for each in suspicions(workspace) if not each.answer]
    if not pairs:
        return []
    one = f"{pairs[0].first.reference} and {pairs[0].second.reference} may be one cost, funded twice"
    words = one if len(pairs) == 1 else f"{len(pairs)} pairs of costs may be funded twice"
    return [Task(None, words, "Cost", within=UNANSWERED, place=TWICE)]


def not_set_up(book: AwardBook, today: date) -> list[Task]:
    figures, award, year = Figures(book, today), book.award, FinancialYear.of(today)
    if award.status is not AwardStatus.AGREED or figures.ends_on < today:
        return []
    own = {
        each.id for each in book.under(Variation, award_id=award.id)
    }  # a grant's variation moves the grant's profile
    planned = {each.quarter.year for each in book.all(ProfileLine)} | {
        each.quarter.year
        for each in figures.changes_in_force
        if each.variation_id in own
        and each.kind is ChangeKind.RE_PROFILE
        and each.quarter
        and each.intervention_id
        and each.expense
        and each.category_id
    }
    missing = {
        "Award lines": (not book.all(AwardLine), "no award lines: enter what was agreed of each year"),
        "Interventions": (not book.all(Intervention), "no interventions: enter what its money pays for"),
        "Profile": (
            bool(book.all(Intervention)) and figures.awarded(year) > ZERO and year not in planned,
            f"no profile in {year}: plan its spending by quarter",
        ),
    }
    return [
        Task(None, f"{award.reference} has {words}", "Award", award.id, part=part)
        for part, (lacks, words) in missing.items()
        if lacks
    ]


def never_begun(book: AwardBook, today: date) -> list[Task]:
    """Of an award that was over before the quarter now reported."""
    award, ends_on = book.award, Figures(book, today).ends_on
    if award.status is not AwardStatus.AGREED or ends_on >= reported_quarter(today).begins_on:
        return []
    run = quarters_between(Quarter.of(award.starts_on), Quarter.of(ends_on))
    missing = [each for each in run if not book.under(FunderReturn, quarter=each)]
    if not missing:
        return []
    later = len(missing) - 1
    further = f", nor for {later} later quarter{'' if later == 1 else 's'}" if later else ""
    words = f"{award.reference} has no return for {missing[0]} yet{further}"
    return [Task(due_on(book, missing[0]), words, "Award", award.id)]


def not_begun(book: AwardBook, today: date) -> list[Task]:
    quarter, award = reported_quarter(today), book.award
    runs = award.starts_on <= quarter.ends_on and Figures(book, today).ends_on >= quarter.begins_on
    begun = book.under(FunderReturn, quarter=quarter)
    if award.status is not AwardStatus.AGREED or not runs or begun:
        return []
    return [
        Task(due_on(book, quarter), f"{award.reference} has no return for {quarter} yet", "Award", award.id)
    ]


def without_reasons(book: AwardBook) -> list[Task]:
    found = list[Task]()
    for draft in drafts(book):
        said = variances_have_reasons(ReturnCase(Claim(book, draft.quarter), draft))
        many = sum(each.severity is Severity.ERROR for each in said)
        if many:
            words = f"{many} variance{' of' if many == 1 else 's of'} {draft.reference} {'has' if many == 1 else 'have'} no reason"
            found.append(Task(draft.due_on, words, "FunderReturn", draft.id, "reason"))
    return found


def of_costs(
    book: AwardBook, costs: tuple[Cost, ...], documents: tuple[Document, ...], today: date
) -> list[Task]:
    taken = defaultdict[int, Money](lambda: ZERO)
    for each in costs:
        if each.reversal_of is not None:
            taken[each.reversal_of] += each.eligible
    standing = [
        each
        for each in book.all(Cost)
        if each.counts
        and each.received_on
        and each.received_on <= today
        and each.reversal_of is None
        and each.eligible
        and not (each.id in taken and not each.eligible + taken[each.id])
    ]
    found, award, own = list[Task](), book.award, (("intervention_id.award_id", book.award.id),)
    accrued = defaultdict[Quarter, list[int]](list)
    for each in standing:
        if each.quarter and each.accrued_at(today) and each.quarter <= reported_quarter(today):
            accrued[each.quarter].append(each.id)
    for quarter, ids in accrued.items():
        one = len(ids) == 1
        words = f"{len(ids)} accrual{'' if one else 's'} of {award.reference} from {quarter} {'is' if one else 'are'} neither invoiced nor reversed"
        undone = Undone(Wait.INVOICE, today, reported_quarter(today))
        within = (*own, ("received_on.quarter", quarter), (TO_DO, undone))
        due = quarter.next.ends_on
        found.append(
            Task(due, words, "Cost", ids[0], "invoiced_on")
            if one
            else Task(due, words, "Cost", within=within)
        )
    evidenced = {each.cost_id for each in documents}
    bare = [
        each.id
        for each in standing
        if each.invoiced_on and each.invoiced_on <= today and each.id not in evidenced
    ]
    if bare:
        due = min((each.due_on for each in drafts(book) if each.due_on), default=None)
        words = f"{len(bare)} cost{' of' if len(bare) == 1 else 's of'} {award.reference} {'has' if len(bare) == 1 else 'have'} no evidence"
        found.append(
            Task(due, words, "Cost", bare[0])
            if len(bare) == 1
            else Task(due, words, "Cost", within=own, place=MISSING)
        )
    return found


def late(book: AwardBook, today: date) -> list[Task]:
    under_way = {each.id for each in book.all(Intervention) if each.status not in OVER}
    found = [
        (each.forecast_on or each.baseline_on, each)
        for each in book.all(Milestone)
        if each.actual_on is None
        and each.intervention_id in under_way
        and (each.forecast_on or each.baseline_on) < today
    ]
    if not found:
        return []
    due, reference = min(day for day, _ in found), book.award.reference
    if len(found) == 1:
        one = found[0][1]
        return [Task(due, f"{reference}: milestone “{one.what}” is late", "Milestone", one.id, "forecast_on")]
    within = (("intervention_id.award_id", book.award.id), (TO_DO, Undone(Wait.MILESTONE, today)))
    return [Task(due, f"{len(found)} milestones of {reference} are late", "Milestone", within=within)]


def at_risk(book: AwardBook, today: date) -> list[Task]:
    year, figures = FinancialYear.of(today), Figures(book, today)
    own = {each.id for each in book.under(Variation, award_id=book.award.id)}
    varied = {
        each.year
        for each in figures.changes_in_force
        if each.variation_id in own and each.kind in AWARD_CHANGES
    }
    promised = year in {*(each.year for each in book.all(AwardLine)), *varied}
    recorded = Figures(book, date.max).spent.total(year=year)
    amount = figures.awarded(year) - max(figures.outturn.total(year=year), recorded)
    if not promised or amount.pence <= 0 or Quarter.of(today).number < 3:
        return []
    words = f"{amount.in_prose} of {book.award.reference} is neither spent nor forecast, and is lost after 31 March"
    return [Task(year.ends_on, words, "Award", book.award.id)]


def spend_agrees(workspace: Workspace, year: FinancialYear) -> None:
    """The charts, against the sums of all books."""
    today = workspace.today
    books = [workspace.book(each.id) for each in workspace.select(Award)]
    figures = [Figures(book, today) for book in books]
    for each in by_quarter(workspace, year):
        recorded = total(Figures(book, date.max).spent.total(quarter=each.quarter) for book in books)
        assert each.spent == (recorded if each.quarter.begins_on <= today else None)
        forecast = total(own.forecast.total(quarter=each.quarter) for own in figures)
        assert each.forecast == (forecast if each.quarter.ends_on > today else None)
        assert each.planned == total(own.original_profile.total(quarter=each.quarter) for own in figures)
        assert each.profile == total(own.current_profile.total(quarter=each.quarter) for own in figures)
    sums = defaultdict[tuple[str, str], Money](lambda: ZERO)
    for own in figures:
        for cell, amount in own.spent.in_year(year):
            done = own.book.get(Intervention, cell.intervention_id)
            kind = own.book.find(InterventionType, done.type_id)
            sums["theme", done.theme.value] += amount
            sums["type", kind.name if kind else "No type given"] += amount
            sums["district", done.district or "Whole county"] += amount
    assert _named(by_purpose(workspace, year)) == {key: amount for key, amount in sums.items() if amount}


def _named(found: YearSpend) -> dict[tuple[str, str], Money]:
    parts = (("theme", found.themes), ("type", found.types), ("district", found.districts))
    return {(what, each.name): each.spent for what, those in parts for each in those if each.spent}


def led_astray(workspace: Workspace, task: Task) -> str:
    """Where a task counts rows, and leads to others: how many those are; empty where it leads to the very ones."""
    if task.within is None or task.place in {FORMS, TWICE}:  # what these places show is asked in the window
        return ""
    if task.place == MISSING:
        found = missing_evidence(workspace, next((award for _, award in task.within), None)).costs
        many = min(len(found), 2_000)
    else:
        many = workspace.lists.count(ListQuery(by_name(task.kind), within=task.within))
    said = re.match(r"£\S+ of ([\d,]+) awards|([\d,]+) ", task.words)
    counted = next(filter(None, said.groups())) if said else ""
    return "" if counted == f"{many:,}" else f"{task.words}: {many:,} rows"


# Random programmes, and the demonstration

days = st.dates(FIRST_DAY, LAST_DAY) | st.sampled_from([*TURNS, LAST_DAY])


@settings(
    max_examples=max(40, settings().max_examples // 5), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(st.integers(0, 2**32), st.lists(days, min_size=2, max_size=4))
@example(3267, [date(2024, 8, 20)])  # a grant's re-profile in force in an award without a profile
def test_the_books_say_the_same_is_to_do(seed: int, as_at: list[date]) -> None:
    source = random.Random(seed)  # noqa: S311 - reproducible on purpose
    extras = Extras(programme(source), source)
    with kept_in_a_file(extras.records) as database:
        unreasoned = Workspace(database, actor=ACTOR, clock=clock_at(LAST_DAY))
        reasons = extras.reasons([unreasoned.book(each.id) for each in unreasoned.select(Award)])
        if reasons:
            store(database, reasons)
        for day in as_at:
            workspace = Workspace(database, actor=ACTOR, clock=clock_at(day))
            found = further_tasks(workspace)
            assert found == expected(workspace)
            assert [led_astray(workspace, each) for each in found] == [""] * len(found)
            for year in YEARS:
                spend_agrees(workspace, year)


def test_the_random_programmes_have_something_of_everything_to_do(tmp_path: Path) -> None:
    """Or the property above would hold of nothing at all."""
    seen = set[str]()
    for seed in range(25):
        source = random.Random(seed)  # noqa: S311 - reproducible on purpose
        with closing(Database(empty_file(tmp_path / f"{seed}.fundtracker"))) as database:
            store(database, Extras(programme(source), source).records)
            for day in (date(2024, 4, 30), date(2024, 12, 1)):
                found = further_tasks(Workspace(database, actor=ACTOR, clock=clock_at(day)))
                seen |= {
                    f"{kind}{' of many' if each.within and each.place not in {FORMS, TWICE} else ''}"
                    for each in found
                    for kind in (
                        "return",
                        "reason",
                        "accrual",
                        "evidence",
                        "milestone",
                        "31 March",
                        "lines",
                        "profile",
                        "sent no form",
                        "not come",
                        "sent back",
                        "be accepted",
                        "missing",
                        "funded twice",
                    )
                    if kind in each.words
                }
    assert seen == {
        "return", "reason", "accrual", "accrual of many", "evidence", "evidence of many", "milestone",
        "milestone of many", "31 March", "lines", "profile", "sent no form", "not come", "sent back", "be accepted", "missing",
        "funded twice",
    }  # fmt: skip


def test_the_demonstration_has_the_same_to_do_as_its_books(demonstration: Path) -> None:
    with Workspace.open(demonstration, actor=ACTOR) as workspace:
        found = further_tasks(workspace)
        assert found == expected(workspace)
        assert [each.words for each in found if "accrual" in each.words] == [
            f"2 accruals of SSF5-{each} from 2024/25 Q2 are neither invoiced nor reversed"
            for each in ("ASB", "RUR", "VAWG")
        ]
        for year in (2021, 2023, 2024):
            spend_agrees(workspace, FinancialYear(year))


def test_many_awards_with_the_same_to_do_are_one_line(tmp_path: Path) -> None:
    """The rows behind it are those that wait, of all awards; one that wants nothing isn't among them."""
    built = Programme(starts=date(2024, 7, 1))
    awards = [built, *(built.another_award(f"SSF5-{number}") for number in range(ALIKE))]
    for each in awards:
        each.promises("1000", "2024/25")
        each.spends(each.intervenes(), "100", date(2024, 8, 1), invoiced_on=date(2024, 8, 9))
    with closing(Database(empty_file(tmp_path / "office.fundtracker"))) as database:
        store(database, built.records)
        today = date(2024, 10, 21)
        workspace = Workspace(database, actor=ACTOR, clock=clock_at(today))
        ids = tuple(each.id for each in workspace.select(Award))
        profile, spending = Undone(Wait.PROFILE, today), Undone(Wait.SPENDING, today, ids=ids)
        not_begun = Undone(Wait.RETURN, today, Quarter.read("2024/25 Q2"))
        lost = "£6,300 of 7 awards is neither spent nor forecast, and is lost after 31 March"
        found = further_tasks(workspace)
        assert found == (
            Task(None, "7 awards have no profile in 2024/25", "Award", within=((TO_DO, profile),)),
            Task(None, "7 awards have no return for 2024/25 Q2 yet", "Award", within=((TO_DO, not_begun),)),
            Task(None, "7 costs of 7 awards have no evidence", "Cost", within=(), place=MISSING),
            Task(date(2025, 3, 31), lost, "Award", within=((TO_DO, spending),)),
        )
        assert [led_astray(workspace, each) for each in found] == [""] * 4
        assert [
            words_behind(workspace, by_name(each.kind), each.within or ()) for each in found if each.within
        ] == [
            "Only those without a profile in 2024/25.",
            "Only those without a return for 2024/25 Q2.",
            "Only those with money neither spent nor forecast.",
        ]


def told(path: Path, built: Programme) -> list[str]:
    """What Home says of a programme on its day, which is what its book says."""
    with closing(Database(empty_file(path))) as database:
        store(database, built.records)
        workspace = Workspace(database, actor=ACTOR, clock=clock_at(built.today))
        found = further_tasks(workspace)
        assert found == expected(workspace)
        return [each.words for each in found]


def test_an_agreed_award_is_set_up_step_by_step(tmp_path: Path) -> None:
    """Its lines and interventions first; then a profile of the year that runs, which a re-profile may bring; none of it once it is over."""
    built = Programme(starts=date(2024, 7, 1), ends=date(2025, 3, 31))
    built.today = date(2024, 8, 1)

    def missing() -> list[str]:
        name = f"{len(list(tmp_path.iterdir()))}.fundtracker"
        return [each.split(": ")[0] for each in told(tmp_path / name, built) if "SSF5-VAWG has no" in each]

    assert missing() == ["SSF5-VAWG has no award lines", "SSF5-VAWG has no interventions"]
    op = built.intervenes()
    assert missing() == ["SSF5-VAWG has no award lines"]
    built.promises("1000", "2023/24")
    assert missing() == []
    built.promises("1000", "2024/25")
    assert missing() == ["SSF5-VAWG has no profile in 2024/25"]
    built.plans(op, "1000", "2025/26 Q1")
    assert missing() == ["SSF5-VAWG has no profile in 2024/25"]
    built.plans(op, "1000", "2024/25 Q4")
    assert missing() == []


def test_a_bare_award_that_is_over_or_only_offered_is_left_alone(tmp_path: Path) -> None:
    over, offered = Programme(ends=date(2024, 7, 31)), Programme(ends=date(2025, 3, 31))
    over.today = offered.today = date(2024, 8, 1)
    offered.changes(offered.all(Award)[0], status=AwardStatus.OFFERED)
    assert [each for each in told(tmp_path / "1.fundtracker", over) if "has no award lines" in each] == []
    assert [each for each in told(tmp_path / "2.fundtracker", offered) if "has no" in each] == []
    over.today = date(2024, 7, 31)
    found = told(tmp_path / "3.fundtracker", over)
    assert [each for each in found if "SSF5-VAWG has no award lines" in each]


def test_an_award_runs_to_the_end_that_a_variation_moved_it_to(tmp_path: Path) -> None:
    extended, shortened = Programme(ends=date(2024, 3, 31)), Programme(ends=date(2025, 3, 31))
    moves = ((extended, ChangeKind.EXTENSION, date(2025, 3, 31)), (shortened, ChangeKind.TERMINATION, date(2024, 6, 30)))  # fmt: skip
    for built, kind, day in moves:
        built.varies(("2024/25", Expense.RESOURCE, "0", "0"), on=date(2024, 2, 1), kind=kind)
        (change,) = built.all(VariationChange)
        built.changes(change, new_date=day)
    assert told(tmp_path / "1.fundtracker", extended) == [
        "SSF5-VAWG has no award lines: enter what was agreed of each year",
        "SSF5-VAWG has no interventions: enter what its money pays for",
        "SSF5-VAWG has no return for 2024/25 Q2 yet",
    ]
    assert told(tmp_path / "2.fundtracker", shortened) == [
        "SSF5-VAWG has no return for 2023/24 Q3 yet, nor for 2 later quarters"
    ]


def test_an_award_that_is_over_wants_its_returns_until_every_quarter_has_one(tmp_path: Path) -> None:
    """From October 2023 to March 2025, and looked at a year later."""
    built = Programme(today=date(2026, 4, 20))
    quarters = list(quarters_between(Quarter.read("2023/24 Q3"), Quarter.read("2024/25 Q4")))
    said = list[list[str]]()
    for number, quarter in enumerate(quarters):
        said.append(told(tmp_path / f"{number}.fundtracker", built))
        built.submits(built.begins_return(str(quarter)))
    assert said == [
        ["SSF5-VAWG has no return for 2023/24 Q3 yet, nor for 5 later quarters"],
        ["SSF5-VAWG has no return for 2023/24 Q4 yet, nor for 4 later quarters"],
        ["SSF5-VAWG has no return for 2024/25 Q1 yet, nor for 3 later quarters"],
        ["SSF5-VAWG has no return for 2024/25 Q2 yet, nor for 2 later quarters"],
        ["SSF5-VAWG has no return for 2024/25 Q3 yet, nor for 1 later quarter"],
        ["SSF5-VAWG has no return for 2024/25 Q4 yet"],
    ]
    assert told(tmp_path / "all.fundtracker", built) == []


def test_many_awards_that_are_over_and_want_returns_are_one_line(tmp_path: Path) -> None:
    built = Programme(starts=date(2024, 7, 1), ends=date(2024, 12, 31), today=date(2026, 4, 20))
    for number in range(ALIKE):
        built.another_award(f"SSF5-{number}")
    with closing(Database(empty_file(tmp_path / "office.fundtracker"))) as database:
        store(database, built.records)
        workspace = Workspace(database, actor=ACTOR, clock=clock_at(built.today))
        (task,) = further_tasks(workspace)
    assert task.words == "7 awards that are over have no return for 14 of their quarters yet"
    assert task.kind == "Award"
    assert [(path, undone.wait, sorted(undone.ids)) for path, undone in task.within or ()] == [
        (TO_DO, Wait.RETURNS, [*range(1, 8)])
    ]


def test_a_variance_is_measured_by_the_years_own_term_and_the_profile_in_force(tmp_path: Path) -> None:
    """£900 of £1,000: 10 %, above the year's 5 % though a later general Term says 50 %; a re-profile of tomorrow changes nothing."""
    built = Told("2024/25 Q2", today=date(2024, 10, 21))
    built.plans(built.op, "1000", "2024/25 Q2")
    built.spends(built.op, "900", date(2024, 8, 1))
    general = built.agrees(TermKind.VARIANCE_REASON, "50")
    own = built.agrees(TermKind.VARIANCE_REASON, "5")
    built.changes(own, year=FinancialYear(2024))
    built.changes(general, effective_from=date(2024, 9, 1))
    variation = built.re_profiles(built.op, "2024/25 Q2", "1000", "900", on=date(2024, 10, 22))
    built.changes(variation, approved_on=date(2024, 10, 1))
    words = "1 variance of SSF5-VAWG 2024-25-Q2 has no reason"
    assert words in told(tmp_path / "1.fundtracker", built)
    built.today = date(2024, 10, 22)
    assert words not in told(tmp_path / "2.fundtracker", built)
    built.today = date(2024, 10, 21)
    built.waives(own, date(2024, 10, 21))
    assert words not in told(tmp_path / "3.fundtracker", built)
