"""One record of every kind, as one small programme: what the kept database holds, and what tests of any kind start from.

The return of 2023/24 Q3 is submitted, with its line, reason and forecast; that of Q4 is a draft.
"""

from datetime import date
from decimal import Decimal

from fundtracker.domain.awards import Award, AwardId, AwardLine, AwardLineId
from fundtracker.domain.bids import Bid, BidAmount, BidAmountId, BidId, BidStatus, Expense, Theme
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import (
    Asset,
    AssetId,
    Document,
    DocumentId,
    DocumentKind,
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
from fundtracker.domain.form_rows import (
    FormForecast,
    FormForecastId,
    FormLine,
    FormLineId,
    FormReading,
    FormReadingId,
    FormReason,
    FormReasonId,
)
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import (
    Condition,
    ConditionId,
    ConditionKind,
    Grant,
    GrantId,
    GrantSource,
    GrantSourceId,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.interventions import (
    Intervention,
    InterventionId,
    InterventionStatus,
    Milestone,
    MilestoneId,
    ProfileLine,
    ProfileLineId,
    Progress,
    ProgressId,
    Rag,
)
from fundtracker.domain.ledger import (
    AgreedBalance,
    AgreedBalanceId,
    AgreedFigure,
    LedgerCode,
    LedgerCodeId,
    LedgerLayout,
    LedgerLayoutId,
    LedgerLine,
    LedgerLineId,
    LedgerMatch,
    LedgerMatchId,
)
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    InterventionType,
    InterventionTypeId,
    Office,
    OfficeId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Partnership,
    PartnershipId,
    Priority,
    PriorityId,
)
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.returns import (
    Forecast,
    ForecastId,
    FunderReturn,
    FunderReturnId,
    ReturnLine,
    ReturnLineId,
    ReturnState,
    VarianceReason,
    VarianceReasonId,
)
from fundtracker.domain.rounds import Fund, FundId, FundingRound, FundingRoundId, FundSource
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
    VariationId,
)

pounds = Money.pounds
FIRST_YEAR, SECOND_YEAR = FinancialYear(2023), FinancialYear(2024)
Q3, Q4 = Quarter(FIRST_YEAR, 3), Quarter(FIRST_YEAR, 4)
SENT_ON = date(2024, 1, 19)


def one_of_each() -> tuple[Record, ...]:
    """Every kind's record, each after those it refers to."""
    return (*_who_and_what(), *_money_in(), *_money_out(), *_returned(), *_beside(), *_reported())


def _who_and_what() -> tuple[Record, ...]:
    return (
        Office(id=OfficeId(1), name="Office of the Police and Crime Commissioner", short_name="OPCC"),
        Organisation(
            id=OrganisationId(1),
            name="Cotswold District Council",
            kind=OrganisationKind.COUNCIL,
            aliases="CDC; Cotswold DC",
        ),
        Partnership(
            id=PartnershipId(1),
            code="COT",
            name="Cotswold Community Safety Partnership",
            accountable_body_id=OrganisationId(1),
        ),
        Priority(id=PriorityId(1), code="P1", name="Safer streets"),
        InterventionType(id=InterventionTypeId(1), name="CCTV", note="Fixed and mobile"),
        CostCategory(id=CostCategoryId(1), name="Staff"),
        Fund(
            id=FundId(1),
            code="SSF",
            name="Safer Streets Fund",
            funder="Home Office",
            source=FundSource.RECEIVED,
        ),
        FundingRound(
            id=FundingRoundId(1),
            fund_id=FundId(1),
            code="SSF5",
            name="Round 5",
            delivery_from=date(2023, 10, 1),
            delivery_to=date(2025, 3, 31),
        ),
    )


def _money_in() -> tuple[Record, ...]:
    return (
        Bid(
            id=BidId(1),
            round_id=FundingRoundId(1),
            reference="SSF5-B1",
            title="Women’s safety “O'Neill” Llŷn",
            theme=Theme.VAWG,
            priority=1,
            lead_id=OrganisationId(1),
            status=BidStatus.SUCCESSFUL,
            score=Decimal("71.125"),
        ),
        BidAmount(
            id=BidAmountId(1), bid_id=BidId(1), year=FIRST_YEAR, expense=Expense.RESOURCE, asked=pounds(60000)
        ),
        Award(
            id=AwardId(1),
            bid_id=BidId(1),
            reference="SSF5-VAWG",
            starts_on=date(2023, 10, 1),
            ends_on=date(2025, 3, 31),
            note="First line\nSecond line",
        ),
        AwardLine(
            id=AwardLineId(1),
            award_id=AwardId(1),
            year=FIRST_YEAR,
            expense=Expense.RESOURCE,
            amount=pounds(50000),
        ),
        AwardLine(
            id=AwardLineId(2),
            award_id=AwardId(1),
            year=SECOND_YEAR,
            expense=Expense.RESOURCE,
            amount=pounds(80000),
        ),
        Intervention(
            id=InterventionId(1),
            award_id=AwardId(1),
            reference="SSF5-VAWG-01",
            title="Op Vigilant",
            type_id=InterventionTypeId(1),
            theme=Theme.VAWG,
            status=InterventionStatus.UNDER_WAY,
        ),
        ProfileLine(
            id=ProfileLineId(1),
            intervention_id=InterventionId(1),
            quarter=Q3,
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            amount=pounds(10000),
        ),
        Milestone(
            id=MilestoneId(1),
            intervention_id=InterventionId(1),
            what="First patrol",
            baseline_on=date(2023, 11, 1),
        ),
        Progress(
            id=ProgressId(1),
            intervention_id=InterventionId(1),
            quarter=Q3,
            delivery=Rag.GREEN,
            spend=Rag.AMBER_GREEN,
            risk=Rag.GREEN,
            narrative="Patrols began.",
        ),
        Term(
            id=TermId(1),
            reference="T-1",
            award_id=AwardId(1),
            kind=TermKind.VARIANCE_REASON,
            number=Decimal("12.5"),
            clause="6.7 Significant variances",
            effective_from=date(2023, 10, 1),
        ),
        Waiver(
            id=WaiverId(1),
            term_id=TermId(1),
            reason="Late start",
            approved_by="Grant manager",
            approved_on=date(2023, 12, 1),
            expires_on=date(2024, 3, 31),
        ),
        Variation(
            id=VariationId(1),
            reference="V1",
            award_id=AwardId(1),
            number=1,
            reason="Ceiling cut",
            approved_by="Commissioner",
            approved_on=date(2024, 1, 10),
            effective_on=date(2024, 1, 10),
        ),
        VariationChange(
            id=VariationChangeId(1),
            variation_id=VariationId(1),
            kind=ChangeKind.AMOUNT,
            year=SECOND_YEAR,
            expense=Expense.RESOURCE,
            old_amount=pounds(80000),
            new_amount=pounds(70000),
        ),
    )


def _money_out() -> tuple[Record, ...]:
    return (
        Grant(
            id=GrantId(1),
            reference="G-1",
            title="Target hardening",
            recipient_id=OrganisationId(1),
            partnership_id=PartnershipId(1),
        ),
        GrantSource(
            id=GrantSourceId(1),
            grant_id=GrantId(1),
            intervention_id=InterventionId(1),
            year=FIRST_YEAR,
            amount=pounds(5000),
        ),
        Instalment(
            id=InstalmentId(1),
            grant_id=GrantId(1),
            reference="I-00001",
            amount=pounds(2500),
            due_on=date(2023, 12, 1),
            status=InstalmentStatus.PAID,
            paid_on=date(2023, 12, 4),
        ),
        Condition(
            id=ConditionId(1),
            reference="CN-00001",
            grant_id=GrantId(1),
            instalment_id=InstalmentId(1),
            kind=ConditionKind.BEFORE_PAYMENT,
            what="Signed agreement",
            received_on=date(2023, 11, 20),
            accepted_on=date(2023, 11, 21),
        ),
        Cost(
            id=CostId(1),
            reference="C-00001",
            intervention_id=InterventionId(1),
            supplier="Illustrative Ltd",
            invoice_number="INV-1",
            received_on=date(2023, 11, 15),
            net=pounds("9876.54"),
            vat=pounds("1975.31"),
            vat_recoverable=False,
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
        ),
        Cost(
            id=CostId(2),
            reference="C-00002",
            intervention_id=InterventionId(1),
            grant_id=GrantId(1),
            supplier="Partner’s supplier",
            received_on=date(2024, 2, 1),
            accepted_on=date(2024, 2, 20),
            net=pounds("1200.00"),
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
        ),
    )


def _returned() -> tuple[Record, ...]:
    claim = pounds("11851.85")
    return (
        FunderReturn(
            id=FunderReturnId(1),
            award_id=AwardId(1),
            quarter=Q3,
            reference="SSF5-VAWG 2023-24-Q3",
            state=ReturnState.SUBMITTED,
            due_on=date(2024, 1, 30),
            claim=claim,
            prepared_by="Programme manager",
            prepared_on=SENT_ON,
            checked_by="Finance officer",
            checked_on=SENT_ON,
            signed_by="Signatory",
            signed_role="Chief Finance Officer",
            signed_on=SENT_ON,
            submitted_on=SENT_ON,
        ),
        FunderReturn(
            id=FunderReturnId(2),
            award_id=AwardId(1),
            quarter=Q4,
            reference="SSF5-VAWG 2023-24-Q4",
            due_on=date(2024, 4, 30),
        ),
        ReturnLine(
            id=ReturnLineId(1),
            return_id=FunderReturnId(1),
            cost_id=CostId(1),
            intervention_id=InterventionId(1),
            quarter=Q3,
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            amount=claim,
        ),
        VarianceReason(
            id=VarianceReasonId(1),
            return_id=FunderReturnId(1),
            intervention_id=InterventionId(1),
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            reason="Equipment bought early",
        ),
        Forecast(
            id=ForecastId(1),
            return_id=FunderReturnId(1),
            intervention_id=InterventionId(1),
            quarter=Q4,
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            amount=pounds(7000),
        ),
    )


def _beside() -> tuple[Record, ...]:
    return (
        Match(
            id=MatchId(1),
            award_id=AwardId(1),
            source="Council",
            kind=MatchKind.IN_KIND,
            quarter=Q3,
            amount=pounds("1500"),
        ),
        Indicator(
            id=IndicatorId(1),
            intervention_id=InterventionId(1),
            reference="IND-1",
            title="Patrols",
            measures=Measures.OUTPUT,
            unit="patrols",
            target=Decimal(120),
        ),
        Reading(
            id=ReadingId(1),
            reference="RD-00001",
            indicator_id=IndicatorId(1),
            quarter=Q3,
            value=Decimal("31.5"),
            evidence_held=True,
        ),
        Risk(
            id=RiskId(1),
            award_id=AwardId(1),
            category=RiskCategory.DELIVERY,
            title="Vacancies",
            impact_before=4,
            likelihood_before=3,
            impact_after=2,
            likelihood_after=2,
            raised_on=date(2023, 10, 2),
        ),
        Asset(
            id=AssetId(1),
            intervention_id=InterventionId(1),
            description="Camera",
            bought_on=date(2023, 11, 15),
            cost=pounds(9000),
        ),
        Document(
            id=DocumentId(1),
            name="Invoice INV-1.pdf",
            sha256="ab" * 32,
            kind=DocumentKind.INVOICE,
            cost_id=CostId(1),
        ),
    )


def _reported() -> tuple[Record, ...]:
    """A partner's form and what it said; a ledger line with its match; a balance agreed."""
    return (
        PartnerForm(
            id=PartnerFormId(1),
            grant_id=GrantId(1),
            quarter=Q4,
            reference="GR-1 2023-24-Q4",
            issued_on=date(2024, 4, 2),
            due_on=date(2024, 4, 16),
        ),
        FormLine(
            id=FormLineId(1),
            form_id=PartnerFormId(1),
            intervention_id=InterventionId(1),
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            spent=pounds(1200),
        ),
        FormForecast(
            id=FormForecastId(1),
            form_id=PartnerFormId(1),
            intervention_id=InterventionId(1),
            expense=Expense.RESOURCE,
            category_id=CostCategoryId(1),
            quarter=Q4.next,
            amount=pounds(800),
        ),
        FormReading(
            id=FormReadingId(1), form_id=PartnerFormId(1), indicator_id=IndicatorId(1), value=Decimal(12)
        ),
        FormReason(
            id=FormReasonId(1),
            form_id=PartnerFormId(1),
            intervention_id=InterventionId(1),
            reason="Delivered a month later than planned",
        ),
        LedgerLayout(
            id=LedgerLayoutId(1),
            name="Finance system, payments",
            date_heading="Date",
            amount_heading="Amount",
        ),
        LedgerCode(id=LedgerCodeId(1), code="7410-VAWG", award_id=AwardId(1)),
        LedgerLine(
            id=LedgerLineId(1),
            reference="L-00001",
            layout_id=LedgerLayoutId(1),
            transaction_number="PAY-1",
            posted_on=date(2023, 12, 1),
            code="7410-VAWG",
            supplier="COUNCIL",
            description="First instalment",
            amount=pounds(2500),
        ),
        LedgerMatch(
            id=LedgerMatchId(1),
            line_id=LedgerLineId(1),
            instalment_id=InstalmentId(1),
            amount=pounds(2500),
            confidence=98,
            reason="The amount is that of I-00001, paid the same week",
        ),
        AgreedBalance(
            id=AgreedBalanceId(1),
            award_id=AwardId(1),
            figure=AgreedFigure.CLAIMED,
            quarter=Q3,
            amount=pounds("11851.85"),
            agreed_on=SENT_ON,
            agreed_by="Finance officer",
        ),
    )
