"""What a form is drawn with: which rows it has, what stands in them, and the seal over what the office filled in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Line
from fundtracker.domain.form_rows import FormReason, FormReasonId
from fundtracker.domain.grants import Grant, GrantId
from fundtracker.domain.interventions import InterventionId
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.partner_forms.case import FormCase, form_case, form_due_on, seal_of
from fundtracker.domain.partner_forms.layout import Who, words_in
from fundtracker.domain.partner_forms.said import Unread
from fundtracker.domain.partner_forms.worked import needs_reason, sheets_done, worked
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Refused
from fundtracker.domain.terms import Term, TermId, TermKind
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
    VariationId,
)
from partnering import (
    CAPITAL,
    CASEWORK,
    COST_1,
    COST_2,
    KIT,
    LIGHTS,
    Q1,
    Q2,
    RESOURCE,
    SOLACE,
    YEAR,
    answers,
    book,
    cost,
    pounds,
    second_form,
)


def term(kind: TermKind, number: str, of: int = 1) -> Term:
    return Term(
        id=TermId(9),
        reference="T-9",
        grant_id=GrantId(of),
        kind=kind,
        number=Decimal(number),
        clause="4.1",
        effective_from=date(2023, 10, 1),
    )


def variation(kind: ChangeKind, *, approved: bool = True, **change: Any) -> tuple[Variation, VariationChange]:
    on = date(2024, 8, 6)
    made = Variation(
        id=VariationId(1),
        reference="V-1",
        grant_id=GrantId(1),
        number=1,
        reason="Cut",
        approved_on=on if approved else None,
        effective_on=on,
    )
    return made, VariationChange(id=VariationChangeId(1), variation_id=VariationId(1), kind=kind, **change)


def test_spend_has_a_line_for_each_the_costs_and_the_profile_of_the_year_have() -> None:
    case = form_case(book(), Q2)
    assert case.rows["spend"] == {
        "SPEND-1-R-1": {
            "intervention": SOLACE,
            "expense": RESOURCE,
            "category": CASEWORK,
            "accepted": pounds(
                "1320.10"
            ),  # neither last year's, nor the quarter's own, nor what isn't accepted
            "forecast_2024-25-Q3": pounds("1400"),
        },
        "SPEND-2-C-2": {
            "intervention": LIGHTS,
            "expense": CAPITAL,
            "category": KIT,
            "accepted": pounds("0"),
        },
    }
    assert case.lines == {
        "SPEND-1-R-1": Line(1, RESOURCE, 1),
        "SPEND-2-C-2": Line(2, CAPITAL, 2),
    }
    assert case.interventions == {SOLACE: 1, LIGHTS: 2}
    assert case.categories == {CASEWORK: 1, KIT: 2}


def test_an_intervention_with_neither_costs_nor_profile_can_be_reported_in_any_category() -> None:
    held = book()
    rows = {kind: of for kind, of in held.rows.items() if kind.__name__ not in {"Cost", "ProfileLine"}}
    case = form_case(replace(held, rows=rows), Q2)
    assert set(case.lines.values()) == {Line(i, e, c) for i in (1, 2) for e in Expense for c in (1, 2, 3)}


def test_the_budget_is_the_sources_of_the_year_and_the_variations_in_force() -> None:
    more: dict[str, Any] = {"year": YEAR, "intervention_id": InterventionId(1), "old_amount": pounds("5500")}
    cut = variation(ChangeKind.AMOUNT, new_amount=pounds("4000"), **more)
    proposed = variation(ChangeKind.AMOUNT, approved=False, new_amount=pounds("4000"), **more)
    assert form_case(book(*cut), Q2).rows["budget"]["BUDGET-1"] == {
        "intervention": SOLACE,
        "budget": pounds("4000"),
        "accepted": pounds("1320.10"),
    }
    assert form_case(book(*proposed), Q2).rows["budget"]["BUDGET-1"]["budget"] == pounds("5500")


def test_a_re_profile_in_force_gives_a_line() -> None:
    where: dict[str, Any] = {"intervention_id": InterventionId(1), "quarter": Q2, "expense": CAPITAL, "category_id": CostCategoryId(3)}  # fmt: skip
    moved = variation(ChangeKind.RE_PROFILE, new_amount=pounds("10"), **where)
    assert "SPEND-1-C-3" in form_case(book(*moved), Q2).rows["spend"]


def test_delivery_comes_with_what_is_held() -> None:
    case = form_case(book(), Q2)
    assert case.rows["outputs"] == {
        "OUT-1": {"indicator": "I-1 Cases", "unit": "cases", "target": Decimal("75.5"), "to_date": Decimal("12.5")}
    }  # fmt: skip
    assert list(case.rows["milestones"].items()) == [
        ("MS-2", {"milestone": "ASB-02 Columns lit", "baseline_on": date(2024, 9, 1), "forecast_on": date(2024, 11, 1), "actual_on": None}),
        ("MS-1", {"milestone": "ASB-01 Worker in post", "baseline_on": date(2024, 4, 8), "forecast_on": date(2024, 4, 8), "actual_on": date(2024, 4, 8)}),
    ]  # fmt: skip
    assert list(case.rows["risks"]) == ["RISK-1"]
    assert (case.rows["risks"]["RISK-1"]["impact"], case.rows["risks"]["RISK-1"]["likelihood"]) == (3, 2)
    assert "mitigation" not in case.rows["risks"]["RISK-1"]  # it may speak of other partners
    assert len(case.rows["costs"]) == 200
    assert not any(case.rows["costs"].values())


def test_a_form_that_replaces_an_accepted_one_starts_with_what_that_one_said() -> None:
    form = second_form()
    why = FormReason(
        id=FormReasonId(1), form_id=form.id, intervention_id=InterventionId(1), reason="Of the second"
    )
    said = replace(why, form_id=book().all(type(form))[0].id, reason="Late start")
    case = form_case(book(form, said), Q1, form)
    assert case.rows["spend"]["SPEND-1-R-1"]["spent"] == pounds("1320.10")
    assert case.rows["spend"]["SPEND-1-R-1"]["forecast_2024-25-Q2"] == pounds("1400")
    assert case.rows["spend"]["SPEND-1-R-1"]["accepted"] == pounds("0")
    assert case.rows["costs"]["COST-001"]["net"] == pounds("1320.10")
    assert case.rows["costs"]["COST-001"]["intervention"] == SOLACE
    assert case.rows["outputs"]["OUT-1"]["value"] == Decimal("12.5")
    assert case.rows["outputs"]["OUT-1"]["to_date"] == Decimal(0)
    assert case.rows["budget"]["BUDGET-1"]["reason"] == "Late start"
    assert (case.replaces, case.reason) == ("G-1 2024-25-Q1", "An invoice was forgotten.")


def test_a_cost_taken_back_is_no_longer_said() -> None:
    form = second_form()
    back = cost(5, "-1320.10", date(2024, 5, 6), form_row="COST-001", reversal_of=1)
    assert form_case(book(form, back), Q1, form).rows["costs"]["COST-001"] == {}


def test_a_quarter_without_money_or_outside_the_grant_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="G-1 starts on 1 October 2023, after 2023/24 Q2 ended"):
        form_case(book(), FinancialYear(2023).quarters[1])
    with pytest.raises(Refused, match="G-1 ended on 31 March 2025, before 2025/26 Q1 began"):
        form_case(book(), FinancialYear(2025).quarters[0])
    with pytest.raises(Refused, match="G-1 has no money in 2023/24"):
        form_case(book(), FinancialYear(2023).quarters[3])


def test_an_extension_lets_a_later_quarter_in() -> None:
    later = variation(ChangeKind.EXTENSION, new_date=date(2025, 6, 30))
    with pytest.raises(Refused, match="has no money in 2025/26"):
        form_case(book(*later), FinancialYear(2025).quarters[0])


def test_it_is_due_as_the_grant_says_or_in_fourteen_days() -> None:
    assert form_due_on(book(), Q2) == date(2024, 10, 14)
    assert form_due_on(book(term(TermKind.RETURN_DUE_DAYS, "20")), Q2) == date(2024, 10, 20)
    assert form_due_on(book(term(TermKind.RETURN_DUE_DAYS, "20", of=2)), Q2) == date(2024, 10, 14)
    assert form_case(book(), Q2, due_on=date(2024, 11, 1)).due_on == date(2024, 11, 1)
    assert form_case(book(), Q2).variance_percent == Decimal("7.5")


# The seal


def rows_of(case: FormCase) -> dict[str, dict[str, dict[str, Any]]]:
    """The rows as they would come back: open cells filled, empty ones named."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for table in case.tables:
        for key, row in reversed(list(case.rows[table.name].items())):
            values = {c.name: row.get(c.name) if c.who is Who.OFFICE else "typed" for c in table.columns}
            found.setdefault(table.name, {})[key] = values
    return found


def test_what_was_typed_in_open_cells_and_the_order_of_rows_leave_the_seal() -> None:
    case = form_case(book(), Q2)
    assert seal_of(case.tables, rows_of(case)) == case.seal


@pytest.mark.parametrize(
    ("table", "key", "column", "value"),
    [
        ("spend", "SPEND-1-R-1", "accepted", pounds("1320.11")),
        ("spend", "SPEND-1-R-1", "accepted", Unread("1,32O", "no amount")),
        ("spend", "SPEND-1-R-1", "accepted", None),
        ("spend", "SPEND-2-C-2", "category", "Staff"),
        ("budget", "BUDGET-2", "budget", pounds("10000")),
        ("outputs", "OUT-1", "target", Decimal(75)),
        ("milestones", "MS-2", "baseline_on", date(2024, 9, 2)),
        ("narrative", "N-done", "limit", 2500),
        ("declaration", "DECLARATION", "statement", "I know nothing of it."),
    ],
)
def test_a_locked_cell_that_was_changed_changes_the_seal(
    table: str, key: str, column: str, value: Any
) -> None:
    case = form_case(book(), Q2)
    rows = rows_of(case)
    rows[table][key][column] = value
    assert seal_of(case.tables, rows) != case.seal


def test_a_locked_row_that_is_gone_or_new_changes_the_seal() -> None:
    case = form_case(book(), Q2)
    fewer, more = rows_of(case), rows_of(case)
    del fewer["spend"]["SPEND-2-C-2"]
    more["spend"]["SPEND-9-C-2"] = more["spend"]["SPEND-2-C-2"]
    assert len({case.seal, seal_of(case.tables, fewer), seal_of(case.tables, more)}) == 3


def test_two_values_that_run_together_are_not_the_same() -> None:
    case = form_case(book(), Q2)
    rows = rows_of(case)
    rows["spend"]["SPEND-1-R-1"] |= {"intervention": SOLACE + CASEWORK[0], "category": CASEWORK[1:]}
    assert seal_of(case.tables, rows) != case.seal


# What a form works out


def filled(case: FormCase) -> dict[str, dict[str, dict[str, Any]]]:
    said = answers(case)
    return {
        table: {key: {**row, **said.get(table, {}).get(key, {})} for key, row in rows.items()}
        for table, rows in case.rows.items()
    }


def test_it_adds_up() -> None:
    made = worked(filled(form_case(book(), Q2)))
    assert made["costs"]["COST-001"] == {"eligible": pounds("1000.10")}
    assert made["costs"]["COST-007"] == {"eligible": pounds("240.06")}
    assert made["costs"]["COST-002"] == {"eligible": None}
    assert made["spend"] == {
        "SPEND-1-R-1": {"lines": pounds("1000.10"), "difference": pounds("0")},
        "SPEND-2-C-2": {"lines": pounds("240.06"), "difference": pounds("0")},
    }
    assert made["budget"]["BUDGET-1"] == {
        "spent": pounds("1000.10"),
        "forecast": pounds("3000"),
        "left": pounds("179.80"),
    }
    assert words_in("We met  residents.\nThey came.") == 5


def done(rows: dict[str, dict[str, dict[str, Any]]]) -> set[str]:
    case = form_case(book(), Q2)
    states = sheets_done(case.tables, rows, quarter=case.quarter, percent=case.variance_percent)
    return {name for name, is_done in states.items() if not is_done}


@pytest.mark.parametrize(
    ("table", "key", "values", "to_do"),
    [
        ("spend", "SPEND-1-R-1", {"spent": None}, {"Spend", "Costs", "Budget"}),
        ("spend", "SPEND-1-R-1", {"forecast_2024-25-Q4": None}, {"Spend", "Budget"}),
        ("spend", "SPEND-1-R-1", {"spent": pounds("1000.11")}, {"Spend", "Costs"}),
        ("costs", "COST-003", COST_1, {"Spend", "Costs"}),
        ("costs", "COST-003", {"evidence": "scan.pdf"}, {"Costs"}),
        ("costs", "COST-007", COST_2 | {"category": CASEWORK}, {"Spend"}),
        ("budget", "BUDGET-2", {"reason": None}, {"Budget"}),
        ("outputs", "OUT-1", {"value": None}, {"Outputs"}),
        ("milestones", "MS-2", {"actual_on": None, "forecast_on": date(2024, 9, 30)}, {"Milestones"}),
        ("milestones", "MS-2", {"actual_on": None, "forecast_on": date(2024, 10, 1)}, set[str]()),
        ("risks", "RISK-1", {"impact": None}, {"Risks"}),
        ("new_risks", "RISK-NEW-2", {"title": "New"}, {"Risks"}),
        ("narrative", "N-coming", {"answer": "word " * 151}, {"Narrative"}),
        ("narrative", "N-coming", {"answer": "word " * 150}, set[str]()),
        ("declaration", "DECLARATION", {"agreed": False}, {"Declaration"}),
    ],
)
def test_a_sheet_is_done_when_nothing_it_asks_for_is_missing(
    table: str, key: str, values: dict[str, Any], to_do: set[str]
) -> None:
    rows = filled(form_case(book(), Q2))
    assert done(rows) == set()
    rows[table][key] |= values
    assert done(rows) == to_do


def test_a_reason_is_needed_above_the_percentage_and_not_at_it() -> None:
    percent = Decimal("7.5")
    assert not needs_reason(pounds("75.00"), pounds("1000"), percent)
    assert needs_reason(pounds("75.01"), pounds("1000"), percent)
    assert needs_reason(pounds("-75.01"), pounds("1000"), percent)


def test_the_grant_may_have_no_partnership_and_no_dates() -> None:
    bare = replace(book().grant, partnership_id=None, starts_on=None, ends_on=None)
    held = book()
    case = form_case(replace(held, grant=bare, rows={**held.rows, Grant: (bare,)}), Q2)
    assert (case.partnership, case.starts_on, case.ends_on) == ("", None, None)
