"""FormCase: everything a grant's form of a quarter is drawn with and read against, by the keys of its rows."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from fundtracker.domain.cubes import Line
from fundtracker.domain.file_names import safe_name
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.kinds import Kind, clean_text
from fundtracker.domain.partner_forms.case_rows import FormRows, Labels
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.partner_forms.layout import TEMPLATE_VERSION, AboutField, FormTable, Who, tables
from fundtracker.domain.partner_forms.worked import Rows
from fundtracker.domain.periods import Quarter, long_date
from fundtracker.domain.problems import Refused
from fundtracker.domain.rules import DEFAULT_VARIANCE_PERCENT
from fundtracker.domain.terms import TermKind

FORM_DUE_DAYS = 14
"""Days after the quarter a form is due where the grant's own Terms don't say: before the funder wants ours (our choice)."""


@dataclass(frozen=True, kw_only=True)
class FormCase:
    """One form. `rows` are by table name and row key, with the values of OFFICE columns and what PARTNER columns start with.

    `lines` and `ids` say what a row's key stands for: SPEND rows an intervention's line, the others a record's id.
    `interventions` and `categories` are the words of the drop-downs, with the ids they stand for.
    """

    reference: str
    grant: str
    grant_title: str
    quarter: Quarter
    due_on: date
    made_on: date
    office: str
    marking: str
    recipient: str
    partnership: str
    starts_on: date | None
    ends_on: date | None
    variance_percent: Decimal
    replaces: str
    reason: str
    rows: Rows
    lines: Mapping[str, Line]
    ids: Mapping[str, int]
    interventions: Mapping[str, int]
    categories: Mapping[str, int]

    @cached_property
    def ahead(self) -> tuple[Quarter, ...]:
        """The quarters of the year still to come."""
        return tuple(each for each in self.quarter.year.quarters if each > self.quarter)

    @cached_property
    def tables(self) -> tuple[FormTable, ...]:
        return tables(self.ahead)

    def table(self, name: str) -> FormTable:
        return next(each for each in self.tables if each.name == name)

    @property
    def about(self) -> Mapping[AboutField, str]:
        """What the hidden sheet says."""
        return {
            AboutField.TEMPLATE: TEMPLATE_VERSION,
            AboutField.FORM: self.reference,
            AboutField.GRANT: self.grant,
            AboutField.PERIOD: self.quarter.code,
        }

    @cached_property
    def seal(self) -> str:
        """The seal of what the office filled in; kept with the form when it is issued."""
        return seal_of(self.tables, self.rows)

    @property
    def subject(self) -> str:
        """The subject of the e-mail that brings the form back."""
        return f"{self.reference} monitoring form"

    @property
    def file_name(self) -> str:
        """ "GR-SSF5-COT 2024-25-Q2.xlsx"."""
        return safe_name(self.reference, ".xlsx")


def form_reference(grant: str, quarter: Quarter) -> str:
    """ "GR-SSF5-COT 2024-25-Q2": the reference of the first form of a grant's quarter."""
    return f"{grant} {quarter.code}"


def form_due_on(book: GrantBook, quarter: Quarter) -> date:
    """When a quarter's form is due: the grant's own Term, else FORM_DUE_DAYS after the quarter."""
    on, year = quarter.ends_on, quarter.year
    year_end = book.term(TermKind.YEAR_END_DUE_DAYS, on, year) if quarter.number == 4 else None  # noqa: PLR2004
    term = year_end or book.term(TermKind.RETURN_DUE_DAYS, on, year)
    days = int(term.number) if term and term.number is not None else FORM_DUE_DAYS
    return quarter.ends_on + timedelta(days=days)


def form_case(
    book: GrantBook, quarter: Quarter, form: PartnerForm | None = None, due_on: date | None = None
) -> FormCase:
    """The form of a grant's quarter; `form` is its record once it is issued. Refused where the grant has no such quarter.

    Where `form` replaces an accepted one it starts with what that one said; forecasts start with those last accepted.
    """
    _refuse_outside(book, quarter)
    replaced = book.find(PartnerForm, form.replaces_id) if form and form.replaces_id else None
    labels = Labels.of(book, quarter)
    made = FormRows(book, quarter, replaced, labels)
    term = book.term(TermKind.VARIANCE_REASON, quarter.ends_on, quarter.year)
    office = book.office
    return FormCase(
        reference=form.reference if form else form_reference(book.grant.reference, quarter),
        grant=book.grant.reference,
        grant_title=book.grant.title,
        quarter=quarter,
        due_on=due_on or (form.due_on if form else form_due_on(book, quarter)),
        made_on=form.issued_on if form else book.today,
        office=office.name if office else "",
        marking=office.marking if office else "OFFICIAL",
        recipient=book.recipient.name,
        partnership=book.partnership.name if book.partnership else "",
        starts_on=book.grant.starts_on,
        ends_on=book.ends_on,
        variance_percent=term.number if term and term.number is not None else DEFAULT_VARIANCE_PERCENT,
        replaces=replaced.reference if replaced else "",
        reason=form.reason if form else "",
        rows=made.rows(),
        lines=made.lines,
        ids=made.ids,
        interventions=labels.interventions,
        categories=labels.categories,
    )


def _refuse_outside(book: GrantBook, quarter: Quarter) -> None:
    grant, starts_on, ends_on = book.grant.reference, book.grant.starts_on, book.ends_on
    if starts_on and quarter.ends_on < starts_on:
        raise Refused(
            f"{grant} starts on {long_date(starts_on)}, after {quarter} ended: choose a quarter of the grant."
        )
    if ends_on and quarter.begins_on > ends_on:
        raise Refused(
            f"{grant} ended on {long_date(ends_on)}, before {quarter} began: choose a quarter of the grant, or record"
            " the variation that extends it."
        )
    if not any(book.budgets(quarter.year).values()):
        raise Refused(
            f"{grant} has no money in {quarter.year}, so there is no form of {quarter}. Add the grant's source of that"
            " year first if it should have."
        )


def seal_of(tables: Iterable[FormTable], rows: Rows) -> str:
    """SHA-256 of every OFFICE value, by table, row key and column: what was issued and what came back give the same one
    exactly where no locked cell was changed and no row with locked cells was added or removed.

    A value that isn't of its column's kind (what a reader could not read) is sealed as what it shows, so it differs.
    """
    values = [
        [table.sheet, table.name, key, column.name, _canonical(column.kind, row.get(column.name))]
        for table in tables
        for key, row in rows.get(table.name, {}).items()
        for column in table.columns
        if column.who is Who.OFFICE
    ]
    values.sort(key=lambda each: each[:4])
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(kind: Kind, value: Any) -> Any:
    """The value as a database keeps it; an empty text is nothing."""
    if isinstance(value, str) and kind.accepts(value):
        return clean_text(value) or None
    if value is None:
        return None
    return kind.keep(value) if kind.accepts(value) else {"unread": str(value)}
