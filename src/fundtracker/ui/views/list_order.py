"""The usual order of a list's columns: as the record has them, but for kinds whose rows are told apart by others than their first."""

from functools import cache

from fundtracker.domain.columns import Column, Record, columns, key_of, title_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Match, Risk
from fundtracker.domain.form_rows import FormForecast, FormLine
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.kinds import Choice, Reference
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import Variation, VariationChange

FIRST: dict[type[Record], tuple[str, ...]] = {
    Cost: ("reference", "received_on", "supplier", "net", "description", "intervention_id"),
    Match: ("award_id", "source", "quarter", "amount"),
    Term: ("reference", "kind", "number", "amount", "year", "clause"),
    Variation: ("reference", "reason", "approved_on", "effective_on"),
    VariationChange: ("variation_id", "kind", "old_amount", "new_amount", "intervention_id", "quarter"),
    Risk: ("award_id", "title", "category"),
    ProfileLine: ("intervention_id", "quarter", "amount"),
    FunderReturn: ("award_id", "quarter", "state", "due_on", "claim", "reference"),
    Forecast: ("return_id", "intervention_id", "quarter", "amount"),
    FormForecast: ("form_id", "intervention_id", "quarter", "amount"),
    FormLine: ("form_id", "intervention_id", "spent"),
    ReturnLine: ("return_id", "cost_id", "amount", "intervention_id"),
}
"""What is read first, at the left of a list: the rest follows. A form keeps the record's order, which is that of entering it."""
LAST: dict[type[Record], tuple[str, ...]] = {Document: ("sha256",)}
"""What nobody reads: at the end of the list and of the form. (In the record it stays where it is: the history's guards are made of it.)"""

SHORT = 12
"""Letters: a choice's word no longer than this is shown in whole, also where the first rows hold another one."""


@cache
def usual_order(kind: type[Record]) -> tuple[int, ...]:
    """The columns of a list from left to right, as numbers of `columns(kind)`."""
    names = [each.name for each in columns(kind)]
    first = [names.index(name) for name in FIRST.get(kind, ())]
    entered = [names.index(each.name) for each in entry_order(kind)]
    return (*first, *(number for number in entered if number not in first))


@cache
def entry_order(kind: type[Record]) -> tuple[Column, ...]:
    """The fields of a form from top to bottom."""
    last = LAST.get(kind, ())
    return tuple(sorted(columns(kind), key=lambda each: each.name in last))


def is_code(column: Column) -> bool:
    """Whether it holds references only, which tell nothing once their ends are cut off: no names, and none with a name behind."""
    if isinstance(column.kind, Reference):
        target = by_name(column.kind.target)
        return key_of(target) is not None and title_of(target) is None
    return column.key and column.name not in {"name", "title"}


def name_column(kind: type[Record]) -> Column | None:
    """The column that says in words which record a row is, where there is one: what stands there tells it from the others."""
    key = key_of(kind)
    return title_of(kind) or (key if key and not is_code(key) else None)


def short_words(column: Column) -> frozenset[str]:
    """The words of a choice that its column has room for from the first: a state changes while its list is looked at."""
    words = column.kind.words if isinstance(column.kind, Choice) else ()
    return frozenset(word for word in words if len(word) <= SHORT)
