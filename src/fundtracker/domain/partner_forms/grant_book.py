"""GrantBook: every record of one grant at one moment, indexed by id and by parent; frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from fundtracker.domain.book import Indexed
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube, Line
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention, ProfileLine
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import Office, Organisation, Partnership
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.terms import Term, TermKind
from fundtracker.domain.variations import AWARD_CHANGES, ChangeKind, Variation, VariationChange, moved_end


@dataclass(frozen=True)
class GrantBook(Indexed):
    """A grant with all that a partner's form of it shows, asks for and is checked against.

    `rows` holds, by kind and in id order: the grant's own records (sources, instalments, conditions, costs, variations,
    terms with their waivers, forms and what they said), the interventions and awards that pay it with their profile,
    milestones, indicators, readings and risks, the returns of those awards with the lines that claim the grant's costs,
    and the office's short lists.
    """

    grant: Grant
    today: date
    rows: Mapping[type[Record], tuple[Record, ...]]
    _parents: dict[tuple[type[Record], str], dict[Any, list[Record]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def office(self) -> Office | None:
        found = self.all(Office)
        return found[0] if found else None

    @cached_property
    def recipient(self) -> Organisation:
        return self.get(Organisation, self.grant.recipient_id)

    @cached_property
    def partnership(self) -> Partnership | None:
        return self.find(Partnership, self.grant.partnership_id)

    @cached_property
    def _in_force(self) -> tuple[tuple[Variation, VariationChange], ...]:
        """Changes of the grant's and its awards' variations in force today."""
        return tuple(
            (variation, change)
            for variation in self.all(Variation)
            if variation.in_force(self.today)
            for change in self.under(VariationChange, variation_id=variation.id)
        )

    @cached_property
    def _own_changes(self) -> tuple[tuple[Variation, VariationChange], ...]:
        return tuple(
            (variation, change) for variation, change in self._in_force if variation.grant_id == self.grant.id
        )

    @cached_property
    def ends_on(self) -> date | None:
        """The grant's last day, as extended or cut short by its variations in force; None where none is set."""
        return moved_end(self._own_changes) or self.grant.ends_on

    def budgets(self, year: FinancialYear) -> dict[int, Money]:
        """What the grant gives each intervention in a year: its sources plus its variations in force (product 3, rule 1)."""
        entries = [
            (source.intervention_id, source.amount) for source in self.all(GrantSource) if source.year == year
        ]
        entries += [
            (change.intervention_id, change.difference)
            for _, change in self._own_changes
            if change.kind in AWARD_CHANGES and change.year == year and change.intervention_id
        ]
        found: dict[int, Money] = {}
        for intervention_id, amount in entries:
            found[intervention_id] = found.get(intervention_id, ZERO) + amount
        return found

    def interventions(self, year: FinancialYear) -> tuple[Intervention, ...]:
        """Those the grant gives money to in a year, and those its costs of the year are for; in the order of their references."""
        ids = set(self.budgets(year)) | {
            each.intervention_id for each in self.all(Cost) if each.quarter and each.quarter.year == year
        }
        return tuple(
            sorted((self.get(Intervention, each) for each in ids), key=lambda each: (each.reference, each.id))
        )

    def profile(self, year: FinancialYear) -> Cube:
        """Current planned spend of the grant's interventions in a year: the original plus re-profiles in force."""
        planned = [
            (Cell(each.intervention_id, each.expense, each.category_id, each.quarter), each.amount)
            for each in self.all(ProfileLine)
        ]
        moved = [
            (Cell(c.intervention_id, c.expense, c.category_id, c.quarter), c.difference)
            for _, c in self._in_force
            if c.kind is ChangeKind.RE_PROFILE
            and c.intervention_id
            and c.expense
            and c.category_id
            and c.quarter
        ]
        return Cube.of((cell, amount) for cell, amount in (*planned, *moved) if cell.quarter.year == year)

    def accepted(self, line: Line, before: Quarter) -> Money:
        """Eligible spend of a line, accepted and received in the year of `before` but not in that quarter or later."""
        return total(
            each.eligible
            for each in self.all(Cost)
            if each.quarter
            and each.quarter.year == before.year
            and each.quarter < before
            and Line(each.intervention_id, each.expense, each.category_id) == line
        )

    def costs_said(self, quarter: Quarter) -> tuple[Cost, ...]:
        """The costs that a quarter's forms brought in and that still stand, in part at least; none is itself a reversal."""
        forms = {each.id for each in self.under(PartnerForm, quarter=quarter)}
        return tuple(
            each
            for each in self.all(Cost)
            if each.form_id in forms and each.reversal_of is None and not self.taken_back_whole(each)
        )

    def taken_back_whole(self, cost: Cost) -> bool:
        """Whether reversals leave nothing of it to claim."""
        reversals = self.under(Cost, reversal_of=cost.id)
        return bool(reversals) and not cost.eligible + total(each.eligible for each in reversals)

    def term(self, kind: TermKind, on: date, year: FinancialYear | None = None) -> Term | None:
        """The grant's own Term of this kind that holds on a day: a year's own before the general, then the latest."""
        found = [
            each
            for each in self.under(Term, grant_id=self.grant.id)
            if each.kind is kind and each.effective_from <= on and each.year in {None, year}
        ]
        return max(
            found, key=lambda each: (each.year is not None, each.effective_from, each.id), default=None
        )

    def standing_forms(self) -> dict[Quarter, PartnerForm]:
        """By quarter the form that holds: accepted, and not replaced by another accepted one."""
        accepted = [each for each in self.all(PartnerForm) if each.accepted_on is not None]
        replaced = {each.replaces_id for each in accepted}
        return {each.quarter: each for each in accepted if each.id not in replaced}
