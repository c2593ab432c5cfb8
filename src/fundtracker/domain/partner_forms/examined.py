"""A form under examination: what it says beside what the office holds, and how faults become problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.case import FormCase, seal_of
from fundtracker.domain.partner_forms.layout import FormTable, Who, Words
from fundtracker.domain.partner_forms.said import FormProblem, FormSaid, SaidRow
from fundtracker.domain.partner_forms.worked import worked
from fundtracker.domain.problems import Severity

FOUND = "\ufdd0"
"""Where a message names what was found. A code point that no text can hold: `clean_text` takes it away."""
_MOST_NAMED = 3
_LONGEST_NAMED = 200
"""Characters of one thing found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A cost the file holds already: with the invoice number of a line of the form. `where` is its grant or its award."""

    reference: str
    where: str
    supplier: str
    invoice_number: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHeld:
    """What a form is checked against, beside its case.

    `seals` are those of the form the file names, each time it was issued; `references` those of every form of this grant and quarter;
    `awards` what pays an intervention, with the last day as extended; `beside` accepted spend of the grant in the quarter that
    came in no form, `later` that of the year's later quarters; `counted`, by indicator,
    what the quarter's reading holds that no accepted form said; `files` the names of the files that came with the form, None where nobody said.
    """

    today: date
    form: PartnerForm
    seals: tuple[str, ...]
    references: frozenset[str]
    awards: Mapping[int, tuple[Award, date]]
    twins: tuple[Twin, ...] = ()
    beside: tuple[Cost, ...] = ()
    later: tuple[Cost, ...] = ()
    counted: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])
    last: PartnerForm | None = None
    files: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell's fault. Faults with the same message are one problem; FOUND in it names what each cell holds."""

    message: str
    places: tuple[str, ...] = ()
    found: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Examined:
    """The case, what the form says and what is held, with the questions that several checks ask of them."""

    case: FormCase
    said: FormSaid
    held: FormHeld

    @cached_property
    def read(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What could be read: by table, key and column. Of locked columns what the office holds, whatever came back in them."""
        return {
            table.name: {
                key: self._row(table, key, row) for key, row in self.said.rows.get(table.name, {}).items()
            }
            for table in self.case.tables
        }

    def _row(self, table: FormTable, key: str, row: SaidRow) -> dict[str, Any]:
        held = self.case.rows.get(table.name, {}).get(key, {})
        lists = {Words.INTERVENTIONS: self.case.interventions, Words.CATEGORIES: self.case.categories}
        values: dict[str, Any] = {}
        for column in table.columns:
            if column.who is Who.WORKED:
                continue
            value = held.get(column.name) if column.who is Who.OFFICE else row.value(column.name)
            if column.choices is not None and value is not None:  # as its list spells it
                value = next((word for word in lists[column.choices] if same_text(word, value)), value)
            values[column.name] = value
        return values

    @cached_property
    def worked(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What the form works out, worked out here."""
        return worked(self.read)

    @cached_property
    def untouched(self) -> bool:
        """Whether what the office filled in came back exactly as it was issued."""
        rows = {name: {key: row.values for key, row in some.items()} for name, some in self.said.rows.items()}
        return seal_of(self.case.tables, rows) in self.held.seals

    def rows(self, table: str) -> Iterator[tuple[str, SaidRow, dict[str, Any]]]:
        """A table's rows that are used and that the case knows: key, as it came back, and as it could be read."""
        for key, row in self.said.rows.get(table, {}).items():
            if key in self.case.rows.get(table, {}) and self.is_used(table, row):
                yield key, row, self.read[table][key]

    def is_used(self, table: str, row: SaidRow) -> bool:
        """Whether a row says anything; every row of a table that asks for all of them does."""
        of = self.case.table(table)
        return not of.all_or_none or any(
            row.values.get(column.name) is not None for column in of.columns if column.who is Who.PARTNER
        )

    def cell(self, table: str, key: str, column: str) -> tuple[str, ...]:
        """The place of a cell; nothing where the form hasn't got it."""
        row = self.said.row(table, key)
        place = row.place(column) if row else ""
        return (place,) if place else ()


Look = Callable[[Examined], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class FormCheck:
    """A check by its name. While `trial`, it only warns: so a new check starts life. `for_office`: the partner can't mend it."""

    name: str
    look: Look
    trial: bool = False
    for_office: bool = False

    def problems(self, of: Examined) -> tuple[FormProblem, ...]:
        found = grouped(self.name, self.look(of), trial=self.trial)
        return tuple(replace(each, for_office=True) for each in found) if self.for_office else found


def grouped(name: str, faults: Iterable[Fault], *, trial: bool = False) -> tuple[FormProblem, ...]:
    """The same fault in forty cells is one problem with forty places, and the first few things found."""
    held: dict[tuple[str, Severity], tuple[dict[str, None], dict[str, None]]] = {}
    for each in faults:
        places, found = held.setdefault((each.message, each.severity), ({}, {}))
        places.update(dict.fromkeys(each.places))
        said = each.found if len(each.found) <= _LONGEST_NAMED else f"{each.found[:_LONGEST_NAMED]}…"
        if said:
            found[said] = None
    made: list[FormProblem] = []
    for (message, severity), (places, found) in held.items():
        named = "; ".join(list(found)[:_MOST_NAMED])
        if len(found) > _MOST_NAMED:
            named += f"; and {len(found) - _MOST_NAMED:,} more"
        problem = FormProblem(
            check=name, message=message.replace(FOUND, named), severity=severity, places=tuple(places)
        )
        softened = trial and severity is Severity.ERROR
        made.append(replace(problem, severity=Severity.WARNING) if softened else problem)
    return tuple(made)


def same_text(one: Any, other: Any) -> bool:
    """As a person would compare two entries: without regard to case or spacing."""
    return (
        " ".join(clean_text(str(one or "")).split()).casefold()
        == " ".join(clean_text(str(other or "")).split()).casefold()
    )


def worded(words: Mapping[str, int], said: Any) -> int | None:
    """The id that a drop-down's word stands for, whatever its capitals and blanks; None where it isn't in the list."""
    return next((number for word, number in words.items() if same_text(word, said)), None)


def blank(of: Examined, table: str, then: str = "") -> Iterator[Fault]:
    """Cells that have to be filled in and are empty, a message for each column."""
    for _, row, _ in of.rows(table):
        for column in of.case.table(table).columns:
            if column.required and column.name in row.places and row.values.get(column.name) is None:
                nought = column.kind.right_aligned and not column.name.startswith(("impact", "likelihood"))
                wanted = f"enter {column.kind.hint}{', 0 for none' if nought else ''}"
                if column.kind.name in {"text", "long text"}:
                    wanted = "fill it in"
                if column.choices is not None or column.kind.name == "choice":
                    wanted = "choose one of the words in its list"
                yield Fault(
                    f"“{column.heading}” of “{of.case.table(table).title}” is empty: {wanted}.{then}",
                    (row.place(column.name),),
                )
