"""TieOutView: an award's quarter tied out: the return beside the costs, payments beside the ledger, and what stands between them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant, Instalment
from fundtracker.domain.ledger import AgreedBalance, LedgerLine
from fundtracker.domain.periods import Quarter, reported_quarter
from fundtracker.domain.problems import Refused
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.figures_table import FiguresTable, Heading
from fundtracker.ui.models.tie_out_tables import (
    AFTER,
    BALANCES,
    GAPS,
    LINES,
    PAYMENTS,
    Link,
    TieOutTables,
    lines_off,
    payments_off,
    tables_of,
)
from fundtracker.ui.page_stack import PageStack
from fundtracker.ui.tie_out_commands import TieOutCommands
from fundtracker.ui.views.parts import MoreParts, PartsBar
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.views.tables import Table, at_left, figures_table, fit
from fundtracker.ui.words import SPACE, choice_box, plain_label, push_button
from fundtracker.ui.wrapping import WrappingRow

NAMED: tuple[type[Record], ...] = (LedgerLine, Cost, Instalment, PartnerForm, Grant)
"""Kinds that an item of a gap may name by its reference."""
SINCE = " + later changes taken back"
PARTS = ("Return lines", "Payments", "Gaps", "Agreed balances")


class TieOutView(QWidget):
    """With `quarter` it stays with that one; else the quarter is chosen above. It is worked out when it is looked at."""

    opened = Signal(object, int)
    rows_wanted = Signal(object, tuple)
    said = Signal(str)
    shown = Signal()  # worked out and drawn

    def __init__(
        self,
        workspace: Workspace,
        award_id: int,
        quarter: Quarter | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.help_page = "tie_out"
        self.workspace, self.award_id = workspace, award_id
        self._fixed = quarter
        self._asked = 0
        self._stale = True
        self.found: TieOutTables | None = None
        self.commands = TieOutCommands(self, workspace, award_id)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(self._make_bar())
        self.verdict = plain_label("Working it out...", wrapped=True)
        self.verdict.setAccessibleName("Whether it ties")
        layout.addWidget(self.verdict)
        layout.addLayout(self._make_parts())
        self.stack = PageStack()
        layout.addWidget(self.stack, 1)
        self._make_tables()
        self.parts.currentChanged.connect(self._look)

    def _make_bar(self) -> WrappingRow:
        self.quarters = choice_box("Quarter of the tie-out")
        self.quarters.view().setAccessibleName("Quarters")
        self.quarters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.quarters.activated.connect(self.refresh)
        label = plain_label("&Quarter")
        label.setBuddy(self.quarters)
        self.agree_button = push_button(
            "Agree a fig&ure...", "Keep a figure as agreed with finance, for this quarter's end", self._agree
        )
        self.export_button = push_button(
            "Expo&rt...", "Write the tie-out to an Excel workbook, with live sums", self._export
        )
        self.go_button = push_button(
            "G&o to it", "Open the rows, or the record, behind the chosen row (Enter)", self._go_chosen
        )
        bar = WrappingRow()
        for each in (label, self.quarters):
            if self._fixed is None:
                bar.addWidget(each)
            else:
                each.setParent(self)
                each.hide()
        for each in (self.go_button, self.agree_button, self.export_button):
            bar.addWidget(each)
        return bar

    def _make_parts(self) -> QHBoxLayout:
        self.parts = PartsBar(self)
        self.parts.setAccessibleName("Which part of the tie-out to show")
        self.parts.setDrawBase(False)
        self.parts.setExpanding(False)
        for title in PARTS:
            self.parts.addTab(title)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        bar.addWidget(self.parts, 1)
        bar.addWidget(MoreParts(self.parts, self))
        return bar

    def _make_tables(self) -> None:
        self.lines, self.line_table = _grid("Return lines", LINES, "Intervention")
        self.payments, self.payment_table = _grid("Payments and ledger lines", PAYMENTS, "Reference")
        self.payment_table.gives_way = 0
        self.gaps, self.gap_table = wrapping_table("Gaps by name", GAPS, 1)
        self.balances, self.balance_table = wrapping_table("Agreed balances", BALANCES, 8)
        self.balance_table.horizontalHeader().setSectionResizeMode(8, QHeaderView.ResizeMode.Stretch)
        self.notes: list[Any] = []
        for table in self.tables:
            table.asked.connect(self._go)
            holder, note = QWidget(), plain_label(wrapped=True)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE)
            column.addWidget(note)
            column.addLayout(at_left(table), 1)
            column.addStretch(0)
            self.notes.append(note)
            self.stack.addWidget(holder)

    @property
    def tables(self) -> tuple[Table, ...]:
        """In the order of the parts."""
        return self.line_table, self.payment_table, self.gap_table, self.balance_table

    # Showing

    def draw(self, _facts: Any = None) -> None:
        """Something changed: work it out anew, now or when it is next looked at."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    @property
    def quarter(self) -> Quarter | None:
        """The quarter shown; None until the quarters are known."""
        return self._fixed or self.quarters.currentData()

    def refresh(self) -> None:
        self._stale = False
        self._asked += 1
        asked, workspace, award_id, wanted = self._asked, self.workspace, self.award_id, self.quarter

        def work(_progress: Progress) -> tuple[tuple[Quarter, ...], TieOutTables | None]:
            from fundtracker.application.actions.tie_out import quarters_of, tie_out_of

            quarters = quarters_of(workspace, workspace.get(Award, award_id))
            quarter = wanted or _first(quarters, reported_quarter(workspace.today))
            return quarters, tables_of(tie_out_of(workspace, award_id, quarter)) if quarter else None

        def take(found: tuple[tuple[Quarter, ...], TieOutTables | None]) -> None:
            if asked == self._asked:
                self._show(*found)

        Question(self, work, take, self._failed).start()

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Refused):
            raise trouble
        self.verdict.setText(str(trouble))

    def _show(self, quarters: Sequence[Quarter], found: TieOutTables | None) -> None:
        if self._fixed is None and [self.quarters.itemData(n) for n in range(self.quarters.count())] != list(
            quarters
        ):
            self.quarters.clear()
            for each in quarters:
                self.quarters.addItem(f"{each} ({each.months})", each)
        self.found = found
        for button in (self.agree_button, self.export_button):
            button.setEnabled(found is not None)
        if found is None:
            self.verdict.setText("There is no quarter to tie out yet: the award has not begun.")
            return
        if self._fixed is None:
            self.quarters.setCurrentIndex(list(quarters).index(found.tied.quarter))
        self.verdict.setText(found.verdict)
        models = (self.lines, self.payments, self.gaps, self.balances)
        self.line_table.setColumnHidden(AFTER, not _changed_since(found))
        for model, table, rows in zip(
            models, self.tables, (found.lines, found.payments, found.gaps, found.balances), strict=True
        ):
            model.set_rows(rows)
            table.setVisible(bool(rows))
        self._say(found)
        self._look()
        self.shown.emit()

    def _say(self, found: TieOutTables) -> None:
        """What stands above each part; where it is empty, what to do."""
        tied = found.tied
        broken = sum(bool(each.difference) for each in tied.balances)
        many = len(tied.reported) + len(tied.in_advance) + len(tied.unreturned) + len(tied.mismatches)
        for place, off in enumerate((lines_off(tied), payments_off(tied))):
            self.parts.setTabText(place, f"{PARTS[place]} (⚠ {off:,})" if off else PARTS[place])
        self.parts.setTabText(2, f"{PARTS[2]} ({many:,})")
        words = f"{PARTS[3]} ({len(tied.balances):,}{f', {broken} broken' if broken else ''})"
        self.parts.setTabText(3, words)
        texts = (
            f"Partners' accepted spend + the office's own costs + adjustments{SINCE if _changed_since(found) else ''} = what the return says, line by line."
            if found.lines
            else "Nothing was spent, claimed or adjusted in the quarter.",
            "Payments made in the quarter = the ledger lines matched to them. A line without a match is found in the finance ledger.",
            "What stands between the figures, each thing by name. Gaps are no fault: they are what finance will ask about.",
            found.broken
            or (
                "Every agreed balance holds."
                if found.balances
                else "No figure has been agreed yet. Choose Agree a figure once finance and you have the same sum: should it change later, you are told."
            ),
        )
        for note, text in zip(self.notes, texts, strict=True):
            note.setText(text)

    def _look(self) -> None:
        place = self.parts.currentIndex()
        self.stack.setCurrentIndex(place)
        table = self.tables[place]
        rows = table.model().rowCount()
        if rows and not table.currentIndex().isValid():
            table.setCurrentIndex(table.model().index(0, 0))
        self.go_button.setEnabled(bool(rows))

    # Going to what is behind

    def _go_chosen(self) -> None:
        table = self.tables[self.parts.currentIndex()]
        if table.currentIndex().isValid():
            self._go(table.currentIndex().row())

    def _go(self, row: int) -> None:
        model = (self.lines, self.payments, self.gaps, self.balances)[self.parts.currentIndex()]
        found = model.rows[row]
        link: Link = found.key
        if found.target is not None:
            self.opened.emit(AgreedBalance, found.target[1])
        elif link.within:
            self.rows_wanted.emit(Cost, link.within)
        elif link.reference:
            self._open(link.reference)

    def _open(self, reference: str) -> None:
        for kind in NAMED:
            record = self.workspace.find(kind, reference)
            if record is not None:
                self.opened.emit(kind, record.id)
                return
        self.said.emit(f"{reference} is no longer there: it was removed.")

    def _agree(self) -> None:
        if self.found is not None:
            self.commands.agree(self.found.tied)

    def _export(self) -> None:
        if self.found is not None:
            self.commands.export(self.found.tied)


def _grid(name: str, headings: Sequence[Heading], names_of: str) -> tuple[FiguresTable, Table]:
    """A table of sums with the names of its rows at the left."""
    model = FiguresTable(headings)
    table = figures_table(name, model, by_cell=True, row_names=18, names_of=names_of)
    model.setParent(table)
    table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
    table.keep_totals()
    fit(table, width=True)
    table.doubleClicked.connect(lambda: table.asked.emit(table.currentIndex().row()))
    return model, table


def _changed_since(found: TieOutTables) -> bool:
    """Whether a line was changed after its return was submitted: else the column of that is nothing but noughts."""
    return any(row.cells[AFTER] not in {"", "0.00"} for row in found.lines)


def _first(quarters: Sequence[Quarter], reported: Quarter) -> Quarter | None:
    """The quarter that a return is due of, where the award runs in it; else its latest."""
    return reported if reported in quarters else next(iter(quarters), None)
