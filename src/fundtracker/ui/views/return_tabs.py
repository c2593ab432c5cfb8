"""The tabs of a return's page that are read or filled in: readiness, bridge, checks, forecast, sign-off. Each draws what it is given."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from fundtracker.application.return_story import StateStep
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.book import AwardBook
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.snapshot import CheckRow, Snapshot
from fundtracker.domain.terms import Term
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.figures_table import FiguresTable, TableRow
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_form import RecordForm
from fundtracker.ui.views.return_parts import SharedWidth, Tab, titled, wrapping_table
from fundtracker.ui.views.return_steps import LETTERS
from fundtracker.ui.views.tables import at_left, figures_table, fit
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

SIGN_OFF_FIELDS = (
    "prepared_by", "prepared_on", "checked_by", "checked_on", "signed_by", "signed_role", "signed_on",
    "underspend_cause", "underspend_request", "surrendered",
)  # fmt: skip


FORECAST = "What each intervention is expected to spend in the quarters to come. The last return's estimates were carried forward when it was begun; change what has changed."
FORECAST_AT_FIRST = "What each intervention is expected to spend in the quarters to come. This is the award's first return: nothing was estimated before it."
FORECAST_AS_SENT = "What each intervention was expected to spend in the quarters to come, as the return said."
SIGNING = "Saved as you leave each field. Whoever prepared the return can't sign it."


class ReadinessTab(Tab):
    """What stands in the way, and the way to each."""

    go_to = Signal(object)  # Problem

    def __init__(self) -> None:
        super().__init__()
        self._frozen = False
        self.model, self.table = wrapping_table("Readiness", return_tables.PROBLEM_HEADINGS)
        SharedWidth(self.model, self.table, {1: 6, 3: 4})
        self.table.asked.connect(self._go)
        self.go_button = push_button(
            "G&o to it", "Open the place where this is mended (Enter)", self._go_chosen
        )
        self.story, self.story_table = wrapping_table(
            "What happened to the return", return_tables.STORY_HEADINGS, 3
        )
        self.story_title = heading("What happened to it", size=1)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.story_title)
        fit(self.story_table)
        self.column.addWidget(self.story_table, 1)
        self.column.addStretch(0)

    def show_problems(
        self,
        problems: tuple[Problem, ...],
        signing: tuple[Problem, ...],
        rows: tuple[TableRow, ...],
        held: FunderReturn,
    ) -> None:
        self._frozen = held.state.frozen
        self.note.setText(
            "This return is submitted: what it says is frozen. A correction goes into the next return, with its reason."
            if held.state.frozen
            else problem_words(problems, signing)
        )
        chosen = self.table.currentIndex().row()
        self.model.set_rows(rows)
        if rows:
            self.table.selectRow(min(max(chosen, 0), len(rows) - 1))
        self.table.setVisible(bool(rows))
        self.go_button.setVisible(bool(rows))

    def show_story(self, story: tuple[StateStep, ...]) -> None:
        """The states a submitted return came through; a draft's list is of what is still to do."""
        self.story.set_rows(return_tables.story_rows(story))
        for each in (self.story_title, self.story_table):
            each.setVisible(self._frozen and bool(story))

    def _go_chosen(self) -> None:
        if self.table.currentIndex().isValid():
            self._go(self.table.currentIndex().row())

    def _go(self, row: int) -> None:
        self.go_to.emit(self.model.rows[row].key)


class BridgeTab(Tab):
    """From the last return to this one."""

    def __init__(self) -> None:
        super().__init__()
        self.model = FiguresTable(return_tables.BRIDGE_HEADINGS, self)
        self.table = figures_table(
            "Bridge from the last return", self.model, by_cell=True, row_names=19, names_of="Intervention"
        )
        self.table.gives_way = 1
        # Below the total of a year stand the lines of the next.
        self.table.keep_totals(last_alone=True)
        fit(self.table, width=True)
        self.column.addLayout(at_left(self.table), 1)
        self.column.addStretch(0)

    def show_bridge(self, rows: tuple[TableRow, ...]) -> None:
        self.note.setText(
            "Opening (what earlier returns said) + this quarter + adjustments = closing, which must equal the cost records, line by line."
        )
        self.model.set_rows(rows)


class ChecksTab(Tab):
    """Each total by two roads, and every check with the clause it rests on, which may be waived."""

    waive = Signal(int)  # the id of a Term

    def __init__(self) -> None:
        super().__init__()
        self.controls = FiguresTable(return_tables.CONTROL_HEADINGS, self)
        controls = self._totals = figures_table("Control totals", self.controls)
        controls.leads_on_double_click()
        controls.spare_column = None
        fit(controls, width=True)
        controls.horizontalScrollBar().rangeChanged.connect(self._share_height)  # a bar below takes room too
        self.checks, self.table = wrapping_table("Checks", return_tables.CHECK_HEADINGS)
        SharedWidth(self.checks, self.table, {2: 6, 3: 4}, names=0)
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        self.waive_button = push_button(
            "Wai&ve its rule...",
            "Record an approved, dated exception to the rule the chosen check rests on",
            self._waive,
        )
        self._shown: tuple[CheckRow, ...] = ()
        self._terms: dict[str, int] = {}
        self.title = heading("", size=1)
        self.title.setWordWrap(True)
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(SPACE)
        above.addWidget(self.title)
        above.addLayout(at_left(controls), 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._above)
        self._splitter.addWidget(titled("Checks", self.table, self.waive_button))
        self._splitter.splitterMoved.connect(self._moved_by_hand)
        self._by_hand = False
        self.column.addWidget(self._splitter, 1)

    def show_checks(
        self,
        snapshot: Snapshot,
        book: AwardBook,
        controls: tuple[TableRow, ...],
        checks: tuple[TableRow, ...],
    ) -> None:
        """A draft's checks can be waived where they rest on a Term; a submitted return's stay as they were."""
        self._terms = {each.reference: each.id for each in book.all(Term)} if snapshot.header.draft else {}
        self._shown = snapshot.checks
        self.note.setText(return_tables.check_words(snapshot.checks))
        self.title.setText(return_tables.control_title(snapshot))
        self.controls.set_rows(controls)
        self._share_height()
        chosen = self._chosen()
        self.checks.set_rows(checks)
        if chosen is not None and self._chosen() is None:
            self.table.selectRow(next((n for n, each in enumerate(checks) if each.key == chosen), 0))
        self.waive_button.setVisible(snapshot.header.draft)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_height()

    def _moved_by_hand(self) -> None:
        self._by_hand = True

    def _share_height(self) -> None:
        """The totals stand whole, unless too little were left for the checks; then no row of them is seen in part."""
        beside = self.title.heightForWidth(self._splitter.width()) + SPACE
        whole = self._totals.maximumHeight() + beside
        self._above.setMaximumHeight(whole)
        room = self._splitter.height() - self._splitter.handleWidth()
        if self._by_hand or not self.isVisible():
            return
        most, row = room * 6 // 10, max(1, self._totals.verticalHeader().defaultSectionSize())
        above = whole if whole <= most else whole - -(-(whole - most) // row) * row
        self._splitter.setSizes([above, room - above])

    def _chosen(self) -> int | None:
        """The place of the chosen check among the snapshot's."""
        row = self.table.currentIndex().row()
        return self.checks.rows[row].key if 0 <= row < len(self.checks.rows) else None

    def _term(self) -> int | None:
        """The Term that the chosen check rests on, where it isn't kept and nobody waived it."""
        place = self._chosen()
        check = None if place is None else self._shown[place]
        if check is None or check.result not in {"To mend", "Warning"}:
            return None
        return self._terms.get(check.clause.partition(": ")[0])

    def _offer(self) -> None:
        can = self._term() is not None
        self.waive_button.setEnabled(can)
        self.waive_button.setToolTip(
            self.waive_button.accessibleDescription()
            if can
            else "Choose a check that is not kept and names the clause it rests on: the others can't be waived."
        )

    def _waive(self) -> None:
        term = self._term()
        if term is not None:
            self.waive.emit(term)


class ForecastTab(Tab):
    """The return's forecasts of the quarters to come: the same list as everywhere, made when it is first looked at."""

    def __init__(self, workspace: Workspace, return_id: int) -> None:
        super().__init__()
        self._workspace, self._return_id = workspace, return_id
        self._frozen = False
        self._list: ListPage | None = None

    @property
    def list(self) -> ListPage:
        if self._list is None:
            self._list = ListPage(self._workspace, Forecast, within=(("return_id", self._return_id),))
            self._list.stand_in_page()
            self.column.addWidget(self._list, 1)
            self._lock(self._list)
        return self._list

    def showEvent(self, event: QShowEvent) -> None:
        self.list.show()
        super().showEvent(event)

    def show_return(self, held: FunderReturn, *, first: bool) -> None:
        """`first`: no return of the award was submitted before it."""
        self._frozen = held.state.frozen
        words = FORECAST_AT_FIRST if first else FORECAST
        self.note.setText(FORECAST_AS_SENT if self._frozen else words)
        if self._list is not None:
            self._lock(self._list)

    def _lock(self, forecasts: ListPage) -> None:
        forecasts.model.editable = not self._frozen
        forecasts.enable_buttons()

    def heard(self, changed: Changed) -> None:
        if self._list is not None:
            self._list.heard(changed)


class SignOffTab(Tab):
    """The declaration, and who answers for it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.declaration = plain_label(wrapped=True)
        self.declaration.setAccessibleName("Declaration")
        self.form = RecordForm(workspace, FunderReturn, only=SIGN_OFF_FIELDS, titled=False, taken=LETTERS)
        self.column.addWidget(self.declaration)
        self.column.addWidget(self.form, 1)

    def show_return(self, held: FunderReturn, declaration: str, signing: tuple[Problem, ...]) -> None:
        """What is entered and will not do is said beside its field; what is still empty is Readiness's to tell."""
        self.declaration.setText(declaration)
        self.note.setText("As it was signed." if held.state.frozen else SIGNING)
        if self.form.item is None or self.form.item != held:
            self.form.show_record(held)
        self.form.remark(each for each in signing if getattr(held, each.column))


def problem_words(problems: tuple[Problem, ...], signing: tuple[Problem, ...]) -> str:
    """How many stand in the way."""
    wrong = sum(each.severity is Severity.ERROR for each in problems)
    others = len(problems) - wrong
    also = f" {others} more worth reading." if others else ""
    if wrong:
        signed = f", and {len(signing)} to enter or mend in the sign-off" if signing else ""
        return f"{wrong} thing{'s' if wrong > 1 else ''} to mend before it can be submitted{signed}.{also}"
    if signing:
        return f"Nothing stands in the way but the sign-off: {len(signing)} to enter or mend.{also}"
    return f"Nothing stands in the way: the return can be submitted.{also}"
