"""The rows of a form's tables: what the office holds, and what the partner said last."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, described
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.delivery import Document, Indicator, Measures, Risk
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.interventions import Intervention, Milestone
from fundtracker.domain.money import ZERO, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.partner_forms.layout import (
    COST_ROWS,
    NEW_RISK_ROWS,
    QUESTIONS,
    STATEMENT,
    cost_key,
    forecast_name,
    spend_key,
)
from fundtracker.domain.periods import Quarter

_LONGEST_LABEL = 200
"""Characters: a formula that looks for a text takes 255."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Labels:
    """The words a form knows interventions and categories by, each once, with their ids."""

    interventions: dict[str, int]
    categories: dict[str, int]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, book: GrantBook, quarter: Quarter) -> "Labels":
        interventions = book.interventions(quarter.year)
        lines = spend_lines(book, quarter)
        used = {each.category_id for each in lines}
        return cls(
            interventions=_labelled(interventions),
            categories=_labelled(each for each in book.all(CostCategory) if each.id in used),
            lines=lines,
        )

    @cached_property
    def intervention(self) -> dict[int, str]:
        return {number: label for label, number in self.interventions.items()}

    @cached_property
    def category(self) -> dict[int, str]:
        return {number: label for label, number in self.categories.items()}


def _labelled(records: Iterable[Record]) -> dict[str, int]:
    """Words for records: each short enough for a formula, and no two the same even in other capitals."""
    found: dict[str, int] = {}
    taken: set[str] = set()
    for each in records:
        label = " ".join(described(each).split())
        if len(label) > _LONGEST_LABEL or label.lower() in taken:
            label = f"{label[: _LONGEST_LABEL - 12].rstrip()}… ({each.id})"
        taken.add(label.lower())
        found[label] = each.id
    return found


def spend_lines(book: GrantBook, quarter: Quarter) -> tuple[Line, ...]:
    """Every line that the grant's costs of the year stand in, or its interventions' profile of the year plans.

    An intervention with neither gets a line of each kind for every category, so that its spend can be said at all.
    """
    year = quarter.year
    interventions = book.interventions(year)
    profile = book.profile(year)
    found = {cell.line for cell, _ in profile} | {
        Line(each.intervention_id, each.expense, each.category_id)
        for each in book.all(Cost)
        if each.quarter and each.quarter.year == year
    }
    own = {each.id for each in interventions}
    found = {each for each in found if each.intervention_id in own}
    for each in own - {line.intervention_id for line in found}:
        found |= {Line(each, kind, category.id) for kind in Expense for category in book.all(CostCategory)}
    place: dict[int, int] = {each.id: n for n, each in enumerate(interventions)}
    return tuple(
        sorted(found, key=lambda each: (place[each.intervention_id], each.expense.value, each.category_id))
    )


@dataclass
class FormRows:
    """Makes the rows of one form; `lines` and `ids` say what their keys stand for."""

    book: GrantBook
    quarter: Quarter
    replaced: PartnerForm | None
    labels: Labels
    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    ids: dict[str, int] = field(default_factory=dict[str, int])

    def rows(self) -> dict[str, dict[str, Row]]:
        return {
            "spend": self._spend(),
            "budget": self._budget(),
            "costs": self._costs(),
            "outputs": self._outputs(),
            "milestones": self._milestones(),
            "risks": self._risks(),
            "new_risks": {f"RISK-NEW-{n}": {} for n in range(1, NEW_RISK_ROWS + 1)},
            "narrative": self._narrative(),
            "declaration": {"DECLARATION": {"statement": STATEMENT}},
        }

    def _key(self, prefix: str, number: int) -> str:
        key = f"{prefix}-{number}"
        self.ids[key] = number
        return key

    @cached_property
    def _interventions(self) -> tuple[Intervention, ...]:
        return self.book.interventions(self.quarter.year)

    @cached_property
    def _last(self) -> PartnerForm | None:
        """The form whose forecasts still hold: the one replaced, else the latest accepted of an earlier quarter of the year."""
        if self.replaced:
            return self.replaced
        standing = self.book.standing_forms()
        earlier = [each for each in standing if each < self.quarter and each.year == self.quarter.year]
        return standing[max(earlier)] if earlier else None

    def _spend(self) -> dict[str, Row]:
        said: dict[tuple[Line, str], Any] = {}
        if self.replaced:
            for each in self.book.under(FormLine, form_id=self.replaced.id):
                said[_line(each), "spent"] = each.spent
        if self._last:
            for each in self.book.under(FormForecast, form_id=self._last.id):
                if each.quarter > self.quarter:
                    said[_line(each), forecast_name(each.quarter)] = each.amount
        found: dict[str, Row] = {}
        for line in self.labels.lines:
            key = spend_key(line)
            self.lines[key] = line
            found[key] = {
                "intervention": self.labels.intervention[line.intervention_id],
                "expense": line.expense,
                "category": self.labels.category[line.category_id],
                "accepted": self.book.accepted(line, self.quarter),
            } | {name: value for (of, name), value in said.items() if of == line}
        return found

    def _budget(self) -> dict[str, Row]:
        budgets = self.book.budgets(self.quarter.year)
        reasons: dict[int, str] = {}
        if self.replaced:
            of = self.book.under(FormReason, form_id=self.replaced.id)
            reasons = {each.intervention_id: each.reason for each in of}
        return {
            self._key("BUDGET", each.id): {
                "intervention": self.labels.intervention[each.id],
                "budget": budgets.get(each.id, ZERO),
                "accepted": total(
                    self.book.accepted(line, self.quarter)
                    for line in self.labels.lines
                    if line.intervention_id == each.id
                ),
            }
            | ({"reason": reasons[each.id]} if each.id in reasons else {})
            for each in self._interventions
        }

    def _costs(self) -> dict[str, Row]:
        found: dict[str, Row] = {cost_key(n): {} for n in range(1, COST_ROWS + 1)}
        for cost in self.book.costs_said(self.quarter) if self.replaced else ():
            if cost.form_row in found:
                found[cost.form_row] = self._cost(cost)
        return found

    def _cost(self, cost: Cost) -> Row:
        names = (
            "supplier",
            "invoice_number",
            "description",
            "ordered_on",
            "received_on",
            "invoiced_on",
            "paid_on",
        )
        values = {name: getattr(cost, name) for name in (*names, "net", "vat", "vat_recoverable", "expense")}
        evidence = "; ".join(each.name for each in self.book.under(Document, cost_id=cost.id))
        return values | {
            "intervention": self.labels.intervention.get(cost.intervention_id),
            "category": self.labels.category.get(cost.category_id),
            "evidence": evidence or None,
        }

    def _outputs(self) -> dict[str, Row]:
        own = {each.id for each in self._interventions}
        standing = self.book.standing_forms()
        before = [form.id for quarter, form in standing.items() if quarter < self.quarter]
        found: dict[str, Row] = {}
        for each in self.book.all(Indicator):
            if each.measures is not Measures.OUTPUT or each.intervention_id not in own:
                continue
            readings = self.book.under(FormReading, indicator_id=each.id)
            found[self._key("OUT", each.id)] = {
                "indicator": described(each),
                "unit": each.unit,
                "target": each.target,
                "to_date": sum((one.value for one in readings if one.form_id in before), Decimal(0)),
            } | self._reading(readings)
        return found

    def _reading(self, readings: Iterable[FormReading]) -> Row:
        said = [each for each in readings if self.replaced and each.form_id == self.replaced.id]
        names = ("value", "evidence_held", "evidence", "caveat")
        return {name: getattr(said[0], name) for name in names} if said else {}

    def _milestones(self) -> dict[str, Row]:
        """Open ones first, by the day now expected. Shared milestones stand on every partner's form."""
        own = {each.id for each in self._interventions}
        of = [each for each in self.book.all(Milestone) if each.intervention_id in own]
        of.sort(key=lambda each: (each.actual_on is not None, _expected(each), each.id))
        return {
            self._key("MS", each.id): {
                "milestone": f"{self.book.get(Intervention, each.intervention_id).reference} {each.what}",
                "baseline_on": each.baseline_on,
                "forecast_on": _expected(each),
                "actual_on": each.actual_on,
            }
            for each in of
        }

    def _risks(self) -> dict[str, Row]:
        """Risks of the grant's interventions that were open when the quarter began; an award's general ones are the office's own.

        The register's mitigation isn't shown: it may speak of other partners.
        """
        own = {each.id for each in self._interventions}
        return {
            self._key("RISK", each.id): {
                "title": each.title,
                "category": each.category,
                "impact": each.impact_after,
                "likelihood": each.likelihood_after,
                "proximity": each.proximity,
                "closed_on": each.closed_on,
            }
            for each in self.book.all(Risk)
            if each.intervention_id in own
            and (each.closed_on is None or each.closed_on >= self.quarter.begins_on)
        }

    def _narrative(self) -> dict[str, Row]:
        return {
            f"N-{name}": {
                "question": question,
                "limit": words,
                "answer": (getattr(self.replaced, name) or None) if self.replaced else None,
            }
            for name, question, words in QUESTIONS
        }


def _expected(milestone: Milestone) -> date:
    return milestone.forecast_on or milestone.baseline_on


def _line(said: FormLine | FormForecast) -> Line:
    return Line(said.intervention_id, said.expense, said.category_id)
