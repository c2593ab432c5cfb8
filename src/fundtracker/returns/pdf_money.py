"""Spend, Costs, Match and Underspend of a return on paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportlab.platypus import Flowable

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import CostRow, Snapshot, SpendRow
from fundtracker.exports.pdf_cells import (
    AnyRow,
    Column,
    Mark,
    Value,
    figure,
    group,
    pounds,
    short,
    subtotal,
    total_row,
    words,
)
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Section, part_heading
from fundtracker.exports.pdf_parts import Particulars, Tile, Tiles
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import NOTE, para

_SMALLER = 6.5


def spend(snapshot: Snapshot) -> Section:
    """C. By intervention, then capital or resource and cost category, with totals of each and of all."""
    year = snapshot.header.year
    note = f"In pounds, of {year}. Outturn: to date and forecast. Variance: outturn less current profile."
    if any(row.ordered for row in snapshot.spend):
        note += " Ordered: by the office, not yet received; what partners have yet to spend is in Summary."
    if not snapshot.spend:
        return Section(
            title="Spend",
            landscape=True,
            body=[para(f"Nothing is planned, spent or forecast in {year}.")],
        )
    return Section(title="Spend", landscape=True, body=[para(note, NOTE), _spend_table(snapshot)])


def _spend_table(snapshot: Snapshot) -> TableFlow:
    ahead = [figure(f"Forecast {each.rpartition(' ')[2]}") for each in snapshot.forecast_quarters]
    on_order = any(row.ordered for row in snapshot.spend)
    columns = (
        words("Capital or resource, category", 1.5),
        figure("Original profile"),
        figure("Current profile"),
        figure("Claimed before"),
        figure("This quarter"),
        figure("of which accrued"),
        figure("Adjustments"),
        figure("To date"),
        *ahead,
        figure("Outturn"),
        figure("Variance £"),
        figure("Variance %"),
        *([figure("Ordered")] if on_order else []),
        words("Reason for the variance", 1.8),
    )
    rows: list[AnyRow] = []
    for (reference, title), found in groupby(snapshot.spend, key=lambda row: (row.reference, row.title)):
        lines = list(found)
        rows.append(group(f"{reference}  {title}"))
        rows.extend(_spend_line(row, on_order=on_order) for row in lines)
        if len(lines) > 1:
            rows.append(subtotal(f"Total of {reference}", *_spend_sums(lines, on_order=on_order)))
    for expense in sorted({row.expense for row in snapshot.spend}):
        of_kind = [row for row in snapshot.spend if row.expense == expense]
        rows.append(subtotal(f"All {expense.lower()}", *_spend_sums(of_kind, on_order=on_order)))
    rows.append(total_row("Total", *_spend_sums(snapshot.spend, on_order=on_order)))
    return TableFlow(columns, rows, largest=7.0)


def _spend_line(row: SpendRow, *, on_order: bool) -> tuple[Value, ...]:
    reason: Value = row.reason
    if row.reason_needed and not row.reason.strip():
        reason = Mark("Reason needed, none given", Tone.WARNING)
    return (
        f"{row.expense}, {row.category}",
        *_spend_figures(row),
        _percent(row.variance, row.current),
        *([row.ordered] if on_order else []),
        reason,
    )


def _spend_figures(row: SpendRow) -> tuple[Money, ...]:
    return (
        row.original,
        row.current,
        row.claimed_before,
        row.this_quarter,
        row.accrued,
        row.adjustments,
        row.to_date,
        *row.forecasts,
        row.outturn,
        row.variance,
    )


def _spend_sums(rows: Sequence[SpendRow], *, on_order: bool) -> tuple[Value, ...]:
    sums = [total(column) for column in zip(*map(_spend_figures, rows), strict=True)]
    ordered = [total(row.ordered for row in rows)] if on_order else []
    return (*sums, _percent(sums[-1], sums[1]), *ordered, "")


def _percent(variance: Money, profile: Money) -> Value:
    percent = variance.percent_of(profile)
    if percent is None:
        return Mark("–", Tone.MUTED)
    return Mark(f"{percent:.1f}%", Tone.NEGATIVE if percent < 0 else Tone.PLAIN)


_PARTS = (
    ("This quarter", "This quarter", "What was received in the quarter.", ()),
    (
        "Adjustment",
        "Adjustments to earlier quarters of the year",
        "What the cost records now say of quarters already returned, less what those returns said. Part of this claim.",
        ("counts",),
    ),
    (
        "Earlier return",
        "Claimed by earlier returns of the year",
        "Claimed before, and here so that every figure to date can be followed to its lines.",
        ("stands", "counts"),
    ),
    (
        "Earlier year",
        "Corrections to earlier years",
        "Shown apart: not part of this claim and not charged to this year's money.",
        ("counts",),
    ),
)
"""The part of a cost row, its title, what it is, and which quarters its table shows."""


def costs(snapshot: Snapshot) -> Section:
    """D. Every line behind Spend, by part of the return, then by Spend line with its subtotal."""
    titles = {row.reference: row.title for row in snapshot.spend}
    body: list[Flowable] = []
    for number, (part, title, what, quarters) in enumerate(_PARTS):
        rows = [row for row in snapshot.costs if row.part == part]
        if rows:
            body += [
                part_heading(title, f"costs-{number}"),
                para(what, NOTE),
                _cost_table(rows, quarters, titles),
            ]
        elif part != "Earlier year":
            body += [part_heading(title, f"costs-{number}"), para("There are no such lines in this return.")]
    if snapshot.orders:
        body += [
            part_heading("Ordered, not received", "costs-ordered"),
            para(
                "Behind the commitments on Spend, as at the end of the quarter: no part of this claim.", NOTE
            ),
            _cost_table(snapshot.orders, (), titles),
        ]
    if not snapshot.costs and not snapshot.orders:
        body = [para(f"No cost line stands behind this return or an earlier one of {snapshot.header.year}.")]
    return Section(title="Costs", landscape=True, body=body)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _said(row: CostRow) -> str:
    return _lines(
        row.description,
        row.grant and f"Grant {row.grant}",
        row.reversal_of and f"Reverses {row.reversal_of}",
        row.evidence and f"Evidence: {row.evidence}",
        row.reason and f"Reason: {row.reason}",
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a table of costs, and what a line shows there."""

    column: Column
    of: Callable[[CostRow], Value]
    optional: bool = False
    """Left out where no line has anything to show there."""


_SUMS = {"Amount", "of which accrued"}
_COST_FIELDS = (
    _Field(short("Cost"), lambda row: row.cost),
    _Field(short("In return of"), lambda row: row.stands_in),
    _Field(short("Counts in"), lambda row: row.counts_in),
    _Field(words("Supplier, invoice", 1.9), lambda row: _lines(row.supplier, row.invoice_number)),
    _Field(words("Description, evidence, reason", 2.1), _said),
    _Field(short("Ordered"), lambda row: row.ordered_on, optional=True),
    _Field(short("Received"), lambda row: row.received_on, optional=True),
    _Field(short("Invoiced"), lambda row: row.invoiced_on, optional=True),
    _Field(short("Paid"), lambda row: row.paid_on, optional=True),
    _Field(figure("Net"), lambda row: row.net),
    _Field(figure("VAT"), lambda row: row.vat),
    _Field(short("VAT recoverable?"), lambda row: row.vat_recoverable if row.vat else ""),
    _Field(figure("Eligible"), lambda row: row.eligible),
    _Field(figure("Amount"), lambda row: row.amount),
    _Field(figure("of which accrued"), lambda row: row.accrued, optional=True),
    _Field(short("Ledger"), lambda row: row.ledger_code),
)
"""As the workbook names them. The amount is what a line adds to its return: all of its cost, or a change of it."""
_QUARTERS = {"In return of": "stands", "Counts in": "counts"}


def _cost_table(rows: Sequence[CostRow], quarters: Sequence[str], titles: dict[str, str]) -> TableFlow:
    fields = [
        field
        for field in _COST_FIELDS
        if _QUARTERS.get(field.column.heading, "") in ("", *quarters)
        and not (field.optional and not any(map(field.of, rows)))
    ]
    by_line = sorted(rows, key=lambda row: (row.intervention, row.expense, row.category))
    laid: list[AnyRow] = []
    for key, found in groupby(by_line, key=lambda row: (row.intervention, row.expense, row.category)):
        lines = list(found)
        reference, expense, category = key
        name = f"{reference}  {titles.get(reference, '')}".rstrip()
        laid.append(group(f"{name}: {expense.lower()}, {category}"))
        laid.extend(tuple(field.of(row) for field in fields) for row in lines)
        laid.append(subtotal(f"{reference} {expense.lower()}, {category}", *_cost_sums(fields, lines)))
    laid.append(total_row("Total", *_cost_sums(fields, by_line)))
    return TableFlow([field.column for field in fields], laid, largest=_SMALLER)


def _cost_sums(fields: Sequence[_Field], rows: Sequence[CostRow]) -> tuple[Value, ...]:
    """What stands to the right of a total's name."""

    def whole(field: _Field) -> Value:
        if field.column.heading not in _SUMS:
            return ""
        accrued = field.column.heading == "of which accrued"
        return total(row.accrued if accrued else row.amount for row in rows)

    return tuple(map(whole, fields[1:]))


def match(snapshot: Snapshot) -> Section:
    """E. Match by source, and what the Terms ask for."""
    need, year = snapshot.match_need, snapshot.header.year
    body: list[Flowable] = []
    if need.percent is not None:
        body += [
            Tiles(
                (
                    Tile(f"Required, {year}", pounds(need.required), f"{need.percent}% of the award"),
                    Tile("Match to date", pounds(need.to_date), "of this financial year"),
                    Tile(
                        "Gap",
                        pounds(need.gap),
                        "still to be found" if need.gap else "none",
                        Tone.WARNING if need.gap else Tone.PLAIN,
                    ),
                )
            ),
            para(need.clause, NOTE),
        ]
    else:
        body.append(para("The terms of this award ask for no match.", NOTE))
    if snapshot.match:
        rows = snapshot.match
        table: list[AnyRow] = [
            (row.source, row.kind, row.secured, row.basis, row.this_quarter, row.to_date) for row in rows
        ]
        sums = (total(row.this_quarter for row in rows), total(row.to_date for row in rows))
        columns = (
            words("Source", 2),
            short("Kind"),
            short("Secured"),
            words("Basis of valuation", 2),
            figure("This quarter"),
            figure("To date"),
        )
        secured = [row for row in rows if row.secured]
        sure = (total(row.this_quarter for row in secured), total(row.to_date for row in secured))
        table += [total_row("Total", "", "", "", *sums), subtotal("of which secured", "", "", "", *sure)]
        body.append(TableFlow(columns, table))
    else:
        body.append(para(f"No match is recorded for {year}."))
    return Section(title="Match", landscape=True, new_page=False, body=body)


def underspend(snapshot: Snapshot) -> Section:
    """M. What will not be spent this year, why, and what is asked for."""
    found, year = snapshot.underspend, snapshot.header.year
    tiles = Tiles(
        (
            Tile(f"Forecast underspend, {year}", pounds(found.forecast), "awarded less forecast outturn"),
            Tile("Surrendered", pounds(found.surrendered), "given back to the funder"),
        )
    )
    if not found.forecast and not found.cause and not found.request and not found.surrendered:
        return Section(
            title="Underspend",
            landscape=True,
            new_page=False,
            body=[para(f"No underspend is forecast for {year}: the whole award is spent or forecast.")],
        )
    words_of = Particulars(
        (("Cause", found.cause), ("Request to re-profile", found.request)), columns=1, label_width=120
    )
    return Section(title="Underspend", landscape=True, new_page=False, body=[tiles, words_of])
