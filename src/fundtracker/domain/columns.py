"""record, column(), columns(): the one description of a record's fields.

From it come the database column, table heading, editor, form row, search, list export and import heading. A description
says what a thing is, never where on a screen it goes.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform

from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    Kind,
    LongText,
    MoneyKind,
    Number,
    QuarterKind,
    Reference,
    WholeNumber,
    YearKind,
    YesNo,
)
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter

T = TypeVar("T")
_SIMPLE_KINDS: dict[type, Callable[[], Kind]] = {
    str: Kind,
    int: WholeNumber,
    bool: YesNo,
    Money: MoneyKind,
    date: DateKind,
    Decimal: Number,
    FinancialYear: YearKind,
    Quarter: QuarterKind,
}


def column(
    label: str,
    *,
    help: str = "",  # noqa: A002 - the word the reader of a record expects
    default: Any = dataclasses.MISSING,
    searchable: bool = False,
    long: bool = False,
    key: bool = False,
    refers_to: "type[Record] | str | None" = None,
    step: str = "",
) -> Any:
    """A field of a record.

    `label` is the word people see everywhere; `key` marks the human reference, unique within the kind; `refers_to`
    names the record whose id this holds (a name in quotation marks for a record that refers to its own kind); `step` says
    what writes a field that nobody types ("submitting the return writes it").
    """
    target = refers_to if isinstance(refers_to, str) or refers_to is None else refers_to.__name__
    about = {
        "label": label,
        "help": help,
        "searchable": searchable or key,
        "long": long,
        "key": key,
        "refers_to": target,
        "step": step,
    }
    if default is dataclasses.MISSING:
        return dataclasses.field(metadata=about)
    return dataclasses.field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What every record has: an id for ever, and a version number that rises with each change."""

    reference_prefix: ClassVar[str] = ""
    """Letters before the number of a reference the program gives itself ("C" for C-00012); empty: people give it."""
    plural: ClassVar[str] = ""
    """Only where adding an s will not do."""
    singular: ClassVar[str] = ""
    """Only where people don't call one of them as its class is."""
    known_by: ClassVar[tuple[str, ...]] = ()
    """Where it may have neither a reference nor a title: the columns that together say in a sentence which one is meant."""
    adds_up_within: ClassVar[str | None] = ""
    """The reference under which its sums may be added: elsewhere the same money would be counted twice. A year or a quarter: within one
    financial year, for money of two is never added. Empty: anywhere; None: never.
    """

    id: int
    version: int = 1


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column,))
def record(kind: type[T]) -> type[T]:
    """Make a frozen, keyword-only record of a class derived from Record."""
    return dataclass(frozen=True, kw_only=True, slots=True)(kind)


@dataclass(frozen=True, slots=True)
class Column:
    """One field, described. `required` means it may not be left empty; an empty text counts as empty."""

    name: str
    label: str
    kind: Kind
    required: bool
    default: Any
    help: str
    searchable: bool
    key: bool
    refers_to: str | None
    step: str

    @property
    def why_locked(self) -> str:
        """Why nobody types it, in a sentence; empty where people do."""
        return f"{self.label} isn't typed: {self.step}." if self.step else ""

    @property
    def nullable(self) -> bool:
        """May hold None."""
        return not self.required and self.default is None


@cache
def columns(kind: type[Record]) -> tuple[Column, ...]:
    """The fields a person sees, in the order they are written; not `id` and `version`."""
    hints = typing.get_type_hints(kind)
    described: list[Column] = []
    for each in dataclasses.fields(kind):
        if each.name in {"id", "version"}:
            continue
        about = each.metadata
        has_default = each.default is not dataclasses.MISSING
        described.append(
            Column(
                name=each.name,
                label=about["label"],
                kind=_kind_of(hints[each.name], about["refers_to"], long=about["long"]),
                required=not has_default,
                default=each.default if has_default else None,
                help=about["help"],
                searchable=about["searchable"],
                key=about["key"],
                refers_to=about["refers_to"],
                step=about["step"],
            )
        )
    return tuple(described)


def _kind_of(hint: Any, refers_to: str | None, *, long: bool) -> Kind:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in hint.__args__ if part is not types.NoneType)
    if refers_to is not None:
        return Reference(refers_to)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Choice(hint)
    if hint is str and long:
        return LongText()
    return _SIMPLE_KINDS[hint]()


@cache
def column_of(kind: type[Record], name: str) -> Column:
    return next(each for each in columns(kind) if each.name == name)


@cache
def key_of(kind: type[Record]) -> Column | None:
    """The human reference of a kind, or None where people never refer to one."""
    return next((each for each in columns(kind) if each.key), None)


@cache
def title_of(kind: type[Record]) -> Column | None:
    """The column that names a record in words beside its reference (its title or name), where it has one."""
    return next((each for each in columns(kind) if each.name in {"title", "name"} and not each.key), None)


def described(item: Record) -> str:
    """ "SSF5-VAWG-01 Op Vigilant in Cheltenham town centre": how a record is called in a sentence or a list."""
    words = [
        str(getattr(item, each.name) or "") for each in (key_of(type(item)), title_of(type(item))) if each
    ]
    return " ".join(word for word in words if word) or f"{singular(type(item)).lower()} {item.id}"


@cache
def table_name(kind: type[Record]) -> str:
    """ "award_line" for AwardLine: its table in the database."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def singular(kind: type[Record]) -> str:
    """ "Award line" for AwardLine."""
    return kind.singular or table_name(kind).replace("_", " ").capitalize()


@cache
def plural(kind: type[Record]) -> str:
    """ "Award lines" for AwardLine: its list's name, and its sheet in a workbook."""
    return kind.plural or f"{singular(kind)}s"
