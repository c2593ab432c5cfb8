"""RECORDS: every kind of record there is, each after those it refers to.

A new kind is added here and nowhere else. Measures and unit costs will stand at the end, in `measures.py`.
"""

from functools import cache

from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, Document, Indicator, Match, Reading, Risk
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention, Milestone, ProfileLine, Progress
from fundtracker.domain.ledger import AgreedBalance, LedgerCode, LedgerLayout, LedgerLine, LedgerMatch
from fundtracker.domain.organisations import (
    CostCategory,
    InterventionType,
    Office,
    Organisation,
    Partnership,
    Priority,
)
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, VarianceReason
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange

RECORDS: tuple[type[Record], ...] = (
    Office,
    Organisation,
    Partnership,
    Priority,
    InterventionType,
    CostCategory,
    Fund,
    FundingRound,
    Bid,
    BidAmount,
    Award,
    AwardLine,
    Intervention,
    ProfileLine,
    Milestone,
    Progress,
    Grant,
    GrantSource,
    Instalment,
    Condition,
    Term,
    Waiver,
    Variation,
    VariationChange,
    PartnerForm,
    Cost,
    FunderReturn,
    ReturnLine,
    VarianceReason,
    Forecast,
    Match,
    Indicator,
    Reading,
    Risk,
    Asset,
    Document,
    FormLine,
    FormForecast,
    FormReading,
    FormReason,
    LedgerLayout,
    LedgerCode,
    LedgerLine,
    LedgerMatch,
    AgreedBalance,
)


@cache
def by_name(name: str) -> type[Record]:
    """The kind whose class is called `name` ("Award"): what a Reference points to."""
    return next(kind for kind in RECORDS if kind.__name__ == name)
