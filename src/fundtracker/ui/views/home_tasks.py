"""TaskList: what needs doing, by date. Lines that a worker finds later come in without what the user looks at moving."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from fundtracker.application.glance import Task
from fundtracker.domain.periods import short_date
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import SPACE, heading, in_days

TASKS = (Heading("Due", 12), Heading("When", 14), Heading("What", 80))
NAME = "What needs doing"
FEWEST = 5
"""Rows that can be seen, the headings counted."""


class TaskList(QWidget):
    """Enter, or a double click, says which task the user wants to do."""

    wanted = Signal(object)  # Task

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FiguresTable(TASKS, self)
        self.table = figures_table(NAME, self.model)
        self.table.leads_on_double_click()
        self.table.asked.connect(self._ask)
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(len(TASKS) - 1, QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(40)
        self.table.setMinimumHeight(FEWEST * self.table.verticalHeader().defaultSectionSize())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(heading(NAME, size=1))
        layout.addWidget(self.table, 1)

    def _ask(self, row: int) -> None:
        self.wanted.emit(self.model.rows[row].key)

    def show_tasks(self, tasks: Sequence[Task], today: date) -> None:
        """Show these. The line that is chosen (or, where the list was scrolled, the topmost) stays where it is on the screen."""
        table, before = self.table, self.model.rows
        bar = table.verticalScrollBar()
        chosen = table.currentIndex().row()
        anchor = chosen if chosen >= 0 else table.rowAt(0) if bar.value() > 0 else -1
        was_at = bar.value()
        rows = [_row(each, today) for each in tasks]
        self.model.set_rows(rows)
        if self.model.rows is before or anchor < 0:
            return
        place = _place_of(before[anchor].key, tasks)
        if place is None:
            return
        if chosen >= 0 and table.currentIndex().row() != place:
            flags = QItemSelectionModel.SelectionFlag
            table.selectionModel().setCurrentIndex(
                self.model.index(place, 0), flags.ClearAndSelect | flags.Rows
            )
        bar.setValue(was_at + place - anchor)


def _place_of(task: Task, tasks: Sequence[Task]) -> int | None:
    """Where a task now stands: the same one, or the one that is done at the same place by the same day."""
    if task in tasks:
        return tasks.index(task)
    alike = (task.kind, task.record_id, task.column, task.part, task.within, task.place, task.due_on)
    return next(
        (
            number
            for number, each in enumerate(tasks)
            if (each.kind, each.record_id, each.column, each.part, each.within, each.place, each.due_on)
            == alike
        ),
        None,
    )


def _row(task: Task, today: date) -> TableRow:
    when = in_days(task.due_on, today) if task.due_on else "now"
    due = short_date(task.due_on) if task.due_on else ""
    return TableRow((due, when, task.words), key=task, bold="late" in when)
