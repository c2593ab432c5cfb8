"""A form as a partner fills it in: its answers put to the rows of the form that was issued."""

from collections.abc import Mapping
from typing import Any

from fundtracker.application.demo.steps import FormAnswers
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.money import ZERO, total
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.layout import forecast_name
from fundtracker.domain.partner_forms.said import FormSaid, SaidRow
from fundtracker.domain.periods import Quarter

_TYPED = (
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
_Rows = dict[str, dict[str, dict[str, Any]]]


def filled_in(case: FormCase, says: FormAnswers, partners: CostCategoryId) -> FormSaid:
    """What stands in the open cells of the form. A partner's whole spend is of the category `partners`; other lines hold noughts."""
    rows: _Rows = {
        "spend": {key: _spend(line, says, case.ahead, partners) for key, line in case.lines.items()},
        "budget": {f"BUDGET-{number}": {"reason": reason} for number, reason in says.reasons.items()},
        "costs": {each.form_row: _cost(each, case) for each in says.costs},
        "outputs": {
            f"OUT-{number}": {"value": value, "evidence_held": True, "evidence": says.evidence}
            for number, value in says.outputs.items()
        },
        "narrative": {
            f"N-{name}": {"answer": answer}
            for name, answer in zip(("done", "challenges", "coming"), says.words, strict=True)
        },
        "declaration": {
            "DECLARATION": {
                "agreed": True,
                "declared_by": says.declared_by,
                "declared_role": says.declared_as,
                "declared_on": says.declared_on,
            }
        },
    }
    for table, key, column, typed in says.slips:
        rows[table][key][column] = typed
    said = {table: {key: SaidRow(key, row, {}) for key, row in of.items()} for table, of in rows.items()}
    return FormSaid(name=case.file_name, about=case.about, rows=said)


def _spend(
    line: Line, says: FormAnswers, ahead: tuple[Quarter, ...], partners: CostCategoryId
) -> dict[str, Any]:
    spent = total(
        each.eligible
        for each in says.costs
        if Line(each.intervention_id, each.expense, each.category_id) == line
    )
    forecasts = {
        forecast_name(each): says.forecasts.get((line.intervention_id, each), ZERO)
        if line.category_id == partners
        else ZERO
        for each in ahead
    }
    return {"spent": spent, **forecasts}


def _cost(cost: Cost, case: FormCase) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in _TYPED} | {
        "intervention": _word(case.interventions, cost.intervention_id),
        "category": _word(case.categories, cost.category_id),
        "evidence": f"{cost.invoice_number}.pdf",
    }


def _word(words: Mapping[str, int], number: int) -> str:
    return next(word for word, of in words.items() if of == number)
