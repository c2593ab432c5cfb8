"""Checks of a form as a whole: is it the right one, are its rows there, are its locked cells as they were sent out."""

from collections.abc import Iterator
from typing import Any

from fundtracker.domain.kinds import Kind, clean_text
from fundtracker.domain.partner_forms.examined import FOUND, Examined, Fault, FormCheck
from fundtracker.domain.partner_forms.layout import TEMPLATE_VERSION, AboutField, FormTable, Who
from fundtracker.domain.partner_forms.said import SaidRow, Unread
from fundtracker.domain.periods import Quarter, long_date
from fundtracker.domain.problems import Severity, Unreadable

_SENT_OUT = "fill in the form that was sent out"


def template(of: Examined) -> Iterator[Fault]:
    """Another version's rows and headings mean other things."""
    said = of.said.about[AboutField.TEMPLATE]
    if said != TEMPLATE_VERSION:
        newer = said.isdigit() and int(said) > int(TEMPLATE_VERSION)
        yield Fault(
            f"The form is of template version {said}, newer than this program's {TEMPLATE_VERSION}: open it with the newer program."
            if newer
            else f"The form is of template version {said or 'none'}; version {TEMPLATE_VERSION} is wanted: issue the form again, and ask the partner to copy the values over."
        )


def grant(of: Examined) -> Iterator[Fault]:
    said = of.said.about[AboutField.GRANT]
    if said.casefold() != of.case.grant.casefold():
        yield Fault(
            f"The form is for the grant {said}; {of.case.grant} is wanted. Choose the form of {of.case.grant}, or accept this one for {said}."
        )


def period(of: Examined) -> Iterator[Fault]:
    try:
        said = Quarter.read(of.said.about[AboutField.PERIOD])
    except Unreadable as trouble:
        yield Fault(f"The form doesn't say which quarter it is for: {trouble}")
        return
    if said != of.case.quarter:
        yield Fault(
            f"The form is for {said}; {of.case.quarter} is wanted. Choose the form of {of.case.quarter}, or accept this one for {said}."
        )


def issued(of: Examined) -> Iterator[Fault]:
    """It is a form this file knows to have sent out."""
    said = of.said.about[AboutField.FORM]
    if said not in of.held.references:
        yield Fault(
            f"The form calls itself {said}, and no form of that name was issued for {of.case.grant} and {of.case.quarter}: {_SENT_OUT} ({of.held.form.reference})."
        )


def missing_rows(of: Examined) -> Iterator[Fault]:
    """A row that was sent out comes back; one that wasn't, can't. Rows for costs and new risks that weren't used may be deleted."""
    gone = {table.sheet for table in of.case.tables} - {
        table.sheet for table in of.case.tables if table.name in of.said.rows
    }  # said by the reader
    for table in of.case.tables:
        wanted, said = of.case.rows.get(table.name, {}), of.said.rows.get(table.name, {})
        missing = [_label(table, wanted[key]) for key in wanted if key not in said]
        if missing and not table.all_or_none and table.sheet not in gone:
            if of.untouched:  # another partner's risk, a milestone, a new line: nobody deleted anything
                yield Fault(
                    f"Since the form was issued the office has added to “{table.title}” what this form couldn't say anything of ({FOUND}): nothing is asked of the partner.",
                    found=_some(missing),
                    severity=Severity.NOTE,
                )
                continue
            there = next(iter(said.values()), None)
            place = next(iter(there.places.values()), "") if there else ""
            yield Fault(
                f"{'A row' if len(missing) == 1 else f'{len(missing)} rows'} of “{table.title}” {'is' if len(missing) == 1 else 'are'} missing ({FOUND}): "
                f"undo the deletion, or {_SENT_OUT}. A row with nothing to say is answered with 0.",
                (place,) if place else (),
                _some(missing),
            )


def _some(labels: list[str]) -> str:
    """The first three, enough to know them by."""
    more = f"; and {len(labels) - 3} more" if len(labels) > 3 else ""  # noqa: PLR2004 - as the line above says
    return "; ".join(labels[:3]) + more


def unknown_rows(of: Examined) -> Iterator[Fault]:
    """A row that the form shouldn't have: one the office has taken away since, or one made by hand."""
    for table in of.case.tables:
        for key, row in of.said.rows.get(table.name, {}).items():
            if key in of.case.rows.get(table.name, {}) or not of.is_used(table.name, row):
                continue
            places = tuple(row.places.values())[:1]
            if of.untouched:
                yield Fault(
                    f"Since the form was issued the office has taken away what these rows of “{table.title}” stand for: they are not taken.",
                    places,
                    severity=Severity.NOTE,
                )
            else:
                yield Fault(
                    f"“{table.title}” has a row that isn't among those sent out ({FOUND}): delete it, or {_SENT_OUT}.",
                    places,
                    key,
                )


def locked(of: Examined) -> Iterator[Fault]:
    """What the office filled in comes back as it was: by its seal, and cell by cell against what is held."""
    untouched = of.untouched
    for table in of.case.tables:
        columns = [each for each in table.columns if each.who is Who.OFFICE]
        rows = {
            key: row
            for key, row in of.said.rows.get(table.name, {}).items()
            if key in of.case.rows.get(table.name, {})
        }
        if not untouched and (places := _sorted_apart(of, table, rows)):
            yield Fault(
                f"The rows of “{table.title}” were sorted without their hidden first column, so that what you filled in stands on other rows' lines: undo the sorting, or {_SENT_OUT}.",
                places,
            )
            continue
        for key, row in rows.items():
            for column in columns:
                if column.name not in row.places:
                    continue
                said, held = row.values.get(column.name), of.case.rows[table.name][key].get(column.name)
                if _plain(column.kind, said) == _plain(column.kind, held):
                    continue
                found = f"{_quoted(column.kind, said)} instead of {_quoted(column.kind, held)}"
                place = (row.place(column.name),)
                if untouched:
                    yield Fault(
                        f"“{column.heading}” has moved on here since the form was issued ({FOUND}): what is held now counts, and the partner has nothing to do.",
                        place,
                        found,
                        Severity.NOTE,
                    )
                else:
                    yield Fault(
                        f"“{column.heading}” is filled in by the office, and was changed ({FOUND}): put back what stood there.",
                        place,
                        found,
                    )


def _sorted_apart(of: Examined, table: FormTable, rows: dict[str, SaidRow]) -> tuple[str, ...]:
    """Places of rows whose office cells are those of other rows: all of them there, in another order."""
    columns = [each for each in table.columns if each.who is Who.OFFICE]
    said = {k: tuple(_plain(c.kind, row.values.get(c.name)) for c in columns) for k, row in rows.items()}
    held = {k: tuple(_plain(c.kind, of.case.rows[table.name][k].get(c.name)) for c in columns) for k in rows}
    if said == held or sorted(said.values(), key=str) != sorted(held.values(), key=str):
        return ()
    return tuple(rows[key].place(columns[0].name) for key in rows if said[key] != held[key])


def _plain(kind: Kind, value: Any) -> Any:
    if isinstance(value, Unread):
        return value.shown
    if value is None or value == "":
        return None
    return clean_text(value) if isinstance(value, str) else kind.keep(value)


def _quoted(kind: Kind, value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    shown = value.shown if isinstance(value, Unread) else kind.show(value)
    return f"“{shown if len(shown) <= _LONGEST else shown[:_LONGEST] + '…'}”"


_LONGEST = 60


def _label(table: FormTable, row: Any) -> str:
    """What a row is about, in the office's words."""
    words = [each.kind.show(row[each.name]) for each in table.columns[:3] if row.get(each.name) is not None]
    return ", ".join(words)[:120] or table.title


def unread(of: Examined) -> Iterator[Fault]:
    """Cells that hold what can't be taken as a value of their column."""
    for table in of.case.tables:
        for row in of.said.rows.get(table.name, {}).values():
            for column in table.columns:
                value = row.values.get(column.name)
                if not isinstance(value, Unread) or column.who is Who.OFFICE:
                    continue
                message = _without(value)
                worked = column.who is Who.WORKED
                yield Fault(
                    f"“{column.heading}” is a sum the form works out, and shows {FOUND}: what is entered counts, and the sum is worked out here."
                    if worked
                    else f"“{column.heading}”: {message}",
                    (row.place(column.name),),
                    value.shown,
                    Severity.NOTE if worked else Severity.ERROR,
                )


def _without(value: Unread) -> str:
    """The reader's message with FOUND where it names what the cell shows: so forty such cells have one message."""
    for framed in ("“{}”", "({})", "Shows {}:", "Holds {},", "{} can't be", "{} has "):
        named = framed.format(value.shown)
        if named in value.message:
            return value.message.replace(named, framed.format(FOUND), 1)
    return value.message


def late(of: Examined) -> Iterator[Fault]:
    form, day = of.held.form, of.held.form.received_on or of.held.today
    if day > form.due_on:
        days = (day - form.due_on).days
        yield Fault(
            f"The form was due on {long_date(form.due_on)}, and came {days} day{'s' if days > 1 else ''} late.",
            severity=Severity.NOTE,
        )


RIGHT_FORM = (
    FormCheck("template", template),
    FormCheck("grant", grant),
    FormCheck("period", period),
    FormCheck("issued", issued),
)
"""Where one of these stands, the rest of the form is about something else, and isn't looked at."""
WHOLE_CHECKS = (
    FormCheck("unread", unread),
    FormCheck("missing_rows", missing_rows),
    FormCheck("unknown_rows", unknown_rows),
    FormCheck("locked", locked),
    FormCheck("late", late),
)
