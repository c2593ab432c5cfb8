"""What can be done with a return in its state: written out, sent to the CFO, submitted, followed up. The next step stands out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from fundtracker.application.sign_off import SignOff, sign_off_problems
from fundtracker.application.workspace import Workspace
from fundtracker.domain.guards import NEXT_STATES
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused, StorageTrouble, errors
from fundtracker.domain.returns import FunderReturn, ReturnState
from fundtracker.domain.spend import EARLIER
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.payment import ask_payment
from fundtracker.ui.dialogs.saying import ask, ask_text
from fundtracker.ui.dialogs.where import export_folder
from fundtracker.ui.dialogs.working import carry_out, run_with_progress
from fundtracker.ui.words import SPACE, push_button

if TYPE_CHECKING:
    from fundtracker.application.actions.returns import ReturnView

LETTERS = frozenset("XCTSKMPYWQL")
"""Alt keys of the page's own buttons and lists."""


class ReturnSteps(QWidget):
    """The buttons that the return's state allows."""

    refused = Signal(object)  # Refused
    told = Signal(str)  # a line for the page; empty: nothing is wrong any more
    said = Signal(str)  # a line for the status bar
    written = Signal(object)  # the paths of an export

    def __init__(self, workspace: Workspace, return_id: int) -> None:
        super().__init__()
        self.workspace, self.return_id = workspace, return_id
        self.view: ReturnView | None = None
        made: tuple[tuple[str, str, Callable[[], None]], ...] = (
            (
                "Send to &CFO",
                "Say that the draft is with the Chief Finance Officer; nothing is sent by itself",
                self.send_to_cfo,
            ),
            ("&Submit...", "Freeze the return and its documents", self.ask_submit),
            ("&Mark accepted", "The funder accepted it", self.mark_accepted),
            ("Mark &paid...", "The funder's money has come", self.ask_payment),
            ("Mar&k queried...", "The funder asked about it", self.ask_query),
            (
                "Mark quer&y answered...",
                "The office answered the funder's query; the return is with the funder again",
                self.ask_answer,
            ),
            (
                "Correct the &payment...",
                "What came, or when, was entered wrongly; the history keeps what was entered before",
                self.ask_correction,
            ),
            ("&Take back", "From the CFO back to draft", self.take_back),
            ("E&xport Excel and PDF...", "Write the workbook and the PDF into a folder", self.ask_export),
        )
        bar = QHBoxLayout(self)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(SPACE)
        self.buttons = [push_button(*each) for each in made]
        (self.send_button, self.submit_button, self.accept_button, self.pay_button, self.query_button,
         self.answer_button, self.correct_button, self.back_button, self.export_button) = self.buttons  # fmt: skip
        self.tips = [tip for _, tip, _ in made]
        for button in self.buttons:
            bar.addWidget(button)
        bar.addStretch(1)

    def show_state(self, held: FunderReturn) -> None:
        """The buttons of a state; the next step is the one Enter presses, in bold, and says that it is."""
        after = NEXT_STATES[held.state]
        draft, frozen = held.state is ReturnState.DRAFT, held.state.frozen
        self.send_button.setVisible(draft)
        self.back_button.setVisible(held.state is ReturnState.WITH_CFO)
        self.submit_button.setVisible(not frozen)
        self.query_button.setVisible(frozen and ReturnState.QUERIED in after)
        self.accept_button.setVisible(frozen and ReturnState.ACCEPTED in after)
        self.answer_button.setVisible(held.state is ReturnState.QUERIED)
        self.pay_button.setVisible(frozen and ReturnState.PAID in after)
        self.correct_button.setVisible(held.state is ReturnState.PAID)
        following: dict[ReturnState, QPushButton] = {
            ReturnState.DRAFT: self.send_button,
            ReturnState.WITH_CFO: self.submit_button,
            ReturnState.SUBMITTED: self.accept_button,
            ReturnState.QUERIED: self.answer_button,
            ReturnState.ACCEPTED: self.pay_button,
        }
        for button, tip in zip(self.buttons, self.tips, strict=True):
            following_now = button is following.get(held.state)
            font = button.font()
            font.setBold(following_now)
            button.setFont(font)
            button.setAutoDefault(following_now)
            button.setDefault(following_now)
            button.setAccessibleDescription(f"The next step. {tip}" if following_now else tip)

    # Documents

    def ask_export(self) -> None:
        begins = str(export_folder(self))
        folder = QFileDialog.getExistingDirectory(self, "Export Excel and PDF into a folder", begins)
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

    # Steps

    def _try(self, step: Callable[[], FunderReturn], said: str = "") -> None:
        """Do a step; `said` tells of the return what came of it, where nothing else does."""
        try:
            done = step()
        except Refused as refused:
            self.refused.emit(refused)
        except StorageTrouble as trouble:
            self.told.emit(str(trouble))
        else:
            self.told.emit("")
            if said:
                self.said.emit(f"{done.reference} {said}")

    def _leave_fields(self, button: QPushButton) -> None:
        """A half-typed field is left, and so kept, before anything is asked about it."""
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def send_to_cfo(self) -> None:
        from fundtracker.application.actions.returns import send_to_cfo

        self._leave_fields(self.send_button)
        costs = len(self.view.snapshot.costs) if self.view is not None else 0

        def sent(now: FunderReturn) -> None:
            self.told.emit("")
            self.said.emit(
                f"{now.reference} is now with the CFO. Nothing was sent: export it, or print it in Preview, and pass it on."
            )

        try:
            carry_out(  # every check is made again, over all of its costs
                self,
                "Sending the return to the CFO",
                costs,
                lambda: send_to_cfo(self.workspace, self.return_id),
                sent,
                self.refused.emit,
                lambda: self.said.emit("Stopped. The return is as it was."),
            )
        except StorageTrouble as trouble:
            self.told.emit(str(trouble))

    def take_back(self) -> None:
        from fundtracker.application.actions.returns import take_back

        self._try(lambda: take_back(self.workspace, self.return_id), "is a draft again.")

    def ask_submit(self) -> None:
        """The last question, then the freezing; not asked while something is still to be mended."""
        self._leave_fields(self.submit_button)
        held = self.workspace.get(FunderReturn, self.return_id)
        found = errors(self.view.problems) if self.view is not None else ()
        wrong = (*sign_off_problems(held, self.workspace.today), *found)
        if wrong:
            self.refused.emit(Refused(wrong))
            return
        if ask(self, "Submit the return", self._last_question(held), "Submit and freeze"):
            self.submit()

    def _last_question(self, held: FunderReturn) -> str:
        lines = [f"Submit {held.reference}, {held.quarter.months}?"]
        if self.view is not None:
            snapshot = self.view.snapshot
            lines[0] += f" It claims {snapshot.cash.claim.in_full}."
            before = sum(each.part == EARLIER for each in snapshot.costs)
            costs = _many(len(snapshot.costs), "cost line")
            lines.append(
                f"Signed by {held.signed_by}, {held.signed_role}."
                f" Its {costs}{f' ({before:,} of them from earlier returns of the year)' if before else ''},"
                f" {_many(len(snapshot.spend), 'line')} of spend, forecasts, reasons, workbook and PDF are then frozen: they can't be"
                " changed or taken back. Later corrections go into the next return, with a reason."
            )
            lines.append(f"Fingerprint that every page will bear: {self._fingerprint()}")
        return "\n\n".join(lines)

    def _fingerprint(self) -> str:
        """The head of the history the frozen return is made from: "1204:9f3a..."."""
        from fundtracker.storage.journal import head

        with self.workspace.database.reader() as conn:
            sequence, seal = head(conn)
        return f"{sequence}:{seal}"

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
            self.told.emit("")
            self.said.emit(f"{sent.reference} is submitted and frozen.")

        run_with_progress(
            self,
            "Submitting the return",
            work,
            done,
            refused=self.refused.emit,
            stopped=lambda: self.said.emit("Stopped. The return is as it was."),
        )

    def ask_query(self) -> None:
        from fundtracker.application.actions.returns import mark_queried

        text = ask_text(self, "The funder's query", "What did the funder ask?", long=True)
        if text is None:
            return
        if not text.strip():
            self.told.emit("Nothing was marked: write what the funder asked, in its words or yours.")
            return
        self._try(lambda: mark_queried(self.workspace, self.return_id, text.strip()))

    def ask_answer(self) -> None:
        from fundtracker.application.actions.returns import mark_answered

        held = self.workspace.get(FunderReturn, self.return_id)
        text = ask_text(
            self,
            "The answer to the query",
            f"The funder asked: {held.query}\n\nWhat was answered?",
            long=True,
        )
        if text is None:
            return
        if not text.strip():
            self.told.emit("Nothing was marked: write what was answered, or where the answer is kept.")
            return
        self._try(lambda: mark_answered(self.workspace, self.return_id, text.strip()))

    def mark_accepted(self) -> None:
        from fundtracker.application.actions.returns import mark_accepted

        self._try(lambda: mark_accepted(self.workspace, self.return_id))

    def ask_payment(self) -> None:
        from fundtracker.application.actions.returns import mark_paid

        self._ask_payment(mark_paid)

    def ask_correction(self) -> None:
        from fundtracker.application.actions.returns import correct_payment

        self._ask_payment(correct_payment)

    def _ask_payment(self, keep: Callable[[Workspace, int, Money, date], FunderReturn]) -> None:
        workspace, return_id = self.workspace, self.return_id
        held = workspace.get(FunderReturn, return_id)
        self.told.emit("")
        ask_payment(self, workspace, held, lambda received, on: keep(workspace, return_id, received, on))


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
