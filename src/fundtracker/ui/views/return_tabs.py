"""The tabs of a return's page: readiness, figures, bridge, checks, forecast, sign-off. Each draws what it is given."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.cubes import Line
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.snapshot import Snapshot
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.cells import CellDelegate
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_form import RecordForm
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

SIGN_OFF_FIELDS = (
    "prepared_by", "prepared_on", "checked_by", "checked_on", "signed_by", "signed_role", "signed_on",
    "underspend_cause", "underspend_request", "surrendered",
)  # fmt: skip


class Tab(QWidget):
    """A tab with a line of explanation above its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, SPACE, 0, 0)
        self.note = plain_label(wrapped=True)
        self.column.addWidget(self.note)


def _wrapping_table(name: str, headings: Sequence[Heading], *stretched: int) -> tuple[FiguresTable, Table]:
    """A short table whose long texts are shown whole."""
    model = FiguresTable(headings, top=True)
    table = figures_table(name, model)
    model.setParent(table)
    table.leads_on_double_click()
    table.setWordWrap(True)
    table.setItemDelegate(CellDelegate(model, table, wraps=True))
    for column in stretched:
        table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return model, table


class ReadinessTab(Tab):
    """What stands in the way, and the way to each."""

    go_to = Signal(object)  # Problem

    def __init__(self) -> None:
        super().__init__()
        self.model, self.table = _wrapping_table("Readiness", return_tables.PROBLEM_HEADINGS, 1)
        self.table.asked.connect(self._go)
        self.go_button = push_button(
            "&Go to it", "Open the place where this is mended (Enter)", self._go_chosen
        )
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(0)

    def show_problems(self, problems: tuple[Problem, ...], held: FunderReturn) -> None:
        self.note.setText(
            "This return is submitted: what it says is frozen."
            if held.state.frozen
            else problem_words(problems)
        )
        chosen = self.table.currentIndex().row()
        self.model.set_rows(return_tables.problem_rows(problems))
        if problems:
            self.table.selectRow(min(max(chosen, 0), len(problems) - 1))
        self.table.setVisible(bool(problems))
        self.go_button.setVisible(bool(problems))

    def _go_chosen(self) -> None:
        if self.table.currentIndex().isValid():
            self._go(self.table.currentIndex().row())

    def _go(self, row: int) -> None:
        self.go_to.emit(self.model.rows[row].key)


class FiguresTab(Tab):
    """Spend by intervention, with the reasons written in place."""

    def __init__(self, write: Callable[[Any, str], None]) -> None:
        super().__init__()
        self.model = FiguresTable((), self, write)
        self.table = figures_table("Figures by intervention", self.model, by_cell=True, row_names=15)
        self.column.addWidget(self.table, 1)

    def show_figures(self, snapshot: Snapshot, rows: tuple[TableRow, ...]) -> None:
        year = snapshot.header.year
        self.note.setText(
            f"Spend of {year}, in pounds. To date plus forecast is the outturn; the variance is measured against the current profile."
        )
        self.model.set_rows(rows, return_tables.spend_headings(snapshot))

    def write_for(self, intervention_id: int) -> None:
        """Begin to write the first missing reason of an intervention."""
        for row, each in enumerate(self.model.rows):
            line: Line | None = each.key if isinstance(each.key, Line) else None
            if line and line.intervention_id == intervention_id and not each.typed:
                index = self.model.index(row, return_tables.REASON)
                self.table.setFocus()
                self.table.setCurrentIndex(index)
                self.table.scrollTo(index)
                self.table.edit(index)
                return


class BridgeTab(Tab):
    """From the last return to this one."""

    def __init__(self) -> None:
        super().__init__()
        self.model = FiguresTable(return_tables.BRIDGE_HEADINGS, self)
        self.table = figures_table("Bridge from the last return", self.model, by_cell=True, row_names=22)
        self.column.addWidget(self.table, 1)

    def show_bridge(self, snapshot: Snapshot) -> None:
        self.note.setText(
            "Opening (what earlier returns said) + this quarter + adjustments = closing, which must equal the ledger, line by line."
        )
        self.model.set_rows(return_tables.bridge_rows(snapshot))


class ChecksTab(Tab):
    """Each total by two roads, and every check with the rule it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.controls = FiguresTable(return_tables.CONTROL_HEADINGS, self)
        controls = figures_table("Control totals", self.controls)
        controls.leads_on_double_click()
        self.checks, checks = _wrapping_table("Checks", return_tables.CHECK_HEADINGS, 2, 3)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(_titled("Control totals: two roads to each figure", controls))
        splitter.addWidget(_titled("Checks", checks))
        self.note.setVisible(False)
        self.column.addWidget(splitter, 1)

    def show_checks(self, snapshot: Snapshot) -> None:
        self.controls.set_rows(return_tables.control_rows(snapshot))
        self.checks.set_rows(return_tables.check_rows(snapshot))


def _titled(title: str, table: Table) -> QWidget:
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(heading(title, size=1))
    layout.addWidget(table, 1)
    return part


class ForecastTab(Tab):
    """The return's forecasts of the quarters to come: the same list as everywhere."""

    def __init__(self, workspace: Workspace, return_id: int) -> None:
        super().__init__()
        self.list = ListPage(workspace, Forecast, within=(("return_id", return_id),))
        self.note.setText(
            "What each intervention is expected to spend in the quarters to come. The last return's estimates were carried forward."
        )
        self.column.addWidget(self.list, 1)

    def show_return(self, held: FunderReturn) -> None:
        frozen = held.state.frozen
        self.list.model.editable = not frozen
        for button in (self.list.add_button, self.list.duplicate_button, self.list.remove_button):
            button.setEnabled(not frozen)

    def heard(self, changed: Changed) -> None:
        self.list.heard(changed)


class SignOffTab(Tab):
    """The declaration, and who answers for it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.declaration = plain_label(wrapped=True)
        self.declaration.setAccessibleName("Declaration")
        self.form = RecordForm(
            workspace, FunderReturn, only=SIGN_OFF_FIELDS, titled=False, taken=frozenset("XCTSQAP")
        )
        self.note.setText("Saved as you leave each field. Whoever prepared the return can't sign it.")
        self.column.addWidget(self.declaration)
        self.column.addWidget(self.form, 1)

    def show_return(self, held: FunderReturn, declaration: str) -> None:
        self.declaration.setText(declaration)
        if self.form.item is None or self.form.item != held:
            self.form.show_record(held)


def problem_words(problems: tuple[Problem, ...]) -> str:
    """How many stand in the way."""
    wrong = sum(each.severity is Severity.ERROR for each in problems)
    others = len(problems) - wrong
    also = f" {others} more worth reading." if others else ""
    if not wrong:
        return f"Nothing stands in the way: the return can be submitted.{also}"
    return f"{wrong} thing{'s' if wrong > 1 else ''} must be mended before it can be submitted.{also}"
