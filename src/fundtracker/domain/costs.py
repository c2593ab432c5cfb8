"""Costs: what was spent, line by line, on the accruals basis."""

from datetime import date
from typing import ClassVar, NewType

from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Grant, GrantId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.periods import Quarter

CostId = NewType("CostId", int)


@record
class Cost(Record):
    """One line of cost. It counts in the quarter its goods or services were received, not when they were paid for.

    Source: grants are accounted for on an accruals basis, net of recoverable VAT and gross of irrecoverable VAT
    (model grant funding agreement, managing the grant 6.6, eligible expenditure).
    """

    reference_prefix: ClassVar[str] = "C"

    id: CostId
    reference: str = column("Reference", key=True, help="Left empty: the next number is given")
    intervention_id: InterventionId = column("Intervention", refers_to=Intervention)
    grant_id: GrantId | None = column(
        "Grant", default=None, refers_to=Grant, help="Only where a partner spent it, out of this grant"
    )
    supplier: str = column("Supplier", searchable=True)
    invoice_number: str = column("Invoice no.", default="", searchable=True)
    description: str = column("Description", default="", searchable=True)
    ordered_on: date | None = column(
        "Ordered", default=None, help="Until it is received it is committed, not spent"
    )
    received_on: date | None = column(
        "Received",
        default=None,
        help="When the goods or services came: this decides the quarter. A reversal has the date of what it reverses",
    )
    invoiced_on: date | None = column(
        "Invoiced", default=None, help="Left empty: accrued, once it is received"
    )
    paid_on: date | None = column("Paid", default=None)
    net: Money = column("Net", help="Without VAT; a minus sum is a credit")
    vat: Money = column("VAT", default=Money(0))
    vat_recoverable: bool = column(
        "VAT recoverable?", default=True, help="Recoverable VAT can't be claimed; irrecoverable VAT can"
    )
    expense: Expense = column(
        "Capital or resource", help="Capital: things that last. Resource: running costs"
    )
    category_id: CostCategoryId = column("Cost category", refers_to=CostCategory)
    ledger_code: str = column("Ledger code", default="", searchable=True)
    accepted_on: date | None = column(
        "Accepted on", default=None, help="A partner's cost counts once the office has accepted it"
    )
    form_id: PartnerFormId | None = column(
        "Partner form", default=None, refers_to=PartnerForm, help="The form the partner reported it in"
    )
    form_row: str = column("Form row", default="", help="The row of that form")
    reversal_of: CostId | None = column(
        "Reversal of",
        default=None,
        refers_to="Cost",
        help="The cost that this one takes back, in whole or in part",
    )
    adjustment_reason: str = column(
        "Reason for late change",
        default="",
        help="Needed where a cost comes, or changes, after its quarter's return was submitted",
    )
    duplicate_reason: str = column(
        "Why it isn't a duplicate",
        default="",
        help="Needed where another cost has the same supplier, invoice and amount",
    )

    @property
    def eligible(self) -> Money:
        """Net plus irrecoverable VAT: what may be claimed."""
        return self.net if self.vat_recoverable else self.net + self.vat

    @property
    def counts(self) -> bool:
        """Whether it is spent: received, and accepted where a partner spent it."""
        return self.received_on is not None and (self.grant_id is None or self.accepted_on is not None)

    @property
    def quarter(self) -> Quarter | None:
        """The quarter it counts in, None while it doesn't count."""
        return Quarter.of(self.received_on) if self.received_on and self.counts else None

    def accrued_at(self, day: date) -> bool:
        """Received by `day` (included) but with no invoice yet by then."""
        return (
            self.counts
            and self.received_on is not None
            and self.received_on <= day
            and (self.invoiced_on is None or self.invoiced_on > day)
        )
