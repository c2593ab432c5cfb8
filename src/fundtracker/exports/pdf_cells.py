"""What stands in a table on a page: columns, cells and rows, before any room is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from fundtracker.domain.money import Money
from fundtracker.domain.periods import short_date
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_text import clean


class Mark(NamedTuple):
    """A text with a meaning beside its words: "To mend" is bad, "12 days late" a warning."""

    text: str
    tone: Tone


Value: TypeAlias = str | int | Decimal | Money | date | bool | Mark | None


class Across(StrEnum):
    """Where a column's values stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. One that `fits` is as wide as its widest value; the others share what is left by their weights.

    With `dash`, money of nought is a dash in body rows; totals always show 0.00.
    """

    heading: str
    weight: float = 1.0
    fits: bool = False
    across: Across = Across.LEFT
    dash: bool = False


def words(heading: str, weight: float = 1.0) -> Column:
    """A column of text that wraps."""
    return Column(heading=heading, weight=weight)


def short(heading: str) -> Column:
    """A column of references, dates or single words: as wide as the widest."""
    return Column(heading=heading, fits=True)


def figure(heading: str, *, dash: bool = True) -> Column:
    """A column of figures, right-aligned: as wide as the widest."""
    return Column(heading=heading, fits=True, across=Across.RIGHT, dash=dash)


class Kind(StrEnum):
    """What a row is in its table."""

    BODY = "body"
    GROUP = "group"  # a heading over the rows that follow; its first cell runs across the table
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Row(NamedTuple):
    """A row that is not of the body; a body row is a plain sequence of values."""

    kind: Kind
    cells: Sequence[Value]


AnyRow: TypeAlias = "Row | Sequence[Value]"


def group(text: str) -> Row:
    """A heading over the rows that follow, repeated where they run on to the next page."""
    return Row(Kind.GROUP, (text,))


def subtotal(*cells: Value) -> Row:
    return Row(Kind.SUBTOTAL, cells)


def total_row(*cells: Value) -> Row:
    return Row(Kind.TOTAL, cells)


_DASH = ("–", Tone.MUTED)


def shown(value: Value, *, dash: bool = False) -> tuple[str, Tone]:
    """A value as it is printed: money "-1,234.56" (in red below nought), dates dd/mm/yyyy, Yes or No."""
    if isinstance(value, str):  # the commonest first: a long return asks this for every cell
        return clean(value), Tone.PLAIN
    if isinstance(value, Money):
        if dash and not value.pence:
            return _DASH
        return value.shown, Tone.NEGATIVE if value.pence < 0 else Tone.PLAIN
    if isinstance(value, Mark):
        return clean(value.text), value.tone
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number_shown(value), Tone.NEGATIVE if value < 0 else Tone.PLAIN
    return _words(value), Tone.PLAIN


def _words(value: date | bool | None) -> str:
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else "Yes" if value else "No"


def pounds(amount: Money) -> str:
    """ "£1,234.50" or "-£0.75": a figure on its own, always with pence."""
    return f"-£{abs(amount).shown}" if amount.pence < 0 else f"£{amount.shown}"


def number_shown(value: Decimal | int) -> str:
    """ "1,250" or "12.5": no noughts after the point that say nothing."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
