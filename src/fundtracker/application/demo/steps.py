"""Step: one act of the demonstration's story, as data. The player turns each into a call of the Workspace.

Ids are given by the story, but for what belongs to a return: BeginReturn lets the program give the return its id and
reference, and rows of a return have return_id 0 and id 0 until the player fills them in. What a form, a listing or a
match brings in gets its ids from the program too; the story knows those of a form's costs, for papers rest on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import IndicatorId
from fundtracker.domain.ledger import AgreedFigure
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import Forecast, ReturnState


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """When (UTC), in which role, and under which name in the history."""

    at: datetime
    actor: str
    title: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(_Act):
    """New records, each after those it refers to."""

    records: tuple[Record, ...]


FieldChange = tuple[type[Record], str | int, Mapping[str, Any]]
"""A record by its kind and its human reference (or id, where it has none), and the fields that get new values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(_Act):
    """New values for records that are there."""

    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReturnAct(_Act):
    """Of the return of one award (its reference) and quarter."""

    award: str
    quarter: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginReturn(_ReturnAct):
    """A draft return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRows(_ReturnAct):
    """Forecasts for a draft return, and fields of the return itself (cause of underspend and the like).

    A forecast takes the place of one carried forward for the same intervention, quarter, expense and category.
    """

    forecasts: tuple[Forecast, ...]
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainVariances(_ReturnAct):
    """A VarianceReason for each Spend line that needs one and has none, worded by `returns.reason_for`.

    `leave_out` names interventions, and `without` the ids of cost categories, whose lines stay unexplained for now.
    """

    leave_out: tuple[str, ...] = ()
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(_ReturnAct):
    """The return signed (by roles, never people), frozen and sent."""

    prepared_by: str
    prepared_on: date
    checked_by: str
    checked_on: date
    signed_by: str
    signed_role: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FunderAnswers(_ReturnAct):
    """What the funder does with a submitted return: queried, accepted or paid.

    `received` is the sum paid; None with state PAID means the return's whole claim.
    """

    state: ReturnState
    query: str = ""
    received: Money | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueForms(_Act):
    """The forms of a quarter, of every grant that reports."""

    quarter: Quarter


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswers:
    """What a partner types into its form. Costs have the ids, references and rows that accepting the form gives them.

    Forecasts are by intervention id and quarter, outputs by indicator id, reasons by intervention id; `slips` are what it gets
    wrong: table, row key, column, and what it types there.
    """

    costs: tuple[Cost, ...]
    forecasts: Mapping[tuple[int, Quarter], Money]
    outputs: Mapping[IndicatorId, Decimal]
    evidence: str
    words: tuple[str, str, str]
    declared_by: str
    declared_as: str
    declared_on: date
    reasons: Mapping[int, str] = field(default_factory=dict[int, str])
    slips: tuple[tuple[str, str, str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _FormAct(_Act):
    """Of the form of a grant (its reference) and quarter, as the partner sent it in."""

    grant: str
    quarter: Quarter
    says: FormAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm(_FormAct):
    """The workbook read, checked and accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackForm(_FormAct):
    """The workbook read, and sent back with its problems marked in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeListing(_Act):
    """The finance system's listing up to a day; of the matches proposed, those at least so sure (per cent) are accepted."""

    until: date
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeFigure(_ReturnAct):
    """What a figure of the tie-out comes to, agreed by somebody in that role."""

    figure: AgreedFigure
    agreed_by: str
    note: str


Step = (
    Add
    | Edit
    | BeginReturn
    | ReturnRows
    | ExplainVariances
    | Submit
    | FunderAnswers
    | IssueForms
    | TakeForm
    | SendBackForm
    | TakeListing
    | AgreeFigure
)
