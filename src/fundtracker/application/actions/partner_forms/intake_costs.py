"""The costs of an accepted form: added, corrected, or taken back by the rows of the form they came in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from fundtracker.application.actions.partner_forms.looking import FormLooked
from fundtracker.application.actions.partner_forms.numbering import Numbering
from fundtracker.domain.awards import Award
from fundtracker.domain.changes import Change
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.guards_costs import MONEY_FIELDS
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import total
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine

_AS_SAID = (
    "supplier",
    "invoice_number",
    "description",
    "ordered_on",
    "received_on",
    "invoiced_on",
    "paid_on",
    "net",
    "vat",
    "vat_recoverable",
    "expense",
)
"""Columns of the form that are fields of a cost under the same names."""


@dataclass
class CostIntake:
    """Costs that stand of the quarter's forms, by row, against the rows of this one."""

    looked: FormLooked
    numbers: Numbering
    today: date
    reason: str
    rows: tuple[tuple[str, dict[str, Any]], ...]

    def changes(self) -> Iterator[Change]:
        """Refused where a submitted return's quarter would change and nobody says why."""
        made = (*self._removed(), *self._said())
        late = sorted({each for change in made if (each := self._late(change))})
        if late and not self.reason.strip():
            award, quarter = late[0]
            raise Refused(
                f"The return of {award} for {quarter} is submitted already: give the reason why this form comes late. "
                "It will stand in the next return beside the adjustments."
            )
        for change in made:
            if self._late(change) and isinstance(change.after, Cost):
                yield Change(change.before, replace(change.after, adjustment_reason=self.reason.strip()))
            else:
                yield change

    @cached_property
    def _standing(self) -> dict[str, Cost]:
        """By form row."""
        return {each.form_row: each for each in self.looked.book.costs_said(self.looked.case.quarter)}

    def _said(self) -> Iterator[Change]:
        case = self.looked.case
        for key, values in self.rows:
            said = {name: values.get(name) for name in _AS_SAID} | {
                "invoice_number": values.get("invoice_number") or "",
                "intervention_id": case.interventions[values["intervention"]],
                "category_id": case.categories[values["category"]],
                "grant_id": self.looked.form.grant_id,
                "form_id": self.looked.form.id,
                "form_row": key,
            }
            held = self._standing.get(key)
            if held is None:
                reference = self.numbers.reference(Cost)
                yield Change(
                    None, self.numbers.new(Cost, reference=reference, accepted_on=self.today, **said)
                )
            else:
                yield Change(held, replace(held, **said))

    def _removed(self) -> Iterator[Change]:
        """What the second form leaves out: deleted; or what is left of it reversed, where a return, a paper or another reversal rests on it."""
        kept = {key for key, _ in self.rows}
        for key, cost in self._standing.items():
            if key in kept:
                continue
            book = self.looked.book
            taken = book.under(Cost, reversal_of=cost.id)  # the office took a part of it back before
            if taken or book.under(ReturnLine, cost_id=cost.id) or book.under(Document, cost_id=cost.id):
                reversal = self.numbers.new(
                    Cost,
                    **{each: getattr(cost, each) for each in (*_AS_SAID, *_STANDS)}
                    | {
                        "reference": self.numbers.reference(Cost),
                        "net": -total(each.net for each in (cost, *taken)),
                        "vat": -total(each.vat for each in (cost, *taken)),
                        "reversal_of": cost.id,
                        "form_id": self.looked.form.id,
                        "form_row": key,
                        "adjustment_reason": self.reason.strip(),
                    },
                )
                yield Change(None, reversal)
            else:
                yield Change(cost, None)

    def _late(self, change: Change) -> tuple[str, Quarter] | None:
        """The award and quarter of a submitted return that a change would differ from."""
        before, after = change.before, change.after
        if isinstance(before, Cost) and isinstance(after, Cost) and _same_money(before, after):
            return None
        for each in (before, after):
            if isinstance(each, Cost) and each.quarter:
                intervention = self.looked.book.get(Intervention, each.intervention_id)
                for sent in self.looked.book.under(FunderReturn, award_id=intervention.award_id):
                    if sent.state.frozen and sent.quarter >= each.quarter:
                        return self.looked.book.get(Award, sent.award_id).reference, each.quarter
        return None


_STANDS = ("intervention_id", "category_id", "grant_id", "ledger_code", "accepted_on")


def _same_money(one: Cost, other: Cost) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in MONEY_FIELDS)
