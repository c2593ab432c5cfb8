"""How an award was planned and spent: the tables that interventions, profiles, costs and progress are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from fundtracker.domain.bids import Expense
from fundtracker.domain.delivery import Direction
from fundtracker.domain.interventions import DelayCause, InterventionStatus, Rag
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.periods import FinancialYear, Quarter

Four = tuple[int, int, int, int]
"""One number for each quarter of a financial year, Q1 to Q4."""


class Vat(Enum):
    """Whether whoever pays the supplier gets the VAT back."""

    RECOVERABLE = "recoverable"  # police and councils
    IRRECOVERABLE = "irrecoverable"  # charities and schools


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A line's money of one financial year, before and after the cut of August 2024, and what was spent of it."""

    year: FinancialYear
    amount: Money
    planned: Four  # weights of the original profile
    spent: Four  # per cent of the current amount, 100 or less in all
    cut: Money

    @property
    def current(self) -> Money:
        """What is left of the amount after the cut."""
        return self.amount - self.cut

    def profile(self) -> Iterator[tuple[Quarter, Money]]:
        """The original profile: quarters that are planned at all."""
        for quarter, weight, part in zip(
            self.year.quarters, self.planned, self.amount.share(self.planned), strict=True
        ):
            if weight:
                yield quarter, part

    def cut_profile(self) -> Iterator[tuple[Quarter, Money, Money]]:
        """Quarter, old and new amount of each quarter from Q2 that the cut lowers, in proportion to what it had."""
        if not self.cut:
            return
        later = [(quarter, amount) for quarter, amount in self.profile() if quarter.number > 1]
        parts = self.cut.share([amount.pence for _, amount in later])
        for (quarter, old), part in zip(later, parts, strict=True):
            yield quarter, old, old - part

    def current_profile(self) -> dict[Quarter, Money]:
        """The original profile with the cut applied."""
        return dict(self.profile()) | {quarter: new for quarter, _, new in self.cut_profile()}

    def spend(self, whole: Money | None = None) -> Iterator[tuple[Quarter, Money]]:
        """What was spent in each quarter of the current amount (or of `whole`, a grant's part of it)."""
        parts = (self.current if whole is None else whole).share([*self.spent, 100 - sum(self.spent)])
        yield from zip(self.year.quarters, parts[:4], strict=True)


def in_year(year: str, amount: str, planned: Four, spent: Four, cut: str = "0") -> YearPlan:
    return YearPlan(FinancialYear.read(year), Money.pounds(amount), planned, spent, Money.pounds(cut))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """One cost category of an intervention. `Staff` is paid monthly; a line without goods is spent by partners."""

    expense: Expense
    category: str
    years: tuple[YearPlan, ...]
    supplier: str = ""
    goods: tuple[str, ...] = ()
    invoices: int = 3  # in a quarter
    vat: Vat = Vat.RECOVERABLE
    accrues: bool = False  # at each quarter's end something has come whose invoice has not


@dataclass(frozen=True, slots=True)
class MilestonePlan:
    what: str
    baseline_on: date
    forecast_on: date | None
    actual_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPlan:
    """An indicator with its readings, one for each quarter that has one."""

    title: str
    unit: str
    readings: tuple[tuple[Quarter, Decimal], ...]
    target: Decimal | None
    outcome: bool = False
    direction: Direction = Direction.INCREASE
    baseline: Decimal = Decimal(0)
    baseline_period: str = ""
    source: str = "Illustrative"
    place: str = ""
    caveat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlan:
    """A quarter's progress in words; the spend RAG is worked out from the money."""

    quarter: Quarter
    delivery: Rag
    risk: Rag
    narrative: str
    cause: DelayCause = DelayCause.NONE
    worse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionPlan:
    """An intervention with everything that hangs on it."""

    reference: str
    title: str
    kind: str  # the intervention type's name
    lead: str  # the organisation's name
    priorities: str
    lines: tuple[LinePlan, ...]
    district: str = ""
    status: InterventionStatus = InterventionStatus.UNDER_WAY
    note: str = "Title published; budget and delivery illustrative."
    site_detail: str = ""
    milestones: tuple[MilestonePlan, ...] = ()
    indicators: tuple[IndicatorPlan, ...] = ()
    reports: tuple[ReportPlan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardPlan:
    """An award by its reference, with its interventions."""

    reference: str
    ledger: str  # what its ledger codes begin with
    interventions: tuple[InterventionPlan, ...]

    @property
    def sums(self) -> dict[tuple[FinancialYear, Expense], Money]:
        """The original profile by year and capital or resource."""
        found: dict[tuple[FinancialYear, Expense], Money] = {}
        for _, line, year in self.lines():
            key = (year.year, line.expense)
            found[key] = found.get(key, ZERO) + year.amount
        return found

    def lines(self) -> Iterator[tuple[InterventionPlan, LinePlan, YearPlan]]:
        for intervention in self.interventions:
            for line in intervention.lines:
                for year in line.years:
                    yield intervention, line, year


def quarter(code: str) -> Quarter:
    return Quarter.read(code)


def rag(score: int) -> Rag:
    return next(each for each in Rag if each.score == score)
