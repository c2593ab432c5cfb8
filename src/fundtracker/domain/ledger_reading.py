"""A listing's rows as ledger lines: what each says, what can't be read, and what was left out and why. Nothing is guessed.

A payment is above nought, a credit below, however the finance system writes them.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from fundtracker.domain.ledger import LedgerLayout, LedgerLine, Payments
from fundtracker.domain.ledger_layouts import Placed, field_of, place_layout
from fundtracker.domain.ledger_listing import Given, Listing, ListingRow, folded, headings_of, shown
from fundtracker.domain.ledger_values import Said, read_amount, read_day, read_text
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.problems import Problem, Refused, Severity, Unreadable

SAID_BY_A_LINE = ("posted_on", "code", "supplier", "invoice_number", "description", "amount")
"""The fields that a listing says of a line: what makes it the same, or changed."""
_TEXTS = {"code": "code", "supplier": "supplier", "invoice": "invoice_number", "description": "description"}
_TOTAL = re.compile(
    r"(grand |page |report |overall |sub[ -]?)?totals?\b|(opening|closing) balance|balance (brought|carried) forward"
    r"|(brought|carried) (forward|down)|[bc]/[fd]\b|sum of\b|net movement",
    re.IGNORECASE,
)
_MOST_PROBLEMS = 1_000
_MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as the listing says it. `transaction` is the finance system's number, or the fingerprint of its text ("#…")."""

    row: int
    transaction: str
    posted_on: date
    code: str
    supplier: str
    invoice_number: str
    description: str
    amount: Money

    @property
    def said(self) -> tuple[Any, ...]:
        return said_by(self)


def said_by(line: "ReadLine | LedgerLine") -> tuple[Any, ...]:
    """What the listing says of a line, in the order of SAID_BY_A_LINE."""
    return (
        line.posted_on,
        line.code,
        line.supplier,
        line.invoice_number,
        line.description,
        line.amount,
    )


@dataclass(frozen=True)
class LedgerReading:
    """All of a listing: its lines, and every problem, note and total found on the way."""

    listing: str
    layout: LedgerLayout
    sheet: str
    lines: tuple[ReadLine, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.lines)

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day posted, both included."""
        days = [each.posted_on for each in self.lines]
        return (min(days), max(days)) if days else None

    @cached_property
    def total(self) -> Money:
        return total(each.amount for each in self.lines)


def read_listing(listing: Listing, layout: LedgerLayout) -> LedgerReading:
    """Every line of the listing. Refused where its headings aren't there; what is wrong with a row is among the problems."""
    placed = place_layout(listing, layout)
    reader = _Reader(layout, placed)
    lines = tuple(reader.lines())
    problems = (*reader.problems, *reader.notes)
    if not lines and not problems:
        raise Refused(f"“{listing.name}” has headings, and nothing below them.")
    return LedgerReading(listing.name, layout, placed.sheet.name, lines, problems)


def fingerprint(values: tuple[Any, ...]) -> str:
    """Who a line is where the finance system gives it no number: the same text, the same line."""
    posted_on, *texts, amount = values
    text = "\x1f".join((posted_on.isoformat(), *texts, str(amount.pence)))
    return f"#{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@dataclass(slots=True)
class _Reader:
    layout: LedgerLayout
    placed: Placed
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[Problem] = field(default_factory=list[Problem])
    _blank: int = 0
    _sum: Money = ZERO
    _since_total: Money = ZERO
    _credits_below: bool = False
    _headings: tuple[str, ...] = ()

    def lines(self) -> Iterator[ReadLine]:
        self._headings = tuple(map(folded, headings_of(self.placed.headings)))
        self._credits_below = self._are_credits_below()
        hidden = set(self.placed.sheet.hidden_rows)
        seen_hidden = 0
        for row in self.placed.below:
            line = self._line(row)
            if line is None:
                continue
            seen_hidden += row.number in hidden
            self._sum += line.amount
            self._since_total += line.amount
            yield line
        self._say_what_was_left_out(seen_hidden)

    def _say_what_was_left_out(self, hidden: int) -> None:
        if self._blank:
            rows = (
                "1 row without a day and an amount was"
                if self._blank == 1
                else f"{self._blank:,} rows without a day and an amount were"
            )
            self._note(f"{rows} left out.")
        if hidden:
            self._note(
                f"{hidden:,} of {len(self.placed.below):,} rows are hidden, by a filter perhaps: their lines were read too.",
                severity=Severity.WARNING,
            )
        if self._credits_below:
            self._note("The listing writes its credits below nought: they were read as credits.")

    def _line(self, row: ListingRow) -> ReadLine | None:
        cells = {role: row.cell(column) for role, column in self.placed.columns.items()}
        if not any(self._filled(cells, role) for role in cells):
            return None
        if self._is_heading(row):
            return None
        if self._is_total(row, cells):
            self._left_out_total(row, cells)
            return None
        if not any(
            self._filled(cells, role) for role in ("date", "transaction", "amount", "debit", "credit")
        ):
            self._blank += 1
            return None
        before = len(self.problems)
        posted_on = self._day(row, cells)
        amount = self._amount(row, cells)
        texts = {name: self._text(row, cells, role) for role, name in _TEXTS.items()}
        transaction = self._text(row, cells, "transaction")
        if len(self.problems) > before or posted_on is None or amount is None:
            return None
        said = (
            posted_on,
            texts["code"],
            texts["supplier"],
            texts["invoice_number"],
            texts["description"],
            amount,
        )
        return ReadLine(row.number, transaction or fingerprint(said), *said)

    # What a row is

    @staticmethod
    def _filled(cells: Mapping[str, Given], role: str) -> bool:
        found = cells.get(role)
        return found is not None and not (isinstance(found, str) and not found.strip())

    def _is_heading(self, row: ListingRow) -> bool:
        """Headings that stand on every page of a report."""
        columns = self.placed.columns.values()
        return all(
            column < len(self._headings) and folded(shown(row.cell(column))) == self._headings[column]
            for column in columns
        )

    def _is_total(self, row: ListingRow, cells: Mapping[str, Given]) -> bool:
        """A row that says "Total" and no day or number of its own; with a day, only where a text says that and nothing else."""
        number = shown(cells.get("transaction"))
        if number and not _TOTAL.match(number):
            return False
        dated = isinstance(cells.get("date"), date)
        says = _TOTAL.fullmatch if dated else _TOTAL.match
        return any(isinstance(each, str) and says(each.strip().rstrip(":")) for each in row.cells)

    def _left_out_total(self, row: ListingRow, cells: Mapping[str, Given]) -> None:
        """Said, with whether it agrees with the lines above it: the finance system's own check of what was read."""
        words = next(
            each.strip() for each in row.cells if isinstance(each, str) and _TOTAL.match(each.strip())
        )
        where = self.placed.sheet.place(row.number)
        try:
            said = self._signed(cells)
        except Unreadable:
            said = None
        if said is None:
            self._note(f"“{words[:60]}” is no line, and was left out.", where)
        elif said in {self._sum, self._since_total}:
            self._note(
                f"“{words[:60]}” was left out; its {said.in_full} agrees with the lines above it.", where
            )
        else:
            self._note(
                f"“{words[:60]}” was left out. It says {said.in_full}; the lines above it come to {self._sum.in_full}: is the listing whole?",
                where,
                Severity.WARNING,
            )
        self._since_total = ZERO

    # Its values

    def _day(self, row: ListingRow, cells: Mapping[str, Given]) -> date | None:
        try:
            found = read_day(cells["date"])
        except Unreadable as wrong:
            self._wrong(row, "date", str(wrong))
            return None
        if found is None:
            self._wrong(
                row,
                "date",
                "is empty, and the row holds an amount or a number: enter the day, or delete the row",
            )
        return found

    def _amount(self, row: ListingRow, cells: Mapping[str, Given]) -> Money | None:
        for role in ("amount", "debit", "credit"):
            try:
                read_amount(cells.get(role))
            except Unreadable as wrong:
                self._wrong(row, role, str(wrong))
                return None
        try:
            found = self._signed(cells)
        except Unreadable as wrong:
            self._wrong(row, "debit", str(wrong))
            return None
        if found is None:
            role = "amount" if "amount" in self.placed.columns else "debit"
            self._wrong(
                row, role if role in self.placed.columns else "credit", "is empty: a line needs its amount"
            )
        return found

    def _signed(self, cells: Mapping[str, Given]) -> Money | None:
        """The row's amount, a payment above nought; None where it has none."""
        if "amount" in self.placed.columns:
            said = read_amount(cells.get("amount"))
            if said is None:
                return None
            turned = self.layout.payments is Payments.NEGATIVE and not said.fixed
            return -said.amount if turned else said.amount
        debit, credit = read_amount(cells.get("debit")), read_amount(cells.get("credit"))
        if debit is None and credit is None:
            return None
        if debit and credit and debit.amount and credit.amount:
            raise Unreadable("and the credit beside it both hold a sum: a line is one or the other")
        return (debit.amount if debit else ZERO) - (self._credit(credit) if credit else ZERO)

    def _credit(self, said: Said) -> Money:
        """A credit's size; one marked CR, or in a column that writes them below nought, has its sign already."""
        return -said.amount if said.fixed or self._credits_below else said.amount

    def _are_credits_below(self) -> bool:
        """Whether every credit is written below nought: the column says credit, and the sign says it once more."""
        column = self.placed.columns.get("credit")
        found: set[bool] = set()
        for row in self.placed.below if column is not None else ():
            try:
                said = read_amount(row.cell(column))
            except Unreadable:
                continue
            if said is not None and said.amount and not said.fixed:
                found.add(said.amount < ZERO)
        return found == {True}

    def _text(self, row: ListingRow, cells: Mapping[str, Given], role: str) -> str:
        try:
            return read_text(cells.get(role))
        except Unreadable as wrong:
            self._wrong(row, role, str(wrong))
            return ""

    # What is said of it

    def _wrong(self, row: ListingRow, role: str, what: str) -> None:
        column = self.placed.columns.get(role)
        heading = getattr(self.layout, field_of(role))
        what = what.rstrip(".")
        if what.startswith("this "):
            what = f"holds something else: {what}"
        if len(self.problems) < _MOST_PROBLEMS:
            where = self.placed.sheet.place(row.number, column)
            self.problems.append(
                Problem(message=f"“{heading}” {what}.", where=where, kind=LedgerLine.__name__)
            )
        elif len(self.problems) == _MOST_PROBLEMS:
            text = f"There are more problems than the {_MOST_PROBLEMS:,} listed: mend these first."
            self.problems.append(Problem(message=text))

    def _note(self, message: str, where: str = "", severity: Severity = Severity.NOTE) -> None:
        if len(self.notes) < _MOST_NOTES or severity is not Severity.NOTE:
            self.notes.append(Problem(message=message, where=where, severity=severity))
