"""ReturnPage: the place where a quarter's return is got ready, written out, submitted and followed up."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.cubes import Line
from fundtracker.domain.guards import NEXT_STATES
from fundtracker.domain.organisations import Office
from fundtracker.domain.periods import long_date
from fundtracker.domain.problems import Problem, Refused, Severity, StorageTrouble, errors
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.dialogs.payment import ask_payment
from fundtracker.ui.dialogs.saying import ask, ask_text
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.models.return_tables import spend_rows
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.return_tabs import (
    BridgeTab,
    ChecksTab,
    FiguresTab,
    ForecastTab,
    ReadinessTab,
    SignOffTab,
)
from fundtracker.ui.words import SPACE, heading, in_days, plain_label, push_button

if TYPE_CHECKING:
    from fundtracker.application.actions.returns import ReturnView


class ReturnPage(Page):
    """Header with what can be done in this state; tabs for the parts."""

    wants_new = Signal(object, dict)
    mend = Signal(object)  # a Problem whose record is elsewhere
    shown = Signal()  # its figures are worked out and drawn
    written = Signal(object)  # the paths of an export

    kinds = frozenset(RECORDS) - {Office}

    def __init__(self, workspace: Workspace, return_id: int, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.return_id = return_id
        self.view: ReturnView | None = None
        self.asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        self.title = heading()
        self.title.setWordWrap(True)
        self.state = plain_label(wrapped=True)
        self.state.setAccessibleName("State")
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.setVisible(False)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addLayout(self._buttons())
        layout.addWidget(self.message)
        self.readiness = ReadinessTab()
        self.readiness.go_to.connect(self.go_to)
        self.figures = FiguresTab(self.write_reason)
        self.bridge = BridgeTab()
        self.checks = ChecksTab()
        self.forecast = ForecastTab(workspace, return_id)
        self.sign_off = SignOffTab(workspace)
        self.sign_off.form.said.connect(self.said)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of the return")
        self.tabs.tabBar().setAccessibleName("Parts of the return")
        for title, tab in (
            ("Readiness", self.readiness),
            ("Figures", self.figures),
            ("Bridge", self.bridge),
            ("Checks", self.checks),
            ("Forecast", self.forecast),
            ("Sign-off", self.sign_off),
        ):
            self.tabs.addTab(tab, title)
        layout.addWidget(self.tabs, 1)
        self._show_state(workspace.get(FunderReturn, return_id))
        self.refresh()

    def _buttons(self) -> QHBoxLayout:
        made: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("E&xport Excel and PDF...", "Write the workbook and the PDF into a folder", self.ask_export),
            ("Send to &CFO", "Say that the draft is with the Chief Finance Officer", self.send_to_cfo),
            ("&Take back", "From the CFO back to draft", self.take_back),
            ("&Submit...", "Freeze the return and its documents", self.ask_submit),
            ("Mark &queried...", "The funder asked about it", self.ask_query),
            ("Mark &accepted", "The funder accepted it", self.mark_accepted),
            ("Mark &paid...", "The funder's money has come", self.ask_payment),
        )
        bar = QHBoxLayout()
        self.buttons = [push_button(*each) for each in made]
        (self.export_button, self.send_button, self.back_button, self.submit_button, self.query_button,
         self.accept_button, self.pay_button) = self.buttons  # fmt: skip
        for button in self.buttons:
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(push_button("Open its a&ward", "Go up to the award of this return", self.open_award))
        return bar

    # Showing

    def refresh(self) -> None:
        """Work the return out off the window's thread, then draw."""
        self.asked += 1
        asked, workspace, return_id = self.asked, self.workspace, self.return_id

        def work(_progress: Progress) -> tuple[int, Any, tuple[Line, ...]]:
            from fundtracker.application.actions.returns import look_at
            from fundtracker.domain.spend import spend_lines

            view = look_at(workspace, return_id)
            frozen = view.case.funder_return.state.frozen
            lines = () if frozen else tuple(each.line for each in spend_lines(view.case.claim))
            return asked, view, lines

        Job(self, work, self._take, self._failed).start()

    def _take(self, found: tuple[int, Any, tuple[Line, ...]]) -> None:
        asked, view, lines = found
        if asked != self.asked:
            return
        self.view = view
        held: FunderReturn = view.case.funder_return
        self._show_state(held)
        self.readiness.show_problems(view.problems, held)
        self.figures.show_figures(view.snapshot, spend_rows(view.snapshot, lines))
        self.bridge.show_bridge(view.snapshot)
        self.checks.show_checks(view.snapshot)
        self.forecast.show_return(held)
        self.sign_off.show_return(held, view.snapshot.sign_off.text)
        self.shown.emit()

    def _failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, Refused):
            raise trouble
        self.say(str(trouble))
        self.shown.emit()

    def _show_state(self, held: FunderReturn) -> None:
        parts = [f"{held.state.value}"]
        if held.due_on and not held.state.frozen:
            parts.append(f"due {long_date(held.due_on)} ({in_days(held.due_on, self.workspace.today)})")
        if held.submitted_on:
            parts.append(f"submitted {long_date(held.submitted_on)}, signed by {held.signed_by}")
        if self.view is not None:
            cash = self.view.snapshot.cash
            parts.append(f"claim £{cash.claim.shown}")
            parts.append(f"left of {self.view.snapshot.header.year} after it £{cash.left.shown}")
        if held.state is ReturnState.QUERIED and held.query:
            parts.append(f"asked: {held.query}")
        if held.state is ReturnState.PAID and held.received_on:
            parts.append(f"received £{held.received.shown} on {long_date(held.received_on)}")
        self.title.setText(f"Return {held.reference}: {held.quarter.months}")
        self.state.setText("  ·  ".join(parts))
        after = NEXT_STATES[held.state]
        draft = held.state is ReturnState.DRAFT
        self.send_button.setVisible(draft)
        self.back_button.setVisible(held.state is ReturnState.WITH_CFO)
        self.submit_button.setVisible(not held.state.frozen)
        self.query_button.setVisible(not draft and ReturnState.QUERIED in after)
        self.accept_button.setVisible(not draft and ReturnState.ACCEPTED in after)
        self.pay_button.setVisible(not draft and ReturnState.PAID in after)

    def say(self, text: str) -> None:
        """A line under the buttons; nothing takes it away."""
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))

    def heard(self, changed: Changed) -> None:
        if (FunderReturn, self.return_id) in changed.ids and not self.workspace.select(
            FunderReturn, id=self.return_id
        ):
            self.say("This return was removed. Ctrl+Z brings it back.")
            return
        self.sign_off.form.heard(changed)
        self.forecast.heard(changed)
        super().heard(changed)

    def go_to(self, problem: Problem) -> None:
        """Where a problem is mended: here, or on the page of its record."""
        own = problem.kind == FunderReturn.__name__ and problem.record_id in {None, self.return_id}
        if problem.kind == "VarianceReason" and problem.record_id is not None:
            self.tabs.setCurrentWidget(self.figures)
            self.figures.write_for(problem.record_id)
        elif own and problem.column == "forecast":
            self.tabs.setCurrentWidget(self.forecast)
        elif own and problem.column in self.sign_off.form.fields:
            self.tabs.setCurrentWidget(self.sign_off)
            self.sign_off.form.go_to(problem.column)
        elif own:
            self.tabs.setCurrentWidget(self.checks)
        else:
            self.mend.emit(problem)

    # Doing

    def open_award(self) -> None:
        self.opened.emit(Award, self.workspace.get(FunderReturn, self.return_id).award_id)

    def write_reason(self, line: Line, text: str) -> None:
        """Keep the reason of a line's variance."""
        from fundtracker.application.actions.reasons import write_reason

        try:
            write_reason(self.workspace, self.return_id, line, text)
        except (Refused, StorageTrouble) as trouble:
            self.say(f"{trouble}\nNot kept: {text}")
        else:
            self.say("")

    def ask_export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Export Excel and PDF into a folder")
        if folder:
            self.export(Path(folder))

    def export(self, folder: Path) -> None:
        """The workbook and the PDF, both or neither: a cancelled or failed export leaves no file."""
        from fundtracker.ui.models.return_export import export_return

        workspace, return_id = self.workspace, self.return_id

        def done(paths: tuple[Path, ...]) -> None:
            self.said.emit(f"Written to {folder}: {' and '.join(path.name for path in paths)}.")
            self.written.emit(paths)

        run_with_progress(
            self,
            "Exporting the return",
            lambda progress: export_return(workspace, return_id, folder, progress),
            done,
            stopped=lambda: self.said.emit("Stopped. No file was written."),
        )

    def _try(self, action: Callable[[], Any]) -> None:
        try:
            action()
        except Refused as refused:
            self._refused(refused)
        except StorageTrouble as trouble:
            self.say(str(trouble))
        else:
            self.say("")

    def _refused(self, refused: Refused) -> None:
        """Each problem, in words; the first one's field is shown."""
        self.say("\n".join(problem.message for problem in refused.problems))
        named = next(
            (each.column for each in refused.problems if each.column in self.sign_off.form.fields), ""
        )
        if named:
            self.tabs.setCurrentWidget(self.sign_off)
            self.sign_off.form.go_to(named)
        elif self.view is not None and any(each.severity is Severity.ERROR for each in self.view.problems):
            self.tabs.setCurrentWidget(self.readiness)

    def send_to_cfo(self) -> None:
        from fundtracker.application.actions.returns import send_to_cfo

        self._try(lambda: send_to_cfo(self.workspace, self.return_id))

    def take_back(self) -> None:
        from fundtracker.application.actions.returns import take_back

        self._try(lambda: take_back(self.workspace, self.return_id))

    def ask_submit(self) -> None:
        """The last question, then the freezing; not asked while something is still to be mended."""
        self.submit_button.setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # a half-typed field is left, and so kept
        held = self.workspace.get(FunderReturn, self.return_id)
        if not all((held.prepared_by, held.checked_by, held.signed_by, held.signed_role)):
            self.submit()  # which refuses, and says everything that is still to do
            return
        wrong = errors(self.view.problems) if self.view is not None else ()
        if wrong:
            self._refused(Refused(wrong))
            return
        claim = f" It claims £{self.view.snapshot.cash.claim.shown}." if self.view is not None else ""
        words = (
            f"Submit {held.reference}, {held.quarter.months}?{claim}\n\nIts figures, workbook and PDF are then frozen and"
            " can't be changed or taken back. Later corrections go into the next return, with a reason."
        )
        if ask(self, "Submit the return", words, "Submit and freeze"):
            self.submit()

    def submit(self) -> None:
        """Freeze the return as signed off."""
        held = self.workspace.get(FunderReturn, self.return_id)
        signed = SignOff(
            prepared_by=held.prepared_by,
            checked_by=held.checked_by,
            signed_by=held.signed_by,
            signed_role=held.signed_role,
            signed_on=held.signed_on,
            checked_on=held.checked_on,
        )
        workspace, return_id = self.workspace, self.return_id

        def work(progress: Progress) -> FunderReturn:
            from fundtracker.application.actions.returns import submit_return

            return submit_return(workspace, return_id, signed, progress)

        def done(sent: FunderReturn) -> None:
            self.say("")
            self.said.emit(f"{sent.reference} is submitted and frozen.")

        run_with_progress(
            self,
            "Submitting the return",
            work,
            done,
            refused=self._refused,
            stopped=lambda: self.said.emit("Stopped. The return is as it was."),
        )

    def ask_query(self) -> None:
        from fundtracker.application.actions.returns import mark_queried

        text = ask_text(self, "The funder's query", "What did the funder ask?", long=True)
        if text is not None:
            self._try(lambda: mark_queried(self.workspace, self.return_id, text))

    def mark_accepted(self) -> None:
        from fundtracker.application.actions.returns import mark_accepted

        self._try(lambda: mark_accepted(self.workspace, self.return_id))

    def ask_payment(self) -> None:
        from fundtracker.application.actions.returns import mark_paid

        held = self.workspace.get(FunderReturn, self.return_id)
        found = ask_payment(self, self.workspace, held.claim)
        if found is not None:
            self._try(lambda: mark_paid(self.workspace, self.return_id, *found))
