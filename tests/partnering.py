"""A grant with a year behind it, in memory, and a form as a partner fills it in: for tests of partner forms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import BidId, Expense, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import (
    Indicator,
    IndicatorId,
    Measures,
    Proximity,
    Risk,
    RiskCategory,
    RiskId,
)
from fundtracker.domain.form_rows import (
    FormForecast,
    FormForecastId,
    FormLine,
    FormLineId,
    FormReading,
    FormReadingId,
)
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Grant, GrantId, GrantSource, GrantSourceId
from fundtracker.domain.interventions import (
    Intervention,
    InterventionId,
    Milestone,
    MilestoneId,
    ProfileLine,
    ProfileLineId,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    Office,
    OfficeId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Partnership,
    PartnershipId,
)
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.partner_forms.said import FormSaid, SaidRow
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.terms import Term, TermId, TermKind

YEAR = FinancialYear(2024)
Q1, Q2, Q3, Q4 = YEAR.quarters
CAPITAL, RESOURCE = Expense.CAPITAL, Expense.RESOURCE
SOLACE, LIGHTS = "ASB-01 Solace: casework", "ASB-02 =Lights * night?"
CASEWORK, KIT = "Staff, agency", "Kit ~ 1"


def pounds(amount: str) -> Money:
    return Money.pounds(amount)


def intervention(number: int, title: str) -> Intervention:
    return Intervention(
        id=InterventionId(number),
        award_id=AwardId(1),
        reference=f"ASB-0{number}",
        title=title,
        theme=Theme.ASB,
    )


def cost(number: int, net: str, received: date, **more: Any) -> Cost:
    """A partner's cost, accepted."""
    values: dict[str, Any] = {
        "intervention_id": InterventionId(1),
        "expense": RESOURCE,
        "category_id": CostCategoryId(1),
        "accepted_on": date(2024, 7, 15),
        **more,
    }
    return Cost(
        id=CostId(number),
        reference=f"C-{number:05d}",
        grant_id=GrantId(1),
        supplier="Illustrative Ltd",
        net=pounds(net),
        received_on=received,
        **values,
    )


FORM = PartnerForm(
    id=PartnerFormId(1),
    grant_id=GrantId(1),
    quarter=Q1,
    reference="G-1 2024-25-Q1",
    issued_on=date(2024, 7, 1),
    due_on=date(2024, 7, 14),
    received_on=date(2024, 7, 12),
    accepted_on=date(2024, 7, 15),
)


def book(*more: Record) -> GrantBook:
    """A grant of two interventions; Q1 of 2024/25 was reported and accepted. Records of the same kind and id replace."""
    records: tuple[Record, ...] = (
        Office(id=OfficeId(1), name="Office of the Police and Crime Commissioner"),
        Organisation(id=OrganisationId(1), name="Cotswold District Council", kind=OrganisationKind.COUNCIL),
        Partnership(id=PartnershipId(1), code="COT", name="Cotswold CSP"),
        CostCategory(id=CostCategoryId(1), name=CASEWORK),
        CostCategory(id=CostCategoryId(2), name=KIT),
        CostCategory(id=CostCategoryId(3), name="Training"),
        Award(
            id=AwardId(1),
            bid_id=BidId(1),
            reference="SSF5-ASB",
            starts_on=date(2023, 10, 1),
            ends_on=date(2025, 3, 31),
        ),
        intervention(1, "Solace: casework"),
        intervention(2, "=Lights * night?"),
        Grant(
            id=GrantId(1),
            reference="G-1",
            title="Solace",
            recipient_id=OrganisationId(1),
            partnership_id=PartnershipId(1),
            starts_on=date(2023, 10, 1),
            ends_on=date(2025, 3, 31),
        ),
        *(
            GrantSource(
                id=GrantSourceId(n),
                grant_id=GrantId(1),
                intervention_id=InterventionId(n),
                year=YEAR,
                amount=pounds(amount),
            )
            for n, amount in ((1, "5500"), (2, "1000"))
        ),
        ProfileLine(
            id=ProfileLineId(1),
            intervention_id=InterventionId(2),
            quarter=Q3,
            expense=CAPITAL,
            category_id=CostCategoryId(2),
            amount=pounds("1000"),
        ),
        ProfileLine(
            id=ProfileLineId(2),
            intervention_id=InterventionId(1),
            quarter=Quarter(FinancialYear(2023), 4),
            expense=CAPITAL,
            category_id=CostCategoryId(3),
            amount=pounds("700"),
        ),
        cost(1, "1320.10", date(2024, 5, 6), form_id=FORM.id, form_row="COST-001"),
        cost(2, "400", date(2024, 2, 6)),
        cost(3, "250", date(2024, 7, 6)),
        cost(4, "90", date(2024, 6, 6), accepted_on=None),
        Milestone(
            id=MilestoneId(1),
            intervention_id=InterventionId(1),
            what="Worker in post",
            baseline_on=date(2024, 4, 8),
            actual_on=date(2024, 4, 8),
        ),
        Milestone(
            id=MilestoneId(2),
            intervention_id=InterventionId(2),
            what="Columns lit",
            baseline_on=date(2024, 9, 1),
            forecast_on=date(2024, 11, 1),
        ),
        Indicator(
            id=IndicatorId(1),
            intervention_id=InterventionId(1),
            reference="I-1",
            title="Cases",
            measures=Measures.OUTPUT,
            unit="cases",
            target=Decimal("75.5"),
        ),
        Indicator(
            id=IndicatorId(2),
            intervention_id=InterventionId(1),
            reference="I-2",
            title="Feels safe",
            measures=Measures.OUTCOME,
            unit="%",
        ),
        *(
            Risk(
                id=RiskId(n),
                award_id=AwardId(1),
                intervention_id=on,
                category=RiskCategory.PEOPLE,
                title=title,
                impact_before=5,
                likelihood_before=5,
                impact_after=3,
                likelihood_after=2,
                proximity=Proximity.QUARTER,
                mitigation="Speak to another partner",
                raised_on=date(2024, 1, 1),
                closed_on=closed,
            )
            for n, on, title, closed in (
                (1, InterventionId(1), "Worker leaves", None),
                (2, None, "The office's own", None),
                (3, InterventionId(1), "Long closed", date(2024, 6, 30)),
            )
        ),
        FORM,
        FormLine(
            id=FormLineId(1),
            form_id=FORM.id,
            intervention_id=InterventionId(1),
            expense=RESOURCE,
            category_id=CostCategoryId(1),
            spent=pounds("1320.10"),
        ),
        *(
            FormForecast(
                id=FormForecastId(n),
                form_id=FORM.id,
                intervention_id=InterventionId(1),
                expense=RESOURCE,
                category_id=CostCategoryId(1),
                quarter=quarter,
                amount=pounds("1400"),
            )
            for n, quarter in ((1, Q2), (2, Q3))
        ),
        FormReading(
            id=FormReadingId(1),
            form_id=FORM.id,
            indicator_id=IndicatorId(1),
            value=Decimal("12.5"),
            evidence_held=True,
        ),
        Term(
            id=TermId(1),
            reference="T-1",
            grant_id=GrantId(1),
            kind=TermKind.VARIANCE_REASON,
            number=Decimal("7.5"),
            clause="4.2",
            effective_from=date(2023, 10, 1),
        ),
        *more,
    )
    rows: dict[type[Record], dict[int, Any]] = {}
    for each in records:
        rows.setdefault(type(each), {})[each.id] = each
    held = {kind: tuple(of[key] for key in sorted(of)) for kind, of in rows.items()}
    return GrantBook(grant=held[Grant][0], today=date(2024, 10, 1), rows=held)


def second_form(reason: str = "An invoice was forgotten.") -> PartnerForm:
    """A form that replaces the accepted one of Q1."""
    return replace(
        FORM,
        id=PartnerFormId(2),
        reference="G-1 2024-25-Q1 (2)",
        replaces_id=FORM.id,
        received_on=None,
        accepted_on=None,
        reason=reason,
    )


COST_1 = {
    "intervention": SOLACE,
    "expense": RESOURCE,
    "category": CASEWORK,
    "supplier": "=Payroll",
    "invoice_number": "0012",
    "description": "Caseworker, July",
    "received_on": date(2024, 7, 31),
    "net": pounds("1000.10"),
    "vat": pounds("0"),
    "vat_recoverable": True,
}
COST_2 = COST_1 | {
    "intervention": LIGHTS,
    "expense": CAPITAL,
    "category": KIT,
    "description": "Column",
    "net": pounds("200.05"),
    "vat": pounds("40.01"),
    "vat_recoverable": False,
}


def answers(case: FormCase) -> dict[str, dict[str, dict[str, Any]]]:
    """Everything a form of Q2 asks for, so that every sheet is done."""
    forecast = {f"forecast_{each.code}": pounds("1500") for each in case.ahead}
    none = {name: pounds("0") for name in forecast}
    return {
        "costs": {"COST-001": COST_1, "COST-007": COST_2},
        "spend": {
            "SPEND-1-R-1": {"spent": pounds("1000.10")} | forecast,
            "SPEND-2-C-2": {"spent": pounds("240.06")} | none,
        },
        "budget": {"BUDGET-2": {"reason": "One column instead of four."}},
        "outputs": {"OUT-1": {"value": Decimal("3.5"), "evidence_held": True}},
        "milestones": {"MS-2": {"actual_on": date(2024, 9, 20)}},
        "narrative": {
            "N-done": {"answer": "We met  residents.\nThey came."},
            "N-challenges": {"answer": "- Nothing"},
            "N-coming": {"answer": "More"},
        },
        "declaration": {
            "DECLARATION": {
                "agreed": True,
                "declared_by": "Finance officer",
                "declared_role": "Treasurer",
                "declared_on": date(2024, 10, 9),
            }
        },
    }


def said(case: FormCase, values: dict[str, dict[str, dict[str, Any]]]) -> FormSaid:
    rows = {table: {key: SaidRow(key, row, {}) for key, row in of.items()} for table, of in values.items()}
    return FormSaid(name="form.xlsx", about=case.about, rows=rows)
