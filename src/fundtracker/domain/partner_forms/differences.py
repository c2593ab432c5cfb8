"""What accepting a form would change: each cell that says something else than what was said, or held, before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fundtracker.domain.kinds import Kind
from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.examined import Examined
from fundtracker.domain.partner_forms.layout import FormColumn, FormTable, Who

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that changes. `table` is its title on the form, `what` the row's words; either side is "" where there is nothing."""

    table: str
    what: str
    column: str
    held: str
    said: str
    place: str = ""


def differences(of: Examined) -> tuple[Difference, ...]:
    """Against what the office holds: for a form that replaces another, against what that one said."""
    return between(of.case, of.case.rows, of)


def between(case: FormCase, before: Rows, of: Examined) -> tuple[Difference, ...]:
    """Against the rows of an earlier reading of the form: what was corrected since."""
    return tuple(
        each
        for table in case.tables
        if not (case.replaces and table.name == "declaration")  # made anew each time
        for each in _of_table(table, before.get(table.name, {}), of)
    )


def _of_table(
    table: FormTable, before: Mapping[str, Mapping[str, Any]], of: Examined
) -> Iterator[Difference]:
    """Row by row, in the order of the form; a row of costs that comes or goes is one line."""
    said = of.read.get(table.name, {})
    columns = [
        each
        for each in table.columns
        if each.who is Who.PARTNER and each.name not in _BESIDE.get(table.name, ())
    ]
    for key in of.case.rows.get(table.name, {}):
        held, now = before.get(key, {}), said.get(key, {})
        row = of.said.row(table.name, key)
        if table.all_or_none and not (_any(columns, held) and _any(columns, now)):
            if _any(columns, held) or _any(columns, now):
                first = row.place(columns[0].name) if row else ""
                yield Difference(
                    table=table.title,
                    what=_named(table, now if _any(columns, now) else held),
                    column="",
                    held=_whole(columns, held),
                    said=_whole(columns, now),
                    place=first,
                )
            continue
        if row is None:
            continue
        for column in columns:
            one, other = _text(column.kind, held.get(column.name)), _text(column.kind, now.get(column.name))
            if one != other and column.name in row.places:
                yield Difference(
                    table=table.title,
                    what=_named(table, of.case.rows[table.name][key] if not table.all_or_none else now),
                    column=column.heading,
                    held=one,
                    said=other,
                    place=row.place(column.name),
                )


_BESIDE = {"costs": frozenset({"evidence"})}
"""What a form says and accepting it doesn't change: files are attached to costs as evidence, not by naming them."""


def _any(columns: list[FormColumn], row: Mapping[str, Any]) -> bool:
    return any(row.get(each.name) is not None for each in columns)


def _whole(columns: list[FormColumn], row: Mapping[str, Any]) -> str:
    """A row in a line: "Supplier, INV-9, 14/08/2024, 100.00"."""
    shown = (_text(each.kind, row.get(each.name)) for each in columns)
    return ", ".join(each for each in shown if each)


def _named(table: FormTable, row: Mapping[str, Any]) -> str:
    """A row by what people know it by: its first words that the office wrote; a cost by supplier and invoice."""
    names = {"costs": ("supplier", "invoice_number"), "new_risks": ("title",)}.get(table.name) or tuple(
        each.name for each in table.columns if each.who is Who.OFFICE and each.name in _NAMING
    )
    words = (_text(table.column(name).kind, row.get(name)) for name in names)
    return ", ".join(each for each in words if each)


_NAMING = frozenset({"intervention", "expense", "category", "indicator", "milestone", "title", "question"})


def _text(kind: Kind, value: Any) -> str:
    return "" if value is None or value == "" else kind.show(value)
