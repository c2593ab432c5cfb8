"""Rehearsal: the story played over plain dictionaries, with the real guards, figures and checks, and no database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from fundtracker.application.demo.form_days import form_id, grants_reporting
from fundtracker.application.demo.returns import reason_for as demo_reason
from fundtracker.application.demo.steps import (
    Add,
    AgreeFigure,
    BeginReturn,
    Edit,
    ExplainVariances,
    FunderAnswers,
    IssueForms,
    ReturnRows,
    SendBackForm,
    Step,
    Submit,
    TakeForm,
    TakeListing,
)
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.book import AwardBook
from fundtracker.domain.changes import Change
from fundtracker.domain.checks import readiness
from fundtracker.domain.claims import Claim
from fundtracker.domain.columns import Record, column_of, columns, key_of
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import Asset, Document, Indicator, Match, Reading, Risk
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment
from fundtracker.domain.guards import refusals
from fundtracker.domain.interventions import Intervention, InterventionId, Milestone, ProfileLine, Progress
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import CostCategoryId, Office
from fundtracker.domain.partner_forms.case import form_reference
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.records import RECORDS
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import (
    Forecast,
    FunderReturn,
    FunderReturnId,
    ReturnLine,
    ReturnLineId,
    ReturnState,
    VarianceReason,
    VarianceReasonId,
)
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.rules import due_on, variance_percent
from fundtracker.domain.spend import reason_for, spend_lines
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange

R = TypeVar("R", bound=Record)
_OF_INTERVENTION: tuple[type[Record], ...] = (ProfileLine, Milestone, Progress, Cost, Indicator, Asset)
_OF_AWARD: tuple[type[Record], ...] = (AwardLine, Intervention, Match, Risk, FunderReturn)
_OF_RETURN: tuple[type[Record], ...] = (ReturnLine, VarianceReason, Forecast)


@dataclass
class Rehearsal:
    """The records as the story leaves them. Plays every kind of step; `problems` holds what readiness said at each submission."""

    kept: dict[type[Record], dict[int, Record]] = field(
        default_factory=lambda: {kind: dict[int, Record]() for kind in RECORDS}
    )
    problems: dict[tuple[str, Quarter], tuple[Problem, ...]] = field(
        default_factory=dict[tuple[str, Quarter], tuple[Problem, ...]]
    )
    entered: dict[int, date] = field(default_factory=dict[int, date])  # cost id -> the day it was entered
    by_field: dict[tuple[type[Record], str], dict[Any, dict[int, Record]]] = field(
        default_factory=dict[tuple[type[Record], str], dict[Any, dict[int, Record]]]
    )

    today: date = date.min  # the office's own
    taking_back: bool = False

    # What a guard asks

    def all(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(self.kept[kind].values())  # pyright: ignore[reportReturnType] - kept under its own kind

    def get(self, kind: type[R], record_id: int | None) -> R | None:
        return self.kept[kind].get(record_id or 0)  # pyright: ignore[reportReturnType] - as above

    def select(self, kind: type[R], **where: Any) -> tuple[R, ...]:
        """The records whose fields hold these values, by an index on the first of them."""
        (name, wanted), *others = where.items()
        if (kind, name) not in self.by_field:
            index: dict[Any, dict[int, Record]] = {}
            for each in self.all(kind):
                index.setdefault(getattr(each, name), {})[each.id] = each
            self.by_field[kind, name] = index
        found = self.by_field[kind, name].get(wanted, {}).values()
        return tuple(
            each  # pyright: ignore[reportReturnType] - as above
            for each in found
            if all(getattr(each, other) == value for other, value in others)
        )

    def named(self, kind: type[R], reference: str | int) -> R:
        key = key_of(kind)
        found = (
            each for each in self.all(kind) if (getattr(each, key.name) if key else each.id) == reference
        )
        return next(found)

    # Writing

    def write(self, changes: list[Change]) -> None:
        """All of them, then the guards, as in one transaction."""
        for change in changes:
            after = change.after
            assert after is not None
            if change.before is None:
                assert after.id not in self.kept[change.kind], f"{change.kind.__name__} {after.id} is there"
                assert after.id > 0
                self._refers_to_what_is_there(after)
            for (kind, name), index in self.by_field.items():
                if kind is change.kind:
                    if change.before is not None:
                        index.get(getattr(change.before, name), {}).pop(after.id, None)
                    index.setdefault(getattr(after, name), {})[after.id] = after
            self.kept[change.kind][after.id] = after
            if isinstance(after, Office) and after.today:
                self.today = after.today
        for change in changes:
            wrong = refusals(change, self)
            assert not wrong, f"{change.record}: {[problem.message for problem in wrong]}"

    def _refers_to_what_is_there(self, item: Record) -> None:
        for each in columns(type(item)):
            value = getattr(item, each.name)
            if each.refers_to and value is not None:
                kind = next(kind for kind in RECORDS if kind.__name__ == each.refers_to)
                assert value in self.kept[kind], f"{item} refers to {each.refers_to} {value}, not there"

    def next_id(self, kind: type[Record]) -> int:
        return max(self.kept[kind], default=0) + 1

    # Playing

    def play(self, steps: tuple[Step, ...]) -> "Rehearsal":
        for step in steps:
            if isinstance(step, Add):
                self._add(step)
            elif isinstance(step, Edit):
                self.write([self._edited(*change) for change in step.changes])
            else:
                self._play_return(step)
        return self

    def _add(self, step: Add) -> None:
        self.write([Change(None, each) for each in step.records])
        for each in step.records:
            if isinstance(each, Cost):
                self.entered[each.id] = step.at.date()

    def _play_return(self, step: Step) -> None:
        match step:
            case BeginReturn():
                self._begin(step)
            case ReturnRows():
                self._rows(step)
            case ExplainVariances():
                self._explain(step)
            case Submit():
                self._submit(step)
            case FunderAnswers():
                self._answer(step)
            case IssueForms():
                self._issue(step)
            case TakeForm():
                self._take(step)
            case Add() | Edit() | SendBackForm() | TakeListing() | AgreeFigure():
                """What is sent back brings nothing in; the ledger lies beside the figures."""

    def _issue(self, step: IssueForms) -> None:
        for grant in grants_reporting():
            form = PartnerForm(
                id=form_id(grant, step.quarter),
                grant_id=self.named(Grant, grant).id,
                quarter=step.quarter,
                reference=form_reference(grant, step.quarter),
                issued_on=self.today,
                due_on=step.quarter.ends_on + timedelta(days=14),
            )
            self.write([Change(None, form)])

    def _take(self, step: TakeForm) -> None:
        """The costs as the story knows them, and what was done, added to the readings."""
        form, says = self.named(PartnerForm, form_reference(step.grant, step.quarter)), step.says
        accepted = replace(
            form,
            received_on=form.received_on or self.today,
            accepted_on=self.today,
            reported=total(each.eligible for each in says.costs),
        )
        readings = [
            Change(each, replace(each, value=each.value + more))
            for indicator, more in says.outputs.items()
            for each in self.select(Reading, indicator_id=indicator, quarter=step.quarter)
        ]
        self.write([*(Change(None, each) for each in says.costs), *readings, Change(form, accepted)])
        self.entered.update({each.id: step.at.date() for each in says.costs})

    def _edited(self, kind: type[Record], reference: str | int, fields: Any) -> Change:
        before = self.named(kind, reference)
        assert all(column_of(kind, name) for name in fields)
        after = replace(before, **fields, version=before.version + 1)
        assert after != replace(before, version=after.version), f"{reference}: nothing changes"
        return Change(before, after)

    def _begin(self, step: BeginReturn) -> None:
        award = self.named(Award, step.award)
        draft = FunderReturn(
            id=FunderReturnId(self.next_id(FunderReturn)),
            award_id=award.id,
            quarter=step.quarter,
            reference=f"{award.reference} {step.quarter.code}",
            due_on=due_on(self.book(award), step.quarter),
        )
        last = [
            each
            for each in self.select(FunderReturn, award_id=award.id)
            if each.quarter == step.quarter.previous
        ]
        carried = [
            replace(each, return_id=draft.id)
            for each in (self.select(Forecast, return_id=last[0].id) if last else ())
            if each.quarter > step.quarter
        ]
        first = self.next_id(Forecast)
        self.write(
            [
                Change(None, draft),
                *(Change(None, _with_id(each, first + n)) for n, each in enumerate(carried)),
            ]
        )

    def of(self, award: str, quarter: Quarter) -> FunderReturn:
        return self.named(FunderReturn, f"{award} {quarter.code}")

    def _rows(self, step: ReturnRows) -> None:
        draft = self.of(step.award, step.quarter)
        held = {
            (each.intervention_id, each.quarter, each.expense, each.category_id): each
            for each in self.select(Forecast, return_id=draft.id)
        }
        first, changes = self.next_id(Forecast), list[Change]()
        for each in step.forecasts:
            assert (each.id, each.return_id) == (0, 0)
            before = held.get((each.intervention_id, each.quarter, each.expense, each.category_id))
            if before:
                changes.append(Change(before, replace(before, amount=each.amount)))
            else:
                changes.append(
                    Change(None, _with_id(replace(each, return_id=draft.id), first + len(changes)))
                )
        self.write([*changes, Change(draft, replace(draft, **step.fields))])

    def _explain(self, step: ExplainVariances) -> None:
        draft, case = self.of(step.award, step.quarter), self.case(step.award, step.quarter)
        above = variance_percent(case.book, step.quarter)
        for each in spend_lines(case.claim):
            intervention = case.book.get(Intervention, each.line.intervention_id)
            if (
                each.reason_needed(above)
                and not reason_for(case.book, draft, each.line)
                and intervention.reference not in step.leave_out
                and each.line.category_id not in step.without
            ):
                row = VarianceReason(
                    id=VarianceReasonId(self.next_id(VarianceReason)),
                    return_id=draft.id,
                    intervention_id=InterventionId(each.line.intervention_id),
                    expense=each.line.expense,
                    category_id=CostCategoryId(each.line.category_id),
                    reason=demo_reason(intervention.reference, step.quarter),
                )
                self.write([Change(None, row)])

    def _submit(self, step: Submit) -> None:
        case = self.case(step.award, step.quarter)
        found = readiness(case)
        self.problems[step.award, step.quarter] = found
        wrong = [each.message for each in found if each.severity is Severity.ERROR]
        assert wrong == [], f"{step.title}: {wrong}"
        assert step.at.date() == self.today == step.signed_on
        first = self.next_id(ReturnLine)
        lines = [
            ReturnLine(
                id=ReturnLineId(first + n),
                return_id=case.funder_return.id,
                cost_id=CostId(line.cost_id),
                intervention_id=InterventionId(line.cell.intervention_id),
                quarter=line.cell.quarter,
                expense=line.cell.expense,
                category_id=CostCategoryId(line.cell.category_id),
                amount=line.amount,
                reason=line.reason,
            )
            for n, line in enumerate(case.claim.lines)
        ]
        after = replace(
            case.funder_return,
            state=ReturnState.SUBMITTED,
            claim=case.claim.claim,
            earlier_years=case.claim.earlier_years.total(),
            prepared_by=step.prepared_by,
            prepared_on=step.prepared_on,
            checked_by=step.checked_by,
            checked_on=step.checked_on,
            signed_by=step.signed_by,
            signed_role=step.signed_role,
            signed_on=step.signed_on,
            submitted_on=step.at.date(),
        )
        self.write([*(Change(None, each) for each in lines), Change(case.funder_return, after)])

    def _answer(self, step: FunderAnswers) -> None:
        sent = self.of(step.award, step.quarter)
        paid = step.state is ReturnState.PAID
        after = replace(
            sent,
            state=step.state,
            query=step.query or sent.query,
            received=(step.received or sent.claim) if paid else Money(0),
            received_on=step.received_on,
        )
        assert not paid or (step.received_on and step.received_on <= self.today)
        self.write([Change(sent, after)])

    # Looking

    def case(self, award: str, quarter: Quarter) -> ReturnCase:
        book = self.book(self.named(Award, award))
        return ReturnCase(Claim(book, quarter), self.of(award, quarter))

    def book(self, award: Award) -> AwardBook:
        """The award's book, of the records that storage would put into it."""
        rows: dict[type[Record], tuple[Record, ...]] = {
            kind: self.all(kind) for kind in RECORDS if kind.__module__.endswith("organisations")
        }
        rows |= {kind: self.select(kind, award_id=award.id) for kind in _OF_AWARD}
        own = {each.id for each in rows[Intervention]}
        rows |= {
            kind: _where(self.all(kind), lambda each: each.intervention_id in own)
            for kind in _OF_INTERVENTION
        }
        returns = {each.id for each in rows[FunderReturn]}
        rows |= {kind: _where(self.all(kind), lambda each: each.return_id in returns) for kind in _OF_RETURN}
        indicators = {each.id for each in rows[Indicator]}
        rows[Reading] = _where(self.all(Reading), lambda each: each.indicator_id in indicators)
        rows |= self._around(award, own)
        elsewhere = _costs_where(
            self.all(Cost),
            lambda each: each.grant_id in {g.id for g in rows[Grant]} and each.intervention_id not in own,
        )
        return AwardBook(award=award, today=self.today, rows=rows, elsewhere=elsewhere)

    def _around(self, award: Award, own: set[int]) -> dict[type[Record], tuple[Record, ...]]:
        bid = self.named(Bid, next(b.reference for b in self.all(Bid) if b.id == award.bid_id))
        found = self.get(FundingRound, bid.round_id)
        assert found
        sources = [each for each in self.all(GrantSource) if each.intervention_id in own]
        grants = {each.grant_id for each in sources}
        terms = _where(
            self.all(Term),
            lambda each: each.round_id == found.id or each.award_id == award.id or each.grant_id in grants,
        )
        variations = _where(
            self.all(Variation), lambda each: each.award_id == award.id or each.grant_id in grants
        )
        in_force = {each.id for each in variations}
        return {
            Bid: (bid,),
            FundingRound: (found,),
            Fund: self.select(Fund, id=found.fund_id),
            BidAmount: self.select(BidAmount, bid_id=bid.id),
            Grant: _where(self.all(Grant), lambda each: each.id in grants),
            GrantSource: _where(self.all(GrantSource), lambda each: each.grant_id in grants),
            Instalment: _where(self.all(Instalment), lambda each: each.grant_id in grants),
            Condition: _where(self.all(Condition), lambda each: each.grant_id in grants),
            Term: terms,
            Waiver: _where(self.all(Waiver), lambda each: each.term_id in {t.id for t in terms}),
            Variation: variations,
            VariationChange: _where(self.all(VariationChange), lambda each: each.variation_id in in_force),
            Document: self.select(Document, award_id=award.id),
        }


def _where(items: tuple[Record, ...], wanted: Callable[[Any], bool]) -> tuple[Record, ...]:
    return tuple(each for each in items if wanted(each))


def _costs_where(items: tuple[Cost, ...], wanted: Callable[[Cost], bool]) -> tuple[Cost, ...]:
    return tuple(each for each in items if wanted(each))


def _with_id(forecast: Forecast, number: int) -> Forecast:
    return replace(forecast, id=number)  # pyright: ignore[reportArgumentType] - ids are plain numbers
