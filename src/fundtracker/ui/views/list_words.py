"""What stands below a list: how many rows of how many, what they are filtered by, and their totals."""

from collections.abc import Mapping

from fundtracker.domain.columns import Record, column_of, plural, singular
from fundtracker.domain.filters import in_words
from fundtracker.domain.form_rows import FormForecast, FormLine, FormReading, FormReason
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.storage.queries import SPENT, ListQuery

_ACCEPTING = "Accepting the form writes them here."
NOT_ADDED_HERE: dict[type[Record], str] = {
    FunderReturn: "A return is begun on the page of its award.",
    ReturnLine: "Submitting a return writes them.",
    PartnerForm: "They are issued at Partner forms, or on the page of a grant.",
    FormLine: _ACCEPTING,
    FormForecast: _ACCEPTING,
    FormReason: _ACCEPTING,
    FormReading: _ACCEPTING,
    LedgerLine: "Import the finance system's listing of transactions (.xlsx or .csv).",
}
"""What comes before the first of a kind that isn't added by hand."""


def footer(
    query: ListQuery,
    count: int,
    totals: Mapping[str, str | Mapping[str, str]],
    *,
    of: int | None,
    counting: bool,
) -> str:
    """ "12 of 918 costs: Supplier contains “north”  ·  Net £1,200.00". `of` is the count without filters, where it is known.
    Nothing of an empty list, which says so where its rows would stand.
    """
    kind = query.kind
    labels = {name: column_of(kind, name).label for name in totals if name != SPENT}
    if totals.get(SPENT) != totals.get("net"):  # else net says it
        labels[SPENT] = "Spent"
    sums = [_sum(label, totals[name]) for name, label in labels.items()] if count else []
    filtered = filters_in_words(query)
    if not count:
        words = _nothing(query, filtered)
    elif counting:
        words = f"More than {count:,} {plural(kind).lower()}, still counting"
    elif filtered and of is not None:
        words = f"{count:,} of {_many(kind, of)}"
    else:
        words = _many(kind, count)
    if filtered and count:
        words = f"{words}: {filtered}"
    return "  ·  ".join([words, *sums])


def _sum(label: str, total: str | Mapping[str, str]) -> str:
    """ "Net £1,200.00"; of several financial years "Amount: 2023/24 £95,000.00, 2024/25 £55,000.00"."""
    if isinstance(total, str):
        return f"{label} {_pounds(total)}"
    return f"{label}: {', '.join(f'{year} {_pounds(each)}' for year, each in total.items())}"


def _pounds(shown: str) -> str:
    return f"{'-' if shown.startswith('-') else ''}£{shown.removeprefix('-')}"


def filters_in_words(query: ListQuery) -> str:
    """ "Supplier contains “north”; Net over 100.00"."""
    return "; ".join(in_words(column_of(query.kind, each.column), each) for each in query.filters)


def looking(query: ListQuery) -> str:
    """While the rows shown are still those of the question before."""
    filtered = filters_in_words(query)
    return f"Looking for {plural(query.kind).lower()}{f': {filtered}' if filtered else ''}..."


def _many(kind: type[Record], count: int) -> str:
    """ "1 cost", "918 costs", "72 lines of match funding"."""
    name = plural(kind).lower()
    if count == 1:
        return f"1 {singular(kind).lower()}"
    return f"{count:,} {name}" if name.endswith("s") else f"{count:,} lines of {name}"


def _nothing(query: ListQuery, filtered: str) -> str:
    if filtered:
        searched = f" and “{query.search.strip()}”" if query.search.strip() else ""
        return f"Nothing found: {filtered}{searched}. Change a filter or clear them."
    if query.search.strip():
        return "Nothing found: try fewer words, or the beginning of one; sums and dates are found whole."
    return ""
