"""ChangesStep: what taking a listing would change: new lines, changed ones, those no longer in it, and what can't be read."""

from dataclasses import replace
from itertools import islice

from PySide6.QtWidgets import QCheckBox, QHeaderView, QVBoxLayout, QWidget

from fundtracker.application.actions.ledger.taking import LineChange, ProposedListing
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.money import total
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem
from fundtracker.ui.dialogs import problem_table
from fundtracker.ui.dialogs.problem_table import Fault
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.models.form_lines import counted
from fundtracker.ui.views.parts import PartsTabs
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label

MOST = 1_000
"""Lines listed; the rest are counted."""
LINES = (
    Heading("Posted", 11),
    Heading("Supplier", 30),
    Heading("Invoice no.", 16),
    Heading("Description", 36),
    Heading("Ledger code", 14),
    Heading("Amount", 14, right=True),
)
CHANGED = (
    Heading("Line", 10),
    Heading("Row", 7, right=True),
    Heading("Field", 14),
    Heading("Held", 24),
    Heading("The listing says", 24),
    Heading("Its matches", 34),
)
GONE = (Heading("Line", 10), *LINES, Heading("", 24))


class ChangesStep(QWidget):
    """It only shows."""

    def __init__(self, proposed: ProposedListing) -> None:
        super().__init__()
        self.proposed = proposed
        self.faults: list[Fault] = problem_table.faults(map(_placed, proposed.problems))
        self.title = heading(self._headline(), size=2)
        self.title.setWordWrap(True)
        self.tabs = PartsTabs("What the listing changes", "Parts of the preview")
        self.drop_gone = QCheckBox("Take &out lines no longer in it that are neither matched nor set aside")
        self.drop_gone.setAccessibleName(self.drop_gone.text().replace("&", ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.title)
        layout.addWidget(plain_label(self._advice(), wrapped=True))
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.drop_gone)
        self.drop_gone.setVisible(self._may_drop)
        self._make_tabs()

    @property
    def can_be_taken(self) -> bool:
        proposed = self.proposed
        return not proposed.errors and bool(proposed.new or proposed.changed or self.drop_gone.isChecked())

    @property
    def could_be_taken(self) -> bool:
        """Now, or once lines are to be taken out."""
        return self.can_be_taken or (self._may_drop and not self.proposed.errors)

    @property
    def _may_drop(self) -> bool:
        return len(self.proposed.gone) > len(self.proposed.gone_matched)

    def _headline(self) -> str:
        proposed = self.proposed
        if proposed.errors:
            return f"{counted(len(proposed.errors), 'problem')} to mend before it can be taken in"
        parts = [
            f"{len(proposed.new):,} new",
            f"{proposed.same:,} the same",
            f"{len(proposed.changed):,} changed",
            f"{len(proposed.gone):,} no longer in it",
        ]
        return ", ".join(parts)

    def _advice(self) -> str:
        proposed = self.proposed
        layout = f"Read by the layout “{proposed.layout.name}”"
        if proposed.errors:
            return f"{layout}. Nothing was changed. Mend the listing as the list says, save it and read it again, or go back and point at other columns: it comes in whole or not at all."
        if not proposed.new and not proposed.changed and not proposed.gone:
            return (
                f"{layout}. Every line of it is held already, and says the same: there is nothing to take in."
            )
        lines = proposed.reading.lines
        span = proposed.reading.span
        days = f", posted from {short_date(span[0])} to {short_date(span[1])}" if span else ""
        return f"{layout}: {counted(len(lines), 'line')}{days}, {total(each.amount for each in lines).in_full} in all. Taking it in is one change, which Undo takes back."

    def _make_tabs(self) -> None:
        proposed = self.proposed
        if self.faults:
            self._add(f"{'To mend' if proposed.errors else 'Notes'} ({len(self.faults):,})", self._problems())
        if proposed.new:
            rows = [TableRow(_cells(each), key=n) for n, each in enumerate(islice(proposed.new, MOST))]
            self._add(f"New ({len(proposed.new):,})", _listed("New lines", LINES, rows, len(proposed.new)))
        if proposed.changed:
            self._add(f"Changed ({len(proposed.changed):,})", self._changed())
        if proposed.gone:
            rows = [
                TableRow((each.reference, *_cells(each), self._stays(each)), key=each.id)
                for each in proposed.gone[:MOST]
            ]
            self._add(
                f"No longer in it ({len(proposed.gone):,})",
                _listed("Lines no longer in the listing", GONE, rows, len(proposed.gone)),
            )
        self.tabs.setVisible(self.tabs.count() > 0)
        if proposed.errors:
            self.tabs.setCurrentIndex(0)
        elif self.faults and self.tabs.count() > 1:
            self.tabs.setCurrentIndex(1)

    def _add(self, title: str, part: QWidget) -> None:
        self.tabs.addTab(part, title)

    def _problems(self) -> Table:
        model, table = wrapping_table("Problems", problem_table.headings(self.faults), 3)
        model.set_rows(problem_table.rows(self.faults))
        table.selectRow(0)
        return table

    def _changed(self) -> Table:
        model, table = wrapping_table("Changed lines", CHANGED, 3, 4)
        rows: list[TableRow] = []
        for change in self.proposed.changed[:MOST]:
            moved = _moved(change)
            for n, (label, was, now) in enumerate(change.fields):
                who = (change.before.reference, str(change.row)) if not n else ("", "")
                rows.append(
                    TableRow(
                        (*who, label, was or "empty", now or "empty", moved if not n else ""),
                        key=(change.before.id, label),
                    )
                )
        model.set_rows(rows)
        table.selectRow(0)
        return table

    def _stays(self, line: LedgerLine) -> str:
        return "matched or set aside: it stays" if line.id in self.proposed.gone_matched else ""


def _moved(change: LineChange) -> str:
    """What becomes of its matches, where it has any."""
    many = len(change.matches)
    if not many:
        return ""
    return f"{many:,} {'match' if many == 1 else 'matches'}, {len(change.moved):,} to adjust"


def _cells(line: LedgerLine) -> tuple[str, ...]:
    return (
        short_date(line.posted_on), line.supplier, line.invoice_number, line.description, line.code, line.amount.shown,
    )  # fmt: skip


def _listed(name: str, headings: tuple[Heading, ...], rows: list[TableRow], whole: int) -> QWidget:
    model = FiguresTable(headings)
    if whole > len(rows):
        more = ("", f"And {whole - len(rows):,} more.", *[""] * (len(headings) - 2))
        rows = [*rows, TableRow(more, key=-1, bold=True)]
    model.set_rows(rows)
    table = figures_table(name, model)
    model.setParent(table)
    table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.selectRow(0)
    return table


def _placed(problem: Problem) -> Problem:
    """With the place as a table of problems reads it: a text file has no sheet, and a row is a place, too."""
    where = problem.where.replace(", row ", "!").removeprefix("row ")
    return replace(problem, where=where if "!" in where or not where else f"The file!{where}")
