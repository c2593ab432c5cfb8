"""Snapshots made as the program makes them, from records alone: a rich one, a bare one, and one of any number of costs."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from fundtracker.domain.bids import Bid
from fundtracker.domain.columns import Record
from fundtracker.domain.delivery import (
    Asset,
    AssetId,
    Direction,
    Document,
    DocumentId,
    DocumentKind,
    Indicator,
    IndicatorId,
    Match,
    MatchId,
    MatchKind,
    Measures,
    Proximity,
    Reading,
    ReadingId,
    Risk,
    RiskCategory,
    RiskId,
)
from fundtracker.domain.grants import (
    Condition,
    ConditionId,
    ConditionKind,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.interventions import (
    DelayCause,
    Intervention,
    InterventionStatus,
    Milestone,
    MilestoneId,
    Progress,
    ProgressId,
    Rag,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId, Office, OfficeId
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.returns import Forecast, ForecastId, FunderReturn, VarianceReason, VarianceReasonId
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.terms import Term, TermId, TermKind
from programme import CAPITAL, RESOURCE, Programme, quarter

SEAL = "9f3a" * 16
WELSH = "Prosiect Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch: teithiau diogel gyda’r nos, ŵyl a thŷ"
HOSTILE = "=cmd|' /C calc'!A0"


def provenance(*, draft: bool) -> Provenance:
    return Provenance(program_version="0.1.0", history_sequence=1204, history_seal=SEAL, draft=draft)


def rich_snapshot(*, draft: bool = True, demonstration: bool = True) -> Snapshot:
    """2024/25 Q2 of an award with everything in it: adjustments, corrections, accruals, grants, match, seven-figure sums."""
    programme = Programme()
    programme.changes(_office(demonstration=demonstration))
    _describe(programme)
    for of, resource, capital in (("2023/24", "1250000", "250000"), ("2024/25", "2442950", "1048000.55")):
        programme.promises(resource, of)
        programme.promises(capital, of, CAPITAL)
    first, second, third = (
        programme.intervenes(title) for title in ("Op Vigilant", WELSH, "Street lighting")
    )
    services = programme.changes(
        CostCategory(id=CostCategoryId(3), name="Gwasanaethau a hyfforddiant & more")
    )
    for each in (first, second, third):
        for of in ("2023/24 Q4", "2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4"):
            programme.plans(each, f"{61_000 + 1_250 * each.id}.35", of)
        programme.plans(each, "240000.10", "2024/25 Q2", CAPITAL)
    _spend_and_return(programme, first, second, third, services)
    draft_return = programme.begins_return("2024/25 Q2")
    draft_return = programme.changes(
        draft_return,
        due_on=date(2024, 10, 30),
        underspend_cause="Columns come after the year end.",
        underspend_request="To re-profile £40,000.",
        surrendered=Money.pounds("1234.56"),
        prepared_by="Safer Streets co-ordinator",
        prepared_on=date(2024, 10, 18),
        checked_by="Commissioning manager",
        checked_on=date(2024, 10, 21),
        signed_by="" if draft else "Chief Finance Officer",
        signed_role="" if draft else "Section 151 Officer",
        signed_on=None if draft else date(2024, 10, 21),
    )
    _order(programme, second, third, services)
    _look_ahead(programme, draft_return, (first, second, third))
    _beside_the_money(programme, first, second)
    return prepare(programme.book(), draft_return, provenance(draft=draft))


def bare_snapshot() -> Snapshot:
    """The first return of an award in which nothing has happened yet."""
    programme = Programme()
    programme.promises("1000", "2023/24")
    return prepare(programme.book(), programme.begins_return("2023/24 Q3"), provenance(draft=True))


def year_end_snapshot() -> Snapshot:
    """A Q4 return, with no quarter left to forecast, and a line whose costs cancel out."""
    programme = Programme()
    programme.promises("90000", "2023/24")
    patrols, lights = programme.intervenes(), programme.intervenes("Street lighting")
    programme.plans(patrols, "40000", "2023/24 Q4")
    programme.spends(patrols, "12345.67", date(2023, 12, 1))
    programme.submits(programme.begins_return("2023/24 Q3"))
    programme.reverses(programme.spends(lights, "750", date(2024, 2, 2)))
    programme.spends(patrols, "100.01", date(2024, 3, 31))
    return prepare(programme.book(), programme.begins_return("2023/24 Q4"), provenance(draft=False))


def long_snapshot(costs: int) -> Snapshot:
    """One quarter with so many cost lines over twenty interventions."""
    programme = Programme()
    programme.promises("99000000", "2023/24")
    interventions = [programme.intervenes(f"Intervention {n}") for n in range(20)]
    for n in range(costs):
        received = date(2023, 10, 1) + timedelta(days=n % 92)
        programme.spends(
            interventions[n % 20],
            Money(100_003 + 7 * n),
            received,
            vat=Money(20_001),
            vat_recoverable=n % 3 > 0,
            expense=CAPITAL if n % 4 == 0 else RESOURCE,
            description=f"Supply and fitting, part {n}",
            ordered_on=received - timedelta(days=30),
            paid_on=received + timedelta(days=30),
            ledger_code=f"SS5-{n % 40:03d}",
        )
    return prepare(programme.book(), programme.begins_return("2023/24 Q3"), provenance(draft=True))


def _keep_all(programme: Programme, items: Iterable[Record]) -> None:
    for item in items:
        programme.changes(item)


def _office(*, demonstration: bool) -> Office:
    return Office(
        id=OfficeId(1),
        name="Office of the Police and Crime Commissioner for Gloucestershire",
        short_name="Gloucestershire OPCC",
        today=date(2024, 10, 21) if demonstration else None,
    )


def _describe(programme: Programme) -> None:
    programme.award = programme.changes(
        programme.award, agreement="HO/SSF5/GLOS/2 v1.1", project_number="547"
    )
    bid = programme.all(Bid)[0]
    programme.changes(bid, title="Violence against women & girls <Gloucestershire>")


def _spend_and_return(
    programme: Programme,
    first: Intervention,
    second: Intervention,
    third: Intervention,
    services: CostCategory,
) -> None:
    """Three returns before, and what changed after each of them."""
    last_year = programme.spends(first, "120345.67", date(2024, 2, 10), vat=Money(19), vat_recoverable=False)
    programme.spends(
        second, "30000.10", date(2024, 3, 20), expense=CAPITAL, category_id=programme.equipment.id
    )
    programme.submits(programme.begins_return("2023/24 Q4"))
    spring = programme.spends(first, "61250.35", date(2024, 5, 2), invoiced_on=date(2024, 5, 20))
    accrual = programme.spends(
        second, "8999.99", date(2024, 6, 28), description="Accrual: hyfforddiant Mehefin"
    )
    for n in range(12):
        programme.spends(
            (first, second, third)[n % 3],
            Money(123_456 + 98_765 * n),
            date(2024, 4, 3 + n),
            supplier=("Cymdeithas Tai Eryri a’r Gororau Cyfyngedig", HOSTILE, "Severn & Sons <Lighting> Ltd")[
                n % 3
            ],
            vat=Money(24_691 + n),
            vat_recoverable=n % 2 == 0,
            expense=CAPITAL if n % 4 == 0 else RESOURCE,
            category_id=services.id if n % 4 == 1 else programme.equipment.id,
            ordered_on=date(2024, 3, 1),
            paid_on=date(2024, 5, 30),
            ledger_code=f"SS5-{n:03d}",
        )
    programme.submits(programme.begins_return("2024/25 Q1"))
    programme.changes(spring, net=Money.pounds("61200.30"), adjustment_reason="Credit note of 9 August 2024")
    programme.changes(last_year, net=Money.pounds("120045.67"), adjustment_reason="Day rate corrected")
    programme.reverses(accrual)
    programme.spends(
        second, "9120", date(2024, 6, 28), invoiced_on=date(2024, 7, 9), adjustment_reason="The invoice came"
    )
    programme.spends(
        first, "1048000.55", date(2024, 9, 4), expense=CAPITAL, category_id=programme.equipment.id
    )
    for n in range(9):
        cost = programme.spends(
            (first, second)[n % 2],
            Money(230_011 * (n + 1)),
            date(2024, 7, 1 + 3 * n),
            invoiced_on=None if n % 3 == 0 else date(2024, 8, 20),
            vat=Money(46_002),
            vat_recoverable=n % 2 == 1,
        )
        programme.changes(
            Document(
                id=DocumentId(cost.id), name=f"{cost.reference} invoice.pdf", sha256=f"{n:064x}",
                kind=DocumentKind.INVOICE, cost_id=cost.id,
            )
        )  # fmt: skip


def _order(programme: Programme, second: Intervention, third: Intervention, services: CostCategory) -> None:
    """On the way at the quarter's end: one order of a line that has spend, two of one that has nothing else; and what is none."""
    programme.spends(
        third, "12340.56", None, ordered_on=date(2024, 9, 30), category_id=programme.equipment.id
    )
    programme.spends(
        second, "6000", None, ordered_on=date(2024, 7, 1), vat=Money(120_000), vat_recoverable=False, expense=CAPITAL,
        category_id=services.id,
    )  # fmt: skip
    programme.spends(
        second,
        "77.07",
        date(2024, 10, 3),
        ordered_on=date(2024, 9, 1),
        expense=CAPITAL,
        category_id=services.id,
    )
    programme.spends(second, "999", None, ordered_on=date(2024, 10, 1), expense=CAPITAL)


def _look_ahead(programme: Programme, draft: FunderReturn, interventions: tuple[Intervention, ...]) -> None:
    number = 0
    for each in interventions:
        for of in ("2024/25 Q3", "2024/25 Q4"):
            number += 1
            programme.changes(
                Forecast(
                    id=ForecastId(number), return_id=draft.id, intervention_id=each.id, quarter=quarter(of),
                    expense=RESOURCE, category_id=programme.staff.id, amount=Money(5_512_345 + number * 101),
                )
            )  # fmt: skip
    programme.changes(
        VarianceReason(
            id=VarianceReasonId(1), return_id=draft.id, intervention_id=interventions[0].id, expense=RESOURCE,
            category_id=programme.staff.id,
            reason="Officers were taken for public order in August; the hours are planned again for the winter.",
        )
    )  # fmt: skip
    programme.re_profiles(interventions[1], "2024/25 Q3", "63500.35", "60000.30", on=date(2024, 8, 6))
    programme.varies(("2024/25", RESOURCE, "2442950", "2400000.99"), on=date(2024, 8, 6))


def _beside_the_money(programme: Programme, first: Intervention, second: Intervention) -> None:
    award = programme.award.id
    _keep_all(
        programme,
        (
            Term(
                id=TermId(1), reference="SSF5-T03", award_id=award, kind=TermKind.MATCH_PERCENT, number=Decimal("12.5"),
                clause="match of 12.5% of the award", effective_from=date(2023, 10, 1),
            ),
            Match(
                id=MatchId(1), award_id=award, source="Heddlu: oriau swyddogion", kind=MatchKind.IN_KIND, secured=True,
                basis="Mid-point cost", quarter=quarter("2024/25 Q1"), amount=Money.pounds("15200.20"),
            ),
            Match(
                id=MatchId(2), award_id=award, source="Councils", kind=MatchKind.CASH, quarter=quarter("2024/25 Q2"),
                amount=Money.pounds("8400.05"),
            ),
            Milestone(
                id=MilestoneId(1), intervention_id=first.id, what="First deployment", baseline_on=date(2024, 4, 1),
                actual_on=date(2024, 4, 20),
            ),
            Milestone(
                id=MilestoneId(2), intervention_id=second.id, what="Ail gam", baseline_on=date(2024, 12, 1),
                forecast_on=date(2024, 11, 20),
            ),
            Risk(
                id=RiskId(1), award_id=award, category=RiskCategory.PEOPLE, title="The worker leaves early",
                impact_before=4, likelihood_before=4, mitigation="A second worker is trained.", impact_after=3,
                likelihood_after=2, owner="Safer Streets co-ordinator", proximity=Proximity.QUARTER,
                raised_on=date(2023, 11, 8),
            ),
            Asset(
                id=AssetId(1), intervention_id=first.id, description="Redeployable camera", bought_on=date(2024, 9, 4),
                cost=Money.pounds("1048000.55"), location="Gloucester",
            ),
        ),
    )  # fmt: skip
    for number, (of, rag) in enumerate((("2024/25 Q1", Rag.GREEN), ("2024/25 Q2", Rag.AMBER)), 1):
        programme.changes(
            Progress(
                id=ProgressId(number), intervention_id=first.id, quarter=quarter(of), status=InterventionStatus.UNDER_WAY,
                delivery=rag, spend=Rag.GREEN, risk=Rag.AMBER_RED, delay_cause=DelayCause.RECRUITMENT,
                narrative="The patrols began later than planned, and caught up in August.", worse_reason="Recruitment.",
            )
        )  # fmt: skip
    for number, (measures, reference) in enumerate(((Measures.OUTPUT, "I-1"), (Measures.OUTCOME, "I-2")), 1):
        programme.changes(
            Indicator(
                id=IndicatorId(number), intervention_id=first.id, reference=reference, title="People reached", unit="people",
                measures=measures, direction=Direction.INCREASE, baseline=Decimal(10), target=Decimal("410.5"),
            )
        )  # fmt: skip
        programme.changes(
            Reading(
                id=ReadingId(number), indicator_id=IndicatorId(number), quarter=quarter("2024/25 Q2"), value=Decimal("59.5"),
                evidence_held=True, forecast=Decimal("380.5") if number == 1 else None, evidence="SP/Evidence/Q2-17" if number == 1 else "",
            )
        )  # fmt: skip
    _grant(programme, second)


def _grant(programme: Programme, intervention: Intervention) -> None:
    grant = programme.grants(intervention, "50000", "2024/25")
    _keep_all(
        programme,
        (
            Instalment(
                id=InstalmentId(1), grant_id=grant.id, reference="G-1/1", amount=Money.pounds("20000.10"),
                due_on=date(2024, 7, 1), status=InstalmentStatus.PAID, paid_on=date(2024, 7, 5),
            ),
            Instalment(
                id=InstalmentId(2), grant_id=grant.id, reference="G-1/2", amount=Money.pounds("10000"),
                due_on=date(2025, 1, 1),
            ),
            Condition(
                id=ConditionId(1), grant_id=grant.id, kind=ConditionKind.CFO_STATEMENT, what="Statement",
                due_on=date(2025, 4, 30),
            ),
        ),
    )  # fmt: skip
    programme.spends(
        intervention,
        "20500.75",
        date(2024, 8, 8),
        grant_id=grant.id,
        accepted_on=date(2024, 8, 30),
        supplier="Cyngor",
    )
