"""Told: a small award with one return to make, and what the readiness list says of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from fundtracker.domain.checks import readiness
from fundtracker.domain.claims import Claim
from fundtracker.domain.columns import Record
from fundtracker.domain.delivery import (
    Indicator,
    IndicatorId,
    Match,
    MatchId,
    MatchKind,
    Measures,
    Reading,
    ReadingId,
    Risk,
    RiskCategory,
    RiskId,
)
from fundtracker.domain.interventions import Intervention, InterventionStatus, Progress, ProgressId, Rag
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import (
    Forecast,
    ForecastId,
    FunderReturn,
    VarianceReason,
    VarianceReasonId,
)
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId
from programme import RESOURCE, Programme, quarter

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
pounds = Money.pounds
CLAUSE = "T-1: Annex B, 3.1"
"""What a problem that rests on the first Term quotes."""
Step = Callable[["Told"], object]


class Told(Programme):
    """One award of £10,000 in 2024/25 with 2024/25 Q1 (or another) to return, and one intervention planned to the penny."""

    def __init__(self, of: str = "2024/25 Q1", **more: Any) -> None:
        super().__init__(**more)
        self.of = quarter(of)
        self.promises("10000", "2024/25")
        self.op = self.intervenes()
        self.draft = self.begins_return(self.of)

    def keeps(self, item: Record) -> None:
        self.rows.setdefault(type(item), {})[item.id] = item

    def starts(self) -> Intervention:
        """The intervention is under way: it has to report."""
        self.op = self.changes(self.op, status=InterventionStatus.UNDER_WAY)
        return self.op

    def agrees(self, kind: TermKind, number: str | None = None, amount: Money | None = None) -> Term:
        place = len(self.all(Term)) + 1
        term = Term(
            id=TermId(place),
            reference=f"T-{place}",
            award_id=self.award.id,
            kind=kind,
            number=Decimal(number) if number else None,
            amount=amount,
            clause="Annex B, 3.1",
            effective_from=date(2023, 1, 1),
        )
        self.keeps(term)
        return term

    def waives(self, term: Term, until: date) -> None:
        self.keeps(
            Waiver(
                id=WaiverId(1),
                term_id=term.id,
                reason="Agreed by letter",
                approved_by="Funder",
                approved_on=date(2024, 6, 1),
                expires_on=until,
            )
        )

    def reports(self, in_quarter: str, rag: Rag, why: str = "") -> None:
        self.keeps(
            Progress(
                id=ProgressId(len(self.all(Progress)) + 1),
                intervention_id=self.op.id,
                quarter=quarter(in_quarter),
                delivery=rag,
                spend=Rag.GREEN,
                risk=Rag.GREEN,
                worse_reason=why,
            )
        )

    def forecasts(self, intervention: Intervention, amount: str) -> None:
        self.keeps(
            Forecast(
                id=ForecastId(len(self.all(Forecast)) + 1),
                return_id=self.draft.id,
                intervention_id=intervention.id,
                quarter=self.of.next,
                expense=RESOURCE,
                category_id=self.staff.id,
                amount=pounds(amount),
            )
        )

    def counts(self, measures: Measures, reading: str | None = None) -> None:
        indicator = Indicator(
            id=IndicatorId(1),
            intervention_id=self.op.id,
            reference="O-1",
            title="Patrols",
            measures=measures,
            unit="patrols",
        )
        self.keeps(indicator)
        if reading is not None:
            self.keeps(
                Reading(id=ReadingId(1), indicator_id=indicator.id, quarter=self.of, value=Decimal(reading))
            )

    def risks(self, intervention: Intervention | None, closed: date | None = None) -> None:
        self.keeps(
            Risk(
                id=RiskId(1),
                award_id=self.award.id,
                intervention_id=intervention.id if intervention else None,
                category=RiskCategory.DELIVERY,
                title="Delay",
                impact_before=3,
                likelihood_before=3,
                impact_after=2,
                likelihood_after=2,
                raised_on=date(2024, 4, 1),
                closed_on=closed,
            )
        )

    def matches(self, amount: str, in_quarter: str) -> None:
        self.keeps(
            Match(
                id=MatchId(len(self.all(Match)) + 1),
                award_id=self.award.id,
                source="Council",
                kind=MatchKind.CASH,
                quarter=quarter(in_quarter),
                amount=pounds(amount),
            )
        )

    def explains(self, expense: Any = RESOURCE) -> None:
        self.keeps(
            VarianceReason(
                id=VarianceReasonId(1),
                return_id=self.draft.id,
                intervention_id=self.op.id,
                expense=expense,
                category_id=self.staff.id,
                reason="Phased differently",
            )
        )

    def told(self) -> tuple[Problem, ...]:
        draft = next(each for each in self.all(FunderReturn) if each.id == self.draft.id)
        return readiness(ReturnCase(Claim(self.book(), self.of), draft))

    def says(self, words: str) -> list[tuple[Severity, str]]:
        """Severity and clause of each problem that has these words."""
        return [(each.severity, each.clause) for each in self.told() if words in each.message]
