"""Variations: numbered bundles of typed changes to an award or a grant. They add; they never overwrite."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import ClassVar, NewType

from fundtracker.domain.awards import Award, AwardId
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column, record
from fundtracker.domain.grants import Grant, GrantId
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.money import ZERO, Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId
from fundtracker.domain.periods import FinancialYear, Quarter

VariationId = NewType("VariationId", int)
VariationChangeId = NewType("VariationChangeId", int)


class ChangeKind(Enum):
    """What a change changes, and which of its fields it needs.

    AMOUNT: an award's sum for a year and expense, or a grant's for an intervention and year (old and new amount).
    VIREMENT: as AMOUNT, but the bundle's virements add up to nothing: money moves, none is won or lost.
    RE_PROFILE: planned spend of an intervention, quarter, expense and category (old and new amount).
    EXTENSION: the last day (old and new date). SCOPE: what is done (old and new text). TERMINATION: the last day.
    """

    AMOUNT = "Amount"
    VIREMENT = "Virement"
    RE_PROFILE = "Re-profile"
    EXTENSION = "Extension"
    SCOPE = "Scope"
    TERMINATION = "Termination"


AWARD_CHANGES = frozenset({ChangeKind.AMOUNT, ChangeKind.VIREMENT})
"""Kinds of change that move the sum of an award or a grant."""
END_CHANGES = frozenset({ChangeKind.EXTENSION, ChangeKind.TERMINATION})
"""Kinds of change that move the last day."""


@record
class Variation(Record):
    """A numbered decision to change an award or a grant; in force once approved, from its effective date."""

    id: VariationId
    reference: str = column("Reference", key=True)
    award_id: AwardId | None = column("Award", default=None, refers_to=Award)
    grant_id: GrantId | None = column("Grant", default=None, refers_to=Grant)
    number: int = column("Number", help="1 for the first variation of the award or grant")
    reason: str = column("Reason", long=True, searchable=True)
    decision_reference: str = column("Decision reference", default="", searchable=True, long=True)
    approved_by: str = column("Approved by", default="", help="A role; empty while only proposed")
    approved_on: date | None = column(
        "Approved on", default=None, help="Left empty: it is only proposed, and no figure moves"
    )
    effective_on: date | None = column(
        "Effective from", default=None, help="Its changes count from this day, once it is approved"
    )
    year_end_consent: str = column(
        "Funder's consent to cross 31 March",
        default="",
        long=True,
        help="Where money moves from one financial year to another: the funder's letter and its date",
    )

    def in_force(self, day: date) -> bool:
        """Approved and effective on or before `day`."""
        return (
            self.approved_on is not None
            and self.effective_on is not None
            and max(self.approved_on, self.effective_on) <= day
        )


@record
class VariationChange(Record):
    """One change of a variation: what was, and what is to be."""

    known_by: ClassVar[tuple[str, ...]] = (
        "variation_id",
        "kind",
        "year",
        "expense",
        "intervention_id",
        "quarter",
        "category_id",
    )
    adds_up_within: ClassVar[str | None] = "variation_id"

    id: VariationChangeId
    variation_id: VariationId = column("Variation", refers_to=Variation)
    kind: ChangeKind = column("Kind")
    year: FinancialYear | None = column("Financial year", default=None)
    expense: Expense | None = column("Capital or resource", default=None)
    intervention_id: InterventionId | None = column("Intervention", default=None, refers_to=Intervention)
    quarter: Quarter | None = column("Quarter", default=None)
    category_id: CostCategoryId | None = column("Cost category", default=None, refers_to=CostCategory)
    old_amount: Money | None = column("Old amount", default=None)
    new_amount: Money | None = column("New amount", default=None)
    old_date: date | None = column("Old date", default=None)
    new_date: date | None = column("New date", default=None)
    old_text: str = column("Old text", default="", long=True)
    new_text: str = column("New text", default="", long=True)

    @property
    def difference(self) -> Money:
        """New less old amount."""
        return (self.new_amount or ZERO) - (self.old_amount or ZERO)


def moved_end(pairs: Iterable[tuple[Variation, VariationChange]]) -> date | None:
    """The last day as these changes move it: what takes effect last counts; None where none moves it."""
    moves = [
        (variation.effective_on, change.id, change.new_date)
        for variation, change in pairs
        if variation.effective_on and change.kind in END_CHANGES and change.new_date
    ]
    return max(moves)[2] if moves else None
