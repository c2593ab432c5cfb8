"""FormCommands: what can be done with partner forms, wherever they are shown. Each works in a thread and says what came of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.letters import Letter, LettersDialog
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.dialogs.where import ask_where, export_folder
from fundtracker.ui.dialogs.working import run_with_progress

if TYPE_CHECKING:
    from fundtracker.application.actions.partner_forms import FormLooked, Issued
    from fundtracker.domain.forms import PartnerForm
    from fundtracker.domain.periods import Quarter

WORKBOOKS = "Excel workbooks (*.xlsx)"
COPIED = "Copy each one into your mail program: fundtracker itself sends nothing."


class FormCommands:
    """`say` puts a line in the status bar of the window that `parent` is in."""

    def __init__(self, parent: QWidget, workspace: Workspace, say: Callable[[str], object]) -> None:
        self._parent, self._workspace, self._say = parent, workspace, say

    # Out

    def issue(self, wanted: "Mapping[Quarter, Sequence[int]]") -> None:
        """Ask for a folder and write the forms of these grants there, by quarter; then show the e-mails to send them with."""
        folder = self._ask_folder("Where to put the forms")
        if folder is None:
            return
        workspace = self._workspace

        def work(progress: Progress) -> "list[Issued]":
            from fundtracker.application.actions.partner_forms import issue_forms

            issued: list[Issued] = []
            for count, (quarter, grants) in enumerate(wanted.items()):
                progress(f"Writing the forms of {quarter}", count, len(wanted) if len(wanted) > 1 else 0)
                issued += issue_forms(workspace, quarter, folder, grants)
            return issued

        self._run("Issuing forms", work, lambda issued: self._issued(issued, folder))

    def issue_second(self, form: "PartnerForm") -> None:
        """A form in place of an accepted one."""
        folder = self._ask_folder("Where to put the form")
        if folder is None:
            return
        workspace = self._workspace

        def work(progress: Progress) -> "list[Issued]":
            from fundtracker.application.actions.partner_forms import issue_form, issue_forms

            progress("Writing the form", 0, 0)
            made, _ = issue_form(workspace, form.grant_id, form.quarter, folder, again=True)
            return list(issue_forms(workspace, made.quarter, folder, [made.grant_id]))

        self._run("Issuing a second form", work, lambda issued: self._issued(issued, folder))

    def _issued(self, issued: "list[Issued]", folder: Path) -> None:
        many = f"{len(issued)} form{'s' if len(issued) > 1 else ''}"
        self._say(f"{many} written to {folder}. Undo takes the issuing back.")
        letters = [Letter(each.path.name, each.text) for each in issued]
        note = f"{many.capitalize()} written to {folder}. Each goes with this e-mail. {COPIED}"
        self._show_letters("E-mails to send the forms with", note, letters)

    def chase(self, forms: "Sequence[PartnerForm]") -> None:
        """Show the texts that ask for forms; copying one records that it was chased today."""
        from fundtracker.application.actions.partner_forms import chasing_text

        letters = [Letter(each.reference, chasing_text(self._workspace, each), each.id) for each in forms]
        note = f"Copying an e-mail notes that the form was chased today. {COPIED}"
        self._show_letters("Chase", note, letters, self._chased)

    def _chased(self, letter: Letter) -> None:
        from fundtracker.application.actions.records import edit
        from fundtracker.domain.forms import PartnerForm

        try:
            form = self._workspace.get(PartnerForm, letter.key)
            edit(self._workspace, form, chased_on=self._workspace.today)
        except (Refused, StorageTrouble) as trouble:
            say_trouble(self._parent, "The day was not noted", str(trouble))

    def _show_letters(
        self,
        title: str,
        note: str,
        letters: Sequence[Letter],
        copied: Callable[[Letter], object] | None = None,
    ) -> None:
        dialog = LettersDialog(self._parent.window(), title, note, letters, copied)
        dialog.exec()
        dialog.deleteLater()

    # In

    def ask_take_in(self, wanted: "PartnerForm | None" = None) -> None:
        """Choose the workbook that came back."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, "Take in a form", str(export_folder(self._parent)), WORKBOOKS
        )
        if name:
            self.take_in(Path(name), wanted)

    def take_in(self, path: Path, wanted: "PartnerForm | None" = None) -> None:
        """Read and check it, then show what it says. Nothing is written before the user wants it."""
        workspace = self._workspace

        def work(progress: Progress) -> "FormLooked":
            from fundtracker.application.actions.partner_forms import look_at_form

            progress(f"Reading {path.name}", 0, 0)
            return look_at_form(workspace, path, wanted)

        self._run(f"Taking in {path.name}", work, self._preview)

    def _preview(self, looked: "FormLooked") -> None:
        from fundtracker.ui.dialogs.form_preview import ACCEPT, SEND_BACK, FormPreview

        dialog = FormPreview(self._parent.window(), looked)
        dialog.exec()
        wanted, reason = dialog.wanted, dialog.reason
        dialog.deleteLater()
        if wanted == ACCEPT:
            self._accept(looked, reason)
        elif wanted == SEND_BACK:
            self._send_back(looked)

    def _accept(self, looked: "FormLooked", reason: str) -> None:
        workspace = self._workspace

        def work(progress: Progress) -> "PartnerForm":
            from fundtracker.application.actions.partner_forms import accept_form

            progress("Checking again and writing", 0, 0)
            return accept_form(workspace, looked, reason)

        def done(form: "PartnerForm") -> None:
            self._say(
                f"{form.reference} is accepted: {form.reported.in_full} of spend. Undo takes it all back."
            )

        self._run(f"Accepting {looked.form.reference}", work, done)

    def _send_back(self, looked: "FormLooked") -> None:
        name = looked.path.with_name(f"{looked.path.stem} to mend.xlsx")
        marked = ask_where(self._parent, "Where to put the marked-up copy", name, WORKBOOKS)
        if marked is None:
            return
        workspace = self._workspace

        def work(progress: Progress) -> tuple[str, str]:
            from fundtracker.application.actions.partner_forms import send_back
            from fundtracker.application.actions.partner_forms.returning import returning_text

            progress("Marking the problems", 0, 0)
            form = send_back(workspace, looked, marked)
            return form.reference, returning_text(workspace, form, marked.name)

        def done(sent: tuple[str, str]) -> None:
            reference, text = sent
            self._say(f"{reference} is recorded as sent back. The marked-up copy is {marked.name}.")
            note = f"The marked-up copy is {marked}. Send it with this e-mail. {COPIED}"
            self._show_letters("E-mail to send the form back with", note, [Letter(marked.name, text)])

        self._run(f"Sending back {looked.form.reference}", work, done)

    def _ask_folder(self, title: str) -> Path | None:
        name = QFileDialog.getExistingDirectory(self._parent, title, str(export_folder(self._parent)))
        return Path(name) if name else None

    def _run(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        run_with_progress(self._parent.window(), title, work, done)
