"""The changes that accepting a form makes: its costs, what it says of outputs, milestones and risks, and what it said, row by row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from fundtracker.application.actions.partner_forms.intake_costs import CostIntake
from fundtracker.application.actions.partner_forms.looking import FormLooked
from fundtracker.application.actions.partner_forms.numbering import Numbering
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import AwardId
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Record
from fundtracker.domain.delivery import (
    Document,
    DocumentKind,
    Indicator,
    IndicatorId,
    Reading,
    Risk,
)
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.interventions import Intervention, InterventionId, Milestone
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.partner_forms.layout import TEMPLATE_VERSION, forecast_name
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.returns import FunderReturn

R = TypeVar("R", bound=Record)


@dataclass
class Intake:
    """One acceptance, as changes in the order in which they are written."""

    workspace: Workspace
    looked: FormLooked
    reason: str
    sha256: str
    numbers: Numbering = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = Numbering(self.workspace)

    @property
    def _read(self) -> dict[str, dict[str, dict[str, Any]]]:
        return self.looked.examined.read

    def _rows(self, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for key, _, values in self.looked.examined.rows(table):
            yield key, values

    def changes(self) -> tuple[Change, ...]:
        """Everything, the form itself first."""
        made = self._form()
        costs = CostIntake(
            self.looked, self.numbers, self.workspace.today, self.reason, tuple(self._rows("costs"))
        )
        rest = (
            *costs.changes(),
            *self._said(),
            *self._readings(),
            *self._milestones(),
            *self._risks(),
            *self._new_risks(),
        )
        return (made, *rest, self._document())

    def _form(self) -> Change:
        form, today = self.looked.form, self.workspace.today
        answers = {
            key.removeprefix("N-"): values.get("answer") or "" for key, values in self._rows("narrative")
        }
        declared = self._read["declaration"]["DECLARATION"]
        after = replace(
            form,
            received_on=form.received_on or today,
            accepted_on=today,
            problems=0,
            reported=total(self._spent(values) for _, values in self._rows("spend")),
            template=TEMPLATE_VERSION,
            reason=self.reason if form.replaces_id is not None else form.reason,
            declared_by=declared.get("declared_by") or "",
            declared_role=declared.get("declared_role") or "",
            declared_on=declared.get("declared_on"),
            **answers,
        )
        return Change(None if self.looked.fresh else form, after)

    def _spent(self, values: dict[str, Any]) -> Money:
        found = values.get("spent")
        return found if isinstance(found, Money) else Money(0)

    def _said(self) -> Iterator[Change]:
        """What the form said, row by row: kept beside what came of it."""
        form_id = self.looked.form.id
        lines: list[Record] = []
        forecasts: list[Record] = []
        for key, values in self._rows("spend"):
            line = self.looked.case.lines[key]
            place: dict[str, Any] = {
                "form_id": form_id,
                "intervention_id": InterventionId(line.intervention_id),
                "expense": line.expense,
                "category_id": CostCategoryId(line.category_id),
            }
            lines.append(self.numbers.new(FormLine, spent=self._spent(values), **place))
            for quarter in self.looked.case.ahead:
                amount = values.get(forecast_name(quarter))
                if amount is not None:
                    forecasts.append(self.numbers.new(FormForecast, quarter=quarter, amount=amount, **place))
        reasons = [
            self.numbers.new(
                FormReason,
                form_id=form_id,
                intervention_id=InterventionId(self.looked.case.ids[key]),
                reason=values["reason"],
            )
            for key, values in self._rows("budget")
            if values.get("reason")
        ]
        readings = [
            self.numbers.new(
                FormReading,
                form_id=form_id,
                indicator_id=IndicatorId(self.looked.case.ids[key]),
                value=values["value"],
                **_beside(values),
            )
            for key, values in self._rows("outputs")
        ]
        yield from _new((*lines, *forecasts, *reasons, *readings))

    def _readings(self) -> Iterator[Change]:
        """What this form adds to each output's reading: its value, less what the form it replaces said."""
        book = self.looked.book
        for key, values in self._rows("outputs"):
            indicator = book.get(Indicator, self.looked.case.ids[key])
            before = sum(
                (
                    each.value
                    for each in book.under(FormReading, indicator_id=indicator.id)
                    if each.form_id == self.looked.form.replaces_id
                ),
                Decimal(0),
            )
            quarter = self._open_quarter(indicator)
            held = next(
                (e for e in book.under(Reading, indicator_id=indicator.id) if e.quarter == quarter), None
            )
            more = values["value"] - before
            if held is None and (quarter == self.looked.case.quarter or more):
                yield Change(None, self._first_reading(indicator, quarter, more, values))
            elif held is not None and (more or not before):
                after = replace(
                    held,
                    value=held.value + more,
                    evidence_held=held.evidence_held and bool(values.get("evidence_held")),
                    evidence=_joined(held.evidence, values.get("evidence")),
                    caveat=_joined(held.caveat, self._caveat(quarter, more, values)),
                )
                if after != held:
                    yield Change(held, after)

    def _first_reading(
        self, indicator: Indicator, quarter: Quarter, value: Decimal, values: dict[str, Any]
    ) -> Reading:
        beside = _beside(values) | {"caveat": self._caveat(quarter, value, values)}
        return self.numbers.new(
            Reading,
            indicator_id=indicator.id,
            reference=self.numbers.reference(Reading),
            quarter=quarter,
            value=value,
            **beside,
        )

    def _caveat(self, quarter: Quarter, more: Decimal, values: dict[str, Any]) -> str:
        """A submitted quarter's readings are frozen: what comes late stands in the open quarter's, and says so."""
        said = values.get("caveat") or ""
        if quarter == self.looked.case.quarter:
            return said
        moved = f"{more:+,} belongs to {self.looked.case.quarter}, whose return was submitted already"
        return _joined(moved, said)

    def _open_quarter(self, indicator: Indicator) -> Quarter:
        """The form's own quarter; where its return is submitted, the first that isn't."""
        book, quarter = self.looked.book, self.looked.case.quarter
        award_id = book.get(Intervention, indicator.intervention_id).award_id
        sent = {e.quarter for e in book.under(FunderReturn, award_id=award_id) if e.state.frozen}
        while quarter in sent:
            quarter = quarter.next
        return quarter

    def _milestones(self) -> Iterator[Change]:
        for key, values in self._rows("milestones"):
            held = self.looked.book.get(Milestone, self.looked.case.ids[key])
            expected, done = values.get("forecast_on"), values.get("actual_on")
            moved = expected != (held.forecast_on or held.baseline_on)
            after = replace(held, forecast_on=expected if moved else held.forecast_on, actual_on=done)
            if after != held:
                yield Change(held, after)

    def _risks(self) -> Iterator[Change]:
        """A risk may be several partners': what this one does about it is added to what is held."""
        for key, values in self._rows("risks"):
            held = self.looked.book.get(Risk, self.looked.case.ids[key])
            after = replace(
                held,
                impact_after=values["impact"],
                likelihood_after=values["likelihood"],
                proximity=values["proximity"],
                mitigation=_joined(held.mitigation, values.get("mitigation")),
                closed_on=values.get("closed_on"),
            )
            if after != held:
                yield Change(held, after)

    def _new_risks(self) -> Iterator[Change]:
        """Under the intervention that the grant gives most of the year's money to; one that is there already isn't added again."""
        book, case = self.looked.book, self.looked.case
        budgets = book.budgets(case.quarter.year)
        main = book.get(Intervention, max(budgets, key=lambda each: (budgets[each].pence, -each)))
        there = {each.title.casefold() for each in book.under(Risk, intervention_id=main.id)}
        for _, values in self._rows("new_risks"):
            if values["title"].casefold() in there:
                continue
            there.add(values["title"].casefold())
            yield Change(
                None,
                self.numbers.new(
                    Risk,
                    award_id=AwardId(main.award_id),
                    intervention_id=main.id,
                    category=values["category"],
                    title=values["title"],
                    impact_before=values["impact"],
                    likelihood_before=values["likelihood"],
                    mitigation=values.get("mitigation") or "",
                    impact_after=values["impact"],
                    likelihood_after=values["likelihood"],
                    owner=case.partnership or case.recipient,
                    proximity=values["proximity"],
                    raised_on=self.workspace.today,
                    closed_on=values.get("closed_on"),
                ),
            )

    def _document(self) -> Change:
        """The file itself, as evidence of the form."""
        return Change(
            None,
            self.numbers.new(
                Document,
                name=self.looked.path.name,
                sha256=self.sha256,
                kind=DocumentKind.REPORT,
                form_id=self.looked.form.id,
                note=f"Accepted on {short_date(self.workspace.today)}",
            ),
        )


def _new(records: Iterable[Record]) -> Iterator[Change]:
    for each in records:
        yield Change(None, each)


def _beside(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "evidence_held": bool(values.get("evidence_held")),
        "evidence": values.get("evidence") or "",
        "caveat": values.get("caveat") or "",
    }


def _joined(held: str, more: str | None) -> str:
    """Both texts, where the second adds anything."""
    if not more or more in held:
        return held
    return f"{held}; {more}" if held else more
