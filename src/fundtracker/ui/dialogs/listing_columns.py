"""ColumnsStep: how a listing's columns are understood, corrected by pointing: above each column stands what it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from fundtracker.domain.ledger import LedgerLayout, LedgerLayoutId, Payments
from fundtracker.domain.ledger_layouts import (
    ROLES,
    Guess,
    field_of,
    guess_layout,
    guess_row,
    lacking,
    place_layout,
)
from fundtracker.domain.ledger_listing import Listing, ListingSheet, column_letters, folded, shown
from fundtracker.domain.ledger_reading import LedgerReading, read_listing
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Refused, errors
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.choice_strip import ChoiceStrip
from fundtracker.ui.views.return_parts import titled
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, choice_box, plain_label

HOLDS = {
    "": "Not used",
    "transaction": "Transaction no.",
    "date": "Posting date",
    "supplier": "Supplier",
    "invoice": "Invoice no.",
    "description": "Description",
    "code": "Ledger code",
    "amount": "Amount",
    "debit": "Debit (payments)",
    "credit": "Credit",
}
"""What a column may hold, by its role in a layout."""
SUMS = frozenset({"amount", "debit", "credit"})
LINES = (
    Heading("Row", 5, right=True),
    Heading("Posted", 11),
    Heading("Amount", 12, right=True),
    Heading("Supplier", 22),
    Heading("Invoice no.", 18),
    Heading("Description", 22),
    Heading("Ledger code", 12),
    Heading("Transaction no.", 12),
)
PREVIEWED, READ, LOOKED_AT = 8, 6, 60
"""Rows shown as they stand; lines shown as they are read; rows among which the headings may be."""
MOST_COLUMNS = 40
LONGEST_ROW = 90
"""Letters of a row of headings that are told."""


class ColumnsStep(QWidget):
    """`layout_pointed` is the layout as it now stands; None while something is lacking, which is said."""

    changed = Signal()

    def __init__(
        self, listing: Listing, layouts: Sequence[LedgerLayout], chosen: LedgerLayout | None, name: str
    ) -> None:
        super().__init__()
        self._listing, self._layouts = listing, tuple(layouts)
        self._sheet: ListingSheet = listing.sheets[0]
        self._guess: Guess | None = None
        self._roles: dict[int, str] = {}
        self.layout_pointed: LedgerLayout | None = None
        self._make_fields(name)
        self.preview = FiguresTable((), self)
        self.table = figures_table("First rows of the listing", self.preview, by_cell=True)
        self.table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        self.table.clicked.connect(self._clicked)
        self.table.asked.connect(self._clicked)
        self.strip = ChoiceStrip(self.table, "What each column holds", HOLDS)
        self.strip.chosen.connect(self._hold)
        self.table.horizontalHeader().sectionClicked.connect(self.strip.open)
        self.lines = FiguresTable(LINES, self)
        self.read_table = figures_table("How its rows are read", self.lines)
        self.read_table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("What is lacking")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(
            plain_label(
                "Choose above each column what it holds, or click the column. How the rows are then read is shown below.",
                wrapped=True,
            )
        )
        layout.addLayout(self._fields)
        layout.addWidget(titled("First rows of the listing", self.strip.with_table()), 3)
        layout.addWidget(self.message)
        layout.addWidget(titled("How its rows are read", self.read_table), 2)
        self._begin(chosen)

    # The fields above

    def _make_fields(self, name: str) -> None:
        self.layouts = _combo("Layout", "New layout", *(each.name for each in self._layouts))
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Name of the layout")
        self.name.setAccessibleDescription("By which it is known when the next listing comes")
        self.name.textEdited.connect(self._show_read)
        self.sheets = _combo("Sheet", *(_sheet_words(each) for each in self._listing.sheets))
        self.rows = _combo("Row of the headings")
        self.payments = _combo("Payments are", *(f"{each.value} sums" for each in Payments))
        self.layouts.activated.connect(self._layout_chosen)
        self.sheets.activated.connect(self._sheet_chosen)
        self.rows.activated.connect(self._row_chosen)
        self.payments.activated.connect(self._show_read)
        self._fields = QGridLayout()
        self._fields.setHorizontalSpacing(SPACE)
        for place, (words, widget) in enumerate(
            (
                ("&Layout", self.layouts),
                ("&Name", self.name),
                ("&Sheet", self.sheets),
                ("&Payments are", self.payments),
                ("&Row of the headings", self.rows),
            )
        ):
            label = plain_label(words)
            label.setBuddy(widget)
            row, column = divmod(place, 2)
            self._fields.addWidget(label, row, 2 * column)
            across = 3 if widget is self.rows else 1  # what stands in it is long
            self._fields.addWidget(widget, row, 2 * column + 1, 1, across)
        for column in (1, 3):
            self._fields.setColumnStretch(column, 1)
        self.sheets.setEnabled(len(self._listing.sheets) > 1)

    def _begin(self, chosen: LedgerLayout | None) -> None:
        """With a layout whose headings the listing has, else with a guess."""
        if chosen is not None:
            self.layouts.setCurrentIndex(1 + [each.id for each in self._layouts].index(chosen.id))
            self._show_layout(chosen)
            return
        guess = guess_layout(self._listing)
        self._show_sheet(guess.sheet if guess else self._sheet, guess.heading if guess else 0, guess)

    def take_anew(self, listing: Listing) -> None:
        """The file was read again: its columns hold what was pointed at, by their headings; where these are gone, what a guess says."""
        pointed = self.layout_pointed
        self._listing, self._sheet = listing, listing.sheets[0]
        self.sheets.clear()
        self.sheets.addItems([_sheet_words(each) for each in listing.sheets])
        self.sheets.setEnabled(len(listing.sheets) > 1)
        if pointed is None:
            self._begin(None)
        else:
            self._place(pointed)

    def _layout_chosen(self, place: int) -> None:
        if place:
            self._show_layout(self._layouts[place - 1])
        else:
            self._begin(None)

    def _show_layout(self, layout: LedgerLayout) -> None:
        """As a layout that is kept reads the listing; where its headings aren't there, what is there of them."""
        self.name.setText(layout.name)
        self.payments.setCurrentIndex(list(Payments).index(layout.payments))
        self._place(layout)

    def _place(self, layout: LedgerLayout) -> None:
        try:
            placed = place_layout(self._listing, layout)
        except Refused as refused:
            self._show_sheet(self._sheet, self.rows.currentIndex() if self.rows.count() else 0, None)
            self._say(str(refused))
            return
        self._show_sheet(
            placed.sheet, placed.heading, None, {column: role for role, column in placed.columns.items()}
        )

    def _sheet_chosen(self, place: int) -> None:
        sheet = self._listing.sheets[place]
        guess = guess_layout(Listing(self._listing.name, (ListingSheet(sheet.name, sheet.rows),)))
        self._show_sheet(sheet, guess.heading if guess else 0, guess)

    def _row_chosen(self, place: int) -> None:
        self._show_sheet(self._sheet, place, guess_row(self._sheet, place) if self._sheet.rows else None)

    # The table

    def _show_sheet(
        self, sheet: ListingSheet, heading: int, guess: Guess | None, roles: Mapping[int, str] | None = None
    ) -> None:
        """The rows of a sheet under a row of headings, each column with what it holds by `roles` or by the guess."""
        self._sheet = sheet
        names = [each.name for each in self._listing.sheets]
        self.sheets.setCurrentIndex(names.index(sheet.name))
        self.rows.clear()
        self.rows.addItems([_row_words(row.number, row.cells) for row in sheet.rows[:LOOKED_AT]])
        self.rows.setCurrentIndex(min(heading, self.rows.count() - 1))
        self._guess = guess_row(sheet, heading) if sheet.rows else None
        if guess is not None and "payments" in guess.values:
            self.payments.setCurrentIndex(list(Payments).index(guess.values["payments"]))
        self._roles = dict(roles) if roles is not None else _guessed_roles(guess)
        self._fill_preview(heading)
        self._show_read()

    def _fill_preview(self, heading: int) -> None:
        headings = self._guess.headings[:MOST_COLUMNS] if self._guess else ()
        below = self._sheet.rows[heading + 1 : heading + 1 + PREVIEWED]
        rows = [
            TableRow(tuple(shown(row.cell(n)) for n in range(len(headings))), key=row.number) for row in below
        ]
        self.preview.set_rows(rows, [self._heading(n, each) for n, each in enumerate(headings)])
        self.strip.show_choices(
            [self._roles.get(column, "") for column in range(len(headings))],
            [f"Column {column_letters(n)}, {each}: what it holds" for n, each in enumerate(headings)],
        )

    def _heading(self, column: int, words: str) -> Heading:
        return Heading(words, 18, right=self._roles.get(column) in SUMS)

    def _clicked(self) -> None:
        """A click on a column, or Enter in it: what does it hold?"""
        self.strip.open(self.table.currentIndex().column())

    def _hold(self, held: tuple[str, ...]) -> None:
        """As it is now chosen; columns too far right to be shown keep what no other column has now."""
        beyond = {
            column: role for column, role in self._roles.items() if column >= len(held) and role not in held
        }
        self._roles = beyond | dict(enumerate(held))
        self.preview.set_headings(
            [self._heading(n, each.label) for n, each in enumerate(self.preview.headings)]
        )
        self._show_read()

    # What comes of it

    def values(self) -> dict[str, Any]:
        """The layout's fields as they are pointed at."""
        headings = self._guess.headings if self._guess else ()
        found: dict[str, Any] = {field_of(role): "" for role in ROLES}
        found |= {field_of(role): headings[column] for column, role in self._roles.items() if role}
        return {**found, "sheet": self._sheet.name, "payments": list(Payments)[self.payments.currentIndex()]}

    def _pointed(self) -> LedgerLayout | str:
        """The layout, or in words what it still needs."""
        place, values, name = self.layouts.currentIndex(), self.values(), self.name.text().strip()
        if need := lacking(values):
            return f"It isn't known yet {need}: point at it."
        if not name:
            return "Give the layout a name: the finance system and the report."
        if place:
            held = self._layouts[place - 1]
            if held.sheet not in {each.name for each in self._listing.sheets}:
                values["sheet"] = held.sheet  # this month's sheet may bear another name
            return replace(held, **values)
        if any(each.name.casefold() == name.casefold() for each in self._layouts):
            return (
                f"There is a layout called “{name}” already: choose it above, or give this one another name."
            )
        return LedgerLayout(id=LedgerLayoutId(0), name=name, **values)

    def _show_read(self) -> None:
        self.name.setEnabled(not self.layouts.currentIndex())
        self.payments.setEnabled("amount" in self._roles.values())
        pointed = self._pointed()
        self.layout_pointed = pointed if isinstance(pointed, LedgerLayout) else None
        self.lines.set_rows(())
        self._say("")
        if not lacking(self.values()):
            self._read(LedgerLayout(id=LedgerLayoutId(0), name="as pointed at", **self.values()))
        if isinstance(pointed, str):
            self._say(pointed)
        self.changed.emit()

    def _read(self, layout: LedgerLayout) -> None:
        """The first lines, as they would be read; what can't be read of them is said."""
        few = self._sheet.rows[: self.rows.currentIndex() + 1 + LOOKED_AT]
        try:
            reading = read_listing(
                Listing(self._listing.name, (ListingSheet(self._sheet.name, few),)), layout
            )
        except Refused as refused:
            self.layout_pointed = None
            self._say(str(refused))
            return
        self.lines.set_rows(_line_rows(reading))
        wrong = errors(reading.problems)
        self._say(
            f"{wrong[0].where}: {wrong[0].message} Is it the right column?"
            if wrong and not reading.lines
            else ""
        )

    def _say(self, text: str) -> None:
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))


def _combo(name: str, *words: str) -> QComboBox:
    made = choice_box(name)
    made.addItems(list(words))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    made.view().setAccessibleName(name)
    return made


def _sheet_words(sheet: ListingSheet) -> str:
    return f"{sheet.name or 'The whole file'}{' (hidden)' if sheet.hidden else ''}"


def _row_words(number: int, cells: Sequence[Any]) -> str:
    texts = [text for text in map(shown, cells) if text]
    words = f"Row {number}: {', '.join(texts)}"
    return words if len(words) <= LONGEST_ROW else f"{words[:LONGEST_ROW].rstrip()}…"


def _guessed_roles(guess: Guess | None) -> dict[int, str]:
    if guess is None:
        return {}
    places = {folded(text): column for column, text in reversed(list(enumerate(guess.headings)))}
    named = ((role, guess.values.get(field_of(role), "")) for role in ROLES)
    return {places[folded(heading)]: role for role, heading in named if heading}


def _line_rows(reading: LedgerReading) -> list[TableRow]:
    return [
        TableRow(
            (
                str(each.row), short_date(each.posted_on), each.amount.in_full, each.supplier, each.invoice_number,
                each.description, each.code, "" if each.transaction.startswith("#") else each.transaction,
            ),
            key=each.row,
        )
        for each in reading.lines[:READ]
    ]  # fmt: skip
