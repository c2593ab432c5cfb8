"""What a partner form said, row by row: spend, forecasts and readings. The costs themselves are costs."""

from decimal import Decimal
from typing import ClassVar, NewType

from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.delivery import Indicator, IndicatorId
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.periods import Quarter

FormLineId = NewType("FormLineId", int)
FormForecastId = NewType("FormForecastId", int)
FormReadingId = NewType("FormReadingId", int)
FormReasonId = NewType("FormReasonId", int)


@record
class FormLine(Record):
    """A line of a form's spend: what the partner says it spent in the quarter. Its costs add up to it."""

    singular: ClassVar[str] = "Form spend"
    plural: ClassVar[str] = "Form spend"
    known_by: ClassVar[tuple[str, ...]] = ("form_id", "intervention_id", "expense", "category_id")

    id: FormLineId
    form_id: PartnerFormId = column("Partner form", refers_to=PartnerForm)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    spent: Money = column("Spent")


@record
class FormReason(Record):
    """Why a partner's spend and forecast of a year differ from what the grant gives an intervention."""

    known_by: ClassVar[tuple[str, ...]] = ("form_id", "intervention_id")

    id: FormReasonId
    form_id: PartnerFormId = column("Partner form", refers_to=PartnerForm)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    reason: str = column("Reason for variance", long=True, searchable=True)


@record
class FormForecast(Record):
    """What a partner expects to spend in a later quarter."""

    known_by: ClassVar[tuple[str, ...]] = ("form_id", "intervention_id", "quarter", "expense", "category_id")
    adds_up_within: ClassVar[str | None] = "form_id"

    id: FormForecastId
    form_id: PartnerFormId = column("Partner form", refers_to=PartnerForm)
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    expense: Expense = column("Capital or resource")
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    quarter: Quarter = column("Quarter")
    amount: Money = column("Amount")


@record
class FormReading(Record):
    """What a partner says it did of an output in the quarter. Readings of the indicator add up its partners'."""

    known_by: ClassVar[tuple[str, ...]] = ("form_id", "indicator_id")

    id: FormReadingId
    form_id: PartnerFormId = column("Partner form", refers_to=PartnerForm)
    indicator_id: IndicatorId = column("Indicator", refers_to=Indicator)
    value: Decimal = column("Value")
    evidence_held: bool = column("Evidence held?", default=False)
    evidence: str = column("Evidence reference", default="")
    caveat: str = column("Caveat", default="", long=True)
