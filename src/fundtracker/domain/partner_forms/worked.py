"""What a form works out of what it says: its WORKED columns, and which sheets still want something.

The form's own formulas say the same; a spreadsheet program that recalculates the form must get these figures.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.partner_forms.layout import FormTable, Who, words_in
from fundtracker.domain.periods import Quarter

Values = Mapping[str, Any]
"""A row: values by column."""
Rows = Mapping[str, Mapping[str, Values]]
"""By table and row key. An empty cell is None or missing; what can't be read counts as empty."""


def money(found: Any) -> Money:
    """A sum; nought where there is none."""
    return found if isinstance(found, Money) else ZERO


def is_filled(found: Any) -> bool:
    return found is not None and found != ""


def eligible(row: Values) -> Money | None:
    """Net, and VAT that can't be recovered; None without a net sum."""
    net = row.get("net")
    if not isinstance(net, Money):
        return None
    return net + (money(row.get("vat")) if row.get("vat_recoverable") is False else ZERO)


def worked(rows: Rows) -> dict[str, dict[str, dict[str, Any]]]:
    """The WORKED values, by table, key and column."""
    costs = {key: {"eligible": eligible(row)} for key, row in rows.get("costs", {}).items()}
    spend = {key: _spend(row, rows) for key, row in rows.get("spend", {}).items()}
    budget = {key: _budget(row, rows) for key, row in rows.get("budget", {}).items()}
    narrative = {
        key: {"words": words_in(str(row.get("answer") or ""))}
        for key, row in rows.get("narrative", {}).items()
    }
    return {"costs": costs, "spend": spend, "budget": budget, "narrative": narrative}


def _spend(row: Values, rows: Rows) -> dict[str, Any]:
    line = _line(row)
    lines = total(money(eligible(each)) for each in rows.get("costs", {}).values() if _line(each) == line)
    return {"lines": lines, "difference": money(row.get("spent")) - lines}


def _line(row: Values) -> tuple[Any, Any, Any]:
    return row.get("intervention"), row.get("expense"), row.get("category")


def _budget(row: Values, rows: Rows) -> dict[str, Any]:
    of = [each for each in rows.get("spend", {}).values() if each.get("intervention") == row["intervention"]]
    spent = total(money(each.get("spent")) for each in of)
    forecast = total(
        money(value) for each in of for name, value in each.items() if name.startswith("forecast_")
    )
    left = money(row.get("budget")) - money(row.get("accepted")) - spent - forecast
    return {"spent": spent, "forecast": forecast, "left": left}


def needs_reason(left: Money, budget: Money, percent: Decimal) -> bool:
    """Whether what is left differs from nought by more than the grant's percentage of the budget, to the penny."""
    return abs(left).pence > (Decimal(abs(budget.pence)) * percent / 100).to_integral_value("ROUND_HALF_UP")


def complete(table: FormTable, rows: Iterable[Values]) -> bool:
    """Every row has what is required; where rows may stay unused, every used one."""
    open_columns = [each.name for each in table.columns if each.who is Who.PARTNER]
    required = [each.name for each in table.columns if each.required]
    return all(
        all(is_filled(row.get(name)) for name in required)
        for row in rows
        if not table.all_or_none or any(is_filled(row.get(name)) for name in open_columns)
    )


def sheets_done(
    tables: Iterable[FormTable], rows: Rows, *, quarter: Quarter, percent: Decimal
) -> dict[str, bool]:
    """Whether nothing that a sheet asks for is missing, by sheet: what its status cell says."""
    done: dict[str, bool] = {}
    for table in tables:
        of = rows.get(table.name, {}).values()
        done[table.sheet] = done.get(table.sheet, True) and complete(table, of)
    made = worked(rows)
    spend, costs = made["spend"], made["costs"]
    all_lines = total(money(each["eligible"]) for each in costs.values())
    reported = total(money(each.get("spent")) for each in rows.get("spend", {}).values())
    done["Spend"] &= all(not each["difference"] for each in spend.values())
    done["Costs"] &= all_lines == reported and all(
        is_filled(each.get("spent")) for each in rows.get("spend", {}).values()
    )
    done["Budget"] &= all(
        is_filled(row.get("reason"))
        or not needs_reason(made["budget"][key]["left"], money(row.get("budget")), percent)
        for key, row in rows.get("budget", {}).items()
    )
    done["Milestones"] &= all(
        is_filled(each.get("actual_on"))
        or (is_filled(each.get("forecast_on")) and each["forecast_on"] > quarter.ends_on)
        for each in rows.get("milestones", {}).values()
    )
    done["Narrative"] &= all(
        made["narrative"][key]["words"] <= row["limit"] for key, row in rows.get("narrative", {}).items()
    )
    done["Declaration"] &= all(each.get("agreed") is True for each in rows.get("declaration", {}).values())
    return done
