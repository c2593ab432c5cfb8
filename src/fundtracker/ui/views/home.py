"""Home: what needs doing, by date, and money at a glance. Only what is asked of an index is there at the first paint."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from fundtracker.application.glance import Task, by_date, entered, has_awards, tasks
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.periods import FinancialYear, long_date
from fundtracker.ui.views.home_money import MoneyPart
from fundtracker.ui.views.home_tasks import TaskList
from fundtracker.ui.views.page import Page
from fundtracker.ui.words import SPACE, heading, plain_label

if TYPE_CHECKING:
    from fundtracker.ui.views.home_first_steps import FirstSteps

SHOWN = frozenset(
    {"Office", "Award", "AwardLine", "Bid", "Intervention", "InterventionType", "Cost", "Document", "FunderReturn",
     "Forecast", "VarianceReason", "Variation", "VariationChange", "ProfileLine", "Milestone", "Term", "Waiver", "Grant",
     "CostCategory", "Fund", "FundingRound",
     "Instalment", "Condition", "PartnerForm", "GrantSource", "LedgerLine", "LedgerMatch", "LedgerCode", "AgreedBalance"}
)  # fmt: skip
"""The kinds whose changes Home must show."""
EMPTY_FILE = "This file has no award yet. It begins with these, from the top down."


class HomePage(Page):
    """Each line leads to the place where it is done. Painted before the records are read, so their kinds go by name here."""

    wants_new = Signal(object, dict)
    mend = Signal(object)  # a Problem that names the record and column where something is done
    part_wanted = Signal(object, int, str)  # a record, and a part of its page by its title
    rows_wanted = Signal(object, tuple)
    """A kind, and the path conditions ((path, value), ...) of the rows behind what was clicked."""
    place_wanted = Signal(str)  # a place of the window, by its name
    part_of_place_wanted = Signal(str, tuple)
    """A place, and what it is narrowed to, as path conditions."""
    import_asked = Signal()
    demonstration_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._unpainted = True
        self._looking, self._look_again = False, False
        self._further: tuple[Task, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.title = heading()
        self.title.setWordWrap(True)  # an office may have a long name, or two, one in Welsh
        self.note = plain_label(wrapped=True)
        self.first_steps = QWidget()
        self._steps: FirstSteps | None = None
        self.task_list = TaskList()
        self.task_list.wanted.connect(self._do)
        self.money_part = MoneyPart(workspace)
        self.money_part.award_wanted.connect(self._open_award)
        self.money_part.rows_wanted.connect(self._show_rows)
        self.tables = QSplitter(Qt.Orientation.Vertical)
        self.tables.setChildrenCollapsible(False)
        self.tables.addWidget(self.task_list)
        self.tables.addWidget(self.money_part)
        self.tables.setStretchFactor(0, 1)
        self.tables.setStretchFactor(1, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addWidget(self.first_steps)
        layout.addWidget(self.tables, 1)
        layout.addStretch(0)
        self.to_do, self.tasks = self.task_list.model, self.task_list.table
        self.money, self.awards = self.money_part.model, self.money_part.table
        self.refresh()

    # Where things are done

    def _open(self, name: str, record_id: int) -> None:
        from fundtracker.domain.records import by_name

        self.opened.emit(by_name(name), record_id)

    def _open_award(self, award_id: int) -> None:
        self._open("Award", award_id)

    def _show_rows(self, name: str, within: tuple[tuple[str, Any], ...]) -> None:
        from fundtracker.domain.records import by_name

        self.rows_wanted.emit(by_name(name), within)

    def _do(self, task: Task) -> None:
        """To the record, and the column or part of its page where one is named; to the rows; or to a place."""
        if task.place and task.within:
            self.part_of_place_wanted.emit(task.place, task.within)
        elif task.place:
            self.place_wanted.emit(task.place)
        elif task.within is not None:
            self._show_rows(task.kind, task.within)
        elif task.part:
            from fundtracker.domain.records import by_name

            self.part_wanted.emit(by_name(task.kind), task.record_id, task.part)
        elif task.column:
            from fundtracker.domain.problems import Problem

            self.mend.emit(
                Problem(kind=task.kind, record_id=task.record_id, column=task.column, message=task.words)
            )
        else:
            self._open(task.kind, task.record_id)

    def begin(self, name: str) -> None:
        """A new record of a kind, from an empty file's first steps; there is one office."""
        from fundtracker.domain.records import by_name

        held = entered(self.workspace).get(name) if name == "Office" else None
        if held is not None:
            self._open(name, held)
        else:
            self.wants_new.emit(by_name(name), {})

    # What is shown

    def shows(self, changed: Changed) -> bool:
        return any(kind.__name__ in SHOWN for kind in changed.kinds)

    def unkept(self) -> str:
        return ""

    def begins_at(self) -> QWidget:
        return self.tasks

    def refresh(self) -> None:
        office, _ = self.workspace.office_named
        self.title.setText(office or "Home")
        begun = has_awards(self.workspace)
        self.tables.setVisible(begun)
        self.first_steps.setVisible(not begun)
        if begun:
            self._show_tasks()
            self.money_part.refresh()
            self._look_further()
        else:
            self.note.setText(f"{long_date(self.workspace.today)}. {EMPTY_FILE}")
            self._offer_first_steps()

    def _show_tasks(self) -> None:
        """What is asked at once, and what the worker last found."""
        today = self.workspace.today
        found = by_date((*tasks(self.workspace), *self._further), today)
        late = sum(each.due_on is not None and each.due_on < today for each in found)
        many = f"{len(found)} thing{'' if len(found) == 1 else 's'} to do" if found else "Nothing is due soon"
        lateness = f", {late} of them late" if late else ""
        self.note.setText(
            f"{long_date(today)}. {many}{lateness}. Press Enter on a line, or double-click it, to go to where it is done."
        )
        self.task_list.show_tasks(found, today)

    def _offer_first_steps(self) -> None:
        if self._steps is None:
            from fundtracker.ui.views.home_first_steps import FirstSteps

            self._steps = FirstSteps(self.first_steps, self)
        self._steps.show_entered(entered(self.workspace))

    # After the first paint

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            QTimer.singleShot(0, self._look_further)

    def _look_further(self) -> None:
        """Have a worker ask for the rest; one at a time, and once more if something changed meanwhile."""
        if self._unpainted:
            return
        if self._looking:
            self._look_again = True
            return
        self._looking, self._look_again = True, False
        from fundtracker.ui.bridge import Question

        def ask(_: object) -> tuple[tuple[Task, ...], tuple[FinancialYear, ...]]:
            from fundtracker.application.spending import money_years
            from fundtracker.application.to_do import further_tasks

            workspace = self.workspace
            with workspace.lists.giving_up(lambda: workspace.left, at_once=False):
                return further_tasks(workspace), money_years(workspace)

        Question(self, ask, self._found_further, self._failed).start()

    def _found_further(self, found: tuple[tuple[Task, ...], tuple[FinancialYear, ...]]) -> None:
        self._looking = False
        self._further, years = found
        self.money_part.show_years(years)
        if not self.tables.isHidden():  # else the file has no award, and what to do first is said
            self._show_tasks()
        if self._look_again:
            self._look_further()

    def _failed(self, trouble: BaseException) -> None:
        from fundtracker.storage.queries import GivenUp

        self._looking = False
        if not isinstance(trouble, GivenUp):
            raise trouble
